"""A node written as a pack: it loads back without a change, and into an empty node it gives the same files again."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import transaction

from onedoor.domain.access.api import note_origin, unit_by_code
from onedoor.domain.catalogue.api import (
    approve_draft,
    begin_draft,
    documents_of,
    release_draft,
    save_draft,
    send_draft,
    service,
)
from onedoor.domain.planning.api import choices
from onedoor.doors.exchange.cpsv.graph import whole
from onedoor.doors.exchange.cpsv.texts import TURTLE, written
from onedoor.doors.exchange.hsds.services import whole as whole_service
from onedoor.doors.exchange.opened import opened
from onedoor.kernel.ids import named_id, new_id
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.mirrors.state import travelling
from onedoor.kernel.scope import Actor
from onedoor.tools.catalogues.cpsv import from_graph
from onedoor.tools.catalogues.exact import NOT_CARRIED
from onedoor.tools.catalogues.files import graph_in, json_in
from onedoor.tools.catalogues.hsds import from_services
from onedoor.tools.errors import ToolError
from onedoor.tools.packs import LAO
from onedoor.tools.packs.checking import check
from onedoor.tools.packs.exporting import export_folder
from onedoor.tools.packs.fields import Fields
from onedoor.tools.packs.loading import load
from onedoor.tools.packs.writing import held_here, pack_files
from onedoor.tools.packs.writing.held import KINDS
from onedoor.tools.packs.writing.services import keywords
from tests.domain.catalogue.rules.process.bpmn import simple
from tests.factories.hall import officer
from tests.tools.packs.whole import write_whole

pytestmark = pytest.mark.django_db
SHORTHAND = {"_offices", "read_staff", "_login"}
"""Readers of what is written in another way (offices one by one), or of people, who are no pack's."""


def load_from(folder: Path, at: datetime) -> int:
    held, faults = check(folder)
    assert not list(faults), list(map(str, faults))
    return load(held, by=Actor.system(), at=at).written


def texts(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()
    }


def assert_taken_over_is_the_same(tmp_path: Path) -> None:
    """What every service says of itself, published in both of others' forms and taken over again."""
    held = opened(address="https://onedoor.example")
    files = pack_files(held_here())
    rows = {name: yaml.safe_load(text) for name, text in files.items() if name.endswith("/service.yaml")}
    (tmp_path / "all.ttl").write_bytes(written(whole(held), TURTLE))
    listed = [whole_service(held, view, "lo") for view in held.services]
    (tmp_path / "all.json").write_text(json.dumps(listed))
    found = {
        "cpsv": from_graph(graph_in(tmp_path / "all.ttl"), source="x"),
        "hsds": from_services(json_in(tmp_path / "all.json"), source="x"),
    }
    for standard, taken in found.items():
        assert len(taken.services) == len(held.services) == 22
        for code, row in taken.services.items():
            assert row == rows[f"services/{code}/service.yaml"], (standard, code)
        assert {sentence for _thing, sentence in taken.unmapped} == {NOT_CARRIED}


def test_the_lao_pack_comes_back_without_a_change(at: datetime, tmp_path: Path) -> None:
    load_from(LAO, at)
    editions = {code: service(code).version_id for code in ("birth-registration", "road-tax", "passport")}
    letters = LetterRow.objects.count()
    assert_taken_over_is_the_same(tmp_path)
    for name, text in pack_files(held_here()).items():
        path = tmp_path / "pack" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert load_from(tmp_path / "pack", at) == 0
    assert LetterRow.objects.count() == letters
    assert {code: service(code).version_id for code in editions} == editions
    assert not (tmp_path / "pack" / "staff.yaml").exists()


def test_a_service_that_began_as_a_draft_is_found_by_the_pack(at: datetime, tmp_path: Path) -> None:
    load_from(write_whole(tmp_path / "whole"), at)
    moha = unit_by_code("MOHA").id
    writer, second = (
        officer(at=at, unit=moha, username=role, role=role, permissions=[])  # as the Lao pack has them
        for role in ("designer", "ministry_head")
    )
    held = begin_draft(by=writer, at=at, id=new_id(), code="fresh", authority=moha)
    content = documents_of(service("hours").version_id).content
    held = save_draft(by=writer, at=at, draft=held.id, version=held.version, content=content)
    held = send_draft(by=writer, at=at, draft=held.id, version=held.version)
    held = approve_draft(by=second, at=at, draft=held.id, version=held.version)
    made = release_draft(by=second, at=at, draft=held.id, version=held.version, valid_from=at.date())
    assert made.id == named_id("whole", "service/fresh")
    assert export_folder(tmp_path / "first") == 0
    load_from(tmp_path / "first", at)
    assert (service("fresh").id, service("fresh").name) == (made.id, made.name)
    begun = begin_draft(by=writer, at=at, id=new_id(), code="hours")
    for who in (writer, second):  # both may try the draft in the laboratory
        assert [each.id for each in choices(who, code="hours", since=at, until=at).drafts] == [begun.id]


def test_an_empty_node_gives_the_same_files(at: datetime, tmp_path: Path) -> None:
    with transaction.atomic():
        load_from(write_whole(tmp_path / "whole"), at)
        assert export_folder(tmp_path / "first") == 0
        assert load_from(tmp_path / "first", at) == 0
        transaction.set_rollback(True)
    load_from(tmp_path / "first", at)
    assert export_folder(tmp_path / "second") == 0
    assert texts(tmp_path / "first") == texts(tmp_path / "second")


def test_a_process_from_elsewhere_keeps_its_ends_of_lines(at: datetime, tmp_path: Path) -> None:
    drawn = simple("<!-- ໜ້າ -->\n", '<bpmn:userTask id="a" name="A"/>\n').replace(b"\n", b"\r\n")
    name = "services/hours/process.bpmn"
    (write_whole(tmp_path / "whole") / name).write_bytes(drawn)
    load_from(tmp_path / "whole", at)
    assert documents_of(service("hours").version_id).process.encode() == drawn
    assert export_folder(tmp_path / "first") == 0
    assert (tmp_path / "first" / name).read_bytes() == drawn and drawn.count(b"\r\n") > 3
    assert load_from(tmp_path / "first", at) == 0


def test_what_a_reader_asks_for_is_written(
    at: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever teaches the reader a new key writes it in the small pack, and then in the exporter."""
    load_from(write_whole(tmp_path / "whole"), at)
    assert export_folder(tmp_path / "pack") == 0
    read: dict[str, list[Fields]] = defaultdict(list)
    begin = Fields.__init__

    def remembering(self: Fields, *given: Any, **named: Any) -> None:
        read[sys._getframe(1).f_code.co_name].append(self)
        begin(self, *given, **named)

    monkeypatch.setattr(Fields, "__init__", remembering)
    check(tmp_path / "pack")
    missing = {}
    for reader, rows in read.items():
        asked = {key for row in rows for key in row.asked}
        given = {key for row in rows for key, value in row.row.items() if value not in (None, "")}
        if reader not in SHORTHAND and asked - given:
            missing[reader] = sorted(asked - given)
    assert not missing
    assert len(read) > 25


def test_every_kind_of_reference_data_is_a_packs_or_named_here() -> None:
    people = {"access.grant", "access.login", "access.secret", "access.device", "access.token"}
    work = {kind for kind in travelling(direction="down") if kind.startswith(("cases.", "planning."))}
    drafts = {kind for kind in travelling(direction="down") if kind.startswith("catalogue.")}
    work |= {"centres.stop", "monitoring.camera"}
    assert set(travelling(direction="down")) - people - work - drafts <= set(KINDS)


def test_keywords_find_their_language() -> None:
    assert keywords(["ລົດ", "ID ລາວ", "car"]) == {"lo": ["ລົດ", "ID ລາວ"], "en": ["car"]}
    assert keywords(["car"]) == {"en": ["car"]} and keywords([]) == {}


def test_what_cannot_be_written_is_said(at: datetime, tmp_path: Path) -> None:
    with pytest.raises(ToolError, match="does not know its pack"):
        export_folder(tmp_path / "pack")
    for code in ("one", "two"):
        note_origin(by=Actor.system(), at=at, pack=code, about={})
    with pytest.raises(ToolError, match="Several packs"):
        export_folder(tmp_path / "pack")
    with pytest.raises(ToolError, match="No pack “three”"):
        export_folder(tmp_path / "pack", code="three")
    (tmp_path / "file").write_text("")
    with pytest.raises(ToolError, match="not an empty folder"):
        export_folder(tmp_path)
