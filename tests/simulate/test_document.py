"""What units send: the same bytes for the same seed, in every format, with defects where the plan says."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from humas.contract.columns import HIMPUNAN, MENURUT_NAMA
from humas.simulate.content import write_rows
from humas.simulate.document import BARIS_PER_HALAMAN, document_rows, first_row, write_document
from humas.simulate.model import JenisIsi
from humas.simulate.plan import plan_world
from python_calamine import CalamineWorkbook


def pick(dunia, bentuk: str, isi: JenisIsi = JenisIsi.WAJAR, gaya: int | None = None):
    return next(
        satu
        for satu in dunia.rencana.values()
        if satu.saluran[0] == bentuk and satu.isi is isi and gaya in {None, satu.gaya}
    )


@pytest.mark.parametrize("bentuk", ["json", "xlsx", "csv"])
def test_same_seed_same_bytes(dunia, register, bentuk):
    kembaran = plan_world(2026, "kpu", dunia.musim.triwulan, register)
    kode = pick(dunia, bentuk).satuan.kode
    satu, dua = (write_document(d, d.rencana[kode], bentuk) for d in (dunia, kembaran))
    assert satu == dua


def test_pages_carry_all_rows_once_and_agree(dunia):
    rencana = dunia.rencana["00"]
    halaman = [json.loads(isi) for isi in write_document(dunia, rencana, "json").halaman]
    assert len(halaman) > 1
    assert [satu["halaman"] for satu in halaman] == list(range(1, len(halaman) + 1))
    assert {satu["jumlah_halaman"] for satu in halaman} == {len(halaman)}
    for himpunan in HIMPUNAN:
        banyak = sum(len(satu["data"][himpunan.nama]) for satu in halaman)
        assert banyak == rencana.baris[himpunan.nama]
    assert all(sum(map(len, satu["data"].values())) <= BARIS_PER_HALAMAN for satu in halaman)


@pytest.mark.parametrize("gaya", range(4))
def test_workbook_rows_begin_where_the_truth_says(dunia, gaya):
    rencana = pick(dunia, "xlsx", gaya=gaya)
    [isi] = write_document(dunia, rencana, "xlsx").halaman
    lembar = CalamineWorkbook.from_filelike(io.BytesIO(isi)).get_sheet_by_name("Kegiatan")
    baris = lembar.to_python(skip_empty_area=False)
    judul = first_row("xlsx", gaya) - 2
    kolom = MENURUT_NAMA["kegiatan"].menurut_nama["judul"]
    assert baris[judul].count(kolom.sinonim[0] if gaya == 2 else kolom.label) == 1
    assert len(baris) == judul + 1 + rencana.baris["kegiatan"] + sum(p.cacat.tambah for p in rencana.pasangan)


def test_csv_has_one_line_for_each_row_below_its_header(dunia):
    rencana = pick(dunia, "csv")
    teks = write_document(dunia, rencana, "csv").halaman[0].decode("utf-8-sig")
    baris = list(csv.reader(io.StringIO(teks), delimiter=";" if rencana.gaya % 2 else ","))
    assert baris[0][:2] == ["Periode", "Lembaga"]
    assert len(baris) - 1 == len(document_rows(dunia, rencana)["kegiatan"])


def test_defects_are_where_the_plan_says_and_the_corrected_version_has_none(dunia):
    rencana = pick(dunia, "json", JenisIsi.PERBAIKAN)
    baik = write_rows(
        dunia.musim,
        rencana.satuan,
        rencana.baris,
        dunia.events_for(rencana.satuan),
        hari_tertulis=rencana.gaya % 2 == 1,
    )
    rusak = document_rows(dunia, rencana, 1)
    berbeda = [n for n, (a, b) in enumerate(zip(baik["kegiatan"], rusak["kegiatan"], strict=True)) if a != b]
    assert berbeda == sorted(p.indeks for p in rencana.pasangan)
    assert document_rows(dunia, rencana, 2) == baik


def test_corrected_version_is_sent_later(dunia):
    rencana = pick(dunia, "json", JenisIsi.PERBAIKAN)
    pertama, kedua = (write_document(dunia, rencana, "json", versi) for versi in (1, 2))
    assert pertama.dikirim_pada < kedua.dikirim_pada
    assert pertama.halaman != kedua.halaman


@pytest.mark.parametrize(
    ("isi", "kunci", "nilai"),
    [
        (JenisIsi.NIHIL, "nihil", True),
        (JenisIsi.TRIWULAN_LALU, "periode", "2026-TW2"),
    ],
)
def test_cover_says_what_the_content_is(dunia, isi, kunci, nilai):
    rencana = next(dunia.rencana[kode] for kode in dunia.codes(isi))
    assert json.loads(write_document(dunia, rencana, "json").halaman[0])[kunci] == nilai


def test_last_quarters_file_holds_last_quarters_activities(dunia):
    [rencana, *_] = [dunia.rencana[kode] for kode in dunia.codes(JenisIsi.TRIWULAN_LALU)]
    assert {satu["tanggal_mulai"] < date(2026, 7, 1) for satu in document_rows(dunia, rencana)["kegiatan"]} == {True}


def test_good_rows_use_only_columns_and_words_of_the_contract(dunia):
    from humas.contract.vocabulary import load_vocabulary

    rencana = dunia.rencana["33"]
    for nama, baris in document_rows(dunia, rencana).items():
        kolom = MENURUT_NAMA[nama].menurut_nama
        wajib = {satu.nama for satu in MENURUT_NAMA[nama].wajib if not satu.dari_sampul}
        for satu in baris:
            assert satu.keys() <= kolom.keys() and wajib <= satu.keys()
            for isian, nilai in satu.items():
                if kosakata := kolom[isian].kosakata:
                    dipakai = nilai if isinstance(nilai, list) else [str(nilai)]
                    assert set(dipakai) <= set(load_vocabulary()[kosakata].nilai), isian


def test_units_share_events_of_their_superiors(dunia):
    satu, dua = (document_rows(dunia, dunia.rencana[kode])["kegiatan"] for kode in ("33", "33.74"))
    milik_provinsi = {(b["tanggal_mulai"], b["jenis_kegiatan"]) for b in satu if b["peran_satker"] == "penyelenggara"}
    diikuti = [b for b in dua if b["penyelenggara"] == "KPU Provinsi Jawa Tengah"]
    assert len(diikuti) >= 2
    assert all((b["tanggal_mulai"], b["jenis_kegiatan"]) in milik_provinsi for b in diikuti)
