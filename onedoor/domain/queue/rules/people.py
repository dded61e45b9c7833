"""Names and telephone numbers as they are kept."""

import re

from onedoor.domain.queue.errors import NameOrPhoneInvalid

LONGEST_NAME = 200
"""Signs of a name as it is kept; every screen and print breaks a longer line, and none cuts a name off."""


def plain_phone(phone: str) -> str:
    """A telephone number as digits in national form: +856 20 5555 1234 and 020 5555 1234 are the same.

    Raises:
        NameOrPhoneInvalid: it has fewer than 6 or more than 14 digits, or other signs than + ( ) - . / and spaces.
    """
    if not re.fullmatch(r"[\d\s()+\-./]{6,24}", phone):
        raise NameOrPhoneInvalid(field="phone")
    digits = "".join(str(int(sign)) for sign in phone if sign.isdigit())
    digits = re.sub(r"^(00856|856)(?=\d{6})", "0", digits)
    if not 6 <= len(digits) <= 14:
        raise NameOrPhoneInvalid(field="phone")
    return digits


def plain_name(name: str) -> str:
    """A name as it is kept: trimmed, single spaces, at most 200 characters.

    Raises:
        NameOrPhoneInvalid: it is empty, too long, or holds control characters.
    """
    kept = " ".join(name.split())
    if not 1 <= len(kept) <= LONGEST_NAME or not kept.isprintable():
        raise NameOrPhoneInvalid(field="name")
    return kept
