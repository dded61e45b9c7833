"""The pure rules of the two trees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from onedoor.domain.access.rules.tree import Forest, Unit, is_valid

BEGIN, TODAY = date(2021, 1, 1), date(2026, 3, 2)


def leaf(number: int, parent: Unit | None = None, **changes: object) -> Unit:
    plain = Unit(
        id=UUID(int=number),
        code=str(number),
        kind="province",
        tree="territory",
        name={"lo": str(number)},
        parent=parent.id if parent else None,
        path=(*(parent.path if parent else ()), UUID(int=number)),
        valid_from=BEGIN,
        valid_until=None,
        successors=(),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


@st.composite
def forests(draw: st.DrawFn) -> Forest:
    """Random trees in which units end and hand over to others, also in circles."""
    units: list[Unit] = []
    for number in range(draw(st.integers(1, 14))):
        parent = draw(st.sampled_from([None, *units]))
        units.append(leaf(number + 1, parent))
    ids = [unit.id for unit in units]
    ends = st.sampled_from([None, None, TODAY - timedelta(days=1), TODAY + timedelta(days=1)])
    changed = []
    for unit in units:
        until = draw(ends)
        heirs = tuple(draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))) if until else ()
        changed.append(replace(unit, valid_until=until, successors=heirs))
    return Forest(changed)


@given(forests())
def test_descendants_are_those_whose_path_holds_the_unit(forest: Forest) -> None:
    for unit in forest.by_id:
        by_path = {one.id for one in forest.by_id.values() if unit in one.path}
        assert forest.descendants(unit) == by_path


@given(forests())
def test_ancestors_are_the_path_without_the_unit(forest: Forest) -> None:
    for unit in forest.by_id.values():
        assert forest.ancestors(unit.id) == unit.path[:-1]


@given(forests())
def test_a_grant_covers_what_lies_below_its_unit_and_below_the_heirs(forest: Forest) -> None:
    for unit in forest.by_id:
        covered = forest.cover(unit, TODAY)
        for heir in forest.heirs(unit, TODAY):
            assert forest.descendants(heir) <= covered


@given(forests())
def test_cover_is_closed_below_and_backwards(forest: Forest) -> None:
    for unit in forest.by_id:
        covered = forest.cover(unit, TODAY)
        for one in covered:
            assert set(forest.children(one)) <= covered
            assert set(forest.predecessors(one, TODAY)) <= covered


@given(forests())
def test_without_ended_units_a_grant_covers_its_branch_only(forest: Forest) -> None:
    lasting = Forest(replace(unit, valid_until=None, successors=()) for unit in forest.by_id.values())
    for unit in lasting.by_id:
        assert lasting.cover(unit, TODAY) == lasting.descendants(unit)


def test_a_ministry_reaches_the_one_that_it_took_over_from() -> None:
    new = leaf(1)
    old = leaf(2, valid_until=TODAY, successors=(new.id,))
    department = leaf(3, old)
    forest = Forest([new, old, department])
    assert forest.cover(new.id, TODAY) == {new.id, old.id, department.id}
    assert forest.cover(new.id, TODAY - timedelta(days=1)) == {new.id}, "not before it ended"


def test_a_grant_at_a_dissolved_ministry_follows_to_the_new_one() -> None:
    new = leaf(1)
    old = leaf(2, valid_until=TODAY, successors=(new.id,))
    assert Forest([new, old]).cover(old.id, TODAY) == {old.id, new.id}


def test_a_district_that_moved_does_not_take_the_old_province_along() -> None:
    there = leaf(1)
    here = leaf(2)
    after = leaf(3, there)
    before = leaf(4, here, valid_until=TODAY, successors=(after.id,))
    forest = Forest([there, here, after, before])
    assert forest.cover(here.id, TODAY) == {here.id, before.id}
    assert forest.cover(there.id, TODAY) == {there.id, after.id, before.id}


def test_no_circle() -> None:
    root = leaf(1)
    child = leaf(2, root)
    forest = Forest([root, child])
    assert forest.would_contain_itself(root.id, child.id)
    assert forest.would_contain_itself(root.id, root.id)
    assert not forest.would_contain_itself(child.id, root.id)


@given(st.dates(), st.dates(), st.one_of(st.none(), st.dates()))
def test_a_validity_ends_before_its_last_named_day(on: date, start: date, until: date | None) -> None:
    assert is_valid(start, until, on) == (start <= on and (until is None or on < until))


def test_the_office_of_a_place_is_the_nearest_that_there_is() -> None:
    province = leaf(1, code="01")
    district = leaf(2, province, code="0101", kind="district")
    centre = leaf(3, district, code="0101-1", kind="centre")
    works, north = leaf(4, code="WORKS", tree="authority"), leaf(5, code="WORKS-01", tree="authority")
    near, other = leaf(6, code="WORKS-0101", tree="authority"), leaf(7, code="GOV", tree="authority")
    forest = Forest([province, district, centre, works, north, near, other])
    assert forest.office(works.id, centre.id, level="district") == near.id
    assert forest.office(works.id, centre.id, level="province") == north.id
    assert forest.office(works.id, centre.id, level="province", of="GOV") == other.id
    assert forest.office(other.id, centre.id, level="district") == other.id
    assert forest.office(other.id, centre.id, level="district", of="WORKS") == near.id
    assert forest.office(works.id, centre.id, level="", of="GOV") == other.id
    assert forest.office(works.id, centre.id, level="") == works.id
    without = Forest([province, district, centre, works, north])
    assert without.office(works.id, centre.id, level="district") == north.id
    assert without.office(works.id, works.id, level="district") == works.id
