"""How something is added to the tallies of its day."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from onedoor.domain.monitoring.models import State
from onedoor.domain.monitoring.rules.tallies import Tally, keys
from onedoor.kernel.i18n.shown import ZONE


def day_of(at: datetime) -> date:
    """The day of an instant, where the centres are."""
    return at.astimezone(ZONE).date()


def count(
    state: State, at: datetime, centre: UUID, service: UUID | None, traits: Mapping[str, str], tally: Tally
) -> None:
    """Add something to every tally of its day, centre, service and traits."""
    state.add(keys(day=day_of(at), centre=centre, service=service, traits=traits), tally)
