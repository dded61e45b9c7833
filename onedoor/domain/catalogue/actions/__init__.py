"""What is done to the catalogue: editions published, drafts written, checked by a second person and released."""

from onedoor.domain.catalogue.actions.drafts import (
    approve_draft,
    begin_draft,
    return_draft,
    save_draft,
    send_draft,
    withdraw_draft,
)
from onedoor.domain.catalogue.actions.releasing import release_draft, roll_out, withdraw_service
from onedoor.domain.catalogue.actions.services import save_life_event, save_service

__all__ = [
    "approve_draft",
    "begin_draft",
    "release_draft",
    "return_draft",
    "roll_out",
    "save_draft",
    "save_life_event",
    "save_service",
    "send_draft",
    "withdraw_draft",
    "withdraw_service",
]
