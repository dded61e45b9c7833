"""From text to tokens: numbers, texts, signs and names in letters of any script, each with the character where it begins."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 1_000
DEEPEST = 24

# Python's \w leaves out the signs that sit on a letter, and Lao is not readable without its vowels and tones.
_MARKS = "".join(
    chr(code) for code in range(0x300, 0x2000) if unicodedata.category(chr(code)) in ("Mn", "Mc")
)
_TOKENS = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<text>\"(?:[^\"\\]|\\[\"\\ntr]|\\u[0-9a-fA-F]{4})*\")"
    r"|(?P<sign><=|>=|!=|\.\.|\*\*|[=<>+\-*/()\[\].,?@{}:])"
    rf"|(?P<name>[^\W\d][\w{_MARKS}\u200c\u200d]*))"
)
_ESCAPES = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r"}


class ExpressionError(ValueError):
    """The expression is not in the subset; ``position`` is the character (from 1) where it stops making sense."""

    def __init__(self, reason: str, position: int) -> None:
        super().__init__(f"{reason} (character {position})")
        self.reason = reason
        self.position = position


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: number, text, sign, name or end; ``at`` counts characters from 1."""

    kind: str
    value: str
    at: int


def scan(text: str) -> list[Token]:
    """The tokens of a text with an end behind them. Errors: ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError(f"longer than {LONGEST} characters", LONGEST)
    found: list[Token] = []
    position = 0
    while position < len(text) and not text[position:].isspace():
        match = _TOKENS.match(text, position)
        if match is None:
            raise _not_understood(text, position)
        kind = str(match.lastgroup)
        found.append(Token(kind, match.group(kind), match.start(kind) + 1))
        position = match.end()
    found.append(Token("end", "", len(text) + 1))
    return found


def _not_understood(text: str, position: int) -> ExpressionError:
    while text[position].isspace():
        position += 1
    if text[position] == '"':
        return ExpressionError(
            "the text that begins here does not end, or has an unknown \\ sign", position + 1
        )
    return ExpressionError(f"“{text[position]}” is not understood here", position + 1)


def unquoted(token: Token) -> str:
    """The text that a token in quotation marks stands for. Errors: ExpressionError (half of a character)."""

    def plain(match: re.Match[str]) -> str:
        code, sign = match.groups()
        return chr(int(code, 16)) if code else _PLAIN.get(sign, sign)

    found = _ESCAPES.sub(plain, token.value[1:-1])
    if any("\ud800" <= sign <= "\udfff" for sign in found):
        raise ExpressionError("half of a character; write the character itself", token.at)
    return found
