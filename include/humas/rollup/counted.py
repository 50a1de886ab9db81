"""Which figure counts the rows in force of which data set, and what the ledger calls rows ever accepted."""

from __future__ import annotations

from humas.contract.columns import BY_NAME

EVER = "pernah"
"""Breakdown of ``buku``, behind the data set; the others are the standings that these rows are divided into."""
_NAMED_OTHERWISE = {"kegiatan": "kegiatan_dilaporkan", "permohonan_info": "permohonan", "isu_hoaks": "hoaks_isu"}
IN_FIGURES = {name: _NAMED_OTHERWISE.get(name, name) for name in BY_NAME}
_FIRST_WORDS = {
    **{name.split("_")[0]: name for name in BY_NAME},
    **dict.fromkeys(("acara", "peserta", "mitra"), "kegiatan"),
    **dict.fromkeys(("jangkauan", "tayangan", "interaksi"), "publikasi"),
    "hoaks": "isu_hoaks",
}


def data_set_of(measure: str) -> str:
    """The data set whose rows a measure counts, by the first word of its name; "" when it is about reporting itself."""
    return _FIRST_WORDS.get(measure.split("_")[0], "")
