"""Smaller pages for people on slow links; staff sit on the centre's own network, where compressing only costs time."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class Smaller(GZipMiddleware):
    """Compresses pages that anybody may see, and no page of a person who logged in."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Leave it as it is, or compressed when the browser can read that."""
        if getattr(getattr(request, "actor", None), "kind", "public") != "public":
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer
