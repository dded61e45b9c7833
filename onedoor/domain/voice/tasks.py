"""What the worker does for voice."""

from datetime import datetime

from onedoor.domain.voice.actions import expire, tell_answers
from onedoor.kernel.clock import every


@every(seconds=60)
def close_unanswered(*, at: datetime) -> int:
    """Ratings that nobody answered for two hours become *not answered*."""
    return expire(at=at)


@every(seconds=600)
def tell_what_was_answered(*, at: datetime) -> int:
    """Answers of days that are over are taken out of the boxes, many together."""
    return tell_answers(at=at)
