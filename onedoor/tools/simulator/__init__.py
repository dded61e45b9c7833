"""Days at centres, lived through the domain's own doors; the same seed lives the same days."""

from __future__ import annotations

import argparse
import json

from django.conf import settings

from onedoor.tools.environment import database, set_up
from onedoor.tools.errors import ToolError
from onedoor.tools.simulator.plan import Plan, Report

__all__ = ["Plan", "Report", "simulate", "simulate_plan"]


def simulate(arguments: argparse.Namespace) -> int:
    """Lives the days that were asked for and prints what happened as JSON."""
    plan = Plan(centres=arguments.centres, days=arguments.days, seed=arguments.seed, visits=arguments.visits)
    with database():
        set_up()
        if not (settings.DEMO or settings.TESTING):
            raise ToolError("Invented days are lived in a demonstration only (ONEDOOR_MODE=demo).")
        print(json.dumps(simulate_plan(plan).told()))
    return 0


def simulate_plan(plan: Plan) -> Report:
    """Lives a plan in the database that is up."""
    from onedoor.tools.simulator.life import live

    return live(plan)
