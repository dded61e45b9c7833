"""Brings a command into its surroundings: home, settings module, a database that answers, Django set up."""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator

from onedoor.tools.home import home
from onedoor.tools.postgres import Cluster, cluster_for
from onedoor.tools.postgres.cluster import check_lao

SETTINGS = "onedoor.config.settings"


def external_database() -> bool:
    """Whether the installation names its own database server."""
    return bool(os.environ.get("DATABASE_URL"))


@contextlib.contextmanager
def database(*, throwaway: bool = False) -> Iterator[Cluster | None]:
    """A database that answers, for the length of a command; DATABASE_URL names it inside.

    Gives the cluster under our own supervision, or None where DATABASE_URL names another server.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ["ONEDOOR_HOME"] = str(home().prepare().path)
    if external_database():
        check_lao(os.environ["DATABASE_URL"])
        yield None
        return
    cluster = cluster_for(throwaway=throwaway)
    cluster.start()
    os.environ["DATABASE_URL"] = cluster.url()
    try:
        yield cluster
    finally:
        del os.environ["DATABASE_URL"]
        cluster.stop()


def set_up() -> None:
    """Loads Django's settings and apps."""
    gc.disable()  # nothing that is loaded is garbage: looking for it was a fifth of a command's start
    try:
        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
        django.setup()
    finally:
        gc.freeze()
        gc.enable()


def settle() -> None:
    """Tell the collector that what was loaded stays: walking it anew was a fifth of a hot request's CPU."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
