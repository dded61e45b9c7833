"""Nodes that stand still, to be copied by tests that need one of their own."""

from collections.abc import Iterator

import pytest

from tests.tools.nodes import Node, copied, node


@pytest.fixture(scope="session")
def migrated() -> Iterator[Node]:
    """A node with an empty database of today, standing still, to be copied."""
    with node() as made:
        done = made.run("migrate")
        assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture(scope="session")
def country(migrated: Node) -> Iterator[Node]:
    """A node with the Lao pack, standing still, to be copied."""
    with copied(migrated) as made:
        loaded = made.run("pack", "load")
        assert loaded.returncode == 0, loaded.stdout + loaded.stderr
        yield made
