"""Every written form of a date and every look-alike, then the year that a page leaves out."""

from __future__ import annotations

from datetime import date

import pytest
from humas.news.dates import find_dates, find_vague
from hypothesis import given
from hypothesis import strategies as st

from tests.news.samples import read, read_dated

WRITTEN = {
    "Rabu (15/9/2021)": ("2021-09-15", "2021-09-15"),
    "Senin, (29/6/2020)": ("2020-06-29", "2020-06-29"),
    "Rabu (25/6/25)": ("2025-06-25", "2025-06-25"),
    "Rabu (19 November 2025)": ("2025-11-19", "2025-11-19"),
    "(Rabu, 26/10/2016)": ("2016-10-26", "2016-10-26"),
    "Jumat(19/9/2025)": ("2025-09-19", "2025-09-19"),
    "Jum’at, 29 Agustus 2025": ("2025-08-29", "2025-08-29"),
    "Selasa malam (21/10/2025)": ("2025-10-21", "2025-10-21"),
    "(01-10-2025)": ("2025-10-01", "2025-10-01"),
    "12.05.2025": ("2025-05-12", "2025-05-12"),
    "Senin 11 bulan Agustus Tahun 2025": ("2025-08-11", "2025-08-11"),
    "hari Rabu tanggal 12 Maret 2025": ("2025-03-12", "2025-03-12"),
    "Kamis, 17/10/2024": ("2024-10-17", "2024-10-17"),
    "Rabu. 11/6/2025": ("2025-06-11", "2025-06-11"),
    "2025-05-12": ("2025-05-12", "2025-05-12"),
    "5 Nopember 2024": ("2024-11-05", "2024-11-05"),
    "7 Agt 2024": ("2024-08-07", "2024-08-07"),
    "Kamis - Jumat (13 - 14/2/2025)": ("2025-02-13", "2025-02-14"),
    "4 s.d 6 Desember 2024": ("2024-12-04", "2024-12-06"),
    "3 sampai dengan 5 Desember 2020": ("2020-12-03", "2020-12-05"),
    "Rabu (27/10/2021) hingga Jumat (29/10/2021)": ("2021-10-27", "2021-10-29"),
    "Selasa (4/11/2025)-Rabu (5/11/2025)": ("2025-11-04", "2025-11-05"),
    "29 September - 1 Oktober 2025": ("2025-09-29", "2025-10-01"),
    "(30/9-2/10/2025)": ("2025-09-30", "2025-10-02"),
    "10, 11 dan 12 Mei 2025": ("2025-05-10", "2025-05-12"),
    "Sabtu hingga Senin (20–22/12/2025)": ("2025-12-20", "2025-12-22"),
    "30 Desember 2024 - 2 Januari 2025": ("2024-12-30", "2025-01-02"),
}
LOOK_ALIKES = (
    "nomor surat 467/HM.03.5-Und/32/4/2025",
    "sesuai surat nomor 12/5/2024",
    "sesuai peraturan tanggal 30 April 2018",
    "di 96,8 FM",
    "pukul 13.00 WIB",
    "pukul 08.00-10.00 WIB",
    "menurut Keputusan KPU 27/2023",
    "menurut PKPU 11/2024",
    "menjelang Pemilu 2024",
    "nomor telepon 0813-1234-5678",
    "diikuti 3/4 dari peserta",
    "dengan skor 10-5",
    "dalam versi 10.5",
    "bertanda 12/5/26",
    "pada 32/13/2025",
    "sejak 29 September 1955",
    "pada minggu ke-2 November 2025",
)


@pytest.mark.parametrize(("written", "day"), WRITTEN.items(), ids=list(WRITTEN))
def test_every_written_form_is_read(written, day):
    draft = read_dated(written)
    assert (str(draft.tanggal_mulai), str(draft.tanggal_selesai)) == day
    assert draft.asal_tahun == ""


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_only_looks_like_a_date_is_none(text):
    assert read(f"KPU Kota Cimahi menggelar rapat koordinasi kehumasan {text}.").tanggal_mulai is None


def test_a_vague_time_is_kept_as_written_without_a_day():
    draft = read("KPU Kota Cimahi menggelar talkshow radio pada minggu ke-2 November 2025.", title="Talkshow Radio")
    assert (draft.tanggal_mulai, draft.tanggal_tertulis) == (None, "minggu ke-2 November 2025")
    assert find_vague("pada awal bulan Maret 2024 lalu") == "awal bulan Maret 2024"


YEAR = {
    "weekday alone": ("Rabu (27/10)", {}, "2021-10-27", "hari"),
    "day of publication": ("(27/10)", {"published": date(2023, 10, 29)}, "2023-10-27", "tanggal_terbit"),
    "published in January": ("(30/12)", {"published": date(2025, 1, 2)}, "2024-12-30", "tanggal_terbit"),
    "path of the URL": ("(5/2)", {"url": "https://sragen.bawaslu.go.id/2019/02/06/berita-kami/"}, "2019-02-05", "url"),
    "title": ("(5/2)", {"title": "Rapat Koordinasi Kehumasan Tahun 2024"}, "2024-02-05", "judul"),
    "letter number": ("(5/3) sesuai surat 12/HM.02-Und/3273/III/2024", {}, "2024-03-05", "nomor_surat"),
    "weekday chooses among hints": ("Rabu (3/12) tentang laporan tahun 2024 dan 2025", {}, "2025-12-03", "hari"),
    "words have their time": ("Sabtu (5/9) dengan protokol kesehatan", {}, "2020-09-05", "hari"),
}


@pytest.mark.parametrize(("written", "other", "day", "origin"), YEAR.values(), ids=list(YEAR))
def test_a_missing_year_follows_from_the_page(written, other, day, origin):
    draft = read_dated(written, **other)
    assert (str(draft.tanggal_mulai), draft.asal_tahun) == (day, origin)


@pytest.mark.parametrize(
    "title", ["Rakor Menyongsong 2024", "Rakor Pemilu 2024", "Rakor Sesuai PKPU Nomor 4 Tahun 2025"]
)
def test_a_year_is_never_made_up(title):
    assert read_dated("(21/4)", title=title).tanggal_mulai is None


def test_a_contradicting_weekday_is_told_and_the_written_date_stays():
    draft = read_dated("Rabu (17/10/2025)")
    assert draft.tanggal_mulai == date(2025, 10, 17)
    assert any("Hari tidak cocok" in one and "jumat" in one for one in draft.catatan)
    assert draft.keyakinan["tanggal_mulai"] < 0.7


def test_a_contradiction_that_would_lie_ahead_is_corrected_by_the_weekday():
    draft = read_dated("Rabu (24/12/2026)", published=date(2025, 12, 26))
    assert (draft.tanggal_mulai, draft.asal_tahun) == (date(2025, 12, 24), "hari")
    assert any("Tahun 2025 dipakai" in one for one in draft.catatan)


OTHER_DATES = {
    "law": ("Sesuai undang-undang tanggal 30 April 2008, rakor digelar Selasa (12/8/2025).", "2025-08-12"),
    "election day": ("Menjelang pemungutan suara 27 November 2024, rakor digelar Kamis (14/11/2024).", "2024-11-14"),
    "plan": ("Pleno akan dilaksanakan 30-31 Maret 2023. KPU menggelar rakor, Rabu (29/3/2023).", "2023-03-29"),
}


EVENT_DAYS = {
    "dateline is the day of writing": (
        "Cimahi (19/12/2024) - KPU Kota Cimahi menggelar rakor pada tanggal 16 sampai 18 Desember 2024.",
        ("2024-12-16", "2024-12-18"),
    ),
    "held on": (
        "Cimahi (20/6/2025) - KPU Kota Cimahi menggelar rakor, kegiatan dilaksanakan pada 18 Juni 2025.",
        ("2025-06-18", "2025-06-18"),
    ),
    "a range of days": (
        "Cimahi (20/6/2025) - KPU Kota Cimahi menggelar rakor, 16-18 Juni 2025.",
        ("2025-06-16", "2025-06-18"),
    ),
    "dateline alone": ("Cimahi (20/6/2025) - KPU Kota Cimahi menggelar rakor.", ("2025-06-20", "2025-06-20")),
    "closes a sentence on the election": (
        "KPU Kota Cimahi meraih predikat terbuka pada Pemilihan Serentak (11/9/2024).",
        ("2024-09-11", "2024-09-11"),
    ),
}


@pytest.mark.parametrize(("text", "day"), EVENT_DAYS.values(), ids=list(EVENT_DAYS))
def test_a_day_told_as_that_of_the_event_beats_the_dateline(text, day):
    draft = read(text)
    assert (str(draft.tanggal_mulai), str(draft.tanggal_selesai)) == day


DATED_SITE = "https://sragen.bawaslu.go.id/2020/11/26/rakor-kami/"
BARE_DAYS = {
    "two days": ("Rakor yang digelar 2 hari (26/27)", ("2020-11-26", "2020-11-27")),
    "weekday and day": ("Rakor digelar Selasa (24)", ("2020-11-24", "2020-11-24")),
    "month before": ("Rakor digelar Jumat (30)", ("2020-10-30", "2020-10-30")),
    "wrong weekday": ("Rakor digelar Rabu (24)", ("None", "None")),
    "a day without weekday or range": ("Rakor digelar (24)", ("None", "None")),
    "too long for one event": ("Rakor digelar sekian hari (10-31)", ("None", "None")),
    "no days but a count": ("Rakor diikuti tujuh satker (7)", ("None", "None")),
}


@pytest.mark.parametrize(("text", "day"), BARE_DAYS.values(), ids=list(BARE_DAYS))
def test_days_without_a_month_are_those_before_publication(text, day):
    draft = read(f"Bawaslu Sragen mengikuti rakor kehumasan. {text} di aula.", DATED_SITE)
    assert (str(draft.tanggal_mulai), str(draft.tanggal_selesai)) == day


def test_days_without_a_month_stay_unknown_without_publication():
    assert read("Bawaslu Sragen mengikuti rakor yang digelar 2 hari (26/27).").tanggal_mulai is None


@pytest.mark.parametrize(("text", "day"), OTHER_DATES.values(), ids=list(OTHER_DATES))
def test_the_day_of_the_event_is_chosen_among_several(text, day):
    assert str(read(text).tanggal_mulai) == day


def test_today_is_the_day_of_publication_and_only_when_the_page_says_today():
    published = date(2025, 6, 25)
    text = "KPU Kota Cimahi {} menggelar rapat koordinasi kehumasan di aula."
    assert read(text.format("hari ini"), published=published).tanggal_mulai == published
    assert read(text.format("kembali"), published=published).tanggal_mulai is None


def test_an_open_year_is_told_with_little_confidence():
    draft = read_dated("Kamis (2/5)")
    assert draft.keyakinan["tanggal_mulai"] < 0.5
    assert any("2013, 2019, 2024" in one for one in draft.catatan)


def test_neighbouring_days_told_together_are_one_event():
    draft = read(
        "Bawaslu RI mewawancarai satker secara daring, Selasa (12/8/2025); KPU Kota Cimahi pada Rabu (13/8/2025)."
    )
    assert (str(draft.tanggal_mulai), str(draft.tanggal_selesai)) == ("2025-08-12", "2025-08-13")


@given(
    st.dates(date(2013, 1, 1), date(2026, 6, 30)),
    st.sampled_from(["({d}/{m}/{y})", "{d:02d}-{m:02d}-{y}", "{d}/{m}/{y}"]),
)
def test_any_day_written_with_numbers_comes_back(day, form):
    text = form.format(d=day.day, m=day.month, y=day.year)
    (one,) = find_dates(f"rapat pada {text} di aula")
    assert one.start(one.year or 0) == day


@given(st.text(max_size=300))
def test_random_text_never_breaks_the_finder(text):
    for one in find_dates(text):
        assert 1 <= one.day <= 31
        assert text[one.begin : one.finish]


BARE_WEEKDAYS = {
    "at the end": ("KPU Kota Cimahi menggelar rapat di Hotel Sahid, Kamis.", date(2026, 6, 18)),
    "the day of publication": ("KPU Kota Cimahi menggelar rapat, Jumat pagi, di aula.", date(2026, 6, 19)),
    "yesterday": ("KPU Kota Cimahi menghadiri rakor, Kamis kemarin.", date(2026, 6, 18)),
    "comes round": ("KPU Kota Cimahi menggelar siaran setiap Senin.", None),
    "another day is told": (
        "KPU Kota Cimahi menggelar rapat, Kamis (11/6/2026), lalu kembali Jumat.",
        date(2026, 6, 11),
    ),
}


@pytest.mark.parametrize(("text", "day"), BARE_WEEKDAYS.values(), ids=list(BARE_WEEKDAYS))
def test_a_weekday_alone_is_the_last_one_before_publication(text, day):
    later = "Peserta antusias. Acara ditutup doa. Batas waktu pendaftaran 30 September 2026."
    assert read(f"{text} {later}", published=date(2026, 6, 19)).tanggal_mulai == day
