"""What figures may know of an applicant: coarse groups, only as far as the form asked and she said."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from onedoor.kernel.errors import Invalid

SEXES = ("female", "male", "other")
ANSWERS = {"yes": "yes", "no": "no", True: "yes", False: "no"}
SPOKEN = ("lo", "hmn", "kjg", "en", "other")  # ISO 639 where it has a code: Lao, Hmong, Khmu, English
ASKED = {
    "disability": ("yes", "no"),
    "language": SPOKEN,
}  # what is asked at the counter, of whoever likes to say
AGES = ((18, "0-17"), (35, "18-34"), (60, "35-59"), (200, "60+"))


def traits(said: Mapping[str, Any], *, today: date) -> dict[str, str]:
    """Sex, age group, disability and language of what the form marks as the applicant's (``x-applicant``); no dates, no names.

    Args:
        said: her answers by the applicant's field: ``sex``, ``birth_date`` (YYYY-MM-DD), ``disability`` (yes or no),
            ``language`` (a code of two or three letters). What was not asked or not said is left out.
    """
    found: dict[str, str] = {}
    if said.get("sex") in SEXES:
        found["sex"] = str(said["sex"])
    if (
        isinstance(born := said.get("birth_date"), str) and len(born) == 10
    ):  # a year alone is in no group for sure
        first = date.fromisoformat(born)
        years = today.year - first.year - ((today.month, today.day) < (first.month, first.day))
        found["age"] = next((group for end, group in AGES if years < end), AGES[-1][1])
    disability, language = said.get("disability"), said.get("language")
    if isinstance(disability, str | bool) and disability in ANSWERS:
        found["disability"] = ANSWERS[disability]
    if isinstance(language, str) and (_is_code(language) or language in SPOKEN):
        found["language"] = language.lower()
    return found


def self_declared(told: Mapping[str, str]) -> dict[str, str]:
    """What somebody said of herself for the figures; an empty answer says nothing. Errors: Invalid (an answer that is none)."""
    for name, answer in told.items():
        if answer and answer not in ASKED.get(name, ()):
            raise Invalid(field=name)
    return {name: answer for name, answer in told.items() if answer}


def _is_code(language: str) -> bool:
    return language.isascii() and language.isalpha() and len(language) in (2, 3)
