"""Numbers that people read: place, year, series, serial and a check digit; gapless within a series.

The counter's row is the last thing that a transaction takes, so a rollback leaves no gap and nobody waits for long.
A restored node draws from series of its new generation.
"""

from django.db import connection

DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)

DRAW = """
INSERT INTO kernel_series (place, year, series, generation, last) VALUES (%s, %s, %s, kernel_generation(), 1)
ON CONFLICT (place, year, series, generation) DO UPDATE SET last = kernel_series.last + 1
RETURNING generation, last
"""
DRAW_MANY = """
INSERT INTO kernel_series (place, year, series, generation, last) VALUES (%s, %s, %s, kernel_generation(), %s)
ON CONFLICT (place, year, series, generation) DO UPDATE SET last = kernel_series.last + %s
RETURNING generation, last
"""


def draw(*, place: str, year: int, series: str) -> str:
    """The next number of a series, e.g. ``0103-1-26-T-000001-7``; part of the caller's transaction.

    Args:
        place: the centre's code.
        year: by the centre's own date, four digits.
        series: capital letters that say what is numbered.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is drawn inside the transaction that uses it")
    with connection.cursor() as cursor:
        cursor.execute(DRAW, [place, year, series])
        generation, last = cursor.fetchone()
    return compose(place=place, year=year, series=series, generation=generation, serial=last)


def draw_many(*, place: str, year: int, series: str, count: int) -> list[str]:
    """The next ``count`` numbers of a series, in order; otherwise as `draw`."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is drawn inside the transaction that uses it")
    with connection.cursor() as cursor:
        cursor.execute(DRAW_MANY, [place, year, series, count, count])
        generation, last = cursor.fetchone()
    return [
        compose(place=place, year=year, series=series, generation=generation, serial=serial)
        for serial in range(last - count + 1, last + 1)
    ]


def compose(*, place: str, year: int, series: str, generation: int, serial: int) -> str:
    """Write a number out; the generation shows from the second on."""
    mark = series if generation == 1 else f"{series}{generation}"
    body = f"{place}-{year % 100:02d}-{mark}-{serial:06d}"
    return f"{body}-{check_digit(body)}"


def check_digit(body: str) -> int:
    """Damm's check digit over every letter and digit: finds each single wrong character class and each swap of digits."""
    state = 0
    for character in body:
        if character.isdecimal():
            state = DAMM[state][int(character)]
        elif character.isalpha():
            for digit in str(ord(character)):
                state = DAMM[state][int(digit)]
    return state


def is_whole(number: str) -> bool:
    """Whether a typed number's check digit fits."""
    body, _, digit = number.strip().upper().rpartition("-")
    return bool(body) and digit.isdecimal() and len(digit) == 1 and check_digit(body) == int(digit)
