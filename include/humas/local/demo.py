"""The demo's units: simulated ones of each body on the loopback address, in a state folder of their own, and their truth."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import requests

from humas.errors import OperatorError
from humas.local.configuration import shares
from humas.local.rest import wait_until
from humas.local.supervisor import Supervisor
from humas.registry import Lembaga
from humas.settings import Publishing

if TYPE_CHECKING:
    from humas.local.summary import Result

COMPONENT: Final = "satker-tiruan"
START_SECONDS: Final = 60.0
RESULTS: Final = ("gudang.db", "landing", "terbitan")
ROW_COUNTS: Final = ("masuk", "diterima", "dikarantina", "kembar")


class DemoUnits:
    """Simulated units, of each body a component more. home: the demo's data, which never mixes with real data."""

    def __init__(self, bodies: Sequence[Lembaga], period: str, home: Path) -> None:
        self._bodies = bodies
        self._period = period
        self.home = home
        self._folder = home / "satker"
        self._announced: dict[Lembaga, dict[str, Any]] = {}

    def keep_earlier(self, say: Callable[[str], None]) -> None:
        """Put the demo before this one aside: each demo starts from nothing, so that its outcome is known."""
        if not any((self.home / name).exists() for name in RESULTS):
            # It never got as far as a unit (a port in use, a full disk): the results kept before it are worth more.
            shutil.rmtree(self.home, ignore_errors=True)
            return
        aside = self.home.with_name("demo-sebelumnya")
        shutil.rmtree(aside, ignore_errors=True)
        self.home.rename(aside)
        say(f"Hasil demo sebelumnya disimpan di {aside}.")

    def start(self, supervisor: Supervisor) -> Mapping[str, str]:
        """Start the units, wait until they answer; returns the variables that make the pipeline collect there."""
        logs = {body: supervisor.log_of(f"{COMPONENT}-{body.value}") for body in self._bodies}
        for body in self._bodies:
            supervisor.start(f"{COMPONENT}-{body.value}", self._command(body))
        silent = partial(_silent, list(logs.values()))
        if not wait_until(lambda: not silent(), START_SECONDS * len(logs), supervisor.watch, 0.1):
            raise OperatorError("satker_tiruan_diam", "Satker tiruan belum menyala.", f"baca {silent()[0]}.")
        self._announced = {body: _announcement(log) or {} for body, log in logs.items()}
        return {
            **next(iter(self._announced.values()))["lingkungan"],
            "HUMAS_REGISTER": str(self._register()),
            "HUMAS_JADWAL": "mati",
            "HUMAS_TERBIT": os.environ.get("HUMAS_TERBIT") or Publishing.WHOLE.value,
            "HUMAS_JATAH": shares(len(self._bodies)),
            # The second pass has asked them again already; what is silent then stays red until the operator acts.
            "HUMAS_KALI_ULANG": "0",
        }

    def _command(self, body: Lembaga) -> tuple[str, ...]:
        module = (sys.executable, "-m", "humas.simulate")
        folder = str(self._folder / body.value)
        return (*module, "--lembaga", body.value, "--periode", self._period, "--folder", folder)

    def _register(self) -> Path:
        """One channel file with the lines of all bodies, as an installation keeps it."""
        texts = [Path(one["saluran"]).read_text("utf-8").partition("\n") for one in self._announced.values()]
        file = self._folder / "saluran.csv"
        file.write_text(f"{texts[0][0]}\n{''.join(lines for _, _, lines in texts)}", "utf-8")
        return file

    def judge(self, result: Result, asked: Iterable[str], say: Callable[[str], None]) -> bool:
        """Whether the quarter of a body ended as the simulator says it must; tells each difference."""
        failing, rows = expected_outcome(self._truth(result.lembaga), frozenset(asked))
        found = {unit["kode"] for unit in result.verdict.get("gagal", ())}
        differences = []
        if found != failing:
            differences.append(f"satker gagal berbeda: {', '.join(sorted(found ^ failing))}")
        differences += [
            f"baris {name}: {result.rows.get(name)}, seharusnya {rows[name]}"
            for name in ROW_COUNTS
            if result.rows.get(name) != rows[name]
        ]
        if not (result.new_editions or result.draft):
            differences.append("tidak ada laporan yang terbit")
        whose = f"Hasil demo {result.lembaga.label}" if len(self._bodies) > 1 else "Hasil demo"
        say(f"\n{whose} berbeda dari harapan simulasi:" if differences else f"\n{whose} sesuai harapan simulasi.")
        for difference in differences:
            say(f"  - {difference}")
        return not differences

    def mend(self, body: Lembaga, red: Iterable[str], say: Callable[[str], None]) -> None:
        """Let the broken units of a body that can recover do so, as if their administrators had acted; names those of ``red``.

        red: labels of the failed tasks, such as ``33.74 Kota Semarang``.
        """
        requests.post(f"{self._announced[body]['url']}/kendali/pulih", timeout=5).raise_for_status()
        truth = self._truth(body)
        mended = [label for label in red if truth[label.split()[0]]["pulih"]["status"] != "gagal"]
        if mended:
            whose = f"{body.label}: " if len(self._bodies) > 1 else ""
            say(f"{whose}Sumbernya kini sudah dibetulkan pengelolanya: {', '.join(mended)}. Ulangi salah satunya.")

    def _truth(self, body: Lembaga) -> Mapping[str, Mapping[str, Any]]:
        told = json.loads(Path(self._announced[body]["kebenaran"]).read_text("utf-8"))
        truth: Mapping[str, Mapping[str, Any]] = told["satker"]
        return truth


def expected_outcome(
    truth: Mapping[str, Mapping[str, Any]], asked: frozenset[str] = frozenset()
) -> tuple[set[str], dict[str, int]]:
    """Codes that must still fail after the second pass, and the row counts; ``asked`` empty means all units.

    A unit of which only a recap speaks comes with the province that sends it.
    A unit that failed at first is collected once more (``ulang``); the others are not (``pertama``).
    """
    failing: set[str] = set()
    rows = dict.fromkeys(ROW_COUNTS, 0)
    for code, unit in truth.items():
        if asked and (unit["rekap_dari"] or code) not in asked:
            continue
        last = unit["ulang"] if unit["pertama"]["status"] == "gagal" else unit["pertama"]
        if last["status"] == "gagal":
            failing.add(code)
        for name in ROW_COUNTS:
            rows[name] += last[name]
    return failing, rows


def _silent(logs: Iterable[Path]) -> list[Path]:
    """The logs of units that have not said yet where they are."""
    return [log for log in logs if _announcement(log) is None]


def _announcement(log: Path) -> dict[str, Any] | None:
    """The line in which the units say where they are; None as long as they have not."""
    for line in log.read_text("utf-8", "replace").splitlines() if log.exists() else []:
        if line.startswith("{") and line.endswith("}"):
            return dict(json.loads(line))
    return None
