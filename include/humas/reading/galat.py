"""Every reason for which a file cannot be read: its stable code and its words; the sender must act on each."""

from __future__ import annotations

from humas.errors import PengirimError
from humas.sources import clean_words

MAX_ROWS = 200_000
MAX_COLUMNS = 300
_LONGEST = 120

_TABLE: dict[str, tuple[str, str]] = {
    "kosong": ("{nama} tidak berisi data.", "isi laporan lalu kirim ulang; bila memang nihil, nyatakan nihil."),
    "tak_terbaca": (
        "{nama} tidak dapat dibaca: {sebab}.",
        "simpan ulang sebagai XLSX, CSV, atau JSON lalu kirim ulang.",
    ),
    "bersandi": ("{nama} dilindungi kata sandi.", "hapus kata sandi berkas itu lalu kirim ulang."),
    "bermakro": ("{nama} memuat makro.", "simpan sebagai XLSX tanpa makro lalu kirim ulang."),
    "bom_zip": ("{nama} mengembang melebihi {batas} MiB bila dibuka.", "hapus isi yang tidak perlu lalu kirim ulang."),
    "terlalu_luas": (
        "{nama} memakai daerah sel yang terlalu luas untuk dibaca.",
        "hapus sel terisi yang jauh dari tabel lalu kirim ulang.",
    ),
    "terlalu_banyak_baris": (
        "{nama}{tabel} berisi {jumlah} baris; batasnya {batas}.",
        "bagi laporan menurut himpunan data, atau hapus baris kosong berformat, lalu kirim ulang.",
    ),
    "terlalu_banyak_kolom": (
        "{nama}{tabel} berisi lebih dari {batas} kolom.",
        "pakai kolom menurut templat lalu kirim ulang.",
    ),
    "terlalu_padat": (
        "{nama} memuat lebih dari {batas} juta nilai.",
        "bagi data menjadi beberapa halaman lalu kirim ulang.",
    ),
    "kunci_ganda": (
        '{nama}: kunci "{kunci}" tertulis dua kali dalam satu objek.',
        "tulis tiap kunci satu kali lalu kirim ulang.",
    ),
    "bentuk_salah": ("{nama}: {sebab}.", "ikuti bentuk pada skema JSON kontrak lalu kirim ulang."),
    "halaman_bertentangan": (
        "{nama}: halaman {halaman} menyebut {kunci} yang berbeda dari halaman 1.",
        "kirim semua halaman untuk satu satker dan satu periode.",
    ),
    "kutip_rusak": (
        '{nama}, baris {baris}: tanda kutip (") tidak berpasangan.',
        "perbaiki tanda kutip di baris itu, atau kirim sebagai XLSX.",
    ),
    "sel_terlalu_panjang": (
        "{nama}, baris {baris}: ada sel yang lebih panjang dari {batas} huruf.",
        "periksa tanda kutip dan pemisah di baris itu lalu kirim ulang.",
    ),
    "bentuk_campuran": (
        "Kiriman memuat berkas berlainan jenis ({sebab}).",
        "kirim satu buku kerja, atau beberapa CSV, atau satu JSON.",
    ),
}


def make_error(kode: str, nama: str, **isi: object) -> PengirimError:
    """The error ``kode`` about the file ``nama``, with the details its sentence needs."""
    pesan, cara = _TABLE[kode]
    bersih = {kunci: clean_words(str(satu), _LONGEST) for kunci, satu in isi.items()}
    return PengirimError(kode, pesan.format(nama=f'Berkas "{clean_words(nama)}"', **bersih), cara)


def check_rows(jumlah: int, nama: str, tabel: str = "") -> None:
    """Refuse a table of more rows than one unit can mean."""
    if jumlah > MAX_ROWS:
        raise make_error(
            "terlalu_banyak_baris", nama, tabel=_named(tabel), jumlah=_dotted(jumlah), batas=_dotted(MAX_ROWS)
        )


def check_columns(jumlah: int, nama: str, tabel: str = "") -> None:
    """Refuse a table of more columns than any template has."""
    if jumlah > MAX_COLUMNS:
        raise make_error("terlalu_banyak_kolom", nama, tabel=_named(tabel), batas=MAX_COLUMNS)


def _named(tabel: str) -> str:
    return f', "{tabel}",' if tabel else ""


def _dotted(jumlah: int) -> str:
    return f"{jumlah:,}".replace(",", ".")
