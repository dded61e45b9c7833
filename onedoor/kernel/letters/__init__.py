"""Letters: one mechanism for news, audit, screens and other nodes. See docs/decisions/0003."""

from onedoor.kernel.letters.chain import CHANNEL, seal_batch
from onedoor.kernel.letters.deliver import backlog, deliver_batch
from onedoor.kernel.letters.event import Event, Letter, events
from onedoor.kernel.letters.follow import follow_batch, from_the_beginning, lag
from onedoor.kernel.letters.handler import (
    Handler,
    Told,
    following,
    handlers,
    handlers_of,
    projection,
    reaction,
)
from onedoor.kernel.letters.heads import sign_head
from onedoor.kernel.letters.payload import (
    Payload,
    beside,
    forget_person,
    read_payload,
    read_payloads,
    sealed_each,
)
from onedoor.kernel.letters.poke import listen_for_pokes, poke
from onedoor.kernel.letters.publish import LETTER_CTE, letter_values, publish
from onedoor.kernel.letters.verify import Verification, verify

__all__ = [
    "CHANNEL",
    "LETTER_CTE",
    "Event",
    "Handler",
    "Letter",
    "Payload",
    "Told",
    "Verification",
    "backlog",
    "beside",
    "deliver_batch",
    "events",
    "follow_batch",
    "following",
    "forget_person",
    "from_the_beginning",
    "handlers",
    "handlers_of",
    "lag",
    "letter_values",
    "listen_for_pokes",
    "poke",
    "projection",
    "publish",
    "reaction",
    "read_payload",
    "read_payloads",
    "sealed_each",
    "seal_batch",
    "sign_head",
    "verify",
]
