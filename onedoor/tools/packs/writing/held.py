"""What a node holds of reference data, as it travels: rows of plain values, with the codes that their ids stand for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from onedoor.domain.access.api import origins
from onedoor.kernel.mirrors.state import State, read_states
from onedoor.tools.errors import ToolError

KINDS = (
    "access.unit",
    "access.role",
    "catalogue.lifeevent",
    "catalogue.service",
    "centres.officecalendar",
    "centres.centre",
    "centres.checklistplan",
    "centres.counter",
    "centres.space",
    "centres.commitment",
    "centres.survey",
    "documents.template",
    "monitoring.standard",
    "monitoring.tile",
    "notices.wording",
    "payments.tariff",
    "queue.hallrule",
)
"""The kinds of aggregates that a pack brings. Of what else goes down, none is reference data (see the tests)."""


@dataclass(kw_only=True)
class Held:
    """The reference data of a node.

    Args:
        about: what the pack said of itself. notes: what cannot be said in a pack, for whoever writes it.
    """

    code: str
    about: dict[str, Any]
    states: dict[str, list[State]]
    notes: list[str] = field(default_factory=list)

    @property
    def languages(self) -> list[str]:
        """The pack's languages."""
        return list(self.about["languages"])

    @cached_property
    def units(self) -> dict[str, dict[str, Any]]:
        """Units by id."""
        return {str(state.row["id"]): state.row for state in self.states["access.unit"]}

    @cached_property
    def _services(self) -> dict[str, str]:
        return {state.row["id"]: state.row["code"] for state in self.states["catalogue.service"]}

    def unit(self, id: Any) -> str:
        """The code of a unit."""
        return str(self.units[str(id)]["code"])

    def service(self, id: Any) -> str:
        """The code of a service."""
        return self._services[str(id)]


def held_here(code: str = "") -> Held:
    """What this node holds.

    Args:
        code: of the pack, where several were loaded.
    Errors: ToolError, when nothing or more than one pack was loaded.
    """
    known = origins()
    if code and code not in known:
        raise ToolError(f"No pack “{code}” was loaded on this node. Known: {', '.join(known) or 'none'}.")
    if not code and len(known) != 1:
        what = f"Several packs were loaded: {', '.join(known)}. Name one with --pack." if known else NONE
        raise ToolError(what)
    code = code or next(iter(known))
    return Held(code=code, about=known[code], states={kind: read_states(kind=kind) for kind in KINDS})


NONE = "This node does not know its pack. Load it once with `onedoor pack load`; what is already so is not written again."
