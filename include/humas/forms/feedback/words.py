"""Findings in the words and the order in which officers meet them, on the screen and in the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from humas.contract.columns import BY_NAME, Column
from humas.contract.rules import Severity
from humas.privacy import mask
from humas.validation.result import SubmissionStatus
from humas.validation.suite import lacking_rules
from humas.values.cells import clean_text

_ORDER = tuple(Severity)


def by_weight(findings: Sequence[Mapping[str, Any]], sheet: Sequence[str]) -> list[Mapping[str, Any]]:
    """Findings, most important first: severity, then the whole file before its sheets (in this order), row and column."""
    order = {name: number for number, name in enumerate(sheet)}

    def weight(finding: Mapping[str, Any]) -> tuple[int, int, int, int, str]:
        position = order.get(finding["sheet"], len(sheet)) if finding["sheet"] else -1
        column = finding["column"]
        return (_ORDER.index(Severity(finding["severity"])), position, int(finding["row"]), len(column), column)

    return sorted(findings, key=weight)


def consequence(findings: Mapping[str, Any], status: str) -> str:
    """What a finding means: of a refused file as a whole ``Ditolak``, of a row ``Ditahan`` and so on.

    A cell that is asked for and missing or not understood is to be completed.
    """
    severity = Severity(findings["severity"])
    if lacks_value(findings) and findings["asked"]:
        return "Perlu dilengkapi"
    refused = status == SubmissionStatus.REFUSED and severity is Severity.FATAL and not findings["row"]
    return SubmissionStatus.REFUSED.label if refused else severity.consequence


def lacks_value(findings: Mapping[str, Any]) -> bool:
    """Whether a finding tells of an accepted row that has no value in the column named."""
    column = _column(findings)
    if column is None or findings["severity"] != Severity.WARNING:
        return False
    return findings["rule"] in lacking_rules(BY_NAME[findings["dataset"]], column)


def _column(findings: Mapping[str, Any]) -> Column | None:
    dataset = BY_NAME.get(findings["dataset"])
    return dataset.by_name.get(findings["field"]) if dataset else None


def place_words(findings: Mapping[str, Any]) -> str:
    """``Kegiatan, baris 14, kolom F (Jumlah peserta)``; "" for the whole file."""
    label = findings["label"]
    parts = [clean(findings["sheet"])] if findings["sheet"] else []
    parts += [f"baris {findings['row']}"] if findings["row"] else []
    if findings["column"]:
        parts.append(f"kolom {clean(findings['column'])}" + (f" ({label})" if label else ""))
    elif label:
        parts.append(label)
    return ", ".join(parts)


def what_is_wrong(findings: Mapping[str, Any]) -> str:
    """The message without the place it begins with."""
    message, name = str(findings["message"]), str(findings["sheet"])
    if name and message.startswith(name):
        front, mark, wording = message[len(name) :].partition(": ")
        if mark and (not front or front.startswith((",", " ("))):
            message = wording[:1].upper() + wording[1:]
    return clean(message)


def clean(text: str) -> str:
    """Text for people: no invisible characters, personal data masked."""
    return mask(clean_text(text)[0])


def dotted(figure: int) -> str:
    """1007 as ``1.007``."""
    return f"{figure:,}".replace(",", ".")


def count_words(answer: Mapping[str, Any]) -> str:
    """``119 masuk = 114 diterima + 3 ditahan + 2 kembar``."""
    total, accepted, held, duplicate = (
        dotted(answer[key]) for key in ("rows_in", "accepted", "quarantined", "duplicates")
    )
    return f"{total} masuk = {accepted} diterima + {held} ditahan + {duplicate} kembar"
