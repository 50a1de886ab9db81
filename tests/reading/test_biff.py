"""The second look at XLS: what the library passes over is told or shown, and the cells are counted."""

from __future__ import annotations

import struct

import pytest
from humas.reading.biff import examine
from humas.reading.document import read_here
from humas.reading.table import BrokenCell, RawTable

from tests.reading.workbooks import record, xls


def read(data: bytes) -> RawTable:
    (table,) = read_here([("laporan.xls", data)]).tables
    return table


def formula(result: bytes, number: int = 0x06) -> bytes:
    """A formula in B1 with its stored result."""
    return record(number, struct.pack("<HHH", 0, 1, 0) + result + struct.pack("<HIH", 0, 0, 0))


def special(kind: int, value: int = 0) -> bytes:
    return bytes([kind, 0, value, 0, 0, 0, 0xFF, 0xFF])


def text_result(text: str) -> bytes:
    return record(0x207, struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


NUMBERS = (0x06, 0x206, 0x406)
RESULTS = [
    ("number", formula, struct.pack("<d", 85.0), b"", 85.0, float),
    ("text", formula, special(0), text_result("Rapat – satu"), "Rapat – satu", str),
    ("truth", formula, special(1, 1), b"", True, bool),
    ("error", formula, special(2, 7), b"", "#DIV/0!", BrokenCell),
    ("error_cell", lambda result, number: record(0x205, struct.pack("<HHHBB", 0, 1, 0, 23, 1)), b"", b"", "#REF!", BrokenCell),
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS, ids=hex)
@pytest.mark.parametrize(
    ("build", "result", "more", "value", "kind"), [r[1:] for r in RESULTS], ids=[r[0] for r in RESULTS]
)
def test_results_and_errors_are_seen_under_every_record_number(build, result, more, value, kind, number) -> None:
    table = read(xls({(0, 0): "Judul"}, more=build(result, number) + more))
    assert (table.cells, type(table.cells[0][1]), table.notes) == ([["Judul", value]], kind, ())


def test_a_formula_whose_result_is_empty_stays_empty() -> None:
    table = read(xls({(0, 0): "Judul", (0, 2): "x"}, more=formula(special(3))))
    assert (list(table.cells[0]), table.notes) == (["Judul", "", "x"], ())


@pytest.mark.parametrize("page", [1200, 1252, 1250, 1251, 1254, 10000, 437], ids=str)
def test_texts_are_utf_16_whatever_code_page_is_stated(page: int) -> None:
    text = "“Kafé” – satu"
    wide = record(0x204, struct.pack("<HHHHB", 0, 1, 0, len(text), 1) + text.encode("utf-16-le"))
    narrow = record(0x204, struct.pack("<HHHHB", 0, 2, 0, 4, 0) + "Kafé".encode("latin-1"))
    table = read(xls({(0, 0): "Judul"}, before=record(0x42, struct.pack("<H", page)), more=wide + narrow))
    assert (table.cells, table.notes) == ([["Judul", text, "Kafé"]], ())


def shared(*texts: bytes, split: int = 0) -> bytes:
    """The shared texts; cut in two records inside a text of two bytes a letter when ``split`` says where."""
    content = struct.pack("<II", len(texts), len(texts)) + b"".join(texts)
    if not split:
        return record(0xFC, content)
    return record(0xFC, content[:split]) + record(0x3C, b"\x01" + content[split:])


def item(text: str, wide: int = 0, runs: int = 0) -> bytes:
    head = struct.pack("<HB", len(text), wide | (8 if runs else 0)) + (struct.pack("<H", runs) if runs else b"")
    return head + text.encode("utf-16-le" if wide else "latin-1") + b"\0" * 4 * runs


@pytest.mark.parametrize("split", [0, 8 + 4 + 5 + 2], ids=["whole", "over_two_records"])
def test_shared_texts_in_which_nothing_stands_are_not_counted(split: int) -> None:
    texts = (item("a"), item("bc", 1, 2), item(""), item(" "))
    cells = b"".join(record(0xFD, struct.pack("<HHHI", 0, column, 0, column)) for column in range(4))
    data = xls({(1, 0): 5.0}, before=shared(*texts, split=split), more=cells)
    assert examine(data)[1]["Kegiatan"].count == 3
    assert not read(data).notes


def test_a_record_that_the_library_drops_is_told() -> None:
    twice = record(0x203, struct.pack("<HHHd", 0, 0, 0, 1.0)) * 2
    assert [note.message for note in read(xls({(0, 1): "x"}, more=twice)).notes] == [
        "memuat 3 sel terisi, yang terbaca 2."
    ]


@pytest.mark.parametrize("length", [0, 8, 512, 600, 1100])
def test_a_broken_file_gives_no_second_look(length: int) -> None:
    data = xls({(0, 0): "Judul"})[:length]
    assert examine(data) == (data, {})
