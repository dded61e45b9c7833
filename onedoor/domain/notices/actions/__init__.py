"""What is done with messages."""

from onedoor.domain.notices.actions.boards import end_poster, save_board, save_poster
from onedoor.domain.notices.actions.delivery import deliver, forget_old, try_again
from onedoor.domain.notices.actions.many import tell_each, withdraw_each
from onedoor.domain.notices.actions.messages import Message, tell, withdraw_notices
from onedoor.domain.notices.actions.wordings import save_wording

__all__ = [
    "Message",
    "deliver",
    "end_poster",
    "forget_old",
    "save_board",
    "save_poster",
    "save_wording",
    "tell",
    "tell_each",
    "try_again",
    "withdraw_each",
    "withdraw_notices",
]
