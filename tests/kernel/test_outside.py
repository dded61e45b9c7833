"""A case that was taken out: the outside script accepts it without a database, and finds every single changed byte."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import transaction

from onedoor.kernel.crypto import keyring
from onedoor.kernel.errors import NotYet
from onedoor.kernel.letters import outside, publish, seal_batch, sign_head
from onedoor.kernel.letters.outside import Broken, archive, canonical, check, opened
from onedoor.kernel.letters.proof import sealed_archive
from onedoor.kernel.scope import Actor
from tests.kernel.notes.models import Note, NoteChanged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(settings: Any, tmp_path: Path) -> None:
    """Heads are anchored in a home of the test."""
    settings.HOME = tmp_path


def write(at: datetime, note: Note) -> None:
    with transaction.atomic():
        note.save()
        publish(NoteChanged(lines=note.version), of=note, by=Actor.system(), at=at)


def settle(at: datetime) -> None:
    while seal_batch():
        pass
    sign_head(at=at)


@pytest.fixture
def notes(at: datetime) -> list[Note]:
    """Three aggregates whose letters stand between each other, under three heads; an unsigned letter at the end."""
    made = [Note() for _ in range(3)]
    for _ in range(3):
        for note in made:
            write(at, note)
        settle(at)
    write(at, made[0])
    while seal_batch():
        pass
    return made


@pytest.fixture
def taken(notes: list[Note], at: datetime) -> bytes:
    """The second one, taken out."""
    return sealed_archive(
        case=notes[1].id, number="0103-1", at=at, aggregates=[notes[1].id], state={"name": "ນາງ ດາວ"}
    )


def test_it_is_accepted_and_says_what_it_proves(taken: bytes, notes: list[Note]) -> None:
    key = keyring().public_key.hex()
    for given in ("", key, key.upper()):
        told = check(taken, given)
        assert (told["case"], told["letters"], told["heads"]) == (str(notes[1].id), 3, 3)
    assert json.loads(opened(taken)["state.json"])["name"] == "ນາງ ດາວ"


def test_another_key_is_refused(taken: bytes) -> None:
    with pytest.raises(Broken, match="another key"):
        check(taken, "00" * 32)


def test_every_flipped_byte_is_found(taken: bytes) -> None:
    """Every byte of what is small, and of the script a sample: all go through the same hash."""
    chance = Random(1)
    names = opened(taken)
    script = taken.find(names["verify_case.py"])
    inside = range(script, script + len(names["verify_case.py"]))
    places = [place for place in range(len(taken)) if place not in inside]
    for place in (*chance.sample(places, 1500), *chance.sample(inside, 60), 0, len(taken) - 1):
        changed = bytearray(taken)
        changed[place] ^= 1 << chance.randrange(8)
        with pytest.raises(Broken):
            check(bytes(changed))


def test_a_cut_or_longer_archive_is_found(taken: bytes) -> None:
    for changed in (taken[:-1], taken + b"x", b"x" + taken, taken[: len(taken) // 2], b""):
        with pytest.raises(Broken):
            check(changed)


def forged(taken: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """What somebody with the node's key, but without its chain, could make of it: files changed and signed again."""
    from hashlib import sha256

    files = opened(taken)
    change(files)
    manifest = json.loads(files.pop(outside.MANIFEST))
    files.pop(outside.SIGNATURE)
    manifest["files"] = {name: sha256(content).hexdigest() for name, content in files.items()}
    signed = canonical(manifest)
    signature = keyring().sign(outside.manifest_bytes(signed)).hex().encode()
    return archive({outside.MANIFEST: signed, outside.SIGNATURE: signature, **files})


def of_letters(change: Callable[[list[Any]], Any]) -> Callable[[dict[str, bytes]], None]:
    def edit(files: dict[str, bytes]) -> None:
        letters = json.loads(files[outside.LETTERS])
        change(letters)
        files[outside.LETTERS] = canonical(letters)

    return edit


@pytest.mark.parametrize(
    "change",
    [
        lambda letters: letters[1]["written"].update(body='{"lines":9}'),
        lambda letters: letters[1]["written"].update(at=0),
        lambda letters: letters[1].update(number=1),
        lambda letters: letters.pop(1),
        lambda letters: letters.reverse(),
        lambda letters: letters.append(letters[-1]),
    ],
)
def test_letters_that_were_changed_and_signed_again_are_found_by_the_chain(
    taken: bytes, change: Callable[[list[Any]], Any]
) -> None:
    assert check(forged(taken, lambda files: None))
    with pytest.raises(Broken, match="letter"):
        check(forged(taken, of_letters(change)))


def test_a_chain_that_was_made_up_is_found(taken: bytes) -> None:
    def edit(files: dict[str, bytes]) -> None:
        proof = json.loads(files[outside.PROOF])
        proof["segments"][0]["head"]["signature"] = "00" * 64
        files[outside.PROOF] = canonical(proof)

    with pytest.raises(Broken, match="signature of the head"):
        check(forged(taken, edit))


@pytest.mark.parametrize("files", [{}, {"manifest.json": b"{}"}, {"manifest.json": b"[]"}, {"x": b""}])
def test_another_archive_is_none_of_ours(files: dict[str, bytes]) -> None:
    with pytest.raises(Broken):
        check(archive(files))


def test_what_no_head_covers_yet_waits(notes: list[Note], at: datetime) -> None:
    with pytest.raises(NotYet):
        sealed_archive(case=notes[0].id, number="", at=at, aggregates=[notes[0].id], state={})
    write(at, notes[1])
    with pytest.raises(NotYet):
        sealed_archive(case=notes[1].id, number="", at=at, aggregates=[notes[1].id], state={})
    settle(at)
    assert sealed_archive(case=notes[1].id, number="", at=at, aggregates=[notes[1].id], state={})


def test_the_script_runs_alone(taken: bytes, tmp_path: Path) -> None:
    """Taken out of the archive, in an empty folder, without OneDoor on its path."""
    script = tmp_path / "alone" / "verify_case.py"
    script.parent.mkdir()
    script.write_bytes(opened(taken)["verify_case.py"])
    case = tmp_path / "case.zip"

    def run(content: bytes, *more: str) -> subprocess.CompletedProcess[str]:
        case.write_bytes(content)
        return subprocess.run(
            [sys.executable, "-I", str(script), str(case), *more],
            cwd=script.parent,
            capture_output=True,
            text=True,
        )

    whole = run(taken)
    assert whole.returncode == 0 and whole.stdout.startswith("WHOLE")
    known = run(taken, "--key", keyring().public_key.hex())
    assert known.returncode == 0 and known.stdout.startswith("GENUINE")
    broken = run(taken[:-1])
    assert broken.returncode == 1 and broken.stdout.startswith("NOT GENUINE")
