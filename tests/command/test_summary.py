"""What ``./humas quarter`` says at its end, as a tired officer reads it."""

from __future__ import annotations

import io

import pytest
from humas.command.quarter import show_summary
from humas.summary import (
    GagalKumpul,
    Putusan,
    RingkasanKumpul,
    RingkasanRekap,
    RingkasanTerbit,
    RingkasanTriwulan,
    RingkasanValidasi,
)
from rich.console import Console

FOLDER = "/srv/Humas [Jateng] Triwulan/keadaan/pemasangan-kantor/terbitan/kpu/2026-TW3"
DITOLAK = GagalKumpul(
    "33.10", "KPU Kabupaten Klaten", "kiriman_ditolak", "pengirim", "2 dari 2 baris ditahan.", "kirim ulang.", False
)
MATI = GagalKumpul("33.22", "KPU Kabupaten Semarang", "saluran_nonaktif", "sistem", "Jenis salah.", "isi.", False)


def summary(*perlu: GagalKumpul, lebar: int = 80) -> list[str]:
    """The lines that a screen of this width shows."""
    hasil = RingkasanTriwulan(
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
    keluar = io.StringIO()
    show_summary(Console(file=keluar, width=lebar, highlight=False), hasil)
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
    assert "Baris: 1.234 masuk = 1.232 diterima + 2 ditahan + 0 kembar" in summary()
