from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from humas.contract.columns import HIMPUNAN, KEGIATAN
from humas.contract.result import HasilBatch, StatusKiriman
from humas.errors import SistemError
from humas.landing.model import Kiriman
from humas.settings import WIB
from humas.warehouse import seals
from humas.warehouse.gudang import Gudang
from humas.warehouse.models import FAKTA, Base
from pandas.testing import assert_frame_equal
from sqlalchemy import Column, MetaData, Table, text

from tests.warehouse.batches import LEMBAGA, PERIODE, batch, collected, later, submission

pytestmark = pytest.mark.mesin

UNIT = [submission(f"33.{n:02d}") for n in range(1, 9)]


@pytest.fixture
def terkumpul(gudang: Gudang) -> Gudang:
    gudang.record_collection([collected(satu) for satu in UNIT])
    return gudang


def _store(gudang: Gudang, hasil: HasilBatch) -> int:
    return gudang.store_validation(LEMBAGA, PERIODE, hasil)


def _versions(gudang: Gudang) -> dict[str, tuple[str, bool]]:
    frame = gudang.verdicts(LEMBAGA, PERIODE)
    return dict(zip(frame["id_kiriman"], zip(frame["status"], frame["berlaku"], strict=True), strict=True))


@pytest.mark.parametrize("himpunan", HIMPUNAN, ids=lambda h: h.nama)
def test_accepted_rows_come_back_cell_by_cell(terkumpul: Gudang, himpunan: object) -> None:
    hasil = batch(UNIT, 60)
    _store(terkumpul, hasil)
    kembali = terkumpul.facts(LEMBAGA, PERIODE, himpunan.nama)
    asli = hasil.diterima[himpunan.nama]
    urut = ["id_baris"]
    assert_frame_equal(
        kembali[list(asli.columns)].sort_values(urut, ignore_index=True),
        _missing_as_nan(asli).sort_values(urut, ignore_index=True),
        check_dtype=False,
    )


def _missing_as_nan(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.where(frame.notna(), float("nan"))


def test_findings_quarantine_and_duplicates_come_back(terkumpul: Gudang) -> None:
    hasil = batch(UNIT, 60)
    _store(terkumpul, hasil)
    for frame, asli in (
        (terkumpul.findings(LEMBAGA, PERIODE), hasil.temuan),
        (terkumpul.quarantine(LEMBAGA, PERIODE), hasil.karantina),
        (terkumpul.duplicates(LEMBAGA, PERIODE), hasil.kembar),
    ):
        assert_frame_equal(frame[list(asli.columns)], asli.sort_values("id_kiriman", kind="stable", key=_unit_order, ignore_index=True), check_dtype=False)  # fmt: skip


def _unit_order(id_kiriman: pd.Series) -> pd.Series:
    return id_kiriman.map({satu.id: satu.kode_satker for satu in UNIT})


def test_only_changed_submissions_are_rewritten(terkumpul: Gudang) -> None:
    hasil = batch(UNIT, 60)
    assert _store(terkumpul, hasil) == len(UNIT)
    assert _store(terkumpul, hasil) == 0
    kegiatan = hasil.diterima["kegiatan"].copy()
    kegiatan.loc[0, "judul"] = "Judul yang diperbaiki"
    assert _store(terkumpul, replace(hasil, diterima={**hasil.diterima, "kegiatan": kegiatan})) == 1
    assert "Judul yang diperbaiki" in set(terkumpul.facts(LEMBAGA, PERIODE, "kegiatan")["judul"])


def test_column_filled_by_another_unit_alone_does_not_rewrite_the_others(terkumpul: Gudang) -> None:
    """Frame types depend on the batch; equal values must not look changed because of them."""
    hasil = batch(UNIT, 60)
    kegiatan = hasil.diterima["kegiatan"]
    kosong = kegiatan.assign(nomor_dokumen=None, jangkauan=None, tanggal_publikasi=pd.NaT)
    _store(terkumpul, replace(hasil, diterima={**hasil.diterima, "kegiatan": kosong}))
    satu = kosong.assign(nomor_dokumen=[f"{n}" if n == 0 else None for n in range(len(kosong))])
    satu["jangkauan"] = [7.0 if n == 0 else float("nan") for n in range(len(satu))]
    assert _store(terkumpul, replace(hasil, diterima={**hasil.diterima, "kegiatan": satu})) == 1


def test_result_of_one_unit_leaves_the_others(terkumpul: Gudang) -> None:
    _store(terkumpul, batch(UNIT, 60))
    sebelum = terkumpul.facts(LEMBAGA, PERIODE, "kegiatan")
    _store(terkumpul, batch(UNIT[:1], 5, seed=9))
    sesudah = terkumpul.facts(LEMBAGA, PERIODE, "kegiatan")
    lain = [satu.id for satu in UNIT[1:]]
    assert_frame_equal(
        sebelum[sebelum["id_kiriman"].isin(lain)].reset_index(drop=True),
        sesudah[sesudah["id_kiriman"].isin(lain)].reset_index(drop=True),
    )
    assert (sesudah["id_kiriman"] == UNIT[0].id).sum() == 5


def _three_versions() -> list[Kiriman]:
    return [submission("33.74", teks, at=later(days=hari)) for hari, teks in enumerate("abc")]


@pytest.mark.parametrize(
    ("ditolak", "berlaku"),
    [
        pytest.param((), 2, id="semua-sah"),
        pytest.param((2,), 1, id="terbaru-ditolak"),
        pytest.param((1, 2), 0, id="hanya-tertua-sah"),
        pytest.param((0, 1, 2), None, id="semua-ditolak"),
    ],
)
def test_newest_valid_version_is_in_force_and_all_are_kept(
    gudang: Gudang, ditolak: tuple[int, ...], berlaku: int | None
) -> None:
    versi = _three_versions()
    gudang.record_collection([collected(satu) for satu in versi])
    _store(gudang, batch(versi, 30, status={versi[n].id: StatusKiriman.DITOLAK for n in ditolak}))
    tercatat = _versions(gudang)
    assert [tercatat[satu.id][1] for satu in versi] == [n == berlaku for n in range(3)]
    pemilik = set(gudang.facts(LEMBAGA, PERIODE, "kegiatan")["id_kiriman"])
    assert pemilik == (set() if berlaku is None else {versi[berlaku].id})


def test_quarantined_rows_link_to_the_next_valid_version(gudang: Gudang) -> None:
    versi = _three_versions()
    gudang.record_collection([collected(satu) for satu in versi])
    _store(gudang, batch(versi, 30, status={versi[1].id: StatusKiriman.DITOLAK}))
    tahan = gudang.quarantine(LEMBAGA, PERIODE)
    pengganti = {k: set(f.dropna()) for k, f in tahan.groupby("id_kiriman")["id_pengganti"]}
    assert pengganti == {versi[0].id: {versi[2].id}, versi[2].id: set()}
    _store(gudang, batch([versi[2]], 0, status={versi[2].id: StatusKiriman.DITOLAK}))
    tahan = gudang.quarantine(LEMBAGA, PERIODE)
    assert tahan.loc[tahan["id_kiriman"] == versi[0].id, "id_pengganti"].isna().all()


def test_times_of_reception(gudang: Gudang) -> None:
    versi = _three_versions()
    gudang.record_collection([collected(satu) for satu in versi])
    status = {
        versi[0].id: StatusKiriman.SEBAGIAN,
        versi[1].id: StatusKiriman.DENGAN_CATATAN,
        versi[2].id: StatusKiriman.DITERIMA,
    }
    _store(gudang, batch(versi, 30, status=status))
    (baris,) = gudang.receipts(LEMBAGA, PERIODE).to_dict("records")
    assert [baris[n] for n in ("received_at", "first_ok_at", "last_changed_at")] == [s.diterima_pada for s in versi]


def test_versions_are_numbered(gudang: Gudang) -> None:
    versi = _three_versions()
    gudang.record_collection([collected(satu) for satu in (*versi, submission("33.02"))])
    vonis = gudang.verdicts(LEMBAGA, PERIODE).set_index("id_kiriman")
    assert list(vonis.loc[[satu.id for satu in versi], "versi"]) == [1, 2, 3]
    assert list(vonis.loc[[satu.id for satu in versi], "terbaru"]) == [False, False, True]
    assert list(vonis["status"].unique()) == ["menunggu"]


def test_unknown_submission_is_refused(gudang: Gudang) -> None:
    with pytest.raises(SistemError) as galat:
        _store(gudang, batch(UNIT, 10))
    assert galat.value.kode == "kiriman_tidak_dikenal"


def _with_kegiatan(hasil: HasilBatch, kegiatan: pd.DataFrame) -> HasilBatch:
    return replace(hasil, diterima={**hasil.diterima, "kegiatan": kegiatan})


@pytest.mark.parametrize(
    ("rusak", "kode"),
    [
        pytest.param(lambda f: f.drop(columns="judul"), "hasil_tidak_sesuai", id="kolom-hilang"),
        pytest.param(lambda f: f.assign(jangkauan="banyak"), "hasil_tidak_sesuai", id="bukan-bilangan"),
        pytest.param(lambda f: pd.concat([f, f.head(1)]), "gudang_menolak", id="baris-sama-dua-kali"),
    ],
)
def test_malformed_result_leaves_the_old_state(terkumpul: Gudang, rusak: object, kode: str) -> None:
    hasil = batch(UNIT, 60)
    _store(terkumpul, hasil)
    sebelum = terkumpul.facts(LEMBAGA, PERIODE, "kegiatan")
    baru = batch(UNIT, 60, seed=5)
    with pytest.raises(SistemError) as galat:
        _store(terkumpul, _with_kegiatan(baru, rusak(baru.diterima["kegiatan"])))
    assert galat.value.kode == kode
    assert_frame_equal(terkumpul.facts(LEMBAGA, PERIODE, "kegiatan"), sebelum)


@pytest.mark.parametrize(
    ("teks", "tersimpan"),
    [
        pytest.param("a\x00b", "a\ufffdb", id="nul"),
        pytest.param("a\ud800b", "a?b", id="surrogat"),
        pytest.param("😀 é 漢 ' \" ; -- \n\t", "😀 é 漢 ' \" ; -- \n\t", id="unicode"),
        pytest.param("", "", id="kosong"),
        pytest.param("x" * 400, "x" * 400, id="panjang"),
    ],
)
def test_any_text_can_be_stored(terkumpul: Gudang, teks: str, tersimpan: str) -> None:
    hasil = batch(UNIT, 10)
    kegiatan = hasil.diterima["kegiatan"].copy()
    kegiatan.loc[0, "judul"] = teks
    _store(terkumpul, _with_kegiatan(hasil, kegiatan))
    kembali = terkumpul.facts(LEMBAGA, PERIODE, "kegiatan").set_index("id_baris")
    assert kembali.loc[kegiatan.loc[0, "id_baris"], "judul"] == tersimpan


def test_wall_clock_stays_as_written_in_jakarta(terkumpul: Gudang) -> None:
    hasil = batch(UNIT, 10)
    isu = hasil.diterima["isu_hoaks"]
    jakarta = isu.assign(tanggal_temuan=isu["tanggal_temuan"].dt.tz_localize(WIB).dt.tz_convert("UTC"))
    _store(terkumpul, replace(hasil, diterima={**hasil.diterima, "isu_hoaks": jakarta}))
    kembali = terkumpul.facts(LEMBAGA, PERIODE, "isu_hoaks").set_index("id_baris")
    assert list(kembali.loc[isu["id_baris"], "tanggal_temuan"]) == list(isu["tanggal_temuan"])


def test_empty_batch_and_empty_facts_have_typed_columns(gudang: Gudang) -> None:
    assert _store(gudang, batch([], 0)) == 0
    frame = gudang.facts(LEMBAGA, PERIODE, "kegiatan")
    assert len(frame) == 0
    assert {k.nama for k in KEGIATAN.kolom} <= set(frame.columns)
    assert frame["tanggal_mulai"].dtype.kind == "M"
    assert frame["jumlah_peserta"].dtype == "float64"


def test_unknown_data_set_is_refused(gudang: Gudang) -> None:
    with pytest.raises(SistemError) as galat:
        gudang.facts(LEMBAGA, PERIODE, "lain")
    assert galat.value.kode == "himpunan_tidak_dikenal"


_CHANGES = {
    "fact": "UPDATE inti_kegiatan SET judul = 'palsu' WHERE kode_satker = '33.01'",
    "fact_gone": "DELETE FROM inti_publikasi WHERE kode_satker = '33.01'",
    "fact_moved": "UPDATE inti_kegiatan SET baris = baris + 1 WHERE kode_satker = '33.01'",
    "finding": "UPDATE inti_temuan SET pesan = 'palsu' WHERE id_kiriman = :id",
    "quarantine": "DELETE FROM inti_karantina WHERE id_kiriman = :id",
    "duplicate": "UPDATE inti_kembar SET baris_asal = 9 WHERE id_kiriman = :id",
    "verdict": "UPDATE inti_kiriman SET status = 'nihil' WHERE id = :id",
    "count": "UPDATE inti_kiriman SET diterima = diterima + 1 WHERE id = :id",
    "result_digest": "UPDATE inti_kiriman SET sidik_hasil = '' WHERE id = :id",
    "seal": "UPDATE inti_kiriman SET segel = '' WHERE id = :id",
    "as_if_never_validated": "UPDATE inti_kiriman SET segel = '', sidik_hasil = '' WHERE id = :id",
    "other_seal": "UPDATE inti_kiriman SET segel = 'x' WHERE id = :id",
}


@pytest.mark.parametrize("apa", _CHANGES)
def test_rows_that_another_hand_changed_are_named_and_written_again(terkumpul: Gudang, apa: str) -> None:
    hasil = batch(UNIT, 60)
    _store(terkumpul, hasil)
    assert terkumpul.altered_rows(LEMBAGA, PERIODE) == []
    sebelum = _all_rows(terkumpul)
    with terkumpul.engine.begin() as koneksi:
        ubah = text(_CHANGES[apa])
        assert koneksi.execute(ubah, {"id": UNIT[0].id} if ":id" in str(ubah) else {}).rowcount > 0
    diubah = [(UNIT[0].id, "33.01")]
    assert terkumpul.reopen_altered(LEMBAGA, PERIODE) == diubah
    assert terkumpul.altered_rows(LEMBAGA, PERIODE) == diubah
    assert _store(terkumpul, hasil) == 1
    assert terkumpul.altered_rows(LEMBAGA, PERIODE) == []
    assert _all_rows(terkumpul) == sebelum


def _all_rows(gudang: Gudang) -> dict[str, list[str]]:
    nama = [tabel for tabel in Base.metadata.tables if tabel.startswith("inti_")]
    with gudang.engine.connect() as koneksi:
        return {satu: sorted(map(repr, koneksi.execute(text(f"SELECT * FROM {satu}")))) for satu in nama}


def test_a_column_that_the_contract_adds_later_changes_no_seal(terkumpul: Gudang) -> None:
    _store(terkumpul, batch(UNIT, 60))
    with terkumpul.engine.begin() as koneksi:
        koneksi.execute(text("UPDATE inti_kegiatan SET nomor_dokumen = NULL"))
        seals.seal(koneksi, [satu.id for satu in UNIT])
    with pytest.MonkeyPatch.context() as dulu:
        tanpa = [kolom for kolom in FAKTA["kegiatan"].columns if kolom.name != "nomor_dokumen"]
        lama = Table("inti_kegiatan", MetaData(), *(Column(kolom.name, kolom.type) for kolom in tanpa))
        dulu.setattr(seals, "_ROWS", (lama, *seals._ROWS[1:]))
        assert terkumpul.altered_rows(LEMBAGA, PERIODE) == []
