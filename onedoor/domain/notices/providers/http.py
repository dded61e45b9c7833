"""Posts each message as JSON to the one address of the settings. 2xx is sent; it goes nowhere else, whatever the answer says."""

from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener
from uuid import UUID

import orjson

from onedoor.domain.notices.providers.base import Fault

LONGEST_ANSWER = 10_000
WORTH_TRYING = {408, 409, 423, 425, 429}


class _Nowhere(HTTPRedirectHandler):
    """An answer that points elsewhere is a fault: it could point into a private network, with the secret in the request."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


@dataclass(frozen=True)
class HttpProvider:
    """A gateway's address, with the secret that the environment gives and a limit of seconds."""

    address: str
    secret: str
    timeout: float

    def send(self, *, reference: UUID, phone: str, text: str) -> str:
        """Post ``{"reference", "to", "text"}``; the reference also stands in ``Idempotency-Key``. Raises Fault."""
        if not self.address.startswith(("https://", "http://")):
            raise Fault("address", final=True)
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(reference)}
        if self.secret:
            headers["Authorization"] = f"Bearer {self.secret}"
        body = orjson.dumps({"reference": reference, "to": phone, "text": text})
        asked = Request(self.address, data=body, headers=headers, method="POST")  # noqa: S310
        try:
            with build_opener(_Nowhere).open(asked, timeout=self.timeout) as answer:
                return _reference(answer.read(LONGEST_ANSWER))
        except HTTPError as fault:
            fault.close()
            final = 400 <= fault.code < 500 and fault.code not in WORTH_TRYING
            raise Fault(f"http_{fault.code}", final=final) from fault
        except TimeoutError as fault:
            raise Fault("timeout") from fault
        except (OSError, HTTPException, ValueError) as fault:
            raise Fault("unreachable") from fault


def _reference(body: bytes) -> str:
    try:
        held = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    given = held.get("id") if isinstance(held, dict) else None
    return given[:100] if isinstance(given, str) else ""
