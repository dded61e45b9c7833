"""One centre: what it offers, its space and its staff; counting them, and offering a service there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from onedoor.domain.access import api as access
from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.doors.console.offers_hours import office_hours, week_said
from onedoor.doors.console.offers_words import LINKS, POWER, cell_text, days_text, promise_rows, province_of
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Conflict, DomainError, Invalid
from onedoor.kernel.i18n import format_weekdays, text
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request
from onedoor.ui.typed import typed_day

COUNTS = ("rooms", "square_metres", "seats", "places")
LONGEST, DIGITS, SPARE = 300, 6, 2


@needs("monitoring.see")
@never_cache
@require_safe
def page(request: Request, site: str) -> HttpResponse:
    """What a centre offers and what it lacks, its space and staff, and what was promised to it."""
    view, day = centres.centre_by_code(site), access.today()
    services = catalogue.services()
    found = centres.coverage([one.id for one in services], on=day, among=[view.id])
    promises = promise_rows(centres.commitments(), on=day, only=view.id)
    names = {one.id: one for one in services}
    for row in promises:
        row["service"] = names.get(row["service_id"])
    space = centres.space_of(view.id)
    context = {
        "tab": "offers",
        "view": view,
        "province": province_of(view),
        "district": access.unit(view.district),
        "share": found.share(),
        "rows": [_service_row(request, view, one, found.cell(one.id, view.id)) for one in services],
        "stopping": [
            {**one, "service": names.get(one["offer"].service)} for one in centres.stopping_at(view, on=day)
        ],
        "space": space,
        "power": POWER.get(space.power, "") if space else "",
        "link": LINKS.get(space.link, "") if space else "",
        "posts": _posts(space),
        "counters": len(centres.counters(view.id)),
        "week": week_said(view.hours or office_hours(view)),
        "promises": promises,
        "may_count": access.may(request.actor, "centres.manage", at=view.id),
        "may_promise": access.may(request.actor, "queue.promise", at=view.id),
        "today": day,
    }
    return render(request, "console/offers/place.html", context)


@needs("centres.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def space(request: Request, place: str) -> HttpResponse:
    """Count the rooms and the posts of a centre anew."""
    view = centres.centre_by_code(place)
    access.require(request.actor, "centres.manage", at=view.id)
    held = centres.space_of(view.id)
    if request.method != "POST":
        return _space(request, view, held, _said_of(held), {})
    try:
        wanted = _counted(request.POST, view.id)
        seen = _whole(request.POST, "version") or 0
        centres.save_space(by=request.actor, at=now(), space=wanted, version=seen)
    except Invalid as fault:
        return _space(request, view, held, request.POST, {fault.field: fault.reason}, status=422)
    except Conflict as fault:
        return _space(request, view, held, request.POST, {"": fault.message}, status=409)
    messages.success(request, _("The space and staff of this centre are written down."))
    return redirect("console:offers_place", view.code)


@needs("centres.offer")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: Request, place: str, service: str) -> HttpResponse:
    """Offer a service at a centre, or change its weekdays, capacity and counters."""
    view, wanted = centres.centre_by_code(place), catalogue.service(service)
    centres.require_offering(request.actor, service=wanted.id, centres=[view.id])
    day = access.today()
    held = next(
        (
            one
            for one in reversed(centres.of_service(view.offers, wanted.id))
            if not one.withdrawn_on and (one.valid_until is None or one.valid_until > day)
        ),
        None,
    )
    if request.method != "POST":
        return _offer(request, view, wanted, held, None, {})
    try:
        new = _offered(request, wanted.id, held)
        seen = _whole(request.POST, "revision") or 0
        centres.save_offer(by=request.actor, at=now(), centre=view.id, offer=new, revision=seen)
    except Invalid as fault:
        return _offer(request, view, wanted, held, request.POST, {fault.field: fault.reason}, status=422)
    except DomainError as fault:
        if fault.status != 409:
            raise
        return _offer(request, view, wanted, held, request.POST, {"": fault.message}, status=409)
    about = {"service": text(wanted.name), "centre": text(view.name)}
    messages.success(request, _("%(service)s is offered at %(centre)s as you said.") % about)
    return redirect("console:offers_place", view.code)


def _service_row(
    request: Request, view: centres.CentreView, one: catalogue.ServiceView, cell: centres.Cell
) -> dict[str, Any]:
    running = [held for held in centres.of_service(view.offers, one.id) if not held.withdrawn_on]
    return {
        "service": one,
        "ministry": access.unit(one.authority),
        "cell": cell,
        "words": cell_text(cell),
        "days": "; ".join(days_text(held) for held in running) if cell.served else "",
        "counters": ", ".join(dict.fromkeys(code for held in running for code in held.counters)),
        "since": min((held.valid_from for held in running), default=None) if cell.served else None,
        "may": centres.may_offer(request.actor, authority=one.authority, centre=view.id),
    }


def _posts(space: centres.SpaceView | None) -> list[dict[str, Any]]:
    roles = {one.code: one.name for one in access.roles()}
    return [
        {
            "ministry": access.unit(one.authority),
            "role": text(roles.get(one.role, one.role)),
            "planned": one.planned,
            "filled": one.filled,
            "lacking": max(0, one.planned - one.filled),
        }
        for one in (space.posts if space else ())
    ]


def _space(
    request: Request,
    view: centres.CentreView,
    held: centres.SpaceView | None,
    said: Mapping[str, Any],
    faults: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    ministries = list(access.units(kind="ministry", on=access.today()))
    context = {
        "tab": "offers",
        "view": view,
        "said": said,
        "lines": _lines(held, said),
        "counts": [(name, _count_label(name), said.get(name, "")) for name in COUNTS],
        "power": POWER.items(),
        "links": LINKS.items(),
        "ministries": ministries,
        "roles": [one for one in access.roles() if one.audience in ("front", "back")],
        "version": held.version if held else 0,
        "errors": [(f"id_{field}" if field else "", sentence) for field, sentence in faults.items()],
        "faults": faults,
    }
    return render(request, "console/offers/space.html", context, status=status)


def _count_label(name: str) -> str:
    return {
        "rooms": _("Rooms"),
        "square_metres": _("Square metres"),
        "seats": _("Seats for those who wait"),
        "places": _("Places at which an officer can serve"),
    }[name]


def _said_of(held: centres.SpaceView | None) -> dict[str, Any]:
    """What the form says first: the last count, to be counted anew today."""
    if held is None:
        return {"counted_on": access.today().isoformat()}
    known = {name: "" if getattr(held, name) is None else getattr(held, name) for name in COUNTS}
    accessible = {True: "yes", False: "no", None: ""}[held.accessible]
    return {
        **known,
        "accessible": accessible,
        "power": held.power,
        "link": held.link,
        "counted_on": access.today().isoformat(),
        "source": "",
    }


def _lines(held: centres.SpaceView | None, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The posts in the form, with some empty lines for more."""
    if "authority-0" in said:
        count = sum(key.startswith("authority-") for key in said)
        return [
            {key: said.get(f"{key}-{line}", "") for key in ("authority", "role", "planned", "filled")}
            for line in range(min(count, 100))
        ]
    rows: list[dict[str, Any]] = [
        {
            "authority": access.unit(one.authority).code,
            "role": one.role,
            "planned": one.planned,
            "filled": one.filled,
        }
        for one in (held.posts if held else ())
    ]
    return rows + [{"authority": "", "role": "", "planned": "", "filled": ""} for _spare in range(SPARE)]


def _counted(said: Mapping[str, Any], centre: UUID) -> centres.SpaceView:
    posts = []
    for line in range(100):
        if f"authority-{line}" not in said:
            break
        code, role = said[f"authority-{line}"], said.get(f"role-{line}", "")
        if not code and not role:
            continue
        planned, filled = (_whole(said, f"{key}-{line}", field="posts") or 0 for key in ("planned", "filled"))
        if code not in {one.code for one in access.units()}:
            raise Invalid(_("Choose a ministry and a role for each line."), field="posts")
        authority = access.unit_by_code(code).id
        posts.append(centres.PostView(authority=authority, role=role, planned=planned, filled=filled))
    return centres.SpaceView(
        centre=centre,
        counted_on=day_said(said, "counted_on"),
        source=words_said(said, "source"),
        rooms=_whole(said, "rooms"),
        square_metres=_whole(said, "square_metres"),
        seats=_whole(said, "seats"),
        places=_whole(said, "places"),
        accessible={"yes": True, "no": False}.get(said.get("accessible", "")),
        power=said.get("power", ""),
        link=said.get("link", ""),
        posts=tuple(posts),
    )


def _offer(
    request: Request,
    view: centres.CentreView,
    wanted: catalogue.ServiceView,
    held: centres.Offer | None,
    said: Any,
    faults: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """The form: as it stands, or as it was sent. What was seen stays what was seen when it was sent in vain."""
    revision = centres.revision_of(view.offers, wanted.id)
    chosen = (
        [str(day) for day in (held.weekdays if held else ())] if said is None else said.getlist("weekdays")
    )
    counters = list(held.counters if held else ()) if said is None else said.getlist("counters")
    context = {
        "tab": "offers",
        "view": view,
        "service": wanted,
        "ministry": access.unit(wanted.authority),
        "held": held,
        "weekdays": [(str(day), format_weekdays([day]), str(day) in chosen) for day in range(1, 8)],
        "counters": [(one.code, text(one.name), one.code in counters) for one in centres.counters(view.id)],
        "from": (said or {}).get("valid_from", access.today().isoformat()),
        "until": (said or {}).get("valid_until", ""),
        "capacity": (held.capacity or "" if held else "") if said is None else said.get("capacity", ""),
        "revision": revision,
        "errors": [(f"id_{field}" if field else "", sentence) for field, sentence in faults.items()],
        "faults": faults,
    }
    return render(request, "console/offers/offer.html", context, status=status)


def _offered(request: Request, service: UUID, held: centres.Offer | None) -> centres.Offer:
    said = request.POST
    days = [word for word in said.getlist("weekdays") if word.isascii() and word.isdigit() and len(word) < 3]
    if len(days) != len(said.getlist("weekdays")):
        raise Invalid(_("A weekday is 1 (Monday) to 7 (Sunday)."), field="weekdays")
    weekdays = tuple(int(word) for word in days)
    capacity = _whole(said, "capacity")
    counters = tuple(word[:20] for word in said.getlist("counters"))
    if held is not None:
        return replace(held, weekdays=weekdays, capacity=capacity, counters=counters, demonstration=False)
    last = said.get("valid_until", "").strip()
    return centres.Offer(
        service=service,
        valid_from=day_said(said, "valid_from"),
        valid_until=day_said(said, "valid_until") if last else None,
        weekdays=weekdays,
        capacity=capacity,
        counters=counters,
    )


def _whole(said: Mapping[str, Any], name: str, *, field: str = "") -> int | None:
    """A whole number, or nothing."""
    word = said.get(name, "").strip()
    if not word:
        return None
    if not (word.isascii() and word.isdigit() and len(word) <= DIGITS):
        raise Invalid(_("A whole number from 0 to 100,000, or nothing."), field=field or name)
    return int(word)


def day_said(said: Mapping[str, Any], name: str) -> date:
    """A day of the form. Raises Invalid."""
    try:
        return typed_day(said.get(name, ""))
    except ValueError as fault:
        raise Invalid(_("This is not a day of the calendar."), field=name) from fault


def words_said(said: Mapping[str, Any], name: str, *, longest: int = LONGEST) -> str:
    """One line of words of the form; longer ones are left for the domain to refuse."""
    return " ".join(said.get(name, "").replace("\x00", "").split())[: longest + 1]
