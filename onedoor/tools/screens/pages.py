"""Every page that is looked at: door, way to it, who is logged in, and on which screens it is seen."""

from __future__ import annotations

from dataclasses import dataclass, field

Size = tuple[int, int]
PHONE: Size = (360, 740)
LAPTOP: Size = (1280, 800)
COUNTER: Size = (1366, 768)
KIOSK: Size = (1080, 1920)
BOARD: Size = (1920, 1080)
ANYWHERE = (PHONE, LAPTOP)


@dataclass(frozen=True)
class Page:
    """One page: ``path`` is opened, then each step is taken in turn.

    A step is a selector that is pressed, ``selector::value`` which fills a field, or a path (``{last}`` stands for
    the last part of the address before it); a step that begins with ``?`` may fail. ``login`` is a demonstration
    login, ``DEVICE`` a paired kiosk, None anybody.
    """

    door: str
    name: str
    path: str
    steps: tuple[str, ...] = ()
    login: str | None = None
    sizes: tuple[Size, ...] = field(default=ANYWHERE)
    status: int = 200

    @property
    def tall(self) -> bool:
        """Whether the whole page is taken, not only what one screen shows."""
        return self.door in ("citizen", "account", "console") or self.name in (
            "cases",
            "record",
            "record-earlier",
            "clock",
        )


CENTRE = "0103-1"
DEVICE = "(device)"
MOBILE, TRAVELLER, GREETER = "0103-9", "officer1.mobile", "greeter.saysettha"
TABLET: Size = (768, 1024)
PLAN = "form[action$=plan\\/] .button:not(.secondary)"
RECEPTION, OFFICER, COLLEAGUE, MINISTRY = (
    "reception.saysettha",
    "officer1.saysettha",
    "officer2.saysettha",
    "moha",
)
AUDITOR, OWNER, HEAD, MINISTRY_HEAD = "auditor", "owner", "head.saysettha", "head.moha"
DESIGNER = "designer"
BOOK = f"/book/birth-registration/{CENTRE}/"
DAY, TIME, CONTINUE = "ul.tasks a[href*='/book/']", ".times a", "main form button"
# The applicant whose case has a past, see `history`.
KNOWN_AS = "Phonthip Nathithong"
# The draft of which pictures are taken.
DRAFT, DRAWN = "0d5f0c1e-2f0b-5a56-9f0f-5a0d3f1f6c01", "construction-permit"
DRAWING = f"/console/services/{DRAWN}/drafts/{DRAFT}/"
DESIGN = f"{DRAWING}design/"
SEND = "main button[type=submit]"
ASKED = "main .buttons button[type=submit]"
APPLY = "/services/birth-registration/apply/"
BEGIN = "main form button[type=submit]"
KIOSK_BIRTH = f"/kiosk/{CENTRE}/services/birth-registration/"
DESK = f"/desk/{CENTRE}/1/"
CALLED = ("?[data-key=F9]", "?[data-key=F2]")
STAFF = (PHONE, COUNTER)
FLOAT = ("?#id_note-5000::20", "?.actionbar button[form=float]")
FLOAT_WRONG = ("?#id_note-5000::1.5", "?.actionbar button[form=float]")
FIRST_CASE, FIND = "#papers [name=number]::0103-1-26-C-000001-3", "#papers form button"


def _booking() -> tuple[Page, ...]:
    """Appointments: a time is chosen and looked over at home, found by its code, kept at the centre and promised by its terms."""
    said = ("[name=name]::ນາງ ມະນີຈັນ", "[name=phone]::020 5555 1234")
    here = f"/desk/{CENTRE}/appointments/"
    return (
        Page("citizen", "book-what", f"/centres/{CENTRE}/book/"),
        Page("citizen", "book-days", BOOK, ("details summary",)),
        Page("citizen", "book-times", BOOK, (DAY,)),
        Page("citizen", "book-who-wrong", BOOK, (DAY, TIME, "[name=name]::1", CONTINUE)),
        Page("citizen", "book-check", BOOK, (DAY, TIME, *said, CONTINUE)),
        Page("citizen", "booked-ask", "/appointments/"),
        Page("desk", "booked", here, login=RECEPTION, sizes=ANYWHERE),
        Page("desk", "booked-nobody", f"{here}?day=2027-01-03", login=RECEPTION, sizes=ANYWHERE),
        Page("desk", "booked-one", here, ("td a",), login=RECEPTION, sizes=ANYWHERE),
        Page("desk", "booked-new", f"{here}new/?channel=calls", login=RECEPTION, sizes=ANYWHERE),
        Page("console", "offers-booking", f"/console/offers/centres/{CENTRE}/booking/", login=HEAD),
    )


def _staffing() -> tuple[Page, ...]:
    """The staff of a centre, and the desk of a mobile unit."""
    at, unit, sizes = f"/desk/{CENTRE}", f"/desk/{MOBILE}", (PHONE, TABLET, LAPTOP)
    return (
        Page("desk", "shifts", f"{at}/shifts/", login=HEAD, sizes=sizes),
        Page("desk", "shifts-wrong", f"{at}/shifts/", ("#id_ends::07:00", PLAN), login=HEAD, sizes=sizes),
        Page("desk", "skills", f"{at}/skills/", login=HEAD, sizes=sizes),
        Page("desk", "checklist", f"{at}/checklist/", login=HEAD, sizes=sizes),
        Page("desk", "roster", f"{at}/roster/", login=HEAD, sizes=sizes),
        Page("desk", "greet", f"{at}/greet/", login=GREETER, sizes=sizes),
        Page("desk", "stop", f"{unit}/stop/", login=TRAVELLER, sizes=sizes),
        Page("desk", "stop-reception", f"{unit}/reception/", login=TRAVELLER, sizes=sizes),
        Page("desk", "stop-counters", f"{unit}/", login=TRAVELLER, sizes=sizes),
        Page("citizen", "stops", "/stops/", sizes=sizes),
        Page("citizen", "stops-nothing", "/stops/?district=0101", sizes=sizes),
        Page("citizen", "stop", "/stops/", ("ul.grid li a",), sizes=sizes),
        Page("citizen", "stop-ask-wrong", "/stops/ask/", (SEND,), sizes=sizes),
        Page("console", "mobile", "/console/mobile/", login=OWNER, sizes=sizes),
        Page(
            "console",
            "mobile-wrong",
            "/console/mobile/new/",
            ("#id_capacity::0", SEND),
            login=OWNER,
            sizes=sizes,
        ),
    )


def _citizen() -> tuple[Page, ...]:
    return (
        Page("citizen", "home", "/"),
        Page("citizen", "search", "/search/?q=ເກີດ"),
        Page("citizen", "search-nothing", "/search/?q=zzzz"),
        Page("citizen", "life-event", "/life/birth/"),
        Page("citizen", "services", "/services/"),
        Page("citizen", "service", "/services/birth-registration/"),
        Page("citizen", "service-with-fee", "/services/document-registration/"),
        Page("citizen", "service-with-table", "/services/road-tax/"),
        Page("citizen", "service-some-days", "/services/passport/"),
        Page("citizen", "service-form", "/services/birth-registration/form/"),
        Page("citizen", "prepare", "/services/road-tax/prepare/"),
        *_booking(),
        Page("citizen", "apply", APPLY),
        Page("citizen", "apply-section", APPLY, (BEGIN,)),
        Page("citizen", "apply-code", APPLY, (BEGIN, f"{APPLY}check/")),
        Page("citizen", "prepared-ask", "/prepared/"),
        Page("citizen", "prepare-wrong", "/services/road-tax/prepare/", (ASKED,)),
        Page(
            "citizen",
            "prepared",
            "/services/road-tax/prepare/",
            ("#id_vehicle", "#id_engine::125", ASKED),
        ),
        Page("citizen", "centres", "/centres/"),
        Page("citizen", "centre", f"/centres/{CENTRE}/"),
        Page("citizen", "ticket", KIOSK_BIRTH, ("#take button", "/t/{last}/"), login=DEVICE),
        Page("citizen", "follow", "/follow/"),
        Page("citizen", "follow-wrong", "/follow/", (SEND,)),
        Page("citizen", "verify", "/verify/"),
        Page("citizen", "verify-wrong", "/verify/", (SEND,)),
        Page("citizen", "verify-unknown", "/verify/0103-1-26-D-000001-7/AAAA-BBBB-CCCC-DDDD/"),
        Page("citizen", "receipt", "/receipts/"),
        Page("citizen", "receipt-wrong", "/receipts/", (SEND,)),
        Page("citizen", "tariff", "/tariff/"),
        Page("citizen", "fees", "/fees/"),
        Page("citizen", "fees-nothing", "/fees/?q=zzzz"),
        Page("citizen", "complain", "/complain/"),
        Page("citizen", "complain-wrong", "/complain/", (SEND,)),
        Page("citizen", "complaint", "/complain/follow/"),
        Page(
            "citizen",
            "complaint-wrong",
            "/complain/follow/",
            ("#id_number::0103-1-26-G-000001-7", "#id_code::0", SEND),
        ),
        Page("citizen", "not-found", "/no-such-page/", status=404),
    )


def _account() -> tuple[Page, ...]:
    return (
        Page("account", "login", "/accounts/login/"),
        Page("account", "login-wrong", "/accounts/login/", (SEND,)),
        Page("account", "device", "/accounts/device/"),
        Page("account", "security", "/accounts/security/", login=OFFICER),
        Page("account", "logout", "/accounts/logout/", login=OFFICER),
        Page("account", "locked", f"/desk/{CENTRE}/3/", ("?#away button",), login=COLLEAGUE),
        Page("account", "not-permitted", "/office/", login=RECEPTION, status=403),
    )


def _hall() -> tuple[Page, ...]:
    return (
        Page("kiosk", "invite", f"/kiosk/{CENTRE}/", login=DEVICE, sizes=(KIOSK,)),
        Page("kiosk", "services", f"/kiosk/{CENTRE}/services/", login=DEVICE, sizes=(KIOSK,)),
        Page("kiosk", "other-days", f"/kiosk/{CENTRE}/services/?page=3", login=DEVICE, sizes=(KIOSK,)),
        Page(
            "kiosk",
            "fill",
            f"/kiosk/{CENTRE}/fill/birth-registration/",
            (BEGIN,),
            login=DEVICE,
            sizes=(KIOSK,),
        ),
        Page("kiosk", "confirm", KIOSK_BIRTH, login=DEVICE, sizes=(KIOSK,)),
        Page("kiosk", "ticket", KIOSK_BIRTH, ("#take button",), login=DEVICE, sizes=(KIOSK,)),
        Page("kiosk", "lost", f"/kiosk/{CENTRE}/lost/", login=DEVICE, sizes=(KIOSK,)),
        Page("kiosk", "lost-wrong", f"/kiosk/{CENTRE}/lost/", (SEND,), login=DEVICE, sizes=(KIOSK,)),
        Page("kiosk", "rate", f"/kiosk/{CENTRE}/rate/1/", login=DEVICE, sizes=(KIOSK, LAPTOP)),
        Page("kiosk", "scan", f"/kiosk/{CENTRE}/scan/", login=DEVICE, sizes=(KIOSK,)),
        Page("kiosk", "scan-wrong", f"/kiosk/{CENTRE}/scan/", (SEND,), login=DEVICE, sizes=(KIOSK,)),
        Page("kiosk", "appointment", f"/kiosk/{CENTRE}/appointment/", login=DEVICE, sizes=(KIOSK,)),
        Page("board", "hall", f"/board/{CENTRE}/", sizes=(BOARD,)),
        Page("board", "calls", DESK, (*CALLED, f"/board/{CENTRE}/"), login=OFFICER, sizes=(BOARD,)),
    )


def _staff() -> tuple[Page, ...]:
    return (
        Page("desk", "counters", f"/desk/{CENTRE}/", login=OFFICER, sizes=STAFF),
        Page("desk", "reception", f"/desk/{CENTRE}/reception/", login=RECEPTION, sizes=STAFF),
        Page("desk", "messages", f"/desk/{CENTRE}/messages/", login=HEAD, sizes=ANYWHERE),
        Page("desk", "screens", f"/desk/{CENTRE}/board/", login=HEAD, sizes=ANYWHERE),
        Page("desk", "helps", f"/desk/{CENTRE}/help/", login=RECEPTION, sizes=ANYWHERE),
        Page(
            "desk",
            "visit",
            DESK,
            ("?[data-key=F9]", "?[data-key=F2]", "?[data-key='Alt+V']"),
            login=OFFICER,
            sizes=STAFF,
        ),
        Page("desk", "paper-list", f"/desk/{CENTRE}/reception/paper/", login=RECEPTION, sizes=ANYWHERE),
        Page("desk", "day", f"/desk/{CENTRE}/day/", login=HEAD, sizes=ANYWHERE),
        Page("desk", "day-kept", f"/desk/{CENTRE}/day/kept/", login=HEAD, sizes=ANYWHERE),
        Page(
            "desk",
            "instead",
            f"/desk/{CENTRE}/day/kept/",
            ("a[href*='/day/places/']", "main form[method=get] button"),
            login=HEAD,
            sizes=ANYWHERE,
        ),
        Page("desk", "calls", f"/desk/{CENTRE}/calls/", login=RECEPTION, sizes=STAFF),
        Page("desk", "call-section", f"/desk/{CENTRE}/calls/", (BEGIN,), login=RECEPTION, sizes=STAFF),
        Page("desk", "counter", f"/desk/{CENTRE}/2/", login=OFFICER, sizes=STAFF),
        Page("desk", "called", DESK, ("?[data-key=F9]", "?[data-key=F2]"), login=OFFICER, sizes=STAFF),
        Page("desk", "serving", DESK, ("?[data-key=F4]",), login=OFFICER, sizes=STAFF),
        Page("desk", "application", DESK, ("?#person [data-key=F4]",), login=OFFICER, sizes=STAFF),
        Page("desk", "applications", f"{DESK}application/", login=OFFICER, sizes=STAFF),
        Page("desk", "case", f"{DESK}application/", (FIRST_CASE, FIND), login=OFFICER, sizes=STAFF),
        Page("desk", "task", f"{DESK}application/", ("?#person .inbox a",), login=OFFICER, sizes=STAFF),
        Page("desk", "documents", f"{DESK}papers/", login=OFFICER, sizes=STAFF),
        Page("desk", "document", f"{DESK}papers/", ("?#person a[href*=papers]",), login=OFFICER, sizes=STAFF),
        Page("desk", "cash", f"{DESK}cash/", login=OFFICER, sizes=STAFF),
        Page("desk", "cash-wrong", f"{DESK}cash/", FLOAT_WRONG, login=OFFICER, sizes=STAFF),
        Page("desk", "cash-open", f"{DESK}cash/", FLOAT, login=OFFICER, sizes=STAFF),
        Page("desk", "cash-pay", f"{DESK}cash/", ("?#person .inbox a",), login=OFFICER, sizes=STAFF),
        Page(
            "desk", "cash-close", f"{DESK}cash/", ("?a[href*='/cash/sessions/']",), login=OFFICER, sizes=STAFF
        ),
        Page("desk", "cash-sell", f"{DESK}cash/sell/", login=OFFICER, sizes=STAFF),
        Page("desk", "cash-safe", f"{DESK}cash/safe/", login=OFFICER, sizes=STAFF),
        Page("desk", "cash-centre", f"/desk/{CENTRE}/cash/", login=HEAD, sizes=STAFF),
        *_staffing(),
        Page("console", "country", "/console/", login=OWNER),
        Page("console", "country-satisfied", "/console/?measure=satisfied", login=OWNER),
        Page("console", "province", "/console/provinces/01/", login=OWNER),
        Page("console", "place", f"/console/places/{CENTRE}/", login=OWNER),
        Page("console", "waits", f"/console/places/{CENTRE}/waits/", login=OWNER),
        Page("console", "staff-plan", f"/console/places/{CENTRE}/counters-needed/", login=OWNER),
        Page("console", "counter", f"/console/places/{CENTRE}/counters/1/", login=OWNER),
        Page("console", "hall-then", f"/console/places/{CENTRE}/then/", login=HEAD),
        Page("console", "cameras", f"/console/places/{CENTRE}/cameras/", login=HEAD),
        Page("console", "camera-new", f"/console/places/{CENTRE}/cameras/new/", login=HEAD),
        Page("console", "head", "/console/", login=HEAD),
        Page("console", "figures", "/console/figures/", login=OWNER),
        Page("console", "figures-month", "/console/figures/?by=month&measure=wait_share", login=OWNER),
        Page("console", "figures-sex", "/console/figures/?by=sex", login=OWNER),
        Page("console", "figures-wrong", "/console/figures/?period=never", login=OWNER, status=422),
        Page("console", "figures-language", "/console/figures/?by=language", login=OWNER),
        Page("console", "offers", "/console/offers/", login=OWNER),
        Page("console", "offers-province", "/console/offers/?province=16", login=OWNER),
        Page("console", "offers-ministry", "/console/offers/ministries/MOFA/", login=OWNER),
        Page("console", "offers-place", "/console/offers/centres/1601-1/", login=OWNER),
        Page("console", "offers-calling", f"/console/offers/centres/{CENTRE}/calling/", login=OWNER),
        Page("console", "offers-hours", f"/console/offers/centres/{CENTRE}/hours/", login=OWNER),
        Page("console", "offers-space", f"/console/offers/centres/{CENTRE}/space/", login=OWNER),
        Page("console", "offers-offer", "/console/offers/centres/1601-1/services/road-tax/", login=OWNER),
        Page(
            "console",
            "offers-withdraw",
            "/console/offers/centres/1603-1/services/passport/withdraw/",
            login=OWNER,
        ),
        Page("console", "offers-promises", "/console/offers/promises/", login=OWNER),
        Page("console", "offers-promise", "/console/offers/promises/new/", login=OWNER),
        Page("console", "complaints", "/console/complaints/", login=HEAD),
        Page("console", "complaint", "/console/complaints/", ("?tbody a",), login=HEAD),
        Page("console", "monday", "/console/monday/", login=OWNER),
        Page("console", "laboratory", "/console/laboratory/", login=OWNER),
        Page("console", "laboratory-ask", "/console/laboratory/services/road-tax/", login=OWNER),
        Page(
            "console",
            "laboratory-wrong",
            "/console/laboratory/services/road-tax/",
            ("main form button[type=submit]",),
            login=OWNER,
            status=422,
        ),
        Page("console", "fees", "/console/fees/", login=OWNER),
        Page("console", "fee-history", "/console/fees/services/road-tax/", login=OWNER),
        Page("console", "receipts", "/console/fees/receipts/", login=OWNER),
        Page("console", "services", "/console/services/", login=DESIGNER),
        Page("console", "habits", "/console/papers/", login=DESIGNER),
        Page("console", "service", "/console/services/construction-permit/", login=DESIGNER),
        Page(
            "console", "service-edition", "/console/services/construction-permit/editions/1/", login=DESIGNER
        ),
        Page(
            "console", "service-withdraw", "/console/services/construction-permit/withdraw/", login=DESIGNER
        ),
        Page("console", "draft", DRAWING, login=DESIGNER),
        Page("console", "draft-release", f"{DRAWING}release/", login=DESIGNER),
        Page("console", "draft-trial", f"{DRAWING}trial/", login=DESIGNER),
        Page("console", "design", DESIGN, login=DESIGNER),
        Page("console", "design-eligibility", f"{DESIGN}eligibility/", login=DESIGNER),
        Page("console", "design-form", f"{DESIGN}form/", login=DESIGNER),
        Page("console", "design-question", f"{DESIGN}form/?question=floor_area", login=DESIGNER),
        Page("console", "design-question-new", f"{DESIGN}form/?do=add&section=building", login=DESIGNER),
        *(
            Page("console", f"design-look-{look}", f"{DESIGN}form/as/{look}/", login=DESIGNER)
            for look in ("citizen", "kiosk", "desk", "call")
        ),
        Page(
            "console",
            "design-process",
            f"{DESIGN}process/",
            ("form[data-ready] button[data-draw=fit]",),
            login=DESIGNER,
        ),
        Page("console", "design-steps", f"{DESIGN}process/steps/", login=DESIGNER),
        Page("console", "design-step", f"{DESIGN}process/steps/?step=receive", login=DESIGNER),
        Page("console", "design-step-new", f"{DESIGN}process/steps/?step=receive&do=add", login=DESIGNER),
        Page(
            "console",
            "design-step-kind",
            f"{DESIGN}process/steps/?step=receive&do=add&kind=boundaryEvent/timer",
            login=DESIGNER,
        ),
        Page("console", "design-lane-new", f"{DESIGN}process/steps/?do=add_lane", login=DESIGNER),
        Page(
            "console",
            "design-decisions",
            f"{DESIGN}decisions/",
            ("form[data-ready] [data-views] button:last-child",),
            login=DESIGNER,
        ),
        Page("console", "design-rules", f"{DESIGN}decisions/approval_level/", login=DESIGNER),
        Page("console", "design-tests", f"{DESIGN}tests/", login=DESIGNER),
        Page("console", "design-test", f"{DESIGN}tests/?test=new", login=DESIGNER),
        Page("console", "audit", "/console/audit/", login=AUDITOR),
        Page("console", "audit-wrong", "/console/audit/?since=never", login=AUDITOR, status=422),
        Page("console", "audit-sample", "/console/audit/sample/?seed=2026-03&size=10", login=AUDITOR),
        Page(
            "console",
            "audit-case",
            "/console/audit/sample/?seed=2026-03&size=10",
            ("?tbody a",),
            login=AUDITOR,
        ),
        Page("office", "worklist", "/office/", login=MINISTRY, sizes=STAFF),
        Page("office", "case", "/office/", ("?.inbox a",), login=MINISTRY, sizes=STAFF),
        Page("office", "told", "/office/escalated/", login=MINISTRY_HEAD),
        Page("office", "clock", f"/office/cases/?q={KNOWN_AS}", ("tbody a",), login=MINISTRY_HEAD),
        Page("console", "calendar", "/console/calendar/", login=OWNER),
        Page("office", "cases", "/office/cases/?q=c+0000", login=MINISTRY),
        Page("office", "cases-wrong", "/office/cases/?q=a&since=never", login=MINISTRY, status=422),
        Page("office", "cases-nothing", "/office/cases/?q=zzzz", login=MINISTRY),
        Page("office", "record", "/office/cases/", ("?tbody a",), login=MINISTRY),
        Page("office", "record-earlier", "/office/cases/?q=case-", ("?tbody a",), login=MINISTRY),
    )


PAGES: tuple[Page, ...] = (*_citizen(), *_account(), *_hall(), *_staff())
