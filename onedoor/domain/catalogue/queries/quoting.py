"""What an application would cost by documents that need not be published, for trials and experiments."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from onedoor.domain.catalogue.rules import ServiceView
from onedoor.domain.catalogue.rules.fees import Quote, reckon
from onedoor.domain.catalogue.rules.fees.model import Unanswered
from onedoor.domain.catalogue.rules.forms import known_by


def quote_of(view: ServiceView, *, answers: Mapping[str, Any], on: date) -> Quote | None:
    """The quote by a service as it is at hand; None where the fee depends on an answer that is not there."""
    try:
        return reckon(view.fee_on(on), known_by(view.form, answers), name=view.name, on=on)
    except Unanswered:
        return None
