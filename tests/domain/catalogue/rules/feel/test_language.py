"""The language beyond guards: kinds of values, the library, cells of tables; and what is refused, at which character."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from onedoor.domain.catalogue.rules.feel import ExpressionError, Months, compile_expression, compile_tests

FACTS: dict[str, Any] = {
    "today": date(2026, 12, 2),
    "ອາຍຸ": 61,
    "ຜູ້ຮ້ອງ": {"ຊື່": "ດາວ"},
    "form": {
        "born": "1965-03-31",
        "areas": [120, 300.5],
        "tags": ["old", "wood"],
        "children": [{"age": 12}, {"age": 17}],
        "deep": {"er": {"still": 1}},
    },
    "Applicant Age": 17,
    "year": 3,
}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ອາຍຸ >= 60", True),
        ("ອາຍຸ >= ໖໐", True),
        ('ຜູ້ຮ້ອງ.ຊື່ = "ດາວ"', True),
        ("Applicant Age < 18 and true", True),
        ("Applicant Age + 1", Decimal(18)),
        ("form.deep.er.still = 1", True),
        ("form.deep.er.still.more", None),
        (".5 + 1", Decimal("1.5")),
        ("2 ** 10", Decimal(1024)),
        ("-2 ** 2", Decimal(4)),
        ("2 ** 0.5", None),
        ("0 ** -1", None),
        ('"a" + "b"', "ab"),
        ('"a" + 1', None),
        ('"\\u0e94" = "ດ"', True),
        ('"two\\nlines" = "two\\nlines"', True),
        ("true + 1", None),
        ('date("2026-01-31") + duration("P1M")', date(2026, 2, 28)),
        ('date("2024-02-29") - duration("P1Y")', date(2023, 2, 28)),
        ('duration("P3D") + date("2026-12-30")', date(2027, 1, 2)),
        ('today - date("2026-12-01")', timedelta(days=1)),
        ('today - date(form.born) > duration("P60D")', True),
        ('date("9999-12-31") + duration("P1D")', None),
        ('date("0001-01-01") - duration("P1M")', None),
        ('date and time("2026-12-02T08:00:00+07:00")', datetime(2026, 12, 2, 1, tzinfo=UTC)),
        ('date and time("2026-12-02T08:00:00Z") - date and time("2026-12-02T07:00:00Z")', timedelta(hours=1)),
        ('date and time("2026-12-02T08:00:00Z") > date and time("2026-12-02T07:00:00")', None),
        ('date(date and time("2026-12-02T08:00:00Z")) = today', True),
        ("date(2026, 12, 2) = today", True),
        ("date(2026, 13, 2)", None),
        ('@"2026-12-02" = today', True),
        ('@"P1Y6M"', Months(18)),
        ('@"-PT1H30M" / 2', timedelta(minutes=-45)),
        ('duration("P1D") / duration("PT6H")', Decimal(4)),
        ('duration("P1D") * 1.5', timedelta(hours=36)),
        ('duration("P1Y") < duration("P400D")', None),
        ('duration("P12M") = duration("P1Y")', True),
        ('-duration("P1Y")', Months(-12)),
        ("years and months duration(form.born, today).years", Decimal(61)),
        ('years and months duration(date("2026-01-31"), date("2026-02-28"))', Months(0)),
        ('years and months duration(date("2026-03-05"), date("2026-01-06"))', Months(-1)),
        ("today.year * 100 + today.month", Decimal(202612)),
        ("today.weekday", Decimal(3)),
        ('duration("P1DT2H").hours', Decimal(2)),
        ("year + 1", Decimal(4)),
        ("if ອາຍຸ > 60 then 1 else 2", Decimal(1)),
        ("if null then 1 else if false then 2 else 3", Decimal(3)),
        ("1 + (if true then 2 else 3) * 2", Decimal(5)),
        ('"old" in form.tags', True),
        ('"old" in ["new", "old"]', True),
        ("3 in (< 2, >= 3)", True),
        ("3 in ([1..2], [3..4])", True),
        ("3 in > 2", True),
        ("3 in missing", False),
        ("[1, 2] = [1, 2.0]", True),
        ("[1, 2] = [2, 1]", False),
        ("form = form", True),
        ("string length(ຜູ້ຮ້ອງ.ຊື່)", Decimal(3)),
        ('contains("construction", "struct")', True),
        ('starts with("ab", "b")', False),
        ('ends with("ab", "b")', True),
        ('upper case("ab")', "AB"),
        ('lower case("AB")', "ab"),
        ('substring("foobar", 3)', "obar"),
        ('substring("foobar", 3, 3)', "oba"),
        ('substring("foobar", -2, 1)', "a"),
        ('substring("foobar", 0)', None),
        ('substring before("a-b", "-") + substring after("a-b", "-")', "ab"),
        ("count(form.areas)", Decimal(2)),
        ("sum(form.areas)", Decimal("420.5")),
        ("sum(1, 2, 3)", Decimal(6)),
        ("sum([])", None),
        ("mean(1, 2)", Decimal("1.5")),
        ("min(form.areas)", Decimal(120)),
        ('max("a", "b")', "b"),
        ('max("a", 1)', None),
        ("min(form.children.age) < 18", True),
        ("sum(form.children.age)", Decimal(29)),
        ("count(form.children)", Decimal(2)),
        ("form.areas.age", [None, None]),
        ("all([true, false])", False),
        ("any([null, true])", True),
        ("any([null, false])", None),
        ('list contains(form.tags, "old")', True),
        ("list contains(form.missing, 1)", None),
        ("floor(-1.5)", Decimal(-2)),
        ("ceiling(1.21, 1)", Decimal("1.3")),
        ("round half up(2.5, 0)", Decimal(3)),
        ("decimal(2.5, 0)", Decimal(2)),
        ("round half up(1234, -2)", Decimal(1200)),
        ("round half up(10 ** 900, 2) = 10 ** 900", True),
        ("abs(-3)", Decimal(3)),
        ("modulo(-5, 3)", Decimal(1)),
        ("modulo(5, 0)", None),
        ("not(1)", None),
        ("(1..3) = (1..3)", True),
        ("2 in (1..3)", True),
    ],
)
def test_answers(text: str, answer: object) -> None:
    found = compile_expression(text, names=["Applicant Age"])(FACTS)
    assert found == answer
    assert type(found) is type(answer)


@pytest.mark.parametrize(
    ("text", "position", "word"),
    [
        ("now()", 1, "clock"),
        ("today() > 1", 1, "clock"),
        ("x and round(1)", 7, "round half up"),
        ('matches("a", "(a+)+")', 1, "patterns"),
        ("some x in y satisfies x > 1", 1, "loops"),
        ("for x in y return x", 1, "loops"),
        ("list[1]", 5, "filtered"),
        ("{a: 1}", 1, "contexts"),
        ("? > 1", 1, "cell"),
        ('duration("P1Y2D")', 10, "duration"),
        ('date("2026-02-30")', 6, "date"),
        ('@"noon"', 1, "date"),
        ("substring(1)", 1, "2 to 3"),
        ("if a then b", 12, "else"),
        ('"open', 1, "does not end"),
        ('1 + "\\ud800"', 5, "half of a character"),
        ("]1, 2]", 3, "“..”"),
        ("[1..2", 6, "not closed"),
        ("lambda: 1", 7, "not expected"),
        ("open('/etc/passwd')", 6, "not understood"),
    ],
)
def test_what_is_refused_says_where_and_why(text: str, position: int, word: str) -> None:
    with pytest.raises(ExpressionError) as error:
        compile_expression(text)
    assert error.value.position == position
    assert word in error.value.reason


@pytest.mark.parametrize(
    ("cell", "value", "answer"),
    [
        ("-", None, True),
        ("", 5, True),
        ("< 10", 9, True),
        ("< 10", "a", None),
        ("[1..5)", 5, False),
        ("[1..5)", 1, True),
        ("]1..5]", 1, False),
        ('"a", "b"', "b", True),
        ('not("a", "b")', "c", True),
        ('not("a", "b")', "a", False),
        ("not(< 10)", None, None),
        ("null", None, True),
        ('date("2026-12-02")', "2026-12-02", True),
        ('>= date("2026-12-02")', "2026-12-01", False),
        ("-5", -5, True),
        ("- 5", -5, True),
        ("true", True, True),
        ("true", 1, False),
        ("limit", 7, True),
        ("> limit", 7, False),
        ("limits", 2, True),
        ("> 1, < -1", -2, True),
        ("!= 3", 3, False),
        ("? > 3 and modulo(?, 2) = 0", 4, True),
        ('contains(?, "x")', "axb", True),
        ('contains(?, "x")', 3, None),
    ],
)
def test_cells(cell: str, value: Any, answer: bool | None) -> None:
    assert compile_tests(cell)(value, {"limit": 7, "limits": [1, 2]}) is answer


def test_a_cell_names_what_it_reads() -> None:
    assert compile_tests("> form.limit, ? = other").names == {"form.limit", "other"}


def test_cells_are_refused_where_they_go_wrong() -> None:
    for text, position in (("< 10 and > 5", 6), ('"a",', 5), ("not(1", 6), ("--", 1), ("x in (? > 1)", 7)):
        with pytest.raises(ExpressionError) as error:
            compile_tests(text)
        assert error.value.position == position, text
