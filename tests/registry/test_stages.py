"""The calendar of election stages: what it knows by region and day, and what is refused with file, line and remedy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from humas.errors import OperatorError
from humas.registry import Register, load_register
from humas.registry.load import embedded_register
from humas.registry.stages import COLUMNS, STATUSES
from humas.settings import Settings

HEAD = ";".join(COLUMNS)
TELLING = "pernyataan KPU"


def load(folder: Path, *lines: str, head: str = HEAD) -> Register:
    file = folder / "tahapan.csv"
    file.write_text("\n".join((head, *lines, "")), encoding="utf-8")
    return load_register(Settings(folder, "", stage_file=file))


def line(
    begin: str, finish: str, where: str = "semua", *, election: str = "Pemilu 2029", regime: str = "PEMILU"
) -> str:
    return f"{election};{regime};{begin};{finish};{where};asumsi;{TELLING}"


def told(register: Register, code: str, day: date) -> str | None:
    stage = register.stages.at(code, day)
    return stage.regime if stage else None


@pytest.mark.parametrize(
    ("code", "day", "regime"),
    [
        pytest.param("33.74", date(2020, 6, 14), None, id="day before the stages of 2020 went on"),
        pytest.param("33.74", date(2020, 6, 15), "PEMILU", id="a city of 2020"),
        pytest.param("33.73", date(2020, 12, 9), None, id="a city of which no source told in 2020"),
        pytest.param("13.71", date(2020, 12, 9), "PEMILU", id="in a province that chose its governor"),
        pytest.param("13", date(2020, 12, 26), "PEMILU", id="last day of 2020 that was told"),
        pytest.param("13", date(2020, 12, 27), None, id="after it nobody knows"),
        pytest.param("00", date(2020, 12, 9), None, id="head office in 2020"),
        pytest.param("33.74", date(2022, 6, 13), None, id="day before the stages of 2024"),
        pytest.param("33.74", date(2022, 6, 14), "PEMILU", id="first day"),
        pytest.param("11.71", date(2024, 2, 14), "PEMILU", id="in Aceh"),
        pytest.param("33", date(2024, 5, 2), "PEMILU", id="two elections on one day"),
        pytest.param("33", date(2024, 10, 21), "PEMILU", id="after the one, within the other"),
        pytest.param("33.74", date(2025, 2, 20), "PEMILU", id="last day"),
        pytest.param("33.74", date(2025, 2, 21), None, id="day after the last one"),
        pytest.param("33.74", date(2025, 3, 1), "UMUM", id="no election"),
        pytest.param("35.20", date(2025, 3, 22), "PEMILU", id="vote again here"),
        pytest.param("35.20", date(2025, 3, 23), None, id="after the vote nobody knows"),
        pytest.param("81.04", date(2025, 4, 8), "PEMILU", id="counting of a vote again"),
        pytest.param("64.02", date(2025, 4, 19), "PEMILU", id="vote again on the last of sixty days"),
        pytest.param("64.02", date(2025, 4, 20), None, id="after it nobody knows here either"),
        pytest.param("72.08", date(2025, 4, 22), "PEMILU", id="result of a vote again"),
        pytest.param("35.19", date(2025, 3, 22), "UMUM", id="not next door"),
        pytest.param("91.05", date(2025, 8, 6), "PEMILU", id="regency of a province that votes again"),
        pytest.param("62.05", date(2025, 4, 1), None, id="between two votes"),
        pytest.param("62.05", date(2025, 5, 14), "PEMILU", id="second vote"),
        pytest.param("00", date(2026, 7, 1), "UMUM", id="head office"),
        pytest.param("33.74", date(2026, 12, 31), "UMUM", id="last day the calendar knows"),
        pytest.param("33.74", date(2027, 1, 1), None, id="day it does not know"),
    ],
)  # fmt: skip
def test_what_the_embedded_calendar_says(code: str, day: date, regime: str | None) -> None:
    assert told(embedded_register(), code, day) == regime


def test_every_line_says_where_it_was_read() -> None:
    for stage in embedded_register().stages.lines:
        assert stage.source and stage.status in STATUSES, stage.election


@pytest.mark.parametrize(
    ("lines", "code", "day", "regime"),
    [
        pytest.param([line("2027-06-01", "2029-10-20")], "33.74", date(2027, 6, 1), "PEMILU", id="what is added"),
        pytest.param([line("01/06/2027", "20/10/2029")], "33.74", date(2029, 10, 20), "PEMILU", id="days as a spreadsheet has them"),
        pytest.param([line("2027-06-01", "2029-10-20")], "33.74", date(2023, 6, 1), "PEMILU", id="embedded lines stay"),
        pytest.param([line("2022-06-14", "2022-06-20", election="pemilu  2024")], "33.74", date(2023, 6, 1), None, id="lines of that election are replaced"),
        pytest.param([line("2026-05-01", "2026-08-31", "33.* 34")], "33.74", date(2026, 7, 1), "PEMILU", id="regencies of a province"),
        pytest.param([line("2026-05-01", "2026-08-31", "33.* 34")], "33", date(2026, 7, 1), "UMUM", id="but not the province"),
        pytest.param([line("2026-05-01", "2026-08-31", "semua kecuali 33.74, 34")], "33.74", date(2026, 7, 1), "UMUM", id="all but"),
        pytest.param([line("2026-05-01", "2026-08-31", "semua kecuali 33.74, 34")], "33.02", date(2026, 7, 1), "PEMILU", id="all others"),
    ],
)  # fmt: skip
def test_the_file_of_an_installation(
    tmp_path: Path, lines: list[str], code: str, day: date, regime: str | None
) -> None:
    assert told(load(tmp_path, *lines), code, day) == regime


@pytest.mark.parametrize(
    ("lines", "place", "what"),
    [
        pytest.param([line("", "2027-01-01")], "baris 2", 'kolom "mulai" kosong', id="hole in a line"),
        pytest.param(["Pemilu 2029;PEMILU;2027-06-01"], "baris 2", 'kolom "selesai" kosong', id="short line"),
        pytest.param([line("2027-06-31", "2027-07-01")], "baris 2", '"2027-06-31" bukan tanggal', id="no such day"),
        pytest.param([line("2027-06-01", "2026-06-01")], "baris 2", "selesai 01/06/2026 sebelum mulai", id="days reversed"),
        pytest.param([line("2027-06-01", "2027-07-01", "33.99")], "baris 2", 'wilayah "33.99" tidak dikenal', id="no such region"),
        pytest.param([line("2027-06-01", "2027-07-01", "semuanya")], "baris 2", 'wilayah "semuanya" tidak dikenal', id="word for a region"),
        pytest.param([line("2027-06-01", "2027-07-01", "99.*")], "baris 2", 'wilayah "99.*" tidak dikenal', id="no such province"),
        pytest.param([line("2027-06-01", "2027-07-01", regime="Pemilu")], "baris 2", 'rezim "Pemilu" tidak dikenal', id="no such regime"),
        pytest.param([line("2027-06-01", "2027-07-01").replace("asumsi", "yakin")], "baris 2", 'status "yakin" tidak dikenal', id="no such status"),
        pytest.param([line("2027-06-01", "2027-07-01") + "; lain"], "baris 2", "lebih banyak daripada kolomnya", id="a separator within a cell"),
        pytest.param([line("2027-06-01", "2028-07-01"), line("2028-07-01", "2029-01-01", "33.74")], "baris 3", "bertumpuk dengan baris 2 bagi wilayah 33.74", id="overlap in one region"),
        pytest.param([line("2027-06-01", "2029-07-01"), line("2027-07-01", "2027-08-01", "11"), line("2028-07-01", "2029-01-01", "33.74")], "baris 3", "bertumpuk dengan baris 2 bagi wilayah 11", id="overlap of lines that are no neighbours"),
        pytest.param([line("2027-06-01", "2028-06-30"), line("2028-07-02", "2029-01-01")], "baris 3", "tidak menyebut 1 hari mulai 01/07/2028", id="hole between two lines"),
        pytest.param([line("2027-06-01", "2028-06-30", "33 34"), line("2028-07-01", "2028-07-31", "33"), line("2028-08-01", "2029-01-01", "33 34")], "baris 4", "tidak menyebut 31 hari mulai 01/07/2028 bagi wilayah 34", id="hole in one region"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_told_with_file_line_and_remedy(
    tmp_path: Path, lines: list[str], place: str, what: str
) -> None:
    with pytest.raises(OperatorError) as caught:
        load(tmp_path, *lines)
    assert caught.value.code == "tahapan_tak_terbaca"
    assert caught.value.message.startswith(f"tahapan.csv, {place}: ")
    assert what in caught.value.message
    assert caught.value.remedy


def test_lines_of_one_election_in_different_regions_may_overlap(tmp_path: Path) -> None:
    register = load(tmp_path, line("2027-06-01", "2028-06-30", "33"), line("2027-06-01", "2028-07-30", "34"))
    assert [told(register, code, date(2028, 7, 1)) for code in ("33", "34")] == [None, "PEMILU"]


@pytest.mark.parametrize(
    ("content", "what"),
    [("pemilihan;rezim\n", 'kolom "mulai" tidak ada'), (b"\xff\xfe\x81\x8d".decode("latin-1"), "tidak ada")],
    ids=["columns lacking", "no table"],
)
def test_a_file_that_is_no_calendar_is_refused(tmp_path: Path, content: str, what: str) -> None:
    file = tmp_path / "tahapan.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(OperatorError, match=what):
        load_register(Settings(tmp_path, "", stage_file=file))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match=r"Berkas tahapan .* tidak dapat dibaca: tidak ada"):
        load_register(Settings(tmp_path, "", stage_file=tmp_path / "hilang.csv"))
