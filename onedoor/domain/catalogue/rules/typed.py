"""Whether what was read from JSON is of the types that its dataclass declares: nothing is trusted because it could be built."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from django.utils.translation import gettext_lazy as _

Found = tuple[str, Any]


def misfits(value: Any, hint: Any, place: str = "") -> Iterator[Found]:
    """Where a value is not what its type says: (place, sentence)."""
    origin, inner = get_origin(hint), get_args(hint)
    if hint is Any:
        return
    if is_dataclass(hint):
        if isinstance(value, hint):  # type: ignore[arg-type]  # a dataclass, as was just asked
            for name, kind in _hints(hint).items():  # type: ignore[arg-type]  # a class is hashable
                yield from misfits(getattr(value, name), kind, f"{place}.{name}".lstrip("."))
        else:
            yield place, NOT_SO
    elif origin is Literal:
        if value not in inner:
            yield place, _("“%s” is none of the words that are known here.") % str(value)[:40]
    elif origin in (Union, UnionType):
        if all(next(misfits(value, each, place), None) is not None for each in inner):
            yield place, NOT_SO
    elif origin in (tuple, list):
        if not isinstance(value, origin):
            yield place, NOT_SO
            return
        for index, each in enumerate(value):
            yield from misfits(each, inner[0], f"{place}[{index}]")
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        if not isinstance(value, Mapping):
            yield place, NOT_SO
            return
        for key, each in value.items():
            yield from misfits(key, inner[0], place)
            yield from misfits(each, inner[1], f"{place}.{key}")
    elif not isinstance(value, hint) or (isinstance(value, bool) and hint is not bool):
        yield place, NOT_SO


@lru_cache(maxsize=64)
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


NOT_SO = _("This is not of the kind that is needed here.")
