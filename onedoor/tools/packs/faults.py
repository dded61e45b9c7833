"""What is wrong with a pack: each fault with its file and line, so that an editor can jump there."""

from dataclasses import dataclass, field


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file of the pack."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend."""

    place: Place
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


@dataclass
class Faults:
    """All faults found so far; each is named once, in the order of files and lines. Notes are for the author and stop nothing."""

    found: set[Fault] = field(default_factory=set)
    notes: set[Fault] = field(default_factory=set)

    def add(self, place: Place, sentence: str) -> None:
        """Name one more."""
        self.found.add(Fault(place, sentence))

    def note(self, place: Place, sentence: str) -> None:
        """Something that could not be looked at, or that is worth a look."""
        self.notes.add(Fault(place, f"note: {sentence}"))

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(sorted(self.found))

    def __len__(self) -> int:
        return len(self.found)
