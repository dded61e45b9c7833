"""S-FEEL, the expression language of BPMN and DMN editors: a documented subset, compiled once to closures. Pure; no eval.

What is in it and what is not: docs/feel.md.
"""

from onedoor.domain.catalogue.rules.feel.expressions import (
    Expression,
    UnaryTests,
    compile_expression,
    compile_tests,
)
from onedoor.domain.catalogue.rules.feel.printer import printed, said
from onedoor.domain.catalogue.rules.feel.tokens import DEEPEST, LONGEST, ExpressionError
from onedoor.domain.catalogue.rules.feel.values import Context, Kind, Months, kind_of, known

__all__ = [
    "DEEPEST",
    "LONGEST",
    "Context",
    "Expression",
    "ExpressionError",
    "Kind",
    "Months",
    "UnaryTests",
    "compile_expression",
    "compile_tests",
    "kind_of",
    "known",
    "printed",
    "said",
]
