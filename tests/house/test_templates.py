"""Templates stay in their door, put nothing inline, and say nothing that cannot be translated."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from tests.house.house import DOMAIN, DOORS, PRODUCT, named, sources

TEMPLATES = [path for path in sources(".html") if PRODUCT in path.parents]
# Papers are printed, not opened in a browser: their styles stand in them.
PAGES = [path for path in TEMPLATES if DOMAIN not in path.parents]
OF_DOORS = [path for path in sources(".html", ".py") if DOORS in path.parents]

# Addresses of the citizen door that other doors may print or link: public pages that people carry away.
PUBLIC_PAGES = {
    "citizen:home",
    "citizen:receipt",
    "citizen:verify",
    "citizen:rate",
    "citizen:follow",
    "citizen:ticket",
}
SHARED = {"ui"}
BRANDS = {"OneDoor", "English", "ລາວ"}
SPOKEN = {"alt", "title", "placeholder", "aria-label"}
WORD = re.compile(r"[^\W\d_]{2,}")


class Reader(HTMLParser):
    """Gathers what a page would say or run by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.words: list[str] = []
        self.open = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.open = tag
        given = dict(attributes)
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") != "application/json"
        ):
            self.inline.append(f"<{tag}>")
        self.inline += [name for name in given if name == "style" or re.match(r"on[a-z]+$", name)]
        self.inline += [
            name for name, value in attributes if (value or "").strip().lower().startswith("javascript:")
        ]
        self.words += [value for name, value in attributes if name in SPOKEN and value and WORD.search(value)]

    def handle_data(self, data: str) -> None:
        if self.open != "script" and WORD.search(data) and data.strip() not in BRANDS:
            self.words.append(data.strip())


def read(path: Path) -> Reader:
    """Reads a template as HTML, its tags taken out."""
    page, hidden, reader = "", "", Reader()
    for token in Lexer(path.read_text()).tokenize():
        words = token.split_contents() if token.token_type == TokenType.BLOCK else [""]
        if words[0] in ("blocktrans", "blocktranslate", "comment"):
            hidden = f"end{words[0]}"
        elif words[0] == hidden:
            hidden = ""
        elif token.token_type == TokenType.TEXT and not hidden:
            page += token.contents
    reader.feed(page)
    return reader


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_nothing_stands_inline(path: Path) -> None:
    assert read(path).inline == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_every_word_can_be_translated(path: Path) -> None:
    assert read(path).words == []


@pytest.mark.parametrize("path", OF_DOORS, ids=named)
def test_a_door_links_to_itself(path: Path) -> None:
    door = path.relative_to(DOORS).parts[0]
    linked = re.findall(
        r"(?:url|reverse|reverse_lazy|redirect)[( ]\s*['\"]([a-z_]+):([a-z_:-]+)['\"]", path.read_text()
    )
    foreign = {f"{there}:{page}" for there, page in linked if there not in {door, *SHARED}}
    assert foreign <= PUBLIC_PAGES


@pytest.mark.parametrize("path", [path for path in OF_DOORS if path.suffix == ".html"], ids=named)
def test_a_door_is_built_from_its_own_parts_and_the_shared_ones(path: Path) -> None:
    door = path.relative_to(DOORS).parts[0]
    parts = re.findall(r"{%-? *(?:extends|include) +['\"]([^/'\"]+)/", path.read_text())
    assert set(parts) <= {door, "ui"}
