"""What can be asked about messages."""

from onedoor.domain.notices.queries.messages import Told, contents, counts_at, notices_at, told, wordings

__all__ = ["Told", "contents", "counts_at", "notices_at", "told", "wordings"]
