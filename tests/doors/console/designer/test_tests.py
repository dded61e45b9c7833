"""The tests of a draft: invented, walked, green or red with words."""

from typing import Any

from tests.factories.designing import Designing, designing

ANSWERS: dict[str, Any] = {"floor_area": "50", "height": "5"}


def written(desk: Designing, **said: Any) -> Any:
    return desk.post(
        "tests/", do="keep", _test="new", _name="Small", _begin="2026-02-02", **{**ANSWERS, **said}
    )


def test_a_test_is_written_run_and_removed(db: None) -> None:
    desk = designing()
    desk.page("tests/?test=new")
    assert written(desk, _end="nowhere").status_code == 302
    html = desk.page("tests/")
    assert "not as expected" in html
    desk.page("tests/?test=1")
    assert desk.post("tests/", do="remove", _test="1").status_code == 302
    assert desk.now().documents.content["tests"] == []


def test_what_is_wrong_with_a_test_is_told(db: None) -> None:
    desk = designing()
    for wrong in ({"_due": "x"}, {"_fee": "many"}, {"strange": "1"}):
        assert written(desk, **wrong).status_code == 422
    assert "tests" not in desk.now().documents.content


def test_green_is_what_came_as_expected(db: None) -> None:
    desk = designing(empty=True)
    assert desk.post("process/", do="begin").status_code == 302
    assert desk.post("form/", do="add_section", label_lo="ກ", label_en="A").status_code == 302
    asked = {"name": "area", "kind": "number", "label_lo": "ກ", "label_en": "Area", "section": "part_1"}
    assert desk.post("form/", do="add", **asked).status_code == 302
    said = {"_test": "new", "_begin": "2026-02-02", "area": "5"}
    for wanted, end in (("approve", "approved"), ("refuse", "refused"), ("refuse", "approved")):
        told = {"_name": f"{wanted}d", "_at.decide": wanted, "_end": end}
        assert desk.post("tests/", do="keep", **said, **told).status_code == 302
    html = desk.page("tests/")
    assert (html.count("tag good"), html.count("tag bad")) == (2, 1)
    assert "Ends at “Refused”" in html
    assert "Examine and decide: done (refuse)" in html
    kept = desk.now().documents.content["tests"]
    assert (kept[0]["answers"], kept[0]["outcomes"]) == ({"area": 5}, {"decide": "approve"})
    assert desk.post("tests/", do="keep", **said, _name="x", _due="2026-13-01").status_code == 422
