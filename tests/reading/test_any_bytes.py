"""Whatever arrives, reading ends in a document or in an error of ours; never in anything else."""

from __future__ import annotations

import json

from humas.errors import HumasError
from humas.reading import Dokumen, read_files
from humas.sources import Jenis, sniff
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reading.workbooks import one_sheet, xls

SOME = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BOOK = one_sheet([["Judul", "Jumlah"], ["Rapat", 3], ["Rapat lain", 4.5]])
OLD_BOOK = xls({(0, 0): "Judul", (1, 0): 33.5})
PREFIXES = st.sampled_from([b"", b"{", b"[", b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"a;b\n", b'"', b"sep=;\n", b"%PDF"])


def survive(*data: bytes) -> None:
    try:
        dokumen = read_files([(f"f{n}", satu) for n, satu in enumerate(data)])
    except HumasError as galat:
        assert galat.pesan.isprintable()
        assert galat.cara
        return
    assert isinstance(dokumen, Dokumen)
    for tabel in dokumen.tabel:
        json.dumps([tabel.nama, tabel.sel], default=str).encode()


@SOME
@given(PREFIXES, st.binary(max_size=400))
def test_bytes(awal: bytes, sisa: bytes) -> None:
    assert sniff(awal + sisa) in Jenis
    survive(awal + sisa)


@SOME
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252"]))
def test_text(teks: str, sandi: str) -> None:
    survive(("a;b\n" + teks).encode(sandi, "replace"))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


@SOME
@given(VALUES, VALUES)
def test_json_values(satu: object, dua: object) -> None:
    survive(
        json.dumps({"data": satu}).encode(), json.dumps({"data": {"kegiatan": [dua, satu]}, "periode": dua}).encode()
    )


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(BOOK) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_spoiled_workbook(noda: list[tuple[int, int]]) -> None:
    data = bytearray(BOOK)
    for letak, nilai in noda:
        data[letak] = nilai
    survive(bytes(data))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(512, 2048), st.sampled_from([0, 1, 2, 9, 255])), min_size=1, max_size=4))
def test_spoiled_old_workbook(noda: list[tuple[int, int]]) -> None:
    data = bytearray(OLD_BOOK)
    for letak, nilai in noda:
        data[letak] = nilai
    survive(bytes(data))


@SOME
@given(st.integers(0, len(BOOK)))
def test_cut_workbook(panjang: int) -> None:
    survive(BOOK[:panjang])
