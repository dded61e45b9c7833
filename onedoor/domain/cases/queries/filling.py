"""An application filled in page by page, the same at home, at the kiosk and on the telephone: one section, one page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

import orjson

from onedoor.domain.cases.errors import NotAsked, NothingPrepared
from onedoor.domain.cases.providers.documents import place
from onedoor.domain.cases.queries.answers import faults_in
from onedoor.domain.cases.queries.prepared import preparation
from onedoor.domain.cases.rules import Answers
from onedoor.domain.cases.rules.prepared import Prepared
from onedoor.domain.cases.rules.walking import BESIDE, DRAWN, SEEN, leads
from onedoor.domain.catalogue.api import (
    KINDS,
    FeeNeedsAnswer,
    Form,
    Paper,
    Part,
    Question,
    Quote,
    ServiceView,
    Showing,
    Upgrade,
    form_shown,
    form_to_ask,
    given,
    quote,
    service_version,
    summary,
    to_bring,
    upgraded,
)
from onedoor.kernel.errors import Missing

# Choices are shown at once up to this many; more open as a list.
FEW = 7


@dataclass(frozen=True, kw_only=True)
class FillingPage:
    """One section as a page. ``number`` of ``among`` pages; ``before`` and ``after``: the ids beside it, empty at the ends.

    ``mark``: of the answers that are kept, so that the page can tell when another window has changed them.
    """

    id: str
    title: str
    parts: tuple[Part, ...]
    number: int
    among: int
    before: str
    after: str
    errors: tuple[tuple[str, str], ...]
    mark: str


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Where a page that was sent leads: ``page`` is drawn, else ``goes`` is the id of the next; with neither all was asked.

    ``carried``: what became of the answers, when the service was published anew while the page was open. ``overtaken``: what
    another window kept meanwhile, by question; the page shows what was typed here, and nothing of it was kept.
    """

    page: FillingPage | None = None
    goes: str = ""
    carried: Upgrade | None = None
    overtaken: tuple[tuple[Mapping[str, str], Any], ...] = ()

    @property
    def status(self) -> int:
        """How the page is answered."""
        if self.overtaken:
            return 409
        return 422 if self.page and self.page.errors else 200


@dataclass(frozen=True, kw_only=True)
class FillingState:
    """How far one section is: done, or something of it is missing."""

    id: str
    title: str
    done: bool
    answers: Answers


@dataclass(frozen=True, kw_only=True)
class Filling:
    """A prepared application and the form that asks for it. Files are not asked: they are brought to the counter."""

    prepared: Prepared
    today: date

    @cached_property
    def service(self) -> ServiceView:
        """The edition in force."""
        return service_version(self.prepared.edition)

    @cached_property
    def form(self) -> Form:
        """What can be asked away from a counter."""
        return form_to_ask(self.prepared.edition).away

    @cached_property
    def faults(self) -> Mapping[str, Any]:
        """What is still missing or wrong, by the name of its input."""
        return faults_in(self.form, self.prepared.data, today=self.today)

    @property
    def first(self) -> str:
        """The id of the first page."""
        return self.form.sections[0].id if self.form.sections else ""

    def page(self, id: str, *, faults: Mapping[str, Any] | None = None, more: str = "") -> FillingPage:
        """A section with what was said. Missing when it is not asked of somebody with these answers."""
        about = Showing(data=self.prepared.data, faults=faults or {}, more=more, few=FEW)
        parts = form_shown(self.form, about)
        ids = [part.id for part in parts]
        if id not in ids:
            raise Missing()
        at = ids.index(id)
        return FillingPage(
            id=id,
            title=parts[at].title,
            parts=(parts[at],),
            number=at + 1,
            among=len(ids),
            before=ids[at - 1] if at else "",
            after=ids[at + 1] if at + 1 < len(ids) else "",
            errors=tuple(summary(self.form, faults or {})),
            mark=self._mark(id),
        )

    def read(self, id: str, posted: Mapping[str, Any]) -> dict[str, Any]:
        """All answers after a page was sent. NotAsked, naming the input, when it says what the section does not ask; Missing.

        A page that was drawn before the service was published anew is read by the form that drew it.
        """
        form, before = (
            (self._former, self.prepared.former) if self._drawn_before(posted) else (self.form, None)
        )
        section = form.section(id)
        if section is None:
            raise Missing()
        here = form.part({question.name for question in section.questions})
        if strange := here.unknown(name for name in posted if name not in BESIDE):
            raise NotAsked(field=strange[0][:200])
        removed = posted.get("_remove", "")
        if before is None:
            return form.said(section, posted, self.prepared.data, without=removed)
        said = form.said(section, posted, before, without=removed)
        return dict(upgraded(form, self.form, said, today=self.today, place=place).data)

    def open(self, id: str) -> Turn:
        """A page as it is asked for. Missing when it is not asked of somebody with these answers."""
        return Turn(page=self.page(id), carried=self.prepared.newer)

    def overtaken(self, id: str, posted: Mapping[str, Any], data: Mapping[str, Any]) -> Turn | None:
        """The page once more, when another window kept other answers to it after it was drawn; None when none did.

        Sent again, it is kept: whoever filled it in has seen what the other window said.
        """
        if posted.get(SEEN, self._mark(id)) == self._mark(id) or self._drawn_before(posted):
            return None
        kept, here = self.prepared.data, self._asked_on(id)
        differing = tuple(
            (
                each.label,
                KINDS[each.kind].said(each, kept[each.name], place) if given(kept.get(each.name)) else "",
            )
            for each in here
            if (kept.get(each.name) or None) != (data.get(each.name) or None)
        )
        if not differing:
            return None
        hers = replace(self, prepared=replace(self.prepared, data=data))
        return Turn(page=replace(hers.page(id), mark=self._mark(id)), overtaken=differing)

    def turn(self, id: str, posted: Mapping[str, Any], saved: Prepared) -> Turn:
        """Where the page leads, now that what it said was saved. Missing when it is not asked of somebody with these answers."""
        held = replace(self, prepared=saved)
        if self._drawn_before(posted):
            here = id if id in held._ids else held.first
            return Turn(page=held.page(here), carried=self.prepared.newer)
        if id not in held._ids:
            raise Missing()
        faults = held.faults_on(id, saved.data)
        to = leads(posted.keys(), pages=held._ids, here=id, faults=faults)
        if to.where == "again":
            return Turn(page=held.page(id, more=posted.get("_add", "")))
        if to.where == "faulty":
            return Turn(page=held.page(id, faults=faults))
        return Turn(goes=to.page)

    def _drawn_before(self, posted: Mapping[str, Any]) -> bool:
        """Whether a page was drawn by the form in which the answers were kept, which is in force no longer."""
        return self.prepared.upgraded and posted.get(DRAWN) == str(self.prepared.kept_in)

    def _asked_on(self, id: str) -> tuple[Question, ...]:
        section = self.form.section(id)
        return section.questions if section else ()

    def _mark(self, id: str) -> str:
        kept = {each.name: self.prepared.data.get(each.name) for each in self._asked_on(id)}
        return sha256(orjson.dumps(kept, option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()[:16]

    @cached_property
    def _former(self) -> Form:
        return form_to_ask(self.prepared.kept_in).away

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        return self.form.pages(self.prepared.data)

    def faults_on(self, id: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """What is missing or wrong on one page."""
        here = {question.name for question in self._asked_on(id)}
        found = faults_in(self.form, data, today=self.today)
        return {name: sentence for name, sentence in found.items() if name.partition(".")[0] in here}

    @cached_property
    def states(self) -> tuple[FillingState, ...]:
        """Each page that is asked, with what was answered and whether it is whole."""
        faulty = {name.partition(".")[0] for name in self.faults}
        asked = {question.name for question in self.form.asked(self.prepared.data)}
        return tuple(
            FillingState(
                id=part.id,
                title=part.title,
                done=not any(question.name in faulty for question in section.questions),
                answers=self._answers(section.title, section.questions, asked),
            )
            for part in form_shown(self.form, Showing(data=self.prepared.data))
            if (section := self.form.section(part.id)) is not None
        )

    def _answers(self, title: Mapping[str, str], questions: tuple[Question, ...], asked: set[str]) -> Answers:
        data = self.prepared.data
        return Answers(
            title=title,
            rows=tuple(
                (each.label, KINDS[each.kind].said(each, data[each.name], place), each.name)
                for each in questions
                if each.name in asked and given(data.get(each.name))
            ),
        )

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """What somebody with these answers brings."""
        return to_bring(self.service.papers, self.form.known(self.prepared.data))

    @cached_property
    def quote(self) -> Quote | None:
        """What it will probably cost; None while an answer is missing on which the fee depends."""
        try:
            return quote(service=self.prepared.edition, answers=self.prepared.data, on=self.today)
        except FeeNeedsAnswer:
            return None


def filling(*, code: str, today: date, service: str = "") -> Filling:
    """The application that a code opens. Errors: NothingPrepared, also when it is one to another service than ``service``."""
    found = Filling(prepared=preparation(code=code, today=today), today=today)
    if service and found.service.code != service:
        raise NothingPrepared()
    return found
