"""Validating a nation: our Great Expectations pass against GX's naive one, and what ten times the rows cost.

Method: 553 units with rows of activities made from the contract's examples, one in fifty spoiled. First the pass over
the same rows, alternating, in one process, CPU time, medians:

* *tuned*: as the pipeline runs it: datetime64[ns] and float columns, row rules as classes of our own, one fixed
  result format without queries and values, the frame's index as row id, no fingerprint, configurations asked once;
* *naive*: as the documentation shows it: pandas' own types (datetime64[us], object), stock expectations
  wherever ``gx`` of ``aturan.toml`` names one (value set of 553 codes, compound uniqueness, column pairs, regexes over each
  text column), ``result_format="COMPLETE"`` with rows named by an index column, GX untouched;
* *plain*: our own suite, run with naive types, settings and GX untouched; it must name the same rows as tuned.

Then the whole of ``validate_batch`` (recognise, read, compare, judge, write findings) at 5k, 50k and, with ``--besar``,
500k rows.

    PYTHONPATH=include python bench/validation.py [--rounds 3] [--besar] [--json]
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import resource
import statistics
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from humas.contract.columns import KEGIATAN
from humas.layout.tables import Sheet, recognise
from humas.periods import Calendar
from humas.reading.table import Document, RawTable
from humas.registry import Register, load_register
from humas.settings import Settings
from humas.validation.batch import RowBatch
from humas.validation.checks.base import Knowledge
from humas.validation.result import ReadSubmission
from humas.values.lessons import Taught

TARGETS = {"rasio": 0.6, "detik_baca_50k": 2.5, "sepuluh_kali": 10.0}
SETTINGS = Settings(home=Path("bench"), database_url="")
PRIVATE_DATA = (
    r"(?<!\d)\d{16}(?!\d)|(?<!\d)(?:\+?62|0)8[1-9]\d{7,10}(?!\d)|[\w.+\-]+@(?:gmail|yahoo|hotmail|outlook)\.com"
)
NAIVE = {"result_format": "COMPLETE", "unexpected_index_column_names": ["row_id"]}


def make_submissions(register: Register, rows: int) -> list[ReadSubmission]:
    """A nation's submissions with ``rows`` rows in all, the same for the same number."""
    chance = random.Random(rows)
    satker = register.everything()
    counts = [rows // len(satker) + (index < rows % len(satker)) for index in range(len(satker))]
    return [_submission(unit.code, unit.name, count, chance) for unit, count in zip(satker, counts, strict=True)]


def _submission(code: str, name: str, count: int, chance: random.Random) -> ReadSubmission:
    header = [column.label for column in KEGIATAN.columns]
    rows = [_row(code, name, number, chance) for number in range(count)]
    cover = {"lembaga": "KPU", "kode_satker": code, "nama_satker": name, "periode": "2026-TW3", "nihil": not count}
    document = Document("xlsx", cover, (RawTable(KEGIATAN.sheet, [header, *rows]),))
    return ReadSubmission(code, "kpu", code, "2026-TW3", datetime(2026, 10, 6, tzinfo=UTC), True, document)


def _row(code: str, name: str, number: int, chance: random.Random) -> list[object]:
    day = date(2026, 7, 1) + timedelta(days=chance.randrange(92))
    changes = {
        "kode_satker": code, "nama_satker": name, "judul": f"Rapat koordinasi kehumasan {code} nomor {number}",
        "tanggal_mulai": day.strftime("%d/%m/%Y"), "tanggal_selesai": None, "hari": None, "tahun_tersirat": None,
        "tanggal_publikasi": day.strftime("%d/%m/%Y"), "jumlah_peserta": f"{chance.randrange(3000)}",
        "url_bukti": f"https://kpu.go.id/{code}/{number}", "nomor_dokumen": f"{number}/HM.03.5-Und/{code}/2026",
        "jangkauan": str(chance.randrange(2000)), "tayangan": str(2000 + chance.randrange(3000)),
    }  # fmt: skip
    broken: Sequence[dict[str, object]] = (
        {"judul": "Rapat"}, {"jumlah_peserta": "1.o07"}, {"mode": "telepon"}, {"tempat": None}, {"satuan_peserta": None},
    )  # fmt: skip
    changes |= chance.choice(broken) if chance.random() < 0.02 else {}
    return [changes.get(column.name, column.example) for column in KEGIATAN.columns]


def coerced_frame(submissions: Sequence[ReadSubmission], knowledge: Knowledge) -> tuple[pd.DataFrame, float, float]:
    """The frame the suite sees; CPU seconds of recognising sheets, and of reading and building it."""
    from humas.validation import rows, validate

    start = time.process_time()
    collected = RowBatch(KEGIATAN)
    for number, submission in enumerate(submissions):
        sheet = recognise(submission.document.tables[0]) if submission.document else None
        if isinstance(sheet, Sheet):
            collected.add(number, sheet, {})
    recognised = time.process_time()
    origins = [validate._origin(submission, knowledge.register) for submission in submissions]
    frame = rows.build_frame(
        KEGIATAN, rows._read(collected, origins, knowledge, Taught()), collected, origins, range(len(collected))
    )
    return frame, recognised - start, time.process_time() - recognised


def naive_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows as pandas gives them to somebody who does nothing special."""
    times = {name: frame[name].astype("datetime64[us]") for name in frame.select_dtypes("datetime")}
    texts = {name: frame[name].astype(object) for name in frame.select_dtypes("str")}
    return frame.assign(**times, **texts, row_id=range(len(frame))).reset_index(drop=True)


def stock_suite(register: Register) -> Any:
    """The suite with GX's own expectations for every rule that the rule table gives one."""
    import great_expectations as gx
    import great_expectations.expectations as gxe
    from humas.validation import engine
    from humas.validation.checks.activity import _TEMPLATE
    from humas.validation.checks.base import text_columns
    from humas.validation.suite import expectations

    stock = {"V01", "V02", "V07", "V12", "V23", "V24", "V32", "V51"}
    rest = [
        expected for expected in expectations(KEGIATAN) if expected.check is None or expected.rule.code not in stock
    ]
    ordered = ("tanggal_selesai", "tanggal_mulai"), ("tayangan", "jangkauan")
    return gx.ExpectationSuite(
        name="stok",
        expectations=[
            *map(engine.gx_expectation, rest),
            gxe.ExpectCompoundColumnsToBeUnique(column_list=["kiriman", "tanggal_mulai", "judul"]),
            gxe.ExpectColumnValuesToBeInSet(
                column="kode_satker", value_set=[unit.code for unit in register.everything()]
            ),
            gxe.ExpectColumnValuesToNotMatchRegex(column="judul", regex=f"(?i){_TEMPLATE.pattern}"),
            gxe.ExpectColumnValuesToNotBeNull(column="url_bukti"),
            gxe.ExpectColumnValuesToNotMatchRegex(column="url_bukti", regex=r"drive\.google|bit\.ly|s\.id/|dropbox"),
            *(
                gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A=larger, column_B=smaller, or_equal=True)
                for larger, smaller in ordered
            ),
            *(
                gxe.ExpectColumnValuesToNotMatchRegex(column=column, regex=PRIVATE_DATA)
                for column in text_columns(KEGIATAN)
            ),
        ],
    )


@contextmanager
def gx_untouched() -> Iterator[None]:
    """GX as it comes: its fingerprint of the frame, and a configuration for every key."""
    from great_expectations.execution_engine import pandas_execution_engine as gx_engine
    from great_expectations.expectations.expectation import Expectation
    from humas.validation import engine

    engine._batch_definition()
    ours = gx_engine.HASH_THRESHOLD, Expectation._get_domain_kwargs, Expectation._get_success_kwargs
    gx_engine.HASH_THRESHOLD = 1e9
    Expectation._get_domain_kwargs, Expectation._get_success_kwargs = engine.GX_ORIGINAL
    try:
        yield
    finally:
        gx_engine.HASH_THRESHOLD, Expectation._get_domain_kwargs, Expectation._get_success_kwargs = ours


def compare(frame: pd.DataFrame, knowledge: Knowledge, rounds: int) -> dict[str, Any]:
    """CPU seconds of the passes, alternating; medians and the ratios of tuned to the others."""
    from humas.validation import engine

    suite = engine.gx_suite(KEGIATAN)
    ways = {
        "tuned": (frame, suite, engine.RESULT_FORMAT, nullcontext),
        "naive": (naive_frame(frame), stock_suite(knowledge.register), NAIVE, gx_untouched),
        "plain": (naive_frame(frame), suite, NAIVE, gx_untouched),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    rows: dict[str, int] = {}
    for _ in range(rounds):
        for name, (data, expected, form, setting) in ways.items():
            with setting():
                start = time.process_time()
                result = engine._validate(expected, data, knowledge, form)
                times[name].append(time.process_time() - start)
            rows[name] = _named_rows(result)
    seconds = {name: statistics.median(spent) for name, spent in times.items()}
    ratios = {name: seconds["tuned"] / seconds[name] for name in ("naive", "plain")}
    return {
        "rows": len(frame),
        "detik": seconds,
        "rasio": ratios,
        "baris": rows,
        "sama": rows["tuned"] == rows["plain"],
    }


def _named_rows(outcome: Any) -> int:
    """Rows named by all expectations together; one that could not run must not pass for a fast one."""
    failed = [result.expectation_config.type for result in outcome.results if not result.success and not result.result]
    if failed:
        raise RuntimeError(f"expectations that did not run: {failed}")
    return sum(len(result.result["unexpected_index_list"]) for result in outcome.results if not result.success)


def whole(register: Register, calendar: Calendar, rows: int) -> dict[str, Any]:
    """CPU seconds of the whole validation of a nation, with its balance."""
    from humas.validation.validate import validate_batch

    submissions = make_submissions(register, rows)
    start = time.process_time()
    result = validate_batch(submissions, register, calendar, SETTINGS)
    seconds = time.process_time() - start
    received, accepted, held, duplicates = (
        sum(getattr(verdict, name) for verdict in result.submissions)
        for name in ("baris_masuk", "diterima", "dikarantina", "kembar")
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "rows": received, "detik": seconds, "diterima": accepted, "ditahan": held, "kembar": duplicates,
        "temuan": len(result.findings), "mib": peak,
    }  # fmt: skip


def measure(rounds: int, *, large: bool) -> dict[str, Any]:
    """All figures."""
    warnings.simplefilter("ignore")
    register, calendar = load_register(SETTINGS), Calendar.load()
    knowledge = Knowledge(register, calendar)
    whole(register, calendar, 553)  # imports, suites and caches are not what is measured
    frame, recognising, reading = coerced_frame(make_submissions(register, 50_000), knowledge)
    comparison = compare(frame, knowledge, rounds)
    sizes = [5_000, 50_000, *([500_000] if large else [])]
    scale = [whole(register, calendar, rows) for rows in sizes]
    factors = [more["detik"] / fewer["detik"] for fewer, more in itertools.pairwise(scale)]
    return {
        "bandingan": comparison,
        "kenali_50k": recognising,
        "baca_50k": reading,
        "skala": scale,
        "kali": factors,
        "sasaran": TARGETS,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--besar", action="store_true", help="500,000 rows too")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    figures = measure(args.rounds, large=args.besar)
    if args.json:
        print(json.dumps(figures, indent=1))
        return
    compared = figures["bandingan"]
    print(
        f"GX, {compared['rows']} rows, CPU:",
        ", ".join(f"{name} {seconds:.2f} s" for name, seconds in compared["detik"].items()),
    )
    print(
        f"tuned / naive {compared['rasio']['naive']:.2f} (target {TARGETS['rasio']}), tuned / plain {compared['rasio']['plain']:.2f}"
    )
    print(f"rows named {compared['baris']}, tuned and plain the same: {compared['sama']}")
    print(
        f"recognising {figures['kenali_50k']:.2f} s, reading {figures['baca_50k']:.2f} s (target {TARGETS['detik_baca_50k']})"
    )
    for line in figures["skala"]:
        print("whole: {rows} rows {detik:.2f} s CPU, {temuan} findings, peak {mib:.0f} MiB".format(**line))
    print(
        "ten times the rows cost",
        ", ".join(f"{compared:.1f}x" for compared in figures["kali"]),
        f"(target {TARGETS['sepuluh_kali']}x)",
    )


if __name__ == "__main__":
    main()
