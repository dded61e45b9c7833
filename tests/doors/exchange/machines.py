"""Programs at the machine door: tokens for a centre, a ministry and others, and how they ask."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client

from onedoor.domain.access import api as access
from onedoor.kernel.clock import now
from onedoor.kernel.ids import new_id
from tests.factories.hall import SYSTEM


@dataclass
class Program:
    """A client with a token (none: anybody); each write gets a key of its own unless one is named."""

    token: str = ""
    language: str = "en"

    def _headers(self, key: str | None = None) -> dict[str, str]:
        held = {"Accept-Language": self.language}
        if self.token:
            held["Authorization"] = f"Bearer {self.token}"
        if key is not None:
            held["Idempotency-Key"] = key
        return held

    def get(self, path: str, **asked: Any) -> Any:
        return Client(raise_request_exception=False).get(f"/api/v1{path}", asked, headers=self._headers())

    def post(
        self, path: str, body: Any = None, *, key: str | None = None, kind: str = "application/json"
    ) -> Any:
        data = body if isinstance(body, bytes) else json.dumps(body if body is not None else {})
        headers = self._headers(key or new_id().hex)
        client = Client(raise_request_exception=False)
        return client.post(f"/api/v1{path}", data, content_type=kind, headers=headers)


def program(unit: UUID, *scopes: str, roles: Collection[str] = ()) -> Program:
    """A program of a unit, in the lanes of these roles."""
    _, token = access.issue_token(by=SYSTEM, at=now(), name="P", unit=unit, scopes=scopes, roles=roles)
    access.forget()
    return Program(token)
