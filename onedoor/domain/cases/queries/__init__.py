"""Reads of cases: worklists, cases as their officers and applicants see them."""

from onedoor.domain.cases.queries.answers import faults_in
from onedoor.domain.cases.queries.asking import task_to_correct
from onedoor.domain.cases.queries.clearing import lane_work, office_work
from onedoor.domain.cases.queries.clock import escalated, recount, recounted, recounts
from onedoor.domain.cases.queries.correcting import OwnCorrection, own_correction
from onedoor.domain.cases.queries.finding import audited, find_cases
from onedoor.domain.cases.queries.lists import (
    failed_services,
    failed_steps,
    front_list,
    tally,
    unfinished,
    worklist,
)
from onedoor.domain.cases.queries.logs import (
    event_log,
    log_figures,
    logged_name,
    logs_of,
    own_traces,
    traces_of,
)
from onedoor.domain.cases.queries.views import (
    case_numbered,
    case_of_number,
    cases_of_visit,
    draft_of,
    draft_view,
    drafts,
    followed,
    numbers_of,
    open_task,
    paper_of,
    standing_of,
    task_of,
    view_of,
    visible,
)

__all__ = [
    "lane_work",
    "office_work",
    "OwnCorrection",
    "audited",
    "case_numbered",
    "case_of_number",
    "cases_of_visit",
    "draft_of",
    "draft_view",
    "drafts",
    "escalated",
    "event_log",
    "failed_services",
    "failed_steps",
    "faults_in",
    "find_cases",
    "followed",
    "front_list",
    "log_figures",
    "logged_name",
    "logs_of",
    "numbers_of",
    "open_task",
    "own_correction",
    "own_traces",
    "paper_of",
    "recount",
    "recounted",
    "recounts",
    "standing_of",
    "tally",
    "task_of",
    "task_to_correct",
    "traces_of",
    "view_of",
    "visible",
    "worklist",
    "unfinished",
]
