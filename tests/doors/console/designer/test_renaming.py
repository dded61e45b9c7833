"""A question under another name: its place, answers and meanings go with it, and the differences say so."""

from dataclasses import replace

import pytest

from onedoor.domain.catalogue.rules.differences import differences
from onedoor.domain.catalogue.rules.forms import compile_form
from onedoor.doors.console.designer.questions import rename_question
from onedoor.kernel.errors import Invalid
from tests.domain.catalogue.rules.test_differences import WHOLE, english


def test_a_renamed_question_keeps_its_place_and_tells_its_earlier_name() -> None:
    form = rename_question(WHOLE.form, "birth_date", "born_on")
    assert [*form["properties"]] == [
        "born_on" if name == "birth_date" else name for name in WHOLE.form["properties"]
    ]
    assert form["properties"]["born_on"]["x-was"] == ["birth_date"] and "birth_date" not in str(
        form["x-sections"]
    )
    assert "born_on" in form["required"] and compile_form(form)
    said = english(differences(WHOLE, replace(WHOLE, form=form)))
    assert "renamed" in said and "no longer asked" not in said and "now asked" not in said
    back = rename_question(form, "born_on", "birth_date")["properties"]["birth_date"]
    assert back["x-was"] == ["born_on"]


@pytest.mark.parametrize("name", ["", "9x", "Born", "a b", "sex", "x" * 41])
def test_a_name_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        rename_question(WHOLE.form, "birth_date", name)
