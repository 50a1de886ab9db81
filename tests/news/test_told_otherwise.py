"""What a page tells in other words than most: places without "di", halves of a hall, speakers by a clause, companions."""

from __future__ import annotations

import pytest

from tests.news.samples import BAWASLU_SITE, read

DAY = "Rabu (25/6/2025)"
SITE = "Bawaslu Kabupaten Sragen"
PLACES = {
    "in the mood of a hall": (f"{SITE} menggelar sosialisasi, {DAY}. Kegiatan berlangsung hangat dalam suasana aula SMK Bina Karya Gemolong.", "aula SMK Bina Karya Gemolong"),
    "the mood of a hall": (f"Suasana aula SMA Tunas Harapan {DAY} riuh. {SITE} datang menggelar sosialisasi pengawasan.", "aula SMA Tunas Harapan"),
    "a hall is witness": (f"{SITE} menggelar sosialisasi, {DAY}. Pendopo Kecamatan Gemolong menjadi saksi lahirnya kader baru.", "Pendopo Kecamatan Gemolong"),
    "people fill a hall": (f"{SITE} menggelar sosialisasi, {DAY}. Puluhan kader memadati Balai Desa Kaliwedi sejak pagi.", "Balai Desa Kaliwedi"),
    "people fill the seats of": (f"{SITE} menggelar sosialisasi, {DAY}. Para santri memenuhi serambi Pondok Pesantren Al Hikmah.", "Pondok Pesantren Al Hikmah"),
    "takes place at": (f"{SITE} menggelar sosialisasi bertempat Aula Kantor Camat Gemolong, {DAY}.", "Aula Kantor Camat Gemolong"),
    "a hall is crowded": (f"{SITE} menggelar sosialisasi, {DAY}. Sejak pagi Gedung Wanita Sragen dipadati kader.", "Gedung Wanita Sragen"),
    "a hall, then one to come": (f"Suasana aula SMK Bina Karya {DAY} meriah saat {SITE} menggelar sosialisasi. Kegiatan berikutnya di Aula Kecamatan Plupuh.", "aula SMK Bina Karya"),
    "the event, then its next turn": (f"{SITE} menggelar sosialisasi di Aula Kecamatan Gemolong, {DAY}. Rencananya acara serupa akan digelar di Balai Desa Jetak.", "Aula Kecamatan Gemolong"),
    "a turn to come told first": (f"Sosialisasi selanjutnya akan digelar di Balai Desa Jetak. {SITE} menggelar sosialisasi di Aula Kecamatan Gemolong, {DAY}.", "Aula Kecamatan Gemolong"),
    "one sentence for both": (f"{SITE} menggelar sosialisasi di Aula Kecamatan Gemolong, {DAY}, dan akan berlanjut di Balai Desa Jetak.", "Aula Kecamatan Gemolong"),
    "of those who will vote": (f"{SITE} menggelar sosialisasi bagi siswa yang akan memilih pertama kali di Aula SMA Negeri 1 Gemolong, {DAY}.", "Aula SMA Negeri 1 Gemolong"),
    "then gathered": (f"{SITE} menggelar sosialisasi, {DAY}. Peserta selanjutnya berkumpul di Aula Kecamatan Gemolong.", "Aula Kecamatan Gemolong"),
    "only one to come": (f"{SITE} menggelar sosialisasi, {DAY}. Kegiatan serupa rencananya akan digelar di Aula Kecamatan Plupuh.", ""),
    "only the next school": (f"{SITE} menggelar sosialisasi, {DAY}. Sekolah berikutnya adalah madrasah di Kecamatan Plupuh.", ""),
    "only the next, behind it": (f"{SITE} menggelar sosialisasi, {DAY}. Selanjutnya di Balai Desa Jetak pekan depan.", ""),
    "only one planned": (f"{SITE} menggelar sosialisasi, {DAY}. Pelatihan lanjutan dijadwalkan di Hotel Surya Sukowati.", ""),
    "only to be visited": (f"{SITE} menggelar sosialisasi, {DAY}. Pekan depan Bawaslu akan menyambangi siswa di Pondok Pesantren Al Hikmah.", ""),
    "spirit fills nobody": (f"{SITE} menggelar sosialisasi, {DAY}. Semangat memenuhi ruang publik kita.", ""),
}  # fmt: skip
VISITS = {
    "received from": (f"{SITE} menerima kunjungan belajar dari SMA Negeri 2 Sragen, {DAY}.", ""),
    "received at its office": (f"{SITE} menerima kunjungan 40 siswa SMA Negeri 2 Sragen di kantor Bawaslu Kabupaten Sragen, {DAY}.", "kantor Bawaslu Kabupaten Sragen"),
    "received in its room": (f"{SITE} menerima rombongan pelajar SMK Bina Karya, {DAY}. Rombongan diterima di Ruang Rapat Bawaslu Sragen.", "Ruang Rapat Bawaslu Sragen"),
    "a group out of": (f"{SITE} menyambut tamu istimewa, {DAY}. Rombongan siswa asal SMP Pelita Bangsa itu belajar pengawasan.", ""),
    "they come": (f"Siswa SMA Negeri 2 Sragen berkunjung ke {SITE}, {DAY}.", ""),
    "at the head of a sentence": (f"SMK Bina Karya Gemolong mengunjungi {SITE}, {DAY}, untuk belajar demokrasi.", ""),
    "they are received": (f"Sebanyak 40 siswa SMA Negeri 2 Sragen diterima {SITE}, {DAY}.", ""),
    "whose turn it was": (f"{SITE} kembali menerima kunjungan pelajar. Kali ini giliran siswa MTs Nurul Iman yang datang, {DAY}.", ""),
    "named once more": (f"{SITE} kedatangan tamu dari SMA Negeri 2 Sragen, {DAY}. Siswa SMA Negeri 2 Sragen melihat ruang sidang.", ""),
    "the office as the host": (f"Kantor Bawaslu Kabupaten Sragen menerima kunjungan siswa SMA Negeri 2 Sragen, {DAY}.", "Kantor Bawaslu Kabupaten Sragen"),
    "the unit comes": (f"{SITE} menggelar sosialisasi bagi siswa SMA Negeri 2 Sragen, {DAY}.", "SMA Negeri 2 Sragen"),
    "the unit visits": (f"{SITE} mengunjungi SMA Negeri 2 Sragen, {DAY}, untuk sosialisasi.", "SMA Negeri 2 Sragen"),
    "the school as the host": (f"SMA Negeri 2 Sragen menerima kunjungan {SITE}, {DAY}.", "SMA Negeri 2 Sragen"),
}  # fmt: skip
MODES = {
    "present and by a tool": ("Sebanyak 30 peserta hadir langsung, sementara 15 lainnya mengikuti lewat Zoom.", "hibrida"),
    "face to face and online": ("Pengurus mengikuti secara tatap muka, sedangkan operator kecamatan bergabung secara daring.", "hibrida"),
    "in the hall and on screen": ("Separuh peserta hadir di aula, sisanya menyimak melalui Google Meet.", "hibrida"),
    "in two sentences": ("Dua belas staf hadir langsung di kantor. Sisanya terhubung melalui Zoom Meeting.", "hibrida"),
    "the screen first": ("Peserta dari kecamatan bergabung via Zoom, sementara pengurus hadir tatap muka.", "hibrida"),
    "some and some": ("Sebagian kader datang langsung dan sebagian lagi ikut secara virtual.", "hibrida"),
    "beside those who came": ("Selain peserta yang hadir langsung di aula, puluhan lainnya mengikuti secara online.", "hibrida"),
    "sat there": ("Lima belas orang duduk di aula, sedangkan yang lain tersambung lewat Zoom.", "hibrida"),
    "counted on both sides": ("Peserta luring berjumlah 20 orang, sementara 40 orang mengikuti daring.", "hibrida"),
    "there are those who": ("Ada yang hadir langsung, ada pula yang mengikuti secara daring.", "hibrida"),
    "a speaker from afar": ("Peserta hadir langsung di aula, sedangkan narasumber dari Jakarta mengisi lewat Zoom.", "luring"),
    "a chairman from afar": ("Peserta hadir langsung di aula, sementara Ketua Bawaslu RI menyapa melalui Zoom.", "luring"),
    "a broadcast": ("Peserta hadir langsung di aula, sementara warganet menyimak melalui siaran YouTube.", "luring"),
    "forms online": ("Peserta hadir langsung di aula, sedangkan materi diunduh secara daring.", "luring"),
    "to come": ("Peserta hadir langsung di aula, sementara sesi berikutnya akan diikuti secara daring.", "luring"),
    "all by a tool": ("Seluruh peserta mengikuti kegiatan lewat Zoom dari tempat masing-masing.", "daring"),
}  # fmt: skip
HELD = "yang diselenggarakan Fakultas Hukum Universitas Sragen Raya"
ROLES = {
    "said while speaking": (f"Ketua {SITE}, Dwi Budi, meminta mahasiswa mengawasi. Hal itu disampaikannya saat menjadi pembicara dalam seminar {HELD}.", "narasumber"),
    "a pronoun": (f"Anggota {SITE}, Rina Sari, mengingatkan bahaya politik uang. Ia mengatakan itu ketika menjadi narasumber diskusi {HELD}.", "narasumber"),
    "without a subject": (f"Ketua {SITE}, Dwi Budi, mengajak pemuda peduli. Ajakan itu disampaikan saat menjadi pemateri kuliah tamu {HELD}.", "narasumber"),
    "the name alone": (f"Anggota {SITE}, Rina Sari, menyoroti politik uang. Rina berpesan demikian saat menjadi pemateri seminar {HELD}.", "narasumber"),
    "in one sentence": (f"Ketua {SITE}, Dwi Budi, menekankan pentingnya pengawasan yang melibatkan seluruh unsur masyarakat dan mahasiswa di berbagai fakultas saat menjadi pembicara seminar {HELD}.", "narasumber"),
    "as one of the speakers": (f"Koordinator Divisi Pencegahan {SITE}, Rina Sari, meminta warga melapor. Pesan itu diutarakannya kala tampil sebagai panelis dialog {HELD}.", "narasumber"),
    "before the name": (f"Saat menjadi pembicara dalam seminar {HELD}, Ketua {SITE} Dwi Budi mengajak mahasiswa mengawasi.", "narasumber"),
    "before the name, as a headline": (f"Jadi narasumber seminar {HELD}, Anggota {SITE} Rina Sari mengajak mahasiswa mengawasi.", "narasumber"),
    "its own event": (f"{SITE} menggelar sosialisasi. Ketua {SITE}, Dwi Budi, meminta warga peduli. Hal itu disampaikannya saat menjadi pembicara.", "penyelenggara"),
    "its own, held by": (f"Ketua {SITE}, Dwi Budi, meminta warga peduli. Itu disampaikannya saat menjadi pembicara sosialisasi yang digelar {SITE}.", "penyelenggara"),
    "a lecturer speaks": (f"{SITE} menggelar sosialisasi. Dosen Universitas Sragen Raya, Tono, memuji kegiatan. Hal itu disampaikannya saat menjadi pemateri.", "penyelenggara"),
    "a head of others": (f"{SITE} menghadiri seminar {HELD}. Kepala Dinas Pendidikan, Tono, meminta guru netral. Hal itu disampaikannya saat menjadi pembicara.", "peserta"),
}  # fmt: skip
PEOPLE = {
    "one who comes along": ("Kasubbag bersama seorang operator kehumasan mengikuti kegiatan tersebut.", (None, "")),
    "two of the staff": ("Ketua hadir didampingi dua staf mengikuti kegiatan hingga selesai.", (None, "")),
    "two of the staff in figures": ("Ketua didampingi 2 staf mengikuti kegiatan hingga selesai.", (None, "")),
    "two people": ("Ketua ditemani dua orang mengikuti kegiatan hingga selesai.", (None, "")),
    "one, then units": ("Ketua dan seorang operator mengikuti kegiatan. Kegiatan diikuti oleh enam Bawaslu kabupaten se-Solo Raya.", (6, "satker")),
    "units after companions": ("Ketua hadir beserta tiga pegawai. Rakor diikuti lima Bawaslu kabupaten/kota.", (5, "satker")),
    "units take part": ("Tujuh Bawaslu kabupaten ambil bagian dalam kegiatan itu.", (7, "satker")),
    "units too": ("Empat Bawaslu kota turut serta dalam kegiatan itu.", (4, "satker")),
    "offices of another kind": ("Peserta berasal dari sembilan Diskominfo kabupaten/kota.", (9, "satker")),
    "units in figures": ("Kegiatan dihadiri 6 KPU kabupaten dan kota.", (6, "satker")),
    "teachers and pupils": ("Didampingi dua guru, 45 siswa mengikuti kegiatan tersebut.", (45, "orang")),
    "nine who follow": ("Kegiatan dihadiri sembilan orang.", (9, "orang")),
    "units that are overseen": ("Bawaslu Provinsi membawahi enam Bawaslu kabupaten.", (None, "")),
    "units that are praised": ("Tiga Bawaslu kabupaten meraih predikat informatif tahun lalu.", (None, "")),
}  # fmt: skip


@pytest.mark.parametrize(("text", "place"), PLACES.values(), ids=list(PLACES))
def test_a_place_is_that_of_the_event_and_never_one_to_come(text, place):
    assert read(text, BAWASLU_SITE, title="Bawaslu Sragen Gelar Sosialisasi").tempat == place


@pytest.mark.parametrize(("text", "place"), VISITS.values(), ids=list(VISITS))
def test_a_visit_takes_place_where_the_host_is(text, place):
    assert read(text, BAWASLU_SITE, title="Belajar Pengawasan Pemilu").tempat == place


@pytest.mark.parametrize(("text", "mode"), MODES.values(), ids=list(MODES))
def test_people_in_a_hall_and_others_on_a_screen_make_it_hybrid(text, mode):
    assert (
        read(f"{SITE} menggelar bimtek kehumasan, {DAY}. {text}", BAWASLU_SITE, title="Bimtek Kehumasan").mode == mode
    )


@pytest.mark.parametrize(("text", "role"), ROLES.values(), ids=list(ROLES))
def test_who_said_so_while_speaking_is_a_speaker(text, role):
    assert read(f"{text} {DAY}.", BAWASLU_SITE, title="Kenalkan Pengawasan Partisipatif").peran_satker == role


@pytest.mark.parametrize(("text", "people"), PEOPLE.values(), ids=list(PEOPLE))
def test_who_comes_along_is_not_counted_and_units_are(text, people):
    draft = read(f"{SITE} menggelar rakor kehumasan, {DAY}. {text}", BAWASLU_SITE, title="Rakor Kehumasan")
    assert (draft.jumlah_peserta, draft.satuan_peserta) == people
