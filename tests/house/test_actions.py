"""Actions are asked by keyword, in somebody's name, at a stated time; rules are pure; nobody else decides for them."""

import ast
import inspect
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.house.house import DOMAIN, contexts, named, sources

# Written without a name: the worker's own, and what nobody has proved a name for.
NAMELESS = {
    "access.check_code": "the code is what proves who asks",
    "access.issue_code": "draws a code, writes nothing",
    "access.demo_totp": "demonstration only, writes nothing",
    "cases.begin_recount": "the worker, and the command of whoever runs the node",
    "cases.fee_check_batch": "the worker",
    "cases.fire_timers": "the worker",
    "cases.preview_recount": "the command of whoever runs the node, writes nothing",
    "cases.office_of_step": "an office by its lane, nobody's data",
    "cases.recount_batch": "the worker",
    "cases.hear_messages": "the worker",
    "cases.correct_own": "number and code are what prove who asks",
    "cases.keep_correction": "number and code are what prove who asks",
    "cases.drop_correction": "number and code are what prove who asks",
    "cases.see_own_correction": "number and code are what prove who asks",
    "cases.follow": "number and code are what prove who asks",
    "cases.open_preparation": "the code is what proves who asks",
    "cases.run_services": "the worker",
    "cases.start_fee_check": "the command of whoever runs the node",
    "documents.verify": "anyone may check a document",
    "notices.deliver": "the worker",
    "notices.forget_old": "the worker",
    "queue.tell_who_is_soon": "the worker",
    "planning.run_experiment": "the worker",
    "queue.find_appointment": "the code is what proves who asks",
    "voice.expire": "the worker",
    "voice.follow_complaint": "number and code are what prove who asks",
    "voice.tell_answers": "the worker",
}
TIMELESS = {"access.issue_code", "access.demo_totp"}
# What a pure decision does not touch: rows, connections, files, requests, the clock.
IMPURE = (
    "django.db",
    "django.http",
    "django.conf",
    "django.core",
    "os",
    "pathlib",
    "time",
    "requests",
    "socket",
)


def actions() -> dict[str, Callable[..., Any]]:
    found = {}
    for context in contexts():
        api = import_module(f"onedoor.domain.{context.name}.api")
        for name in api.__all__:
            thing = getattr(api, name)
            if inspect.isfunction(thing) and thing.__module__.startswith(
                f"onedoor.domain.{context.name}.actions"
            ):
                found[f"{context.name}.{name}"] = thing
    return found


ACTIONS = actions()


def test_there_are_actions() -> None:
    assert len(ACTIONS) > 40
    assert set(ACTIONS) >= set(NAMELESS)


@pytest.mark.parametrize("name", [name for name in ACTIONS if name not in TIMELESS])
def test_an_action_is_asked_by_keyword_in_a_name_at_a_time(name: str) -> None:
    asked = inspect.signature(ACTIONS[name]).parameters
    assert all(each.kind is each.KEYWORD_ONLY for each in asked.values())
    assert asked["at"].default is inspect.Parameter.empty, "the time is always said"
    if name not in NAMELESS:
        assert asked["by"].default is inspect.Parameter.empty, "the actor is always said"


def of_rules(path: Path) -> bool:
    return DOMAIN in path.parents and path.relative_to(DOMAIN).parts[1:2] in [
        ("rules",),
        ("rules.py",),
        ("process",),
    ]


@pytest.mark.parametrize("path", [path for path in sources(".py") if of_rules(path)], ids=named)
def test_rules_are_pure(path: Path) -> None:
    imported = [
        module
        for node in ast.walk(ast.parse(path.read_text()))
        for module in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    ]
    impure = [
        module for module in imported if any(module == bad or module.startswith(f"{bad}.") for bad in IMPURE)
    ]
    assert not impure
