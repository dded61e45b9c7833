"""Key figures by centre, service, ministry, channel, month, and by what is known of people."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.monitoring.errors import NotAGrouping, NotAMeasure
from onedoor.domain.monitoring.models.tallies import read_tallies
from onedoor.domain.monitoring.queries.sight import Lens, Sight, narrowed, sight_of
from onedoor.domain.monitoring.queries.standards import standards
from onedoor.domain.monitoring.rules.figures import MEASURES, Figures, Limit, Measure, summed
from onedoor.domain.monitoring.rules.periods import MONTH, Period, read_period
from onedoor.domain.monitoring.rules.statistics import hidden, total_hidden
from onedoor.domain.monitoring.rules.tallies import AGES, CHANNELS, SEXES, TRAITS, Key, Tally
from onedoor.kernel.i18n.shown import ZONE
from onedoor.kernel.scope import Actor

GROUPINGS = {
    "centre": _("Centre"),
    "service": _("Service"),
    "ministry": _("Ministry"),
    "channel": _("Channel"),
    "month": _("Month"),
    "sex": _("Sex"),
    "age": _("Age group"),
    "disability": _("Disability"),
    "language": _("Language"),
}
OF_CASES = ("done", "duration_median", "duration_p90", "on_time")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a report. ``key`` is a code; ``name`` is data by language, if the thing has any; ``secret``: too few people."""

    key: str
    name: Any
    figures: Figures
    secret: bool = False


@dataclass(frozen=True, kw_only=True)
class Report:
    """Figures, grouped; ``total`` is None where it would give a hidden line away."""

    group: str
    measure: Measure
    period: Period
    lines: list[Line]
    total: Figures | None
    limits: dict[str, Limit]
    sight: Sight

    @property
    def limit(self) -> Limit | None:
        """The standard by which the measure is judged."""
        return self.limits.get(self.measure.standard)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is asked for; empty texts ask for everything."""

    group: str = "centre"
    measure: str = "wait_median"
    period: str = ""
    province: str = ""
    centre: str = ""
    ministry: str = ""
    service: str = ""


def report(*, by: Actor, at: datetime, asked: Asked) -> Report:
    """The key figures that are asked for.

    Raises:
        NotPermitted, OutOfSight, NotAPeriod, NotAMeasure, NotAGrouping: people's traits are told of all that one may
        watch and of whole years only; a part's hidden cells would follow from the others' by subtraction.
    """
    if asked.group not in GROUPINGS:
        raise NotAGrouping(field="by")
    if asked.measure not in MEASURES:
        raise NotAMeasure(field="measure")
    period = read_period(asked.period, today=at.astimezone(ZONE).date())
    sight = sight_of(by)
    lens = narrowed(
        sight,
        province=asked.province,
        centre=asked.centre,
        ministry=asked.ministry,
        service=asked.service,
    )
    if asked.group in TRAITS:
        if asked.province or asked.centre or asked.ministry or asked.service:
            raise NotAGrouping(
                _(
                    "People's traits are shown for everything that you may watch, so that nobody is found by subtraction."
                ),
                field="by",
            )
        period = period.year()
    measure = MEASURES[asked.measure]
    if asked.group in TRAITS and measure.code not in OF_CASES:
        measure = MEASURES["done"]
    lines = _lines(asked.group, lens, period, sight)
    total: Figures | None = summed([line.figures for line in lines])
    if asked.group in TRAITS:
        lines, total = _kept_secret(lines, total)
    return Report(
        group=asked.group,
        measure=measure,
        period=period,
        lines=lines,
        total=total,
        limits=standards(),
        sight=sight,
    )


def _lines(group: str, lens: Lens, period: Period, sight: Sight) -> list[Line]:
    dim = group if group in (*TRAITS, "channel") else ""
    months = period.months()
    found = read_tallies(
        units=lens.units,
        services=lens.services,
        grain=MONTH if group == "month" else period.grain,
        since=months[0] if group == "month" else period.first,
        until=months[-1] if group == "month" else period.first,
        dim=dim,
        by_centre=group == "centre",
        by_service=group in ("service", "ministry"),
    )
    if group == "centre":
        return _named(
            found, lambda key: key.centre, ((view.id, view.code, view.name) for view in sight.centres)
        )
    if group == "service":
        known = ((view.id, view.code, view.name) for view in sight.services)
        return _named(found, lambda key: key.service, known)
    if group == "ministry":
        of = {view.id: view.authority for view in sight.services}
        known = ((one.id, one.code, one.name) for one in sight.ministries())
        return _named(found, lambda key: of.get(key.service), known)
    if group == "month":
        return _named(found, lambda key: key.period, ((first, f"{first:%Y-%m}", first) for first in months))
    order = {"channel": CHANNELS, "sex": SEXES, "age": AGES}.get(group)
    values = order or sorted({key.value for key, _tally in found})
    return _named(found, lambda key: key.value, ((value, value, None) for value in values))


def _named(found: list[tuple[Key, Tally]], of: Any, known: Iterable[tuple[Any, str, Any]]) -> list[Line]:
    """The lines in the order of what is known; what has no figure is left out, but for months."""
    sums: dict[Any, Tally] = {}
    for key, tally in found:
        sums.setdefault(of(key), Tally()).add(tally)
    return [
        Line(key=code, name=name, figures=Figures(sums.get(id, Tally())))
        for id, code, name in known
        if id in sums or isinstance(name, date)
    ]


def _kept_secret(lines: list[Line], total: Figures | None) -> tuple[list[Line], Figures | None]:
    """Lines of too few people say nothing; nor does the total, where it would tell."""
    counts = [max(line.figures.count("received"), line.figures.count("done")) for line in lines]
    hide = hidden(counts)
    kept = [
        replace(line, secret=secret, figures=Figures(Tally()) if secret else line.figures)
        for line, secret in zip(lines, hide, strict=True)
    ]
    return kept, None if total_hidden(counts, hide) else total
