"""What the worker does for voice."""

from datetime import datetime

from onedoor.domain.voice.actions import expire
from onedoor.kernel.clock import every


@every(seconds=60)
def close_unanswered(*, at: datetime) -> int:
    """Ratings that nobody answered for two hours become *not answered*."""
    return expire(at=at)
