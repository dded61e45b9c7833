"""How the parts of a service are kept in an edition's content, and read from it again. No database, no clock."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from onedoor.domain.catalogue.rules import Duration, Identity, Instead, Law, Paper, ServiceView
from onedoor.domain.catalogue.rules.advised import advised
from onedoor.domain.catalogue.rules.eligibility import criterion_read
from onedoor.domain.catalogue.rules.fees import Fee, FeeRow, Funding, Rate, Step

PAPER_MAY_SAY = ("when", "form", "law", "instead", "service")
FEE_MAY_SAY = ("lines", "rate", "funding")
LINE_SAYS = (
    "code",
    "name",
    "kind",
    "amount",
    "by",
    "steps",
    "choices",
    "percent",
    "when",
    "unit",
    "law",
)
USUAL = FeeRow(code="", name={})


def paper_kept(paper: Paper) -> dict[str, Any]:
    """A paper as it is kept; what it does not say is left out, so that nothing is published again for new keys."""
    return {key: value for key, value in asdict(paper).items() if key not in PAPER_MAY_SAY or value}


def fee_kept(fee: Fee) -> dict[str, Any]:
    """A fee as it is kept; what it does not say is left out, so that what was published before is not published again."""
    kept = {key: value for key, value in asdict(fee).items() if key not in FEE_MAY_SAY or value}
    if fee.lines:
        kept["lines"] = [fee_row_kept(row) for row in fee.lines]
    return kept


def fee_row_kept(row: FeeRow) -> dict[str, Any]:
    """A line of a fee as it is kept, without what is as usual."""
    usual = asdict(USUAL)
    return {key: value for key, value in asdict(row).items() if key in LINE_SAYS or value != usual[key]}


def duration_kept(duration: Duration) -> dict[str, Any]:
    """A duration as it is kept; what is as usual is left out, so that what was published before is not published again."""
    always, usual = ("days", "kind", "note", "demonstration"), asdict(Duration())
    return {key: value for key, value in asdict(duration).items() if key in always or value != usual[key]}


def paper_read(value: Mapping[str, Any]) -> Paper:
    """A paper from what was kept."""
    return Paper(**{**value, "instead": tuple(Instead(**each) for each in value.get("instead", ()))})


def law_read(value: Mapping[str, Any]) -> Law:
    """A law from what was kept."""
    return Law(**{**value, "dated": day_read(value["dated"])})


def fee_read(value: Mapping[str, Any]) -> Fee:
    """A fee from what was kept."""
    held = {
        **value,
        "valid_from": day_read(value["valid_from"]),
        "valid_until": day_read(value["valid_until"]),
    }
    if rate := value.get("rate"):
        held["rate"] = Rate(**{**rate, "on": date.fromisoformat(rate["on"])})
    if funding := value.get("funding"):
        held["funding"] = Funding(**funding)
    return Fee(**{**held, "lines": tuple(fee_row_read(row) for row in value.get("lines", ()))})


def fee_row_read(value: Mapping[str, Any]) -> FeeRow:
    """A line of a fee from what was kept."""
    steps = tuple(Step(**step) for step in value["steps"])
    return FeeRow(**{**value, "steps": steps, "of": tuple(value.get("of", ()))})


def day_read(value: str | None) -> date | None:
    """A day from what was kept."""
    return date.fromisoformat(value) if value else None


def view_read(
    content: Mapping[str, Any],
    form: dict[str, Any],
    *,
    id: UUID,
    code: str,
    version: int,
    version_id: UUID,
    valid_from: date,
    decisions: str = "",
) -> ServiceView:
    """A service as readers get it, from the content of an edition, its form and its decisions."""
    return ServiceView(
        id=id,
        code=code,
        version=version,
        version_id=version_id,
        name=content["name"],
        summary=content["summary"],
        authority=UUID(content["authority"]),
        papers=tuple(paper_read(paper) for paper in content["papers"]),
        fees=tuple(fee_read(fee) for fee in content["fees"]),
        duration=Duration(**content["duration"]),
        legal_basis=tuple(law_read(law) for law in content["legal_basis"]),
        result=content["result"],
        keywords=tuple(content["keywords"]),
        life_events=tuple(content["life_events"]),
        demonstration=content["demonstration"],
        notice=content["notice"],
        valid_from=valid_from,
        form=form,
        source=content["source"],
        identity=Identity(**content.get("identity", {})),
        eligibility=(
            *(criterion_read(each) for each in content.get("eligibility", ())),
            *advised(decisions, content.get("eligibility_table", "")),
        ),
    )
