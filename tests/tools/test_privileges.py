"""Root only starts the service: what serves belongs to the service's user, or the log says by name why it does not."""

from __future__ import annotations

import json
import os
import shutil
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onedoor.tools.home import Home
from onedoor.tools.postgres.account import Account, account_for, reachable
from onedoor.tools.serve import privileges
from tests.tools.nodes import Node, node
from tests.tools.trees import descendants

ROOT = os.geteuid() == 0
NOBODY = Account(65534, 65534)
# A root's command that draws the node's keys (mode 0600) and keeps a file.
KEEP = "from onedoor.kernel.files import store; store(b'%PDF-1.7 %%EOF', name='a.pdf', kind='scan')"
# Of the standard library what serving does not need.
SPARE = (
    "site-packages",
    "test",
    "tests",
    "idlelib",
    "tkinter",
    "lib2to3",
    "ensurepip",
    "config-*",
    "__pycache__",
)


@pytest.fixture(scope="module")
def interpreter() -> Iterator[tuple[str, dict[str, str]]]:
    """A Python that every user may run, with its environment: this one, else a copy (root's may lie in root's own folder)."""
    paths = [os.getcwd(), *(path for path in sys.path if path.endswith("site-packages"))]
    surroundings = {"PYTHONPATH": os.pathsep.join(paths)}
    stdlib = Path(sysconfig.get_path("stdlib"))
    if all(reachable(path, NOBODY) for path in (Path(sys.executable).resolve(), stdlib / "os.py")):
        yield sys.executable, surroundings
        return
    place = Path(tempfile.mkdtemp(prefix="onedoor-python-"))
    place.chmod(0o755)
    (place / "bin").mkdir()
    shutil.copytree(stdlib, place / "lib" / stdlib.name, ignore=shutil.ignore_patterns(*SPARE))
    for library in stdlib.parent.glob("libpython*.so*"):
        shutil.copy2(library, place / "lib")
    program = shutil.copy2(Path(sys.executable).resolve(), place / "bin")
    yield str(program), {**surroundings, "LD_LIBRARY_PATH": str(place / "lib")}
    shutil.rmtree(place)


def owners(one: Node) -> dict[str, int]:
    """Whose each process of the node's tree is, by what it does."""
    found = {}
    for pid in descendants(one.servers[-1].pid):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        if "onedoor" in words:
            found[words[words.index("onedoor") + 1]] = Path(f"/proc/{pid}").stat().st_uid
    return found


def notes(one: Node) -> list[dict[str, str]]:
    return [json.loads(line) for line in (one.home / "serve.log").read_text().splitlines()]


def working(one: Node) -> bool:
    deadline = time.monotonic() + 30
    while one.ready()["missing"] and time.monotonic() < deadline:
        time.sleep(0.1)
    return one.ready()["missing"] == [] and one.get("/")[0] == 200


def test_what_serves_belongs_to_the_services_user(interpreter: tuple[str, dict[str, str]]) -> None:
    program, surroundings = interpreter
    account = account_for(Path("/nowhere/at/all"))
    readable = all(
        reachable(Path(path) / "inside", account) for path in surroundings["PYTHONPATH"].split(os.pathsep)
    )
    service = account.uid if readable else os.geteuid()  # a checkout below root's own folder keeps root
    with node(program, **surroundings) as one:
        one.serve()
        assert working(one)
        assert owners(one) == {"serve": service, "web": service, "worker": service}
        kept_by_root = one.run("django", "shell", "-c", KEEP)  # what root's commands write is the service's
        assert kept_by_root.returncode == 0, kept_by_root.stderr
        kept = [path for name in privileges.FOLDERS for path in (one.home / name).rglob("*")]
        assert {one.home / "secrets" / "session-key", one.home / "keys" / "node.json"} <= set(kept)
        assert {path.lstat().st_uid for path in kept} == {service}
        one.stop()
        one.serve()
        assert working(one) and set(owners(one).values()) == {service}


def test_a_home_that_is_roots_alone_keeps_root_and_is_named() -> None:
    with node() as one:
        closed = one.home / "closed"
        closed.mkdir(mode=0o700)
        one.home, outside = closed / "home", one.home
        try:
            one.home.mkdir(mode=0o755)
            one.serve()
            assert working(one)
            warned = [
                note for note in notes(one) if (note["logger"], note["level"]) == ("onedoor.serve", "warning")
            ]
            assert set(owners(one).values()) == {os.geteuid()}
            assert [note["text"] for note in warned] == ["the web server and the worker run as root"] * ROOT
            assert all("cannot read /" in note["because"] and note["remedy"] for note in warned)
        finally:
            one.stop()
            one.home = outside


def test_a_command_called_from_a_program_stays_what_it_is(tmp_path: Path) -> None:
    import argparse

    privileges.step_down(argparse.Namespace(), Home(tmp_path))
    assert not list(tmp_path.iterdir())


def test_handing_over_follows_no_link_and_takes_no_foreign_file(tmp_path: Path) -> None:
    base, owner = Home(tmp_path / "home").prepare(), NOBODY if ROOT else Account(os.geteuid(), os.getegid())
    foreign = tmp_path / "foreign"
    foreign.write_text("of value")
    (base.files / "link").symlink_to(foreign)
    os.link(foreign, base.files / "second")
    (base.files / "own").touch()
    privileges.hand_over(base, owner)
    assert (base.files / "own").stat().st_uid == base.files.stat().st_uid == owner.uid
    assert foreign.stat().st_uid == os.geteuid() and (base.files / "link").lstat().st_uid == os.geteuid()
    assert base.path.stat().st_uid == os.geteuid(), "the folder itself stays"


def test_a_link_put_in_the_place_of_a_folder_gives_nothing_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, owner = Home(tmp_path / "home").prepare(), NOBODY if ROOT else Account(os.geteuid(), os.getegid())
    inner, foreign, own = base.files / "inner", tmp_path / "foreign", privileges._own
    for place in (inner, foreign):
        place.mkdir()
        (place / "shadow").touch()

    def swapped(names: Any, *rest: Any, **more: Any) -> None:
        if "shadow" in str(names) and not inner.is_symlink():
            inner.rename(base.files / "aside")
            inner.symlink_to(foreign)
        own(names, *rest, **more)

    monkeypatch.setattr(privileges, "_own", swapped)
    privileges.hand_over(base, owner)
    assert inner.is_symlink() and (foreign / "shadow").stat().st_uid == os.geteuid()
