"""Rating a visit on one's own telephone, by the token in the QR of the tablet."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onedoor.domain.access.api import unit
from onedoor.domain.voice import api as voice
from onedoor.kernel.clock import now
from onedoor.kernel.errors import Conflict, Invalid
from onedoor.kernel.scope import Actor, public
from onedoor.ui.request import Request

FACES = [
    (5, _("Very good"), "face-5"),
    (4, _("Good"), "face-4"),
    (3, _("So-so"), "face-3"),
    (2, _("Bad"), "face-2"),
    (1, _("Very bad"), "face-1"),
]


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: Request, token: str) -> HttpResponse:
    """Five faces, a comment if one likes, or no answer; a second answer is refused (409)."""
    asked = voice.question(token)
    held: dict[str, Any] = {"asked": asked, "place": unit(asked.centre), "faces": FACES, "token": token}
    if request.method != "POST":
        return render(request, "citizen/rate.html", held)
    by, at = Actor.public(), now()
    try:
        if "decline" in request.POST:
            voice.decline(by=by, at=at, token=token)
        else:
            score, comment = request.POST.get("score", ""), request.POST.get("comment", "")
            voice.rate(by=by, at=at, token=token, score=score, comment=comment)
    except Invalid as fault:
        held |= {"faults": [("id_score_5", fault.message)], "comment": request.POST.get("comment", "")}
        return render(request, "citizen/rate.html", held, status=fault.status)
    except Conflict as fault:
        held |= {"refusal": fault.message, "asked": voice.question(token)}
        return render(request, "citizen/rate.html", held, status=fault.status)
    return redirect(reverse("citizen:rate", args=[token]))


urlpatterns = [path("rate/<slug:token>/", rate, name="rate")]
