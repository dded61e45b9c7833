"""What tests of the machine door share."""

import pytest

from onedoor.doors.exchange import limits


@pytest.fixture(autouse=True)
def nobody_has_asked() -> None:
    """What other tests asked for is not counted here."""
    for bucket in limits.ALL:
        bucket.reset()
