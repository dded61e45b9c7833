"""A compiled form: what it asks for these answers, what was posted, what is wrong with it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _
from jsonschema import Draft202012Validator

from onedoor.domain.catalogue.rules.forms.conditions import asked_by, deciding, settled
from onedoor.domain.catalogue.rules.forms.kinds import KINDS, About
from onedoor.domain.catalogue.rules.forms.kinds.base import NOT_VALID
from onedoor.domain.catalogue.rules.forms.questions import MOST_ROWS, Question, Section


@dataclass(frozen=True, kw_only=True)
class Form:
    """A compiled form."""

    sections: tuple[Section, ...]
    validator: Draft202012Validator
    applicant: Mapping[str, str]
    document: Mapping[str, Any]

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions in order, also those that are asked only of some."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def deciding(self) -> frozenset[str]:
        """The questions whose answers show or hide others."""
        return deciding(self.sections)

    @cached_property
    def plain(self) -> bool:
        """Whether every applicant is asked the same."""
        rows = [each for question in self.questions for each in question.fields]
        return not self.deciding and not any(each.when for each in rows)

    @cached_property
    def exact(self) -> tuple[Question, ...]:
        """The questions whose answers hold decimals."""
        return tuple(each for each in self.questions if each.places or any(one.places for one in each.fields))

    def known(self, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The answers as rules reckon with them: what is kept as a text of digits is a decimal."""
        if not self.exact:
            return data
        exact = {
            each.name: KINDS[each.kind].known(each, data[each.name])
            for each in self.exact
            if each.name in data
        }
        return {**data, **exact}

    def part(self, names: Collection[str]) -> "Form":
        """Only the questions with these names, and those that decide whether they are asked; its schema accepts anything."""
        wanted = set(names)
        for section in reversed(self.sections):
            for question in reversed(section.questions):
                if question.name in wanted:
                    wanted |= set().union(*(each.names for each in (question.when, section.when) if each))
        sections = tuple(
            replace(section, questions=tuple(each for each in section.questions if each.name in wanted))
            for section in self.sections
        )
        kept = tuple(section for section in sections if section.questions)
        return replace(self, sections=kept, validator=Draft202012Validator({}))

    @cached_property
    def away(self) -> "Form":
        """What is asked away from a counter: everything but files, which are brought and scanned there."""
        sections = tuple(
            replace(section, questions=tuple(each for each in section.questions if each.kind != "file"))
            for section in self.sections
        )
        kept = tuple(section for section in sections if section.questions)
        return replace(self, sections=kept, validator=Draft202012Validator({}))

    def section(self, id: str) -> Section | None:
        """The section with this id."""
        return next((each for each in self.sections if each.id == id), None)

    def said(
        self, section: Section, posted: Mapping[str, Any], before: Mapping[str, Any], *, without: str = ""
    ) -> dict[str, Any]:
        """All answers after one section was filled in: its inputs on a page, and what was said elsewhere before.

        Args:
            before: the answers so far. without: as of `read`.
        """
        here = {
            question.name: KINDS[question.kind].read(question, posted, question.name, without)
            for question in section.questions
        }
        return self.settled({**before, **here})

    def asked(self, data: Mapping[str, Any]) -> tuple[Question, ...]:
        """The questions that are asked of somebody with these answers."""
        return tuple(question for _section, shown in asked_by(self.sections, data) for question in shown)

    def pages(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        """The ids of the sections that ask somebody with these answers anything."""
        return tuple(section.id for section, shown in asked_by(self.sections, data) if shown)

    def settled(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The answers to what is asked; those of hidden questions, and anything else, are left out."""
        return settled(self.sections, data)

    def read(self, posted: Mapping[str, Any], *, without: str = "") -> dict[str, Any]:
        """The answers that inputs of a page stand for, without empty ones and those of hidden questions.

        Args:
            without: the row of a group (``children.1``) that is taken out.
        """
        data = {
            question.name: KINDS[question.kind].read(question, posted, question.name, without)
            for question in self.questions
        }
        return self.settled(data)

    def inputs(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a page's inputs for data that was kept."""
        values: dict[str, Any] = {}
        for question in self.questions:
            values |= KINDS[question.kind].typed(question, data.get(question.name), question.name)
        return values

    def fits(self, name: str, value: Any) -> bool:
        """Whether a value is of the shape that a question is answered with; right or wrong is seen later."""
        question = next((each for each in self.questions if each.name == name), None)
        return question is not None and KINDS[question.kind].fits(question, value)

    def unknown(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names among these that are no inputs of the form."""
        return tuple(name for name in names if not self._is_input(name))

    def _is_input(self, name: str) -> bool:
        if name in self._inputs:
            return True
        group, _dot, rest = name.partition(".")
        row, _dot, inner = rest.partition(".")
        if not (group in self._rows and row.isascii() and row.isdecimal() and len(row) < 4):
            return False
        return int(row) < MOST_ROWS and inner in self._rows[group]

    @cached_property
    def _inputs(self) -> frozenset[str]:
        single = [name for question in self.questions if not question.fields for name in question.inputs]
        return frozenset([*single, *(f"{name}.rows" for name in self._rows)])

    @cached_property
    def _rows(self) -> dict[str, frozenset[str]]:
        return {
            question.name: frozenset(name for each in question.fields for name in each.inputs)
            for question in self.questions
            if question.fields
        }

    def faults(
        self,
        data: Mapping[str, Any],
        *,
        today: date,
        units: Collection[str] | Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """A sentence for each input that is missing or wrong, in the order of the form; empty when all is right.

        Args:
            units: the codes of the units that may be named, best with the code above each (None: not checked here).
        """
        about = About(today, units)
        found: dict[str, Any] = {}
        for question in self.asked(data):
            found |= KINDS[question.kind].faults(question, data.get(question.name), question.name, about)
        return found or self._schema_faults(self.settled(data))

    def _schema_faults(self, data: dict[str, Any]) -> dict[str, Any]:
        """What the schema finds wrong, where no kind did; the sentence stands at the input, or at the question."""
        found: dict[str, Any] = {}
        for error in self.validator.iter_errors(data):
            place = ".".join(str(part) for part in error.absolute_path) or self.questions[0].name
            root = place.partition(".")[0]
            question = next((each for each in self.questions if each.name == root), self.questions[0])
            whole = not question.fields and place not in question.inputs
            sentence = PATTERN if error.validator == "pattern" else NOT_VALID
            found.setdefault(question.inputs[0] if whole else place, sentence)
        return found


PATTERN = _("This is not written as it is asked for here.")
