"""Backup and restore: identical by hash, a new generation, refusals before anything is changed."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.nodes import Node, copied, node
from tests.tools.test_serve import WRITE

LOOK = """
import json, os, psycopg
from onedoor.tools.backup.fingerprints import fingerprints
with psycopg.connect(os.environ['DATABASE_URL']) as connection:
    print(json.dumps(fingerprints(connection)))
"""
FILE = """
from onedoor.kernel.files import store, read
from django.db import transaction
with transaction.atomic():
    print(store(b'%PDF-1.4 a scan %%EOF', name='a.pdf', kind='paper'))
"""
SEAL = """
from onedoor.kernel.letters import seal_batch, sign_head
seal_batch()
sign_head(at=now())
"""
DRAW = """
from django.db import transaction
from onedoor.kernel.numbers import draw
with transaction.atomic():
    print(draw(place='0103-1', year=2026, series='T'))
"""
CHANGES = {"public.kernel_generation_log"}  # what a new generation writes
Said = dict[str, dict[str, object]]


@pytest.fixture(scope="module")
def kept(migrated: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Node, Path, str, Said]]:
    with copied(migrated) as one:
        told = one.python("\n".join((WRITE.format(count=5, first="B"), SEAL, DRAW, FILE)))
        file = told.splitlines()[-1]
        place = tmp_path_factory.mktemp("kept")
        done = one.run("backup", str(place / "a.onedoor"))
        assert done.returncode == 0, done.stderr
        assert one.run("keys", "export", str(place / "keys")).returncode == 0
        yield one, place, file, json.loads(one.python(LOOK))


def test_a_restored_node_is_identical_by_hash_and_a_new_generation(
    kept: tuple[Node, Path, str, Said],
) -> None:
    old, place, file, before = kept
    with node() as new:
        done = new.run("restore", str(place / "a.onedoor"), "--keys", str(place / "keys"))
        assert done.returncode == 0, done.stderr
        assert "generation 2" in done.stdout
        scan = f"from onedoor.kernel.files import read; print(read('{file}').decode())"
        seen, *read, second = new.python("\n".join((LOOK, scan, DRAW))).splitlines()
        after: Said = json.loads(seen)
        assert set(after) == set(before)
        assert {name for name in before if before[name] != after[name]} <= CHANGES
        assert "a scan" in "".join(read)
        assert new.run("verify").returncode == 0
        first = old.python(DRAW)
        assert first != second, "two lives of one node must not give one number twice"
        assert "-T2-" in second


def test_the_archive_holds_no_keys_and_no_secrets(kept: tuple[Node, Path, str, Said]) -> None:
    _, place, _, _ = kept
    assert (place / "a.onedoor").stat().st_mode & 0o777 == 0o600
    with tarfile.open(place / "a.onedoor") as tar:
        names = tar.getnames()
    assert "database.dump" in names and any(name.startswith("files/") for name in names)
    assert not [name for name in names if "key" in name or "secret" in name]


def test_without_the_keys_nothing_is_restored(kept: tuple[Node, Path, str, Said]) -> None:
    _, place, _, _ = kept
    with node() as new:
        refused = new.run("restore", str(place / "a.onedoor"))
        assert refused.returncode == 2 and "--keys" in refused.stderr and "Traceback" not in refused.stderr


def test_keys_of_another_node_are_refused(kept: tuple[Node, Path, str, Said], tmp_path: Path) -> None:
    _, place, _, _ = kept
    with node() as stranger:
        assert stranger.run("migrate").returncode == 0
        stranger.python(FILE)  # draws keys of its own
        refused = stranger.run("restore", str(place / "a.onedoor"), "--replace")
        assert refused.returncode == 2 and "not those of this backup" in refused.stderr
        refused = stranger.run(
            "restore", str(place / "a.onedoor"), "--replace", "--keys", str(place / "keys")
        )
        assert refused.returncode == 2 and "other keys" in refused.stderr
        (tmp_path / "none").write_text("{}")
        refused = stranger.run("restore", str(place / "a.onedoor"), "--keys", str(tmp_path / "none"))
        assert refused.returncode == 2 and "no exported keys" in refused.stderr


def test_a_damaged_archive_is_named_and_nothing_is_changed(
    kept: tuple[Node, Path, str, Said], tmp_path: Path
) -> None:
    old, place, _, before = kept
    content = bytearray((place / "a.onedoor").read_bytes())
    content[5000] ^= 0xFF
    (tmp_path / "b.onedoor").write_bytes(content)
    (tmp_path / "c.onedoor").write_bytes(b"no archive at all")
    for name in ("b.onedoor", "c.onedoor"):
        refused = old.run("restore", str(tmp_path / name), "--replace")
        assert refused.returncode == 2 and "Traceback" not in refused.stderr, refused.stderr
    assert json.loads(old.python(LOOK)).keys() == before.keys()


def test_a_filled_database_is_not_replaced_unasked(kept: tuple[Node, Path, str, Said]) -> None:
    _, place, _, _ = kept
    with node() as new:
        first = new.run("restore", str(place / "a.onedoor"), "--keys", str(place / "keys"))
        assert first.returncode == 0, first.stderr
        refused = new.run("restore", str(place / "a.onedoor"))
        assert refused.returncode == 2 and "--replace" in refused.stderr, refused.stderr


def test_a_changed_row_is_found_by_its_table() -> None:
    from onedoor.tools.backup.fingerprints import differences

    one = {"public.a": {"rows": 1, "sha256": "x"}, "public.b": {"rows": 1, "sha256": "y"}}
    two = {"public.a": {"rows": 1, "sha256": "z"}, "public.c": {"rows": 1, "sha256": "y"}}
    assert [line.split()[0] for line in differences(one, two)] == ["public.a", "public.b", "public.c"]


def test_keys_rotate_and_everything_can_still_be_read(kept: tuple[Node, Path, str, Said]) -> None:
    old, _, file, _ = kept
    ring = old.home / "keys" / "node.json"
    before = json.loads(ring.read_text())
    done = old.run("keys", "rotate")
    assert done.returncode == 0, done.stderr
    after = json.loads(ring.read_text())
    assert after["current"] == before["current"] + 1 and list(after["wrapping"]) == [str(after["current"])]
    assert ring.stat().st_mode & 0o777 == 0o600
    assert "a scan" in old.python(f"from onedoor.kernel.files import read; print(read('{file}').decode())")


def test_the_keys_do_not_rotate_under_a_running_server(kept: tuple[Node, Path, str, Said]) -> None:
    old, _, _, _ = kept
    old.serve()
    try:
        refused = old.run("keys", "rotate")
        assert refused.returncode == 2 and "Stop it first" in refused.stderr
    finally:
        old.stop()
