"""News that begins with a picture and tells its event later, on pages that mark neither headline nor day as others do."""

from __future__ import annotations

from datetime import date

import pytest
from humas.news import Draft, read_page

from tests.news.samples import BAWASLU_SITE, KPU_SITE, REGISTER, TODAY, read

DAY = date(2026, 6, 18)
PICTURE = "Aroma kopi memenuhi halaman. Tak satu pun ingin pulang lebih dulu.\n"


def told(text: str, url: str = KPU_SITE) -> Draft:
    return read(PICTURE + text, url, title="Pagi yang Lain dari Biasanya", current=True)


EVENTS = {
    "a gathering": ("KPU Kota Cimahi menjamu 35 jurnalis dalam acara ngopi bareng media, Kamis (18/6).", "MEDIA_GATHERING", 35),
    "a lesson": ("KPU Kota Cimahi menggelar sosialisasi pendidikan pemilih, Kamis (18/6). Sekitar 64 siswa memenuhi kursi.", "PENDIDIKAN_PEMILIH", 64),
    "a training": ("KPU Kota Cimahi melatih 28 kader menulis berita, Kamis (18/6).", "BIMTEK", 28),
    "a stand": ("KPU Kota Cimahi membuka gerai sosialisasi, Kamis (18/6), dan melayani 93 orang.", "SOSIALISASI", 93),
    "practice": ("Sebanyak 22 siswa mempraktikkan pemungutan suara dipandu KPU Kota Cimahi, Kamis (18/6).", "PENDIDIKAN_PEMILIH", 22),
    "a pledge": ("KPU Kota Cimahi menggelar ikrar netralitas, Kamis (18/6). Di depan 320 aparatur, pakta dibacakan.", "NETRALITAS_ASN", 320),
    "media told in a row": ("KPU Kota Cimahi menjamu 42 jurnalis media cetak, radio, dan daring pada media gathering, Kamis (18/6).", "MEDIA_GATHERING", 42),
}  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "count"), EVENTS.values(), ids=list(EVENTS))
def test_an_event_told_late_is_an_event(text, kind, count):
    draft = told(text)
    assert (draft.layak_dihitung, draft.tanggal_mulai) == (True, DAY), draft.alasan_tidak
    assert (draft.jenis_kegiatan, draft.jumlah_peserta, draft.mode) == (kind, count, "luring")


NO_EVENTS = {
    "a talk": "Ketua KPU Kota Cimahi mengatakan praktik politik uang masih ada. “Awasi bersama,” katanya, Kamis (18/6).",
    "an invitation": "KPU Kota Cimahi akan menggelar lomba video pada 18 November, kuota 100 peserta.",
    "prices": "Dinas Perdagangan mencatat harga cabai turun, Kamis (18/6). Sebanyak 40 pedagang dipantau.",
    "a fair": "Dinas Pariwisata menggelar Festival Kopi, Kamis (18/6). Ribuan pengunjung memadati stan.",
    "witnesses": "KPU Kota Cimahi menangani dua laporan, Kamis (18/6). Klarifikasi terhadap saksi berlangsung tertutup.",
    "mourning": "Keluarga besar KPU Kota Cimahi berduka, Kamis (18/6). Pemakaman dihadiri 200 pelayat.",
}


@pytest.mark.parametrize("text", NO_EVENTS.values(), ids=list(NO_EVENTS))
def test_a_picture_makes_no_event_of_a_statement(text):
    draft = told(text)
    assert not (draft.layak_dihitung and draft.tanggal_mulai)


SEATS = {
    "seats": "Aula menampung 300 siswa.",
    "a target": "Target semula 90 peserta.",
    "a share": "Terpilih dari total 120 siswa.",
    "to come": "Kegiatan serupa akan diikuti 60 siswa.",
}


@pytest.mark.parametrize("text", SEATS.values(), ids=list(SEATS))
def test_seats_and_wishes_are_no_participants(text):
    assert told(f"KPU Kota Cimahi menggelar sosialisasi, Kamis (18/6). {text}").jumlah_peserta is None


PLACES = {
    "at the head of its sentence": ("Aula SMK Negeri 1 Padasuka riuh oleh siswa, Kamis (18/6), saat KPU Kota Cimahi menggelar sosialisasi.", "Aula SMK Negeri 1 Padasuka"),
    "a name of its own": ("KPU Kota Cimahi menggelar sosialisasi di Anjong Mon Mata, Kamis (18/6).", "Anjong Mon Mata"),
    "a garden": ("KPU Kota Cimahi menggelar sosialisasi di Kebun Raya Cibodas, Kamis (18/6).", "Kebun Raya Cibodas"),
    "behind a spot": ("KPU Kota Cimahi menggelar sosialisasi di bawah pohon asam, Kampung Cireundeu, Kamis (18/6).", "Kampung Cireundeu"),
    "a school by its kind": ("Ruang keterampilan SLB Negeri Cimahi ramai saat KPU Kota Cimahi menggelar sosialisasi, Kamis (18/6).", "SLB Negeri Cimahi"),
    "no place": ("KPU Kota Cimahi menggelar sosialisasi di Era Digital Baru, Kamis (18/6). Kotak dibawa dari gudang di Padalarang.", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "place"), PLACES.values(), ids=list(PLACES))
def test_a_place_is_sought_where_the_event_is_told(text, place):
    assert told(text).tempat == place


TABLES = (
    "<html><head><title>Bawaslu Kabupaten Sragen</title></head><body><table>"
    "<tr><td colspan=3><b>RABU, 1 JULI 2026</b></td></tr><tr><td>MENU<br>AGENDA<br>20 Juli 2026: Rapat Paripurna</td>"
    "<td><font size=1><a href='/'>Home</a> > Detail</font><hr><font size=4><b>Belajar Menulis Berita Pengawasan</b></font><br>"
    "<font size=1>Diposting: 19/06/2026 oleh operator | Dibaca: 399 kali</font><br><div>Bawaslu Kabupaten Sragen menggelar pelatihan"
    " jurnalistik, Kamis (18/6), diikuti 40 peserta.<br><br>KOMENTAR<br>Rapat Minggu (21/6/2026) dihadiri 900 orang</div></td></tr>"
    "<tr><td>BERITA LAINNYA</td></tr><tr><td>Pelantikan [20/06/2026]</td></tr></table></body></html>"
)


def test_a_page_laid_out_in_tables_has_a_headline_a_day_and_an_article():
    draft = read_page(TABLES, BAWASLU_SITE, register=REGISTER, today=TODAY)
    assert draft.judul == "Belajar Menulis Berita Pengawasan"
    assert (draft.tanggal_publikasi, draft.tanggal_mulai, draft.tanggal_selesai) == (date(2026, 6, 19), DAY, DAY)
    assert (draft.jumlah_peserta, draft.tayangan, draft.layak_dihitung) == (40, 399, True)


RELATIVE = {
    "days": ("3 hari lalu", date(2026, 6, 28)),
    "with an author's words": ("Diterbitkan 3 hari yang lalu", date(2026, 6, 28)),
    "yesterday": ("Kemarin", date(2026, 6, 30)),
    "short weekday": ("Sen, 22 Jun 2026", date(2026, 6, 22)),
    "hours tell no day": ("5 jam lalu", None),
    "weeks tell no day": ("2 minggu lalu", None),
}


@pytest.mark.parametrize(("line", "day"), RELATIVE.values(), ids=list(RELATIVE))
def test_a_day_of_publication_as_its_readers_see_it(line, day):
    page = (
        f"<html><body><div>Rabu, 1 Juli 2026</div><div><div>Berita</div><h1>Rapat Kehumasan di Kantor</h1><p>{line}</p>"
        "<div><p>KPU Kota Cimahi menggelar rapat koordinasi kehumasan di aula, Kamis (18/6), bersama media.</p></div>"
        "<div>Apakah berita ini bermanfaat? Ya (22) Tidak (1)</div></div></body></html>"
    )
    assert read_page(page, KPU_SITE, register=REGISTER, today=TODAY).tanggal_publikasi == day


def test_an_address_tells_the_day_of_publication_where_the_page_does_not():
    address = "https://kota-cimahi.kpu.go.id/berita/2026/06/19/rapat"
    draft = read("KPU Kota Cimahi menggelar rapat koordinasi kehumasan, Kamis (18/6).", address)
    assert draft.tanggal_publikasi == date(2026, 6, 19)
