"""What can be asked about messages."""

from onedoor.domain.notices.queries.boards import plan_of, plans_of, poster_at, posters_at, posters_on
from onedoor.domain.notices.queries.messages import Told, contents, counts_at, notices_at, told, wordings

__all__ = [
    "Told",
    "contents",
    "counts_at",
    "notices_at",
    "plan_of",
    "plans_of",
    "poster_at",
    "posters_at",
    "posters_on",
    "told",
    "wordings",
]
