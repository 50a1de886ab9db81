"""Whatever stands in a cell or a sheet: reading never raises, and no row gets lost."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime

import pytest
from humas.contract.cells import Terbaca, reader
from humas.contract.codes import settle_code
from humas.contract.columns import DAFTAR, HIMPUNAN, Tipe, all_columns
from humas.contract.privacy import mask, personal_kinds
from humas.contract.tables import recognise
from humas.reading.table import TabelMentah
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.contract import contoh

pytestmark = pytest.mark.mesin

POLOS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40), st.dates(), st.datetimes(timezones=st.timezones() | st.none()),
    st.sampled_from(["1.007", "Rp 1,-", "31/09/2026", "2 Juli 2026", "32.1", "=1+1", "https://a.id", "\ud800", "#REF!", "08123456789"]),
)  # fmt: skip
SEL = st.one_of(POLOS, st.lists(POLOS, max_size=3), st.dictionaries(st.text(max_size=3), POLOS, max_size=2))
KOLOM = [pytest.param(kolom, id=f"{himpunan.nama}.{kolom.nama}") for himpunan, kolom in all_columns()]
SATU_PER_TIPE = list({param.values[0].tipe: param for param in KOLOM}.values())
TENANG = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("kolom", SATU_PER_TIPE)
@TENANG
@given(isi=SEL)
def test_any_cell_is_read_into_its_type_or_told(kolom, isi):
    terbaca = reader(kolom)(isi)
    assert isinstance(terbaca, Terbaca)
    harap = {Tipe.TANGGAL: datetime, Tipe.WAKTU: datetime, Tipe.BILANGAN: int}.get(kolom.tipe, str)
    assert terbaca.nilai is None or isinstance(terbaca.nilai, harap)
    if kolom.tipe in DAFTAR and terbaca.nilai:
        assert all(isinstance(satu, str) for satu in json.loads(terbaca.nilai))


@TENANG
@given(teks=st.text(alphabet="0123456789 .-@abc+gmil.cok", max_size=60))
def test_masking_is_complete_and_final(teks):
    assert personal_kinds(mask(teks)) == ()
    assert mask(mask(teks)) == mask(teks)


@TENANG
@given(
    sel=st.lists(st.lists(SEL, max_size=6), max_size=6), nama=st.sampled_from(["Kegiatan", "x.csv", "Publikasi", ""])
)
def test_any_sheet_is_recognised_or_told(sel, nama):
    recognise(TabelMentah(nama, sel))


def test_hundreds_of_nasty_rows_balance():
    """validate_batch proves conservation itself and raises when a row is lost; here it has every reason to."""
    acak = random.Random(7)
    racun = [
        None, "", "-", "x" * 400, "NaN", "Inf", float("nan"), float("-inf"), True, 10**300, -1, 1.5, "1.o07", "31/09/2026",
        "=HYPERLINK(1)", "#eval", "<script>", "../..", "🎉" * 50, "\u202e", "\x00", "\ud800", [], ["a", None], {"a": 1},
        "3374011505900002", "08123456789", "a@gmail.com", "https://x.id/" + "y" * 3000, datetime(9999, 12, 31, 23, tzinfo=UTC), "32.1", 32.1, 45000, b"bita",
    ]  # fmt: skip
    kiriman = []
    for nomor in range(10):
        lembar = []
        for himpunan in HIMPUNAN:
            baris = [contoh.row(himpunan) for _ in range(10)]
            for satu in baris:
                for _ in range(acak.randrange(4)):
                    satu[acak.randrange(len(satu))] = acak.choice(racun)
            lembar.append(contoh.sheet(*baris, himpunan=himpunan))
        kiriman.append(contoh.submission(*lembar, nomor=nomor))
    hasil = contoh.validate(*kiriman)
    assert sum(vonis.baris_masuk for vonis in hasil.kiriman) == 400
    assert len(hasil.karantina) + len(hasil.kembar) + sum(map(len, hasil.diterima.values())) == 400
    assert "3374011505900002" not in hasil.temuan.to_csv(errors="replace") + hasil.karantina.to_csv(errors="replace")


SATKER = contoh.register().semua()
BAJU_NAMA = st.sampled_from([
    str, str.upper, str.lower, lambda n: f"  {n} ", lambda n: n.replace(" ", "  "), lambda n: n.replace(" ", "\u00a0"), lambda n: f"KPU {n}",
    lambda n: f"Bawaslu {n}", lambda n: n.replace("Kabupaten", "Kab."), lambda n: n.replace("Kabupaten", "KAB"), lambda n: f"{n}.",
    lambda n: f"KOMISI PEMILIHAN UMUM {n.upper()}",
])  # fmt: skip


@TENANG
@given(satker=st.sampled_from(SATKER), baju=BAJU_NAMA)
def test_every_unit_is_found_by_its_name_in_every_dress(satker, baju):
    hasil = contoh.register().cari(baju(satker.nama))
    assert hasil.satker == satker or satker in hasil.calon


@TENANG
@given(teks=st.text(max_size=80))
def test_any_name_finds_one_unit_several_or_none(teks):
    hasil = contoh.register().cari(teks)
    assert not (hasil.satker and hasil.calon)
    assert hasil.satker is None or hasil.satker in SATKER
    assert len(set(hasil.calon)) == len(hasil.calon) != 1


@TENANG
@given(tertulis=st.text("0123456789., -/", max_size=8), nama=st.sampled_from(["", "Kota Semarang", "Bekasi", "x"]))
def test_a_code_is_settled_to_a_unit_that_exists_or_left_as_it_is(tertulis, nama):
    kode = settle_code(tertulis, nama, "33.74", contoh.register())
    assert kode == tertulis or kode in {satu.kode for satu in SATKER}
