"""News that monitoring hears: everything that moves the live floor or a key figure."""

from onedoor.domain.monitoring import actions
from onedoor.domain.monitoring.actions.projecting import STEPS
from onedoor.kernel.letters import Told, following


@following(*STEPS, writes="monitoring.Visit")
def project(told: Told) -> None:
    """Keeps the live floor and the tallies."""
    actions.project(told=told)
