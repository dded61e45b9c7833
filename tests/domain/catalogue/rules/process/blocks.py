"""Random processes made of blocks that are closed where they are opened, written for this compiler and for another engine."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tests.domain.catalogue.rules.process.bpmn import flow, process

Block = Any
TWICE = (
    "<bpmn:multiInstanceLoopCharacteristics{0}><bpmn:loopCardinality>2</bpmn:loopCardinality>"
    "</bpmn:multiInstanceLoopCharacteristics>"
)
LEAVES = st.sampled_from(["task", "task", "several", "in turn"])


def blocks() -> st.SearchStrategy[Block]:
    """A tree: tasks, several at once, rows, choices, forks, some ways, subprocesses once or twice at once, and choices that
    end everything. Several inside several goes two deep at most; deeper, it is drawn once.
    """
    return st.recursive(
        LEAVES,
        lambda inner: st.one_of(
            st.tuples(st.just("row"), st.lists(inner, min_size=1, max_size=3)),
            st.tuples(st.just("choice"), st.lists(inner, min_size=2, max_size=3)),
            st.tuples(st.just("fork"), st.lists(inner, min_size=2, max_size=3)),
            st.tuples(st.just("some"), st.lists(inner, min_size=2, max_size=3)),
            st.tuples(st.just("sub"), st.lists(inner, min_size=1, max_size=2)),
            st.tuples(st.just("many"), st.lists(inner, min_size=1, max_size=2)),
            st.tuples(st.just("stop"), st.lists(inner, min_size=1, max_size=1)),
        ),
        max_leaves=8,
    )


@dataclass
class Drawn:
    """The same process twice: conditions in S-FEEL, and in the other engine's language; ``answers`` decide them."""

    ours: bytes
    theirs: bytes
    answers: dict[str, Any]


@dataclass
class _Pen:
    guard: Callable[[str, str], str]
    answers: dict[str, Any]
    count: int = 0
    inside: int = 0  # subprocesses around, that run twice
    tasks: list[str] = field(default_factory=list)

    def name(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"

    def draw(self, block: Block) -> tuple[str, str, str]:
        """The block's XML, its first and its last element."""
        if isinstance(block, str):
            return self._task(block)
        kind, inner = block
        if kind == "row":
            return self._row(inner)
        if kind in ("sub", "many"):
            return self._sub(inner, twice=kind == "many" and not self.inside)
        return self._split(kind, inner)

    def _task(self, kind: str) -> tuple[str, str, str]:
        made = self.name("t")
        self.tasks.append(made)
        turn = ' isSequential="true"' if kind == "in turn" else ""
        mark = "" if kind == "task" else TWICE.format(turn)
        return f'<bpmn:userTask id="{made}" name="{made}">{mark}</bpmn:userTask>\n', made, made

    def _row(self, inner: list[Block]) -> tuple[str, str, str]:
        drawn = [self.draw(each) for each in inner]
        links = [flow(self.name("f"), one[2], two[1]) for one, two in zip(drawn, drawn[1:], strict=False)]
        return "".join(each[0] for each in drawn) + "".join(links), drawn[0][1], drawn[-1][2]

    def _sub(self, inner: list[Block], *, twice: bool) -> tuple[str, str, str]:
        made, start, end = self.name("p"), self.name("s"), self.name("e")
        self.inside += twice
        xml, first, last = self._row(inner)
        self.inside -= twice
        xml += TWICE.format("") if twice else ""
        inside = f'<bpmn:startEvent id="{start}"/><bpmn:endEvent id="{end}"/>{xml}'
        inside += flow(self.name("f"), start, first) + flow(self.name("f"), last, end)
        return f'<bpmn:subProcess id="{made}" name="{made}">{inside}</bpmn:subProcess>\n', made, made

    def _split(self, kind: str, inner: list[Block]) -> tuple[str, str, str]:
        gateway = {"fork": "parallelGateway", "some": "inclusiveGateway"}.get(kind, "exclusiveGateway")
        split, join = self.name("g"), self.name("g")
        drawn = [self.draw(each) for each in inner]
        arrows, last = [], len(drawn) - 1
        default = ""
        if kind == "stop":  # the other way ends everything in this process
            end = self.name("e")
            arrow, default = self.name("f"), self.name("f")
            stop = f'<bpmn:endEvent id="{end}"><bpmn:terminateEventDefinition/></bpmn:endEvent>'
            arrows += [
                stop,
                flow(arrow, split, end, self.guard(split, "1")),
                flow(default, split, drawn[0][1]),
            ]
        for place, (_, first, _last) in enumerate(drawn if kind != "stop" else ()):
            arrow = self.name("f")
            if kind == "fork":
                arrows.append(flow(arrow, split, first))
            elif place == last:
                default = arrow
                arrows.append(flow(arrow, split, first))
            else:
                arrows.append(flow(arrow, split, first, self.guard(f"{split}{'abc'[place]}", "1")))
        arrows += [flow(self.name("f"), each[2], join) for each in drawn]
        chosen = f' default="{default}"' if default else ""
        xml = f'<bpmn:{gateway} id="{split}"{chosen}/><bpmn:{gateway} id="{join}"/>\n'
        return xml + "".join(each[0] for each in drawn) + "".join(arrows), split, join


def drawn(block: Block, choose: Callable[[str], str]) -> Drawn:
    """The process of a block; ``choose`` gives the answer to a question by its name."""
    answers: dict[str, Any] = {}

    def ours(name: str, value: str) -> str:
        answers.setdefault(name, choose(name))
        return f'form.{name} = "{value}"'

    def write(guard: Callable[[str, str], str]) -> bytes:
        pen = _Pen(guard, answers)
        xml, first, last = pen.draw(block)
        ends = '<bpmn:startEvent id="s"/>\n<bpmn:endEvent id="e"/>\n'
        return process(ends, xml, flow("f_s", "s", first), flow("f_e", last, "e"), lanes={"front": pen.tasks})

    return Drawn(write(ours), write(lambda name, value: f'{name} == "{value}"'), answers)
