"""What a template is about, and the drafts that may be offered in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from humas.contract.columns import Column, Dataset
from humas.contract.stamp import contract_stamp
from humas.periods import DueDate, Triwulan
from humas.registry import Lembaga
from humas.validation.cover import CONTRACT_VERSION

COVER_SHEET = "Sampul"
GUIDE_SHEET = "Petunjuk"
REFERENCE_SHEET = "Referensi"
DRAFT_SHEET = "Draf dari situs Anda"


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """A draft row read from the unit's own news, for it to confirm.

    content: contract column name of kegiatan → value (text, number, date, or a list of texts). confidence: 0 to 1.
    words: the words on the page that led to it. sentences: by column, the sentence it comes from. page: address of the
    page. notes: what a person should look at, as what has changed since the page was first read.
    """

    content: Mapping[str, object]
    confidence: float
    words: str
    sentences: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose template it is, for which quarter.

    name: the unit as its body calls it (``KPU Kota Semarang``); nama_satker: as the register does (``Kota Semarang``).
    due: its deadline, when known. reported: what a superior's recap already told of it, in words; "" for nothing.
    """

    lembaga: Lembaga
    code: str
    name: str
    nama_satker: str
    triwulan: Triwulan
    due: DueDate | None = None
    reported: str = ""


def template_columns(dataset: Dataset) -> tuple[Column, ...]:
    """The columns a sheet shows: what the locked cover says of every row is not asked again in each row."""
    return tuple(column for column in dataset.columns if not column.from_cover)


def template_version() -> str:
    """``1-0a1b2c3d``: the version of the contract, and the stamp of the columns and choices this template was made from."""
    return f"{CONTRACT_VERSION}-{contract_stamp()}"
