"""Personal data: found where it is, left alone where it only looks like it, never shown."""

from __future__ import annotations

import pytest
from humas.contract.privacy import mask, personal_kinds

NIK = "3374011505900002"


@pytest.mark.parametrize(
    ("teks", "jenis"),
    [
        (f"NIK {NIK} atas nama", ("NIK",)),
        ("3374 0115 0590 0002", ("NIK",)),
        ("NIK 3374015505900002 (perempuan)", ("NIK",)),
        ("hubungi 0812-3456-7890", ("nomor ponsel",)),
        ("hubungi +62 812 3456 7890", ("nomor ponsel",)),
        ("atas nama Budi 3374012345678901", ("NIK",)),
        ("https://www.facebook.com/kpu/posts/1234567890123456", ()),
        ("surel warga.contoh@gmail.com", ("surel pribadi",)),
        (f"{NIK}, 081234567890, a@yahoo.co.id", ("NIK", "nomor ponsel", "surel pribadi")),
        ("humas@kpu.go.id", ()),
        ("telepon (024) 8413800", ()),
        ("nomor 467/HM.03.5-Und/06/KPU/IX/2026", ()),
        ("tahun 2019 2020 2021 2022", ()),
        ("rekening 12345678901234567", ()),
        ("1.234.567.890.123", ()),
        ("", ()),
    ],
)
def test_personal_kinds(teks, jenis):
    assert personal_kinds(teks) == jenis


@pytest.mark.parametrize(
    "teks",
    [
        f"NIK {NIK}.",
        "3374 0115 0590 0002",
        "WA 0812-3456-7890",
        "a.b+c@gmail.com",
        "humas@kpu.go.id",
        "1234567890123456",
    ],
)
def test_masked_text_holds_nothing_personal(teks):
    tersamar = mask(teks)
    assert personal_kinds(tersamar) == ()
    assert "disamarkan" in tersamar
    assert not any(bagian in tersamar for bagian in (NIK, "0590", "3456", "gmail", "kpu.go.id", "1234567890123456"))


def test_other_text_is_unchanged():
    assert mask("Rapat 12 Juli 2026 di Aula Lantai 3") == "Rapat 12 Juli 2026 di Aula Lantai 3"
