"""Who may apply is written in a tab of its own; what answers mean, and decimals, are written with the form."""

from typing import Any

import pytest

from tests.factories.designing import Designing, designing


@pytest.fixture
def desk(db: None) -> Designing:
    return designing()


def test_demands_are_kept_and_a_wrong_one_is_pointed_at(desk: Designing) -> None:
    said = {
        "demand.rows": "1", "demand.0.words_lo": "ເຮືອນນ້ອຍ", "demand.0.words_en": "The house is small",
        "demand.0.if": "floor_area < 500", "demand.0.otherwise": "not", "demand.0.demonstration": "yes",
        "demand.0.instead_lo": "ຖາມ", "demand.0.instead_en": "Ask", "identity": "vouched",
    }  # fmt: skip
    assert desk.post("eligibility/", **said).status_code == 302
    content = desk.now().documents.content
    assert content["identity"] == {"level": "vouched", "demonstration": False}
    (demand,) = content["eligibility"]
    assert demand == {
        "code": "demand-1", "if": "floor_area < 500", "words": {"lo": "ເຮືອນນ້ອຍ", "en": "The house is small"},
        "otherwise": "not", "instead": {"lo": "ຖາມ", "en": "Ask"}, "demonstration": True,
    }  # fmt: skip
    again = {**said, "demand.rows": "2", "demand.0.code": "demand-1"}
    assert desk.post("eligibility/", **again).status_code == 302
    assert desk.now().documents.content == content
    assert "<li>The house is small</li>" in desk.page("eligibility/")
    assert desk.post("eligibility/", **{**again, "demand.0.if": "floor_area <> 5"}).status_code == 302
    html = desk.page("eligibility/")
    assert "floor_area &lt;<mark>&gt;</mark> 5" in html and "Sign 13" in html
    for wrong in ({"identity": "x"}, {"demand.rows": "999"}, {"demand.0.words_lo": "x" * 600}):
        assert desk.post("eligibility/", **{**again, **wrong}).status_code == 422
    assert desk.post("eligibility/", **{**again, "demand.0.remove": "yes"}).status_code == 302
    assert "eligibility" not in desk.now().documents.content


def test_what_answers_mean_and_decimals_are_changed(desk: Designing) -> None:
    def form() -> dict[str, Any]:
        return desk.now().documents.form

    facts = {"fact.0.code": "area", "fact.0.question": "floor_area", "document.kind": "permit"}
    assert desk.post("form/", do="change_document", **facts).status_code == 302
    assert form()["x-document"]["facts"] == {"area": "floor_area"}
    twice = {**facts, "fact.1.code": "area", "fact.1.question": "floor_area"}
    for wrong in (twice, {**facts, "fact.0.code": "ກ"}, {**facts, "fact.0.question": "nothing"}):
        assert desk.post("form/", do="change_document", **wrong).status_code == 422
    before = form()["x-applicant"]
    same = {f"applicant.{name}": question for name, question in before.items()}
    assert desk.post("form/", do="change_applicant", **same).status_code == 302
    assert form()["x-applicant"] == before
    assert desk.post("form/", do="change_applicant", **{"applicant.names": "nothing"}).status_code == 422
    assert desk.post("form/", do="change_applicant").status_code == 302
    assert "x-applicant" not in form()
    asked = {"question": "floor_area", "kind": "number", "label_lo": "ເນື້ອທີ່", "label_en": "Area"}
    ends = {"minimum": "0.25", "maximum": "99,5", "step": "0.01"}
    assert desk.post("form/", do="change", **asked, **ends).status_code == 302
    held = form()["properties"]["floor_area"]
    assert (held["type"], held["multipleOf"], held["minimum"], held["maximum"]) == (
        "number",
        0.01,
        0.25,
        99.5,
    )
    assert 'value="0.25"' in desk.page("form/?question=floor_area", language="lo")
    assert desk.post("form/", do="change", **asked, **{**ends, "minimum": "1e9999"}).status_code == 422
    assert desk.post("form/", do="change", **asked, minimum="1", maximum="9").status_code == 302
    assert form()["properties"]["floor_area"]["type"] == "integer"
