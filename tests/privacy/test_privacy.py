"""Personal data: found where it is, left alone where it only looks like it, never shown."""

from __future__ import annotations

import itertools

import pytest
from humas.privacy import Kind, TextForm, find_personal, mask, personal_header, personal_kinds
from hypothesis import given, settings
from hypothesis import strategies as st

NIK = "3374011505900002"
PIECES = st.lists(
    st.sampled_from([
        "0812", "3456", "7890", "3374", "0155", "0385", "0007", "081234567890", NIK, "+", "62", "0062", "(", ")", " ", "-",
        ".", "/", ",", ":", "@", "gmail", ".com", " at ", " dot ", "budi", "NIK ", "NPWP ", "rek ", "BRI ", "telp ", "kantor ",
        "https://", "wa.me/", "x.go.id/", "?hp=", "&", "nik=", "01.234.567.8-901.000", "0274", "512345", "2026", "15/07/2026",
        "09.30", "Rp ", "1.234.567.890", "%20", "%40", "[NIK disamarkan]", "[rekening disamarkan]", "\0", "\n", "\u200b",
        "\uff10", "\u2013", "0", "1", "8", "O", "l", "_", "pos", "id=", "tel:", "[at]", "yahoo.co.id", "go.id", ";", "|", '"',
    ]),
    max_size=14,
).map("".join)  # fmt: skip
LONG_PIECES = (
    "1", "1 ", "081234567890 ", "081234567890.", NIK + ".", "@", "a@", " at gmail", "a@gmail.com", "http://", "%40", "0.",
    "+62", "(", "0 8 1 2 3 4 5 6 7 8 9 0 ", "3374 0155 0385 ", "[NIK disamarkan]", " dot ", "rek 1234567890 ", "01/02/2026 ",
    "O", "l", "1.234.", "\uff11", "a_", "www.", "a.",
)  # fmt: skip


def written(value: object) -> str:
    """A parameter as part of a test's name, the same in every process."""
    return ascii(sorted(value) if isinstance(value, set | frozenset) else value)


@pytest.mark.parametrize(
    ("text", "kind"),
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
def test_personal_kinds(text, kind):
    assert personal_kinds(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        f"NIK {NIK}.",
        "3374 0115 0590 0002",
        "WA 0812-3456-7890",
        "a.b+c@gmail.com",
        "1234567890123456",
    ],
)
def test_masked_text_holds_nothing_personal(text):
    masked = mask(text)
    assert personal_kinds(masked) == ()
    assert "disamarkan" in masked
    assert not any(parts in masked for parts in (NIK, "0590", "3456", "gmail", "1234567890123456"))


def test_other_text_is_unchanged():
    assert mask("Rapat 12 Juli 2026 di Aula Lantai 3") == "Rapat 12 Juli 2026 di Aula Lantai 3"


@pytest.mark.parametrize(
    ("text", "kind"),
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
    ids=written,
)
def test_personal_data_is_found_however_it_is_dressed_and_masked_in_its_place(text, kind):
    sentences = f"Hubungi {text} untuk mendaftar"
    assert personal_kinds(sentences) == (kind,)
    masked = mask(sentences)
    assert "disamarkan]" in masked
    assert masked.startswith("Hubungi ")
    assert masked.endswith(" untuk mendaftar")
    assert personal_kinds(masked) == ()


@pytest.mark.parametrize(
    "text",
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
def test_numbers_that_are_nobodys_stay(text):
    assert personal_kinds(text) == ()
    assert mask(text) == text


@pytest.mark.parametrize(
    ("address", "kind"),
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
def test_links_are_personal_only_when_they_say_so(address, kind):
    assert personal_kinds(address, TextForm.LINK) == kind


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("2026 3374 0155 0385 0007", {Kind.NIK}),
        ("15/07/2026 3374 0155 0385 0007", {Kind.NIK}),
        ("081234567890 3374 0155 0385 0007", {Kind.PHONE, Kind.NIK}),
        ("No. 123/PL.01/33/2026 3374-0155-0385-0007", {Kind.NIK}),
        ("20263374015503850007", {Kind.NIK}),
        ("3374/0155/0385/0007", {Kind.NIK}),
        ("3374, 0155, 0385, 0007", {Kind.NIK}),
        ("33.74.01.550385.0007", {Kind.NIK}),
        ("3374*0155*0385*0007", {Kind.NIK}),
        ("3374 O155 O385 OOO7", {Kind.NIK}),
        ("3.374.015.503.850.007", {Kind.NIK}),
        ("NIK 337401550385007 kurang satu angka", {Kind.NIK}),
        ("3\u200b374\u200b015503850007", {Kind.NIK}),
        ("006281234567890", {Kind.PHONE}),
        ("08.12.34.56.78.90", {Kind.PHONE}),
        ("[0812] 3456 7890", {Kind.PHONE}),
        ("0\ufe0f\u20e38\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e3 3456 7890", {Kind.PHONE}),
        ("+60 12-345 6789", {Kind.PHONE}),
        ("+62 274 512345", {Kind.PHONE}),
        ("rumah (0274) 512345", {Kind.PHONE}),
        ("telp. 0291-592243 a.n. Masrukan", {Kind.PHONE}),
        ("budi at gmail dot com", {Kind.EMAIL}),
        ("budi_at_yahoo_dot_co_dot_id", {Kind.EMAIL}),
        ("budi&#64;gmail.com", {Kind.EMAIL}),
        ("budi@gmail", {Kind.EMAIL}),
        ("01.234.567.8-901.000", {Kind.TAX}),
        ("NPWP 3374015503850007", {Kind.TAX}),
        ("rek BRI 0123-01-012345-50-1 a.n. Budi", {Kind.ACCOUNT}),
        ("1234567890 (BCA)", {Kind.ACCOUNT}),
        ("lihat https://contoh.id/pemohon/3374015503850007 ya", {Kind.NIK}),
    ],
    ids=written,
)
def test_each_kind_is_found_in_every_dress(text, kinds):
    assert set(personal_kinds(text)) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "Rp 3.621.313.000.000.000",
        "anggaran 3.374.015.503.850.007 rupiah",
        "15/07/2026 09.30-11.30 WIB",
        "2026071520260717",
        "NIP 19850315 201012 1 001",
        "33.18.09.2004, 33.18.09.2005, 33.18.09.2006",
        "33.18.09.2004 33.18.09.2005",
        "TPS 081, 082, 083, 084",
        "Zoom Meeting ID 812 3456 7890",
        "-8.4991012,140.4049123",
        "NIB 0812220047719",
        "3f2a0812-9001-4773-a512-9000031740ab",
        "MAC 08:12:90:01:77:6A",
        "Kode rekening 5.1.02.02.01.0026",
        "99.999.999.9-999.999",
        "NIK 337401******0007",
        "0812-xxxx-7890",
        "hotline PPID 0811-2700-1238",
        "Kantor KPU (0295) 381567, faks. 0295-385412",
        "ppid at bawaslu dot go dot id",
        "https://us02web.zoom.us/j/81234567890?pwd=QzR0",
        "https://youtu.be/7xY0812zQ9k?si=0811442018",
    ],
    ids=written,
)
def test_what_only_looks_personal_stays(text):
    assert find_personal(text) == ()
    assert mask(text) == text


@pytest.mark.parametrize("context", list(TextForm))
@settings(max_examples=300, deadline=None)
@given(text=PIECES)
def test_rule_and_mask_never_disagree(context, text):
    spans, masked = find_personal(text, context), mask(text, context)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))
    assert (spans == ()) == (masked == text) == (personal_kinds(text, context) == ())
    assert find_personal(masked, context) == ()


@pytest.mark.parametrize("context", list(TextForm))
@pytest.mark.parametrize("piece", LONG_PIECES, ids=written)
def test_long_texts_of_one_piece_are_masked_whole(context, piece):
    """A search that is not linear would not come to an end here."""
    text = piece * (6_000 // len(piece))
    assert find_personal(mask(text, context), context) == ()


@pytest.mark.parametrize(
    ("title", "personal"),
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
def test_headers_of_personal_columns(title, personal):
    assert personal_header(title) is personal
