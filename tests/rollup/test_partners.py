"""Unique partners of each level equal what is counted by hand from the names, spelled in several ways."""

from __future__ import annotations

import json

import pytest
from humas.periods import Calendar
from humas.registry import Register

from tests.rollup.nation import Nation, obligations, rows, verdict, verdicts

CODE = ("00", "33", "33.74", "33.02")
WRITTEN = {
    "33.74": (
        ["Polres Semarang", "SMAN 1 Kendal"],
        ["Kepolisian Resor Semarang", "SMA Negeri 2 Kendal"],
        ["polres  semarang."],
    ),
    "33.02": (["POLRES SEMARANG", "Dinkes Kab. Banyumas"], ["Dinas Kesehatan Kabupaten Banyumas"]),
}
PARTNERS = {
    ("satker", "33.74"): {"the police of Semarang", "school 1", "school 2"},
    ("satker", "33.02"): {"the police of Semarang", "the health office"},
    ("provinsi", "33"): {"the police of Semarang", "school 1", "school 2", "the health office"},
    ("nasional", "00"): {"the police of Semarang", "school 1", "school 2", "the health office"},
}


@pytest.mark.parametrize(("place", "partners"), PARTNERS.items(), ids=map("/".join, PARTNERS))
def test_unique_partners_equal_those_told_by_hand(
    place: tuple[str, str], partners: set[str], register: Register, calendar: Calendar
) -> None:
    told = [{"kode_satker": code, "mitra": json.dumps(names)} for code, lists in WRITTEN.items() for names in lists]
    said = verdicts(*(verdict(code) for code in CODE))
    nation = Nation(register, calendar, obligations(*CODE), said, {"kegiatan": rows("kegiatan", *told)})
    assert nation.value(*place, "mitra_unik") == len(partners)
