from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from humas.errors import OperatorError
from humas.periods import Calendar, Triwulan, Year, due, explain, punctuality
from humas.settings import DeadlineRule

CALENDAR = Calendar.load()
TW3 = Triwulan(2026, 3)


@pytest.mark.parametrize(
    ("period", "tier", "day", "grace_end"),
    [
        (TW3, "kota", date(2026, 10, 7), date(2026, 10, 14)),
        (TW3, "kabupaten", date(2026, 10, 7), date(2026, 10, 14)),
        (TW3, "provinsi", date(2026, 10, 14), date(2026, 10, 21)),
        (TW3, "nasional", date(2026, 10, 21), date(2026, 10, 28)),
        (Triwulan(2026, 1), "kota", date(2026, 4, 8), date(2026, 4, 15)),
        (Year(2025), "kota", date(2026, 1, 8), date(2026, 1, 15)),
    ],
    ids=["kota", "kabupaten", "provinsi", "nasional", "good friday skipped", "year"],
)
def test_the_deadline_by_level(period, tier: str, day: date, grace_end: date) -> None:
    deadline = due(period, tier, DeadlineRule(), CALENDAR)
    assert (deadline.day, deadline.grace_end) == (day, grace_end)


def test_the_explanation_goes_day_by_day() -> None:
    deadline = due(TW3, "kota", DeadlineRule(), CALENDAR)
    assert explain(deadline) == [
        "1 Okt Kamis: hari kerja ke-1",
        "2 Okt Jumat: hari kerja ke-2",
        "3 Okt Sabtu: akhir pekan",
        "4 Okt Minggu: akhir pekan",
        "5 Okt Senin: hari kerja ke-3",
        "6 Okt Selasa: hari kerja ke-4",
        "7 Okt Rabu: hari kerja ke-5",
        "Tenggat: 7 Oktober 2026.",
        "Akhir masa tenggang: 14 Oktober 2026.",
        "Asumsi pemasangan: 5 hari kerja sesudah periode berakhir; belum ada ketetapan.",
    ]


def test_the_explanation_names_holidays_and_cuti_bersama() -> None:
    lebaran = explain(due(Triwulan(2025, 1), "provinsi", DeadlineRule(), CALENDAR))
    assert lebaran[:2] == [
        "1 Apr Selasa: libur, Hari kedua dari Hari Raya Idul Fitri",
        "2 Apr Rabu: cuti bersama, Hari Raya Idul Fitri",
    ]
    assert "18 Apr Jumat: libur, Wafat Yesus Kristus" in lebaran


def test_a_holiday_on_a_weekend_is_a_weekend() -> None:
    assert "5 Apr Minggu: akhir pekan" in explain(due(Triwulan(2026, 1), "kota", DeadlineRule(), CALENDAR))


def test_a_restored_working_day_is_explained(tmp_path: Path) -> None:
    file = tmp_path / "libur.csv"
    file.write_text("tanggal,jenis,nama\n2026-01-01,hari_kerja,contoh\n", encoding="utf-8")
    deadline = due(Year(2025), "kota", DeadlineRule(), Calendar.load(file))
    assert explain(deadline)[0] == "1 Jan Kamis: hari kerja ke-1 (ditetapkan hari kerja: contoh)"


def test_decreed_days_are_no_assumption() -> None:
    deadline = due(TW3, "kota", DeadlineRule(decreed=True), CALENDAR)
    assert deadline.assumption == ""
    assert explain(deadline)[-1] == "Akhir masa tenggang: 14 Oktober 2026."


def test_the_steps_number_the_working_days() -> None:
    deadline = due(TW3, "provinsi", DeadlineRule(), CALENDAR)
    assert [steps.workday_number for steps in deadline.steps if steps.workday_number] == list(range(1, 11))
    assert deadline.steps[-1].day == deadline.day


@pytest.mark.parametrize(
    ("accepted", "result"),
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
def test_punctuality_turns_at_midnight_in_jakarta(accepted: datetime | None, result: str) -> None:
    assert punctuality(accepted, due(TW3, "kota", DeadlineRule(), CALENDAR)) == result


def test_a_level_that_does_not_exist_is_our_error() -> None:
    with pytest.raises(OperatorError, match="kecamatan"):
        due(TW3, "kecamatan", DeadlineRule(), CALENDAR)


def test_a_deadline_beyond_the_known_holidays_is_refused() -> None:
    with pytest.raises(OperatorError, match="2028"):
        due(Year(2027), "kota", DeadlineRule(), CALENDAR)
