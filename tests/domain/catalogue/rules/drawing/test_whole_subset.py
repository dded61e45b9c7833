"""Every element of the subset is drawn with the table alone, runs, has a place on the drawing, and touches nothing else."""

from functools import cache, partial
from pathlib import Path
from xml.etree import ElementTree

import pytest

from onedoor.domain.catalogue.rules.drawing import (
    ABOUT,
    CannotDraw,
    Several,
    StepChange,
    WayChange,
    add_lane,
    add_step,
    add_way,
    change_lane,
    change_step,
    change_way,
    decision_tables,
    first_process,
    remove_lane,
    remove_step,
    step_table,
    with_rows,
)
from onedoor.domain.catalogue.rules.drawing.paper import read, written
from onedoor.domain.catalogue.rules.process import compile_process

SERVICES = Path(__file__).parents[5] / "onedoor" / "packs" / "lao" / "services"
LICENCE = (Path(__file__).parent / "licence.bpmn").read_text()
BACK = {"role": "ministry_officer", "unit": "authority", "audience": "back"}
said = partial(StepChange, lo="ຊື່", en="Name")
task = partial(said, own={"outcomes": "done"})


def faults(text: str) -> list[str]:
    return [str(fault) for fault in compile_process(text.encode()).faults]


def drawn_apart(text: str) -> bool:
    """Whether all that can be drawn is drawn, and no two steps stand on each other."""
    root = ElementTree.fromstring(text)
    kinds = {one.get("id"): one.tag.rpartition("}")[2] for one in root.iter()}
    shapes = {one.get("bpmnElement", ""): one for one in root.iter() if one.get("bpmnElement")}
    table = step_table(text)
    wanted = {step.id for step in table.steps} | {lane.id for lane in table.lanes}
    wanted |= {way.id for step in table.steps for way in step.ways}
    boxes = []
    for id, shape in shapes.items():
        bounds = next((one for one in shape if one.tag.endswith("Bounds")), None)
        if bounds is not None and kinds[id] not in ("participant", "lane", "subProcess", "boundaryEvent"):
            boxes.append([float(bounds.get(name, 0)) for name in ("x", "y", "width", "height")])
    apart = all(
        x + wide <= other or other + width <= x or y + high <= down or down + height <= y
        for number, (x, y, wide, high) in enumerate(boxes)
        for other, down, width, height in boxes[number + 1 :]
    )
    return wanted <= set(shapes) and apart


@cache
def build() -> str:
    """A process with every kind of element, as an officer would build it from the first one, step by step."""
    text = first_process("fish-pond")
    add = lambda text, kind, after, on, id, change: add_step(  # noqa: E731
        text, kind=kind, after=after, on=on, id=id, change=change
    )
    text = add_lane(text, id="water", lo="ກົມນ້ຳ", en="Water office", own=BACK)
    text = add(text, "parallelGateway", "receive", "to_decide", "fork", said())
    text = add(text, "parallelGateway", "fork", "from_fork", "joined", said())
    text = add(text, "userTask", "fork", "from_fork", "soil", task(lane="back"))
    text = add(text, "userTask", "fork", "", "stream", task(lane="water", several=Several(
        units="moe mic", until="counts.stream.done >= 1", mode="in_turn")))  # fmt: skip
    text = add_way(text, source="stream", id="back_together", change=WayChange(target="joined"))
    text = add(text, "boundaryEvent", "soil", "", "late", said(
        about="timer", time_kind="timeCycle", time="R3/P7D", interrupting=False, own={"calendar": "office"}))  # fmt: skip
    text = add(text, "sendTask", "late", "", "remind", said(message="reminder", own={"key": "case.number"}))
    text = add(text, "endEvent", "remind", "", "reminded", said(
        about="message", message="reminded", own={"key": "case.number"}))  # fmt: skip
    text = add(text, "boundaryEvent", "stream", "", "stop", said(
        about="message", message="stop", own={"key": "case.number"}))  # fmt: skip
    text = add(text, "endEvent", "stop", "", "stopped", said(about="terminate"))
    text = add(text, "subProcess", "joined", "from_joined", "visit", said(lane="back"))
    text = add(text, "userTask", "visit_start", "visit_way", "look", task())
    text = add(text, "exclusiveGateway", "look", "from_look", "fine", said())
    text = add(text, "endEvent", "fine", "", "bad", said(about="error", error="flooded"))
    text = change_way(text, "to_bad", WayChange(target="bad", condition="form.depth > 3"))
    text = change_way(text, "from_fine", WayChange(target="visit_end", default=True))
    text = add(text, "boundaryEvent", "visit", "", "flood", said(about="error", error="flooded"))
    text = add(text, "endEvent", "flood", "", "flooded", said())
    text = add(text, "eventBasedGateway", "visit", "from_visit", "whichever", said())
    text = add(text, "intermediateCatchEvent", "whichever", "from_whichever", "answer", said(
        about="message", message="answer", own={"key": "case.number"}))  # fmt: skip
    text = add(
        text, "intermediateCatchEvent", "whichever", "", "silence", said(time_kind="timeDuration", time="P5D")
    )
    text = add_way(text, source="silence", id="go_on", change=WayChange(target="decide"))
    text = add(text, "serviceTask", "answer", "from_answer", "note", said(own={"handler": "cases.note"}))
    text = add(text, "boundaryEvent", "note", "", "broken", said(about="error", error=""))
    text = add(text, "endEvent", "broken", "", "broke", said())
    text = add(text, "intermediateThrowEvent", "note", "from_note", "told", said(
        about="message", message="told", own={"key": "case.number"}))  # fmt: skip
    text = add(
        text, "receiveTask", "told", "from_told", "heard", said(message="heard", own={"key": "case.number"})
    )
    text = add(text, "inclusiveGateway", "heard", "from_heard", "either", said())
    text = change_way(text, "from_either", WayChange(target="decide", default=True))
    text = add(text, "startEvent", "receive", "", "by_message", said(about="message", message="begin"))
    return add(
        text, "startEvent", "receive", "", "monthly", said(about="timer", time_kind="timeCycle", time="R/P1M")
    )


def test_a_process_of_every_kind_is_built_with_the_table_alone() -> None:
    text = build()
    assert faults(text) == []
    assert drawn_apart(text)
    table = step_table(text)
    kinds = {step.kind for step in table.steps}
    assert kinds >= {
        *("startEvent", "userTask", "serviceTask", "sendTask", "receiveTask", "exclusiveGateway", "endEvent"),
        *("inclusiveGateway", "parallelGateway", "eventBasedGateway", "subProcess", "boundaryEvent"),
        *("intermediateCatchEvent", "intermediateThrowEvent"),
    }
    found = {step.id: step for step in table.steps}
    assert found["stream"].several == Several(
        mode="in_turn", units="moe mic", until="counts.stream.done >= 1"
    )
    assert (found["late"].interrupting, found["late"].time, found["stop"].message) == (
        False,
        "R3/P7D",
        "stop",
    )
    assert (found["bad"].error, found["look"].scope, found["look"].lane) == ("flooded", "visit", "back")
    assert text.count("errorCode=") == 1  # raised and caught by one error of the file


def test_a_step_that_is_added_and_removed_leaves_the_model_as_it_was() -> None:
    before = {(step.id, step.kind, step.lane) for step in step_table(LICENCE).steps}
    text = add_step(LICENCE, kind="subProcess", after="inspect", on="to_decide", id="visit", change=said())
    text = remove_step(text, "visit")
    assert {(step.id, step.kind, step.lane) for step in step_table(text).steps} == before
    assert "visit" not in text


def test_every_process_and_table_is_written_as_it_came() -> None:
    for path in (*SERVICES.glob("*/process.bpmn"), *SERVICES.glob("*/decisions.dmn")):
        assert written(read(path.read_text())) == path.read_text(), path


def test_what_says_the_same_stays_to_the_byte() -> None:
    for text in (LICENCE, build()):
        table = step_table(text)
        for step in {step.kind: step for step in table.steps}.values():
            change = StepChange(
                lo=step.lo,
                en=step.en,
                lane=step.lane if not step.scope else "",
                about=step.about if step.kind in ABOUT else None,
                time_kind=step.time_kind,
                time=step.time,
                message=step.message if step.message else None,
                error=step.error if step.about == "error" else None,
                called=step.called if step.kind == "callActivity" else None,
                interrupting=step.interrupting if step.kind == "boundaryEvent" else None,
                several=step.several,
                own=step.own,
            )
            assert change_step(text, step.id, change) == text
            for way in step.ways[:1]:
                same = WayChange(
                    target=way.target, lo=way.lo, en=way.en, condition=way.condition, default=way.default
                )
                assert change_way(text, way.id, same) == text
        lane = table.lanes[0]
        own = {"role": lane.role, "unit": lane.unit, "audience": lane.audience, "of": lane.of}
        assert change_lane(text, lane.id, lo=lane.lo, en=lane.en, own=own) == text


def test_tables_that_say_the_same_stay_to_the_byte() -> None:
    for path in SERVICES.glob("*/decisions.dmn"):
        text = path.read_text()
        for table in decision_tables(text)[:1]:
            assert with_rows(text, table.id, table.rows) == text, path


def test_a_change_leaves_every_other_byte() -> None:
    odd = LICENCE.replace("<bpmn:userTask", "<!-- kept -->\r\n<bpmn:userTask", 1).replace(
        "xmlns:di=", "xmlns:v='urn:vendor'\n      v:mark='a &amp; \"b\"' xmlns:di=", 1
    )
    step = step_table(odd).step("inspect")
    assert step is not None
    text = change_step(odd, "inspect", StepChange(lo=step.lo, en="Look at the pond", own=step.own))
    assert text == odd.replace(f'onedoor:nameEn="{step.en}"', 'onedoor:nameEn="Look at the pond"', 1)
    assert written(read(odd)) == odd


def test_lanes_come_and_go() -> None:
    more = add_lane(LICENCE, id="third", lo="ທີສາມ", en="Third", own=BACK)
    assert [lane.id for lane in step_table(more).lanes][-1] == "third"
    led = change_step(more, "inspect", StepChange(lo="x", en="x", lane="third"))
    assert faults(led) == [] and drawn_apart(led)
    with pytest.raises(CannotDraw):
        remove_lane(led, "third", into="")
    gone = remove_lane(led, "third", into="back")
    assert step_table(gone).step("inspect").lane == "back"  # type: ignore[union-attr]
    assert faults(gone) == [] and drawn_apart(gone) and '"third"' not in gone


def test_a_process_without_lanes_gets_a_pool_with_its_first() -> None:
    bare = remove_lanes(LICENCE)
    assert step_table(bare).lanes == ()
    text = add_lane(bare, id="only", lo="ຜູ້ດຽວ", en="All", own=BACK)
    table = step_table(text)
    assert {step.lane for step in table.steps} == {"only"}
    assert drawn_apart(text)
    root = ElementTree.fromstring(text)
    pool = next(one for one in root.iter() if one.tag.endswith("participant"))
    assert {"only", pool.get("id")} <= {one.get("bpmnElement") for one in root.iter()}
    with pytest.raises(CannotDraw):
        remove_lane(text, "only", into="only")


def remove_lanes(text: str) -> str:
    """A file as other modelers write it that draw no pools."""
    root = ElementTree.fromstring(text)
    spaces = {one.tag.partition("}")[0][1:] for one in root.iter()}
    (model,) = [space for space in spaces if space.endswith("MODEL")]
    process = root.find(f"{{{model}}}process")
    assert process is not None
    held = [one for one in root.iter() if one.tag.endswith(("}lane", "}participant"))]
    gone = {one.get("id") for one in held}
    for one in [one for one in root if one.tag.endswith("collaboration")]:
        root.remove(one)
    for one in [one for one in process if one.tag.endswith("laneSet")]:
        process.remove(one)
    for plane in [one for one in root.iter() if one.tag.endswith("BPMNPlane")]:
        plane.set("bpmnElement", process.get("id", ""))
        for shape in [one for one in plane if one.get("bpmnElement") in gone]:
            plane.remove(shape)
    return ElementTree.tostring(root, encoding="unicode")


@pytest.mark.parametrize(
    "asked",
    [
        lambda: add_lane(LICENCE, id="back", lo="", en="", own={}),
        lambda: remove_lane(LICENCE, "decide", into="back"),
        lambda: change_step(LICENCE, "decide", said(about="timer")),
        lambda: change_step(LICENCE, "decide", said(message="x")),
        lambda: change_step(LICENCE, "decide", said(error="x")),
        lambda: change_step(LICENCE, "decide", said(called="x")),
        lambda: change_step(LICENCE, "decide", said(interrupting=False)),
        lambda: change_step(LICENCE, "decided", said(several=Several(count="2"))),
        lambda: change_step(LICENCE, "decide", said(several=Several(mode="sometimes"))),
        lambda: add_step(
            LICENCE, kind="startEvent", after="decide", on="", id="s", change=said(about="timer")
        ),
        lambda: add_step(LICENCE, kind="userTask", after="approved", on="", id="s", change=said()),
        lambda: add_step(
            LICENCE, kind="endEvent", after="decide", on="", id="s", change=said(about="signal")
        ),
    ],
)
def test_what_a_step_cannot_be_is_told(asked: object) -> None:
    with pytest.raises(CannotDraw):
        asked()  # type: ignore[operator]
