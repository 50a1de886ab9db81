"""CSV as people really export it: any of the common encodings and separators, with or without ``sep=``."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from humas.errors import PengirimError
from humas.periods import parse_periode
from humas.reading.galat import MAX_TABLE_ROWS, check_columns, check_rows, make_error
from humas.reading.quotes import holds_rows, mend
from humas.reading.table import CatatanBaca, Dokumen, TabelMentah
from humas.sources import wide_encoding

SEPARATORS = (";", ",", "\t", "|")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LEGACY = ("cp1252", "mac_roman", "cp437")
_TYPOGRAPHY = "–—‘’“”•…°©®½²\u00a0"
_ACCENTED = re.compile(r"(?<=[a-z])[áàâäãåéèêëíìîïóòôöõúùûüçñ](?![A-Z])")
_SAMPLE = 64 * 1024
_LINES_JUDGED = 30
# A row of fewer cells is a title or a label with its value, such as "Periode" and the period.
_HEADER_CELLS = 3
_SHEET_ROWS = 1_048_576
_LINES_TOLD = 20
_END = "\x1eakhir berkas\x1e"
_CELL_LENGTH = csv.field_size_limit()


def read_csv(nama: str, data: bytes) -> TabelMentah:
    """One CSV file as a table; row numbers are those of a spreadsheet program (blank lines count).

    Lines whose quotes do not match are cut at the separator alone, each with a note (K42).

    Raises:
        PengirimError: kosong, tak_terbaca, sel_terlalu_panjang, terlalu_banyak_baris/kolom.
    """
    teks = decode(nama, data)
    teks, pemisah = _split_directive(teks)
    pemisah = pemisah or find_separator(teks)
    rusak: tuple[int, ...] = ()
    mentah = _parse(nama, teks, pemisah)
    if mentah is None or holds_rows(mentah, pemisah):
        mentah, rusak = _mended(nama, teks, pemisah)
    baris = _trim(mentah)
    if not baris:
        raise make_error("kosong", nama)
    catatan = _quote_notes(rusak)
    if dalam := _unwrapped(nama, baris):
        baris, catatan = dalam, (CatatanBaca("K42", "tiap baris terbungkus tanda kutip; isinya yang dibaca."),)
    return TabelMentah(nama, baris, baris_pertama=1, catatan=catatan)


def _unwrapped(nama: str, baris: list[list[str]]) -> list[list[str]] | None:
    """The rows of a file each of whose lines was quoted as one cell; None when it is a file of one column."""
    isi = [satu[0] if satu else "" for satu in baris]
    if max(map(len, baris)) != 1 or any("\n" in sel for sel in isi):
        return None
    teks = "\n".join(isi)
    pemisah = find_separator(teks)
    terisi = [satu.count(pemisah) for satu in isi if satu]
    return _parse(nama, teks, pemisah) if min(terisi) >= _HEADER_CELLS - 1 else None


def _mended(nama: str, teks: str, pemisah: str) -> tuple[list[list[str]], tuple[int, ...]]:
    baris, rusak = mend(teks, pemisah)
    for nomor, satu in enumerate(baris, start=1):
        check_columns(len(satu), nama)
        if any(len(sel) > _CELL_LENGTH for sel in satu):
            raise make_error("sel_terlalu_panjang", nama, baris=nomor, batas=_CELL_LENGTH)
    check_rows(sum(map(bool, baris)) - 1, nama)
    return baris, rusak


def _quote_notes(rusak: tuple[int, ...]) -> tuple[CatatanBaca, ...]:
    """A note for each of the first lines with stray quotes, and one for the number of the others."""
    pesan = 'tanda kutip (") tidak berpasangan; baris ini dibaca menurut pemisahnya saja.'
    catatan = [CatatanBaca("K42", pesan, baris=nomor) for nomor in rusak[:_LINES_TOLD]]
    sisa = len(rusak) - len(catatan)
    catatan += [CatatanBaca("K42", f"{sisa} baris lain bertanda kutip tidak berpasangan.")] if sisa else []
    return tuple(catatan)


def cover_of(tabel: list[TabelMentah]) -> dict[str, object]:
    """What CSV files say of the whole: the value of a column ``Periode``; all of them when they differ.

    The same quarter written in two ways is one.
    """
    nilai: dict[str, str] = {}
    for satu in tabel:
        for tertulis in _column(satu, "periode"):
            nilai.setdefault(_period_key(tertulis), tertulis)
    return {"periode": ", ".join(nilai.values())} if nilai else {}


def _period_key(tertulis: str) -> str:
    try:
        return parse_periode(tertulis).kunci
    except PengirimError:
        return tertulis


def make_document(tabel: list[TabelMentah]) -> Dokumen:
    """The document that the CSV files of one submission make up."""
    return Dokumen("csv", cover_of(tabel), tuple(tabel))


def decode(nama: str, data: bytes) -> str:
    """The text of the file. UTF-8 and UTF-16 are certain; of the older encodings the likeliest is taken."""
    sandi = next((s for bom, s in _BOMS if data.startswith(bom)), None) or wide_encoding(data[:4096])
    for satu in (sandi, "utf-8") if sandi else ("utf-8",):
        try:
            return data.decode(satu).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    return data.decode(_guess(data), errors="replace")


def _guess(data: bytes) -> str:
    """Which of the older encodings makes the most sense of the bytes beyond ASCII; the first one on a tie."""
    contoh = data[:_SAMPLE]
    return max(_LEGACY, key=lambda sandi: _sense(contoh.decode(sandi, errors="replace")))


def _sense(teks: str) -> int:
    """Dashes and curved quotes are common, small accented letters within words possible, all else is a misreading."""
    tanda = sum(teks.count(huruf) for huruf in _TYPOGRAPHY)
    huruf = len(_ACCENTED.findall(teks))
    asing = sum(not satu.isascii() for satu in teks) - tanda - huruf
    return 3 * tanda + huruf - 2 * asing


def _split_directive(teks: str) -> tuple[str, str]:
    """Take off a first line ``sep=;``, as spreadsheet programs write it; an empty line keeps its number."""
    kepala = teks[:16].partition("\n")[0]
    arahan = kepala.strip().strip('"').lower()
    if not (arahan.startswith("sep=") and len(arahan) <= 5):
        return teks, ""
    return "\n" + teks.partition("\n")[2], arahan[4:] or "\t"


def find_separator(teks: str) -> str:
    """The separator that cuts the first lines into the most cells, the same number on most lines."""
    contoh = teks.lstrip("\r\n")[:_SAMPLE]

    def score(pemisah: str) -> tuple[int, int]:
        lebar = Counter(len(satu) for satu in _some_rows(contoh, pemisah) if len(satu) > 1)
        if not lebar:
            return (0, 0)
        kolom, kali = max(lebar.items(), key=lambda pasangan: (pasangan[1], pasangan[0]))
        return (kali, kolom)

    return max(SEPARATORS, key=score)


def _some_rows(teks: str, pemisah: str) -> list[list[str]]:
    pembaca = csv.reader(io.StringIO(teks, newline=""), delimiter=pemisah)
    hasil: list[list[str]] = []
    try:
        for satu in pembaca:
            hasil.append(satu)
            if len(hasil) >= _LINES_JUDGED:
                break
    except csv.Error:
        return hasil
    return hasil


def _parse(nama: str, teks: str, pemisah: str) -> list[list[str]] | None:
    """Rows of cells. A mark set at the end must come back alone: else a quote is open and swallowed the rest (None)."""
    baris: list[list[str]] = []
    terisi = 0
    try:
        for satu in csv.reader(io.StringIO(f"{teks}\n{_END}", newline=""), delimiter=pemisah):
            check_columns(len(satu), nama)
            baris.append(satu)
            terisi += bool(satu)
            if terisi > MAX_TABLE_ROWS + 1 or len(baris) > _SHEET_ROWS:
                check_rows(max(MAX_TABLE_ROWS + 1, teks.count("\n")), nama)
    except csv.Error:
        return None
    if baris[-1] != [_END]:
        return None
    check_rows(terisi - 1, nama)
    return baris[:-1]


def _trim(baris: list[list[str]]) -> list[list[str]]:
    """Without the empty lines at the end."""
    akhir = len(baris)
    while akhir and not any(sel.strip() for sel in baris[akhir - 1]):
        akhir -= 1
    return baris[:akhir]


def _column(tabel: TabelMentah, kepala: str) -> list[str]:
    """The distinct filled cells of a column by its header, in order; titles may stand above the header."""
    atas = [[str(sel).strip().casefold() for sel in satu] for satu in tabel.sel[:_LINES_JUDGED]]
    lebar = max((sum(map(bool, judul)) for judul in atas), default=0)
    for nomor, judul in enumerate(atas):
        if kepala in judul and sum(map(bool, judul)) >= min(_HEADER_CELLS, lebar):
            letak = judul.index(kepala)
            isi = (str(bawah[letak]).strip() for bawah in tabel.sel[nomor + 1 :] if len(bawah) > letak)
            return list(dict.fromkeys(sel for sel in isi if sel))
    return []
