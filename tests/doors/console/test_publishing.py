"""Publishing on the console: a draft is written, sent, approved by another and released; a case gets the edition."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from onedoor.domain.catalogue import api as catalogue
from onedoor.domain.centres import api as centres
from onedoor.kernel.clock import now
from onedoor.kernel.i18n.shown import ZONE
from tests.domain.cases.test_starting import BORN, beginning
from tests.factories.browsers import at_work
from tests.factories.drafts import Studio, approved, begun, fee, studio
from tests.factories.registry import BIRTH

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Studio:
    return studio(at=now(), always_open=True)


def english(browser: Client, address: str) -> str:
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return unescape(browser.get(address).content.decode())


def address(held: catalogue.Draft, rest: str = "") -> str:
    return f"/console/services/{held.code}/drafts/{held.id}/{rest}"


def today() -> str:
    return now().astimezone(ZONE).date().isoformat()


def test_from_a_draft_to_an_edition(made: Studio) -> None:
    writer, second = at_work(made.writer), at_work(made.second)
    answer = writer.post(f"/console/services/{made.code}/")
    assert answer.status_code == 302
    held = catalogue.drafts(by=made.writer)[0]
    held = begun(made, at=now())
    assert "a new fee applies: ₭20.000" in english(writer, address(held))
    assert writer.post(address(held), {"do": "send", "version": held.version}).status_code == 302
    held = catalogue.draft(by=made.writer, id=held.id)
    assert "second person must approve" in english(writer, address(held))
    assert writer.post(address(held), {"do": "approve", "version": held.version}).status_code == 403
    assert second.post(address(held), {"do": "approve", "version": held.version}).status_code == 302
    held = catalogue.draft(by=made.writer, id=held.id)
    assert (
        writer.post(address(held, "release/"), {"version": held.version, "valid_from": today()}).status_code
        == 403
    )
    sent = {"version": held.version, "valid_from": today(), "scope": "all"}
    assert second.post(address(held, "release/"), sent).status_code == 302
    assert catalogue.service_by_id(made.registry.birth).version == 2
    assert "edition 2 in force" in english(second, f"/console/services/{made.code}/")
    assert "The draft it was released from" in english(second, f"/console/services/{made.code}/editions/2/")


def test_bad_input_is_told_and_nothing_is_kept(made: Studio) -> None:
    writer, second = at_work(made.writer), at_work(made.second)
    held = begun(made, at=now())
    assert writer.post(address(held), {"do": "fly"}).status_code == 400
    assert writer.post(address(held), {"do": "send", "version": "x"}).status_code == 409
    assert writer.post(address(held), {"do": "return", "version": held.version}).status_code == 409
    assert writer.post("/console/services/", {"code": "A B", "authority": "x"}).status_code == 422
    ready = approved(made, at=now())
    for wrong in (
        {"valid_from": "soon"},
        {"valid_from": "2021-01-01"},
        {"valid_from": today(), "scope": "pilots"},
        {"valid_from": today(), "scope": "pilots", "centre": "nowhere"},
    ):
        answer = second.post(address(ready, "release/"), {"version": ready.version, **wrong})
        assert answer.status_code == 422
        assert "error-summary" in answer.content.decode()
    assert second.post(address(held, "trial/"), {"do": "wait", "trial": "x"}).status_code == 422
    assert catalogue.service_by_id(made.registry.birth).version == 1


def test_a_pilot_is_compared_and_rolled_out(made: Studio) -> None:
    second = at_work(made.second)
    ready = approved(made, at=now())
    sent = {"version": ready.version, "valid_from": today(), "scope": "pilots", "centre": made.registry.code}
    assert second.post(address(ready, "release/"), sent).status_code == 302
    page = f"/console/services/{made.code}/editions/2/"
    assert "Too few cases are over to compare" in english(second, page)
    assert second.post(page, {"do": "roll", "valid_from": "x"}).status_code == 422
    tomorrow = (now().astimezone(ZONE).date() + timedelta(days=1)).isoformat()
    assert second.post(page, {"do": "roll", "valid_from": tomorrow}).status_code == 302
    assert "edition 2 is tried out" in english(second, "/console/services/")


def test_a_withdrawal_says_whom_it_leaves_without(made: Studio) -> None:
    second = at_work(made.second)
    page = f"/console/services/{made.code}/withdraw/"
    shown = english(second, page)
    assert "is left without it" in shown and "0 applications are not finished" in shown
    assert second.post(page, {"until": today(), "reason": ""}).status_code == 422
    other = next(one.code for one in catalogue.services() if one.code != made.code)
    told = {"until": today(), "reason": "The law ended.", "instead": other}
    assert second.post(page, {**told, "instead": "none"}).status_code == 422
    assert second.post(page, told).status_code == 302
    assert "withdrawn" in english(second, "/console/services/")


def test_who_prepared_an_application_reads_that_the_service_is_withdrawn(made: Studio) -> None:
    public, service, root = Client(), f"/services/{made.code}/", f"/services/{made.code}/apply/"
    assert public.post(root).status_code == 302
    about = {"service": made.registry.birth, "on": now().astimezone(ZONE).date(), "reason": "The law ended."}
    catalogue.withdraw_service(by=made.second, at=now(), **about)
    for page in (service, f"{service}prepare/", root, f"{root}check/"):
        found = english(public, page)
        assert "Withdrawn since" in found and "The law ended." in found, page
    assert "Fill in at home" not in english(public, service)
    refused = public.post(root)
    assert refused.status_code == 409 and "The law ended." in refused.content.decode()


def test_a_trial_is_walked_by_hand(made: Studio) -> None:
    second = at_work(made.second)
    held = begun(made, at=now())
    page = address(held, "trial/")
    assert "Receive this application" in english(second, page)
    typed: dict[str, str] = {}
    for name, value in BIRTH.items():
        typed |= (
            {f"{name}.{key}": one for key, one in value.items()} if isinstance(value, dict) else {name: value}
        )
    wrong = second.post(page, {"do": "begin"})
    assert wrong.status_code == 422
    stands = second.post(page, {"do": "begin", **typed})
    assert stands.status_code == 200, stands.content.decode()[:3000]
    kept = _hidden(stands.content.decode(), "trial")
    later = second.post(page, {"do": "wait", "days": "400", "trial": kept})
    assert later.status_code == 200
    assert second.post(page, {"do": "wait", "days": "0", "trial": kept}).status_code == 422
    task = _hidden(stands.content.decode(), "task")
    done = second.post(page, {"do": "step", "task": task, "outcome": "approve", "trial": kept})
    assert done.status_code == 200
    assert second.post(page, {"do": "step", "task": task, "outcome": "fly", "trial": kept}).status_code in (
        404,
        422,
    )


def test_a_trial_may_begin_by_a_message(made: Studio) -> None:
    second = at_work(made.second)
    held = begun(made, at=now())
    drawn = beginning(BORN)
    held = catalogue.save_draft(by=made.writer, at=now(), draft=held.id, version=held.version, process=drawn)
    page = address(held, "trial/")
    shown = english(second, page)
    assert "How it begins" in shown and "A message comes" in shown and 'value="born"' in shown
    assert second.post(page, {"do": "begin", "start": "gone"}).status_code == 422


def _hidden(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]


def test_another_ministrys_pages_are_not_there(made: Studio) -> None:
    stranger = at_work(made.stranger)
    held = begun(made, at=now())
    for page in (f"/console/services/{made.code}/", address(held)):
        assert stranger.get(page).status_code in (403, 404)


def test_a_problem_of_a_question_leads_to_it(made: Studio) -> None:
    held = begun(made, at=now())
    form = {**held.documents.form}
    form["properties"] = {**form["properties"], "sex": {**form["properties"]["sex"], "x-label": {"lo": "ກ"}}}
    catalogue.save_draft(by=made.writer, at=now(), draft=held.id, version=held.version, form=form)
    assert "design/form/?question=sex" in english(at_work(made.writer), address(held, "design/"))


def test_what_cannot_be_released_is_refused_by_name(made: Studio) -> None:
    """A day between others' days, a centre without the service, a draft that changed meanwhile, the same release twice."""
    second, soon = at_work(made.second), now().astimezone(ZONE).date() + timedelta(days=30)
    base = f"/console/services/{made.code}/"
    ready = approved(made, at=now())
    about = {"version": ready.version, "valid_from": today(), "scope": "pilots"}
    elsewhere = second.post(address(ready, "release/"), {**about, "centre": without(made)})
    assert elsewhere.status_code == 422 and "id_centres" in elsewhere.content.decode()
    late = {**about, "valid_from": soon.isoformat(), "scope": "all"}
    assert second.post(address(ready, "release/"), late).status_code == 302
    assert second.post(address(ready, "release/"), late).status_code == 409
    newer = approved(made, at=now(), fees=[fee(9_000)])
    before = {"version": newer.version, "valid_from": today()}
    refused = second.post(address(newer, "release/"), before)
    assert refused.status_code == 422 and "id_valid_from" in refused.content.decode()
    assert second.post(address(newer, "release/"), {**before, "version": 1}).status_code == 409
    changed = catalogue.return_draft(
        by=made.second, at=now(), draft=newer.id, version=newer.version, reason="the fee"
    )
    stale = second.post(address(newer), {"do": "approve", "version": newer.version})
    assert stale.status_code == 409 and changed.state == "writing"
    ended = second.post(f"{base}withdraw/", {"until": today(), "reason": "The law ended."})
    assert ended.status_code == 302
    assert second.post(f"{base}withdraw/", {"until": today(), "reason": "again"}).status_code == 409


def test_a_service_is_withdrawn_while_it_is_tried_out(made: Studio) -> None:
    second, here = at_work(made.second), made.registry
    ready = approved(made, at=now())
    sent = {"version": ready.version, "valid_from": today(), "scope": "pilots", "centre": here.code}
    assert second.post(address(ready, "release/"), sent).status_code == 302
    page = f"/console/services/{made.code}/"
    assert second.post(f"{page}withdraw/", {"until": today(), "reason": "The law ended."}).status_code == 302
    for centre in (here.centre, here.other_centre):
        with pytest.raises(catalogue.NotInForce):
            catalogue.service_to_open(here.birth, on=now().astimezone(ZONE).date(), centre=centre)
    roll = second.post(f"{page}editions/2/", {"do": "roll", "valid_from": today()})
    assert roll.status_code in (409, 422)
    assert "The law ended." in english(second, page)


def without(made: Studio) -> str:
    """A centre that does not offer the service."""
    return next(
        one.code
        for one in centres.centres()
        if not any(offer.service == made.registry.birth for offer in one.offers)
    )
