"""From files that people made to the three levels of reports, by the road of a real installation.

Every number here was counted by hand from ``berkas/ketikan/*.txt`` and ``berkas/api/*.json``.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import sqlalchemy as sa
from humas.context import Konteks
from humas.pipeline import run_quarter
from humas.summary import RingkasanTriwulan
from pypdf import PdfReader

from tests.real_input.installation import Kantor, install, serve_kantor

pytestmark = pytest.mark.pipeline

NIK = "3322104507850003"
LAPORAN = {
    "satker": ("33.74", "33.22", "33.10", "32.73"),
    "provinsi": ("33", "32"),
    "nasional": ("N",),
}


def report_id(lingkup: str, kode: str) -> str:
    return f"HT-KPU-{'P' if lingkup == 'provinsi' else ''}{kode}-2026TW3-E1"


NAMA_LAPORAN = {report_id(lingkup, kode) for lingkup, semua in LAPORAN.items() for kode in semua}


@dataclass(frozen=True)
class Triwulan:
    """The first quarter of the installation: its summary, and what the warehouse held right after it."""

    k: Konteks
    kantor: Kantor
    hasil: RingkasanTriwulan
    angka: pd.DataFrame
    temuan: pd.DataFrame
    karantina: pd.DataFrame

    @property
    def terbit(self) -> Path:
        return self.k.settings.published / "kpu" / "2026-TW3"

    def value(self, lingkup: str, kode: str, ukuran: str, rincian: str) -> float:
        cocok = self.angka.query("lingkup == @lingkup and kode == @kode and ukuran == @ukuran and rincian == @rincian")
        return float(cocok["nilai"].item()) if len(cocok) else 0.0


@pytest.fixture(scope="module")
def triwulan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Triwulan]:
    with serve_kantor() as kantor:
        k = install(tmp_path_factory.mktemp("pemasangan dinas"), kantor)
        hasil = run_quarter(k, "kpu", "2026-TW3")
        g = k.gudang
        yield Triwulan(
            k, kantor, hasil, g.figures("kpu", "2026-TW3"), g.findings("kpu", "2026-TW3"), g.quarantine("kpu", "2026-TW3")
        )  # fmt: skip


SEMUA = [
    # Kabupaten Semarang: activities 1, 2 and 6 stay; 3 has an impossible date, 4 a NIK, 5 repeats 1.
    ("satker", "33.22", "kegiatan_dilaporkan", "", 3),
    ("satker", "33.22", "peserta", "orang/seluruh_acara", 1007),
    ("satker", "33.22", "peserta", "orang/satker_ini", 120 + 35),
    ("satker", "33.22", "publikasi", "", 2),
    ("satker", "33.22", "jangkauan", "", 1500 + 310),
    ("satker", "33.22", "tayangan", "", (1500 + 800) + 420),
    ("satker", "33.22", "permohonan", "", 2),
    ("satker", "33.22", "permohonan_ketepatan", "tepat", 1),
    ("satker", "33.22", "permohonan_ketepatan", "lewat_tenggat", 1),
    ("satker", "33.22", "permohonan_median_hari", "", 5),
    ("satker", "33.22", "hoaks_isu", "", 1),
    ("satker", "33.22", "hoaks_konten", "", 2),
    ("satker", "33.22", "hoaks_median_jam", "", 6),
    ("satker", "33.10", "kegiatan_dilaporkan", "", 3),
    ("satker", "33.10", "kegiatan_jenis", "RAKOR", 2),
    ("satker", "33.10", "kegiatan_mode", "luring", 2),
    ("satker", "33.10", "kegiatan_peran", "penyelenggara", 2),
    ("satker", "33.10", "peserta", "orang/satker_ini", 24 + 3 + 1250),
    ("satker", "33.74", "kegiatan_dilaporkan", "", 3),
    ("satker", "33.74", "kegiatan_mode", "hibrida", 1),
    ("satker", "32.73", "kegiatan_dilaporkan", "", 2),
    ("satker", "32.73", "peserta", "orang/seluruh_acara", 2400),
    # Jawa Tengah: Klaten and Kota Semarang both attended one coordination meeting of the province.
    ("provinsi", "33", "kegiatan_dilaporkan", "", 3 + 3 + 3),
    ("provinsi", "33", "acara_unik", "", 8),
    ("provinsi", "33", "publikasi", "", 2 + 1),
    ("provinsi", "33", "satker_lapor", "", 3),
    ("provinsi", "33", "baris", "masuk", 12 + 3 + 5),
    ("provinsi", "33", "peserta", "orang/satker_ini", 155 + 1277 + 42),
    ("provinsi", "32", "kegiatan_dilaporkan", "", 2),
    ("provinsi", "32", "baris", "dikarantina", 1),
    ("nasional", "00", "kegiatan_dilaporkan", "", 11),
    ("nasional", "00", "acara_unik", "", 10),
    ("nasional", "00", "kegiatan_strategi", "2", 4),
    ("nasional", "00", "peserta", "orang/satker_ini", 1474 + 30),
    ("nasional", "00", "peserta", "orang/seluruh_acara", 1007 + 64 + 2400),
    ("nasional", "00", "jangkauan", "", 1810 + 800),
    ("nasional", "00", "tayangan", "", 2720 + 950),
    ("nasional", "00", "satker_lapor", "", 4),
    ("nasional", "00", "satker_wajib", "", 553),
    ("nasional", "00", "status_kiriman", "diterima_sebagian", 3),
    ("nasional", "00", "status_kiriman", "diterima", 1),
]


@pytest.mark.parametrize(("lingkup", "kode", "ukuran", "rincian", "hitungan"), SEMUA, ids=str)
def test_figures_are_those_counted_by_hand(triwulan, lingkup, kode, ukuran, rincian, hitungan):
    assert triwulan.value(lingkup, kode, ukuran, rincian) == hitungan


def test_no_row_is_lost(triwulan):
    validasi = triwulan.hasil.validasi
    assert (validasi.masuk, validasi.diterima, validasi.dikarantina, validasi.kembar) == (23, 17, 5, 1)
    neraca = triwulan.k.gudang.conservation("kpu", "2026-TW3")
    assert neraca.per_satker == {
        "33.22": (12, 8, 3, 1),
        "33.10": (3, 3, 0, 0),
        "33.74": (5, 4, 1, 0),
        "32.73": (3, 2, 1, 0),
    }
    assert neraca.selisih == ()


@pytest.mark.parametrize(
    ("kode", "lembar", "baris", "huruf", "aturan", "pesan"),
    [
        ("33.22", "Kegiatan", 7, "C", "V06", '"31/09/2026" bukan tanggal.'),
        ("33.22", "Kegiatan", 8, "H", "V32", "memuat NIK. Baris ditahan dan isinya disamarkan."),
        ("33.22", "Publikasi", 6, "C", "K07", '"www.youtube.com/watch?v=x1" bukan alamat http(s).'),
        ("32.73", "kegiatan", 6, "M", "V18", '"banyak" bukan bilangan.'),
        ("33.74", "kegiatan", 3, "jumlah_peserta", "V18", '"1.o07" bukan bilangan.'),
    ],
)
def test_bad_row_is_held_back_with_its_place(triwulan, kode, lembar, baris, huruf, aturan, pesan):
    (temuan,) = triwulan.temuan.query(
        "kode_satker == @kode and lembar == @lembar and baris == @baris and keparahan == 'FATAL'"
    ).itertuples()
    assert (temuan.huruf, temuan.kode) == (huruf, aturan)
    assert temuan.pesan.endswith(pesan)
    assert f"baris {baris}" in temuan.pesan or f"rekaman {baris}" in temuan.pesan
    (ditahan,) = triwulan.karantina.query("kode_satker == @kode and lembar == @lembar and baris == @baris").itertuples()
    assert ditahan.kode == aturan


def test_nothing_else_is_held_back(triwulan):
    assert len(triwulan.karantina) == 5


def test_repeated_row_names_the_first(triwulan):
    (temuan,) = triwulan.temuan.query("kode == 'K17'").itertuples()
    assert (temuan.lembar, temuan.baris) == ("Kegiatan", 9)
    assert "sama persis dengan baris 5" in temuan.pesan


def test_bad_register_line_stops_its_unit_alone(triwulan):
    (gagal,) = [satu for satu in triwulan.hasil.kumpul.gagal if satu.kode == "32.10"]
    assert gagal.pesan == 'Kode satker "32.1" tidak terdaftar. Mungkin 32.10 Kabupaten Majalengka.'
    status = (triwulan.terbit / "status.html").read_text(encoding="utf-8")
    assert "register.csv, baris 7" in status
    assert "Mungkin 32.10 Kabupaten Majalengka." in status


def test_units_that_were_never_connected_are_counted_apart(triwulan):
    putusan = triwulan.hasil.putusan
    assert [satu.kode for satu in putusan.perlu_orang] == ["32.10"]
    assert len(putusan.tanpa_saluran) == 553 - len(LAPORAN["satker"]) - 1
    assert putusan.lulus


def test_time_of_sending_is_the_file_s_only_where_trusted(triwulan):
    verdik = triwulan.k.gudang.verdicts("kpu", "2026-TW3").set_index("kode_satker")["diterima_pada"]
    assert str(verdik["33.10"]).startswith("2026-10-02 01:00")
    assert str(verdik["33.22"]).startswith("2026-10-06 03:00")


def test_every_unit_has_a_page_and_reports_exist_at_three_levels(triwulan):
    assert len(list((triwulan.terbit / "satker").glob("[0-9]*.html"))) == 553
    assert len(list((triwulan.terbit / "provinsi").glob("[0-9]*.html"))) == 38
    for nama in NAMA_LAPORAN:
        assert (triwulan.terbit / "laporan" / f"{nama}.pdf").read_bytes().startswith(b"%PDF-")
        assert (triwulan.terbit / "laporan" / f"{nama}.xlsx").read_bytes().startswith(b"PK")
    assert set(triwulan.hasil.terbit.edisi_baru) >= NAMA_LAPORAN


@pytest.mark.parametrize(
    ("lingkup", "kode", "harap"),
    [
        ("satker", "33.22", ("KPU Kabupaten Semarang", "3 acara unik", "1.810")),
        ("satker", "33.10", ("KPU Kabupaten Klaten", "1.277")),
        ("provinsi", "33", ("Jawa Tengah", "2.610", "3 dari 36")),
        ("nasional", "N", ("4 dari 553", "2.610")),
    ],
)
def test_reports_state_the_figures(triwulan, lingkup, kode, harap):
    halaman = {"satker": f"satker/{kode}.html", "provinsi": f"provinsi/{kode}.html", "nasional": "index.html"}[lingkup]
    isi = {
        "html": page_text(triwulan.terbit / halaman),
        "pdf": pdf_text(triwulan.terbit / "laporan" / f"{report_id(lingkup, kode)}.pdf"),
    }
    assert [(bentuk, satu) for bentuk, teks in isi.items() for satu in harap if satu not in teks] == []


@pytest.mark.parametrize(
    ("lingkup", "kode", "kegiatan"), [("satker", "33.22", 3), ("provinsi", "33", 9), ("nasional", "N", 11)]
)
def test_workbooks_hold_the_figures_as_numbers(triwulan, lingkup, kode, kegiatan):
    buku = openpyxl.load_workbook(triwulan.terbit / "laporan" / f"{report_id(lingkup, kode)}.xlsx")
    deret = [baris for lembar in buku for baris in lembar.iter_rows(values_only=True)]
    nilai = [baris for baris in deret if any("Kegiatan dilaporkan" in str(sel) for sel in baris)]
    assert any(kegiatan in baris for baris in nilai), nilai[:5]


def test_nik_is_masked_in_the_warehouse(triwulan):
    gudang = sa.create_engine(triwulan.k.settings.database_url)
    with gudang.connect() as sambungan:
        tabel = sa.inspect(gudang).get_table_names()
        baris = [tuple(satu) for nama in tabel for satu in sambungan.execute(sa.text(f'SELECT * FROM "{nama}"'))]
    gudang.dispose()
    assert any("[NIK disamarkan]" in str(satu) for satu in baris)
    assert [satu for satu in baris if NIK in str(satu)] == []


def test_nik_stands_in_landing_alone(triwulan):
    settings = triwulan.k.settings
    berkas = {satu.relative_to(settings.home): satu for satu in files_below(settings.home)}
    # The PDFs of provinces that sent nothing hold nothing of this unit; reading 38 of them takes long.
    lain = {nama: satu for nama, satu in berkas.items() if satu.suffix != ".pdf"}
    pdf = {nama: satu for nama, satu in berkas.items() if satu.stem in NAMA_LAPORAN}
    bocor = [str(nama) for nama, satu in (lain | pdf).items() if holds(satu, NIK)]
    assert len(bocor) == 1
    assert bocor[0].startswith("landing/")


def test_a_corrected_file_makes_exactly_three_new_reports(triwulan):
    k, kantor = triwulan.k, triwulan.kantor
    assert run_quarter(k, "kpu", "2026-TW3").terbit.edisi_baru == ()
    csv = kantor.body("/kota_bandung.csv")
    kantor.replaced["kota_bandung.csv"] = csv.replace(b";banyak;", b";25;")
    hasil = run_quarter(k, "kpu", "2026-TW3")
    assert sorted(hasil.terbit.edisi_baru) == [
        "HT-KPU-32.73-2026TW3-E2",
        "HT-KPU-N-2026TW3-E2",
        "HT-KPU-P32-2026TW3-E2",
    ]
    assert hasil.rekap.kegiatan == 12
    lama = triwulan.terbit / "laporan" / "HT-KPU-32.73-2026TW3-E1.pdf"
    assert lama.is_file(), "edisi lama hilang"


def page_text(berkas: Path) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", berkas.read_text(encoding="utf-8")).split())


def pdf_text(berkas: Path) -> str:
    """The text of all pages, without the word joiners that typst puts before the page numbers of a contents list."""
    teks = " ".join(halaman.extract_text() for halaman in PdfReader(berkas).pages)
    return " ".join(teks.replace("\u2060", "").split())


def files_below(folder: Path) -> list[Path]:
    """Every file once, though releases share files and the published folder points to one of them."""
    satu_saja = {berkas.stat().st_ino: berkas for berkas in folder.rglob("*") if berkas.is_file()}
    return list(satu_saja.values())


def holds(berkas: Path, teks: str) -> bool:
    """Whether a file holds a text, also inside a zipped workbook or on the pages of a PDF."""
    data = berkas.read_bytes()
    if data.startswith(b"%PDF-"):
        return teks in pdf_text(berkas)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as paket:
            return any(teks.encode() in paket.read(nama) for nama in paket.namelist())
    return teks.encode() in data
