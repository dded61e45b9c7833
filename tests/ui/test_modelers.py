"""The modelers of the designer: built apart from all other pages, with their licences, and faithful to what they open."""

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from onedoor.domain.catalogue.api import compile_process, drawing
from onedoor.ui import build as building

SERVICES = Path(__file__).parents[2] / "onedoor" / "packs" / "lao" / "services"
HERE = Path(__file__).parent
# What a table is where nothing is said; the library leaves it out.
USUAL = {("hitPolicy", "UNIQUE")}
FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:other="urn:another:modeler" id="d" targetNamespace="urn:x">
  <bpmn:process id="p" isExecutable="true" other:colour="green">
    <bpmn:startEvent id="s" name="ເລີ່ມ" other:shade="3">
      <bpmn:extensionElements>
        <other:notes kind="own"><other:note by="somebody">kept as it is</other:note></other:notes>
      </bpmn:extensionElements>
    </bpmn:startEvent>
  </bpmn:process>
</bpmn:definitions>
"""


@pytest.fixture(scope="module")
def built() -> Path:
    return building.build()


def written(kind: str, texts: list[str]) -> list[dict[str, Any]]:
    """The texts as the modeler's library writes them, having read them."""
    node, _npm = building._node()
    asked = json.dumps([{"kind": kind, "text": text} for text in texts])
    command = [node, str(HERE / "round_trip.mjs"), str(building.FRONTEND)]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def parts(text: str) -> Counter[Any]:
    """Everything that a file says: each element with its attributes, its text and the ids around it."""
    found: Counter[Any] = Counter()

    def walk(element: ElementTree.Element, above: tuple[str, ...]) -> None:
        own = (*above, element.get("id") or element.tag)
        said = " ".join((element.text or "").split())
        attributes = tuple(sorted(set(element.attrib.items()) - USUAL))
        found[(*own, element.tag, attributes, said)] += 1
        for child in element:
            walk(child, own)

    walk(ElementTree.fromstring(text), ())
    return found


def test_a_diagram_goes_through_the_modeler_and_back_whole(built: Path) -> None:
    sources = [path.read_text() for path in sorted(SERVICES.glob("*/process.bpmn"))]
    for source, back in zip(sources, written("bpmn", sources), strict=True):
        assert not back["warnings"]
        assert parts(back["xml"]) == parts(source)
        ours, theirs = compile_process(source.encode()), compile_process(back["xml"].encode())
        assert [fault.reason for fault in ours.faults] == [fault.reason for fault in theirs.faults]
        assert ours.process is None or set(ours.process.nodes) == set(theirs.process.nodes)


def test_what_the_table_changed_opens_in_the_modeler(built: Path) -> None:
    source = (SERVICES / "construction-permit" / "process.bpmn").read_text()
    steps = drawing.step_table(source).steps
    step = next(each for each in steps if each.kind == "userTask" and each.ways)
    change = drawing.StepChange(lo="ກວດຄືນ", en="Look again")
    more = drawing.add_step(
        source, kind="userTask", after=step.id, on=step.ways[0].id, id="again", change=change
    )
    (back,) = written("bpmn", [more])
    assert not back["warnings"]
    assert parts(back["xml"]) == parts(more)


def test_what_another_modeler_added_is_carried_along(built: Path) -> None:
    (back,) = written("bpmn", [FOREIGN])
    assert not back["warnings"]
    assert parts(back["xml"]) == parts(FOREIGN)


def test_a_decision_table_goes_through_the_modeler_and_back_whole(built: Path) -> None:
    sources = [path.read_text() for path in sorted(SERVICES.glob("*/decisions.dmn"))]
    for source, back in zip(sources, written("dmn", sources), strict=True):
        assert not back["warnings"]
        assert parts(back["xml"]) == parts(source)


def test_only_the_designers_pages_carry_the_modelers(built: Path) -> None:
    for door in ("citizen", "staff", "kiosk", "board", "console", "designer"):
        assert "bpmn" not in (built / f"{door}.js").read_text().lower()
        assert "bpmn" not in (built / f"{door}.css").read_text()
    assert "bpmn.io" in (built / "diagram.js").read_text()
    assert "data:font" not in (built / "diagram.css").read_text() + (built / "decisions.css").read_text()


def test_the_licence_of_the_mark_travels_along(built: Path) -> None:
    text = (built / building.LICENCES.name).read_text()
    assert "bpmn-js 18." in text
    assert "dmn-js 17." in text
    assert "watermark must stay fully visible" in text
