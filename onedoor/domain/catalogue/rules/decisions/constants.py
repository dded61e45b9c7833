"""The plain values of cells: what can be known of a test without a case."""

from typing import Any

from onedoor.domain.catalogue.rules.feel.syntax import Cell, Condition, Constant, Listing, Node, Range


def value_of(node: Node) -> Any:
    """The value of a constant; null for everything else."""
    return node.value if isinstance(node, Constant) else None


def constants_of(found: Cell | Condition) -> tuple[Any, ...] | None:
    """Every plain value that a cell compares with, null among them; None when it compares with something else."""
    if isinstance(found, Cell):
        parts = [constants_of(condition) for condition in found.items]
        return None if None in parts else tuple(value for part in parts for value in part or ())
    node = found.value
    if found.sign == "?":
        return None
    nodes: tuple[Node, ...] = (node,)
    if isinstance(node, Range) and not found.sign:
        nodes = (node.low, node.high)
    elif isinstance(node, Listing) and not found.sign:
        nodes = node.items
    if not all(isinstance(each, Constant) for each in nodes):
        return None
    return tuple(value_of(each) for each in nodes)
