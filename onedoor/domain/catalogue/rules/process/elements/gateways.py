"""Gateways: one way, all ways, some ways, or whichever happens first."""

from typing import Any

from onedoor.domain.catalogue.rules.process.build import Build
from onedoor.domain.catalogue.rules.process.reader import Element


def read_choice(element: Element, build: Build) -> dict[str, Any]:
    """An exclusive or inclusive gateway, with the way that is taken when no condition holds."""
    return {"default": element.get("default") or None}


def read_event(element: Element, build: Build) -> dict[str, Any]:
    """A gateway at which the first event that happens decides."""
    if element.get("eventGatewayType", "Exclusive") != "Exclusive" or element.get("instantiate") == "true":
        build.fault(element, "an event-based gateway is run only as a choice of the first event")
    return {}
