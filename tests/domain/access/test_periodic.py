"""What the worker does for access."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.models import Session

from onedoor.domain.access import tasks
from onedoor.kernel.clock import periodic_jobs

pytestmark = pytest.mark.django_db


def test_ended_sessions_are_deleted_and_living_ones_stay(at: datetime) -> None:
    for key, hours in (("ended", -1), ("living", 1)):
        Session.objects.create(session_key=key, session_data="", expire_date=at + timedelta(hours=hours))
    assert tasks.forget_ended_sessions(at=at) == 1
    assert Session.objects.get().session_key == "living"


def test_the_worker_knows_them() -> None:
    names = {job.name.rsplit(".", 1)[1]: job.seconds for job in periodic_jobs()}
    assert names["notice_changed_rights"] <= 1
    assert {"forget_old_tries", "forget_ended_sessions"} <= set(names)


def test_old_tries_and_changed_rights_are_looked_at(at: datetime) -> None:
    assert tasks.forget_old_tries(at=at) == 0
    assert tasks.notice_changed_rights(at=at) in (0, 1)
