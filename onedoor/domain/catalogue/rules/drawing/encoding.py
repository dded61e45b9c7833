"""The text of a file that another program wrote: in the encoding that it declares; kept in UTF-8, and it says so."""

import codecs
import re

from django.utils.translation import gettext as _

from onedoor.domain.catalogue.rules.drawing.errors import CannotDraw

# What modelers write. Others are refused by name: a decoder of Python may do more than decode.
ENCODINGS = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252", "utf-16"})
DECLARED = re.compile(r"""\A(\s*<\?xml\s[^>]*?encoding\s*=\s*)(["'])([\w.:-]{1,40})\2""")


def text_of(content: bytes) -> str:
    """A file's text, with the declaration of its encoding changed to the one in which it is kept. Errors: CannotDraw."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    said = DECLARED.match(content[:300].decode("utf-16" if wide else "latin-1", "ignore").lstrip("\ufeffï»¿"))
    try:
        encoding = codecs.lookup("utf-16" if wide else said[3] if said else "utf-8").name
        if encoding not in ENCODINGS:
            raise LookupError(encoding)
        text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except (LookupError, UnicodeError) as fault:
        name = said[3] if said else "UTF-8"
        raise CannotDraw(
            _("The file is not a text in %(encoding)s.") % {"encoding": name}, field="file"
        ) from fault
    return DECLARED.sub(r"\1\2UTF-8\2", text, count=1) if encoding != "utf-8" else text
