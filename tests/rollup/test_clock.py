from __future__ import annotations

import logging
from datetime import date

import pandas as pd
import pytest
from humas.contract.checks.base import Pengetahuan
from humas.contract.checks.request import answered_late, overdue
from humas.periods import Kalender
from humas.registry import Register
from humas.rollup.clock import clock_requests

from tests.rollup.nation import rows

HARI_INI = date(2026, 10, 20)


def _clock(kalender: Kalender, **isi: object) -> tuple[str | None, float | None]:
    frame = rows("permohonan_info", {"rezim": "UMUM", "putusan": "dikabulkan_penuh", **isi})
    (baris,) = clock_requests(frame, kalender, HARI_INI).itertuples(index=False)
    return tuple(None if pd.isna(satu) else satu for satu in baris)


@pytest.mark.parametrize(
    ("isi", "harap"),
    [
        # 1 July 2026 is a Wednesday; the tenth working day after it is Wednesday 15 July.
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_tanggapan": "2026-07-01"}, ("tepat", 0), id="hari-itu-juga"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_tanggapan": "2026-07-15"}, ("tepat", 10), id="hari-kesepuluh"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_tanggapan": "2026-07-16"}, ("terlambat", 11), id="hari-kesebelas"),
        pytest.param({"tanggal_terima": "2026-07-04", "tanggal_tanggapan": "2026-07-20"}, ("tepat", 10), id="diterima-sabtu-mulai-senin"),
        pytest.param({"tanggal_terima": "2026-07-04", "tanggal_tanggapan": "2026-07-21"}, ("terlambat", 11), id="diterima-sabtu-lewat"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_tanggapan": "2026-07-04"}, ("tepat", 2), id="dijawab-sabtu"),
        pytest.param({"tanggal_terima": "2026-08-14", "tanggal_tanggapan": "2026-08-31"}, ("tepat", 9), id="melewati-17-agustus-dan-maulid"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_tanggapan": "2026-07-06", "rezim": "PEMILU"}, ("tepat", 3), id="pemilu-tepat"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_tanggapan": "2026-07-07", "rezim": "PEMILU"}, ("terlambat", 4), id="pemilu-lewat"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_perpanjangan": "2026-07-10", "tanggal_tanggapan": "2026-07-24"}, ("tepat", 17), id="diperpanjang"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_perpanjangan": "2026-07-10", "tanggal_tanggapan": "2026-07-27"}, ("terlambat", 18), id="diperpanjang-lewat"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_perpanjangan": "2026-07-17", "tanggal_tanggapan": "2026-07-20"}, ("terlambat", 13), id="perpanjangan-terlambat-tidak-sah"),
        pytest.param({"tanggal_terima": "2026-07-01", "tanggal_perpanjangan": "2026-07-02", "tanggal_tanggapan": "2026-07-08", "rezim": "PEMILU"}, ("terlambat", 5), id="pemilu-tanpa-perpanjangan"),
        pytest.param({"tanggal_terima": "2026-10-06"}, ("berjalan", None), id="jatuh-tempo-hari-ini"),
        pytest.param({"tanggal_terima": "2026-10-05"}, ("lewat_tenggat", None), id="lewat-kemarin"),
        pytest.param({"tanggal_terima": "2026-10-20"}, ("berjalan", None), id="baru-diterima"),
        pytest.param({"tanggal_terima": "2026-07-01", "putusan": "dicabut"}, (None, None), id="dicabut"),
        pytest.param({"tanggal_terima": "2019-01-02", "tanggal_tanggapan": "2019-01-07", "rezim": "PEMILU"}, ("tepat", 3), id="pemilu-sejak-2019"),
    ],
)  # fmt: skip
def test_standing_of_a_request(kalender: Kalender, isi: dict[str, str], harap: tuple[str | None, float | None]) -> None:
    assert _clock(kalender, **isi) == harap


def test_whole_columns_agree_with_the_calendar_day_by_day(kalender: Kalender) -> None:
    """The arrays against the plain calendar, for every pair of days of a quarter."""
    hari = pd.date_range("2026-07-01", "2026-10-10")
    pasangan = [(a, b) for a in hari for b in hari[::3] if a <= b]
    frame = rows(
        "permohonan_info",
        *({"rezim": "UMUM", "putusan": "x", "tanggal_terima": a, "tanggal_tanggapan": b} for a, b in pasangan),
    )
    hasil = clock_requests(frame, kalender, HARI_INI)
    for (a, b), ketepatan, jumlah in zip(pasangan, hasil["ketepatan"], hasil["hari"], strict=True):
        nol = a.date() if kalender.hari_kerja(a.date()) else kalender.tambah_hari_kerja(a.date(), 1)
        assert jumlah == max(kalender.selisih_hari_kerja(nol, b.date()), 0)
        tepat = b.date() <= kalender.tambah_hari_kerja(nol, 10) or kalender.selisih_hari_kerja(nol, b.date()) <= 10
        assert ketepatan == ("tepat" if tepat else "terlambat")


@pytest.mark.parametrize("rezim", ["UMUM", "PEMILU"])
@pytest.mark.parametrize(
    "panjang", [None, "2026-07-06", "2026-07-20"], ids=["biasa", "diperpanjang", "terlambat-diperpanjang"]
)
def test_the_finding_and_the_figure_tell_the_same_lateness(
    kalender: Kalender, register: Register, rezim: str, panjang: str | None
) -> None:
    """What V41 flags in the list of findings is what the figure counts late, for every day of receipt and answer."""
    hari = [(a, a + pd.Timedelta(days=n)) for a in pd.date_range("2026-07-01", "2026-07-06") for n in range(32)]
    isi = {"rezim": rezim, "putusan": "dikabulkan_penuh", "tanggal_perpanjangan": panjang}
    frame = rows("permohonan_info", *(isi | {"tanggal_terima": a, "tanggal_tanggapan": b} for a, b in hari))
    dihitung = clock_requests(frame, kalender, HARI_INI)["ketepatan"] == "terlambat"
    assert answered_late(frame, Pengetahuan(register, kalender)).tolist() == dihitung.tolist()


@pytest.mark.parametrize("hari_ini", [date(2026, 10, hari) for hari in range(14, 21)], ids=str)
def test_an_open_request_is_overdue_alike_in_finding_and_figure(
    kalender: Kalender, register: Register, hari_ini: date
) -> None:
    terima = pd.date_range("2026-09-25", hari_ini)
    isi = {"putusan": "dalam_proses"}
    frame = rows(
        "permohonan_info", *(isi | {"rezim": r, "tanggal_terima": a} for a in terima for r in ("UMUM", "PEMILU"))
    )
    dihitung = clock_requests(frame, kalender, hari_ini)["ketepatan"] == "lewat_tenggat"
    frame = frame.assign(diterima=pd.Timestamp(hari_ini))
    assert overdue(frame, Pengetahuan(register, kalender)).tolist() == dihitung.tolist()


def test_dates_outside_the_calendar_are_left_out_and_said(kalender: Kalender, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert _clock(kalender, tanggal_terima="2150-01-01") == (None, None)
    assert "1 permohonan bertanggal di luar kalender" in caplog.text


def test_index_is_kept_and_nothing_gives_nothing(kalender: Kalender) -> None:
    frame = rows("permohonan_info", *({"rezim": "UMUM", "putusan": "x", "tanggal_terima": "2026-10-19"},) * 2)
    frame.index = [7, 3]
    assert list(clock_requests(frame, kalender, HARI_INI).index) == [7, 3]
    assert clock_requests(rows("permohonan_info"), kalender, HARI_INI).empty
