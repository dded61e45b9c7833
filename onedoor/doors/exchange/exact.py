"""What others' forms have no terms for, beside them: one text of JSON for each service, which our own import reads back.

Readers of the standard may leave it out: everything a person needs is said in the standard's own terms. With each part stands
what those terms said when it was written; our import takes the part only while they still say so, so there are no two truths.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from onedoor.domain.catalogue.api import ServiceView
from onedoor.domain.centres.api import Offer
from onedoor.doors.exchange.opened import Opened
from onedoor.doors.exchange.sums import Sum, sums
from onedoor.doors.exchange.times import duration_text

CARRIED = {
    *(
        "name",
        "summary",
        "result",
        "notice",
        "authority",
        "demonstration",
        "keywords",
        "life_events",
        "papers",
    ),
    *("fees", "duration", "legal_basis", "identity", "eligibility", "source"),
}
"""Parts of a service that have a place of their own, in the standard's terms or here."""
OFFER = ("valid_from", "valid_until", "weekdays", "capacity", "demonstration", "withdrawn_on", "reason")


def exact(held: Opened, view: ServiceView) -> str:
    """The text of a service; the same for the same service."""
    content = held.contents[view.id]
    seen = sums(view.fee_on(held.day), view.form)
    said = {
        "keywords": list(content.get("keywords", [])),
        "life_events": list(content.get("life_events", [])),
        "papers": [[one.get("code"), _paper(one)] for one in content.get("papers", [])],
        "eligibility": [[one.get("code"), _demand(one)] for one in content.get("eligibility", [])],
        "fees": content.get("fees", []),
        "costs": costs(seen),
        "duration": content.get("duration", {}),
        "time": duration_text(view.duration) or "",
        "identity": content.get("identity", {}),
        "offers": list(_offers(held, view)),
        "more": {key: value for key, value in content.items() if key not in CARRIED and value},
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def costs(seen: Iterable[Sum]) -> list[list[Any]]:
    """The sums as the standard's terms say them: code, kind, currency and amount in minor units."""
    return sorted([one.code, one.kind, one.currency, one.amount] for one in seen)


def _paper(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What no term says of a paper: its condition as it is reckoned, and which service gives it."""
    found = {"if": (kept.get("when") or {}).get("if"), "service": kept.get("service")}
    return {key: value for key, value in found.items() if value not in (None, "")}


def _demand(kept: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in kept.items() if key not in ("code", "words", "instead")}


def _offers(held: Opened, view: ServiceView) -> Iterable[dict[str, Any]]:
    for centre in held.centres:
        for one in centre.offers:
            if one.service == view.id:
                yield {"centre": centre.code, **_offer(one)}


def _offer(one: Offer) -> dict[str, Any]:
    found = {key: getattr(one, key) for key in OFFER}
    return {key: _plain(value) for key, value in found.items() if value not in (None, "", (), {}, False)}


def _plain(value: Any) -> Any:
    return (
        value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
    )
