"""YAML and CSV as plain rows that remember their lines. Only what a pack needs: no dates, no octal numbers, no anchors."""

import csv
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from onedoor.tools.packs.faults import Faults, Place


class Row(dict[str, Any]):
    """A mapping that knows the line of each key."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.lines: dict[str, int] = {}

    def at(self, key: str) -> Place:
        """Where a key stands, or the row itself when it is absent."""
        return Place(self.place.file, self.lines.get(key, self.place.line))


class Items(list[Any]):
    """A list that knows the line of each item."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.lines: list[int] = []

    def at(self, index: int) -> Place:
        """Where an item stands."""
        return Place(self.place.file, self.lines[index])


class _Loader(yaml.SafeLoader):
    """Scalars are texts, whole numbers, true and false, or nothing; codes such as 0103 stay texts."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^-?(?:0|[1-9][0-9]{0,17})$", "-0123456789"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))
_PLAIN = {
    "tag:yaml.org,2002:bool",
    "tag:yaml.org,2002:int",
    "tag:yaml.org,2002:null",
    "tag:yaml.org,2002:str",
}
LARGEST_FILE = 2_000_000


@lru_cache(maxsize=128)
def _composed(text: str) -> yaml.Node | None:
    """A file's nodes, which nobody changes; a pack is read several times in a process: checked, loaded, compared."""
    return yaml.compose(text, Loader=_Loader)


class Reader:
    """Reads the files of one pack; every fault names the file relative to the pack."""

    def __init__(self, folder: Path, faults: Faults) -> None:
        self.folder = folder
        self.faults = faults

    def place(self, path: Path, line: int = 1) -> Place:
        """A place in a file of the pack."""
        return Place(path.relative_to(self.folder).as_posix(), line)

    def text(self, path: Path) -> str | None:
        """A file's text; None with a fault when it cannot be read."""
        try:
            if path.stat().st_size > LARGEST_FILE:
                self.faults.add(self.place(path), "the file is larger than a pack needs")
                return None
            return path.read_bytes().decode("utf-8-sig")  # ends of lines stay as they are
        except UnicodeDecodeError:
            self.faults.add(self.place(path), "the file is not UTF-8")
        except OSError as fault:
            self.faults.add(self.place(path), f"the file cannot be read: {fault.strerror}")
        return None

    def document(self, path: Path) -> Any:
        """A YAML file as rows, items and plain values; None with a fault when it cannot be read."""
        text = self.text(path)
        if text is None:
            return None
        try:
            node = _composed(text)
        except yaml.MarkedYAMLError as fault:
            mark = fault.problem_mark or fault.context_mark
            self.faults.add(self.place(path, mark.line + 1 if mark else 1), f"not YAML: {fault.problem}")
            return None
        except (yaml.YAMLError, RecursionError) as fault:
            self.faults.add(self.place(path), f"not YAML: {fault}")
            return None
        return None if node is None else self._plain(path, node, set())

    def _plain(self, path: Path, node: yaml.Node, seen: set[int]) -> Any:
        place = self.place(path, node.start_mark.line + 1)
        if id(node) in seen:
            self.faults.add(place, "anchors and aliases are not used in a pack")
            return None
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._row(path, node, seen)
        if isinstance(node, yaml.SequenceNode):
            items = Items(place)
            for child in node.value:
                items.append(self._plain(path, child, seen))
                items.lines.append(child.start_mark.line + 1)
            return items
        if node.tag not in _PLAIN:
            self.faults.add(place, f"the tag {node.tag} is not used in a pack")
            return None
        value = node.value
        if node.tag.endswith(":bool"):
            return value == "true"
        if node.tag.endswith(":int"):
            try:
                return int(value)
            except ValueError:
                self.faults.add(place, f"“{value[:40]}” is not a number that a pack can hold")
                return None
        return None if node.tag.endswith(":null") else value

    def _row(self, path: Path, node: yaml.MappingNode, seen: set[int]) -> Row:
        row = Row(self.place(path, node.start_mark.line + 1))
        for name, child in node.value:
            line = name.start_mark.line + 1
            key = str(name.value)
            if not isinstance(name, yaml.ScalarNode):
                self.faults.add(self.place(path, line), "a key must be a word")
                continue
            if key in row:
                self.faults.add(
                    self.place(path, line), f"the key “{key}” stands twice (first on line {row.lines[key]})"
                )
                continue
            row.lines[key] = line
            row[key] = self._plain(path, child, seen)
        return row

    def table(self, path: Path, columns: tuple[str, ...], *, spare: tuple[str, ...] = ()) -> list[Row]:
        """A CSV file with exactly these columns, a row each; an empty cell is an empty text.

        Args:
            spare: columns that may follow them, all or none.
        """
        text = self.text(path)
        if text is None:
            return []
        lines = csv.reader(text.splitlines(keepends=True))
        header = next(lines, [])
        if spare and tuple(header) == (*columns, *spare):
            columns = (*columns, *spare)
        if tuple(header) != columns:
            self.faults.add(self.place(path), f"the columns must be {', '.join(columns)}")
            return []
        rows = []
        for cells in lines:
            if not any(cells):
                continue
            row = Row(self.place(path, lines.line_num))
            if len(cells) != len(columns):
                self.faults.add(row.place, f"{len(cells)} cells instead of {len(columns)}")
                continue
            row.update(zip(columns, cells, strict=True))
            row.lines = dict.fromkeys(columns, lines.line_num)
            rows.append(row)
        return rows
