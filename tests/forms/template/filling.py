"""Templates for the tests: made once, filled in as an officer would, opened with other eyes (openpyxl) than our writer's."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from humas.forms.template import TemplateDraft, build_template
from humas.installation.context import Context, load_context
from humas.periods import Calendar, DueDate, Triwulan, due
from humas.registry import Register, load_register
from humas.settings import DeadlineRule, Settings

TRIWULAN = Triwulan(2026, 3)
HEADER, DATA = 4, 5
SETTINGS = Settings(
    home=Path(tempfile.gettempdir(), "humas-tanpa-pemasangan"),
    database_url="",
    frozen_now=datetime.fromisoformat("2026-10-06T03:00Z"),
)
ROWS: dict[str, dict[str, object]] = {
    "Kegiatan": {
        "Judul kegiatan *": "Rapat koordinasi kehumasan se-Jawa Tengah",
        "Tanggal mulai *": date(2026, 7, 2),
        "Tanggal selesai": date(2026, 7, 3),
        "Hari": "Kamis",
        "Jenis kegiatan *": "Rapat koordinasi",
        "Strategi utama *": 2,
        "Strategi lain": "1, 3",
        "Mode *": "Luring",
        "Tempat": "Aula KPU Kota Semarang",
        "Peran satker *": "Peserta",
        "Penyelenggara": "KPU Provinsi Jawa Tengah",
        "Narasumber": "Diskominfo Jawa Tengah; PWI Jawa Tengah",
        "Jumlah peserta": 1007,
        "Satuan peserta": "Orang",
        "Lingkup peserta": "Seluruh acara",
        "Sasaran": "Pemilih pemula, Media",
        "Tautan bukti": "https://kota-semarang.kpu.go.id/blog/read/1",
        "Nomor dokumen": "007",
    },
    "Publikasi": {
        "Judul konten": "Siaran pers daftar pemilih berkelanjutan",
        "Kanal *": "Instagram",
        "Akun": "@kpukotasemarang",
        "Tautan *": "https://www.instagram.com/p/abc",
        "Tanggal terbit *": date(2026, 7, 2),
        "Jenis konten *": "Berita",
        "Suka": 0,
        "Aksesibilitas": "Ya",
    },
    "Permohonan Informasi": {
        "Nomor registrasi *": "012/PPID/2026",
        "Tanggal terima *": date(2026, 7, 2),
        "Kanal permohonan *": "e-PPID",
        "Jenis pemohon *": "Perorangan",
        "Informasi yang diminta *": "Rekapitulasi pemilih per kelurahan",
        "Rezim waktu *": "Umum (UU 14/2008)",
        "Tanggal lengkap": date(2026, 7, 2),
        "Tanggal tanggapan": date(2026, 7, 9),
        "Putusan *": "Dikabulkan penuh",
        "Biaya (Rp)": 0,
    },
    "Isu dan Hoaks": {
        "Nomor isu *": "ISU-2026-03",
        "Judul klaim *": "Data pemilih dihapus sepihak",
        "Waktu temuan *": datetime.fromisoformat("2026-08-13T08:30"),
        "Sumber temuan *": "Patroli internal",
        "Rujukan": "https://www.kpu.go.id/berita",
        "Jumlah konten *": 2,
        "Diturunkan": 1,
        "Diproses": 1,
        "Status *": "Diklarifikasi",
        "Waktu klarifikasi": datetime.fromisoformat("2026-08-13T14:30"),
        "Kanal klarifikasi": "Laman, Instagram",
        "Tautan klarifikasi": "https://kota-semarang.kpu.go.id/blog/read/2",
    },
    "Keberatan": {
        "Nomor keberatan *": "003/KEB/2026",
        "Nomor registrasi permohonan *": "012/PPID/2026",
        "Tanggal keberatan *": date(2026, 7, 14),
        "Alasan keberatan *": "Permohonan ditolak",
        "Rezim waktu *": "Umum (UU 14/2008)",
        "Tanggal tanggapan keberatan": date(2026, 8, 4),
        "Hasil keberatan *": "Ditolak",
        "Sengketa": "Ya",
        "Tanggal sengketa": date(2026, 8, 20),
        "Hasil sengketa": "Dalam proses",
    },
    "Pemberitaan Media": {
        "Tanggal berita *": date(2026, 7, 14),
        "Media *": "Suara Merdeka",
        "Jenis media *": "Cetak",
        "Judul berita *": "Warga keluhkan antrean layanan informasi",
        "Tautan berita": "https://www.suaramerdeka.com/semarang/0412345",
        "Nada berita *": "Negatif",
        "Isu": "Layanan informasi",
        "Tanggapan": "Hak jawab atau hak koreksi",
        "Tanggal tanggapan": date(2026, 7, 16),
    },
    "Aspirasi": {
        "Nomor aspirasi": "021/ASP/2026",
        "Tanggal disampaikan *": date(2026, 7, 6),
        "Jenis aspirasi *": "Pengaduan",
        "Saluran *": "SP4N-LAPOR!",
        "Ringkasan *": "Nama keluarga belum ada pada daftar pemilih",
        "Diteruskan kepada": "Divisi Perencanaan, Data, dan Informasi",
        "Tindak lanjut *": "Selesai",
        "Tanggal diberi tahu": date(2026, 7, 13),
    },
    "Akun Resmi": {
        "Platform *": "Instagram",
        "Nama akun": "@kpukotasemarang",
        "Tautan *": "https://www.instagram.com/kpukotasemarang",
        "Status *": "Aktif",
        "Pengikut": 5120,
        "Tanggal data": date(2026, 9, 30),
        "Unggahan terakhir": date(2026, 9, 28),
    },
}
"""One good row of each sheet, under the headers as the template writes them."""
READ_VALUES: dict[str, dict[str, object]] = {
    "kegiatan": {
        "kode_satker": "33.74",
        "nama_satker": "Kota Semarang",
        "judul": "Rapat koordinasi kehumasan se-Jawa Tengah",
        "tanggal_mulai": "2026-07-02",
        "tanggal_selesai": "2026-07-03",
        "jenis_kegiatan": "RAKOR",
        "strategi_utama": 2,
        "strategi_lain": '["1", "3"]',
        "mode": "luring",
        "narasumber": '["Diskominfo Jawa Tengah", "PWI Jawa Tengah"]',
        "jumlah_peserta": 1007,
        "sasaran": '["pemilih_pemula", "media"]',
        "nomor_dokumen": "007",
    },
    "publikasi": {"kanal": "instagram", "suka": 0, "aksesibilitas": "ya", "tanggal_terbit": "2026-07-02"},
    "permohonan_info": {"rezim": "UMUM", "no_registrasi": "012/PPID/2026", "biaya_rp": 0},
    "isu_hoaks": {
        "tanggal_temuan": "2026-08-13T08:30",
        "jumlah_konten": 2,
        "kanal_klarifikasi": '["website", "instagram"]',
    },
    "keberatan": {
        "tanggal_keberatan": "2026-07-14",
        "alasan": "penolakan",
        "hasil": "ditolak",
        "sengketa": "ya",
        "hasil_sengketa": "proses",
    },
    "pemberitaan": {
        "tanggal_berita": "2026-07-14",
        "media": "Suara Merdeka",
        "jenis_media": "cetak",
        "nada": "negatif",
        "tanggapan": "hak_jawab",
        "tanggal_tanggapan": "2026-07-16",
    },
    "aspirasi": {
        "tanggal_disampaikan": "2026-07-06",
        "jenis_aspirasi": "pengaduan",
        "saluran": "sp4n_lapor",
        "tindak_lanjut": "selesai",
        "tanggal_diberi_tahu": "2026-07-13",
    },
    "akun": {
        "platform": "instagram",
        "nama_akun": "kpukotasemarang",
        "status": "aktif",
        "pengikut": 5120,
        "tanggal_data": "2026-09-30",
        "unggahan_terakhir": "2026-09-28",
    },
}
"""What these rows mean, by data set; dates as far as they are written here."""
DRAFT = (
    TemplateDraft({"judul": "Sosialisasi pemilih pemula di sekolah", "tanggal_mulai": "2026-08-04", "mode": "luring"}, 0.83, "Selasa (4/8/2026)"),
    TemplateDraft(
        {
            "judul": "=cmd|' /C calc'!A0",
            "tanggal_mulai": date(2026, 7, 14),
            "jenis_kegiatan": "RAKOR",
            "strategi_utama": 2,
            "strategi_lain": ("1", "3"),
            "sasaran": ["pemilih_pemula", "media"],
            "narasumber": ["Diskominfo", "PWI"],
            "url_bukti": ["https://kpu.go.id/1", "https://kpu.go.id/2"],
            "jumlah_peserta": 120,
        },
        0.615,
        "+62 @ -1",
    ),
    TemplateDraft({"judul": "Tanpa tanggal sama sekali"}, 0.2, "–"),
)  # fmt: skip


@cache
def register() -> Register:
    return load_register(SETTINGS)


def deadline() -> DueDate:
    return due(TRIWULAN, "kota", DeadlineRule(), Calendar.load())


@cache
def template(code: str = "33.74", lembaga: str = "kpu", *, with_drafts: bool = False) -> bytes:
    return build_template(register(), lembaga, code, TRIWULAN, DRAFT if with_drafts else (), due=deadline())


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def headers(page: object) -> dict[str, int]:
    """Header → 1-based column."""
    return {str(cells.value): cells.column for cells in page[HEADER] if cells.value}  # type: ignore[index]


def filled(content: bytes, row: Mapping[str, Mapping[str, object]] = ROWS) -> bytes:
    """The workbook with one row typed into each of these sheets."""
    book = opened(content)
    for name, one in row.items():
        position = headers(book[name])
        for title, value in one.items():
            book[name].cell(DATA, position[title]).value = value
    return saved(book)


def check(content: bytes, name: str = "kiriman.xlsx") -> dict[str, Any]:
    """The answer of ``./humas check`` to this file."""
    from humas.pipeline.check import check_bytes

    return dict(check_bytes(_context(), content, name).answer)


@cache
def _context() -> Context:
    return load_context(SETTINGS)


def read_values(answer: dict[str, Any]) -> dict[str, dict[str, object]]:
    """The accepted row of each data set, cut to what ``READ_VALUES`` says of it."""
    result: dict[str, dict[str, object]] = {}
    for row in answer["rows"]:
        expected = READ_VALUES[row["dataset"]]
        value = {name: row["values"][name] for name in expected}
        result[row["dataset"]] = {
            name: content[: len(str(expected[name]))]
            if isinstance(content, str) and str(expected[name])[:4] == "2026"
            else content
            for name, content in value.items()
        }
    return result
