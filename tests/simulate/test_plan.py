"""The plan: who misbehaves follows from the seed alone, in the stated numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

import pytest
from humas.periods import Kalender, Triwulan, due, ketepatan
from humas.settings import DeadlineRule
from humas.simulate import defects
from humas.simulate.model import JenisIsi, Pemulihan, Perangai, Perilaku
from humas.simulate.plan import plan_world

TW3 = Triwulan(2026, 3)


def test_same_seed_gives_the_same_plan(dunia, register):
    assert plan_world(2026, "kpu", TW3, register).rencana == dunia.rencana


@pytest.mark.parametrize("lain", [{"benih": 7}, {"lembaga": "bawaslu"}, {"triwulan": Triwulan(2026, 2)}], ids=str)
def test_another_seed_body_or_quarter_gives_another_plan(dunia, register, lain):
    pilihan = {"benih": 2026, "lembaga": "kpu", "triwulan": TW3} | lain
    assert plan_world(register=register, **pilihan).rencana != dunia.rencana


@pytest.mark.parametrize("ciri", [*list(Perangai)[1:], *list(JenisIsi)[1:]], ids=str)
def test_each_fault_has_its_stated_number_of_units(dunia, ciri):
    assert len(dunia.codes(ciri)) == getattr(Perilaku(), ciri.value) > 0


def test_no_unit_plays_two_parts_and_the_superiors_behave(dunia):
    for kode, satu in dunia.rencana.items():
        assert satu.perangai is Perangai.BAIK or satu.isi is JenisIsi.WAJAR, kode
        if satu.satuan.tingkat in {"nasional", "provinsi"}:
            assert satu.perangai is Perangai.BAIK and satu.isi is JenisIsi.WAJAR and not satu.pasangan


def test_every_defect_is_somewhere_and_on_a_row_of_its_own(dunia):
    ada = {p.cacat.nama for satu in dunia.rencana.values() for p in satu.pasangan}
    assert ada == {cacat.nama for cacat in defects.SEMUA}
    for kode, satu in dunia.rencana.items():
        tempat = [(p.cacat.himpunan, n) for p in satu.pasangan for n in {p.indeks, p.asal}]
        assert len(tempat) == len(set(tempat)), kode


def test_names_of_defects_are_unique():
    assert max(Counter(cacat.nama for cacat in defects.SEMUA).values()) == 1


def test_time_of_sending_agrees_with_the_stated_punctuality(dunia):
    kalender = Kalender.load()
    tenggat = {t: due(TW3, t, DeadlineRule(), kalender) for t in ("nasional", "provinsi", "kabupaten", "kota")}
    for satu in dunia.rencana.values():
        assert ketepatan(satu.dikirim_pada, tenggat[satu.satuan.tingkat]) == satu.ketepatan


def test_some_broken_channels_come_back_and_others_never(dunia):
    pulih = Counter(satu.pemulihan for satu in dunia.rencana.values())
    assert pulih[Pemulihan.KENDALI] == 7
    assert pulih[Pemulihan.SENDIRI] == Perilaku().galat_sementara


def test_calm_nation_has_no_fault_at_all(register):
    dunia = plan_world(2026, "kpu", TW3, register, Perilaku.tenang())
    assert not dunia.codes(*list(Perangai)[1:], *list(JenisIsi)[1:])
    assert not dunia.tanpa_saluran | dunia.saluran_rusak
    assert {satu.ketepatan for satu in dunia.rencana.values()} == {"tepat_waktu"}
    assert not any(satu.pasangan for satu in dunia.rencana.values())


@pytest.mark.parametrize("faktor", [0.1, 10.0])
def test_factor_scales_the_rows(dunia, register, faktor):
    def rows(satu) -> int:
        return sum(sum(rencana.baris.values()) for rencana in satu.rencana.values())

    berskala = plan_world(2026, "kpu", TW3, register, Perilaku.tenang(), faktor)
    assert rows(berskala) == pytest.approx(rows(dunia) * faktor, rel=0.1)


def test_national_plan_has_the_rows_of_a_real_quarter(dunia):
    assert 35_000 <= sum(sum(satu.baris.values()) for satu in dunia.rencana.values()) <= 40_000


def test_every_field_of_the_behaviour_is_explained():
    teks = Perilaku.__doc__ or ""
    nama = {f.name for f in fields(Perilaku)} - {c.value for c in (*Perangai, *JenisIsi)} - {"bentuk"}
    assert all(satu in teks for satu in nama), nama
