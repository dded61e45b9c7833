"""The designer's tabs: every page opens, every change is kept as it was meant, and what is wrong keeps the draft as it was."""

import re
from html import unescape
from io import BytesIO
from typing import Any

import pytest

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.catalogue.api import drawing
from onedoor.kernel.clock import now
from tests.factories.browsers import at_work
from tests.factories.designing import DECISIONS, FORM, PROCESS, Designing, designing

TABS = (
    "",
    "eligibility/",
    "form/",
    "process/",
    "process/steps/",
    "decisions/",
    "decisions/approval_level/",
    "tests/",
)


@pytest.fixture
def desk(db: None) -> Designing:
    return designing()


def file(content: bytes) -> BytesIO:
    held = BytesIO(content)
    held.name = "drawn.bpmn"
    return held


def test_every_tab_opens_with_problems_and_preview_beside(desk: Designing) -> None:
    for path in TABS:
        html = desk.page(path)
        assert "What a citizen will read" in html, path
        assert "stops the publication" in html, path
    for look in ("citizen", "kiosk", "desk", "call"):
        assert 'name="floor_area"' in desk.page(f"form/as/{look}/"), look
    assert desk.browser.get(desk.base + "form/as/nobody/").status_code == 404


def test_an_empty_draft_opens_and_begins(db: None) -> None:
    desk = designing(empty=True)
    for path in (each for each in TABS if each != "decisions/approval_level/"):
        desk.page(path)
    assert desk.browser.get(desk.base + "decisions/none/").status_code == 404
    assert desk.post("process/", do="begin").status_code == 302
    assert len(drawing.step_table(desk.now().documents.process).steps) == 6
    assert desk.post("form/", do="add_section", label_lo="ກ", label_en="A").status_code == 302
    said = {"name": "area", "kind": "number", "label_lo": "ເນື້ອທີ່", "label_en": "Area", "section": "part_1"}
    assert desk.post("form/", do="add", **said).status_code == 302
    assert desk.post("decisions/", do="begin", name="level", question="area").status_code == 302
    assert 'name="row.0.in.0"' in desk.page("decisions/level/")
    assert desk.post("decisions/", do="begin", name="x y", question="area").status_code == 422
    assert desk.post("decisions/", do="begin", name="level", question="none").status_code == 422


def test_only_the_modelers_of_tables_may_style_elements(desk: Designing) -> None:
    loose = "style-src-attr 'unsafe-inline'"
    for path in TABS:
        policy = desk.browser.get(desk.base + path).headers["Content-Security-Policy"]
        assert (loose in policy) == (path == "decisions/"), path
        assert "script-src 'self'" in policy.split("; ")
    assert (
        "frame-ancestors 'self'"
        in desk.browser.get(desk.base + "form/as/desk/").headers["Content-Security-Policy"]
    )


def test_the_diagram_is_kept_to_the_byte(desk: Designing) -> None:
    browsers = PROCESS.replace("\n", "\r\n")
    before = desk.now()
    assert desk.post("process/", process=browsers).status_code == 302
    assert desk.post("process/").status_code == 302
    assert desk.now() == before
    assert desk.browser.get(desk.base + "files/process/").content.decode() == PROCESS
    changed = PROCESS.replace("xmlns:di=", 'xmlns:other="urn:x" other:shade="1" xmlns:di=', 1)
    assert desk.post("process/", do="import", file=file(changed.encode())).status_code == 302
    assert desk.now().documents.process == changed


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"<a" * 5_300_000, 413),
        (b"<not-xml", 422),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 422),
        (b"<a xmlns='urn:unknown'/>", 422),
        (b"\xff\xfe\x00", 422),
        (b"<a>" * 5_000, 422),
    ],
)
def test_hostile_diagrams_are_refused_with_words(desk: Designing, content: bytes, status: int) -> None:
    for path in ("process/", "decisions/"):
        if path == "decisions/" and b"unknown" in content:
            continue
        answer = desk.post(path, do="import", file=file(content))
        assert answer.status_code == status
        assert "There is a problem" in answer.content.decode() or "ມີບັນຫາ" in answer.content.decode()
    assert desk.now().documents == desk.held.documents


@pytest.mark.parametrize("path", [path for path in TABS if path])
def test_what_no_page_asks_is_refused(desk: Designing, path: str) -> None:
    said: dict[str, Any] = {"do": "change", "strange": "1"}
    assert desk.post(path, **said).status_code == 422
    assert desk.post(path, version="x").status_code == 422
    assert desk.now().documents == desk.held.documents


def test_the_table_changes_the_diagram(desk: Designing) -> None:
    table = drawing.step_table(desk.held.documents.process)
    step = next(each for each in table.steps if each.kind == "userTask" and each.ways)
    said = {
        "step": step.id,
        "lo": "ກວດກາໃໝ່",
        "en": "Look once more",
        "lane": step.lane,
        "own.outcomes": "done",
    }
    assert desk.post("process/steps/", do="change", **said).status_code == 302
    html = desk.page(f"process/steps/?step={step.id}")
    assert "Look once more" in html
    new = {
        "after": step.id,
        "on": step.ways[0].id,
        "kind": "userTask",
        "lo": "ໃໝ່",
        "en": "New step",
        "lane": step.lane,
    }
    assert desk.post("process/steps/", do="add", **new).status_code == 302
    added = next(
        each for each in drawing.step_table(desk.now().documents.process).steps if each.en == "New step"
    )
    assert "Before the step" in desk.page(f"process/steps/?step={added.id}&do=add")
    desk.page(f"process/steps/?way={added.ways[0].id}")
    desk.page(f"process/steps/?lane={step.lane}")
    assert desk.post("process/steps/", do="remove", step=added.id).status_code == 302
    assert desk.post("process/steps/", do="remove", step="nobody").status_code == 422
    assert desk.post("process/steps/", do="burn", step=step.id).status_code == 422
    assert (
        desk.post("process/steps/", do="change_lane", lane=step.lane, lo="ກ", en="L", role="r").status_code
        == 302
    )


def test_lanes_events_and_repetition_are_typed_in_the_table(desk: Designing) -> None:
    def post(**said: Any) -> int:
        return int(desk.post("process/steps/", **said).status_code)

    def table() -> drawing.StepTable:
        return drawing.step_table(desk.now().documents.process)

    def named(en: str) -> drawing.Step:
        return next(each for each in table().steps if each.en == en)

    words = {"lo": "ໃໝ່", "en": "New"}
    lane = {"role": "ministry_officer", "unit": "authority", "audience": "back"}
    assert post(do="add_lane", lo="ກົມ", en="Department", **lane) == 302
    new = table().lanes[-1]
    assert (new.en, new.role) == ("Department", "ministry_officer")
    step = next(
        each for each in table().steps if each.kind == "userTask" and each.ways and not each.own.get("intake")
    )
    html = desk.page(f"process/steps/?step={step.id}&do=add&kind=boundaryEvent/message")
    assert 'name="message"' in html and 'name="own.key"' in html and 'name="time"' not in html
    event = {
        "after": step.id,
        "step": step.id,
        "kind": "boundaryEvent/message",
        "message": "stop",
        "own.key": "case.number",
    }
    assert post(do="add", **event, **{**words, "en": "Told to stop"}, interrupting="no") == 302
    found = named("Told to stop")
    assert (found.about, found.message, found.interrupting, found.attached_to) == (
        "message",
        "stop",
        False,
        step.id,
    )
    html = desk.page(f"process/steps/?step={found.id}")
    assert 'value="stop"' in html
    assert post(do="change", step=found.id, lo="ຊ້າ", en="Late", about="timer") == 302
    assert table().step(found.id).time == "P1D"  # type: ignore[union-attr]
    task = {
        "after": step.id,
        "kind": "userTask",
        "on": step.ways[0].id,
        "lane": new.id,
        "own.outcomes": "done",
    }
    several = {"several": "in_turn", "units": "moe mic", "until": "counts.x.done >= 1"}
    assert post(do="add", **task, **words, **several) == 302
    several_kept = named("New").several
    assert several_kept is not None and several_kept.units == "moe mic"
    assert post(do="remove_lane", lane=new.id, into="nowhere") == 422
    assert post(do="remove_lane", lane=new.id, into=table().lanes[0].id) == 302
    wrong = desk.post("process/steps/", do="add", **{**event, "kind": "startEvent/timer"}, **words)
    assert wrong.status_code == 422 and 'value="ໃໝ່"' in wrong.content.decode()


def test_a_step_saved_as_it_stands_changes_no_byte(desk: Designing) -> None:
    before = desk.now()
    for step in drawing.step_table(PROCESS).steps[:6]:
        html = desk.page(f"process/steps/?step={step.id}")
        form = html[html.index('<form method="post" data-designed>') : html.index('value="change"')]
        said = dict(re.findall(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', form.replace("\n", " ")))
        for name, options in re.findall(r'<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
            chosen = re.search(r'<option value="([^"]*)"[^>]* selected', options)
            said[name] = chosen.group(1) if chosen else re.findall(r'<option value="([^"]*)"', options)[0]
        said = {name: unescape(value) for name, value in said.items() if name != "csrfmiddlewaretoken"}
        assert desk.post("process/steps/", do="change", **said).status_code == 302
    assert desk.now().documents.process == PROCESS
    assert desk.now() == before


def test_scripts_and_repeated_ids_are_told_and_nothing_of_them_runs(desk: Designing) -> None:
    pasted = PROCESS.replace("<bpmn:userTask", "<bpmn:scriptTask").replace(
        "</bpmn:userTask", "</bpmn:scriptTask"
    )
    pasted = pasted.replace('name="', 'name="&lt;script&gt;alert(1)&lt;/script&gt; ', 1)
    twice = PROCESS.replace("</bpmn:process>", '<bpmn:endEvent id="receive" /></bpmn:process>')
    for text, told in ((pasted, "scripts are never run"), (twice, "twice")):
        assert desk.post("process/", do="import", file=file(text.encode())).status_code == 302
        html = desk.page("process/steps/") + desk.page("process/")
        assert told in html and "<script>alert" not in html
        assert desk.post("process/steps/", do="remove", step="receive").status_code < 500


def test_two_diagrams_at_once_keep_the_first_and_show_the_second(desk: Designing) -> None:
    late = desk.held.version
    mine = PROCESS.replace("</bpmn:process>", "<!-- mine --></bpmn:process>")
    theirs = PROCESS.replace("</bpmn:process>", "<!-- theirs --></bpmn:process>")
    assert desk.post("process/", process=theirs).status_code == 302
    answer = desk.post("process/", version=late, process=mine)
    assert answer.status_code == 409 and "&lt;!-- mine --&gt;" in answer.content.decode()
    assert desk.now().documents.process == theirs
    assert desk.post("process/", process=mine).status_code == 302
    assert desk.now().documents.process == mine


def test_looking_keeps_nothing(desk: Designing) -> None:
    answer = desk.post("process/", do="look", process="<broken")
    assert answer.status_code == 200
    assert "not saved yet" in answer.content.decode() or "ຍັງບໍ່" in answer.content.decode()
    assert desk.now() == desk.held


def test_who_comes_second_loses_nothing(desk: Designing) -> None:
    first = desk.held.version
    assert desk.post("form/", do="add_section", label_lo="ກ", label_en="First").status_code == 302
    late = desk.post("form/", version=first, do="add_section", label_lo="ຂ", label_en="Second")
    assert late.status_code == 409
    assert "Second" in late.content.decode()
    assert desk.post("form/", do="add_section", label_lo="ຂ", label_en="Second").status_code == 302
    titles = [part["title"]["en"] for part in desk.now().documents.form["x-sections"]]
    assert titles[-2:] == ["First", "Second"]


def test_questions_are_changed_moved_and_removed(desk: Designing) -> None:
    asked = {
        "question": "floor_area",
        "kind": "number",
        "label_lo": "ເນື້ອທີ່",
        "label_en": "Floor",
        "required": "yes",
    }
    assert desk.post("form/", do="change", minimum="1", maximum="5", **asked).status_code == 302
    held = desk.now().documents.form
    assert (
        held["properties"]["floor_area"]["x-label"]["en"],
        held["properties"]["floor_area"]["maximum"],
    ) == ("Floor", 5)
    assert desk.post("form/", do="change", minimum="a", **asked).status_code == 422
    assert desk.post("form/", do="change", **{**asked, "question": "nobody"}).status_code == 422
    for act in ("up", "down", "remove"):
        assert desk.post("form/", do=act, question="floor_area").status_code == 302
    assert "floor_area" not in desk.now().documents.form["properties"]
    assert "floor_area" in FORM["properties"]


def test_rules_are_typed_as_rows(desk: Designing) -> None:
    (table,) = drawing.decision_tables(DECISIONS)
    said: dict[str, Any] = {
        "rows": "1",
        "row.0.id": table.rows[0].id,
        "row.0.in.0": ">= 5",
        "row.0.out.0": "1",
    }
    assert desk.post("decisions/approval_level/", **said).status_code == 302
    (table,) = drawing.decision_tables(desk.now().documents.decisions)
    assert [row.inputs for row in table.rows] == [(">= 5", "-")]


def test_the_description_is_kept_with_its_papers(desk: Designing) -> None:
    said: dict[str, Any] = {
        "name_lo": "ໃບອະນຸຍາດ", "name_en": "Permit", "summary_lo": "ສ", "summary_en": "In short",
        "kind": "working", "amount": "12", "keywords": "ເຮືອນ\nhouse", "law.rows": "1", "paper.rows": "1",
        "law.0.name_lo": "ກົດໝາຍ", "law.0.name_en": "Law", "law.0.number": "1/NA", "law.0.dated": "2020-01-01",
        "paper.0.code": "plan", "paper.0.name_lo": "ແຜນ", "paper.0.name_en": "Plan", "paper.0.form": "copy",
        "paper.0.law": "1/NA", "paper.0.required": "yes", "paper.0.instead": "sketch | ຮ່າງ | Sketch",
    }  # fmt: skip
    assert desk.post("", **said).status_code == 302
    content = desk.now().documents.content
    assert content["papers"][0]["instead"] == [{"code": "sketch", "name": {"lo": "ຮ່າງ", "en": "Sketch"}}]
    assert (content["duration"]["days"], content["keywords"]) == (12, ["ເຮືອນ", "house"])
    assert "Plan, a copy" in desk.page()
    for wrong in (
        {"amount": "x"},
        {"law.0.dated": "never"},
        {"paper.rows": "9999999"},
        {"paper.rows": "00000099"},
        {"name_lo": "x" * 3_000},
    ):
        assert desk.post("", **{**said, **wrong}).status_code == 422
    assert desk.now().documents.content == content


def test_a_draft_of_others_is_not_found(desk: Designing) -> None:
    stranger = at_work(desk.made.stranger)
    for path in (*TABS, "form/as/desk/", "files/process/"):
        assert stranger.get(desk.base + path).status_code == 404
    assert desk.browser.get(desk.base.replace("built", "other")).status_code == 404


def test_garbage_in_a_draft_is_shown_as_problems(desk: Designing) -> None:
    garbage: dict[str, Any] = {
        "name": "x", "papers": [{"name": 1, "instead": 2}, 3], "legal_basis": [{"name": "y"}], "duration": "z",
        "keywords": 1, "life_events": "a", "identity": [], "tests": [{"id": 1}, "b"],
    }  # fmt: skip
    form = {"properties": [], "x-sections": [{"title": "t", "fields": "f", "id": "s"}, 4], "required": 1}
    tables = DECISIONS.replace('id="approval_level"', 'id="a/&lt;b"')
    catalogue.save_draft(
        by=desk.made.writer, at=now(), draft=desk.held.id, version=desk.held.version,
        content=garbage, form=form, process="<x", decisions=tables,
    )  # fmt: skip
    for path in (
        "",
        "form/",
        "form/?section=s",
        "form/?question=a.b",
        "process/",
        "process/steps/",
        "decisions/",
        "tests/",
    ):
        assert "stops the publication" in desk.page(path), path
    desk.page("form/as/citizen/")
    desk.page("tests/?test=new")
    said = {"question": "a", "label_lo": "x", "label_en": "y", "kind": "text"}
    assert desk.post("form/", do="change", **said).status_code == 422
    assert desk.post("form/", do="add", name="b", section="s", **said).status_code == 422
    assert desk.post("process/steps/", do="remove", step="x").status_code == 422
