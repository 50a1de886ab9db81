"""One file that holds a whole installation as it was at one moment, and the way back from it (0030).

Takes: an installation, also at work.
Gives: a checked tar file, and an installation from it.
May import: errors, settings, periods, warehouse, installation, publish, local.
"""

from humas.backup.make import BackupSummary, make_backup
from humas.backup.restore import RestoreSummary, restore

__all__ = ["BackupSummary", "RestoreSummary", "make_backup", "restore"]
