"""A code that one browser holds for a while: in a signed cookie, never in an address."""

from typing import TypeVar

from django.http import HttpResponse

from onedoor.ui.request import Request

Response = TypeVar("Response", bound=HttpResponse)


class KeptCode:
    """What a browser keeps until it is closed, or until it is told to forget.

    Args:
        path: the addresses that are told it.
    """

    def __init__(self, name: str, *, path: str = "/") -> None:
        self.name, self.path = name, path

    def of(self, request: Request) -> str:
        """The code that this browser holds; empty when it holds none, or one that somebody wrote herself."""
        return request.get_signed_cookie(self.name, default="") or ""

    def keep(self, response: Response, code: str, *, request: Request) -> Response:
        """Let the browser hold a code."""
        response.set_signed_cookie(
            self.name, code, httponly=True, samesite="Lax", secure=request.is_secure(), path=self.path
        )
        return response

    def forget(self, response: Response) -> Response:
        """Let the browser forget it."""
        response.delete_cookie(self.name, path=self.path)
        return response
