from __future__ import annotations

import logging
from datetime import date

import pandas as pd
import pytest
from humas.periods import Calendar
from humas.registry import Register
from humas.rollup.clock import clock_requests
from humas.validation.checks.base import Knowledge
from humas.validation.checks.request import answered_late, overdue

from tests.rollup.nation import as_written, rows

TODAY = date(2026, 10, 20)


def _clock(calendar: Calendar, **content: object) -> tuple[str | None, float | None]:
    frame = rows("permohonan_info", {"rezim": "UMUM", "putusan": "dikabulkan_penuh", **content})
    (row,) = clock_requests(frame, calendar, TODAY).itertuples(index=False)
    return tuple(None if pd.isna(one) else one for one in row)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # 1 July 2026 is a Wednesday; the tenth working day after it is Wednesday 15 July.
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_tanggapan": "2026-07-01"}, ("tepat", 0), id="hari-itu-juga"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_tanggapan": "2026-07-15"}, ("tepat", 10), id="hari-kesepuluh"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_tanggapan": "2026-07-16"}, ("terlambat", 11), id="hari-kesebelas"),
        pytest.param({"tanggal_terima": "2026-07-04", "tanggal_tanggapan": "2026-07-17"}, ("tepat", 10), id="diterima-sabtu-hari-pertama-senin"),
        pytest.param({"tanggal_terima": "2026-07-04", "tanggal_tanggapan": "2026-07-20"}, ("terlambat", 11), id="diterima-sabtu-lewat"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_tanggapan": "2026-07-04"}, ("tepat", 2), id="dijawab-sabtu"),
        pytest.param({"tanggal_terima": "2026-08-14", "tanggal_tanggapan": "2026-08-31"}, ("tepat", 9), id="melewati-17-agustus-dan-maulid"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_tanggapan": "2026-07-06", "rezim": "PEMILU"}, ("tepat", 3), id="pemilu-tepat"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_tanggapan": "2026-07-07", "rezim": "PEMILU"}, ("terlambat", 4), id="pemilu-lewat"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_perpanjangan": "2026-07-10", "tanggal_tanggapan": "2026-07-24"}, ("tepat", 17), id="diperpanjang"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_perpanjangan": "2026-07-10", "tanggal_tanggapan": "2026-07-27"}, ("terlambat", 18), id="diperpanjang-lewat"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_perpanjangan": "2026-07-17", "tanggal_tanggapan": "2026-07-20"}, ("terlambat", 13), id="perpanjangan-terlambat-tidak-sah"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_perpanjangan": "2026-07-02", "tanggal_tanggapan": "2026-07-08", "rezim": "PEMILU"}, ("tepat", 5), id="pemilu-diperpanjang"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_perpanjangan": "2026-07-02", "tanggal_tanggapan": "2026-07-09", "rezim": "PEMILU"}, ("terlambat", 6), id="pemilu-diperpanjang-lewat"),
        pytest.param({"tanggal_terima": "2026-10-06", "putusan": "dalam_proses"}, ("berjalan", None), id="jatuh-tempo-hari-ini"),
        pytest.param({"tanggal_terima": "2026-10-05", "putusan": "dalam_proses"}, ("lewat_tenggat", None), id="lewat-kemarin"),
        pytest.param({"tanggal_terima": "2026-10-20", "putusan": "dalam_proses"}, ("berjalan", None), id="baru-diterima"),
        pytest.param({"tanggal_terima": "2026-10-05"}, ("tidak_disebut", None), id="diputus-tanpa-tanggal-jawaban"),
        pytest.param({"tanggal_terima": "2026-10-05", "putusan": None}, ("tidak_disebut", None), id="tanpa-putusan-dan-jawaban"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_tanggapan": "2026-07-02", "putusan": None}, ("tepat", 1), id="dijawab-tanpa-putusan"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_tanggapan": "2026-07-02", "rezim": None}, ("tidak_disebut", 1), id="dijawab-tanpa-rezim"),
        pytest.param({"tanggal_terima": "2026-07-01", "putusan": "dalam_proses", "rezim": None}, ("tidak_disebut", None), id="berjalan-tanpa-rezim"),
        pytest.param({"tanggal_terima": "2026-07-01", "putusan": "dicabut"}, (None, None), id="dicabut"),
        pytest.param({"tanggal_terima": "2019-02-28", "tanggal_tanggapan": "2019-03-05", "rezim": "PEMILU"}, ("tepat", 3), id="pemilu-sejak-perki-1-2019"),
        pytest.param({"tanggal_terima": "2019-02-27", "tanggal_tanggapan": "2019-03-04", "rezim": "PEMILU"}, ("tidak_disebut", 3), id="pemilu-sebelum-ada-batasnya"),
        pytest.param({"tanggal_terima": "2019-01-01", "tanggal_tanggapan": "2019-01-02"}, ("tepat", 1), id="hari-pertama-kalender-libur"),
        pytest.param({"tanggal_terima": "2027-12-30", "tanggal_tanggapan": "2027-12-31"}, ("tepat", 1), id="tenggat-sesudah-kalender"),
        pytest.param({"tanggal_terima": "2027-12-30", "tanggal_tanggapan": "2028-01-05"}, (None, None), id="dijawab-sesudah-kalender"),
    ],
)  # fmt: skip
def test_standing_of_a_request(
    calendar: Calendar, content: dict[str, str], expected: tuple[str | None, float | None]
) -> None:
    assert _clock(calendar, **content) == expected


def test_whole_columns_agree_with_the_calendar_day_by_day(calendar: Calendar) -> None:
    """The arrays against the plain calendar, for every pair of days of a quarter."""
    day = pd.date_range("2026-07-01", "2026-10-10")
    placements = [(a, b) for a in day for b in day[::3] if a <= b]
    frame = rows(
        "permohonan_info",
        *({"rezim": "UMUM", "putusan": "x", "tanggal_terima": a, "tanggal_tanggapan": b} for a, b in placements),
    )
    result = clock_requests(frame, calendar, TODAY)
    for (a, b), punctuality, count in zip(placements, result["ketepatan"], result["hari"], strict=True):
        assert count == calendar.workdays_between(a.date(), b.date())
        assert punctuality == ("tepat" if count <= 10 else "terlambat")


@pytest.mark.parametrize("regime", ["UMUM", "PEMILU"])
@pytest.mark.parametrize(
    "length", [None, "2026-07-06", "2026-07-20"], ids=["biasa", "diperpanjang", "terlambat-diperpanjang"]
)
def test_the_finding_and_the_figure_tell_the_same_lateness(
    calendar: Calendar, register: Register, regime: str, length: str | None
) -> None:
    """What V41 flags in the list of findings is what the figure counts late, for every day of receipt and answer."""
    day = [(a, a + pd.Timedelta(days=n)) for a in pd.date_range("2026-07-01", "2026-07-06") for n in range(32)]
    content = {"rezim": regime, "putusan": "dikabulkan_penuh", "tanggal_perpanjangan": length}
    frame = rows("permohonan_info", *(content | {"tanggal_terima": a, "tanggal_tanggapan": b} for a, b in day))
    counted = clock_requests(frame, calendar, TODAY)["ketepatan"] == "terlambat"
    assert answered_late(as_written(frame), Knowledge(register, calendar)).tolist() == counted.tolist()


@pytest.mark.parametrize("today", [date(2026, 10, day) for day in range(14, 21)], ids=str)
def test_an_open_request_is_overdue_alike_in_finding_and_figure(
    calendar: Calendar, register: Register, today: date
) -> None:
    received = pd.date_range("2026-09-25", today)
    content = {"putusan": "dalam_proses"}
    frame = rows(
        "permohonan_info", *(content | {"rezim": r, "tanggal_terima": a} for a in received for r in ("UMUM", "PEMILU"))
    )
    counted = clock_requests(frame, calendar, today)["ketepatan"] == "lewat_tenggat"
    frame = frame.assign(diterima=pd.Timestamp(today))
    assert overdue(as_written(frame), Knowledge(register, calendar)).tolist() == counted.tolist()


def test_dates_outside_the_calendar_are_left_out_and_said(calendar: Calendar, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert _clock(calendar, tanggal_terima="2150-01-01") == (None, None)
    assert "1 baris bertanggal di luar kalender" in caplog.text


def test_index_is_kept_and_nothing_gives_nothing(calendar: Calendar) -> None:
    frame = rows("permohonan_info", *({"rezim": "UMUM", "putusan": "x", "tanggal_terima": "2026-10-19"},) * 2)
    frame.index = [7, 3]
    assert list(clock_requests(frame, calendar, TODAY).index) == [7, 3]
    assert clock_requests(rows("permohonan_info"), calendar, TODAY).empty
