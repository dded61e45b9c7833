"""From what was read to closures. They read the context, compute within bounds and never raise."""

import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from onedoor.domain.catalogue.rules.feel import syntax
from onedoor.domain.catalogue.rules.feel.arithmetic import negative, operation
from onedoor.domain.catalogue.rules.feel.functions import LIBRARY, part_of
from onedoor.domain.catalogue.rules.feel.values import MOST_ITEMS, Context, Span, known, ordered, same

Closure = Callable[[Context], Any]
Tester = Callable[[Any, Context], bool | None]
Comparison = Callable[[Any, Any], bool | None]


def _ordering(test: Callable[[Any, Any], bool]) -> Comparison:
    def run(a: Any, b: Any) -> bool | None:
        if type(a) is Decimal and type(b) is Decimal:
            return test(a, b)
        pair = ordered(a, b)
        return None if pair is None else test(*pair)

    return run


_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
COMPARE: dict[str, Comparison] = {
    "=": same,
    "!=": lambda a, b: not same(a, b),
    **{sign: _ordering(test) for sign, test in _ORDER.items()},
}


def both(a: bool | None, b: bool | None) -> bool | None:
    """Three-valued *and*: false if one is false, true if both are true, else not known."""
    if a is False or b is False:
        return False
    return True if a is True and b is True else None


def within(with_low: bool, with_high: bool) -> Callable[[Any, Any, Any], bool | None]:
    """Whether a value lies between two others, each end inside or not."""
    above, below = COMPARE[">=" if with_low else ">"], COMPARE["<=" if with_high else "<"]

    def run(found: Any, low: Any, high: Any) -> bool | None:
        first = above(found, low)
        return False if first is False else both(first, below(found, high))

    return run


WITHIN = {(low, high): within(low, high) for low in (True, False) for high in (True, False)}


def build(node: syntax.Node) -> Closure:
    """The closure that answers a node."""
    return _BUILDERS[type(node)](node)


def build_cell(cell: syntax.Cell) -> Tester:
    """The closure that tests a value against a cell."""
    testers = tuple(_condition(each) for each in cell.items)
    if not testers:
        return lambda value, context: True
    texts = _texts(cell)
    if texts and not cell.negated:
        return lambda value, context: (
            value in texts if type(value) is str else _one_of(testers, value, context, negated=False)
        )
    if len(testers) == 1 and not cell.negated:
        return testers[0]
    negated = cell.negated
    return lambda value, context: _one_of(testers, value, context, negated=negated)


def _one_of(testers: Sequence[Tester], value: Any, context: Context, *, negated: bool) -> bool | None:
    """Whether one of the tests is passed, or that none is."""
    unknown = False
    for tester in testers:
        found = tester(value, context)
        if found is True:
            return not negated
        unknown = unknown or found is not False
    return None if unknown else negated


def _texts(cell: syntax.Cell) -> frozenset[str]:
    """The texts of a cell that lists nothing else; the commonest of all."""
    found = [
        each.value.value for each in cell.items if isinstance(each.value, syntax.Constant) and not each.sign
    ]
    plain = len(found) == len(cell.items) and all(isinstance(value, str) for value in found)
    return frozenset(found) if plain else frozenset()


def _condition(condition: syntax.Condition) -> Tester:
    right = build(condition.value)
    if condition.sign == "?":
        return lambda value, context: _truth(right({**context, "?": value}))
    if condition.sign:
        test = COMPARE[condition.sign]
        if isinstance(condition.value, syntax.Constant):
            constant = condition.value.value
            return lambda value, context: test(value, constant)
        return lambda value, context: test(value, right(context))
    if isinstance(condition.value, syntax.Constant):
        constant = condition.value.value
        return lambda value, context: same(value, constant)
    if isinstance(condition.value, syntax.Range):
        low, high = build(condition.value.low), build(condition.value.high)
        inside = WITHIN[condition.value.with_low, condition.value.with_high]
        return lambda value, context: inside(value, low(context), high(context))
    return lambda value, context: _fits(value, right(context))


def _fits(value: Any, wanted: Any) -> bool | None:
    """A cell without a sign: in the range, one of the list, or equal."""
    if isinstance(wanted, Span):
        return WITHIN[wanted.with_low, wanted.with_high](value, wanted.low, wanted.high)
    if isinstance(wanted, list | tuple):
        return any(same(value, known(one)) for one in wanted) if len(wanted) <= MOST_ITEMS else None
    return same(value, wanted)


def _truth(found: Any) -> bool | None:
    return found if isinstance(found, bool) else None


def _constant(node: syntax.Constant) -> Closure:
    value = node.value
    return lambda context: value


def _name(node: syntax.Name) -> Closure:
    first, *rest = node.path
    if not rest:
        return lambda context: known(context.get(first))
    second, *further = rest

    def run(context: Context) -> Any:
        found = context.get(first)
        if type(found) is not dict:
            return part_of(known(found), second)
        found = found.get(second)
        return found if type(found) is str else known(found)

    return _along(run, tuple(further)) if further else run


def _along(of: Closure, path: tuple[str, ...]) -> Closure:
    """What stands at the end of a path from a value."""

    def run(context: Context) -> Any:
        found = of(context)
        for part in path:
            found = part_of(found, part)
        return found

    return run


def _input(node: syntax.Input) -> Closure:
    return lambda context: context.get("?")


def _part(node: syntax.Part) -> Closure:
    return _along(build(node.of), node.path)


def _minus(node: syntax.Minus) -> Closure:
    of = build(node.of)
    return lambda context: negative(of(context))


def _chain(node: syntax.Chain) -> Closure:
    first = build(node.first)
    rest = tuple((operation(sign), build(each)) for sign, each in node.rest)

    def run(context: Context) -> Any:
        found = first(context)
        for work, right in rest:
            found = work(found, right(context))
        return found

    return run


def _logic(node: syntax.Logic) -> Closure:
    items = tuple(build(each) for each in node.items)
    decisive: bool = node.word == "or"

    def run(context: Context) -> bool | None:
        unknown = False
        for item in items:
            found = item(context)
            settled: bool = found is decisive
            if settled:
                return decisive
            unknown = unknown or not isinstance(found, bool)
        return None if unknown else not decisive

    return run


def _compare(node: syntax.Compare) -> Closure:
    test, left, right = COMPARE[node.sign], build(node.left), build(node.right)
    if not isinstance(node.right, syntax.Constant):
        return lambda context: test(left(context), right(context))
    constant = node.right.value
    if type(constant) is not Decimal or node.sign not in _ORDER:
        return lambda context: test(left(context), constant)
    numbers = _ORDER[node.sign]

    def run(context: Context) -> bool | None:
        found = left(context)
        return numbers(found, constant) if type(found) is Decimal else test(found, constant)

    return run


def _between(node: syntax.Between) -> Closure:
    of, low, high = build(node.of), build(node.low), build(node.high)
    inside = WITHIN[True, True]
    return lambda context: inside(of(context), low(context), high(context))


def _range(node: syntax.Range) -> Closure:
    low, high = build(node.low), build(node.high)
    return lambda context: Span(low(context), high(context), node.with_low, node.with_high)


def _listing(node: syntax.Listing) -> Closure:
    items = tuple(build(each) for each in node.items)
    return lambda context: [item(context) for item in items]


def _if(node: syntax.If) -> Closure:
    test, then, otherwise = build(node.test), build(node.then), build(node.otherwise)
    return lambda context: then(context) if test(context) is True else otherwise(context)


def _call(node: syntax.Call) -> Closure:
    work, arguments = LIBRARY[node.function].run, tuple(build(each) for each in node.arguments)

    def run(context: Context) -> Any:
        try:
            return work(*[argument(context) for argument in arguments])
        except (ArithmeticError, ValueError):
            return None

    return run


def _in(node: syntax.In) -> Closure:
    of, tester = build(node.of), build_cell(node.tests)
    return lambda context: tester(of(context), context)


_BUILDERS: dict[type, Callable[[Any], Closure]] = {
    syntax.Constant: _constant,
    syntax.Name: _name,
    syntax.Input: _input,
    syntax.Part: _part,
    syntax.Minus: _minus,
    syntax.Chain: _chain,
    syntax.Logic: _logic,
    syntax.Compare: _compare,
    syntax.Between: _between,
    syntax.Range: _range,
    syntax.Listing: _listing,
    syntax.If: _if,
    syntax.Call: _call,
    syntax.In: _in,
}
