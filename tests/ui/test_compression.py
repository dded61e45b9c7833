"""Public pages travel compressed; pages of people who logged in do not."""

import gzip
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from onedoor.ui.compression import Smaller

PAGE = "ສູນບໍລິການປະຕູດຽວ " * 100


def answered(kind: str | None, accept: str = "gzip") -> HttpResponse:
    request = RequestFactory().get("/", headers={"accept-encoding": accept})
    if kind:
        request.actor = SimpleNamespace(kind=kind)
    return Smaller(lambda _request: HttpResponse(PAGE))(request)


@pytest.mark.parametrize("kind", ["public", None])
def test_a_public_page_is_smaller(kind):
    answer = answered(kind)
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < len(PAGE.encode()) / 4
    assert gzip.decompress(answer.content).decode() == PAGE


@pytest.mark.parametrize("kind", ["staff", "device", "citizen"])
def test_a_persons_page_is_left_alone(kind):
    assert "Content-Encoding" not in answered(kind)


def test_a_browser_that_cannot_read_it_gets_it_plain():
    assert "Content-Encoding" not in answered("public", accept="identity")
