from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from humas.bodies import BODIES
from humas.errors import SenderError
from humas.registry import Channel, ChannelKind, Lembaga, load_register
from humas.settings import Settings
from hypothesis import given, settings
from hypothesis import strategies as st

REGISTER = load_register(Settings.from_environment({}))
SATKER = st.sampled_from(REGISTER.everything())


@pytest.mark.parametrize(
    ("name", "code"),
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
def test_finds_a_unit_by_its_name_as_people_write_it(name: str, code: str) -> None:
    result = REGISTER.search(name)
    assert result.satker is not None, result.explanation
    assert result.satker.code == code
    assert (result.candidates, result.suggestions, result.explanation) == ((), (), "")


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("Semarang", {"33.22", "33.74"}),
        ("KPU Semarang", {"33.22", "33.74"}),
        ("KPU Kab/Kota Semarang", {"33.22", "33.74"}),
        ("Jambi", {"15", "15.71"}),
        ("gorontalo", {"75", "75.01", "75.71"}),
        ("Banjar", {"63.03", "32.79"}),
    ],
)
def test_an_ambiguous_name_is_answered_with_the_candidates(name: str, candidates: set[str]) -> None:
    result = REGISTER.search(name)
    assert result.satker is None
    assert {unit.code for unit in result.candidates} == candidates
    assert all(code in result.explanation for code in candidates)


@pytest.mark.parametrize("on", [None, date(2022, 1, 1)], ids=["today", "before the change"])
def test_every_unit_is_found_by_each_of_its_names(on: date | None) -> None:
    for unit in REGISTER.everything(on):
        for name in (unit.name, *(unit.official_name(lembaga) for lembaga in Lembaga)):
            assert REGISTER.search(name, on).satker == unit, name


def test_57_units_share_28_bare_names_and_the_rest_are_found_by_theirs() -> None:
    double = Counter(unit.short_name for unit in REGISTER.everything() if unit.shared_name)
    assert (len(double), sum(double.values())) == (28, 57)
    for unit in REGISTER.everything():
        result = REGISTER.search(unit.short_name)
        assert len(result.candidates) == double[unit.short_name], unit
        assert unit.shared_name or result.satker == unit


@pytest.mark.parametrize(
    ("name", "suggestions"),
    [
        ("Kota Semrang", "33.74"),
        ("Kab. Banda Aceh", "11.71"),
        ("Provinsi Jawa Tenggah", "33"),
        ("Kota Semarang (33.22)", "33.74"),
        ("Kota Kediri, Jawa Tengah", "35.71"),
    ],
    ids=["typo", "wrong kind", "typo in province", "code of another", "wrong province"],
)
def test_an_unknown_name_is_answered_with_near_names(name: str, suggestions: str) -> None:
    result = REGISTER.search(name)
    assert (result.satker, result.candidates) == (None, ())
    assert result.suggestions[0].code == suggestions
    assert f"Mungkin {result.suggestions[0].name}" in result.explanation


@pytest.mark.parametrize(
    "name", ["", "   ", "xyzzy", "kip", "humas", "provinsi", "x" * 100_000, "\x00\x1b[31m", "0", "99.99"]
)
def test_nothing_is_found_for_what_names_no_unit(name: str) -> None:
    result = REGISTER.search(name)
    assert (result.satker, result.candidates, result.suggestions) == (None, (), ())
    assert result.explanation.isprintable()
    assert len(result.explanation) < 120


@settings(max_examples=200, deadline=None)
@given(
    SATKER,
    st.sampled_from(list(Lembaga)),
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase]),
    st.sampled_from([" ", "  ", ". ", " - ", "\u00a0", "\t"]),
)
def test_any_unit_is_found_by_its_names_in_any_case_and_spacing(unit, lembaga, letter_case, gap) -> None:
    for name in (unit.name, unit.official_name(lembaga)):
        assert REGISTER.search(gap.join(letter_case(name).split())).satker == unit
    if unit.tier not in {"nasional", "provinsi"}:
        province = REGISTER.satker(unit.province_code)
        assert REGISTER.search(f"{letter_case(unit.name)}{gap}{province.name}").satker == unit


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.none() | st.dates(date(2019, 1, 1), date(2027, 1, 1)))
def test_any_text_gets_one_kind_of_answer(name: str, on: date | None) -> None:
    result = REGISTER.search(name, on)
    assert sum(map(bool, (result.satker, result.candidates, result.suggestions))) <= 1
    assert len(result.candidates) != 1
    assert all(unit.in_force(on) for unit in (*result.candidates, *result.suggestions))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=20))
def test_any_text_resolves_to_a_unit_or_to_the_senders_error(text: str) -> None:
    try:
        assert REGISTER.resolve(text)
    except SenderError as error:
        assert error.code in {"satker_ganda", "satker_tidak_dikenal", "satker_tidak_berlaku"}


@pytest.mark.parametrize(
    ("code", "on", "name"),
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
def test_a_code_is_found_in_its_time(code: str, on: date | None, name: str) -> None:
    assert REGISTER.satker(code, on).name == name


@pytest.mark.parametrize(
    ("code", "on", "error_code", "parts", "remedy"),
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
def test_a_wrong_code_says_which_is_right(code, on, error_code, parts, remedy) -> None:
    with pytest.raises(SenderError) as error:
        REGISTER.satker(code, on)
    assert error.value.code == error_code
    assert parts in error.value.message
    assert remedy in error.value.remedy


def test_a_name_finds_the_code_of_its_day() -> None:
    assert REGISTER.resolve("Kabupaten Merauke", date(2022, 1, 1)).code == "91.01"
    assert REGISTER.resolve("KPU Kab. Merauke").code == "93.01"
    assert REGISTER.search("Merauke, Papua", date(2022, 1, 1)).satker == REGISTER.satker("91.01")
    assert REGISTER.search("Provinsi Papua Selatan", date(2022, 1, 1)).satker is None


def test_resolve_takes_codes_and_names() -> None:
    assert REGISTER.resolve(" 33.74 ").code == REGISTER.resolve("kota semarang").code == "33.74"
    with pytest.raises(SenderError, match=r"dapat berarti Kabupaten Semarang \(33.22\) atau Kota Semarang \(33.74\)"):
        REGISTER.resolve("Semarang")
    with pytest.raises(SenderError, match=r"Mungkin 32\.10"):
        REGISTER.resolve("32.1")


def test_validity_of_a_code() -> None:
    assert REGISTER.in_force("91.01", date(2022, 11, 10))
    assert not REGISTER.in_force("91.01", date(2022, 11, 11))
    assert not REGISTER.in_force("91.01")
    assert not REGISTER.in_force("tidak ada", date(2026, 1, 1))


def test_the_tree_of_units() -> None:
    assert len(REGISTER.children("00")) == len(REGISTER.province()) == 38
    assert len(REGISTER.children("33")) == 35
    assert len(REGISTER.children("91", date(2022, 1, 1))) == len(REGISTER.children("91")) + 20
    assert REGISTER.children("33.74") == ()


@pytest.mark.parametrize(
    ("bps_code", "code"),
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
def test_finds_the_unit_a_bps_code_means(bps_code: str, code: str | None) -> None:
    unit = REGISTER.satker_by_bps(bps_code)
    assert (unit.code if unit else None) == code


def test_a_bps_code_means_the_unit_of_its_day() -> None:
    unit = REGISTER.satker_by_bps("9401", date(2022, 1, 1))
    assert unit is not None
    assert unit.code == "91.01"


def test_channels_come_in_their_order_and_only_the_active_ones() -> None:
    def channel(address: str, order: int, row: int, *, active: bool = True) -> Channel:
        return Channel(Lembaga.KPU, "33.74", ChannelKind.API, address, order, active=active, row=row)

    register = REGISTER.with_channels([
        channel("c", 2, 1),
        channel("b", 1, 3),
        channel("a", 1, 2),
        channel("x", 1, 4, active=False),
    ])
    assert [one.address for one in register.channel("kpu", "33.74")] == ["a", "b", "c"]
    assert register.channel(Lembaga.BAWASLU, "33.74") == ()
    assert len(register.all_channels) == 4
    assert REGISTER.all_channels == ()


def test_a_register_crosses_processes() -> None:
    returned = pickle.loads(pickle.dumps(REGISTER))
    assert returned.everything() == REGISTER.everything()
    assert returned.search("Kota Semarang").satker == REGISTER.satker("33.74")


def without_regencies(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first body with offices in provinces and the capital only."""
    monkeypatch.setitem(BODIES, "kpu", replace(BODIES["kpu"], tiers=("provinsi", "nasional")))


def test_units_of_a_body_are_those_of_its_tiers(monkeypatch):
    without_regencies(monkeypatch)
    assert Counter(unit.tier for unit in REGISTER.units_of("kpu")) == {"nasional": 1, "provinsi": 38}
    assert REGISTER.units_of("bawaslu") == REGISTER.everything()


def test_where_a_body_has_no_unit_is_said(monkeypatch):
    without_regencies(monkeypatch)
    assert REGISTER.unit_of("kpu", "33") == REGISTER.satker("33")
    with pytest.raises(SenderError) as caught:
        REGISTER.unit_of("kpu", "33.74")
    told = "KPU tidak bersatker di Kota Semarang (33.74); satkernya hanya tingkat provinsi dan pusat."
    assert (caught.value.code, caught.value.message) == ("satker_tanpa_kantor", told)
    assert REGISTER.unit_of("bawaslu", "33.74").code == "33.74"
