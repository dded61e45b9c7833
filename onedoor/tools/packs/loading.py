"""Puts a sound pack into the database through the contexts' own actions, as one transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from onedoor.domain.access.api import grant, note_origin, save_login, save_role, save_unit
from onedoor.domain.catalogue.api import save_life_event, save_service
from onedoor.domain.centres.api import Offer, save_calendar, save_centre, save_counter
from onedoor.domain.documents.api import save_template
from onedoor.domain.payments.api import save_tariff
from onedoor.kernel.ids import named_id
from onedoor.kernel.scope import Actor
from onedoor.tools.packs.calling import load_calling
from onedoor.tools.packs.checklists import load_checklist
from onedoor.tools.packs.content import CentreRow, Pack, UnitRow
from onedoor.tools.packs.notices import load_notices
from onedoor.tools.packs.offering import load_offering
from onedoor.tools.packs.standards import load_standards


@dataclass(frozen=True)
class Loaded:
    """What loading came to: how many things the pack has, and how many of them were written."""

    things: int
    written: int


@transaction.atomic
def load(pack: Pack, *, by: Actor, at: datetime) -> Loaded:
    """Bring the database to what the pack says. What is already so is not written; nothing is ever deleted.

    Args:
        pack: without faults, as `check` gave it.
        by: the node itself, when a tool loads.
    Errors: Refused, and Conflict when another node owns the reference data (only the hub loads packs).
    """
    before = _letters()
    note_origin(by=by, at=at, pack=pack.code, about=pack.about)
    loader = _Loader(pack, by, at)
    things = (
        loader.units()
        + loader.calendar()
        + loader.services()
        + loader.templates()
        + loader.tariff()
        + loader.centres()
        + loader.people()
        + load_offering(pack, id=loader.id, by=by, at=at)
        + load_standards(pack, id=loader.id, by=by, at=at)
        + load_calling(pack, id=loader.id, by=by, at=at)
        + load_notices(pack, id=loader.id, by=by, at=at)
        + load_checklist(pack, id=loader.id, by=by, at=at)
    )
    return Loaded(things=things, written=_letters() - before)


def _letters() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kernel_letter")
        return int(cursor.fetchone()[0])


class _Loader:
    def __init__(self, pack: Pack, by: Actor, at: datetime) -> None:
        self.pack, self.by, self.at = pack, by, at

    def id(self, kind: str, key: str) -> UUID:
        """A row's id, the same on every node."""
        return named_id(self.pack.code, f"{kind}/{key}")

    def units(self) -> int:
        """Both trees from the top down, then the centres' units."""
        rows = {**self.pack.units, **{code: self._unit_of(row) for code, row in self.pack.centres.items()}}
        done: set[str] = set()
        waiting = list(rows.values())
        while waiting:
            ready = [row for row in waiting if not row.parent or row.parent in done]
            for row in ready:
                self._unit(row)
                done.add(row.code)
            waiting = [row for row in waiting if row.code not in done]
        return len(rows)

    def _unit_of(self, row: CentreRow) -> UnitRow:
        return UnitRow(
            code=row.code,
            kind="centre",
            tree="territory",
            parent=row.district,
            name=row.name,
            valid_from=row.valid_from,
            valid_until=None,
            successors=[],
            source=row.source,
            place=row.place,
        )

    def _unit(self, row: UnitRow) -> None:
        save_unit(
            by=self.by,
            at=self.at,
            id=self.id("unit", row.code),
            code=row.code,
            kind=row.kind,
            tree=row.tree,
            name=row.name,
            parent=self.id("unit", row.parent) if row.parent else None,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            successors=[self.id("unit", code) for code, _place in row.successors],
            source=row.source,
        )

    def calendar(self) -> int:
        """The office calendar with its holidays."""
        row = self.pack.calendar
        if row is None:
            return 0
        save_calendar(
            by=self.by,
            at=self.at,
            id=self.id("calendar", row.unit),
            unit=self.id("unit", row.unit),
            zone=row.zone,
            rest=row.rest,
            hours=row.hours,
            confirmed=row.confirmed,
            holidays=row.holidays,
            in_lieu=row.in_lieu,
            source=row.source,
        )
        return 1

    def services(self) -> int:
        """Life events, then services."""
        for position, (code, name) in enumerate(self.pack.life_events, start=1):
            save_life_event(
                by=self.by,
                at=self.at,
                id=self.id("life-event", code),
                code=code,
                name=name,
                position=position,
            )
        for row in self.pack.services.values():
            save_service(
                by=self.by,
                at=self.at,
                id=self.id("service", row.code),
                code=row.code,
                name=row.name,
                summary=row.summary,
                authority=self.id("unit", row.authority),
                papers=row.papers,
                fees=row.fees,
                duration=row.duration,
                legal_basis=row.legal_basis,
                identity=row.identity,
                eligibility=row.eligibility,
                eligibility_table=row.eligibility_table,
                result=row.result,
                demonstration=row.demonstration,
                notice=row.notice,
                valid_from=row.valid_from,
                form=row.form,
                process=row.process,
                decisions=row.decisions,
                keywords=row.keywords,
                life_events=row.life_events,
                source=row.source,
            )
        return len(self.pack.life_events) + len(self.pack.services)

    def templates(self) -> int:
        """How documents read."""
        for code, layout in self.pack.templates.items():
            save_template(by=self.by, at=self.at, id=self.id("template", code), code=code, layout=layout)
        return len(self.pack.templates)

    def tariff(self) -> int:
        """What may be charged beside the state's fees, and in which notes."""
        row = self.pack.tariff
        if row is None:
            return 0
        save_tariff(
            by=self.by,
            at=self.at,
            id=self.id("tariff", row.currency),
            code=f"incidental-{row.currency.lower()}",
            currency=row.currency,
            notes=row.notes,
            items=row.items,
            grounds=row.grounds,
            law=row.law,
            source=row.source,
        )
        return 1

    def centres(self) -> int:
        """Centres with their offers, and their counters."""
        count = 0
        for row in self.pack.centres.values():
            centre = self.id("unit", row.code)
            save_centre(
                by=self.by,
                at=self.at,
                id=centre,
                code=row.code,
                name=row.name,
                district=self.id("unit", row.district),
                demonstration=row.demonstration,
                address=row.address,
                phone=row.phone,
                zone=self.pack.zone,
                offers=self._offers(row.code),
                source=row.source,
            )
            for number in range(1, row.counters + 1):
                save_counter(
                    by=self.by,
                    at=self.at,
                    id=self.id("counter", f"{row.code}/{number}"),
                    centre=centre,
                    code=str(number),
                    name={
                        language: word.replace("{number}", str(number))
                        for language, word in self.pack.counter_name.items()
                    },
                )
            count += 1 + row.counters
        return count

    def _offers(self, centre: str) -> list[Offer]:
        held = [row for row in self.pack.offers if not row.centres or centre in row.centres]
        offers = [
            Offer(
                service=self.id("service", row.service),
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                weekdays=row.weekdays,
                capacity=row.capacity,
                demonstration=row.demonstration,
                withdrawn_on=row.withdrawn_on,
                reason=row.reason,
            )
            for row in held
        ]
        return sorted(offers, key=lambda one: (one.valid_from, str(one.service)))

    def people(self) -> int:
        """Roles, demonstration logins and their grants."""
        for role in self.pack.roles.values():
            save_role(
                by=self.by,
                at=self.at,
                id=self.id("role", role.code),
                code=role.code,
                name=role.name,
                permissions=role.permissions,
                audience=role.audience,
            )
        for row in self.pack.logins:
            login = self.id("login", row.username)
            save_login(
                by=self.by,
                at=self.at,
                id=login,
                username=row.username,
                name=row.name,
                demonstration=True,
                password=self.pack.staff_password,
            )
            for role_code, unit, until in row.grants:
                assert self.pack.staff_from is not None
                grant(
                    by=self.by,
                    at=self.at,
                    login=login,
                    role=role_code,
                    unit=self.id("unit", unit),
                    valid_from=self.pack.staff_from,
                    valid_until=until,
                    source="demonstration",
                )
        return len(self.pack.roles) + sum(1 + len(row.grants) for row in self.pack.logins)
