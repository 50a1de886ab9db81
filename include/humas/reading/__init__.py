"""From raw bytes to tables of cells with their physical place, in a process of its own; no interpretation (0013).

Takes: raw bytes of a submission.
Gives: `Document`: tables of cells (`RawTable`), and what could not be read.
May import: errors, text, fence, periods, sources, landing.
"""

from humas.reading.document import read_here
from humas.reading.reader import read_files
from humas.reading.submission import read_document
from humas.reading.table import Document, RawTable

__all__ = ["Document", "RawTable", "read_document", "read_files", "read_here"]
