"""A past day of a hall is packed into a film and looks afterwards as it did before."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from onedoor.domain.monitoring.rules.films import packed, unpacked
from onedoor.domain.monitoring.rules.hall import Moment, Move, Reel, Stay, Turn

MORNING = datetime(2026, 3, 2, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 36_000_000).map(lambda step: MORNING + timedelta(milliseconds=step))
IDS = st.integers(1, 9).map(lambda number: UUID(int=number))
MOVES = st.builds(Move, INSTANTS, st.sampled_from(["waiting", "called", "left"]), st.none() | IDS)
STAYS = st.builds(
    Stay,
    st.sampled_from(["A001", "A001+", "P-17"]),
    IDS,
    st.sampled_from(["", "quick"]),
    st.lists(MOVES, min_size=1, max_size=4).map(tuple),
)
TURNS = st.builds(Turn, INSTANTS, IDS, st.sampled_from(["1", "ກ"]), st.just("open"), st.none() | IDS)
MOMENTS = st.builds(Moment, INSTANTS, st.sampled_from(["money", "drawer"]), st.integers(-(2**60), 2**60))


@settings(max_examples=60)
@given(st.lists(STAYS, max_size=5), st.lists(TURNS, max_size=4), st.lists(MOMENTS, max_size=4))
def test_a_film_shows_what_was(stays: list[Stay], turns: list[Turn], moments: list[Moment]) -> None:
    reel = Reel(tuple(stays), tuple(turns), tuple(moments))
    assert unpacked(packed(reel)) == reel
    assert packed(reel) == packed(reel), "packing again writes the same"
