"""Which figure counts the rows in force of which data set, and what the ledger calls rows ever accepted."""

from __future__ import annotations

EVER = "pernah"
"""Breakdown of ``buku``, behind the data set; the others are the standings that these rows are divided into."""
IN_FIGURES = {
    "kegiatan": "kegiatan_dilaporkan",
    "publikasi": "publikasi",
    "permohonan_info": "permohonan",
    "isu_hoaks": "hoaks_isu",
    "keberatan": "keberatan",
    "aspirasi": "aspirasi",
}
