"""The fee tab: what stands there is what is kept, each kind of line asks for its own, problems stand beside, a quote is tried."""

from html.parser import HTMLParser
from typing import Any

import pytest

from onedoor.domain.catalogue.api import save_draft
from onedoor.kernel.clock import now
from tests.factories.designing import Designing, designing

LAW = {"lo": "ກົດໝາຍ", "en": "Law"}
NAME = {"lo": "ຄ່າ", "en": "Fee"}
LINE = {
    "code": "base",
    "name": NAME,
    "kind": "fixed",
    "amount": 40_000,
    "by": "",
    "steps": [],
    "choices": {},
    "percent": "",
    "when": {},
    "unit": {},
    "law": {},
}
FEE = {
    "state": "set",
    "amount": 0,
    "currency": "LAK",
    "law": LAW,
    "valid_from": "2026-01-01",
    "valid_until": None,
    "source": "test",
}
STEPS = [{"start": 0, "upto": 399, "amount": 15_000}, {"start": 400, "upto": None, "amount": 20_000}]
YOUNG, MONTHS = {"if": "area < 5", **NAME}, {"period": "month", "per": 2, "grace": 3}
MOST = {"most_percent": "150", "most_periods": 12, "currency": "LAK"}
LINES: list[dict[str, Any]] = [
    LINE,
    {**LINE, "code": "table", "kind": "table", "amount": 0, "by": "area", "steps": STEPS, "unit": {"lo": "ມ²", "en": "m²"}},
    {**LINE, "code": "choice", "kind": "choice", "amount": 0, "by": "speed", "choices": {"slow": None, "fast": 5}},
    {**LINE, "code": "each", "kind": "each", "amount": 100, "by": "area", "per": 10},
    {**LINE, "code": "share", "kind": "percent", "amount": 0, "by": "area", "percent": "2.5", "floor": 5, "ceiling": 90},
    {**LINE, "code": "plus", "kind": "surcharge", "amount": 0, "by": "speed", "choices": {"slow": 0}, "percents": {"fast": "50"}},
    {**LINE, "code": "off", "kind": "exemption", "amount": 0, "percent": "50", "law": LAW, "of": ["base"], "where": YOUNG},
    {**LINE, "code": "late", "kind": "penalty", "amount": 500, "by": "due", "ceiling": 9_000, **MONTHS, **MOST},
]  # fmt: skip
FORM = {
    "type": "object",
    "properties": {
        "area": {"type": "integer", "minimum": 0, "maximum": 999, "x-label": {"lo": "ເນື້ອທີ່", "en": "Area"}},
        "speed": {"enum": ["slow", "fast"], "x-label": {"lo": "ຄວາມໄວ", "en": "Speed"}, "x-labels": {"slow": NAME, "fast": NAME}},
        "due": {"type": "string", "format": "date", "x-label": {"lo": "ວັນທີ", "en": "Day"}},
    },
    "required": ["area", "speed", "due"],
}  # fmt: skip


class Fields(HTMLParser):
    """The fields of the form that is posted, with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.select, self.posts = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "form":
            self.posts = "data-designed" in held
        if not self.posts:
            return
        name = held.get("name") or ""
        if tag == "input" and held.get("type") != "checkbox":
            self.found[name] = held.get("value") or ""
        if tag == "select":
            self.select = name
            self.found[name] = ""
        if tag == "option" and "selected" in held:
            self.found[self.select] = held.get("value") or ""


def fields(html: str) -> dict[str, str]:
    held = Fields()
    held.feed(html)
    return {name: value for name, value in held.found.items() if name.startswith("p")}


@pytest.fixture
def desk(db: None) -> Designing:
    return designing()


def kept(desk: Designing, fees: Any) -> Any:
    """Fees as the draft has them."""
    held = desk.now()
    content = {**held.documents.content, "fees": fees}
    save_draft(by=desk.made.writer, at=now(), draft=held.id, version=held.version, content=content, form=FORM)
    return fees


def test_what_stands_on_the_page_is_what_is_kept(desk: Designing) -> None:
    funding = {"model": "cost_plus", "unit_cost": 30_000, "share": "0", "demonstration": True, "source": "x"}
    dollars = {**FEE, "valid_until": None, "valid_from": "2027-01-01", "amount": 3_050, "currency": "USD"}
    dollars["rate"] = {"kip": "21500.5", "on": "2026-03-01", "source": "Bank"}
    fees = kept(desk, [{**FEE, "valid_until": "2027-01-01", "lines": LINES, "funding": funding}, dollars])
    assert desk.post("fee/", **fields(desk.page("fee/"))).status_code == 302
    assert desk.now().documents.content["fees"] == fees


def test_a_period_and_its_lines_are_written_kind_by_kind(desk: Designing) -> None:
    kept(desk, [])
    said = fields(desk.page("fee/"))
    assert (
        desk.post("fee/", **{**said, "p.0.state": "set", "p.0.law_lo": "ກ", "p.0.law_en": "L"}).status_code
        == 302
    )
    said = fields(desk.page("fee/"))
    said |= {
        "p.0.line.0.kind": "table",
        "p.0.line.0.code": "size",
        "p.0.line.0.name_lo": "ກ",
        "p.0.line.0.name_en": "S",
    }
    assert desk.post("fee/", **said).status_code == 302
    said = fields(desk.page("fee/"))
    said |= {"p.0.line.0.by": "area", "p.0.line.0.step.0.start": "0", "p.0.line.0.step.0.upto": "399"}
    said |= {
        "p.0.line.0.step.0.amount": "15.000",
        "p.0.line.0.step.1.start": "410",
        "p.0.line.0.step.1.amount": "20.000",
    }
    assert desk.post("fee/", **said).status_code == 302
    (fee,) = desk.now().documents.content["fees"]
    assert [step["amount"] for step in fee["lines"][0]["steps"]] == [15_000, 20_000]
    html = desk.page("fee/")
    assert "no fee from 400 to 409: the fee table has a gap" in html
    assert 'aria-describedby="id_p.0.line.0.step.1.start_error"' in html
    assert desk.post("fee/", **{**fields(html), "p.0.line.0.remove": "yes"}).status_code == 302
    assert "lines" not in desk.now().documents.content["fees"][0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("p.0.valid_from", "31/12"),
        ("p.0.amount", "many"),
        ("p.0.currency", "XYZ"),
        ("p.0.line.0.amount", "-1"),
        ("p.0.line.0.when", "vehicle"),
        ("periods", "900"),
        ("periods", "0000099"),
        ("other", "1"),
        ("p.0.source", "x" * 1_001),
    ],
)
def test_what_cannot_be_read_is_named_and_keeps_the_draft(desk: Designing, name: str, value: str) -> None:
    kept(desk, [{**FEE, "lines": [LINE]}])
    before = desk.now()
    answer = desk.post("fee/", **{**fields(desk.page("fee/")), name: value})
    assert answer.status_code == 422 and desk.now() == before


def test_a_quote_is_tried_beside(desk: Designing) -> None:
    kept(desk, [{**FEE, "lines": [LINES[0], LINES[1], LINES[5]]}])
    html = desk.page("fee/?try.area=410&try.speed=fast")
    assert "₭90.000" in html and "50 % × ₭60.000" in html
    assert "The fee needs an answer to: Area" in desk.page("fee/?try.speed=fast")


@pytest.mark.parametrize(
    "fees", [None, "x", [1, {}], [{"state": 5, "lines": "x"}], [{"lines": [{"steps": 3}, 4]}]]
)
def test_garbage_in_a_draft_is_shown_and_not_stumbled_over(desk: Designing, fees: Any) -> None:
    kept(desk, fees)
    desk.page("fee/")
