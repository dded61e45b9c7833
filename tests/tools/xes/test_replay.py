"""Replaying a log: cases, steps and letters at their own instants, once; what is broken is named and the rest is kept."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from onedoor.domain.access import api as access
from onedoor.domain.cases import api as cases
from onedoor.domain.cases.models import Case, EventLog, Task
from onedoor.kernel.letters import seal_batch, verify
from onedoor.kernel.letters.models import LetterRow
from onedoor.kernel.scope import Actor, everything
from onedoor.tools.xes.export import write
from onedoor.tools.xes.reader import Reader, Trace
from onedoor.tools.xes.replay import Outcome, figures_of, load
from onedoor.tools.xes.told import share, tell, took
from tests.factories.hall import officer
from tests.factories.registry import Registry, received, registry
from tests.tools.xes.logs import HEAD, event, log, three, trace, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None, at: datetime) -> Registry:
    return registry(at=at)


def loaded(world: Registry, path: Path, at: datetime, **more: Any) -> Outcome:
    return load(path, service=world.birth, centre=world.centre, name=None, at=at, **more)


def state() -> list[Any]:
    with everything("a test looks at all"):
        return [list(model.objects.order_by("pk").values()) for model in (Case, Task, EventLog)] + [
            LetterRow.objects.count()
        ]


def exported(world: Registry, **more: Any) -> str:
    file = io.StringIO()
    write(file, service=world.birth, code="birth-registration", centre=None, **more)
    return file.getvalue()


def test_cases_steps_and_letters_stand_at_their_instants(
    world: Registry, at: datetime, tmp_path: Path
) -> None:
    outcome = loaded(world, written(tmp_path, log()), at)
    assert (outcome.new, outcome.same, outcome.whole) == (3, 0, True)
    with everything("a test looks at all"):
        one, two, three_ = Case.objects.filter(origin="log").order_by("trace__place")
        assert [one.status, two.status, three_.status] == ["closed", "closed", "in_progress"]
        assert one.number == "0103-1-12-L-000001-8" or one.number.startswith("0103-1-12-L-000001-")
        assert (one.received_at, one.closed_at) == (
            datetime(2012, 1, 2, 1, tzinfo=UTC),
            datetime(2012, 1, 4, 1, tzinfo=UTC),
        )
        assert one.due_on == date(2012, 1, 10) and one.person_id is None and three_.closed_at is None
        steps = list(two.tasks.order_by("place").values_list("node", "opened_at", "done_at", "state"))
        assert [row[0] for row in steps] == ["receive", "check", "receive", "check"]
        assert steps[3][1:] == (
            datetime(2012, 1, 5, 3, tzinfo=UTC),
            datetime(2012, 1, 6, 10, tzinfo=UTC),
            "done",
        )
    told = list(
        LetterRow.objects.filter(aggregate=two.id)
        .order_by("version")
        .values_list("type", "version", "at", "centre")
    )
    assert [row[0] for row in told] == ["cases.received"] + ["cases.step_taken"] * 4 + ["cases.closed"]
    assert [row[1] for row in told] == list(range(1, 7)) and two.version == 6
    assert told[-1][2] == two.closed_at and {row[3] for row in told} == {world.centre}
    assert "R1" not in "".join(LetterRow.objects.filter(aggregate=two.id).values_list("body", flat=True))


def test_the_chain_stays_whole(world: Registry, at: datetime, tmp_path: Path) -> None:
    loaded(world, written(tmp_path, log()), at)
    while seal_batch():
        pass
    assert verify().ok


def test_the_same_log_twice_changes_nothing(world: Registry, at: datetime, tmp_path: Path) -> None:
    path = written(tmp_path, log())
    loaded(world, path, at)
    before = state()
    again = loaded(world, path, datetime(2026, 3, 3, tzinfo=UTC))
    assert (again.new, again.same, again.whole) == (0, 3, True) and state() == before


def test_two_cases_of_one_name_are_two_and_stay_two(world: Registry, at: datetime, tmp_path: Path) -> None:
    one = three()[0]
    path = written(tmp_path, log([one, one, one.replace("R2", "R3")]))
    assert loaded(world, path, at).new == 3
    before = state()
    assert loaded(world, path, datetime(2026, 3, 3, tzinfo=UTC)).same == 3 and state() == before


def test_other_contents_of_a_known_case_are_told_and_left(
    world: Registry, at: datetime, tmp_path: Path
) -> None:
    loaded(world, written(tmp_path, log()), at)
    before = state()
    changed = loaded(
        world, written(tmp_path, log().replace('"R2"', '"R9"')), datetime(2026, 3, 3, tzinfo=UTC)
    )
    assert changed.differing == ["A-1", "A-2"] and changed.same == 1 and state() == before


def test_it_comes_out_equal(world: Registry, at: datetime, tmp_path: Path) -> None:
    path = written(tmp_path, log())
    loaded(world, path, at)
    again = written(tmp_path, exported(world), "again.xes")

    def contents(one: Path) -> Any:
        reader = Reader(one)
        traces = [(each.attributes, each.events) for each in reader.traces() if isinstance(each, Trace)]
        return reader.header, traces

    assert contents(path) == contents(again)
    before = state()
    assert loaded(world, again, datetime(2026, 3, 3, tzinfo=UTC)).same == 3 and state() == before


def test_cases_of_ours_come_out_beside_them_without_names(
    world: Registry, at: datetime, tmp_path: Path
) -> None:
    loaded(world, written(tmp_path, log()), at)
    number = received(world, at=at).number
    text = exported(world)
    assert number in text and "A-1" in text and "officer" not in text.replace("officer 0103-1", "")
    assert "ວົງໄຊ" not in text and str(world.officer.id) not in text
    path = written(tmp_path, text, "both.xes")
    assert sum(1 for _ in Reader(path).traces()) == 4


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (trace("B", event("x", "2012-02-30T00:00:00Z")), "no day or hour"),
        (trace("B", event("x", "2190-01-01T00:00:00Z")), "not come yet"),
        (trace("B"), "no events"),
        (trace("B", '<event><string key="concept:name" value="x"/></event>'), "no instant"),
        (
            trace("B", '<event><date key="time:timestamp" value="2012-01-01T00:00:00Z"/></event>'),
            "no activity",
        ),
        (trace("B" * 300, event("x", "2012-01-01T00:00:00Z")), "longer than"),
    ],
)
def test_a_broken_case_is_named_and_the_others_are_kept(
    world: Registry, at: datetime, tmp_path: Path, broken: str, reason: str
) -> None:
    outcome = loaded(world, written(tmp_path, log([*three()[:2], broken, three()[2]])), at)
    line = (HEAD + "".join(three()[:2])).count("\n") + 1
    assert (outcome.new, outcome.left_out, outcome.whole) == (3, 1, False)
    assert reason in outcome.left[0] and outcome.left[0].startswith(f"line {line}:")


def test_a_cut_log_keeps_what_came_before_and_is_completed_later(
    world: Registry, at: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = log()
    outcome = loaded(world, written(tmp_path, text[: text.index("A-3")]), at)
    assert (
        outcome.new == 2
        and f"line {text[: text.index('A-3')].count(chr(10)) + 1}:" in outcome.broken
        and outcome.log is not None
    )
    tell(outcome, figures_of(outcome.log))
    assert "nothing comes twice" in capsys.readouterr().out
    whole = loaded(world, written(tmp_path, text), datetime(2026, 3, 3, tzinfo=UTC))
    assert (whole.new, whole.same, whole.whole) == (1, 2, True)


def test_a_hostile_log_leaves_nothing(world: Registry, at: datetime, tmp_path: Path) -> None:
    before = state()
    outcome = loaded(world, written(tmp_path, '<!DOCTYPE log [<!ENTITY a "a">]><log>&a;</log>'), at)
    assert outcome.log is None and outcome.broken and state() == before


def test_without_ends_a_case_is_over_when_its_last_step_is(
    world: Registry, at: datetime, tmp_path: Path
) -> None:
    going = event("x", "2012-01-01T00:00:00Z").replace("complete", "start")
    head = HEAD.replace("enddate", "other")
    loaded(
        world,
        written(tmp_path, log([trace("A", event("x", "2012-01-01T00:00:00Z")), trace("B", going)], head)),
        at,
    )
    with everything("a test looks at all"):
        assert list(Case.objects.order_by("trace__place").values_list("status", flat=True)) == [
            "closed",
            "in_progress",
        ]


def test_pseudonyms_replace_resources_the_same_way_each_time(
    world: Registry, at: datetime, tmp_path: Path
) -> None:
    path = written(tmp_path, log())
    loaded(world, path, at, pseudonyms=True)
    before = state()
    text = exported(world)
    assert '"R1"' not in text and text.count('value="P-') == 7
    assert (
        loaded(world, path, datetime(2026, 3, 3, tzinfo=UTC), pseudonyms=True).same == 3 and state() == before
    )


def test_its_authority_reads_it_and_nobody_else(world: Registry, at: datetime, tmp_path: Path) -> None:
    loaded(world, written(tmp_path, log()), at)
    with everything("a test looks at all"):
        case = Case.objects.get(trace__name="A-2")
    seen = cases.see_case(by=world.decider, at=at, case=case.id)
    assert [(step.names["en"], step.holder["en"]) for step in seen.steps][-1] == ("check", "R2")
    assert seen.on_time is False and seen.status == "closed" and not seen.answers
    for stranger in (world.other_decider, world.stranger):
        with pytest.raises(cases.NoSuchCase):
            cases.see_case(by=stranger, at=at, case=case.id)
    assert cases.see_case(by=world.officer, at=at, case=case.id).number == case.number


def test_loading_needs_its_permission(world: Registry, at: datetime) -> None:
    with pytest.raises(access.NotPermitted):
        cases.open_log(by=world.officer, at=at, service=world.birth, centre=world.centre, name="x", header={})
    elsewhere = officer(
        at=at, username="loader", unit=world.other_centre, permissions=["cases.load"], role="loader"
    )
    with pytest.raises(access.OutOfReach):
        cases.open_log(by=elsewhere, at=at, service=world.birth, centre=world.centre, name="x", header={})
    with pytest.raises(cases.NoSuchLog):
        cases.load_traces(by=Actor.system(), at=at, log=UUID(int=7), traces=[])


def test_the_figures(
    world: Registry, at: datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = loaded(world, written(tmp_path, log()), at)
    assert outcome.log is not None
    figures = figures_of(outcome.log)
    assert (figures.cases, figures.finished, figures.events, figures.activities) == (3, 2, 7, 2)
    assert figures.late_days == 1
    assert (figures.median, figures.late, figures.due, figures.open_late, figures.open_due) == (
        6 * 86400,
        1,
        2,
        1,
        1,
    )
    assert [(wait.before, wait.after, wait.times) for wait in figures.waits] == [
        ("check", "receive", 1),
        ("receive", "check", 3),
    ]
    tell(outcome, figures)
    said = capsys.readouterr().out
    assert "3 cases (2 finished, 1 open), 7 events, 2 activities" in said and "1 of 2 (50.0 %)" in said


def test_words_for_durations_and_shares() -> None:
    assert [took(one) for one in (None, 5.0, 90.0, 7200.0, 172800.0)] == [
        "–",
        "5.0 s",
        "1.5 min",
        "2.0 h",
        "2.0 d",
    ]
    assert share(0, 0) == "none (0 of 0)"


def test_a_case_of_an_earlier_system_is_neither_withdrawn_nor_given_a_code(
    world: Registry, at: datetime, tmp_path: Path
) -> None:
    loaded(world, written(tmp_path, log()), at)
    with everything("a test looks at all"):
        open_one = Case.objects.get(origin="log", closed_at=None)
    before = state()
    with pytest.raises(cases.CaseIsFromALog) as refusal:
        cases.withdraw(by=world.officer, at=at, case=open_one.id)
    assert refusal.value.status == 409
    with pytest.raises(cases.CaseIsFromALog):
        cases.renew_code(by=world.officer, at=at, number=open_one.number or "")
    assert state() == before
