"""The rules, read once from ``data/aturan.toml``: the field's own (V) and the general ones of the contract (K)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from humas.bodies import BODIES, one_of
from humas.errors import OperatorError


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
RULE_FILE = "contract/data/aturan.toml"
"""Where the rules are written, as messages name it."""
_KEYS = {
    "entitas": "entity",
    "aturan": "description",
    "bunyi": "wording",
    "keparahan": "severity",
    "tempat": "place",
    "cara": "remedy",
    "dasar": "source",
    "catatan": "note",
}
"""Field of ``Rule`` by key of an entry."""
_OPTIONAL = frozenset({"cara", "catatan", "gx"})
_BROKEN_BY_SENDERS = frozenset({"baris", "berkas", "kiriman"})
_CODE = re.compile(r"[VK]\d\d")
_HEADING = re.compile(r"^\s*\[([^\[\]]*)\]", re.MULTILINE)
_LINE = re.compile(r"\bline (\d+)")
_BODIES = "<lembaga>"
"""Stands in a text of a rule where the names of all bodies belong."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    description: what must hold. severity: weight when it does not. source: law, seed page or note it rests on.
    remedy: general remedy, "" when no sender can break it. place: key of ``PLACES``, where it is enforced.
    wording: the description in plain words, for readers of reports. note: remark for the data dictionary.
    """

    code: str
    entity: str
    description: str
    severity: Severity
    source: str
    place: str
    wording: str
    remedy: str = ""
    note: str = ""


@cache
def load_rules() -> Mapping[str, Rule]:
    """All rules by code, V before K.

    Raises:
        OperatorError: the file is wrong; the message names the entry and what is wrong with it.
    """
    return parse_rules(resources.files("humas").joinpath(RULE_FILE).read_text(encoding="utf-8"))


def get_rule(code: str) -> Rule:
    """The rule with this code.

    Raises:
        OperatorError: there is none.
    """
    if code not in load_rules():
        raise _wrong(code, "aturan ini tidak ada", f"tulis blok [{code}], atau betulkan kode pada yang memakainya")
    return load_rules()[code]


def parse_rules(text: str) -> Mapping[str, Rule]:
    """Rules by code from the text of the file, in its order.

    Raises:
        OperatorError: no TOML, a code twice, a key that is missing or unknown, a severity or place there is not.
    """
    headings = _HEADING.findall(text)
    for code in headings:
        if headings.count(code) > 1:
            raise _wrong(code, "kode ini tertulis dua kali", "beri salah satunya nomor yang belum dipakai")
    try:
        entries = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        place = f"baris {line[1]}" if line else "akhir berkas"
        raise _wrong(place, "bukan TOML", 'tulis tiap isian sebagai kunci = "teks" pada satu baris') from error
    return {code: _rule(code, entry) for code, entry in entries.items()}


def _rule(code: str, entry: object) -> Rule:
    if not _CODE.fullmatch(code) or not isinstance(entry, dict):
        raise _wrong(code, "bukan blok aturan", "awali tiap aturan dengan [V00] atau [K00], huruf dan dua angka")
    for key, value in entry.items():
        if key not in _KEYS.keys() | _OPTIONAL:
            raise _wrong(code, f"kunci {key} tidak dikenal", f"pakai {_listed(_KEYS.keys() | _OPTIONAL)}")
        if not isinstance(value, str) or not value:
            raise _wrong(code, f"isi {key} kosong atau bukan teks", f'tulis {key} = "…", atau hapus baris itu')
    _require(code, entry)
    names = one_of((body.label for body in BODIES.values()), "atau")
    told = {key: value.replace(_BODIES, names) for key, value in entry.items()}
    return Rule(
        code, **{_KEYS[key]: value for key, value in told.items() if key in _KEYS and key != "keparahan"},
        severity=Severity(entry["keparahan"]),
    )  # fmt: skip


def _require(code: str, entry: Mapping[str, str]) -> None:
    missing = _KEYS.keys() - _OPTIONAL - entry.keys()
    if entry.get("tempat") in _BROKEN_BY_SENDERS and "cara" not in entry:
        missing |= {"cara"}
    if missing:
        raise _wrong(code, f"tanpa {_listed(missing)}", "lengkapi blok itu")
    for key, known in (("keparahan", tuple(Severity)), ("tempat", tuple(PLACES))):
        if entry[key] not in known:
            raise _wrong(code, f'{key} "{entry[key]}" tidak dikenal', f"pakai {_listed(known)}")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))


def _wrong(place: str, what: str, remedy: str) -> OperatorError:
    return OperatorError("aturan_salah", f"{RULE_FILE}, {place}: {what}.", f"{remedy}.")
