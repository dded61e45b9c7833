"""Reads expressions and cells by descent. Depth is counted, so that brackets cannot exhaust the stack."""

from collections.abc import Callable, Iterable

from onedoor.domain.catalogue.rules.feel import syntax
from onedoor.domain.catalogue.rules.feel.arithmetic import negative
from onedoor.domain.catalogue.rules.feel.functions import LIBRARY, REFUSED
from onedoor.domain.catalogue.rules.feel.tokens import DEEPEST, ExpressionError, Token, scan, unquoted
from onedoor.domain.catalogue.rules.feel.values import ARITHMETIC, as_date, as_duration, as_moment

WORDS = frozenset({"and", "or", "in", "between", "if", "then", "else", "not"})
VALUES = {"true": True, "false": False, "null": None}
LOOPS = frozenset({"for", "some", "every", "function"})
SIGNS = ("=", "!=", "<=", ">=", "<", ">")
READ_ONCE = {
    "date": 'a date like date("2026-12-02") is expected',
    "date and time": 'an instant like date and time("2026-12-02T08:30:00Z") is expected',
    "duration": 'a duration like duration("P3D") or duration("P1Y6M") is expected',
}


class Parser:
    """One text.

    Args:
        phrases: names of several words that the caller's context has.
        asks: whether the question mark, the value that a cell tests, may stand in it.
    """

    def __init__(self, text: str, phrases: Iterable[str] = (), *, asks: bool = False) -> None:
        self.tokens = scan(text)
        self.here = 0
        self.depth = 0
        self.asks = asks
        self.asked = 0
        self.names: set[str] = set()
        found = [tuple(phrase.split()) for phrase in phrases]
        self.phrases = sorted((each for each in found if len(each) > 1), key=len, reverse=True)

    @property
    def token(self) -> Token:
        return self.tokens[self.here]

    def take(self, *values: str) -> str | None:
        if self.token.kind in ("sign", "name") and self.token.value in values:
            self.here += 1
            return self.tokens[self.here - 1].value
        return None

    def expect(self, value: str) -> None:
        if self.take(value) is None:
            raise ExpressionError(f"“{value}” is expected", self.token.at)

    def finish(self) -> None:
        if self.token.kind != "end":
            if self.token.value == "[":
                raise ExpressionError("lists are not filtered or counted into here", self.token.at)
            raise ExpressionError(f"“{self.token.value}” is not expected", self.token.at)

    def whole(self) -> syntax.Node:
        """The text as one expression."""
        found = self.expression()
        self.finish()
        return found

    def cell(self) -> syntax.Cell:
        """The text as the tests of a cell; nothing, or a dash alone, is no test."""
        if self.token.kind == "end":
            return syntax.Cell()
        if self.token.value == "-" and self.tokens[self.here + 1].kind == "end":
            return syntax.Cell()
        negated = self.token.value == "not" and self.tokens[self.here + 1].value == "("
        if negated:
            self.here += 2
        found = syntax.Cell(self.conditions(), negated)
        if negated:
            self.expect(")")
        self.finish()
        return found

    def conditions(self) -> tuple[syntax.Condition, ...]:
        found = [self.condition()]
        while self.take(","):
            found.append(self.condition())
        return tuple(found)

    def condition(self) -> syntax.Condition:
        if sign := self.take(*SIGNS):
            return syntax.Condition(sign, self.sum())
        before = self.asked
        found = self.expression()
        return syntax.Condition("?" if self.asked > before else "", found)

    def expression(self) -> syntax.Node:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError(f"nested deeper than {DEEPEST}", self.token.at)
        found = self.choice() if self.take("if") else self.logic("or")
        self.depth -= 1
        return found

    def choice(self) -> syntax.Node:
        test = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        return syntax.If(test, then, self.expression())

    def logic(self, word: str) -> syntax.Node:
        found = [self.logic("and") if word == "or" else self.comparison()]
        while self.take(word):
            found.append(self.logic("and") if word == "or" else self.comparison())
        return syntax.Logic(word, tuple(found)) if len(found) > 1 else found[0]

    def comparison(self) -> syntax.Node:
        left = self.sum()
        if sign := self.take(*SIGNS):
            return syntax.Compare(sign, left, self.sum())
        if self.take("between"):
            low = self.sum()
            self.expect("and")
            return syntax.Between(left, low, self.sum())
        if not self.take("in"):
            return left
        asks, self.asks = self.asks, False
        found = syntax.In(left, self.members())
        self.asks = asks
        return found

    def members(self) -> syntax.Cell:
        """What stands behind ``in``: a range, a list, tests in brackets, or the name of a list."""
        token = self.token
        if self.take("("):
            first = self.condition()
            if not first.sign and self.take(".."):
                return syntax.Cell((syntax.Condition("", self.range_from(first.value, with_low=False)),))
            found = [first]
            while self.take(","):
                found.append(self.condition())
            self.expect(")")
            return syntax.Cell(tuple(found))
        if token.value in SIGNS and token.kind == "sign":
            return syntax.Cell((self.condition(),))
        named = token.kind == "name" and token.value not in VALUES
        if not named and not (token.kind == "sign" and token.value in ("[", "]")):
            raise ExpressionError("a range like [1..10] or a list like (1, 2) is expected", token.at)
        return syntax.Cell((syntax.Condition("", self.operand()),))

    def sum(self) -> syntax.Node:
        return self.chain(
            ("+", "-"), lambda: self.chain(("*", "/"), lambda: self.chain(("**",), self.operand))
        )

    def chain(self, signs: tuple[str, ...], operand: Callable[[], syntax.Node]) -> syntax.Node:
        first = operand()
        rest: list[tuple[str, syntax.Node]] = []
        while sign := self.take(*signs):
            rest.append((sign, operand()))
        return syntax.Chain(first, tuple(rest)) if rest else first

    def operand(self) -> syntax.Node:
        token = self.token
        if self.take("-"):
            if self.token.value == "-" and self.token.kind == "sign":
                raise ExpressionError("one minus is enough", token.at)
            found = self.operand()
            turned = negative(found.value) if isinstance(found, syntax.Constant) else None
            return syntax.Minus(found) if turned is None else syntax.Constant(turned)
        return self.parts(self.primary(), token)

    def parts(self, found: syntax.Node, start: Token) -> syntax.Node:
        path: list[str] = []
        while self.take("."):
            if self.token.kind != "name":
                raise ExpressionError("a name is expected after the full stop", self.token.at)
            path.append(self.token.value)
            self.here += 1
        if self.token.value == "(" and self.token.kind == "sign" and isinstance(found, syntax.Name):
            name = ".".join([*found.path, *path])
            raise ExpressionError(REFUSED.get(name, f"“{name}” cannot be called"), start.at)
        if isinstance(found, syntax.Name):
            found = syntax.Name((*found.path, *path))
            self.names.add(".".join(found.path))
            return found
        return syntax.Part(found, tuple(path)) if path else found

    def primary(self) -> syntax.Node:
        token = self.token
        if token.kind == "name":
            return self.named(token)
        self.here += 1
        if token.kind == "number":
            return syntax.Constant(ARITHMETIC.create_decimal(token.value))
        if token.kind == "text":
            return syntax.Constant(unquoted(token))
        if token.kind == "sign":
            if token.value == "(":
                return self.bracket()
            if token.value in ("[", "]"):
                return self.listing(token)
            if token.value == "?" and self.asks:
                self.asked += 1
                return syntax.Input()
            if token.value == "?":
                raise ExpressionError("“?” is the value that the cell of a table tests", token.at)
            if token.value == "@":
                return self.at_literal(token)
            if token.value == "{":
                raise ExpressionError("contexts are read, not written, here", token.at)
        raise ExpressionError("a value is expected", token.at)

    def bracket(self) -> syntax.Node:
        inner = self.expression()
        if self.take(".."):
            return self.range_from(inner, with_low=False)
        self.expect(")")
        return inner

    def listing(self, token: Token) -> syntax.Node:
        if token.value == "[" and self.take("]"):
            return syntax.Listing(())
        found = [self.expression()]
        if self.take(".."):
            return self.range_from(found[0], with_low=token.value == "[")
        if token.value == "]":
            raise ExpressionError("“..” is expected", self.token.at)
        while self.take(","):
            found.append(self.expression())
        self.expect("]")
        return syntax.Listing(tuple(found))

    def range_from(self, low: syntax.Node, *, with_low: bool) -> syntax.Range:
        high = self.expression()
        closing = self.take("]", ")", "[")
        if closing is None:
            raise ExpressionError("the range is not closed", self.token.at)
        return syntax.Range(low, high, with_low, closing == "]")

    def at_literal(self, token: Token) -> syntax.Node:
        if self.token.kind == "text":
            text = unquoted(self.token)
            for read in (as_date, as_moment, as_duration):
                if (value := read(text)) is not None:
                    self.here += 1
                    return syntax.Constant(value)
        raise ExpressionError('a date, an instant or a duration like @"P3D" is expected', token.at)

    def named(self, token: Token) -> syntax.Node:
        if found := self.phrase(token):
            return found
        self.here += 1
        if token.value in VALUES:
            return syntax.Constant(VALUES[token.value])
        called = self.token.value == "(" and self.token.kind == "sign"
        if token.value in LOOPS:
            raise ExpressionError(f"“{token.value}” is not run here: nothing turns in loops", token.at)
        if token.value in WORDS and not (called and token.value in LIBRARY):
            raise ExpressionError(f"“{token.value}” is a word of the language", token.at)
        if called and token.value in LIBRARY:
            return self.call(token.value, token)
        return syntax.Name((token.value,))

    def phrase(self, token: Token) -> syntax.Node | None:
        """A name of several words: a function of the library with its bracket, or one that the context has."""
        for words in self.phrases:
            if self.follows(words):
                self.here += len(words)
                return syntax.Name((" ".join(words),))
        for words in _PHRASES:
            if self.follows((*words, "(")):
                self.here += len(words)
                return self.call(" ".join(words), token)
        return None

    def follows(self, words: tuple[str, ...]) -> bool:
        ahead = self.tokens[self.here : self.here + len(words)]
        return len(ahead) == len(words) and all(
            each.value == word and each.kind != "text" for each, word in zip(ahead, words, strict=True)
        )

    def call(self, name: str, start: Token) -> syntax.Node:
        self.expect("(")
        first = self.token
        given: list[syntax.Node] = []
        if not self.take(")"):
            given.append(self.expression())
            while self.take(","):
                given.append(self.expression())
            self.expect(")")
        function = LIBRARY[name]
        if not function.least <= len(given) <= function.most:
            wanted = (
                f"{function.least}"
                if function.least == function.most
                else f"{function.least} to {function.most}"
            )
            raise ExpressionError(f"“{name}” takes {wanted} values, not {len(given)}", start.at)
        if name in READ_ONCE and len(given) == 1 and isinstance(given[0], syntax.Constant):
            value = function.run(given[0].value)
            if value is None:
                raise ExpressionError(READ_ONCE[name], first.at)
            return syntax.Constant(value)
        return syntax.Call(name, tuple(given))


_PHRASES = sorted((tuple(name.split()) for name in LIBRARY if " " in name), key=len, reverse=True)
