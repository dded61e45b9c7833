"""Why elements of BPMN that are not run are refused, each in a sentence that says what to draw instead."""

DATA = frozenset(
    "dataObject dataObjectReference dataStore dataStoreReference ioSpecification dataInput dataOutput inputSet outputSet"
    " dataInputAssociation dataOutputAssociation property".split()
)
PERFORMER = "who does it is not named at the task: bind the lane to a role"
REASONS = {
    "scriptTask": "scripts are never run",
    "complexGateway": "a complex gateway is not run; use an inclusive gateway or a completion condition",
    "transaction": "a transaction subprocess is not run; use a subprocess with an error on its border",
    "adHocSubProcess": "an ad-hoc subprocess is not run: say in which order its steps come",
    "manualTask": "a manual task leaves no trace; use a user task",
    "task": "a task of no kind: say whether a person (user task) or the system (service task) does it",
    "signalEventDefinition": "a signal is not run; use a message with a key",
    "escalationEventDefinition": "an escalation is not run; use a term that does not interrupt",
    "compensateEventDefinition": "a compensation is not run; draw the steps that put things right",
    "conditionalEventDefinition": "an event by condition is not run; use a message or a term",
    "cancelEventDefinition": "a cancelled transaction is not run; use an error",
    "linkEventDefinition": "a link is not run; draw the arrow",
    "standardLoopCharacteristics": "a loop by marker is not run; draw the way back through a gateway",
    "startQuantity": "an activity begins with one token and gives one on (startQuantity): fork with a gateway",
    "globalUserTask": "a global task is not run: draw the task where it is done",
    "signal": "a signal is not run; use a message with a key",
    "import": "nothing is loaded from elsewhere; name the handler at the service task",
    "interface": "an interface is not called; name the handler at the service task",
    "resource": PERFORMER,
    "performer": PERFORMER,
    "humanPerformer": PERFORMER,
    "potentialOwner": PERFORMER,
    "resourceRole": PERFORMER,
    "choreography": "a choreography is not run",
    "conversation": "a conversation is not run",
}


def unsupported(name: str) -> str:
    """Why an element of this name is refused."""
    if name in DATA:
        return f"“{name}” is not run: what is asked stands in the form, and conditions read it there"
    return REASONS.get(name, f"“{name}” is not part of the subset that is run")
