"""The sentences of the program in other languages: hand-written parts become catalogues; a check finds gaps.

``python -m onedoor.ui.messages`` compiles; ``--check`` also names every sentence that has no Lao words.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "locale"
# Functions whose strings are shown to people, and which argument is the sentence.
SPOKEN: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "t": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "permission": (2,),
}
_CALL = re.compile(r"\b(n?gettext|_)\(\s*((?:u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")\s*,?\s*)+)")
_LITERAL = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"")


def merged(language: str = "lo", *, differing: list[str] | None = None) -> Catalog:
    """All parts as one catalogue; of two translations the first part's is taken.

    ``differing`` receives a line for each sentence that two parts translate in two ways.
    """
    # A fixed date: equal parts give an equal file.
    dated = datetime(2021, 1, 1, tzinfo=UTC)
    whole = Catalog(
        locale=language,
        project="OneDoor",
        charset="utf-8",
        fuzzy=False,
        creation_date=dated,
        revision_date=dated,
    )
    whole._num_plurals, whole._plural_expr = 1, "0"  # type: ignore[assignment]  # Babel knows no Lao
    said: dict[object, tuple[object, str]] = {}
    for path in sorted((LOCALE / "parts").glob("*.po")):
        with path.open("rb") as source:
            part = read_po(source, locale=language, charset="utf-8", abort_invalid=True)
        for message in part:
            if not message.id or not message.string or message.fuzzy:
                continue
            string = message.string[:1] if isinstance(message.string, (tuple, list)) else message.string
            if not (string[0] if isinstance(string, tuple) else string):
                continue
            before = said.setdefault(message.id, (string, path.name))
            if before[0] != string:
                if differing is not None:
                    differing.append(f"{path.name} and {before[1]} differ about {message.id!r}")
                continue
            whole.add(message.id, string)
    return whole


def compile_all() -> Path:
    """Write the Lao catalogue that the program reads, if it changed; returns its path."""
    target = LOCALE / "lo" / "LC_MESSAGES" / "django.mo"
    buffer = io.BytesIO()
    write_mo(buffer, merged())
    if not target.is_file() or target.read_bytes() != buffer.getvalue():
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".new")
        fresh.write_bytes(buffer.getvalue())
        fresh.replace(target)
    return target


Spoken = str | tuple[str, str]


def used() -> dict[Spoken, str]:
    """Every sentence of templates and programs (a pair where it has a plural) with the place of its first use."""
    found: dict[Spoken, str] = {}
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or {"migrations", "static"} & set(path.parts):
            continue
        sentences = _of_program(path) if path.suffix == ".py" else _of_template(path)
        for line, sentence in sentences:
            found.setdefault(sentence, f"{path.relative_to(PACKAGE.parent).as_posix()}:{line}")
    return found


def _of_program(path: Path) -> Iterator[tuple[int, Spoken]]:
    with path.open("rb") as source:
        for line, sentence, _comments, _context in extract("python", source, keywords=SPOKEN):
            forms = [form for form in ([sentence] if isinstance(sentence, str) else sentence) if form]
            if forms:
                yield line, forms[0] if len(forms) == 1 else (forms[0], forms[1])


def _of_template(path: Path) -> Iterator[tuple[int, Spoken]]:
    from django.utils.translation.template import templatize

    plain = templatize(path.read_text(encoding="utf-8"))
    for call in _CALL.finditer(plain):
        forms = [ast.literal_eval(one) for one in _LITERAL.findall(call[2])]
        if forms:
            line = plain.count("\n", 0, call.start()) + 1
            yield line, (forms[0], forms[1]) if call[1] == "ngettext" else forms[0]


def gaps() -> list[str]:
    """``place: sentence`` for each sentence in use without Lao words (for a plural: without its plural)."""
    lao: set[Spoken] = set()
    for message in merged():
        if isinstance(message.id, str):
            lao.add(message.id)
        else:
            lao |= {(message.id[0], message.id[1]), message.id[0]}
    missing = ((sentence, place) for sentence, place in used().items() if sentence not in lao)
    return [f"{place}: {' | '.join([said] if isinstance(said, str) else said)}" for said, place in missing]


def main(arguments: list[str]) -> int:
    """Compile; with ``--check`` report gaps and fail if there are any."""
    compile_all()
    if "--check" not in arguments:
        return 0
    differing: list[str] = []
    merged(differing=differing)
    missing = gaps()
    sys.stdout.writelines(f"{line}\n" for line in (*differing, *missing))
    sys.stdout.write(
        f"{len(missing)} of {len(used())} sentences have no Lao words; {len(differing)} have two.\n"
    )
    return 1 if missing or differing else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
