"""Two nodes in one process: a second database beside the test's own, and a switch between them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import connections

TABLES = (
    "kernel_letter, kernel_unsealed, kernel_seal, kernel_head, kernel_delivery, kernel_link, kernel_outgoing,"
    " kernel_received, kernel_parked, notes_note, notes_line, notes_heard"
)


class Node:
    """One node: its database, and its id there."""

    def __init__(self, wrapper: Any) -> None:
        self.wrapper = wrapper
        with self.here(), wrapper.cursor() as cursor:
            cursor.execute("SELECT kernel_this_node()")
            self.id: UUID = cursor.fetchone()[0]

    @contextmanager
    def here(self) -> Iterator[None]:
        """What runs inside runs at this node."""
        before = connections["default"]
        connections["default"] = self.wrapper
        try:
            yield
        finally:
            connections["default"] = before

    def empty(self) -> None:
        """Begin anew, with the same identity."""
        with self.wrapper.cursor() as cursor:
            cursor.execute(f"TRUNCATE {TABLES}")


def second_database() -> Any:
    """A copy of the test database that is another node; gives its connection."""
    first = connections["default"]
    settings = first.settings_dict
    name = f"{settings['NAME']}_peer"
    first.close()
    with psycopg.connect(
        dbname="postgres",
        user=settings["USER"],
        password=settings["PASSWORD"],
        host=settings["HOST"],
        port=settings["PORT"] or None,
        autocommit=True,
    ) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{settings["NAME"]}"')
    wrapper = connections.create_connection("default")
    wrapper.settings_dict = {**settings, "NAME": name}
    with wrapper.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION kernel_this_node() RETURNS uuid"
            f" LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN '{uuid4()}'::uuid"
        )
    wrapper.close()
    return wrapper
