"""Django's own management, the migrations and the build of the screens."""

from __future__ import annotations

import argparse

from onedoor.tools.environment import database, set_up
from onedoor.tools.errors import ToolError
from onedoor.tools.progress import say

NEEDS_NO_DATABASE = {"makemessages", "compilemessages", "help", "version", "--help", "--version", ""}


def django(arguments: argparse.Namespace) -> int:
    """Runs a management command with our database up."""
    from django.core.management import execute_from_command_line

    words = list(arguments.arguments)
    line = ["onedoor django", *words]
    if (words[0] if words else "") in NEEDS_NO_DATABASE:
        set_up()
        execute_from_command_line(line)
        return 0
    with database():
        set_up()
        execute_from_command_line(line)
    return 0


def migrate(arguments: argparse.Namespace) -> int:
    """Brings the database and the gathered screens up to date; a second run at the same time waits for the first."""
    build()
    with database():
        set_up()
        bring_up_to_date(verbosity=0 if arguments.quiet else 1)
        collect()
    return 0


def bring_up_to_date(*, verbosity: int = 0) -> None:
    """Runs the migrations behind an advisory lock."""
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('onedoor.migrate'))")
        try:
            call_command("migrate", interactive=False, verbosity=verbosity)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext('onedoor.migrate'))")


def build(_arguments: argparse.Namespace | None = None) -> int:
    """Builds screens and messages when their sources are here and newer (a wheel carries them built)."""
    from onedoor.ui.build import OUT, CannotBuild
    from onedoor.ui.build import build as build_screens

    try:
        build_screens()
    except CannotBuild as fault:
        if not OUT.exists():
            raise ToolError(str(fault)) from fault
        say(f"The screens stay as they were built before: {fault}")
    return 0


def collect() -> None:
    """Gathers the static files under names that carry their content's hash; nothing to do when they are fresh."""
    from django.conf import settings
    from django.core.management import call_command

    from onedoor.ui.build import OUT

    sources, done = OUT / ".sources", settings.STATIC_ROOT / ".sources"
    if done.exists() and sources.exists() and done.read_text() == sources.read_text():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=settings.STATIC_ROOT.exists())
    if sources.exists():
        done.write_text(sources.read_text())
