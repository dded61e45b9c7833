"""Names, telephone numbers and identifiers as they are kept. No database, no clock."""

import re
from collections.abc import Mapping
from datetime import date

from onedoor.domain.people.errors import BirthDateIsInTheFuture, NameIsMissing, NotASex, PhoneIsNotValid

SEXES = ("female", "male", "other", "unknown")
IDENTIFIERS = ("national_id", "family_book", "passport", "tin")
_MOBILE = re.compile(r"^(?:\+?856|0)?(20\d{8}|30\d{7})$")
_LANDLINE = re.compile(r"^(?:\+?856|0)([2-8]\d{6,8})$")


def clean_names(names: Mapping[str, str]) -> dict[str, str]:
    """Names by script (``lo`` Lao, ``en`` Latin), blanks made single. Raises NameIsMissing when none is left."""
    kept = {script: " ".join(str(names.get(script) or "").split())[:200] for script in ("lo", "en")}
    if not any(kept.values()):
        raise NameIsMissing(field="names")
    return kept


def clean_phone(typed: str) -> str:
    """A Lao number as ``+856…``, or empty. Raises PhoneIsNotValid."""
    digits = re.sub(r"[\s().\-]", "", typed or "")
    if not digits:
        return ""
    found = _MOBILE.match(digits) or _LANDLINE.match(digits)
    if found is None:
        raise PhoneIsNotValid(field="phone")
    return f"+856{found.group(1)}"


def clean_identifier(value: str) -> str:
    """An identifier as it is compared: capital letters and digits only. Lengths are not judged: they are disputed."""
    return re.sub(r"[^0-9A-Z\u0E80-\u0EFF]", "", (value or "").upper())[:60]


def check(*, birth_date: date | None, sex: str, today: date) -> None:
    """Refuse a birth in the future and a sex that the register does not know."""
    if sex not in SEXES:
        raise NotASex(field="sex")
    if birth_date is not None and birth_date > today:
        raise BirthDateIsInTheFuture(field="birth_date")
