"""Everything that the modelers ask to have translated has its words, in Lao too."""

import json

import pytest
from django.utils.translation import override

from onedoor.doors.console.designer.modeler_words import modeler_words
from onedoor.ui.build import build

SAME = {'"value"', '"value", "value", ...'}


@pytest.mark.parametrize("modeler", ["bpmn", "dmn"])
def test_no_tool_of_a_modeler_speaks_english_on_a_lao_page(modeler: str) -> None:
    asked = json.loads((build() / ".sayings.json").read_text(encoding="utf-8"))[modeler]
    assert len(asked) > 50
    with override("lo"):
        said = modeler_words(modeler)
    lacking = [text for text in asked if not any("\u0e80" <= sign <= "\u0eff" for sign in said.get(text, ""))]
    assert [text for text in lacking if text not in SAME] == []
    slots = [text for text in asked if text.count("{") != said[text].count("{")]
    assert slots == []
