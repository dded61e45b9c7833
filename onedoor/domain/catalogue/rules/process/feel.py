"""A subset of S-FEEL, compiled once to closures: comparisons, ranges, and/or/not, arithmetic on numbers, dates, names.

Bounded by construction: no loops, no calls but ``not`` and ``date``, text and depth limited, numbers in 34 digits.
Nothing raises while it runs: what cannot be compared is null, and a guard that is null is not taken.
"""

import decimal
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Context = Mapping[str, Any]
Closure = Callable[[Context], Any]

LONGEST = 1_000
DEEPEST = 24
_ARITHMETIC = decimal.Context(prec=34, Emax=6144, Emin=-6143)
_TOKENS = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>\"(?:[^\"\\]|\\[\"\\])*\")|(?P<sign><=|>=|!=|\.\.|[=<>+\-*/()\[\].,])"
    r"|(?P<name>[^\W\d]\w*))"
)
_WORDS = frozenset({"and", "or", "not", "in", "between", "true", "false", "null", "date"})


class ExpressionError(ValueError):
    """The expression is not in the subset; ``position`` is the character (from 1) where it stops making sense."""

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(f"{reason} (character {position})")
        self.reason = reason
        self.position = position


@dataclass(frozen=True)
class Expression:
    """A compiled expression: its text, the names it reads, and the closure that answers it."""

    source: str
    names: frozenset[str]
    run: Closure

    def __call__(self, context: Context) -> Any:
        return self.run(context)

    def holds(self, context: Context) -> bool:
        """Whether a guard is true; null and every other value are not."""
        return self.run(context) is True


@dataclass(frozen=True)
class _Token:
    kind: str
    value: str
    at: int


def _scan(text: str) -> list[_Token]:
    found: list[_Token] = []
    position = 0
    while position < len(text):
        if text[position:].isspace():
            break
        match = _TOKENS.match(text, position)
        if match is None:
            while text[position].isspace():
                position += 1
            raise ExpressionError(f"“{text[position]}” is not understood here", position + 1)
        kind = str(match.lastgroup)
        found.append(_Token(kind, match.group(kind), match.start(kind) + 1))
        position = match.end()
    found.append(_Token("end", "", len(text) + 1))
    return found


def _value(found: Any) -> Any:
    """A value of the case as the language knows it: numbers are decimals, instants are left alone."""
    if isinstance(found, bool) or found is None:
        return found
    if isinstance(found, int | float):
        return Decimal(str(found))
    return found


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, bool) != isinstance(right, bool):
        return False
    if isinstance(left, str) and isinstance(right, date):
        left = _date(left)
    if isinstance(right, str) and isinstance(left, date):
        right = _date(right)
    return bool(left == right)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _ordered(left: Any, right: Any) -> tuple[Any, Any] | None:
    """The two values if they have an order: two numbers, two texts or two dates."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return (left, right) if left.is_finite() and right.is_finite() else None
    if isinstance(left, date) and isinstance(right, str):
        right = _date(right)
    if isinstance(right, date) and isinstance(left, str):
        left = _date(left)
    for kind in (date, str):
        if isinstance(left, kind) and isinstance(right, kind):
            return None if isinstance(left, datetime) != isinstance(right, datetime) else (left, right)
    return None


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
}


def _compare(sign: str, left: Closure, right: Closure) -> Closure:
    if sign == "=":
        return lambda c: _same(left(c), right(c))
    if sign == "!=":
        return lambda c: not _same(left(c), right(c))
    test = _ORDER[sign]

    def run(context: Context) -> bool | None:
        pair = _ordered(left(context), right(context))
        return None if pair is None else test(*pair)

    return run


def _calculate(sign: str, left: Closure, right: Closure) -> Closure:
    operation = {
        "+": _ARITHMETIC.add,
        "-": _ARITHMETIC.subtract,
        "*": _ARITHMETIC.multiply,
        "/": _ARITHMETIC.divide,
    }[sign]

    def run(context: Context) -> Decimal | None:
        a, b = left(context), right(context)
        if not isinstance(a, Decimal) or not isinstance(b, Decimal):
            return None
        try:
            answer = operation(a, b)
        except decimal.DecimalException:
            return None
        return answer if answer.is_finite() else None

    return run


def _both(left: Closure, right: Closure) -> Closure:
    def run(context: Context) -> bool | None:
        a = left(context)
        if a is False:
            return False
        b = right(context)
        if b is False:
            return False
        return True if a is True and b is True else None

    return run


def _either(left: Closure, right: Closure) -> Closure:
    def run(context: Context) -> bool | None:
        a = left(context)
        if a is True:
            return True
        b = right(context)
        if b is True:
            return True
        return False if a is False and b is False else None

    return run


def _negation(inner: Closure) -> Closure:
    def run(context: Context) -> bool | None:
        value = inner(context)
        return (not value) if isinstance(value, bool) else None

    return run


def _constant(value: Any) -> Closure:
    return lambda c: value


def _path(parts: tuple[str, ...]) -> Closure:
    first, rest = parts[0], parts[1:]
    if not rest:
        return lambda c: _value(c.get(first))

    def run(context: Context) -> Any:
        found: Any = context.get(first)
        for part in rest:
            found = found.get(part) if isinstance(found, Mapping) else None
        return _value(found)

    return run


class _Parser:
    """Reads one expression by descent; depth is counted so that brackets cannot exhaust the stack."""

    def __init__(self, text: str) -> None:
        self.tokens = _scan(text)
        self.here = 0
        self.depth = 0
        self.names: set[str] = set()

    @property
    def token(self) -> _Token:
        return self.tokens[self.here]

    def take(self, *values: str) -> str | None:
        if self.token.kind in ("sign", "name") and self.token.value in values:
            self.here += 1
            return self.tokens[self.here - 1].value
        return None

    def expect(self, value: str) -> None:
        if self.take(value) is None:
            raise ExpressionError(f"“{value}” is expected", self.token.at)

    def whole(self) -> Closure:
        closure = self.either()
        if self.token.kind != "end":
            raise ExpressionError(f"“{self.token.value}” is not expected", self.token.at)
        return closure

    def either(self) -> Closure:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError(f"nested deeper than {DEEPEST}", self.token.at)
        left = self.both()
        while self.take("or"):
            left = _either(left, self.both())
        self.depth -= 1
        return left

    def both(self) -> Closure:
        left = self.comparison()
        while self.take("and"):
            left = _both(left, self.comparison())
        return left

    def comparison(self) -> Closure:
        left = self.sum()
        sign = self.take("=", "!=", "<=", ">=", "<", ">")
        if sign:
            return _compare(sign, left, self.sum())
        if self.take("between"):
            low = self.sum()
            self.expect("and")
            return _both(_compare(">=", left, low), _compare("<=", left, self.sum()))
        return self.membership(left) if self.take("in") else left

    def membership(self, left: Closure) -> Closure:
        opening = self.take("[", "(", "]")
        if opening is None:
            raise ExpressionError("a range like [1..10] or a list like (1, 2) is expected", self.token.at)
        low = self.sum()
        if self.take(".."):
            high = self.sum()
            closing = self.take("]", ")", "[")
            if closing is None:
                raise ExpressionError("the range is not closed", self.token.at)
            return _both(
                _compare(">=" if opening == "[" else ">", left, low),
                _compare("<=" if closing == "]" else "<", left, high),
            )
        test = _compare("=", left, low)
        while self.take(","):
            test = _either(test, _compare("=", left, self.sum()))
        self.expect(")")
        return test

    def sum(self) -> Closure:
        left = self.product()
        while sign := self.take("+", "-"):
            left = _calculate(sign, left, self.product())
        return left

    def product(self) -> Closure:
        left = self.single()
        while sign := self.take("*", "/"):
            left = _calculate(sign, left, self.single())
        return left

    def single(self) -> Closure:
        token = self.token
        if self.take("-"):
            if self.take("-"):
                raise ExpressionError("one minus is enough", token.at)
            return _calculate("-", _constant(Decimal(0)), self.single())
        if self.take("("):
            inner = self.either()
            self.expect(")")
            return inner
        if self.take("not"):
            self.expect("(")
            inner = self.either()
            self.expect(")")
            return _negation(inner)
        if self.take("date"):
            return self.date()
        self.here += 1
        if token.kind == "number":
            return _constant(_ARITHMETIC.create_decimal(token.value))
        if token.kind == "text":
            return _constant(re.sub(r"\\(.)", r"\1", token.value[1:-1]))
        if token.kind != "name":
            raise ExpressionError("a value is expected", token.at)
        if token.value in ("true", "false", "null"):
            return _constant({"true": True, "false": False, "null": None}[token.value])
        if token.value in _WORDS:
            raise ExpressionError(f"“{token.value}” is a word of the language", token.at)
        return self.name(token)

    def date(self) -> Closure:
        self.expect("(")
        token = self.token
        if token.kind != "text" or (value := _date(token.value[1:-1])) is None:
            raise ExpressionError('a date like date("2026-12-02") is expected', token.at)
        self.here += 1
        self.expect(")")
        return _constant(value)

    def name(self, first: _Token) -> Closure:
        parts = [first.value]
        while self.take("."):
            if self.token.kind != "name":
                raise ExpressionError("a name is expected after the full stop", self.token.at)
            parts.append(self.token.value)
            self.here += 1
        if self.token.value == "(":
            raise ExpressionError(f"“{first.value}” cannot be called", first.at)
        self.names.add(".".join(parts))
        return _path(tuple(parts))


def compile_expression(text: str) -> Expression:
    """Compile one expression, or say at which character it leaves the subset (ExpressionError)."""
    if len(text) > LONGEST:
        raise ExpressionError(f"longer than {LONGEST} characters", LONGEST)
    if not text.strip():
        raise ExpressionError("the expression is empty", 1)
    parser = _Parser(text)
    run = parser.whole()
    return Expression(source=text, names=frozenset(parser.names), run=run)
