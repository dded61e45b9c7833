"""Backup and restore: one archive of the database and the files, checked by hash, without the node's keys."""

from onedoor.tools.backup.restore import restore
from onedoor.tools.backup.write import backup

__all__ = ["backup", "restore"]
