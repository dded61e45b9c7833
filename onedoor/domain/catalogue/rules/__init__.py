"""What a service is, and which fee applies on a day. No database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

from onedoor.domain.catalogue.rules.eligibility import Criterion
from onedoor.domain.catalogue.rules.fees import Fee, fee_on
from onedoor.kernel.i18n import Translated, normalise, toneless

DurationKind = Literal["working", "calendar", "hours", "unknown"]
DURATION_KINDS: tuple[DurationKind, ...] = ("working", "calendar", "hours", "unknown")


@dataclass(frozen=True, kw_only=True)
class Instead:
    """A paper that is taken in the place of another one."""

    code: str
    name: Translated
    note: Translated = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Paper:
    """Evidence an applicant brings. ``code`` names it in forms and files; a demonstration paper has no source.

    Args:
        when: ``if`` (S-FEEL over answers of the form) with the same in words; empty: everybody brings it.
        form: original, copy, held (the state has it and asks nobody); empty: no source says.
        law: the number of the law among the service's that asks for it; empty: none was found, it is listed for removal.
        instead: what is taken where it is missing.
        service: the code of the service that gives it; empty: it comes from elsewhere, or no source says.
    """

    code: str
    name: Translated
    note: Translated = field(default_factory=dict)
    required: bool = True
    demonstration: bool = False
    when: Translated = field(default_factory=dict)
    form: str = ""
    law: str = ""
    instead: tuple[Instead, ...] = ()
    service: str = ""

    @property
    def codes(self) -> frozenset[str]:
        """Its code and those of what is taken instead."""
        return frozenset({self.code, *(each.code for each in self.instead)})


# By what an applicant shows who she is; each level is met by those that are named with it.
IDENTITY_LEVELS: dict[str, frozenset[str]] = {
    "registry": frozenset({"registry"}),
    "document": frozenset({"registry", "document"}),
    "vouched": frozenset({"registry", "document", "vouched"}),
    "none": frozenset({"registry", "document", "vouched", "none"}),
}


@dataclass(frozen=True, kw_only=True)
class Identity:
    """The level of identity that a service needs; empty where no source says."""

    level: str = ""
    demonstration: bool = False

    def met_by(self, shown: str) -> bool:
        """Whether what was shown is enough."""
        return self.level in ("", "none") or shown in IDENTITY_LEVELS[self.level]


@dataclass(frozen=True, kw_only=True)
class Law:
    """A legal basis: what it is called, its number, its date where known, and where we have it from."""

    name: Translated
    number: str = ""
    dated: date | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Duration:
    """How long the state may take, or unknown. ``note`` says what the source says.

    Args:
        days: working days or calendar days; hours: hours of the office. by, choices: where the time goes by an answer.
        warn: how many days (or hours) before the end the office is reminded.
        extensions, extension: how often more time may be given, and how much at most each time; never by default.
    """

    days: int | None = None
    kind: DurationKind = "unknown"
    note: Translated = field(default_factory=dict)
    demonstration: bool = False
    hours: int | None = None
    by: str = ""
    choices: Mapping[str, int] = field(default_factory=dict)
    warn: int = 1
    extensions: int = 0
    extension: int = 0

    def amount(self, answers: Mapping[str, Any]) -> int | None:
        """How much time there is for these answers; None where no time is known."""
        if self.kind == "unknown":
            return None
        usual = self.hours if self.kind == "hours" else self.days
        return self.choices.get(str(answers.get(self.by, "")), usual) if self.by else usual


@dataclass(frozen=True, kw_only=True)
class ServiceView:
    """One edition of a service as every reader gets it. ``authority`` is a unit; ``version`` counts editions."""

    id: UUID
    code: str
    version: int
    version_id: UUID
    name: Translated
    summary: Translated
    authority: UUID
    papers: tuple[Paper, ...]
    fees: tuple[Fee, ...]
    duration: Duration
    legal_basis: tuple[Law, ...]
    result: Translated
    keywords: tuple[str, ...]
    life_events: tuple[str, ...]
    demonstration: bool
    notice: Translated
    valid_from: date
    form: dict[str, Any]
    source: str
    identity: Identity = field(default_factory=Identity)
    eligibility: tuple[Criterion, ...] = ()

    def fee_on(self, day: date) -> Fee:
        """The fee that applies on a day of the centre's calendar."""
        return fee_on(self.fees, day)

    @property
    def fee(self) -> Fee:
        """The newest fee; ask ``fee_on`` where the day matters."""
        return self.fees[-1] if self.fees else Fee(state="to_be_set")


def search_forms(name: Translated, summary: Translated, keywords: tuple[str, ...]) -> tuple[str, str]:
    """The normalised and the toneless text of a service, its parts one a line, as search compares them."""
    parts = [*name.values(), *keywords, *summary.values()]
    return "\n".join(normalise(part) for part in parts), "\n".join(toneless(part) for part in parts)
