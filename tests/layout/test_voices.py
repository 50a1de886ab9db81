"""Lists of what the public told, as offices keep them; and lists that look like one and are none."""

from __future__ import annotations

import pytest
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable

LISTS = {
    "an export of SP4N-LAPOR": (
        "Rekap SP4N LAPOR",
        ["No", "Tracking ID", "Tanggal Laporan Masuk", "Klasifikasi Laporan", "Isi Laporan", "Instansi Terlapor", "Status Laporan"],
        [
            [1, "8123456", "06/07/2026", "Pengaduan", "Lampu jalan padam sejak sepekan", "Dinas Perhubungan", "Selesai"],
            [2, "8123999", "07/07/2026", "Permintaan Informasi", "Jadwal layanan keliling", "Diskominfo", "Proses"],
        ],
        {"nomor_aspirasi": 1, "tanggal_disampaikan": 2, "jenis_aspirasi": 3, "ringkasan": 4, "diteruskan_kepada": 5,
         "tindak_lanjut": 6},
    ),
    "complaints by channel": (
        "Pengaduan Masyarakat TW III",
        ["NO", "TGL", "MEDIA PENGADUAN", "URAIAN PENGADUAN", "DISPOSISI", "TINDAK LANJUT", "KET"],
        [
            [1, "6 Juli 2026", "WA", "Nama tidak terdaftar di DPT", "Rendatin", "Sudah ditindaklanjuti", "-"],
            [2, "9 Juli 2026", "Langsung", "Petugas coklit belum datang", "Rendatin", "Proses", ""],
            [3, "9 Juli 2026", "Instagram", "Minta jadwal sosialisasi", "Parmas", "Sudah dijawab", ""],
        ],
        {"tanggal_disampaikan": 1, "saluran": 2, "ringkasan": 3, "diteruskan_kepada": 4, "tindak_lanjut": 5, "jenis_aspirasi": 7},
    ),
    "suggestions from a box": (
        "Saran dan Masukan",
        ["No.", "Tanggal", "Saran/Masukan", "Disampaikan melalui", "Tindak Lanjut"],
        [[1, "6 Juli 2026", "Perbanyak video pendek", "Kotak saran", "Sudah ditindaklanjuti"],
         [2, "7 Juli 2026", "Parkir diperluas", "Kotak saran", "Belum"]],
        {"tanggal_disampaikan": 1, "ringkasan": 2, "saluran": 3, "tindak_lanjut": 4, "jenis_aspirasi": 5},
    ),
    "aspirations under a name that tells nothing": (
        "Sheet1",
        ["No", "Tanggal", "Aspirasi Masyarakat", "Kanal", "Diteruskan ke", "Status", "Tgl Jawaban"],
        [[1, "06-07-2026", "TPS ramah difabel", "Tatap muka", "Divisi Teknis", "Selesai", "08-07-2026"],
         [2, "07-07-2026", "Sosialisasi di pesantren", "WA", "Divisi Parmas", "Proses", ""]],
        {"tanggal_disampaikan": 1, "ringkasan": 2, "saluran": 3, "diteruskan_kepada": 4, "tindak_lanjut": 5, "tanggal_diberi_tahu": 6},
    ),
}  # fmt: skip
OTHERS = {
    "objections": (
        ["No", "Nomor keberatan", "Tanggal keberatan", "Alasan keberatan", "Status keberatan", "Tindak lanjut"],
        [[1, "001/K/2026", "06/07/2026", "Permohonan ditolak", "Ditolak", "-"],
         [2, "002/K/2026", "07/07/2026", "Biaya tidak wajar", "Dikabulkan", "-"]],
        "keberatan",
    ),
    "requests": (
        ["No", "Nomor registrasi", "Tanggal masuk", "Melalui", "Pemohon", "Isi permohonan", "Status", "Tanggal dijawab"],
        [[1, "001/PPID/2026", "06/07/2026", "Email", "Perorangan", "Salinan DPT", "Dikabulkan", "10/07/2026"],
         [2, "002/PPID/2026", "07/07/2026", "WA", "Perorangan", "Data TPS", "Dikabulkan", "12/07/2026"]],
        "permohonan_info",
    ),
    "hoaxes that the public told of": (
        ["No", "Tanggal laporan", "Isu", "Media", "Sumber aduan", "Status", "Tindak lanjut"],
        [[1, "06/07/2026", "Data pemilih dihapus", "Facebook", "Aduan masyarakat", "Diklarifikasi", "Rilis klarifikasi"],
         [2, "07/07/2026", "Jadwal pemungutan palsu", "WA", "Patroli", "Diteruskan ke Komdigi", "Lapor"]],
        "isu_hoaks",
    ),
    "activities to hear the public": (
        ["No", "Tanggal", "Nama kegiatan", "Jenis kegiatan", "Tempat", "Tindak lanjut"],
        [[1, "06/07/2026", "Penyerapan aspirasi warga", "Penyerapan aspirasi", "Aula", "Laporan"],
         [2, "09/07/2026", "Posko pengaduan", "Posko", "Kantor", "Laporan"]],
        "kegiatan",
    ),
    "letters received": (
        ["No", "Nomor surat", "Tanggal diterima", "Asal surat", "Perihal", "Disposisi", "Tindak lanjut"],
        [[1, "12/A/2026", "06/07/2026", "Dinas A", "Undangan rapat", "Kasubbag", "Sudah"],
         [2, "13/A/2026", "07/07/2026", "Dinas B", "Permohonan data", "Kasubbag", "Proses"]],
        "",
    ),
    "findings of an audit": (
        ["No", "Temuan", "Rekomendasi", "Tindak lanjut", "Status", "Tanggal"],
        [[1, "Belanja ATK lebih", "Setor", "Sudah", "Selesai", "06/07/2026"],
         [2, "SPJ kurang", "Lengkapi", "Proses", "Proses", "07/07/2026"]],
        "",
    ),
    "minutes of a meeting": (
        ["No", "Tanggal", "Uraian masukan rapat", "Penanggung jawab", "Tindak lanjut", "Status"],
        [[1, "06/07/2026", "Perbaiki laman satker", "Kasubbag Humas", "Selesai", "Selesai"],
         [2, "06/07/2026", "Tambah konten", "Staf", "Proses", "Proses"]],
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "header", "rows", "columns"), LISTS.values(), ids=LISTS)
def test_lists_of_offices_are_read(
    name: str, header: list[object], rows: list[list[object]], columns: dict[str, int]
) -> None:
    (sheet,) = recognise_sheet(RawTable(name, [header, *rows])).sheets
    assert (sheet.dataset.name, sheet.columns, len(sheet.indices)) == ("aspirasi", columns, len(rows))


@pytest.mark.parametrize(("header", "rows", "dataset"), OTHERS.values(), ids=OTHERS)
def test_other_lists_stay_what_they_are(header: list[object], rows: list[list[object]], dataset: str) -> None:
    sheets = recognise_sheet(RawTable("Sheet1", [header, *rows])).sheets
    assert [sheet.dataset.name for sheet in sheets] == [dataset] * bool(dataset)


LEFT = {
    "a header that says it bare": ("Uraian Singkat", True),
    "remarks that each row fills with a sentence": ("Keterangan", True),
    "remarks that few rows fill": ("Keterangan", False),
}


@pytest.mark.parametrize(("header", "whole"), LEFT.values(), ids=LEFT)
def test_what_was_told_stands_in_the_one_text_left(header: str, whole: bool) -> None:
    said = [
        "Sosialisasi agar memakai bahasa daerah",
        "Cara pindah memilih ditanyakan warga",
        "Kursi tunggu bagi lansia",
    ]
    rows = [
        [number, f"{day} Juli 2026", "WhatsApp", "Saran", text if whole or number == 1 else None, "Selesai"]
        for number, (day, text) in enumerate(zip((2, 7, 14), said, strict=True), 1)
    ]
    titles = [["REKAPITULASI SARAN DAN MASUKAN"], [None]]
    head = ["No", "Tanggal Diterima", "Media Penyampaian", "Jenis Masukan", header, "Hasil / Status"]
    (found,) = recognise_sheet(RawTable("Triwulan III", [*titles, head, *rows], 1)).sheets
    assert found.dataset.name == "aspirasi"
    assert found.columns.get("ringkasan") == (4 if whole else None)


JOINED = {
    "a dash, both named": ("Jenis - Perihal", "Pengaduan - {}"),
    "a colon, both named": ("Jenis dan Isi", "Aduan: {}"),
    "under a kind": ("Jenis Aduan", "Pengaduan – {}"),
    "under what was told": ("Pokok Aduan", "Pengaduan - {}"),
}


@pytest.mark.parametrize(("header", "written"), JOINED.values(), ids=JOINED)
def test_a_kind_joined_with_its_subject(header: str, written: str) -> None:
    topics = ["jalan rusak di depan pasar", "lampu taman padam", "air bersih mati"]
    rows = [
        [number, f"{number} Juli 2026", "WhatsApp", written.format(subject), "Dinas PUPR", "Selesai"]
        for number, subject in enumerate(topics, 1)
    ]
    head = ["No", "Tanggal", "Melalui", header, "Diteruskan kepada", "Status"]
    (found,) = recognise_sheet(RawTable("Pengaduan Masyarakat", [head, *rows])).sheets
    places = found.columns["jenis_aspirasi"], found.columns["ringkasan"]
    told = [[str(found.table.cells[i][place]) for place in places] for i in found.indices]
    assert all("aduan" in kind.casefold() for kind, _ in told)
    assert all(subject in summary for (_, summary), subject in zip(told, topics, strict=True))


def test_words_before_a_dash_that_are_no_kind_say_none() -> None:
    head = ["No", "Tanggal", "Melalui", "Isi Aduan", "Diteruskan kepada", "Status"]
    rows = [[1, "1 Juli 2026", "WhatsApp", "Jalan rusak - Desa Sambelia", "Dinas PUPR", "Selesai"]]
    (found,) = recognise_sheet(RawTable("Sheet1", [head, *rows])).sheets
    assert "jenis_aspirasi" not in found.columns
