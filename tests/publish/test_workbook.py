"""The workbook, read back with other eyes (openpyxl) than our writer's."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
import time_machine
from humas.publish.model import Perubahan, Tabel
from humas.publish.workbook import build_workbook

from tests.publish.contoh import NAKAL, make_kegiatan, make_nasional, make_nihil, make_provinsi, make_satker

RUMUS = ("=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "https://contoh.go.id", "0123", '=HYPERLINK("http://x")')


def read(isi: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(isi))


def rows(buku: openpyxl.Workbook, lembar: str) -> list[dict[str, object]]:
    baris = list(buku[lembar].iter_rows(values_only=True))
    return [dict(zip(baris[0], satu, strict=True)) for satu in baris[1:]]


@pytest.mark.parametrize("make", [make_satker, make_nihil, make_provinsi, make_nasional], ids=lambda f: f.__name__)
def test_same_data_same_bytes(make):
    with time_machine.travel("2026-10-16T05:00:00Z"):
        pertama = build_workbook(make())
    with time_machine.travel("2031-01-01T00:00:00Z"):
        assert build_workbook(make()) == pertama


def test_every_figure_is_there_with_numerator_and_denominator():
    laporan = make_nasional()
    angka = {r["Kode angka"]: r for r in rows(read(build_workbook(laporan)), "Angka")}
    assert len(angka) == len(laporan.angka)
    lengkap = laporan.figure("kelengkapan")
    assert angka["N1"]["Nilai"] == pytest.approx(lengkap.nilai)
    assert (angka["N1"]["Pembilang"], angka["N1"]["Penyebut"]) == (lengkap.pembilang, lengkap.penyebut)


def test_every_accepted_row_is_there_with_real_dates_numbers_and_labels():
    buku = read(build_workbook(make_satker()))
    kegiatan = rows(buku, "Kegiatan")
    assert len(kegiatan) == 24
    assert kegiatan[0]["Tanggal mulai"].isoformat() == "2026-07-01T00:00:00"
    assert kegiatan[0]["Jumlah peserta"] == 42
    assert kegiatan[0]["Mode"] == "Luring"
    assert (kegiatan[0]["Lembar asal"], kegiatan[0]["Baris asal"]) == ("Kegiatan", 2)
    assert {len(rows(buku, n)) for n in ("Publikasi", "Permohonan Informasi", "Isu dan Hoaks")} == {72, 8, 3}
    assert rows(buku, "Isu dan Hoaks")[0]["Waktu temuan"].isoformat() == "2026-08-13T08:30:00"


def test_internal_columns_never_appear():
    tabel = Tabel(
        ("no_registrasi", "tujuan", "informasi_diminta", "asing"),
        (("RAHASIA-1", "RAHASIA-2", "Data pemilih", "RAHASIA-3"),),
    )
    laporan = replace(make_satker(), tabel={"permohonan_info": tabel})
    isi = build_workbook(laporan)
    assert rows(read(isi), "Permohonan Informasi") == [{"Informasi yang diminta": "Data pemilih"}]
    with zipfile.ZipFile(io.BytesIO(isi)) as arsip:
        assert not any(b"RAHASIA" in arsip.read(nama) for nama in arsip.namelist())


@pytest.mark.parametrize("teks", [*RUMUS, NAKAL, "a\x00b\x0bc\x1f", "x" * 40_000], ids=lambda t: repr(t[:12]))
def test_text_stays_text(teks):
    isi = build_workbook(make_satker(kegiatan=make_kegiatan(2, (teks,))))
    with zipfile.ZipFile(io.BytesIO(isi)) as arsip:
        lembar = "".join(
            arsip.read(n).decode() for n in arsip.namelist() if "worksheets/sheet" in n and n.endswith(".xml")
        )
        assert not [n for n in arsip.namelist() if "_rels/sheet" in n]
    assert "<f>" not in lembar
    assert "hyperlink" not in lembar.lower()
    sel = rows(read(isi), "Kegiatan")[0]["Judul kegiatan"]
    assert isinstance(sel, str)
    assert re.sub(r"_x[0-9A-F]{4}_", "", sel)[:2] == re.sub(r"[\x00-\x1f]", "", teks)[:2]


def test_headers_stay_in_sight_and_columns_have_widths():
    for lembar in read(build_workbook(make_satker())):
        assert lembar.freeze_panes == "A2"
        assert lembar["A1"].font.bold
        assert all(ukuran.width > 5 for ukuran in lembar.column_dimensions.values())


def test_notes_hold_the_formula_of_every_measure():
    laporan = make_satker()
    catatan = {r["Angka"]: r["Rumus atau arti"] for r in rows(read(build_workbook(laporan)), "Catatan")}
    assert catatan["Kegiatan dilaporkan"] == laporan.figure("kegiatan_dilaporkan").rumus


def test_silent_units_are_named_and_never_zero():
    satker = {r["Kode"]: r for r in rows(read(build_workbook(make_provinsi())), "Satker")}
    assert satker["33.04"]["Ketepatan"] == "Belum lapor"
    assert satker["33.04"]["Kegiatan"] is None
    assert satker["33.04"]["Siapa bertindak bila belum lapor"] == "Pengelola sumber data"
    assert satker["33.01"]["Kegiatan"] == 24


def test_units_never_asked_say_so():
    asal = make_provinsi()
    diam = tuple(s if s.lapor else replace(s, sebab="belum_dikumpulkan") for s in asal.satker)
    satker = {r["Kode"]: r for r in rows(read(build_workbook(replace(asal, satker=diam))), "Satker")}
    assert (satker["33.04"]["Ketepatan"], satker["33.04"]["Hasil periksa"]) == ("Belum lapor", "Belum dikumpulkan")
    assert satker["33.04"]["Siapa bertindak bila belum lapor"] == "Admin sistem"


def test_new_edition_carries_its_changes():
    ubah = (
        Perubahan("S3", "kegiatan_dilaporkan", "", 24, 25),
        Perubahan("S11.1", "peserta", "orang/satker_ini", None, 7),
    )
    buku = read(build_workbook(make_satker().as_edition(2, date(2026, 10, 23), ubah)))
    ralat = rows(buku, "Ralat")
    assert (ralat[0]["Edisi 1"], ralat[0]["Edisi 2"], ralat[0]["Selisih"]) == (24, 25, 1)
    assert (ralat[1]["Edisi 1"], ralat[1]["Selisih"]) == (None, None)
    assert "Ralat" not in read(build_workbook(make_satker())).sheetnames


def test_findings_say_where_what_and_how():
    temuan = rows(read(build_workbook(make_satker())), "Temuan")
    assert [(t["Lembar"], t["Baris"], t["Huruf"]) for t in temuan] == [
        ("Kegiatan", 17, "C"),
        ("Publikasi", 41, "E"),
        ("Permohonan Informasi", 6, "F"),
    ]
    assert all(t["Apa yang salah"] and t["Cara memperbaiki"] for t in temuan)


def test_wrapped_text_has_the_height_it_needs():
    panjang = "kegiatan " * 30
    lap = make_satker(kegiatan=make_kegiatan(2, (panjang, "Rapat pendek")))
    lembar = read(build_workbook(lap))["Kegiatan"]
    tinggi = {b: lembar.row_dimensions[b].height for b in (2, 3)}
    kepala = next(sel for sel in lembar[1] if sel.value == "Judul kegiatan")
    lebar = lembar.column_dimensions[kepala.column_letter].width
    assert tinggi[2] >= 12 * len(panjang) / lebar
    assert tinggi[3] is None
