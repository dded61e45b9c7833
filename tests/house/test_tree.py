"""The tree itself: READMEs, lengths, packages, leftovers, addresses and paths that do not belong in a repository."""

import ast
import re
import sys
import tomllib
from contextlib import suppress
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from django.conf import settings

from tests.house.house import DOMAIN, DOORS, PRODUCT, ROOT, contexts, floors, named, sources, tracked

LONGEST = 400
KERNEL = {
    "aggregate",
    "clock",
    "crypto",
    "errors",
    "files",
    "i18n",
    "ids",
    "inbox",
    "letters",
    "mirrors",
    "money",
    "numbers",
    "scope",
}
DJANGO = {"__init__", "apps", "models", "migrations", "management"}

# Written in pieces so that this file is not its own finding.
REGISTRIES = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "yarn" + "pkg.com",
    "npm" + "mirror.com",
]
HOMES = ["wo" + r"rk/", "ro" + r"ot/", "ho" + r"me/\w", "Us" + r"ers/\w", "tm" + r"p/\w"]
MACHINES = re.compile(r"(?<![\w.])/(?:" + "|".join(HOMES) + ")")
LEFTOVERS = re.compile(
    r"\bTO" r"DO\b|\bFIX" r"ME\b|NotImplemented" r"Error|mark\.(?:skip|xfail)\b|assert" r" True\b"
)
RUNS_TEXT = re.compile(r"(?<![\w.])(?:eval|exec)\(")
SIGNALS = re.compile(r"@receiver\b|\.connect\(|django\.dispatch|db\.models\.signals")
WRITTEN_BY_HAND = (".py", ".ts", ".html", ".css", ".sh", ".mjs")


AM_IN_TWO = re.compile("\u0ecd[\u0ec8-\u0ecc]*\u0eb2|\u0eb3[\u0ec8-\u0ecc]")
"""ຳ typed as two signs, or with its tone behind it: it looks the same and is found by no plain search."""
SPELLINGS = "tests/kernel/i18n/test_spelling.py"


def scripts() -> list[Path]:
    return [path for path in tracked() if path.parent == ROOT / "scripts"]


@pytest.mark.parametrize("context", contexts(), ids=lambda path: path.name)
def test_a_context_has_its_page(context: Path) -> None:
    page = (context / "README.md").read_text().lower()
    for part in ("words", "invariants", "publishes", "hears"):
        assert part in page, f"the README of {context.name} does not say: {part}"


@pytest.mark.parametrize("context", contexts(), ids=lambda path: path.name)
def test_a_context_has_a_floor_and_a_door(context: Path) -> None:
    assert context.name in floors()
    api = next(path for path in (context / "api.py", context / "api" / "__init__.py") if path.exists())
    assert "__all__ = [" in api.read_text(), "the api names what others may use"


def test_python_stands_in_packages() -> None:
    """A folder without `__init__.py` is not seen by the import contracts."""
    unseen = {path.parent for path in sources(".py") if PRODUCT in path.parents} - {
        path.parent for path in sources("__init__.py")
    }
    assert not unseen


def test_the_kernel_is_a_closed_list() -> None:
    built = {path.stem for path in (PRODUCT / "kernel").iterdir() if not path.name.startswith("__pycache__")}
    assert built <= KERNEL | DJANGO | {"README"}


def test_contexts_and_doors_are_the_named_ones() -> None:
    assert {path.name for path in contexts()} <= set(floors())
    doors = {path.parent.name for path in DOORS.glob("*/__init__.py")}
    assert doors <= {"citizen", "kiosk", "board", "desk", "office", "console", "exchange", "sync"}
    assert not list(DOMAIN.glob("*/utils*")) + list(DOMAIN.glob("*/helpers*"))
    assert set(settings.CONTEXTS) == {path.name for path in contexts()}, "the settings install what is built"
    assert set(settings.DOORS) == doors


def test_imports_stand_at_the_top_and_by_name() -> None:
    """An import inside a function, or of a name put together at run time, would dodge the walls."""
    walled = [path for path in sources(".py") if {DOMAIN, DOORS} & set(path.parents)]
    assert walled and not [named(path) for path in walled if _dodges(ast.parse(path.read_text()))]


def _dodges(tree: ast.Module) -> bool:
    inside = [
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom) and "onedoor" in ast.unparse(inner)
    ]
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return bool(inside or {"import_module", "__import__"} & names)


def test_files_are_short_and_nothing_is_left_over() -> None:
    texts = {named(path): path.read_text() for path in (*sources(*WRITTEN_BY_HAND), *scripts())}
    assert texts and not [name for name, text in texts.items() if len(text.splitlines()) > LONGEST]
    assert not [name for name, text in texts.items() if LEFTOVERS.search(text)]


def test_lao_am_is_one_sign() -> None:
    """What is compared in search is unified there; what we write ourselves is written in one way."""
    found = []
    for path in tracked():
        with suppress(UnicodeDecodeError):
            if named(path) != SPELLINGS and AM_IN_TWO.search(path.read_text(encoding="utf-8")):
                found.append(named(path))
    assert not found


def test_no_file_carries_a_registry_or_a_machine() -> None:
    found = []
    for path in tracked():
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        found += [(named(path), address) for address in REGISTRIES if address in text]
        found += [(named(path), match.group()) for match in MACHINES.finditer(text)]
    assert not found


def test_lock_files_name_no_address() -> None:
    locks = [ROOT / "frontend" / "package-lock.json", *sorted((ROOT / "requirements").glob("*.txt"))]
    assert not [
        named(lock) for lock in locks if re.search('"resolved"|--index-url|https?://', lock.read_text())
    ]


def test_what_the_project_asks_for_is_what_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = {
        "base": project["dependencies"],
        "dev": project["dependencies"] + project["optional-dependencies"]["dev"],
    }
    for name, dependencies in asked.items():
        pinned = dict(
            re.findall(
                r"^([a-z0-9.-]+)==([^\s;\\]+)", (ROOT / "requirements" / f"{name}.txt").read_text(), re.M
            )
        )
        for dependency in dependencies:
            package, _, version = dependency.partition("==")
            assert pinned[re.sub(r"\[.*\]", "", package).lower()] == version


def test_nothing_is_vendored() -> None:
    assert not [
        named(path)
        for path in tracked()
        if re.search(r"\.min\.(js|css)$|node_modules/|/vendor/", named(path))
    ]


def test_no_text_is_run_and_no_signal_is_heard() -> None:
    texts = {path: path.read_text() for path in sources(".py") if PRODUCT in path.parents}
    assert texts and not [named(path) for path, text in texts.items() if RUNS_TEXT.search(text)]
    assert not [
        named(path) for path, text in texts.items() if DOMAIN in path.parents and SIGNALS.search(text)
    ]
    assert not [named(path) for path, text in texts.items() if "mark_safe(" in text]


def test_the_documents_of_record_are_there() -> None:
    for name in ("README.md", "ARCHITECTURE.md", "GLOSSARY.md", "CHANGELOG.md", "LICENSE"):
        assert (ROOT / name).stat().st_size > 500
    assert len(list((ROOT / "docs" / "decisions").glob("0*.md"))) >= 5


def test_what_is_imported_is_asked_for() -> None:
    """Nothing of ours leans on a package that only another package asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    base = {_package(asked) for asked in project["dependencies"]}
    dev = base | {_package(asked) for asked in project["optional-dependencies"]["dev"]}
    carried = packages_distributions()
    for path in [path for path in sources(".py") if path.name != "hatch_build.py"]:
        ships = PRODUCT in path.parents and PRODUCT / "tools" / "screens" not in path.parents
        for module in _imported(path) - sys.stdlib_module_names - {"onedoor", "tests", "bench", "_common"}:
            offered = {_package(name) for name in carried.get(module, [module])}
            assert offered & (base if ships else dev), f"{named(path)} imports {module}"


def _package(asked: str) -> str:
    return re.sub(r"\[.*|==.*", "", asked).lower().replace("_", "-")


def _imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found
