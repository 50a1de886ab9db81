from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from humas.errors import SistemError
from humas.periods import Kalender, Tahun, Triwulan, due, explain, ketepatan
from humas.settings import DeadlineRule

KALENDER = Kalender.load()
TW3 = Triwulan(2026, 3)


@pytest.mark.parametrize(
    ("periode", "tingkat", "tanggal", "akhir_tenggang"),
    [
        (TW3, "kota", date(2026, 10, 7), date(2026, 10, 14)),
        (TW3, "kabupaten", date(2026, 10, 7), date(2026, 10, 14)),
        (TW3, "provinsi", date(2026, 10, 14), date(2026, 10, 21)),
        (TW3, "nasional", date(2026, 10, 21), date(2026, 10, 28)),
        (Triwulan(2026, 1), "kota", date(2026, 4, 8), date(2026, 4, 15)),
        (Tahun(2025), "kota", date(2026, 1, 8), date(2026, 1, 15)),
    ],
    ids=["kota", "kabupaten", "provinsi", "nasional", "good friday skipped", "year"],
)
def test_the_deadline_by_level(periode, tingkat: str, tanggal: date, akhir_tenggang: date) -> None:
    tenggat = due(periode, tingkat, DeadlineRule(), KALENDER)
    assert (tenggat.tanggal, tenggat.akhir_tenggang) == (tanggal, akhir_tenggang)


def test_the_explanation_goes_day_by_day() -> None:
    tenggat = due(TW3, "kota", DeadlineRule(), KALENDER)
    assert explain(tenggat) == [
        "1 Okt Kamis: hari kerja ke-1",
        "2 Okt Jumat: hari kerja ke-2",
        "3 Okt Sabtu: akhir pekan",
        "4 Okt Minggu: akhir pekan",
        "5 Okt Senin: hari kerja ke-3",
        "6 Okt Selasa: hari kerja ke-4",
        "7 Okt Rabu: hari kerja ke-5",
        "Tenggat: 7 Oktober 2026.",
        "Akhir masa tenggang: 14 Oktober 2026.",
        "Asumsi instalasi: 5 hari kerja sesudah periode berakhir; belum ada ketetapan.",
    ]


def test_the_explanation_names_holidays_and_cuti_bersama() -> None:
    lebaran = explain(due(Triwulan(2025, 1), "provinsi", DeadlineRule(), KALENDER))
    assert lebaran[:2] == [
        "1 Apr Selasa: libur, Hari kedua dari Hari Raya Idul Fitri",
        "2 Apr Rabu: cuti bersama, Hari Raya Idul Fitri",
    ]
    assert "18 Apr Jumat: libur, Wafat Yesus Kristus" in lebaran


def test_a_holiday_on_a_weekend_is_a_weekend() -> None:
    assert "5 Apr Minggu: akhir pekan" in explain(due(Triwulan(2026, 1), "kota", DeadlineRule(), KALENDER))


def test_a_restored_working_day_is_explained(tmp_path: Path) -> None:
    berkas = tmp_path / "libur.csv"
    berkas.write_text("tanggal,jenis,nama\n2026-01-01,hari_kerja,contoh\n", encoding="utf-8")
    tenggat = due(Tahun(2025), "kota", DeadlineRule(), Kalender.load(berkas))
    assert explain(tenggat)[0] == "1 Jan Kamis: hari kerja ke-1 (ditetapkan hari kerja: contoh)"


def test_decreed_days_are_no_assumption() -> None:
    tenggat = due(TW3, "kota", DeadlineRule(ditetapkan=True), KALENDER)
    assert tenggat.asumsi == ""
    assert explain(tenggat)[-1] == "Akhir masa tenggang: 14 Oktober 2026."


def test_the_steps_number_the_working_days() -> None:
    tenggat = due(TW3, "provinsi", DeadlineRule(), KALENDER)
    assert [langkah.hari_ke for langkah in tenggat.langkah if langkah.hari_ke] == list(range(1, 11))
    assert tenggat.langkah[-1].tanggal == tenggat.tanggal


@pytest.mark.parametrize(
    ("diterima", "hasil"),
    [
        (None, "belum_lapor"),
        (datetime(2026, 9, 1, tzinfo=UTC), "tepat_waktu"),
        (datetime(2026, 10, 7, 16, 59, 59, tzinfo=UTC), "tepat_waktu"),
        (datetime(2026, 10, 7, 17, 0, tzinfo=UTC), "terlambat"),
        (datetime(2026, 10, 14, 16, 59, 59, tzinfo=UTC), "terlambat"),
        (datetime(2026, 10, 14, 17, 0, tzinfo=UTC), "sangat_terlambat"),
    ],
    ids=["nothing", "early", "last second", "midnight in jakarta", "last second of grace", "after grace"],
)
def test_punctuality_turns_at_midnight_in_jakarta(diterima: datetime | None, hasil: str) -> None:
    assert ketepatan(diterima, due(TW3, "kota", DeadlineRule(), KALENDER)) == hasil


def test_a_level_that_does_not_exist_is_our_error() -> None:
    with pytest.raises(SistemError, match="kecamatan"):
        due(TW3, "kecamatan", DeadlineRule(), KALENDER)


def test_a_deadline_beyond_the_known_holidays_is_refused() -> None:
    with pytest.raises(SistemError, match="2028"):
        due(Tahun(2027), "kota", DeadlineRule(), KALENDER)
