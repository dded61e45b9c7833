"""A process that is called stands inside the one that calls it: its elements get the call's id before their own."""

from onedoor.domain.catalogue.rules.process.reader import Element

POINTING = ("id", "sourceRef", "targetRef", "attachedToRef", "default", "messageRef", "errorRef")


def renamed(element: Element, mark: str) -> Element:
    """A copy in which every id, and everything that points at one, begins with ``mark``."""
    attributes = {
        name: mark + value if name in POINTING and value else value
        for name, value in element.attributes.items()
    }
    text = mark + element.text.strip() if element.name == "flowNodeRef" else element.text
    children = [renamed(child, mark) for child in element.children]
    return Element(element.space, element.name, attributes, element.line, text, children)
