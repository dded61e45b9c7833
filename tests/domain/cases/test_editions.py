"""Live cases on a newer process: what would happen, what is held back and why, and that those that went go on by it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from onedoor.domain.cases import api as cases
from onedoor.domain.cases.models import Case, Task
from onedoor.domain.catalogue import api as catalogue
from onedoor.kernel.errors import DomainError
from onedoor.kernel.scope import Actor, everything
from onedoor.tools.steps import _failed, _move
from tests.domain.cases import drawn
from tests.factories.registry import Registry, open_task, published, received, registry

pytestmark = pytest.mark.django_db
LONGER = drawn.FORKED.replace(
    '<bpmn:sequenceFlow id="f7" sourceRef="hand_over" targetRef="e"/>',
    drawn.user("archive") + drawn.flow("f7", "hand_over", "archive") + drawn.flow("f8", "archive", "e"),
).replace(
    "<bpmn:flowNodeRef>hand_over</bpmn:flowNodeRef>",
    "<bpmn:flowNodeRef>hand_over</bpmn:flowNodeRef><bpmn:flowNodeRef>archive</bpmn:flowNodeRef>",
)
OTHER = LONGER.replace('"site"', '"visit"').replace(">site<", ">visit<")


def world_of(at: datetime, after: str) -> tuple[Registry, UUID, UUID, UUID]:
    """A world with one case on the first edition, and a second edition in force."""
    world = registry(at=at, process=drawn.FORKED)
    case = received(world, at=at).case
    old = catalogue.service_by_id(world.birth).version_id
    published(at=at, code="birth-registration", authority=world.ministry, process=after, id=world.birth)
    return world, case, old, catalogue.service_by_id(world.birth).version_id


def moved(old: UUID, new: UUID, at: datetime, **more: Any) -> cases.Plan:
    return cases.move_cases(by=more.get("by", Actor.system()), at=at, old=old, new=new)


def test_a_case_goes_on_by_the_new_process(at: datetime) -> None:
    world, case, old, new = world_of(at, LONGER)
    cases.complete(by=world.decider, at=at, task=task(case, "law"), outcome="agree")
    plan = cases.plan_move(by=Actor.system(), at=at, old=old, new=new)
    assert (plan.movable, plan.held_back) == ((case,), ())
    assert edition(case) == old
    assert moved(old, new, at).movable == (case,)
    assert edition(case) == new and moved(old, new, at).movable == ()
    cases.complete(by=world.decider, at=at, task=task(case, "site"), outcome="agree")
    cases.complete(by=world.officer, at=at, task=open_task(case))
    assert Task.objects.get(case_id=case, state="open").node == "archive"


def test_what_stands_nowhere_in_the_new_one_stays(at: datetime) -> None:
    _, case, old, new = world_of(at, OTHER)
    plan = moved(old, new, at)
    assert plan.movable == () and edition(case) == old
    [(number, found)] = plan.held_back
    assert [str(each) for each in found] == ["“site”: the new process has no element of this id"]
    with everything("a test looks"):
        assert Case.objects.get(id=case).number == number


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        (drawn.FORKED, drawn.FORKED.replace('id="f5"', 'id="f55"'), []),
        (drawn.WAITS, drawn.WAITS.replace('"silence"', '"quiet"').replace(">silence<", ">quiet<"), ["event"]),
        (drawn.asked("MOHA MOJ"), drawn.asked("MOHA"), ["other_kind"]),
        (drawn.REVIEWED, drawn.REVIEWED.replace('"one"', '"uno"').replace(">one<", ">uno<"), ["gone"]),
    ],
)
def test_the_reasons(at: datetime, before: str, after: str, why: list[str]) -> None:
    world = registry(at=at, process=before)
    received(world, at=at)
    old = catalogue.service_by_id(world.birth).version_id
    published(at=at, code="birth-registration", authority=world.ministry, process=after, id=world.birth)
    new = catalogue.service_by_id(world.birth).version_id
    plan = cases.plan_move(by=Actor.system(), at=at, old=old, new=new)
    assert sorted({each.why for _, found in plan.held_back for each in found}) == why


def test_only_between_editions_of_a_service_and_by_who_publishes(at: datetime) -> None:
    world, _, old, new = world_of(at, LONGER)
    with pytest.raises(cases.EditionsDiffer):
        moved(old, catalogue.service_by_id(world.document).version_id, at)
    for stranger in (world.officer, world.decider, world.other_decider):
        with pytest.raises(DomainError):
            moved(old, new, at, by=stranger)


def test_from_the_command_line(at: datetime) -> None:
    world, case, _, new = world_of(at, LONGER)
    code = catalogue.service_by_id(world.birth).code
    assert _move(code, 1, 2, go=False) == ["1 cases can be moved."]
    assert _move(code, 1, 2, go=True) == ["1 cases were moved."] and edition(case) == new
    assert _failed("") == ["No step has failed."] and cases.failed_steps() == 0


def test_failed_steps_are_listed_and_tried_again_from_the_command_line(at: datetime) -> None:
    world = registry(at=at, process=drawn.ISSUES.replace('errorRef="none"', 'errorRef="bad"'))
    got = received(world, at=at)
    for _ in range(5):
        due = Task.objects.get(case_id=got.case, kind="service").try_at
        assert due is not None and cases.run_services(at=due) == 1
    assert cases.failed_steps() == 1
    [line] = _failed(got.number)
    assert line.startswith(got.number) and line.endswith("is tried again")
    assert cases.failed_steps() == 0


def task(case: UUID, node: str) -> UUID:
    return Task.objects.get(case_id=case, node=node, state="open").id


def edition(case: UUID) -> UUID:
    with everything("a test looks"):
        return Case.objects.get(id=case).edition_id
