"""The nightly visit of news sites as Airflow runs it: when, for which quarter, and what is said at the end."""

import logging
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

pytestmark = pytest.mark.dags


@pytest.fixture
def kit(monkeypatch):
    """The kit in a run that was due on some day, with the values of the form."""
    from humas.orchestration import sitekit

    def make(due="2026-09-10", **params):
        moment = datetime.fromisoformat(due).replace(tzinfo=UTC)
        context = {"dag_run": SimpleNamespace(run_after=moment), "params": params, "run_id": "terjadwal"}
        monkeypatch.setattr(sitekit, "get_current_context", lambda: context)
        return sitekit

    return make


@pytest.mark.parametrize(
    ("due", "period"),
    [
        pytest.param("2026-09-10", "2026-TW3", id="tengah triwulan"),
        pytest.param("2026-10-20", "2026-TW3", id="masa lapor sesudahnya"),
        pytest.param("2026-11-02", "2026-TW4", id="masa lapor lewat"),
        pytest.param("2026-01-05", "2025-TW4", id="pergantian tahun"),
    ],
)
def test_the_quarter_being_collected_is_visited(kit, due, period):
    assert kit(due).default_period() == period


def test_the_form_wins(kit, tmp_path, monkeypatch):
    monkeypatch.setenv("HUMAS_HOME", str(tmp_path))
    run = kit(periode="2026-TW1", satker=["33.74"], paksa=True).begin()
    assert (run.period, run.satker, run.force) == ("2026-TW1", ("33.74",), True)


@pytest.mark.parametrize(
    ("environment", "scheduled"),
    [
        pytest.param({}, False, id="tidak dinyalakan"),
        pytest.param({"HUMAS_SITUS": "ya"}, False, id="tanpa kontak"),
        pytest.param({"HUMAS_SITUS": "ya", "HUMAS_SITUS_KONTAK": "a@b.go.id"}, True, id="dinyalakan"),
        pytest.param({"HUMAS_REGISTER": "/srv/r.csv", "HUMAS_SITUS_KONTAK": "a@b.go.id"}, True, id="mungkin ada baris"),
        pytest.param(
            {"HUMAS_SITUS": "ya", "HUMAS_SITUS_KONTAK": "a@b.go.id", "HUMAS_JADWAL": "mati"}, False, id="jadwal mati"
        ),
    ],
)
def test_nobody_is_visited_by_night_unless_asked_for(kit, monkeypatch, environment, scheduled):
    from humas.registry import Lembaga

    for name in ("HUMAS_SITUS", "HUMAS_SITUS_KONTAK", "HUMAS_REGISTER", "HUMAS_JADWAL"):
        monkeypatch.delenv(name, raising=False)
    for name, content in environment.items():
        monkeypatch.setenv(name, content)
    assert (kit().schedule(Lembaga.KPU) is not None) is scheduled


def test_nothing_to_visit_is_skipped(kit, tmp_path, monkeypatch):
    from airflow.sdk.exceptions import AirflowSkipException

    monkeypatch.setenv("HUMAS_HOME", str(tmp_path))
    monkeypatch.delenv("HUMAS_SITUS", raising=False)
    with pytest.raises(AirflowSkipException, match="HUMAS_SITUS"):
        kit(periode="2026-TW3").groups("kpu")


def test_a_night(kit, tmp_path, monkeypatch, caplog):
    from humas.simulate.news import SiteConduct, news_sites

    conduct = {"33.74": SiteConduct.GOOD, "33.22": SiteConduct.CHALLENGE, "35.71": SiteConduct.CHALLENGE}
    with news_sites(tmp_path / "situs", conduct, articles=2) as demo:
        for name, content in {**demo.environment, "HUMAS_HOME": str(tmp_path)}.items():
            monkeypatch.setenv(name, content)
        night = kit(periode="2026-TW3")
        group = night.groups("kpu")
        assert [(one["kode"], one["satker"]) for one in group] == [("33", ["33.22", "33.74"]), ("35", ["35.71"])]
        result = [night.visit("kpu", one) for one in group]
        with caplog.at_level(logging.INFO):
            count = night.report("kpu", 2, result)
    assert (count["situs"], count["berhasil"], count["artikel"]) == (3, 1, 3)
    (row,) = (message for message in caplog.messages if message.startswith("halaman_tantangan"))
    assert "2 situs: 33.22 KPU Kabupaten Semarang, 35.71 KPU Kota Kediri" in row
    lines = [message for message in caplog.messages if " dibaca, " in message]
    assert [line.partition(":")[0] for line in lines] == [
        "33.22 KPU Kabupaten Semarang",
        "33.74 KPU Kota Semarang",
        "35.71 KPU Kota Kediri",
    ]


def test_a_province_that_was_not_visited_turns_the_night_red(kit, tmp_path, monkeypatch):
    from airflow.sdk.exceptions import AirflowFailException

    monkeypatch.setenv("HUMAS_HOME", str(tmp_path))
    with pytest.raises(AirflowFailException, match="1 provinsi belum selesai"):
        kit(periode="2026-TW3").report("kpu", 1, [])
    assert kit(periode="2026-TW3").report("kpu", 0, [])["situs"] == 0
