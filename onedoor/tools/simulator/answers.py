"""What invented people answer in any form: by the kind of each question, with likely sizes where they matter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from math import ceil
from random import Random
from typing import Any

from onedoor.domain.catalogue import api as catalogue
from onedoor.tools.simulator import people

# Sizes that are usual; what is not named here is small.
USUAL: dict[str, tuple[int, ...]] = {
    "engine": (100, 110, 125, 125, 150, 1200, 1500, 2000, 2400, 2800),
    "floor_area": (80, 120, 120, 180, 240, 450, 1200),
    "height": (4, 4, 7, 7, 9, 12),
    "land_area": (200, 400, 800, 1600),
    "price": (45_000_000, 90_000_000, 180_000_000, 450_000_000),
    "capital": (50_000_000, 100_000_000, 500_000_000),
    "investment": (300_000_000, 900_000_000, 2_500_000_000),
    "goods_value": (12_000_000, 40_000_000, 95_000_000),
    "rooms": (6, 8, 12, 24, 40),
    "sets": (1, 1, 1, 2, 3),
}
SENTENCES = (
    "ຕາມເອກະສານທີ່ຕິດຄັດມາພ້ອມ",
    "ໄດ້ປຶກສາຫາລືກັບເຈົ້າໜ້າທີ່ແລ້ວ",
    "ລາຍລະອຽດຢູ່ໃນໃບຄຳຮ້ອງ",
)


def answers(form: catalogue.Form, chance: Random, *, today: date, district: str) -> dict[str, Any]:
    """Valid answers to all required questions and to most of the others."""
    data: dict[str, Any] = {}
    for question in form.questions:
        if question.kind != "file" and (question.required or chance.random() < 0.7):
            data[question.name] = _answer(question, chance, today, district)
    return form.settled(data)


def _answer(question: catalogue.Question, chance: Random, today: date, district: str) -> Any:
    kinds: dict[str, Callable[[], Any]] = {
        "person-name": lambda: _name(question.name, chance),
        "date": lambda: _day(question.name, chance, today).isoformat(),
        "unit": lambda: district,
        "choice": lambda: chance.choice(question.choices)[0],
        "phone": lambda: people.phone(chance),
        "number": lambda: _number(question, chance, today),
        "long-text": lambda: chance.choice(SENTENCES),
        "money": lambda: _number(question, chance, today),
        "yes-no": lambda: chance.random() < 0.5,
        "multi-choice": lambda: [chance.choice(question.choices)[0]],
        "address": lambda: {
            "province": catalogue.known_places()[district],
            "district": district,
            "village": chance.choice(people.VILLAGES),
        },
        "group": lambda: [
            {each.name: _answer(each, chance, today, district) for each in question.fields}
            for _row in range(max(int(question.least), 1))
        ],
    }
    return kinds[question.kind]() if question.kind in kinds else _text(question, chance)


def _name(question: str, chance: Random) -> dict[str, str]:
    sex = "male" if "husband" in question else "female" if "wife" in question else None
    return people.named(chance, sex or chance.choice(("female", "male")), people.family(chance))


def _day(question: str, chance: Random, today: date) -> date:
    if "birth" in question:
        return today - timedelta(days=chance.randrange(19 * 365, 60 * 365))
    return today - timedelta(days=chance.randrange(0, 25))


def _number(question: catalogue.Question, chance: Random, today: date) -> int | str:
    if question.places:
        first, last = ceil(question.least / question.step), int(question.most / question.step)
        return f"{question.step * chance.randint(first, min(last, first + 500)):f}"
    least, most = int(question.least), int(question.most)
    if question.name.endswith("year"):
        return min(max(today.year, least), most)
    usual = chance.choice(USUAL.get(question.name, (least,)))
    return min(max(usual, least), most)


def _text(question: catalogue.Question, chance: Random) -> str:
    if question.longest < 10:  # a count of something
        return str(chance.randrange(1, 9))
    if question.name.endswith("village"):
        return chance.choice(people.VILLAGES)
    if question.name == "origin":
        return chance.choice(("ໄທ", "ຈີນ", "ຫວຽດນາມ"))
    return f"{chance.randrange(10, 100)}-{chance.randrange(1_000, 10_000)}"
