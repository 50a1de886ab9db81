"""What ``./humas quarter`` says at its end, as a tired officer reads it."""

from __future__ import annotations

import io
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest
from humas.command.quarter import bad_lines, held_rows, show_summary, withheld
from humas.registry import Gangguan, load_register
from humas.settings import Settings
from humas.summary import (
    GagalKumpul,
    Putusan,
    RingkasanKumpul,
    RingkasanRekap,
    RingkasanTerbit,
    RingkasanTriwulan,
    RingkasanValidasi,
    Withheld,
)
from rich.console import Console

FOLDER = "/srv/Humas [Jateng] Triwulan/keadaan/pemasangan-kantor/terbitan/kpu/2026-TW3"
DITOLAK = GagalKumpul(
    "33.10", "KPU Kabupaten Klaten", "kiriman_ditolak", "pengirim", "2 dari 2 baris ditahan.", "kirim ulang.", False
)
MATI = GagalKumpul("33.22", "KPU Kabupaten Semarang", "saluran_nonaktif", "sistem", "Jenis salah.", "isi.", False)


REGISTER = load_register(Settings.from_environment({}))


def result(*perlu: GagalKumpul) -> RingkasanTriwulan:
    return RingkasanTriwulan(
        "kpu",
        "2026-TW3",
        "r1",
        RingkasanKumpul(3, 3, (), 10, 1.0),
        RingkasanValidasi(3, 1, 0, 1234, 1232, 2, 0),
        RingkasanRekap(10, 553, 2, 5, 5),
        Putusan((), perlu, 0.1, False),
        RingkasanTerbit(("a",), FOLDER),
        {},
    )


def summary(*perlu: GagalKumpul, lebar: int = 80, sisa: list[str] | None = None) -> list[str]:
    """The lines that a screen of this width shows."""
    keluar = io.StringIO()
    show_summary(Console(file=keluar, width=lebar, highlight=False), result(*perlu), sisa or [])
    return keluar.getvalue().splitlines()


@pytest.mark.parametrize("lebar", [40, 80])
def test_a_path_stands_on_one_line_as_it_is(lebar):
    assert any(baris.endswith(f"{FOLDER}/index.html") for baris in summary(lebar=lebar))


def test_where_the_findings_of_a_refused_file_are():
    [baris] = [satu for satu in summary(DITOLAK) if "Temuan baris demi baris" in satu]
    assert f"{FOLDER}/satker/33.10.html" in baris
    assert "./humas check BERKAS" in baris


def test_a_bad_registry_line_has_no_findings():
    assert not any("Temuan baris" in satu for satu in summary(MATI))


def test_numbers_are_written_as_everywhere_else():
    [baris] = [satu for satu in summary(lebar=200) if satu.startswith("Baris: ")]
    assert baris == "Baris: 1.234 masuk = 1.232 diterima + 2 ditahan + 0 kembar (semua versi dari 3 kiriman)"


def test_rows_held_in_reports_that_count_are_told_and_no_others():
    vonis = pd.DataFrame({
        "kode_satker": ["33.10", "33.22", "33.22", "33.74"],
        "berlaku": [True, False, True, True],
        "dikarantina": [0, 9, 1, 2],
    })
    k = SimpleNamespace(register=REGISTER, gudang=SimpleNamespace(verdicts=lambda lembaga, periode: vonis))
    sisa = held_rows(k, result())
    assert sisa[:2] == [
        "Baris ditahan pada laporan yang berlaku: 3 baris, 2 satker",
        "  33.22 KPU Kabupaten Semarang (1), 33.74 KPU Kota Semarang (2)",
    ]
    assert sisa[2].endswith(f"{FOLDER}/satker/33.22.html")
    assert [baris for baris in summary(sisa=sisa) if baris][-4:-1] == sisa


def test_bad_lines_of_the_channel_file_are_told_once():
    rusak = [
        Gangguan("r.csv", 5, "Ganda.", "tulis lengkap.", "kpu", ""),
        Gangguan("r.csv", 6, "Jenis salah.", "isi.", "kpu", "33.22"),
        Gangguan("r.csv", 7, "Lembaga lain.", "isi.", "bawaslu", ""),
    ]
    register = REGISTER.with_channels((), rusak)
    assert bad_lines(register, result(MATI)) == [
        "Register: 1 baris tidak dapat dipakai",
        "  r.csv, baris 5: Ganda. Admin sistem: tulis lengkap.",
    ]
    assert bad_lines(REGISTER, result()) == []


def test_reports_withheld_for_a_fault_of_ours_are_told_with_who_must_act():
    assert withheld(result()) == []
    satu = Withheld("satker:33.10", "KPU Kabupaten Klaten", "cetak", "Laporan ditahan.", "kirim galat/a.txt.")
    kepala, *baris = withheld(replace(result(), withheld=(satu,) * 9))
    assert kepala == "Ditahan karena galat program kami: 9 laporan; yang lain terbit"
    assert baris[0] == "  Laporan ditahan. Admin sistem: kirim galat/a.txt."
    assert baris[-1] == "  … dan 1 lagi; semuanya ada di log"
