"""A rule of publication that comes later binds what is published later: live cases go on by what was accepted."""

from datetime import datetime
from typing import Any

import pytest

from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.catalogue.rules.decisions import compiler as decisions
from onedoor.domain.catalogue.rules.forms import compiling
from onedoor.domain.catalogue.rules.process import lint
from tests.factories.registry import Registry, open_task, published, received


@pytest.fixture
def stricter(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on no process, no table and no form is good enough."""
    check = lint.check

    def harder(nodes: Any, build: Any) -> None:
        check(nodes, build)
        build.fault(build.elements[next(iter(nodes))], "a rule of tomorrow")

    class Harder(decisions.Checking):
        def run(self) -> None:
            self.faults.append((decisions.Place(line=1), "a rule of tomorrow"))

    monkeypatch.setattr(lint, "check", harder)
    monkeypatch.setattr(decisions, "Checking", Harder)
    monkeypatch.setattr(compiling, "order_faults", lambda sections: [("properties", "a rule of tomorrow")])
    for held in (catalogue.process_of, catalogue.form_to_ask, catalogue.decisions_of):
        held.cache_clear()


def test_what_was_published_is_loaded_and_runs(
    world: Registry, at: datetime, request: pytest.FixtureRequest
) -> None:
    got = received(world, at=at)
    request.getfixturevalue("stricter")
    with pytest.raises(catalogue.ServiceIsNotComplete, match="tomorrow"):
        published(at=at, code="birth-registration", authority=world.ministry, id=world.birth)
    cases.complete(by=world.decider, at=at, task=open_task(got.case), outcome="approve")
    assert cases.case_view(by=world.decider, at=at, case=got.case).status == "approved"
    assert received(world, at=at).number != got.number
