"""What people do with money: one function, one intention."""

from onedoor.domain.payments.actions.charges import cancel_charge, charge, recharge
from onedoor.domain.payments.actions.days import day_close
from onedoor.domain.payments.actions.second import ask_waiver, refuse_waiver, see_evidence, void, waive
from onedoor.domain.payments.actions.sessions import close_session, open_session
from onedoor.domain.payments.actions.settling import note_print, pay_owed, sell, settle_cash
from onedoor.domain.payments.actions.tariffs import save_tariff
from onedoor.domain.payments.actions.together import settle_together
from onedoor.domain.payments.actions.transfers import answer_transfer, ask_transfer

__all__ = [
    "answer_transfer",
    "ask_transfer",
    "ask_waiver",
    "cancel_charge",
    "charge",
    "close_session",
    "day_close",
    "note_print",
    "open_session",
    "pay_owed",
    "recharge",
    "refuse_waiver",
    "save_tariff",
    "see_evidence",
    "sell",
    "settle_cash",
    "settle_together",
    "void",
    "waive",
]
