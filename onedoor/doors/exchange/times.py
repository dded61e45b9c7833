"""Times as ISO 8601 says them."""

from __future__ import annotations

from onedoor.domain.catalogue.api import Duration


def duration_text(duration: Duration) -> str | None:
    """How long the state may take, as an ISO 8601 duration; None where it goes by answers or is not known."""
    amount = duration.amount({})
    if amount is None:
        return None
    return f"PT{amount}H" if duration.kind == "hours" else f"P{amount}D"
