"""The halls of the kiosk."""

from tests.factories.again import worlds_laid_again

__all__ = ["worlds_laid_again"]
