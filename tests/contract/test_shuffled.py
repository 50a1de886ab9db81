"""Whatever stands around a clean table, and in whatever order its columns stand: exactly its rows come out."""

from __future__ import annotations

from typing import Any

import pytest
from humas.contract.columns import HIMPUNAN, Himpunan
from humas.contract.tables import recognise_sheet
from humas.reading.table import TabelMentah
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract.contoh import row

TENANG = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
DI_ATAS = (
    [], [None, ""], ["LAPORAN TRIWULAN III"], ["KOMISI PEMILIHAN UMUM"], ["KOTA SEMARANG"], ["NIHIL pada triwulan ini?", "Tidak"],
    ["Periode", ": Juli s.d. September 2026"], ["Satker", ": KPU Kota Semarang"], ["Kolom bertanda * wajib diisi."], [None, None, "Rahasia"],
)  # fmt: skip
DI_ANTARA = ([], [None, " "], [None] * 40)
DI_BAWAH = (
    [], ["Jumlah", None, None, 120], ["Total peserta"], ["Mengetahui,"], [None, None, "Semarang, 3 Oktober 2026"], ["Ketua", None, "Sekretaris"],
    ["NIP. 19800101 200501 1 001"], ["Keterangan: data sementara"], ["*) sementara"], ["Halaman 1 dari 2"], [None, "Mengetahui,", None, "Yang membuat"],
)  # fmt: skip
HIASAN = ("{}", "{} *", " {} ", "{}\n(wajib)", "{}:", "{} (wajib diisi)")


@st.composite
def tables(draw: st.DrawFn) -> tuple[Himpunan, TabelMentah, list[int], list[str]]:
    """A data set, a sheet of it with junk, the positions of its clean rows, and its columns in order."""
    himpunan = draw(st.sampled_from(HIMPUNAN))
    perlu = [i for i, k in enumerate(himpunan.kolom) if (k.wajib and not k.dari_sampul) or draw(st.booleans())]
    urut = draw(st.permutations(perlu))
    kolom = [himpunan.kolom[i] for i in urut]
    kepala = [draw(st.sampled_from(HIASAN)).format(draw(st.sampled_from((k.label, k.nama, *k.sinonim)))) for k in kolom]
    sel: list[list[Any]] = [list(satu) for satu in draw(st.lists(st.sampled_from(DI_ATAS), max_size=6))]
    sel.append(list(kepala))
    data = []
    for _ in range(draw(st.integers(1, 6))):
        sel += [list(satu) for satu in draw(st.lists(st.sampled_from(DI_ANTARA), max_size=2))]
        data.append(len(sel))
        isi = row(himpunan)
        sel.append([isi[i] for i in urut])
    sel += [list(satu) for satu in draw(st.lists(st.sampled_from(DI_BAWAH), max_size=6))]
    nama = draw(st.sampled_from((himpunan.lembar, *himpunan.sinonim_lembar, "Sheet1", "laporan.csv")))
    return himpunan, TabelMentah(nama, sel), data, [k.nama for k in kolom]


@TENANG
@given(kasus=tables())
def test_exactly_the_clean_rows(kasus):
    himpunan, tabel, data, urut = kasus
    (lembar,) = recognise_sheet(tabel).lembar
    assert lembar.himpunan is himpunan
    assert list(lembar.indeks) == data
    assert lembar.kolom == {nama: letak for letak, nama in enumerate(urut)}
    assert lembar.hilang == ()


@pytest.mark.parametrize("himpunan", HIMPUNAN, ids=lambda satu: satu.nama)
def test_every_documented_word_names_its_column_alone(himpunan):
    for kolom in himpunan.kolom:
        for kata in (kolom.label, kolom.nama, *kolom.sinonim):
            kepala = [kata if satu is kolom else satu.label for satu in himpunan.kolom]
            (lembar,) = recognise_sheet(TabelMentah(himpunan.lembar, [kepala, row(himpunan)])).lembar
            assert lembar.judul[lembar.kolom[kolom.nama]] == kata
            assert len(lembar.kolom) == len(himpunan.kolom)
