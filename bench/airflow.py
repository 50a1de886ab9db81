"""A demo quarter in the real Airflow on SQLite, from trigger to published, against the same quarter in one process.

Method. ``in process``: wall time of ``humas quarter PERIODE --demo`` as a process of its own, from nothing (fresh state
folder). ``airflow``: from the moment the run is triggered over REST until the report run has ended, in an Airflow
started for it on another fresh state folder; its start-up, from the command to a UI that answers, is printed
beside. Both in one run on one machine, in turn, ``--times`` times; ratios, their median, and the seconds of each task.
``--parse`` instead: each DAG file read in a fresh process, five times; Airflow's own figure, and which heavy packages
were imported by it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from humas.local.demo import DemoUnits
from humas.local.live import Order, follow_quarter
from humas.local.processes import claim
from humas.local.rest import TaskState
from humas.local.screen import Screen
from humas.local.station import open_station
from humas.registry import Lembaga

ROOT = Path(__file__).resolve().parents[1]
PARSES = 5
PARSER = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(dag_folder=sys.argv[1], bundle_name="dags-folder")
heavy = [name for name in ("pandas", "great_expectations", "typst", "humas.pipeline.quarter") if name in sys.modules]
print(json.dumps({"detik": bag.dagbag_stats[0].duration.total_seconds(), "berat": heavy}))
"""


def in_process(home: Path, period: str) -> float:
    """Wall seconds of the command line from nothing to published."""
    command = [sys.executable, "-m", "humas.cli", "quarter", period, "--demo", "--json"]
    begun = time.perf_counter()
    subprocess.run(command, env={**os.environ, "HUMAS_HOME": str(home)}, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - begun


def in_airflow(home: Path, period: str) -> tuple[float, float, list[TaskState]]:
    """Seconds until the UI answers, seconds from trigger to published, and all task instances."""
    os.environ["HUMAS_HOME"] = str(home)
    demo = DemoUnits(Lembaga.KPU, period, home / "demo")
    begun = time.perf_counter()
    with claim(home, print), open_station(demo.home, print, before_scheduler=demo.start) as station:
        ready = time.perf_counter() - begun
        result = follow_quarter(Order(Lembaga.KPU, period, (), None, exit=True), station, Screen())
        assert demo.judge(result, (), print), "the outcome is not the expected one"
        return ready, result.seconds, [*result.collect.tasks, *(result.report.tasks if result.report else [])]


def show_tasks(tasks: list[TaskState]) -> None:
    """Number and seconds of the instances of each task."""
    for name in dict.fromkeys(task.task for task in tasks):
        seconds = [task.seconds for task in tasks if task.task == name]
        print(f"    {name:16}{len(seconds):4} × {statistics.mean(seconds):6.2f} s = {sum(seconds):7.1f} s")


def parse_files() -> None:
    """Print the median seconds of reading each DAG file, and the heavy packages found afterwards."""
    for file in sorted((ROOT / "dags").glob("*.py")):
        answers = [_parse(file) for _ in range(PARSES)]
        seconds = statistics.median(answer["detik"] for answer in answers)
        print(f"{file.name:16}{seconds:7.3f} s (target < 1), heavy packages: {answers[0]['berat'] or 'none'}")


def _parse(file: Path) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "AIRFLOW_HOME": folder,
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
            "PYTHONPATH": str(ROOT / "include"),
        }
        command = [sys.executable, "-c", PARSER, str(file)]
        answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(answer.stdout.strip().splitlines()[-1])


def main() -> None:
    """Compare, ``--times`` times, or measure the reading of DAG files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--periode", default="2026-TW3")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--parse", action="store_true")
    args = parser.parse_args()
    if args.parse:
        parse_files()
        return
    ratios = []
    for _ in range(args.times):
        with tempfile.TemporaryDirectory() as folder:
            plain = in_process(Path(folder, "a"), args.periode)
            ready, real, tasks = in_airflow(Path(folder, "b"), args.periode)
        ratios.append(real / plain)
        print(f"in process {plain:.1f} s, airflow {real:.1f} s, ratio {ratios[-1]:.2f}; UI ready after {ready:.1f} s")
        show_tasks(tasks)
    print(f"median ratio {statistics.median(ratios):.2f} (target 2.0)")


if __name__ == "__main__":
    main()
