"""The demo's judge, the summary of a quarter, and its phases: from answers of Airflow, without Airflow."""

import io
from types import SimpleNamespace

import pytest
from humas.installation.summary import RunProgress
from humas.local import summary, watch
from humas.local.demo import DemoUnits, expected_outcome
from humas.local.rest import TaskState
from humas.local.screen import Screen
from humas.local.summary import Result
from humas.local.watch import RunWatch, collection_phases, report_phases
from humas.registry import Lembaga
from rich.console import Console

PATI = {
    "kode": "33.18",
    "nama": "KPU Kabupaten Pati",
    "kode_galat": "status_5xx",
    "pelaku": "sumber",
    "pesan": "API KPU Kabupaten Pati menjawab 500.",
    "cara": "pulihkan layanan.",
}
KUDUS = {**PATI, "kode": "33.19", "nama": "KPU Kabupaten Kudus"}


class FakeAirflow:
    """Answers from two tables."""

    def __init__(self, tasks, values, state="failed"):
        self._tasks, self._values, self._state = tasks, values, state

    def run(self, dag_id, run_id):
        return {"state": self._state}

    def tasks(self, dag_id, run_id):
        return self._tasks

    def value(self, dag_id, run_id, task, index=-1, key="return_value"):
        return self._values.get((task, index, key))


def task(name, state="success", index=-1, label=""):
    return TaskState(name, index, label, state, 1, 1.0)


def watched(tasks, values, state="failed"):
    run = RunWatch(FakeAirflow(tasks, values, state), "kpu_triwulan", "r")
    run.poll()
    return run


@pytest.fixture
def collected():
    values = {
        ("buka_periode", -1, "return_value"): [{"satker": ["33.18", "33.19"]}, {"satker": ["34"]}],
        ("kumpulkan", 0, "return_value"): {"satker": 2, "berhasil": 0, "gagal": [PATI, KUDUS]},
        ("kumpulkan", 1, "return_value"): {"satker": 1, "berhasil": 1, "gagal": []},
        ("validasi", -1, "return_value"): {
            "masuk": 1200,
            "diterima": 1100,
            "dikarantina": 90,
            "kembar": 10,
            "buku": [5, 4, 1, 0],
        },
        ("rekap", -1, "return_value"): {"angka": 4000},
        ("putusan", -1, "putusan"): {"gagal": [PATI], "perlu_orang": [], "tanpa_saluran": ["11", "12"]},
    }
    tasks = [
        task("buka_periode"),
        task("kumpulkan", index=0),
        task("kumpulkan", index=1),
        task("kumpulkan_ulang", "failed", 0, "33.18 Kabupaten Pati"),
        task("kumpulkan_ulang", "success", 1, "33.19 Kabupaten Kudus"),
        task("validasi"),
        task("rekap"),
        task("putusan", "failed"),
    ]
    return watched(tasks, values)


@pytest.fixture
def printed():
    values = {
        ("susun", -1, "return_value"): [["satker:34", "provinsi:34"], ["nasional:00"]],
        ("terbitkan", -1, "return_value"): {"edisi_baru": ["HT-1", "HT-2", "HT-3"]},
    }
    return watched([task("susun"), task("cetak", index=0), task("cetak", "running", 1), task("terbitkan")], values)


def test_phases_of_the_collection(collected):
    assert collection_phases(collected) == [
        RunProgress("Kumpulkan", 3, 3, "2 satker gagal"),
        RunProgress("Kumpulkan ulang", 2, 2, "1 masih gagal"),
        RunProgress("Validasi", 1, 1, "1.200 baris, 90 ditahan"),
        RunProgress("Rekap", 1, 1, "4.000 angka"),
    ]


def test_phases_before_anything_is_known():
    run = watched([task("buka_periode", None), task("kumpulkan", None), task("validasi", None)], {}, "running")
    assert [(phase.selesai, phase.jumlah) for phase in collection_phases(run)] == [(0, 0), (0, 0), (0, 1), (0, 1)]
    assert not run.finished


@pytest.mark.parametrize(
    ("codes", "remark"),
    [
        ([], ""),
        (["status_5xx", "batas_waktu"], "2 satker gagal"),
        (["status_5xx", "tanpa_saluran", "saluran_nonaktif"], "1 satker gagal, 2 tanpa saluran"),
        (["tanpa_saluran"], "1 tanpa saluran"),
    ],
)
def test_units_without_channel_are_not_called_failed(codes, remark):
    assert watch._failures_remark(codes) == remark


def test_second_pass_without_anybody_is_done():
    run = watched([task("kumpulkan_ulang", "skipped")], {})
    assert RunProgress("Kumpulkan ulang", 1, 1, "tidak ada yang gagal") in collection_phases(run)


def test_phases_of_the_reports(printed):
    assert report_phases(printed) == [
        RunProgress("Cetak", 2, 3),
        RunProgress("Situs", 0, 1),
        RunProgress("Terbitkan", 1, 1, "3 edisi baru"),
    ]


def test_values_are_asked_once_per_try(collected, monkeypatch):
    collection_phases(collected)
    monkeypatch.setattr(collected._airflow, "value", lambda *_: pytest.fail("asked again"))
    collection_phases(collected)


def shown(result, home):
    station = SimpleNamespace(url="http://127.0.0.1:8080", login="admin / rahasia")
    out = io.StringIO()
    summary.show(result, station, home, Console(file=out, width=200, highlight=False))
    return out.getvalue()


def test_summary_says_units_rows_who_must_act_and_how_to_rerun(collected, printed, tmp_path):
    text = shown(Result(Lembaga.KPU, "2026-TW3", collected, printed, 42.0), tmp_path)
    for expected in (
        "3 diminta, 2 terkumpul (1 pada putaran ulang)",
        "1.200 masuk = 1.100 diterima + 90 ditahan + 10 kembar",
        "5 pernah diterima = 4 berlaku + 1 digantikan + 0 dicabut",
        "Gagal dikumpulkan: 1 satker",
        "Pengelola sumber data · status_5xx · 1 satker: 33.18 KPU Kabupaten Pati",
        "menjawab 500. → pulihkan layanan.",
        "Belum tersambung: 2 satker",
        "Edisi baru: 3 laporan",
        str(tmp_path / "terbitan/index.html"),
        "http://127.0.0.1:8080/dags/kpu_triwulan/runs/r/tasks/kumpulkan_ulang/mapped",
        "misalnya 33.18 Kabupaten Pati",
        "Downstream",
    ):
        assert expected in text


def test_summary_of_a_quarter_that_ended_early(tmp_path):
    run = watched([task("buka_periode", "failed")], {})
    text = shown(Result(Lembaga.KPU, "2026-TW3", run, None, 5.0), tmp_path)
    assert "pemeriksaan tidak selesai" in text
    assert "Edisi baru: 0 laporan" in text


def unit(first, again, rows=0, recap_of=""):
    def state(status):
        return {"status": status, "masuk": rows, "diterima": rows, "dikarantina": 0, "kembar": 0}

    return {"pertama": state(first), "ulang": state(again), "rekap_dari": recap_of}


def test_expected_outcome_takes_the_second_pass_of_failing_units_only():
    truth = {
        "11": unit("berhasil", "berhasil", 3),
        "12": unit("gagal", "berhasil", 4),
        "13": unit("gagal", "gagal"),
        "14": unit("tanpa_saluran", "tanpa_saluran"),
    }
    failing, rows = expected_outcome(truth)
    assert failing == {"13"}
    assert rows["masuk"] == 7
    assert expected_outcome(truth, frozenset({"11"})) == (set(), {**rows, "masuk": 3, "diterima": 3})


def test_rows_that_a_province_tells_of_its_units_come_with_the_province_alone():
    truth = {"63": unit("berhasil", "berhasil", 3), "63.05": unit("berhasil", "berhasil", 4, "63")}
    rows = {asked: expected_outcome(truth, frozenset(asked.split()))[1]["masuk"] for asked in ("", "63", "63.05")}
    assert rows == {"": 7, "63": 7, "63.05": 0}


def test_plain_screen_says_each_phase_once():
    out = io.StringIO()
    screen = Screen(Console(file=out, width=200))
    for done in (0, 1, 2, 2):
        screen.show([RunProgress("Cetak", done, 2, "[bold]")])
    assert out.getvalue() == "Cetak: 2 dari 2 ([bold])\n"


def test_numbers_have_indonesian_thousands():
    assert watch._dotted(1234567) == "1.234.567"


def test_starts_that_failed_early_do_not_push_out_the_results_of_the_demo_before(tmp_path):
    demo = DemoUnits(Lembaga.KPU, "2026-TW3", tmp_path / "demo")
    (demo.home / "terbitan").mkdir(parents=True)
    demo.keep_earlier(print)
    for _ in range(2):  # a port in use: only Airflow's folder was made
        (demo.home / "airflow").mkdir(parents=True)
        demo.keep_earlier(print)
    assert (tmp_path / "demo-sebelumnya/terbitan").is_dir()
    assert not demo.home.exists()
