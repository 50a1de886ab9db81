"""``./humas test``: every tier in turn, what was skipped and why, and one verdict.

``./humas test`` runs all tiers; ``./humas test unit dag`` these; anything else goes to pytest as it stands.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO
from xml.etree import ElementTree  # written by our own pytest a moment ago

ROOT = Path(__file__).resolve().parents[1]
MARKERS = ("mesin", "warehouse", "dags", "pipeline", "kotak", "kantor", "fuzz", "browser", "e2e", "sebaran")
NO_TESTS = 5
# Tiers whose tests share no server and no port; a file stays with one worker, which builds its fixtures once.
SPREAD, WORKERS = {"unit", "mesin"}, 4
# Tiers that use one core and share nothing with each other: side by side, each lane in its order.
LANES = (("pipeline",), ("warehouse", "dags", "kotak", "kantor", "fuzz"))
STYLE = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
)
TIERS = {
    "gaya": "gaya penulisan dan tipe",
    "unit": "unit, tanpa Airflow",
    "mesin": "mesin seutuhnya: Great Expectations, typst, proses pembaca, perintah",
    "warehouse": "gudang pada SQLite dan PostgreSQL",
    "dags": "DAG, tanpa penjadwal",
    "pipeline": "pipa terhadap kebenaran simulasi",
    "kotak": "kotak masuk pada folder, SFTP, dan S3 sungguhan; proses dimatikan di tengah kerja",
    "kantor": "buku kerja di LibreOffice",
    "fuzz": "berkas rusak, triwulan dengan kiriman jahat, dan dua belas triwulan berturut-turut",
    "browser": "halaman di peramban",
    "e2e": "penjadwal sungguhan",
    "sebaran": "pemasangan Compose: CeleryExecutor, Redis, PostgreSQL, dua worker",
}


@dataclass
class Outcome:
    """What came of one tier; skips: reason -> count."""

    name: str
    code: int
    seconds: float
    passed: int = 0
    failed: int = 0
    skips: Counter = field(default_factory=Counter)

    @property
    def good(self) -> bool:
        """Whether nothing failed."""
        return self.code in {0, NO_TESTS}


def main(arguments: list[str]) -> int:
    """Run the tiers; exit code 0 when all are good, 1 otherwise."""
    os.chdir(ROOT)
    os.environ.pop("HUMAS_REGISTER", None)
    if arguments and not set(arguments) <= set(TIERS):
        return subprocess.run([sys.executable, "-m", "pytest", *arguments], check=False).returncode
    begun = time.monotonic()
    outcomes = [run_tier(name) for name in arguments] if arguments else run_all()
    report(outcomes, time.monotonic() - begun)
    return 0 if all(outcome.good for outcome in outcomes) else 1


def run_all() -> list[Outcome]:
    """Every tier once, in the order of ``TIERS``; where the lanes begin they run side by side."""
    found: dict[str, Outcome] = {}
    for name in TIERS:
        if name in found:
            continue
        if any(name in lane for lane in LANES):
            with ThreadPoolExecutor(len(LANES)) as lanes:
                for outcomes in lanes.map(run_lane, LANES):
                    found |= {outcome.name: outcome for outcome in outcomes}
        else:
            found[name] = run_tier(name)
    return [found[name] for name in TIERS]


def run_lane(names: tuple[str, ...]) -> list[Outcome]:
    """Run tiers one after another, each in a process of its own that says what it said when it has ended."""
    outcomes = []
    for name in names:
        print(f"\n── {name} berjalan di samping yang lain ──", flush=True)
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
            outcome = run_tier(name, said)
            said.seek(0)
            print(said.read(), flush=True)
        outcomes.append(outcome)
    return outcomes


def run_tier(name: str, output: TextIO | None = None) -> Outcome:
    """Run one tier, its output on the terminal unless a file is given."""
    print(f"\n── {name}: {TIERS[name]} ──", flush=True, file=output)
    begun = time.monotonic()
    outcome = style() if name == "gaya" else tests(name, output)
    outcome.seconds = time.monotonic() - begun
    return outcome


def style() -> Outcome:
    """Ruff and mypy over the whole repository."""
    codes = [subprocess.run([sys.executable, "-m", *command], check=False).returncode for command in STYLE]
    return Outcome("gaya", max(codes), 0, sum(code == 0 for code in codes), sum(code != 0 for code in codes))


def tests(name: str, output: TextIO | None = None) -> Outcome:
    """The tests of one tier; a test with several marks belongs to the last of them."""
    heavier = MARKERS[MARKERS.index(name) + 1 :] if name in MARKERS else MARKERS
    expression = " and ".join([*([name] if name in MARKERS else []), *(f"not {marker}" for marker in heavier)])
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder, "hasil.xml")
        command = [sys.executable, "-m", "pytest", "-m", expression or name, f"--junitxml={record}"]
        command += [f"--ignore={file}" for file in unread(heavier)]
        command += ["-n", str(min(WORKERS, os.cpu_count() or 1)), "--dist", "loadfile"] if name in SPREAD else []
        ours = environment() if name in SPREAD else None
        code = subprocess.run(
            command, check=False, env=ours, stdout=output, stderr=subprocess.STDOUT if output else None
        ).returncode
        return counted(name, code, record)


def environment() -> dict[str, str]:
    """Our environment; where it forbids compiled modules beside the sources, they stand with pytest's own notes.

    Without any, each worker takes all tests to pieces again for their assertions: a third of its start.
    """
    ours = dict(os.environ)
    if ours.pop("PYTHONDONTWRITEBYTECODE", ""):
        ours["PYTHONPYCACHEPREFIX"] = str(ROOT / ".pytest_cache" / "compiled")
    return ours


def unread(heavier: tuple[str, ...]) -> list[Path]:
    """Files of heavier tiers alone: reading them only to leave them out takes seconds."""
    return [file for file in sorted((ROOT / "tests").rglob("test_*.py")) if bears(file.read_text("utf-8"), heavier)]


def bears(text: str, marks: tuple[str, ...]) -> bool:
    """Whether a file says at its head that all its tests bear one of these marks."""
    head = re.search(r"^pytestmark = .*(?:\n[ \]].*)*", text, re.MULTILINE)
    return head is not None and not set(marks).isdisjoint(re.findall(r"\bpytest\.mark\.(\w+)", head[0]))


def counted(name: str, code: int, record: Path) -> Outcome:
    """Read pytest's record; a tier that died before writing one has failed."""
    if not record.exists():
        return Outcome(name, code or 1, 0, failed=1)
    outcome = Outcome(name, code, 0)
    for case in ElementTree.parse(record).iter("testcase"):
        skipped = case.find("skipped")
        if skipped is not None:
            outcome.skips[skipped.get("message", "tanpa alasan")] += 1
        elif case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
        else:
            outcome.passed += 1
    return outcome


def report(outcomes: list[Outcome], seconds: float) -> None:
    """The table at the end."""
    print(f"\n{'tingkat':<12}{'lulus':>7}{'gagal':>7}{'lewat':>7}{'detik':>8}")
    for outcome in outcomes:
        skipped = sum(outcome.skips.values())
        mark = "" if outcome.good else "  GAGAL"
        print(f"{outcome.name:<12}{outcome.passed:>7}{outcome.failed:>7}{skipped:>7}{outcome.seconds:>8.1f}{mark}")
    reasons = [(outcome.name, reason, count) for outcome in outcomes for reason, count in sorted(outcome.skips.items())]
    if reasons:
        print("\nDilewati, dan sebabnya:")
    for name, reason, count in reasons:
        print(f"  {name}: {count} × {reason}")
    good = all(outcome.good for outcome in outcomes)
    print(f"\n{'Semua lulus' if good else 'ADA YANG GAGAL'}, {seconds:.0f} detik.", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
