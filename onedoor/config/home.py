"""Where this installation keeps its data, keys and secrets, as the settings want it."""

from pathlib import Path

from onedoor.tools.home import home as resolved


def home() -> Path:
    """The installation's directory."""
    return resolved().path


def secret(name: str) -> str:
    """A secret kept in the home under ``name``; drawn at random, mode 0600, when first asked for."""
    return resolved().secret(name).decode("ascii")
