"""One file that holds a whole installation as it was at one moment, and the way back from it.

See ``docs/decisions/0030-cadangan-dan-urutan.md``.
"""

from humas.backup.make import BackupSummary, make_backup
from humas.backup.restore import RestoreSummary, restore

__all__ = ["BackupSummary", "RestoreSummary", "make_backup", "restore"]
