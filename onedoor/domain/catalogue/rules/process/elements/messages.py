"""Messages: their name and the key by which one finds its case; tasks that send one or wait for one."""

from typing import Any

from onedoor.domain.catalogue.rules.process.build import Build
from onedoor.domain.catalogue.rules.process.elements import service
from onedoor.domain.catalogue.rules.process.reader import Element

SEND = "cases.send"


def message_of(element: Element, holder: Element, build: Build, *, keyed: bool = True) -> dict[str, Any]:
    """Name and key of the message that ``holder`` (the task itself, or its definition) points at.

    Args:
        keyed: whether it finds a case; a start by message makes one.
    """
    reference = holder.get("messageRef")
    name = build.messages.get(reference, "")
    if not reference:
        build.fault(element, "it names no message (messageRef)")
    elif reference not in build.messages:
        build.fault(element, f"no message has the id “{reference}”")
    elif not name:
        build.fault(element, f"the message “{reference}” has no name")
    key = element.own("key")
    if keyed and not key:
        build.fault(element, "it says not by which key a message finds its case (onedoor:key)")
    return {"message": name, "key": build.expression(element, key, "key") if key else None}


def read_send(element: Element, build: Build) -> dict[str, Any]:
    """A message to whichever case waits for it, sent by the worker; or a handler that sends by itself."""
    if element.own("handler") and not element.get("messageRef"):
        return service.read(element, build)
    return {"handler": SEND} | message_of(element, element, build)


def read_receive(element: Element, build: Build) -> dict[str, Any]:
    """A task that is done when a message comes."""
    if element.get("instantiate") == "true":
        build.fault(element, "a receive task that starts a process is not run; use a message start")
    return {"event": "message"} | message_of(element, element, build)
