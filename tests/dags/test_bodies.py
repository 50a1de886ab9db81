"""A body more in the table: it gets its DAGs, and nobody else loses one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from humas.registry import SITES, Lembaga

from tests.registry.added import ROOT, copy_program, lay_commission, output_of, run_with_added_body

pytestmark = pytest.mark.dags

PROGRAM = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(dag_folder=sys.argv[1], bundle_name="dags-folder")
print(json.dumps([bag.import_errors, sorted(bag.dags)]))
"""


def test_a_body_added_by_the_table_alone_gets_its_dags_beside_those_of_the_others(tmp_path: Path) -> None:
    errors, found = json.loads(run_with_added_body(tmp_path, PROGRAM, str(ROOT / "dags")))
    before = {f"{body}_{kind}" for body in Lembaga for kind in ("triwulan", "laporan", "tahunan", "templat")}
    before |= {f"{body}_situs" for body in SITES} | {"kotak_masuk", "jawaban"}
    assert errors == {}
    assert set(found) == before | {"dkpp_triwulan", "dkpp_laporan", "dkpp_tahunan", "dkpp_templat"}


def test_a_body_of_two_tiers_gets_its_dags_too(tmp_path: Path) -> None:
    copy = copy_program(tmp_path)
    lay_commission(copy)
    errors, found = json.loads(output_of(copy, ["-c", PROGRAM, str(ROOT / "dags")]).splitlines()[-1])
    assert errors == {}
    assert {one for one in found if one.startswith("ki_")} == {"ki_triwulan", "ki_laporan", "ki_tahunan", "ki_templat"}
