"""A door makes at most one writing call per request: a second one that is refused would leave the first one standing."""

import textwrap
from pathlib import Path

import pytest

from tests.house.house import DOORS
from tests.house.writing import Doors

FOUND = dict(Doors(DOORS, package="onedoor.doors").views())


def test_a_view_makes_at_most_one_writing_call() -> None:
    assert {name: most for name, most in FOUND.items() if most > 1} == {}


def test_writing_views_are_seen() -> None:
    assert len(FOUND) > 60
    assert sum(most == 1 for most in FOUND.values()) > 25


TOP = """
from functools import partial
from onedoor.domain.cases import api as cases
from onedoor.domain.queue.api import give_back, line
from onedoor.doors.trial.helpers import helped
from onedoor.kernel.scope import needs

STEPS = {"start": give_back, "finish": give_back}

def _kept(request):
    return cases.save_draft(by=request.actor, at=1, case=1, data={})

@needs("cases.enter")
def view(request):
"""
HELPERS = """
from onedoor.domain.cases import api as cases

def helped(request):
    return cases.receive(by=request.actor, at=1, case=1)
"""
OFFENCES = {
    "one after the other": "cases.save_draft(case=1)\nreturn cases.receive(case=1)",
    "through a helper": "_kept(request)\nreturn give_back(ticket=1)",
    "through a helper of another file": "_kept(request)\nreturn helped(request)",
    "in a loop": "for one in (1, 2):\n    give_back(ticket=one)",
    "in a comprehension": "return [give_back(ticket=one) for one in (1, 2)]",
    "after a branch that goes on": "if request:\n    _kept(request)\nreturn helped(request)",
    "in a condition": "if _kept(request):\n    return helped(request)\nreturn line(1)",
    "handed on to be called": "run(lambda: give_back(ticket=1))\nreturn run(partial(give_back, ticket=1))",
    "by a name": "_kept(request)\nreturn STEPS[request](by=1, at=1)",
    "in a handler": "try:\n    _kept(request)\n    line(1)\nexcept ValueError:\n    give_back(ticket=1)\n    helped(request)",
    "at the end of it all": "try:\n    _kept(request)\nfinally:\n    helped(request)",
    "in a transaction": "with atomic():\n    _kept(request)\n    helped(request)",
    "by cases": "match request:\n    case 1:\n        _kept(request)\n    case _:\n        line(1)\nhelped(request)",
}
RIGHT = {
    "one": "return helped(request)",
    "one or the other": "if request:\n    return _kept(request)\nreturn helped(request)",
    "one of several": "act = (lambda: _kept(1)) if request else (lambda: helped(1))\nreturn act()",
    "another when the first was refused": "try:\n    _kept(request)\nexcept ValueError:\n    helped(request)",
    "a recorded sight beside it": "cases.see_case(case=1)\nreturn helped(request)",
    "reading": "line(1)\nreturn line(2)",
}


def planted(folder: Path, body: str) -> int:
    """The writing calls of a view with this body."""
    (folder / "helpers.py").write_text(HELPERS)
    (folder / "views.py").write_text(TOP + textwrap.indent(body, "    "))
    ((_, most),) = Doors(folder, package="onedoor.doors.trial").views()
    return most


@pytest.mark.parametrize("name", OFFENCES)
def test_a_planted_second_call_is_caught(name: str, tmp_path: Path) -> None:
    assert planted(tmp_path, OFFENCES[name]) > 1


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_passes(name: str, tmp_path: Path) -> None:
    assert planted(tmp_path, RIGHT[name]) <= 1
