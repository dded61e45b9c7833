"""What is asked of an applicant whose application came back to her: why, her answers and papers, what changed meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from onedoor.domain.cases.models import Case, KeptCorrection
from onedoor.domain.cases.providers.documents import place
from onedoor.domain.cases.queries.answers import faults_in
from onedoor.domain.cases.queries.views import followed, papers_of
from onedoor.domain.cases.rules import ZONE, Followed, PaperView, Step, local
from onedoor.domain.catalogue.api import (
    KINDS,
    Form,
    Paper,
    form_to_ask,
    given,
    service_version,
    to_bring,
)


@dataclass(frozen=True, kw_only=True)
class Differing:
    """A question that was answered otherwise: in words, as it stands now, and as she would have it."""

    label: Mapping[str, str]
    now: Any
    hers: Any


@dataclass(frozen=True, kw_only=True)
class CorrectionBegun:
    """A correction that was begun and not sent: her answers so far, when they were kept, whether the case changed since."""

    data: Mapping[str, Any]
    at: datetime
    outdated: bool


@dataclass(frozen=True, kw_only=True)
class OwnCorrection:
    """A case that its applicant may correct. ``asked``: whether something is asked of her now; ``returned``: by which step.

    ``version``: of the case as it is read here; it goes with the page, so that a later page is not written over it.
    """

    case: UUID
    followed: Followed
    asked: bool
    returned: Step | None
    version: int
    edition: UUID
    data: Mapping[str, Any]
    attached: tuple[PaperView, ...]
    begun: CorrectionBegun | None
    today: date

    @cached_property
    def form(self) -> Form:
        """The form of the edition to which the case is pinned."""
        return form_to_ask(self.edition)

    @property
    def papers(self) -> tuple[tuple[Paper, bool], ...]:
        """The papers of somebody with her answers, and whether each is there."""
        there = {paper.code for paper in self.attached}
        wanted = to_bring(service_version(self.edition).papers, self.form.known(self.data))
        return tuple((paper, not there.isdisjoint(paper.codes)) for paper in wanted)

    def faults(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What is missing or wrong in corrected answers, by input."""
        return faults_in(self.form, data, today=self.today)

    def differing(self, hers: Mapping[str, Any]) -> tuple[Differing, ...]:
        """Where her answers are not those of the case: told when the case changed while she wrote."""
        return tuple(
            Differing(
                label=each.label,
                now=self._said(each, self.data.get(each.name)),
                hers=self._said(each, hers.get(each.name)),
            )
            for each in self.form.questions
            if each.kind != "file" and (self.data.get(each.name) or None) != (hers.get(each.name) or None)
        )

    def _said(self, question: Any, value: Any) -> Any:
        return KINDS[question.kind].said(question, value, place) if given(value) else ""


def own_correction(held: Case, *, at: datetime) -> OwnCorrection:
    """A case for its applicant, with her answers; for callers that had number and code proved."""
    told = followed(held, at=at)
    reasons = [step for step in told.steps if step.reason and step.audience == "back"]
    return OwnCorrection(
        case=held.id,
        followed=told,
        asked=told.corrects,
        returned=reasons[-1] if reasons else None,
        version=held.version,
        edition=held.edition_id,
        data=held.data,
        attached=papers_of(held),
        begun=_begun(held) if told.corrects else None,
        today=local(at, ZONE),
    )


def _begun(held: Case) -> CorrectionBegun | None:
    row = KeptCorrection.objects.filter(case_id=held.id).first()
    if row is None:
        return None
    return CorrectionBegun(data=row.data, at=row.kept_at, outdated=row.version != held.version)
