"""CSV as offices export it: encodings, separators, quotes, and rows numbered as on the screen."""

from __future__ import annotations

import pytest
from humas.errors import SenderError
from humas.reading import RawTable, csv_file, read_files, read_here

TEXT = "Judul;Tempat;Jumlah\r\nRapat – lanjutan;Café;1.007\r\n"
ROWS = [["Judul", "Tempat", "Jumlah"], ["Rapat – lanjutan", "Café", "1.007"]]


def read(data: bytes) -> RawTable:
    [table] = read_files([("laporan.csv", data)]).tables
    return table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(encoding: str) -> None:
    table = read(TEXT.encode(encoding))
    assert table.cells == ROWS
    assert (table.name, table.first_row) == ("laporan.csv", 1)


GUESSED = [
    ("cp1252", "Jum’at – “Rapat” Café"), ("mac_roman", "Jum’at – “Rapat” Café"), ("cp1252", "Jum’at"), ("mac_roman", "Jum’at"),
    ("cp1252", "besär"), ("mac_roman", "besär"), ("cp437", "besär"), ("cp1252", "Rapat\u00a0lanjutan"), ("cp437", "Café besar"),
]  # fmt: skip


@pytest.mark.parametrize(("encoding", "text"), GUESSED)
def test_older_encodings_are_told_by_the_sense_they_make(encoding: str, text: str) -> None:
    assert read(f"a;b\n{text};2\n".encode(encoding)).cells[1][0] == text


def test_utf16_big_endian_with_mark() -> None:
    assert read(b"\xfe\xff" + TEXT.encode("utf-16-be")).cells == ROWS


SHAPES = [
    ("comma", b"a,b,c\n1,2,3\n", [["a", "b", "c"], ["1", "2", "3"]]),
    ("tab", b"a\tb\n1,5\t2\n", [["a", "b"], ["1,5", "2"]]),
    ("pipe", b"a|b\n1|2\n", [["a", "b"], ["1", "2"]]),
    ("commas_in_text", b"a;b;c\nx, y, z;2;3\nu, v;5;6\n", [["a", "b", "c"], ["x, y, z", "2", "3"], ["u, v", "5", "6"]]),
    ("title_rows", b"Laporan TW3\n\na;b;c\n1;2;3\n", [["Laporan TW3"], [], ["a", "b", "c"], ["1", "2", "3"]]),
    ("sep_line", b"sep=,\r\na,b;c\n1,2;3\n", [[], ["a", "b;c"], ["1", "2;3"]]),
    ("one_column", b"Judul\nRapat\n", [["Judul"], ["Rapat"]]),
    ("quoted_break", b'a;b\n"baris 1\nbaris 2";2\n3;4\n', [["a", "b"], ["baris 1\nbaris 2", "2"], ["3", "4"]]),
    ("doubled_quotes", b'a;b\n"kata ""ini""";2\n', [["a", "b"], ['kata "ini"', "2"]]),
    ("stray_quote_inside", b'a;b\nkata "ini";2\n', [["a", "b"], ['kata "ini"', "2"]]),
    ("text_after_quote", b'a;b\n"kata" ini;2\n', [["a", "b"], ["kata ini", "2"]]),
    ("old_mac", b"a;b\r1;2\r", [["a", "b"], ["1", "2"]]),
    ("nul", b"a;b\n1\x00;2\n", [["a", "b"], ["1\x00", "2"]]),
    ("trailing_blank", b"a;b\n1;2\n;\n\n ; \n", [["a", "b"], ["1", "2"]]),
    ("no_end_of_line", b"a;b\n1;2", [["a", "b"], ["1", "2"]]),
    ("blank_before", b"\n" * 40 + b"a|b|c\n1|2|3\n", [[]] * 40 + [["a", "b", "c"], ["1", "2", "3"]]),
    ("lines_wrapped", b'"a;b;c"\n"1;""x"";3"\n', [["a", "b", "c"], ["1", "x", "3"]]),
    ("formula", b"a;b\n=1+1;@x\n", [["a", "b"], ["=1+1", "@x"]]),
]


@pytest.mark.parametrize(("data", "cells"), [s[1:] for s in SHAPES], ids=[s[0] for s in SHAPES])
def test_shapes(data: bytes, cells: list[list[str]]) -> None:
    assert read(data).cells == cells


BAD = [
    ("long_cell", b"a;b\n" + b"x" * 200_000 + b";1\n", "sel_terlalu_panjang", "baris 2"),
    ("columns", b";".join([b"a"] * 400) + b"\n", "terlalu_banyak_kolom", "300 kolom"),
    ("rows", b"a;b\n" + b"1;2\n" * 100_060, "terlalu_banyak_baris", "100.061 baris"),
    ("blank", b" ; ; \n;;\n", "kosong", ""),
]


@pytest.mark.parametrize(("data", "code", "message"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_refused_with_place(data: bytes, code: str, message: str) -> None:
    with pytest.raises(SenderError) as caught:
        read(data)
    assert caught.value.code == code
    assert message in caught.value.message


MENDED = [
    ("open_quote", b'a;b;c\n1;2;3\n"4;5;6\n7;8;9\n', {3: ["4", "5", "6"], 4: ["7", "8", "9"]}, [3]),
    ("open_in_header", b'a;"b;c\n1;2;3\n4;5;6\n', {1: ["a", "b", "c"], 2: ["1", "2", "3"]}, [1]),
    ("far_apart", b'a;b;c\n1;"2;3\n4;5;6\n7;8";9\n', {2: ["1", "2", "3"], 3: ["4", "5", "6"], 4: ["7", "8", "9"]}, [2, 4]),
    ("honest_break_stays", b'a;b;c\n"1\nx";2;3\n"4;5;6\n7;8;9\n', {2: ["1\nx", "2", "3"], 3: ["4", "5", "6"]}, [3]),
    ("last_line", b'a;b;c\n1;2;3\n4;5;"6', {3: ["4", "5", "6"]}, [3]),
    ("wider_by_what_it_swallowed", b'a,b,c\n"1, x",2,"3\n4,5,6\n"7 "y" z",8,9\n', {2: ["1, x", "2", "3"], 3: ["4", "5", "6"]}, [2]),
    ("comma", b'a,b,c\n1,"2,3\n4,5,6\n', {2: ["1", "2", "3"], 3: ["4", "5", "6"]}, [2]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "cells", "broken"), [m[1:] for m in MENDED], ids=[m[0] for m in MENDED])
def test_a_stray_quote_costs_its_own_line_only(data: bytes, cells: dict[int, list[str]], broken: list[int]) -> None:
    table = read(data)
    assert {number: table.cells[number - 1] for number in cells} == cells
    assert [(note.code, note.row) for note in table.notes] == [("K42", number) for number in broken]


def test_many_stray_quotes_are_counted_not_listed() -> None:
    table = read(b"a;b;c\n" + b'1;"2;3\n' * 301)
    assert len(table.cells) == 302
    assert len(table.notes) == 21
    assert "281 baris lain" in table.notes[-1].message


def test_blank_lines_have_a_bound_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_file, "_SHEET_ROWS", 1000)
    with pytest.raises(SenderError) as caught:
        read_here([("laporan.csv", b"a;b\n" + b"\n" * 250_000)])
    assert "250.001 baris" in caught.value.message


COVERS = [
    ("period", [b"Judul;Periode\na;2026-TW3\nb;2026-TW3\n"], {"periode": "2026-TW3"}),
    ("two_periods", [b"PERIODE ;Judul\n2026-TW2;a\n2026-TW3;b\n"], {"periode": "2026-TW2, 2026-TW3"}),
    (
        "one_period_in_two_ways",
        [b"Judul;Periode\na;2026-TW3\n", b"Kanal;Periode\na;Triwulan III 2026\n"],
        {"periode": "2026-TW3"},
    ),
    ("two_files", [b"Judul;Periode\na;2026-TW3\n", b"Kanal;Periode\na;2026-TW2\n"], {"periode": "2026-TW3, 2026-TW2"}),
    ("none", [b"Judul;Tanggal\na;1\n"], {}),
]


@pytest.mark.parametrize(("files", "cover"), [c[1:] for c in COVERS], ids=[c[0] for c in COVERS])
def test_cover_from_a_column(files: list[bytes], cover: dict[str, object]) -> None:
    document = read_files([(f"{n}.csv", data) for n, data in enumerate(files)])
    assert (document.form, document.cover) == ("csv", cover)
    assert [table.name for table in document.tables] == [f"{n}.csv" for n in range(len(files))]


def _lines(separator: str, *rows: str) -> bytes:
    usual = ["Judul,Tempat,Mitra,Peserta,Bukti", "a,b,,1,", "c,d,,2,", "e,f,,3,"]
    return "\n".join([*usual, *rows]).replace(",", separator).replace("~", f"{separator} ").encode()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
def test_an_entry_with_a_separator_that_nobody_quoted_is_told_by_its_line(separator: str) -> None:
    table = read(_lines(separator, "Rapat,Aula~Tembalang,,4,", "Rapat,Aula,Tembalang,,4,x", "Rapat,Aula,4,"))
    assert table.cells[4] == ["Rapat", f"Aula{separator} Tembalang", "", "4", ""]
    assert [(note.code, note.row, note.message[:24]) for note in table.notes] == [
        ("K57", 5, "berisi 6 sel, baris lain"),
        ("K57", 6, "berisi 6 sel, baris lain"),
        ("K57", 7, "berisi 4 sel, baris lain"),
    ]


@pytest.mark.parametrize("row", ["Jumlah,6", "x,y,,4,,,", "x,y,,4", ""], ids=["total", "empty_more", "short", "blank"])
def test_other_lines_of_another_length_are_as_programs_write_them(row: str) -> None:
    text = "Judul,Tempat,Mitra,Peserta,Bukti\na,b,,1,z\nc,d,,2,z\ne,f,,3,z\n" + row
    assert not read(text.encode()).notes


@pytest.mark.parametrize(
    ("text", "rows"),
    [("a;b\nc;d", 2), ("a;b\r\nc;d\r\n", 2), ("a;b\rc;d", 2), ('a;b\n"x\ny";z', 2), (f"a;b\n{'x' * 100_000};c", 2)],
    ids=["no newline at the end", "carriage returns and newlines", "carriage returns", "a break within a cell", "one endless line"],
)  # fmt: skip
def test_lines_end_as_people_end_them(text: str, rows: int) -> None:
    assert len(csv_file.read_csv("laporan.csv", text.encode()).cells) == rows
