"""Satisfaction where an edition is tried out, beside the others: with its interval, and never of a few people."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from onedoor.domain.monitoring.api import satisfaction_beside
from onedoor.domain.monitoring.models.tallies import add_tallies
from onedoor.domain.monitoring.rules.periods import DAY
from onedoor.domain.monitoring.rules.tallies import Key, Tally
from onedoor.kernel.errors import Refused
from tests.factories.drafts import Studio, studio

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def rated(made: Studio, centre: UUID, *, rated: int, satisfied: int, on: date = TODAY) -> None:
    key = Key(DAY, on, centre, made.registry.birth, "", "")
    add_tallies({key: Tally({"rated": rated, "satisfied": satisfied})}, units=[centre])


def test_both_sides_with_their_intervals_and_small_cells_hidden(at: datetime) -> None:
    made = studio(at=at)
    here, other = made.registry.centre, made.registry.other_centre
    ask = {"service": made.registry.birth, "since": TODAY, "until": TODAY, "centres": [here]}
    nobody = satisfaction_beside(by=made.second, **ask)
    assert [(one.rated, one.secret) for one in nobody] == [(0, False), (0, False)]
    rated(made, other, rated=20, satisfied=10)
    rated(made, here, rated=4, satisfied=4)
    few = satisfaction_beside(by=made.second, **ask)
    assert [(one.rated, one.secret) for one in few] == [(0, True), (0, True)]
    rated(made, here, rated=6, satisfied=5)
    rated(made, here, rated=100, satisfied=0, on=TODAY - timedelta(days=1))
    tried, others = satisfaction_beside(by=made.second, **ask)
    assert (tried.satisfied, tried.rated, others.satisfied, others.rated) == (9, 10, 10, 20)
    assert tried.low < 0.9 < tried.high and others.low < 0.5 < others.high
    with pytest.raises(Refused):
        satisfaction_beside(by=made.registry.decider, **ask)
