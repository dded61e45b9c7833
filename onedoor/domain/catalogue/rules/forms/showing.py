"""A form as every door shows it: sections, questions and inputs in the reader's language; the templates of ui/form draw them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.catalogue.rules.forms.conditions import asked_by
from onedoor.domain.catalogue.rules.forms.form import Form
from onedoor.domain.catalogue.rules.forms.kinds import ROWS
from onedoor.domain.catalogue.rules.forms.questions import Question, Section
from onedoor.kernel.i18n import text

Options = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
# The units of a kind under the names of those above them; the second argument keeps to one of these.
Places = Callable[[str, str], Options]
DAY_FIRST = _("Day/month/year, such as 25/12/2026")
PARTLY = _("Day/month/year, such as 25/12/1962. If only the year is known, write the year alone: 1962")
DECIMALS_AS = _("Point or comma before the decimals: 0.25 or 0,25")
PARTS = {
    "lo": _("In Lao letters"),
    "en": _("In Latin letters"),
    "province": _("Province"),
    "district": _("District"),
    "village": _("Village"),
}
# The keys that a telephone shows.
MODES = defaultdict(str, number="numeric", money="numeric", decimal="decimal")
CURRENCIES = {"LAK": _("kip")}
LOOKS = {
    "long-text": "lines",
    "choice": "list",
    "unit": "list",
    "multi-choice": "checks",
    "yes-no": "radios",
    "file": "file",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One input; ``asks``: what is answered here shows or hides other questions."""

    name: str
    label: str
    value: Any = ""
    look: str = "line"
    type: str = "text"
    hint: str = ""
    error: Any = ""
    optional: bool = False
    options: Options = ()
    longest: int = 2000
    mode: str = ""
    suffix: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a group: its name (``children.1``), its number for people, its questions."""

    name: str
    number: int
    groups: tuple["Group", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A question: one input, several under one legend, or rows of questions.

    ``more``: one more row may be added; ``fixed``: none is taken out. ``when``: of whom it is asked, in words.
    """

    name: str
    label: str
    look: str = "line"
    hint: str = ""
    error: Any = ""
    optional: bool = False
    inputs: tuple[Input, ...] = ()
    rows: tuple[Row, ...] = ()
    more: bool = False
    fixed: bool = False
    when: str = ""

    @property
    def one(self) -> Input | None:
        """The first input, and for most questions the only one."""
        return self.inputs[0] if self.inputs else None

    @property
    def template(self) -> str:
        """What draws it."""
        return f"ui/form/{self.look}.html"

    @property
    def asks(self) -> bool:
        """Whether other questions depend on it."""
        return any(each.asks for each in self.inputs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of the form."""

    id: str
    title: str
    help: str
    groups: tuple[Group, ...] = ()
    faulty: bool = False
    when: str = ""


@dataclass(frozen=True, kw_only=True)
class Showing:
    """How a form is shown: the answers so far, what is wrong with them, and the group that wants one more row.

    ``paper``: the whole form as one prints it, with of whom each question is asked, its choices written out.
    ``few``: up to how many choices are shown at once and not in a list that opens.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, Any] = field(default_factory=dict)
    more: str = ""
    paper: bool = False
    few: int = 0


def shown(form: Form, about: Showing, *, places: Places) -> tuple[Part, ...]:
    """The form's sections for somebody with these answers; sections without a question for her are left out."""
    found = []
    draw = _Drawing(form, about, places)
    visible: Iterable[tuple[Section, Sequence[Question]]] = asked_by(form.sections, about.data)
    if about.paper:
        visible = ((section, section.questions) for section in form.sections)
    for section, questions in visible:
        if not questions:
            continue
        groups = tuple(draw.group(question, question.name) for question in questions)
        found.append(
            Part(
                id=section.id,
                title=text(section.title),
                help=text(section.help),
                groups=groups,
                faulty=any(group.error or any(each.error for each in group.inputs) for group in groups),
                when=text(section.when.words) if section.when and about.paper else "",
            )
        )
    return tuple(found)


def summary(form: Form, faults: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The error summary: the id of each faulty input, and the sentence with the question's label."""
    return [(f"id_{name}", _said(form, name, sentence)) for name, sentence in faults.items()]


def _said(form: Form, name: str, sentence: Any) -> str:
    root, _dot, rest = name.partition(".")
    question = next((each for each in form.questions if each.name == root), None)
    if question is None:
        return str(sentence)
    labels = [text(question.label)]
    number, _dot, inner = rest.partition(".")
    if question.fields and number.isdecimal():
        field_name = inner.partition(".")[0]
        field_label = next((text(each.label) for each in question.fields if each.name == field_name), "")
        labels = [f"{labels[0]} {int(number) + 1}", field_label]
    return f"{', '.join(label for label in labels if label)}: {sentence}"


class _Drawing:
    """Draws questions of one form; ``at`` is the name under which a question's inputs are posted."""

    def __init__(self, form: Form, about: Showing, places: Places) -> None:
        self.form, self.about, self.places = form, about, places
        self.values = form.inputs(about.data)

    def group(self, question: Question, at: str) -> Group:
        """A question as it is drawn."""
        same: dict[str, Any] = {
            "name": at,
            "label": text(question.label),
            "optional": not question.required,
            "when": text(question.when.words) if question.when and self.about.paper else "",
        }
        if question.kind == "group":
            return self._rows(question, at, same)
        if question.kind in ("person-name", "address"):
            return Group(**same, look="pair", hint=text(question.help), inputs=self._parts(question, at))
        one = self._one(question, at)
        return Group(**same, look=one.look, inputs=(one,))

    def _one(self, question: Question, at: str) -> Input:
        hints = [text(question.help)]
        if question.kind == "date":
            hints.append(str(PARTLY if question.partial else DAY_FIRST))
        if question.places:
            hints.append(str(DECIMALS_AS))
        measure = CURRENCIES.get(question.currency, question.currency) or text(question.measure)
        return Input(
            name=at,
            label=text(question.label),
            value=self.values.get(at, ""),
            look=self._look(question),
            type="tel" if question.kind == "phone" else "text",
            hint=" · ".join(said for said in hints if said),
            error=self.about.faults.get(at, ""),
            optional=not question.required,
            options=self._options(question),
            longest=question.longest,
            mode=MODES["decimal" if question.places else question.kind],
            suffix=str(measure),
            asks=self._decides(at),
        )

    def _decides(self, name: str) -> bool:
        return not self.about.paper and name in self.form.deciding

    def _look(self, question: Question) -> str:
        if question.kind == "choice" and len(question.choices) <= (
            99 if self.about.paper else self.about.few
        ):
            return "radios"
        if self.about.paper and question.kind in ("unit", "file"):
            return "line" if question.kind == "unit" else "brought"
        return LOOKS.get(question.kind, "line")

    def _options(self, question: Question) -> Options:
        if question.kind in ("choice", "multi-choice"):
            return (("", tuple((value, text(label)) for value, label in question.choices)),)
        if question.kind == "yes-no":
            return (("", (("yes", str(_("Yes"))), ("no", str(_("No"))))),)
        if question.kind == "unit" and not self.about.paper:
            return self.places(question.unit_kind, "")
        return ()

    def _parts(self, question: Question, at: str) -> tuple[Input, ...]:
        values, faults = self.values, self.about.faults
        found = []
        for name in question.inputs_at(at):
            part = name.rpartition(".")[2]
            one = Input(
                name=name,
                label=str(PARTS[part]),
                value=values.get(name, ""),
                error=faults.get(name, ""),
                longest=200,
                asks=self._decides(question.name),
            )
            if part in ("province", "district") and not self.about.paper:
                within = values.get(f"{at}.province", "") if part == "district" else ""
                one = replace(one, look="list", options=self.places(part, within), asks=True)
            found.append(one)
        return tuple(found)

    def _rows(self, question: Question, at: str, same: dict[str, Any]) -> Group:
        typed = str(self.values.get(f"{at}.rows", ""))
        count = int(typed) if typed.isascii() and typed.isdecimal() else 0
        on_paper = min(3, int(question.most)) if self.about.paper else 0
        most = int(question.most)
        wanted = max(count + (self.about.more == at), int(question.least), on_paper)
        count = min(wanted, max(most, count))
        rows = tuple(
            Row(name=f"{at}.{number}", number=number + 1, groups=self._row(question, at, number))
            for number in range(count)
        )
        return Group(
            **same,
            look="rows",
            hint=text(question.help),
            error=self.about.faults.get(at, ""),
            rows=rows,
            more=count < most and not self.about.paper,
            fixed=self.about.paper,
        )

    def _row(self, question: Question, at: str, number: int) -> tuple[Group, ...]:
        rows = self.about.data.get(at)
        row = rows[number] if isinstance(rows, list) and number < len(rows) else None
        known = ROWS.row_known(question, row if isinstance(row, Mapping) else {})
        found = []
        for each in question.fields:
            if self.about.paper or each.when is None or each.when.holds(known):
                group = self.group(each, f"{at}.{number}.{each.name}")
                decides = not self.about.paper and any(
                    each.name in other.when.names for other in question.fields if other.when
                )
                inputs = tuple(replace(one, asks=one.asks or decides) for one in group.inputs)
                found.append(replace(group, inputs=inputs))
        return tuple(found)
