"""Every reason for which a file cannot be read: its stable code and its words; the sender must act on each."""

from __future__ import annotations

from humas.errors import SenderError
from humas.reading.limits import MAX_SHEETS
from humas.sources import clean_words

MAX_ROWS = 100_000
"""Rows of data one submission may have; a unit's quarter has tens. The contract holds to the same number."""
HEAD_ROWS = 50
MAX_TABLE_ROWS = MAX_ROWS + HEAD_ROWS
"""Rows one table may have before it is known which of them are titles, headers and totals."""
MAX_DOCUMENT_ROWS = 2 * MAX_TABLE_ROWS
"""Rows of all tables of one file together, those included that are none of ours."""
MAX_COLUMNS = 300
_LONGEST = 120

_TABLE: dict[str, tuple[str, str]] = {
    "kosong": ("{nama} tidak berisi data.", "isi laporan lalu kirim ulang; bila memang nihil, nyatakan nihil."),
    "tak_terbaca": (
        "{nama} tidak dapat dibaca: {sebab}.",
        "simpan ulang sebagai XLSX, CSV, atau JSON lalu kirim ulang.",
    ),
    "json_rusak": (
        "{nama} tidak dapat dibaca: {sebab}.",
        "perbaiki JSON itu pada layanan atau program yang membuatnya (UTF-8, bentuknya sah), lalu kirim ulang.",
    ),
    "bersandi": (
        "{nama} dilindungi kata sandi.",
        "buka berkas, pilih Info, Lindungi Buku Kerja, Enkripsi dengan Kata Sandi, kosongkan, simpan, lalu kirim ulang.",
    ),
    "arsip": ("{nama} adalah arsip ZIP.", "keluarkan buku kerja dari arsip itu, lalu kirim berkasnya saja."),
    "bermakro": (
        "{nama} memuat makro.",
        'pilih Simpan Sebagai, jenis "Excel Workbook (*.xlsx)", jawab Ya untuk menyimpan tanpa makro, lalu kirim ulang.',
    ),
    "xlsb": (
        "{nama} berbentuk XLSB (biner).",
        'pilih Simpan Sebagai, jenis "Excel Workbook (*.xlsx)", lalu kirim ulang.',
    ),
    "html": (
        "{nama} sebenarnya {sebab}, bukan buku kerja.",
        'buka di Excel atau LibreOffice, pilih Simpan Sebagai, jenis "Excel Workbook (*.xlsx)", lalu kirim ulang.',
    ),
    "bom_zip": (
        "{nama} mengembang melebihi {batas} MiB bila dibuka.",
        "hapus gambar serta baris dan kolom kosong berformat, lalu kirim ulang.",
    ),
    "terlalu_luas": (
        "{nama} memakai daerah sel yang terlalu luas untuk dibaca.",
        "hapus sel terisi yang jauh dari tabel lalu kirim ulang.",
    ),
    "terlalu_banyak_baris": (
        "{nama}{tabel} berisi {jumlah} baris; batasnya {batas}.",
        "kirim data satu satker dan satu periode saja; hapus baris kosong di bawah tabel lalu kirim ulang.",
    ),
    "terlalu_banyak_kolom": (
        "{nama}{tabel} berisi lebih dari {batas} kolom.",
        "pakai kolom menurut templat lalu kirim ulang.",
    ),
    "terlalu_padat": (
        "{nama} memuat lebih dari {batas} juta nilai.",
        "hapus kolom dan baris yang bukan laporan, atau bagi datanya, lalu kirim ulang.",
    ),
    "terlalu_panjang": (
        "{nama} memuat teks lebih dari {batas} juta huruf.",
        "hapus teks yang bukan laporan lalu kirim ulang.",
    ),
    "terlalu_banyak_lembar": (
        "{nama} berisi {jumlah} lembar; batasnya {batas}.",
        "kirim lembar yang memuat laporan saja.",
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
    "sel_terlalu_panjang": (
        "{nama}, baris {baris}: ada sel yang lebih panjang dari {batas} huruf.",
        "periksa tanda kutip dan pemisah di baris itu lalu kirim ulang.",
    ),
    "bentuk_campuran": (
        "Kiriman memuat berkas berlainan jenis ({sebab}).",
        "kirim satu buku kerja, atau beberapa CSV, atau satu JSON.",
    ),
}


_CODE = {"html": "tak_terbaca", "json_rusak": "tak_terbaca", "xlsb": "tak_terbaca", "arsip": "tak_terbaca"}
"""Reasons with words of their own that share a code."""


def make_error(code: str, name: str, **content: object) -> SenderError:
    """The error ``code`` about the file ``name``, with the details its sentence needs."""
    message, remedy = _TABLE[code]
    clean = {key: clean_words(str(detail), _LONGEST) for key, detail in content.items()}
    return SenderError(_CODE.get(code, code), message.format(nama=name_of(name), **clean), remedy)


def name_of(name: str) -> str:
    """A file as a sentence names it."""
    return f'Berkas "{clean_words(name)}"' if name else "Berkas"


def check_rows(count: int, name: str, table: str = "") -> None:
    """Refuse a table of more rows than one unit can mean."""
    if count > MAX_TABLE_ROWS:
        raise too_many_rows(count, name, table)


def too_many_rows(count: int, name: str = "", table: str = "") -> SenderError:
    """The one sentence on too many rows; also for a submission whose tables are too long only together."""
    details = {"tabel": _named(table), "jumlah": _dotted(count), "batas": _dotted(MAX_ROWS)}
    return make_error("terlalu_banyak_baris", name, **details)


def too_many_sheets(count: int, name: str) -> SenderError:
    """The one sentence on a workbook of more sheets than a nation has units."""
    return make_error("terlalu_banyak_lembar", name, jumlah=_dotted(count), batas=_dotted(MAX_SHEETS))


def check_columns(count: int, name: str, table: str = "") -> None:
    """Refuse a table of more columns than any template has."""
    if count > MAX_COLUMNS:
        raise make_error("terlalu_banyak_kolom", name, tabel=_named(table), batas=MAX_COLUMNS)


def _named(table: str) -> str:
    return f', "{table}",' if table else ""


def _dotted(count: int) -> str:
    return f"{count:,}".replace(",", ".")
