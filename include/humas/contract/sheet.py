"""A sheet as the contract sees it: tables recognised as part of a data set, and what is to be said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from humas.contract.cells import clean_text
from humas.contract.columns import Himpunan, Kolom
from humas.reading.table import TabelMentah


@dataclass(frozen=True, slots=True)
class Catatan:
    """A finding on a whole table, before its place is written out. letak: column index or None; baris: physical row or 0."""

    kode: str
    pesan: str
    cara: str = ""
    letak: int | None = None
    baris: int = 0


@dataclass(frozen=True, slots=True)
class Lembar:
    """A table recognised as (part of) a data set. One sheet may hold several.

    kolom: column name → index of its cell in a row. judul: headers as written. indeks: positions in
    ``tabel.sel`` of the data rows. hilang: required columns it lacks; its rows then all go to quarantine.
    atas: lines of text above its rows, such as the name of a unit. sisipan: whether they stand between rows of
    the same sheet, so that they speak of what follows only. nihil: whether the table is declared nil.
    draf: whether it holds drafts, which count only when chosen. pemilik: what blank cells of cover columns take
    when a title names the unit, instead of the cover's words. baris_judul: physical row where its header ends.
    """

    tabel: TabelMentah
    himpunan: Himpunan
    kolom: dict[str, int]
    judul: tuple[str, ...]
    indeks: tuple[int, ...]
    hilang: tuple[Kolom, ...] = ()
    catatan: tuple[Catatan, ...] = ()
    atas: tuple[str, ...] = ()
    sisipan: bool = False
    nihil: bool = False
    draf: bool = False
    pemilik: Mapping[str, object] = field(default_factory=dict)
    baris_judul: int = 0

    @property
    def nama(self) -> str:
        """Name of the sheet, or of the JSON list, as the sender sees it."""
        return clean_name(self.tabel.nama)

    @property
    def json(self) -> bool:
        """Whether the table is a list of JSON records, which have keys instead of column letters."""
        return is_json(self.tabel)

    def huruf(self, kolom: str) -> str:
        """Letter of a column (``F``) in a sheet, its key in JSON; empty when the table lacks it."""
        position = self.kolom.get(kolom)
        if position is None:
            return ""
        return self.judul[position] if self.json else column_letter(position)

    def nomor(self, indeks: int) -> int:
        """Physical row number of a data row."""
        return self.tabel.nomor_baris(indeks)


@dataclass(frozen=True, slots=True)
class Dikenali:
    """What a sheet turned out to hold. catatan: remarks on the sheet itself; those on a table stand with it."""

    nama: str
    lembar: tuple[Lembar, ...] = ()
    catatan: tuple[Catatan, ...] = ()


def column_letter(letak: int) -> str:
    """Letter of a column as spreadsheet programs show it: 0 → ``A``, 26 → ``AA``."""
    letter = ""
    letak += 1
    while letak:
        letak, rest = divmod(letak - 1, 26)
        letter = chr(65 + rest) + letter
    return letter


def is_json(tabel: TabelMentah) -> bool:
    """Whether a table is a list of JSON records: what stands in it was meant, record by record."""
    return tabel.baris_pertama == 0


@lru_cache(maxsize=10_000)
def clean_name(nama: str) -> str:
    """Name of a sheet without invisible characters."""
    return clean_text(nama)[0]


def blank_row(baris: Sequence[object]) -> bool:
    """Whether nothing at all is written in a row."""
    return all(map(blank_cell, baris))


def blank_cell(isi: object) -> bool:
    """Whether nothing is written in a cell; a dash is something (see ``cells.is_blank``)."""
    return isi is None or (isinstance(isi, str) and (not isi or isi.isspace()))
