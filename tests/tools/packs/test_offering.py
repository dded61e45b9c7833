"""Areas, space, posts and promises of a pack: faults by file and line; loaded once, and never over what people counted."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from onedoor.domain.centres import api as centres
from onedoor.kernel.ids import named_id
from onedoor.kernel.scope import Actor
from onedoor.tools.packs import LAO
from onedoor.tools.packs.checking import check
from onedoor.tools.packs.offering import load_offering
from tests.factories.hall import hall, officer

SPACE = "0103-1,9,620,120,10,yes,generator,fibre,2026-09-30,yes"
POST = "0103-1,MOHA,head,1,1"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("units/areas.csv", "\n02,", "\n0299,", "not a unit of the territory"),
        ("units/areas.csv", "\n02,", "\n01,", "stands twice"),
        ("units/areas.csv", "1028187,2024", "1028187,", "give both or neither"),
        ("units/areas.csv", "1028187,2024", "many,2024", "whole number"),
        ("units/areas.csv", "\n0101,18.0013", "\n0101,98.0013", "degrees from -90"),
        ("units/areas.csv", "\n0101,18.0013", "\n0101,1e9", "degrees from -90"),
        ("centres/space.csv", "0103-1,9", "0103-9,9", "unknown centre"),
        ("centres/space.csv", "0103-1,9", "0103-1,-9", "is negative"),
        ("centres/space.csv", "10,yes,generator", "10,perhaps,generator", "none of yes, no"),
        ("centres/space.csv", "10,yes,generator", "10,yes,steam", "none of none, generator"),
        ("centres/space.csv", "0601-1,7", "0103-1,7", "stands twice"),
        ("centres/posts.csv", POST, "0103-9,MOHA,head,1,1", "space.csv"),
        ("centres/posts.csv", POST, "0103-1,01,head,1,1", "not an authority"),
        ("centres/posts.csv", POST, "0103-1,MOHA,cook,1,1", "not a role"),
        ("centres/posts.csv", POST, f"{POST}\n{POST}", "stands twice"),
        ("centres/promises.yaml", "service: passport", "service: passports", "unknown service"),
        ("centres/promises.yaml", '"0601-1"', '"0601-9"', "unknown centre"),
        ("centres/promises.yaml", "due: 2022-03-31", "due: 2020-03-31", "before it was promised"),
        ("centres/promises.yaml", "  document:", "  paper: x\n  document:", "means nothing here"),
        ("centres/offers.yaml", "  withdrawn_on: 2026-09-01\n", "", "a withdrawn offer has"),
    ],
)
def test_a_fault_is_named_by_file_and_line(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    shutil.copytree(LAO, tmp_path / "pack")
    path = tmp_path / "pack" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = [str(one) for one in check(tmp_path / "pack")[1]]
    assert any(one.startswith(f"{file}:") and said in one for one in found), found


def test_what_the_lao_pack_says_is_marked_and_sourced() -> None:
    pack = check(LAO)[0]
    assert len(pack.areas) == 18 + 148 and sum(one.population is not None for one in pack.areas) == 18
    assert all(one.demonstration and one.source for one in pack.spaces.values())
    assert all(one.demonstration for one in pack.promises) and pack.promises
    assert SPACE.split(",")[0] in pack.spaces


@pytest.mark.django_db
def test_a_count_by_people_outlives_the_pack(at: datetime) -> None:
    here = hall(at=at)
    pack = check(LAO)[0]
    pack.areas, pack.promises = [], []
    pack.spaces = {"0103-1": pack.spaces["0103-1"]}
    pack.spaces["0103-1"].posts = []

    def id(kind: str, key: str) -> object:
        return here.centre if (kind, key) == ("unit", "0103-1") else named_id("x", f"{kind}/{key}")

    late = at.replace(year=2027)
    for _twice in range(2):
        load_offering(pack, id=id, by=Actor.system(), at=late)  # type: ignore[arg-type]
        held = centres.space_of(here.centre)
        assert held is not None and (held.rooms, held.version) == (9, 1)
    head = officer(at=at, username="h", unit=here.centre, permissions=["centres.manage"], role="head")
    counted = replace(held, rooms=3, counted_on=date(2027, 1, 1), source="The head", demonstration=False)
    centres.save_space(by=head, at=late, space=counted, version=1)
    load_offering(pack, id=id, by=Actor.system(), at=late)  # type: ignore[arg-type]
    held = centres.space_of(here.centre)
    assert held is not None and (held.rooms, held.version, held.source) == (3, 2, "The head")
