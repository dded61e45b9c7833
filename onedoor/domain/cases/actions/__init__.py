"""What people and the node do to cases: one function, one intention."""

from onedoor.domain.cases.actions.checking import begin_fee_check, fee_check_batch, start_fee_check
from onedoor.domain.cases.actions.clocking import extend, pause, resume
from onedoor.domain.cases.actions.codes import renew_code
from onedoor.domain.cases.actions.completing import complete
from onedoor.domain.cases.actions.drafts import attach, open_draft, save_draft
from onedoor.domain.cases.actions.editions import move_cases, plan_move
from onedoor.domain.cases.actions.logs import load_traces, open_log
from onedoor.domain.cases.actions.messages import hear_messages, send_message
from onedoor.domain.cases.actions.preparing import (
    begin_preparation,
    end_preparations,
    forget_preparation,
    open_preparation,
    save_preparation,
    take_over,
    upgrade_preparation,
)
from onedoor.domain.cases.actions.receiving import receive
from onedoor.domain.cases.actions.recounting import begin_recount, preview_recount, recount_batch
from onedoor.domain.cases.actions.services import retry, run_services
from onedoor.domain.cases.actions.sights import case_state, follow, see_case, see_draft, see_paper
from onedoor.domain.cases.actions.starting import begin_by_message, begin_by_time, forward_messages
from onedoor.domain.cases.actions.timers import fire_timers
from onedoor.domain.cases.actions.upgrading import upgrade_draft
from onedoor.domain.cases.actions.withdrawing import withdraw

__all__ = [
    "begin_by_message",
    "begin_by_time",
    "forward_messages",
    "begin_fee_check",
    "fee_check_batch",
    "start_fee_check",
    "move_cases",
    "plan_move",
    "attach",
    "begin_preparation",
    "end_preparations",
    "forget_preparation",
    "open_preparation",
    "save_preparation",
    "take_over",
    "upgrade_preparation",
    "case_state",
    "complete",
    "extend",
    "fire_timers",
    "follow",
    "hear_messages",
    "load_traces",
    "open_draft",
    "open_log",
    "pause",
    "resume",
    "receive",
    "begin_recount",
    "preview_recount",
    "recount_batch",
    "renew_code",
    "retry",
    "run_services",
    "save_draft",
    "send_message",
    "see_case",
    "see_draft",
    "see_paper",
    "upgrade_draft",
    "withdraw",
]
