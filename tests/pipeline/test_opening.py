"""Opening a period again: deadlines stay as frozen, and the log says when the calendar moved since."""

from __future__ import annotations

import pytest
from humas import pipeline
from humas.context import Konteks, open_konteks
from humas.settings import Settings

pytestmark = pytest.mark.pipeline
KPU = ("kpu", "2026-TW3")


@pytest.fixture
def k(tmp_path):
    return open_konteks(Settings(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'gudang.db'}"))


def with_holidays(k: Konteks, *baris: str) -> Konteks:
    """The same installation after a decree moved holidays."""
    berkas = k.settings.home / "libur.csv"
    berkas.write_text("\n".join(["tanggal,jenis,nama", *baris]), encoding="utf-8")
    return open_konteks(k.settings.with_(holiday_file=berkas))


def test_an_unmoved_calendar_says_nothing(k, caplog):
    assert pipeline.open_period(k, *KPU).kewajiban == pipeline.open_period(k, *KPU).kewajiban == 553
    assert caplog.text == ""


def test_a_holiday_that_moves_running_deadlines_is_told_and_changes_nothing(k, caplog):
    pipeline.open_period(k, *KPU)
    beku = k.gudang.obligations(*KPU)
    nanti = with_holidays(k, "2026-10-05,cuti_bersama,Cuti Bersama Tambahan")
    pipeline.open_period(nanti, *KPU)
    assert nanti.gudang.obligations(*KPU) == beku
    pesan = [satu.getMessage() for satu in caplog.records if satu.name == "humas.pipeline"]
    assert len(pesan) == 3, "one line for each level's deadline"
    assert pesan[0].startswith("Tenggat Triwulan III 2026 yang dibekukan (7 Oktober 2026, 514 satker)")
    assert "hitungan hari ini (8 Oktober 2026)" in pesan[0]
    assert "Yang berlaku tetap yang dibekukan." in pesan[0]


def test_a_holiday_after_all_deadlines_is_no_matter(k, caplog):
    pipeline.open_period(k, *KPU)
    pipeline.open_period(with_holidays(k, "2026-12-28,cuti_bersama,Cuti Bersama Tambahan"), *KPU)
    assert caplog.text == ""
