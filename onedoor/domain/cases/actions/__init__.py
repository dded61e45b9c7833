"""What people and the node do to cases: one function, one intention."""

from onedoor.domain.cases.actions.checking import begin_fee_check, fee_check_batch, start_fee_check
from onedoor.domain.cases.actions.clocking import extend, pause, resume
from onedoor.domain.cases.actions.codes import renew_code
from onedoor.domain.cases.actions.completing import complete
from onedoor.domain.cases.actions.correcting import (
    correct_own,
    drop_correction,
    forget_corrections,
    keep_correction,
)
from onedoor.domain.cases.actions.drafts import attach, open_draft, save_draft
from onedoor.domain.cases.actions.editions import move_cases, plan_move
from onedoor.domain.cases.actions.handing import hand_over_visit
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
from onedoor.domain.cases.actions.sharing import share_facts
from onedoor.domain.cases.actions.sights import (
    case_state,
    follow,
    see_case,
    see_draft,
    see_own_correction,
    see_paper,
    see_shared,
)
from onedoor.domain.cases.actions.starting import begin_by_message, begin_by_time, forward_messages
from onedoor.domain.cases.actions.timers import fire_timers
from onedoor.domain.cases.actions.upgrading import upgrade_draft
from onedoor.domain.cases.actions.withdrawing import withdraw

__all__ = [
    "attach",
    "begin_by_message",
    "begin_by_time",
    "begin_fee_check",
    "begin_preparation",
    "begin_recount",
    "case_state",
    "complete",
    "correct_own",
    "drop_correction",
    "end_preparations",
    "extend",
    "fee_check_batch",
    "fire_timers",
    "follow",
    "forget_corrections",
    "forget_preparation",
    "hand_over_visit",
    "forward_messages",
    "hear_messages",
    "keep_correction",
    "load_traces",
    "move_cases",
    "open_draft",
    "open_log",
    "open_preparation",
    "pause",
    "plan_move",
    "preview_recount",
    "receive",
    "recount_batch",
    "renew_code",
    "resume",
    "retry",
    "run_services",
    "save_draft",
    "save_preparation",
    "see_case",
    "see_draft",
    "see_own_correction",
    "see_paper",
    "see_shared",
    "send_message",
    "share_facts",
    "start_fee_check",
    "take_over",
    "upgrade_draft",
    "upgrade_preparation",
    "withdraw",
]
