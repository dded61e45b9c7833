"""Template tags of the look: icons, the language switch, small helpers of the components."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urlsplit

from django import template
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from onedoor.kernel.i18n import language
from onedoor.kernel.i18n import tags as formats

register = template.Library()
# ``{% load ui %}`` also brings text, date_text, time_text, datetime_text, number_text and kip.
register.filters.update(formats.register.filters)


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A drawing from the sprite, hidden from screen readers: the word beside it speaks."""
    return _drawn(name, css)


@lru_cache(maxsize=512)
def _drawn(name: str, css: str) -> SafeString:
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        css,
        static("ui/icons.svg"),
        name,
    )


@register.inclusion_tag("ui/language.html", takes_context=True)
def language_switch(context: template.Context) -> dict[str, Any]:
    """Links to this same page in each other language."""
    here = _here(context.get("request"))
    now = language()
    return {
        "others": [
            (code, name, f"{reverse('ui:language', args=[code])}?{urlencode({'next': here})}")
            for code, name in settings.LANGUAGES
            if code != now
        ]
    }


def _here(request: Any) -> str:
    """The address of this page; after a form was sent, of the page that the form stood on."""
    if request is None:
        return "/"
    if request.method in ("GET", "HEAD"):
        return str(request.get_full_path())
    try:
        before = urlsplit(request.headers.get("Referer", ""))
        return f"{before.path}?{before.query}" if before.netloc == request.get_host() else "/"
    except (ValueError, DisallowedHost):  # no address, or this page says that the host is a wrong one
        return "/"


@register.simple_tag
def demonstration() -> bool:
    """Whether this installation only demonstrates."""
    return bool(getattr(settings, "DEMO", False))


@register.filter
def places(count: Any) -> range:
    """``{{ 4|places }}``: 1, 2, 3, 4."""
    return range(1, int(count or 0) + 1)


@register.filter
def unbroken(name: str) -> SafeString:
    """``{{ centre.name|text|unbroken }}``: lines end between words only; browsers cut Lao names that no dictionary has."""
    return format_html_join(" ", '<span class="nowrap">{}</span>', ((word,) for word in str(name).split()))


@register.filter
def beside(cells: Iterable[Any], labels: Sequence[Any]) -> list[tuple[Any, Any]]:
    """Each cell of a row with the label of its column."""
    return list(zip(labels, cells, strict=False))
