"""What the state charges, line by line: on its own, added to other lines, or taken off them. No database, no clock.

`model` has what a fee and a quote are made of, `reckoning` finds the lines of one application, `saying` the words why,
`lateness` counts what a penalty counts. What is wrong with a fee stands in `rules.tables`.
"""

from onedoor.domain.catalogue.rules.fees.lateness import begun
from onedoor.domain.catalogue.rules.fees.model import (
    ADDITIONS,
    FEE_STATES,
    FUNDING_MODELS,
    PERIODS,
    ROW_KINDS,
    Fee,
    FeeLine,
    FeeRow,
    FeeState,
    Funding,
    FundingModel,
    Original,
    Quote,
    Rate,
    RowKind,
    Step,
    Unanswered,
)
from onedoor.domain.catalogue.rules.fees.reckoning import (
    condition,
    fee_on,
    fee_questions,
    least_of,
    reckon,
    whole,
)
from onedoor.domain.catalogue.rules.fees.saying import grouped, stretch, sum_said

__all__ = [
    "ADDITIONS",
    "FEE_STATES",
    "FUNDING_MODELS",
    "PERIODS",
    "ROW_KINDS",
    "Fee",
    "FeeLine",
    "FeeRow",
    "FeeState",
    "Funding",
    "FundingModel",
    "Original",
    "Quote",
    "Rate",
    "RowKind",
    "Step",
    "Unanswered",
    "begun",
    "condition",
    "fee_on",
    "fee_questions",
    "grouped",
    "least_of",
    "reckon",
    "stretch",
    "sum_said",
    "whole",
]
