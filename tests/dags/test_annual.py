"""The year's DAG waits for its four quarters, and follows a correction of one at once."""

from __future__ import annotations

import pytest
from humas.registry import Lembaga

from tests.dags.test_dagbag import dagbag

pytestmark = pytest.mark.dags


def mapper_of(body: Lembaga, asset: str):
    """The mapper that the scheduler uses for an asset, as it reads it back."""
    from airflow.serialization.serialized_objects import DagSerialization

    kept = DagSerialization.to_dict(dagbag().dags[f"{body}_tahunan"])
    timetable = DagSerialization.from_dict(kept).timetable
    return timetable.get_partition_mapper(name=f"{asset}/{body}", uri=f"humas://{asset}/{body}")


@pytest.mark.parametrize("body", list(Lembaga), ids=str)
def test_a_year_waits_for_its_four_quarters(body):
    mapper = mapper_of(body, "terbit")
    assert mapper.is_rollup
    assert mapper.to_downstream("2026-TW3") == "2026"
    assert mapper.to_upstream("2026") == {"2026-TW1", "2026-TW2", "2026-TW3", "2026-TW4"}


@pytest.mark.parametrize("body", list(Lembaga), ids=str)
def test_a_correction_of_a_published_year_waits_for_nothing(body):
    mapper = mapper_of(body, "koreksi_tahun")
    assert not mapper.is_rollup
    assert mapper.to_downstream("2026-TW3") == "2026"


@pytest.mark.parametrize("body", list(Lembaga), ids=str)
def test_publishing_a_quarter_emits_what_the_year_listens_to(body):
    dag = dagbag().dags[f"{body}_laporan"]
    assert [asset.name for asset in dag.get_task("terbitkan").outlets] == [f"terbit/{body}"]
    assert [asset.name for asset in dag.get_task("perbarui_tahun").outlets] == [f"koreksi_tahun/{body}"]
    assert dagbag().dags[f"{body}_tahunan"].get_task("terbitkan").outlets == []
