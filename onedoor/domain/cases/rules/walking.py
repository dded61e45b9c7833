"""Where a page of an application leads once it was sent. No database, no clock."""

from collections.abc import Collection, Mapping
from typing import Any, Literal, NamedTuple

REDRAWN = frozenset({"_again", "_add", "_remove"})
BACK = "_back"
# In which edition's form a page was drawn, so that what was typed is read by the same form.
DRAWN = "_edition"
# What its questions had been answered when a page was drawn, so that another window is not written over unseen.
SEEN = "_seen"
# What a page says beside the answers: the token, its edition, what it was drawn from, what its buttons want.
BESIDE = frozenset({"csrfmiddlewaretoken", BACK, DRAWN, SEEN}) | REDRAWN


class Leads(NamedTuple):
    """``again``: the same page, as a button wants it; ``faulty``: the same with what is wrong; ``page``: another; ``end``."""

    where: Literal["again", "faulty", "page", "end"]
    page: str = ""


def leads(posted: Collection[str], *, pages: Collection[str], here: str, faults: Mapping[str, Any]) -> Leads:
    """Where a page leads: a button that redraws wins, then the way back, then what is wrong, then the next page.

    Args:
        posted: the names that the page sent. pages: the ids of those that are asked, in their order, ``here`` among them.
        faults: what is wrong on this page.
    """
    order = list(pages)
    at = order.index(here)
    if not REDRAWN.isdisjoint(posted):
        return Leads("again")
    if BACK in posted:
        return Leads("page", order[max(at - 1, 0)])
    if faults:
        return Leads("faulty")
    return Leads("page", order[at + 1]) if at + 1 < len(order) else Leads("end")
