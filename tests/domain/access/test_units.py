"""Units are added, moved, ended and succeeded."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from onedoor.domain.access import api as access
from onedoor.domain.access.errors import (
    EndsBeforeItBegins,
    SuccessorOfAValidUnit,
    UnitChangesTree,
    UnitInsideItself,
    UnknownUnit,
)
from onedoor.domain.access.models import Unit
from onedoor.kernel.errors import Invalid
from onedoor.kernel.ids import new_id
from onedoor.kernel.letters.models import LetterRow
from tests.factories.offices import unit

pytestmark = pytest.mark.django_db


def test_a_unit_knows_who_stands_above_and_below(at: datetime) -> None:
    country = unit("LA", at=at, kind="country")
    province = unit("01", at=at, parent=country)
    district = unit("0103", at=at, kind="district", parent=province)
    assert [one.code for one in access.ancestors(district)] == ["LA", "01"]
    assert [one.code for one in access.children(country)] == ["01"]
    assert access.descendants(country) == {country, province, district}
    assert access.unit_by_code("0103").id == access.unit(district).id == district


def test_descendants_are_one_query_by_the_path(at: datetime) -> None:
    country = unit("LA", at=at, kind="country")
    province = unit("01", at=at, parent=country)
    assert set(Unit.objects.filter(path__contains=[country]).values_list("id", flat=True)) == {
        country,
        province,
    }


def test_saving_what_is_known_writes_nothing(at: datetime) -> None:
    country = unit("LA", at=at, kind="country")
    letters = LetterRow.objects.count()
    unit("LA", at=at, kind="country", id=country)
    assert LetterRow.objects.count() == letters
    assert Unit.objects.get(id=country).version == 1


def test_a_unit_that_moves_carries_everything_below(at: datetime) -> None:
    one, two = unit("1", at=at), unit("2", at=at)
    district = unit("11", at=at, kind="district", parent=one)
    centre = unit("11-1", at=at, kind="centre", parent=district)
    unit("11", at=at, kind="district", parent=two, id=district)
    assert access.descendants(one) == {one}
    assert access.descendants(two) == {two, district, centre}
    assert Unit.objects.get(id=centre).path == [two, district, centre]


def test_a_unit_cannot_lie_inside_itself(at: datetime) -> None:
    province = unit("1", at=at)
    district = unit("11", at=at, kind="district", parent=province)
    with pytest.raises(UnitInsideItself):
        unit("1", at=at, parent=district, id=province)


def test_the_trees_do_not_mix(at: datetime) -> None:
    province = unit("1", at=at)
    with pytest.raises(UnitChangesTree):
        unit("MOJ", at=at, kind="ministry", tree="authority", parent=province)
    with pytest.raises(Invalid):
        unit("x", at=at, kind="ministry", tree="territory")


def test_dates_and_successors_must_fit(at: datetime) -> None:
    with pytest.raises(EndsBeforeItBegins):
        unit("1", at=at, valid_until=date(2020, 1, 1))
    with pytest.raises(SuccessorOfAValidUnit):
        unit("1", at=at, successors=[new_id()])
    with pytest.raises(UnknownUnit):
        unit("1", at=at, parent=new_id())


def test_only_units_of_a_day_are_listed(at: datetime) -> None:
    unit("OLD", at=at, kind="ministry", tree="authority", valid_until=date(2025, 3, 1))
    unit("NEW", at=at, kind="ministry", tree="authority")
    assert [one.code for one in access.units(kind="ministry", on=date(2026, 1, 1))] == ["NEW"]
    assert [one.code for one in access.units(kind="ministry")] == ["NEW", "OLD"]


def test_nobody_but_the_hub_and_those_permitted_load_units(at: datetime) -> None:
    from onedoor.domain.access.errors import NotPermitted
    from onedoor.kernel.scope import Actor

    with pytest.raises(NotPermitted):
        access.save_unit(
            by=Actor.public(),
            at=at,
            id=new_id(),
            code="X",
            kind="province",
            tree="territory",
            name={"lo": "X"},
            parent=None,
            valid_from=date(2021, 1, 1),
        )
