"""How many writing calls a door's view makes at most, read from its program: along each path, through the door's own helpers.

A writing call is one of an action of a context, known by where it is defined; a sight that is recorded is none, for it changes
nothing of what it looks at. What cannot be told from the text counts when it is asked `by` somebody and `at` a time, as
every action is. What stands in a
lambda or an inner function counts where it is made; in a loop it counts twice.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

NEVER = -1_000  # this way is not gone
MARKS = {"needs", "public"}
Function = ast.FunctionDef | ast.AsyncFunctionDef
# Asked like actions, but they write nothing: they draw or compare.
WRITES_NOTHING = {"issue_code", "demo_totp"}


@dataclass(frozen=True)
class Ways:
    """The most writing calls of the ways that go on, and of those that end here."""

    on: int = 0
    out: int = NEVER

    def then(self, after: Ways) -> Ways:
        return Ways(max(self.on + after.on, NEVER), max(self.out, self.on + after.out))

    def either(self, other: Ways) -> Ways:
        return Ways(max(self.on, other.on), max(self.out, other.out))

    @property
    def most(self) -> int:
        return max(self.on, self.out)


@dataclass
class Module:
    """One file of a door: its functions, and what its names stand for."""

    path: Path
    name: str
    functions: dict[str, Function] = field(default_factory=dict)
    names: dict[str, Any] = field(default_factory=dict)


class Doors:
    """The files below a folder of doors, read together."""

    def __init__(self, folder: Path, *, package: str) -> None:
        self.modules: dict[str, Module] = {}
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder).with_suffix("").parts
            name = ".".join((package, *parts)).removesuffix(".__init__")
            self.modules[name] = self._read(Module(path, name), ast.parse(path.read_text()))

    def _read(self, module: Module, tree: ast.Module) -> Module:
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    module.names[alias.asname or alias.name] = (node.module, alias.name)
        module.functions = {node.name: node for node in tree.body if isinstance(node, Function)}
        return module

    def views(self) -> Iterator[tuple[str, int]]:
        """Each function that carries a mark of the guard, with the most writing calls of one request."""
        for module in self.modules.values():
            for node in ast.walk(ast.parse(module.path.read_text())):
                if isinstance(node, Function) and any(_mark(one) for one in node.decorator_list):
                    yield (
                        f"{module.name}.{node.name}",
                        Reader(self, module, (node.name,)).body(node.body).most,
                    )


def _mark(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Name) and called.id in MARKS


@dataclass(frozen=True)
class Reader:
    """Reads one function; ``within`` are the functions that led here, so that a circle ends."""

    doors: Doors
    module: Module
    within: tuple[str, ...] = ()

    def body(self, statements: list[ast.stmt]) -> Ways:
        ways = Ways()
        for statement in statements:
            ways = ways.then(self.statement(statement))
        return ways

    def statement(self, one: ast.stmt) -> Ways:
        if isinstance(one, ast.If):
            return Ways(self.counted(one.test)).then(self.body(one.body).either(self.body(one.orelse)))
        if isinstance(one, ast.Match):
            ways = Ways()
            for case in one.cases:
                ways = ways.either(self.body(case.body))
            return Ways(self.counted(one.subject)).then(ways)
        if isinstance(one, ast.For | ast.While):
            inner = self.body(one.body)
            head = self.counted(one.iter if isinstance(one, ast.For) else one.test)
            return Ways(head).then(Ways(2 * max(inner.on, 0), inner.out)).then(self.body(one.orelse))
        if isinstance(one, ast.Try):
            return self._tried(one)
        if isinstance(one, ast.With):
            return Ways(sum(self.counted(item.context_expr) for item in one.items)).then(self.body(one.body))
        if isinstance(one, Function):
            return (
                Ways() if any(_mark(mark) for mark in one.decorator_list) else Ways(self.body(one.body).most)
            )
        if isinstance(one, ast.Return | ast.Raise):
            return Ways(NEVER, self.counted(one))
        return Ways(self.counted(one))

    def _tried(self, one: ast.Try) -> Ways:
        """A call that was refused wrote nothing, so a handler comes after one call less."""
        inner = self.body(one.body)
        before = Ways(max(inner.most - 1, 0))
        ways = inner.then(self.body(one.orelse))
        for handler in one.handlers:
            ways = ways.either(before.then(self.body(handler.body)))
        return ways.then(self.body(one.finalbody))

    def counted(self, node: ast.AST | None) -> int:
        """The most writing calls of an expression."""
        if node is None:
            return 0
        if isinstance(node, ast.IfExp):
            return self.counted(node.test) + max(self.counted(node.body), self.counted(node.orelse))
        if isinstance(node, ast.Dict):
            return max([self.counted(one) for one in node.values if one], default=0)
        if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
            return 2 * sum(self.counted(child) for child in ast.iter_child_nodes(node))
        if isinstance(node, ast.Call):
            given = [*node.args, *(word.value for word in node.keywords)]
            return self._called(node) + sum(self.counted(one) for one in given)
        if isinstance(node, ast.Name | ast.Attribute) and self._is_action(self._found(node)):
            return 1  # handed on, to be called there
        return sum(self.counted(child) for child in ast.iter_child_nodes(node))

    def _called(self, node: ast.Call) -> int:
        found = self._found(node.func)
        if self._is_action(found):
            return 1
        if isinstance(found, tuple):
            module, function = found
            name = f"{module.name}.{function.name}"
            if name in self.within:
                return 0
            return max(Reader(self.doors, module, (*self.within, name)).body(function.body).most, 0)
        asked = {word.arg for word in node.keywords}
        unknown = found is None and {"by", "at"} <= asked
        return int(unknown) + (self.counted(node.func) if isinstance(node.func, ast.Call | ast.Lambda) else 0)

    def _found(self, node: ast.expr) -> Any:
        """A function of a context, or a door's function with its module, or None when the text does not say."""
        if isinstance(node, ast.Name):
            if node.id in self.module.functions:
                return self.module, self.module.functions[node.id]
            return self._imported(*self.module.names[node.id]) if node.id in self.module.names else None
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            source = self.module.names.get(node.value.id)
            return self._imported(".".join(source), node.attr) if source else None
        return None

    def _imported(self, module: str, name: str) -> Any:
        door = self.doors.modules.get(module)
        if door is not None:
            return (door, door.functions[name]) if name in door.functions else None
        if module.startswith("onedoor.domain.") and module.endswith(".api"):
            return getattr(import_module(module), name, None)
        return None

    def _is_action(self, thing: Any) -> bool:
        return (
            inspect.isfunction(thing)
            and ".actions" in thing.__module__
            and not thing.__module__.endswith(".sights")
            and thing.__name__ not in WRITES_NOTHING
        )
