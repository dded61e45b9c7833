"""What `scripts/test` says at its end, and which words name tests."""

from __future__ import annotations

from fnmatch import fnmatch

from onedoor.tools.testing import ASIDE, _another, _values, aside, closing


def test_two_summaries_are_one_and_an_error_is_a_failure() -> None:
    first = "=========== 4210 passed in 301.22s (0:05:01) ==========="
    second = "== 1 failed, 57 passed, 2 warnings, 2 errors in 220.01s =="
    assert closing([first, second]) == "4267 passed, 3 failed"
    assert closing(["", "no tests ran in 0.01s"]) == "0 passed, 0 failed"


def test_the_second_process_has_its_own_database_on_the_same_server() -> None:
    assert (
        _another("postgres://onedoor@127.0.0.1:5544/onedoor")
        == "postgres://onedoor@127.0.0.1:5544/onedoor_aside"
    )
    assert _another("postgres:///onedoor?host=/run/x") == "postgres:///onedoor_aside?host=/run/x"


def test_the_value_of_an_option_names_no_test() -> None:
    assert _values(["--reverse", "-p", "no:cacheprovider"]) == {"no:cacheprovider"}


def test_what_runs_aside_is_what_the_others_leave_out() -> None:
    found = aside()
    assert "tests/journeys" in found and "tests/tools/test_serve.py" in found
    assert not any(path.startswith(("tests/tools/packs", "tests/tools/xes")) for path in found)
    assert all(any(fnmatch(path, pattern) for pattern in ASIDE) for path in found)
