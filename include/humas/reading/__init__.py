"""From raw bytes to tables of cells with their physical place; no interpretation.

Read in a process of its own, which a file may end (``reader``); ``read_here`` is what that process calls.
"""

from humas.reading.document import read_here
from humas.reading.reader import read_files
from humas.reading.submission import read_document
from humas.reading.table import Document, RawTable

__all__ = ["Document", "RawTable", "read_document", "read_files", "read_here"]
