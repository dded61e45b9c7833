"""A graph as Turtle or JSON-LD, the same bytes for the same graph."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from rdflib import Graph, Literal
from rdflib.namespace import XSD
from rdflib.plugins.serializers.turtle import TurtleSerializer

from onedoor.doors.exchange.cpsv.words import PREFIXES

TURTLE, JSON_LD = "text/turtle", "application/ld+json"


class _Exact(TurtleSerializer):
    """Writes sums with all their digits, where the usual short form keeps seven."""

    def label(self, node: Any, position: Any) -> Any:
        if isinstance(node, Literal) and node.datatype == XSD.double:
            return f'"{node}"^^xsd:double'
        return super().label(node, position)


def written(graph: Graph, kind: str) -> bytes:
    """The text of a graph.

    Args:
        kind: TURTLE or JSON_LD.
    """
    if kind == JSON_LD:
        context = {prefix: str(space) for prefix, space in PREFIXES.items()}
        text = graph.serialize(
            format="json-ld",
            context=context,
            use_native_types=False,
            sort_keys=True,
            indent=1,
            ensure_ascii=False,
        )
        return text.encode() + b"\n"
    stream = BytesIO()
    _Exact(graph).serialize(stream, encoding="utf-8")
    return stream.getvalue()
