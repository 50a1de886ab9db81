"""Lines below a table that count its rows by tone or by fate, and a signature that a comma parts in two cells."""

from __future__ import annotations

import pytest
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable

CLIPPINGS = ["No", "Tanggal Berita", "Nama Media", "Judul Berita", "Sentimen", "Isu Berita"]
NEWS: list[list[object]] = [
    [1, "14/07/2026", "Suara Merdeka", "Antrean layanan dikeluhkan warga", "Negatif", "Layanan"],
    [2, "15/07/2026", "Kabar Kota", "Rapat pleno daftar pemilih", "Netral", "Data pemilih"],
]
VOICES = ["No", "Tanggal aduan", "Saluran aduan", "Jenis aduan", "Isi Aduan", "Status aduan"]
TOLD: list[list[object]] = [
    [1, "06/07/2026", "WhatsApp", "Pengaduan", "Jam layanan kantor tidak terpasang", "Selesai"],
    [2, "07/07/2026", "Posko", "Saran", "Kursi tunggu bagi lansia ditambah", "Diproses"],
]
ACCOUNTS = ["Platform", "Nama Akun", "Status", "Jumlah Pengikut"]
LISTED: list[list[object]] = [
    ["Instagram", "@kpu_contoh", "Aktif", 1200],
    ["YouTube", "KPU Contoh", "Aktif", 90],
]
CLIPPING, VOICE, ACCOUNT = (CLIPPINGS, NEWS), (VOICES, TOLD), (ACCOUNTS, LISTED)

BELOW: dict[str, tuple[tuple[list[str], list[list[object]]], list[object]]] = {
    "a tone and its number in one cell": (CLIPPING, ["Positif: 4", None, None, None, None, None]),
    "a tone and its number": (CLIPPING, [None, None, "Positif", "4", None, None]),
    "with its share": (CLIPPING, [None, None, "Negatif", 1, "50 %", None]),
    "all tones in a line": (CLIPPING, [None, None, "Positif 0, Netral 1, Negatif 1", None, None, None]),
    "kinds": (VOICE, [None, None, None, "Pengaduan : 1", None, None]),
    "fates": (VOICE, [None, None, None, None, "Selesai 1, diproses 1", None]),
    "a signature": (VOICE, ["Selong", "1 Oktober 2026", None, None, None, None]),
}
ROWS: dict[str, tuple[tuple[list[str], list[list[object]]], list[object]]] = {
    "a clipping without its day": (CLIPPING, [3, None, "Kabar Kota", "Layanan 24 jam dibuka", "Positif", None]),
    "a text with a number": (VOICE, [None, "08/07/2026", None, None, "Saran 2", None]),
    "a platform, a name and a number": (ACCOUNT, ["X", "@kpu_contoh", None, 13]),
    "words that are no vocabulary's": (VOICE, [3, None, "Posko", None, "Lampu jalan 12 padam", None]),
}


def _indices(table: tuple[list[str], list[list[object]]], row: list[object]) -> tuple[int, ...]:
    header, rows = table
    (found,) = recognise_sheet(RawTable("Lembar1", [list(header), *map(list, rows), list(row)], 1)).sheets
    return found.indices


@pytest.mark.parametrize(("table", "row"), BELOW.values(), ids=BELOW)
def test_a_line_that_is_no_row(table: tuple[list[str], list[list[object]]], row: list[object]) -> None:
    assert _indices(table, row) == (1, 2)


@pytest.mark.parametrize(("table", "row"), ROWS.values(), ids=ROWS)
def test_a_row_is_told_though_numbers_stand_in_it(
    table: tuple[list[str], list[list[object]]], row: list[object]
) -> None:
    assert _indices(table, row) == (1, 2, 3)
