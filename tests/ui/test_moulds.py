"""Moulds: drawn once for a shape and a language, filled with escaped values, holding nothing else."""

from pathlib import Path
from typing import Any

import pytest
from django.template import engines
from django.utils.translation import override

from onedoor.ui.moulds import Hole, Mould

SOURCE = (
    "{% load i18n ui %}<p title='{{ name }}'>{% trans 'Called' %} {{ name }} {{ at|time_text }}</p>"
    "{% if loud %}!{% endif %}"
)


@pytest.fixture
def drawings(settings: Any, tmp_path: Path) -> list[bool]:
    """Counts how often the template's context was asked for."""
    (tmp_path / "fragment.html").write_text(SOURCE)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    return []


def mould(drawings: list[bool]) -> Mould[bool]:
    def context(loud: bool, hole: Hole) -> dict[str, Any]:
        drawings.append(loud)
        return {"loud": loud, "name": hole("name"), "at": hole("at")}

    return Mould("fragment.html", context)


def test_it_is_drawn_once_for_a_shape_and_a_language(drawings: list[bool]) -> None:
    fragment = mould(drawings)
    with override("en"):
        first = fragment.filled(False, name="A001", at="08:05")
        second = fragment.filled(False, name="A002", at="08:06")
    assert first == "<p title='A001'>Called A001 08:05</p>"
    assert second == "<p title='A002'>Called A002 08:06</p>", "nothing of the first is in the second"
    assert drawings == [False]
    with override("en"):
        assert fragment.filled(True, name="A", at="1").endswith("!")
    with override("lo"):
        assert "Called" not in fragment.filled(False, name="A", at="1")
    assert drawings == [False, True, False]


def test_values_are_escaped_as_a_template_escapes_them(drawings: list[bool]) -> None:
    hostile = """<b onclick='x("&amp;")'>"""
    with override("en"):
        filled = mould(drawings).filled(False, name=hostile, at="")
        drawn = engines["django"].get_template("fragment.html").render({"name": hostile, "at": ""})
    assert filled == drawn and "<b" not in filled


def test_a_hole_without_a_value_is_a_fault(drawings: list[bool]) -> None:
    with pytest.raises(KeyError):
        mould(drawings).filled(False, name="A001")
