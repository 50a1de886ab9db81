"""From raw bytes to tables of cells with their physical place; no interpretation."""

from humas.reading.document import read_document, read_files
from humas.reading.table import Dokumen, TabelMentah

__all__ = ["Dokumen", "TabelMentah", "read_document", "read_files"]
