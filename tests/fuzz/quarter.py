"""Whole quarters with hostile submissions among good ones, through the real pipeline, in one measured process.

python -m tests.fuzz.quarter SECONDS FIRST_SEED    quarters until the time is over; the last line printed is the outcome
python -m tests.fuzz.quarter replay SEED           the quarter of one seed again, with the whole traceback
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from humas.errors import PROGRAM_FAULT
from humas.installation.context import Context
from humas.periods import Triwulan
from humas.pipeline import quarter as pipeline
from humas.publish.verify import RecordBook, RecordSource, books_of_site, judged, verify
from humas.registry import Cycle
from humas.validation.result import SubmissionStatus

from tests.fuzz.hostile import HEAVY, KINDS, NIK, Victim, killer
from tests.fuzz.memory import MIB, Memory
from tests.fuzz.nation import BODY, Nation, quarter_closed, regencies, truth
from tests.pipeline.judge import differences, observe

QUARTER = Triwulan(2026, 3)
CYCLE = Cycle(BODY, QUARTER.key)
GOOD, HOSTILE = 10, 24
ACCEPTED = {status.value for status in SubmissionStatus if status.valid}
SHOWN = {".html", ".json", ".csv", ".svg", ".xml"}


@contextmanager
def nation_of(seed: int, *, hostile: bool = True) -> Iterator[tuple[Nation, dict[str, str]]]:
    """A nation on disk with all files laid, and the kind of each hostile unit."""
    codes = regencies(QUARTER)
    chance = random.Random(seed)
    good, bad = codes[:GOOD], chance.sample(codes[GOOD:], HOSTILE)
    kinds = [*sorted(KINDS), *chance.choices(sorted(KINDS.keys() - HEAVY), k=HOSTILE - len(KINDS))]
    with tempfile.TemporaryDirectory() as folder:
        nation = Nation(Path(folder, "pemasangan"), (*good, *(bad if hostile else ())))
        nation.prepare()
        for code in good:
            nation.lay_good(code, QUARTER)
        chosen = dict(zip(bad, kinds, strict=True)) if hostile else {}
        for code, kind in chosen.items():
            victim = Victim(code, chance.choice([one for one in (*good, *bad) if one != code]), QUARTER)
            for name, data in KINDS[kind](victim, chance):
                nation.lay(code, QUARTER, name, data)
        yield nation, chosen


def run_once(nation: Nation, number: int) -> Context:
    """One whole quarter."""
    k = nation.open(quarter_closed(QUARTER))
    pipeline.run_quarter(k, CYCLE, run_id=f"jalan-{number}")
    return k


def figures_of(k: Context, codes: list[str]) -> dict[tuple[str, ...], float]:
    """The published figures of these units."""
    table = k.warehouse.figures(CYCLE).fillna({"rincian": "", "nilai": -1})
    mine = table[(table["lingkup"] == "satker") & table["kode"].isin(codes)]
    return {(row.kode, row.ukuran, row.rincian): row.nilai for row in mine.itertuples()}


def faults_of(k: Context, kinds: dict[str, str], calm: dict[tuple[str, ...], float]) -> list[str]:
    """Every promise that a quarter broke, in plain words."""
    good = regencies(QUARTER)[:GOOD]
    seen = observe(k, CYCLE)
    faults = differences(truth(good, QUARTER), seen)
    if figures_of(k, good) != calm:
        faults.append("angka satker baik berubah karena kiriman satker lain")
    balance = k.warehouse.conservation(CYCLE)
    faults += balance.selisih
    if balance.menunggu != list(kinds.values()).count(killer.__name__):
        faults.append(f"{balance.menunggu} kiriman belum dinilai")
    return [*faults, *_unanswered(k, kinds), *_published(k)]


def _unanswered(k: Context, kinds: dict[str, str]) -> Iterator[str]:
    """Hostile units without exactly one outcome, or whose outcome does not say who acts and how.

    A unit is accepted, refused, or not read; of those not accepted operators hear once. Our program fails on none but
    the one that kills the reader.
    """
    decision = pipeline.decide(k, CYCLE, "")
    told = [*decision.gagal, *decision.perlu_orang]
    outcomes = outcomes_of(k)
    for code, kind in kinds.items():
        outcome = outcomes.get(code, "")
        answers = [one for one in told if one.kode == code]
        if len(answers) != (outcome not in ACCEPTED):
            yield f"{kind} {code}: {outcome or 'tanpa hasil'}, dengan {len(answers)} jawaban"
        yield from (
            f"{kind} {code}: {answer.kode_galat} tanpa pelaku, pesan, atau cara"
            for answer in answers
            if not (answer.pelaku and answer.pesan.isprintable() and answer.cara)
        )
        if (outcome == PROGRAM_FAULT) != (kind == killer.__name__):
            yield f"{kind} {code}: {outcome} {[answer.pesan for answer in answers]}"
    yield from _held_without_reason(k)


def _held_without_reason(k: Context) -> Iterator[str]:
    """Rows held back of which no finding says what to do; of a refused file its refusal says it."""
    findings = k.warehouse.findings(CYCLE)
    place = ["id_kiriman", "himpunan", "baris"]
    reasons = set(
        findings.loc[(findings["pesan"] != "") & (findings["cara"] != ""), place].itertuples(index=False, name=None)
    )
    verdicts = k.warehouse.verdicts(CYCLE)
    refused = set(verdicts.loc[~verdicts["status"].isin(ACCEPTED), "id_kiriman"])
    held = k.warehouse.quarantine(CYCLE)[place].itertuples(index=False, name=None)
    yield from (f"{row}: ditahan tanpa sebab atau cara" for row in held if row[0] not in refused and row not in reasons)


def outcomes_of(k: Context) -> dict[str, str]:
    """Unit → what came of its newest submission: the error of its collection, or else its verdict."""
    attempts = k.warehouse.last_attempts(CYCLE)
    verdicts = k.warehouse.verdicts(CYCLE)
    newest = dict(verdicts.loc[verdicts["terbaru"], ["kode_satker", "status"]].itertuples(index=False, name=None))
    return newest | {
        attempt.kode_satker: attempt.kode_galat for attempt in attempts.itertuples() if attempt.status != "berhasil"
    }


def _published(k: Context) -> Iterator[str]:
    """Published files that are not what they should be."""
    root = k.settings.published
    release = (root / BODY / QUARTER.key).resolve()
    reports = [path for path in release.rglob("*") if path.suffix in {".pdf", ".xlsx"} and path.name.startswith("HT-")]
    if len(reports) < GOOD:
        yield f"hanya {len(reports)} laporan terbit"
    books = books_of(k)
    yield from (f"{book.periode}: {remark}" for book in books for remark in book.remarks)
    answers = {path: verify(path, books) for path in reports}
    yield from (f"{path.name}: {answer.pesan}" for path, answer in answers.items() if not answer.asli)
    shown = (path for path in root.rglob("*") if path.suffix in SHOWN and path.is_file())
    hidden = {"NIK": NIK.encode(), "letak pemasangan": str(k.settings.home).encode()}
    yield from (
        f"{path.name} memuat {what}" for path in shown for what, text in hidden.items() if text in path.read_bytes()
    )


def books_of(k: Context) -> list[RecordBook]:
    """The records that ``./humas verify`` answers from: the warehouse's, compared with the site's."""
    ours = (
        RecordBook(cycle.lembaga, cycle.period, tuple(k.warehouse.edition_records(cycle)), RecordSource.WAREHOUSE)
        for cycle in k.warehouse.published_cycles()
    )
    return judged(list(ours), books_of_site(k.settings.published))


def digest_of(k: Context) -> dict[str, str]:
    """What readers see: file → SHA-256; without the pages that say when a failed unit was last tried, and their manifest."""
    tried = {code for code, outcome in outcomes_of(k).items() if outcome not in {*ACCEPTED, SubmissionStatus.REFUSED}}
    release = (k.settings.published / BODY / QUARTER.key).resolve()
    return {
        str(path.relative_to(release)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(release.rglob("*"))
        if path.is_file() and path.stem not in {"manifes", *tried}
    }


def calm_figures() -> dict[tuple[str, ...], float]:
    """The figures of the good units when nobody disturbs; they agree with the truth."""
    with nation_of(0, hostile=False) as (nation, kinds):
        k = run_once(nation, 1)
        calm = figures_of(k, regencies(QUARTER)[:GOOD])
        assert not (faults := faults_of(k, kinds, calm)), faults
    return calm


def try_seed(seed: int, calm: dict[tuple[str, ...], float]) -> tuple[Counter[str], list[str]]:
    """The quarter of a seed, and its rerun: what came of the hostile units, and every fault."""
    with nation_of(seed) as (nation, kinds):
        k = run_once(nation, 1)
        faults, before = faults_of(k, kinds, calm), digest_of(k)
        seen = outcomes_of(k)
        outcomes = Counter(f"{kind}: {seen.get(code, '')}" for code, kind in kinds.items())
        again = run_once(nation, 2)
        changed = {name for name, _ in before.items() ^ digest_of(again).items()}
        if changed:
            faults.append(f"jalan ulang mengubah terbitan: {sorted(changed)[:5]}")
        return outcomes, faults + [f"jalan ulang: {fault}" for fault in faults_of(again, kinds, calm)]


def measured(seed: int, calm_file: Path) -> dict[str, object]:
    """The quarter of a seed in this process: what came of it, every fault, time and memory."""
    memory, begun = Memory(), time.monotonic()
    memory.start()
    outcomes, faults = Counter[str](), []
    try:
        outcomes, faults = try_seed(seed, dict(pickle.loads(calm_file.read_bytes())))
    except Exception as error:  # noqa: BLE001 - a quarter that ends in a traceback is the worst fault of all
        faults.append("".join(traceback.format_exception(error)[-6:]))
    return {
        "hasil": outcomes, "kerusakan": faults, "detik": round(time.monotonic() - begun, 1), "puncak_mib": memory.peak // MIB,
    }  # fmt: skip


def in_own_process(*arguments: str) -> str:
    """The last line that a command of this module prints; a process that dies says why."""
    child = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.quarter", *arguments], capture_output=True, text=True, check=False
    )
    lines = child.stdout.splitlines()
    return lines[-1] if child.returncode == 0 and lines else json.dumps({"kerusakan": [child.stderr[-3000:]]})


def run(seconds: float, first: int) -> dict[str, object]:
    """Quarters until the time is over or one fails, one at least, each in a process of its own as a command has it."""
    outcomes, faults, slowest, peak, seed = Counter[str](), [], 0.0, 0, first
    with tempfile.TemporaryDirectory() as folder:
        calm_file = Path(folder, "tenang")
        calm_file.write_bytes(pickle.dumps(calm_figures()))
        end = time.monotonic() + seconds
        while seed == first or (time.monotonic() < end and not faults):
            one = json.loads(in_own_process("one", str(seed), str(calm_file)))
            outcomes.update(one.get("hasil", {}))
            faults += [f"benih {seed}: {fault}" for fault in one["kerusakan"]]
            slowest, peak = max(slowest, one.get("detik", 0.0)), max(peak, one.get("puncak_mib", 0))
            seed += 1
    return {
        "triwulan": seed - first, "hasil": dict(sorted(outcomes.items())), "kerusakan": faults,
        "detik_terlama": slowest, "puncak_mib": peak,
    }  # fmt: skip


def main(arguments: list[str]) -> None:
    """A run, one quarter of it, or a replay."""
    if arguments[0] == "replay":
        outcomes, faults = try_seed(int(arguments[1]), calm_figures())
        print(*sorted(outcomes.items()), *faults, sep="\n")
    elif arguments[0] == "one":
        print(json.dumps(measured(int(arguments[1]), Path(arguments[2])), ensure_ascii=False))
    else:
        print(json.dumps(run(float(arguments[0]), int(arguments[1])), ensure_ascii=False))


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    main(sys.argv[1:])
