"""News that cases hear from below: the fee was paid, waived, or given back; a calendar or a centre's hours changed."""

from uuid import UUID

from onedoor.domain.cases.actions.messages import take_over
from onedoor.domain.cases.actions.paying import owed_again, paid
from onedoor.domain.cases.actions.recounting import begin_recount
from onedoor.domain.cases.events import MessageForwarded
from onedoor.domain.centres.api import CalendarSaved, HolidayDeclared, HoursChanged
from onedoor.domain.payments.api import ChargeReopened, ChargeWaived, PaymentSettled
from onedoor.kernel.ids import named_id
from onedoor.kernel.letters import Letter, projection, reaction


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


@projection(HolidayDeclared, writes="cases.Recount")
def recount_for_a_holiday(letter: Letter, event: HolidayDeclared) -> None:
    """A day more or less without work: the open cases of this node are counted anew."""
    begin_recount(id=_recount(letter), at=letter.at, day=event.day, cancelled=event.cancelled)


@projection(CalendarSaved, writes="cases.Recount")
def recount_for_a_calendar(letter: Letter, event: CalendarSaved) -> None:
    """The working week, the office hours or many days changed."""
    begin_recount(id=_recount(letter), at=letter.at)


@projection(HoursChanged, writes="cases.Recount")
def recount_for_hours(letter: Letter, event: HoursChanged) -> None:
    """A centre opens at other hours: its open cases that count in office hours are counted anew."""
    begin_recount(id=_recount(letter), at=letter.at, centre=letter.centre)


@reaction(MessageForwarded, writes="cases.Case")
def take_over_a_message(letter: Letter, event: MessageForwarded) -> None:
    """A message for a case of this node came to another one."""
    take_over(
        at=letter.at,
        id=event.message,
        name=event.called,
        key=event.key,
        outcome=event.outcome,
        centre=event.centre,
    )


def _recount(letter: Letter) -> UUID:
    """One recount for each change of a calendar, however often its letter is told."""
    return named_id(str(letter.aggregate), f"recount/{letter.epoch}/{letter.version}")
