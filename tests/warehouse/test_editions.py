from __future__ import annotations

import pytest
from humas.chain import FileHash, broken, head_of
from humas.errors import SistemError
from humas.warehouse import DrafEdisi, Edisi, Print
from humas.warehouse.gudang import Gudang
from sqlalchemy import text

from tests.warehouse.batches import AWAL, LEMBAGA, PERIODE, later


def _draft(gudang: Gudang, sidik: str, kode: str = "33.74", perubahan: list[object] | None = None) -> Edisi | None:
    isi = {"judul": "Ünïcode 😀", "angka": [1, 2.5, None], "sidik": sidik}
    return gudang.draft_edition(LEMBAGA, PERIODE, "satker", kode, sidik, isi, perubahan or [], AWAL)


def _publish(gudang: Gudang, edisi: int, kode: str = "33.74") -> None:
    if any((e.kode, e.edisi, e.status) == (kode, edisi, "draf") for e in gudang.editions(LEMBAGA, PERIODE)):
        _print(gudang, edisi, kode)
    gudang.publish_editions(LEMBAGA, PERIODE, [("satker", kode, edisi)], later(hours=1))


def _print(gudang: Gudang, edisi: int, kode: str = "33.74", sidik: str = "f00") -> None:
    berkas = {f"laporan/{kode}-{edisi}.pdf": FileHash(sidik, 3)}
    gudang.record_prints(LEMBAGA, PERIODE, [Print("satker", kode, edisi, "p1", {"terbit": "2026-10-16"}, berkas)])


def _numbers(gudang: Gudang) -> list[tuple[str, int, str, str]]:
    return [(e.kode, e.edisi, e.sidik_data, e.status) for e in gudang.editions(LEMBAGA, PERIODE)]


def test_first_draft_is_edition_one_and_comes_back_whole(gudang: Gudang) -> None:
    draf = _draft(gudang, "aa", perubahan=[{"id": "K3", "lama": 1}])
    assert draf is not None
    (kembali,) = gudang.editions(LEMBAGA, PERIODE)
    assert kembali == draf
    assert (kembali.edisi, kembali.status, kembali.terbit_pada) == (1, "draf", None)


def test_unchanged_data_give_no_new_edition(gudang: Gudang) -> None:
    _draft(gudang, "aa")
    _publish(gudang, 1)
    assert _draft(gudang, "aa") is None
    assert _numbers(gudang) == [("33.74", 1, "aa", "terbit")]


def test_changed_data_give_the_next_edition_and_the_old_one_stays(gudang: Gudang) -> None:
    _draft(gudang, "aa")
    _publish(gudang, 1)
    kedua = _draft(gudang, "bb")
    assert kedua is not None
    assert kedua.edisi == 2
    assert _numbers(gudang) == [("33.74", 1, "aa", "terbit"), ("33.74", 2, "bb", "draf")]


def test_unpublished_draft_is_replaced(gudang: Gudang) -> None:
    _draft(gudang, "aa")
    _draft(gudang, "bb")
    assert _numbers(gudang) == [("33.74", 1, "bb", "draf")]


def test_same_draft_again_stays_as_it_is(gudang: Gudang) -> None:
    pertama = _draft(gudang, "aa")
    assert gudang.draft_editions(LEMBAGA, PERIODE, [DrafEdisi("satker", "33.74", "aa", {})], later(days=1)) == [pertama]


def test_draft_goes_away_when_data_are_again_as_published(gudang: Gudang) -> None:
    _draft(gudang, "aa")
    _publish(gudang, 1)
    _draft(gudang, "bb")
    assert _draft(gudang, "aa") is None
    assert _numbers(gudang) == [("33.74", 1, "aa", "terbit")]


def test_published_edition_keeps_its_time_and_files(gudang: Gudang) -> None:
    _draft(gudang, "aa")
    _publish(gudang, 1)
    gudang.publish_editions(LEMBAGA, PERIODE, [("satker", "33.74", 1)], later(days=9))
    with pytest.raises(SistemError, match="belum disusun"):
        _print(gudang, 1, sidik="b4d")
    (edisi,) = gudang.editions(LEMBAGA, PERIODE, "satker", "33.74")
    assert (edisi.terbit_pada, edisi.berkas) == (later(hours=1), {"laporan/33.74-1.pdf": ["f00", 3]})


def test_many_reports_at_once(gudang: Gudang) -> None:
    laporan = [DrafEdisi("satker", f"33.{n:02d}", "aa", {"n": n}) for n in range(50)]
    assert all(satu is not None for satu in gudang.draft_editions(LEMBAGA, PERIODE, laporan, AWAL))
    gudang.publish_editions(LEMBAGA, PERIODE, [("satker", d.kode, 1) for d in laporan], AWAL)
    ubah = [DrafEdisi("satker", d.kode, "bb" if d.kode == "33.07" else "aa", {}) for d in laporan]
    hasil = gudang.draft_editions(LEMBAGA, PERIODE, ubah, AWAL)
    assert [satu.kode for satu in hasil if satu] == ["33.07"]
    assert [e.kode for e in gudang.editions(LEMBAGA, PERIODE, "satker") if e.edisi == 2] == ["33.07"]


def test_publishing_what_was_never_drafted_is_refused(gudang: Gudang) -> None:
    with pytest.raises(SistemError) as galat:
        _publish(gudang, 1)
    assert galat.value.kode == "edisi_tidak_ada"


def _three_editions(gudang: Gudang) -> None:
    for nomor, sidik in enumerate(("aa", "bb", "cc"), start=1):
        _draft(gudang, sidik)
        _publish(gudang, nomor)
    _draft(gudang, "zz", kode="33.22")
    _publish(gudang, 1, "33.22")


def _records(gudang: Gudang):
    return gudang.edition_records(LEMBAGA, PERIODE)


def test_every_edition_is_chained_to_the_one_before(gudang: Gudang) -> None:
    _three_editions(gudang)
    assert broken(_records(gudang)) == ()
    assert len({satu.link for satu in _records(gudang)}) == 4
    assert [satu.printer for satu in _records(gudang)] == ["p1"] * 4
    assert gudang.published_periods() == [(LEMBAGA, PERIODE)]


@pytest.mark.parametrize(
    ("ubah", "putus"),
    [
        ("sidik_data = 'ee' WHERE kode = '33.74' AND edisi = 2", [2]),
        ("berkas = '{}' WHERE kode = '33.74' AND edisi = 2", [2]),
        ("sidik_pelengkap = 'x' WHERE kode = '33.74' AND edisi = 1", [1]),
        ("pencetak = 'p2' WHERE kode = '33.74' AND edisi = 3", [3]),
        ("rantai = 'x' WHERE kode = '33.74' AND edisi = 2", [2, 3]),
        ("rantai = '' WHERE kode = '33.74' AND edisi = 3", [3]),
        ("edisi = 7 WHERE kode = '33.74' AND edisi = 2", [3, 7]),
        ("kode = '33.75' WHERE kode = '33.74' AND edisi = 3", [3]),
        ("status = 'draf' WHERE kode = '33.74' AND edisi = 1", [2]),
    ],
    ids=["data", "files", "beside", "printer", "link", "no_link", "number", "unit", "unpublished"],
)
def test_a_change_by_hand_breaks_the_chain_where_it_was_made(gudang: Gudang, ubah: str, putus: list[int]) -> None:
    _three_editions(gudang)
    with gudang.engine.begin() as koneksi:
        koneksi.execute(text(f"UPDATE hasil_edisi SET {ubah}"))
    assert [satu.number for satu in broken(_records(gudang))] == putus


def test_a_record_can_be_written_back_and_a_missing_edition_comes_back_without_its_data(gudang: Gudang) -> None:
    _three_editions(gudang)
    sebelum = _records(gudang)
    with gudang.engine.begin() as koneksi:
        koneksi.execute(text("UPDATE hasil_edisi SET sidik_data = 'ee', berkas = '{}', rantai = 'x' WHERE edisi = 1"))
        koneksi.execute(text("DELETE FROM hasil_edisi WHERE edisi = 3"))
    gudang.restore_records(LEMBAGA, PERIODE, sebelum, AWAL)
    assert [satu.link for satu in _records(gudang)] == [satu.link for satu in sebelum]
    assert broken(_records(gudang)) == ()
    (kembali,) = [satu for satu in gudang.editions(LEMBAGA, PERIODE) if satu.edisi == 3]
    assert (kembali.status, kembali.has_data, kembali.has_supplement) == ("terbit", False, False)


@pytest.mark.parametrize("nomor", [1, 2, 3])
def test_the_head_moves_with_every_edition(gudang: Gudang, nomor: int) -> None:
    _three_editions(gudang)
    semua = _records(gudang)
    tanpa = [satu for satu in semua if (satu.code, satu.number) != ("33.74", nomor)]
    assert (head_of(tanpa) == head_of(semua)) is (nomor < 3)
    assert head_of([]) == ""
