"""Synthetic submissions and validation results of the agreed shape, from a seed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
from humas.contract.columns import DATASETS, LIST_TYPES, Column, ColumnType, Dataset
from humas.contract.vocabulary import load_vocabulary
from humas.landing.model import Attempt, File, SatkerResult, Submission
from humas.registry import Cycle
from humas.validation.result import BatchResult, SubmissionResult, SubmissionStatus
from humas.warehouse import Edition, EditionDraft, Warehouse

LEMBAGA, PERIOD = "kpu", "2026-TW3"
START = datetime(2026, 10, 1, 2, 0, tzinfo=UTC)
FINDING_COLUMNS = (
    "id_kiriman", "himpunan", "lembar", "baris", "kolom", "huruf", "kode", "keparahan", "pesan", "cara", "nilai",
)  # fmt: skip


def attempt(
    code: str, status: str = "berhasil", *, start: datetime = START, actor: str = "", **content: object
) -> Attempt:
    unchanged = {"saluran": "api", "urutan": 1, "percobaan": 1, "detik": 0.5, "run_id": "r1"}
    return Attempt(**{**unchanged, "lembaga": LEMBAGA, "kode_satker": code, "periode": PERIOD, "status": status, "mulai": start, "pelaku": actor, **content})  # fmt: skip


def submission(
    code: str, content: str = "a", *, at: datetime = START, arrival: datetime | None = None, page: int = 1
) -> Submission:
    """One version of a unit's submission. at: when it counts as received; arrival: its order among arrivals, else the same."""
    file = tuple(
        File(
            hashlib.sha256(f"{code}{content}{n}".encode()).hexdigest(), 100 + n, "application/json", f"{code}-{n}.json",
            f"http://uji/{code}?halaman={n}", at, n, {"ETag": f'"{content}{n}"'}, arrival or at, at,
        )
        for n in range(1, page + 1)
    )  # fmt: skip
    digest = hashlib.sha256("".join(b.sidik for b in file).encode()).hexdigest()
    return Submission(LEMBAGA, code, PERIOD, "api", digest, at, file)


def collected(submission: Submission) -> SatkerResult:
    return SatkerResult(
        submission.kode_satker, (attempt(submission.kode_satker, start=submission.diterima_pada),), submission
    )


def accepted_rows(dataset: Dataset, submission: Sequence[Submission], count: int, seed: int = 1) -> pd.DataFrame:
    """``count`` accepted rows of one data set, spread over the submissions."""
    rng = np.random.default_rng([seed, len(dataset.name)])
    owner = rng.integers(0, len(submission), count) if submission else np.array([], dtype=int)
    owner.sort()
    frame = pd.DataFrame({column.name: _values(column, count, rng) for column in dataset.columns})
    frame["lembaga"] = LEMBAGA
    frame["kode_satker"] = [submission[i].kode_satker for i in owner]
    frame["id_kiriman"] = [submission[i].id for i in owner]
    frame["lembar"] = dataset.sheet
    frame["baris"] = np.arange(count) + 2
    frame["id_baris"] = [hashlib.sha256(f"{dataset.name}{seed}{i}".encode()).hexdigest()[:24] for i in range(count)]
    frame["susulan"] = rng.random(count) < 0.05
    if dataset.name == "kegiatan":
        frame["id_acara"] = [f"acara-{n}" for n in rng.integers(0, max(1, count // 2), count)]
    return frame


def _values(column: Column, count: int, rng: np.random.Generator) -> object:
    empty = rng.random(count) < (0.0 if column.required else 0.2)
    if column.type_name is ColumnType.DATE:
        day = pd.Timestamp("2026-07-01") + pd.to_timedelta(rng.integers(0, 100, count), unit="D")
        return pd.Series(day).dt.as_unit("ns").mask(empty)
    if column.type_name is ColumnType.DATETIME:
        minutes = rng.integers(0, 24 * 60, count) + (3 * 24 * 60 if "klarifikasi" in column.name else 0)
        return pd.Series(pd.Timestamp("2026-08-01") + pd.to_timedelta(minutes, unit="min")).dt.as_unit("ns").mask(empty)
    if column.type_name is ColumnType.INTEGER:
        return pd.Series(rng.integers(column.minimum or 0, (column.maximum or 500) + 1, count).astype(float)).mask(
            empty
        )
    choices = (
        load_vocabulary()[column.vocabulary].value if column.vocabulary else [f"{column.label} {n}" for n in range(50)]
    )
    text = np.array(choices, dtype=object)[rng.integers(0, len(choices), count)]
    if column.type_name in LIST_TYPES:
        text = np.array([json.dumps([one]) for one in text], dtype=object)
    return pd.Series(np.where(empty, None, text), dtype="object")


def batch(
    submission: Sequence[Submission],
    count: int = 200,
    *,
    seed: int = 1,
    status: dict[str, SubmissionStatus] | None = None,
) -> BatchResult:
    """A balanced result: about ``count`` accepted rows per data set, some quarantined and duplicate rows.

    status: verdict by submission id; DITOLAK and NIHIL have no accepted rows.
    """
    status = status or {}
    content = [
        s
        for s in submission
        if status.get(s.id, SubmissionStatus.ACCEPTED) not in {SubmissionStatus.REFUSED, SubmissionStatus.NIHIL}
    ]
    accepted = {h.name: accepted_rows(h, content, count if content else 0, seed) for h in DATASETS}
    quarantine = _fates(content, seed + 1, {"kode": "V12", "isi_asli": '{"judul": "x"}'})
    duplicates = _fates(content, seed + 2, {"baris_asal": 2, "isi_asli": "{}"})
    finding = quarantine.drop(columns="isi_asli").assign(
        kolom="judul", huruf="D", keparahan="FATAL", pesan="Judul terlalu pendek.", cara="Tulis lengkap.", nilai="x"
    )[list(FINDING_COLUMNS)]  # fmt: skip
    good = pd.concat([f[["id_kiriman"]].assign(himpunan=name) for name, f in accepted.items()])
    fate = [_counts(frame) for frame in (good, quarantine, duplicates)]
    verdict = tuple(_verdict(s, status.get(s.id), fate) for s in submission)
    return BatchResult(verdict, accepted, finding, quarantine, duplicates)


def _fates(submission: Sequence[Submission], seed: int, content: dict[str, object]) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    row = [
        {"id_kiriman": one.id, "himpunan": h.name, "lembar": h.sheet, "baris": 1000 + n} | content
        for one in submission
        for h in DATASETS
        for n in range(int(rng.integers(0, 3)))
    ]
    return pd.DataFrame(row, columns=["id_kiriman", "himpunan", "lembar", "baris", *content])


def _verdict(
    submission: Submission, status: SubmissionStatus | None, fate: Sequence[Mapping[tuple[str, str], int]]
) -> SubmissionResult:
    """nasib: accepted, quarantined and duplicate rows by submission and data set."""
    if status is SubmissionStatus.REFUSED:
        return SubmissionResult(
            submission.id, status, "Periode salah.", "Kirim periode ini.", False, 3, 0, 3, 0, 0, 0, {}
        )
    per = {}
    for h in DATASETS:
        three = [int(one.get((submission.id, h.name), 0)) for one in fate]
        per[h.name] = (sum(three), *three)
    incoming, good, held, second = (sum(one[i] for one in per.values()) for i in range(4))
    status = status or (SubmissionStatus.PARTIAL if held else SubmissionStatus.ACCEPTED)
    return SubmissionResult(
        submission.id,
        status,
        "",
        "",
        status is SubmissionStatus.NIHIL,
        incoming,
        good,
        held,
        second,
        10 * incoming,
        9 * incoming,
        per,
    )


def _counts(frame: pd.DataFrame) -> dict[tuple[str, str], int]:
    return frame.groupby(["id_kiriman", "himpunan"]).size().to_dict()


def later(**distance: float) -> datetime:
    """A time after the first submission."""
    return START + timedelta(**distance)


def draft_edition(
    opened: Warehouse,
    cycle: Cycle,
    code: str,
    digest: str,
    canonical: Mapping[str, Any],
    changes: Sequence[object] = (),
) -> Edition | None:
    """The draft of one unit's report; None when its data are what was published last."""
    (edition,) = opened.draft_editions(cycle, [EditionDraft("satker", code, digest, canonical, list(changes))], START)
    return edition
