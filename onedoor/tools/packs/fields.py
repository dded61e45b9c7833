"""Takes typed values out of a row and names what is missing, wrong or unknown."""

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from onedoor.tools.packs.faults import Faults, Place
from onedoor.tools.packs.reading import Items, Row

CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]{0,78}$")
LAO = re.compile("[\u0e80-\u0eff]")


class Fields:
    """One row being read; `done` names the keys that nobody asked for."""

    def __init__(self, row: Row, faults: Faults, languages: Sequence[str] = ("lo", "en")) -> None:
        self.row = row
        self.faults = faults
        self.languages = languages
        self.asked: set[str] = set()

    def _take(self, key: str, required: bool) -> Any:
        self.asked.add(key)
        value = self.row.get(key)
        if (value is None or value == "") and required:
            self.fault(key, f"“{key}” is missing")
        return None if value == "" else value

    def fault(self, key: str, sentence: str) -> None:
        """Name a fault at a key."""
        self.faults.add(self.row.at(key), sentence)

    def at(self, key: str) -> Place:
        """Where a key stands."""
        return self.row.at(key)

    def text(self, key: str, *, required: bool = True) -> str:
        """A text; numbers count as the text they are written as."""
        value = self._take(key, required)
        if isinstance(value, (Row, Items, bool)):
            self.fault(key, f"“{key}” must be a text")
            return ""
        return "" if value is None else str(value).strip()

    def code(self, key: str, *, required: bool = True) -> str:
        """A code: Latin letters, digits, dot, dash."""
        value = self.text(key, required=required)
        if value and not CODE.match(value):
            self.fault(key, f"“{value}” is not a code (Latin letters, digits, dot, dash)")
            return ""
        return value

    def choice(self, key: str, options: Sequence[str], *, default: str | None = None) -> str:
        """One of several words."""
        value = self.text(key, required=default is None) or default or ""
        if value and value not in options:
            self.fault(key, f"“{value}” is none of {', '.join(options)}")
            return options[0]
        return value or options[0]

    def number(
        self, key: str, *, least: int, default: int | None = None, required: bool = True
    ) -> int | None:
        """A whole number, at least ``least``."""
        value = self._take(key, required and default is None)
        if value is None:
            return default
        if isinstance(value, str) and re.fullmatch(r"-?\d{1,17}", value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault(key, f"“{key}” must be a whole number, not “{value}”")
            return default
        if value < least:
            what = "is negative" if value < 0 and least >= 0 else f"must be at least {least}"
            self.fault(key, f"“{key}” {what}: {value}")
            return default
        return value

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """True or false; yes or no in a table."""
        value = self._take(key, default is None)
        if value is None:
            return bool(default)
        if value in ("yes", "no"):
            return bool(value == "yes")
        if not isinstance(value, bool):
            self.fault(key, f"“{key}” must be true or false, not “{value}”")
            return bool(default)
        return value

    def day(self, key: str, *, required: bool = False) -> date | None:
        """A date as YYYY-MM-DD."""
        value = self._take(key, required)
        if value is None:
            return None
        try:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value)):
                raise ValueError
            return date.fromisoformat(str(value))
        except ValueError:
            self.fault(key, f"“{value}” is not a date (YYYY-MM-DD)")
            return None

    def period(self) -> tuple[date | None, date | None]:
        """``valid_from`` and ``valid_until``, the latter after the former."""
        start, end = self.day("valid_from", required=True), self.day("valid_until")
        if start and end and end <= start:
            self.fault("valid_until", f"it ends ({end}) before it begins ({start})")
        return start, end

    def clock(self, key: str) -> time | None:
        """A time of the day as HH:MM."""
        value = self._take(key, True)
        if value is None:
            return None
        if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
            return time.fromisoformat(value)
        self.fault(key, f"“{value}” is not a time (HH:MM, in quotes)")
        return None

    def words(self, key: str, *, required: bool = True) -> dict[str, str]:
        """A text in every language of the pack, Lao in Lao letters."""
        value = self._take(key, required)
        if value is None:
            return {}
        if not isinstance(value, Row):
            self.fault(key, f"“{key}” must have a text for each of {', '.join(self.languages)}")
            return {}
        return self._spoken({code: value.get(code) for code in value}, key, value)

    def column_words(self, prefix: str, *, required: bool = True) -> dict[str, str]:
        """The same from a table's columns ``prefix_lo``, ``prefix_en``."""
        keys = {code: f"{prefix}_{code}" for code in self.languages}
        self.asked.update(keys.values())
        found = {code: self.row.get(key) for code, key in keys.items()}
        if not required and not any(found.values()):
            return {}
        return self._spoken(found, prefix, self.row)

    def _spoken(self, found: dict[str, Any], key: str, row: Row) -> dict[str, str]:
        said = {}
        for code in self.languages:
            text = found.get(code)
            place = row.at(code) if code in row else row.at(f"{key}_{code}")
            if not isinstance(text, str) or not text.strip():
                self.faults.add(place, f"“{key}” has no text in “{code}”")
            elif code == "lo" and not LAO.search(text):
                self.faults.add(place, f"“{key}” in “lo” has no Lao letter: “{text}”")
            else:
                said[code] = " ".join(text.split())
        for code in found:
            if code not in self.languages:
                self.faults.add(row.at(code), f"“{code}” is not a language of this pack")
        return said

    def rows(self, key: str, *, required: bool = True) -> list[Row]:
        """A list of rows."""
        value = self._take(key, required)
        if value is None:
            return []
        if not isinstance(value, Items) or not all(isinstance(one, Row) for one in value):
            self.fault(key, f"“{key}” must be a list of rows")
            return []
        return list(value)

    def texts(self, key: str, *, required: bool = False) -> list[tuple[str, Place]]:
        """A list of texts with their places."""
        value = self._take(key, required)
        if value is None:
            return []
        if not isinstance(value, Items) or any(isinstance(one, (Row, Items)) for one in value):
            self.fault(key, f"“{key}” must be a list of words")
            return []
        return [(str(one), value.at(index)) for index, one in enumerate(value)]

    def row_of(self, key: str, *, required: bool = True) -> Row | None:
        """A row inside this row."""
        value = self._take(key, required)
        if value is None:
            return None
        if not isinstance(value, Row):
            self.fault(key, f"“{key}” must have fields of its own")
            return None
        return value

    def done(self) -> None:
        """Name the keys that mean nothing here."""
        for key in self.row:
            if key not in self.asked:
                self.fault(key, f"“{key}” means nothing here")
