"""Who may apply, as a service of the pack says it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import override

from onedoor.domain.catalogue.api import Criterion, Decisions, Law, criteria_faults, table_faults
from onedoor.tools.packs.content import Pack
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.reading import Reader


def read_eligibility(
    reader: Reader, pack: Pack, fields: Fields, form: Mapping[str, Any], laws: Iterable[Law]
) -> list[Criterion]:
    """The rows ``eligibility`` of a service; without them everybody may apply."""
    found: list[Criterion] = []
    rows: list[Fields] = []
    for row in fields.rows("eligibility", required=False):
        one = Fields(row, reader.faults, pack.languages)
        found.append(
            Criterion(
                code=one.code("code"),
                demands=one.text("if"),
                words=one.words("words"),
                otherwise=one.choice("otherwise", ("officer", "not"), default="officer"),
                instead=one.words("instead", required=False),
                law=one.text("law", required=False),
                demonstration=one.flag("demonstration", default=False),
                bars=one.flag("bars", default=False),
            )
        )
        one.done()
        rows.append(one)
    numbers = {law.number for law in laws if law.number}
    with override("en"):  # as all faults of a pack are said
        for index, key, sentence in criteria_faults(
            found, questions=form.get("properties", {}), laws=numbers
        ):
            rows[index].fault(key, str(sentence))
    return found


def table_known(
    fields: Fields, table: str, decided: Decisions | None, laws: Iterable[Law], *, asks: bool
) -> None:
    """Whether the decision table that a service names can say who may apply. ``asks``: its decisions can be read."""
    if not table or not asks:
        return
    numbers = {law.number for law in laws if law.number}
    with override("en"):
        for sentence in table_faults(decided, table, laws=numbers):
            fields.fault("eligibility_table", str(sentence))
