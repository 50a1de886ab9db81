"""Of two files of one unit, the one that was swept later counts: also when times are equal or the clock goes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from humas.kotak_masuk import answer
from humas.kotak_masuk.sweep import sweep

from tests.kotak_masuk.berkas import csv, csv_publikasi
from tests.kotak_masuk.conftest import NOW, installation

TW3 = ("kpu", "2026-TW3")
LAMA, BARU = csv("33.74"), csv("33.74", "Rapat koordinasi yang kedua")
CHANGED = 1_790_000_000
ACCEPTED = {"reason": "", "remedy": "", "rows_in": 1, "accepted": 1, "findings": [], "quarantined": 0, "duplicates": 0}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Answers at once."""

    def check(k, bawaan):
        for satu in bawaan:
            satu.jawaban = ACCEPTED | {"status": "diterima"}

    monkeypatch.setattr(answer, "_check_batch", check)
    monkeypatch.setattr(answer, "_feedback", lambda *_: b"")


@pytest.fixture
def swept(folder, tmp_path):
    """Lay files down, all changed at the same moment, and sweep by a clock that shows ``now``."""

    def run(now, percaya, **berkas: bytes):
        for nama, isi in berkas.items():
            folder.put(f"{nama}.csv", isi, CHANGED)
        k = installation(tmp_path, f"kpu={folder.url}", now=now, percaya_waktu=percaya)
        sweep(k)
        (*_, terbaru) = (satu for satu in k.gudang.kiriman(*TW3) if satu.kode_satker == "33.74")
        return [satu.nama for satu in terbaru.berkas]

    return run


@pytest.mark.parametrize("percaya", [False, True], ids=["our_clock", "folder_time"])
@pytest.mark.parametrize("selisih", [timedelta(), timedelta(days=-1)], ids=["clock_stands", "clock_set_back"])
def test_second_sweep_is_the_newer(swept, percaya, selisih):
    swept(NOW, percaya, a_lain=csv("33.22"), lama=LAMA)
    assert swept(NOW + selisih, percaya, baru=BARU) == ["baru.csv"]
    assert swept(NOW + selisih, percaya, lain=csv_publikasi("33.74")) == ["baru.csv", "lain.csv"]
