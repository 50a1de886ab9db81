"""Files as locks between processes of one installation, freed by the system when their holder ends (0023).

Takes: the path of a lock file.
Gives: `FileLock`: taken at once, with patience, or waited for; `is_taken`.
May import: nothing of ours.
"""

from humas.locks.file_lock import BY_UMASK, FileLock, is_taken

__all__ = ["BY_UMASK", "FileLock", "is_taken"]
