"""The guide for installations is true: its examples load, and its messages are those people get."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from humas.periods import Calendar
from humas.registry import load_register
from humas.registry.channel_file import COLUMNS
from humas.settings import Settings

GUIDE = (Path(__file__).parents[2] / "docs" / "menghubungkan-satker.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```(csv|yaml)\n(.*?)```", GUIDE, re.DOTALL)
SETTINGS = Settings.from_environment({})


def test_the_examples_connect_three_units(tmp_path: Path) -> None:
    for form, content in EXAMPLES[:2]:
        (tmp_path / f"register.{form}").write_text(content, encoding="utf-8")
        register = load_register(SETTINGS, tmp_path / f"register.{form}")
        assert register.troubles == ()
        assert [(s.satker_code, s.kind) for s in register.all_channels] == [
            ("33.10", "berkas"),
            ("33.22", "berkas"),
            ("33.74", "api"),
        ]


def test_the_example_of_stages_is_a_calendar(tmp_path: Path) -> None:
    (tmp_path / "tahapan.csv").write_text(EXAMPLES[2][1], encoding="utf-8")
    stages = load_register(Settings(tmp_path, "", stage_file=tmp_path / "tahapan.csv")).stages
    told = {code: stages.at(code, date(2026, 11, 2)) for code in ("33", "33.74", "34")}
    assert {code: stage and stage.regime for code, stage in told.items()} == {
        "33": "PEMILU",
        "33.74": "PEMILU",
        "34": "UMUM",
    }


def test_the_holiday_example_moves_working_days(tmp_path: Path) -> None:
    (tmp_path / "libur.csv").write_text(EXAMPLES[3][1], encoding="utf-8")
    calendar = Calendar.load(tmp_path / "libur.csv")
    assert not calendar.is_working_day(date(2026, 12, 28))
    assert calendar.is_working_day(date(2026, 12, 24))


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("kpu,32.1,,berkas,x", "a.csv"),
        ("kpu,,Semarang,berkas,x", "a.csv"),
        ("kpu,11.08,Aceh Besar,berkas,x", "a.csv"),
        ("kpu,91.01,,berkas,x", "a.csv"),
        ("- {lembaga: kpu, kode_satker: 32.10, jenis: berkas, alamat: x}", "a.yaml"),
        ("kpu,33.74,,berkas,https://pengguna:sandi@a.go.id/", "a.csv"),
    ],
)
def test_the_messages_are_those_people_get(tmp_path: Path, row: str, name: str) -> None:
    header = "lembaga,kode_satker,nama_satker,jenis,alamat\n" if name == "a.csv" else ""
    (tmp_path / name).write_text(f"{header}{row}\n", encoding="utf-8")
    (troubles,) = load_register(SETTINGS, tmp_path / name).troubles
    assert f"| {troubles.message} |" in GUIDE


def test_every_column_is_described() -> None:
    assert re.findall(r"^\| `(\w+)` \| .* \| .*\|$", GUIDE, re.MULTILINE) == list(COLUMNS)
