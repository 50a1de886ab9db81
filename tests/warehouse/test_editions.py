from __future__ import annotations

import pytest
from humas.errors import SistemError
from humas.warehouse import DrafEdisi, Edisi
from humas.warehouse.gudang import Gudang

from tests.warehouse.batches import AWAL, LEMBAGA, PERIODE, later


def _draft(gudang: Gudang, sidik: str, kode: str = "33.74", perubahan: list[object] | None = None) -> Edisi | None:
    isi = {"judul": "Ünïcode 😀", "angka": [1, 2.5, None], "sidik": sidik}
    return gudang.draft_edition(LEMBAGA, PERIODE, "satker", kode, sidik, isi, perubahan or [], AWAL)


def _publish(gudang: Gudang, edisi: int, kode: str = "33.74") -> None:
    gudang.publish_edition(LEMBAGA, PERIODE, "satker", kode, edisi, {"a.pdf": "f00"}, later(hours=1))


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
    gudang.publish_edition(LEMBAGA, PERIODE, "satker", "33.74", 1, {"lain.pdf": "b4d"}, later(days=9))
    (edisi,) = gudang.editions(LEMBAGA, PERIODE, "satker", "33.74")
    assert (edisi.terbit_pada, edisi.berkas) == (later(hours=1), {"a.pdf": "f00"})


def test_many_reports_at_once(gudang: Gudang) -> None:
    laporan = [DrafEdisi("satker", f"33.{n:02d}", "aa", {"n": n}) for n in range(50)]
    assert all(satu is not None for satu in gudang.draft_editions(LEMBAGA, PERIODE, laporan, AWAL))
    gudang.publish_editions(LEMBAGA, PERIODE, [("satker", d.kode, 1, {}) for d in laporan], AWAL)
    ubah = [DrafEdisi("satker", d.kode, "bb" if d.kode == "33.07" else "aa", {}) for d in laporan]
    hasil = gudang.draft_editions(LEMBAGA, PERIODE, ubah, AWAL)
    assert [satu.kode for satu in hasil if satu] == ["33.07"]
    assert [e.kode for e in gudang.editions(LEMBAGA, PERIODE, "satker") if e.edisi == 2] == ["33.07"]


def test_publishing_what_was_never_drafted_is_refused(gudang: Gudang) -> None:
    with pytest.raises(SistemError) as galat:
        _publish(gudang, 1)
    assert galat.value.kode == "edisi_tidak_ada"
