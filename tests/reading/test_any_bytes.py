"""Whatever arrives, reading ends in a document or in an error of ours; never in anything else."""

from __future__ import annotations

import json

from humas.errors import HumasError
from humas.reading import Document, read_files
from humas.sources import FileKind, sniff
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reading.workbooks import one_sheet, xls

SOME = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BOOK = one_sheet([["Judul", "Jumlah"], ["Rapat", 3], ["Rapat lain", 4.5]])
OLD_BOOK = xls({(0, 0): "Judul", (1, 0): 33.5})
PREFIXES = st.sampled_from([b"", b"{", b"[", b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"a;b\n", b'"', b"sep=;\n", b"%PDF"])


def survive(*data: bytes) -> None:
    try:
        document = read_files([(f"f{n}", one) for n, one in enumerate(data)])
    except HumasError as error:
        assert error.message.isprintable()
        assert error.remedy
        return
    assert isinstance(document, Document)
    for table in document.tables:
        json.dumps([table.name, table.cells], default=str).encode()


@SOME
@given(PREFIXES, st.binary(max_size=400))
def test_bytes(begin: bytes, rest: bytes) -> None:
    assert sniff(begin + rest) in FileKind
    survive(begin + rest)


@SOME
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252"]))
def test_text(text: str, encoding: str) -> None:
    survive(("a;b\n" + text).encode(encoding, "replace"))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@SOME
@given(VALUES, VALUES)
def test_json_values(one: object, second: object) -> None:
    survive(
        json.dumps({"data": one}).encode(),
        json.dumps({"data": {"kegiatan": [second, one]}, "periode": second}).encode(),
    )


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_spoiled_workbook(stains: list[tuple[int, int]]) -> None:
    data = bytearray(BOOK)
    for position, value in stains:
        data[position] = value
    survive(bytes(data))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(512, 2048), st.sampled_from([0, 1, 2, 9, 255])), min_size=1, max_size=4))
def test_spoiled_old_workbook(stains: list[tuple[int, int]]) -> None:
    data = bytearray(OLD_BOOK)
    for position, value in stains:
        data[position] = value
    survive(bytes(data))


@SOME
@given(st.integers(0, len(BOOK)))
def test_cut_workbook(length: int) -> None:
    survive(BOOK[:length])
