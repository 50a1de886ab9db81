"""Is a file ours, intact, current: answered by hashes, never by what the file says of itself."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from humas.chain.links import EditionRecord, FileHash, digest_of
from humas.errors import SenderError
from humas.publish import manifest
from humas.publish.pdf import print_batch
from humas.publish.record import read_note
from humas.publish.verify import RecordBook, RecordSource, Status, books_of_site, judged, verify
from humas.publish.workbook import write_workbook
from humas.report.model import SatkerReport

from tests.report.samples import make_nihil


class Publication(NamedTuple):
    """Editions 1 and 2 of one report as they were published: folder, files, the newer report, records."""

    root: Path
    file: list[Path]
    report: SatkerReport
    records: tuple[EditionRecord, ...]

    @property
    def books(self) -> list[RecordBook]:
        return [RecordBook("kpu", "2026-TW3", self.records, RecordSource.WAREHOUSE)]


def make_records(folder: Path, report: Iterable[SatkerReport]) -> Iterator[EditionRecord]:
    link = ""
    for lap in report:
        note = read_note(lap, folder)
        place = ("kpu", "2026-TW3", *lap.kunci, lap.edisi)
        record = EditionRecord(*place, note.digest, digest_of(note.supplement), note.printer, note.files)
        yield (record := record.chained(link))
        link = record.link


def write_manifest(root: Path, records: Sequence[EditionRecord], version: int = 2) -> Path:
    """The manifest that a site with these editions has; older ones carry no records."""
    summary = dict.fromkeys(manifest._SUMMARY, 1)
    second = records[-1]
    header = {"lembaga": "kpu", "periode": "2026-TW3", "terbit": "2026-10-23", "versi_situs": "x", "edisi": 1}
    file = {n: {"ukuran": f.size, "sha256": f.sha256} for r in records for n, f in r.files.items()}
    report = {"satker/33.71": {"id": manifest.id_of(second), "edisi": second.number, "sidik": second.digest}}
    content = {**header, "ringkasan": summary, "berkas": file, "laporan": report}
    if version > 1:
        content["catatan"] = {manifest.id_of(r): manifest._record(r) for r in records}
    target = root / "kpu" / "2026-TW3" / "manifes.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(content))
    return target


@pytest.fixture(scope="module")
def publication(tmp_path_factory):
    root = tmp_path_factory.mktemp("terbitan")
    folder = root / "kpu" / "2026-TW3" / "laporan"
    one, second = make_nihil(), make_nihil().as_edition(2, date(2026, 10, 23))
    printed = print_batch([one, second], folder, beside=write_workbook)
    records = tuple(make_records(folder, [one, second]))
    write_manifest(root, records)
    return Publication(root, [c.path for c in printed], second, records)


@pytest.fixture(params=["warehouse", "site", "both", "older_site"])
def books(request, publication, tmp_path):
    """The same editions, told by each source."""
    if request.param == "older_site":
        write_manifest(tmp_path, publication.records, version=1)
        return books_of_site(tmp_path)
    site = books_of_site(publication.root)
    return {"warehouse": publication.books, "site": site, "both": judged(publication.books, site)}[request.param]


def test_current_report_is_genuine(publication, books):
    _, (_, second), report, _ = publication
    result = verify(second, books)
    assert (result.status, result.edisi, result.sidik) == (Status.CURRENT, 2, report.sidik)
    assert result.asli


def test_earlier_edition_is_genuine_and_says_what_is_newer(publication, books):
    result = verify(publication.file[0], books)
    assert (result.status, result.edisi, result.edisi_terbaru) == (Status.OLD_EDITION, 1, 2)
    assert "edisi 2" in result.pesan


def test_workbook_is_found_by_its_hash(publication, books):
    result = verify(publication.file[1].with_suffix(".xlsx"), books)
    assert (result.status, result.id) == (Status.CURRENT, publication.report.id)


def test_changed_byte_is_noticed(publication, books, tmp_path):
    content = bytearray(publication.file[1].read_bytes())
    content[len(content) // 2] ^= 1
    broken = tmp_path / "rusak.pdf"
    broken.write_bytes(content)
    assert verify(broken, books).status in {Status.CHANGED, Status.NOT_OURS}
    assert not verify(broken, books).asli


def test_resaved_copy_is_changed_and_signed_copy_says_so(publication, books, tmp_path):
    import pikepdf

    _, (_, second), report, _ = publication
    repeated, signed = tmp_path / "ulang.pdf", tmp_path / "bertanda.pdf"
    with pikepdf.open(second) as pdf:
        pdf.save(repeated)
    signed.write_bytes(second.read_bytes() + b"\n% tanda tangan")
    result = verify(repeated, books)
    assert (result.status, result.id, result.sidik) == (Status.CHANGED, report.id, report.sidik)
    assert "tanda tangan" not in result.pesan
    assert "Bagian aslinya utuh" in verify(signed, books).pesan


def zipped(method: int = 0, length: int = 5) -> bytes:
    """A ZIP whose core properties are told to be packed in a way that nobody knows, or are cut off."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/core.xml", b"HT-KPU-33.71-2026TW3-E1" * 1000)
    content = buffer.getvalue()
    position = content.index(b"docProps/core.xml") + 17 + length
    content = content[:position] + bytes(len(content[position : position + 20])) + content[position + 20 :]
    return content.replace(b"\x08\x00\x00\x00", bytes([method, 0, 0, 0])) if method else content


@pytest.mark.parametrize(
    "content",
    [
        b"", b"%PDF-1.7 rusak", b"PK\x03\x04", b"halo", zipped(), zipped(method=99), zipped()[:-40],
        b"%PDF-1.7\ntrailer<</Info 5>>\nstartxref\n0\n%%EOF", b"%PDF-1.7\n" + b"<<" * 5000,
    ],
    ids=["kosong", "pdf", "zip", "teks", "zip_rusak", "zip_sandi", "zip_terpotong", "pdf_info", "pdf_dalam"],
)  # fmt: skip
def test_foreign_file_is_not_ours(publication, tmp_path, content):
    file = tmp_path / "asing.bin"
    file.write_bytes(content)
    assert verify(file, publication.books).status is Status.NOT_OURS


def test_claimed_edition_that_was_never_published_is_not_ours(publication, tmp_path):
    (printed,) = print_batch([make_nihil().as_edition(7, date(2026, 12, 1))], tmp_path)
    assert verify(printed.path, publication.books).status is Status.NOT_OURS


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("tidak-ada.pdf", "berkas tidak ada"),
        (".", "itu folder"),
        ("pipa", "bukan berkas"),
        ("a" * 300, "namanya terlalu panjang"),
        ("a\0b", "namanya tidak dapat dipakai"),
        ("/dev/zero", "bukan berkas"),
    ],
    ids=["gone", "folder", "pipe", "long", "nul", "device"],
)
def test_what_cannot_be_read_is_said_in_words(tmp_path, name, cause):
    os.mkfifo(tmp_path / "pipa")
    with pytest.raises(SenderError, match=cause):
        verify(tmp_path / name, [])


def edited(record: EditionRecord, file: Path) -> EditionRecord:
    """The record after somebody wrote into it the hash of a file of his own."""
    return replace(record, files={n: FileHash.of(file.read_bytes()) for n in record.files})


@pytest.fixture
def forged(publication, tmp_path):
    file = tmp_path / "palsu.pdf"
    file.write_bytes(publication.file[1].read_bytes() + b"% lain")
    return file


@pytest.mark.parametrize("warehouse", [True, False], ids=["with_warehouse", "copied_site"])
def test_an_edited_manifest_makes_no_altered_file_genuine(publication, tmp_path, forged, warehouse):
    one, second = publication.records
    write_manifest(tmp_path, [one, edited(second, forged)])
    books = books_of_site(tmp_path)
    result = verify(forged, judged(publication.books, books) if warehouse else books)
    assert result.status is Status.CHANGED
    assert ("Manifes situs tidak sama dengan catatan gudang" in result.pesan) is warehouse
    assert ("catatan telah diubah" in result.pesan) is not warehouse


def test_a_manifest_that_was_chained_anew_convinces_nobody_who_has_the_warehouse(publication, tmp_path, forged):
    one, second = publication.records
    write_manifest(tmp_path, [one, edited(second, forged).chained(one.link)])
    books = judged(publication.books, books_of_site(tmp_path))
    assert verify(forged, books).status is Status.CHANGED
    result = verify(publication.file[1], books)
    assert (result.status, result.sumber, result.rantai) == (Status.CURRENT, RecordSource.WAREHOUSE, second.link)
    assert "Manifes situs tidak sama dengan catatan gudang (HT-KPU-33.71-2026TW3-E2)" in result.pesan


def test_an_edited_warehouse_makes_no_altered_file_genuine(publication, forged):
    one, second = publication.records
    book = RecordBook("kpu", "2026-TW3", (one, edited(second, forged)), RecordSource.WAREHOUSE)
    result = verify(forged, judged([book], books_of_site(publication.root)))
    assert (result.status, result.id) == (Status.CHANGED, publication.report.id)


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b"\xff"], ids=["empty", "half", "list", "bytes"])
@pytest.mark.parametrize("present", [True, False], ids=["damaged", "deleted"])
def test_the_record_answers_when_the_manifest_cannot(publication, tmp_path, broken, present):
    if present:
        write_manifest(tmp_path, publication.records).write_bytes(broken)
    result = verify(publication.file[1], judged(publication.books, books_of_site(tmp_path)))
    assert result.status is Status.CURRENT
    assert f"Manifes situs {'rusak' if present else 'hilang'}." in result.pesan


def test_a_copied_site_with_a_damaged_manifest_says_so(publication, tmp_path):
    write_manifest(tmp_path, publication.records).write_bytes(b"{")
    result = verify(publication.file[1], books_of_site(tmp_path))
    assert result.status is Status.NOT_OURS
    assert "Manifes situs rusak." in result.pesan


@pytest.mark.parametrize("known", [True, False], ids=["same_period", "period_never_published"])
def test_a_manifest_of_a_period_that_the_warehouse_lacks_proves_nothing(publication, tmp_path, forged, known):
    (one, _), period = publication.records, "2026-TW3" if known else "2026-TW4"
    this_forgery = edited(replace(one, periode=period), forged).chained("")
    target = write_manifest(tmp_path, [this_forgery])
    content = json.loads(target.read_text()) | {"periode": period}
    other = tmp_path / "kpu" / period / target.name
    other.parent.mkdir(exist_ok=True)
    other.write_text(json.dumps(content))
    site = books_of_site(tmp_path)
    assert known or verify(forged, [book for book in site if book.periode == period]).asli
    result = verify(forged, judged(publication.books, site))
    assert (result.status, result.asli) == (Status.CHANGED, False)
    assert ("Gudang tidak mencatat terbitan kpu 2026-TW4" in result.pesan) is not known


NAMES = {
    "another_unit": ("HT-KPU-33.22-2026TW3-E2.pdf", False),
    "another_edition": ("HT-KPU-33.71-2026TW3-E1 (salinan).pdf", False),
    "its_own": ("unduhan HT-KPU-33.71-2026TW3-E2 (1).pdf", True),
    "none": ("laporan.pdf", True),
}


@pytest.mark.parametrize(("name", "original"), NAMES.values(), ids=NAMES)
def test_a_report_under_the_number_of_another_is_no_genuine_file(publication, books, tmp_path, name, original):
    swapped = tmp_path / name
    swapped.write_bytes(publication.file[1].read_bytes())
    result = verify(swapped, books)
    assert (result.asli, result.id) == (original, "HT-KPU-33.71-2026TW3-E2")
    assert ("nama berkas menyebut HT-KPU-" in result.pesan) is not original
