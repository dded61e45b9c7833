"""Several at once inside several at once: each goes its own way by its own answers, for its own ministry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from onedoor.domain.cases.models import Case, Task
from onedoor.domain.cases.rules import Move, Token, begin, leave
from onedoor.domain.catalogue.rules.process import CompiledProcess, compile_process
from onedoor.kernel.ids import new_id
from onedoor.kernel.scope import everything
from tests.domain.cases.drawn import element, end, user, written
from tests.domain.catalogue.rules.process.bpmn import flow
from tests.factories.registry import received, registry

SEVERAL = "bpmn:multiInstanceLoopCharacteristics"


def mark(inside: str, more: str = "") -> str:
    """That an activity runs several times."""
    return f"<{SEVERAL} {more}>{inside}</{SEVERAL}>"


def number(of: int | str, until: str = "") -> str:
    """So many, until a condition holds."""
    enough = f"<bpmn:completionCondition>{until}</bpmn:completionCondition>" if until else ""
    return mark(f"<bpmn:loopCardinality>{of}</bpmn:loopCardinality>{enough}")


# For each ministry: an expert looks twice; if one of hers says bad, somebody repairs; then somebody signs.
OPINIONS = written(
    element(
        "subProcess",
        "opinion",
        element("startEvent", "o_s")
        + user(
            "look", 'onedoor:outcomes="good bad" onedoor:decision="separated"', number(2, "counts.look.bad > 0")
        )
        + element("exclusiveGateway", "how", more='default="f_sign"')
        + user("repair")
        + element("exclusiveGateway", "again")
        + user("sign")
        + element("endEvent", "o_e")
        + flow("f_look", "o_s", "look")
        + flow("f_how", "look", "how")
        + flow("f_bad", "how", "repair", "counts.look.bad > 0")
        + flow("f_sign", "how", "again")
        + flow("f_again", "repair", "again")
        + flow("f_to_sign", "again", "sign")
        + flow("f_signed", "sign", "o_e")
        + mark("", 'onedoor:units="MOHA MOJ"'),
    ),
    end(),
    flow("f1", "take", "opinion"),
    flow("f2", "opinion", "e"),
    back="look repair sign opinion",
)  # fmt: skip


class Walked:
    """A process on its way, without rows."""

    def __init__(self, source: str) -> None:
        found = compile_process(source.encode())
        assert found.process is not None, found.faults
        self.process: CompiledProcess = found.process
        self.facts: dict[str, Any] = {"form": {}}
        self.marking: tuple[Token, ...] = ()
        self.seats: dict[UUID, str] = {}
        self.took(begin(self.process, facts=self.facts, ids=new_id))
        self.do("take")

    def took(self, move: Move) -> None:
        self.marking = tuple(token for token in self.marking if token.id not in move.gone) + move.born
        self.facts |= move.kept
        self.seats |= move.seats
        self.seen = move.seen

    def at(self, node: str, seat: str = "") -> list[Token]:
        """The tokens of tasks at this element, for this ministry."""
        one = self.process.node(node).several is not None
        found = [token for token in self.marking if token.node == node and (token.mark or not one)]
        return [token for token in found if self.seats.get(token.id, "") == seat]

    def do(self, node: str, outcome: str = "done", seat: str = "") -> None:
        facts: Mapping[str, Any] = {**self.facts, "outcome": outcome}
        token = self.at(node, seat)[0].id
        self.took(leave(self.process, marking=self.marking, token=token, facts=facts, ids=new_id))


def test_each_ministry_goes_its_own_way() -> None:
    walked = Walked(OPINIONS)
    assert [len(walked.at("look", seat)) for seat in ("MOHA", "MOJ")] == [2, 2]
    walked.do("look", "bad", "MOHA")  # one is enough there, and stops the other
    assert [len(walked.at("look", seat)) for seat in ("MOHA", "MOJ")] == [0, 2]
    assert walked.at("repair", "MOHA") and not walked.at("repair", "MOJ")
    walked.do("look", "good", "MOJ")
    walked.do("look", "good", "MOJ")
    assert walked.at("sign", "MOJ") and not walked.at("repair", "MOJ"), "the other ministry's answer counted"
    assert walked.facts["counts"]["look"] == {"total": 2, "done": 2, "good": 2}
    walked.do("repair", seat="MOHA")
    walked.do("sign", seat="MOHA")
    walked.do("sign", seat="MOJ")
    assert not walked.marking
    assert walked.facts["counts"]["opinion"] == {"total": 2, "done": 2}
    assert walked.facts["apart"] == {}, "what each remembered goes with it"


def test_a_task_that_only_the_other_has_done_is_not_done_here() -> None:
    """A condition inside reads nothing of the same task of another, though that came first."""
    source = OPINIONS.replace("counts.look.bad > 0", 'tasks.look = "bad"')
    assert source != OPINIONS
    walked = Walked(source)
    walked.do("look", "good", "MOJ")
    walked.do("look", "bad", "MOHA")  # which is enough there
    walked.do("look", "good", "MOJ")
    assert walked.at("repair", "MOHA") and walked.at("sign", "MOJ")


def test_thirty_times_thirty_is_one_step() -> None:
    many = written(
        element("subProcess", "outer", element("startEvent", "i_s") + user("look", inside=number(30))
                + element("endEvent", "i_e") + flow("f_i", "i_s", "look") + flow("f_j", "look", "i_e") + number(30)),
        end(),
        flow("f1", "take", "outer"),
        flow("f2", "outer", "e"),
        front="look",
    )  # fmt: skip
    walked = Walked(many)
    assert len(walked.at("look")) == 900


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (OPINIONS.replace(number(2, "counts.look.bad > 0"), ""), "does not run several"),
        (OPINIONS.replace('onedoor:unit="authority"', 'onedoor:unit="province-office"'), "a task inside must stand"),
    ],
)  # fmt: skip
def test_what_would_mean_nothing_is_refused(source: str, said: str) -> None:
    faults = compile_process(source.encode()).faults
    assert any(said in fault.reason for fault in faults), faults


def test_three_deep_is_refused_by_name() -> None:
    inner = user("look", inside=number(2))
    for depth in ("c", "b"):
        inner = element(
            "subProcess", depth,
            element("startEvent", f"s_{depth}") + inner + element("endEvent", f"e_{depth}")
            + flow(f"f_{depth}", f"s_{depth}", "look" if depth == "c" else "c")
            + flow(f"g_{depth}", "look" if depth == "c" else "c", f"e_{depth}") + number(2),
        )  # fmt: skip
    source = written(inner, end(), flow("f1", "take", "b"), flow("f2", "b", "e"), front="look")
    faults = compile_process(source.encode()).faults
    assert [(fault.element, "two deep at most" in fault.reason) for fault in faults] == [("look", True)], (
        faults
    )


@pytest.mark.django_db
def test_the_work_of_each_is_with_its_ministry(at: datetime) -> None:
    """With rows: the tasks inside are the named ministries', whoever answers for the service."""
    world = registry(at=at, process=OPINIONS)
    got = received(world, at=at)
    with everything("a test looks"):
        units = Task.objects.filter(case_id=got.case, node="look").values_list("unit_id", flat=True)
        assert sorted(units) == sorted(
            [world.ministry] * 2 + [next(u for u in units if u != world.ministry)] * 2
        )
        assert len(set(units)) == 2
        kept = Case.objects.get(id=got.case).kept["apart"]
    assert [own["counts"]["look"]["total"] for own in kept.values()] == [2, 2]
