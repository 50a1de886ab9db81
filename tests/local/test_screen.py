"""Lines on a terminal and in a file."""

import sys

import pytest
from humas.local.screen import Screen, open_console

LINE = "Misalnya: KPU Kabupaten Klaten belum mengirim. Pengirim: ./humas check /srv/kiriman/kpu-kabupaten-klaten/laporan.xlsx"


@pytest.mark.parametrize("stderr", [False, True], ids=["output", "error"])
def test_a_line_in_a_file_stays_whole(capsys, monkeypatch, stderr):
    monkeypatch.setenv("COLUMNS", "80")
    open_console(stderr=stderr).print(LINE)
    written = capsys.readouterr()
    assert (written.err if stderr else written.out) == f"{LINE}\n"


def test_the_summary_of_a_run_is_written_by_such_a_console(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    Screen().console.print(LINE)
    assert capsys.readouterr().out == f"{LINE}\n"


def test_on_a_terminal_words_are_not_torn(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    open_console().print(LINE)
    assert len(capsys.readouterr().out.splitlines()) == 2
