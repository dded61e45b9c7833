"""A centre that is always open, as doors read the clock."""

import pytest

from onedoor.kernel.clock import now
from tests.factories.hall import Hall, hall


@pytest.fixture
def here(db: None) -> Hall:
    return hall(at=now(), always_open=True)
