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
    """One page: ``path`` is opened, then each selector of ``steps`` is pressed in turn.

    A step ``selector=value`` fills a field. ``login`` is a demonstration login, None for everybody.
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
        return self.door in ("citizen", "account") or PHONE in self.sizes


CENTRE = "0103-1"
RECEPTION, OFFICER, HEAD, MINISTRY = (
    "reception.saysettha",
    "officer1.saysettha",
    "head.saysettha",
    "moha",
)

PAGES: tuple[Page, ...] = (
    Page("citizen", "home", "/"),
    Page("citizen", "search", "/search/?q=ເກີດ"),
    Page("citizen", "search-nothing", "/search/?q=zzzz"),
    Page("citizen", "life-event", "/", steps=(".events a",)),
    Page("citizen", "services", "/services/"),
    Page("citizen", "service", "/services/birth-registration/"),
    Page("citizen", "centres", "/centres/"),
    Page("citizen", "centre", f"/centres/{CENTRE}/"),
    Page("citizen", "not-found", "/no-such-page/", status=404),
    Page("account", "login", "/accounts/login/"),
    Page("account", "login-wrong", "/accounts/login/", steps=("main button[type=submit]",)),
    Page("account", "device", "/accounts/device/"),
    Page("kiosk", "invite", f"/kiosk/{CENTRE}/", login=RECEPTION, sizes=(KIOSK,)),
    Page("kiosk", "services", f"/kiosk/{CENTRE}/services/", login=RECEPTION, sizes=(KIOSK,)),
    Page(
        "kiosk", "confirm", f"/kiosk/{CENTRE}/services/birth-registration/", login=RECEPTION, sizes=(KIOSK,)
    ),
    Page("kiosk", "lost", f"/kiosk/{CENTRE}/lost/", login=RECEPTION, sizes=(KIOSK,)),
    Page("desk", "counters", f"/desk/{CENTRE}/", login=OFFICER, sizes=(PHONE, COUNTER)),
    Page("desk", "reception", f"/desk/{CENTRE}/reception/", login=RECEPTION, sizes=(PHONE, COUNTER)),
    Page("desk", "home", f"/desk/{CENTRE}/2/", login=OFFICER, sizes=(PHONE, COUNTER)),
    Page("citizen", "verify", "/verify/"),
    Page("citizen", "complain", "/complain/"),
    Page("board", "hall", f"/board/{CENTRE}/", login=RECEPTION, sizes=(BOARD,)),
)
