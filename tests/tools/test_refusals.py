"""Commands of the console on a node that was never started, or where they do not belong: a sentence, and nothing written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tools.nodes import Node, node


@pytest.fixture(scope="module")
def empty() -> Iterator[Node]:
    with node() as made:
        yield made


@pytest.mark.parametrize("words", [("backup", "one.onedoor"), ("verify",)])
def test_a_node_that_was_never_started_is_told_so(empty: Node, words: tuple[str, ...]) -> None:
    done = empty.run(*words)
    assert done.returncode == 2
    assert "start it once" in done.stderr and "Traceback" not in done.stderr


def test_nobody_invents_days_in_production(empty: Node) -> None:
    done = empty.run("simulate", "--days", "0.5", ONEDOOR_MODE="production")
    assert done.returncode == 2
    assert "demonstration only" in done.stderr and "Traceback" not in done.stderr
