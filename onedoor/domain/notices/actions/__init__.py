"""What is done with messages."""

from onedoor.domain.notices.actions.delivery import deliver, forget_old, try_again
from onedoor.domain.notices.actions.messages import tell, withdraw
from onedoor.domain.notices.actions.wordings import save_wording

__all__ = ["deliver", "forget_old", "save_wording", "tell", "try_again", "withdraw"]
