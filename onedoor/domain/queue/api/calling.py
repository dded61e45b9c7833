"""The rule by which a hall calls, and whom a counter may call: what other contexts and the doors may use."""

from onedoor.domain.queue.actions.ruling import drop_calling_rule, load_calling_rule, save_calling_rule
from onedoor.domain.queue.errors import (
    CallingRuleIsWrong,
    NobodyForThisCounter,
    ReasonNeeded,
    ServiceNotLearnt,
    TicketIsForAnotherCounter,
)
from onedoor.domain.queue.events.calling import CallingRuleDropped, CallingRuleSaved, TicketOutOfTurn
from onedoor.domain.queue.queries.calling import (
    Place,
    called_out_of_turn,
    next_at,
    own_rule,
    places,
    reach,
    rule_revision,
    unreachable,
    waiting_by_number,
    waiting_line,
)
from onedoor.domain.queue.rules import GROUNDS, CallingRule, Zone, keeps_slot, place_in_line, zone_of
from onedoor.domain.queue.rules.out_of_turn import OUT_OF_TURN
from onedoor.domain.queue.rules.turns import Reach
from onedoor.domain.queue.rules.written import check_rule

__all__ = [
    "TicketOutOfTurn",
    "CallingRule",
    "CallingRuleDropped",
    "CallingRuleIsWrong",
    "CallingRuleSaved",
    "GROUNDS",
    "NobodyForThisCounter",
    "OUT_OF_TURN",
    "Place",
    "Reach",
    "ReasonNeeded",
    "ServiceNotLearnt",
    "TicketIsForAnotherCounter",
    "Zone",
    "called_out_of_turn",
    "check_rule",
    "drop_calling_rule",
    "keeps_slot",
    "load_calling_rule",
    "next_at",
    "own_rule",
    "place_in_line",
    "places",
    "reach",
    "rule_revision",
    "save_calling_rule",
    "unreachable",
    "waiting_by_number",
    "waiting_line",
    "zone_of",
]
