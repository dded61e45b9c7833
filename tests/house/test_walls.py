"""Each offence that the walls forbid is planted in a copy of the tree and must be refused by its contract."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

# offence: (contract that must name it, files to plant: path under onedoor/ -> lines to add)
OFFENCES = {
    "an upward import": ("Floors", {"domain/access/actions.py": "from onedoor.domain.queue import api"}),
    "an upward import inside a function": (
        "Floors",
        {"domain/access/queries.py": "def late():\n    from onedoor.domain.cases import api\n    return api"},
    ),
    "an upward import for types only": (
        "Floors",
        {
            "domain/catalogue/rules.py": "from typing import TYPE_CHECKING\n"
            "if TYPE_CHECKING:\n    from onedoor.domain.cases import api"
        },
    ),
    "a neighbour on the same floor": (
        "Floors",
        {"domain/queue/actions.py": "import onedoor.domain.documents.api"},
    ),
    "a context on no floor": ("Floors", {"domain/weather/__init__.py": "", "domain/weather/api.py": ""}),
    "rules that read models": (
        "Inside",
        {"domain/queue/rules.py": "from onedoor.domain.queue import models"},
    ),
    "queries that call actions": (
        "Inside",
        {"domain/cases/queries.py": "from onedoor.domain.cases import actions"},
    ),
    "a file outside the vocabulary": ("Inside", {"domain/queue/helpers.py": ""}),
    "a door in a context's models": (
        "Through the api",
        {"doors/desk/more.py": "from onedoor.domain.queue import models"},
    ),
    "a context in another's queries": (
        "Through the api",
        {"domain/cases/actions.py": "from onedoor.domain.people.queries import person"},
    ),
    "a door that knows a door": ("Doors", {"doors/kiosk/more.py": "from onedoor.doors.citizen import urls"}),
    "sync that reads the domain": (
        "Sync",
        {"doors/sync/__init__.py": "", "doors/sync/api.py": "from onedoor.domain.queue import api"},
    ),
    "a kernel that knows a context": ("House", {"kernel/more.py": "from onedoor.domain.access import api"}),
    "a domain that knows a door": ("House", {"domain/voice/actions.py": "import onedoor.doors.citizen.urls"}),
    "a domain that knows the screens": ("House", {"domain/voice/actions.py": "import onedoor.ui"}),
    "a door that reads the settings": (
        "House",
        {"doors/board/more.py": "from onedoor.config import settings"},
    ),
    "a room beside the house": ("House", {"utils.py": ""}),
}

BANNED = {
    "HTTP": "from django.http import HttpResponse\n\nprint(HttpResponse)\n",
    "shortcuts": "from django.shortcuts import get_object_or_404\n\nprint(get_object_or_404)\n",
    "a signal": "from django.dispatch import receiver\n\nprint(receiver)\n",
    "a model's signal": "from django.db.models.signals import post_save\n\nprint(post_save)\n",
    "the clock of Django": "from django.utils import timezone\n\nprint(timezone.now())\n",
    "the clock of the kernel": "from onedoor.kernel.clock import now\n\nprint(now())\n",
    "the clock of Python": "from datetime import datetime\n\nprint(datetime.now())\n",
    "the clock in UTC": "from datetime import UTC, datetime\n\nprint(datetime.now(UTC))\n",
    "the old clock in UTC": "import datetime\n\nprint(datetime.datetime.utcnow())\n",
    "today": "from datetime import date\n\nprint(date.today())\n",
    "the clock of the machine": "import time\n\nprint(time.time())\n",
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the contracts read: the Python of the product, the contracts, our own contract type."""
    copy = tmp_path_factory.mktemp("house")
    for path in ROOT.joinpath("onedoor").rglob("*.py"):
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    shutil.copyfile(ROOT / ".importlinter", copy / ".importlinter")
    (copy / "tests" / "house").mkdir(parents=True)
    for name in ("__init__.py", "house/__init__.py", "house/through_the_api.py"):
        shutil.copyfile(ROOT / "tests" / name, copy / "tests" / name)
    return copy


def broken_contracts(tree: Path) -> tuple[set[str], str]:
    """Runs the contracts over ``tree``; the first words of the broken ones, and all that was said."""
    answer = subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--no-logo"], cwd=tree, capture_output=True, text=True, timeout=120
    )
    said = answer.stdout + answer.stderr
    broken = {line.split(":")[0] for line in said.splitlines() if line.endswith(" BROKEN")}
    assert (answer.returncode != 0) == bool(broken), said
    return broken, said


def test_the_tree_keeps_every_contract(copied: Path) -> None:
    broken, said = broken_contracts(copied)
    assert not broken, said


@pytest.mark.parametrize("offence", OFFENCES)
def test_a_planted_offence_is_refused(copied: Path, offence: str) -> None:
    contract, planted = OFFENCES[offence]
    before = {copied / "onedoor" / name: None for name in planted}
    try:
        for name, lines in planted.items():
            path = copied / "onedoor" / name
            before[path] = path.read_text() if path.exists() else None
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text((before[path] or "") + "\n" + lines + "\n")
        broken, said = broken_contracts(copied)
    finally:
        for path, text in before.items():
            path.unlink() if text is None else path.write_text(text)
    assert contract in broken, said


def ruff(text: str, path: str) -> str:
    """What ruff says about ``text`` as if it stood at ``path``."""
    answer = subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            "check",
            "--no-cache",
            "--output-format=concise",
            "--stdin-filename",
            path,
            "-",
        ],
        cwd=ROOT,
        input=text,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return answer.stdout + answer.stderr


@pytest.mark.parametrize("ban", BANNED)
def test_the_domain_may_not_know(ban: str) -> None:
    assert "TID251" in ruff(BANNED[ban], "onedoor/domain/queue/actions.py")


@pytest.mark.parametrize("ban", ["HTTP", "shortcuts"])
def test_a_door_may_know(ban: str) -> None:
    assert "TID251" not in ruff(BANNED[ban], "onedoor/doors/desk/views.py")


@pytest.mark.parametrize(("text", "code"), [("eval('1')\n", "S307"), ("exec('1')\n", "S102")])
def test_nobody_may_run_text_as_code(text: str, code: str) -> None:
    for place in ("domain/queue/rules.py", "kernel/letters.py", "tools/cli.py", "doors/desk/views.py"):
        assert code in ruff(text, f"onedoor/{place}")


def test_the_types_are_strict() -> None:
    text = """
from onedoor.domain.queue.rules import decide
def nothing_said(case): return case
def wrong() -> int: return "three"
decide(1)
"""
    answer = subprocess.run(
        [sys.executable, "-m", "mypy", "-c", text],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    for fault in ("no-untyped-def", "return-value", "call-arg"):
        assert f"[{fault}]" in answer.stdout, answer.stdout + answer.stderr
