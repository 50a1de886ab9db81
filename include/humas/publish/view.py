"""What a reader sees of a value: Indonesian numbers, dates, labels, safe links. Shared by pages and workbook.

Formatting is remembered, because the same few thousand numbers and dates stand on 592 pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from statistics import median
from urllib.parse import urlsplit

from humas.contract.columns import MENURUT_NAMA as HIMPUNAN
from humas.contract.columns import Kolom, Privasi, Tipe
from humas.contract.vocabulary import load_vocabulary
from humas.periods import Triwulan, bilangan, parse_periode, persen, tanggal, waktu
from humas.publish.model import BELUM_DIKUMPULKAN, Angka, Keadaan, Laporan, Nilai, Tabel
from humas.publish.ukuran import MENURUT_NAMA, figure_label

KETEPATAN = {
    "tepat_waktu": "Tepat waktu",
    "terlambat": "Terlambat",
    "sangat_terlambat": "Sangat terlambat",
    "belum_lapor": "Belum lapor",
}
STATUS = {
    "diterima": "Diterima",
    "diterima_dengan_catatan": "Dengan catatan",
    "diterima_sebagian": "Diterima sebagian",
    "nihil": "Nihil",
    "ditolak": "Ditolak",
    "menunggu": "Menunggu",
    BELUM_DIKUMPULKAN: "Belum dikumpulkan",
}
TINGKAT = {"kabkota": "kabupaten/kota", "provinsi": "provinsi", "nasional": "nasional"}


@dataclass(frozen=True, slots=True)
class Sebab:
    """Why a unit has no report that counts: what happened, who must act, how."""

    judul: str
    siapa: str
    apa: str
    cara: str


SEBAB: dict[str, Sebab] = {
    "sumber": Sebab(
        "Saluran gagal dibaca",
        "Pengelola sumber data",
        "Saluran satker ini gagal dibaca, sehingga belum ada laporan yang dapat dihitung.",
        "Pengelola memulihkan API atau berkasnya; sesudah itu admin mengumpulkan ulang.",
    ),
    "pengirim": Sebab(
        "Kiriman tidak dapat dipakai",
        "Satker pengirim",
        "Kiriman sudah tiba, tetapi tidak dapat dipakai.",
        "Satker memperbaiki berkas menurut pesan pada halamannya, lalu mengirim ulang.",
    ),
    "sistem": Sebab(
        "Pemasangan bermasalah",
        "Admin sistem",
        "Sistem kami gagal memproses saluran satker ini.",
        "Admin memeriksa catatan jalan, memperbaiki pemasangan, lalu mengumpulkan ulang.",
    ),
    "program": Sebab(
        "Galat program kami",
        "Admin sistem",
        "Kiriman satker ini tersimpan, tetapi program kami gagal menyusun laporannya; kesalahan bukan pada satker.",
        "Admin mengirim catatan galat ke pengembang; sesudah program dibetulkan, laporan ini terbit.",
    ),
    "nonaktif": Sebab(
        "Saluran dimatikan",
        "Admin sistem",
        "Baris registri satker ini tidak dapat dipakai, sehingga salurannya dimatikan.",
        "Admin memperbaiki baris itu pada berkas registri, lalu mengumpulkan ulang.",
    ),
    "tanpa_saluran": Sebab(
        "Belum ada saluran",
        "Admin sistem",
        "Belum ada saluran yang terdaftar untuk satker ini.",
        "Admin mendaftarkan alamat API atau berkas satker pada registri pemasangan.",
    ),
    "belum_mengirim": Sebab(
        "Belum mengirim",
        "Satker pengirim",
        "Belum ada kiriman untuk periode ini.",
        "Satker mengirim laporan, atau menyatakan nihil bila tidak ada kegiatan.",
    ),
    BELUM_DIKUMPULKAN: Sebab(
        "Belum dikumpulkan",
        "Admin sistem",
        "Data satker ini belum diminta: pengumpulan periode ini baru dijalankan untuk satker lain.",
        "Admin menjalankan pengumpulan untuk semua satker, atau menyebut satker ini.",
    ),
}


_PEMBANDING = (("nasional", "Kantor pusat"), ("provinsi", "Provinsi"), ("kabupaten", "Kabupaten"), ("kota", "Kota"))


def medians(satker: Iterable[Keadaan]) -> list[list[str]]:
    """Median per reporting unit among peers of one level, as text: level, units, activities, publications, requests, issues.

    A level of one unit has nothing to compare with; a silent unit is not counted as zero.
    """
    reporting = [unit for unit in satker if unit.lapor]
    rows = []
    for tier, label in _PEMBANDING:
        peers = [unit for unit in reporting if unit.tingkat == tier]
        if len(peers) > 1:
            counts = (
                [getattr(peer, name) for peer in peers] for name in ("kegiatan", "publikasi", "permohonan", "hoaks")
            )
            rows.append([label, number_text(len(peers)), *(number_text(median(values)) for values in counts)])
    return rows


def cause_of(keadaan: Keadaan) -> Sebab:
    """The cause of a unit that has no report that counts."""
    return SEBAB.get(keadaan.sebab, SEBAB["belum_mengirim"])


@lru_cache(maxsize=65536)
def number_text(nilai: int | float | None) -> str:
    """``1.007``, ``3,5``, ``–`` for nothing."""
    return bilangan(nilai)


@lru_cache(maxsize=65536)
def percent_number(nilai: float | None) -> str:
    """``94,2`` without the sign, for columns whose head says "(%)"; rounded down."""
    return persen(nilai).removesuffix(" %")


@lru_cache(maxsize=4096)
def date_text(iso: str | None) -> str:
    """``7 Oktober 2026`` from an ISO date or time; ``–`` for nothing."""
    return tanggal(date.fromisoformat(iso[:10])) if iso else "–"


@lru_cache(maxsize=65536)
def time_text(iso: str | None) -> str:
    """``6 Oktober 2026, 14.12 WIB`` from an ISO time."""
    return waktu(datetime.fromisoformat(iso)) if iso else "–"


def figure_text(angka: Angka) -> str:
    """Value of a figure without its unit."""
    return measure_text(angka.ukuran, angka.nilai, satuan=False)


def figure_full(angka: Angka) -> str:
    """Value of a figure with its unit: ``94,2 %``, ``5 hari kerja``, ``10.264``."""
    return measure_text(angka.ukuran, angka.nilai)


def measure_text(ukuran: str, nilai: int | float | None, *, satuan: bool = True) -> str:
    """A value of a measure as printed; ``–`` when it does not exist."""
    measure = MENURUT_NAMA[ukuran]
    if measure.persen:
        return percent_number(nilai) + (" %" if satuan and nilai is not None else "")
    text = number_text(nilai)
    return (
        f"{text} {measure.satuan}" if satuan and nilai is not None and measure.satuan in {"hari kerja", "jam"} else text
    )


def figure_name(angka: Angka) -> str:
    """Name of a figure that also says what it breaks down."""
    if not angka.rincian:
        return angka.label
    return f"{MENURUT_NAMA[angka.ukuran].label}: {figure_label(angka.ukuran, angka.rincian)}"


def difference(lama: int | float | None, baru: int | float | None) -> str:
    """``+5``, ``−1,5``, ``0``; ``–`` when one side does not exist."""
    if lama is None or baru is None:
        return "–"
    difference = round(baru - lama, 1)
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return sign + number_text(abs(difference))


def change_text(angka: Angka) -> str:
    """Change since the quarter before: ``▲ 2,2 poin``, ``▼ 5``, ``tetap``; "" when unknown."""
    if angka.nilai is None or angka.sebelumnya is None:
        return ""
    difference = round(angka.nilai - angka.sebelumnya, 1)
    if not difference:
        return "tetap"
    points = " poin" if MENURUT_NAMA[angka.ukuran].persen else ""
    return f"{'▲' if difference > 0 else '▼'} {number_text(abs(difference))}{points}"


@cache
def period_of(kunci: str) -> Triwulan:
    """The quarter a report is about."""
    period = parse_periode(kunci)
    if not isinstance(period, Triwulan):
        raise TypeError(f"{kunci} is not a quarter")
    return period


@cache
def label_of(kosakata: str, nilai: str) -> str:
    """Label of a stored value of a vocabulary."""
    return load_vocabulary()[kosakata].label(nilai)


def body_label(laporan: Laporan) -> str:
    """``KPU``, ``Bawaslu``, ``Humas Pemda``."""
    return label_of("lembaga", laporan.kepala.lembaga)


def public_columns(himpunan: str, tabel: Tabel) -> list[tuple[int, Kolom]]:
    """Place and contract of each column that may be published; a column the contract does not know is left out."""
    known = HIMPUNAN[himpunan].menurut_nama
    return [
        (place, known[name])
        for place, name in enumerate(tabel.kolom)
        if name in known and known[name].privasi is Privasi.PUBLIK
    ]


def column_label(himpunan: str, nama: str) -> str:
    """Header of a column as senders know it; what is no column stands for itself."""
    column = HIMPUNAN[himpunan].menurut_nama.get(nama) if himpunan in HIMPUNAN else None
    return column.label if column else nama


def cell_text(kolom: Kolom, nilai: Nilai) -> str:
    """A cell as text: dates and numbers in Indonesian, codes as labels, lists joined; "" when empty."""
    if nilai is None or nilai == "":
        return ""
    if kolom.tipe is Tipe.TANGGAL:
        return date_text(str(nilai))
    if kolom.tipe is Tipe.WAKTU:
        return time_text(str(nilai))
    if isinstance(nilai, int | float):
        return number_text(nilai)
    return "; ".join(_labels(kolom, nilai))


def _labels(column: Kolom, value: str) -> Iterator[str]:
    """Labels of the values in a cell; lists are stored as JSON text."""
    for part in list_values(value) if column.tipe.value.startswith("daftar") else (value,):
        yield label_of(column.kosakata, part) if column.kosakata and column.kosakata != "strategi" else part


def list_values(nilai: Nilai) -> tuple[str, ...]:
    """Values of a list cell (JSON text); text that is no JSON list is one value."""
    text = str(nilai or "")
    if not text.startswith("["):
        return (text,) if text else ()
    try:
        return tuple(str(value) for value in json.loads(text))
    except ValueError:
        return (text,)


def safe_link(nilai: Nilai) -> str:
    """The first web address in a cell, "" when there is none; only http and https are links."""
    for address in list_values(nilai):
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.netloc:
            return address.strip()
    return ""


def size_text(bita: int) -> str:
    """``98 KB``, ``1,2 MB``."""
    return f"{number_text(round(bita / 1_000_000, 1))} MB" if bita >= 1_000_000 else f"{max(1, round(bita / 1000))} KB"
