"""A centre for the tests of the queue."""

from datetime import datetime

import pytest

from onedoor.kernel.scope import open_scope
from tests.factories.again import worlds_laid_again
from tests.factories.hall import Hall, hall

__all__ = ["worlds_laid_again"]


@pytest.fixture
def here(db: None, at: datetime) -> Hall:
    return hall(at=at)


@pytest.fixture
def scope(here: Hall):
    """What the guard opens for the officer of the centre."""
    with open_scope(centre=[here.centre]):
        yield
