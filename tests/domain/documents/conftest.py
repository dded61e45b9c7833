"""A centre, a template and a document on its way."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from onedoor.domain.documents import api as documents
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import Actor, everything
from tests.factories.hall import Hall, hall
from tests.factories.papers import FACTS, template

SYSTEM = Actor.system()


@pytest.fixture
def place(db: None, at: datetime) -> Hall:
    """A centre whose pack brought the template of a birth certificate."""
    made = hall(at=at)
    template(at=at)
    return made


@pytest.fixture
def prepared(place: Hall, at: datetime) -> Callable[..., UUID]:
    """Lays out a document about a new subject, and gives its id."""

    def make(**facts: Any) -> UUID:
        return documents.prepare(
            by=SYSTEM,
            at=at,
            subject=new_id(),
            centre=place.centre,
            kind="birth-certificate",
            facts={**FACTS, **facts},
        ).id

    return make


@pytest.fixture
def issued(prepared: Callable[..., UUID], at: datetime) -> Callable[..., UUID]:
    """Issues a document and makes its file, and gives its id."""

    def make(**facts: Any) -> UUID:
        document = prepared(**facts)
        with everything("a test issues"):
            documents.confirm_facts(by=SYSTEM, at=at, document=document)
            documents.issue(by=SYSTEM, at=at, document=document)
            documents.produce(by=SYSTEM, at=at, document=document)
        return document

    return make
