"""Passwords that people write into remarks: emptied in any cell of any data set, and nothing where one only speaks of passwords."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from humas.layout.secrets import without_secrets
from humas.reading.table import RawTable

_DATA = Path(__file__).parent / "data"
KEPT = {
    "tiktok: humaskab_contoh/Tik70kKab", "kalau mau masuk ketik P4tt1mur4 di kolom sandi", "OTP td pagi 608817 sdh masuk di hp pa Simon",
    "sandi : bawaslubisa",
}  # fmt: skip
"""No word stands before the password, or one that has other meanings: nothing is guessed."""


def _labelled(name: str) -> list[tuple[str, str]]:
    """Texts and the password in each; those of the second and third file are two strangers', read once: 10 and 13 of 20 were found."""
    lines = csv.DictReader((_DATA / name).open(encoding="utf-8"), delimiter="\t")
    return [(row["isian"], row["rahasia"]) for row in lines if row["isian"] not in KEPT]


LABELLED = [*_labelled("kata_sandi.csv"), *_labelled("kata_sandi_kedua.csv"), *_labelled("kata_sandi_ketiga.csv")]


def _emptied(text: str) -> tuple[str, list[tuple[str, int, int | None]]]:
    table = without_secrets(RawTable("Kegiatan", [["Judul", "Keterangan"], ["Rapat", text]], first_row=4))
    cell = table.cells[1][1]
    return str(cell), [(note.code, note.row, note.position) for note in table.notes]


@pytest.mark.parametrize(("text", "secret"), LABELLED, ids=[text for text, _ in LABELLED])
def test_a_password_in_a_remark_is_emptied_and_talk_of_passwords_stays(text: str, secret: str) -> None:
    shown, notes = _emptied(text)
    if secret:
        assert shown == text.replace(secret, "[dihapus]")
        assert notes == [("K90", 5, 1)]
    else:
        assert (shown, notes) == (text, [])


def test_several_in_one_column_are_told_once_with_their_first_row() -> None:
    rows = [["Judul", "Keterangan"], ["a", "pw: satu111"], ["b", "rapat"], ["c", "pw: dua222; pin: 1234"]]
    table = without_secrets(RawTable("Kegiatan", rows))
    assert [row[1] for row in table.cells[1:]] == ["pw: [dihapus]", "rapat", "pw: [dihapus]; pin: [dihapus]"]
    (note,) = table.notes
    assert (note.row, note.position) == (2, 1)
    assert "2 sel" in note.message


@pytest.mark.parametrize("word", ["pw ", "kata sandi: ", "password akun ig ", "pin:"])
def test_work_grows_with_the_text_alone(word: str) -> None:
    text = word * 20_000
    shown, _ = _emptied(text)
    assert len(shown) <= len(text) * 3
