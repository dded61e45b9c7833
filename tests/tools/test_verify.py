"""`onedoor verify`: letters and money of a node; a case that was taken out is checked without a database."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from onedoor.domain.payments import api as payments
from onedoor.kernel.crypto import keyring
from onedoor.kernel.letters import publish, seal_batch, sign_head
from onedoor.kernel.letters.proof import sealed_archive
from onedoor.kernel.scope import Actor
from onedoor.tools.errors import ToolError
from onedoor.tools.verify import verify_case, verify_node
from tests.kernel.notes.models import Note, NoteChanged


@pytest.fixture
def taken(db: None, settings: Any, tmp_path: Path, at: datetime) -> Path:
    """An aggregate with one letter, taken out."""
    settings.HOME = tmp_path / "home"
    with transaction.atomic():
        note = Note()
        note.save()
        publish(NoteChanged(lines=1), of=note, by=Actor.system(), at=at)
    while seal_batch():
        pass
    sign_head(at=at)
    path = tmp_path / "case.zip"
    path.write_bytes(sealed_archive(case=note.id, number="7", at=at, aggregates=[note.id], state={}))
    return path


def test_a_whole_case_and_a_changed_one(taken: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify_case(taken, keyring().public_key.hex()) == 0
    assert "case 7: 1 letters under 1 signed heads: ok" in capsys.readouterr().out
    assert verify_case(taken, "") == 0 and "Compare the key" in capsys.readouterr().out
    changed = bytearray(taken.read_bytes())
    changed[len(changed) // 2] ^= 1
    taken.write_bytes(bytes(changed))
    assert verify_case(taken, "") == 1 and "not genuine" in capsys.readouterr().out
    with pytest.raises(ToolError, match="cannot be read"):
        verify_case(taken.parent / "none.zip", "")


@pytest.mark.django_db
def test_money_that_does_not_add_up_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify_node() == 0
    monkeypatch.setattr(payments, "ledger_faults", lambda: ["entry 7 sums to 500"])
    assert verify_node() == 1
    told = capsys.readouterr().out
    assert "entry 7 sums to 500" in told and "ledger of cash: 1 faults" in told
