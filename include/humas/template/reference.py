"""The lists behind the drop-downs: one column of the hidden sheet for each, taken from the contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from humas.contract.columns import Himpunan, Kolom, Tipe
from humas.contract.tables import column_letter
from humas.contract.vocabulary import Kosakata, load_vocabulary
from humas.template.model import LEMBAR_REFERENSI, template_columns

YA_TIDAK = ("Ya", "Tidak")
_YA_TIDAK = "ya_tidak"
_BARIS_PERTAMA = 1
_PEMISAH = (",", ";")


@dataclass(frozen=True, slots=True)
class Daftar:
    """One list. nama: its header on the sheet. isi: its entries, numbers where cells hold numbers. letak: its column."""

    nama: str
    isi: tuple[str | int, ...]
    letak: int

    @property
    def rujukan(self) -> str:
        """The cells of the list as a formula."""
        letter = column_letter(self.letak)
        return f"={LEMBAR_REFERENSI}!${letter}${_BARIS_PERTAMA + 1}:${letter}${_BARIS_PERTAMA + len(self.isi)}"


@dataclass(frozen=True, slots=True)
class Referensi:
    """All lists, by their contents: equal lists stand on the sheet once."""

    daftar: Mapping[tuple[str | int, ...], Daftar]

    def of(self, kolom: Kolom) -> Daftar | None:
        """The list of a column; None when it has none."""
        content = entries(kolom)
        return self.daftar[content] if content else None

    @property
    def ya_tidak(self) -> Daftar:
        """The list of the switches."""
        return self.daftar[YA_TIDAK]


def entries(kolom: Kolom) -> tuple[str | int, ...]:
    """What may be picked in a column, as it is typed; empty when nothing is to pick from.

    Several values in one cell are parted by commas: where a label has one itself, the short values are offered.
    """
    if meaning := meanings(kolom):
        return tuple(int(value) for value in meaning.nilai)
    if not kolom.kosakata:
        return ()
    vocabulary = load_vocabulary()[kolom.kosakata]
    label = tuple(term.label for term in vocabulary.istilah)
    several = kolom.tipe is Tipe.DAFTAR_PILIHAN
    return vocabulary.nilai if several and any(separator in text for text in label for separator in _PEMISAH) else label


@cache
def meanings(kolom: Kolom) -> Kosakata | None:
    """The vocabulary that says what the numbers of a column mean: the one whose values are exactly these numbers."""
    if kolom.tipe is not Tipe.BILANGAN or kolom.minimum is None or kolom.maksimum is None:
        return None
    numbers = tuple(map(str, range(kolom.minimum, kolom.maksimum + 1)))
    return next((vocabulary for vocabulary in load_vocabulary().values() if vocabulary.nilai == numbers), None)


def collect_lists(himpunan: Sequence[Himpunan]) -> Referensi:
    """Every list that some column of these data sets needs, and the one of the switches."""
    lists: dict[tuple[str | int, ...], Daftar] = {YA_TIDAK: Daftar(_YA_TIDAK, YA_TIDAK, 0)}
    for column in (column for dataset in himpunan for column in template_columns(dataset)):
        content = entries(column)
        if content and content not in lists:
            lists[content] = Daftar(column.kosakata or column.nama, content, len(lists))
    return Referensi(lists)


def write_reference(halaman: Any, referensi: Referensi, bentuk: Mapping[str, Any]) -> None:
    """Fill the hidden sheet: the name of each list, and below it its entries."""
    for listing in referensi.daftar.values():
        # Never a bare column name: renamed and made visible, this sheet must still not look like rows of data.
        halaman.write_string(0, listing.letak, f"Daftar {listing.letak + 1} ({listing.nama})", bentuk["kepala"])
        for row, entry in enumerate(listing.isi, start=_BARIS_PERTAMA):
            if isinstance(entry, int):
                halaman.write_number(row, listing.letak, entry, bentuk["terkunci"])
            else:
                halaman.write_string(row, listing.letak, entry, bentuk["terkunci"])
        halaman.set_column(listing.letak, listing.letak, 24)
    halaman.protect()
    halaman.hide()
