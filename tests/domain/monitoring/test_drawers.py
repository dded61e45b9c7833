"""A drawer that was really opened shows at its centre, and the next day it is an alert; money is counted once."""

from datetime import datetime, timedelta

import pytest

from onedoor.domain.monitoring import api as monitoring
from onedoor.domain.monitoring.actions import save_standard
from onedoor.domain.monitoring.models import read_tallies
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters import follow_batch, seal_batch
from onedoor.kernel.scope import everything
from tests.factories.hall import SYSTEM
from tests.factories.till import FEE, till

pytestmark = pytest.mark.django_db


def test_a_drawer_is_seen_and_told_of_when_it_stays_open(at: datetime) -> None:
    with everything("tests look everywhere"):
        place = till(at=at)
        name = {"lo": "ຊື່", "en": "Drawers"}
        save_standard(by=SYSTEM, at=at, id=new_id(), code="cash_overnight", name=name, limit=0, share=0)
        place.open(at=at)
        place.paid(at=at)
        seal_batch()
        while follow_batch():
            pass
        rows = {row.centre.code: row for row in monitoring.floor_now(by=SYSTEM, at=at).rows}
        assert (rows[place.code].drawer, rows[place.code].alerts) == ("open", [])
        later = monitoring.floor_now(by=SYSTEM, at=at + timedelta(days=1))
        assert [(row.centre.code, alert.code) for row, alert in later.alerts] == [(place.code, "cash_open")]
        ((_, tally),) = read_tallies(units=None, services=None, grain="d", since=at.date(), until=at.date())
        assert (tally.counts["receipts"], tally.counts["money"]) == (1, FEE)
