from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from humas.contract.columns import HIMPUNAN as HIMPUNAN_KONTRAK
from humas.errors import SistemError
from humas.registry import Gangguan, Lembaga, Register, Saluran, load_register
from humas.registry.channel_line import HIMPUNAN
from humas.settings import Settings
from hypothesis import given, settings
from hypothesis import strategies as st

SETTINGS = Settings.from_environment({})
KEPALA = "lembaga,kode_satker,nama_satker,jenis,alamat,urutan,kredensial,himpunan,percaya_waktu,aktif\n"
BAIK = "kpu,33.74,Kota Semarang,api,https://kota-semarang.kpu.go.id/api,1,,,,\n"
URL = "https://kota-semarang.kpu.go.id/api"
Tulis = Callable[..., Register]


@pytest.fixture
def load(tmp_path: Path) -> Tulis:
    def write_and_load(isi: str | bytes, nama: str = "register.csv") -> Register:
        berkas = tmp_path / nama
        berkas.write_bytes(isi.encode() if isinstance(isi, str) else isi)
        return load_register(SETTINGS, berkas)

    return write_and_load


def only(register: Register) -> Gangguan:
    (gangguan,) = register.gangguan
    return gangguan


def test_a_full_line_becomes_a_channel(load: Tulis) -> None:
    register = load(
        KEPALA + "Bawaslu,33.74,Kota Semarang,berkas,https://a.go.id/x.csv,2,PortalKpuJateng2026,Isu Hoaks,ya,ya\n"
    )
    assert register.gangguan == ()
    assert register.saluran("bawaslu", "33.74") == (
        Saluran(
            Lembaga.BAWASLU,
            "33.74",
            "berkas",
            "https://a.go.id/x.csv",
            2,
            "PortalKpuJateng2026",
            "isu_hoaks",
            True,
            True,
            baris=2,
        ),
    )
    assert register.saluran("kpu", "33.74") == ()


def test_what_is_not_said_has_a_default(load: Tulis) -> None:
    register = load("lembaga;satker;jenis;url\nHumas Pemda;kab. semarang;BERKAS;kirim/33.22\n")
    assert register.saluran(Lembaga.PEMDA, "33.22") == (
        Saluran(Lembaga.PEMDA, "33.22", "berkas", "kirim/33.22", baris=2),
    )


@pytest.mark.parametrize(
    ("baris", "kode", "pesan", "cara"),
    [
        ("xyz,33.74,,api,https://a.go.id/,,,,,", "33.74", 'Lembaga "xyz" tidak dikenal.', "kpu, bawaslu, atau pemda"),
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
def test_a_bad_line_disables_that_channel_alone(load: Tulis, baris: str, kode: str, pesan: str, cara: str) -> None:
    register = load(f"{KEPALA}{BAIK}{baris}\nkpu,33.22,,berkas,kirim/33.22,,,,,\n")
    gangguan = only(register)
    assert (gangguan.berkas, gangguan.baris, gangguan.kode) == ("register.csv", 3, kode)
    assert gangguan.lembaga == ("" if baris.startswith("xyz") else "kpu")
    assert pesan in gangguan.pesan
    assert cara in gangguan.cara
    assert "rahasia" not in gangguan.pesan + gangguan.cara
    assert {(satu.kode_satker, satu.baris) for satu in register.semua_saluran} == {("33.74", 2), ("33.22", 4)}
    assert register.gangguan_satker("kpu", kode) == ((gangguan,) if gangguan.lembaga else ())


@pytest.mark.parametrize("galat", ["#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!"])
def test_a_formula_that_failed_is_no_comment(load: Tulis, galat: str) -> None:
    gangguan = only(load(f"{KEPALA}{BAIK}{galat},33.22,,berkas,kirim/33.22,,,,,\n"))
    assert (gangguan.baris, gangguan.kode, gangguan.pesan) == (3, "33.22", f'Lembaga "{galat}" tidak dikenal.')


@pytest.mark.parametrize(
    ("baris", "lembaga"), [("KIP,11.06", "kpu"), ("Panwaslih,11.06", "bawaslu"), ("Pemkot,33.74", "pemda")]
)
def test_a_body_may_be_called_as_it_is_there(load: Tulis, baris: str, lembaga: str) -> None:
    register = load(f"{KEPALA}{baris},,berkas,kirim,,,,,\n")
    assert [(satu.lembaga, satu.kode_satker) for satu in register.semua_saluran] == [(lembaga, baris[-5:])]


def test_a_forgotten_quote_spoils_its_line_alone(load: Tulis) -> None:
    register = load(f'{KEPALA}kpu,33.10,"Klaten,berkas,kirim/33.10,,,,,\n{BAIK}kpu,33.22,,berkas,"kirim",,,,,\n')
    assert {satu.kode_satker for satu in register.semua_saluran} == {"33.74", "33.22"}
    assert only(register).baris == 2


def test_all_faults_of_a_line_are_told_at_once(load: Tulis) -> None:
    gangguan = only(load(KEPALA + "x,33.74,,y,,z,,,,\n"))
    assert [bagian in gangguan.pesan for bagian in ("Lembaga", "Jenis", "Alamat", "Urutan")] == [True] * 4


def test_the_same_channel_twice_counts_once(load: Tulis) -> None:
    register = load(KEPALA + BAIK + BAIK.replace(",1,", ",2,"))
    assert len(register.saluran("kpu", "33.74")) == 1
    assert only(register).pesan == "Saluran ini sama dengan baris 2."


def test_several_channels_are_tried_in_their_order(load: Tulis) -> None:
    register = load(KEPALA + BAIK.replace(",1,", ",2,") + "kpu,33.74,,berkas,kirim,1,,,,\n")
    assert [satu.jenis for satu in register.saluran("kpu", "33.74")] == ["berkas", "api"]


def test_a_channel_can_be_switched_off(load: Tulis) -> None:
    register = load(KEPALA + "kpu,33.74,,berkas,kirim,1,,,,tidak\n")
    assert register.saluran("kpu", "33.74") == ()
    assert len(register.semua_saluran) == 1
    assert register.gangguan == ()


@pytest.mark.parametrize(
    "isi",
    [
        (KEPALA + BAIK).encode("utf-8-sig"),
        (KEPALA + BAIK).encode("utf-16"),
        (KEPALA + BAIK).replace("\n", "\r\n").encode(),
        (KEPALA + BAIK).replace(",", ";").encode(),
        (KEPALA + BAIK).replace(",", "\t").encode(),
        ("sep=,\n# catatan, kami\n\n" + KEPALA + ",,,,,,,,,\n" + BAIK).encode(),
        (KEPALA.upper() + BAIK).encode(),
        ("lembaga,Kode Satker,jenis,alamat,Catatan\nkpu,33.74,api," + URL + ",dari telepon\n").encode(),
        ("lembaga,kode,jenis,alamat\n" + f'kpu,"33.74",api,"{URL}"').encode(),
        (f"lembaga;kode;jenis;alamat;catatan\nkpu;33.74;api;{URL};dari rapat – 3 Juli\n").encode("cp1252"),
        (f'lembaga,kode,jenis,alamat,catatan\nkpu,33.74,api,{URL},"dari telepon\r\n\r\nhubungi ""Bu Sri"", lagi"\n').encode(),
        (f'"# API, dari portal",,,\n{KEPALA}" # yang lama, mati",,,,,,,,,\n{BAIK}').encode(),
        (KEPALA + BAIK.replace("kpu,33.74,", "KPU , 33.74\u00a0, ").replace(",1,", ",1 ,")).encode(),
    ],
    ids=["bom", "utf-16", "crlf", "semicolon", "tab", "comments", "upper case", "notes", "quoted", "cp1252",
         "a note of several lines", "comments quoted by a spreadsheet", "stray spaces"],
)  # fmt: skip
def test_reads_the_csv_that_offices_make(load: Tulis, isi: bytes) -> None:
    register = load(isi)
    assert register.gangguan == ()
    assert [satu.alamat for satu in register.saluran("kpu", "33.74")] == [URL]


def test_a_line_keeps_its_number_in_the_file(load: Tulis) -> None:
    assert only(load("# satu\n\n" + KEPALA + "\n" + BAIK + "kpu,0,,api,x,,,,,\n")).baris == 6


def test_after_a_note_of_several_lines_the_number_is_the_row_of_the_spreadsheet(load: Tulis) -> None:
    isi = f'lembaga,kode,jenis,alamat,catatan\nkpu,33.74,api,{URL},"satu\ndua\n\ntiga"\nkpu,0,api,x,\n'
    assert only(load(isi)).baris == 3


def test_an_unknown_column_is_told_and_the_rest_is_read(load: Tulis) -> None:
    register = load("lembaga,kode,jenis,alamat,kredential\nkpu,33.74,api," + URL + ",X\n")
    assert only(register).pesan == 'Kolom "kredential" tidak dikenal, sehingga isinya tidak dibaca.'
    assert 'ganti menjadi "kredensial"' in only(register).cara
    assert len(register.saluran("kpu", "33.74")) == 1


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


@pytest.mark.parametrize("isi", [YAML, YAML.replace("saluran:\n", "").replace("  - ", "- ").replace("\n    ", "\n  ")])
@pytest.mark.parametrize("nama", ["register.yaml", "register.YML"])
def test_reads_yaml(load: Tulis, isi: str, nama: str) -> None:
    register = load(isi, nama)
    assert register.gangguan == ()
    (api,) = register.saluran("kpu", "33.74")
    assert (api.alamat, api.percaya_waktu) == (URL, True)
    assert register.saluran("kpu", "33.22")[0].alamat == "kirim/33.22"


@pytest.mark.parametrize(
    ("entri", "kode", "pesan", "cara"),
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
    load: Tulis, entri: str, kode: str, pesan: str, cara: str
) -> None:
    register = load(f"{YAML}  - {entri}\n", "register.yaml")
    gangguan = only(register)
    assert (gangguan.baris, gangguan.kode) == (13, kode)
    assert pesan in gangguan.pesan
    assert cara in gangguan.cara
    assert len(register.semua_saluran) == 2


@pytest.mark.parametrize(
    ("nama", "isi", "sebab"),
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
    ids=lambda nilai: nilai[:20] if isinstance(nilai, str) else "isi",
)
def test_a_file_that_cannot_be_read_is_our_error(load: Tulis, nama: str, isi: bytes, sebab: str) -> None:
    with pytest.raises(SistemError) as galat:
        load(isi, nama)
    assert galat.value.kode == "register_tak_terbaca"
    assert sebab in galat.value.pesan
    assert nama in galat.value.pesan


def test_a_missing_file_and_a_folder_are_our_error(tmp_path: Path) -> None:
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    for berkas in (tmp_path / "tidak-ada.csv", folder):
        with pytest.raises(SistemError, match=berkas.name):
            load_register(SETTINGS, berkas)


def test_the_file_comes_from_the_settings_unless_another_is_given(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(KEPALA + BAIK)
    (tmp_path / "b.csv").write_text(KEPALA)
    pemasangan = SETTINGS.with_(registry_file=tmp_path / "a.csv")
    assert len(load_register(pemasangan).semua_saluran) == 1
    assert load_register(pemasangan, tmp_path / "b.csv").semua_saluran == ()
    assert load_register(SETTINGS).semua_saluran == ()


@settings(max_examples=100, deadline=None)
@given(sampah=st.text(max_size=80))
def test_no_line_whatever_it_holds_stops_another(tmp_path_factory: pytest.TempPathFactory, sampah: str) -> None:
    berkas = tmp_path_factory.getbasetemp() / "sampah.csv"
    satu_baris = sampah.replace("\r", " ").replace("\n", " ")
    berkas.write_bytes(f"{KEPALA}{BAIK}{satu_baris}\n{BAIK.replace('33.74,Kota', '33.22,Kabupaten')}".encode())
    register = load_register(SETTINGS, berkas)
    assert {satu.kode_satker for satu in register.semua_saluran} == {"33.74", "33.22"}
    assert {gangguan.baris for gangguan in register.gangguan} <= {3}
    assert all((gangguan.pesan + gangguan.cara).isprintable() for gangguan in register.gangguan)


@pytest.mark.parametrize("bentuk", ["csv", "yaml"])
def test_a_national_file_loads_whole(load: Tulis, bentuk: str) -> None:
    satker = load_register(SETTINGS).semua()
    if bentuk == "csv":
        isi = KEPALA + "".join(f"kpu,{unit.kode},{unit.nama},api,https://a.go.id/{unit.kode},,,,,\n" for unit in satker)
    else:
        isi = "".join(
            f'- {{lembaga: kpu, kode: "{u.kode}", jenis: api, alamat: "https://a.go.id/{u.kode}"}}\n' for u in satker
        )
    register = load(isi, f"register.{bentuk}")
    assert (len(register.semua_saluran), register.gangguan) == (553, ())


def test_the_data_sets_are_those_of_the_contract() -> None:
    assert tuple(himpunan.nama for himpunan in HIMPUNAN_KONTRAK) == HIMPUNAN


def test_a_site_is_no_channel_of_reports(load):
    register = load(KEPALA + f"kpu,33.74,,situs,{URL},,,,,\nkpu,33.22,,situs,{URL},,,,,tidak\n")
    assert register.saluran("kpu", "33.74") == ()
    assert register.semua_saluran == ()
    assert [(s.kode_satker, s.aktif) for s in register.semua_situs] == [("33.22", False), ("33.74", True)]
    assert [satu.alamat for satu in register.situs("kpu", "33.74")] == [URL]
    assert register.situs("bawaslu", "33.74") == ()


@pytest.mark.parametrize(
    ("baris", "pesan"),
    [
        pytest.param("kpu,33.74,,situs,folder/x,,,,,", "Saluran situs tidak beralamat URL", id="folder"),
        pytest.param(f"kpu,33.74,,situs,{URL},,,kegiatan,,", "Himpunan hanya untuk saluran berkas", id="himpunan"),
        pytest.param(f"pemda,33.74,,situs,{URL},,,,,", "Bentuk situs pemda tidak dikenal", id="pemda"),
    ],
)
def test_a_site_line_that_cannot_be_used_says_why(load, baris, pesan):
    (gangguan,) = load(KEPALA + baris + "\n").gangguan
    assert pesan in gangguan.pesan
