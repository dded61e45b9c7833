"""The words of the designer for what BPMN and our additions call by their own names."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

KIND_WORDS = {
    "startEvent": lazy("Start"),
    "userTask": lazy("Task of a person"),
    "serviceTask": lazy("Task of the system"),
    "businessRuleTask": lazy("Decision by a table"),
    "sendTask": lazy("Message that is sent"),
    "receiveTask": lazy("Message that is waited for"),
    "exclusiveGateway": lazy("Choice: one way"),
    "inclusiveGateway": lazy("Choice: every way that holds"),
    "parallelGateway": lazy("All ways at once"),
    "eventBasedGateway": lazy("Whatever happens first"),
    "subProcess": lazy("Steps that belong together"),
    "callActivity": lazy("Process of another service"),
    "boundaryEvent": lazy("Event on a step"),
    "intermediateCatchEvent": lazy("Wait between steps"),
    "intermediateThrowEvent": lazy("Place that is passed"),
    "endEvent": lazy("End"),
}
STATUS_WORDS = (
    ("received", lazy("received")),
    ("in_progress", lazy("in progress")),
    ("waiting_for_applicant", lazy("waiting for the applicant")),
    ("approved", lazy("approved")),
    ("refused", lazy("refused")),
    ("issued", lazy("issued")),
    ("handed_over", lazy("handed over")),
    ("withdrawn", lazy("withdrawn")),
    ("closed", lazy("closed")),
)
USER, EVENTS = ("userTask",), ("boundaryEvent", "intermediateCatchEvent")
MESSAGES = ("sendTask", "receiveTask", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent")
# What OneDoor adds to a step: its name in the file, its words, what is to be typed, which kinds have it.
FIELDS: tuple[tuple[str, Any, Any, tuple[str, ...]], ...] = (
    ("status", lazy("Status of the case from here"), "", tuple(KIND_WORDS)),
    ("outcomes", lazy("Ways to end it"), lazy("Words with a space between: approve return refuse"), USER),
    ("reasonFor", lazy("Ways that need a reason"), lazy("Some of these words"), USER),
    ("decision", lazy("Who may decide"), "", USER),
    ("intake", lazy("It is the receiving"), "", USER),
    ("edits", lazy("The form may be corrected"), "", USER),
    ("waitsFor", lazy("Waits for"), "", USER),
    ("due", lazy("To be done within"), lazy("Such as P3D for three days"), USER),
    ("calendar", lazy("Counted in"), "", (*USER, *EVENTS)),
    ("handler", lazy("What the system does"), lazy("Name of a handler"), ("serviceTask", "sendTask")),
    ("rule", lazy("Decision"), lazy("Its name under Decisions"), ("businessRuleTask",)),
    (
        "into",
        lazy("Answer kept as"),
        lazy("One word; conditions read it as rules.word"),
        ("businessRuleTask",),
    ),
    ("key", lazy("Key of the message"), lazy("Such as case.number"), MESSAGES),
    ("version", lazy("Edition that is called"), lazy("Its number"), ("callActivity",)),
)
LANE_FIELDS = (
    ("role", lazy("Role"), ""),
    ("unit", lazy("Office"), ""),
    ("audience", lazy("Who sees it"), ""),
    ("of", lazy("Whose office, where not the service's"), lazy("Code of an authority")),
)
NO_WORD = ("", "–")
YES = (NO_WORD, ("true", lazy("yes")))
# What may be chosen where it is not free to be typed.
CHOICES: dict[str, tuple[tuple[str, Any], ...]] = {
    "status": (NO_WORD, *STATUS_WORDS),
    "decision": (
        NO_WORD,
        ("separated", lazy("never who received it")),
        ("onTheSpot", lazy("on the spot, by a rule")),
    ),
    "intake": YES,
    "edits": YES,
    "waitsFor": (NO_WORD, ("payment", lazy("the payment"))),
    "calendar": (NO_WORD, ("office", lazy("working days of the office")), ("elapsed", lazy("all days"))),
    "unit": (
        NO_WORD,
        ("centre", lazy("the centre")),
        ("authority", lazy("the authority")),
        ("province-office", lazy("its office in the province")),
        ("district-office", lazy("its office in the district")),
    ),
    "audience": (
        NO_WORD,
        ("front", lazy("the counter")),
        ("back", lazy("the office behind it")),
        ("system", lazy("nobody: the system")),
    ),
}


# The other fields beside the diagram: what they write, their words, a hint, and on which elements they stand.
ABOUT = (
    ("condition", lazy("Condition"), lazy('Such as outcome = "approve"'), "bpmn:SequenceFlow/choice"),
    ("timer", lazy("Time"), lazy("Such as P3D, a date, or R3/P7D"), "bpmn:Event/Timer"),
    ("message", lazy("Message"), lazy("Its name"), "bpmn:SendTask bpmn:ReceiveTask bpmn:Event/Message"),
    ("error", lazy("Error"), lazy("Its code"), "bpmn:Event/Error"),
    ("several.count", lazy("How many times"), lazy("A number"), "bpmn:Activity/several"),
    ("several.units", lazy("By which offices"), lazy("Codes with a space between"), "bpmn:Activity/several"),
    ("several.until", lazy("Enough when"), lazy("A condition"), "bpmn:Activity/several"),
    ("calledElement", lazy("Service that is called"), lazy("Its code"), "bpmn:CallActivity"),
)


def fields_shown(
    values: dict[str, str], *, kind: str, offered: dict[str, list[tuple[str, str]]]
) -> list[Any]:
    """The fields that a kind of step has: name, words, hint, value, and what may be chosen (none where it is typed)."""
    return [
        (name, words, hint, values.get(name, ""), _choices(name, values.get(name, ""), offered))
        for name, words, hint, kinds in FIELDS
        if kind in kinds
    ]


def kinds_of(offered: dict[str, list[tuple[str, str]]]) -> list[Any]:
    """All fields of steps, each with the kinds that have it, for the panel beside the diagram."""
    return [(name, words, hint, kinds, _choices(name, "", offered)) for name, words, hint, kinds in FIELDS]


def lane_shown(values: dict[str, str], *, offered: dict[str, list[tuple[str, str]]]) -> list[Any]:
    """The fields of a lane, in the same manner."""
    return [
        (name, words, hint, values.get(name, ""), _choices(name, values.get(name, ""), offered))
        for name, words, hint in LANE_FIELDS
    ]


def _choices(name: str, value: str, offered: dict[str, list[tuple[str, str]]]) -> list[tuple[str, Any]]:
    """What may be chosen; what is written there now stays one of it."""
    found = [*CHOICES.get(name, ()), *([NO_WORD, *offered[name]] if offered.get(name) else [])]
    return [*found, (value, value)] if found and value not in dict(found) else found


def table_words() -> dict[str, str]:
    """What the modeler of tables says, in the reader's language."""
    return {
        "When": _("When"),
        "And": _("And"),
        "Then": _("Then"),
        "Hit policy:": _("Which rules count:"),
        "Annotations": _("Because"),
        "View DRD": _("All tables"),
        "Add rule": _("One more rule"),
        "Add input": _("One more question"),
        "Add output": _("One more answer"),
        "Remove": _("Remove"),
        "Rule": _("Rule"),
    }


def palette() -> dict[str, str]:
    """What the modeler says on its tools, in the reader's language."""
    return {
        "Activate hand tool": _("Move the drawing"),
        "Activate lasso tool": _("Choose several"),
        "Activate create/remove space tool": _("Make room"),
        "Activate global connect tool": _("Draw an arrow"),
        "Create start event": _("Start"),
        "Create intermediate/boundary event": _("Wait between steps"),
        "Create end event": _("End"),
        "Create gateway": _("Choice: one way"),
        "Create task": _("Task"),
        "Append task": _("Add a task behind it"),
        "Append end event": _("Add an end behind it"),
        "Append gateway": _("Add a choice behind it"),
        "Append intermediate/boundary event": _("Add a wait behind it"),
        "Change element": _("Change its kind"),
        "Connect to other element": _("Draw an arrow"),
        "Delete": _("Remove"),
        "User task": _("Task of a person"),
        "Service task": _("Task of the system"),
        "Business rule task": _("Decision by a table"),
        "Exclusive gateway": _("Choice: one way"),
        "Parallel gateway": _("All ways at once"),
        "Inclusive gateway": _("Choice: every way that holds"),
        "Add text annotation": _("Add a note"),
    }
