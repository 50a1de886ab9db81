"""The real pipeline against the truth of 553 simulated units, unit by unit and row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from statistics import median

import pytest
from humas import pipeline
from humas.context import Konteks, open_konteks
from humas.settings import Settings
from humas.simulate.document import document_rows
from humas.simulate.model import JenisIsi, Perangai, Rencana
from humas.simulate.plan import HIMPUNAN
from humas.simulate.server import Demo, demo_server

from tests.pipeline.judge import Terjadi, differences, observe

pytestmark = pytest.mark.pipeline
KPU, TW3 = "kpu", "2026-TW3"
KINI = datetime(2026, 11, 16, 3, tzinfo=UTC)


def open_demo(demo: Demo, home) -> Konteks:
    settings = Settings(home=home, database_url=f"sqlite:///{home / 'gudang.db'}", frozen_now=KINI)
    return open_konteks(demo.configure(settings))


def run_pass(k: Konteks, kode: list[str], run_id: str) -> Terjadi:
    k.gudang.start_run(run_id, KPU, TW3, KINI)
    pipeline.open_period(k, KPU, TW3)
    pipeline.collect(k, KPU, TW3, kode, run_id)
    pipeline.validate(k, KPU, TW3, run_id)
    return observe(k, KPU, TW3)


@dataclass(frozen=True)
class Bangsa:
    """A nation collected twice."""

    demo: Demo
    k: Konteks
    pertama: Terjadi
    angka: dict[tuple[str, str], float]
    kedua: Terjadi


@pytest.fixture(scope="module")
def bangsa(tmp_path_factory) -> Iterator[Bangsa]:
    home = tmp_path_factory.mktemp("bangsa")
    with demo_server(home / "demo") as demo:
        k = open_demo(demo, home)
        pertama = run_pass(k, list(demo.dunia.rencana), "jalan-1")
        pipeline.roll_up(k, KPU, TW3, "jalan-1")
        figur = k.gudang.figures(KPU, TW3)
        nasional = figur[figur["lingkup"] == "nasional"]
        angka = {(b.ukuran, b.rincian): b.nilai for b in nasional.fillna({"rincian": ""}).itertuples()}
        kedua = run_pass(k, list(demo.dunia.rencana), "jalan-2")
        yield Bangsa(demo, k, pertama, angka, kedua)


def test_first_pass_agrees_with_truth_unit_by_unit_and_row_by_row(bangsa):
    harapan = {kode: satu.pertama for kode, satu in bangsa.demo.truth().items()}
    assert len(harapan) == 553
    assert not (beda := differences(harapan, bangsa.pertama)), "\n".join(beda)


def test_second_pass_agrees_with_truth(bangsa):
    harapan = {kode: satu.ulang for kode, satu in bangsa.demo.truth().items()}
    assert not (beda := differences(harapan, bangsa.kedua)), "\n".join(beda)


def test_second_pass_changes_only_units_that_sent_something_new(bangsa):
    lama, baru = bangsa.pertama.verdicts["id_kiriman"], bangsa.kedua.verdicts["id_kiriman"]
    berubah = {kode for kode in baru.index if kode not in lama.index or lama[kode] != baru[kode]}
    assert berubah == set(bangsa.demo.dunia.codes(JenisIsi.PERBAIKAN, Perangai.GALAT_SEMENTARA))


def test_corrected_version_wins_and_the_first_is_kept(bangsa):
    vonis = bangsa.k.gudang.verdicts(KPU, TW3)
    for kode in bangsa.demo.dunia.codes(JenisIsi.PERBAIKAN):
        milik = vonis[vonis["kode_satker"] == kode]
        assert list(milik["status"]) == ["diterima_sebagian", "diterima"]
        assert list(milik["berlaku"]) == [False, True]


def test_quarantined_rows_of_a_corrected_file_name_their_successor(bangsa):
    karantina = bangsa.k.gudang.quarantine(KPU, TW3)
    milik = karantina[karantina["kode_satker"].isin(bangsa.demo.dunia.codes(JenisIsi.PERBAIKAN))]
    assert len(milik) == 16
    assert milik["id_pengganti"].notna().all()


def test_no_row_is_lost_at_any_level(bangsa):
    neraca = bangsa.k.gudang.conservation(KPU, TW3)
    assert neraca.selisih == ()
    assert neraca.baris_masuk == neraca.diterima + neraca.dikarantina + neraca.kembar
    harapan = [satu.ulang for satu in bangsa.demo.truth().values()]
    berlaku = [satu for satu in harapan if satu.kiriman not in {"", "ditolak"}]
    assert neraca.berlaku == tuple(
        sum(getattr(satu, nama) for satu in berlaku) for nama in ("masuk", "diterima", "dikarantina", "kembar")
    )
    for himpunan in HIMPUNAN:
        diterima = sum(satu.per_himpunan[himpunan][1] for satu in berlaku)
        assert len(bangsa.k.gudang.facts(KPU, TW3, himpunan)) == diterima


def accepted_rows(bangsa: Bangsa, himpunan: str) -> Iterator[tuple[Rencana, dict[str, object]]]:
    """Rows of the first pass that must count, as the generator made them: nothing here was sent or read."""
    dunia, truth = bangsa.demo.dunia, bangsa.demo.truth()
    for kode, rencana in dunia.rencana.items():
        harapan = truth[kode].pertama
        if harapan.kiriman not in {"diterima", "diterima_dengan_catatan", "diterima_sebagian"}:
            continue
        awal = next(b.baris - p.indeks for b, p in zip_rows(harapan, rencana)) if rencana.pasangan else 0
        buang = {b.baris - awal for b in harapan.baris if b.himpunan == himpunan and b.nasib != "diterima"}
        for urut, baris in enumerate(document_rows(dunia, rencana)[himpunan]):
            if urut not in buang and (rencana.saluran != ("csv",) or himpunan == "kegiatan"):
                yield rencana, baris


def test_unique_events_are_those_the_generator_made(bangsa):
    acara = {event_key(rencana, baris) for rencana, baris in accepted_rows(bangsa, "kegiatan")}
    assert bangsa.angka["acara_unik", ""] == len(acara)
    assert bangsa.angka["acara_unik", ""] < 0.6 * bangsa.angka["kegiatan_dilaporkan", ""]


def test_national_figures_are_those_of_the_rows_the_generator_made(bangsa):
    peserta, putusan = Counter(), Counter()
    for _, baris in accepted_rows(bangsa, "kegiatan"):
        if baris["jumlah_peserta"] is not None:
            bagian = (baris["satuan_peserta"], baris["lingkup_peserta"])
            peserta["/".join(satu or "tidak_disebut" for satu in bagian)] += baris["jumlah_peserta"]
    putusan.update(baris["putusan"] for _, baris in accepted_rows(bangsa, "permohonan_info"))
    publikasi = [baris for _, baris in accepted_rows(bangsa, "publikasi")]
    isu = [baris for _, baris in accepted_rows(bangsa, "isu_hoaks")]
    jam = sorted(
        (satu["tanggal_klarifikasi"] - satu["tanggal_temuan"]).total_seconds() / 3600
        for satu in isu
        if satu["tanggal_klarifikasi"]
    )
    harap = {("peserta", nama): n for nama, n in peserta.items()} | {
        ("permohonan_putusan", n): j for n, j in putusan.items()
    }
    harap |= {("jangkauan", ""): sum(satu["jangkauan"] or 0 for satu in publikasi), ("publikasi", ""): len(publikasi)}
    harap |= {("hoaks_isu", ""): len(isu), ("hoaks_konten", ""): sum(satu["jumlah_konten"] for satu in isu)}
    harap |= {("hoaks_median_jam", ""): median(jam), ("hoaks_p90_jam", ""): jam[ceil(0.9 * len(jam)) - 1]}
    assert len(peserta) >= 4
    assert {kunci: bangsa.angka[kunci] for kunci in harap} == pytest.approx(harap)


def zip_rows(harapan, rencana):
    """Expected rows with the defects that made them: both sorted by data set and position."""
    pasangan = sorted(rencana.pasangan, key=lambda p: (p.cacat.himpunan, p.indeks))
    return zip(harapan.baris, pasangan, strict=True)


def event_key(rencana, baris) -> tuple[str, object, object]:
    sendiri = baris["peran_satker"] == "penyelenggara"
    siapa = rencana.satuan.resmi if sendiri else baris["penyelenggara"] or f"peserta {rencana.satuan.kode}"
    return siapa, baris["tanggal_mulai"], baris["jenis_kegiatan"]


@pytest.mark.parametrize("ketepatan", ["tepat_waktu", "terlambat", "sangat_terlambat", "belum_lapor"])
def test_punctuality_is_that_of_the_plan(bangsa, ketepatan):
    truth = bangsa.demo.truth().values()
    lapor = [s.ketepatan if s.pertama.kiriman not in {"", "ditolak"} else "belum_lapor" for s in truth]
    assert bangsa.angka["ketepatan", ketepatan] == lapor.count(ketepatan)


def test_recovered_units_agree_with_truth_and_others_still_fail(tmp_path):
    rusak = (Perangai.GALAT_SELALU, Perangai.POTONG, Perangai.HALAMAN_MASUK, Perangai.JENIS_SALAH, Perangai.PUTUS)
    with demo_server(tmp_path / "demo") as demo:
        k = open_demo(demo, tmp_path)
        kode = list(demo.dunia.codes(*rusak))
        truth = demo.truth()
        pertama = run_pass(k, kode, "jalan-1")
        assert not (beda := differences({satu: truth[satu].pertama for satu in kode}, pertama)), "\n".join(beda)
        demo.recover()
        pulih = run_pass(k, kode, "jalan-2")
        assert not (beda := differences({satu: truth[satu].pulih for satu in kode}, pulih)), "\n".join(beda)
        assert 0 < (pulih.attempts["status"] == "berhasil").sum() < len(kode)


@pytest.mark.parametrize(("lembaga", "periode"), [("bawaslu", "2026-TW1"), ("pemda", "2026-TW2")])
def test_other_bodies_and_quarters_agree_with_truth(lembaga, periode, tmp_path):
    """Units with bad rows and bad files of the other bodies, with what is special about their names and hosts."""
    with demo_server(tmp_path / "demo", lembaga=lembaga, periode=periode) as demo:
        k = open_demo(demo, tmp_path)
        cacat = [kode for kode, satu in demo.dunia.rencana.items() if satu.pasangan]
        kode = sorted({*cacat, "00", "11", "33", "33.74", *demo.dunia.codes(*list(JenisIsi)[1:])})
        k.gudang.start_run("jalan-1", lembaga, periode, KINI)
        pipeline.open_period(k, lembaga, periode)
        pipeline.collect(k, lembaga, periode, kode, "jalan-1")
        pipeline.validate(k, lembaga, periode, "jalan-1")
        harapan = {satu: demo.truth()[satu].pertama for satu in kode}
        assert not (beda := differences(harapan, observe(k, lembaga, periode))), "\n".join(beda)
