"""Template tags of forms: long lists of choices, drawn once for all who choose the same."""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()
Choices = tuple[tuple[str, str], ...]


@register.simple_tag
def options(groups: tuple[tuple[str, Choices], ...], value: str) -> SafeString:
    """The answers of a list under their headings, the chosen one marked."""
    return format_html_join("", "{}", ((_group(head, choices, value),) for head, choices in groups))


def _group(head: str, choices: Choices, value: str) -> SafeString:
    chosen = value if any(value == code for code, _text in choices) else None
    return _drawn(head, choices, chosen)


@lru_cache(maxsize=4096)
def _drawn(head: str, choices: Choices, chosen: str | None) -> SafeString:
    """One heading's answers; the choices of the country's districts are the same for everybody."""
    drawn = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, " selected" if code == chosen else "", text) for code, text in choices),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', head, drawn) if head else drawn
