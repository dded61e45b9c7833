"""What the scripts share: an environment with every requirement pinned by hash, and the tools of the system."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"


def say(text: str) -> None:
    """A line for the person who waits."""
    print(text, file=sys.stderr, flush=True)


def run(*words: object, **more: object) -> None:
    """Runs a command; its fault ends the script with its exit code."""
    done = subprocess.run([str(word) for word in words], cwd=ROOT, **more)  # type: ignore[call-overload]
    if done.returncode:
        raise SystemExit(done.returncode)


def environment(kind: str) -> Path:
    """Makes .venv from requirements/<kind>.txt once and again when they change; gives its Python.

    A complete environment of `dev` serves `base` too. The requirements come by hash; then the project itself
    is installed without dependencies, because pip refuses to hash a local directory.
    """
    if sys.version_info < (3, 11):
        raise SystemExit(f"OneDoor needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    kinds = ("dev", "base") if kind == "base" else ("dev",)
    if PYTHON.exists() and any(
        _stamp(one).exists() and _stamp(one).read_text() == _print(one) for one in kinds
    ):
        return PYTHON
    began = time.monotonic()
    if not PYTHON.exists():
        say("Making the Python environment in .venv …")
        venv.create(ENVIRONMENT, with_pip=True, symlinks=True)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "-q")
    say(f"Installing requirements/{kind}.txt (by hash) …")
    run(*pip, "install", "--require-hashes", "-r", f"requirements/{kind}.txt")
    say("Installing OneDoor itself …")
    run(*pip, "install", "--no-deps", "-e", ".")
    _stamp(kind).write_text(_print(kind))
    say(f"The environment is ready ({time.monotonic() - began:.0f} s).")
    return PYTHON


def _stamp(kind: str) -> Path:
    return ENVIRONMENT / f"onedoor-{kind}.stamp"


def _print(kind: str) -> str:
    whole = hashlib.sha256(sys.version.encode())
    whole.update((ROOT / "requirements" / f"{kind}.txt").read_bytes())
    return whole.hexdigest()


def system_program(names: tuple[str, ...], package: str, why: str) -> str:
    """Finds a program of the system, else installs Debian's package as root, else refuses by name."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    _apt(package, why)
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    raise SystemExit(f"{why} needs {names[0]}; installing {package} did not bring it.")


def pango() -> None:
    """WeasyPrint loads the system's Pango at run time."""
    check = "import ctypes.util,sys; sys.exit(not ctypes.util.find_library('pangoft2-1.0'))"
    if subprocess.run([PYTHON, "-c", check]).returncode == 0:
        return
    _apt("libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", "Making PDF documents")
    if subprocess.run([PYTHON, "-c", check]).returncode:
        raise SystemExit(
            "Making PDF documents needs Pango (Debian: libpangoft2-1.0-0); it is still not found."
        )


def _apt(packages: str, why: str) -> None:
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        raise SystemExit(
            f"{why} needs the system's {packages}. Install it (Debian: apt-get install {packages}) and try again."
        )
    say(f"{why} needs {packages}: installing …")
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run([apt, "update", "-qq"], **quiet)  # type: ignore[call-overload]
    if subprocess.run(
        [apt, "install", "-y", "-qq", "--no-install-recommends", *packages.split()], **quiet
    ).returncode:  # type: ignore[call-overload]
        raise SystemExit(f"{why} needs {packages}, and apt-get could not install it.")
