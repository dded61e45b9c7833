"""What the table asks of a step: its fields by kind and by what an event is about, and what was typed in them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onedoor.domain.catalogue.api import drawing
from onedoor.doors.console.designer.shell import line
from onedoor.doors.console.designer.words import FIELDS, choices, kind_words
from onedoor.kernel.errors import Invalid
from onedoor.ui.request import Request

Offered = dict[str, list[tuple[str, str]]]
# Of a field: its name in the form, its words, a hint, its value, what may be chosen (nothing where it is typed).
Field = tuple[str, Any, Any, str, list[tuple[str, Any]]]
TYPED = ("about", "time_kind", "time", "message", "error", "called", "interrupting")
REPEATED = ("several", "count", "units", "until")
TIMES = [
    ("timeDuration", gettext_lazy("for so long")),
    ("timeDate", gettext_lazy("until a day")),
    ("timeCycle", gettext_lazy("again and again")),
]
ENDS_IT = [("yes", gettext_lazy("yes, the step is over")), ("no", gettext_lazy("no, the step goes on"))]
HOW_OFTEN = [
    ("once", gettext_lazy("once")),
    ("at_once", gettext_lazy("several times, at once")),
    ("in_turn", gettext_lazy("several times, one after the other")),
]


def step_fields(step: drawing.Step, offered: Offered, *, new: bool = False) -> list[Field]:
    """What a step says beside its names and lane. ``new``: what an event is about was chosen before."""
    found: list[Field] = []
    abouts = drawing.ABOUT.get(step.kind, ())
    if len(abouts) > 1 and not new:
        hint = gettext_lazy("Save; then the page asks what else it needs")
        said = [(about, kind_words(step.kind, about)) for about in abouts]
        known = said if step.about in abouts else [*said, (step.about, step.about)]
        found.append(("about", gettext_lazy("What it is about"), hint, step.about, known))
    if step.about == "timer":
        hint = gettext_lazy("Such as P3D, a date, or R3/P7D")
        found.append(("time_kind", gettext_lazy("How the time is said"), "", step.time_kind, _times(step)))
        found.append(("time", gettext_lazy("Time"), hint, step.time, []))
    if step.about == "message" or step.kind in ("sendTask", "receiveTask"):
        found.append(("message", gettext_lazy("Message"), gettext_lazy("Its name"), step.message, []))
    if step.about == "error":
        hint = (
            gettext_lazy("Its code")
            if step.kind == "endEvent"
            else gettext_lazy("Its code; empty: any error")
        )
        found.append(("error", gettext_lazy("Error"), hint, step.error, []))
    if step.kind == "callActivity":
        held = choices("called", step.called, offered)
        found.append(
            ("called", gettext_lazy("Service that is called"), gettext_lazy("Its code"), step.called, held)
        )
    if step.kind == "boundaryEvent" and step.about != "error":
        now = "yes" if step.interrupting else "no"
        found.append(("interrupting", gettext_lazy("Does it end the step?"), "", now, ENDS_IT))
    return [*found, *_own(step, offered)]


def _times(step: drawing.Step) -> list[tuple[str, Any]]:
    """A start by the calendar has a day or a cycle, never a term."""
    return TIMES[1:] if step.kind == "startEvent" else TIMES


def _own(step: drawing.Step, offered: Offered) -> list[Field]:
    """What OneDoor adds to a step of this kind; of an event only what fits what it is about."""
    about = {"key": "message", "calendar": "timer"}
    events = step.kind in drawing.ABOUT
    return [
        (f"own.{name}", words, hint, value := step.own.get(name, ""), choices(name, value, offered))
        for name, words, hint, kinds in FIELDS
        if step.kind in kinds
        and not (events and about.get(name, step.about) != step.about)
        and not (step.kind == "startEvent" and name == "key")
    ]


def repeated_fields(step: drawing.Step) -> list[Field]:
    """How often an activity runs: once, or several times, by whom and until when; nothing for other steps."""
    if step.kind not in drawing.ACTIVITIES:
        return []
    held = step.several or drawing.Several(mode="once")
    offices = gettext_lazy("Codes with a space between, such as moic mofa; or say a number instead")
    return [
        ("several", gettext_lazy("How often"), "", held.mode, HOW_OFTEN),
        ("units", gettext_lazy("By which offices"), offices, held.units, []),
        ("count", gettext_lazy("How many times"), gettext_lazy("A number"), held.count, []),
        (
            "until",
            gettext_lazy("Enough when"),
            gettext_lazy("A condition such as counts.step.done >= 2; empty: when all are done"),
            held.until,
            [],
        ),
    ]


def typed_again(fields: list[Field], request: Request) -> list[Field]:
    """The fields with what was typed in them, where that could not be kept."""
    if request.method != "POST":
        return fields
    return [
        (name, words, hint, request.POST.get(name, value)[:500], held)
        for name, words, hint, value, held in fields
    ]


def step_said(request: Request, about: str | None = None) -> drawing.StepChange:
    """What was typed of a step; what the page did not ask stays as it is. Errors: Invalid."""
    own = {name[4:]: line(request, name) for name in request.POST if name.startswith("own.")}
    if strange := set(own) - set(drawing.OWN_NAMES):
        raise Invalid(_("The page does not ask for “%s”.") % min(strange)[:80])
    typed = {name: line(request, name) for name in TYPED if name in request.POST}
    ending = typed.get("interrupting")
    return drawing.StepChange(
        lo=line(request, "lo"),
        en=line(request, "en"),
        lane=line(request, "lane"),
        about=typed.get("about") if about is None else about,
        time_kind=typed.get("time_kind", ""),
        time=typed.get("time", ""),
        message=typed.get("message"),
        error=typed.get("error"),
        called=typed.get("called"),
        interrupting=None if ending is None else ending == "yes",
        several=_several(request),
        own=own,
    )


def _several(request: Request) -> drawing.Several | None:
    if "several" not in request.POST:
        return None
    mode, count, units, until = (line(request, name) for name in REPEATED)
    return drawing.Several(mode=mode, count=count, units=units, until=until)
