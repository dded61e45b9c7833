"""The `onedoor` command: reads what is asked, calls one tool, says in one sentence what a person can mend."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module

from onedoor.tools.errors import ToolError
from onedoor.tools.home import home
from onedoor.tools.serve.privileges import give_back

Command = Callable[[argparse.Namespace], int]


def _tool(module: str, function: str) -> Command:
    """The tool's function, imported only when asked for, so that no command pays for another's imports."""

    def call(arguments: argparse.Namespace) -> int:
        return int(getattr(import_module(f"onedoor.tools.{module}"), function)(arguments) or 0)

    return call


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    top = argparse.ArgumentParser(prog="onedoor", description="The platform of one-door service centres.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, module: str, function: str, about: str) -> argparse.ArgumentParser:
        one = commands.add_parser(name, help=about, description=about)
        one.set_defaults(call=_tool(module, function))
        return one

    serve = add("serve", "serve.supervisor", "serve", "Run PostgreSQL, the web server and the worker.")
    _addresses(serve)
    serve.add_argument(
        "--web", type=int, default=int(os.environ.get("ONEDOOR_WEB", "1")), help="web processes"
    )
    serve.add_argument("--no-migrate", action="store_true", help="do not bring the database up to date first")
    serve.add_argument("--no-worker", action="store_true", help="run no worker (its backlog shows in /ready)")
    web = add("web", "serve.web", "web", "Run one web process (what `serve` starts).")
    _addresses(web)
    web.add_argument("--threads", type=int, default=int(os.environ.get("ONEDOOR_THREADS", "8")))
    add("worker", "serve.worker", "worker", "Run the worker (what `serve` starts).")
    migrate = add("migrate", "manage", "migrate", "Bring the database up to date.")
    migrate.add_argument("--quiet", action="store_true")
    django = add("django", "manage", "django", "Run one of Django's management commands.")
    django.add_argument("arguments", nargs=argparse.REMAINDER)
    add("build", "manage", "build", "Build the screens' scripts and styles and compile the messages.")
    demo = add(
        "demo", "demo", "demo", "Set a demonstration up (database, pack, a lived morning) and serve it."
    )
    _addresses(demo)
    demo.add_argument("--once", action="store_true", help="do all but serve; the last line is JSON")
    demo.add_argument("--fresh", action="store_true", help="begin again with an empty demonstration")
    demo.set_defaults(web=1, no_migrate=False, no_worker=False)
    status = add("status", "status", "status", "Say how this node is.")
    status.add_argument("--json", action="store_true")
    backup = add("backup", "backup", "backup", "Write the database and the files into one archive.")
    backup.add_argument("file")
    restore = add("restore", "backup", "restore", "Put an archive back, as a new generation of this node.")
    restore.add_argument("file")
    restore.add_argument("--replace", action="store_true", help="replace a database that is not empty")
    restore.add_argument("--keys", help="the node's exported keys, when the home has none")
    keys = add("keys", "keys", "keys", "The node's keys.")
    keys.add_argument("action", choices=("rotate", "export"))
    keys.add_argument("file", nargs="?", help="where `export` writes them")
    verify = add(
        "verify", "verify", "verify", "Check the chain of letters: edited, deleted, inserted, reordered."
    )
    verify.add_argument("file", nargs="?", help="a case that was taken out, to be checked instead")
    verify.add_argument("--key", default="", help="the public key that its node's owner published")
    pack = add("pack", "packs", "pack", "Check a country's pack, load it, or write this node's as one.")
    pack.add_argument("action", choices=("check", "load", "export"))
    pack.add_argument(
        "directory", nargs="?", help="the pack's folder; the Lao pack by default, a new one to export"
    )
    pack.add_argument("--pack", default="", help="which pack to export, where several were loaded")
    bring = add("import", "catalogues", "bring", "Take services over from another catalogue, for review.")
    bring.add_argument(
        "standard", choices=("cpsv", "hsds"), help="CPSV-AP (.ttl, .jsonld) or HSDS 3.0 (.json)"
    )
    bring.add_argument("file", help="the catalogue's file")
    bring.add_argument("--into", required=True, metavar="DIR", help="a new folder for what is written")
    simulate = add("simulate", "simulator", "simulate", "Live days at centres as people would.")
    simulate.add_argument("--centres", type=int, default=3)
    simulate.add_argument("--days", type=float, default=1)
    simulate.add_argument("--seed", type=int, default=1)
    simulate.add_argument("--visits", type=int, default=40, help="visits a centre and day")
    replay = add(
        "replay", "xes.replay", "replay", "Load an event log (XES) as cases of a service at a centre."
    )
    replay.add_argument("file", help="a log: .xes or .xes.gz")
    replay.add_argument("--service", required=True, help="the code of a service")
    replay.add_argument("--centre", help="a centre's code; the first that offers the service by default")
    replay.add_argument("--name", help="what the log is known by here; its own name by default")
    replay.add_argument(
        "--pseudonyms", action="store_true", help="keep a keyed pseudonym instead of each resource"
    )
    export = add("export", "xes.export", "export", "Write the cases of a service as an event log.")
    export.add_argument(
        "--xes",
        nargs="?",
        const="-",
        required=True,
        metavar="FILE",
        help="where to, .xes or .xes.gz; else the output",
    )
    export.add_argument("--service", required=True, help="the code of a service")
    export.add_argument("--centre", help="a centre's code; all centres by default")
    failed = add(
        "failed", "steps", "failed", "List the steps of the system that failed, and have them tried again."
    )
    failed.add_argument("--retry", metavar="NUMBER", help="the case's number, or “all”")
    move = add("move", "steps", "move", "Bring the live cases of a service onto another edition's process.")
    move.add_argument("service", help="the code of a service")
    move.add_argument("old", type=int, help="the edition on which they are")
    move.add_argument("new", type=int, help="the edition onto which they are to come")
    move.add_argument("--go", action="store_true", help="do it; without, only say what would happen")
    due = add("due", "due", "due", "Count the due dates of open cases anew, and say which ones move.")
    due.add_argument("--dry-run", action="store_true", help="write nothing, only say what would move")
    fees = add("fees", "fees", "fees", "Compare every receipt with the fee table of its day.")
    fees.add_argument("action", choices=("check",))
    fees.add_argument("--since", help="the first day of receipts, YYYY-MM-DD; all by default")
    docs = add("docs", "docs", "docs", "Write the pages that are made from the code.")
    docs.add_argument("--check", action="store_true", help="write nothing; 1 when a page is stale")
    login = add("login", "logins", "login", "Open a login or give it a new password; prints it once.")
    login.add_argument("username")
    login.add_argument("--name", help="the person's name")
    login.add_argument("--role", help="a role's code, given from today at --unit")
    login.add_argument("--unit", help="a unit's code")
    login.add_argument("--until", help="the first day on which the role no longer holds; auditors need one")
    device = add("device", "logins", "device", "Enrol a device of a centre; prints its token once.")
    device.add_argument("centre", help="the centre's code")
    device.add_argument("kind", choices=("kiosk", "board", "tablet"))
    device.add_argument("name")
    token = add("token", "logins", "token", "Give a machine a token for the exchange door; prints it once.")
    token.add_argument("name", nargs="?", help="without anything: lists the scopes in words")
    token.add_argument("unit", nargs="?", help="a unit's code")
    token.add_argument("scopes", nargs="*", help="what it may, e.g. queue.take")
    token.add_argument(
        "--role", action="append", default=[], help="a role in whose lanes it works; may be given again"
    )
    totp = add("totp", "demo", "totp", "Print the current code of a demonstration login.")
    totp.add_argument("login")
    return top


def _addresses(one: argparse.ArgumentParser) -> None:
    one.add_argument("--host", default=os.environ.get("ONEDOOR_BIND", "127.0.0.1"))
    one.add_argument("--port", type=int, default=int(os.environ.get("ONEDOOR_PORT", "8000")))
    one.add_argument(
        "--public-demo", action="store_true", help="let a demonstration answer beyond this machine"
    )


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; 2 means that a person has to mend something first."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["django"]:  # its options are Django's, not ours
        asked = argparse.Namespace(call=_tool("manage", "django"), arguments=given[1:])
    else:
        asked = parser().parse_args(given)
    asked.words = given if arguments is None else None
    try:
        return asked.call(asked)  # type: ignore[no-any-return]
    except ToolError as fault:
        print(f"onedoor: {fault}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    finally:
        if arguments is None and os.geteuid() == 0:
            give_back(home())
