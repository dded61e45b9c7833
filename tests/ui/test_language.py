"""The language switch remembers and goes back, never to another site."""

import pytest
from django.http import Http404
from django.test import RequestFactory

from onedoor.kernel.scope import PUBLIC, permission_of
from onedoor.ui import views


def switch(code: str, **query: str):
    return views.language(RequestFactory().get(f"/language/{code}/", query), code=code)


def test_it_is_open_to_anybody():
    assert permission_of(views.language) == PUBLIC


def test_it_remembers_and_goes_back(settings):
    answer = switch("en", next="/services/birth/?page=2")
    assert answer.url == "/services/birth/?page=2"
    cookie = answer.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("en", True, "Lax")


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_another_site_is_never_the_way_back(target):
    assert switch("lo", next=target).url == "/"


def test_an_unknown_language_is_not_found():
    with pytest.raises(Http404):
        switch("xx")
