"""The rights of this moment, kept in memory by each thread, and the rule by which they are read anew.

Rule of revocation: a database trigger changes the row `Stamp` with every change of units, roles, grants, logins,
devices and tokens, whoever wrote it (an action, a mirror, plain SQL). A thread compares its stamp whenever `refresh` is
called; the web server does so at most a second apart, the worker every second. In the thread that made the change it
holds at once (`forget`). The day comes with the stamp, from the database, in the zone of the installation.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings

from onedoor.domain.access.models import Device, Grant, Login, Role, Secret, Token, Unit
from onedoor.domain.access.models.local import present
from onedoor.domain.access.permissions.registry import permissions
from onedoor.domain.access.rules.reach import Given, Holding, everywhere, hold
from onedoor.domain.access.rules.tree import Forest, is_valid
from onedoor.kernel.crypto import keyring
from onedoor.kernel.scope import Actor

NOBODY = Holding()


@dataclass(frozen=True)
class Known:
    """What a page needs to know of a login without asking the database."""

    id: UUID
    username: str
    name: dict[str, str]
    language: str
    stamp: str


class Snapshot:
    """Units and roles of one stamp; holders are added as they come."""

    def __init__(self, stamp: UUID | None, today: date) -> None:
        self.stamp = stamp
        self.today = today
        self.forest = Forest(unit.view() for unit in Unit.objects.all())
        self.roles = {role.id: role for role in Role.objects.all()}
        self._holdings: dict[Actor, Holding] = {}
        self._known: dict[UUID, Known | None] = {}
        self._bearers: dict[bytes, Actor] = {}
        self._centres: dict[tuple[Actor, str], tuple[UUID, ...]] = {}

    def holding(self, of: Actor) -> Holding:
        """What an actor holds today."""
        held = self._holdings.get(of)
        if held is None:
            held = self._holdings[of] = self._work_out(of)
        return held

    def centres(self, of: Actor, code: str) -> tuple[UUID, ...]:
        """The centres at which an actor holds a permission."""
        key = (of, code)
        if key not in self._centres:
            units = self.holding(of).where.get(code, frozenset())
            self._centres[key] = tuple(sorted(u for u in units if self.forest.by_id[u].kind == "centre"))
        return self._centres[key]

    def known(self, login: UUID) -> Known | None:
        """The login, if it may be used here and now."""
        if login not in self._known:
            self._known[login] = self._read(login)
        return self._known[login]

    def bearer(self, token: str) -> Actor | None:
        """The device or machine that this token proves. Wrong tokens are not remembered, so they cannot fill memory."""
        digest = keyring().mac("access.token", token.encode())
        found = self._bearers.get(digest)
        if found is None:
            found = self._identify(digest)
            if found is not None:
                self._bearers[digest] = found
        return found

    def _work_out(self, of: Actor) -> Holding:
        if of.kind == "system":
            return everywhere(self.forest, permissions())
        if of.kind == "staff":
            return self._of_login(of.id) if self.known(of.id) else NOBODY
        if of.kind == "device":
            device = Device.objects.filter(id=of.id, ended_at=None).first()
            return self._of([(device.centre_id, device.role_id)]) if device else NOBODY
        if of.kind == "machine":
            token = Token.objects.filter(id=of.id, ended_at=None).first()
            if token is None or (token.valid_until is not None and token.valid_until <= self.today):
                return NOBODY
            return self._of_token(token)
        return NOBODY

    def _of_login(self, login: UUID) -> Holding:
        grants = Grant.objects.filter(login_id=login)
        return self._of(
            (g.unit_id, g.role_id) for g in grants if is_valid(g.valid_from, g.valid_until, self.today)
        )

    def _of_token(self, token: Token) -> Holding:
        """What its scopes permit, and the roles in whose lanes it works; roles permit it nothing more."""
        known = {role.code for role in self.roles.values()}
        scopes = frozenset(token.scopes)
        given = [Given(unit=token.unit_id, permissions=scopes)]
        given += [
            Given(unit=token.unit_id, permissions=scopes, role=role) for role in token.roles if role in known
        ]
        return hold(self.forest, given, self.today)

    def _of(self, pairs: Iterable[tuple[UUID, UUID]]) -> Holding:
        given = [
            Given(unit=unit, permissions=frozenset(self.roles[role].permissions), role=self.roles[role].code)
            for unit, role in pairs
            if role in self.roles
        ]
        return hold(self.forest, given, self.today)

    def _read(self, login: UUID) -> Known | None:
        row = Login.objects.filter(id=login, is_active=True).first()
        if row is None or (row.demonstration and not demonstrates()):
            return None
        secret = Secret.objects.filter(login_id=login).first()
        stamp = secret.stamp if secret else ""
        return Known(id=row.id, username=row.username, name=row.name, language=row.language, stamp=stamp)

    def _identify(self, digest: bytes) -> Actor | None:
        device = Device.objects.filter(token=digest, ended_at=None).values_list("id", flat=True).first()
        if device is not None:
            return Actor("device", device)
        machine = Token.objects.filter(token=digest, ended_at=None).values_list("id", flat=True).first()
        return Actor("machine", machine) if machine is not None else None


_here = threading.local()


def demonstrates() -> bool:
    """Whether logins of the demonstration may be used in this installation."""
    return bool(getattr(settings, "DEMO", False) or getattr(settings, "TESTING", False))


def snapshot() -> Snapshot:
    """The rights as this thread last read them; reads them when it has not."""
    held: Snapshot | None = getattr(_here, "snapshot", None)
    if held is None:
        held = _here.snapshot = Snapshot(*present(settings.TIME_ZONE))
    return held


def refresh() -> bool:
    """Compare with the database and read anew what changed; gives whether anything had. One small statement."""
    held: Snapshot | None = getattr(_here, "snapshot", None)
    if held is None:
        return True
    # Where the stamp's row is gone, nothing would tell of a change: everything is read anew.
    if held.stamp is not None and (held.stamp, held.today) == present(settings.TIME_ZONE):
        return False
    forget()
    return True


def forget() -> None:
    """Read everything anew at the next question; called by whoever changes rights."""
    _here.snapshot = None
