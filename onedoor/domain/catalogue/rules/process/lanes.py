"""Lanes: who does the steps that stand in them. A lane inside a lane is the one that counts."""

from collections.abc import Collection, Iterator, Mapping

from onedoor.domain.catalogue.rules.process.build import Build
from onedoor.domain.catalogue.rules.process.model import CompiledProcess, Lane
from onedoor.domain.catalogue.rules.process.reader import Element

AUDIENCES = ("applicant", "front", "back", "system")
UNITS = ("centre", "authority", "province-office", "district-office")
# Which office of an authority a lane means: that of the centre's province, or of its district.
OFFICES = {"province-office": "province", "district-office": "district"}


def read_lanes(process: Element, build: Build) -> dict[str, Lane]:
    """The lane of each element, by the element's id."""
    found: dict[str, Lane] = {}
    for lane_set in process.all("laneSet"):
        for element in lane_set.all("lane"):
            _read(element, build, found)
    return found


def _read(element: Element, build: Build, found: dict[str, Lane]) -> None:
    inner = [lane for lanes in element.all("childLaneSet") for lane in lanes.all("lane")]
    if inner:  # only what stands in the lanes inside is done by somebody
        for each in inner:
            _read(each, build, found)
        return
    lane = _bound(element, build)
    for reference in element.all("flowNodeRef"):
        if reference.text.strip() in found:
            build.fault(element, f"“{reference.text.strip()}” stands in two lanes")
        found[reference.text.strip()] = lane


def _bound(element: Element, build: Build) -> Lane:
    """To which role, which unit of the case and which audience a lane is bound."""
    role, unit, audience = element.own("role"), element.own("unit"), element.own("audience")
    if not role:
        build.fault(element, "the lane is not bound to a role (onedoor:role)")
    elif build.roles is not None and role not in build.roles and audience in ("front", "back"):
        build.fault(element, f"no role is called “{role}”")
    if unit not in UNITS:
        build.fault(
            element, f"the lane is not bound to a unit: onedoor:unit must be one of {', '.join(UNITS)}"
        )
    if audience not in AUDIENCES:
        reason = "the lane has no audience: onedoor:audience must be applicant, front, back or system"
        build.fault(element, reason)
    if audience == "front" and unit in UNITS and unit != "centre":
        build.fault(element, "the front office works at the centre: onedoor:unit must be centre")
    of = element.own("of")
    if of and unit == "centre":
        build.fault(element, "onedoor:of says whose office it is: onedoor:unit must be another than centre")
    return Lane(element.id, build.names(element), role, unit, audience, of)  # type: ignore[arg-type]


def without_office(
    process: CompiledProcess, *, authority: str, units: Collection[str], places: Mapping[str, Collection[str]]
) -> Iterator[tuple[Lane, tuple[str, ...]]]:
    """The lanes for which some place has no office: there the next one above does the work.

    Args:
        authority: the code of the unit that is answerable for the service.
        units: the codes of all units; places: the codes of all provinces and of all districts.
    """
    lanes = {node.lane.id: node.lane for node in process.nodes.values() if node.lane}
    for lane in lanes.values():
        level = OFFICES.get(lane.unit, "")
        lacking = [code for code in places.get(level, ()) if f"{lane.of or authority}-{code}" not in units]
        if lacking:
            yield lane, tuple(lacking)
