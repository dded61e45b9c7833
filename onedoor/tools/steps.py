"""`onedoor failed` and `onedoor move`: steps that failed, and live cases that go on by a newer process."""

from __future__ import annotations

import argparse

from onedoor.tools.environment import database, set_up
from onedoor.tools.errors import ToolError


def failed(arguments: argparse.Namespace) -> int:
    """Lists the steps that failed; with --retry, has those of one case or all tried again at once."""
    with database():
        set_up()
        print("\n".join(_failed(arguments.retry or "")))
    return 0


def _failed(number: str) -> list[str]:
    from onedoor.domain.cases import api as cases
    from onedoor.kernel.clock import now
    from onedoor.kernel.scope import Actor, everything

    lines, by, at = [], Actor.system(), now()
    with everything("whoever keeps the node looks at its failed steps"):
        rows = cases.failed_services(by)
        if number and number != "all" and number not in {row["number"] for row in rows}:
            raise ToolError(f"No failed step belongs to a case with the number {number}.")
        for row in rows:
            said = f"{row['number']}  {row['names']['en']}  {row['state']}  {row['fault']}  {row['attempts']} times"
            if number in ("all", row["number"]):
                cases.retry(by=by, at=at, task=row["task"])
                said += "  is tried again"
            lines.append(said)
    return lines or ["No step has failed."]


def move(arguments: argparse.Namespace) -> int:
    """Says which live cases would come onto the other edition and what holds back the others; with --go, moves them."""
    with database():
        set_up()
        print("\n".join(_move(arguments.service, arguments.old, arguments.new, go=arguments.go)))
    return 0


def _move(service: str, old: int, new: int, *, go: bool) -> list[str]:
    from onedoor.domain.cases import api as cases
    from onedoor.domain.catalogue.api import edition_numbered
    from onedoor.kernel.clock import now
    from onedoor.kernel.errors import DomainError
    from onedoor.kernel.scope import Actor

    act = cases.move_cases if go else cases.plan_move
    try:
        editions = {"old": edition_numbered(service, old), "new": edition_numbered(service, new)}
        plan = act(by=Actor.system(), at=now(), **editions)
    except DomainError as fault:
        raise ToolError(str(fault)) from fault
    lines = [f"{len(plan.movable)} cases {'were moved' if go else 'can be moved'}."]
    lines += [f"{number}: {'; '.join(map(str, found))}" for number, found in plan.held_back]
    if plan.held_back:
        lines.append(f"{len(plan.held_back)} cases stay on edition {old}.")
    return lines
