"""A body added by its folder alone goes the whole way: template, check, quarter, three levels of reports, site.

Commissions of information: an office in the capital and one in each province, six parts of a framework, a kind of
activity of their own, and no data set on hoaxes.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from tests.registry.added import copy_program, lay_commission, output_of

pytestmark = pytest.mark.pipeline

OWN_PARTS = (
    "Edukasi keterbukaan informasi",
    "Publikasi putusan sengketa",
    "Monitoring badan publik",
    "Kemitraan media dan masyarakat",
    "Layanan konsultasi",
    "Kajian keterbukaan",
)
FOREIGN = re.compile(
    r"\bKPU|kpu\b|bawaslu|bakohumas|panwaslih|\bKIP\b|humas pemda|sekretaris daerah|gubernur|\bstrategi\b(?! komunikasi)"
    r"|bidang kehumasan|tugas kehumasan|saka adhyasta",
    re.IGNORECASE,
)
FAR_AWAY = re.compile(
    r"33\.74|33\.22|kota semarang|kabupaten semarang|kabupaten/kota|kabupaten dan kota", re.IGNORECASE
)
REPORTS = (
    "HT-KI-33-2026TW3-E1",
    "HT-KI-00-2026TW3-E1",
    "HT-KI-P33-2026TW3-E1",
    "HT-KI-P32-2026TW3-E1",
    "HT-KI-N-2026TW3-E1",
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    program = copy_program(tmp_path_factory.mktemp("program"))
    lay_commission(program)
    return program


@pytest.fixture(scope="module")
def told(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    home = tmp_path_factory.mktemp("rumah")
    found: dict[str, Any] = json.loads(output_of(copy, ["-m", "tests.pipeline.commission", str(home)]).splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def texts(told: dict[str, Any]) -> dict[str, str]:
    """What each published file says, by its path below the folder of the quarter."""
    folder = (Path(told["published"]) / "ki" / "2026-TW3").resolve()
    files = [file for file in folder.rglob("*") if file.is_file()]
    return {str(file.relative_to(folder)): text for file in files if (text := text_of(file))}


def text_of(file: Path) -> str:
    """What a reader of a file sees; "" of fonts and scripts."""
    if file.suffix == ".pdf":
        return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file, read_only=True)
        cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
        return "\n".join(str(cell) for cell in cells if cell is not None)
    return file.read_text(encoding="utf-8") if file.suffix in {".html", ".json", ".jsonld", ".csv"} else ""


def of_kind(texts: dict[str, str], *endings: str) -> dict[str, str]:
    found = {name: text for name, text in texts.items() if name.endswith(endings)}
    assert found, endings
    return found


def test_the_folder_is_found_good(copy: Path) -> None:
    said = output_of(copy, ["-m", "humas.cli", "lembaga", "periksa"])
    assert "Komisi Informasi (ki): dapat dipakai\n  Tingkat: provinsi dan pusat\n  Kerangka: 6 pilar" in said
    decreed = "Keputusan Ketua Komisi Informasi Pusat Nomor 3 Tahun 2025"
    steps = "Panitera {kantor} (memeriksa) → Kepala Sekretariat {kantor} (menyetujui) → Ketua {kantor} (menandatangani)"
    assert f"Alur laporan provinsi: {steps} → tingkat pusat: Sekretariat {{kantor}} (menerima) ({decreed})" in said
    assert "Satker dengan nama atau situs sendiri: 2" in said
    assert "Tidak dipakai" not in said


def test_the_template_speaks_in_its_terms(told: dict[str, Any]) -> None:
    template = told["template"]
    assert {"Pilar utama *", "Ajudikasi terbuka", "PWI Jawa Tengah"} <= set(template)
    assert set(OWN_PARTS) <= set(template)
    assert {"Non-tahapan", "Sengketa PHPU"} <= set(template)
    assert "Masa tenang" not in template
    said = " ".join(template)
    assert not re.search("Riset keterbukaan|Diponegoro|AJI Semarang", said), "of another time"
    assert any("Komisi Informasi Provinsi Jawa Tengah" in text for text in template)
    assert "Isu dan Hoaks" not in template
    assert [text for text in template if FOREIGN.search(text)] == []


def test_templates_are_written_for_the_offices_it_has(told: dict[str, Any]) -> None:
    assert told["names"] == [
        "00 Komisi Informasi Pusat 2026-TW3.xlsx",
        "32 Komisi Informasi Provinsi Jawa Barat 2026-TW3.xlsx",
        "33 Komisi Informasi Provinsi Jawa Tengah 2026-TW3.xlsx",
    ]


def test_a_filled_template_is_accepted_by_check(told: dict[str, Any]) -> None:
    checked = told["checked"]
    assert (checked["lembaga"], checked["satker"], checked["inferred"]) == ("ki", "33", {})
    assert (checked["status"], checked["rows_in"], checked["accepted"]) == ("diterima_dengan_catatan", 5, 5)
    labels = {column["field"]: column["label"] for column in checked["understood"][0]["columns"]}
    assert labels["strategi_utama"] == "Pilar utama"


def test_nothing_is_due_from_a_tier_that_it_has_not(told: dict[str, Any]) -> None:
    nowhere = "Komisi Informasi tidak bersatker di Kota Semarang (33.74); satkernya hanya tingkat provinsi dan pusat."
    assert told["obligations"] == ["00", "32", "33"]
    assert told["refused"] == nowhere
    assert told["troubles"] == [nowhere]


def test_a_number_above_its_last_part_is_left_out_and_told_in_its_words(told: dict[str, Any]) -> None:
    found = [one for one in told["findings"] if one["kode"] == "V16"]
    assert [one["pesan"] for one in found] == [
        'Kegiatan, baris 7, kolom F (Pilar utama): "7" di luar batas, 1 sampai 6. Isian ini tidak dipakai.'
    ]
    assert found[0]["cara"].endswith("5 Konsultasi, 6 Riset."), "a remedy knows no quarter: it says what holds last"


def test_its_figures_count_its_six_parts_and_no_other(told: dict[str, Any]) -> None:
    nation = {
        one["rincian"]: one["nilai"]
        for one in told["figures"]
        if one["lingkup"] == "nasional" and one["ukuran"] == "kegiatan_strategi"
    }
    assert nation == {"1": 0, "2": 2, "3": 0, "4": 0, "5": 0, "6": 1, "tidak_disebut": 1}


def test_reports_of_three_levels_are_published_and_one_office_is_missing(told: dict[str, Any], texts) -> None:
    for name in REPORTS:
        assert f"laporan/{name}.pdf" in texts
        assert f"laporan/{name}.xlsx" in texts
    counts = told["summary"]["rekap"]
    assert (counts["satker_wajib"], counts["satker_lapor"], counts["kegiatan"]) == (3, 2, 4)


def test_tables_of_provinces_and_units_have_no_column_for_what_it_does_not_ask_for(texts) -> None:
    head = re.search(
        r'id="tabel-provinsi">(.*?)</thead>',
        texts["index.html"],
        re.S,
    )
    assert head
    assert re.findall(r">([A-Z]\w+)</th>", head[1])[-3:] == ["Kegiatan", "Publikasi", "Permohonan"]
    for name in ("HT-KI-N-2026TW3-E1.xlsx", "HT-KI-P33-2026TW3-E1.xlsx"):
        cells = texts[f"laporan/{name}"].split("\n")
        assert "Permohonan" in cells
        assert "Isu dan hoaks" not in cells
    assert "Permohonan Isu" not in texts["laporan/HT-KI-N-2026TW3-E1.pdf"]


OWN = {
    "HT-KI-33-2026TW3-E1.pdf": ("Ketua Komisi Informasi, lalu diteruskan ke tingkat pusat", "Enam pilar keterbukaan", "Ketua Komisi Informasi Provinsi Jawa Tengah"),
    "HT-KI-P33-2026TW3-E1.pdf": ("Majelis komisioner di tingkat provinsi", "Enam pilar keterbukaan", "Tenggat provinsi 14 Oktober 2026"),
    "HT-KI-N-2026TW3-E1.pdf": ("KOMISI INFORMASI PUSAT REPUBLIK INDONESIA", "disampaikan kepada Ketua Komisi Informasi Pusat", "3 satuan kerja, 2 melapor"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "words"), OWN.items(), ids=list(OWN))
def test_each_level_says_its_own(texts, name: str, words: tuple[str, ...]) -> None:
    text = texts[f"laporan/{name}"]
    shared = ("Prosedur Penyelesaian Sengketa Informasi Publik", "asumsi pemasangan: contoh untuk pengujian")
    assert [word for word in (*words, *shared) if word not in text] == []
    assert "hoaks" not in text.partition("Metode")[0].lower(), "it does not ask for hoaxes, so nothing is missing"


def test_no_file_holds_a_term_of_another_body_a_law_of_another_day_or_an_unknown_unit(copy: Path, told) -> None:
    published = str(Path(told["published"]) / "ki")
    assert output_of(copy, ["-m", "tests.terms.lint", "ki", "2026-TW3", published]) == "0 temuan"


@pytest.mark.parametrize(
    "endings", [(".pdf",), (".xlsx",), (".html",), (".json", ".jsonld", ".csv")], ids=lambda one: one[0]
)
def test_no_file_names_a_tier_it_has_not_or_parts_as_others_do(texts, endings: tuple[str, ...]) -> None:
    for name, text in of_kind(texts, *endings).items():
        assert not (found := FOREIGN.search(text)), f"{name}: {text[max(0, found.start() - 80) : found.end() + 40]}"
        assert not (far := FAR_AWAY.search(text)), f"{name}: {text[max(0, far.start() - 80) : far.end() + 40]}"


def test_the_page_for_programmers_gives_an_office_of_its_own_as_example(texts) -> None:
    document = json.loads(texts["openapi.json"])
    page = document["components"]["schemas"]["Halaman"]["properties"]
    (example,) = (document["paths"]["/api/humas/{kode_satker}"]["parameters"][0]["example"],)
    assert (page["lembaga"], example) == ({"enum": ["ki"]}, "33")
