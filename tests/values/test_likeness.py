"""What an unknown word may mean: kinds that share its words, "Lainnya" always, an absurd one never. Truth first."""

from __future__ import annotations

import pytest
from humas.contract.columns import BY_NAME
from humas.values.cells import reader, remedy_of
from humas.values.likeness import nearest_labels, other_label

KEGIATAN = BY_NAME["kegiatan"].by_name
MEETING, TRAINING, OUTREACH, VOTERS = "Rapat koordinasi", "Bimbingan teknis", "Sosialisasi", "Pendidikan pemilih"
RELEASE, PRESS, GATHERING, BROADCAST = (
    "Siaran pers",
    "Konferensi pers",
    "Media gathering",
    "Siaran (radio, TV, podcast)",
)
POSTS, HOAX, WATCH, REQUESTS = "Konten media sosial", "Klarifikasi hoaks", "Pemantauan media", "Layanan PPID"
VISIT, AWARD, REPORT = "Audiensi", "Penghargaan", "Pelaporan"

NEAR: dict[str, set[str]] = {
    "Rapt koordinsi": {MEETING},
    "Rapat-rapat kordinasi": {MEETING},
    "Koordinasi dan sosialisasi": {MEETING, OUTREACH},
    "Menyosialisasikan tahapan": {OUTREACH},
    "Sosialisasai": {OUTREACH},
    "Bersosialisasi di pasar": {OUTREACH},
    "Mensosialisasikan pilkada": {OUTREACH},
    "Bimbingann tekniss": {TRAINING},
    "Melatih saksi": {TRAINING},
    "Pelatihan dan penyuluhan": {TRAINING, OUTREACH},
    "Konfrensi pers": {PRESS},
    "Menerima kunjungan dan pelatihan": {VISIT, TRAINING},
    "Berkunjung ke sekolah": {VISIT},
    "Penganugrahan": {AWARD},
    "Menganugerahkan gelar": {AWARD},
    "Memantau pemberitaan": {WATCH},
    "Mendidik pemilih": {VOTERS},
    "Melaporkan kegiatan": {REPORT},
    "Podcast dan rilis": {BROADCAST, RELEASE},
    "Klarifikasii hoak": {HOAX},
    "Pelayanan informasi dan audiensi": {REQUESTS, VISIT},
    "Mengklarifikasi berita bohong": {HOAX},
    "Unggahan instagram dan poster": {POSTS},
    "Silaturahmi dan gathering": {VISIT, GATHERING},
}
FAR = [
    "Coklit", "Coklit terbatas", "Turnamen futsal", "Kerja bakti",
    "Verifikasi faktual parpol", "Festival film", "Dialog kebangsaan", "Sidang DKPP",
    "Pelantikan PPK", "Pengelolaan arsip", "Uji publik", "Penandatanganan pakta integritas",
    "Pendampingan hukum", "Konsultasi", "Pemasangan APK", "Rekrutmen badan adhoc", "Pemutakhiran data", "Pencermatan DPT",
    "Penertiban", "Patroli", "Ziarah", "Halal bihalal", "Pengamanan", "Distribusi logistik", "Debat publik",
    "Pengundian nomor urut", "Zumba", "x", "??", "12345", "Sarasehan budaya", "Media darling", "Layang-layang",
]  # fmt: skip


@pytest.mark.parametrize(("written", "kinds"), NEAR.items(), ids=NEAR)
def test_a_kind_is_near_that_shares_the_words(written, kinds):
    near = nearest_labels("jenis_kegiatan", written)
    assert set(near) == kinds


@pytest.mark.parametrize("written", FAR)
def test_no_kind_is_suggested_by_chance_letters(written):
    assert nearest_labels("jenis_kegiatan", written) == []


OTHER_COLUMNS = {
    ("mode", "lewat telepon"): [],
    ("mode", "luringg kantor"): ["Luring"],
    ("kanal", "instagrm"): ["Instagram"],
    ("kanal", "merpati pos"): [],
    ("kanal", "papan pengumumman"): ["Papan pengumuman"],
    ("peran_satker", "narasumberr acara"): ["Narasumber"],
    ("putusan", "ditolak"): ["Ditolak (dikecualikan)", "Ditolak (tidak dikuasai)"],
    ("putusan", "dikirim"): [],
    ("tahapan", "pencocokan"): [],
}


@pytest.mark.parametrize(("name", "written"), OTHER_COLUMNS, ids=[" ".join(one) for one in OTHER_COLUMNS])
def test_other_vocabularies_are_heard_by_the_same_rule(name, written):
    assert nearest_labels(name, written) == OTHER_COLUMNS[name, written]


@pytest.mark.parametrize(
    ("name", "label"), [("jenis_kegiatan", "Lainnya"), ("sumber_temuan", "Lainnya"), ("mode", ""), ("kanal", "")]
)
def test_what_fits_nothing_has_a_place_where_the_vocabulary_has_one(name, label):
    assert other_label(name) == label


REMEDIES = {
    "Coklit": "Bila tidak ada yang cocok, tulis Lainnya.",
    "Zumba": "Bila tidak ada yang cocok, tulis Lainnya.",
    "Rapet koordinesi": "Mungkin maksudnya Rapat koordinasi. Tulis itu, atau Lainnya bila bukan.",
    "Podcast dan rilis": "Mungkin maksudnya Siaran pers atau Siaran (radio, TV, podcast). Tulis salah satu, atau Lainnya bila bukan.",
}


@pytest.mark.parametrize(("written", "remedy"), REMEDIES.items(), ids=REMEDIES)
def test_the_kind_for_all_else_is_always_offered(written, remedy):
    column = KEGIATAN["jenis_kegiatan"]
    problem = reader(column)(written).problem
    assert problem is not None
    assert remedy_of(column, problem).endswith(remedy)


def test_a_long_text_is_looked_at_in_part_only():
    assert nearest_labels("jenis_kegiatan", "sosialisasi " * 50_000) in ([], [OUTREACH])
