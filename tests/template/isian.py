"""Templates for the tests: made once, filled in as an officer would, opened with other eyes (openpyxl) than our writer's."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
from humas.context import Konteks, open_konteks
from humas.periods import Kalender, Tenggat, Triwulan, due
from humas.registry import Register, load_register
from humas.settings import DeadlineRule, Settings
from humas.template import DrafTemplat, build_template

TRIWULAN = Triwulan(2026, 3)
KEPALA, DATA = 4, 5
SETTINGS = Settings(
    home=Path("ada-di-tempat-lain"), database_url="", frozen_now=datetime.fromisoformat("2026-10-06T03:00Z")
)
BARIS: dict[str, dict[str, object]] = {
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
}
"""One good row of each sheet, under the headers as the template writes them."""
TERBACA: dict[str, dict[str, object]] = {
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
}
"""What these rows mean, by data set; dates as far as they are written here."""
DRAF = (
    DrafTemplat({"judul": "Sosialisasi pemilih pemula di sekolah", "tanggal_mulai": "2026-08-04", "mode": "luring"}, 0.83, "Selasa (4/8/2026)"),
    DrafTemplat(
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
    DrafTemplat({"judul": "Tanpa tanggal sama sekali"}, 0.2, "–"),
)  # fmt: skip


@cache
def register() -> Register:
    return load_register(SETTINGS)


def deadline() -> Tenggat:
    return due(TRIWULAN, "kota", DeadlineRule(), Kalender.load())


@cache
def template(kode: str = "33.74", lembaga: str = "kpu", *, berdraf: bool = False) -> bytes:
    return build_template(register(), lembaga, kode, TRIWULAN, DRAF if berdraf else (), tenggat=deadline())


def opened(isi: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(isi))


def saved(buku: openpyxl.Workbook) -> bytes:
    tampung = io.BytesIO()
    buku.save(tampung)
    return tampung.getvalue()


def headers(halaman: object) -> dict[str, int]:
    """Header → 1-based column."""
    return {str(sel.value): sel.column for sel in halaman[KEPALA] if sel.value}  # type: ignore[index]


def filled(isi: bytes, baris: Mapping[str, Mapping[str, object]] = BARIS) -> bytes:
    """The workbook with one row typed into each of these sheets."""
    buku = opened(isi)
    for nama, satu in baris.items():
        letak = headers(buku[nama])
        for judul, nilai in satu.items():
            buku[nama].cell(DATA, letak[judul]).value = nilai
    return saved(buku)


def check(isi: bytes, nama: str = "kiriman.xlsx") -> dict[str, Any]:
    """The answer of ``./humas check`` to this file."""
    from humas.check import check_bytes

    return dict(check_bytes(_konteks(), isi, nama).jawaban)


@cache
def _konteks() -> Konteks:
    return open_konteks(SETTINGS)


def read_values(jawaban: dict[str, Any]) -> dict[str, dict[str, object]]:
    """The accepted row of each data set, cut to what ``TERBACA`` says of it."""
    hasil: dict[str, dict[str, object]] = {}
    for baris in jawaban["rows"]:
        harap = TERBACA[baris["dataset"]]
        nilai = {nama: baris["values"][nama] for nama in harap}
        hasil[baris["dataset"]] = {
            nama: isi[: len(str(harap[nama]))] if isinstance(isi, str) and str(harap[nama])[:4] == "2026" else isi
            for nama, isi in nilai.items()
        }
    return hasil
