"""Search forgives tone marks: the right service stands within the first three for nearly every wrong or missing one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onedoor.domain.catalogue.api import search
from onedoor.kernel.i18n import is_tone
from tests.factories.services import SERVICES, all_services

pytestmark = pytest.mark.django_db
TONES = "\u0ec8\u0ec9\u0eca\u0ecb"
CONSONANTS = {chr(code) for code in range(0x0E81, 0x0EAF)} | {"ໜ", "ໝ"}
WITHIN = 3


def one_tone_wrong(word: str) -> Iterator[str]:
    """Every way to get one tone mark of a word wrong: left out, another one, or one that does not belong there."""
    for index, letter in enumerate(word):
        if is_tone(letter):
            yield word[:index] + word[index + 1 :]
            for other in TONES.replace(letter, ""):
                yield word[:index] + other + word[index + 1 :]
        elif letter in CONSONANTS and not is_tone(word[index + 1 : index + 2] or " "):
            yield word[: index + 1] + TONES[index % 4] + word[index + 1 :]


def place(word: str, code: str) -> int:
    """Where a service stands among the results, from 1; 99 when it is not there."""
    found = [hit.service.code for hit in search(word, limit=WITHIN)]
    return found.index(code) + 1 if code in found else 99


def test_one_wrong_or_missing_tone_mark(at: datetime) -> None:
    """Over all names and keywords of 36 services that sound alike."""
    all_services(at=at)
    assert len(SERVICES) >= 32
    tried, missed = 0, []
    for code, name, keywords, _english in SERVICES:
        for word in (name, *keywords):
            for query in one_tone_wrong(word):
                tried += 1
                if place(query, code) > WITHIN:
                    missed.append((query, code))
    assert tried > 1000
    assert len(missed) <= 0.05 * tried, missed[:20]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("ຂ້ອຍຢາກແຈ້ງເກີດໃຫ້ລູກ", "birth-registration"),
        ("ແຈງເກິດ", "birth-registration"),
        ("ໃບຢັງຢືນການເກີດ", "birth-registration"),
        ("birth", "birth-registration"),
        ("BIRTH REGISTRASION", "birth-registration"),
        ("register a birth", "birth-registration"),
        ("ຂຶ້ນທະບຽນເອກະສານ", "document-registration"),
        ("ທະບຽນສານ", "document-registration"),
        ("ນ\u0ecd້\u0eb2ປະປາ", "water"),
        ("ຫມໍ້ນັບໄຟ", "electricity"),
        ("pasport", "passport"),
    ],
)
def test_as_people_type(at: datetime, query: str, code: str) -> None:
    all_services(at=at)
    assert place(query, code) == 1


@pytest.mark.parametrize("query", ["", "   ", "່້", "%", "_", "\\", "';--", "!!!", "ກ" * 5000, "\u200b"])
def test_odd_queries_are_harmless(at: datetime, query: str) -> None:
    all_services(at=at)
    assert len(search(query, limit=3)) <= 3


def test_nothing_is_found_for_nonsense(at: datetime) -> None:
    all_services(at=at)
    assert search("qqqqzzzz") == []


def test_two_statements_for_any_number_of_results(at: datetime) -> None:
    all_services(at=at)
    for limit in (1, 3, 10):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            search("ຂຶ້ນທະບຽນ", limit=limit)
        assert len(asked) == 2
