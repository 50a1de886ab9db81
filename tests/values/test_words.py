"""Words that officers write: every synonym in every dress, small slips, several in one cell; never a wrong value."""

from __future__ import annotations

import pytest
from humas.contract.columns import BY_NAME
from humas.contract.vocabulary import load_vocabulary
from humas.text.spelling import one_edit
from humas.values.cells import reader
from humas.values.likeness import nearest_labels
from humas.values.words import find_choice, find_choices, first_words, fold
from hypothesis import given
from hypothesis import strategies as st

from tests.validation import samples

KEGIATAN = BY_NAME["kegiatan"].by_name


@pytest.mark.parametrize("name", load_vocabulary())
def test_every_word_in_every_dress(name: str) -> None:
    for terms in load_vocabulary()[name].terms:
        for words in (terms.value, terms.label, *terms.synonyms, *terms.alike):
            for dress in (
                words,
                words.upper(),
                words.title(),
                f"  {words} ",
                f"{words}.",
                words.replace(" ", "  "),
                words.replace(" ", "-"),
            ):
                choices = find_choice(name, dress)
                assert choices is not None and choices.value == terms.value, (dress, choices)


@pytest.mark.parametrize("name", load_vocabulary())
def test_no_word_means_two_values(name: str) -> None:
    meaning: dict[str, set[str]] = {}
    for terms in load_vocabulary()[name].terms:
        for words in (terms.value, terms.label, *terms.synonyms, *terms.alike):
            meaning.setdefault(fold(words), set()).add(terms.value)
    assert {words: value for words, value in meaning.items() if len(value) > 1} == {}


PLAIN = [
    ("strategi_kpu", f"2 – {load_vocabulary()['strategi'].label('2')}", "2"), ("mode", "offline", "luring"), ("mode", "Hybrid", "hibrida"), ("mode", "zoom", "daring"), ("mode", "Tatap  Muka", "luring"),
    ("mode", "virtual", "daring"), ("mode", "ONLINE", "daring"), ("mode", "ofline", "luring"), ("mode", "via Zoom", "daring"),
    ("mode", "secara daring", "daring"), ("mode", "daring/luring", "hibrida"), ("jenis_kegiatan", "Siaran Pers", "RILIS"),
    ("jenis_kegiatan", "rakor", "RAKOR"), ("jenis_kegiatan", "Bimtek", "BIMTEK"), ("jenis_kegiatan", "sosialisasi", "SOSIALISASI"),
    ("jenis_kegiatan", "Rakor-rakor", "RAKOR"), ("kanal", "IG", "instagram"), ("kanal", "FB", "facebook"), ("kanal", "Web", "website"),
    ("kanal", "Tiktok", "tiktok"), ("ya_tidak", "ada", "ya"), ("ya_tidak", "V", "ya"), ("ya_tidak", "✓", "ya"), ("ya_tidak", "X", "tidak"),
    ("ya_tidak", "✗", "tidak"), ("ya_tidak", "Tidak ada", "tidak"), ("hari", "Jum’at", "jumat"), ("nada", " + ", "positif"), ("nada", "(-)", "negatif"), ("nada", "berita baik", "positif"), ("lembaga", "KIP", "kpu"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "written", "value"), PLAIN, ids=[f"{p[0]}-{p[1]}" for p in PLAIN])
def test_plain_words_need_no_remark(name: str, written: str, value: str) -> None:
    assert find_choice(name, written) == (value, "")


SAID = [
    ("mode", "Online (Zoom)", "daring"), ("mode", "lurring", "luring"), ("mode", "Zoom dan tatap muka", "hibrida"), ("mode", "Luring (Aula KPU)", "luring"),
    ("mode", "Hybrid (Zoom & Aula)", "hibrida"), ("jenis_kegiatan", "Rapat kordinasi", "RAKOR"), ("jenis_kegiatan", "siaran pres", "RILIS"),
    ("jenis_kegiatan", "Press Releases", "RILIS"), ("jenis_kegiatan", "Rakor persiapan", "RAKOR"), ("jenis_kegiatan", "Sosialisai", "SOSIALISASI"),
    ("jenis_kegiatan", "webinar", "BIMTEK"), ("lembaga", "KPU Kota Semarang", "kpu"), ("lembaga", "Bawaslu Kab. Batang", "bawaslu"),
    ("strategi_kpu", "Strategi 2", "2"), ("strategi_kpu", "2. Menyelenggarakan pertemuan", "2"), ("peran_satker", "Narasumber/Pembicara", "narasumber"),
    ("peran_satker", "Peserta (penyelenggara: Bawaslu Provinsi)", "peserta"), ("peran_satker", "Penyelenggara; narasumber: Ketua KIP", "penyelenggara"),
    ("rezim", "10 HK", "UMUM"), ("rezim", "10 + 7 hari kerja", "UMUM"), ("rezim", "3 HK", "PEMILU"), ("rezim", "3 + 2 hari kerja", "PEMILU"), ("rezim", "UMUM (10 HK)", "UMUM"),
    ("ya_tidak", "Ada juru bahasa isyarat", "ya"), ("kanal", "Website resmi KPU", "website"),
    ("strategi_kpu", "III", "3"), ("strategi_kpu", "iv.", "4"), ("strategi_kpu", "Strategi VIII", "8"), ("strategi_kpu", "Strategi V", "5"), ("strategi_kpu", "IV - Mendorong partisipasi", "4"),
    ("strategi_kpu", "Strategi ke-3", "3"), ("strategi_kpu", "strategi ketiga", "3"), ("strategi_kpu", "Strategi Kesatu", "1"), ("strategi_kpu", "STRATEGI DUA", "2"), ("strategi_kpu", "No. 3", "3"),
    ("strategi_kpu", "Strategi nomor 6: citra", "6"), ("strategi_kpu", "3. Kemitraan dengan media", "3"), ("strategi_kpu", "3) Publikasi", "3"), ("strategi_kpu", "S-3", "3"),
    ("strategi_kpu", "Strategi 3: Menyediakan informasi program dan kebijakan", "3"), ("strategi_kpu", "2 Menyelenggarakan pertemuan", "2"), ("strategi_kpu", "Opini publik", "6"),
    ("strategi_kpu", "Mengelola sarana", "5"), ("strategi_kpu", "Menyediakan informasi program dan kebijakan", "3"), ("strategi_kpu", "Mengelola sarana dan prasarana kehumaan", "5"),
    ("strategi_kpu", "Sumber daya manusia", "8"), ("strategi_kpu", "Menyelenggarakan pertemuan, koordinasi, dan kerjasama antarinstansi", "2"),
    ("strategi_kpu", "Pertemuan, koordinasi & kerja sama antarinstansi", "2"), ("strategi_kpu", "Citra, opini publik & reputasi", "6"),
    ("status_isu", "❌ HOAKS sudah diklarifikasi", "diklarifikasi"), ("status_isu", "⚠️ DISINFORMASI sebagian / sudah diklarifikasi", "diklarifikasi"),
    ("status_isu", "⚠️ DISINFORMASI sebagian\nsudah diklarifikasi", "diklarifikasi"), ("status_isu", "Terbukti hoaks, konten diturunkan", "diturunkan"),
    ("status_isu", "Dilaporkan, diteruskan ke Polri", "diteruskan_polri"), ("status_isu", "Diklarifikasi - selesai", "selesai"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "written", "value"), SAID, ids=[f"{p[0]}-{p[1]}" for p in SAID])
def test_interpreted_words_are_said(name: str, written: str, value: str) -> None:
    choices = find_choice(name, written)
    assert choices and choices.value == value
    assert "dibaca sebagai" in choices.note


NOT_UNDERSTOOD = [
    ("mode", "during"), ("rezim", "14 hari kerja"), ("rezim", "13 hari kerja"), ("rezim", "30 hari"), ("mode", "lewat telepon"), ("mode", "tidak daring"), ("jenis_kegiatan", "Sosialisasi dan Bimtek"), ("jenis_kegiatan", "Turnamen futsal"),
    ("putusan", "tidak dikabulkan"), ("putusan", "Ditolak"), ("peran_satker", "Seksi konsumsi"), ("peran_satker", "Penyelenggara: KPU Provinsi"), ("kanal", "merpati pos"), ("fungsi", "dekoratif"),
    ("jenis_konten", "hologram"), ("lembaga", "Kementerian Perikanan"), ("status_isu", "belum diverifikasi"), ("mode", "a" * 500), ("strategi_kpu", "11"),
    ("strategi_kpu", "Publikasi"), ("strategi_kpu", "Optimalisasi media sosial"), ("strategi_kpu", "3. Membangun citra"), ("strategi_kpu", "Strategi 3 Membangun citra"), ("strategi_kpu", "V"),
    ("strategi_kpu", "✓"), ("strategi_kpu", "IX"), ("strategi_kpu", "Strategi 9"), ("strategi_kpu", "2 atau 3"), ("strategi_kpu", "Strategi 2 dan 3"), ("strategi_kpu", "II dan III"), ("strategi_kpu", "1-3"),
    ("strategi_kpu", "satu pintu informasi"), ("strategi_kpu", "2 arah komunikasi"), ("strategi_kpu", "I Made Sudana"), ("strategi_kpu", "informasi"), ("strategi_kpu", "kerja sama"),
    ("strategi_kpu", "bukan strategi 3"), ("strategi_kpu", "1.003"), ("strategi_kpu", "2026"), ("strategi_kpu", "Strategi 2026"), ("strategi_kpu", "3 kegiatan"), ("strategi_kpu", "Membangun citra dan SDM"),
    ("status_isu", "Hoaks, belum diklarifikasi"), ("status_isu", "Hoaks / sedang diverifikasi"), ("status_isu", "diklarifikasi dan diturunkan"),
    ("strategi_kpu", "informasi & kebijakan publik"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "written"), NOT_UNDERSTOOD, ids=[f"{p[0]}-{p[1][:30]}" for p in NOT_UNDERSTOOD])
def test_doubtful_words_are_not_guessed(name: str, written: str) -> None:
    assert find_choice(name, written) is None


LISTS = [
    ("kanal", "IG, FB dan Web", ("instagram", "facebook", "website"), ""), ("kanal", "IG/FB/Web", ("instagram", "facebook", "website"), ""),
    ("kanal", "Instagram & Facebook", ("instagram", "facebook"), ""), ("kanal", "Instagram Facebook", ("instagram", "facebook"), ""),
    ("kanal", "1. IG 2. FB", ("instagram", "facebook"), ""), ("kanal", "X (Twitter), IG", ("x", "instagram"), ""),
    ("kanal", "Laman, merpati pos", ("website",), "merpati pos"), ("strategi_kpu", "1,3", ("1", "3"), ""), ("strategi_kpu", "1.3", ("1", "3"), ""),
    ("strategi_kpu", "2 dan 3", ("2", "3"), ""), ("strategi_kpu", "3, 11", ("3",), "11"), ("sasaran", "pelajar & masyarakat umum", ("pemilih_pemula", "umum"), ""),
    ("strategi_kpu", load_vocabulary()["strategi"].label("2"), ("2",), ""), ("strategi_kpu", "II, IV dan VI", ("2", "4", "6"), ""), ("strategi_kpu", "Strategi 2 dan Strategi 3", ("2", "3"), ""),
    ("strategi_kpu", "3 (tiga)", ("3",), ""), ("strategi_kpu", "Jejaring, SDM", ("1", "8"), ""), ("strategi_kpu", "3. Menyediakan informasi program dan kebijakan", ("3",), ""),
    ("strategi_kpu", "Menyelenggarakan pertemuan, koordinasi, dan kerja sama antar instansi", ("2",), ""), ("strategi_kpu", "2, Publikasi", ("2",), "Publikasi"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "written", "value", "unknown"), LISTS, ids=[f"{p[0]}-{p[1][:30]}" for p in LISTS])
def test_lists(name: str, written: str, value: tuple[str, ...], unknown: str) -> None:
    listing = find_choices(name, [written])
    assert (listing.values, listing.unknown) == (value, unknown)


def test_the_remedy_names_the_nearest_words() -> None:
    assert "Rapat koordinasi" in reader(KEGIATAN["jenis_kegiatan"])("rapet koordinesi").problem.remedy  # type: ignore[union-attr]
    assert nearest_labels("putusan", "ditolak")[:2] == ["Ditolak (dikecualikan)", "Ditolak (tidak dikuasai)"]
    assert nearest_labels("jenis_kegiatan", "Sosialisasi dan Bimtek") == ["Sosialisasi", "Bimbingan teknis"]
    assert "Daring, Luring, Hibrida" in reader(KEGIATAN["mode"])("lewat telepon").problem.remedy  # type: ignore[union-attr]


WORDING = [
    {"mode": "offline"}, {"mode": "Hybrid"}, {"mode": "zoom"}, {"mode": "Tatap muka"}, {"mode": "VIRTUAL"}, {"mode": "Online (Zoom)"}, {"jenis_kegiatan": "Siaran Pers"},
    {"jenis_kegiatan": "rakor"}, {"jenis_kegiatan": "Rapat kordinasi"}, {"peran_satker": "Pelaksana"}, {"peran_satker": "undangan"}, {"kanal": "IG, FB, Web, Tiktok"},
    {"tanggal_mulai": "Kamis, 2 Juli 2026"}, {"tanggal_mulai": "2 Juli"}, {"tanggal_mulai": "2 s.d. 3 Juli 2026", "tanggal_selesai": None}, {"tanggal_mulai": 46205},
    {"jumlah_peserta": "±50 orang"}, {"jumlah_peserta": "lima puluh"}, {"jumlah_peserta": "1.007 org"}, {"jumlah_peserta": "nihil"}, {"strategi_utama": "Strategi 2"},
    {"strategi_utama": "2. Menyelenggarakan pertemuan"}, {"strategi_lain": "1 dan 3"}, {"lembaga": "KPU Kota Semarang"}, {"kode_satker": "33,74"}, {"kode_satker": "33.74 "},
    {"hari": "kamis"}, {"tahapan": "tidak ada"}, {"sasaran": "Masyarakat Umum"}, {"satuan_peserta": "org"}, {"lingkup_peserta": "seluruh peserta"}, {"jangkauan": "n/a", "tayangan": "-"},
]  # fmt: skip


@pytest.mark.mesin
def test_no_clean_row_is_quarantined_for_its_wording() -> None:
    """All wordings as rows of one file; each with a title and a link of its own, so that no two are the same event."""
    row = [
        samples.row(judul=f"Rapat koordinasi kehumasan ke-{n}", url_bukti=f"https://kpu.go.id/{n}", **content)
        for n, content in enumerate(WORDING)
    ]
    result = samples.validate(samples.submission(samples.sheet(*row)))
    held = {
        int(number) - 2: code
        for number, code in zip(result.quarantine["baris"], result.quarantine["kode"], strict=True)
    }
    assert [(WORDING[n], code) for n, code in held.items()] == []
    (verdict,) = result.submissions
    assert verdict.diterima == len(WORDING)


@given(st.text("abcdefgh", min_size=1, max_size=8), st.data())
def test_one_edit_is_one_edit(words: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(words) - 1))
    letter = data.draw(st.sampled_from("xyz"))
    for other in (
        words[:position] + letter + words[position:],
        words[:position] + words[position + 1 :],
        words[:position] + letter + words[position + 1 :],
    ):
        assert one_edit(words, other) and one_edit(other, words)
    swapped = words[:position] + words[position : position + 2][::-1] + words[position + 2 :]
    assert one_edit(words, swapped) == (swapped != words)
    assert not one_edit(words, words) and not one_edit(words, words + letter * 2)


@given(st.text(max_size=60))
def test_any_text_is_a_value_or_none(text: str) -> None:
    for name, vocabulary in load_vocabulary().items():
        choices, known = find_choice(name, text), {term.value for term in vocabulary.known}
        assert choices is None or choices.value in known
        assert set(find_choices(name, [text]).values) <= known


FIRST_WORDS = {
    "Rapat Koordinasi kehumasan se-provinsi": "RAKOR",
    "Kegiatan Sosialisasi pemilih pemula": "SOSIALISASI",
    "Bimtek SIREKAP bagi operator": "BIMTEK",
    "3. Siaran pers hasil pleno": "RILIS",
    "Rapat Koordinasi Sosialisasi tahapan": "RAKOR",
    "Menyiapkan sosialisasi": "",
    "DIP triwulan": "",
    "": "",
}


@pytest.mark.parametrize(("title", "kind"), FIRST_WORDS.items(), ids=FIRST_WORDS.keys())
def test_a_title_proposes_the_kind_that_it_begins_with(title: str, kind: str) -> None:
    assert first_words("jenis_kegiatan", title) == kind
