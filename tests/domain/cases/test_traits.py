"""What figures may know of an applicant: groups only, and only what she said; it never stands in a letter's body."""

from datetime import date, datetime

import orjson
import pytest

from onedoor.domain.cases.rules.traits import traits
from onedoor.domain.monitoring.models import Matter
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import Payload, beside, follow_batch, forget_person, seal_batch
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import everything
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
        lambda held, form, today: Payload(held.person_id or new_id(), {"sex": "female", "age": "35-59"}),
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
