"""Messages: what a registry or another office has to tell a case, or a process that begins by it."""

from datetime import datetime

from ninja import Router

from onedoor.domain.cases import api as cases
from onedoor.domain.centres import api as centres
from onedoor.doors.exchange.answers import writes
from onedoor.doors.exchange.shapes.messages import MessageTaken, SendMessage
from onedoor.doors.exchange.v1.base import REFUSALS
from onedoor.kernel.scope import needs
from onedoor.ui.request import Request

router = Router(tags=["messages"])


@router.post("/messages", response={200: MessageTaken, **REFUSALS}, operation_id="sendMessage")
@needs("cases.message")
@writes()
def send_message(request: Request, body: SendMessage, *, at: datetime) -> MessageTaken:
    """Tell a case what it waits for, now or later. Where none waits, a process of the centre may begin by it.

    It is taken in at once and heard a moment later; whether a case heard it is not told.
    """
    taken = cases.send_message(
        by=request.actor,
        at=at,
        id=body.id,
        name=body.name,
        key=body.key,
        outcome=body.outcome,
        centre=centres.centre_by_code(body.centre).id,
        answers=body.answers,
    )
    return MessageTaken(id=body.id, taken=taken)
