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
    by_column = (expectation for column in himpunan.kolom for expectation in _of_column(column))
    return (*by_column, *(_of_rule(check) for check in PEMERIKSAAN if check.applies(himpunan)))


def _of_column(column: Kolom) -> Iterator[Harapan]:
    if column.wajib:
        yield _column(column, "kosong", "expect_column_values_to_not_be_null", {}, f"{column.label} terisi.")
    if column.tipe in BERTIPE and column.tipe is not Tipe.DAFTAR_TEKS:
        pair = {"column_list": [column.nama, GALAT + column.nama]}
        yield _column(
            column,
            "terbaca",
            "expect_cells_to_be_readable",
            pair,
            f"{column.label} terbaca sebagai {column.tipe.value}.",
        )
    if column.tipe is Tipe.KODE:
        yield _column(
            column, "kode", "expect_column_values_to_match_regex", {"regex": identity.POLA_KODE},
            f"{column.label} berbentuk NN atau NN.NN."
        )  # fmt: skip
    if column.tipe is Tipe.PILIHAN:
        values = list(load_vocabulary()[column.kosakata or ""].nilai)
        yield _column(
            column,
            "pilihan",
            "expect_column_values_to_be_in_set",
            {"value_set": values},
            f"{column.label} ada dalam kosakata.",
        )
    yield from _bounds(column)


def _bounds(column: Kolom) -> Iterator[Harapan]:
    if column.tipe is Tipe.BILANGAN and (column.minimum is not None or column.maksimum is not None):
        limits = {"min_value": column.minimum, "max_value": column.maksimum}
        yield _column(
            column, "batas", "expect_column_values_to_be_between", limits, f"{column.label} {describe_bounds(column)}."
        )
    if column.panjang:
        shortest, longest = column.panjang
        limits = {"min_value": shortest, "max_value": longest}
        yield _column(
            column, "panjang", "expect_column_value_lengths_to_be_between", limits,
            f"{column.label} {shortest} sampai {longest} huruf."
        )  # fmt: skip


def describe_bounds(kolom: Kolom) -> str:
    """``1 sampai 8``, ``paling sedikit 0`` or ``paling banyak 8``."""
    if kolom.minimum is not None and kolom.maksimum is not None:
        return f"{kolom.minimum} sampai {kolom.maksimum}"
    return f"paling sedikit {kolom.minimum}" if kolom.minimum is not None else f"paling banyak {kolom.maksimum}"


def _column(column: Kolom, kind: str, type_name: str, arguments: dict[str, Any], description: str) -> Harapan:
    domain = arguments if "column_list" in arguments else {"column": column.nama, **arguments}
    return Harapan(f"{kind}:{column.nama}", type_name, domain, rule_of(column, kind), kind, column.nama, description)


@cache
def rule_of(kolom: Kolom, jenis: str) -> Aturan:
    """The rule a failure of a column carries.

    The column's own when it is FATAL, and for choices, links and bounds also when it is a warning: such a cell
    is left out and flagged. A number or a date that cannot be read would make figures wrong in silence,
    so it always holds the row back, under a general code if need be.
    """
    rules = load_rules()
    own = rules.get(kolom.aturan)
    if own and (own.keparahan is Keparahan.FATAL or _soft(kolom, jenis) in _LUNAK):
        return own
    mandatory, optional = _UMUM.get(jenis) or _UMUM_TERBACA[kolom.tipe]
    return rules[mandatory if kolom.wajib else optional]


def _soft(column: Kolom, kind: str) -> str:
    if kind != "terbaca":
        return kind
    return {Tipe.URL: "tautan", Tipe.DAFTAR_URL: "tautan", Tipe.DAFTAR_PILIHAN: "pilihan"}.get(column.tipe, kind)


def _of_rule(check: Pemeriksaan) -> Harapan:
    rule = load_rules()[check.kode]
    return Harapan(
        f"baris:{check.nama}", f"expect_{check.nama}", {"column_list": list(check.kolom)},
        rule, "baris", check.kolom[0], rule.uraian[0].upper() + rule.uraian[1:] + ".", check,
    )  # fmt: skip
