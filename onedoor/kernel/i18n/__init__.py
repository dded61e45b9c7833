"""Languages: translated data, Lao and English formats, order and search forms of text.

Lao is the first language of every page and English the second; more languages come with a pack.
"""

from django.conf.locale import LANG_INFO

from onedoor.kernel.i18n.shown import (
    format_date,
    format_datetime,
    format_number,
    format_period,
    format_time,
    format_weekdays,
)
from onedoor.kernel.i18n.spelling import is_tone, normalise, sort_key, toneless
from onedoor.kernel.i18n.texts import (
    FALLBACK,
    Translated,
    language,
    languages_said,
    missing_languages,
    spoken,
    t,
    text,
)

__all__ = [
    "FALLBACK",
    "Translated",
    "format_date",
    "format_datetime",
    "format_number",
    "format_period",
    "format_time",
    "format_weekdays",
    "is_tone",
    "language",
    "languages_said",
    "missing_languages",
    "normalise",
    "sort_key",
    "spoken",
    "t",
    "text",
    "toneless",
]

# Django knows no Lao; without this entry no template could name the language.
LANG_INFO.setdefault("lo", {"bidi": False, "code": "lo", "name": "Lao", "name_local": "ລາວ"})
