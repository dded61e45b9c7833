"""How a gateway chooses among its arrows, how often an activity runs, and how values of the language are kept."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from onedoor.domain.catalogue.api import Flow, Node

MOST_AT_ONCE = 30


class StuckToken(Exception):
    """A fault of the program: the linter should have refused this process."""


def plain(found: Any) -> Any:
    """A value of the language as it is kept with the case: numbers as numbers, days as ISO 8601."""
    if isinstance(found, Decimal):
        return int(found) if found == found.to_integral_value() else float(found)
    if isinstance(found, Mapping):
        return {str(name): plain(value) for name, value in found.items()}
    if isinstance(found, list | tuple):
        return [plain(each) for each in found]
    return found if found is None or isinstance(found, str | bool | int) else str(found)


def number(found: Any) -> int:
    """How often an activity runs: nothing sensible is once, and never more than the bound."""
    try:
        return max(0, min(int(found), MOST_AT_ONCE))
    except (TypeError, ValueError, ArithmeticError):
        return 1


def choose(node: Node, facts: Mapping[str, Any]) -> Flow:
    """The first arrow whose guard holds, in the order of the file, else the default."""
    default = None
    for flow in node.flows:
        if flow.id == node.default or flow.guard is None:
            default = default or flow
        elif flow.guard.holds(facts):
            return flow
    if default is None:
        raise StuckToken(f"no arrow of {node.id} applies")
    return default


def choose_some(node: Node, facts: Mapping[str, Any]) -> tuple[Flow, ...]:
    """Every arrow whose guard holds, else the default."""
    if len(node.flows) == 1:
        return node.flows
    found = tuple(
        flow for flow in node.flows if flow.id != node.default and flow.guard and flow.guard.holds(facts)
    )
    return found or (choose(node, facts),)
