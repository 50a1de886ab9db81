"""What cannot be is not offered: too many people, an end far away, a day still to come."""

from __future__ import annotations

from datetime import date

import pytest
from humas.news import Draft
from humas.news.sanity import check_sanity

from tests.news.samples import TODAY, read

DAY = date(2026, 6, 20)
PLAIN = Draft(
    tanggal_mulai=DAY,
    tanggal_selesai=DAY,
    jumlah_peserta=40,
    satuan_peserta="orang",
    layak_dihitung=True,
    keyakinan={"tanggal_mulai": 0.9, "jumlah_peserta": 0.8},
    kata={"tanggal_mulai": "Sabtu (20/6)", "jumlah_peserta": "40 orang"},
)


def changed(**values: object) -> Draft:
    return check_sanity(Draft(**{**{name: getattr(PLAIN, name) for name in PLAIN.__slots__}, **values}), TODAY)


def test_a_plain_draft_stays_as_it_is():
    assert check_sanity(PLAIN, TODAY) == PLAIN


@pytest.mark.parametrize(("count", "unit"), [(701_250, "orang"), (2_025, "satker"), (0, "orang")])
def test_a_count_that_cannot_be_is_cleared_and_told(count, unit):
    draft = changed(jumlah_peserta=count, satuan_peserta=unit)
    assert (draft.jumlah_peserta, draft.satuan_peserta) == (None, "")
    assert "jumlah_peserta" not in draft.keyakinan
    assert str(count) in draft.catatan[0]


@pytest.mark.parametrize("end", [date(2026, 6, 19), date(2026, 9, 1)], ids=["before it begins", "months later"])
def test_an_end_that_cannot_be_is_cleared_and_told(end):
    draft = changed(tanggal_selesai=end)
    assert draft.tanggal_selesai is None
    assert "Hari selesai" in draft.catatan[0]


AHEAD = {
    "after the visit": {"tanggal_mulai": date(2026, 7, 9)},
    "after it appeared": {"tanggal_publikasi": date(2026, 6, 1)},
}


@pytest.mark.parametrize("values", AHEAD.values(), ids=list(AHEAD))
def test_an_event_still_to_come_is_not_offered(values):
    draft = changed(**{"tanggal_selesai": values.get("tanggal_mulai", DAY), **values})
    assert not draft.layak_dihitung
    assert draft.alasan_tidak.startswith("Tanggal kegiatan sesudah")


def test_the_day_of_the_visit_is_no_day_of_an_event_unless_the_article_appeared_then():
    bar = changed(tanggal_mulai=TODAY, tanggal_selesai=TODAY)
    assert (bar.tanggal_mulai, bar.tanggal_selesai) == (None, None)
    assert "hari halaman dibaca" in bar.catatan[0]
    assert "tanggal_mulai" not in bar.kata
    fresh = changed(tanggal_mulai=TODAY, tanggal_selesai=TODAY, tanggal_publikasi=TODAY)
    assert fresh.tanggal_mulai == TODAY


def test_news_that_appears_years_later_makes_its_day_doubtful():
    draft = changed(tanggal_mulai=date(2023, 6, 20), tanggal_selesai=date(2023, 6, 20), tanggal_publikasi=DAY)
    assert draft.keyakinan["tanggal_mulai"] < 0.5
    assert "periksa tahun" in draft.catatan[0]


BESIDE = (
    "KPU Kota Cimahi menggelar rakor kehumasan di aula, Kamis (25/6/2026).\nKetua membuka rakor.\nPeserta bertanya.\n"
)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Rapat pleno digelar serentak pada Rabu, 1 Juli 2026.", id="a plan told beside it"),
        pytest.param("Baca juga: KPU Kota Cimahi Kunjungi Dukcapil, Senin (22/6/2026)", id="a link to another article"),
        pytest.param("Sebuah kiriman dibagikan oleh KPU Cimahi pada Selasa (23/6/2026)", id="a post shown inside it"),
    ],
)
def test_a_day_that_is_not_the_event_s_does_not_take_its_place(line):
    draft = read(BESIDE + line, published=date(2026, 6, 26))
    assert draft.tanggal_mulai == date(2026, 6, 25)
    assert read(BESIDE.replace(", Kamis (25/6/2026)", "") + line, published=date(2026, 6, 26)).tanggal_mulai is None


def test_an_activity_whose_page_tells_no_day_is_offered_without_one():
    text = "KPU Kota Cimahi melatih admin laman.\nPeserta dilatih menulis berita singkat."
    draft = read(text, title="KPU Kota Cimahi Latih Admin Laman pada Bimtek Kehumasan")
    assert (draft.layak_dihitung, draft.tanggal_mulai, draft.jenis_kegiatan) == (True, None, "BIMTEK")


def test_a_page_that_tells_plans_is_not_offered():
    text = "KPU Kota Cimahi menggelar rakor kehumasan, Kamis (25/6/2026)."
    assert not read(text, published=date(2026, 6, 20)).layak_dihitung
    assert read(text, published=date(2026, 6, 26)).layak_dihitung


YEARS = {
    "an old address": (
        "https://sragen.bawaslu.go.id/rapat-evaluasi-kehumasan-kami",
        "Selasa (18/6)",
        date(2024, 6, 18),
    ),
    "an address with another year": ("https://sragen.bawaslu.go.id/2026/01/berita-kami", "(17/6)", date(2024, 6, 17)),
}


@pytest.mark.parametrize(("url", "written", "day"), YEARS.values(), ids=list(YEARS))
def test_a_year_written_twice_counts_more_than_the_shape_of_an_address(url, written, day):
    text = f"Bawaslu Kabupaten Sragen menggelar evaluasi kehumasan, {written}. Publikasi tahun 2024 dan target 2024 dibahas."
    assert read(text, url).tanggal_mulai == day
