"""Rows as YAML and CSV, as a pack's reader takes them: the same text for the same rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import yaml

Row = dict[str, Any]
WIDTH = 110


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        """Anchors are not used in a pack."""
        return True


def yaml_text(value: Any) -> str:
    """Plain values as YAML, keys in their order."""
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=WIDTH))


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as a table; what is not known is an empty cell, truth is yes or no."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return stream.getvalue()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def spare(row: Mapping[str, Any]) -> Row:
    """A row without what is empty; false and 0 say something."""
    return {key: value for key, value in row.items() if value is not None and value not in ("", [], {}, ())}


def in_columns(prefix: str, words: Mapping[str, str], languages: Iterable[str]) -> Row:
    """A text by language as columns of a table."""
    return {f"{prefix}_{language}": words.get(language, "") for language in languages}
