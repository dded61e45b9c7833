"""What the tests of the house look at: the tracked files, the floors of the contracts, our models."""

import configparser
import subprocess
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db.models import Model

ROOT = Path(__file__).parents[2]
PRODUCT = ROOT / "onedoor"
DOMAIN = PRODUCT / "domain"
DOORS = PRODUCT / "doors"


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the repository, as git knows it, that is in the working tree."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file())


def sources(*endings: str) -> list[Path]:
    """The tracked files whose names end so."""
    return [path for path in tracked() if path.name.endswith(endings)]


def named(path: Path) -> str:
    """A file as the repository calls it, for the name of a test."""
    return str(path.relative_to(ROOT))


@cache
def floors() -> dict[str, int]:
    """Each context's floor, 0 at the top, as the contract in `.importlinter` names it."""
    contracts = configparser.ConfigParser(comment_prefixes=("#",))
    contracts.read(ROOT / ".importlinter")
    layers = contracts["importlinter:contract:floors"]["layers"].split("\n")
    lines = [line for line in layers if line.strip()]
    return {
        name.strip(" ()"): floor
        for floor, line in enumerate(lines)
        for name in line.replace(":", "|").split("|")
    }


def contexts() -> list[Path]:
    """The folder of each context that is built."""
    return sorted(path.parent for path in DOMAIN.glob("*/__init__.py"))


def our_models() -> list[type[Model]]:
    """Every table of the kernel and the contexts."""
    return [model for model in apps.get_models() if model.__module__.startswith("onedoor.")]


def context_of(model: type[Model]) -> str:
    """``queue`` for a model of ``onedoor.domain.queue``, ``kernel`` for one of the kernel."""
    parts = model.__module__.split(".")
    return parts[2] if parts[1] == "domain" else parts[1]
