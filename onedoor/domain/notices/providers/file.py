"""Writes each message as one JSON line into a folder of the node's home: for demonstrations, and for a modem that reads files."""

import os
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import orjson

from onedoor.domain.notices.providers.base import Fault

NAME = "outbox.jsonl"


@dataclass(frozen=True)
class FileProvider:
    """Appends to ``outbox.jsonl``; only the node's own user may read it."""

    folder: Path

    def send(self, *, reference: UUID, phone: str, text: str) -> str:
        """One line, written whole. Raises Fault when the disk refuses."""
        line = orjson.dumps({"reference": reference, "to": phone, "text": text}) + b"\n"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            held = os.open(self.folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(held, line)
            finally:
                os.close(held)
        except OSError as fault:
            raise Fault("disk") from fault
        return ""
