"""Forms: JSON Schema 2020-12 says what is valid, a small presentation layer says how and of whom it is asked. Pure.

Keywords beside the schema: ``x-sections`` (id, title, help, ``x-when``, fields in order); on each property ``x-label``,
``x-help``, ``x-field`` (its kind), ``x-when`` and ``x-required`` (asked of some only), ``x-labels`` of choices, ``x-unit``,
``x-not-after: today``, ``x-partial``, ``x-currency``, ``x-measure``. ``x-applicant`` and ``x-document`` say which answers make
the applicant's record and the document. docs/services/forms.md tells it to whoever writes forms.
"""

from onedoor.domain.catalogue.rules.forms.compiling import FormRefused, asks_decimals, compile_form, known_by
from onedoor.domain.catalogue.rules.forms.conditions import read_condition
from onedoor.domain.catalogue.rules.forms.form import Form
from onedoor.domain.catalogue.rules.forms.kinds import KINDS
from onedoor.domain.catalogue.rules.forms.questions import Condition, Question, Section, given
from onedoor.domain.catalogue.rules.forms.showing import Options, Part, Showing, shown, summary
from onedoor.domain.catalogue.rules.forms.upgrading import Lost, Upgrade, upgraded

__all__ = [
    "KINDS",
    "Condition",
    "Form",
    "FormRefused",
    "Lost",
    "Options",
    "Part",
    "Question",
    "Section",
    "Showing",
    "Upgrade",
    "asks_decimals",
    "compile_form",
    "given",
    "known_by",
    "read_condition",
    "shown",
    "summary",
    "upgraded",
]
