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


PAGES: tuple[Page, ...] = (
    Page("citizen", "home", "/"),
    Page("citizen", "not-found", "/no-such-page/", status=404),
    Page("account", "login", "/accounts/login/"),
)
