"""Root only starts the service: it builds the screens, hands the home over, and goes on as the service's user for good.

The service's user is the one to whom the database belongs. Where that user cannot read the program (a checkout or a
Python below a folder that is root's alone), nothing is given up, and the log says so by name.
"""

from __future__ import annotations

import argparse
import compileall
import os
import stat
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

import onedoor
from onedoor.tools.home import SYSTEM_DIRECTORY, Home
from onedoor.tools.postgres.account import Account, account_for, reachable
from onedoor.tools.serve.addresses import BOUND, listen
from onedoor.tools.serve.notes import note

PROGRAM = Path(onedoor.__file__).parent
FOLDERS = ("anchors", "files", "keys", "run", "secrets", "static")  # of the home: what the service writes
FIRST_OPEN_PORT = 1024
STAYS = "ONEDOOR_STAYS_ROOT"  # tells our own children that it was tried and said


def step_down(arguments: argparse.Namespace, base: Home, *, owns_home: bool = False) -> None:
    """Replaces this process by the same command under the service's user; returns where that is not to be done.

    Args:
        arguments: of the command; without `words`, as it was typed, it was called from a program and stays what it is.
        base: the home that is handed over. owns_home: the folder itself, too (never the system's own).
    """
    words: list[str] | None = getattr(arguments, "words", None)
    if os.geteuid() != 0 or words is None or STAYS in os.environ:
        return
    account = _account(base)
    base.prepare()
    _compile()
    surroundings = _surroundings(base)
    if unreadable := _unreadable(base, account, surroundings):
        os.environ[STAYS] = "1"
        note(
            "the web server and the worker run as root",
            level="warning",
            because=f"the user {account.name} cannot read {unreadable}",
            remedy="install OneDoor and its Python where every user may read, or start it as a user of its own",
        )
        return
    hand_over(base, account, owns_home=owns_home)
    port = getattr(arguments, "port", 0)
    if 0 < port < FIRST_OPEN_PORT:
        surroundings[BOUND] = str(listen(arguments.host, port).detach())
    note("root steps down", user=account.name)
    os.setgroups([])
    os.setresgid(account.gid, account.gid, account.gid)
    os.setresuid(account.uid, account.uid, account.uid)
    os.execve(sys.executable, [sys.executable, "-m", "onedoor", *words], surroundings)


def give_back(base: Home) -> None:
    """What a command of root's wrote in a home that was handed over once becomes its owner's."""
    if os.geteuid() == 0 and base.secrets.is_dir() and base.secrets.stat().st_uid != 0:
        owner = base.secrets.stat()
        hand_over(base, Account(owner.st_uid, owner.st_gid))


def hand_over(base: Home, account: Account, *, owns_home: bool = False) -> None:
    """Makes the service's user the owner of its folders in a home; links are not followed, foreign files not touched.

    Each folder is held open while its files change hands: who owns the home could put a link in a folder's place meanwhile.
    """
    for name in FOLDERS:
        (base.path / name).mkdir(mode=0o755 if name == "static" else 0o700, exist_ok=True)
        for _, _, files, held in os.fwalk(base.path / name):
            _own((".", *files), account, within=held)
    (base.path / "postgres").mkdir(mode=0o755, exist_ok=True)
    for _, folders, files, held in os.fwalk(base.path / "postgres"):
        _own((".", *folders, *files), account, within=held)
        folders.clear()  # what lies deeper is the database's own
    for _, folders, files, held in os.fwalk(base.path):
        if owns_home and base.path != SYSTEM_DIRECTORY:
            _own((".", *files), account, within=held)
        folders.clear()


def _own(names: Iterable[str], account: Account, *, within: int) -> None:
    """Gives folders or files of root's away that stand in an open folder, if they have no second name elsewhere."""
    for name in names:
        status = os.stat(name, dir_fd=within, follow_symlinks=False)
        second_name = stat.S_ISREG(status.st_mode) and status.st_nlink > 1
        if status.st_uid == 0 and account.uid != 0 and not stat.S_ISLNK(status.st_mode) and not second_name:
            os.chown(name, account.uid, account.gid, dir_fd=within, follow_symlinks=False)


def _account(base: Home) -> Account:
    return account_for(base.path / "postgres" / "data")


def _compile() -> None:
    """The other user may not write beside the program, so what Python compiles is written before."""
    if not sys.dont_write_bytecode and os.access(PROGRAM, os.W_OK):
        compileall.compile_dir(PROGRAM, quiet=2)


def _surroundings(base: Home) -> dict[str, str]:
    """The environment of the service's user: nothing in it points to root's own folders."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return {**kept, "HOME": str(base.run), "ONEDOOR_HOME": str(base.path)}


def _unreadable(base: Home, account: Account, surroundings: dict[str, str]) -> str:
    """What keeps the user from running the program, by name; empty when nothing does."""
    for path in (Path(sys.executable).resolve(), Path(sysconfig.get_path("stdlib")), PROGRAM, base.path):
        if not reachable(path / "inside" if path.is_dir() else path, account):
            return str(path)
    try:
        tried = subprocess.run(  # type: ignore[call-overload]
            [sys.executable, "-m", "onedoor.tools.serve.trial"],
            capture_output=True,
            text=True,
            env=surroundings,
            **account.drop,
        )
    except OSError:
        return sys.executable
    said = (tried.stdout or tried.stderr).strip().splitlines()
    return "" if tried.returncode == 0 else said[-1] if said else sys.executable
