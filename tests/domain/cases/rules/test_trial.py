"""A trial as a pure value: what its conditions reckon with."""

from datetime import datetime

import pytest

from onedoor.domain.cases.rules.trial import Course, Trial, begun, trial_kept, trial_of
from onedoor.domain.catalogue.api import compile_process
from onedoor.domain.centres.api import Calendar
from tests.domain.cases.drawn import element, end, written
from tests.domain.catalogue.rules.forms.test_decimals import FORM
from tests.domain.catalogue.rules.process.bpmn import flow

LAND = written(
    element("exclusiveGateway", "which", more='default="f3"'),
    end("large", "approved"),
    end("small", "refused"),
    flow("f1", "take", "which"),
    flow("f2", "which", "large", "form.area > 0.5"),
    flow("f3", "which", "small"),
)


@pytest.mark.parametrize(("area", "status"), [("0.51", "approved"), ("0.5", "refused")])
def test_a_condition_reckons_with_decimals(at: datetime, area: str, status: str) -> None:
    """They are kept as texts, and by texts no condition would hold."""
    process = compile_process(LAND.encode()).process
    assert process is not None
    trial = Trial(
        process=LAND,
        decisions_text="",
        form=FORM,
        answers={"area": area},
        calendar=Calendar(),
        number="TRIAL",
        began=at,
        at=at,
    )
    found = begun(Course(process), trial, clock=None)
    assert (found.status, found.answers) == (status, {"area": area})
    assert trial_of(trial_kept(found)) == found
