"""What figures may know of an applicant: groups only, and only what she said; it never stands in a letter's body."""

from datetime import date, datetime

import orjson
import pytest

from onedoor.domain.cases.api import case_state
from onedoor.domain.cases.models import Case
from onedoor.domain.cases.rules.traits import traits
from onedoor.domain.monitoring.models import Matter
from onedoor.kernel.errors import Invalid
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import Payload, beside, follow_batch, forget_person, seal_batch
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor, everything
from tests.factories.registry import received, registry

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ({}, {}),
        ({"sex": "unknown", "names": {"lo": "x"}, "phone": "020"}, {}),
        ({"sex": "female", "birth_date": "2008-03-03"}, {"sex": "female", "age": "0-17"}),
        ({"birth_date": "2008-03-02"}, {"age": "18-34"}),
        ({"birth_date": "1901-01-01", "disability": "yes"}, {"age": "60+", "disability": "yes"}),
        ({"disability": False, "language": "LO"}, {"disability": "no", "language": "lo"}),
        ({"disability": ["yes"], "language": "not a code"}, {}),
        ({"disability": "", "language": "other"}, {"language": "other"}),
    ],
)
def test_groups(said: dict[str, object], known: dict[str, str]) -> None:
    assert traits(said, today=TODAY) == known


@pytest.mark.django_db
def test_they_stand_beside_the_letter_until_the_person_is_forgotten(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "onedoor.domain.cases.actions.receiving._groups",
        lambda held, form, declared, today: Payload(
            held.person_id or new_id(), {"sex": "female", "age": "35-59"}
        ),
    )
    with everything("a test looks"):
        case = received(registry(at=at), at=at).case
        seal_batch()
        while follow_batch():
            pass
        row = LetterRow.objects.get(type="cases.received", aggregate=case)
        assert not {"sex", "age"} & set(orjson.loads(row.body))
        assert (Matter.objects.get(id=case).sex, Matter.objects.get(id=case).age) == ("female", "35-59")
        assert beside(row.id) == {"sex": "female", "age": "35-59"}
        assert row.person is not None
        forget_person(person=row.person, at=at)
        assert beside(row.id) is None


@pytest.mark.django_db
def test_what_one_says_of_oneself_reaches_the_figures_and_no_office(at: datetime) -> None:
    with everything("a test looks"):
        world = registry(at=at)
        told = received(world, at=at, told={"disability": "yes", "language": "kjg"}).case
        silent = received(world, at=at, told={"disability": "", "language": ""}).case
        seal_batch()
        while follow_batch():
            pass
        said, quiet = Matter.objects.get(id=told), Matter.objects.get(id=silent)
        assert (said.disability, said.language) == ("yes", "kjg")
        assert (quiet.disability, quiet.language) == ("", "")
        assert not {"disability", "language"} & set(Case.objects.get(id=told).data)
        seen = orjson.dumps(case_state(by=Actor.system(), at=at, case=told))
        assert b"kjg" not in seen and b"disability" not in seen
        for letter in LetterRow.objects.filter(aggregate=told):
            assert "kjg" not in letter.body and "disability" not in letter.body


@pytest.mark.django_db
@pytest.mark.parametrize("told", [{"disability": "maybe"}, {"language": "fr"}, {"religion": "yes"}])
def test_an_answer_that_is_none_is_refused_and_nothing_is_received(
    told: dict[str, str], at: datetime
) -> None:
    with everything("a test looks"), pytest.raises(Invalid) as fault:
        received(registry(at=at), at=at, told=told)
    assert fault.value.field in told
    with everything("a test looks"):
        assert Case.objects.get().status == "draft"
