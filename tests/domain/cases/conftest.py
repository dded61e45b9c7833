"""A registry for the tests of cases; compiled processes of another test are forgotten."""

from datetime import datetime

import pytest

from onedoor.domain.catalogue import api as catalogue
from tests.factories.again import worlds_laid_again
from tests.factories.registry import Registry, registry

__all__ = ["worlds_laid_again"]


@pytest.fixture(autouse=True)
def compiled_anew() -> None:
    """Editions are named by their service; those of another test may have the same name."""
    catalogue.process_of.cache_clear()
    catalogue.form_to_ask.cache_clear()


@pytest.fixture
def world(db: None, at: datetime) -> Registry:
    """A centre, its ministry, two services and their staff."""
    return registry(at=at)
