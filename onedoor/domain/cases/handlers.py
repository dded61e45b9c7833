"""News that cases hear from below: the fee was paid, or waived."""

from onedoor.domain.cases.actions.paying import paid
from onedoor.domain.payments.api import ChargeWaived, PaymentSettled
from onedoor.kernel.letters import Letter, reaction


@reaction(PaymentSettled, writes="cases.Case")
def go_on_when_paid(letter: Letter, event: PaymentSettled) -> None:
    """The step that waits for the payment is done."""
    paid(at=letter.at, case=event.subject)


@reaction(ChargeWaived, writes="cases.Case")
def go_on_when_waived(letter: Letter, event: ChargeWaived) -> None:
    """A waived fee is not waited for."""
    paid(at=letter.at, case=event.subject)
