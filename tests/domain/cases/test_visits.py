"""A family at one counter: an application for each of them, what is common said once, all under one visit."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from onedoor.domain.access.models import Sight
from onedoor.domain.cases import api as cases
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.queue import api as queue
from onedoor.kernel.errors import Missing
from onedoor.kernel.scope import everything
from tests.factories.hall import SYSTEM
from tests.factories.registry import BIRTH, SCAN, Registry

pytestmark = pytest.mark.django_db
COMMON = {
    "mother_name",
    "father_name",
    "family_district",
    "family_village",
    "family_book",
    "informant_name",
    "informant_relation",
    "informant_phone",
}


@pytest.fixture
def family(world: Registry, at: datetime) -> queue.Ticket:
    """Three children, each with a birth to register; one ticket."""
    wanted = queue.everybody([world.birth], people=3)
    return queue.take_visit(by=SYSTEM, at=at, centre=world.centre, wanted=wanted)


def opened(world: Registry, at: datetime, ticket: queue.Ticket, errand: UUID | None = None) -> UUID:
    said = {"service": world.birth, "ticket": ticket.id, "visit": ticket.visit, "errand": errand}
    return cases.open_draft(by=world.officer, at=at, centre=world.centre, **said).id


def answers(case: UUID) -> dict[str, Any]:
    with everything("a test looks"):
        return dict(cases.Case.objects.get(id=case).data)


def test_what_the_first_said_is_offered_to_the_next(
    world: Registry, at: datetime, family: queue.Ticket
) -> None:
    first, second, third = queue.errands(visit=family.visit)
    one, two = (opened(world, at, family, each.id) for each in (first, second))
    said = {"by": world.officer, "at": at}
    assert cases.see_shared(case=one, **said) == () == cases.see_shared(case=two, **said)
    cases.save_draft(case=one, data=BIRTH, **said)
    cases.save_draft(case=two, data={"family_village": "ບ້ານ ໂພນໄຊ"}, **said)
    offered = cases.see_shared(case=two, **said)
    assert {each.question.name for each in offered} <= COMMON - {"family_village"}
    assert {"mother_name", "family_district"} <= {each.question.name for each in offered}
    cases.share_facts(case=two, **said)
    kept = answers(two)
    assert kept["family_village"] == "ບ້ານ ໂພນໄຊ", "what was typed stays"
    assert kept["mother_name"] == BIRTH["mother_name"] and not {"child_name", "birth_date", "sex"} & set(kept)
    with everything("a test looks"):
        assert "visit" in set(Sight.objects.filter(subject=one).values_list("why", flat=True))
    assert opened(world, at, family, third.id) not in (one, two)


def test_an_errand_has_one_application_and_shows_its_number(
    world: Registry, at: datetime, family: queue.Ticket
) -> None:
    first, second, _third = queue.errands(visit=family.visit)
    one = opened(world, at, family, first.id)
    assert opened(world, at, family, first.id) == one, "the same errand leads to the same draft"
    assert opened(world, at, family, second.id) != one
    said = {"by": world.officer, "at": at, "case": one}
    cases.save_draft(data=BIRTH, **said)
    cases.attach(paper="village-notification", content=SCAN, name="scan.png", **said)
    received = cases.receive(**said)
    states = {each.case_id: each.state for each in queue.errands(visit=family.visit) if each.case_id}
    assert states[one] == "done" and sorted(states.values()) == ["done", "opened"]
    found = cases.visit_cases(world.officer, visit=family.visit)
    assert [each.number for each in found.values()] == [received.number, ""]
    assert cases.numbers_in_visit(family.visit)[one] == received.number
    assert not cases.visit_cases(world.stranger, visit=family.visit)
    with pytest.raises(queue.ErrandHasBegun):
        opened(world, at, family, first.id)
    with pytest.raises(Missing):
        opened(world, at, family, UUID(int=7))


def test_without_an_errand_the_first_free_one_of_the_service_is_taken(
    world: Registry, at: datetime, family: queue.Ticket
) -> None:
    one = opened(world, at, family)
    assert [each.case_id for each in queue.errands(visit=family.visit)] == [one, None, None]


def form(**questions: str) -> catalogue.Form:
    kinds: dict[str, dict[str, Any]] = {
        "text": {"type": "string", "x-field": "text"},
        "date": {"type": "string", "format": "date", "x-field": "date"},
    }
    label = {"x-label": {"lo": "ຄຳຖາມ", "en": "Question"}}
    document = {
        "type": "object",
        "properties": {name: {**kinds[kind], **label} for name, kind in questions.items()},
        "x-sections": [{"id": "all", "title": label["x-label"], "fields": list(questions)}],
    }
    return catalogue.compile_form(document)


@pytest.mark.parametrize(
    ("theirs", "mine", "same", "given"),
    [
        ("residence_village", "applicant_village", False, True),
        ("book_number", "family_book", False, True),
        ("mother_name", "mother_name", False, True),
        ("birth_date", "birth_date", False, False),
        ("birth_date", "birth_date", True, True),
        ("subject", "subject", True, False),
        ("from_village", "to_village", False, False),
        ("land_village", "applicant_village", True, False),
    ],
)
def test_what_means_the_same(theirs: str, mine: str, same: bool, given: bool) -> None:
    kind = "date" if "date" in mine else "text"
    value = "2001-02-03" if kind == "date" else "ບ້ານ ໂພນໄຊ"
    other = cases.Said(case=UUID(int=1), person=1, form=form(**{theirs: kind}), data={theirs: value})
    found = cases.shared(form(**{mine: kind}), {}, person=1 if same else 2, said=[other])
    assert [each.value for each in found] == ([value] if given else [])
