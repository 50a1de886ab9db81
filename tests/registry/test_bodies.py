"""The folders of bodies: what they must hold, what is told of a faulty one, and that a folder is enough for a body."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from humas.bodies import (
    BODIES,
    DATA,
    DATA_SETS,
    FAULTS,
    Body,
    Demand,
    OwnColumn,
    OwnUnit,
    StageList,
    alternatives,
    deadline_rule,
    one_of,
    shared_laws,
)
from humas.bodies.folders import read_folders
from humas.contract import vocabulary
from humas.contract.columns import BY_NAME, datasets_of, in_words_of, spoken_by, unusable_columns
from humas.contract.rules import load_rules
from humas.contract.vocabulary import load_vocabulary, strategies_of
from humas.forms.template.reference import entries
from humas.registry import DEFAULT_BODY, SITES
from humas.registry.load import unusable_units
from humas.report.measures import breakdown, figure_id
from humas.settings import DeadlineRule, Settings
from humas.values.cells import read_column, reader

from tests.registry.added import COMMISSION, FILES, run_with_added_body, write_body

SITE = """
[situs]
domain = "dkpp.go.id"
jadwal = "20 3 * * *"
artikel = '/berita/[^/]+'
daftar = '/berita'
daftar_biasa = ["/berita"]
"""


IDENTITY = FILES["lembaga.toml"]


def read_one(tmp_path: Path, **files: str) -> Body:
    """The added body with other texts of its files."""
    bodies, faults = read_folders(write_body(tmp_path / "data", **files).parent)
    assert not faults
    return bodies["dkpp"]


def test_a_folder_without_words_is_named_by_its_code(tmp_path: Path) -> None:
    body = read_one(tmp_path)
    assert (body.code, body.label, body.framework.values) == ("dkpp", "DKPP", ("1", "2", "3"))
    assert body.words.file == body.words.unit == body.words.organiser == ("dkpp",)
    assert body.words.channel == body.words.instead_of_kind == ()
    assert (body.aceh, body.headquarters, body.sites, body.news.names) == (None, None, None, ())


DEADLINE = """[[tenggat]]
berlaku_dari = "2026-01-01"
kabkota = 3
provinsi = 8
nasional = 12
tenggang = 2
"""


def test_a_body_may_have_deadlines_of_its_own_by_date(tmp_path: Path) -> None:
    later = DEADLINE.replace("2026-01-01", "2026-07-01").replace("kabkota = 3", "kabkota = 4") + "ditetapkan = 'SK 7'\n"
    body = read_one(tmp_path, lembaga=IDENTITY + DEADLINE + later)
    assert body.deadline(date(2025, 12, 31)) == DeadlineRule()
    assert body.deadline(date(2026, 6, 30)) == DeadlineRule(3, 8, 12, 2)
    assert body.deadline(date(2026, 7, 1)) == DeadlineRule(4, 8, 12, 2, decreed=True, basis="SK 7")


ALL_BODIES = DeadlineRule(1, 2, 3, 4)


@pytest.mark.parametrize(
    ("settings", "rule"),
    [
        ({}, DeadlineRule()),
        ({"deadline_decreed": True}, DeadlineRule(decreed=True)),
        ({"deadline": ALL_BODIES}, ALL_BODIES),
        ({"deadline": ALL_BODIES, "deadline_decreed": True}, replace(ALL_BODIES, decreed=True)),
    ],
    ids=["the body's", "the body's, decreed", "the installation's", "the installation's, decreed"],
)
def test_days_of_the_installation_hold_for_all_bodies(settings: dict[str, Any], rule: DeadlineRule) -> None:
    assert deadline_rule(Settings(Path(), "", **settings), "pemda", date(2026, 9, 30)) == rule


def test_a_body_says_of_columns_what_its_units_are_shown_and_asked_for(tmp_path: Path) -> None:
    said = "[kegiatan.mitra]\ncontoh = 'Peradi'\nisian = 'diminta'\n[kegiatan.mode]\nisian = 'boleh'\n"
    assert read_one(tmp_path, isian=said).columns == {
        ("kegiatan", "mitra"): OwnColumn("Peradi", None, True),
        ("kegiatan", "mode"): OwnColumn(None, None, False),
    }


@pytest.mark.parametrize("body", BODIES)
def test_what_a_body_shows_as_an_example_can_be_read_and_is_its_own(body: str) -> None:
    others = [one.label.casefold() for code, one in BODIES.items() if code != body]
    for dataset in datasets_of(body):
        for column in dataset.columns:
            assert not column.example or not reader(column)(column.example).problem, column.name
            words = f"{column.example} {column.explanation}".casefold()
            assert not any(name in words for name in others), f"{dataset.name}.{column.name}: {words}"


def test_columns_that_a_body_cannot_mean_are_told_and_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {("kegiatan", "jdul"): OwnColumn("x"), ("kegiatan", "judul"): OwnColumn(asked=False)}
    monkeypatch.setitem(BODIES, "pemda", replace(BODIES["pemda"], columns=said))
    assert list(unusable_columns()) == [
        'pemda/isian.toml: kolom "kegiatan.jdul" tidak dikenal',
        'pemda/isian.toml: kolom "kegiatan.judul" wajib bagi semua lembaga, isian tidak dapat diubah',
    ]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ('Strategi utama dibaca dari kolom "Strategi utama".', 'Tugas utama dibaca dari kolom "Strategi utama".'),
        (
            'Ganti judul "Strategi utama?" menjadi "Strategi utama".',
            'Ganti judul "Strategi utama?" menjadi "Tugas utama".',
        ),
        (
            'judul "Strategi utama ke" dibaca sebagai "Strategi utama".',
            'judul "Strategi utama ke" dibaca sebagai "Tugas utama".',
        ),
        ('Tulis judul "Strategi utama".', 'Tulis judul "Tugas utama".'),
        ("Tanggal mulai dibaca dari judul.", "Tanggal mulai dibaca dari judul."),
    ],
    ids=["quoted stays", "what to write", "what it is read as", "what to call it", "shared by all"],
)
def test_remarks_on_columns_are_told_in_the_labels_of_the_body(text: str, own: str) -> None:
    assert in_words_of("pemda", text) == own
    assert in_words_of("kpu", text) == text


def test_a_body_says_which_data_sets_it_asks_for(tmp_path: Path) -> None:
    said = "[kumpulan_data]\nkeberatan = 'diminta'\nisu_hoaks = 'tidak'\n"
    assert read_one(tmp_path, lembaga=FILES["lembaga.toml"] + said).data_sets == {
        "keberatan": Demand.ASKED,
        "isu_hoaks": Demand.NONE,
    }


def test_the_names_a_body_may_say_are_those_of_the_contract() -> None:
    assert tuple(BY_NAME) == DATA_SETS


def test_an_empty_list_of_words_means_never(tmp_path: Path) -> None:
    body = read_one(tmp_path, lembaga=FILES["lembaga.toml"] + "[sebutan]\nsesudah_kode = []\n")
    assert body.words.after_code == ()


def test_bodies_stand_in_their_order() -> None:
    assert list(BODIES) == ["kpu", "bawaslu", "pemda"]
    assert DEFAULT_BODY.value == "kpu"


def test_every_folder_of_ours_can_be_used() -> None:
    assert FAULTS == ()


LAW = FILES["dasar_hukum.csv"]
KINDS = FILES["jenis.toml"]
FRAMEWORK, REPORT = (FILES[f"{name}.toml"] for name in ("kerangka", "laporan"))
APPROVAL = "[[alur.kabkota]]\nmemeriksa = ['Kasubbag']\nberlaku_sampai = 2026-06-30\n"
UNITS = "kode;nama;host;status_host\n"
FAULTY = {
    "not TOML": ({"lembaga": "urutan = 4\nlabel = DKPP\n"}, "dkpp/lembaga.toml, baris 2: bukan TOML"),
    "key missing": ({"lembaga": IDENTITY.replace("label", "lable")}, 'dkpp/lembaga.toml: kunci "label" tidak ada'),
    "key unknown": ({"lembaga": IDENTITY + 'warna = "merah"\n'}, 'baris 4: kunci "warna" tidak dikenal'),
    "number for text": ({"lembaga": IDENTITY.replace('"DKPP"', "7")}, 'baris 2: kunci "label" harus berisi teks'),
    "blank word": (
        {"lembaga": IDENTITY + "[sebutan]\nberkas = ['']\n"},
        'baris 5: kunci "berkas" harus berupa daftar teks',
    ),
    "half a name in Aceh": ({"lembaga": IDENTITY + "[aceh]\nnama = 'D'\n"}, 'baris 4: kunci "nama_panjang" tidak ada'),
    "broken pattern": ({"lembaga": IDENTITY + SITE.replace("'/berita'", "'/berita('")}, 'kunci "daftar" bukan pola'),
    "an unknown tier": (
        {"lembaga": IDENTITY + 'tingkat = ["kota"]\n'},
        'baris 4: tingkat "kota" tidak dikenal; yang ada: kabkota, provinsi, nasional',
    ),
    "a signer of a tier that it has not": (
        {"lembaga": IDENTITY + 'tingkat = ["nasional"]\n'},
        'dkpp/laporan.toml, baris 9: lembaga ini tidak bersatker pada tingkat "kabkota"',
    ),
    "an unknown data set": (
        {"lembaga": IDENTITY + "[kumpulan_data]\nkeberatan = 'opsional'\naspirasih = 'diminta'\n"},
        'dkpp/lembaga.toml, baris 6: kumpulan data "aspirasih" tidak dikenal; yang ada: kegiatan, publikasi',
    ),
    "an unknown word for a data set": (
        {"lembaga": IDENTITY + "[kumpulan_data]\nkeberatan = 'mungkin'\n"},
        'baris 5: kunci "keberatan" harus salah satu dari diminta, opsional, tidak',
    ),
    "columns of an unknown data set": (
        {"isian": "[giat.judul]\ncontoh = 'x'\n"},
        'dkpp/isian.toml: kumpulan data "giat" tidak dikenal',
    ),
    "an unknown demand": (
        {"isian": "[kegiatan.mitra]\nisian = 'harus'\n"},
        'dkpp/isian.toml, baris 2: kunci "isian" harus salah satu dari diminta, boleh',
    ),
    "a deadline beyond the next quarter": (
        {"lembaga": IDENTITY + DEADLINE.replace("provinsi = 8", "provinsi = 800")},
        'dkpp/lembaga.toml, baris 7: kunci "provinsi" harus 1 sampai 120',
    ),
    "a deadline without its day": (
        {"lembaga": IDENTITY + DEADLINE.replace("2026-01-01", "kini")},
        'dkpp/lembaga.toml, baris 5: kunci "berlaku_dari" harus tanggal',
    ),
    "deadlines out of order": ({"lembaga": IDENTITY + DEADLINE + DEADLINE}, "baris 11: tenggat harus urut"),
    "no cron": ({"lembaga": IDENTITY + SITE.replace("20 3 * * *", "tiap malam")}, 'kunci "jadwal" harus cron'),
    "label of another": ({"lembaga": IDENTITY.replace("DKPP", "KPU")}, 'label "KPU" sudah dipakai kpu'),
    "status of the framework": ({"kerangka": FRAMEWORK.replace("asumsi", "mungkin")}, "baris 2: status harus"),
    "a framework without parts": ({"kerangka": FRAMEWORK.partition("[[")[0]}, "dkpp/kerangka.toml"),
    "a part without a label": (
        {"kerangka": FRAMEWORK.replace('label = "Pendidikan etik"', "")},
        'baris 12: kunci "label" tidak ada',
    ),
    "a key of the third part": ({"kerangka": FRAMEWORK + "warna = 1\n"}, 'baris 14: kunci "warna" tidak dikenal'),
    "a brace left open": ({"laporan": REPORT.replace("Ketua {kantor}", "Ketua {kantor", 1)}, "baris 9: kurung kurawal"),
    "a usual number too high": (
        {"kerangka": FRAMEWORK + "[lazim]\nRAKOR = [9]\n"},
        'kunci "RAKOR" harus daftar nomor 1 sampai 3',
    ),
    "an unknown addressee": (
        {"laporan": REPORT.replace("Ketua {kantor}", "Ketua {kota}", 1)},
        "baris 9: {kota} tidak dikenal",
    ),
    "a scope without recipient": (
        {"laporan": REPORT.replace('provinsi = "Ketua majelis"\n', "")},
        'baris 3: kunci "provinsi" tidak ada',
    ),
    "three lines of letterhead": (
        {"laporan": REPORT.replace('"REPUBLIK INDONESIA"', '"A", "B"')},
        "kop harus dua baris",
    ),
    "a law without a date": ({"dasar_hukum": LAW.replace("2010-04-30", "")}, 'baris 2: kolom "berlaku_dari" kosong'),
    "a short name that no table has": (
        {"dasar_hukum": LAW + "UU 99/1999;;;;\n"},
        'baris 3: kolom "berlaku_dari" kosong',
    ),
    "a shared law twice": ({"dasar_hukum": LAW + "UU 14/2008;;;;\n"}, "baris 3: masa berlakunya bertumpuk"),
    "a law with a strange date": ({"dasar_hukum": LAW.replace("2010-04-30", "30/4/2010")}, "baris 2: tanggal harus"),
    "an overlap of dates": ({"dasar_hukum": LAW + LAW.splitlines()[1] + "\n"}, "baris 3: masa berlakunya bertumpuk"),
    "kinds without an order": ({"jenis": KINDS.replace("urutan", "urut")}, 'dkpp/jenis.toml: kunci "urutan" tidak ada'),
    "an unknown kind in the order": (
        {"jenis": KINDS.replace('"RILIS"', '"RLIS"')},
        'dkpp/jenis.toml, baris 1: jenis "RLIS" tidak dikenal',
    ),
    "words for a kind that nobody knows": (
        {"jenis": KINDS.replace("[RAKOR]", "[RAKROR]")},
        'baris 7: jenis "RAKROR" tidak dikenal; jenis sendiri perlu label',
    ),
    "a kind that is not in the order": (
        {"jenis": KINDS.replace('"SIDANG_ETIK", ', "")},
        'baris 3: jenis "SIDANG_ETIK"',
    ),
    "a kind named twice": (
        {"jenis": KINDS.replace('"RAKOR"', '"RILIS"', 1)},
        'baris 1: jenis "RILIS" tertulis dua kali',
    ),
    "no place for all else": ({"jenis": KINDS.replace(', "LAINNYA"', "")}, "baris 1: urutan harus memuat LAINNYA"),
    "a shared kind named anew": ({"jenis": KINDS + 'label = "Rapat"\n'}, 'baris 9: label "RAKOR" ditulis dalam'),
    "a word for two kinds": (
        {"jenis": KINDS.replace("Rapat majelis", "sidang-pemeriksaan")},
        'baris 8: "sidang-pemeriksaan" tertulis untuk SIDANG_ETIK dan RAKOR',
    ),
    "the name of another kind": (
        {"jenis": KINDS.replace("Rapat majelis", "Siaran pers")},
        "tertulis untuk RILIS dan RAKOR",
    ),
    "a kind in small letters": (
        {"jenis": KINDS.replace("[SIDANG_ETIK]", "[sidang]")},
        'jenis "sidang" harus huruf besar',
    ),
    "an unknown key of a kind": ({"jenis": KINDS + "warna = 1\n"}, 'baris 9: kunci "warna" tidak dikenal'),
    "another name for another body's kind": (
        {"jenis": KINDS.replace("SIDANG_ETIK", "KIRAB")},
        'baris 4: jenis KIRAB pada lembaga lain berlabel "Kirab"',
    ),
    "a usual number of an unknown kind": (
        {"kerangka": FRAMEWORK + "[lazim]\nBIMTEK = [1]\n"},
        'baris 15: jenis "BIMTEK" tidak ada dalam urutan',
    ),
    "a main number of an unknown kind": (
        {"kerangka": FRAMEWORK + "[utama]\nBIMTEK = [1]\n"},
        'baris 15: jenis "BIMTEK" tidak ada dalam urutan',
    ),
    "a broken pattern of a part's news": (
        {"kerangka": FRAMEWORK + "berita = 'etik('\n"},
        'dkpp/kerangka.toml, baris 14: kunci "berita" bukan pola yang sah',
    ),
    "a broken pattern of a kind's news": (
        {"jenis": KINDS + "berita = ['majelis', 'sidang(']\n"},
        'dkpp/jenis.toml, baris 9: kunci "berita" memuat pola yang tidak sah',
    ),
    "an approval of a tier that it has not": (
        {"laporan": REPORT + "[[alur.kota]]\nmemeriksa = ['Kasubbag']\n"},
        'dkpp/laporan.toml: lembaga ini tidak bersatker pada tingkat "kota"',
    ),
    "an approval without a step": (
        {"laporan": REPORT + "[[alur.kabkota]]\nditetapkan = 'SK 1'\n"},
        "dkpp/laporan.toml, baris 17: belum ada langkah; isi salah satu dari menerima, memeriksa, menyetujui",
    ),
    "an unknown place in a post": (
        {"laporan": REPORT + "[[alur.kabkota]]\nmemeriksa = ['Kasubbag {kota}']\n"},
        "dkpp/laporan.toml, baris 18: {kota} tidak dikenal",
    ),
    "two approvals of one day": (
        {"laporan": REPORT + APPROVAL + APPROVAL.replace("sampai", "dari")},
        "dkpp/laporan.toml, baris 22: masa berlaku bertumpuk: blok lain untuk hal yang sama berlaku sampai 2026-06-30",
    ),
    "days without an approval": (
        {"laporan": REPORT + APPROVAL + APPROVAL.replace("sampai = 2026-06-30", "dari = 2026-08-01")},
        "dkpp/laporan.toml, baris 22: masa berlaku berlubang: 2026-07-01 sampai 2026-07-31 tanpa blok",
    ),
    "an approval that ends before it begins": (
        {"laporan": REPORT + APPROVAL + "berlaku_dari = 2026-07-01\n"},
        "dkpp/laporan.toml, baris 19: berlaku_sampai mendahului berlaku_dari",
    ),
    "two names of a part on one day": (
        {"kerangka": FRAMEWORK + "[[butir]]\nnomor = 3\nlabel = 'Etik'\nberlaku_dari = 2027-01-01\n"},
        "dkpp/kerangka.toml, baris 17: masa berlaku bertumpuk: blok lain untuk hal yang sama berlaku tanpa akhir",
    ),
    "days without a name of a part": (
        {
            "kerangka": FRAMEWORK
            + "berlaku_sampai = 2026-12-31\n[[butir]]\nnomor = 3\nlabel = 'E'\nberlaku_dari = 2027-04-01\n"
        },
        "dkpp/kerangka.toml, baris 18: masa berlaku berlubang: 2027-01-01 sampai 2027-03-31 tanpa blok",
    ),
    "a number that no part has yet": (
        {"kerangka": FRAMEWORK + "[[butir]]\nnomor = 7\nlabel = 'Etik'\n"},
        'dkpp/kerangka.toml, baris 15: kunci "nomor" harus 1 sampai 3',
    ),
    "ten numbers": (
        {"kerangka": FRAMEWORK + "[[butir]]\nlabel = 'E'\n" * 7},
        "dkpp/kerangka.toml, baris 26: paling banyak 9 nomor, karena ditulis dengan satu angka",
    ),
    "two words on a column on one day": (
        {"isian": "[[kegiatan.mitra]]\ncontoh = 'A'\n[[kegiatan.mitra]]\ncontoh = 'B'\n"},
        "dkpp/isian.toml, baris 3: masa berlaku bertumpuk",
    ),
    "words of a stage that is not offered": (
        {"lembaga": IDENTITY + "[tahapan]\nditawarkan = ['NON_TAHAPAN']\n[tahapan.kata]\nKAMPANYE = ['x']\n"},
        'dkpp/lembaga.toml, baris 7: kunci "KAMPANYE" tidak dikenal',
    ),
    "a unit twice": (
        {"satker": UNITS + "33;A;;\n33;B;;\n"},
        "dkpp/satker.csv, baris 3: satker 33 tertulis dua kali",
    ),
    "a host with its scheme": (
        {"satker": UNITS + "33;;https://a.go.id;teramati\n"},
        'dkpp/satker.csv, baris 2: host "https://a.go.id" harus alamat tanpa https://',
    ),
    "a host that nobody says is seen": (
        {"satker": UNITS + "33;;a.go.id;\n"},
        "dkpp/satker.csv, baris 2: status_host harus teramati atau turunan",
    ),
    "other columns of units": ({"satker": "kode,nama\n"}, "dkpp/satker.csv, baris 1: kolomnya harus kode;nama;host"),
    "no law": ({"dasar_hukum": LAW.splitlines()[0] + "\n"}, "belum memuat satu peraturan pun"),
}


@pytest.mark.parametrize(("files", "message"), FAULTY.values(), ids=list(FAULTY))
def test_a_folder_that_cannot_be_used_is_told_with_its_place_and_the_others_go_on(
    tmp_path: Path, files, message
) -> None:
    data = shutil.copytree(DATA, tmp_path / "data")
    write_body(data, **files)
    bodies, faults = read_folders(data)
    assert list(bodies) == list(BODIES)
    assert message in str(faults[0])


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    folder = write_body(tmp_path)
    (folder / "laporan.toml").unlink()
    _, faults = read_folders(tmp_path)
    assert str(faults[0]) == "dkpp/laporan.toml: berkas ini belum ada"


def test_a_law_that_bodies_share_is_named_in_short(tmp_path: Path) -> None:
    write_body(tmp_path, dasar_hukum=LAW.splitlines()[0] + "\nPerki 1/2021;;;;\nUU 14/2008;;;;\n")
    bodies, _ = read_folders(tmp_path)
    assert bodies["dkpp"].laws == (shared_laws()["Perki 1/2021"], shared_laws()["UU 14/2008"])
    assert shared_laws()["Perki 1/2021"].title.endswith("tentang Standar Layanan Informasi Publik")


def test_a_law_is_cited_while_it_is_in_force() -> None:
    before, after = (BODIES["kpu"].legal_basis(day) for day in (date(2023, 6, 30), date(2026, 6, 30)))
    assert not any("Nomor 22 Tahun 2023" in title for title in before)
    assert [title for title in after if "Nomor 22 Tahun 2023" in title] == [
        title for title in after if "diubah terakhir dengan Peraturan Nomor 4 Tahun 2025" in title
    ]


OWN_WORDS = [
    ("pemda", "Netralitas ASN", 6),
    ("pemda", "Penanganan hoaks", 4),
    ("bawaslu", "Pengawasan partisipatif", 6),
    ("bawaslu", "Hubungan media", 3),
    ("kpu", "Partisipasi masyarakat", 4),
    ("kpu", "Netralitas ASN", None),
    ("pemda", "3. Respons peristiwa", 3),
    ("bawaslu", "Strategi III", 3),
]


@pytest.mark.parametrize(("body", "written", "value"), OWN_WORDS, ids=[f"{one[0]} {one[1]}" for one in OWN_WORDS])
def test_strategies_are_read_in_the_words_of_the_body(body, written, value) -> None:
    column = BY_NAME["kegiatan"].by_name["strategi_utama"]
    reading = read_column(column, [written]).with_bodies(column, lambda row: body)
    assert reading.value[0] == value
    assert bool(reading.problem) is (value is None)


OWN_KINDS = [
    ("bawaslu", "Saka Adhyasta", "PENGAWASAN_PARTISIPATIF"),
    ("bawaslu", "pemetaan kerawanan", "ANALISIS_ISU"),
    ("bawaslu", "klarifikasi terlapor", None),
    ("kpu", "klarifikasi berita", "KLARIFIKASI_HOAKS"),
    ("kpu", "Kirab", "KIRAB"),
    ("pemda", "kirab", "KIRAB"),
    ("pemda", "siaran keliling desa", "PENYEBARAN_INFORMASI"),
    ("pemda", "penerimaan tamu VIP", "KEPROTOKOLAN"),
    ("kpu", "penerimaan tamu", "AUDIENSI"),
    ("pemda", "Turnamen futsal", None),
]


@pytest.mark.parametrize(("body", "written", "kind"), OWN_KINDS, ids=[f"{one[0]} {one[1]}" for one in OWN_KINDS])
def test_kinds_are_read_in_the_words_of_the_body_and_those_of_others_as_what_they_are(body, written, kind) -> None:
    column = BY_NAME["kegiatan"].by_name["jenis_kegiatan"]
    reading = read_column(column, [written]).with_bodies(column, lambda row: body)
    assert (reading.value[0] if kind else None) == kind
    assert bool(reading.problem) is (kind is None)


def test_a_body_offers_its_own_kinds_and_knows_the_names_of_all() -> None:
    of_all = load_vocabulary()["jenis_kegiatan"]
    for code, body in BODIES.items():
        (column,) = (one for one in datasets_of(code)[0].columns if one.name == "jenis_kegiatan")
        vocabulary = load_vocabulary()[column.vocabulary or ""]
        assert entries(column) == tuple(of_all.label(value) for value in body.kinds.offered)
        assert entries(column)[-1] == "Lainnya"
        assert {term.value for term in vocabulary.known} == set(of_all.value)
        assert {vocabulary.label(value) for value in of_all.value} == {term.label for term in of_all.terms}


def test_numbers_of_figures_stay_when_kinds_are_added() -> None:
    assert [figure_id("satker", "kegiatan_jenis", kind) for kind in ("RILIS", "SARPRAS", "LAINNYA")] == [
        "S6.1",
        "S6.16",
        "S6.17",
    ]
    assert list(breakdown("kegiatan_jenis"))[-1] == "LAINNYA"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["a"], "a"), (["a", "b"], "a atau b"), (["a", "b", "c"], "a, b, atau c")],
    ids=["one", "two", "three"],
)
def test_words_become_a_list_in_a_sentence(words: list[str], sentence: str) -> None:
    assert one_of(words, "atau") == sentence


def test_the_longest_word_is_tried_first_and_signs_are_no_pattern() -> None:
    assert alternatives(["a.b", "ab c", "ab"]) == r"ab\ c|a\.b|ab"


def test_the_contract_names_the_bodies_of_the_folders() -> None:
    terms = {term.value: term.label for term in load_vocabulary()["lembaga"].terms}
    assert terms == {code: body.label for code, body in BODIES.items()}
    labels = one_of((body.label for body in BODIES.values()), "atau")
    assert load_rules()["V05"].remedy == f"Tulis {labels}."


CELLS = [("kip", "kpu"), ("Panwaslih", "bawaslu"), ("diskominfo", "pemda"), ("Dewan Etik", None)]


@pytest.mark.parametrize(("written", "body"), CELLS, ids=[one[0] for one in CELLS])
def test_a_cell_names_a_body_in_the_words_of_its_folder(written: str, body: str | None) -> None:
    reading = read_column(BY_NAME["kegiatan"].by_name["lembaga"], [written])
    assert (reading.value[0] if body else None) == body
    assert bool(reading.problem) is (body is None)


def test_a_body_without_tiers_said_has_units_in_all(tmp_path: Path) -> None:
    assert read_one(tmp_path).tiers == ("kabkota", "provinsi", "nasional")


def test_of_a_body_with_two_tiers_two_sign(tmp_path: Path) -> None:
    body = read_folders(COMMISSION.parent)[0]["ki"]
    assert body.tiers == ("provinsi", "nasional")
    assert [body.has_units(kind) for kind in ("nasional", "provinsi", "kabupaten", "kota")] == [
        True,
        True,
        False,
        False,
    ]
    assert set(body.report.signers) == set(body.report.letterheads) == {"provinsi", "nasional"}


EXAMPLES = [
    ("kpu", "tempat", "Aula KPU Kota Semarang"),
    ("bawaslu", "tempat", "Aula Bawaslu Kota Semarang"),
]


@pytest.mark.parametrize(("body", "column", "example"), EXAMPLES, ids=[f"{one[0]} {one[1]}" for one in EXAMPLES])
def test_examples_name_the_body_whose_template_they_stand_in(body: str, column: str, example: str) -> None:
    assert datasets_of(body)[0].by_name[column].example == example


ROUTES = """
[[alur.kabkota]]
berlaku_sampai = 2026-06-30
memeriksa = ["Kasubbag"]

[[alur.kabkota]]
berlaku_dari = 2026-07-01
memeriksa = ["Kasubbag", "Kabag"]
menyetujui = ["Sekretaris {kantor}"]
ditetapkan = "SK 7"

[[alur.provinsi]]
menerima = ["Bagian Humas"]
"""


@pytest.mark.parametrize(
    ("tier", "on", "told", "note"),
    [
        ("kabkota", date(2026, 6, 30), "Kasubbag (memeriksa) → Ketua {kantor} (menandatangani) → tingkat provinsi: Bagian Humas (menerima)", "asumsi pemasangan"),
        ("kabkota", date(2026, 7, 1), "Kasubbag (memeriksa) → Kabag (memeriksa) → Sekretaris {kantor} (menyetujui) → Ketua {kantor} (menandatangani) → tingkat provinsi: Bagian Humas (menerima)", "SK 7"),
        ("provinsi", date(2026, 7, 1), "Ketua {kantor} (menandatangani) → tingkat pusat: satuan kerja (menerima)", "asumsi pemasangan"),
        ("nasional", date(2026, 7, 1), "Ketua {kantor} (menandatangani) → disampaikan kepada Ketua majelis", None),
    ],
    ids=["until a day", "from the next day, decreed", "receives only", "of which nothing is written"],
)  # fmt: skip
def test_the_way_of_a_report_ends_with_its_signer_and_who_is_above(tmp_path: Path, tier, on, told, note) -> None:
    report = read_one(tmp_path, laporan=REPORT + ROUTES).report
    approval = report.approval(tier, on)
    assert report.told_route(tier, on) == told
    assert (approval.note if approval else None) == note


IN_TIME = (
    FRAMEWORK
    + """berlaku_sampai = 2026-12-31

[[butir]]
nomor = 3
label = "Pendidikan dan literasi etik"
berlaku_dari = 2027-01-01

[[butir]]
label = "Klinik etik"
berlaku_dari = 2027-01-01
"""
)


@pytest.mark.parametrize(
    ("on", "labels"),
    [
        (date(2026, 12, 31), ["Sidang terbuka", "Putusan dan publikasi", "Pendidikan etik"]),
        (date(2027, 3, 31), ["Sidang terbuka", "Putusan dan publikasi", "Pendidikan dan literasi etik", "Klinik etik"]),
    ],
    ids=["the old name and three parts", "the new name and a part more"],
)
def test_parts_of_a_framework_are_those_of_the_day(tmp_path: Path, on: date, labels: list[str]) -> None:
    framework = read_one(tmp_path, kerangka=IN_TIME).framework
    assert [part.label for part in framework.on(on).parts] == labels
    assert framework.values == ("1", "2", "3", "4")
    assert framework.on(on, {"4"}).values == ("1", "2", "3", "4"), "what rows used is never out of sight"


def test_a_template_and_a_vocabulary_offer_the_parts_of_the_quarter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(BODIES, "pemda", read_one(tmp_path, kerangka=IN_TIME))
    monkeypatch.setattr(vocabulary, "load_vocabulary", vocabulary.load_vocabulary.__wrapped__)
    then, later, ever = (strategies_of("pemda", on) for on in (date(2026, 9, 30), date(2027, 3, 31), None))
    lists = vocabulary.load_vocabulary()
    assert (lists[then].value, lists[then].label("3")) == (("1", "2", "3"), "Pendidikan etik")
    assert later == ever
    assert (lists[ever].value, lists[ever].label("3")) == (("1", "2", "3", "4"), "Pendidikan dan literasi etik")
    assert "Pendidikan etik" in lists[ever].terms[2].synonyms, "what an older form says is still understood"
    columns = datasets_of.__wrapped__("pemda", date(2026, 9, 30))[0].by_name
    assert (columns["strategi_utama"].numbered, columns["strategi_utama"].maximum) == (then, 3)


COLUMN_IN_TIME = """
[[kegiatan.mitra]]
contoh = "Peradi"
isian = "diminta"
berlaku_sampai = 2026-12-31

[[kegiatan.mitra]]
contoh = "Ikadin"
berlaku_dari = 2027-01-01
berlaku_sampai = 2027-06-30
"""


@pytest.mark.parametrize(
    ("on", "example", "asked"),
    [
        (date(2026, 9, 30), "Peradi", True),
        (date(2027, 3, 31), "Ikadin", False),
        (date(2027, 9, 30), "PWI Kota Semarang", False),
        (None, "Ikadin", False),
    ],
    ids=["first word", "next word", "none any more: the contract's", "no day: the last word"],
)
def test_what_a_body_says_of_a_column_is_that_of_the_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on: date | None, example: str, asked: bool
) -> None:
    monkeypatch.setitem(BODIES, "pemda", read_one(tmp_path, isian=COLUMN_IN_TIME))
    column = spoken_by.__wrapped__("pemda", on)["kegiatan"].by_name["mitra"]
    assert (column.example, column.asked) == (example, asked)


STAGES = [
    ("pemda", "NPHD", "PERENCANAAN"),
    ("kpu", "NPHD", None),
    ("pemda", "rekap", "REKAPITULASI"),
    ("pemda", "hari tenang", "MASA_TENANG"),
    ("kpu", "rekap", "REKAPITULASI"),
    ("pemda", "", "NON_TAHAPAN"),
]


@pytest.mark.parametrize(("body", "written", "stage"), STAGES, ids=[f"{one[0]} {one[1]}" for one in STAGES])
def test_stages_are_read_in_the_words_of_the_body_and_those_it_does_not_offer_too(body, written, stage) -> None:
    column = BY_NAME["kegiatan"].by_name["tahapan"]
    reading = read_column(column, [written]).with_bodies(column, lambda _: body)
    assert (None if reading.problem else reading.value[0]) == stage


def test_a_body_offers_the_stages_that_it_names_and_one_that_says_nothing_all() -> None:
    def offered(body: str) -> tuple[str | int, ...]:
        return entries(datasets_of(body)[0].by_name["tahapan"])

    assert offered("kpu") == offered("bawaslu") == tuple(term.label for term in load_vocabulary()["tahapan"].terms)
    assert {"Kampanye", "Non-tahapan"} < {*offered("pemda")} < {*offered("kpu")}
    assert "Rekapitulasi" not in offered("pemda")


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (StageList(("NON_TAHAPAN", "KAMPAYE")), 'tahapan "KAMPAYE" tidak dikenal'),
        (StageList(("KAMPANYE",)), "ditawarkan harus memuat NON_TAHAPAN"),
        (StageList(("NON_TAHAPAN", "KAMPANYE"), {"KAMPANYE": ("Coklit",)}), '"Coklit" sudah berarti PEMUTAKHIRAN_DATA_PEMILIH'),
    ],
    ids=["an unknown stage", "no place for all else", "the word of another stage"],
)  # fmt: skip
def test_a_list_of_stages_that_cannot_be_meant_is_told_and_left_alone(
    monkeypatch: pytest.MonkeyPatch, said: StageList, fault: str
) -> None:
    monkeypatch.setitem(BODIES, "bawaslu", replace(BODIES["bawaslu"], stages=said))
    assert list(unusable_columns()) == [f"bawaslu/lembaga.toml, [tahapan]: {fault}; yang dipakai: semua tahapan"]
    assert "tahapan_bawaslu" not in vocabulary.load_vocabulary.__wrapped__()


def test_a_unit_that_no_registry_knows_is_told_and_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    units = {"33": OwnUnit("", "ki.go.id", False), "99.99": OwnUnit("Kota Baru", "", False)}
    monkeypatch.setitem(BODIES, "pemda", replace(BODIES["pemda"], units=units))
    assert list(unusable_units()) == ["pemda/satker.csv: satker 99.99 tidak dikenal"]


def test_every_nightly_visit_has_its_own_time() -> None:
    times = [sites.schedule for sites in SITES.values()]
    assert len(set(times)) == len(times)


PROGRAM = """
import json, sys
from pathlib import Path
from humas.pipeline.mentions import bodies_in
from humas.news.unit import find_bodies
from humas.periods import Triwulan
from humas.registry import Lembaga, load_register
from humas.registry.channel_line import parse_body
from humas.registry.names import parse_name
from humas.settings import Settings
from humas.simulate.document import write_document
from humas.simulate.plan import plan_world
from humas.sources.site import find_sites
from humas.validation.keys import body_in

register = load_register(Settings(home=Path(sys.argv[1]), database_url=""))
unit = register.satker("33.74")
settings = Settings(home=Path(sys.argv[1]), database_url="")
worlds = {body.value: plan_world(2026, body, Triwulan(2026, 3), register) for body in Lembaga}
print(json.dumps({
    "bodies": [body.value for body in Lembaga],
    "names": [register.satker(code).official_name("dkpp") for code in ("00", "33", "33.74")],
    "same": parse_name("DKPP Kota Semarang") == parse_name("KPU Kota Semarang"),
    "read": [parse_body(" Dkpp "), sorted(bodies_in("Laporan DKPP Kota Semarang")), body_in("DKPP RI")],
    "news": [one.lembaga for one in find_bodies("KPU dan DKPP Kota Semarang", register)],
    "sites": find_sites(register, settings.site, "dkpp"),
    "written": {body: len(write_document(world, world.plans["33.74"], "json").pages) for body, world in worlds.items()},
}))
"""


@pytest.mark.mesin
def test_a_body_added_by_the_table_alone_is_named_read_and_written(tmp_path: Path) -> None:
    found = json.loads(run_with_added_body(tmp_path, PROGRAM, str(tmp_path)))
    assert found["bodies"] == [*BODIES, "dkpp"]
    assert found["names"] == ["DKPP RI", "DKPP Provinsi Jawa Tengah", "DKPP Kota Semarang"]
    assert found["same"]
    assert found["read"] == ["dkpp", ["dkpp"], "dkpp"]
    assert found["news"] == ["kpu"], "news is searched for it once its words stand in [berita]"
    assert found["sites"] == []
    assert set(found["written"]) == {*BODIES, "dkpp"}
    assert all(found["written"].values())
