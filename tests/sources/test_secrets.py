"""Where a credential's secret is read from: its variable, else the file of that name in the folder of secrets."""

from __future__ import annotations

from pathlib import Path

import pytest
from humas.errors import OperatorError
from humas.sources import read_environment

VARIABLE = "HUMAS_TOKEN_PORTAL_KPU"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("HUMAS_RAHASIA_FOLDER", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("written", ["s3cret", "s3cret\n", "  s3cret\r\n"], ids=["bare", "line break", "Windows"])
def test_a_file_of_the_folder_holds_the_secret(folder: Path, written: str) -> None:
    (folder / VARIABLE).write_text(written, "utf-8")
    assert read_environment("portal-kpu") == "s3cret"


def test_the_variable_comes_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / VARIABLE).write_text("dari berkas", "utf-8")
    monkeypatch.setenv(VARIABLE, "dari variabel")
    assert read_environment("portal-kpu") == "dari variabel"


def test_without_folder_or_file_there_is_no_secret(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_environment("portal-kpu") is None
    (folder / VARIABLE).write_text("\n", "utf-8")
    assert read_environment("portal-kpu") is None
    monkeypatch.delenv("HUMAS_RAHASIA_FOLDER")
    assert read_environment("portal-kpu") is None


@pytest.mark.parametrize("name", ["../rahasia", "/etc/passwd", "a/../../b"])
def test_no_name_leads_out_of_the_folder(folder: Path, name: str) -> None:
    inner = folder / "dalam"
    inner.mkdir()
    (folder / "RAHASIA").write_text("lain", "utf-8")
    assert read_environment(name) is None


@pytest.mark.parametrize("kind", ["folder", "bytes"])
def test_an_unreadable_file_is_told_by_its_name_only(folder: Path, kind: str) -> None:
    (folder / VARIABLE).mkdir() if kind == "folder" else (folder / VARIABLE).write_bytes(b"s3cret\xff")
    with pytest.raises(OperatorError) as caught:
        read_environment("portal-kpu")
    assert caught.value.code == "kredensial_tak_terbaca"
    assert VARIABLE in caught.value.message
    assert "s3cret" not in str(caught.value)
