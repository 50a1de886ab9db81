"""JSON: pages merge, odd values become text that the contract can refuse by row, ambiguity is refused whole."""

from __future__ import annotations

import json

import pytest
from humas.errors import SenderError
from humas.reading import Document, read_files, read_here


def page(content: object, **rest: object) -> bytes:
    return json.dumps({
        "lembaga": "kpu",
        "kode_satker": "33.74",
        "periode": "2026-TW3",
        "data": content,
        **rest,
    }).encode()


def read(*data: bytes) -> Document:
    return read_files([(f"h{n}.json", one) for n, one in enumerate(data, start=1)])


def refused(*data: bytes) -> SenderError:
    with pytest.raises(SenderError) as caught:
        read(*data)
    return caught.value


def test_pages_become_one_list_numbered_through() -> None:
    document = read(
        page({"kegiatan": [{"judul": "a"}, {"judul": "b", "mode": "daring"}]}, nihil=False, versi_kontrak=1, halaman=1),
        page({"kegiatan": [{"mode": "luring", "peserta": 3}], "publikasi": [{"kanal": ["laman", "x"]}]}, halaman=2),
    )
    assert document.cover == {
        "lembaga": "kpu", "kode_satker": "33.74", "periode": "2026-TW3", "nihil": False, "versi_kontrak": 1,
    }  # fmt: skip
    kegiatan, publikasi = document.tables
    assert kegiatan.cells == [
        ["judul", "mode", "peserta"],
        ["a", None, None],
        ["b", "daring", None],
        [None, "luring", 3],
    ]
    assert (kegiatan.first_row, kegiatan.row_number(3)) == (0, 3)
    assert (publikasi.name, publikasi.cells[1]) == ("publikasi", [["laman", "x"]])


CELLS = [
    ("nan", "NaN", "NaN"),
    ("infinity", "-Infinity", "-Infinity"),
    ("overflow", "1e999", "1e999"),
    ("huge_int", "9" * 400, "9" * 400),
    ("int", "9007199254740993", 9007199254740993),
    ("float", "33.74", 33.74),
    ("code_as_number", "33.10", 33.1),
    ("null", "null", None),
    ("bool", "true", True),
    ("object", '{"a": [1]}', '{"a": [1]}'),
    ("nested_list", '[[1], {"a": 2}, "x"]', ["[1]", '{"a": 2}', "x"]),
    ("emoji", '"\\ud83d\\ude42"', "🙂"),
    ("half_emoji", '"\\ud83d!"', "?!"),
    ("nul", '"a\\u0000b"', "a\x00b"),
    ("long_word", '"' + "a" * 400 + '"', "a" * 400),
    ("formula", '"=1+1"', "=1+1"),
]


@pytest.mark.parametrize(("text", "value"), [c[1:] for c in CELLS], ids=[c[0] for c in CELLS])
def test_values(text: str, value: object) -> None:
    [table] = read(b'{"data": {"kegiatan": [{"judul": ' + text.encode() + b"}]}}").tables
    assert table.cells[1] == [value]
    json.dumps(table.cells).encode()


def test_what_is_no_record_is_counted_and_shown() -> None:
    [table] = read(page({"kegiatan": [{"judul": "a", "mode": "b"}, "teks", None, [1]]})).tables
    assert table.cells == [["judul", "mode"], ["a", "b"], ['"teks"'], ["null"], ["[1]"]]


@pytest.mark.parametrize(
    "content", [{}, {"kegiatan": []}, {"kegiatan": None}, None], ids=["none", "empty", "null", "no_data"]
)
def test_nil(content: object) -> None:
    document = read(page(content, nihil=True))
    assert document.cover["nihil"] is True
    assert all(len(table.cells) == 1 for table in document.tables)


BAD = [
    ("cut", b'{"data": {"kegiatan": [', "tak_terbaca", "baris 1, huruf ke-24"),
    ("comma", b'{"data": {},}', "tak_terbaca", "baris 1, huruf ke-13"),
    ("latin", b'{"data": "\xe9"}', "tak_terbaca", "bukan UTF-8 pada bita ke-11"),
    ("latin_far", b'{"data": "' + b"x" * 8114 + b'\xe9"}', "tak_terbaca", "bukan UTF-8 pada bita ke-8.125"),
    ("nested", b'{"data": ' + b"[" * 100_000, "tak_terbaca", "terlalu dalam"),
    ("list", b"[]", "bentuk_salah", "bukan objek"),
    ("no_data", b'{"lembaga": "kpu"}', "bentuk_salah", '"data" tidak ada'),
    ("data_list", page([1]), "bentuk_salah", '"data" tidak ada atau bukan objek'),
    ("rows_text", page({"kegiatan": "banyak"}), "bentuk_salah", '"data.kegiatan" bukan daftar'),
    ("double_key", b'{"data": {"kegiatan": [{"judul": 1, "judul": 2}]}}', "kunci_ganda", '"judul"'),
    ("double_set", b'{"data": {"kegiatan": [], "kegiatan": []}}', "kunci_ganda", '"kegiatan"'),
    ("wide", page({"kegiatan": [{f"k{n}": 1} for n in range(400)]}), "terlalu_banyak_kolom", "300 kolom"),
    ("dense", b'{"data":{"kegiatan":[' + b"[]," * 1_000_000 + b"[]]}}", "terlalu_padat", "2 juta nilai"),
    ("rows", b'{"data":{"kegiatan":[' + b"{}," * 200_000 + b"{}]}}", "terlalu_banyak_baris", "200.001 baris"),
]


@pytest.mark.parametrize(("data", "code", "message"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_refused_with_place(data: bytes, code: str, message: str) -> None:
    error = refused(data)
    assert error.code == code
    assert message in error.message


@pytest.mark.parametrize("key", ["lembaga", "kode_satker", "periode"])
def test_pages_of_different_senders(key: str) -> None:
    error = refused(page({}), page({}, **{key: "lain"}))
    assert error.code == "halaman_bertentangan"
    assert key in error.message


def test_utf16_and_byte_order_mark() -> None:
    text = page({"kegiatan": [{"judul": "é"}]}).decode()
    for data in (b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        assert read(data).tables[0].cells[1] == ["é"]


def test_mixed_and_foreign_files() -> None:
    with pytest.raises(SenderError) as caught:
        read_files([("a.json", page({})), ("b.csv", b"a;b\n1;2\n")])
    assert caught.value.code == "bentuk_campuran"
    for data, code in ((b"", "kosong"), (b"%PDF-1.7", "tak_terbaca"), (b"<html>", "tak_terbaca")):
        assert refused(data).code == code


SEEN = [
    ("entities", "Rapat &amp; Koordinasi &quot;Humas&quot;", 'Rapat & Koordinasi "Humas"'),
    ("numbers", "Jum&#39;at &#8211; &#x201C;baru&#x201d;", "Jum'at – “baru”"),
    ("escaped_twice", "A &amp;amp; B", "A & B"),
    ("blank_that_does_not_break", "a&nbsp;b", "a\u00a0b"),
    ("line_end_escaped_twice", r"Aula\r\nKPU", "Aula\nKPU"),
    ("address", "https://a.go.id/?x=1&copy=2&amp;y=3", "https://a.go.id/?x=1&copy=2&y=3"),
    ("no_letter", "a&#0;b&#xD800;c", "a\ufffdb\ufffdc"),
    ("unknown", "R&D; S&x;", "R&D; S&x;"),
    ("list", ["a &lt; b", 1], ["a < b", 1]),
]


@pytest.mark.parametrize(("written", "seen"), [one[1:] for one in SEEN], ids=[one[0] for one in SEEN])
def test_text_is_what_a_person_reads(written: object, seen: object) -> None:
    data = json.dumps({"data": {"kegiatan": [{"judul": written}]}}).encode()
    assert read_here([("a.json", data)]).tables[0].cells[1] == [seen]


def test_text_of_a_table_is_what_a_person_reads() -> None:
    (table,) = read_here([("a.csv", b"Judul,Tempat,Mitra\nA &amp; B,Aula,x\n")]).tables
    assert table.cells[1] == ["A & B", "Aula", "x"]
