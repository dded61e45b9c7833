"""The simulator lives the same days for the same seed, through the domain's doors, and leaves a whole record."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.tools.nodes import Node, copied

BACK = """
from onedoor.domain.cases.models import Task
done = Task.objects.filter(audience="back", kind="user", state="done")
steps = list(done.values_list("done_by", "done_at"))
print(len(steps), len(set(steps)))
"""


@pytest.fixture(scope="module")
def one(country: Node) -> Iterator[Node]:
    with copied(country) as made:
        yield made


def lived(one: Node, *words: str) -> dict[str, object]:
    done = one.run("simulate", *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def test_a_morning_has_visits_cases_documents_and_ratings(one: Node) -> None:
    told = lived(one, "--centres", "2", "--days", "0.5", "--seed", "3", "--visits", "14")
    assert int(str(told["visits"])) >= 14 and int(str(told["served"])) > 8
    for name in ("cases", "decided", "handed_over", "ratings"):
        assert told[name], f"no {name} in a whole morning"
    assert told["documents"], "a birth was registered and its certificate handed over"
    steps, apart = one.python(BACK).split()
    assert 0 < int(steps) == int(apart), "an official has one pair of hands"
    verified = one.run("verify")
    assert verified.returncode == 0, verified.stdout


def test_the_same_seed_lives_the_same_day(country: Node) -> None:
    told = []
    for _ in range(2):
        with copied(country) as fresh:
            one = lived(fresh, "--centres", "1", "--days", "0.5", "--seed", "5", "--visits", "6")
            told.append({name: value for name, value in one.items() if name != "documents"})
    assert told[0] == told[1]


@pytest.mark.parametrize("words", [("--centres", "0"), ("--days", "0"), ("--visits", "-1")])
def test_nonsense_is_refused_in_words(one: Node, words: tuple[str, ...]) -> None:
    refused = one.run("simulate", *words)
    assert refused.returncode == 2 and "Traceback" not in refused.stderr
