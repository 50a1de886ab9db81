"""Compares what the pipeline stored with the truth of the simulated units; every difference in plain words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd
from humas.installation.context import Context
from humas.registry import Cycle
from humas.simulate.truth import ExpectedOutcome, RowExpectation

Positions = tuple[str, str, int]
ABOUT_TABLES = frozenset({"K16", "K25"})
"""Remarks on lines beside the data: a signature, a header that is read by its meaning."""


@dataclass(frozen=True)
class Outcome:
    """What the warehouse holds after a pass.

    attempts: the decisive attempt of each unit. verdicts: of the newest submission of each unit.
    code, fate: of each row (unit, data set, row) that is not simply good; row 0 is the whole file.
    """

    attempts: pd.DataFrame
    verdicts: pd.DataFrame
    code: Mapping[Positions, frozenset[str]]
    fate: Mapping[Positions, str]


def observe(k: Context, cycle: Cycle) -> Outcome:
    """Read what the last pass left."""
    verdicts = k.warehouse.verdicts(cycle)
    newest = verdicts[verdicts["terbaru"]].set_index("kode_satker")
    submission = set(newest["id_kiriman"])
    code: dict[Positions, set[str]] = defaultdict(set)
    for one in k.warehouse.findings(cycle).itertuples():
        if one.id_kiriman in submission:
            dataset = one.himpunan if isinstance(one.himpunan, str) else ""
            if one.kode not in ABOUT_TABLES:
                code[one.kode_satker, dataset if one.baris else "", one.baris].add(one.kode)
    fate = {
        (one.kode_satker, one.himpunan, one.baris): name
        for name, frame in (
            ("karantina", k.warehouse.quarantine(cycle)),
            ("kembar", k.warehouse.duplicates(cycle)),
        )
        for one in frame.itertuples()
        if one.id_kiriman in submission
    }
    attempts = k.warehouse.last_attempts(cycle).set_index("kode_satker")
    return Outcome(attempts, newest, {position: frozenset(everything) for position, everything in code.items()}, fate)


def differences(expectation: Mapping[str, ExpectedOutcome], outcome: Outcome) -> list[str]:
    """All differences between the expected outcome of these units and what happened, one line each."""
    result: list[str] = []
    for code, one in expectation.items():
        result += [
            f"{code}: {difference}" for difference in (*_collection(one, code, outcome), *_verdict(one, code, outcome))
        ]
    return [*result, *_rows(expectation, outcome)]


def _collection(expectation: ExpectedOutcome, code: str, outcome: Outcome) -> Iterator[str]:
    finish = outcome.attempts.loc[code]
    if finish["status"] != expectation.status:
        yield f"pengumpulan {finish['status']} ({finish['pesan']}), seharusnya {expectation.status}"
    if expectation.kode_galat and finish["kode_galat"] != expectation.kode_galat:
        yield f"galat {finish['kode_galat']}, seharusnya {expectation.kode_galat}"
    if expectation.saluran and finish["saluran"] != expectation.saluran:
        yield f"saluran {finish['saluran']}, seharusnya {expectation.saluran}"


def _verdict(expectation: ExpectedOutcome, code: str, outcome: Outcome) -> Iterator[str]:
    if not expectation.kiriman:
        if code in outcome.verdicts.index:
            yield "ada kiriman, seharusnya tidak"
        return
    if code not in outcome.verdicts.index:
        yield f"tanpa kiriman, seharusnya {expectation.kiriman}"
        return
    verdict = outcome.verdicts.loc[code]
    for name, got, required in (
        ("status", verdict["status"], expectation.kiriman),
        ("masuk", verdict["baris_masuk"], expectation.masuk),
        ("diterima", verdict["diterima"], expectation.diterima),
        ("dikarantina", verdict["dikarantina"], expectation.dikarantina),
        ("kembar", verdict["kembar"], expectation.kembar),
    ):
        if got != required:
            yield f"{name} {got}, seharusnya {required}"
    if expectation.alasan and expectation.alasan not in outcome.code.get((code, "", 0), ()):
        yield f"ditolak karena {set(outcome.code.get((code, '', 0), ()))}, seharusnya {expectation.alasan}"


def _rows(expectation: Mapping[str, ExpectedOutcome], outcome: Outcome) -> Iterator[str]:
    """Row by row, both ways: what was expected and did not come, and what came unexpected."""
    required = {(code, b.himpunan, b.baris): b for code, one in expectation.items() for b in _judged(one)}
    got = {position for position in (*outcome.code, *outcome.fate) if position[2] and position[0] in expectation}
    for position in sorted(got | required.keys()):
        row = required.get(position)
        code, fate = outcome.code.get(position, frozenset()), outcome.fate.get(position, "diterima")
        wanted_codes, wanted_fate = (frozenset(row.kode), row.nasib) if row else (frozenset(), "diterima")
        if (code, fate) != (wanted_codes, wanted_fate):
            defect = row.cacat if row else "baris baik"
            yield f"{position} {defect}: {sorted(code)} {fate}, seharusnya {sorted(wanted_codes)} {wanted_fate}"


def _judged(expectation: ExpectedOutcome) -> Iterable[RowExpectation]:
    """Rows that are looked at one by one; those of a refused file are not."""
    return () if expectation.kiriman == "ditolak" else expectation.baris
