"""The rules, read once: the field's own (V01–V52) and the general ones of the contract (K01–K45)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib import resources

from humas.contract.result import Keparahan

TEMPAT = {
    "baris": "pada baris, sebagai harapan (expectation)",
    "berkas": "pada lembar atau berkas",
    "kiriman": "pada putusan kiriman",
    "gudang": "pada gudang data",
    "rekap": "pada rekapitulasi",
    "situs": "saat berita situs dibaca",
    "belum": "belum berlaku",
}
QUESTION = "K43"
"""The rule that holds a submission with the question whose quarter it is (``humas.contract.quarter``)."""
_UMUM_BERKAS = frozenset({
    "K12", "K13", "K14", "K15", "K16", "K23", "K25", "K26", "K27", "K28", "K34", "K35", "K36", "K37", "K38",
})  # fmt: skip
_UMUM_KIRIMAN = frozenset({"K30", "K31", "K32", "K33", QUESTION})
_UMUM_CATATAN = frozenset({"K11", "K17", "K21", "K40", "K41", "K42"})


@dataclass(frozen=True, slots=True)
class Aturan:
    """One rule.

    uraian: what must hold. keparahan: weight when it does not. sumber: law, seed page or note it rests on.
    cara: general remedy, "" when no sender can break it. tempat: key of ``TEMPAT``, where it is enforced.
    """

    kode: str
    entitas: str
    uraian: str
    keparahan: Keparahan
    sumber: str
    cara: str
    tempat: str
    catatan: str = ""


@cache
def load_rules() -> dict[str, Aturan]:
    """All rules by code, V before K."""
    enforcement = {row["kode"]: row for row in read_data("penegakan.csv")}
    field_rules = [
        Aturan(
            row["id"], row["entitas"], row["aturan"], Keparahan(row["keparahan"]), row["dasar"],
            enforcement[row["id"]]["cara"], enforcement[row["id"]]["tempat"], enforcement[row["id"]]["catatan"],
        )
        for row in read_data("aturan_validasi.csv")
    ]  # fmt: skip
    general_rules = [
        Aturan(
            row["kode"], "umum", row["aturan"], Keparahan(row["keparahan"]), row["dasar"],
            row["cara"], _place(row["kode"]),
        )
        for row in read_data("aturan_umum.csv")
    ]  # fmt: skip
    return {rule.kode: rule for rule in (*field_rules, *general_rules)}


def read_data(nama: str) -> list[dict[str, str]]:
    """Lines of one of the contract's semicolon-separated data files."""
    text = resources.files("humas.contract").joinpath(f"data/{nama}").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter=";", quoting=csv.QUOTE_NONE))


def _place(code: str) -> str:
    if code in _UMUM_KIRIMAN:
        return "kiriman"
    return "berkas" if code in _UMUM_BERKAS | _UMUM_CATATAN else "baris"
