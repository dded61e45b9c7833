"""What higher contexts say of the subject of a charge: whether something was done because it was paid."""

from onedoor.domain.payments.providers.reliance import Reliance, reliance, relying

__all__ = ["Reliance", "reliance", "relying"]
