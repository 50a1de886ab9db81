from __future__ import annotations

import pickle
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from humas.errors import PengirimError
from humas.registry import Lembaga, Saluran, load_register
from humas.settings import Settings
from hypothesis import given, settings
from hypothesis import strategies as st

REGISTER = load_register(Settings.from_environment({}))
SATKER = st.sampled_from(REGISTER.semua())


@pytest.mark.parametrize(
    ("nama", "kode"),
    [
        ("KPU Kota Semarang", "33.74"),
        ("Kota Semarang", "33.74"),
        ("kab. semarang", "33.22"),
        ("KABUPATEN  SEMARANG", "33.22"),
        ("KIP Kab Aceh Besar", "11.06"),
        ("Komisi Independen Pemilihan Kabupaten Aceh Besar", "11.06"),
        ("Panwaslih Provinsi Aceh", "11"),
        ("KIP Aceh", "11"),
        ("Prov Jawa Tengah", "33"),
        ("Prov. Jateng", "33"),
        ("Jateng", "33"),
        ("Bawaslu Jabar", "32"),
        ("Humas Pemkot Bandung", "32.73"),
        ("Pemprov DKI Jakarta", "31"),
        ("Jakarta", "31"),
        ("Daerah Khusus Jakarta", "31"),
        ("DIY", "34"),
        ("D.I. Yogyakarta", "34"),
        ("Provinsi Yogyakarta", "34"),
        ("Yogyakarta", "34.71"),
        ("Kota Jogja", "34.71"),
        ("Jakarta Pusat", "31.71"),
        ("Kota Adm. Jakarta Pusat", "31.71"),
        ("Kep. Seribu", "31.01"),
        ("Fak-Fak", "92.03"),
        ("fakfak", "92.03"),
        ("Toli Toli", "72.04"),
        ("Kab. Pangkajene & Kepulauan", "73.10"),
        ("Pangkep", "73.10"),
        ("Kota Baru", "63.02"),
        ("Kota Waringin Barat", "62.01"),
        ("Lima Puluh Kota", "13.07"),
        ("Kab. 50 Kota", "13.07"),
        ("50 Kota", "13.07"),
        ("33 Jawa Tengah", "33"),
        ("Banjar, Kalimantan Selatan", "63.03"),
        ("Banjar Prov. Jabar", "32.79"),
        ("Kabupaten Semarang (Jawa Tengah)", "33.22"),
        ("Kota Semarang (33.74)", "33.74"),
        ("33.22 Semarang", "33.22"),
        ("Semarang - 33.74", "33.74"),
        ("KPU", "00"),
        ("Bawaslu RI", "00"),
        ("Indonesia", "00"),
        ("OKU Timur", "16.08"),
        ("Humbahas", "12.16"),
        ("Kota Administrasi Jakpus", "31.71"),
        ("Daerah Istimewa Yogyakarta", "34"),
        ("Daerah Khusus Ibu Kota Jakarta", "31"),
        ("Semarang, Kota", "33.74"),
        ("Semarang (Kab.)", "33.22"),
        ("KPU Bandung Kota", "32.73"),
        ("Kodya Semarang", "33.74"),
        ("KPUD Kota Semarang", "33.74"),
        ("Satker KPU Kota Surabaya", "35.78"),
        ("PPID Bawaslu Kab. Gresik", "35.25"),
        ("Satuan kerja Kota Surabaya", "35.78"),
        ("Kepulauan Tanimbar", "81.03"),
        ("Maluku Tenggara Barat", "81.03"),
        ("Ujung Pandang", "73.71"),
        ("Kab. Yapen Waropen", "91.05"),
        ("KIP Nanggroe Aceh Darussalam", "11"),
        ("Bangka Belitung", "19"),
        ("Morotai", "82.07"),
    ],
)
def test_finds_a_unit_by_its_name_as_people_write_it(nama: str, kode: str) -> None:
    hasil = REGISTER.cari(nama)
    assert hasil.satker is not None, hasil.penjelasan
    assert hasil.satker.kode == kode
    assert (hasil.calon, hasil.saran, hasil.penjelasan) == ((), (), "")


@pytest.mark.parametrize(
    ("nama", "calon"),
    [
        ("Semarang", {"33.22", "33.74"}),
        ("KPU Semarang", {"33.22", "33.74"}),
        ("KPU Kab/Kota Semarang", {"33.22", "33.74"}),
        ("Jambi", {"15", "15.71"}),
        ("gorontalo", {"75", "75.01", "75.71"}),
        ("Banjar", {"63.03", "32.79"}),
    ],
)
def test_an_ambiguous_name_is_answered_with_the_candidates(nama: str, calon: set[str]) -> None:
    hasil = REGISTER.cari(nama)
    assert hasil.satker is None
    assert {unit.kode for unit in hasil.calon} == calon
    assert all(kode in hasil.penjelasan for kode in calon)


@pytest.mark.parametrize("pada", [None, date(2022, 1, 1)], ids=["today", "before the change"])
def test_every_unit_is_found_by_each_of_its_names(pada: date | None) -> None:
    for unit in REGISTER.semua(pada):
        for nama in (unit.nama, *(unit.nama_resmi(lembaga) for lembaga in Lembaga)):
            assert REGISTER.cari(nama, pada).satker == unit, nama


def test_57_units_share_28_bare_names_and_the_rest_are_found_by_theirs() -> None:
    ganda = Counter(unit.nama_pendek for unit in REGISTER.semua() if unit.nama_ganda)
    assert (len(ganda), sum(ganda.values())) == (28, 57)
    for unit in REGISTER.semua():
        hasil = REGISTER.cari(unit.nama_pendek)
        assert len(hasil.calon) == ganda[unit.nama_pendek], unit
        assert unit.nama_ganda or hasil.satker == unit


@pytest.mark.parametrize(
    ("nama", "saran"),
    [
        ("Kota Semrang", "33.74"),
        ("Kab. Banda Aceh", "11.71"),
        ("Provinsi Jawa Tenggah", "33"),
        ("Kota Semarang (33.22)", "33.74"),
        ("Kota Kediri, Jawa Tengah", "35.71"),
    ],
    ids=["typo", "wrong kind", "typo in province", "code of another", "wrong province"],
)
def test_an_unknown_name_is_answered_with_near_names(nama: str, saran: str) -> None:
    hasil = REGISTER.cari(nama)
    assert (hasil.satker, hasil.calon) == (None, ())
    assert hasil.saran[0].kode == saran
    assert f"Mungkin {hasil.saran[0].nama}" in hasil.penjelasan


@pytest.mark.parametrize(
    "nama", ["", "   ", "xyzzy", "kip", "humas", "provinsi", "x" * 100_000, "\x00\x1b[31m", "0", "99.99"]
)
def test_nothing_is_found_for_what_names_no_unit(nama: str) -> None:
    hasil = REGISTER.cari(nama)
    assert (hasil.satker, hasil.calon, hasil.saran) == (None, (), ())
    assert hasil.penjelasan.isprintable()
    assert len(hasil.penjelasan) < 120


@settings(max_examples=200, deadline=None)
@given(
    SATKER,
    st.sampled_from(list(Lembaga)),
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase]),
    st.sampled_from([" ", "  ", ". ", " - ", "\u00a0", "\t"]),
)
def test_any_unit_is_found_by_its_names_in_any_case_and_spacing(unit, lembaga, besar_kecil, sela) -> None:
    for nama in (unit.nama, unit.nama_resmi(lembaga)):
        assert REGISTER.cari(sela.join(besar_kecil(nama).split())).satker == unit
    if unit.tingkat not in {"nasional", "provinsi"}:
        provinsi = REGISTER.satker(unit.kode_provinsi)
        assert REGISTER.cari(f"{besar_kecil(unit.nama)}{sela}{provinsi.nama}").satker == unit


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.none() | st.dates(date(2019, 1, 1), date(2027, 1, 1)))
def test_any_text_gets_one_kind_of_answer(nama: str, pada: date | None) -> None:
    hasil = REGISTER.cari(nama, pada)
    assert sum(map(bool, (hasil.satker, hasil.calon, hasil.saran))) <= 1
    assert len(hasil.calon) != 1
    assert all(unit.berlaku(pada) for unit in (*hasil.calon, *hasil.saran))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=20))
def test_any_text_resolves_to_a_unit_or_to_the_senders_error(teks: str) -> None:
    try:
        assert REGISTER.resolve(teks)
    except PengirimError as galat:
        assert galat.kode in {"satker_ganda", "satker_tidak_dikenal", "satker_tidak_berlaku"}


@pytest.mark.parametrize(
    ("kode", "pada", "nama"),
    [
        ("91.01", date(2022, 11, 10), "Kabupaten Merauke"),
        ("93.01", date(2022, 11, 11), "Kabupaten Merauke"),
        ("92.71", datetime(2022, 12, 8, 16, 59, tzinfo=UTC), "Kota Sorong"),
        ("96.71", datetime(2022, 12, 8, 17, 0, tzinfo=UTC), "Kota Sorong"),
        ("91.01", None, "Kabupaten Merauke"),
        ("33.74", date(1999, 1, 1), "Kota Semarang"),
    ],
    ids=[
        "old before",
        "new after",
        "instant before midnight",
        "instant at midnight",
        "old without day",
        "never changed",
    ],
)
def test_a_code_is_found_in_its_time(kode: str, pada: date | None, nama: str) -> None:
    assert REGISTER.satker(kode, pada).nama == nama


@pytest.mark.parametrize(
    ("kode", "pada", "kode_galat", "bagian", "cara"),
    [
        ("91.01", date(2022, 11, 11), "satker_tidak_berlaku", "berlaku sampai 10 November 2022", "93.01"),
        ("93.01", date(2022, 11, 10), "satker_tidak_berlaku", "mulai 11 November 2022", "91.01"),
        ("93", date(2020, 1, 1), "satker_tidak_berlaku", "Provinsi Papua Selatan", "periode"),
        ("32.1", None, "satker_tidak_dikenal", "Mungkin 32.10 Kabupaten Majalengka", "teks"),
        ("3374", None, "satker_tidak_dikenal", "Mungkin 33.74 Kota Semarang", "teks"),
        ("33,74", None, "satker_tidak_dikenal", "Mungkin 33.74 Kota Semarang", "teks"),
        ("0", None, "satker_tidak_dikenal", "Mungkin 00 Indonesia", "teks"),
        ("99.99", None, "satker_tidak_dikenal", '"99.99" tidak terdaftar.', "33.74"),
    ],
)
def test_a_wrong_code_says_which_is_right(kode, pada, kode_galat, bagian, cara) -> None:
    with pytest.raises(PengirimError) as galat:
        REGISTER.satker(kode, pada)
    assert galat.value.kode == kode_galat
    assert bagian in galat.value.pesan
    assert cara in galat.value.cara


def test_a_name_finds_the_code_of_its_day() -> None:
    assert REGISTER.resolve("Kabupaten Merauke", date(2022, 1, 1)).kode == "91.01"
    assert REGISTER.resolve("KPU Kab. Merauke").kode == "93.01"
    assert REGISTER.cari("Merauke, Papua", date(2022, 1, 1)).satker == REGISTER.satker("91.01")
    assert REGISTER.cari("Provinsi Papua Selatan", date(2022, 1, 1)).satker is None


def test_resolve_takes_codes_and_names() -> None:
    assert REGISTER.resolve(" 33.74 ").kode == REGISTER.resolve("kota semarang").kode == "33.74"
    with pytest.raises(PengirimError, match=r"dapat berarti Kabupaten Semarang \(33.22\) atau Kota Semarang \(33.74\)"):
        REGISTER.resolve("Semarang")
    with pytest.raises(PengirimError, match=r"Mungkin 32\.10"):
        REGISTER.resolve("32.1")


def test_validity_of_a_code() -> None:
    assert REGISTER.berlaku("91.01", date(2022, 11, 10))
    assert not REGISTER.berlaku("91.01", date(2022, 11, 11))
    assert not REGISTER.berlaku("91.01")
    assert not REGISTER.berlaku("tidak ada", date(2026, 1, 1))


def test_the_tree_of_units() -> None:
    assert len(REGISTER.anak("00")) == len(REGISTER.provinsi()) == 38
    assert len(REGISTER.anak("33")) == 35
    assert len(REGISTER.anak("91", date(2022, 1, 1))) == len(REGISTER.anak("91")) + 20
    assert REGISTER.anak("33.74") == ()


@pytest.mark.parametrize(
    ("kode_bps", "kode"),
    [
        ("3210", "32.10"),
        ("32.10", "32.10"),
        ("1108", "11.06"),
        ("11.08", "11.06"),
        ("9401", "93.01"),
        ("9999", None),
        ("", None),
    ],
)
def test_finds_the_unit_a_bps_code_means(kode_bps: str, kode: str | None) -> None:
    unit = REGISTER.satker_bps(kode_bps)
    assert (unit.kode if unit else None) == kode


def test_a_bps_code_means_the_unit_of_its_day() -> None:
    unit = REGISTER.satker_bps("9401", date(2022, 1, 1))
    assert unit is not None
    assert unit.kode == "91.01"


def test_channels_come_in_their_order_and_only_the_active_ones() -> None:
    def saluran(alamat: str, urutan: int, baris: int, *, aktif: bool = True) -> Saluran:
        return Saluran(Lembaga.KPU, "33.74", "api", alamat, urutan, aktif=aktif, baris=baris)

    register = REGISTER.with_channels([
        saluran("c", 2, 1),
        saluran("b", 1, 3),
        saluran("a", 1, 2),
        saluran("x", 1, 4, aktif=False),
    ])
    assert [satu.alamat for satu in register.saluran("kpu", "33.74")] == ["a", "b", "c"]
    assert register.saluran(Lembaga.BAWASLU, "33.74") == ()
    assert len(register.semua_saluran) == 4
    assert REGISTER.semua_saluran == ()


def test_a_register_crosses_processes() -> None:
    kembali = pickle.loads(pickle.dumps(REGISTER))
    assert kembali.semua() == REGISTER.semua()
    assert kembali.cari("Kota Semarang").satker == REGISTER.satker("33.74")
