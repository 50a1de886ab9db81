"""Crash reports: enough to mend the fault, nothing that a sender wrote of anybody, one file for one fault."""

from __future__ import annotations

import stat

import pytest
from humas.errors import OperatorError, ProgramFault, SenderError
from humas.fence import CRASH_FOLDER, guarded

ABOUT = {"lembaga": "kpu", "periode": "2026-TW3", "satker": "33.74", "berkas": "ab" * 32}


def fail(text: str = "sel aneh") -> None:
    raise KeyError(text)


def crash(home, text: str = "sel aneh") -> ProgramFault:
    with pytest.raises(ProgramFault) as caught, guarded(home, 'Berkas "a.xlsx"', ABOUT):
        fail(text)
    return caught.value


def reports(home):
    return sorted((home / CRASH_FOLDER).iterdir())


def test_a_fault_is_told_with_its_report_and_who_must_act(tmp_path) -> None:
    fault = crash(tmp_path)
    [path] = reports(tmp_path)
    assert path.name.startswith("kpu-2026-TW3-33.74-")
    assert fault.message == 'Berkas "a.xlsx" tersimpan, tetapi program gagal mengolahnya (KeyError).'
    assert f"kirim {path.relative_to(tmp_path)} ke" in fault.remedy
    content = path.read_text()
    assert "in fail" in content
    assert "satker: 33.74" in content
    assert "python-calamine" in content
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_same_fault_again_is_the_same_report(tmp_path) -> None:
    crash(tmp_path)
    crash(tmp_path)
    assert len(reports(tmp_path)) == 1


def test_what_a_cell_says_of_a_person_is_not_in_the_report(tmp_path) -> None:
    crash(tmp_path, "Budi 3374015503850007 0812-3456-7890 budi@gmail.com")
    content = reports(tmp_path)[0].read_text()
    assert "3374015503850007" not in content
    assert "3456" not in content
    assert "budi" not in content.lower()


def test_a_number_at_the_cut_and_a_password_in_an_address_are_not_in_the_report(tmp_path) -> None:
    crash(tmp_path, "x" * 280 + " 3374015503850007 https://humas:rahasia@kpu.go.id/a")
    content = reports(tmp_path)[0].read_text()
    assert "33740155" not in content
    assert "rahasia" not in content


def test_a_long_cell_is_cut_short(tmp_path) -> None:
    crash(tmp_path, "x" * 100_000)
    assert reports(tmp_path)[0].stat().st_size < 20_000


def test_the_report_names_the_cause_behind_the_fault_as_well(tmp_path) -> None:
    with pytest.raises(ProgramFault), guarded(tmp_path, "Berkas", ABOUT):
        try:
            fail("Siti Aminah")
        except KeyError as cause:
            raise ValueError("Siti Aminah") from cause
    content = reports(tmp_path)[0].read_text()
    assert content.index("\nKeyError\n") < content.index("\nValueError\n")
    assert "Siti Aminah" not in content.replace('"Siti Aminah"', "")  # but for our own lines of code


def test_a_disk_that_refuses_the_report_changes_nothing_else(tmp_path) -> None:
    (tmp_path / CRASH_FOLDER).write_text("bukan folder")
    assert crash(tmp_path).cause == "KeyError"


@pytest.mark.parametrize("error", [SenderError("a", "b.", "c."), OperatorError("disk_penuh", "b.", "c.")])
def test_what_has_words_of_its_own_passes(tmp_path, error: Exception) -> None:
    with pytest.raises(type(error)) as caught, guarded(tmp_path, "Berkas", ABOUT):
        raise error
    assert caught.value is error
    assert not (tmp_path / CRASH_FOLDER).exists()
