"""Small processes of the elements that several offices need, for tests that run them with rows."""

from tests.domain.catalogue.rules.process.bpmn import flow, process

INTAKE = (
    '<bpmn:startEvent id="s"/><bpmn:userTask id="take" onedoor:intake="true" onedoor:status="received"/>'
    + flow("f_take", "s", "take")
)
TIMER = "<bpmn:timerEventDefinition><bpmn:{0}>{1}</bpmn:{0}></bpmn:timerEventDefinition>"
MESSAGES = {"m": "registry.answered"}


def timer(text: str, kind: str = "timeDuration") -> str:
    """What makes an event one of time."""
    return TIMER.format(kind, text)


def message() -> str:
    """What makes an event wait for the registry's answer."""
    return '<bpmn:messageEventDefinition messageRef="m"/>'


def user(id: str, more: str = "", inside: str = "") -> str:
    """A person's task."""
    return f'<bpmn:userTask id="{id}" name="{id}" {more}>{inside}</bpmn:userTask>'


def decision(id: str, inside: str = "") -> str:
    """A task of the back office that agrees or refuses."""
    return user(id, 'onedoor:outcomes="agree refuse" onedoor:decision="separated"', inside)


def element(kind: str, id: str, inside: str = "", more: str = "") -> str:
    """Any other element."""
    return f'<bpmn:{kind} id="{id}" {more}>{inside}</bpmn:{kind}>'


def end(id: str = "e", status: str = "closed", inside: str = "") -> str:
    """An end."""
    return f'<bpmn:endEvent id="{id}" onedoor:status="{status}">{inside}</bpmn:endEvent>'


def written(*elements: str, front: str = "", back: str = "", system: str = "", roots: str = "") -> str:
    """A process that begins with the receiving; who does what by lane; messages and errors beside it."""
    lanes = {"front": f"take {front}".split(), "back": back.split(), "system": system.split()}
    text = process(INTAKE, *elements, lanes=lanes).decode()
    return text.replace("</bpmn:definitions>", f"{roots}</bpmn:definitions>")


ROOTS = (
    '<bpmn:message id="m" name="registry.answered"/><bpmn:message id="n" name="office.asked"/>'
    '<bpmn:error id="bad" errorCode="not_valid"/><bpmn:error id="none" errorCode="nothing_to_issue"/>'
)
FORKED = written(
    element("parallelGateway", "fork"),
    element("parallelGateway", "join"),
    decision("law"),
    decision("site"),
    user("hand_over"),
    end(),
    flow("f1", "take", "fork"),
    flow("f2", "fork", "law"),
    flow("f3", "fork", "site"),
    flow("f4", "law", "join"),
    flow("f5", "site", "join"),
    flow("f6", "join", "hand_over"),
    flow("f7", "hand_over", "e"),
    front="hand_over",
    back="law site",
)


def asked(units: str, until: str = "", turn: str = "") -> str:
    """Several ministries are asked at once, or in turn."""
    enough = f"<bpmn:completionCondition>{until}</bpmn:completionCondition>" if until else ""
    several = "bpmn:multiInstanceLoopCharacteristics"
    mark = f'<{several} onedoor:units="{units}" {turn}>{enough}</{several}>'
    return written(
        decision("ask", mark),
        '<bpmn:boundaryEvent id="late" attachedToRef="ask">' + timer("P30D") + "</bpmn:boundaryEvent>",
        element("exclusiveGateway", "answer", more='default="f3"'),
        end("yes", "approved"),
        end("no", "refused"),
        end("silent", "withdrawn"),
        flow("f1", "take", "ask"),
        flow("f2", "ask", "answer"),
        flow("f3", "answer", "yes"),
        flow("f4", "answer", "no", "counts.ask.refuse > 0"),
        flow("f5", "late", "silent"),
        back="ask",
    )


WAITS = written(
    '<bpmn:eventBasedGateway id="first"/>',
    f'<bpmn:intermediateCatchEvent id="heard" onedoor:key="case.number">{message()}</bpmn:intermediateCatchEvent>',
    f'<bpmn:intermediateCatchEvent id="silence">{timer("P2D")}</bpmn:intermediateCatchEvent>',
    element("exclusiveGateway", "said", more='default="f6"'),
    end("good", "approved"),
    end("bad_end", "refused"),
    end("lapsed", "withdrawn"),
    flow("f1", "take", "first"),
    flow("f2", "first", "heard"),
    flow("f3", "first", "silence"),
    flow("f4", "heard", "said"),
    flow("f5", "said", "good", 'outcome = "found"'),
    flow("f6", "said", "bad_end"),
    flow("f7", "silence", "lapsed"),
    roots=ROOTS,
)
INSIDE = (
    '<bpmn:subProcess id="review" name="review"><bpmn:startEvent id="rs"/>'
    + element("parallelGateway", "rf")
    + decision("one")
    + user("two")
    + element("exclusiveGateway", "rx", more='default="r6"')
    + '<bpmn:endEvent id="fine"/><bpmn:endEvent id="done_two"/>'
    + '<bpmn:endEvent id="broken"><bpmn:errorEventDefinition errorRef="bad"/></bpmn:endEvent>'
    + flow("r1", "rs", "rf")
    + flow("r2", "rf", "one")
    + flow("r3", "rf", "two")
    + flow("r4", "one", "rx")
    + flow("r5", "rx", "broken", 'outcome = "refuse"')
    + flow("r6", "rx", "fine")
    + flow("r7", "two", "done_two")
    + "</bpmn:subProcess>"
)


def border(id: str, inside: str, more: str = "") -> str:
    """An event on the border of the review."""
    return f'<bpmn:boundaryEvent id="{id}" attachedToRef="review" {more}>{inside}</bpmn:boundaryEvent>'


REVIEWED = written(
    INSIDE,
    '<bpmn:boundaryEvent id="caught" attachedToRef="review"><bpmn:errorEventDefinition errorRef="bad"/></bpmn:boundaryEvent>',
    border("remind", timer("R2/P1D", "timeCycle"), 'cancelActivity="false"'),
    f'<bpmn:boundaryEvent id="lapse" attachedToRef="review">{timer("P9D")}</bpmn:boundaryEvent>',
    border("asks", message(), 'cancelActivity="false" onedoor:key="case.number"'),
    user("call"),
    end("called"),
    user("note"),
    end("noted"),
    end("ok", "approved"),
    end("no", "refused"),
    end("over", "withdrawn"),
    flow("f1", "take", "review"),
    flow("f2", "review", "ok"),
    flow("f3", "caught", "no"),
    flow("f4", "remind", "call"),
    flow("f5", "call", "called"),
    flow("f6", "lapse", "over"),
    flow("f7", "asks", "note"),
    flow("f8", "note", "noted"),
    front="two call note",
    back="one",
    roots=ROOTS,
)
RULED = written(
    '<bpmn:businessRuleTask id="level" onedoor:rule="level" onedoor:into="level"/>',
    element("exclusiveGateway", "which", more='default="f4"'),
    end("first", "approved"),
    end("second", "refused"),
    flow("f1", "take", "level"),
    flow("f2", "level", "which"),
    flow("f3", "which", "first", "rules.level = 1"),
    flow("f4", "which", "second"),
)
SENDS = written(
    '<bpmn:sendTask id="ask" messageRef="n" onedoor:key="&quot;desk-7&quot;"/>',
    '<bpmn:receiveTask id="wait" messageRef="n" onedoor:key="&quot;desk-7&quot;"/>',
    end(),
    flow("f1", "take", "ask"),
    flow("f2", "ask", "wait"),
    flow("f3", "wait", "e"),
    system="ask",
    roots=ROOTS,
)
ISSUES = written(
    '<bpmn:serviceTask id="issue" onedoor:handler="documents.issue"/>',
    '<bpmn:boundaryEvent id="nothing" attachedToRef="issue"><bpmn:errorEventDefinition errorRef="none"/></bpmn:boundaryEvent>',
    end("issued", "issued"),
    end("empty", "refused"),
    flow("f1", "take", "issue"),
    flow("f2", "issue", "issued"),
    flow("f3", "nothing", "empty"),
    system="issue",
    roots=ROOTS,
)
