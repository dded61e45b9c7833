"""Counters in order: their code is called out and stands on the board."""

import re

from django.utils.translation import gettext as _

from onedoor.domain.centres.errors import CounterIsWrong
from onedoor.kernel.i18n import Translated, missing_languages

SIGNS = 60
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,9}")


def check_counter(*, code: str, name: Translated, remote: Translated | None) -> None:
    """Raises CounterIsWrong, which names the field and the reason."""
    if not _CODE.fullmatch(code):
        reason = _("A counter's code is 1 to 10 Latin letters, digits and dashes.")
        raise CounterIsWrong(field="code", reason=reason)
    for field, words in (("name", name), ("remote", remote or {})):
        if (field == "name" or words) and missing_languages(words):
            raise CounterIsWrong(field=field, reason=_("Say it in Lao and in English."))
        if any(len(word) > SIGNS or not word.isprintable() for word in words.values()):
            reason = _("At most %(most)s signs in one line.") % {"most": SIGNS}
            raise CounterIsWrong(field=field, reason=reason)
