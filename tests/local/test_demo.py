"""The demo's judge, the summary of a quarter, and its phases: from answers of Airflow, without Airflow."""

import io
import json
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from humas.installation.summary import RunProgress
from humas.local import live, summary, watch
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


def test_a_draft_that_waits_is_told():
    values = {
        ("susun", -1, "return_value"): [["nasional:00"]],
        ("terbitkan", -1, "draf"): {"baris": ["DRAF, 1 laporan"]},
    }
    run = watched([task("susun"), task("cetak", index=0), task("terbitkan", "skipped")], values)
    result = Result(Lembaga("kpu"), "2026-TW3", run, run, 1.0)
    assert (list(result.draft), result.new_editions) == (["DRAF, 1 laporan"], [])
    assert report_phases(run)[-1].catatan == "draf, menunggu keputusan"


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
    demo = DemoUnits((Lembaga.KPU,), "2026-TW3", tmp_path / "demo")
    (demo.home / "terbitan").mkdir(parents=True)
    demo.keep_earlier(print)
    for _ in range(2):  # a port in use: only Airflow's folder was made
        (demo.home / "airflow").mkdir(parents=True)
        demo.keep_earlier(print)
    assert (tmp_path / "demo-sebelumnya/terbitan").is_dir()
    assert not demo.home.exists()


class FakeSupervisor:
    """Units that say at once where they are: each writes its channel file and what must come of it."""

    def __init__(self, folder, failing=()):
        self._folder, self._failing, self.started = folder, failing, []

    def log_of(self, name):
        return self._folder / f"{name}.log"

    def start(self, name, command):
        options = dict(zip(command[3::2], command[4::2], strict=True))
        body, folder = options["--lembaga"], Path(options["--folder"])
        folder.mkdir(parents=True)
        (folder / "saluran.csv").write_text(f"lembaga,kode_satker\n{body},33\n", "utf-8")
        rows = unit("gagal", "gagal") if body in self._failing else unit("berhasil", "berhasil", 3)
        (folder / "kebenaran.json").write_text(json.dumps({"satker": {"33": rows}}), "utf-8")
        told = {"url": "http://x", "kebenaran": str(folder / "kebenaran.json"), "saluran": str(folder / "saluran.csv")}
        told["lingkungan"] = {"HUMAS_REGISTER": told["saluran"], "HUMAS_HOST_DIIZINKAN": "127.0.0.1"}
        self.log_of(name).write_text(json.dumps(told) + "\n", "utf-8")
        self.started.append(name)

    def watch(self):
        """All are well."""


THREE = (Lembaga.KPU, Lembaga.BAWASLU, Lembaga.PEMDA)


def test_units_of_three_bodies_are_one_installation_with_a_third_of_each_pool(tmp_path):
    supervisor = FakeSupervisor(tmp_path)
    told = DemoUnits(THREE, "2026-TW3", tmp_path / "demo").start(supervisor)
    assert supervisor.started == ["satker-tiruan-kpu", "satker-tiruan-bawaslu", "satker-tiruan-pemda"]
    register = Path(told["HUMAS_REGISTER"]).read_text("utf-8")
    assert register == "lembaga,kode_satker\nkpu,33\nbawaslu,33\npemda,33\n"
    assert told["HUMAS_JATAH"] == "kumpul:4,situs:1,cetak:1"


def test_one_body_may_take_the_whole_of_each_pool(tmp_path):
    told = DemoUnits(THREE[:1], "2026-TW3", tmp_path / "demo").start(FakeSupervisor(tmp_path))
    assert told["HUMAS_JATAH"] == "kumpul:12,situs:4,cetak:2"


def test_each_body_is_judged_by_the_truth_of_its_own_units(tmp_path):
    demo = DemoUnits(THREE, "2026-TW3", tmp_path / "demo")
    demo.start(FakeSupervisor(tmp_path, failing=("bawaslu",)))
    counts = {"masuk": 3, "diterima": 3, "dikarantina": 0, "kembar": 0}
    values = {
        ("validasi", -1, "return_value"): counts,
        ("terbitkan", -1, "return_value"): {"edisi_baru": ["HT-1"]},
    }
    run = watched([task("validasi"), task("terbitkan")], values)
    said = []
    met = [demo.judge(Result(body, "2026-TW3", run, run, 1.0), (), said.append) for body in THREE]
    assert met == [True, False, True]
    assert [line.strip() for line in said] == [
        "Hasil demo KPU sesuai harapan simulasi.",
        "Hasil demo Bawaslu berbeda dari harapan simulasi:",
        "- satker gagal berbeda: 33",
        "- baris masuk: 3, seharusnya 0",
        "- baris diterima: 3, seharusnya 0",
        "Hasil demo Humas Pemda sesuai harapan simulasi.",
    ]


class FakeQuarters:
    """Airflow with a quarter of each body; reports of a body appear at the second look."""

    def __init__(self):
        self.triggered, self.unpaused, self._looks = [], [], Counter()

    def set_paused(self, dag_id, *, paused):
        self.unpaused.append(dag_id)

    def trigger(self, dag_id, key, conf):
        self.triggered.append((dag_id, key, conf))
        return "r1"

    def runs(self, dag_id, states=()):
        self._looks[dag_id] += 1
        return [{"dag_run_id": "r2"}] if self._looks[dag_id] > 2 else []

    def run(self, dag_id, run_id):
        return {"state": "success"}

    def tasks(self, dag_id, run_id):
        return [task(name) for name in ("validasi", "rekap", "terbitkan")]

    def value(self, dag_id, run_id, name, index=-1, key="return_value"):
        values = {
            "validasi": {"masuk": 3, "dikarantina": 0},
            "rekap": {"angka": 7},
            "terbitkan": {"edisi_baru": [dag_id]},
        }
        return values.get(name)


def followed(monkeypatch, *bodies):
    """What is said of the quarters of these bodies, and what came of them."""
    monkeypatch.setattr(live, "POLL_SECONDS", 0)
    airflow, out = FakeQuarters(), io.StringIO()
    station = SimpleNamespace(
        url="http://x",
        airflow=airflow,
        supervisor=SimpleNamespace(watch=lambda: None),
        wait_for_dags=lambda *names: None,
        end_cut_off_runs=lambda *names: 0,
    )
    order = live.Order(bodies, "2026-TW3", ("33",), None, True)
    results = live.follow_quarters(order, station, Screen(Console(file=out, width=200)))
    return airflow, out.getvalue(), results


def test_quarters_of_three_bodies_run_at_once_and_each_line_says_whose_it_is(monkeypatch):
    airflow, said, results = followed(monkeypatch, *THREE)
    assert airflow.triggered == [(f"{body}_triwulan", "2026-TW3", {"satker": ["33"]}) for body in THREE]
    assert [result.lembaga for result in results] == list(THREE)
    assert [result.new_editions for result in results] == [[f"{body}_laporan"] for body in THREE]
    for label in ("KPU", "Bawaslu", "Humas Pemda"):
        assert f"{label}: Validasi: 1 dari 1 (3 baris, 0 ditahan)\n" in said
        assert f"{label}: Terbitkan: 1 dari 1 (1 edisi baru)\n" in said


def test_of_one_body_the_lines_are_as_ever(monkeypatch):
    _, said, _ = followed(monkeypatch, Lembaga.KPU)
    assert "\nValidasi: 1 dari 1 (3 baris, 0 ditahan)\n" in said
    assert "KPU" not in said
