"""Findings in the words and the order in which officers meet them, on the screen and in the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from humas.contract.cells import clean_text
from humas.contract.columns import MENURUT_NAMA
from humas.contract.privacy import mask
from humas.contract.result import Keparahan, StatusKiriman

_URUTAN = tuple(Keparahan)


def by_weight(temuan: Sequence[Mapping[str, Any]], lembar: Sequence[str]) -> list[Mapping[str, Any]]:
    """Findings, most important first: severity, then the whole file before its sheets (in this order), row and column."""
    order = {name: number for number, name in enumerate(lembar)}

    def weight(finding: Mapping[str, Any]) -> tuple[int, int, int, int, str]:
        position = order.get(finding["sheet"], len(lembar)) if finding["sheet"] else -1
        column = finding["column"]
        return (_URUTAN.index(Keparahan(finding["severity"])), position, int(finding["row"]), len(column), column)

    return sorted(temuan, key=weight)


def consequence(temuan: Mapping[str, Any], status: str) -> str:
    """What a finding means: of a refused file as a whole ``Ditolak``, of a row ``Ditahan`` and so on."""
    severity = Keparahan(temuan["severity"])
    refused = status == StatusKiriman.DITOLAK and severity is Keparahan.FATAL and not temuan["row"]
    return StatusKiriman.DITOLAK.label if refused else severity.akibat


def column_label(temuan: Mapping[str, Any]) -> str:
    """Label of the column a finding is about; empty when it is about none."""
    dataset = MENURUT_NAMA.get(temuan["dataset"])
    column = dataset.menurut_nama.get(temuan["field"]) if dataset else None
    return column.label if column else ""


def place_words(temuan: Mapping[str, Any]) -> str:
    """``Kegiatan, baris 14, kolom F (Jumlah peserta)``; "" for the whole file."""
    label = column_label(temuan)
    parts = [clean(temuan["sheet"])] if temuan["sheet"] else []
    parts += [f"baris {temuan['row']}"] if temuan["row"] else []
    if temuan["column"]:
        parts.append(f"kolom {clean(temuan['column'])}" + (f" ({label})" if label else ""))
    elif label:
        parts.append(label)
    return ", ".join(parts)


def what_is_wrong(temuan: Mapping[str, Any]) -> str:
    """The message without the place it begins with."""
    message, name = str(temuan["message"]), str(temuan["sheet"])
    if name and message.startswith(name):
        front, mark, wording = message[len(name) :].partition(": ")
        if mark and (not front or front.startswith((",", " ("))):
            message = wording[:1].upper() + wording[1:]
    return clean(message)


def clean(teks: str) -> str:
    """Text for people: no invisible characters, personal data masked."""
    return mask(clean_text(teks)[0])


def dotted(angka: int) -> str:
    """1007 as ``1.007``."""
    return f"{angka:,}".replace(",", ".")


def count_words(jawaban: Mapping[str, Any]) -> str:
    """``119 masuk = 114 diterima + 3 ditahan + 2 kembar``."""
    total, accepted, held, duplicate = (
        dotted(jawaban[key]) for key in ("rows_in", "accepted", "quarantined", "duplicates")
    )
    return f"{total} masuk = {accepted} diterima + {held} ditahan + {duplicate} kembar"
