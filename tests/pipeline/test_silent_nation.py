"""A quarter in which nobody reports: it is published all the same, and says so."""

from __future__ import annotations

import pytest
from humas.installation.context import load_context
from humas.pipeline.quarter import run_quarter
from humas.registry import Cycle
from humas.settings import Publishing, Settings

pytestmark = pytest.mark.pipeline


def test_a_quarter_without_any_report_is_published(tmp_path):
    k = load_context(
        Settings(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'gudang.db'}", publishing=Publishing.ALWAYS)
    )
    result = run_quarter(k, Cycle("kpu", "2026-TW3"), ("33.22",))
    assert (result.rekap.satker_wajib, result.rekap.satker_lapor, result.validasi.masuk) == (553, 0, 0)
    assert len(result.terbit.edisi_baru) == 39
    assert (k.settings.published / "kpu" / "2026-TW3" / "laporan" / "HT-KPU-N-2026TW3-E1.pdf").stat().st_size > 10_000
