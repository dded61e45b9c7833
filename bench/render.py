"""A form of 40 questions of every kind as the page that a citizen gets: how long drawing it takes, what it weighs as sent.

``ms`` is the whole page (frame, questions, one in three answered, conditions held against the answers) from the compiled
form to text. ``kb`` is that page compressed, as it crosses a citizen's link; ``plain_kb`` is the same page as
text. ``cpu_ms`` is the processor's time alone.
"""

from __future__ import annotations

import gzip
import statistics
import time
from typing import Any

from bench.harness import finish, node, say

GOALS = {"ms": ("<=", 20), "kb": ("<=", 40)}
QUESTIONS, ROUNDS, WARM = 40, 200, 20
WORDS = {"lo": "ຄຳຖາມທີ່ຍາວພໍສົມຄວນ ກ່ຽວກັບຜູ້ຮ້ອງ", "en": "A question of fair length about the applicant"}
TYPES = {
    "person-name": "object",
    "address": "object",
    "multi-choice": "array",
    "group": "array",
    "yes-no": "boolean",
    "number": "integer",
    "money": "integer",
}


def main() -> None:
    """Draws the page again and again, in both languages."""
    with node():
        from onedoor.domain.catalogue.api import compile_form

        schema = _schema()
        begun = time.perf_counter()
        form = compile_form(schema)
        compiled = (time.perf_counter() - begun) * 1000
        data = _answers(form)
        pages = {language: _page(form, data, language) for language in ("lo", "en")}
        for language, page in pages.items():
            say(
                f"{language}: {len(_sent(page)) / 1024:.1f} KB as sent, {len(page.encode()) / 1024:.1f} KB as text"
            )
        figures = {
            "ms": round(max(_time(form, data, language) for language in pages), 2),
            "kb": round(max(len(_sent(page)) for page in pages.values()) / 1024, 1),
            "plain_kb": round(max(len(page.encode()) for page in pages.values()) / 1024, 1),
            "cpu_ms": round(max(_cpu(form, data, language) for language in pages), 2),
            "compile_ms": round(compiled, 2),
            "questions": len(form.asked(data)),
        }
    finish("render", figures, GOALS)


def _time(form: Any, data: dict[str, Any], language: str) -> float:
    for _ in range(WARM):
        _page(form, data, language)
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        _page(form, data, language)
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def _cpu(form: Any, data: dict[str, Any], language: str) -> float:
    """What the processor spends on one page, whoever else uses the machine."""
    begun = time.process_time()
    for _ in range(ROUNDS):
        _page(form, data, language)
    return (time.process_time() - begun) * 1000 / ROUNDS


def _page(form: Any, data: dict[str, Any], language: str) -> str:
    """The page of questions in the citizen's frame."""
    from django.template.loader import render_to_string
    from django.test import RequestFactory
    from django.utils.translation import override

    from onedoor.domain.catalogue.api import Showing, form_shown

    with override(language):
        about = {
            "parts": form_shown(form, Showing(data=data, few=7)),
            "service": {"name": WORDS, "code": "form"},
            "errors": [],
        }
        return render_to_string(
            "citizen/prepare.html", about, RequestFactory().get("/services/form/prepare/")
        )


def _sent(page: str) -> bytes:
    return gzip.compress(page.encode(), compresslevel=6)


def _schema() -> dict[str, Any]:
    """40 questions: every kind in turn, every fifth of them on a condition that holds."""
    kinds = ("text", "choice", "person-name", "date", "unit", "yes-no", "number", "address", "money", "phone")
    kinds += ("multi-choice", "long-text", "group")
    asked = {f"q{number}": _question(kinds[number % len(kinds)], number) for number in range(QUESTIONS)}
    sections = [
        {"id": f"s{start}", "title": WORDS, "fields": list(asked)[start : start + 8]}
        for start in range(0, QUESTIONS, 8)
    ]
    return {"type": "object", "properties": asked, "required": [], "x-sections": sections}


def _question(kind: str, number: int) -> dict[str, Any]:
    held: dict[str, Any] = {"type": TYPES.get(kind, "string"), "x-field": kind, "x-label": WORDS}
    answers = [f"a{each}" for each in range(5)]
    if kind == "choice":
        held |= {"enum": answers, "x-labels": dict.fromkeys(answers, WORDS)}
    if kind == "multi-choice":
        held |= {"items": {"enum": answers}, "x-labels": dict.fromkeys(answers, WORDS)}
    if kind in ("number", "money"):
        held |= {"minimum": 0, "maximum": 1_000_000_000}
    if kind == "group":
        inside = {
            name: {"type": "string", "x-field": "text", "x-label": WORDS} for name in ("one", "two", "three")
        }
        held |= {
            "minItems": 2,
            "maxItems": 5,
            "items": {"type": "object", "properties": inside},
            "x-order": list(inside),
        }
    if number % 5 == 4:
        held["x-when"] = {"if": f"q{number - 4} != 0", **WORDS}
    if number % 2:
        held["x-help"] = WORDS
    return held


def _answers(form: Any) -> dict[str, Any]:
    """Every third question answered, by its kind."""
    said: dict[str, Any] = {
        "text": "ບ້ານໂພນທັນ",
        "choice": "a2",
        "person-name": {"lo": "ນາງ ດາວ ວົງໄຊ", "en": "Dao Vongxay"},
        "date": "2026-02-20",
        "unit": "0103",
        "yes-no": True,
        "number": 12_000,
        "address": {"province": "01", "district": "0103", "village": "ໂພນທັນ"},
        "money": 1_250_000,
        "phone": "020 5555 1234",
        "multi-choice": ["a1", "a3"],
        "long-text": "ຕາມເອກະສານທີ່ຕິດຄັດມາພ້ອມ",
        "group": [{"one": "1", "two": "2", "three": "3"}],
    }
    return {each.name: said[each.kind] for number, each in enumerate(form.questions) if number % 3 == 0}


if __name__ == "__main__":
    main()
