"""What clippings and lists of complaints tell outside a cell of their own: by legend, sign, tick, heading, title and within words."""

from __future__ import annotations

import pytest
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable

CLIPPINGS = ["No", "Tanggal", "Media", "Judul Berita", "Tone"]
COMPLAINTS = ["No", "Tanggal", "Kanal Aduan", "Isi Aduan", "Status"]

TOLD = {
    "tones by a legend": (
        "Kliping",
        [["Sentimen: 1 = positif, 0 = netral, -1 = negatif"], CLIPPINGS,
         [1, "02/07/2026", "Pos Kupang", "Layanan membaik", 1], [2, "03/07/2026", "Antara", "Gudang penuh", -1],
         [3, "04/07/2026", "RRI", "Rapat rutin", 0]],
        "nada", ["positif", "negatif", "netral"],
    ),
    "tones by signs, a dash among them": (
        "Kliping",
        [CLIPPINGS, [1, "02/07/2026", "Pos Kupang", "Layanan membaik", "+"], [2, "03/07/2026", "Antara", "Gudang penuh", "-"],
         [3, "04/07/2026", "RRI", "Rapat rutin", 0]],
        "nada", ["positif", "negatif", "netral"],
    ),
    "a dash beside words says nothing": (
        "Kliping",
        [CLIPPINGS, [1, "02/07/2026", "Pos Kupang", "Layanan membaik", "positif"], [2, "03/07/2026", "Antara", "Gudang penuh", "-"]],
        "nada", ["positif", "-"],
    ),
    "tones by headings": (
        "Analisis Berita",
        [CLIPPINGS[:4], ["A. BERITA POSITIF"], [1, "02/07/2026", "Pos Kupang", "Layanan membaik"],
         ["B. BERITA NEGATIF"], [1, "03/07/2026", "Antara", "Gudang penuh"]],
        "nada", ["positif", "negatif"],
    ),
    "tones by ticks under one title": (
        "JULI",
        [["MONITORING MEDIA"], ["No", "Tgl", "Nama Media", "Judul", "Sentimen", None, None], [None, None, None, None, "Positif", "Netral", "Negatif"],
         [1, "02/07/2026", "Pos Kupang", "Layanan membaik", "v", None, None], [2, "03/07/2026", "Antara", "Gudang penuh", None, None, "v"],
         [3, "05/07/2026", "RRI", "Rapat rutin", None, "v", None]],
        "nada", ["positif", "negatif", "netral"],
    ),
    "kinds by letters of a legend": (
        "Pengaduan Masyarakat",
        [["A = aspirasi, P = pengaduan"], [*COMPLAINTS, "Jenis"], [1, "02/07/2026", "WA", "Lampu padam", "Selesai", "P"],
         [2, "03/07/2026", "Surat", "Minta halte", "Proses", "A"]],
        "jenis_aspirasi", ["pengaduan", "aspirasi"],
    ),
    "kinds before a colon": (
        "Buku Saran",
        [["BUKU SARAN, MASUKAN DAN KELUHAN"], COMPLAINTS, [1, "02/07/2026", "WA", "Saran: papan dipindah", "Selesai"],
         [2, "03/07/2026", "Surat", "Pertanyaan: kapan buka", "Selesai"]],
        "jenis_aspirasi", ["saran", "pertanyaan"],
    ),
    "one kind by the title": (
        "Register",
        [["BUKU REGISTER PENGADUAN MASYARAKAT"], COMPLAINTS, [1, "02/07/2026", "WA", "Lampu padam", "Selesai"],
         [2, "03/07/2026", "Surat", "Jalan rusak", "Proses"]],
        "jenis_aspirasi", ["pengaduan", "pengaduan"],
    ),
    "the day of an answer within the status": (
        "Pengaduan Masyarakat",
        [COMPLAINTS, [1, "02/07/2026", "WA", "Lampu padam", "sudah dijawab tgl 6 Juli 2026 via WA"],
         [2, "03/07/2026", "Surat", "Jalan rusak", "dijawab hari yang sama"], [3, "05/07/2026", "WA", "Banjir", "Proses"]],
        "tanggal_diberi_tahu", ["6 Juli 2026", "03/07/2026", None],
    ),
    "a day of something else is no answer": (
        "Pengaduan Masyarakat",
        [COMPLAINTS, [1, "02/07/2026", "WA", "Lampu padam", "diperbaiki 6 Juli 2026"], [2, "03/07/2026", "Surat", "Jalan rusak", "dijawab 8 Juli 2026"],
         [3, "04/07/2026", "WA", "Banjir", "surat no. 041/K.AC-14/07/2026, belum dijawab"]],
        "tanggal_diberi_tahu", [None, "8 Juli 2026", None],
    ),
    "the same day in a column of its own": (
        "Pengaduan Masyarakat",
        [[*COMPLAINTS, "Dikabari"], [1, "02/07/2026", "WA", "Lampu padam", "Selesai", "hari yang sama"],
         [2, "03/07/2026", "Surat", "Jalan rusak", "Selesai", "04/07/2026"]],
        "tanggal_diberi_tahu", ["02/07/2026", "04/07/2026"],
    ),
    "the day of a response within remarks": (
        "Kliping",
        [[*CLIPPINGS, "Ket."], [1, "02/07/2026", "Pos Kupang", "Layanan lambat", "negatif", "klarifikasi ke redaksi 3 Juli"],
         [2, "03/07/2026", "Antara", "Gudang penuh", "negatif", "hak jawab 5 Juli"]],
        "tanggal_tanggapan", ["3 Juli", "5 Juli"],
    ),
    "a number of something else is no day": (
        "Pengaduan Masyarakat",
        [COMPLAINTS, [1, "02/07/2026", "WA", "Lampu padam", "dijawab 2 petugas pada 6 Agst 2026"],
         [2, "03/07/2026", "Surat", "Jalan rusak", "dijawab 3 kali"]],
        "tanggal_diberi_tahu", ["6 Agst 2026", None],
    ),
    "followers of the last month": (
        "Akun Medsos",
        [["No", "Platform", "Nama Akun", "Followers Juli", "Followers Agustus", "Followers September"],
         [1, "Instagram", "@kpu_semarang", 5100, 5110, 5120], [2, "Facebook", "KPU Kota Semarang", 300, 310, 320]],
        "pengikut", [5120, 320],
    ),
    "the standing of an account within remarks": (
        "Akun Medsos",
        [["No", "Platform", "Nama Akun", "Followers", "Keterangan"],
         [1, "Instagram", "@kpu_semarang", 5100, "aktif, terakhir posting 30 September 2026"],
         [2, "Facebook", "KPU Kota Semarang", 300, "diretas sejak Agustus"]],
        "status", ["aktif", "hilang"],
    ),
    "the last post within remarks": (
        "Akun Medsos",
        [["No", "Platform", "Nama Akun", "Followers", "Keterangan"],
         [1, "Instagram", "@kpu_semarang", 5100, "aktif, terakhir posting 30 September 2026"],
         [2, "Facebook", "KPU Kota Semarang", 300, "diretas 14 Agustus 2026"]],
        "unggahan_terakhir", ["30 September 2026", None],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "cells", "field", "values"), TOLD.values(), ids=TOLD)
def test_fields_are_told(name: str, cells: list[list[object]], field: str, values: list[object]) -> None:
    width = max(map(len, cells))
    wide = [[*row, *[None] * (width - len(row))] for row in cells]
    sheets = recognise_sheet(RawTable(name, wide)).sheets
    found = [
        sheet.table.cells[i][sheet.columns[field]] if sheet.columns[field] < len(sheet.table.cells[i]) else None
        for sheet in sheets
        for i in sheet.indices
    ]
    assert found == values


def test_a_total_of_three_counts_is_no_row_and_a_dated_row_is_no_total() -> None:
    rows = [
        [1, "02/07/2026", "Pos Kupang", "Layanan membaik", "positif"],
        [2, "03/07/2026", None, "Total sembilan layanan", None],
        [None, None, None, "Total 2 berita", "1/0/1"],
    ]
    (sheet,) = recognise_sheet(RawTable("Kliping", [CLIPPINGS, *rows])).sheets
    assert [sheet.number(i) for i in sheet.indices] == [2, 3]


OF_NOBODY = ["Urut", "Kala", "Wahana", "Ihwal", "Ragam", "Nasib"]


@pytest.mark.parametrize(
    ("title", "columns"),
    [
        ("BUKU PENGADUAN MASYARAKAT", {"tanggal_disampaikan": 1, "saluran": 2, "ringkasan": 3, "jenis_aspirasi": 4, "tindak_lanjut": 5}),
        ("BUKU AGENDA", None),
    ],
    ids=["named by the title", "named by nothing"],
)  # fmt: skip
def test_cells_alone_show_columns_where_the_title_names_the_data_set(
    title: str, columns: dict[str, int] | None
) -> None:
    rows = [
        [1, "02/07/2026", "WA", "Lampu jalan padam sejak sepekan di depan pasar", "Pengaduan", "Selesai"],
        [2, "03/07/2026", "Surat", "Minta halte baru di depan sekolah dasar", "Aspirasi", "Diproses"],
    ]
    beside: list[object] = [None] * (len(OF_NOBODY) - 1)
    sheets = recognise_sheet(RawTable("Sheet1", [[title, *beside], OF_NOBODY, *rows])).sheets
    assert [dict(sheet.columns) for sheet in sheets] == [columns] * (columns is not None)


BARE = ["No", "Masuk", "Via", "Perihal", "Bentuk", "OPD", "Perkembangan"]
COMPLAINTS_WITHOUT_NAME = [
    [1, "02/07/2026", "WA", "Lampu padam", "keluhan", "Dishub", "kelar"],
    [2, "03/07/2026", "Surat", "Jalan rusak", "keluhan", "PUPR", "proses"],
]
LETTERS = [
    [1, "02/07/2026", "Pos", "Undangan rapat", "undangan", "Dishub", "kelar"],
    [2, "03/07/2026", "Kurir", "Permohonan data", "permohonan", "PUPR", "proses"],
]


@pytest.mark.parametrize(
    ("title", "rows", "told"),
    [("DATA ADUAN, KELUHAN DAN MASUKAN WARGA", COMPLAINTS_WITHOUT_NAME, True), ("AGENDA SURAT MASUK", LETTERS, False)],
    ids=["named by the title", "named by nothing"],
)
def test_bare_headers_speak_where_the_title_names_the_data_set(
    title: str, rows: list[list[object]], *, told: bool
) -> None:
    beside: list[object] = [None] * (len(BARE) - 1)
    sheets = recognise_sheet(RawTable("Sheet1", [[title, *beside], BARE, *rows])).sheets
    assert ("aspirasi" in {sheet.dataset.name for sheet in sheets}) is told
