"""The words of the designer for what BPMN and our additions call by their own names."""

from typing import Any

from django.utils.translation import gettext_lazy

KIND_WORDS = {
    "startEvent": gettext_lazy("Start"),
    "userTask": gettext_lazy("Task of a person"),
    "serviceTask": gettext_lazy("Task of the system"),
    "businessRuleTask": gettext_lazy("Decision by a table"),
    "sendTask": gettext_lazy("Message that is sent"),
    "receiveTask": gettext_lazy("Message that is waited for"),
    "exclusiveGateway": gettext_lazy("Choice: one way"),
    "inclusiveGateway": gettext_lazy("Choice: every way that holds"),
    "parallelGateway": gettext_lazy("All ways at once"),
    "eventBasedGateway": gettext_lazy("Whatever happens first"),
    "subProcess": gettext_lazy("Steps that belong together"),
    "callActivity": gettext_lazy("Process of another service"),
    "boundaryEvent": gettext_lazy("Event on a step"),
    "intermediateCatchEvent": gettext_lazy("Wait between steps"),
    "intermediateThrowEvent": gettext_lazy("Place that is passed"),
    "endEvent": gettext_lazy("End"),
    "task": gettext_lazy("Task of no kind yet"),
    "manualTask": gettext_lazy("Task outside the system"),
}
# Events by what they are about, where that says more than their kind.
EVENT_WORDS = {
    ("startEvent", "message"): gettext_lazy("Start by a message"),
    ("startEvent", "timer"): gettext_lazy("Start by the calendar"),
    ("boundaryEvent", "timer"): gettext_lazy("When a time runs out"),
    ("boundaryEvent", "message"): gettext_lazy("When a message comes"),
    ("boundaryEvent", "error"): gettext_lazy("When it fails"),
    ("intermediateCatchEvent", "timer"): gettext_lazy("Wait for a time"),
    ("intermediateCatchEvent", "message"): gettext_lazy("Wait for a message"),
    ("intermediateThrowEvent", "message"): gettext_lazy("Send a message"),
    ("endEvent", "message"): gettext_lazy("End with a message"),
    ("endEvent", "terminate"): gettext_lazy("End of everything"),
    ("endEvent", "error"): gettext_lazy("End by an error"),
}
# What can be added behind a step, in groups; events with what they are about.
ADDED = (
    (
        gettext_lazy("Tasks"),
        (
            "userTask",
            "serviceTask",
            "businessRuleTask",
            "sendTask",
            "receiveTask",
            "subProcess",
            "callActivity",
        ),
    ),
    (
        gettext_lazy("Choices and forks"),
        ("exclusiveGateway", "inclusiveGateway", "parallelGateway", "eventBasedGateway"),
    ),
    (
        gettext_lazy("Waiting and telling"),
        (
            "intermediateCatchEvent/timer",
            "intermediateCatchEvent/message",
            "intermediateThrowEvent/message",
            "intermediateThrowEvent",
        ),
    ),
    (gettext_lazy("Ends"), ("endEvent", "endEvent/message", "endEvent/terminate", "endEvent/error")),
)
ON_A_STEP = (
    gettext_lazy("On the step itself"),
    ("boundaryEvent/timer", "boundaryEvent/message", "boundaryEvent/error"),
)
BEFORE_A_STEP = (gettext_lazy("Before the step"), ("startEvent/message", "startEvent/timer"))
STATUS_WORDS = (
    ("received", gettext_lazy("received")),
    ("in_progress", gettext_lazy("in progress")),
    ("waiting_for_applicant", gettext_lazy("waiting for the applicant")),
    ("approved", gettext_lazy("approved")),
    ("refused", gettext_lazy("refused")),
    ("issued", gettext_lazy("issued")),
    ("handed_over", gettext_lazy("handed over")),
    ("withdrawn", gettext_lazy("withdrawn")),
    ("closed", gettext_lazy("closed")),
)
USER, EVENTS = ("userTask",), ("startEvent", "boundaryEvent", "intermediateCatchEvent")
MESSAGES = (
    "sendTask",
    "receiveTask",
    "boundaryEvent",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
    "endEvent",
)
# What OneDoor adds to a step: its name in the file, its words, what is to be typed, which kinds have it.
FIELDS: tuple[tuple[str, Any, Any, tuple[str, ...]], ...] = (
    ("status", gettext_lazy("Status of the case from here"), "", tuple(KIND_WORDS)),
    (
        "outcomes",
        gettext_lazy("Ways to end it"),
        gettext_lazy("Words with a space between: approve return refuse"),
        USER,
    ),
    ("reasonFor", gettext_lazy("Ways that need a reason"), gettext_lazy("Some of these words"), USER),
    ("decision", gettext_lazy("Who may decide"), "", USER),
    ("intake", gettext_lazy("It is the receiving"), "", USER),
    ("edits", gettext_lazy("The form may be corrected"), "", USER),
    ("waitsFor", gettext_lazy("Waits for"), "", USER),
    ("due", gettext_lazy("To be done within"), gettext_lazy("Such as P3D for three days"), USER),
    ("calendar", gettext_lazy("Counted in"), "", (*USER, *EVENTS)),
    (
        "handler",
        gettext_lazy("What the system does"),
        gettext_lazy("Name of a handler"),
        ("serviceTask", "sendTask"),
    ),
    ("rule", gettext_lazy("Decision"), gettext_lazy("Its name under Decisions"), ("businessRuleTask",)),
    (
        "into",
        gettext_lazy("Answer kept as"),
        gettext_lazy("One word; conditions read it as rules.word"),
        ("businessRuleTask",),
    ),
    ("key", gettext_lazy("Key of the message"), gettext_lazy("Such as case.number"), MESSAGES),
    ("version", gettext_lazy("Edition that is called"), gettext_lazy("Its number"), ("callActivity",)),
)
LANE_FIELDS = (
    ("role", gettext_lazy("Role"), ""),
    ("unit", gettext_lazy("Office"), ""),
    ("audience", gettext_lazy("Who sees it"), ""),
    ("of", gettext_lazy("Whose office, where not the service's"), gettext_lazy("Code of an authority")),
)
NO_WORD = ("", "–")
YES = (NO_WORD, ("true", gettext_lazy("yes")))
# What may be chosen where it is not free to be typed.
CHOICES: dict[str, tuple[tuple[str, Any], ...]] = {
    "status": (NO_WORD, *STATUS_WORDS),
    "decision": (
        NO_WORD,
        ("separated", gettext_lazy("never who received it")),
        ("onTheSpot", gettext_lazy("on the spot, by a rule")),
    ),
    "intake": YES,
    "edits": YES,
    "waitsFor": (NO_WORD, ("payment", gettext_lazy("the payment"))),
    "calendar": (
        NO_WORD,
        ("office", gettext_lazy("working days of the office")),
        ("elapsed", gettext_lazy("all days")),
    ),
    "unit": (
        NO_WORD,
        ("centre", gettext_lazy("the centre")),
        ("authority", gettext_lazy("the authority")),
        ("province-office", gettext_lazy("its office in the province")),
        ("district-office", gettext_lazy("its office in the district")),
    ),
    "audience": (
        NO_WORD,
        ("applicant", gettext_lazy("the applicant")),
        ("front", gettext_lazy("the counter")),
        ("back", gettext_lazy("the office behind it")),
        ("system", gettext_lazy("nobody: the system")),
    ),
}


# The other fields beside the diagram: what they write, their words, a hint, and on which elements they stand.
ABOUT = (
    (
        "condition",
        gettext_lazy("Condition"),
        gettext_lazy('Such as outcome = "approve"'),
        "bpmn:SequenceFlow/choice",
    ),
    ("timer", gettext_lazy("Time"), gettext_lazy("Such as P3D, a date, or R3/P7D"), "bpmn:Event/Timer"),
    (
        "message",
        gettext_lazy("Message"),
        gettext_lazy("Its name"),
        "bpmn:SendTask bpmn:ReceiveTask bpmn:Event/Message",
    ),
    ("error", gettext_lazy("Error"), gettext_lazy("Its code"), "bpmn:Event/Error"),
    ("several.count", gettext_lazy("How many times"), gettext_lazy("A number"), "bpmn:Activity/several"),
    (
        "several.units",
        gettext_lazy("By which offices"),
        gettext_lazy("Codes with a space between"),
        "bpmn:Activity/several",
    ),
    ("several.until", gettext_lazy("Enough when"), gettext_lazy("A condition"), "bpmn:Activity/several"),
    ("calledElement", gettext_lazy("Service that is called"), gettext_lazy("Its code"), "bpmn:CallActivity"),
)


def kinds_of(offered: dict[str, list[tuple[str, str]]]) -> list[Any]:
    """All fields of steps, each with the kinds that have it, for the panel beside the diagram."""
    return [(name, words, hint, kinds, choices(name, "", offered)) for name, words, hint, kinds in FIELDS]


def lane_shown(values: dict[str, str], *, offered: dict[str, list[tuple[str, str]]]) -> list[Any]:
    """The fields of a lane, in the same manner."""
    return [
        (name, words, hint, values.get(name, ""), choices(name, values.get(name, ""), offered))
        for name, words, hint in LANE_FIELDS
    ]


def kind_words(kind: str, about: str = "") -> Any:
    """What a kind of step is called; of an event by what it is about."""
    return EVENT_WORDS.get((kind, about)) or KIND_WORDS.get(kind, kind)


def added_kinds(*groups: tuple[Any, tuple[str, ...]]) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """What can be added, as groups to choose from."""
    return [(head, [(code, kind_words(*code.split("/"))) for code in codes]) for head, codes in groups]


def word_of(name: str, value: str, offered: dict[str, list[tuple[str, str]]]) -> Any:
    """What a value that may be chosen is called."""
    return dict(choices(name, value, offered)).get(value, value) if value else ""


def choices(name: str, value: str, offered: dict[str, list[tuple[str, str]]]) -> list[tuple[str, Any]]:
    """What may be chosen; what is written there now stays one of it."""
    found = [*CHOICES.get(name, ()), *([NO_WORD, *offered[name]] if offered.get(name) else [])]
    return [*found, (value, value)] if found and value not in dict(found) else found
