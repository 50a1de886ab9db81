"""The guide for installations is true: its examples load, and its messages are those people get."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from humas.periods import Kalender
from humas.registry import load_register
from humas.registry.channel_file import KOLOM
from humas.settings import Settings

PANDUAN = (Path(__file__).parents[2] / "docs" / "menghubungkan-satker.md").read_text(encoding="utf-8")
CONTOH = re.findall(r"```(csv|yaml)\n(.*?)```", PANDUAN, re.DOTALL)
SETTINGS = Settings.from_environment({})


def test_the_examples_connect_three_units(tmp_path: Path) -> None:
    for bentuk, isi in CONTOH[:2]:
        (tmp_path / f"register.{bentuk}").write_text(isi, encoding="utf-8")
        register = load_register(SETTINGS, tmp_path / f"register.{bentuk}")
        assert register.gangguan == ()
        assert [(s.kode_satker, s.jenis) for s in register.semua_saluran] == [
            ("33.10", "berkas"),
            ("33.22", "berkas"),
            ("33.74", "api"),
        ]


def test_the_holiday_example_moves_working_days(tmp_path: Path) -> None:
    (tmp_path / "libur.csv").write_text(CONTOH[2][1], encoding="utf-8")
    kalender = Kalender.load(tmp_path / "libur.csv")
    assert not kalender.hari_kerja(date(2026, 12, 28))
    assert kalender.hari_kerja(date(2026, 12, 24))


@pytest.mark.parametrize(
    ("baris", "nama"),
    [
        ("kpu,32.1,,berkas,x", "a.csv"),
        ("kpu,,Semarang,berkas,x", "a.csv"),
        ("kpu,11.08,Aceh Besar,berkas,x", "a.csv"),
        ("kpu,91.01,,berkas,x", "a.csv"),
        ("- {lembaga: kpu, kode_satker: 32.10, jenis: berkas, alamat: x}", "a.yaml"),
        ("kpu,33.74,,berkas,https://pengguna:sandi@a.go.id/", "a.csv"),
    ],
)
def test_the_messages_are_those_people_get(tmp_path: Path, baris: str, nama: str) -> None:
    kepala = "lembaga,kode_satker,nama_satker,jenis,alamat\n" if nama == "a.csv" else ""
    (tmp_path / nama).write_text(f"{kepala}{baris}\n", encoding="utf-8")
    (gangguan,) = load_register(SETTINGS, tmp_path / nama).gangguan
    assert f"| {gangguan.pesan} |" in PANDUAN


def test_every_column_is_described() -> None:
    assert re.findall(r"^\| `(\w+)` \| .* \| .*\|$", PANDUAN, re.MULTILINE) == list(KOLOM)
