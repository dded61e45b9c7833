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
    ("decision", lazy("Who may decide"), lazy("separated: never who received it"), USER),
    ("intake", lazy("It is the receiving"), "true", USER),
    ("edits", lazy("The form may be corrected"), "true", USER),
    ("waitsFor", lazy("Waits for"), "payment", USER),
    ("due", lazy("To be done within"), lazy("Such as P3D for three days"), USER),
    ("calendar", lazy("Counted in"), lazy("office for working days, elapsed for all days"), (*USER, *EVENTS)),
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
    ("unit", lazy("Office"), lazy("centre or authority")),
    ("audience", lazy("Who sees it"), lazy("front, back or system")),
)
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
