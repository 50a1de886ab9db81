"""Opening a period again: deadlines stay as frozen, and the log says when the calendar moved since."""

from __future__ import annotations

import pytest
from humas.installation.context import Context, load_context
from humas.pipeline import quarter as pipeline
from humas.registry import Cycle
from humas.settings import Settings

pytestmark = pytest.mark.pipeline
KPU = Cycle("kpu", "2026-TW3")


@pytest.fixture
def k(tmp_path):
    return load_context(Settings(home=tmp_path, database_url=f"sqlite:///{tmp_path / 'gudang.db'}"))


def with_holidays(k: Context, *row: str) -> Context:
    """The same installation after a decree moved holidays."""
    file = k.settings.home / "libur.csv"
    file.write_text("\n".join(["tanggal,jenis,nama", *row]), encoding="utf-8")
    return load_context(k.settings.with_(holiday_file=file))


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the opening itself said: other libraries log at will, depending on what else the process imported."""
    return [record.getMessage() for record in caplog.records if record.name == pipeline.__name__]


def test_an_unmoved_calendar_says_nothing(k, caplog):
    assert pipeline.open_period(k, KPU).kewajiban == pipeline.open_period(k, KPU).kewajiban == 553
    assert told(caplog) == []


def test_a_holiday_that_moves_running_deadlines_is_told_and_changes_nothing(k, caplog):
    pipeline.open_period(k, KPU)
    frozen = k.warehouse.obligations(KPU)
    afterwards = with_holidays(k, "2026-10-05,cuti_bersama,Cuti Bersama Tambahan")
    pipeline.open_period(afterwards, KPU)
    assert afterwards.warehouse.obligations(KPU) == frozen
    message = told(caplog)
    assert len(message) == 3, "one line for each level's deadline"
    assert message[0].startswith("Tenggat Triwulan III 2026 yang dibekukan (7 Oktober 2026, 514 satker)")
    assert "hitungan hari ini (8 Oktober 2026)" in message[0]
    assert "Yang berlaku tetap yang dibekukan." in message[0]


def test_a_holiday_after_all_deadlines_is_no_matter(k, caplog):
    pipeline.open_period(k, KPU)
    pipeline.open_period(with_holidays(k, "2026-12-28,cuti_bersama,Cuti Bersama Tambahan"), KPU)
    assert told(caplog) == []
