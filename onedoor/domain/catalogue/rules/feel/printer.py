"""Writes what was read as text again; reading that text gives the same meaning."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from onedoor.domain.catalogue.rules.feel import syntax
from onedoor.domain.catalogue.rules.feel.values import Months

# How tightly each form binds; a looser one inside a tighter one stands in brackets.
_CHOICE, _OR, _AND, _COMPARISON, _SUM, _PRODUCT, _POWER, _OPERAND, _PRIMARY = range(9)
_LEVELS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def printed(node: syntax.Node | syntax.Cell) -> str:
    """The text of an expression or a cell."""
    return _cell(node) if isinstance(node, syntax.Cell) else _at(node, _CHOICE)


def said(value: Any) -> str:
    """A value as the language writes it."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, str):
        return f'"{value.translate(_ESCAPED)}"'
    if isinstance(value, datetime):
        return f'date and time("{value.isoformat()}")'
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    if isinstance(value, Months | timedelta):
        return f'duration("{_duration(value)}")'
    if isinstance(value, list | tuple):
        return f"[{', '.join(said(one) for one in value)}]"
    return str(value)


def _number(value: Decimal) -> str:
    """Plain digits; a number too long for them is written as a product of powers of ten."""
    if value == 0:
        return "0"
    if -60 < value.adjusted() < 60:
        return f"{value:f}"
    sign, digits, exponent = value.as_tuple()
    whole = "".join(map(str, digits))
    found, left = ("-" if sign else "") + whole, int(exponent)
    while left:
        step = max(-900, min(900, left))
        found += f" {'*' if step > 0 else '/'} 10 ** {abs(step)}"
        left -= step
    return f"({found})"


def _duration(value: Months | timedelta) -> str:
    if isinstance(value, Months):
        minus = "-" if value.count < 0 else ""
        years, months = divmod(abs(value.count), 12)
        return f"{minus}P" + (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
    minus, value = "-" if value < timedelta(0) else "", abs(value)
    time = "".join(
        f"{count}{letter}"
        for count, letter in ((value.seconds // 3600, "H"), (value.seconds % 3600 // 60, "M"))
        if count
    )
    if value.seconds % 60 or value.microseconds:
        fraction = f".{value.microseconds:06}".rstrip("0") if value.microseconds else ""
        time += f"{value.seconds % 60}{fraction}S"
    days = f"{value.days}D" if value.days or not time else ""
    return f"{minus}P{days}" + (f"T{time}" if time else "")


def _at(node: syntax.Node, level: int) -> str:
    text, own = _plain(node)
    return f"({text})" if own < level else text


def _plain(node: syntax.Node) -> tuple[str, int]:
    """The text of a node and how tightly it binds."""
    match node:
        case syntax.Constant(value=value):
            text = said(value)
            return text, _OPERAND if text.startswith("-") else _PRIMARY
        case syntax.Name(path=path):
            return ".".join(path), _PRIMARY
        case syntax.Input():
            return "?", _PRIMARY
        case syntax.Part(of=of, path=path):
            return f"{_at(of, _PRIMARY)}.{'.'.join(path)}", _PRIMARY
        case syntax.Minus(of=of):
            return f"-{_at(of, _PRIMARY)}", _OPERAND
        case syntax.Chain(first=first, rest=rest):
            level = _LEVELS[rest[0][0]]
            tail = "".join(f" {sign} {_at(each, level + 1)}" for sign, each in rest)
            return _at(first, level + 1) + tail, level
        case syntax.Logic(word=word, items=items):
            level = _OR if word == "or" else _AND
            return f" {word} ".join(_at(each, level + 1) for each in items), level
        case syntax.Compare(sign=sign, left=left, right=right):
            return f"{_at(left, _SUM)} {sign} {_at(right, _SUM)}", _COMPARISON
        case syntax.Between(of=of, low=low, high=high):
            return f"{_at(of, _SUM)} between {_at(low, _SUM)} and {_at(high, _SUM)}", _COMPARISON
        case syntax.Range(low=low, high=high):
            return _range(node, low, high), _PRIMARY
        case syntax.Listing(items=items):
            return f"[{', '.join(_at(each, _CHOICE) for each in items)}]", _PRIMARY
        case syntax.If(test=test, then=then, otherwise=otherwise):
            parts = [_at(each, _CHOICE) for each in (test, then, otherwise)]
            return "if {} then {} else {}".format(*parts), _CHOICE
        case syntax.Call(function=function, arguments=arguments):
            return f"{function}({', '.join(_at(each, _CHOICE) for each in arguments)})", _PRIMARY
        case syntax.In(of=of, tests=tests):
            return f"{_at(of, _SUM)} in ({', '.join(map(_one, tests.items))})", _COMPARISON


def _range(node: syntax.Range, low: syntax.Node, high: syntax.Node) -> str:
    opening, closing = "[" if node.with_low else "(", "]" if node.with_high else ")"
    return f"{opening}{_at(low, _CHOICE)}..{_at(high, _CHOICE)}{closing}"


def _one(condition: syntax.Condition) -> str:
    if condition.sign in ("", "?"):
        return _at(condition.value, _CHOICE)
    return f"{condition.sign} {_at(condition.value, _SUM)}"


def _cell(cell: syntax.Cell) -> str:
    text = ", ".join(map(_one, cell.items)) or "-"
    return f"not({text})" if cell.negated else text
