"""Findings that are one question are asked once."""

from __future__ import annotations

from humas.forms.feedback.kinds import ask_once


def _finding(row: int, name: str, rule: str = "V29", sheet: str = "Kegiatan") -> dict[str, object]:
    return {
        "sheet": sheet, "row": row, "rule": rule, "column": "B", "field": "nama_satker",
        "message": f'{sheet}, baris {row}, kolom B (Satker): "{name}": Kabupaten {name} atau Kota {name}?',
    }  # fmt: skip


def test_a_name_of_two_units_is_one_question_however_many_rows_bear_it() -> None:
    findings = [
        _finding(4, "Tasik"),
        _finding(5, "Mura"),
        _finding(9, "Tasik"),
        _finding(9, "Tasik", sheet="Publikasi"),
    ]
    others = [_finding(6, "x", "V13"), _finding(7, "x", "V13")]
    asked = list(ask_once([*findings, *others]))
    assert [(one["row"], one["rule"], one["sheet"]) for one in asked] == [
        (4, "V29", "Kegiatan"), (5, "V29", "Kegiatan"), (9, "V29", "Publikasi"), (6, "V13", "Kegiatan"), (7, "V13", "Kegiatan"),
    ]  # fmt: skip
    assert str(asked[0]["message"]).endswith("Kota Tasik? Berlaku untuk 2 baris: 4, 9.")
    assert asked[1] == findings[1]
