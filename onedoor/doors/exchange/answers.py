"""What a write answers: once for a key, and the same again when it is repeated.

The key stands for one request of one token; where no token is asked for, for one request about the thing that the address
names. Stored answers hold no names, no contents and no secrets: what is told once is left out when it is told again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import wraps
from hashlib import sha256
from inspect import Parameter, Signature, signature
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse
from ninja import Header, Schema

from onedoor.kernel.clock import now
from onedoor.kernel.errors import DomainError
from onedoor.kernel.inbox import Answer, Once, remember, remembered, said
from onedoor.ui.request import Request

Key = Header(
    alias="Idempotency-Key",
    min_length=1,
    max_length=200,
    pattern=r"^[\x20-\x7e]+$",
    description="Drawn anew for each write; the same key and request are answered by the first answer.",
)


def written(
    request: Request,
    key: str,
    act: Callable[[], Schema],
    *,
    at: datetime,
    status: int = 200,
    secret: Iterable[str] = (),
) -> HttpResponse:
    """Act once for this key, and answer with what came of it.

    Args:
        secret: fields that are told in the first answer only.
    """
    fresh: list[str] = []

    def first() -> Answer:
        made = act()
        fresh.append(text(made))
        return Answer(status, text(made.model_copy(update=dict.fromkeys(secret))))

    asker, body = _asker(request), _said(request)
    try:
        answer = remember(actor=asker, key=key, body=body, at=at, act=first)
    except DomainError:  # refused because it was done before, perhaps by this very request in another thread
        earlier = remembered(actor=asker, key=key, fingerprint=said(body), at=at)
        if earlier is None:
            raise
        answer = earlier
    return _told(answer, fresh[-1] if fresh and not answer.replayed else answer.text)


def writes(
    *, status: int = 200, secret: Iterable[str] = ()
) -> Callable[[Callable[..., Schema]], Callable[..., HttpResponse]]:
    """The frame of a view that writes: it acts once for the request's key, at one instant, and gives the answer's shape.

    The view takes that instant as ``at``; who asks sends the key in its place.

    Args:
        secret: fields that are told in the first answer only.
    """

    def framed(act: Callable[..., Schema]) -> Callable[..., HttpResponse]:
        @wraps(act)
        def view(request: Request, key: str, **named: Any) -> HttpResponse:
            at = now()
            return written(
                request, key, lambda: act(request, at=at, **named), at=at, status=status, secret=secret
            )

        asked = [one for one in signature(act).parameters.values() if one.name != "at"]
        asked.append(Parameter("key", Parameter.KEYWORD_ONLY, default=Key, annotation=str))
        view.__signature__ = Signature(asked)  # type: ignore[attr-defined]  # what ninja reads a request by
        return view

    return framed


def once(request: Request, key: str, answer: Callable[[Any], str], *, status: int = 200) -> Once:
    """The key of a hot path, which writes its row in the statement of the change."""
    return Once(
        actor=request.actor.id,
        key=key,
        body=_said(request),
        answer=lambda changed: Answer(status, answer(changed)),
    )


def answered(held: Once, done: Any) -> HttpResponse:
    """The first answer, or the stored one with a header that says so."""
    answer = done if isinstance(done, Answer) else held.answer(done)
    return _told(answer, answer.text)


def text(made: Schema) -> str:
    """A shape as JSON, Lao unescaped."""
    return orjson.dumps(made.model_dump(), option=orjson.OPT_UTC_Z).decode()


def _told(answer: Answer, body: str) -> HttpResponse:
    response = HttpResponse(body, status=answer.status, content_type="application/json")
    if answer.replayed:
        response["Idempotency-Replayed"] = "true"
    return response


def _said(request: Request) -> bytes:
    asked = request.META.get("QUERY_STRING", "")
    return f"{request.path}{'?' * bool(asked)}{asked}\n".encode() + request.body


def _asker(request: Request) -> UUID:
    if request.actor.kind != "public":
        return request.actor.id
    return UUID(bytes=sha256(b"public " + request.path.encode()).digest()[:16])
