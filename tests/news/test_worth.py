"""What is an activity of the unit: neither figures, words, the election nor another unit's event; and whose a bare body is."""

from __future__ import annotations

from datetime import date

import pytest

from tests.news.samples import BAWASLU_SITE, KPU_SITE, read
from tests.news.test_article import of_site

NO_ACTIVITY = {
    "figures": (
        "Jumlah Pemilih Cimahi Bertambah 2.311 Orang",
        "Pemilih di Kota Cimahi tercatat 756.412 orang. Data itu diumumkan KPU Kota Cimahi di akun resmi, Rabu (25/6/2025).",
    ),
    "a statement": (
        "Ketua KPU Cimahi: ASN Harus Netral di Media Sosial",
        "Ketua KPU Kota Cimahi menegaskan hal itu menanggapi pertanyaan wartawan, Rabu (25/6/2025).",
    ),
    "a quotation": (
        "KPU Cimahi Jaga Keterbukaan Informasi",
        "KPU Kota Cimahi terus terbuka kepada masyarakat. “Kami siap,” ujar Ketua KPU Kota Cimahi, Rabu (25/6/2025).",
    ),
    "plans": (
        "KPU Cimahi Siapkan Kirab Pemilih Muda",
        "KPU Kota Cimahi mempersiapkan kirab. “Tanggalnya menunggu rapat,” katanya saat ditemui, Rabu (25/6/2025).",
    ),
    "the election itself": (
        "Pemungutan Suara di Cimahi Lancar",
        "Pemungutan suara di 900 TPS digelar Rabu (27/11/2024). KPU Kota Cimahi berterima kasih kepada media dan masyarakat.",
    ),
    "figures told in a meeting": (
        "Partisipasi Pemilih Cimahi Capai 82 Persen",
        "Angka itu disampaikan KPU Kota Cimahi dalam rapat evaluasi, Rabu (25/6/2025), kepada media.",
    ),
    "words beside an occasion": (
        "Ketua KPU Cimahi Minta Warga Cek Informasi",
        "Hal itu disampaikan Ketua KPU Kota Cimahi di sela kunjungan ke pasar, Rabu (25/6/2025).",
    ),
    "an event still to come": (
        "Rakor Humas Cimahi Dijadwalkan Pekan Depan",
        "KPU Kota Cimahi akan menggelar rapat koordinasi humas pada Rabu (25/6/2025) di Hotel Sahid.",
    ),
    "requests of a month": (
        "KPU Cimahi Layani 12 Permohonan Informasi Selama Mei",
        "Selama Mei KPU Kota Cimahi melayani 12 permohonan informasi. Data itu disampaikan PPID, Rabu (25/6/2025).",
    ),
    "a greeting": (
        "Selamat Hari Kemerdekaan",
        "Keluarga besar KPU Kota Cimahi mengucapkan dirgahayu kepada masyarakat, 17 Agustus 2025.",
    ),
}


@pytest.mark.parametrize(("title", "text"), NO_ACTIVITY.values(), ids=list(NO_ACTIVITY))
def test_where_no_event_is_told_none_is_offered_and_no_day_made_up(title, text):
    draft = read(text, title=title)
    assert (draft.layak_dihitung, draft.tanggal_mulai, draft.jumlah_peserta) == (False, None, None)
    assert draft.alasan_tidak.endswith(".")


def test_voters_are_no_participants_and_an_account_is_no_event():
    draft = of_site("bukan_peserta")
    assert (draft.layak_dihitung, draft.jumlah_peserta) == (False, None)


SAID_AT_AN_EVENT = {
    "at the opening": "Ketua KPU Kota Cimahi menegaskan keterbukaan saat membuka rakor kehumasan, Rabu (25/6/2025).",
    "in a meeting": "Ketua KPU Kota Cimahi mengatakan itu dalam rapat koordinasi kehumasan, Rabu (25/6/2025).",
    "behind the station": "Ketua KPU Kota Cimahi menjadi narasumber siaran di Radio Cimahi FM, Rabu (25/6/2025).",
}


@pytest.mark.parametrize("text", SAID_AT_AN_EVENT.values(), ids=list(SAID_AT_AN_EVENT))
def test_words_said_at_an_event_keep_its_day(text):
    assert read(text).tanggal_mulai == date(2025, 6, 25)


def test_a_clarification_keeps_the_day_on_which_it_was_said():
    draft = read(
        "KPU Kota Cimahi menegaskan kabar itu hoaks, Rabu (25/6/2025).", title="KPU Kota Cimahi Klarifikasi Unggahan"
    )
    assert draft.tanggal_mulai == date(2025, 6, 25)


def test_a_bare_body_on_the_units_own_site_is_the_unit():
    draft = of_site("kpu_saja")
    assert (draft.layak_dihitung, draft.jumlah_peserta, draft.peran_satker) == (True, 120, "penyelenggara")
    assert draft.penyelenggara == "KPU Kabupaten Sukoharjo"


OTHERS = {
    "another unit, then bare": (
        KPU_SITE,
        "KPU Kabupaten Garut menggelar sosialisasi di Garut, Rabu (25/6/2025). KPU juga menggelar kuis.",
    ),
    "the superior alone": (
        KPU_SITE,
        "KPU Provinsi Jawa Barat meluncurkan podcast, Rabu (25/6/2025). KPU mengundang 60 tamu dari media.",
    ),
    "the head office by its town": (BAWASLU_SITE, "Jakarta - Bawaslu menggelar sosialisasi, Rabu (25/6/2025)."),
}


@pytest.mark.parametrize(("url", "text"), OTHERS.values(), ids=list(OTHERS))
def test_what_names_only_another_unit_is_not_this_units(url, text):
    assert not read(text, url, title="Sosialisasi kepada Masyarakat").layak_dihitung


TOLD = {
    "a stand in the street": (
        "KPU Kota Cimahi membuka stan layanan informasi di Alun-alun Cimahi",
        "Layanan Informasi di CFD",
    ),
    "an election of pupils": ("KPU Kota Cimahi mendampingi pemilihan ketua OSIS SMPN 1 Cimahi", "KPU Cimahi di SMPN 1"),
    "guests led about": (
        "Rombongan siswa itu diterima Ketua KPU Kota Cimahi untuk menyusuri gudang dan meja layanan",
        "Siswa Belajar Memilih di KPU Cimahi",
    ),
    "a chat with journalists": (
        "KPU Kota Cimahi duduk bersama jurnalis dalam gelaran Ngopi",
        "Ngopi Awak Media Cimahi",
    ),
    "a post for complaints": ("KPU Kota Cimahi membuka posko aduan di Kantor KPU Kota Cimahi", "KPU Cimahi Buka Posko"),
}


@pytest.mark.parametrize(("text", "title"), TOLD.values(), ids=list(TOLD))
def test_work_among_people_is_an_activity(text, title):
    draft = read(f"{text}, Rabu (25/6/2025).", title=title)
    assert (draft.layak_dihitung, draft.tanggal_mulai) == (True, date(2025, 6, 25))


PARTNERS = {
    "those with a stake": "KPU Kota Cimahi menggelar rapat koordinasi data pemilih bersama pemangku kepentingan, Rabu (25/6/2025).",
    "many offices": "KPU Kota Cimahi menggelar rapat koordinasi data pemilih dengan mengundang lintas sektor, Rabu (25/6/2025).",
}


@pytest.mark.parametrize("text", PARTNERS.values(), ids=list(PARTNERS))
def test_a_meeting_with_partners_is_public_relations(text):
    draft = read(text, title="Rapat Koordinasi Data Pemilih")
    assert (draft.layak_dihitung, draft.jenis_kegiatan) == (True, "RAKOR")
