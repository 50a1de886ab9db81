"""Great Expectations, run the tuned way: one context per process, one call per data set and national batch.

What costs and what silently goes wrong is in the design note on validation: a shared definition mixes up rows
between threads, an expectation that raises names no row, and a frame's fingerprint costs more than its rules.
"""

from __future__ import annotations

import logging
import os
import threading
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from humas.contract.columns import Himpunan
from humas.contract.result import Keparahan
from humas.contract.suite import Harapan, expectations
from humas.errors import SistemError

if TYPE_CHECKING:
    from humas.contract.checks.base import Pengetahuan

RESULT_FORMAT = {"result_format": "COMPLETE", "return_unexpected_index_query": False, "exclude_unexpected_values": True}
_SEVERITY = {Keparahan.FATAL: "critical", Keparahan.PERINGATAN: "warning", Keparahan.INFO: "info"}
_SATU_PERSATU = threading.Lock()
GX_ASLI: list[Any] = []
"""GX's own versions of what ``_context`` replaces, for the benchmark to put back."""

Letak = np.ndarray[Any, np.dtype[np.int64]]


def run_suite(himpunan: Himpunan, frame: pd.DataFrame, tahu: Pengetahuan) -> dict[str, Letak]:
    """Index labels of the rows that break each expectation, by ``Harapan.kunci``; only those that some row breaks.

    The frame's unnamed index must be unique. Raises SistemError when an expectation could not be evaluated.
    """
    if frame.empty:
        return {}
    if not frame.index.is_unique or frame.index.name is not None:
        raise SistemError("validasi_gagal", "Indeks baris tidak unik.", "laporkan kepada pengembang.")
    with _SATU_PERSATU:
        hasil = _validate(gx_suite(himpunan), frame, tahu, RESULT_FORMAT)
    return _offenders(hasil)


def _validate(suite: Any, frame: pd.DataFrame, tahu: Pengetahuan, result_format: Any) -> Any:
    from humas.contract.expectations import PENGETAHUAN

    token = PENGETAHUAN.set(tahu)
    try:
        batch = _batch_definition().get_batch(batch_parameters={"dataframe": frame})
        return batch.validate(suite, result_format=result_format)
    finally:
        PENGETAHUAN.reset(token)


def _offenders(hasil: Any) -> dict[str, Letak]:
    langgar: dict[str, Letak] = {}
    for satu in hasil.results:
        kunci = satu.expectation_config.meta["harapan"]
        if satu.success:
            continue
        if not satu.result or "unexpected_index_list" not in satu.result:
            raise SistemError(
                "validasi_gagal",
                f"Aturan {satu.expectation_config.meta['kode']} ({kunci}) tidak dapat dijalankan: {_reason(satu)}.",
                "periksa log tugas validasi; tidak ada baris yang diluluskan.",
            )
        langgar[kunci] = np.asarray(satu.result["unexpected_index_list"], dtype=np.int64)
    return langgar


def _reason(satu: Any) -> str:
    info = satu.exception_info or {}
    pesan = [info] if "exception_message" in info else [isi for isi in info.values() if isinstance(isi, dict)]
    return str(pesan[0].get("exception_message")) if pesan else "tanpa hasil"


def gx_suite(himpunan: Himpunan) -> Any:
    """The Great Expectations suite of a data set, built once per process and contract."""
    return _suite(himpunan)


@cache
def _suite(himpunan: Himpunan) -> Any:
    import great_expectations as gx

    _context()
    nama = f"humas_{himpunan.nama}"
    return gx.ExpectationSuite(name=nama, expectations=[gx_expectation(satu) for satu in expectations(himpunan)])


def gx_expectation(harapan: Harapan) -> Any:
    """One expectation with its severity, Indonesian description and meta."""
    from great_expectations.expectations.registry import get_expectation_impl

    from humas.contract.expectations import KELAS

    kelas = KELAS.get(harapan.tipe) or get_expectation_impl(harapan.tipe)
    aturan = harapan.aturan
    meta = {
        "harapan": harapan.kunci,
        "kode": aturan.kode,
        "kolom": harapan.kolom,
        "pesan": harapan.uraian,
        "cara_perbaikan": aturan.cara,
        "sumber": aturan.sumber,
    }
    return kelas(
        **harapan.argumen,
        description=f"{aturan.kode}: {harapan.uraian}",
        severity=_SEVERITY[aturan.keparahan],
        meta=meta,
    )


@cache
def _context() -> Any:
    """The process's one context: nothing sent home, nothing drawn, nothing written to disk."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.execution_engine import pandas_execution_engine
    from great_expectations.expectations.expectation import Expectation

    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    # Each call hashes the whole frame twice for a fingerprint nobody reads; above this size GX leaves it out.
    pandas_execution_engine.HASH_THRESHOLD = 0
    GX_ASLI.extend((Expectation._get_domain_kwargs, Expectation._get_success_kwargs))
    Expectation._get_domain_kwargs = _domain_at_once
    Expectation._get_success_kwargs = _success_at_once
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context


def _domain_at_once(self: Any) -> dict[str, Any]:
    """As GX's own, but asking the expectation for its configuration once instead of once per key.

    Each asking serialises the whole expectation; a suite of 68 asked 9,000 times, half of its fixed cost.
    """
    isi = self.configuration.kwargs
    return {kunci: isi[kunci] if kunci in isi else self._get_default_value(kunci) for kunci in self.domain_keys}


def _success_at_once(self: Any) -> dict[str, Any]:
    """As GX's own, with the configuration asked for once."""
    isi = self.configuration.kwargs
    semua = (*self.success_keys, *self.domain_keys)
    return {kunci: isi[kunci] if kunci in isi else self._get_default_value(kunci) for kunci in semua}


@cache
def _batch_definition() -> Any:
    asal = _context().data_sources.add_pandas("humas")
    return asal.add_dataframe_asset("baris").add_batch_definition_whole_dataframe("nasional")
