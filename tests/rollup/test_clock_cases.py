"""The clock against 200 cases that somebody computed by hand who had not seen the program (decision 0043).

``data/jam_permohonan.csv``: ``mulai`` is the day of receipt, ``tenggat`` the last day in time, ``tenggat_awal`` that of
the extension's notice, ``tenggat_lama`` the last day before 18 August 2025 was announced. ``keberatan_jawab``: the answer to an
objection; ``keberatan_ajukan``: the applicant's time to object after the request was answered.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from humas.contract.regimes import load_regimes
from humas.periods import Calendar
from humas.registry import Register
from humas.rollup.clock import clock_objections, clock_requests
from humas.validation.checks import objection
from humas.validation.checks.base import Knowledge
from humas.validation.checks.request import answered_late, extension_incomplete, overdue

from tests.rollup.nation import as_written, rows

Case = dict[str, str]
with (Path(__file__).parent / "data" / "jam_permohonan.csv").open(encoding="utf-8", newline="") as table:
    CASES: list[Case] = list(csv.DictReader(table, delimiter=";"))
REQUESTS = [case for case in CASES if case["jenis"] == "permohonan"]
OBJECTIONS = [case for case in CASES if case["jenis"].startswith("keberatan_")]
TO_ANSWER = [case for case in OBJECTIONS if case["jenis"] == "keberatan_jawab"]
TO_RAISE = [case for case in OBJECTIONS if case["jenis"] == "keberatan_ajukan"]
EXTENDED = [case for case in REQUESTS if case["perpanjangan"] == "ya"]
LATELY_MOVED = [case for case in REQUESTS if case["tenggat_lama"]]
LIMITS = {limit.regime: limit for limit in load_regimes()}


def by_id(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=[case["id"] for case in cases])


@pytest.fixture(scope="module")
def unannounced(tmp_path_factory: pytest.TempPathFactory) -> Calendar:
    """The calendar of an installation that takes 18 August 2025 for the working day it was to be."""
    file = tmp_path_factory.mktemp("libur") / "libur.csv"
    file.write_text("tanggal;jenis;nama\n18/08/2025;hari_kerja;belum diumumkan\n", encoding="utf-8")
    return Calendar.load(file)


def standing(
    case: Case, calendar: Calendar, register: Register, last: date, extension: str | None
) -> list[tuple[str, bool]]:
    """What figure and rules say of the request, answered and then open, on its last day and one working day later."""
    content = {"rezim": case["rezim"], "tanggal_terima": case["mulai"], "tanggal_perpanjangan": extension or None}
    told = []
    for day in (last, calendar.add_workdays(last, 1)):
        answered = rows("permohonan_info", {**content, "putusan": "dikabulkan_penuh", "tanggal_tanggapan": str(day)})
        pending = rows("permohonan_info", {**content, "putusan": "dalam_proses"}).assign(diterima=pd.Timestamp(day))
        for frame, rule in ((answered, answered_late), (pending, overdue)):
            figure = clock_requests(frame, calendar, day)["ketepatan"].item()
            told.append((figure, bool(rule(as_written(frame), Knowledge(register, calendar)).item())))
    return told


IN_TIME_AND_THEN_NOT = [("tepat", False), ("berjalan", False), ("terlambat", True), ("lewat_tenggat", True)]


def test_all_cases_are_here() -> None:
    assert (len(REQUESTS), len(OBJECTIONS), len({case["id"] for case in CASES})) == (160, 40, 200)
    assert {case["rezim"] for case in EXTENDED} == set(LIMITS)


@by_id(REQUESTS)
def test_a_request_is_in_time_up_to_its_last_day(case: Case, calendar: Calendar, register: Register) -> None:
    last = date.fromisoformat(case["tenggat"])
    assert standing(case, calendar, register, last, case["tenggat_awal"]) == IN_TIME_AND_THEN_NOT
    limit = LIMITS[case["rezim"]]
    extension = limit.extension if case["perpanjangan"] == "ya" else 0
    assert int(case["hari_kerja"]) == limit.working_days + extension


@by_id(EXTENDED)
def test_an_extension_told_after_the_first_limit_changes_nothing(
    case: Case, calendar: Calendar, register: Register
) -> None:
    last = date.fromisoformat(case["tenggat_awal"])
    told = str(calendar.add_workdays(last, 1))
    assert standing(case, calendar, register, last, told) == IN_TIME_AND_THEN_NOT


@by_id(LATELY_MOVED)
def test_a_day_off_announced_late_moves_the_running_clock(
    case: Case, unannounced: Calendar, register: Register
) -> None:
    last = date.fromisoformat(case["tenggat_lama"])
    extension = case["tenggat_awal"] and str(unannounced.add_workdays(date.fromisoformat(case["mulai"]), 3))
    assert standing(case, unannounced, register, last, extension) == IN_TIME_AND_THEN_NOT


@by_id(OBJECTIONS)
def test_days_of_an_objection_are_working_days_of_the_calendar(
    case: Case, calendar: Calendar, unannounced: Calendar
) -> None:
    start, days = date.fromisoformat(case["mulai"]), int(case["hari_kerja"])
    assert calendar.add_workdays(start, days) == date.fromisoformat(case["tenggat"])
    if case["tenggat_lama"]:
        assert unannounced.add_workdays(start, days) == date.fromisoformat(case["tenggat_lama"])
    if case["jenis"] == "keberatan_jawab":
        assert days == LIMITS[case["rezim"]].objection


def standing_of_objection(case: Case, calendar: Calendar, register: Register, last: date) -> list[tuple[str, bool]]:
    """What figure and rule say of the objection, answered and then open, on its last day and one working day later."""
    content = {"rezim": case["rezim"], "tanggal_keberatan": case["mulai"]}
    told = []
    for day in (last, calendar.add_workdays(last, 1)):
        answered = rows("keberatan", {**content, "hasil": "ditolak", "tanggal_tanggapan": str(day)})
        for told_of in (answered, rows("keberatan", content)):
            frame = told_of.assign(periode_selesai=pd.Timestamp(day), diterima=pd.Timestamp(day))
            figure = clock_objections(frame, calendar, day)["ketepatan"].item()
            told.append((
                figure,
                bool(objection.answered_late(as_written(frame), Knowledge(register, calendar)).item()),
            ))
    return told


@by_id(TO_ANSWER)
def test_an_objection_is_in_time_up_to_its_last_day(
    case: Case, calendar: Calendar, unannounced: Calendar, register: Register
) -> None:
    assert standing_of_objection(case, calendar, register, date.fromisoformat(case["tenggat"])) == IN_TIME_AND_THEN_NOT
    if case["tenggat_lama"]:
        before = date.fromisoformat(case["tenggat_lama"])
        assert standing_of_objection(case, unannounced, register, before) == IN_TIME_AND_THEN_NOT


@by_id(TO_RAISE)
def test_an_applicant_may_object_up_to_the_last_day(
    case: Case, calendar: Calendar, unannounced: Calendar, register: Register
) -> None:
    lasts = [(calendar, case["tenggat"]), (unannounced, case["tenggat_lama"])]
    for used, text in ((used, text) for used, text in lasts if text):
        last = date.fromisoformat(text)
        content = {"rezim": case["rezim"]}
        both = [{**content, "tanggal_keberatan": str(day)} for day in (last, used.add_workdays(last, 1))]
        frame = rows("keberatan", *both).assign(request_answered=pd.Timestamp(case["mulai"]))
        assert objection.applicant_late(as_written(frame), Knowledge(register, used)).tolist() == [False, True]


@by_id(EXTENDED)
@pytest.mark.parametrize(
    ("reason", "answered", "wrong"),
    [("Menunggu dokumen", "tenggat", False), (None, "tenggat", True), ("Menunggu dokumen", "mulai", True)],
    ids=["with reason", "without reason", "after the answer"],
)
def test_an_extension_needs_its_reason_and_its_place_in_both_regimes(
    case: Case, reason: str | None, answered: str, wrong: bool, calendar: Calendar, register: Register
) -> None:
    content = {
        "rezim": case["rezim"], "tanggal_terima": case["mulai"], "tanggal_perpanjangan": case["tenggat_awal"],
        "alasan_perpanjangan": reason, "tanggal_tanggapan": case[answered],
    }  # fmt: skip
    frame = rows("permohonan_info", content)
    assert extension_incomplete(frame, Knowledge(register, calendar)).item() is wrong
