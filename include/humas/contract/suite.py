"""What is expected of each data set, generated from its columns and the row rules; no Great Expectations here.

Each ``Harapan`` is one expectation: its type, its arguments, the rule it enforces and what to tell people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from humas.contract.checks import activity, belonging, hoax, identity, publication, request, texts
from humas.contract.checks.base import Pemeriksaan
from humas.contract.columns import DAFTAR, Himpunan, Kolom, Tipe
from humas.contract.result import Keparahan
from humas.contract.rules import Aturan, load_rules
from humas.contract.vocabulary import load_vocabulary

PEMERIKSAAN: tuple[Pemeriksaan, ...] = (
    *identity.PEMERIKSAAN,
    *belonging.PEMERIKSAAN,
    *activity.PEMERIKSAAN,
    *publication.PEMERIKSAAN,
    *request.PEMERIKSAAN,
    *hoax.PEMERIKSAAN,
    *texts.PEMERIKSAAN,
)
BERTIPE = frozenset({Tipe.TANGGAL, Tipe.WAKTU, Tipe.BILANGAN, Tipe.URL}) | DAFTAR
"""Types whose unreadable cells leave the frame empty, so that a flag beside the column must say so."""
GALAT = "galat_"
_UMUM = {"kosong": ("K01", "K01"), "batas": ("K04", "K04"), "panjang": ("K09", "K10"), "pilihan": ("K05", "K06")}
_UMUM_TERBACA = {
    Tipe.TANGGAL: ("K02", "K02"),
    Tipe.WAKTU: ("K02", "K02"),
    Tipe.BILANGAN: ("K03", "K03"),
    Tipe.URL: ("K07", "K08"),
    Tipe.DAFTAR_URL: ("K07", "K08"),
    Tipe.DAFTAR_PILIHAN: ("K05", "K06"),
}
_LUNAK = frozenset({"pilihan", "tautan", "batas"})


@dataclass(frozen=True, slots=True)
class Harapan:
    """One expectation.

    kunci: unique within its suite. tipe, argumen: of the expectation class. jenis: what kind of failure it names
    (``kosong``, ``terbaca``, ``pilihan``, ``batas``, ``panjang``, ``kode``, ``baris``). kolom: column it points to.
    """

    kunci: str
    tipe: str
    argumen: Mapping[str, Any]
    aturan: Aturan
    jenis: str
    kolom: str
    uraian: str
    periksa: Pemeriksaan | None = None

    @property
    def kosongkan(self) -> bool:
        """Whether an offending cell is left out of an accepted row: its value would be wrong or meaningless."""
        return self.periksa is None and self.aturan.keparahan is not Keparahan.FATAL and self.jenis != "panjang"


def expectations(himpunan: Himpunan) -> tuple[Harapan, ...]:
    """All expectations of a data set: for each column what its entry says, then the row rules."""
    menurut_kolom = (harapan for kolom in himpunan.kolom for harapan in _of_column(kolom))
    return (*menurut_kolom, *(_of_rule(p) for p in PEMERIKSAAN if p.applies(himpunan)))


def _of_column(kolom: Kolom) -> Iterator[Harapan]:
    if kolom.wajib:
        yield _column(kolom, "kosong", "expect_column_values_to_not_be_null", {}, f"{kolom.label} terisi.")
    if kolom.tipe in BERTIPE and kolom.tipe is not Tipe.DAFTAR_TEKS:
        pasangan = {"column_list": [kolom.nama, GALAT + kolom.nama]}
        yield _column(
            kolom,
            "terbaca",
            "expect_cells_to_be_readable",
            pasangan,
            f"{kolom.label} terbaca sebagai {kolom.tipe.value}.",
        )
    if kolom.tipe is Tipe.KODE:
        yield _column(
            kolom, "kode", "expect_column_values_to_match_regex", {"regex": identity.POLA_KODE}, f"{kolom.label} berbentuk NN atau NN.NN."
        )  # fmt: skip
    if kolom.tipe is Tipe.PILIHAN:
        nilai = list(load_vocabulary()[kolom.kosakata or ""].nilai)
        yield _column(
            kolom,
            "pilihan",
            "expect_column_values_to_be_in_set",
            {"value_set": nilai},
            f"{kolom.label} ada dalam kosakata.",
        )
    yield from _bounds(kolom)


def _bounds(kolom: Kolom) -> Iterator[Harapan]:
    if kolom.tipe is Tipe.BILANGAN and (kolom.minimum is not None or kolom.maksimum is not None):
        batas = {"min_value": kolom.minimum, "max_value": kolom.maksimum}
        yield _column(
            kolom, "batas", "expect_column_values_to_be_between", batas, f"{kolom.label} {describe_bounds(kolom)}."
        )
    if kolom.panjang:
        pendek, panjang = kolom.panjang
        batas = {"min_value": pendek, "max_value": panjang}
        yield _column(
            kolom, "panjang", "expect_column_value_lengths_to_be_between", batas, f"{kolom.label} {pendek} sampai {panjang} huruf."
        )  # fmt: skip


def describe_bounds(kolom: Kolom) -> str:
    """``1 sampai 8``, ``paling sedikit 0`` or ``paling banyak 8``."""
    if kolom.minimum is not None and kolom.maksimum is not None:
        return f"{kolom.minimum} sampai {kolom.maksimum}"
    return f"paling sedikit {kolom.minimum}" if kolom.minimum is not None else f"paling banyak {kolom.maksimum}"


def _column(kolom: Kolom, jenis: str, tipe: str, argumen: dict[str, Any], uraian: str) -> Harapan:
    tempat = argumen if "column_list" in argumen else {"column": kolom.nama, **argumen}
    return Harapan(f"{jenis}:{kolom.nama}", tipe, tempat, rule_of(kolom, jenis), jenis, kolom.nama, uraian)


@cache
def rule_of(kolom: Kolom, jenis: str) -> Aturan:
    """The rule a failure of a column carries.

    The column's own when it is FATAL, and for choices, links and bounds also when it is a warning: such a cell
    is left out and flagged. A number or a date that cannot be read would make figures wrong in silence,
    so it always holds the row back, under a general code if need be.
    """
    aturan = load_rules()
    sendiri = aturan.get(kolom.aturan)
    if sendiri and (sendiri.keparahan is Keparahan.FATAL or _soft(kolom, jenis) in _LUNAK):
        return sendiri
    wajib, pilihan = _UMUM.get(jenis) or _UMUM_TERBACA[kolom.tipe]
    return aturan[wajib if kolom.wajib else pilihan]


def _soft(kolom: Kolom, jenis: str) -> str:
    if jenis != "terbaca":
        return jenis
    return {Tipe.URL: "tautan", Tipe.DAFTAR_URL: "tautan", Tipe.DAFTAR_PILIHAN: "pilihan"}.get(kolom.tipe, jenis)


def _of_rule(periksa: Pemeriksaan) -> Harapan:
    aturan = load_rules()[periksa.kode]
    return Harapan(
        f"baris:{periksa.nama}", f"expect_{periksa.nama}", {"column_list": list(periksa.kolom)},
        aturan, "baris", periksa.kolom[0], aturan.uraian[0].upper() + aturan.uraian[1:] + ".", periksa,
    )  # fmt: skip
