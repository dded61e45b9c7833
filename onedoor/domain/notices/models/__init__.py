"""Tables of notices."""

from onedoor.domain.notices.models.messages import Notice, Wording, locked_notice, look_at_wordings

__all__ = ["Notice", "Wording", "locked_notice", "look_at_wordings"]
