"""How many came, in figures and in words: only where a sentence says so of the event itself."""

from __future__ import annotations

import pytest

from tests.news.samples import BAWASLU_SITE, read

EVENT = "Bawaslu Kabupaten Sragen menggelar sosialisasi pengawasan partisipatif, Rabu (25/6/2025)."

PEOPLE = {
    "words of two digits": ("Empat puluh dua mahasiswa menyusuri kantor itu.", (42, "orang")),
    "people of a kind": ("Dua puluh lima orang siswa mengikuti kegiatan tersebut.", (25, "orang")),
    "words of a hundred": ("Kegiatan diikuti seratus dua puluh tiga peserta.", (123, "orang")),
    "teens": ("Acara dihadiri sembilan belas wartawan.", (19, "orang")),
    "words behind figures": ("Kegiatan diikuti 32 (tiga puluh dua) orang peserta.", (32, "orang")),
    "words before figures": ("Kegiatan diikuti tiga puluh dua (32) orang peserta.", (32, "orang")),
    "units in words": ("Delapan KPU kabupaten terhubung dalam rapat tersebut.", (8, "satker")),
    "units as participants": ("Kegiatan diikuti oleh 11 Bawaslu kabupaten/kota.", (11, "satker")),
    "all units": ("Rapat diikuti seluruh 35 kabupaten/kota di Jawa Tengah.", (35, "satker")),
    "units in words with all": ("Rapat diikuti dua puluh tujuh Bawaslu kabupaten dan kota.", (27, "satker")),
    "units joined online": ("Sebanyak 13 kabupaten/kota bergabung melalui Zoom.", (13, "satker")),
    "units in brackets of posts": ("Peserta rakor berasal dari 38 kabupaten/kota.", (38, "satker")),
    "out of a total": ("Dari total 170 peserta, 50 orang hadir langsung di aula.", (170, "orang")),
    "participants number": ("Peserta berjumlah 60 orang.", (60, "orang")),
    "participants came to": ("Jumlah peserta mencapai 75 orang.", (75, "orang")),
    "participants noted": ("Jumlah peserta tercatat 64 orang.", (64, "orang")),
    "participants in sum": ("Total peserta 88 orang.", (88, "orang")),
    "participants are": ("Pesertanya 33 operator kehumasan.", (33, "orang")),
    "with a number of participants": ("Kegiatan berlangsung dengan jumlah peserta 40 orang.", (40, "orang")),
    "so many of them": ("Sebanyak 40 dari 50 undangan hadir sampai acara selesai.", (40, "orang")),
    "so many of the units": ("Sebanyak 20 dari 27 Bawaslu kabupaten/kota mengikuti rapat.", (20, "satker")),
    "invited and come": ("Panitia mengundang 40 wartawan, 28 di antaranya hadir.", (28, "orang")),
    "before so many": ("Di hadapan 120 santri, ia menjelaskan cara memilih.", (120, "orang")),
    "before so many in words": ("Di hadapan enam puluh santri, ia menjelaskan cara memilih.", (60, "orang")),
    "fill a hall": ("Delapan puluh lima kader PKK memenuhi aula kecamatan.", (85, "orang")),
    "women of a group": ("Tiga puluh ibu rumah tangga mengikuti kegiatan tersebut.", (30, "orang")),
    "members of a club": ("Sebanyak 48 anggota karang taruna mengikuti diskusi.", (48, "orang")),
    "head of the household": ("Acara dihadiri 54 kepala desa dan lurah.", (54, "orang")),
    "scouts": ("Kegiatan diikuti 72 anggota Pramuka.", (72, "orang")),
    "farmers listen": ("Tiga puluh enam petani menyimak penjelasan Bawaslu.", (36, "orang")),
    "guests come": ("Rombongan berjumlah 21 orang.", (21, "orang")),
    "group of": ("Rombongan yang terdiri atas 17 mahasiswa itu diterima di ruang rapat.", (17, "orang")),
    "as many as noted": ("Daftar hadir mencatat 58 peserta.", (58, "orang")),
    "present were": ("Tercatat 47 peserta hadir.", (47, "orang")),
    "up to the end": ("Sejumlah 66 peserta bertahan hingga acara usai.", (66, "orang")),
    "of two kinds": ("Kegiatan diikuti 50 siswa dan 30 santri.", (80, "orang")),
    "of two kinds in words": ("Kegiatan diikuti dua puluh siswa dan lima belas mahasiswa.", (35, "orang")),
    "tens": ("Tiga puluhan siswa mengikuti kegiatan tersebut.", None),
    "tens without a number": ("Kegiatan dihadiri puluhan wartawan.", None),
    "hundreds": ("Ratusan pelajar memadati aula.", None),
    "about so many": ("Kegiatan dihadiri 50-an pelajar.", None),
    "two or three": ("Kegiatan dihadiri dua atau tiga wartawan.", None),
    "a span": ("Kegiatan biasanya diikuti 20 sampai 30 peserta.", None),
    "a span in words": ("Kegiatan diikuti dua puluh hingga tiga puluh orang.", None),
    "no number at all": ("Kegiatan diikuti dua tiga peserta.", None),
    "seats": ("Aula itu menampung dua ratus orang.", None),
    "a quota": ("Panitia menyediakan kuota empat puluh peserta.", None),
    "a wish": ("Target peserta tahun depan seratus orang.", None),
    "two kinds of units": ("Rakor diikuti 17 Bawaslu kabupaten dan dua Bawaslu kota.", (19, "satker")),
    "more than last year": ("Naik dari tahun lalu yang hanya 45 peserta, kali ini hadir 72 peserta.", (72, "orang")),
    "invitations": ("Undangan disebar kepada 60 orang.", None),
    "a limit": ("Pelatihan itu dibatasi 30 peserta.", None),
    "since long": ("Sejak dibentuk, komunitas ini telah melatih 300 kader.", None),
    "votes": ("Ketua OSIS terpilih dengan 312 suara dari 540 siswa.", None),
    "a few who follow": ("Rapat diikuti sembilan pengelola akun.", (9, "orang")),
    "among so many": ("Dua orang staf termasuk di antara tujuh puluh peserta.", (70, "orang")),
    "invited to talk": ("Bawaslu mengajak dua puluh dua anggota Komunitas Tuli berdiskusi.", (22, "orang")),
    "reached so far": ("Program itu sudah menjangkau 300 kader di 20 kecamatan.", None),
    "who were asked elsewhere": ("Sebanyak 14 kepala desa pernah diperiksa karena tidak netral.", None),
    "of an election": ("Pada Pemilu 2024, 23 warga melapor ke Bawaslu.", None),
    "an aim": ("Bawaslu menargetkan dua ratus kader baru.", None),
    "a later stage": ("Pelatihan tahap kedua bagi 40 kader dijadwalkan Agustus.", None),
    "who are spoken for": ("Ketua OSIS mewakili 900 siswa menerima plakat.", None),
    "who follow an account": ("Akun Instagram Bawaslu diikuti 5.120 orang.", None),
    "who watched": ("Video itu ditonton 3.000 warga.", None),
    "who are reminded": ("Ia juga mengingatkan 1.200 ASN agar netral.", None),
    "who examine": ("Di hadapan tiga orang panelis, ia menjelaskan layanan.", None),
    "one who asks": ("Seorang peserta, Yogi, menanyakan perlindungan pelapor.", None),
    "those who ask": ("Tiga siswa mengajukan pertanyaan.", None),
    "winners": ("Lima peserta terbaik menerima buku.", None),
    "voters of a register": ("Tercatat dua puluh ribu pemilih baru.", None),
    "a committee": ("Panitia yang terdiri atas dua belas orang menyiapkan acara.", None),
    "last year": ("Tahun lalu kegiatan serupa diikuti 45 peserta.", None),
    "last week": ("Pekan lalu, giliran 65 mahasiswa yang datang.", None),
    "next time": ("Kegiatan berikutnya akan diikuti dua puluh guru.", None),
    "years": ("Peserta berusia dua puluh lima tahun ke atas.", None),
    "pupils of a school": ("Sekolah itu memiliki 540 siswa.", None),
    "each of the units": ("Setiap kecamatan mengirim dua kader.", None),
    "per team": ("Peserta dibagi ke dalam enam kelompok, masing-masing delapan orang.", None),
}


@pytest.mark.parametrize(("text", "people"), PEOPLE.values(), ids=list(PEOPLE))
def test_people_are_counted_only_where_they_came(text, people):
    draft = read(f"{EVENT} {text}", BAWASLU_SITE, title="Bawaslu Sragen Gelar Sosialisasi")
    assert (draft.jumlah_peserta, draft.satuan_peserta) == (people or (None, ""))


def test_all_who_came_stand_before_those_whom_the_unit_sent():
    text = "Bawaslu Kabupaten Sragen mengirim dua pegawai mengikuti bimtek kehumasan, Rabu (25/6/2025). Bimtek diikuti 24 kabupaten/kota."
    draft = read(text, BAWASLU_SITE, title="Bimtek Kehumasan")
    assert (draft.jumlah_peserta, draft.satuan_peserta, draft.lingkup_peserta) == (24, "satker", "seluruh_acara")


def test_people_of_an_opening_picture_came():
    text = "Tiga puluh empat anak tertawa melihat boneka itu. Bawaslu Kabupaten Sragen menggelar sosialisasi, Rabu (25/6/2025)."
    assert read(text, BAWASLU_SITE, title="Belajar Demokrasi").jumlah_peserta == 34
