"""What one may do with people's records."""

from onedoor.domain.access.api import permission

KEEP = permission("people.keep", "Keep the records of people who apply")
