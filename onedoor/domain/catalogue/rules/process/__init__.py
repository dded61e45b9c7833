"""The compiler of processes: a BPMN 2.0 subset to immutable nodes, S-FEEL guards to closures. Pure; runs nothing."""

from onedoor.domain.catalogue.rules.feel import ExpressionError, compile_expression
from onedoor.domain.catalogue.rules.process.build import Fault
from onedoor.domain.catalogue.rules.process.compiler import (
    Compilation,
    ProcessRefused,
    compile_process,
    compiled,
    loaded,
)
from onedoor.domain.catalogue.rules.process.durations import Duration, Term, parse_duration
from onedoor.domain.catalogue.rules.process.lanes import OFFICES, without_office
from onedoor.domain.catalogue.rules.process.model import CompiledProcess, Flow, Lane, Moment, Node, Several
from onedoor.domain.catalogue.rules.process.registry import declare_handler, declared_handlers

__all__ = [
    "Compilation",
    "CompiledProcess",
    "Duration",
    "ExpressionError",
    "Fault",
    "Flow",
    "Lane",
    "Moment",
    "Node",
    "OFFICES",
    "ProcessRefused",
    "Several",
    "Term",
    "compile_expression",
    "compile_process",
    "compiled",
    "declare_handler",
    "declared_handlers",
    "loaded",
    "parse_duration",
    "without_office",
]
