"""A registry whose centre is open now, as doors read the clock."""

import pytest

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from tests.factories.again import worlds_laid_again
from tests.factories.hall import SYSTEM
from tests.factories.registry import Registry, registry

__all__ = ["worlds_laid_again"]


@pytest.fixture
def world(db: None) -> Registry:
    """A centre with one counter, its ministry, and their staff."""
    catalogue.process_of.cache_clear()
    catalogue.form_to_ask.cache_clear()
    made = registry(at=now())
    name = {"lo": "ຊ່ອງ 1", "en": "Counter 1"}
    centres.save_counter(by=SYSTEM, at=now(), id=new_id(), centre=made.centre, code="1", name=name)
    return made
