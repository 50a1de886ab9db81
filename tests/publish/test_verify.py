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
from humas.chain import EditionRecord, FileHash, digest_of
from humas.errors import PengirimError
from humas.publish import manifest
from humas.publish.model import LaporanSatker
from humas.publish.pdf import print_batch
from humas.publish.record import read_note
from humas.publish.verify import Book, Source, Status, books_of_site, judged, verify
from humas.publish.workbook import write_workbook

from tests.publish.contoh import make_nihil


class Terbitan(NamedTuple):
    """Editions 1 and 2 of one report as they were published: folder, files, the newer report, records."""

    akar: Path
    berkas: list[Path]
    laporan: LaporanSatker
    records: tuple[EditionRecord, ...]

    @property
    def books(self) -> list[Book]:
        return [Book("kpu", "2026-TW3", self.records, Source.WAREHOUSE)]


def make_records(folder: Path, laporan: Iterable[LaporanSatker]) -> Iterator[EditionRecord]:
    link = ""
    for lap in laporan:
        note = read_note(lap, folder)
        place = ("kpu", "2026-TW3", *lap.kunci, lap.edisi)
        record = EditionRecord(*place, note.digest, digest_of(note.supplement), note.printer, note.files)
        yield (record := record.chained(link))
        link = record.link


def write_manifest(akar: Path, records: Sequence[EditionRecord], versi: int = 2) -> Path:
    """The manifest that a site with these editions has; older ones carry no records."""
    ringkasan = dict.fromkeys(manifest._RINGKASAN, 1)
    dua = records[-1]
    kepala = {"lembaga": "kpu", "periode": "2026-TW3", "terbit": "2026-10-23", "versi_situs": "x", "edisi": 1}
    berkas = {n: {"ukuran": f.size, "sha256": f.sha256} for r in records for n, f in r.files.items()}
    laporan = {"satker/33.71": {"id": manifest.id_of(dua), "edisi": dua.number, "sidik": dua.digest}}
    isi = {**kepala, "ringkasan": ringkasan, "berkas": berkas, "laporan": laporan}
    if versi > 1:
        isi["catatan"] = {manifest.id_of(r): manifest._record(r) for r in records}
    tujuan = akar / "kpu" / "2026-TW3" / "manifes.json"
    tujuan.parent.mkdir(parents=True, exist_ok=True)
    tujuan.write_text(json.dumps(isi))
    return tujuan


@pytest.fixture(scope="module")
def terbitan(tmp_path_factory):
    akar = tmp_path_factory.mktemp("terbitan")
    folder = akar / "kpu" / "2026-TW3" / "laporan"
    satu, dua = make_nihil(), make_nihil().as_edition(2, date(2026, 10, 23))
    cetakan = print_batch([satu, dua], folder, beside=write_workbook)
    records = tuple(make_records(folder, [satu, dua]))
    write_manifest(akar, records)
    return Terbitan(akar, [c.path for c in cetakan], dua, records)


@pytest.fixture(params=["warehouse", "site", "both", "older_site"])
def books(request, terbitan, tmp_path):
    """The same editions, told by each source."""
    if request.param == "older_site":
        write_manifest(tmp_path, terbitan.records, versi=1)
        return books_of_site(tmp_path)
    situs = books_of_site(terbitan.akar)
    return {"warehouse": terbitan.books, "site": situs, "both": judged(terbitan.books, situs)}[request.param]


def test_current_report_is_genuine(terbitan, books):
    _, (_, dua), laporan, _ = terbitan
    hasil = verify(dua, books)
    assert (hasil.status, hasil.edisi, hasil.sidik) == (Status.TERKINI, 2, laporan.sidik)
    assert hasil.asli


def test_earlier_edition_is_genuine_and_says_what_is_newer(terbitan, books):
    hasil = verify(terbitan.berkas[0], books)
    assert (hasil.status, hasil.edisi, hasil.edisi_terbaru) == (Status.EDISI_LAMA, 1, 2)
    assert "edisi 2" in hasil.pesan


def test_workbook_is_found_by_its_hash(terbitan, books):
    hasil = verify(terbitan.berkas[1].with_suffix(".xlsx"), books)
    assert (hasil.status, hasil.id) == (Status.TERKINI, terbitan.laporan.id)


def test_changed_byte_is_noticed(terbitan, books, tmp_path):
    isi = bytearray(terbitan.berkas[1].read_bytes())
    isi[len(isi) // 2] ^= 1
    rusak = tmp_path / "rusak.pdf"
    rusak.write_bytes(isi)
    assert verify(rusak, books).status in {Status.BERUBAH, Status.BUKAN}
    assert not verify(rusak, books).asli


def test_resaved_copy_is_changed_and_signed_copy_says_so(terbitan, books, tmp_path):
    import pikepdf

    _, (_, dua), laporan, _ = terbitan
    ulang, bertanda = tmp_path / "ulang.pdf", tmp_path / "bertanda.pdf"
    with pikepdf.open(dua) as pdf:
        pdf.save(ulang)
    bertanda.write_bytes(dua.read_bytes() + b"\n% tanda tangan")
    hasil = verify(ulang, books)
    assert (hasil.status, hasil.id, hasil.sidik) == (Status.BERUBAH, laporan.id, laporan.sidik)
    assert "tanda tangan" not in hasil.pesan
    assert "Bagian aslinya utuh" in verify(bertanda, books).pesan


def zipped(metode: int = 0, panjang: int = 5) -> bytes:
    """A ZIP whose core properties are told to be packed in a way that nobody knows, or are cut off."""
    tampung = io.BytesIO()
    with zipfile.ZipFile(tampung, "w", zipfile.ZIP_DEFLATED) as arsip:
        arsip.writestr("docProps/core.xml", b"HT-KPU-33.71-2026TW3-E1" * 1000)
    isi = tampung.getvalue()
    letak = isi.index(b"docProps/core.xml") + 17 + panjang
    isi = isi[:letak] + bytes(len(isi[letak : letak + 20])) + isi[letak + 20 :]
    return isi.replace(b"\x08\x00\x00\x00", bytes([metode, 0, 0, 0])) if metode else isi


@pytest.mark.parametrize(
    "isi",
    [
        b"", b"%PDF-1.7 rusak", b"PK\x03\x04", b"halo", zipped(), zipped(metode=99), zipped()[:-40],
        b"%PDF-1.7\ntrailer<</Info 5>>\nstartxref\n0\n%%EOF", b"%PDF-1.7\n" + b"<<" * 5000,
    ],
    ids=["kosong", "pdf", "zip", "teks", "zip_rusak", "zip_sandi", "zip_terpotong", "pdf_info", "pdf_dalam"],
)  # fmt: skip
def test_foreign_file_is_not_ours(terbitan, tmp_path, isi):
    berkas = tmp_path / "asing.bin"
    berkas.write_bytes(isi)
    assert verify(berkas, terbitan.books).status is Status.BUKAN


def test_claimed_edition_that_was_never_published_is_not_ours(terbitan, tmp_path):
    (cetakan,) = print_batch([make_nihil().as_edition(7, date(2026, 12, 1))], tmp_path)
    assert verify(cetakan.path, terbitan.books).status is Status.BUKAN


@pytest.mark.parametrize(
    ("nama", "sebab"),
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
def test_what_cannot_be_read_is_said_in_words(tmp_path, nama, sebab):
    os.mkfifo(tmp_path / "pipa")
    with pytest.raises(PengirimError, match=sebab):
        verify(tmp_path / nama, [])


def edited(record: EditionRecord, berkas: Path) -> EditionRecord:
    """The record after somebody wrote into it the hash of a file of his own."""
    return replace(record, files={n: FileHash.of(berkas.read_bytes()) for n in record.files})


@pytest.fixture
def palsu(terbitan, tmp_path):
    berkas = tmp_path / "palsu.pdf"
    berkas.write_bytes(terbitan.berkas[1].read_bytes() + b"% lain")
    return berkas


@pytest.mark.parametrize("warehouse", [True, False], ids=["with_warehouse", "copied_site"])
def test_an_edited_manifest_makes_no_altered_file_genuine(terbitan, tmp_path, palsu, warehouse):
    satu, dua = terbitan.records
    write_manifest(tmp_path, [satu, edited(dua, palsu)])
    books = books_of_site(tmp_path)
    hasil = verify(palsu, judged(terbitan.books, books) if warehouse else books)
    assert hasil.status is Status.BERUBAH
    assert ("Manifes situs tidak sama dengan catatan gudang" in hasil.pesan) is warehouse
    assert ("catatan telah diubah" in hasil.pesan) is not warehouse


def test_a_manifest_that_was_chained_anew_convinces_nobody_who_has_the_warehouse(terbitan, tmp_path, palsu):
    satu, dua = terbitan.records
    write_manifest(tmp_path, [satu, edited(dua, palsu).chained(satu.link)])
    books = judged(terbitan.books, books_of_site(tmp_path))
    assert verify(palsu, books).status is Status.BERUBAH
    hasil = verify(terbitan.berkas[1], books)
    assert (hasil.status, hasil.sumber, hasil.rantai) == (Status.TERKINI, Source.WAREHOUSE, dua.link)
    assert "Manifes situs tidak sama dengan catatan gudang (HT-KPU-33.71-2026TW3-E2)" in hasil.pesan


def test_an_edited_warehouse_makes_no_altered_file_genuine(terbitan, palsu):
    satu, dua = terbitan.records
    book = Book("kpu", "2026-TW3", (satu, edited(dua, palsu)), Source.WAREHOUSE)
    hasil = verify(palsu, judged([book], books_of_site(terbitan.akar)))
    assert (hasil.status, hasil.id) == (Status.BERUBAH, terbitan.laporan.id)


@pytest.mark.parametrize("rusak", [b"", b"{", b"[]", b"\xff"], ids=["empty", "half", "list", "bytes"])
@pytest.mark.parametrize("ada", [True, False], ids=["damaged", "deleted"])
def test_the_record_answers_when_the_manifest_cannot(terbitan, tmp_path, rusak, ada):
    if ada:
        write_manifest(tmp_path, terbitan.records).write_bytes(rusak)
    hasil = verify(terbitan.berkas[1], judged(terbitan.books, books_of_site(tmp_path)))
    assert hasil.status is Status.TERKINI
    assert f"Manifes situs {'rusak' if ada else 'hilang'}." in hasil.pesan


def test_a_copied_site_with_a_damaged_manifest_says_so(terbitan, tmp_path):
    write_manifest(tmp_path, terbitan.records).write_bytes(b"{")
    hasil = verify(terbitan.berkas[1], books_of_site(tmp_path))
    assert hasil.status is Status.BUKAN
    assert "Manifes situs rusak." in hasil.pesan


@pytest.mark.parametrize("known", [True, False], ids=["same_period", "period_never_published"])
def test_a_manifest_of_a_period_that_the_warehouse_lacks_proves_nothing(terbitan, tmp_path, palsu, known):
    (satu, _), periode = terbitan.records, "2026-TW3" if known else "2026-TW4"
    palsu_ini = edited(replace(satu, periode=periode), palsu).chained("")
    tujuan = write_manifest(tmp_path, [palsu_ini])
    isi = json.loads(tujuan.read_text()) | {"periode": periode}
    lain = tmp_path / "kpu" / periode / tujuan.name
    lain.parent.mkdir(exist_ok=True)
    lain.write_text(json.dumps(isi))
    situs = books_of_site(tmp_path)
    assert known or verify(palsu, [book for book in situs if book.periode == periode]).asli
    hasil = verify(palsu, judged(terbitan.books, situs))
    assert (hasil.status, hasil.asli) == (Status.BERUBAH, False)
    assert ("Gudang tidak mencatat terbitan kpu 2026-TW4" in hasil.pesan) is not known


NAMES = {
    "another_unit": ("HT-KPU-33.22-2026TW3-E2.pdf", False),
    "another_edition": ("HT-KPU-33.71-2026TW3-E1 (salinan).pdf", False),
    "its_own": ("unduhan HT-KPU-33.71-2026TW3-E2 (1).pdf", True),
    "none": ("laporan.pdf", True),
}


@pytest.mark.parametrize(("nama", "asli"), NAMES.values(), ids=NAMES)
def test_a_report_under_the_number_of_another_is_no_genuine_file(terbitan, books, tmp_path, nama, asli):
    tukar = tmp_path / nama
    tukar.write_bytes(terbitan.berkas[1].read_bytes())
    hasil = verify(tukar, books)
    assert (hasil.asli, hasil.id) == (asli, "HT-KPU-33.71-2026TW3-E2")
    assert ("nama berkas menyebut HT-KPU-" in hasil.pesan) is not asli
