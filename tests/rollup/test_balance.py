from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from humas.periods import Calendar
from humas.registry import Register
from humas.rollup import reconcile
from humas.validation.result import SubmissionStatus
from humas.warehouse.frames import conform
from humas.warehouse.models import FACTS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rollup.nation import Nation, obligations, verdict, verdicts
from tests.warehouse.batches import batch, submission

CODE = ("00", "11", "11.01", "33", "33.02", "33.74", "31", "31.71")


def _random_nation(register: Register, calendar: Calendar, seed: int, count: int) -> Nation:
    """A nation where some units send nothing, some nil, some are refused, and the rest send random rows."""
    rng = np.random.default_rng(seed)
    fate = dict(
        zip(
            CODE,
            rng.choice(["diterima", "nihil", "ditolak", "menunggu"], len(CODE), p=[0.6, 0.1, 0.1, 0.2]),
            strict=True,
        )
    )
    sent = [submission(code) for code, status in fate.items() if status == "diterima"]
    result = batch(sent, count, seed=seed)
    verdict_rows = [verdict(code, status) for code, status in fate.items() if status in {"nihil", "ditolak"}]
    for one, owned in zip(result.submissions, sent, strict=True):
        aggregate = {
            n: getattr(one, n)
            for n in ("baris_masuk", "diterima", "dikarantina", "kembar", "sel_wajib", "sel_wajib_terisi")
        }
        verdict_rows.append(verdict(owned.kode_satker, SubmissionStatus(one.status).value, **aggregate))
    facts = {
        name: conform(frame, FACTS[name], list(FACTS[name].columns.keys())) for name, frame in result.accepted.items()
    }
    return Nation(register, calendar, obligations(*CODE), verdicts(*verdict_rows), facts)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), count=st.integers(0, 40))
def test_sums_reconcile_on_any_data(register: Register, calendar: Calendar, seed: int, count: int) -> None:
    figure = _random_nation(register, calendar, seed, count).roll()
    assert reconcile(figure) == []
    percent = figure.loc[
        figure["ukuran"].isin(["kelengkapan", "ketepatan_waktu", "validitas", "kelengkapan_isi", "kelengkapan_uraian"]),
        "nilai",
    ].dropna()
    assert percent.between(0, 100).all()


@pytest.fixture(scope="module")
def figure(register: Register, calendar: Calendar) -> pd.DataFrame:
    return _random_nation(register, calendar, 4, 200).roll()


BROKEN = {
    "nasional": (("nasional", "00", "kegiatan_dilaporkan", ""), "nilai", "kegiatan_dilaporkan nasional 00"),
    "provinsi": (("provinsi", "33", "publikasi", ""), "nilai", "publikasi provinsi 33"),
    "rincian": (("satker", "33.74", "kegiatan_mode", "daring"), "nilai", "kegiatan_mode/daring provinsi 33"),
    "bagian": (("nasional", "00", "kegiatan_strategi", "3"), "nilai", "kegiatan_strategi nasional 00 berjumlah"),
    "penyebut": (("provinsi", "33", "kelengkapan", ""), "penyebut", "kelengkapan provinsi 33"),
    "pembilang": (("nasional", "00", "ketepatan_waktu", ""), "pembilang", "ketepatan_waktu nasional 00"),
    "ledger": (("satker", "33.74", "buku", "kegiatan/pernah"), "nilai", "buku kegiatan satker 33.74: "),
    "ledger and figure": (("nasional", "00", "kegiatan_dilaporkan", ""), "nilai", "buku kegiatan nasional 00: "),
    "baris": (("satker", "33.74", "baris", "kembar"), "nilai", "baris satker 33.74: masuk"),
}


@pytest.mark.parametrize(("place", "column", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_one_wrong_figure_is_found(figure: pd.DataFrame, place: tuple[str, ...], column: str, message: str) -> None:
    wrong = figure.set_index(["lingkup", "kode", "ukuran", "rincian"])
    wrong.at[place, column] += 1
    finding = reconcile(wrong.reset_index())
    assert any(one.startswith(message) for one in finding), finding


def test_missing_figure_of_a_unit_is_found(figure: pd.DataFrame) -> None:
    missing = (figure["lingkup"] == "satker") & (figure["kode"] == "33.74") & (figure["ukuran"] == "permohonan")
    assert figure[missing]["nilai"].iloc[0] > 0
    assert any(one.startswith("permohonan nasional 00") for one in reconcile(figure[~missing]))


def test_what_cannot_be_added_is_left_alone(figure: pd.DataFrame) -> None:
    other = figure.assign(nilai=figure["nilai"].where(~figure["ukuran"].isin(["acara_unik", "hoaks_median_jam"]), 7.5))
    assert reconcile(other) == []
