"""Workbooks (XLSX, XLS, ODS): the cover sheet becomes the cover, every other sheet a table."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from humas.errors import PengirimError
from humas.reading import limits
from humas.reading.formulas import count_ods_errors, counts_from_1904, find_broken_cells
from humas.reading.galat import MAX_COLUMNS, MAX_TABLE_ROWS, check_columns, check_rows, make_error, too_many_sheets
from humas.reading.layout import MAX_RANGES, TataLembar, read_layouts
from humas.reading.package import Jangkauan, inspect_package
from humas.reading.table import CatatanBaca, Dokumen, SelRusak, Serial1904, TabelMentah
from humas.sources import Jenis

COVER_SHEET = "sampul"
_COVER_LABELS = {
    "lembaga": "lembaga",
    "kode satker": "kode_satker",
    "kode": "kode_satker",
    "nama satker": "nama_satker",
    "satker": "nama_satker",
    "periode": "periode",
    "triwulan": "periode",
    "nihil": "nihil",
    "versi templat": "versi_kontrak",
    "versi kontrak": "versi_kontrak",
}
_PLAIN = frozenset({str, float, int, bool, date, datetime})
_COMPOUND = b"\xd0\xcf\x11\xe0"
_MACRO_STREAM = "_VBA_PROJECT".encode("utf-16-le")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
# In a BIFF8 stream the record FILEPASS (0x2F) follows the opening one, at most behind a write protection.
_FILE_PASS = re.compile(
    rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00[\x04-\xff]\x00", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Lembar:
    """One sheet as the library gives it.

    baris, kolom: 0-based place of its first filled cell. gabungan: merged cells of the old format, as ``TabelMentah`` has
    them; those of XLSX come with its layout, of OpenDocument the library knows none.
    """

    nama: str
    tersembunyi: bool
    baris: int
    kolom: int
    sel: list[list[object]]
    gabungan: Sequence[Sequence[int]] = ()


def read_workbook(nama: str, data: bytes, jenis: Jenis, on_measured: Callable[[], None] = lambda: None) -> Dokumen:
    """Read a workbook. Cells are native values; a formula counts by its stored result.

    A cell with an error or an uncalculated formula is a ``SelRusak`` (of XLSX; in the older formats it is empty).
    on_measured: called when the reach of an XLSX is known and small enough to lay out.

    Raises:
        PengirimError: tak_terbaca, bersandi, bermakro, xlsb, bom_zip, terlalu_luas, kosong, terlalu_banyak_baris/kolom.
    """
    jangkauan = Jangkauan() if jenis is Jenis.XLS else inspect_package(nama, data)
    if jenis is Jenis.XLS:
        _check_compound(nama, data)
    elif not jangkauan.opendocument and not jangkauan.aneh:
        if jangkauan.luas > limits.MAX_AREA:
            raise make_error("terlalu_luas", nama)
        on_measured()
    lembar = load_sheets(nama, data)
    if jenis is Jenis.XLSX:
        lembar = _marked(lembar, data, jangkauan)
    sampul = next((_cover(satu.sel) for satu in lembar if satu.nama.strip().casefold() == COVER_SHEET), {})
    tata = read_layouts(data) if jenis is Jenis.XLSX else {}
    tabel = tuple(
        _table(satu, tata.get(satu.nama, TataLembar()))
        for satu in lembar
        if satu.sel and satu.nama.strip().casefold() != COVER_SHEET
    )
    if jenis is not Jenis.XLS:
        tabel = _with_error_notes(tabel, count_ods_errors(data))
    if not tabel and not sampul:
        raise make_error("kosong", nama)
    return Dokumen("xlsx", sampul, tabel)


def _marked(lembar: list[Lembar], data: bytes, jangkauan: Jangkauan) -> list[Lembar]:
    """The sheets with what the library does not tell: cells without a value, and days counted from 1904."""
    rusak = find_broken_cells(data) if jangkauan.rumus else {}
    hasil = [_with_broken_cells(satu, rusak[satu.nama]) if satu.nama in rusak else satu for satu in lembar]
    if counts_from_1904(data):
        for satu in hasil:
            for deret in satu.sel:
                deret[:] = [Serial1904(sel) if type(sel) is float else sel for sel in deret]
    return hasil


def _with_broken_cells(lembar: Lembar, rusak: Mapping[tuple[int, int], SelRusak]) -> Lembar:
    """Put cells without a value where the library shows none; those at the rim widen the sheet, far ones do not."""
    dekat = {t: isi for t, isi in rusak.items() if t[0] <= MAX_TABLE_ROWS and t[1] < MAX_COLUMNS}
    lembar = _widened(lembar, dekat) if dekat else lembar
    for (baris, kolom), isi in dekat.items():
        deret = lembar.sel[baris - 1 - lembar.baris] if 0 <= baris - 1 - lembar.baris < len(lembar.sel) else []
        letak = kolom - lembar.kolom
        if 0 <= letak < len(deret) and deret[letak] in {"", None}:
            deret[letak] = isi
    return lembar


def _widened(lembar: Lembar, tempat: Collection[tuple[int, int]]) -> Lembar:
    """The sheet with room for these places (row from 1, column from 0), unless that would take too many cells."""
    lama = [(lembar.baris + 1, lembar.kolom), (lembar.baris + len(lembar.sel), lembar.kolom + _width(lembar) - 1)]
    semua = [*tempat, *(lama if lembar.sel else [])]
    atas, bawah = min(t[0] for t in semua) - 1, max(t[0] for t in semua)
    kiri, kanan = min(t[1] for t in semua), max(t[1] for t in semua) + 1
    sama = (atas, kiri, bawah - atas, kanan - kiri) == (lembar.baris, lembar.kolom, len(lembar.sel), _width(lembar))
    if sama or (bawah - atas) * (kanan - kiri) > limits.MAX_CELLS:
        return lembar
    sel: list[list[object]] = [[None] * (kanan - kiri) for _ in range(bawah - atas)]
    for nomor, deret in enumerate(lembar.sel, start=lembar.baris - atas):
        sel[nomor][lembar.kolom - kiri : lembar.kolom - kiri + len(deret)] = deret
    return replace(lembar, baris=atas, kolom=kiri, sel=sel)


def _width(lembar: Lembar) -> int:
    return max(map(len, lembar.sel), default=0)


def _with_error_notes(tabel: tuple[TabelMentah, ...], galat: Mapping[str, int]) -> tuple[TabelMentah, ...]:
    def note(satu: TabelMentah) -> tuple[CatatanBaca, ...]:
        pesan = f"{galat.get(satu.nama)} sel berisi galat rumus; sel itu dibaca kosong."
        return (CatatanBaca("K41", pesan),) if satu.nama in galat else ()

    return tuple(replace(satu, catatan=(*satu.catatan, *note(satu))) for satu in tabel)


def _check_compound(nama: str, data: bytes) -> None:
    if _ENCRYPTED_STREAM in data or _FILE_PASS.search(data):
        raise make_error("bersandi", nama)
    if _MACRO_STREAM in data:
        raise make_error("bermakro", nama)


def load_sheets(nama: str, data: bytes) -> list[Lembar]:
    """All worksheets of a workbook, in order; charts and dialogs are no sheets of data."""
    return _refusing_faults(nama, lambda: _load(nama, data))


def _load(nama: str, data: bytes) -> list[Lembar]:
    hasil: list[Lembar] = []
    kata: dict[str, str] = {}
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as buku:
        if len(buku.sheets_metadata) > limits.MAX_SHEETS:
            raise too_many_sheets(len(buku.sheets_metadata), nama)
        for meta in buku.sheets_metadata:
            if meta.typ is not SheetTypeEnum.WorkSheet:
                continue
            lembar = buku.get_sheet_by_name(meta.name)
            (baris, kolom), (akhir, ujung) = lembar.start or (0, 0), lembar.end or (-1, -1)
            check_rows(akhir + 1 - baris, nama, meta.name)
            check_columns(ujung + 1 - kolom, nama, meta.name)
            sel = [_native_row(deret, kata) for deret in islice(lembar.iter_rows(), baris, None)] if lembar.end else []
            gabungan = _merged(lembar) if data.startswith(_COMPOUND) else ()
            hasil.append(Lembar(meta.name, meta.visible is not SheetVisibleEnum.Visible, baris, kolom, sel, gabungan))
    return hasil


def _merged(lembar: CalamineSheet) -> list[tuple[int, int, int, int]]:
    semua = (lembar.merged_cell_ranges or [])[:MAX_RANGES]
    return [(atas + 1, kiri, bawah + 1, kanan) for (atas, kiri), (bawah, kanan) in semua]


def _refusing_faults(nama: str, muat: Callable[[], list[Lembar]]) -> list[Lembar]:
    try:
        return muat()
    except PengirimError:
        raise
    except PasswordError:
        raise make_error("bersandi", nama) from None
    except (CalamineError, ValueError, OverflowError, OSError) as error:
        raise make_error("tak_terbaca", nama, sebab="isinya rusak atau bukan buku kerja") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a fault inside the library; it is no Exception
            raise
        raise make_error("tak_terbaca", nama, sebab="isinya rusak") from None


def _native_row(deret: list[Any], kata: dict[str, str]) -> list[object]:
    """A row of cells of the types that a table may hold; most rows have no other.

    kata: texts seen so far. The library makes every cell anew, though the same words stand in most rows: kept once,
    they take a fraction of the memory here and on the way to whoever asked.
    """
    satu = [kata.setdefault(sel, sel) if type(sel) is str else sel for sel in deret]
    return satu if _PLAIN.issuperset(map(type, satu)) else [_native(sel) for sel in satu]


def _native(sel: object) -> object:
    """A cell as one of the types a table may hold: times of day and durations become text."""
    if isinstance(sel, time):
        return sel.isoformat(timespec="minutes")
    return str(sel) if isinstance(sel, timedelta) else sel


def _table(lembar: Lembar, tata: TataLembar) -> TabelMentah:
    """Rows from the first filled one on; cells from column A on, so that letters are those on the screen."""
    kiri: list[object] = [None] * lembar.kolom
    return TabelMentah(
        lembar.nama,
        [kiri + deret for deret in lembar.sel] if kiri else lembar.sel,
        lembar.baris + 1,
        lembar.tersembunyi,
        gabungan=tata.gabungan or tuple((atas, kiri, bawah, kanan) for atas, kiri, bawah, kanan in lembar.gabungan),
        baris_tersembunyi=tata.baris_tersembunyi,
    )


def _cover(sel: Sequence[Sequence[object]]) -> dict[str, object]:
    """The cover: in each row the first filled cell is a label, the next filled one its value."""
    sampul: dict[str, object] = {}
    for deret in sel:
        terisi = [satu for satu in deret if satu not in {None, ""}]
        kunci = _COVER_LABELS.get(" ".join(str(terisi[0]).split()).rstrip(": ").casefold()) if terisi else None
        if kunci and len(terisi) > 1:
            sampul.setdefault(kunci, terisi[1])
    return sampul
