"""What letters say of how a hall looks: moves of tickets, turns of counters, moments."""

from onedoor.domain.monitoring.models import MomentRow, Post, State, TurnRow, Visit
from onedoor.kernel.letters import Letter


def drawn(state: State, letter: Letter, row: Visit) -> None:
    """Keep the move of a ticket, and what it says of its counter."""
    row.moves = [*row.moves, [letter.at.timestamp(), row.status, row.counter.hex if row.counter else ""]]
    post = state.post_of(row.counter) if row.counter is not None else None
    if post is None or row.status == "serving":
        return
    post.free_since = None if row.status == "called" else letter.at
    state.changed.add((post.centre, post.code))
    if row.status == "called" and letter.actor_kind == "staff" and post.officer != letter.actor:
        post.officer = letter.actor
        turn(state, letter, post)


def turn(state: State, letter: Letter, post: Post, *, standing: str = "") -> None:
    """Keep how a counter stands from now on."""
    if post.counter is not None:
        state.turns.append(
            TurnRow(
                letter=letter.id,
                centre=post.centre,
                counter=post.counter,
                code=post.code,
                at=letter.at,
                state=standing or ("open" if post.is_open else "closed"),
                officer=post.officer,
            )
        )


def moment(state: State, letter: Letter, kind: str, number: int) -> None:
    """Keep something that the hall shows as a sum."""
    if letter.centre is not None:
        row = MomentRow(letter=letter.id, centre=letter.centre, at=letter.at, kind=kind, number=number)
        state.moments.append(row)
