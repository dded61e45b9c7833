"""The buttons of a counter: each a small form, so that it works without a script; drawn at every step of every person."""

from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onedoor.ui.templatetags.ui import icon

register = template.Library()

PRESS = (
    '<form method="post" action="{address}" hx-post="{address}" hx-target="#notice" hx-swap="innerHTML">'
    '<input type="hidden" name="csrfmiddlewaretoken" value="{token}"><input type="hidden" name="key" value="{key}">{ticket}'
    '<button class="button full {kind}" type="submit" data-key="{pressed}">{icon} <span>{label}</span> <kbd>{pressed}</kbd>'
    "</button></form>"
)
TICKET = '<input type="hidden" name="ticket" value="{}">'


@register.simple_tag(takes_context=True)
def press(
    context: template.Context, step: str, pressed: str, drawing: str, label: str, kind: str = ""
) -> SafeString:
    """``{% press "start" "F4" "play" label %}``: one step with the person at the counter, by mouse or by its key."""
    ticket: Any = context.get("ticket")
    return format_html(
        PRESS,
        address=_address(context["centre"], context["counter"], step),
        token=context.get("csrf_token", ""),
        key=context["key"],
        ticket=format_html(TICKET, ticket.id) if ticket else "",
        kind=kind,
        pressed=pressed,
        icon=icon(drawing),
        label=label,
    )


@lru_cache(maxsize=4096)
def _address(centre: str, counter: str, step: str) -> str:
    return reverse("desk:step", args=(centre, counter, step))
