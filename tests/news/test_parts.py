"""What part the unit had: who speaks where others hold the event, who holds its own, who only comes."""

from __future__ import annotations

import pytest

from tests.news.samples import BAWASLU_SITE, read

SPEAKERS = {
    "gives matter where others hold": "Ketua Bawaslu Kabupaten Sragen memberikan materi pada kegiatan pendidikan politik yang digelar Bakesbangpol Sragen.",
    "is asked to": "Anggota Bawaslu Kabupaten Sragen, Rina Sari, didapuk menjadi pembicara pada seminar yang digelar Universitas Sragen Raya.",
    "stands there as": "Ketua Bawaslu Kabupaten Sragen hadir sebagai narasumber dalam diskusi yang digelar PMII Sragen.",
    "gives matter, short": "Bawaslu Kabupaten Sragen jadi pemateri pada masa orientasi yang dilaksanakan SMA Negeri 1 Gemolong.",
    "fills the matter": "Ketua Bawaslu Kabupaten Sragen mengisi materi dalam latihan kader yang diselenggarakan HMI Cabang Sragen.",
    "name with initials": "Ketua Bawaslu Kabupaten Sragen, Moh. Rizal S. Adi, menjadi pembicara dalam seminar yang diprakarsai Himpunan Mahasiswa Ilmu Komunikasi.",
    "name with degrees": "Ketua Bawaslu Kabupaten Sragen, Dwi Budi, S.Sos., M.Si., menjadi narasumber pada dialog yang digelar FKUB Sragen.",
    "passive": "Seminar digelar Karang Taruna Sragen. Ketua Bawaslu Kabupaten Sragen didaulat menjadi pembicara kunci.",
    "by students": "Ketua Bawaslu Kabupaten Sragen menjadi pemateri dalam seminar yang diinisiasi mahasiswa KKN Universitas Sragen Raya.",
    "by a boarding school": "Ketua Bawaslu Kabupaten Sragen menjadi narasumber pada kajian yang digelar pengurus pondok pesantren.",
    "by a committee": "Bawaslu Kabupaten Sragen diundang panitia sebagai pembicara dalam dialog pemuda.",
    "by a school": "Pihak sekolah mengundang Bawaslu Kabupaten Sragen sebagai narasumber pada masa pengenalan lingkungan sekolah.",
    "trusted with": "Bawaslu Kabupaten Sragen dipercaya menjadi pemateri dalam pelatihan relawan yang diadakan KNPI Sragen.",
    "shares at others'": "Anggota Bawaslu Kabupaten Sragen berbagi pengalaman sebagai narasumber dalam kuliah tamu yang digelar Fakultas Hukum Universitas Sragen Raya.",
    "present as one of the speakers": "Ketua Bawaslu Kabupaten Sragen turut hadir sebagai salah satu narasumber dalam forum yang digelar Diskominfo Sragen.",
    "one of the speakers": "Forum yang digelar Diskominfo Sragen menghadirkan tiga narasumber, salah satunya Ketua Bawaslu Kabupaten Sragen.",
    "for the second time": "Untuk kedua kalinya Ketua Bawaslu Kabupaten Sragen menjadi pembicara pada sekolah politik yang dihelat PC PMII Sragen.",
    "speaks before others": "Ketua Bawaslu Kabupaten Sragen menyampaikan materi dalam pelatihan paralegal yang digelar LBH Sragen.",
    "speaker of a dialogue": "Ketua Bawaslu Kabupaten Sragen tampil sebagai pembicara dalam dialog kebangsaan yang digelar Polres Sragen.",
    "speaks, and others hold it further down": "Ketua Bawaslu Kabupaten Sragen berbicara dalam seminar nasional di kampus itu. Seminar itu digelar Fakultas Hukum.",
    "asked to speak": "Karang Taruna Desa Kaliwedi mengundang Bawaslu Kabupaten Sragen berbicara tentang pemilih pemula.",
    "one of several speakers": "Kesbangpol Sragen menggelar pendidikan politik. Salah seorang narasumbernya Ketua Bawaslu Kabupaten Sragen.",
    "explains in a show": "Dalam Dialog Pagi RRI Surakarta, Ketua Bawaslu Kabupaten Sragen, Dwi Budi, S.H., memaparkan aturan baru.",
    "greets the hearers of a station": "Anggota Bawaslu Kabupaten Sragen, Rina, menyapa pendengar Radio Sukma FM pada program Halo Sragen.",
    "one of a panel": "Ketua Bawaslu Kabupaten Sragen tampil sebagai panelis dalam diskusi publik yang digelar AJI Surakarta.",
    "a guest lecture": "Ketua Bawaslu Kabupaten Sragen memberi kuliah umum di kampus itu atas undangan Fakultas Hukum.",
    "by a pronoun": "Kepala Sekretariat Bawaslu Kabupaten Sragen, Dwi Budi, tampil di depan santri. Ia menjadi pembicara dalam kajian yang digelar pengurus pondok.",
    "by a pronoun in a show": "Suara Ketua Bawaslu Kabupaten Sragen, Dwi Budi, mengudara di Radio Sukma FM. Siang itu, ia jadi narasumber program Bincang Siang.",
    "filled by the unit": "Pelatihan jurnalistik yang digelar OSIS SMA Negeri 1 Gemolong itu diisi Ketua Bawaslu Kabupaten Sragen sebagai pemateri.",
}
HOLDERS = {
    "contact of speakers": "Bawaslu Kabupaten Sragen menggelar ngopi bareng wartawan. Staf membagikan lembar kontak narasumber Bawaslu Sragen.",
    "speakers of others": "Bawaslu Kabupaten Sragen menggelar diskusi dengan narasumber dari Komisi Informasi Provinsi Jawa Tengah.",
    "guests": "Tanpa kursi tamu penting, Bawaslu Kabupaten Sragen duduk bersama wartawan dalam gelaran ngopi bareng.",
    "speakers of a university": "Bawaslu Kabupaten Sragen menghadirkan narasumber dari Universitas Sragen Raya dalam sosialisasi.",
    "its own head speaks": "Bawaslu Kabupaten Sragen menggelar sosialisasi. Ketua Bawaslu Kabupaten Sragen menjadi narasumber bersama dosen.",
    "a lecturer speaks": "Bawaslu Kabupaten Sragen menggelar sosialisasi. Dosen Universitas Sragen Raya menjadi narasumber kegiatan itu.",
    "voices of speakers": "Bawaslu Kabupaten Sragen menggelar ngopi bareng wartawan. Wartawan meminta Bawaslu menyediakan rekaman suara narasumber.",
    "looking for speakers": "Bawaslu Kabupaten Sragen menggelar media gathering. Wartawan kerap mencari narasumber Bawaslu Sragen yang mudah dihubungi.",
    "in a school, with its leave": "Bawaslu Kabupaten Sragen menggelar sosialisasi di SMA Negeri 1 Gemolong. Pihak sekolah menyambut baik kegiatan itu.",
    "together with a boarding school": "Bawaslu Kabupaten Sragen menggelar sosialisasi bersama pengurus pondok. Pengurus pondok mengapresiasi.",
    "its own member gives matter": "Bawaslu Kabupaten Sragen menggandeng SMA Negeri 1 Gemolong menggelar sosialisasi. Anggota Bawaslu menyampaikan materi.",
    "its own visit": "Bawaslu Kabupaten Sragen menerima kunjungan mahasiswa. Anggota Bawaslu Kabupaten Sragen menjadi pemateri.",
    "its committee": "Bawaslu Kabupaten Sragen menggelar sosialisasi. Panitia mencatat 40 peserta hadir.",
}
COMING = {
    "came to the superior": "Bawaslu Kabupaten Sragen mengikuti rakor kehumasan yang digelar Bawaslu Provinsi Jawa Tengah dengan narasumber dari Dewan Pers.",
    "sent two": "Bawaslu Kabupaten Sragen mengirim dua staf mengikuti bimtek kehumasan yang diselenggarakan Diskominfo Jawa Tengah.",
    "speakers tell": "Bawaslu Kabupaten Sragen menghadiri diskusi publik yang digelar KPU Kabupaten Sragen. Narasumber berasal dari kampus.",
    "sits there as": "Tiga staf Bawaslu Kabupaten Sragen duduk sebagai peserta dalam lokakarya kehumasan KPU Kabupaten Sragen.",
    "invited by a committee": "Bawaslu Kabupaten Sragen memenuhi undangan panitia menghadiri dialog pemuda yang digelar KNPI Sragen.",
}


@pytest.mark.parametrize("text", SPEAKERS.values(), ids=list(SPEAKERS))
def test_who_speaks_where_others_hold_is_a_speaker(text):
    draft = read(f"{text} Rabu (25/6/2025).", BAWASLU_SITE, title="Kenalkan Pengawasan Partisipatif")
    assert draft.peran_satker == "narasumber"


@pytest.mark.parametrize("text", HOLDERS.values(), ids=list(HOLDERS))
def test_speakers_told_of_elsewhere_leave_the_unit_the_holder(text):
    draft = read(f"{text} Rabu (25/6/2025).", BAWASLU_SITE, title="Kenalkan Pengawasan Partisipatif")
    assert draft.peran_satker == "penyelenggara"


@pytest.mark.parametrize("text", COMING.values(), ids=list(COMING))
def test_speakers_of_others_leave_who_comes_a_participant(text):
    draft = read(f"{text} Rabu (25/6/2025).", BAWASLU_SITE, title="Kabar Kehumasan")
    assert draft.peran_satker == "peserta"


def test_an_organiser_named_by_its_people_is_told():
    text = "Ketua Bawaslu Kabupaten Sragen menjadi narasumber kajian yang digelar pengurus pondok pesantren, Rabu (25/6/2025)."
    assert read(text, BAWASLU_SITE, title="Kenalkan Pengawasan").penyelenggara == "pengurus pondok pesantren"


def test_a_place_is_no_organiser():
    text = "Diskusi digelar di Universitas Sragen Raya, Rabu (25/6/2025). Bawaslu Kabupaten Sragen mengundang wartawan."
    assert read(text, BAWASLU_SITE, title="Diskusi Pengawasan").peran_satker == "penyelenggara"
