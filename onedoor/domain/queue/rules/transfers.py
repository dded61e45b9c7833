"""To where a person may be sent on, and why."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from onedoor.domain.queue.errors import TransferIsWrong

TRANSFER_WORDS: Mapping[str, Any] = {
    "other_service": _("Another service is needed"),
    "goes_on": _("It goes on at another counter"),
    "skill": _("A colleague knows this better"),
    "language": _("A colleague speaks their language"),
    "wrong_ticket": _("The ticket was for the wrong service"),
}
"""Reasons, as codes that a letter may carry."""


def one_target(*, counter: object, service: object, zone: str) -> None:
    """A person is sent to a counter, to another service or to a part of the hall: to one of them.

    Raises:
        TransferIsWrong: to none, or to several at once.
    """
    if sum(bool(each) for each in (counter, service, zone)) != 1:
        raise TransferIsWrong(field="to", reason=_("Choose where the person goes: one place."))


def known_reason(reason: str) -> str:
    """The reason, if it is one of the list.

    Raises:
        TransferIsWrong: it is not.
    """
    if reason not in TRANSFER_WORDS:
        raise TransferIsWrong(field="reason", reason=_("Choose why the person is sent on."))
    return reason
