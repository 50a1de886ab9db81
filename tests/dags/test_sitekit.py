"""The nightly visit of news sites as Airflow runs it: when, for which quarter, and what is said at the end."""

import logging
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

pytestmark = pytest.mark.dags


@pytest.fixture
def kit(monkeypatch):
    """The kit in a run that was due on some day, with the values of the form."""
    from humas.operate import sitekit

    def make(due="2026-09-10", **params):
        waktu = datetime.fromisoformat(due).replace(tzinfo=UTC)
        context = {"dag_run": SimpleNamespace(run_after=waktu), "params": params, "run_id": "terjadwal"}
        monkeypatch.setattr(sitekit, "get_current_context", lambda: context)
        return sitekit

    return make


@pytest.mark.parametrize(
    ("due", "periode"),
    [
        pytest.param("2026-09-10", "2026-TW3", id="tengah triwulan"),
        pytest.param("2026-10-20", "2026-TW3", id="masa lapor sesudahnya"),
        pytest.param("2026-11-02", "2026-TW4", id="masa lapor lewat"),
        pytest.param("2026-01-05", "2025-TW4", id="pergantian tahun"),
    ],
)
def test_the_quarter_being_collected_is_visited(kit, due, periode):
    assert kit(due).default_period() == periode


def test_the_form_wins(kit, tmp_path, monkeypatch):
    monkeypatch.setenv("HUMAS_HOME", str(tmp_path))
    _, periode, satker, paksa = kit(periode="2026-TW1", satker=["33.74"], paksa=True).begin()
    assert (periode, satker, paksa) == ("2026-TW1", ("33.74",), True)


@pytest.mark.parametrize(
    ("lingkungan", "terjadwal"),
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
def test_nobody_is_visited_by_night_unless_asked_for(kit, monkeypatch, lingkungan, terjadwal):
    from humas.registry import Lembaga

    for nama in ("HUMAS_SITUS", "HUMAS_SITUS_KONTAK", "HUMAS_REGISTER", "HUMAS_JADWAL"):
        monkeypatch.delenv(nama, raising=False)
    for nama, isi in lingkungan.items():
        monkeypatch.setenv(nama, isi)
    assert (kit().schedule(Lembaga.KPU) is not None) is terjadwal


def test_nothing_to_visit_is_skipped(kit, tmp_path, monkeypatch):
    from airflow.sdk.exceptions import AirflowSkipException

    monkeypatch.setenv("HUMAS_HOME", str(tmp_path))
    monkeypatch.delenv("HUMAS_SITUS", raising=False)
    with pytest.raises(AirflowSkipException, match="HUMAS_SITUS"):
        kit(periode="2026-TW3").groups("kpu")


def test_a_night(kit, tmp_path, monkeypatch, caplog):
    from humas.simulate.news import PerangaiSitus, news_sites

    perangai = {"33.74": PerangaiSitus.BAIK, "33.22": PerangaiSitus.TANTANGAN, "35.71": PerangaiSitus.TANTANGAN}
    with news_sites(tmp_path / "situs", perangai, artikel=2) as demo:
        for nama, isi in {**demo.environment, "HUMAS_HOME": str(tmp_path)}.items():
            monkeypatch.setenv(nama, isi)
        night = kit(periode="2026-TW3")
        kelompok = night.groups("kpu")
        assert [(satu["kode"], satu["satker"]) for satu in kelompok] == [("33", ["33.22", "33.74"]), ("35", ["35.71"])]
        hasil = [night.visit("kpu", satu) for satu in kelompok]
        with caplog.at_level(logging.INFO):
            jumlah = night.report("kpu", 2, hasil)
    assert (jumlah["situs"], jumlah["berhasil"], jumlah["artikel"]) == (3, 1, 3)
    (baris,) = (satu for satu in caplog.messages if satu.startswith("halaman_tantangan"))
    assert "2 situs: 33.22 KPU Kabupaten Semarang, 35.71 KPU Kota Kediri" in baris


def test_a_province_that_was_not_visited_turns_the_night_red(kit, tmp_path, monkeypatch):
    from airflow.sdk.exceptions import AirflowFailException

    monkeypatch.setenv("HUMAS_HOME", str(tmp_path))
    with pytest.raises(AirflowFailException, match="1 provinsi belum selesai"):
        kit(periode="2026-TW3").report("kpu", 1, [])
    assert kit(periode="2026-TW3").report("kpu", 0, [])["situs"] == 0
