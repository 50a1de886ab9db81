"""Figures computed a second time by SQL: what they are on a few rows, and equal to those of a rolled-up nation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from humas.audit import MEASURES, Inputs, differences, read_inputs, recompute
from humas.contract.columns import DATASETS
from humas.report.measures import BY_NAME

from tests.rollup.nation import rows, verdict, verdicts
from tests.rollup.test_sql import CYCLE

UNITS = ("00", "33", "33.74", "33.10", "32.73")
DUE = {"kode_satker": UNITS, "tenggat": date(2026, 10, 7), "tenggang": date(2026, 10, 14)}


def of(code: str, **cell: object) -> dict[str, object]:
    return {"kode_satker": code, **cell}


@pytest.fixture(scope="module")
def figures() -> dict[tuple[str, ...], float]:
    facts = {dataset.name: rows(dataset.name) for dataset in DATASETS}
    facts["kegiatan"] = rows(
        "kegiatan",
        of("00", id_acara="a", mode="luring", jumlah_peserta=5.0, satuan_peserta="orang"),
        of("33.74", id_acara="a", mode="luring", kanal='["website", "instagram"]'),
        of("33.10", id_acara="a", mode="daring", jumlah_peserta=7.0, satuan_peserta="orang"),
        of("33.10", id_acara="b", mitra='["PWI"]'),
    )
    facts["publikasi"] = rows(
        "publikasi", of("33.74", jangkauan=10.0, suka=2.0), of("33.10", jangkauan=5.0, bagikan=3.0)
    )
    facts["isu_hoaks"] = rows(
        "isu_hoaks",
        of("33.74", tanggal_temuan="2026-08-01 08:00", tanggal_klarifikasi="2026-08-01 10:00"),
        of("33.10", tanggal_temuan="2026-08-01 08:00", tanggal_klarifikasi="2026-08-01 14:00"),
        of("33.10", tanggal_temuan="2026-08-01 08:00"),
    )
    sent = verdicts(
        verdict("33.74", baris_masuk=8, diterima=6, dikarantina=2),
        verdict("33.10", at="2026-10-14T16:59:00Z", baris_masuk=2, diterima=2),
        verdict("33", at="2026-10-07T17:30:00Z", status="nihil"),
        verdict("32.73", "ditolak", baris_masuk=3, dikarantina=3),
    )
    numbered = sent.assign(versi=1, terbaru=True)
    found = recompute(Inputs(facts, numbered, _required()))
    return found.set_index(["lingkup", "kode", "ukuran", "rincian"])["nilai"].to_dict()


def _required() -> pd.DataFrame:
    frame = pd.DataFrame(DUE)
    return frame.astype({"kode_satker": "str", "tenggat": "datetime64[ns]", "tenggang": "datetime64[ns]"})


VALUES = [
    ("nasional", "00", "kegiatan_dilaporkan", "", 4),
    ("provinsi", "33", "kegiatan_dilaporkan", "", 3),
    ("provinsi", "00", "kegiatan_dilaporkan", "", None),
    ("nasional", "00", "acara_unik", "", 2),
    ("provinsi", "33", "acara_unik", "", 2),
    ("satker", "33.74", "kegiatan_kanal", "instagram", 1),
    ("nasional", "00", "kegiatan_mode", "tidak_disebut", 1),
    ("nasional", "00", "kegiatan_bermitra", "", 1),
    ("nasional", "00", "peserta", "orang/tidak_disebut", 12),
    ("satker", "33.74", "peserta", "orang/tidak_disebut", None),
    ("provinsi", "33", "jangkauan", "", 15),
    ("nasional", "00", "tayangan", "", None),
    ("nasional", "00", "interaksi", "", 5),
    ("nasional", "00", "hoaks_median_jam", "", 4),
    ("satker", "33.10", "hoaks_diklarifikasi", "", 1),
    ("nasional", "00", "satker_lapor", "", 3),
    ("nasional", "00", "kelengkapan", "", 60),
    ("nasional", "00", "ketepatan_waktu", "", 20),
    ("nasional", "00", "ketepatan", "terlambat", 2),
    ("satker", "32.73", "ketepatan", "belum_lapor", 1),
    ("satker", "32.73", "baris", "dikarantina", 3),
    ("nasional", "00", "baris", "masuk", 13),
    ("provinsi", "33", "validitas", "", 80),
    ("satker", "33", "validitas", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("scope", "code", "measure", "detail", "value"), VALUES, ids=["-".join(one[:4]) for one in VALUES])  # fmt: skip
def test_a_figure_of_a_few_rows(figures, scope, code, measure, detail, value) -> None:
    assert figures.get((scope, code, measure, detail)) == value


def test_every_measure_of_the_sql_is_in_the_catalogue() -> None:
    assert set(BY_NAME) >= MEASURES
    assert len(MEASURES) > 60


def test_the_sql_agrees_with_a_rolled_up_nation(warehouse, recap: pd.DataFrame) -> None:
    inputs = read_inputs(warehouse, CYCLE)
    found = differences(recap, recompute(inputs), MEASURES)
    assert found.selisih == ()
    assert (found.dibandingkan, found.seluruhnya) == (recap["ukuran"].isin(MEASURES).sum(), len(recap))
    assert found.dibandingkan > 0.8 * found.seluruhnya
    fewer = {**inputs.facts, "kegiatan": inputs.facts["kegiatan"].iloc[1:]}
    assert differences(recap, recompute(replace(inputs, facts=fewer)), MEASURES).selisih
