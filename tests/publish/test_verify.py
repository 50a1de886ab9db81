"""Is a file ours, intact, current: answered by hashes, never by what the file says of itself."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from humas.errors import PengirimError
from humas.publish.pdf import print_batch
from humas.publish.verify import Status, verify

from tests.publish.contoh import make_nihil


@pytest.fixture(scope="module")
def terbitan(tmp_path_factory):
    """A published folder with editions 1 and 2 of one report."""
    akar = tmp_path_factory.mktemp("terbitan")
    folder = akar / "kpu" / "2026-TW3"
    satu, dua = make_nihil(), make_nihil().as_edition(2, date(2026, 10, 23))
    cetakan = print_batch([satu, dua], folder / "laporan")
    (folder / "laporan" / f"{dua.id}.xlsx").write_bytes(b"PK buku kerja")
    berkas = {
        f"laporan/{jalur.name}": {
            "ukuran": jalur.stat().st_size,
            "sha256": hashlib.sha256(jalur.read_bytes()).hexdigest(),
        }
        for jalur in (folder / "laporan").iterdir()
    }
    laporan = {"satker/33.71": {"id": dua.id, "edisi": 2, "terbit": dua.terbit, "sidik": dua.sidik, "berkas": []}}
    (folder / "manifes.json").write_text(json.dumps({"berkas": berkas, "laporan": laporan}))
    return akar, [c.path for c in cetakan], dua


def test_current_report_is_genuine(terbitan):
    akar, (_, dua), laporan = terbitan
    hasil = verify(dua, akar)
    assert (hasil.status, hasil.edisi, hasil.sidik) == (Status.TERKINI, 2, laporan.sidik)
    assert hasil.asli


def test_earlier_edition_is_genuine_and_says_what_is_newer(terbitan):
    akar, (satu, _), _ = terbitan
    hasil = verify(satu, akar)
    assert (hasil.status, hasil.edisi, hasil.edisi_terbaru) == (Status.EDISI_LAMA, 1, 2)
    assert "edisi 2" in hasil.pesan


def test_workbook_is_found_by_its_hash(terbitan):
    akar, _, laporan = terbitan
    hasil = verify(akar / "kpu" / "2026-TW3" / "laporan" / f"{laporan.id}.xlsx", akar)
    assert hasil.status is Status.TERKINI


def test_changed_byte_is_noticed(terbitan, tmp_path):
    akar, (_, dua), _ = terbitan
    isi = bytearray(dua.read_bytes())
    isi[len(isi) // 2] ^= 1
    rusak = tmp_path / "rusak.pdf"
    rusak.write_bytes(isi)
    assert verify(rusak, akar).status in {Status.BERUBAH, Status.BUKAN}
    assert not verify(rusak, akar).asli


def test_resaved_copy_is_changed_and_signed_copy_says_so(terbitan, tmp_path):
    import pikepdf

    akar, (_, dua), laporan = terbitan
    ulang, bertanda = tmp_path / "ulang.pdf", tmp_path / "bertanda.pdf"
    with pikepdf.open(dua) as pdf:
        pdf.save(ulang)
    bertanda.write_bytes(dua.read_bytes() + b"\n% tanda tangan")
    hasil = verify(ulang, akar)
    assert (hasil.status, hasil.id, hasil.sidik) == (Status.BERUBAH, laporan.id, laporan.sidik)
    assert "tanda tangan" not in hasil.pesan
    assert "Bagian aslinya utuh" in verify(bertanda, akar).pesan


@pytest.mark.parametrize("isi", [b"", b"%PDF-1.7 rusak", b"PK\x03\x04", b"halo"], ids=["kosong", "pdf", "zip", "teks"])
def test_foreign_file_is_not_ours(terbitan, tmp_path, isi):
    berkas = tmp_path / "asing.bin"
    berkas.write_bytes(isi)
    assert verify(berkas, terbitan[0]).status is Status.BUKAN


def test_claimed_edition_that_was_never_published_is_not_ours(terbitan, tmp_path):
    (cetakan,) = print_batch([make_nihil().as_edition(7, date(2026, 12, 1))], tmp_path)
    assert verify(cetakan.path, terbitan[0]).status is Status.BUKAN


def test_missing_file_is_said_in_words(tmp_path):
    with pytest.raises(PengirimError, match="berkas tidak ada"):
        verify(tmp_path / "tidak-ada.pdf", tmp_path)
