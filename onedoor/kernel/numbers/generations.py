"""Generations: a restored backup is a new life of the node's data, with links and series of its own."""

from datetime import datetime

from django.db import connection, transaction


def generation() -> int:
    """The present generation of this node's data."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_generation()")
        return int(cursor.fetchone()[0])


def new_generation(*, at: datetime, why: str) -> int:
    """Begin the next generation (after a restore); gives its number. Series and link numbers begin anew with it."""
    with transaction.atomic(), connection.cursor() as cursor:
        following = generation() + 1
        cursor.execute(
            "CREATE OR REPLACE FUNCTION kernel_generation() RETURNS integer"
            f" LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN {following:d}"
        )
        cursor.execute("UPDATE kernel_link SET last = 0")
        cursor.execute(
            "INSERT INTO kernel_generation_log (number, started_at, why) VALUES (%s, %s, %s)",
            [following, at, why],
        )
    connection.close()  # prepared statements hold the old generation as a constant
    return following
