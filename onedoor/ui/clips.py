"""Recorded words: files by language and slot that somebody spoke, in the ``clips`` folder of the node's home.

``clips/<language>/<slot>.<mp3|ogg|wav|m4a>``: words of a call (``go_to``, ``counter``, ``a``, ``7``), and whole pages of the
kiosk (``page-services``). What nobody recorded is silent. ``order.txt`` of a language gives the order of a call's words.
"""

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

KINDS = {".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".wav": "audio/wav", ".m4a": "audio/mp4"}
_SLOT = re.compile(r"[a-z0-9_-]{1,40}")
_WEEK = 7 * 24 * 3600


def folder(language: str) -> Path:
    """Where the clips of a language lie."""
    return settings.HOME / "clips" / language


def recorded(language: str) -> dict[str, str]:
    """The file name of each slot that was recorded in a language."""
    if language not in dict(settings.LANGUAGES) or not folder(language).is_dir():
        return {}
    found = sorted(folder(language).iterdir())
    return {
        path.stem: path.name
        for path in found
        if path.suffix in KINDS and _SLOT.fullmatch(path.stem) and path.is_file()
    }


def order(language: str) -> tuple[str, ...]:
    """The order of a call's words as the folder says it; empty where it does not."""
    path = folder(language) / "order.txt"
    try:
        words = path.read_text().split() if path.is_file() else []
    except (OSError, UnicodeDecodeError):
        return ()
    return tuple(word for word in words[:20] if _SLOT.fullmatch(word))


def clip(language: str, name: str) -> HttpResponseBase:
    """One file, kept by the screen for a week. Http404 for what was not recorded."""
    if recorded(language).get(Path(name).stem) != name:
        raise Http404
    path = folder(language) / name
    answer = FileResponse(path.open("rb"), content_type=KINDS[path.suffix])
    answer.headers["Cache-Control"] = f"public, max-age={_WEEK}"
    return answer
