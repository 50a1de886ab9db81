"""What a quarter in Airflow has reached, read over REST: phases with counts, for the screen and the summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from humas.installation.summary import RunProgress
from humas.local.rest import Airflow, TaskState

DONE: Final = frozenset({"success", "failed"})
UNCONNECTED: Final = frozenset({"tanpa_saluran", "saluran_nonaktif"})


class RunWatch:
    """One DAG run: its task instances, and what finished tasks handed on (asked once each)."""

    def __init__(self, airflow: Airflow, dag_id: str, run_id: str) -> None:
        self._airflow = airflow
        self.dag_id = dag_id
        self.run_id = run_id
        self.tasks: list[TaskState] = []
        self.state = "queued"
        self._values: dict[tuple[str, int, int], Any] = {}

    def poll(self) -> None:
        """Ask anew; a run that has ended is not asked again."""
        if self.finished:
            return
        self.state = str(self._airflow.run(self.dag_id, self.run_id)["state"])
        self.tasks = self._airflow.tasks(self.dag_id, self.run_id)

    @property
    def finished(self) -> bool:
        """Whether the run has ended, well or not."""
        return self.state in DONE

    def of(self, name: str) -> list[TaskState]:
        """The instances of one task; a mapped task that is not expanded yet counts as none."""
        return [task for task in self.tasks if task.task == name]

    def state_of(self, name: str) -> str | None:
        """State of an unmapped task."""
        return next((task.state for task in self.of(name)), None)

    def value(self, task: TaskState, key: str = "return_value") -> Any:
        """What a finished task instance handed on; remembered per try."""
        place = (f"{task.task}/{key}", task.index, task.attempt)
        if place not in self._values:
            self._values[place] = self._airflow.value(self.dag_id, self.run_id, task.task, task.index, key)
        return self._values[place]

    def values(self, name: str) -> list[Any]:
        """What all well finished instances of a task handed on."""
        return [self.value(task) for task in self.of(name) if task.state == "success"]


def collection_phases(run: RunWatch) -> list[RunProgress]:
    """Phases of ``<lembaga>_triwulan``."""
    groups = next(iter(run.values("buka_periode")), None) or []
    passes = run.values("kumpulkan")
    phases = [
        RunProgress(
            "Kumpulkan",
            sum(one["satker"] for one in passes),
            sum(len(group["satker"]) for group in groups),
            _failures_remark([unit["kode_galat"] for one in passes for unit in one["gagal"]]),
        )
    ]
    phases.append(_second_pass(run))
    rows = next(iter(run.values("validasi")), None)
    phases.append(_single(run, "validasi", "Validasi", _rows_remark(rows)))
    figures = next(iter(run.values("rekap")), None)
    phases.append(_single(run, "rekap", "Rekap", _figures_remark(figures)))
    return phases


def _failures_remark(codes: Sequence[str]) -> str:
    """How many units failed, and how many could not be asked because nobody connected them."""
    unconnected = sum(code in UNCONNECTED for code in codes)
    failed = len(codes) - unconnected
    parts = ((failed, "satker gagal"), (unconnected, "tanpa saluran"))
    return ", ".join(f"{number} {word}" for number, word in parts if number)


def _second_pass(run: RunWatch) -> RunProgress:
    """The units that failed at first, each collected once more; unknown before the first pass is done."""
    name = "Kumpulkan ulang"
    again = [task for task in run.of("kumpulkan_ulang") if task.index >= 0]
    if again:
        still = sum(task.state == "failed" for task in again)
        remark = f"{still} masih gagal" if still else ""
        return RunProgress(name, sum(task.end for task in again), len(again), remark)
    nobody = run.state_of("kumpulkan_ulang") == "skipped"
    return RunProgress(name, 1, 1, "tidak ada yang gagal") if nobody else RunProgress(name, 0, 0)


def report_phases(run: RunWatch) -> list[RunProgress]:
    """Phases of ``<lembaga>_laporan``."""
    batches: Sequence[Sequence[str]] = next(iter(run.values("susun")), ())
    printed = sum(len(batches[task.index]) for task in run.of("cetak") if task.index >= 0 and task.state == "success")
    new = next(iter(run.values("terbitkan")), None)
    remark = f"{_dotted(len(new['edisi_baru']))} edisi baru" if new else ""
    if run.state_of("terbitkan") == "skipped":
        remark = "draf, menunggu keputusan"
    return [
        RunProgress("Cetak", printed, sum(map(len, batches))),
        _single(run, "situs", "Situs", ""),
        _single(run, "terbitkan", "Terbitkan", remark),
    ]


def _single(run: RunWatch, task: str, name: str, remark: str) -> RunProgress:
    return RunProgress(name, int(run.state_of(task) == "success"), 1, remark)


def _figures_remark(figures: Mapping[str, Any] | None) -> str:
    """How many figures there are, and what computing them again gave where that is not as it should be."""
    if figures is None:
        return ""
    again = figures.get("hitung_ulang", {}).get("selisih", 0)
    return f"{_dotted(figures['angka'])} angka" + ("" if again == 0 else ", hitung ulang: lihat log Rekap")


def _rows_remark(rows: dict[str, int] | None) -> str:
    if rows is None:
        return ""
    return f"{_dotted(rows['masuk'])} baris, {_dotted(rows['dikarantina'])} ditahan"


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")
