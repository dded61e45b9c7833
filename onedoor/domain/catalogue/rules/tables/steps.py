"""Steps of a table, and answers of a choice: what they leave out and what they say twice. No database, no clock."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext_noop as _

from onedoor.domain.catalogue.rules.fees import FeeRow, grouped
from onedoor.domain.catalogue.rules.sentences import Sentence, sentence
from onedoor.domain.catalogue.rules.tables.asked import Asked
from onedoor.kernel.money import LARGEST

Where = tuple[str | int, ...]
Faults = Iterator[tuple[Where, Sentence]]
ABOVE = _("the amount must be above 0: %(amount)s")
GAP = _("no fee from %(start)s to %(end)s: the fee table has a gap")
ENDLESS = _("no fee from %(start)s on: the fee table has a gap")


def step_faults(row: FeeRow, least: int, most: int | None) -> Faults:
    """Where the steps of a line leave a number between least and most uncovered, or cover one twice; without most, for ever."""
    following: int | None = least
    for index, step in enumerate(row.steps):
        at: Where = ("steps", index)
        if not 0 < step.amount <= LARGEST:
            yield at, sentence(ABOVE, amount=step.amount)
        if step.upto is not None and step.upto < step.start:
            pattern = _("the step ends (%(end)s) before it begins (%(start)s)")
            yield at, sentence(pattern, end=step.upto, start=step.start)
            return
        if following is None or (index and step.start < following):
            pattern = _("the step from %(start)s overlaps the one before it: both hold for %(number)s")
            number = max(step.start, row.steps[index - 1].start)
            yield at, sentence(pattern, start=grouped(step.start), number=grouped(number))
            return
        if step.start > following:
            yield at, sentence(GAP, start=grouped(following), end=grouped(step.start - 1))
        following = None if step.upto is None else step.upto + 1
    if following is None:
        return
    if most is None:
        yield ("steps",), sentence(ENDLESS, start=grouped(following))
    elif following <= most:
        yield ("steps",), sentence(GAP, start=grouped(following), end=grouped(most))


def choice_faults(where: Where, question: str, values: tuple[str, ...], asked: Mapping[str, Asked]) -> Faults:
    """Whether a question is a required choice of the form, and has these answers."""
    held = asked.get(question)
    if held is None or not held.choices:
        yield where, sentence(_("“%(question)s” is not a choice of the form"), question=question)
        return
    if not held.required:
        yield where, unrequired(question)
    for value in values:
        if value not in held.choices:
            pattern = _("“%(value)s” is no answer of “%(question)s”")
            yield where, sentence(pattern, value=value, question=question)


def unrequired(question: str) -> Sentence:
    """A fee goes by a question that may be left out."""
    pattern = _("the question “%(question)s” must be a required one: the fee goes by it")
    return sentence(pattern, question=question)


def bound_faults(row: FeeRow) -> Faults:
    """A floor above the ceiling, or one of them below 0."""
    for key, bound in (("floor", row.floor), ("ceiling", row.ceiling)):
        if not 0 <= bound <= LARGEST:
            yield (key,), sentence(ABOVE, amount=bound)
    if row.ceiling and row.floor > row.ceiling:
        pattern = _("the least (%(floor)s) is more than the most (%(ceiling)s)")
        yield ("floor",), sentence(pattern, floor=grouped(row.floor), ceiling=grouped(row.ceiling))


def share_fault(text: str, most: int = 100) -> Sentence | None:
    """What is wrong with a share in percent."""
    try:
        right = Decimal(0) < Decimal(text) <= most and "e" not in text.lower()
    except InvalidOperation:
        right = False
    pattern = _("“%(share)s” is not a share in percent, such as 2 or 0.5")
    return None if right else sentence(pattern, share=text)
