"""What is generated from the contract: kept current, complete, and following from one entry per column."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from io import StringIO

import jsonschema
import numpy as np
import pandas as pd
import pytest
from humas.contract import dictionary, engine, export, rules, schema, tables
from humas.contract.batch import Kumpulan
from humas.contract.cells import fold
from humas.contract.checks.base import Pengetahuan
from humas.contract.columns import HIMPUNAN, KEGIATAN, MENURUT_NAMA, Kolom, Tipe
from humas.contract.headers import find_header
from humas.contract.regimes import load_regimes, regime_on
from humas.contract.rows import Asal, judge, read_rows
from humas.contract.suite import PEMERIKSAAN, expectations
from humas.contract.vocabulary import load_vocabulary
from humas.reading.table import TabelMentah

from tests.contract.contoh import header, kalender, register, row


@pytest.mark.parametrize("path, isi", list(export.artefacts()), ids=lambda satu: getattr(satu, "name", ""))
def test_files_under_version_control_are_current(path, isi):
    assert path.read_text(encoding="utf-8") == isi, "run: PYTHONPATH=include python -m humas.contract.export"


def test_export_writes_only_what_differs(monkeypatch, tmp_path):
    monkeypatch.setattr(export, "artefacts", lambda: iter([(tmp_path / "a" / "b.json", "isi\n")]))
    assert export.write_all() == [tmp_path / "a" / "b.json"]
    assert export.write_all() == []


@pytest.mark.parametrize("himpunan", HIMPUNAN, ids=lambda satu: satu.nama)
def test_every_expectation_says_rule_severity_and_remedy(himpunan):
    suite = json.loads((export.RUMAH / "suites" / f"{himpunan.nama}.json").read_text(encoding="utf-8"))
    assert len(suite["expectations"]) == len(expectations(himpunan))
    keparahan = {"FATAL": "critical", "PERINGATAN": "warning", "INFO": "info"}
    for satu in suite["expectations"]:
        aturan = rules.load_rules()[satu["meta"]["kode"]]
        assert satu["severity"] == keparahan[aturan.keparahan]
        assert satu["description"].startswith(f"{aturan.kode}: ")
        assert all(satu["meta"][nama] for nama in ("pesan", "cara_perbaikan", "sumber"))


def test_every_rule_has_a_place_and_every_row_rule_an_expectation():
    semua = rules.load_rules()
    assert [kode for kode in semua if kode.startswith("V")] == [f"V{nomor:02}" for nomor in range(1, 53)]
    assert all(aturan.tempat in rules.TEMPAT for aturan in semua.values())
    pada_baris = {kode for kode, aturan in semua.items() if aturan.tempat == "baris"}
    assert pada_baris - dictionary.rules_with_expectation() == {"K08"}  # no optional link without a rule of its own yet
    assert dictionary.rules_with_expectation() <= pada_baris
    assert all(aturan.cara for aturan in semua.values() if aturan.tempat in {"baris", "berkas", "kiriman"})


@pytest.mark.parametrize(
    "nama", ["aturan_umum.csv", "penegakan.csv", "rezim.csv", "kata_kampanye.csv", "aturan_validasi.csv"]
)
def test_data_files_have_as_many_fields_as_headers(nama):
    teks = (export.RUMAH / "data" / nama).read_text(encoding="utf-8")
    baris = list(csv.reader(StringIO(teks), delimiter=";", quoting=csv.QUOTE_NONE))
    assert {len(satu) for satu in baris} == {len(baris[0])}


def test_columns_point_to_rules_and_vocabularies_that_exist():
    for himpunan in HIMPUNAN:
        nama = [kolom.nama for kolom in himpunan.kolom]
        assert len(set(nama)) == len(nama)
        assert {*himpunan.kunci, himpunan.acuan} <= set(nama)
        for kolom in himpunan.kolom:
            assert not kolom.aturan or kolom.aturan in rules.load_rules()
            assert (kolom.kosakata in load_vocabulary()) == (kolom.tipe in {Tipe.PILIHAN, Tipe.DAFTAR_PILIHAN})


def test_no_two_columns_of_a_data_set_answer_to_one_header():
    for himpunan in HIMPUNAN:
        kata = [fold(satu) for kolom in himpunan.kolom for satu in {kolom.label, kolom.nama}]
        assert len({*kata}) >= len(himpunan.kolom)
        assert set(tables.header_words(himpunan).values()) == {kolom.nama for kolom in himpunan.kolom}


def test_row_rules_have_names_of_their_own():
    assert len({periksa.nama for periksa in PEMERIKSAAN}) == len(PEMERIKSAAN)


def _page(**isi: object) -> dict[str, object]:
    baris = {
        "judul": "Rapat koordinasi kehumasan", "tanggal_mulai": "2026-07-02", "jenis_kegiatan": "RAKOR",
        "strategi_utama": 2, "mode": "luring", "peran_satker": "peserta", "kanal": ["website"], "jumlah_peserta": None,
    } | isi  # fmt: skip
    return {
        "versi_kontrak": 1,
        "lembaga": "kpu",
        "kode_satker": "33.74",
        "periode": "2026-TW3",
        "data": {"kegiatan": [baris]},
    }


@pytest.mark.parametrize(
    ("isi", "sah"),
    [
        ({}, True),
        ({"mode": "lewat telepon"}, False),
        ({"tanggal_mulai": "02/07/2026"}, False),
        ({"strategi_utama": 9}, False),
        ({"url_bukti": ["javascript:alert(1)"]}, False),
        ({"jumlah_peserta": "120"}, False),
        ({"judul": "pendek"}, False),
        ({"kode_satker": "3374"}, False),
        ({"lain": 1}, True),
    ],
    ids=str,
)
def test_the_api_schema_judges_a_page(isi, sah):
    skema = jsonschema.Draft202012Validator(schema.api_schema())
    jsonschema.Draft202012Validator.check_schema(schema.api_schema())
    assert skema.is_valid(_page(**isi)) is sah


def test_one_entry_is_a_whole_column():
    """A new column is read, expected, in the schema and in the dictionary without a line written elsewhere."""
    anggaran = Kolom(
        "anggaran",
        "Anggaran",
        Tipe.BILANGAN,
        "Biaya kegiatan.",
        "1.500.000",
        minimum=0,
        satuan="rupiah",
        sinonim=("Biaya",),
    )
    baru = replace(KEGIATAN, kolom=(*KEGIATAN.kolom, anggaran))
    assert tables.header_words(baru)["biaya"] == "anggaran"
    assert {satu.kunci for satu in expectations(baru)} - {satu.kunci for satu in expectations(KEGIATAN)} == {
        "terbaca:anggaran", "batas:anggaran",
    }  # fmt: skip
    assert schema.row_schema(baru)["properties"]["anggaran"]["anyOf"][0] == {"type": "integer", "minimum": 0}
    assert "| `anggaran` | Anggaran (Biaya) |" in dictionary.describe(baru)

    kumpulan = Kumpulan(baru)
    kepala, isi = [*header(KEGIATAN), "Biaya"], [["1,5 juta"], ["banyak"], [-1]]
    baris = [[*row(judul=f"Rapat koordinasi nomor {i}"), *satu] for i, satu in enumerate(isi)]
    tabel = TabelMentah("Kegiatan", [kepala, *baris])
    dikenal = tables._Kepala(baru, find_header(tabel, baru))
    (lembar,) = tables._build(tabel, dikenal, 0, 4, draf=False)
    kumpulan.add(0, lembar, {})
    hari = [pd.Timestamp(satu).as_unit("ns") for satu in ("2026-07-01", "2026-09-30", "2026-10-06", "2026-10-06")]
    asal, tahu = [Asal("k1", "kpu", "33.74", *hari)], Pengetahuan(register(), kalender())
    hasil = judge(read_rows(kumpulan, asal, tahu), asal, tahu)
    assert hasil.diterima["anggaran"].tolist() == [1_500_000.0]
    assert hasil.ditahan == {1: ["K03"], 2: ["K04"]}


def test_importing_the_contract_stays_light():
    kode = (
        "import sys, humas.contract, humas.contract.columns, humas.contract.vocabulary, humas.contract.result;"
        "print([m for m in ('pandas', 'great_expectations', 'numpy') if m in sys.modules])"
    )
    hasil = subprocess.run(
        [sys.executable, "-c", kode], capture_output=True, text=True, check=True, env={"PYTHONPATH": "include"}
    )
    assert hasil.stdout.strip() == "[]"


def test_great_expectations_is_quiet_and_sends_nothing():
    import os

    context = engine._context()
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"
    assert context.variables.progress_bars["globally"] is False
    assert engine.run_suite(KEGIATAN, pd.DataFrame(), Pengetahuan(register(), kalender())) == {}


def test_regimes_are_dated():
    assert {batas.rezim for batas in load_regimes()} == set(load_vocabulary()["rezim"].nilai)
    assert regime_on("UMUM", pd.Timestamp("2026-07-01").date()).hari_kerja == 10
    assert regime_on("PEMILU", pd.Timestamp("2018-12-31").date()) is None


def test_the_index_of_the_batch_must_be_unique():
    from humas.errors import SistemError

    frame = pd.DataFrame({"lembaga": ["kpu", "kpu"]}, index=np.array([1, 1]))
    with pytest.raises(SistemError):
        engine.run_suite(MENURUT_NAMA["kegiatan"], frame, Pengetahuan(register(), kalender()))
