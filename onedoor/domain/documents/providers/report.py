"""Reports on paper: a page that somebody else has laid out, as a plain PDF. Not a document: unsigned, unnumbered."""

import io

from onedoor.domain.documents import errors
from onedoor.domain.documents.providers.page import faces


def typeset_report(*, html: str, css: str) -> bytes:
    """A report as PDF, set in the fonts of papers; it refers to nothing outside itself.

    Raises:
        CannotTypeset: Pango or the fonts of the build are absent.
    """
    try:
        from weasyprint import CSS, HTML, URLFetcher  # needs the system's Pango, which only papers need
        from weasyprint.text.fonts import FontConfiguration
    except OSError as fault:
        raise errors.CannotTypeset from fault
    fonts, out = FontConfiguration(), io.BytesIO()
    drawn = URLFetcher(allowed_protocols=("data",))
    letters = "".join(
        f"@font-face {{ font-family: '{face['family']}'; font-weight: {face['weight']}; src: url({face['address']}); }}"
        for face in faces()
    )
    style = CSS(
        string=f"{letters}\nbody {{ font-family: 'Paper Lao', 'Paper Latin'; }}\n{css}",
        font_config=fonts,
        url_fetcher=drawn,
    )
    HTML(string=html, url_fetcher=drawn).write_pdf(out, stylesheets=[style], font_config=fonts)
    return out.getvalue()
