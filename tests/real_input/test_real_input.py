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
from humas.cli.quarter import line_faults
from humas.installation.context import Context
from humas.installation.summary import TriwulanSummary
from humas.pipeline.quarter import run_quarter
from humas.registry import Cycle
from pypdf import PdfReader

from tests.real_input.installation import Office, install, serve_office

pytestmark = pytest.mark.pipeline

NIK = "3322104507850003"
REPORTS = {
    "satker": ("33.74", "33.22", "33.10", "32.73"),
    "provinsi": ("33", "32"),
    "nasional": ("N",),
}


def report_id(scope: str, code: str) -> str:
    return f"HT-KPU-{'P' if scope == 'provinsi' else ''}{code}-2026TW3-E1"


REPORT_NAMES = {report_id(scope, code) for scope, everything in REPORTS.items() for code in everything}


@dataclass(frozen=True)
class Triwulan:
    """The first quarter of the installation: its summary, and what the warehouse held right after it."""

    k: Context
    office: Office
    result: TriwulanSummary
    figure: pd.DataFrame
    finding: pd.DataFrame
    quarantine: pd.DataFrame

    @property
    def published(self) -> Path:
        return self.k.settings.published / "kpu" / "2026-TW3"

    def value(self, scope: str, code: str, measure: str, breakdown: str) -> float:
        matched = self.figure.query(
            "lingkup == @scope and kode == @code and ukuran == @measure and rincian == @breakdown"
        )
        return float(matched["nilai"].item()) if len(matched) else 0.0


@pytest.fixture(scope="module")
def triwulan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Triwulan]:
    with serve_office() as office:
        k = install(tmp_path_factory.mktemp("pemasangan dinas"), office)
        result = run_quarter(k, Cycle("kpu", "2026-TW3"))
        g = k.warehouse
        yield Triwulan(
            k, office, result, g.figures(Cycle("kpu", "2026-TW3")), g.findings(Cycle("kpu", "2026-TW3")), g.quarantine(Cycle("kpu", "2026-TW3"))
        )  # fmt: skip


ALL = [
    # Kabupaten Semarang: activities 1, 2 and 6 stay; 3 has an impossible date, 4 a NIK, 5 repeats 1.
    ("satker", "33.22", "kegiatan_dilaporkan", "", 3),
    ("satker", "33.22", "peserta", "orang/seluruh_acara", 1007),
    ("satker", "33.22", "peserta", "orang/satker_ini", 120 + 35),
    ("satker", "33.22", "publikasi", "", 3),
    ("satker", "33.22", "jangkauan", "", 1500 + 310 + 90),
    ("satker", "33.22", "tayangan", "", (1500 + 800) + 420 + 200),
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
    ("satker", "33.74", "kegiatan_dilaporkan", "", 4),
    ("satker", "33.74", "kegiatan_mode", "hibrida", 1),
    ("satker", "32.73", "kegiatan_dilaporkan", "", 3),
    ("satker", "32.73", "peserta", "orang/seluruh_acara", 2400),
    # Jawa Tengah: Klaten and Kota Semarang both attended one coordination meeting of the province.
    ("provinsi", "33", "kegiatan_dilaporkan", "", 3 + 3 + 4),
    ("provinsi", "33", "acara_unik", "", 9),
    ("provinsi", "33", "publikasi", "", 3 + 1),
    ("provinsi", "33", "satker_lapor", "", 3),
    ("provinsi", "33", "baris", "masuk", 12 + 3 + 5),
    ("provinsi", "33", "peserta", "orang/satker_ini", 155 + 1277 + 42),
    ("provinsi", "32", "kegiatan_dilaporkan", "", 3),
    ("provinsi", "32", "baris", "dikarantina", 0),
    ("nasional", "00", "kegiatan_dilaporkan", "", 13),
    ("nasional", "00", "acara_unik", "", 12),
    ("nasional", "00", "kegiatan_strategi", "2", 5),
    ("nasional", "00", "peserta", "orang/satker_ini", 1474 + 30),
    ("nasional", "00", "peserta", "orang/seluruh_acara", 1007 + 64 + 2400),
    ("nasional", "00", "jangkauan", "", 1900 + 800),
    ("nasional", "00", "tayangan", "", 2920 + 950),
    ("nasional", "00", "satker_lapor", "", 4),
    ("nasional", "00", "satker_wajib", "", 553),
    ("nasional", "00", "status_kiriman", "diterima_sebagian", 1),
    ("nasional", "00", "status_kiriman", "diterima_dengan_catatan", 2),
    ("nasional", "00", "status_kiriman", "diterima", 1),
]


@pytest.mark.parametrize(("scope", "code", "measure", "breakdown", "tallies"), ALL, ids=str)
def test_figures_are_those_counted_by_hand(triwulan, scope, code, measure, breakdown, tallies):
    assert triwulan.value(scope, code, measure, breakdown) == tallies


def test_no_row_is_lost(triwulan):
    validation = triwulan.result.validasi
    assert (validation.masuk, validation.diterima, validation.dikarantina, validation.kembar) == (23, 20, 2, 1)
    balance = triwulan.k.warehouse.conservation(Cycle("kpu", "2026-TW3"))
    assert balance.per_satker == {
        "33.22": (12, 9, 2, 1),
        "33.10": (3, 3, 0, 0),
        "33.74": (5, 5, 0, 0),
        "32.73": (3, 3, 0, 0),
    }
    assert balance.selisih == ()


@pytest.mark.parametrize(
    ("code", "sheet", "row", "letter", "rule", "message"),
    [
        ("33.22", "Kegiatan", 7, "C", "V06", '"31/09/2026" bukan tanggal.'),
        ("33.22", "Kegiatan", 8, "H", "V32", "memuat NIK. Baris ditahan dan isinya disamarkan."),
    ],
)
def test_bad_row_is_held_back_with_its_place(triwulan, code, sheet, row, letter, rule, message):
    (finding,) = triwulan.finding.query(
        "kode_satker == @code and lembar == @sheet and baris == @row and keparahan == 'FATAL'"
    ).itertuples()
    assert (finding.huruf, finding.kode) == (letter, rule)
    assert finding.pesan.endswith(message)
    assert f"baris {row}" in finding.pesan or f"rekaman {row}" in finding.pesan
    (held,) = triwulan.quarantine.query("kode_satker == @code and lembar == @sheet and baris == @row").itertuples()
    assert held.kode == rule


@pytest.mark.parametrize(
    ("code", "row", "letter", "message"),
    [("32.73", 6, "M", '"banyak" bukan bilangan.'), ("33.74", 3, "jumlah_peserta", '"1.o07" bukan bilangan.')],
)
def test_a_number_nobody_can_read_is_left_out_of_a_row_that_counts(triwulan, code, row, letter, message):
    (finding,) = triwulan.finding.query("kode_satker == @code and baris == @row and kode == 'V18'").itertuples()
    assert (finding.huruf, finding.keparahan) == (letter, "PERINGATAN")
    assert finding.pesan.endswith(f"{message} Isian ini tidak dipakai.")


def test_a_link_nobody_can_read_is_left_out_of_a_publication_that_counts(triwulan):
    (finding,) = triwulan.finding.query("kode_satker == '33.22' and lembar == 'Publikasi' and baris == 6").itertuples()
    assert (finding.huruf, finding.kode, finding.keparahan) == ("C", "K08", "PERINGATAN")
    assert finding.pesan.endswith('"www.youtube.com/watch?v=x1" bukan alamat http(s). Isian ini tidak dipakai.')


def test_nothing_else_is_held_back(triwulan):
    assert len(triwulan.quarantine) == 2


def test_repeated_row_names_the_first(triwulan):
    (finding,) = triwulan.finding.query("kode == 'K17'").itertuples()
    assert (finding.lembar, finding.baris) == ("Kegiatan", 9)
    assert "sama persis dengan baris 5" in finding.pesan


def test_bad_register_line_stops_its_unit_alone(triwulan):
    (failed,) = [one for one in triwulan.result.kumpul.gagal if one.kode == "32.10"]
    assert failed.pesan == 'Kode satker "32.1" tidak terdaftar. Mungkin 32.10 Kabupaten Majalengka.'
    told = "\n".join(line_faults(triwulan.k.register.troubles))
    assert "register.csv, baris 7" in told
    assert "Mungkin 32.10 Kabupaten Majalengka." in told
    status = (triwulan.published / "status.html").read_text(encoding="utf-8")
    assert "register.csv" not in status, "readers need no line of a file that operators keep"


def test_units_that_were_never_connected_are_counted_apart(triwulan):
    verdict = triwulan.result.putusan
    assert [one.kode for one in verdict.perlu_orang] == ["32.10"]
    assert len(verdict.tanpa_saluran) == 553 - len(REPORTS["satker"]) - 1
    assert verdict.lulus


def test_time_of_sending_is_the_file_s_only_where_trusted(triwulan):
    verdicts = triwulan.k.warehouse.verdicts(Cycle("kpu", "2026-TW3")).set_index("kode_satker")["diterima_pada"]
    assert str(verdicts["33.10"]).startswith("2026-10-02 01:00")
    assert str(verdicts["33.22"]).startswith("2026-10-06 03:00")


def test_every_unit_has_a_page_and_reports_exist_at_three_levels(triwulan):
    assert len(list((triwulan.published / "satker").glob("[0-9]*.html"))) == 553
    assert len(list((triwulan.published / "provinsi").glob("[0-9]*.html"))) == 38
    for name in REPORT_NAMES:
        assert (triwulan.published / "laporan" / f"{name}.pdf").read_bytes().startswith(b"%PDF-")
        assert (triwulan.published / "laporan" / f"{name}.xlsx").read_bytes().startswith(b"PK")
    assert set(triwulan.result.terbit.edisi_baru) >= REPORT_NAMES


@pytest.mark.parametrize(
    ("scope", "code", "expected"),
    [
        ("satker", "33.22", ("KPU Kabupaten Semarang", "3 acara unik", "1.900")),
        ("satker", "33.10", ("KPU Kabupaten Klaten", "1.277")),
        ("provinsi", "33", ("Jawa Tengah", "2.700", "3 dari 36")),
        ("nasional", "N", ("4 dari 553", "2.700")),
    ],
)
def test_reports_state_the_figures(triwulan, scope, code, expected):
    page = {"satker": f"satker/{code}.html", "provinsi": f"provinsi/{code}.html", "nasional": "index.html"}[scope]
    content = {
        "html": page_text(triwulan.published / page),
        "pdf": pdf_text(triwulan.published / "laporan" / f"{report_id(scope, code)}.pdf"),
    }
    assert [(form, one) for form, text in content.items() for one in expected if one not in text] == []


@pytest.mark.parametrize(
    ("scope", "code", "kegiatan"), [("satker", "33.22", 3), ("provinsi", "33", 10), ("nasional", "N", 13)]
)
def test_workbooks_hold_the_figures_as_numbers(triwulan, scope, code, kegiatan):
    book = openpyxl.load_workbook(triwulan.published / "laporan" / f"{report_id(scope, code)}.xlsx")
    curves = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    value = [row for row in curves if any("Kegiatan dilaporkan" in str(cells) for cells in row)]
    assert any(kegiatan in row for row in value), value[:5]


def test_nik_is_masked_in_the_warehouse(triwulan):
    warehouse = sa.create_engine(triwulan.k.settings.database_url)
    with warehouse.connect() as connection:
        table = sa.inspect(warehouse).get_table_names()
        row = [tuple(one) for name in table for one in connection.execute(sa.text(f'SELECT * FROM "{name}"'))]
    warehouse.dispose()
    assert any("[NIK disamarkan]" in str(one) for one in row)
    assert [one for one in row if NIK in str(one)] == []


def test_nik_stands_in_landing_alone(triwulan):
    settings = triwulan.k.settings
    file = {one.relative_to(settings.home): one for one in files_below(settings.home)}
    # The PDFs of provinces that sent nothing hold nothing of this unit; reading 38 of them takes long.
    other = {name: one for name, one in file.items() if one.suffix != ".pdf"}
    pdf = {name: one for name, one in file.items() if one.stem in REPORT_NAMES}
    leaked = [str(name) for name, one in (other | pdf).items() if holds(one, NIK)]
    assert len(leaked) == 1
    assert leaked[0].startswith("landing/")


def test_a_corrected_file_makes_exactly_three_new_reports(triwulan):
    k, office = triwulan.k, triwulan.office
    assert run_quarter(k, Cycle("kpu", "2026-TW3")).terbit.edisi_baru == ()
    csv = office.body("/kota_bandung.csv")
    office.replaced["kota_bandung.csv"] = csv.replace(b";banyak;", b";25;")
    result = run_quarter(k, Cycle("kpu", "2026-TW3"))
    assert sorted(result.terbit.edisi_baru) == [
        "HT-KPU-32.73-2026TW3-E2",
        "HT-KPU-N-2026TW3-E2",
        "HT-KPU-P32-2026TW3-E2",
    ]
    assert result.rekap.kegiatan == 13
    old = triwulan.published / "laporan" / "HT-KPU-32.73-2026TW3-E1.pdf"
    assert old.is_file(), "edisi lama hilang"


def page_text(file: Path) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", file.read_text(encoding="utf-8")).split())


def pdf_text(file: Path) -> str:
    """The text of all pages, without the word joiners that typst puts before the page numbers of a contents list."""
    text = " ".join(page.extract_text() for page in PdfReader(file).pages)
    return " ".join(text.replace("\u2060", "").split())


def files_below(folder: Path) -> list[Path]:
    """Every file once, though releases share files and the published folder points to one of them."""
    each_once = {file.stat().st_ino: file for file in folder.rglob("*") if file.is_file()}
    return list(each_once.values())


def holds(file: Path, text: str) -> bool:
    """Whether a file holds a text, also inside a zipped workbook or on the pages of a PDF."""
    data = file.read_bytes()
    if data.startswith(b"%PDF-"):
        return text in pdf_text(file)
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return any(text.encode() in package.read(name) for name in package.namelist())
    return text.encode() in data
