"""Tables of notices."""

from onedoor.domain.notices.models.boards import Board, Poster
from onedoor.domain.notices.models.messages import Notice, Wording, locked_notice, look_at_wordings

__all__ = ["Board", "Notice", "Poster", "Wording", "locked_notice", "look_at_wordings"]
