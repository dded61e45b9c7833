"""What a batch of letters changes: the rows it speaks of, read at once and written at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection

from onedoor.domain.monitoring.models.reels import MomentRow, TurnRow
from onedoor.domain.monitoring.models.tables import Grievance, Heard, Matter, Post, Standard, Till, Visit
from onedoor.domain.monitoring.models.tallies import add_tallies
from onedoor.domain.monitoring.rules.tallies import Key, Tally

_VISIT = ("version", "counter", "number", "status", "called_at", "started_at", "ended_at", "zone", "moves")
_MATTER = ("version", "status", "due", "done_at", "warned_at", "holder", "told", "level")
_SEEN = """
INSERT INTO monitoring_hall AS h (centre, last_seen) SELECT * FROM unnest(%s::uuid[], %s::timestamptz[])
ON CONFLICT (centre) DO UPDATE SET last_seen = greatest(h.last_seen, EXCLUDED.last_seen)
"""


@dataclass
class State:
    """Rows by id, which of them changed, and what is to be added."""

    visits: dict[UUID, Visit] = field(default_factory=dict)
    matters: dict[UUID, Matter] = field(default_factory=dict)
    tills: dict[UUID, Till] = field(default_factory=dict)
    grievances: dict[UUID, Grievance] = field(default_factory=dict)
    heard: dict[UUID, int] = field(default_factory=dict)
    posts: dict[tuple[UUID, str], Post] = field(default_factory=dict)
    wait_limit: int | None = None
    tallies: dict[Key, Tally] = field(default_factory=dict)
    seen: dict[UUID, datetime] = field(default_factory=dict)
    changed: set[object] = field(default_factory=set)
    told: dict[UUID, tuple[int, datetime]] = field(default_factory=dict)
    turns: list[TurnRow] = field(default_factory=list)
    moments: list[MomentRow] = field(default_factory=list)

    def add(self, keys: Iterable[Key], tally: Tally) -> None:
        """Add a tally to each of these rows."""
        for key in keys:
            self.tallies.setdefault(key, Tally()).add(tally)

    def post_of(self, counter: UUID) -> Post | None:
        """The counter of this id among those of the centres of this batch."""
        return next((post for post in self.posts.values() if post.counter == counter), None)


def read_state(*, aggregates: set[UUID], units: set[UUID]) -> State:
    """What is known of these aggregates and centres."""
    heard = Heard.objects.filter(aggregate__in=aggregates).values_list("aggregate", "version")
    limit = Standard.objects.filter(code="wait").values_list("limit", flat=True).first()
    return State(
        visits=Visit.objects.in_bulk(aggregates),
        matters=Matter.objects.in_bulk(aggregates),
        tills=Till.objects.in_bulk(aggregates),
        grievances=Grievance.objects.in_bulk(aggregates),
        heard=dict(heard),
        posts={(post.centre, post.code): post for post in Post.objects.filter(centre__in=units)},
        wait_limit=limit * 60 if limit is not None else None,
    )


def write_state(state: State, *, units: set[UUID]) -> None:
    """Write what changed."""
    visits = [row for row in state.visits.values() if row in state.changed]
    matters = [row for row in state.matters.values() if row in state.changed]
    tills = [row for row in state.tills.values() if row in state.changed]
    grievances = [row for row in state.grievances.values() if row in state.changed]
    posts = [row for row in state.posts.values() if (row.centre, row.code) in state.changed]
    if visits:
        Visit.objects.bulk_create(visits, update_conflicts=True, unique_fields=["id"], update_fields=_VISIT)
    if matters:
        Matter.objects.bulk_create(
            matters, update_conflicts=True, unique_fields=["id"], update_fields=_MATTER
        )
    if tills:
        Till.objects.bulk_create(
            tills, update_conflicts=True, unique_fields=["id"], update_fields=["closed_at", "difference"]
        )
    if grievances:
        Grievance.objects.bulk_create(
            grievances, update_conflicts=True, unique_fields=["id"], update_fields=["answered_at"]
        )
    if posts:
        Post.objects.bulk_create(
            [
                Post(
                    centre=p.centre,
                    code=p.code,
                    counter=p.counter,
                    is_open=p.is_open,
                    version=p.version,
                    officer=p.officer,
                    free_since=p.free_since,
                )
                for p in posts
            ],
            update_conflicts=True,
            unique_fields=["centre", "code"],
            update_fields=["counter", "is_open", "version", "officer", "free_since"],
        )
    if state.told:
        rows = [Heard(aggregate=id, version=version, at=at) for id, (version, at) in state.told.items()]
        Heard.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["aggregate"], update_fields=["version", "at"]
        )
    if state.turns:
        TurnRow.objects.bulk_create(state.turns, ignore_conflicts=True)
    if state.moments:
        MomentRow.objects.bulk_create(state.moments, ignore_conflicts=True)
    add_tallies(state.tallies, units=units)
    if state.seen:
        with connection.cursor() as cursor:
            cursor.execute(_SEEN, [list(state.seen), list(state.seen.values())])
