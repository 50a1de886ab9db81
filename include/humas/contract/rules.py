"""The rules, read once: the field's own (V01–V52) and the general ones of the contract (K01–K45)."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources


class Severity(StrEnum):
    """Weight of a finding: FATAL quarantines the row, WARNING flags it, INFO is for the record."""

    FATAL = "FATAL"
    WARNING = "PERINGATAN"
    INFO = "INFO"

    @property
    def consequence(self) -> str:
        """What it means for the row, in words."""
        return _CONSEQUENCES[self]


_CONSEQUENCES = {
    Severity.FATAL: "Ditahan",
    Severity.WARNING: "Perlu dilihat",
    Severity.INFO: "Catatan",
}
PLACES = {
    "baris": "pada baris, sebagai harapan (expectation)",
    "berkas": "pada lembar atau berkas",
    "kiriman": "pada putusan kiriman",
    "gudang": "pada gudang data",
    "rekap": "pada rekapitulasi",
    "situs": "saat berita situs dibaca",
    "belum": "belum berlaku",
}
QUESTION = "K43"
"""The rule that holds a submission with the question whose quarter it is (``humas.validation.quarter``)."""
_GENERAL_FILE_RULES = frozenset({
    "K12", "K13", "K14", "K15", "K16", "K23", "K25", "K26", "K27", "K28", "K34", "K35", "K36", "K37", "K38",
})  # fmt: skip
_GENERAL_SUBMISSION_RULES = frozenset({"K30", "K31", "K32", "K33", QUESTION})
_GENERAL_NOTE_RULES = frozenset({"K11", "K17", "K21", "K40", "K41", "K42"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    description: what must hold. severity: weight when it does not. source: law, seed page or note it rests on.
    remedy: general remedy, "" when no sender can break it. place: key of ``PLACES``, where it is enforced.
    """

    code: str
    entity: str
    description: str
    severity: Severity
    source: str
    remedy: str
    place: str
    note: str = ""


@cache
def load_rules() -> dict[str, Rule]:
    """All rules by code, V before K."""
    enforcement = {row["kode"]: row for row in read_data("penegakan.csv")}
    field_rules = [
        Rule(
            row["id"], row["entitas"], row["aturan"], Severity(row["keparahan"]), row["dasar"],
            enforcement[row["id"]]["cara"], enforcement[row["id"]]["tempat"], enforcement[row["id"]]["catatan"],
        )
        for row in read_data("aturan_validasi.csv")
    ]  # fmt: skip
    general_rules = [
        Rule(
            row["kode"], "umum", row["aturan"], Severity(row["keparahan"]), row["dasar"],
            row["cara"], _place(row["kode"]),
        )
        for row in read_data("aturan_umum.csv")
    ]  # fmt: skip
    return {rule.code: rule for rule in (*field_rules, *general_rules)}


def read_data(name: str) -> list[dict[str, str]]:
    """Lines of one of the contract's semicolon-separated data files."""
    text = resources.files("humas.contract").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter=";", quoting=csv.QUOTE_NONE))


def _place(code: str) -> str:
    if code in _GENERAL_SUBMISSION_RULES:
        return "kiriman"
    return "berkas" if code in _GENERAL_FILE_RULES | _GENERAL_NOTE_RULES else "baris"
