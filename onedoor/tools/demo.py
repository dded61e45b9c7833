"""`onedoor demo`: prepares a demonstration with the Lao pack and a lived morning, tells how to get in, and serves."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from onedoor.kernel.clock import now
from onedoor.tools.environment import database, set_up
from onedoor.tools.errors import ToolError
from onedoor.tools.home import Home, home
from onedoor.tools.manage import bring_up_to_date, build, collect
from onedoor.tools.opening import live_when_open, note_hours
from onedoor.tools.postgres.cluster import place_of
from onedoor.tools.progress import say
from onedoor.tools.serve.privileges import step_down
from onedoor.tools.simulator import Plan, simulate_plan

BEGUN = "ONEDOOR_DEMO_BEGUN"
MARK, FIGURES = "demonstration", "demonstration.json"
MORNING = Plan(centres=3, days=0.5, seed=1, visits=32, pilot=True)
ZONE = ZoneInfo("Asia/Vientiane")
DOORS = (
    ("Citizens", "/"),
    ("Kiosk of Saysettha", "/kiosk/0103-1/"),
    ("Board of Saysettha", "/board/0103-1/"),
    ("Counters (desk)", "/desk/0103-1/"),
    ("Mobile unit (its desk)", "/desk/0103-9/stop/"),
    ("Ministry (office)", "/office/"),
    ("The country (console)", "/console/"),
)
LOGINS = (  # one of each role; the pack's staff.yaml has the others
    ("reception.saysettha", "reception"),
    ("officer1.saysettha", "counter officer"),
    ("officer2.saysettha", "another one, as the second person"),
    ("head.saysettha", "head of the centre"),
    ("officer1.mobile", "officer of the mobile unit 0103-9; head.mobile is its head"),
    ("greeter.saysettha", "greeter at the door"),
    ("moha", "ministry officer; mops, moj, mof … for the other ministries"),
    ("head.moha", "head of a ministry's office; head.mops, head.moj … for the others"),
    ("designer", "service designer"),
    ("owner", "owner of the network"),
    ("auditor", "auditor"),
    ("administrator", "administrator"),
)


def demo(arguments: argparse.Namespace) -> int:
    """Prepares what is not prepared yet; then serves, unless `--once`."""
    os.environ["ONEDOOR_MODE"] = "demo"
    os.environ.setdefault("ONEDOOR_ADDRESS", f"http://127.0.0.1:{arguments.port}")
    base = demonstration_home()
    os.environ["ONEDOOR_HOME"] = str(base.path)
    begun = os.environ.pop(BEGUN, None)
    if arguments.fresh and not begun:
        _remove(base)
    _mark(base)
    if os.geteuid() == 0:
        build()
        os.environ[BEGUN] = "1"  # the service's user goes on from here
        step_down(arguments, base, owns_home=True)
        del os.environ[BEGUN]
    live_when_open(base.path, at=datetime.now(UTC))
    figures = _prepare(base, once=arguments.once)
    if arguments.once:
        print(json.dumps(figures))
        return 0 if figures["verify"] == "ok" else 1
    from onedoor.tools.serve.supervisor import serve

    return serve(arguments, when_serving=_tell)


def demonstration_home() -> Home:
    """A home apart from the real one, unless ONEDOOR_HOME names it."""
    named = os.environ.get("ONEDOOR_HOME")
    return home() if named else Home(home().path / "demo")


def _mark(base: Home) -> None:
    mark = base.path / MARK
    if base.path.exists() and any(base.path.iterdir()) and not mark.exists():
        raise ToolError(
            f"{base.path} holds something else than a demonstration. Set ONEDOOR_HOME to an empty place."
        )
    base.prepare()
    mark.touch()


def _remove(base: Home) -> None:
    """Removes a demonstration: only a place that was marked as one."""
    if not base.path.exists():
        return
    if not (base.path / MARK).exists():
        raise ToolError(f"{base.path} is not marked as a demonstration, so it is not removed.")
    place, _ = place_of(base)
    from onedoor.tools.postgres import leftovers

    if leftovers.running(place / "data"):
        raise ToolError("This demonstration is running. Stop it first.")
    shutil.rmtree(place, ignore_errors=True)
    shutil.rmtree(base.path)


def _prepare(base: Home, *, once: bool) -> dict[str, Any]:
    """What a first start needs; a second start finds it done and takes the figures from the first."""
    done = base.path / FIGURES
    if done.exists() and not once:
        return {}
    say("Building the screens …")
    build()
    say("Starting the database …")
    with database():
        set_up()
        say("Bringing the database up to date …")
        bring_up_to_date()
        collect()
        from onedoor.tools.packs import LAO, load_folder
        from onedoor.tools.simulator.ahead import look_ahead
        from onedoor.tools.simulator.figures import figures

        say("Loading the Lao pack …")
        if load_folder(LAO):
            raise ToolError("The Lao pack has faults; nothing was loaded.")
        at = datetime.now(UTC)
        note_hours(base.path, at=at)
        settings.CLOCK_SHIFT = live_when_open(base.path, at=at)
        if not done.exists():
            say("A morning at three centres …")
            lived = simulate_plan(MORNING)
            look_ahead(seed=MORNING.seed, at=now())
            done.write_text(json.dumps(lived.told()))
        return figures(json.loads(done.read_bytes()))


def _tell(address: str) -> None:
    """How to get in."""
    print("\nOneDoor, demonstration")
    if settings.CLOCK_SHIFT:
        print(
            f"  The centres are closed at this hour, so it lives on {now().astimezone(ZONE):%A %d %B, %H:%M}."
        )
    for name, path in DOORS:
        print(f"  {name:<20} {address}{path}")
    print("\nLogins (password: onedoor-demo)")
    for name, role in LOGINS:
        print(f"  {name:<20} {role}")
    print("\nThe six digits after the password, for 30 seconds:")
    print(f"  {_command()} totp officer1.saysettha")
    print("\nCtrl-C ends it; the data stay. scripts/demo --fresh begins again.\n", flush=True)


def _command() -> str:
    beside = Path(sys.executable).with_name("onedoor")
    program = beside if beside.exists() else f"{sys.executable} -m onedoor"
    return f"ONEDOOR_MODE=demo ONEDOOR_HOME={os.environ['ONEDOOR_HOME']} {program}"


def totp(arguments: argparse.Namespace) -> int:
    """Prints the six digits that a demonstration login's app would show now."""
    if os.environ.setdefault("ONEDOOR_MODE", "demo") != "demo":
        raise ToolError("Only a demonstration tells its logins' codes.")
    base = demonstration_home()
    if not (base.path / MARK).exists():
        raise ToolError(f"{base.path} holds no demonstration.")
    os.environ["ONEDOOR_HOME"] = str(base.path)
    with database():
        set_up()
        from onedoor.domain.access.api import demo_totp
        from onedoor.kernel.errors import DomainError

        try:
            print(demo_totp(login=arguments.login, at=datetime.now(UTC)))
        except DomainError as fault:
            raise ToolError(str(fault)) from fault
    return 0
