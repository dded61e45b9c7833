"""A process changed step by step: what was not touched says the same, the drawing keeps up, and it runs."""

from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.utils.translation import override

from onedoor.domain.catalogue.rules.drawing import (
    CannotDraw,
    StepChange,
    WayChange,
    add_step,
    add_way,
    change_lane,
    change_step,
    change_way,
    first_process,
    remove_step,
    remove_way,
    step_table,
)
from onedoor.domain.catalogue.rules.drawing.paper import read, written
from onedoor.domain.catalogue.rules.process import compile_process

SERVICES = Path(__file__).parents[5] / "onedoor" / "packs" / "lao" / "services"
SOURCES = {path.parent.name: path.read_text() for path in sorted(SERVICES.glob("*/process.bpmn"))}
LICENCE = (Path(__file__).parent / "licence.bpmn").read_text()
NEW = StepChange(lo="ກວດຄືນ", en="Look again", own={"outcomes": "done"})


def said(text: str) -> Counter[Any]:
    """Everything that a file says, whatever the order of its parts."""
    found: Counter[Any] = Counter()
    for element in ElementTree.fromstring(text).iter():
        found[
            (element.tag, tuple(sorted(element.attrib.items())), " ".join((element.text or "").split()))
        ] += 1
    return found


def nodes(text: str) -> set[str]:
    found = compile_process(text.encode())
    assert found.process is not None, found.faults
    return set(found.process.nodes)


@pytest.mark.parametrize("code", SOURCES)
def test_reading_and_writing_changes_nothing(code: str) -> None:
    source = SOURCES[code]
    assert said(written(read(source))) == said(source)
    table = step_table(source)
    assert {step.id for step in table.steps if not step.scope} <= {
        one.get("id") for one in ElementTree.fromstring(source).iter()
    }
    assert table.steps[0].kind == "startEvent"


def test_the_rows_come_in_the_order_of_the_walk() -> None:
    table = step_table(LICENCE)
    ids = [step.id for step in table.steps]
    assert ids.index("receive") < ids.index("inspect") < ids.index("decide") < ids.index("decided")
    decide = table.step("decide")
    assert decide is not None
    assert (decide.lo, decide.en, decide.lane) == ("ກວດກາ ແລະ ຕັດສິນ", "Examine and decide", "back")
    assert decide.own["outcomes"] == "approve return refuse"
    ways = {way.id: way for way in table.step("decided").ways}  # type: ignore[union-attr]
    assert ways["is_approved"].condition == 'outcome = "approve"'
    assert ways["to_correct"].default


def test_a_step_is_set_into_a_way() -> None:
    found = add_step(LICENCE, kind="userTask", after="inspect", on="to_decide", id="again", change=NEW)
    assert nodes(found) == nodes(LICENCE) | {"again"}
    table = step_table(found)
    assert table.step("inspect").ways[0].target == "again"  # type: ignore[union-attr]
    assert table.step("again").ways[0].target == "decide"  # type: ignore[union-attr]
    assert table.step("again").lane == "back"  # type: ignore[union-attr]
    kept = said(LICENCE) - said(found)
    assert not [tag for tag, _held, _text in kept if tag.endswith(("Task", "Gateway", "documentation"))]


def test_the_drawing_has_a_place_for_everything() -> None:
    found = add_step(LICENCE, kind="userTask", after="inspect", on="to_decide", id="again", change=NEW)
    root = ElementTree.fromstring(found)
    drawn = {one.get("bpmnElement") for one in root.iter() if one.get("bpmnElement")}
    flows = {one.get("id") for one in root.iter() if one.tag.endswith("sequenceFlow")}
    assert {"again"} | flows <= drawn
    boxes = [
        (
            float(box.get("x", 0)),
            float(box.get("y", 0)),
            float(box.get("width", 0)),
            float(box.get("height", 0)),
        )
        for shape in root.iter()
        if shape.tag.endswith("BPMNShape") and shape.get("bpmnElement") in nodes(found)
        for box in shape
        if box.tag.endswith("Bounds")
    ]
    for number, (x, y, wide, high) in enumerate(boxes):
        for other, down, width, height in boxes[number + 1 :]:
            assert x + wide <= other or other + width <= x or y + high <= down or down + height <= y


@pytest.mark.parametrize("code", SOURCES)
def test_every_step_of_every_process_can_be_renamed(code: str) -> None:
    source = SOURCES[code]
    step = step_table(source).steps[1]
    change = StepChange(lo="ຊື່ໃໝ່ “&<", en="New & <name>", lane=step.lane, own=step.own)
    found = change_step(source, step.id, change)
    renamed = step_table(found).step(step.id)
    assert renamed is not None
    assert (renamed.lo, renamed.en, renamed.own) == ("ຊື່ໃໝ່ “&<", "New & <name>", step.own)
    assert sum((said(source) - said(found)).values()) == 1


def test_a_step_moves_to_another_lane_with_its_shape() -> None:
    found = change_step(LICENCE, "inspect", StepChange(lo="x", en="x", lane="front"))
    assert step_table(found).step("inspect").lane == "front"  # type: ignore[union-attr]
    assert nodes(found) == nodes(LICENCE)


def test_a_removed_step_is_passed_by() -> None:
    found = remove_step(LICENCE, "inspect")
    assert nodes(found) == nodes(LICENCE) - {"inspect"}
    table = step_table(found)
    assert table.step("receive").ways[0].target == "decide"  # type: ignore[union-attr]
    assert '"inspect"' not in found


def test_ways_are_added_changed_and_removed() -> None:
    more = add_way(
        LICENCE,
        source="decided",
        id="again",
        change=WayChange(target="inspect", lo="ອີກ", en="Again", condition='outcome = "return"'),
    )
    assert nodes(more) == nodes(LICENCE)
    led = change_way(more, "again", WayChange(target="correct", condition="", default=True))
    way = step_table(led).way("again")
    assert way is not None
    assert (way.target, way.default, way.condition) == ("correct", True, "")
    assert not step_table(led).way("to_correct").default  # type: ignore[union-attr]
    assert step_table(remove_way(led, "again")).way("again") is None


def test_a_time_on_a_border_and_an_end_of_its_own() -> None:
    late = StepChange(lo="ຊ້າ", en="Late", time_kind="timeDuration", time="P3D", own={"calendar": "office"})
    found = add_step(LICENCE, kind="boundaryEvent", after="inspect", on="", id="late", change=late)
    found = add_step(
        found, kind="endEvent", after="late", on="", id="gave_up", change=StepChange(lo="ຢຸດ", en="Ended")
    )
    assert {"late", "gave_up"} < nodes(found)
    assert step_table(found).step("late").time == "P3D"  # type: ignore[union-attr]
    assert step_table(remove_step(found, "inspect")).step("late") is None
    changed = change_step(found, "late", StepChange(lo="ຊ້າ", en="Late", time_kind="timeDuration", time="P5D"))
    assert step_table(changed).step("late").time == "P5D"  # type: ignore[union-attr]


def test_lanes_are_bound() -> None:
    found = change_lane(
        LICENCE, "back", lo="ໃໝ່", en="New", own={"role": "r", "unit": "authority", "audience": "back"}
    )
    lane = next(each for each in step_table(found).lanes if each.id == "back")
    assert (lane.lo, lane.en, lane.role) == ("ໃໝ່", "New", "r")


def test_a_first_process_is_sound_and_drawn() -> None:
    found = first_process("fish-pond-permit")
    assert {"receive", "decide", "approved", "refused"} < nodes(found)
    assert found.count("BPMNShape ") == 9
    more = add_step(
        found,
        kind="serviceTask",
        after="decide",
        on="to_gateway",
        id="tell",
        change=StepChange(lo="ແຈ້ງ", en="Tell", own={"handler": "cases.note"}),
    )
    assert "tell" in nodes(more)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "empty"),
        ("<a", "well-formed"),
        ("<a/>", "BPMN"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "safety"),
        ("<d xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'/>", "BPMN"),
        ("<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'/>", "process"),
        ("<a>" * 100 + "</a>" * 100, "deeper"),
        ("<a>" + " " * (3 * 1024 * 1024) + "</a>", "larger"),
    ],
)
def test_what_cannot_be_read_is_told(text: str, word: str) -> None:
    with pytest.raises(CannotDraw) as refusal, override("en"):
        step_table(text)
    with override("en"):
        assert word in str(refusal.value.reason)


@pytest.mark.parametrize(
    "asked",
    [
        lambda: change_step(LICENCE, "nobody", NEW),
        lambda: change_step(LICENCE, "decide", StepChange(lo="x", en="x", lane="nowhere")),
        lambda: change_step(LICENCE, "decide", StepChange(lo="x" * 501, en="x")),
        lambda: add_step(LICENCE, kind="scriptTask", after="decide", on="", id="x", change=NEW),
        lambda: add_step(LICENCE, kind="userTask", after="decide", on="corrected", id="x", change=NEW),
        lambda: add_step(LICENCE, kind="userTask", after="decide", on="", id="inspect", change=NEW),
        lambda: remove_step(LICENCE, "start"),
        lambda: remove_way(LICENCE, "decide"),
        lambda: change_way(LICENCE, "corrected", WayChange(target="lanes")),
        lambda: change_lane(LICENCE, "decide", lo="", en="", own={}),
    ],
)
def test_what_cannot_be_changed_is_told(asked: Any) -> None:
    with pytest.raises(CannotDraw):
        asked()
