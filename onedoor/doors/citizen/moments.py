"""A moment of life: its services in order, and what to bring for those that somebody needs, once. Nothing is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from onedoor.domain.access.api import today
from onedoor.domain.catalogue import api as catalogue
from onedoor.doors.citizen.halls import days_at
from onedoor.doors.citizen.home import ICONS, card, near
from onedoor.doors.citizen.identity import identity_said
from onedoor.doors.citizen.words import span_said
from onedoor.kernel.errors import Invalid
from onedoor.kernel.i18n import text
from onedoor.kernel.scope import public
from onedoor.ui.request import Request

LEVELS = ("none", "vouched", "document", "registry")


class NotOfThisMoment(Invalid):
    """A service was chosen that does not belong to this moment of life."""

    status = 400


@public
@require_safe
def life_event(request: Request, code: str) -> HttpResponse:
    """The services of a moment of life in their order; those that are not needed can be left out."""
    event = next((one for one in catalogue.life_events() if one.code == code), None)
    if event is None:
        raise Http404
    all_of_it = catalogue.in_order(catalogue.services(life_event=code), code)
    needed = _needed(request, all_of_it)
    here, bundle = near(request), catalogue.bundle(needed)
    names = {one.code: text(one.name) for one in all_of_it}
    days = {one.id: days_at(here, one) for one in needed} if here else {}
    about = {
        "event": event,
        "icon": ICONS.get(code, "paper"),
        "choices": [(one, one in needed) for one in all_of_it],
        "found": [card(one, days.get(one.id)) for one in needed],
        "bring": _named(bundle.bring, names),
        "on_the_way": _named(bundle.on_the_way, names),
        "held": _named(bundle.held, names),
        "unlisted": [one for one in needed if not one.papers],
        "cost": _cost(needed),
        "identity": identity_said(_strictest(needed)),
        "near": here,
        "elsewhere": [one for one in needed if here and days.get(one.id) is None],
    }
    return render(request, "citizen/life_event.html", about)


def _named(
    papers: Sequence[catalogue.Brought], names: Mapping[str, str]
) -> list[tuple[catalogue.Brought, str, str]]:
    """Each paper with the names of the services for which it is, and of the one that gives it."""
    return [
        (each, ", ".join(names[code] for code in each.services), names.get(each.given_by, ""))
        for each in papers
    ]


def _cost(needed: Sequence[catalogue.ServiceView]) -> dict[str, Any]:
    """The likely fee of each service, and of all together; which of them go by answers, and which are not set."""
    day = today()
    fees = [(one, one.fee_on(day)) for one in needed]
    spans = [catalogue.span_of(fee) for _one, fee in fees]
    return {
        "lines": [
            {
                "service": one,
                "said": span_said(span),
                "open": span is None or span.partly,
                "ask": span is not None and not span.one and bool(catalogue.fee_questions(fee)),
            }
            for (one, fee), span in zip(fees, spans, strict=True)
        ],
        "total": span_said(catalogue.together(spans)),
        "unset": [one for one, span in zip(needed, spans, strict=True) if span is None or span.partly],
        "known": any(span is not None for span in spans),
    }


def _needed(request: Request, services: Sequence[catalogue.ServiceView]) -> tuple[catalogue.ServiceView, ...]:
    """The services that were chosen; all of them where nothing was."""
    chosen = request.GET.getlist("need")
    if not chosen:
        return tuple(services)
    if strange := set(chosen) - {one.code for one in services}:
        raise NotOfThisMoment(field=min(strange)[:200])
    return tuple(one for one in services if one.code in chosen)


def _strictest(services: Sequence[catalogue.ServiceView]) -> catalogue.Identity:
    """What is asked of somebody who comes for all of them."""
    asked = [one.identity for one in services if one.identity.level]
    return max(asked, key=lambda one: LEVELS.index(one.level), default=catalogue.Identity())


urlpatterns = [path("life/<slug:code>/", life_event, name="life_event")]
