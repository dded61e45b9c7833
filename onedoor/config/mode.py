"""What kind of installation this is."""

import os


def mode() -> str:
    """``demo`` (loopback, demonstration logins), ``test`` (also whatever pytest starts) or ``production``."""
    return os.environ.get("ONEDOOR_MODE") or ("test" if "PYTEST_VERSION" in os.environ else "production")
