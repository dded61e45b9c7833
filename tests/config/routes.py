"""Routes that the tests of the guard send requests to."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django_scopes import get_scope

from onedoor.domain.access.api import permission
from onedoor.kernel.errors import Conflict, Invalid
from onedoor.kernel.scope import needs, public

CALL = permission("access.test-call", "Call a person to a counter (of these tests)")
HEAD = permission("access.test-head", "Open and close counters (of these tests)")


def tell(request: HttpRequest, **kwargs: str) -> JsonResponse:
    """Who the guard says is here, and what they may see."""
    actor = request.actor  # type: ignore[attr-defined]
    seen = [str(unit) for unit in get_scope().get("centre", ())]
    return JsonResponse(
        {"kind": actor.kind, "id": str(actor.id), "centre": str(request.centre), "seen": seen}
    )  # type: ignore[attr-defined]


@needs(CALL)
def called(request: HttpRequest, **kwargs: str) -> JsonResponse:
    return tell(request)


@needs(HEAD)
def headed(request: HttpRequest, **kwargs: str) -> JsonResponse:
    return tell(request)


@public
def opened(request: HttpRequest) -> JsonResponse:
    return tell(request)


@public
def clashing(request: HttpRequest) -> JsonResponse:
    raise Conflict()


@public
def misfitting(request: HttpRequest) -> JsonResponse:
    raise Invalid("Nine digits, please.", field="phone")


@public
@transaction.atomic
def twice(request: HttpRequest) -> JsonResponse:
    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO queue_booking_day (centre_id, day) VALUES (%s, '2026-03-02')", [UUID(int=1)]
            )
    return tell(request)


@public
@transaction.atomic
def broken(request: HttpRequest) -> JsonResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    return tell(request)


def forgotten(request: HttpRequest) -> JsonResponse:
    return tell(request)


@csrf_exempt
def by_method(request: HttpRequest) -> JsonResponse:
    return tell(request)


by_method.permission = {"GET": CALL, "POST": HEAD}  # type: ignore[attr-defined]

handler429 = "onedoor.config.faults.too_many"
urlpatterns = [
    path("accounts/", include("onedoor.config.accounts")),
    path("", include("onedoor.ui.urls")),
    path("", opened, name="opened"),
    path("here/<str:centre>/", called, name="here"),
    path("head/<str:centre>/", headed, name="head"),
    path("anywhere/", called, name="anywhere"),
    path("api/twice/", twice, name="twice"),
    path("api/broken/", broken, name="broken"),
    path("clash/", clashing),
    path("misfit/", misfitting),
    path("forgotten/", forgotten),
    path("api/thing/", by_method),
]
