"""What a template is about, and the drafts that may be offered in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from humas.contract.columns import Himpunan, Kolom
from humas.contract.cover import VERSI_KONTRAK
from humas.contract.stamp import contract_stamp
from humas.periods import Tenggat, Triwulan
from humas.registry import Lembaga

LEMBAR_SAMPUL = "Sampul"
LEMBAR_PETUNJUK = "Petunjuk"
LEMBAR_REFERENSI = "Referensi"
LEMBAR_DRAF = "Draf dari situs Anda"


@dataclass(frozen=True, slots=True)
class DrafTemplat:
    """A draft row read from the unit's own news, for it to confirm.

    isi: contract column name of kegiatan → value (text, number, date, or a list of texts). keyakinan: 0 to 1.
    kata: the words on the page that led to it.
    """

    isi: Mapping[str, object]
    keyakinan: float
    kata: str


@dataclass(frozen=True, slots=True)
class Kop:
    """Whose template it is, for which quarter.

    nama: the unit as its body calls it (``KPU Kota Semarang``); nama_satker: as the register does (``Kota Semarang``).
    tenggat: its deadline, when known.
    """

    lembaga: Lembaga
    kode: str
    nama: str
    nama_satker: str
    triwulan: Triwulan
    tenggat: Tenggat | None = None


def template_columns(himpunan: Himpunan) -> tuple[Kolom, ...]:
    """The columns a sheet shows: what the locked cover says of every row is not asked again in each row."""
    return tuple(column for column in himpunan.kolom if not column.dari_sampul)


def template_version() -> str:
    """``1-0a1b2c3d``: the version of the contract, and the stamp of the columns and choices this template was made from."""
    return f"{VERSI_KONTRAK}-{contract_stamp()}"
