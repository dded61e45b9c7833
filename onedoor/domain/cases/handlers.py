"""News that cases hear from below: the fee was paid, waived, or given back."""

from onedoor.domain.cases.actions.paying import owed_again, paid
from onedoor.domain.payments.api import ChargeReopened, ChargeWaived, PaymentSettled
from onedoor.kernel.letters import Letter, reaction


@reaction(PaymentSettled, writes="cases.Case")
def go_on_when_paid(letter: Letter, event: PaymentSettled) -> None:
    """The step that waits for the payment is done."""
    paid(at=letter.at, case=event.subject)


@reaction(ChargeWaived, writes="cases.Case")
def go_on_when_waived(letter: Letter, event: ChargeWaived) -> None:
    """A waived fee is not waited for."""
    paid(at=letter.at, case=event.subject)


@reaction(ChargeReopened, writes="cases.Case")
def let_go_when_withdrawn(letter: Letter, event: ChargeReopened) -> None:
    """A withdrawn case does not owe again what was given back."""
    owed_again(at=letter.at, case=event.subject)
