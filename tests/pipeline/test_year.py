"""A year of real quarters: its figures against plain SQL over the stored rows, and what the command tells."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from humas.cli.main import main
from humas.errors import OperatorError
from humas.periods import Year
from humas.pipeline import quarter as pipeline
from humas.pipeline.year import year_figures
from humas.registry import Cycle
from sqlalchemy import text

from tests.pipeline.small import KPU, SATKER, install_few
from tests.real_input.installation import prepare, serve_office

pytestmark = pytest.mark.pipeline
YEAR = Year(2026)
IN_FORCE = (
    "JOIN inti_kiriman k ON k.id = f.id_kiriman WHERE k.lembaga = 'kpu' AND k.periode LIKE '2026-TW_' AND k.berlaku"
)
COUNTS = {
    "kegiatan_dilaporkan": f"SELECT count(*) FROM inti_kegiatan f {IN_FORCE}",
    "acara_unik": f"SELECT count(DISTINCT f.id_acara) FROM inti_kegiatan f {IN_FORCE}",
    "publikasi": f"SELECT count(*) FROM inti_publikasi f {IN_FORCE}",
    "permohonan": f"SELECT count(*) FROM inti_permohonan_info f {IN_FORCE}",
    "satker_lapor": "SELECT count(DISTINCT kode_satker) FROM inti_kiriman WHERE lembaga = 'kpu' AND periode LIKE '2026-TW_' AND berlaku",
}


@pytest.fixture(scope="module")
def sources():
    with serve_office() as office:
        yield office


@pytest.fixture(scope="module")
def half_year(tmp_path_factory, sources):
    """Two quarters rolled up, of which nothing is printed."""
    home = tmp_path_factory.mktemp("tahun")
    k = install_few(home, sources)
    for period in ("2026-TW2", KPU.period):
        cycle = Cycle("kpu", period)
        pipeline.open_period(k, cycle)
        pipeline.collect(k, cycle, SATKER, "setahun")
        pipeline.validate(k, cycle, "setahun")
        pipeline.roll_up(k, cycle, "setahun")
    return SimpleNamespace(home=home, context=k, told=year_figures(k, "kpu", YEAR))


def national(told, measure: str) -> float:
    frame = told.figures
    return frame[(frame["lingkup"] == "nasional") & (frame["ukuran"] == measure) & (frame["rincian"] == "")][
        "nilai"
    ].item()


@pytest.mark.parametrize(("measure", "query"), COUNTS.items(), ids=COUNTS)
def test_the_year_is_what_plain_sql_counts(half_year, measure, query):
    with half_year.context.warehouse.engine.connect() as connection:
        assert national(half_year.told, measure) == connection.execute(text(query)).scalar_one() > 0


def test_quarters_that_are_missing_are_named(half_year):
    assert [quarter.key for quarter in half_year.told.missing] == ["2026-TW1", "2026-TW4"]


def test_a_year_without_a_quarter_says_what_to_do(half_year):
    with pytest.raises(OperatorError, match="2024") as refusal:
        year_figures(half_year.context, "kpu", Year(2024))
    assert "./humas quarter 2024-TW1" in refusal.value.remedy


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Belum direkap dan tidak dihitung: Triwulan I 2026, Triwulan IV 2026."),
        (("33.74",), "KPU Kota Semarang, Tahun 2026"),
        (("33.74", "--provinsi"), "KPU, seluruh satker di Provinsi Jawa Tengah, Tahun 2026"),
    ],
    ids=["nation", "unit", "province"],
)
def test_the_command_tells_the_year(half_year, sources, monkeypatch, capsys, arguments, said):
    for name, content in prepare(half_year.home, sources).items():
        monkeypatch.setenv(name, content)
    assert main(["tahun", "2026", *arguments]) == 1
    shown = capsys.readouterr().out
    assert said in shown
    assert "TW III" in shown


def test_the_command_speaks_json(half_year, sources, monkeypatch, capsys):
    for name, content in prepare(half_year.home, sources).items():
        monkeypatch.setenv(name, content)
    main(["tahun", "2026", "--json"])
    content = json.loads(capsys.readouterr().out)
    (activities,) = [row for row in content["angka"] if row["id"] == "N3"]
    assert activities["tahun"] == sum(filter(None, activities["triwulan"].values())) > 0
    assert content["belum_direkap"] == ["2026-TW1", "2026-TW4"]


def test_the_head_office_lies_in_no_province(half_year, sources, monkeypatch, capsys):
    for name, content in prepare(half_year.home, sources).items():
        monkeypatch.setenv(name, content)
    assert main(["tahun", "2026", "00", "--provinsi"]) == 2
    assert "Kantor pusat tidak terletak dalam provinsi." in capsys.readouterr().err


def test_a_quarter_is_no_year(capsys):
    assert main(["tahun", "2026-TW3"]) == 2
    assert "tulis tahunnya saja: 2026" in capsys.readouterr().err
