"""`onedoor replay` and `onedoor export --xes` as somebody types them, on a node of its own."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onedoor.tools.xes.reader import Reader, Trace
from tests.tools.nodes import Node, copied
from tests.tools.xes.logs import log, three, trace, written


@pytest.fixture(scope="module")
def one(country: Node) -> Iterator[Node]:
    with copied(country) as made:
        yield made


def contents(path: Path) -> Any:
    reader = Reader(path)
    traces = [(one.attributes, one.events) for one in reader.traces() if isinstance(one, Trace)]
    return reader.header, traces


def test_a_log_goes_in_once_is_told_and_comes_out_equal(one: Node, tmp_path: Path) -> None:
    path = written(tmp_path, gzip.compress(log().encode()), "log.xes.gz")
    words = ("replay", str(path), "--service", "birth-registration", "--centre", "0103-1")
    done = one.run(*words)
    assert done.returncode == 0, done.stderr
    for said in ("3 new cases", "3 cases (2 finished, 1 open), 7 events, 2 activities", "1 of 2 (50.0 %)"):
        assert said in done.stdout
    again = one.run(*words)
    assert again.returncode == 0 and "0 new cases, 3 were here already" in again.stdout
    out = tmp_path / "out.xes.gz"
    written_out = one.run(
        "export", "--xes", str(out), "--service", "birth-registration", "--centre", "0103-1"
    )
    assert written_out.returncode == 0 and "3 traces, 7 events" in written_out.stderr
    assert contents(out) == contents(path)
    piped = one.run("export", "--xes", "--service", "birth-registration")
    assert contents(written(tmp_path, piped.stdout, "piped.xes")) == contents(path)
    verified = one.run("verify")
    assert verified.returncode == 0, verified.stdout


def test_what_is_broken_is_named_and_told_by_the_exit(one: Node, tmp_path: Path) -> None:
    path = written(tmp_path, log([*three()[:1], trace("B")]), "broken.xes")
    done = one.run("replay", str(path), "--service", "document-registration", "--name", "another")
    assert done.returncode == 1 and "trace “B” is left out: it has no events" in done.stdout
    bomb = written(tmp_path, '<!DOCTYPE log [<!ENTITY a "a">]><log>&a;</log>', "bomb.xes")
    done = one.run("replay", str(bomb), "--service", "document-registration")
    assert done.returncode == 1 and "line 1: refused" in done.stdout and "Nothing was loaded" in done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("replay", "pyproject.toml", "--service", "no-such-service"),
        ("export", "--xes", "no/such/folder/out.xes", "--service", "birth-registration"),
    ],
)
def test_nonsense_is_refused_in_words(one: Node, words: tuple[str, ...]) -> None:
    refused = one.run(*words)
    assert refused.returncode == 2 and "Traceback" not in refused.stderr, refused.stderr
