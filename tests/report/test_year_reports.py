"""Annual reports composed from figures: standings, what became of advice, units that moved, a framework that changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from humas.bodies import BODIES
from humas.periods import Year
from humas.registry.unit import Satker
from humas.report.advice import QuarterState, outcomes
from humas.report.compose_year import QuarterPart, _framework_changes, compose_year, state_of
from humas.report.model import Standing

YEAR = Year(2026)
COLUMNS = ["lingkup", "kode", "ukuran", "rincian", "nilai", "pembilang", "penyebut"]
OLD = Satker(
    "91.01", "kabupaten", "Kabupaten Lama", "Lama", "91", "WIT", valid_until=date(2026, 6, 30), new_code="92.01"
)
NEW = Satker("92.01", "kabupaten", "Kabupaten Lama", "Lama", "92", "WIT", valid_from=date(2026, 7, 1), old_code="91.01")
PROVINCES = tuple(
    Satker(code, "provinsi", f"Provinsi {name}", name, code, "WIT") for code, name in (("91", "Satu"), ("92", "Dua"))
)


def standing(kept: str, status: str = "diterima", cause: str = "") -> Standing:
    return Standing("33.74", "KPU Kota Semarang", "kota", kept, status, sebab=cause)


@pytest.mark.parametrize(
    ("one", "state"),
    [
        (standing("tepat_waktu"), "tepat_waktu"),
        (standing("terlambat"), "terlambat"),
        (standing("tepat_waktu", "nihil"), "nihil"),
        (standing("sangat_terlambat", "nihil"), "nihil_terlambat"),
        (standing("belum_lapor", "menunggu", "belum_mengirim"), "belum_lapor"),
        (standing("belum_lapor", "ditolak", "pengirim"), "belum_lapor"),
        (standing("belum_lapor", "menunggu", "sumber"), "sumber"),
        (standing("belum_lapor", "menunggu", "nonaktif"), "sistem"),
        (standing("belum_lapor", "menunggu", "program"), "sistem"),
        (standing("belum_lapor", "menunggu", "belum_dikumpulkan"), "belum_dikumpulkan"),
    ],
    ids=[
        "in_time",
        "late",
        "nil",
        "nil_late",
        "silent",
        "refused",
        "source",
        "switched_off",
        "our_program",
        "not_asked",
    ],
)
def test_only_a_silent_unit_is_silent(one, state):
    assert state_of(one) == state


def quarter(key: str, state: str = "tepat_waktu", **counts: int) -> QuarterState:
    numbers = {tuple(name.split("__")) if "__" in name else (name, ""): value for name, value in counts.items()}
    return QuarterState(key, numbers, {"33.74": state})


@pytest.mark.parametrize(
    ("now", "following", "expected"),
    [
        (quarter("a", "belum_lapor"), quarter("b"), ("ditindaklanjuti", "melapor pada triwulan berikutnya")),
        (quarter("a", "belum_lapor"), quarter("b", "belum_lapor"), ("belum", "belum melapor pada triwulan berikutnya")),
        (quarter("a", "belum_lapor"), quarter("b", "sumber"), ("belum_dinilai", "triwulan berikutnya tidak dapat dinilai dari angka")),
        (quarter("a", "terlambat"), quarter("b", "nihil"), ("ditindaklanjuti", "tepat waktu pada triwulan berikutnya")),
        (quarter("a", "terlambat"), None, ("belum_dinilai", "triwulan berikutnya belum direkap")),
        (quarter("a", baris__dikarantina=5, baris__diperbaiki=2), None, ("sebagian", "2 diperbaiki, 3 baris masih ditahan")),
        (quarter("a", baris__dikarantina=5, baris__diperbaiki=5), None, ("ditindaklanjuti", "seluruhnya sudah diperbaiki")),
        (quarter("a", hoaks_isu=3, hoaks_diklarifikasi=1), quarter("b", hoaks_isu=4, hoaks_diklarifikasi=3), ("sebagian", "isu belum diklarifikasi: dari 2 menjadi 1")),
        (quarter("a", hoaks_isu=3, hoaks_diklarifikasi=1), quarter("b"), ("belum_dinilai", "himpunan data itu belum dilaporkan pada triwulan berikutnya")),
        (quarter("a", permohonan_ketepatan__terlambat=1), quarter("b", permohonan=2, permohonan_ketepatan__terlambat=3), ("belum", "permohonan dijawab terlambat: dari 1 menjadi 3")),
    ],
    ids=["reported", "still_silent", "source_broke", "in_time_again", "next_unknown", "partly_mended", "mended", "fewer_open", "not_told", "more_late"],
)  # fmt: skip
def test_what_became_of_advice_is_said_from_figures(now, following, expected):
    (found,) = outcomes("satker", [now, following], "strategi")
    assert (found.keadaan, found.keterangan) == expected


def test_advice_names_the_parts_that_were_unused():
    now = quarter("a", kegiatan_dilaporkan=4, kegiatan_strategi__1=4, kegiatan_strategi__2=0, kegiatan_strategi__3=0)
    later = quarter("b", kegiatan_dilaporkan=2, kegiatan_strategi__2=2)
    (found,) = outcomes("satker", [now, later], "strategi")
    assert (found.saran, found.keadaan) == ("Merencanakan kegiatan pada strategi 2 dan 3", "sebagian")
    assert found.keterangan == "ada kegiatan pada nomor 2"


def _figures(units) -> pd.DataFrame:
    rows = [("satker", unit.code, "kegiatan_dilaporkan", "", 2.0, None, None) for unit in units]
    rows += [("satker", unit.code, "satker_lapor", "", 1.0, None, None) for unit in units]
    return pd.DataFrame(rows, columns=COLUMNS)


def _part(number: int, *units: Satker) -> QuarterPart:
    all_units = (*PROVINCES, *units)
    standings = {unit.code: replace(standing("tepat_waktu"), kode=unit.code) for unit in all_units}
    return QuarterPart(YEAR.triwulan[number - 1], all_units, _figures(all_units), standings, {})


@pytest.fixture(scope="module")
def moved():
    parts = [_part(1, OLD), _part(2, OLD), _part(3, NEW), QuarterPart(YEAR.triwulan[3], (*PROVINCES, NEW))]
    figures = _figures((*PROVINCES, OLD, NEW))
    return SimpleNamespace(reports={one.kunci: one for one in compose_year(YEAR, figures, parts, "kpu")})


def test_a_unit_that_moved_stays_with_the_province_of_then(moved):
    old, new = (moved.reports["satker", code].kedudukan.baris[0][2:] for code in ("91.01", "92.01"))
    assert old == ("tepat_waktu", "tepat_waktu", "tidak_wajib", "tidak_wajib")
    assert new == ("tidak_wajib", "tidak_wajib", "tepat_waktu", "belum_direkap")
    assert [row[0] for row in moved.reports["provinsi", "91"].kedudukan.baris] == ["91", "91.01"]
    assert moved.reports["nasional", "00"].provinsi.baris[1][2:] == ("1 dari 1", "1 dari 1", "2 dari 2", "")


def test_a_move_is_said_in_the_report(moved):
    (text,) = moved.reports["satker", "92.01"].peristiwa
    assert text == (
        "KPU Kabupaten Lama (92.01) berlaku mulai 1 Juli 2026. Sebelum itu kodenya 91.01 di Provinsi Satu; "
        "triwulan sebelumnya ada pada laporan kode itu."
    )


def test_a_fault_touches_the_reports_of_its_unit_alone(moved):
    withheld = []
    parts = [_part(1, OLD)]
    broken = replace(OLD, valid_until="kapan")
    parts[0] = replace(parts[0], units=(*PROVINCES, broken))
    reports = compose_year(
        YEAR, _figures((*PROVINCES, OLD)), parts, "kpu", on_fault=lambda bare, _: withheld.append(bare.kunci)
    )
    assert {one.kunci for one in reports if one.withheld} == set(withheld) == {
        ("satker", "91.01"), ("provinsi", "91"), ("nasional", "00"),
    }  # fmt: skip


def test_a_framework_that_changed_within_the_year_is_said():
    framework = BODIES["kpu"].framework
    first = framework.parts[0]
    july = date(2026, 7, 1)
    before = replace(first, label="Nama lama", validity=replace(first.validity, until=date(2026, 6, 30)))
    after = replace(first, label="Nama baru", validity=replace(first.validity, begin=july))
    changed = replace(framework, parts=(after,), history=(before, after))
    (text,) = _framework_changes(changed, YEAR)
    assert text.startswith(f"Mulai 1 Juli 2026 {framework.title} berubah: nomor 1 dari Nama lama menjadi Nama baru.")
    assert list(_framework_changes(changed, Year(2027))) == []
