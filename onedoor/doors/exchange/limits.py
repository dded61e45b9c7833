"""How often one may ask: a bucket for each token, or for each address where no token is asked for, refilled evenly.

Wrong tokens have buckets of their own, by address: who tries them is slowed, and a right token from the same address is not.

The buckets live in the memory of each web process, so that a request costs no statement; with several processes one may ask
so many times as often. What is allowed stands in every answer (`RateLimit`, `RateLimit-Policy`), a refusal says when to
come back (`Retry-After`).
"""

from __future__ import annotations

import time
from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from onedoor.doors.exchange.problems import problem
from onedoor.ui.buckets import Bucket, Taken
from onedoor.ui.request import Request

TOKENS = Bucket("token", most=settings.API_RATE)
ADDRESSES = Bucket("address", most=settings.API_PUBLIC_RATE)
PROOFS = Bucket("proof", most=settings.API_PROOF_RATE)
WRONG = Bucket("wrong-token", most=settings.API_WRONG_RATE)
ALL = (TOKENS, ADDRESSES, PROOFS, WRONG)


def take(request: Request, *, proof: bool = False) -> tuple[Bucket, Taken]:
    """Count a request: by its token, else by its address; questions that try a secret have a bucket of their own."""
    actor = request.actor
    if actor.kind != "public":
        return TOKENS, TOKENS.take(actor.id, at=time.monotonic())
    bucket = PROOFS if proof else ADDRESSES
    return bucket, _by_address(bucket, request)


def wrong_token(request: HttpRequest) -> HttpResponse | None:
    """Count a token that proves nobody; the refusal when too many came from the address, else None."""
    taken = _by_address(WRONG, request)
    if taken.allowed:
        return None
    refusal = too_often(
        taken, code="too_many_wrong_tokens", detail=_("This token is not known. Wait before trying another.")
    )
    say(refusal, WRONG, taken)
    return refusal


def too_often(taken: Taken, *, code: str, detail: str) -> HttpResponse:
    """The refusal that says when to come back."""
    refusal = problem(429, code=code, detail=detail)
    refusal["Retry-After"] = str(max(1, taken.another))
    return refusal


def say(response: HttpResponse, bucket: Bucket, taken: Taken) -> None:
    """Write down what is left."""
    response["RateLimit-Policy"] = bucket.policy
    response["RateLimit"] = f'"{bucket.name}";r={taken.left};t={taken.whole}'


def _by_address(bucket: Bucket, request: HttpRequest) -> Taken:
    return bucket.take(network_of(request.META.get("REMOTE_ADDR", "")), at=time.monotonic())


def network_of(address: str) -> str:
    """What counts as one address: an IPv4 address, or the /64 network of an IPv6 one, as a home has all of it."""
    try:
        found = ip_address(address)
    except ValueError:
        return address[:60]
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or IPv6Network((found, 64), strict=False).network_address)
    return address
