"""What is done to the catalogue: editions published, drafts written, checked by a second person and released."""

from onedoor.domain.catalogue.actions.services import save_life_event, save_service

__all__ = ["save_life_event", "save_service"]
