"""Kind, mode, role, organiser, participants and the rest, each from invented sentences."""

from __future__ import annotations

import pytest

from tests.news.samples import BAWASLU_SITE, read
from tests.news.test_article import of_site

KINDS = {
    "RILIS": "Siaran Pers KPU Kota Cimahi",
    "KONFERENSI_PERS": "KPU Kota Cimahi Gelar Jumpa Pers",
    "MEDIA_GATHERING": "KPU Kota Cimahi Gelar Media Gathering",
    "SOSIALISASI": "KPU Kota Cimahi Sosialisasikan Aturan Baru",
    "PENDIDIKAN_PEMILIH": "KPU Kota Cimahi Goes to School",
    "RAKOR": "KPU Kota Cimahi Ikuti Rakor Divisi Sosialisasi dan Pendidikan Pemilih",
    "BIMTEK": "KPU Kota Cimahi Ikuti Pelatihan Menulis Berita",
    "SIARAN": "KPU Kota Cimahi Sosialisasi di Radio",
    "KLARIFIKASI_HOAKS": "KPU Kota Cimahi Bantah Kabar Bohong soal Data Pemilih",
    "MONITORING_MEDIA": "KPU Kota Cimahi Lakukan Pemantauan Pemberitaan",
    "LAYANAN_PPID": "KPU Kota Cimahi Layani Permohonan Informasi",
    "AUDIENSI": "KPU Kota Cimahi Terima Audiensi Mahasiswa",
    "PENGHARGAAN": "KPU Kota Cimahi Raih Predikat Informatif",
    "PELAPORAN": "KPU Kota Cimahi Sampaikan Laporan Kehumasan",
    "SARPRAS": "KPU Kota Cimahi Resmikan Media Center",
    "KONTEN_MEDSOS": "KPU Kota Cimahi Gelar Lomba Konten Media Sosial",
}


@pytest.mark.parametrize(("kind", "title"), KINDS.items(), ids=list(KINDS))
def test_the_title_tells_the_kind(kind, title):
    assert read("Kegiatan berlangsung Rabu (25/6/2025).", title=title).jenis_kegiatan == kind


EVENT_ITSELF = {
    "posts are no event": ("Ketua Divisi Sosialisasi, Pendidikan Pemilih KPU Kota Cimahi Ikuti Rapat", "", "RAKOR"),
    "asked for in a podcast": (
        "KPU Kota Cimahi Minta Jajaran Tingkatkan Sosialisasi",
        "Hal itu disampaikan Ketua KPU Kota Cimahi dalam podcast.",
        "SIARAN",
    ),
    "training for releases": (
        "KPU Kota Cimahi Ikuti Bimtek Jurnalistik",
        "Pelatihan penulisan berita dan siaran pers.",
        "BIMTEK",
    ),
    "forum by name": (
        "KPU Kota Cimahi Kukuhkan Forum Warga",
        "KPU Kota Cimahi membina forum warga untuk pengawasan partisipatif dan sosialisasi.",
        "SOSIALISASI",
    ),
    "an aim is no event": (
        "Program Baru Perkuat Sosialisasi di Era Digital",
        "KPU Kota Cimahi melaksanakan rapat monitoring dan evaluasi.",
        "RAKOR",
    ),
    "what is to be warded off": (
        "Bekali Pelajar Tangkal Hoaks, Diskominfo Cimahi Masuk Kelas",
        "Diskominfo Kota Cimahi menyambangi sekolah untuk memberikan sosialisasi literasi digital kepada siswa.",
        "SOSIALISASI",
    ),
    "a studio is opened": (
        "Wali Kota Resmikan Studio Podcast",
        "Studio podcast di Kantor Diskominfo Kota Cimahi itu diresmikan wali kota.",
        "SARPRAS",
    ),
    "a visit that teaches voters": (
        "KPU Kota Cimahi Sambangi Pesantren, Kenalkan Proses Pemilihan",
        "Puluhan santri menyimak penjelasan KPU Kota Cimahi.",
        "PENDIDIKAN_PEMILIH",
    ),
    "a tour of the press": (
        "Wartawan Diajak Susuri Waduk",
        "KPU Kota Cimahi mengajak jurnalis dalam press tour.",
        "MEDIA_GATHERING",
    ),
    "learning of democracy": (
        "KPU Kota Cimahi Hibur Anak",
        "KPU Kota Cimahi mengenalkan demokrasi.",
        "PENDIDIKAN_PEMILIH",
    ),
    "signing": (
        "KPU Kota Cimahi dan Pramuka Perkuat Pengawasan Partisipatif",
        "KPU Kota Cimahi menandatangani kesepahaman bersama dengan Pramuka tentang pengawasan partisipatif.",
        "AUDIENSI",
    ),
    "gathering under its own name": (
        "Temu Jumat Kehumasan",
        "KPU Kota Cimahi mengikuti Temu Jumat Kehumasan yang digelar KPU Provinsi Jawa Barat.",
        "RAKOR",
    ),
    "skills": (
        "Humas Menulis untuk Publik",
        "KPU Kota Cimahi mengikuti Humas Menulis dari KPU Provinsi Jawa Barat; peserta dibekali keterampilan menulis.",
        "BIMTEK",
    ),
    "oversight for pupils": (
        "KPU Kota Cimahi Sosialisasi Pengawasan Partisipatif Pemilih Pemula",
        "KPU Kota Cimahi menggelar sosialisasi pengawasan partisipatif bagi pelajar.",
        "SOSIALISASI",
    ),
    "meeting on both": (
        "KPU Kota Cimahi Ikuti Rakor Sosialisasi dan Pendidikan Pemilih",
        "KPU Kota Cimahi mengikuti rakor sosialisasi dan pendidikan pemilih.",
        "RAKOR",
    ),
    "first word of the headline": (
        "Sosialisasi Pilkada di Pasar Antri",
        "KPU Kota Cimahi membagikan stiker kepada pedagang.",
        "SOSIALISASI",
    ),
    "both in one": (
        "KPU Kota Cimahi Sosialisasi di SMK",
        "KPU Kota Cimahi melakukan sosialisasi dan pendidikan pemilih.",
        "PENDIDIKAN_PEMILIH",
    ),
    "to be friends": ("KPU Kota Cimahi Koordinasi Penjajakan Kerja Sama dengan Pesantren", "", "AUDIENSI"),
    "the text names it": (
        "PPID Perdalam Uji Konsekuensi",
        "KPU Kota Cimahi belajar uji konsekuensi. Bimtek tersebut diikuti PPID, begitu pula daftar informasi publik.",
        "BIMTEK",
    ),
    "a verb like a noun": ("KPU Kota Cimahi Gelar Sosialisasi", "Itu yang kami pelajari dari warga.", "SOSIALISASI"),
    "guests are received": ("Mahasiswa Datang", "Rombongan mahasiswa diterima Ketua KPU Kota Cimahi.", "AUDIENSI"),
    "behind the verb": (
        "Kabar Kehumasan",
        "KPU Kota Cimahi mengikuti rapat yang juga memuat sosialisasi aturan.",
        "RAKOR",
    ),
}


@pytest.mark.parametrize(("title", "text", "kind"), EVENT_ITSELF.values(), ids=list(EVENT_ITSELF))
def test_the_event_itself_decides_the_kind(title, text, kind):
    assert read(f"{text} Kegiatan berlangsung Rabu (25/6/2025).", title=title).jenis_kegiatan == kind


def test_a_workshop_against_hoaxes_is_no_clarification():
    draft = read("KPU Kota Cimahi menggelar workshop tangkal hoaks, Rabu (25/6/2025).", title="Workshop Tangkal Hoaks")
    assert (draft.jenis_kegiatan, draft.menyebut_hoaks, draft.fungsi) == ("BIMTEK", True, "konstruktif")


def test_a_clarification_is_corrective():
    draft = read(
        "KPU Kota Cimahi menegaskan kabar itu hoaks, Rabu (25/6/2025).", title="KPU Kota Cimahi Klarifikasi Unggahan"
    )
    assert (draft.jenis_kegiatan, draft.fungsi, draft.strategi[0]) == ("KLARIFIKASI_HOAKS", "korektif", 6)


MODES = {
    "secara daring": "daring",
    "melalui Zoom Meeting dari aula kantor": "daring",
    "secara hybrid di Hotel Sahid": "hibrida",
    "secara luring dan daring": "hibrida",
    "secara tatap muka": "luring",
    "di Aula Kantor KPU Kota Cimahi": "luring",
    "bersama media daring di kafe": "luring",
}


MODE_OF_THE_EVENT = {
    "tool in the name of a hall": ("menggelar bimtek kehumasan di Hotel Zoom, Kota Cimahi", "", "luring"),
    "topic": ("menggelar rakor kehumasan di Aula Kecamatan Cibeber", "Sosialisasi melalui Media Sosial", "luring"),
    "channel, no place": ("menggelar sosialisasi melalui akun media sosial resmi", "", "daring"),
    "complaints": ("menggelar sosialisasi di kantor. Ruang aduan dibuka secara luring maupun daring", "", "luring"),
    "promise": ("menggelar sosialisasi di balai desa. KPU akan terus hadir secara luring dan daring", "", "luring"),
    "broadcast": ("menggelar talkshow di studio. Acara disiarkan lewat streaming daring", "", "luring"),
    "speaker from afar": (
        "mengikuti rakor PPID yang digelar KPU Provinsi Jawa Barat di Garut. Rakor menghadirkan KPU RI melalui zoom meeting",
        "",
        "luring",
    ),
    "speaker from afar, no place": ("mengikuti rakor PPID dengan narasumber KPU RI melalui Zoom", "", "daring"),
    "opened, then held online": ("mengikuti rakor PPID, dibuka Ketua KPU RI dan digelar secara daring", "", "daring"),
    "late and beside the matter": (
        "menggelar rakor di aula. Satu. Dua. Tiga. Empat. Lima. Enam. Data pemilih kini online",
        "",
        "luring",
    ),
    "programme by name": ("menggelar rakor di aula. Satu. Dua. Target berikutnya P2P Daring", "", "luring"),
    "what is warned of": ("menggelar sosialisasi di pasar agar warga waspada penipuan daring", "", "luring"),
    "service": ("menggelar rakor di aula. Warga dapat mengecek namanya secara online", "", "luring"),
    "tool as the event": ("mengikuti acara Zoom Meeting di Kampus UNPAD dengan narasumber KPU RI", "", "daring"),
    "speaker in the tool's event": ("menjadi narasumber di acara Zoom yang digelar Bawaslu Kota Cimahi", "", "daring"),
    "watched in a hall": ("di aula kantor mengikuti rakor kehumasan yang digelar KPU RI secara daring", "", "daring"),
}


@pytest.mark.parametrize(("remedy", "title", "mode"), MODE_OF_THE_EVENT.values(), ids=list(MODE_OF_THE_EVENT))
def test_only_words_about_the_event_tell_its_mode(remedy, title, mode):
    draft = read(f"KPU Kota Cimahi {remedy}, Rabu (25/6/2025).", title=title or "Kabar Kehumasan KPU Kota Cimahi")
    assert draft.mode == mode


@pytest.mark.parametrize(("remedy", "mode"), MODES.items(), ids=list(MODES))
def test_the_mode_follows_from_the_words(remedy, mode):
    assert read(f"KPU Kota Cimahi menggelar rapat koordinasi kehumasan {remedy}, Rabu (25/6/2025).").mode == mode


ROLES = {
    "holds": ("KPU Kota Cimahi menggelar bimtek kehumasan.", "penyelenggara", "KPU Kota Cimahi"),
    "attends": (
        "KPU Kota Cimahi mengikuti bimtek kehumasan yang digelar KPU Provinsi Jawa Barat.",
        "peserta",
        "KPU Provinsi Jawa Barat",
    ),
    "among those who attend": (
        "KPU RI menggelar bimtek kehumasan, diikuti KPU Provinsi termasuk KPU Kota Cimahi.",
        "peserta",
        "KPU RI",
    ),
    "held by another body": (
        "KPU Kota Cimahi menghadiri rakor kehumasan undangan Bawaslu Kota Cimahi.",
        "peserta",
        "Bawaslu Kota Cimahi",
    ),
    "of a whole region": (
        "KPU Kota Cimahi mengikuti rakor kehumasan se-Jawa Barat.",
        "peserta",
        "KPU Provinsi Jawa Barat",
    ),
    "speaks": (
        "Ketua KPU Kota Cimahi menjadi narasumber pendidikan politik yang diselenggarakan Diskominfo Cimahi.",
        "narasumber",
        "Diskominfo Cimahi",
    ),
    "another speaks": (
        "KPU Kota Cimahi menggelar bimtek kehumasan dengan narasumber Diskominfo Cimahi.",
        "penyelenggara",
        "KPU Kota Cimahi",
    ),
    "guest of a radio": (
        "Radio Swara Cimahi menghadirkan KPU Kota Cimahi dalam talkshow kehumasan.",
        "narasumber",
        "Radio Swara Cimahi",
    ),
}


ROLES_IN_SHOWS = {
    "guest by post": (
        "Bawaslu Kabupaten Sragen mengadakan siaran di Radio Sukma FM. Koordinator Divisi Humas menjadi narasumber."
    ),
    "one of several guests": "Talkshow Radio Sukma FM menghadirkan narasumber Anggota DPRD serta pimpinan Bawaslu Kabupaten Sragen.",
    "guest who gives his matter": (
        "Ketua Bawaslu Kabupaten Sragen menjadi narasumber di podcast yang diselenggarakan KPU. Bawaslu Kabupaten Sragen "
        "memberikan materi pengawasan."
    ),
    "guest of the other body": "Podcast digelar KPU Kabupaten Sragen dengan narasumber Anggota Bawaslu Kabupaten Sragen.",
}


@pytest.mark.parametrize("text", ROLES_IN_SHOWS.values(), ids=list(ROLES_IN_SHOWS))
def test_who_speaks_in_a_show_of_others_is_its_guest(text):
    assert (
        read(f"{text} Rabu (25/6/2025).", BAWASLU_SITE, title="Bincang Radio dan Podcast").peran_satker == "narasumber"
    )


HOSTS = {
    "visited": ("Bawaslu Sragen Terima Audiensi KPU", "KPU Kabupaten Sragen melakukan audiensi ke kantor Bawaslu."),
    "own podcast": (
        "Podcast Bawaslu Sragen Menyapa",
        "Bawaslu Kabupaten Sragen menghadirkan podcast. Narasumber Ketua Bawaslu Sragen.",
    ),
    "own training": (
        "Bawaslu Sragen Bersama Pelajar",
        "Bawaslu Kabupaten Sragen melaksanakan sosialisasi, diisi pemateri anggota Bawaslu Sragen.",
    ),
    "show without a speaker": (
        "Bawaslu Sragen di Radio",
        "Bawaslu Kabupaten Sragen menggelar talkshow bersama Radio Sukma FM.",
    ),
    "letters inside a name": (
        "Bawaslu Sragen Teken MoU",
        "Bawaslu Kabupaten Sragen dan UKI Sragen melakukan penandatanganan MoU.",
    ),
}


@pytest.mark.parametrize(("title", "text"), HOSTS.values(), ids=list(HOSTS))
def test_who_speaks_at_its_own_event_holds_it(title, text):
    assert read(f"{text} Rabu (25/6/2025).", BAWASLU_SITE, title=title).peran_satker == "penyelenggara"


PARENTS = {
    "came along": "Hadir mengikuti kegiatan tersebut Anggota Bawaslu Kabupaten Sragen dan staf.",
    "took part": "Bawaslu Kabupaten Sragen mengikuti kegiatan sampai selesai.",
    "came with the superior": "Turut hadir Ketua Bawaslu Kabupaten Sragen. Acara dibuka Anggota Bawaslu RI.",
}


@pytest.mark.parametrize("attended", PARENTS.values(), ids=list(PARENTS))
def test_a_bare_body_that_holds_what_the_named_unit_attends_is_the_head_office(attended):
    text = f"Jakarta - Bawaslu melaksanakan rakor kehumasan, Rabu (25/6/2025). {attended}"
    assert read(text, BAWASLU_SITE, title="Rapat Koordinasi Kehumasan").peran_satker == "peserta"


def test_what_a_body_should_do_is_no_event_of_it():
    text = (
        "KPU RI meraih anugerah keterbukaan informasi, Rabu (25/6/2025). Divisi Humas KPU Kota Cimahi memberi komentar."
    )
    assert read(text, title="Raih Anugerah, KPU Harus Terus Melakukan Inovasi").peran_satker == "peserta"


def test_a_bare_body_whose_own_head_comes_holds_its_event():
    text = (
        "Bawaslu melaksanakan sosialisasi di SMA 1, Rabu (25/6/2025). Kegiatan dihadiri Ketua Bawaslu Kabupaten Sragen."
    )
    assert read(text, BAWASLU_SITE, title="Bawaslu Gelar Sosialisasi").peran_satker == "penyelenggara"


@pytest.mark.parametrize(("text", "role", "organiser"), ROLES.values(), ids=list(ROLES))
def test_who_held_it_and_what_part_the_unit_had(text, role, organiser):
    draft = read(f"{text} Kegiatan berlangsung Rabu (25/6/2025).", title="Kabar Kehumasan")
    assert (draft.peran_satker, draft.penyelenggara) == (role, organiser)


HEADLINES = ("KPU Kabupaten/Kota Gelar Rakor Kehumasan Serentak", "KPU Kota Cimahi Dorong Publikasi Lebih Baik")


@pytest.mark.parametrize("title", HEADLINES, ids=["many units at once", "weak verb"])
def test_a_headline_does_not_make_the_unit_the_organiser(title):
    text = "KPU Provinsi Jawa Barat menggelar rakor kehumasan, diikuti KPU Kabupaten/Kota, Rabu (25/6/2025)."
    draft = read(text, title=title)
    assert (draft.peran_satker, draft.penyelenggara) == ("peserta", "KPU Provinsi Jawa Barat")


COUNTS = {
    "diikuti 46 staf kehumasan": (46, "orang", "seluruh_acara"),
    "dihadiri lebih kurang 1.007 peserta": (1007, "orang", "seluruh_acara"),
    "diikuti 35 kabupaten/kota": (35, "satker", "seluruh_acara"),
    "dihadiri 38 Bawaslu Provinsi": (38, "satker", "seluruh_acara"),
    "diikuti tiga puluh siswa": (30, "orang", "seluruh_acara"),
    "dengan mengirim 2 orang": (2, "orang", "satker_ini"),
    "di hadapan sekitar 50 mahasiswa yang hadir": (50, "orang", "seluruh_acara"),
    "serta 60 siswa kelas 11 sebagai peserta": (60, "orang", "seluruh_acara"),
    "dan menetapkan total 594.117 pemilih": None,
    "dengan 10 kategori penilaian": None,
    "dan 34 kabupaten/kota berpredikat baik": None,
    "dan mengawasi 2.418 kampanye": None,
    "dihadiri ratusan mahasiswa": None,
    "didampingi dua komisioner": None,
    "di 96,8 FM": None,
}


@pytest.mark.parametrize(("text", "participants"), COUNTS.items(), ids=list(COUNTS))
def test_only_a_number_with_its_unit_is_participants(text, participants):
    draft = read(f"Bawaslu Kabupaten Sragen mengikuti rakor kehumasan {text}, Rabu (25/6/2025).", BAWASLU_SITE)
    present = (draft.jumlah_peserta, draft.satuan_peserta, draft.lingkup_peserta)
    assert present == (participants or (None, "", ""))


NOT_COUNTED = {
    "opinion": ("Oleh: Staf KPU Kota Cimahi. Humas adalah wajah lembaga.", "Humas di Era Digital"),
    "explainer": ("PPID adalah pejabat pengelola informasi.", "Apa Itu PPID? Ini Penjelasannya"),
    "repost": ("Jakarta - Ketua KPU RI menyampaikan data pemilih, Jumat (17/4/2015).", "Data Pemilih Dapat Diakses"),
    "another unit's event": (
        "KPU Kabupaten Garut menggelar sosialisasi di Garut, Rabu (25/6/2025).",
        "KPU Garut Gelar Sosialisasi",
    ),
    "clipping of another site": (
        "Malang, jatim.kpu.go.id - Anggota KPU RI hadir di kampus, diikuti KPU Kabupaten/Kota, Kamis (25/8/2022).",
        "Komisioner KPU RI Kenalkan Pemilu pada Mahasiswa",
    ),
    "nobody acts and no day": ("Humas perlu kreatif. Publik menunggu kabar.", "Menjaga Kepercayaan Publik"),
    "ceremony": ("KPU Kota Cimahi menggelar apel pagi, Senin (3/3/2025).", "KPU Kota Cimahi Gelar Apel Pagi"),
    "parade with a speech": (
        "KPU Kota Cimahi menggelar apel pagi dan membahas sosialisasi serta humas, Senin (3/3/2025).",
        "Apel Pagi KPU Kota Cimahi: Langkah Menuju Humas yang Kuat",
    ),
    "a name that only Aceh uses": (
        "KIP setempat menyambangi tiga SMA. KIP Kabupaten Aceh Tamiang mengajak pelajar, Senin (3/3/2025).",
        "Sosialisasi Pemilih Pemula di Tiga SMA",
    ),
    "oath": (
        "KPU Kota Cimahi menghadiri pelantikan, Senin (3/3/2025).",
        "KPU Kota Cimahi Hadiri Pelantikan, Jalin Silaturahmi",
    ),
    "not public relations": (
        "KPU Kota Cimahi mengikuti bimtek aplikasi logistik, Senin (3/3/2025).",
        "KPU Kota Cimahi Ikuti Bimtek Aplikasi Logistik",
    ),
}


@pytest.mark.parametrize(("text", "title"), NOT_COUNTED.values(), ids=list(NOT_COUNTED))
def test_what_is_no_activity_of_the_unit_does_not_count(text, title):
    draft = read(text, title=title)
    assert not draft.layak_dihitung
    assert draft.alasan_tidak.endswith(".")


def test_an_event_of_the_superior_that_all_attend_counts_though_the_unit_is_not_named():
    text = "Jakarta – KPU RI menggelar rakor PPID daring, diikuti KPU Kabupaten/Kota se-Indonesia, Rabu (25/6/2025)."
    draft = read(text, title="KPU RI Gelar Rakor PPID")
    assert (draft.layak_dihitung, draft.peran_satker, draft.penyelenggara) == (True, "peserta", "KPU RI")


def test_place_and_platform():
    assert read("KPU Kota Cimahi menggelar rakor kehumasan di Hotel Sahid, Rabu (25/6/2025).").tempat == "Hotel Sahid"
    assert (
        read("KPU Kota Cimahi mengikuti rakor kehumasan lewat Google Meet, Rabu (25/6/2025).").platform == "Google Meet"
    )


def test_a_release_happens_on_the_day_of_its_publication():
    draft = read(
        "Hasil pengawasan kami.", "https://sragen.bawaslu.go.id/2019/01/07/siaran-pers-hasil/", title="Siaran Pers"
    )
    assert (str(draft.tanggal_mulai), draft.mode, draft.asal_tahun) == ("2019-01-07", "", "url")


def test_a_meeting_of_the_superior_on_public_relations_counts_though_nobody_is_named():
    draft = read(
        "KPU RI menggelar workshop kehumasan di Bogor, Rabu (27/10/2021).", title="KPU RI Adakan Workshop Kehumasan"
    )
    assert (draft.layak_dihitung, draft.peran_satker, draft.jenis_kegiatan) == (True, "peserta", "BIMTEK")


def test_a_headline_like_an_explanation_is_news_when_someone_held_an_event_on_a_day():
    text = "Kita pewarta, tegas pembicara pada pelatihan humas yang diselenggarakan oleh KPU Provinsi Jawa Barat pada Rabu, 25 Juni 2025, diikuti KPU Kabupaten/Kota."
    draft = read(text, title="Humas Adalah Pewarta")
    assert (draft.layak_dihitung, str(draft.tanggal_mulai), draft.jenis_kegiatan) == (True, "2025-06-25", "BIMTEK")


def test_own_work_without_a_day_keeps_its_kind_but_does_not_count():
    draft = read("KPU Kota Cimahi terus memperkuat publikasi.", title="KPU Kota Cimahi Perkuat Konten Media Sosial")
    assert (draft.layak_dihitung, draft.jenis_kegiatan, draft.peran_satker) == (False, "KONTEN_MEDSOS", "penyelenggara")
    assert draft.tanggal_mulai is None


def test_who_comes_to_a_broadcast_speaks_there():
    text = "Ketua KPU Kota Cimahi hadir di studio podcast Bawaslu Kota Cimahi, Rabu (25/6/2025)."
    draft = read(text, title="Ketua KPU Kota Cimahi di Podcast Bawaslu")
    assert (draft.jenis_kegiatan, draft.peran_satker, draft.penyelenggara) == (
        "SIARAN",
        "narasumber",
        "Bawaslu Kota Cimahi",
    )


@pytest.mark.parametrize("phrase", ["membangun opini publik yang positif", "bersama artikel terbaik lomba"])
def test_words_of_opinion_inside_news_do_not_make_it_one(phrase):
    assert read(f"KPU Kota Cimahi menggelar rakor kehumasan {phrase}, Rabu (25/6/2025).").layak_dihitung


INVITED = {
    "by a radio, online": (
        "diundang_bicara",
        "https://boyolali.bawaslu.go.id/berita/1",
        ("narasumber", "daring", "RRI Surakarta"),
    ),
}


@pytest.mark.parametrize(("name", "url", "expected"), INVITED.values(), ids=list(INVITED))
def test_who_is_invited_to_speak_is_a_speaker(name, url, expected):
    draft = of_site(name, url)
    assert (draft.peran_satker, draft.mode, draft.penyelenggara) == expected


def test_a_guest_of_a_university_speaks_there():
    draft = read(
        "Anggota KPU Kota Cimahi diundang Universitas Padjadjaran menjadi narasumber seminar, Rabu (25/6/2025)."
    )
    assert (draft.peran_satker, draft.penyelenggara) == ("narasumber", "Universitas Padjadjaran")


PLACES = {
    "di Ruang Rapat Kantor KPU Kota Cimahi menggunakan zoom": "Ruang Rapat Kantor KPU Kota Cimahi",
    "di Hotel Horison, Sentul Bogor": "Hotel Horison, Sentul Bogor",
    "soal banjir di Kecamatan Sepaku, di Media Center Kantor Bupati": "Media Center Kantor Bupati",
    "di SMP Negeri 1 Cimahi dengan semangat": "SMP Negeri 1 Cimahi",
    "mengikuti secara daring dari Aula Kantor KPU Kota Cimahi": "Aula Kantor KPU Kota Cimahi",
    "di ruang digital dapat memengaruhi warga": "",
    "di radio": "",
    "di Desa Cibeber bersama warga": "Desa Cibeber",
    "di Auditorium Universitas Padjadjaran": "Auditorium Universitas Padjadjaran",
    "di Hotel Sahid Jaya. Hadir wartawan": "Hotel Sahid Jaya",
    "di Gedung H. Agus Salim": "Gedung H. Agus Salim",
    "di lantai dua Kantor Diskominfo Cimahi": "Kantor Diskominfo Cimahi",
    "di Pameran Pembangunan, di Alun-alun Pancasila": "Alun-alun Pancasila",
    "bertajuk “Bicara di Saat Genting”": "",
    "bersama siswa SMA Negeri 3 Cimahi di aula sekolah": "SMA Negeri 3 Cimahi",
}


@pytest.mark.parametrize(("words", "place"), PLACES.items(), ids=list(PLACES))
def test_a_place_is_neither_cut_nor_run_on(words, place):
    assert read(f"KPU Kota Cimahi menggelar rakor kehumasan {words}, Rabu (25/6/2025).").tempat == place


def test_a_station_is_the_place_of_its_show():
    text = "Radio Magelang FM menggelar talkshow dengan narasumber KPU Kota Cimahi, Rabu (25/6/2025)."
    assert read(text, title="Talkshow KPU Kota Cimahi").tempat == "Radio Magelang FM"


NOT_COUNTED_AS_PEOPLE = {
    "a register": "Jumlah pemilih sebanyak 701.250 orang",
    "a year before a name": "Pada tahun 2025 KPU Kabupaten Garut ikut",
    "an increase": "Tercatat 756.412 pemilih, bertambah 2.311 orang",
    "shares": "Dibagikan 8.13k kali",
    "a sum of something": "Sebanyak 120 orang dipekerjakan",
}


@pytest.mark.parametrize("text", NOT_COUNTED_AS_PEOPLE.values(), ids=list(NOT_COUNTED_AS_PEOPLE))
def test_other_numbers_are_no_participants(text):
    assert read(f"KPU Kota Cimahi menggelar rakor, Rabu (25/6/2025). {text}.").jumlah_peserta is None


def test_many_who_take_part_are_participants():
    assert read("Sebanyak 150 pelajar mengikuti sosialisasi KPU Kota Cimahi, Rabu (25/6/2025).").jumlah_peserta == 150


BROUGHT = {
    "to a school": ("KPU Kota Cimahi hadir di SMA Negeri 3 untuk pendidikan pemilih", "penyelenggara"),
    "to a meeting of others": (
        "KPU Kota Cimahi hadir di rakor kehumasan yang digelar KPU Provinsi Jawa Barat",
        "peserta",
    ),
    "as a guest of a show": ("KPU Kota Cimahi mengisi acara pagi di RSPD Cimahi", "narasumber"),
}


@pytest.mark.parametrize(("text", "role"), BROUGHT.values(), ids=list(BROUGHT))
def test_who_comes_to_a_school_holds_and_who_fills_a_show_speaks(text, role):
    assert read(f"{text}, Rabu (25/6/2025).", title="Kabar dari Cimahi").peran_satker == role


def test_who_comes_is_counted_and_the_place_is_told():
    draft = read(
        "Sebanyak 35 mahasiswa mengunjungi Kantor KPU Kota Cimahi, Rabu (25/6/2025).",
        title="KPU Cimahi Terima Kunjungan",
    )
    assert (draft.jumlah_peserta, draft.tempat) == (35, "Kantor KPU Kota Cimahi")
