from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from humas.bodies import DATA_SETS
from humas.contract.columns import DATASETS as HIMPUNAN_KONTRAK
from humas.errors import OperatorError
from humas.registry import Channel, ChannelKind, Lembaga, Register, Trouble, load_register
from humas.settings import Settings
from hypothesis import given, settings
from hypothesis import strategies as st

SETTINGS = Settings.from_environment({})
HEADER = "lembaga,kode_satker,nama_satker,jenis,alamat,urutan,kredensial,himpunan,percaya_waktu,aktif\n"
GOOD = "kpu,33.74,Kota Semarang,api,https://kota-semarang.kpu.go.id/api,1,,,,\n"
URL = "https://kota-semarang.kpu.go.id/api"
Write = Callable[..., Register]


@pytest.fixture
def load(tmp_path: Path) -> Write:
    def write_and_load(content: str | bytes, name: str = "register.csv") -> Register:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return load_register(SETTINGS, file)

    return write_and_load


def only(register: Register) -> Trouble:
    (troubles,) = register.troubles
    return troubles


def test_a_full_line_becomes_a_channel(load: Write) -> None:
    register = load(
        HEADER + "Bawaslu,33.74,Kota Semarang,berkas,https://a.go.id/x.csv,2,PortalKpuJateng2026,Isu Hoaks,ya,ya\n"
    )
    assert register.troubles == ()
    assert register.channel("bawaslu", "33.74") == (
        Channel(
            Lembaga.BAWASLU,
            "33.74",
            "berkas",
            "https://a.go.id/x.csv",
            2,
            "PortalKpuJateng2026",
            "isu_hoaks",
            True,
            True,
            row=2,
        ),
    )
    assert register.channel("kpu", "33.74") == ()


WAYS = {"lengkap": "lengkap", "Susulan": "susulan", "": ""}


@pytest.mark.parametrize(("written", "way"), WAYS.items(), ids=WAYS.keys())
def test_a_line_says_whether_its_source_lists_everything_or_only_what_is_new(
    load: Write, written: str, way: str
) -> None:
    register = load(f"lembaga,kode_satker,jenis,alamat,cara\nkpu,33.74,api,{URL},{written}\n")
    assert [channel.way for channel in register.channel("kpu", "33.74")] == [way]


WRONG_WAYS = {
    "a word that is neither": ("api", "sebagian", 'Cara "sebagian" tidak dikenal.', "susulan bila hanya yang baru"),
    "a site gives drafts alone": ("situs", "lengkap", "Cara tidak berlaku untuk saluran situs.", "kosongkan cara"),
}


@pytest.mark.parametrize(("kind", "way", "message", "remedy"), WRONG_WAYS.values(), ids=WRONG_WAYS.keys())
def test_a_way_that_cannot_be_is_refused(load: Write, kind: str, way: str, message: str, remedy: str) -> None:
    trouble = only(load(f"lembaga,kode_satker,jenis,alamat,cara\nkpu,33.74,{kind},{URL},{way}\n"))
    assert message in trouble.message and remedy in trouble.remedy


def test_what_is_not_said_has_a_default(load: Write) -> None:
    register = load("lembaga;satker;jenis;url\nHumas Pemda;kab. semarang;BERKAS;kirim/33.22\n")
    assert register.channel(Lembaga.PEMDA, "33.22") == (
        Channel(Lembaga.PEMDA, "33.22", ChannelKind.FILES, "kirim/33.22", row=2),
    )


@pytest.mark.parametrize(
    ("row", "code", "message", "remedy"),
    [
        (
            "xyz,33.74,,api,https://a.go.id/,,,,,",
            "33.74",
            'Lembaga "xyz" tidak dikenal.',
            "isi lembaga dengan kpu, bawaslu, ",
        ),
        (
            "kpu,33.74,,\x1b[31m,https://a.go.id/,,,,,",
            "33.74",
            'Jenis "�[31m" tidak dikenal.',
            "api, berkas, atau situs",
        ),
        ("kpu,33.74,,surat,https://a.go.id/,,,,,", "33.74", 'Jenis "surat"', "api, berkas, atau situs"),
        ("kpu,33.74,,api,,,,,,", "33.74", "Alamat kosong.", "isi alamat"),
        ("kpu,33.74,,api,folder/x,,,,,", "33.74", "api tidak beralamat URL", "ganti jenis ke berkas"),
        ("kpu,33.74,,api,file:///srv/x,,,,,", "33.74", "api tidak beralamat URL", "ganti jenis ke berkas"),
        ("kpu,33.74,,berkas,ftp://a.go.id/x,,,,,", "33.74", '"ftp://a.go.id/x" bukan URL', "https://"),
        ("kpu,33.74,,berkas,https:///x?kunci=rahasia,,,,,", "33.74", '"https:///x" bukan URL', "https://"),
        ("kpu,33.74,,berkas,https://a.go.id:99999/,,,,,", "33.74", "bukan URL yang sah", "peramban"),
        ("kpu,33.74,,berkas,https://[::1/,,,,,", "33.74", "bukan URL yang sah", "peramban"),
        ("kpu,33.74,,berkas,https://u:rahasia@a.go.id/,,,,,", "33.74", "nama pengguna atau sandi", "kolom kredensial"),
        (
            "kpu,33.74,,berkas,https://docs.google.com/spreadsheets/d/x/edit?usp=sharing,,,,,",
            "33.74",
            "peramban",
            "Publikasikan",
        ),
        ("kpu,33.74,,berkas,fol\u200bder,,,,,", "33.74", "tidak tampak", "ketik ulang"),
        ("kpu,33.74,,api,https://a.go.id/,0,,,,", "33.74", 'Urutan "0"', "urutan 1"),
        ("kpu,33.74,,api,https://a.go.id/,1,eyJhbGciOi/rahasia=,,,", "33.74", "bukan sebuah nama", "bukan sandi"),
        ("kpu,33.74,,berkas,x,1,,{kegiatan},,", "33.74", 'Himpunan "{kegiatan}"', "kegiatan, publikasi"),
        ("kpu,33.74,,api,https://a.go.id/,1,,kegiatan,,", "33.74", "hanya untuk saluran berkas", "kosongkan"),
        ("kpu,33.74,,api,https://a.go.id/,1,,,mungkin,", "33.74", '"mungkin" bukan ya atau tidak', "ya atau tidak"),
        ("kpu,32.1,,api,https://a.go.id/,,,,,", "", "Mungkin 32.10 Kabupaten Majalengka", "teks"),
        ("kpu,32.1,Majalengka,api,https://a.go.id/,,,,,", "32.10", "Mungkin 32.10 Kabupaten Majalengka", "teks"),
        (
            "kpu,,Semarang,api,https://a.go.id/,,,,,",
            "",
            "Kabupaten Semarang (33.22) atau Kota Semarang (33.74)",
            "Kota",
        ),
        ("kpu,,,api,https://a.go.id/,,,,,", "", "Satker tidak disebut.", "kode_satker atau nama_satker"),
        ("kpu,91.01,,api,https://a.go.id/,,,,,", "93.01", "Kode 91.01 Kabupaten Merauke tidak berlaku", '"93.01"'),
        ("kpu,11.08,Aceh Besar,api,https://a.go.id/,,,,,", "11.08", "11.08 mungkin kode BPS", '"11.06"'),
        (
            "kpu,32.10,Indramayu,api,https://a.go.id/,,,,,",
            "32.10",
            'Majalengka, tetapi tertulis "Indramayu".',
            '"32.12"',
        ),
        ("kpu,33.74,Kota Semrang,api,https://a.go.id/,,,,,", "33.74", 'tetapi tertulis "Kota Semrang"', "samakan"),
        ('kpu,33.74,"Kota,api,https://a.go.id/,,,,,', "33.74", "Tanda kutip", "tutup"),
        (
            "kpu,33.74,,api,https://a.go.id/,1,ghp16C7e42F292c6912E7710c838347Ae,,,",
            "33.74",
            "bukan sebuah nama",
            "bukan",
        ),
        ("kpu,33.74.01,,api,https://a.go.id/,,,,,", "", "Mungkin 33.74 Kota Semarang", "teks"),
        ("kpu,#N/A,Kota Semarang,api,https://a.go.id/,,,,,", "33.74", '"#N/A" tidak terdaftar', "33.74"),
        ("kpu,33.74,,api,https://a.go.id/?a=1,2,,,,,,x", "33.74", "12 sel, kepala kolom hanya 10", "tanda kutip"),
    ],
)
def test_a_bad_line_disables_that_channel_alone(load: Write, row: str, code: str, message: str, remedy: str) -> None:
    register = load(f"{HEADER}{GOOD}{row}\nkpu,33.22,,berkas,kirim/33.22,,,,,\n")
    troubles = only(register)
    assert (troubles.file, troubles.row, troubles.code) == ("register.csv", 3, code)
    assert troubles.lembaga == ("" if row.startswith("xyz") else "kpu")
    assert message in troubles.message
    assert remedy in troubles.remedy
    assert "rahasia" not in troubles.message + troubles.remedy
    assert {(channel.satker_code, channel.row) for channel in register.all_channels} == {("33.74", 2), ("33.22", 4)}
    assert register.satker_troubles("kpu", code) == ((troubles,) if troubles.lembaga else ())


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!"])
def test_a_formula_that_failed_is_no_comment(load: Write, error: str) -> None:
    troubles = only(load(f"{HEADER}{GOOD}{error},33.22,,berkas,kirim/33.22,,,,,\n"))
    assert (troubles.row, troubles.code, troubles.message) == (3, "33.22", f'Lembaga "{error}" tidak dikenal.')


@pytest.mark.parametrize(
    ("row", "lembaga"), [("KIP,11.06", "kpu"), ("Panwaslih,11.06", "bawaslu"), ("Pemkot,33.74", "pemda")]
)
def test_a_body_may_be_called_as_it_is_there(load: Write, row: str, lembaga: str) -> None:
    register = load(f"{HEADER}{row},,berkas,kirim,,,,,\n")
    assert [(channel.lembaga, channel.satker_code) for channel in register.all_channels] == [(lembaga, row[-5:])]


def test_a_forgotten_quote_spoils_its_line_alone(load: Write) -> None:
    register = load(f'{HEADER}kpu,33.10,"Klaten,berkas,kirim/33.10,,,,,\n{GOOD}kpu,33.22,,berkas,"kirim",,,,,\n')
    assert {channel.satker_code for channel in register.all_channels} == {"33.74", "33.22"}
    assert only(register).row == 2


def test_all_faults_of_a_line_are_told_at_once(load: Write) -> None:
    troubles = only(load(HEADER + "x,33.74,,y,,z,,,,\n"))
    assert [parts in troubles.message for parts in ("Lembaga", "Jenis", "Alamat", "Urutan")] == [True] * 4


def test_the_same_channel_twice_counts_once(load: Write) -> None:
    register = load(HEADER + GOOD + GOOD.replace(",1,", ",2,"))
    assert len(register.channel("kpu", "33.74")) == 1
    assert only(register).message == "Saluran ini sama dengan baris 2."


def test_several_channels_are_tried_in_their_order(load: Write) -> None:
    register = load(HEADER + GOOD.replace(",1,", ",2,") + "kpu,33.74,,berkas,kirim,1,,,,\n")
    assert [one.kind for one in register.channel("kpu", "33.74")] == ["berkas", "api"]


def test_a_channel_can_be_switched_off(load: Write) -> None:
    register = load(HEADER + "kpu,33.74,,berkas,kirim,1,,,,tidak\n")
    assert register.channel("kpu", "33.74") == ()
    assert len(register.all_channels) == 1
    assert register.troubles == ()


@pytest.mark.parametrize(
    "content",
    [
        (HEADER + GOOD).encode("utf-8-sig"),
        (HEADER + GOOD).encode("utf-16"),
        (HEADER + GOOD).replace("\n", "\r\n").encode(),
        (HEADER + GOOD).replace(",", ";").encode(),
        (HEADER + GOOD).replace(",", "\t").encode(),
        ("sep=,\n# catatan, kami\n\n" + HEADER + ",,,,,,,,,\n" + GOOD).encode(),
        (HEADER.upper() + GOOD).encode(),
        ("lembaga,Kode Satker,jenis,alamat,Catatan\nkpu,33.74,api," + URL + ",dari telepon\n").encode(),
        ("lembaga,kode,jenis,alamat\n" + f'kpu,"33.74",api,"{URL}"').encode(),
        (f"lembaga;kode;jenis;alamat;catatan\nkpu;33.74;api;{URL};dari rapat – 3 Juli\n").encode("cp1252"),
        (f'lembaga,kode,jenis,alamat,catatan\nkpu,33.74,api,{URL},"dari telepon\r\n\r\nhubungi ""Bu Sri"", lagi"\n').encode(),
        (f'"# API, dari portal",,,\n{HEADER}" # yang lama, mati",,,,,,,,,\n{GOOD}').encode(),
        (HEADER + GOOD.replace("kpu,33.74,", "KPU , 33.74\u00a0, ").replace(",1,", ",1 ,")).encode(),
    ],
    ids=["bom", "utf-16", "crlf", "semicolon", "tab", "comments", "upper case", "notes", "quoted", "cp1252",
         "a note of several lines", "comments quoted by a spreadsheet", "stray spaces"],
)  # fmt: skip
def test_reads_the_csv_that_offices_make(load: Write, content: bytes) -> None:
    register = load(content)
    assert register.troubles == ()
    assert [one.address for one in register.channel("kpu", "33.74")] == [URL]


def test_a_line_keeps_its_number_in_the_file(load: Write) -> None:
    assert only(load("# satu\n\n" + HEADER + "\n" + GOOD + "kpu,0,,api,x,,,,,\n")).row == 6


def test_after_a_note_of_several_lines_the_number_is_the_row_of_the_spreadsheet(load: Write) -> None:
    content = f'lembaga,kode,jenis,alamat,catatan\nkpu,33.74,api,{URL},"satu\ndua\n\ntiga"\nkpu,0,api,x,\n'
    assert only(load(content)).row == 3


def test_an_unknown_column_is_told_and_the_rest_is_read(load: Write) -> None:
    register = load("lembaga,kode,jenis,alamat,kredential\nkpu,33.74,api," + URL + ",X\n")
    assert only(register).message == 'Kolom "kredential" tidak dikenal, sehingga isinya tidak dibaca.'
    assert 'ganti menjadi "kredensial"' in only(register).remedy
    assert len(register.channel("kpu", "33.74")) == 1


YAML = """\
# saluran instalasi
saluran:
  - lembaga: kpu
    kode_satker: "33.74"
    jenis: api
    alamat: https://kota-semarang.kpu.go.id/api
    percaya_waktu: true
  - lembaga: kpu
    nama_satker: Kabupaten Semarang
    jenis: berkas
    alamat: kirim/33.22
    himpunan: ~
"""


@pytest.mark.parametrize(
    "content", [YAML, YAML.replace("saluran:\n", "").replace("  - ", "- ").replace("\n    ", "\n  ")]
)
@pytest.mark.parametrize("name", ["register.yaml", "register.YML"])
def test_reads_yaml(load: Write, content: str, name: str) -> None:
    register = load(content, name)
    assert register.troubles == ()
    (api,) = register.channel("kpu", "33.74")
    assert (api.address, api.trust_time) == (URL, True)
    assert register.channel("kpu", "33.22")[0].address == "kirim/33.22"


@pytest.mark.parametrize(
    ("entry", "code", "message", "remedy"),
    [
        (
            "{lembaga: kpu, kode_satker: 32.10, jenis: berkas, alamat: x}",
            "32.10",
            "Kode 32.10 tertulis tanpa tanda kutip",
            '"32.10"',
        ),
        (
            "{lembaga: kpu, kode_satker: 33, jenis: berkas, alamat: x}",
            "33",
            "Kode 33 tertulis tanpa tanda kutip",
            '"33"',
        ),
        ("{lembaga: kpu, kode_satker: 33.1, jenis: berkas, alamat: x}", "", "Kode 33.1 tertulis tanpa", "tanda kutip"),
        ("{lembaga: kpu, kode: '33.10', jenis: berkas, alamat: [x, y]}", "33.10", "bukan satu nilai", "satu nilai"),
        (
            "{lembaga: kpu, kode: '33.10', jenis: berkas, alamat: x, alamat: y}",
            "33.10",
            '"alamat" tertulis dua kali',
            "hapus",
        ),
        ("{lembaga: kpu, kode: '33.10', jenis: berkas, alamat: x, almat: y}", "33.10", 'Kolom "almat"', '"alamat"'),
        ("{lembaga: kpu, kode: '33.10', jenis: berkas}", "33.10", "Alamat kosong.", "isi alamat"),
        ("halo", "", "bukan pasangan", "- lembaga:"),
        ("{[a]: b}", "", "tidak dikenal", "pakai salah satu"),
        ("!!python/object/apply:os.system ['true']", "", "bukan pasangan", "- lembaga:"),
    ],
)
def test_a_bad_yaml_entry_disables_that_channel_alone(
    load: Write, entry: str, code: str, message: str, remedy: str
) -> None:
    register = load(f"{YAML}  - {entry}\n", "register.yaml")
    troubles = only(register)
    assert (troubles.row, troubles.code) == (13, code)
    assert message in troubles.message
    assert remedy in troubles.remedy
    assert len(register.all_channels) == 2


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("register.csv", b"", "tidak ada isinya"),
        ("register.csv", b"\n# x\n", "tidak ada isinya"),
        ("register.csv", b"lembaga,jenis\n", "kolom alamat, kode_satker tidak ada"),
        ("register.csv", b"lembaga,kode,kode_satker,jenis,alamat\n", "kode_satker tertulis dua kali"),
        ("register.csv", b'lembaga,"kode,jenis,alamat\n', "kepala kolom rusak"),
        ("register.csv", b"lembaga,kode,jenis,alamat\nkpu,\x81\xfe,api,x\n", "bukan UTF-8"),
        ("register.csv", b"x" * (8 * 1024 * 1024 + 1), "8 MB"),
        ("register.yaml", b"saluran:\n  - a: [\n", "YAML salah pada baris 3"),
        ("register.yaml", b"", '"saluran" tidak ada'),
        ("register.yaml", b"kpu: 1\n", '"saluran" tidak ada'),
        ("register.yaml", b"a: \x00", "YAML salah"),
        ("register.yaml", b"[" * 200_000, "YAML terlalu dalam"),
        ("register.yaml", b"- " * 200_000 + b"x", "YAML terlalu dalam"),
        ("register.xlsx", b"PK", '".xlsx" tidak didukung'),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "isi",
)
def test_a_file_that_cannot_be_read_is_our_error(load: Write, name: str, content: bytes, cause: str) -> None:
    with pytest.raises(OperatorError) as error:
        load(content, name)
    assert error.value.code == "register_tak_terbaca"
    assert cause in error.value.message
    assert name in error.value.message


def test_a_missing_file_and_a_folder_are_our_error(tmp_path: Path) -> None:
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    for file in (tmp_path / "tidak-ada.csv", folder):
        with pytest.raises(OperatorError, match=file.name):
            load_register(SETTINGS, file)


def test_the_file_comes_from_the_settings_unless_another_is_given(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEADER + GOOD)
    (tmp_path / "b.csv").write_text(HEADER)
    installation = SETTINGS.with_(registry_file=tmp_path / "a.csv")
    assert len(load_register(installation).all_channels) == 1
    assert load_register(installation, tmp_path / "b.csv").all_channels == ()
    assert load_register(SETTINGS).all_channels == ()


@settings(max_examples=100, deadline=None)
@given(garbage=st.text(max_size=80))
def test_no_line_whatever_it_holds_stops_another(tmp_path_factory: pytest.TempPathFactory, garbage: str) -> None:
    file = tmp_path_factory.getbasetemp() / "sampah.csv"
    one_line = garbage.replace("\r", " ").replace("\n", " ")
    file.write_bytes(f"{HEADER}{GOOD}{one_line}\n{GOOD.replace('33.74,Kota', '33.22,Kabupaten')}".encode())
    register = load_register(SETTINGS, file)
    assert {channel.satker_code for channel in register.all_channels} == {"33.74", "33.22"}
    assert {troubles.row for troubles in register.troubles} <= {3}
    assert all((troubles.message + troubles.remedy).isprintable() for troubles in register.troubles)


@pytest.mark.parametrize("form", ["csv", "yaml"])
def test_a_national_file_loads_whole(load: Write, form: str) -> None:
    satker = load_register(SETTINGS).everything()
    if form == "csv":
        content = HEADER + "".join(
            f"kpu,{unit.code},{unit.name},api,https://a.go.id/{unit.code},,,,,\n" for unit in satker
        )
    else:
        content = "".join(
            f'- {{lembaga: kpu, kode: "{u.code}", jenis: api, alamat: "https://a.go.id/{u.code}"}}\n' for u in satker
        )
    register = load(content, f"register.{form}")
    assert (len(register.all_channels), register.troubles) == (553, ())


def test_the_data_sets_are_those_of_the_contract() -> None:
    assert tuple(dataset.name for dataset in HIMPUNAN_KONTRAK) == DATA_SETS


def test_a_site_is_no_channel_of_reports(load):
    register = load(HEADER + f"kpu,33.74,,situs,{URL},,,,,\nkpu,33.22,,situs,{URL},,,,,tidak\n")
    assert register.channel("kpu", "33.74") == ()
    assert register.all_channels == ()
    assert [(s.satker_code, s.active) for s in register.all_sites] == [("33.22", False), ("33.74", True)]
    assert [one.address for one in register.site("kpu", "33.74")] == [URL]
    assert register.site("bawaslu", "33.74") == ()


def test_a_local_government_has_a_site_of_its_own_form(load):
    register = load(HEADER + f"pemda,33.74,,situs,{URL},,,,,\n")
    assert [one.address for one in register.site("pemda", "33.74")] == [URL]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        pytest.param("kpu,33.74,,situs,folder/x,,,,,", "Saluran situs tidak beralamat URL", id="folder"),
        pytest.param(f"kpu,33.74,,situs,{URL},,,kegiatan,,", "Himpunan hanya untuk saluran berkas", id="himpunan"),
    ],
)
def test_a_site_line_that_cannot_be_used_says_why(load, row, message):
    (troubles,) = load(HEADER + row + "\n").troubles
    assert message in troubles.message
