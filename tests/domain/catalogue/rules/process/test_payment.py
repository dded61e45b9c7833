"""A task that waits for the payment: where it may stand, and that its service has a fee that is set."""

from datetime import datetime

import pytest

from onedoor.domain.catalogue.api import Fee, ServiceIsNotComplete
from onedoor.domain.catalogue.rules.process import compile_process, compiled
from tests.domain.catalogue.rules.process.bpmn import flow, process
from tests.factories.services import service

PAY = '<bpmn:userTask id="pay" name="ຊຳລະ" onedoor:waitsFor="payment"/>\n'
TAKE = '<bpmn:userTask id="take" name="ຮັບ" onedoor:intake="true"/>\n'
WORK = '<bpmn:userTask id="work" name="ເຮັດ"/>\n'
FORTY = Fee(state="set", amount=40_000)


def drawn(*order: str, pay: str = PAY, lane: str = "front") -> bytes:
    """Start, the tasks in this order, end; the payment in a lane of one's choice."""
    tasks = {"take": TAKE, "pay": pay, "work": WORK}
    stops = ["s", *order, "e"]
    lanes = {"front": [task for task in order if task != "pay" or lane == "front"]}
    if lane != "front":
        lanes[lane] = ["pay"]
    return process(
        '<bpmn:startEvent id="s"/>\n',
        *(tasks[task] for task in order),
        '<bpmn:endEvent id="e"/>\n',
        *(flow(f"f{place}", *pair) for place, pair in enumerate(zip(stops, stops[1:], strict=False))),
        lanes=lanes,
    )


def faults(source: bytes) -> list[str]:
    return [fault.reason for fault in compile_process(source).faults]


def test_it_stands_behind_the_receiving() -> None:
    found = compiled(drawn("take", "pay", "work"))
    assert found.payment is not None
    assert found.payment.id == "pay"
    assert compiled(drawn("take", "work")).payment is None


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (drawn("take", "work", "pay"), "directly behind the receiving"),
        (drawn("pay", "work"), "directly behind the receiving"),
        (drawn("take", "pay", lane="back"), "front office"),
        (drawn("take", "pay", pay=PAY.replace("payment", "weather")), "must be payment"),
        (drawn("take", "pay", pay=PAY.replace("/>", ' onedoor:outcomes="paid free"/>')), "one way to end"),
    ],
)
def test_elsewhere_it_is_refused_by_name(source: bytes, said: str) -> None:
    assert any(said in fault for fault in faults(source)), faults(source)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fees",
    [(), (Fee(state="to_be_set"),), (Fee(state="free", law={"lo": "ກົດໝາຍ", "en": "Law"}),)],
)
def test_a_service_without_a_set_fee_cannot_wait_for_it(at: datetime, fees: tuple[Fee, ...]) -> None:
    drawing = drawn("take", "pay", "work").decode()
    with pytest.raises(ServiceIsNotComplete):
        service(at=at, code="paid", fees=fees, process=drawing)
    assert service(at=at, code="paid", fees=(FORTY,), process=drawing).fees == (FORTY,)
