"""What `scripts/test` says at its end, and which words name tests."""

from __future__ import annotations

from fnmatch import fnmatch

from onedoor.tools.testing import LANES, _another, _values, closing, in_lane


def test_two_summaries_are_one_and_an_error_is_a_failure() -> None:
    first = "=========== 4210 passed in 301.22s (0:05:01) ==========="
    second = "== 1 failed, 57 passed, 2 warnings, 2 errors in 220.01s =="
    assert closing([first, second]) == "4267 passed, 3 failed"
    assert closing(["", "no tests ran in 0.01s"]) == "0 passed, 0 failed"


def test_each_lane_has_its_own_database_on_the_same_server() -> None:
    assert (
        _another("postgres://onedoor@127.0.0.1:5544/onedoor", "doors")
        == "postgres://onedoor@127.0.0.1:5544/onedoor_doors"
    )
    assert _another("postgres:///onedoor?host=/run/x", "nodes") == "postgres:///onedoor_nodes?host=/run/x"


def test_the_value_of_an_option_names_no_test() -> None:
    assert _values(["--reverse", "-p", "no:cacheprovider"]) == {"no:cacheprovider"}


def test_what_runs_in_a_lane_is_what_the_others_leave_out() -> None:
    found = [path for lane in LANES for path in in_lane(lane)]
    assert {"tests/journeys", "tests/tools/test_serve.py", "tests/doors"} <= set(found)
    assert len(found) == len(set(found)), "no test runs in two lanes"
    assert not any(path.startswith(("tests/tools/packs", "tests/tools/xes")) for path in found)
    patterns = [pattern for lane in LANES.values() for pattern in lane]
    assert all(any(fnmatch(path, pattern) for pattern in patterns) for path in found)
