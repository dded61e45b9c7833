"""The demonstration: prepared once, told as figures, and never laid over somebody's home."""

from __future__ import annotations

import json

from tests.tools.nodes import node


def test_once_prepares_everything_and_ends_with_figures() -> None:
    with node() as one:
        (one.home / "demonstration").touch()
        done = one.run("demo", "--once")
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout.splitlines()[-1])
        assert set(told) == {"visits", "cases", "documents_valid", "ratings", "letters", "verify"}
        assert told["verify"] == "ok" and all(told[name] for name in told)
        code = one.run("totp", "officer1.saysettha", ONEDOOR_MODE="demo")
        assert code.returncode == 0 and code.stdout.strip().isdigit() and len(code.stdout.strip()) == 6
        unknown = one.run("totp", "nobody.nowhere", ONEDOOR_MODE="demo")
        assert unknown.returncode == 2 and "Traceback" not in unknown.stderr
        production = one.run("totp", "officer1.saysettha", ONEDOOR_MODE="production")
        assert production.returncode == 2


def test_a_home_that_is_none_of_a_demonstration_is_left_alone() -> None:
    with node() as one:
        (one.home / "something").write_text("of value")
        for words in (("demo", "--once"), ("demo", "--once", "--fresh")):
            refused = one.run(*words)
            assert refused.returncode == 2 and "Traceback" not in refused.stderr
        assert (one.home / "something").read_text() == "of value"
        told = one.run("totp", "officer1.saysettha", ONEDOOR_MODE="demo")
        assert told.returncode == 2 and not told.stdout, "no code of a home that is none of a demonstration"
