"""What is generated from the contract: kept current, complete, and following from one entry per column."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import jsonschema
import numpy as np
import pandas as pd
import pytest
from humas.contract import rules
from humas.contract.columns import BY_NAME, DATASETS, KEGIATAN, Column, ColumnType
from humas.contract.regimes import load_regimes
from humas.contract.vocabulary import load_vocabulary
from humas.layout import tables
from humas.layout.headers import find_header
from humas.reading.table import RawTable
from humas.report.measures import BY_NAME as MEASURES
from humas.specification import dictionary, export, schema
from humas.validation import engine
from humas.validation.batch import RowBatch
from humas.validation.checks.base import Knowledge
from humas.validation.quarter import Origin
from humas.validation.rows import judge, read_rows
from humas.validation.suite import CHECKS, expectations
from humas.values.cells import fold
from humas.values.regime import OTHER_SUBJECT

from tests.validation.samples import calendar, header, register, row


def test_files_under_version_control_are_current():
    stale = [path.name for path, content in export.artefacts() if path.read_text(encoding="utf-8") != content]
    assert not stale, "run: PYTHONPATH=include python -m humas.specification.export"


def test_export_writes_only_what_differs(monkeypatch, tmp_path):
    monkeypatch.setattr(export, "artefacts", lambda: iter([(tmp_path / "a" / "b.json", "isi\n")]))
    assert export.write_all() == [tmp_path / "a" / "b.json"]
    assert export.write_all() == []


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda one: one.name)
def test_every_expectation_says_rule_severity_and_remedy(dataset):
    suite = json.loads((export.HOME / "suites" / f"{dataset.name}.json").read_text(encoding="utf-8"))
    assert len(suite["expectations"]) == len(expectations(dataset))
    severity = {"FATAL": "critical", "PERINGATAN": "warning", "INFO": "info"}
    required = {column.name for column in dataset.required}
    for one in suite["expectations"]:
        rule = rules.load_rules()[one["meta"]["kode"]]
        of_column, holds = not one["meta"]["harapan"].startswith("baris:"), one["meta"]["kolom"] in required
        assert one["severity"] == (severity[rule.severity] if not of_column else "critical" if holds else "warning")
        assert one["description"].startswith(f"{rule.code}: ")
        assert all(one["meta"][name] for name in ("pesan", "cara_perbaikan", "sumber"))


def test_data_files_have_as_many_fields_as_headers():
    text = (export.HOME.with_name("contract") / "data" / "rezim.csv").read_text(encoding="utf-8")
    line = list(csv.reader(StringIO(text), delimiter=";", quoting=csv.QUOTE_NONE))
    assert {len(one) for one in line} == {len(line[0])}


def test_columns_point_to_rules_and_vocabularies_that_exist():
    for dataset in DATASETS:
        name = [column.name for column in dataset.columns]
        assert len(set(name)) == len(name)
        assert {*dataset.keys, dataset.dated_by} <= set(name)
        for column in dataset.columns:
            assert not column.rule or rules.get_rule(column.rule)
            assert (column.vocabulary in load_vocabulary()) == (
                column.type_name in {ColumnType.CHOICE, ColumnType.CHOICE_LIST}
            )


def test_no_two_columns_of_a_data_set_answer_to_one_header():
    for dataset in DATASETS:
        words = [fold(one) for column in dataset.columns for one in {column.label, column.name}]
        assert len({*words}) >= len(dataset.columns)
        assert set(tables.header_words(dataset).values()) == {column.name for column in dataset.columns}


def test_row_rules_have_names_of_their_own():
    assert len({check.name for check in CHECKS}) == len(CHECKS)


def _page(**content: object) -> dict[str, object]:
    line = {
        "judul": "Rapat koordinasi kehumasan", "tanggal_mulai": "2026-07-02", "jenis_kegiatan": "RAKOR",
        "strategi_utama": 2, "mode": "luring", "peran_satker": "peserta", "kanal": ["website"], "jumlah_peserta": None,
    } | content  # fmt: skip
    return {
        "versi_kontrak": 1,
        "lembaga": "kpu",
        "kode_satker": "33.74",
        "periode": "2026-TW3",
        "data": {"kegiatan": [line]},
    }


@pytest.mark.parametrize(
    ("content", "valid"),
    [
        ({}, True),
        ({"mode": "lewat telepon"}, False),
        ({"tanggal_mulai": "02/07/2026"}, False),
        ({"strategi_utama": 9}, False),
        ({"url_bukti": ["javascript:alert(1)"]}, False),
        ({"jumlah_peserta": "120"}, False),
        ({"judul": "pendek"}, False),
        ({"kode_satker": "3374"}, False),
        ({"lain": 1}, True),
    ],
    ids=str,
)
def test_the_api_schema_judges_a_page(content, valid):
    validator = jsonschema.Draft202012Validator(schema.api_schema())
    jsonschema.Draft202012Validator.check_schema(schema.api_schema())
    assert validator.is_valid(_page(**content)) is valid


@pytest.mark.parametrize(
    ("content", "valid"),
    [
        ({"judul": "Dialog di radio", "url": None}, True),
        ({"judul": "Dialog di radio"}, True),
        ({"url": "https://kpu.go.id/1"}, True),
        ({"judul": None, "url": None}, False),
        ({}, False),
    ],
    ids=str,
)
def test_the_api_schema_needs_a_title_or_a_link(content, valid):
    validator = jsonschema.Draft202012Validator(schema.row_schema(BY_NAME["publikasi"]))
    assert validator.is_valid({"tanggal_terbit": "2026-07-02"} | content) is valid


@pytest.mark.mesin
def test_one_entry_is_a_whole_column():
    """A new column is read, expected, in the schema and in the dictionary without a line written elsewhere."""
    budget = Column(
        "anggaran",
        "Anggaran",
        ColumnType.INTEGER,
        "Biaya kegiatan.",
        "1.500.000",
        minimum=0,
        unit="rupiah",
        synonyms=("Biaya",),
    )
    new = replace(KEGIATAN, columns=(*KEGIATAN.columns, budget))
    assert tables.header_words(new)["biaya"] == "anggaran"
    assert {expectation.key for expectation in expectations(new)} - {expectation.key for expectation in expectations(KEGIATAN)} == {
        "terbaca:anggaran", "batas:anggaran",
    }  # fmt: skip
    assert schema.row_schema(new)["properties"]["anggaran"]["anyOf"][0] == {"type": "integer", "minimum": 0}
    assert "| `anggaran` | Anggaran (Biaya) |" in dictionary.describe(new)

    batch = RowBatch(new)
    headers, content = [*header(KEGIATAN), "Biaya"], [["1,5 juta"], ["banyak"], [-1]]
    line = [[*row(judul=f"Rapat koordinasi nomor {i}"), *one] for i, one in enumerate(content)]
    table = RawTable("Kegiatan", [headers, *line])
    known = tables._DatasetHeader(new, find_header(table, new))
    (sheet,) = tables._build(table, known, 0, 4, draft=False)
    batch.add(0, sheet, {})
    day = [pd.Timestamp(one).as_unit("ns") for one in ("2026-07-01", "2026-09-30", "2026-10-06", "2026-10-06")]
    origin, knowledge = [Origin("k1", "kpu", "33.74", *day)], Knowledge(register(), calendar())
    result = judge(read_rows(batch, origin, knowledge), origin, knowledge)
    assert result.accepted["anggaran"].fillna(-1).tolist() == [1_500_000.0, -1, -1]
    assert result.held == {}
    assert [(one.baris, one.kode) for one in result.findings] == [(3, "K03"), (4, "K04")]


def test_importing_the_contract_stays_light():
    code = (
        "import sys, humas.contract, humas.contract.columns, humas.contract.vocabulary, humas.validation.result;"
        "print([m for m in ('pandas', 'great_expectations', 'numpy') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": "include"}
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.mesin
def test_great_expectations_is_quiet_and_sends_nothing():
    import os

    context = engine._context()
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"
    assert context.variables.progress_bars["globally"] is False
    assert engine.run_suite(KEGIATAN, pd.DataFrame(), Knowledge(register(), calendar())) == {}


def test_regimes_are_dated():
    assert {limit.regime for limit in load_regimes()} == set(load_vocabulary()["rezim"].value) - {OTHER_SUBJECT}
    general = [limit for limit in load_regimes() if limit.regime == "UMUM" and limit.valid_from <= date(2026, 7, 1)]
    assert general[-1].working_days == 10
    (election,) = (limit for limit in load_regimes() if limit.regime == "PEMILU")
    assert (election.valid_from, election.working_days, election.extension) == (date(2019, 2, 28), 3, 2)


def test_every_limit_says_where_it_was_read():
    for limit in load_regimes():
        assert limit.basis and limit.source, limit.regime
        assert limit.status in {"peraturan", "sumber sekunder"}, limit.regime


@pytest.mark.parametrize("regime", sorted({limit.regime for limit in load_regimes()}))
def test_texts_about_time_limits_say_what_the_data_say(regime):
    """Help of the column, rule, measure and glossary name the limits in force today."""
    now = [limit for limit in load_regimes() if limit.regime == regime][-1]
    days = f"{now.working_days} + {now.extension}"
    assert f"{regime} ({days} hari kerja)" in BY_NAME["permohonan_info"].by_name["rezim"].explanation
    assert f"{regime} ({days} hari kerja)" in rules.get_rule("V40").description
    assert f"{regime.lower()} {days}" in MEASURES["permohonan_ketepatan"].rumus
    assert f"`{regime}` {days} hari kerja" in (Path(__file__).parents[2] / "docs/glosarium.md").read_text(
        encoding="utf-8"
    )
    extension = rules.get_rule("V42").description
    assert re.search(rf"\b{now.extension}( hari kerja)? \({regime}\)", extension), extension


@pytest.mark.mesin
def test_the_index_of_the_batch_must_be_unique():
    from humas.errors import OperatorError

    frame = pd.DataFrame({"lembaga": ["kpu", "kpu"]}, index=np.array([1, 1]))
    with pytest.raises(OperatorError):
        engine.run_suite(BY_NAME["kegiatan"], frame, Knowledge(register(), calendar()))
