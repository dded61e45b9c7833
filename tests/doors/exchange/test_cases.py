"""Cases and tasks by programs: from a draft to the decision, and who finds what."""

from typing import Any

import pytest

from onedoor.domain.access import api as access
from onedoor.domain.access.models import Sight
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from onedoor.kernel.inbox.models import Request
from tests.doors.exchange.machines import Program, program
from tests.factories.offices import SYSTEM
from tests.factories.registry import BIRTH, SCAN, Registry, received, registry

ENTER = ("cases.enter", "people.keep", "documents.read")
FRONT, BACK = ["officer"], ["ministry_officer"]


@pytest.fixture
def made(db: None) -> Registry:
    return registry(at=now())


@pytest.fixture
def centre(made: Registry) -> Program:
    return program(made.centre, *ENTER, roles=FRONT)


@pytest.fixture
def ministry(made: Registry) -> Program:
    return program(made.ministry, "cases.decide", roles=BACK)


def filled(centre: Program, made: Registry) -> str:
    """The address of a draft that is complete."""
    begun = centre.post(f"/centres/{made.code}/cases", {"service": str(made.birth)})
    assert begun.status_code == 201 and begun.json()["status"] == "draft"
    one = f"/centres/{made.code}/cases/{begun.json()['id']}"
    assert centre.post(f"{one}/answers", {"data": BIRTH}).status_code == 200
    put = centre.post(f"{one}/papers?code=village-notification", SCAN, kind="image/png")
    assert put.status_code == 201, put.content
    return one


def test_from_the_draft_to_the_decision(made: Registry, centre: Program, ministry: Program) -> None:
    one = filled(centre, made)
    got = centre.post(f"{one}/receive", key="r-1")
    assert got.status_code == 200 and got.json()["number"]
    code = got.json()["code"]
    again = centre.post(f"{one}/receive", key="r-1")
    assert again["Idempotency-Replayed"] == "true" and again.json() == {**got.json(), "code": None}
    kept = Request.objects.get(key="r-1").answer
    assert code not in kept, "a secret code is told once and kept nowhere"

    followed = Program().post("/cases/follow", {"number": got.json()["number"], "code": code})
    assert followed.status_code == 200 and "data" not in followed.json()

    (task,) = ministry.get("/tasks").json()["items"]
    assert task["number"] == got.json()["number"] and task["centre"] == made.code
    seen = ministry.get(f"/tasks/{task['id']}").json()
    assert set(seen["outcomes"]) >= {"approve", "refuse"} and "refuse" in seen["reason_for"]
    bare = ministry.post(f"/tasks/{task['id']}/complete", {"outcome": "refuse"})
    assert (bare.status_code, bare.json()["field"]) == (422, "reason")
    wrong = ministry.post(f"/tasks/{task['id']}/complete", {"outcome": "dance"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "outcome")
    done = ministry.post(f"/tasks/{task['id']}/complete", {"outcome": "approve"}, key="d-1")
    assert done.status_code == 200 and done.json()["case"] == task["case"]
    same = ministry.post(f"/tasks/{task['id']}/complete", {"outcome": "approve"}, key="d-1")
    assert same.content == done.content and same["Idempotency-Replayed"] == "true"
    late = ministry.post(f"/tasks/{task['id']}/complete", {"outcome": "approve"})
    assert (late.status_code, late.json()["code"]) == (409, "task_is_done")
    whole = ministry.get(f"/cases/{task['case']}").json()
    (paper,) = whole["papers"]
    scan = ministry.get(f"/cases/{task['case']}/papers/{paper['id']}")
    assert scan.content == SCAN and scan["Content-Type"] == "image/png"
    assert centre.get(f"{one}/papers/{paper['id']}").content == SCAN
    assert centre.get(f"{one}/papers/{task['id']}").json()["code"] == "no_such_paper"
    assert whole["data"]["sex"] == "female" and whole["status"] != "received"


def test_who_looked_at_a_case_is_written_down(made: Registry, centre: Program, ministry: Program) -> None:
    case = received(made, at=now()).case
    assert ministry.get(f"/cases/{case}").status_code == 200
    assert centre.get(f"/centres/{made.code}/cases/{case}").status_code == 200
    kinds = set(Sight.objects.filter(subject=case, actor_kind="machine").values_list("why", flat=True))
    assert kinds == {"case"} and Sight.objects.filter(subject=case, actor_kind="machine").count() == 2


def test_a_token_of_another_ministry_finds_nothing(made: Registry) -> None:
    case = received(made, at=now()).case
    other = program(access.unit_by_code("MOJ").id, "cases.decide", roles=BACK)
    mine = program(made.ministry, "cases.decide", roles=BACK)
    (task,) = mine.get("/tasks").json()["items"]
    assert other.get("/tasks").json()["items"] == [] and other.get("/cases").json()["items"] == []
    for path in (f"/cases/{case}", f"/tasks/{task['id']}"):
        assert other.get(path).status_code == 404
    assert other.post(f"/tasks/{task['id']}/complete", {"outcome": "approve"}).status_code == 404
    assert Sight.objects.filter(subject=case).count() == 0


def test_a_token_of_another_centre_finds_nothing(made: Registry) -> None:
    case = received(made, at=now()).case
    other = program(made.other_centre, *ENTER)
    own = access.unit(made.other_centre).code
    assert other.get(f"/centres/{made.code}/cases").status_code == 404
    assert other.get(f"/centres/{own}/cases/{case}").status_code == 404
    assert other.post(f"/centres/{own}/cases/{case}/withdraw").status_code == 404


def test_a_district_sees_a_case_only_at_its_own_centre(made: Registry) -> None:
    case = received(made, at=now()).case
    above = program(access.unit(made.centre).path[-2], *ENTER)
    own = access.unit(made.other_centre).code
    assert above.get(f"/centres/{made.code}/cases/{case}").status_code == 200
    assert above.get(f"/centres/{own}/cases/{case}").status_code == 404
    assert above.get(f"/centres/{own}/cases").json()["items"] == []
    assert len(above.get(f"/centres/{made.code}/cases").json()["items"]) == 1


def test_cases_are_listed_page_by_page(made: Registry, centre: Program, ministry: Program) -> None:
    numbers = [received(made, at=now()).number for _ in range(3)]
    first = centre.get(f"/centres/{made.code}/cases", limit=2)
    assert [one["number"] for one in first.json()["items"]] == numbers[:0:-1]
    assert 'rel="next"' in first["Link"] and "after=" in first["Link"]
    address = first["Link"].split(">")[0].removeprefix("</api/v1")
    second = centre.get(address)
    assert [one["number"] for one in second.json()["items"]] == numbers[:1] and second.json()["next"] is None
    assert "Link" not in second
    found = ministry.get("/cases", q=numbers[1]).json()["items"]
    assert [one["number"] for one in found] == [numbers[1]]
    for asked in ({"after": "x"}, {"status": "dancing"}, {"due": "never"}, {"limit": 0}, {"limit": 201}):
        refused = ministry.get("/cases", **asked)
        assert refused.status_code == 422, asked
    tasks = [ministry.get("/tasks", limit=2).json()]
    tasks.append(ministry.get("/tasks", limit=2, after=tasks[0]["next"]).json())
    assert [len(page["items"]) for page in tasks] == [2, 1] and tasks[0]["counts"] == tasks[1]["counts"]


def test_a_draft_that_is_not_complete_names_the_field(made: Registry, centre: Program) -> None:
    begun = centre.post(f"/centres/{made.code}/cases", {"service": str(made.birth)}).json()
    one = f"/centres/{made.code}/cases/{begun['id']}"
    bare = centre.post(f"{one}/receive")
    assert bare.status_code == 422 and bare.json()["field"]
    centre.post(f"{one}/answers", {"data": BIRTH})
    missing = centre.post(f"{one}/receive")
    assert missing.status_code == 422 and missing.json()["field"] == "paper-village-notification"
    for body, kind, status in (
        (b"MZ\x00", "application/pdf", 415),
        (b"x", "text/plain", 415),
        (b"", "image/png", 422),
        (SCAN, "image/png", 201),
    ):
        assert centre.post(f"{one}/papers?code=other", body, kind=kind).status_code == status
    assert centre.post(f"{one}/papers?code=nothing", SCAN, kind="image/png").status_code == 422
    assert centre.post(f"{one}/withdraw", {"reason": "No longer needed."}).json()["status"] == "withdrawn"
    assert centre.post(f"{one}/withdraw").status_code == 409


def test_a_lost_code_is_renewed_and_the_old_one_ends(made: Registry, centre: Program) -> None:
    got = received(made, at=now())
    new = centre.post(f"/centres/{made.code}/cases/{got.case}/code").json()
    asked = {"number": got.number, "code": got.code}
    wrong = Program().post("/cases/follow", asked)
    assert wrong.status_code == 404 and wrong.json()["code"] == "number_or_code_is_wrong"
    assert Program().post("/cases/follow", {**asked, "code": new["code"]}).status_code == 200
    for _ in range(6):
        wrong = Program().post("/cases/follow", asked)
    assert wrong.status_code == 429 and 1 <= int(wrong["Retry-After"]) <= 61


def test_documents_of_a_case_without_their_facts(made: Registry, centre: Program) -> None:
    from onedoor.domain.documents import api as documents
    from tests.factories.hall import SYSTEM
    from tests.factories.papers import FACTS

    case = received(made, at=now()).case
    held = documents.prepare(
        by=SYSTEM, at=now(), subject=case, centre=made.centre, kind="birth-certificate", facts=FACTS
    )
    (line,) = centre.get(f"/centres/{made.code}/cases/{case}/documents").json()["items"]
    assert line["id"] == str(held.id) and line["state"] == "prepared" and "facts" not in line
    whole = centre.get(f"/centres/{made.code}/documents/{held.id}").json()
    assert whole["case"] == str(case) and whole["facts"]
    pdf = centre.get(f"/centres/{made.code}/documents/{held.id}/pdf")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF-")
    assert Sight.objects.filter(subject=case, actor_kind="machine").count() == 2
    assert (
        Program().post("/verifications/file", pdf.content, kind="application/pdf").json()["state"]
        == "unknown"
    )
    assert Program().post("/verifications/file", b"x", kind="application/pdf").status_code == 422
    unknown = Program().post("/verifications/document", {"number": "X-1", "code": "ABC"})
    assert unknown.json()["state"] == "unknown" and unknown.json()["facts"] == []


@pytest.mark.parametrize("said", [{"data": {"child_name": {"lo": "a\x00b"}}}, {"data": {"\x00": "x"}}])
def test_a_sign_that_cannot_be_kept_is_refused(made: Registry, centre: Program, said: dict[str, Any]) -> None:
    begun = centre.post(f"/centres/{made.code}/cases", {"service": str(made.birth)})
    one = f"/centres/{made.code}/cases/{begun.json()['id']}"
    assert centre.post(f"{one}/answers", said).status_code == 400
    assert centre.post(f"{one}/answers", {"data": {"child_name": {"lo": "\\u0000"}}}).status_code == 200
    assert centre.post(f"{one}/withdraw", {"reason": "a\x00b"}).status_code == 400
    for question in ({"q": "a\x00b"}, {"after": "\x00"}, {"service": "\x00"}):
        assert centre.get(f"/centres/{made.code}/cases", **question).status_code == 400


@pytest.mark.parametrize("asked", [{"until": "9999-12-31"}, {"since": "0001-01-01"}])
def test_days_beyond_all_calendars_are_refused(ministry: Program, asked: dict[str, str]) -> None:
    answer = ministry.get("/cases", **asked)
    assert (answer.status_code, answer.json()["field"]) == (422, next(iter(asked)))


def test_scope_and_role_together_open_a_lane(made: Registry) -> None:
    case = received(made, at=now()).case
    with_role = program(made.ministry, "cases.decide", roles=BACK)
    bare = program(made.ministry, "cases.decide")
    access.save_role(
        by=SYSTEM,
        at=now(),
        id=new_id(),
        code="land_officer",
        name={"lo": "ທີ່ດິນ", "en": "Land officer"},
        permissions=["cases.decide"],
        audience="back",
    )
    beside = program(made.ministry, "cases.decide", roles=["land_officer"])
    (task,) = with_role.get("/tasks").json()["items"]
    one = f"/tasks/{task['id']}"
    for wrong in (bare, beside):
        assert wrong.get("/tasks").json()["items"] == []
        assert wrong.get(one).status_code == 403
        refused = wrong.post(f"{one}/complete", {"outcome": "approve"})
        assert (refused.status_code, refused.json()["code"]) == (403, "not_in_this_lane")
        assert wrong.get(f"/cases/{case}").status_code == 404
    scopeless = program(made.ministry, "access.look")
    assert scopeless.post(f"{one}/complete", {"outcome": "approve"}).status_code == 403
    assert with_role.post(f"{one}/complete", {"outcome": "approve"}).status_code == 200


def test_letters_that_the_certificate_cannot_show_are_refused_at_the_form(
    made: Registry, centre: Program
) -> None:
    one = filled(centre, made)
    rare = {**BIRTH, "mother_name": {"lo": "ນາງ ຄຳ 中", "en": "Kham"}, "family_village": "中"}
    assert centre.post(f"{one}/answers", {"data": rare}).status_code == 200, "a draft keeps what is typed"
    refused = centre.post(f"{one}/receive")
    assert (refused.status_code, refused.json()["field"]) == (422, "mother_name.lo")
    assert centre.post(f"{one}/answers", {"data": {**BIRTH, "family_village": "中"}}).status_code == 200
    assert centre.post(f"{one}/receive").status_code == 200, "it does not stand on the certificate"
