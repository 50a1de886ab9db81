"""The DAGs as Airflow reads them: which there are, and what every one of them owes its operator."""

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from humas.registry import SITES, Lembaga

pytestmark = pytest.mark.dags

ROOT = Path(__file__).resolve().parents[2]
BODIES, WITH_SITES = [body.value for body in Lembaga], [body.value for body in SITES]
COLLECT = ["buka_periode", "kumpulkan", "pilih_gagal", "kumpulkan_ulang", "validasi", "rekap", "putusan"]
REPORT = ["susun", "cetak", "situs", "terbitkan", "kabarkan"]
QUARTERLY = [*REPORT[:-1], "perbarui_tahun", REPORT[-1]]
TASKS = {f"{body}_triwulan": COLLECT for body in BODIES}
TASKS |= {f"{body}_laporan": QUARTERLY for body in BODIES}
TASKS |= {f"{body}_tahunan": REPORT for body in BODIES}
TASKS |= {f"{body}_templat": ["buat_templat"] for body in BODIES}
TASKS |= {f"{body}_situs": ["bagi_situs", "kunjungi", "rangkum"] for body in WITH_SITES}
TASKS |= {"jawaban": ["simpan_jawaban", "jalankan_triwulan"]}
TASKS |= {"kotak_masuk": ["sapu", "pilih_susulan", "susulkan", "selesai"]}
IDS = sorted(TASKS)


@cache
def dagbag():
    from airflow.dag_processing.dagbag import DagBag

    return DagBag(dag_folder=str(ROOT / "dags"), bundle_name="dags-folder")


def all_tasks():
    return [pytest.param(dag_id, name, id=f"{dag_id}.{name}") for dag_id in IDS for name in names_of(dag_id)]


def names_of(dag_id):
    return TASKS[dag_id]


def test_there_are_exactly_these_dags_and_no_import_error():
    assert dagbag().import_errors == {}
    assert sorted(dagbag().dags) == IDS


@pytest.mark.parametrize("dag_id", IDS)
def test_tasks_stand_in_this_order(dag_id):
    dag = dagbag().dags[dag_id]
    assert sorted(dag.task_ids) == sorted(names_of(dag_id))
    for earlier, later in pairwise(names_of(dag_id)):
        assert earlier in dag.get_task(later).get_flat_relative_ids(upstream=True), (earlier, later)


@pytest.mark.parametrize("dag_id", IDS)
def test_dag_owes_its_operator(dag_id):
    dag = dagbag().dags[dag_id]
    assert dag.dag_display_name not in {"", dag_id}
    assert "### Apa yang dilakukan bila merah" in dag.doc_md
    assert dag.max_active_runs == 1
    assert dag.catchup is False
    assert dag.tags


@pytest.mark.parametrize(("dag_id", "name"), all_tasks())
def test_task_owes_its_operator(dag_id, name):
    task = dagbag().dags[dag_id].get_task(name)
    values = {**getattr(task, "partial_kwargs", {})}

    def of(attribute):
        return values.get(attribute) or getattr(task, attribute, None)

    assert of("task_display_name") not in {None, "", name}
    assert of("doc_md")
    assert of("execution_timeout").total_seconds() >= 60
    assert {rule.exception_path for rule in of("retry_policy").rules} == {
        "humas.errors.SourceError",
        "humas.errors.SenderError",
        "humas.errors.OperatorError",
    }


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize(
    ("kind", "name", "pool"),
    [("triwulan", "kumpulkan", "kumpul"), ("triwulan", "kumpulkan_ulang", "kumpul"), ("laporan", "cetak", "cetak")],
)
def test_mapped_tasks_are_named_and_pooled(body, kind, name, pool):
    task = dagbag().dags[f"{body}_{kind}"].get_task(name)
    assert task.is_mapped
    assert task.partial_kwargs["map_index_template"] == "{{ label }}"
    assert task.partial_kwargs["pool"] == pool
    assert pool in json.loads((ROOT / "include/humas/local/pools.json").read_text("utf-8"))


@pytest.mark.parametrize("body", WITH_SITES)
def test_sites_are_visited_by_province_and_summed_up_whatever_happened(body):
    dag = dagbag().dags[f"{body}_situs"]
    visit = dag.get_task("kunjungi")
    assert visit.is_mapped
    assert (visit.partial_kwargs["pool"], visit.partial_kwargs["map_index_template"]) == ("situs", "{{ label }}")
    assert "situs" in json.loads((ROOT / "include/humas/local/pools.json").read_text("utf-8"))
    assert dag.get_task("rangkum").trigger_rule == "all_done"


def test_drop_box_starts_the_runs_that_its_files_need_whatever_became_of_the_sweep():
    dag = dagbag().dags["kotak_masuk"]
    start = dag.get_task("susulkan")
    assert start.is_mapped
    assert start.partial_kwargs["skip_when_already_exists"]
    assert dag.get_task("pilih_susulan").trigger_rule == "all_done"
    assert dag.get_task("selesai").upstream_task_ids == {"sapu", "susulkan"}, "a red sweep makes the run red"
    assert dag.get_task("selesai").trigger_rule == "none_failed"
    assert type(dag.timetable).__name__ == "NullTimetable", "without a drop-box it never runs by itself"


@pytest.mark.parametrize("body", BODIES)
def test_gate_is_the_only_leaf_and_the_rollup_does_not_wait_for_it(body):
    dag = dagbag().dags[f"{body}_triwulan"]
    assert [leaf.task_id for leaf in dag.leaves] == ["putusan"]
    assert dag.get_task("validasi").trigger_rule == "all_done"
    assert dag.get_task("rekap").outlets[0].name == f"rekap/{body}"
    assert "putusan" not in dag.get_task("rekap").get_flat_relative_ids(upstream=True)


@pytest.mark.parametrize("dag_id", IDS)
def test_survives_serialization(dag_id):
    from airflow.serialization.serialized_objects import DagSerialization

    kept = DagSerialization.to_dict(dagbag().dags[dag_id])
    back = DagSerialization.from_dict(json.loads(json.dumps(kept)))
    assert sorted(back.task_dict) == sorted(names_of(dag_id))
    assert back.timetable.partitioned or not dag_id.endswith(("_triwulan", "_laporan", "_tahunan", "_templat"))
    assert back.timetable.serialize() == DagSerialization.from_dict(kept).timetable.serialize()


@pytest.mark.parametrize("file", sorted((ROOT / "dags").glob("*.py")), ids=lambda path: path.name)
def test_dag_files_stay_short(file):
    assert len(file.read_text("utf-8").splitlines()) <= 120


def test_wrong_form_is_explained_in_the_log_of_the_first_task(monkeypatch, caplog):
    from humas.errors import SenderError
    from humas.orchestration import dagkit

    def refuse(_lembaga):
        raise SenderError("periode_kosong", "Periode tidak diisi.", "jalankan lagi dan isi Periode.")

    monkeypatch.setattr(dagkit, "begin", refuse)
    with pytest.raises(SenderError):
        dagbag().dags["kpu_triwulan"].get_task("buka_periode").python_callable("kpu")
    assert caplog.messages[0] == "Periode tidak diisi."
    assert caplog.messages[-1].startswith("Caranya: ")
