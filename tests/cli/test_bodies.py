"""``./humas lembaga periksa``: every body with what it has of its own, every fault with its place."""

from __future__ import annotations

import pytest
from humas.bodies import BODIES
from humas.bodies.blocks import BodyFault
from humas.cli import bodies
from humas.cli.main import main
from humas.local import daemon


def test_every_body_is_told_with_what_it_has_of_its_own(capsys):
    assert main(["lembaga", "periksa"]) == 0
    told = capsys.readouterr().out
    for body in BODIES.values():
        assert f"{body.label} ({body.code}): dapat dipakai" in told
    assert "8 tugas kehumasan (asumsi pemasangan" in told
    assert "Penandatangan satker: Sekretaris Daerah" in told
    assert "Sekretaris {kantor} (menyetujui) → Ketua {kantor} (menandatangani) → tingkat provinsi: Subbagian" in told


def test_a_fault_is_one_line_with_its_place_and_who_must_act(capsys, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bodies, "FAULTS", (BodyFault("dkpp", "laporan.toml", 9, "{kota} tidak dikenal"),))
    assert main(["lembaga", "periksa"]) == 1
    line = capsys.readouterr().out.splitlines()[-1]
    assert line.startswith("Tidak dipakai: dkpp/laporan.toml, baris 9: {kota} tidak dikenal. Admin sistem: perbaiki")


def test_a_fault_in_what_is_simulated_is_told_and_stops_no_report(capsys, monkeypatch: pytest.MonkeyPatch):
    fault = BodyFault("kpu", "simulasi.toml", 3, 'kunci "topik" kosong')
    monkeypatch.setattr(bodies, "simulation_faults", lambda: iter([fault]))
    assert main(["lembaga", "periksa"]) == 1
    *_, line = told = capsys.readouterr().out.splitlines()
    assert line.startswith('Tidak dapat disimulasikan: kpu/simulasi.toml, baris 3: kunci "topik" kosong. Admin sistem:')
    assert "KPU (kpu): dapat dipakai" in told


def test_an_installation_that_starts_names_what_it_cannot_use(capsys, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(
        bodies, "FAULTS", (BodyFault("dkpp", "dasar_hukum.csv", 3, "tanggal harus berbentuk 2026-07-01"),)
    )
    monkeypatch.setattr(daemon, "start", lambda *arguments: "Airflow berjalan")
    assert main(["up"]) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("Tidak dipakai: dkpp/dasar_hukum.csv, baris 3: tanggal harus")
    assert last == "Airflow berjalan"
