"""Where a page of an application leads once it was sent."""

import pytest

from onedoor.domain.cases.rules.walking import Leads, leads

PAGES = ("child", "parents", "witnesses")
WRONG = {"name": "Enter an answer."}


@pytest.mark.parametrize(
    ("posted", "here", "faults", "where"),
    [
        ((), "child", {}, Leads("page", "parents")),
        ((), "witnesses", {}, Leads("end")),
        ((), "child", WRONG, Leads("faulty")),
        (("_back",), "parents", WRONG, Leads("page", "child")),
        (("_back",), "child", WRONG, Leads("page", "child")),
        (("_add", "_back"), "parents", WRONG, Leads("again")),
        (("_again",), "witnesses", {}, Leads("again")),
    ],
)
def test_where_a_page_leads(posted: tuple[str, ...], here: str, faults: dict[str, str], where: Leads) -> None:
    assert leads(posted, pages=PAGES, here=here, faults=faults) == where
