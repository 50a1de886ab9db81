"""Personal data: found where it is, left alone where it only looks like it, never shown."""

from __future__ import annotations

import pytest
from humas.contract.privacy import Context, find_personal, mask, personal_header, personal_kinds

NIK = "3374011505900002"


@pytest.mark.parametrize(
    ("teks", "jenis"),
    [
        (f"NIK {NIK} atas nama", ("NIK",)),
        ("3374 0115 0590 0002", ("NIK",)),
        ("NIK 3374015505900002 (perempuan)", ("NIK",)),
        ("hubungi 0812-3456-7890", ("nomor telepon",)),
        ("hubungi +62 812 3456 7890", ("nomor telepon",)),
        ("atas nama Budi 3374012345678901", ("NIK",)),
        ("https://www.facebook.com/kpu/posts/1234567890123456", ()),
        ("surel warga.contoh@gmail.com", ("surel pribadi",)),
        (f"{NIK}, 081234567890, a@yahoo.co.id", ("NIK", "nomor telepon", "surel pribadi")),
        ("humas@kpu.go.id", ()),
        ("telepon (024) 8413800", ("nomor telepon",)),
        ("telepon kantor (024) 8413800", ()),
        ("nomor 467/HM.03.5-Und/06/KPU/IX/2026", ()),
        ("tahun 2019 2020 2021 2022", ()),
        ("rekening 12345678901234567", ("nomor rekening",)),
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
        "1234567890123456",
    ],
)
def test_masked_text_holds_nothing_personal(teks):
    tersamar = mask(teks)
    assert personal_kinds(tersamar) == ()
    assert "disamarkan" in tersamar
    assert not any(bagian in tersamar for bagian in (NIK, "0590", "3456", "gmail", "1234567890123456"))


def test_other_text_is_unchanged():
    assert mask("Rapat 12 Juli 2026 di Aula Lantai 3") == "Rapat 12 Juli 2026 di Aula Lantai 3"


@pytest.mark.parametrize(
    ("teks", "jenis"),
    [
        ("Narahubung (0812) 3456-7890", "nomor telepon"),
        ("WA +62 (812) 3456 7890", "nomor telepon"),
        ("+62 (0) 812 3456 7890", "nomor telepon"),
        ("0812\u20113456\u20117890", "nomor telepon"),
        ("0812\u20133456\u20137890", "nomor telepon"),
        ("0812 - 3456 - 7890", "nomor telepon"),
        ("0812_3456_7890", "nomor telepon"),
        ("0812/3456/7890", "nomor telepon"),
        ("0812\u00a03456\u00a07890", "nomor telepon"),
        ("0812\u200b34567890", "nomor telepon"),
        ("0812 3456\n7890", "nomor telepon"),
        ("\uff10\uff18\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18", "nomor telepon"),
        ("0 8 1 2 3 4 5 6 7 8 9 0", "nomor telepon"),
        ("81234567890", "nomor telepon"),
        ("3374\u00a00115\u00a00590\u00a00002", "NIK"),
        ("budi @ gmail.com", "surel pribadi"),
        ("budi [at] gmail. com", "surel pribadi"),
        ("budi\uff20gmail.com", "surel pribadi"),
    ],
    ids=ascii,
)
def test_personal_data_is_found_however_it_is_dressed_and_masked_in_its_place(teks, jenis):
    kalimat = f"Hubungi {teks} untuk mendaftar"
    assert personal_kinds(kalimat) == (jenis,)
    tersamar = mask(kalimat)
    assert "disamarkan]" in tersamar
    assert tersamar.startswith("Hubungi ")
    assert tersamar.endswith(" untuk mendaftar")
    assert personal_kinds(tersamar) == ()


@pytest.mark.parametrize(
    "teks",
    [
        "Nomor 0812/3374/2026",
        "085/PP.06/3374/2026",
        "12.07.2026-10.08.2026",
        "Rp850000000",
        "Rp 8500000000",
        "08.30 - 10.00 WIB",
        "pukul 08.15 s.d. 10.30, 13 Juli 2026",
        "https://www.instagram.com/p/8123456789",
        "sekretariat 024-8413800",
        "humas@kpu.go.id",
        "\u0968\u096c Juli",
    ],
)
def test_numbers_that_are_nobodys_stay(teks):
    assert personal_kinds(teks) == ()
    assert mask(teks) == teks


@pytest.mark.parametrize(
    ("alamat", "jenis"),
    [
        ("https://wa.me/6281234567890", ("nomor telepon",)),
        ("https://api.whatsapp.com/send?text=halo&phone=+6281234567890", ("nomor telepon",)),
        ("https://contoh.go.id/?nik=3374011505900002", ("NIK",)),
        ("https://contoh.go.id/daftar?surel=budi%40gmail.com", ("surel pribadi",)),
        ("https://whatsapp.com/channel/0029Va81234567890", ()),
        ("https://www.facebook.com/kpu/posts/1234567890123456", ()),
        ("https://kota.kpu.go.id/blog/read/081234567890_rakor", ()),
    ],
)
def test_links_are_personal_only_when_they_say_so(alamat, jenis):
    assert personal_kinds(alamat, Context.LINK) == jenis


@pytest.mark.parametrize(
    ("judul", "pribadi"),
    [
        ("Nama Pemohon", True),
        ("nama_pemohon", True),
        ("No. HP/WA", True),
        ("E-mail", True),
        ("NIK", True),
        ("Alamat", True),
        ("Tempat, tgl. lahir", True),
        ("Keterangan", False),
        ("Nama kegiatan", False),
        ("Anggaran", False),
        ("Whatever", False),
    ],
)
def test_headers_of_personal_columns(judul, pribadi):
    assert personal_header(judul) is pribadi
