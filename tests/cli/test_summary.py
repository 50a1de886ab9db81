"""What ``./humas quarter`` says at its end, as a tired officer reads it."""

from __future__ import annotations

import io
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest
from humas.cli.quarter import bad_lines, held_rows, show_summary, withheld
from humas.installation.summary import (
    CollectionFailure,
    CollectionSummary,
    PublishSummary,
    RecapSummary,
    TriwulanSummary,
    ValidationSummary,
    Verdict,
    Withheld,
)
from humas.registry import Trouble, load_register
from humas.settings import Settings
from rich.console import Console

FOLDER = "/srv/Humas [Jateng] Triwulan/keadaan/pemasangan-kantor/terbitan/kpu/2026-TW3"
REFUSED = CollectionFailure(
    "33.10", "KPU Kabupaten Klaten", "kiriman_ditolak", "pengirim", "2 dari 2 baris ditahan.", "kirim ulang.", False
)
DEAD = CollectionFailure("33.22", "KPU Kabupaten Semarang", "saluran_nonaktif", "sistem", "Jenis salah.", "isi.", False)


REGISTER = load_register(Settings.from_environment({}))


def result(*needed: CollectionFailure) -> TriwulanSummary:
    return TriwulanSummary(
        "kpu",
        "2026-TW3",
        "r1",
        CollectionSummary(3, 3, (), 10, 1.0),
        ValidationSummary(3, 1, 0, 1234, 1232, 2, 0),
        RecapSummary(10, 553, 2, 5, 5),
        Verdict((), needed, 0.1, False),
        PublishSummary(("a",), FOLDER),
        {},
    )


def summary(*needed: CollectionFailure, width: int = 80, rest: list[str] | None = None) -> list[str]:
    """The lines that a screen of this width shows."""
    output = io.StringIO()
    show_summary(Console(file=output, width=width, highlight=False), result(*needed), rest or [])
    return output.getvalue().splitlines()


@pytest.mark.parametrize("width", [40, 80])
def test_a_path_stands_on_one_line_as_it_is(width):
    assert any(row.endswith(f"{FOLDER}/index.html") for row in summary(width=width))


def test_where_the_findings_of_a_refused_file_are():
    [row] = [one for one in summary(REFUSED) if "Temuan baris demi baris" in one]
    assert f"{FOLDER}/satker/33.10.html" in row
    assert "./humas check BERKAS" in row


def test_a_bad_registry_line_has_no_findings():
    assert not any("Temuan baris" in one for one in summary(DEAD))


def test_numbers_are_written_as_everywhere_else():
    [row] = [one for one in summary(width=200) if one.startswith("Baris: ")]
    assert row == "Baris: 1.234 masuk = 1.232 diterima + 2 ditahan + 0 kembar (semua versi dari 3 kiriman)"


def test_rows_held_in_reports_that_count_are_told_and_no_others():
    verdict = pd.DataFrame({
        "kode_satker": ["33.10", "33.22", "33.22", "33.74"],
        "berlaku": [True, False, True, True],
        "dikarantina": [0, 9, 1, 3],
        "diperbaiki": [0, 0, 0, 1],
    })
    k = SimpleNamespace(register=REGISTER, warehouse=SimpleNamespace(verdicts=lambda cycle: verdict))
    rest = held_rows(k, result())
    assert rest[:2] == [
        "Baris ditahan pada laporan yang berlaku: 3 baris, 2 satker",
        "  33.22 KPU Kabupaten Semarang (1), 33.74 KPU Kota Semarang (2)",
    ]
    assert rest[2].endswith(f"{FOLDER}/satker/33.22.html")
    assert [row for row in summary(rest=rest) if row][-4:-1] == rest


def test_bad_lines_of_the_channel_file_are_told_once():
    broken = [
        Trouble("r.csv", 5, "Ganda.", "tulis lengkap.", "kpu", ""),
        Trouble("r.csv", 6, "Jenis salah.", "isi.", "kpu", "33.22"),
        Trouble("r.csv", 7, "Lembaga lain.", "isi.", "bawaslu", ""),
    ]
    register = REGISTER.with_channels((), broken)
    assert bad_lines(register, result(DEAD)) == [
        "Register: 1 baris tidak dapat dipakai",
        "  r.csv, baris 5: Ganda. Admin sistem: tulis lengkap.",
    ]
    assert bad_lines(REGISTER, result()) == []


def test_reports_withheld_for_a_fault_of_ours_are_told_with_who_must_act():
    assert withheld(result()) == []
    one = Withheld("satker:33.10", "KPU Kabupaten Klaten", "cetak", "Laporan ditahan.", "kirim galat/a.txt.")
    header, *row = withheld(replace(result(), withheld=(one,) * 9))
    assert header == "Ditahan karena galat program kami: 9 laporan; yang lain terbit"
    assert row[0] == "  Laporan ditahan. Admin sistem: kirim galat/a.txt."
    assert row[-1] == "  … dan 1 lagi; semuanya ada di log"
