"""The keys of ``--json`` are those of ``docs/perintah.md``, read from its tables: neither can move alone."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest
from humas import summary
from humas.command.terima import _record
from humas.contract.result import StatusKiriman
from humas.publish.verify import Source, Status
from humas.settings import Settings
from humas.warehouse import Doubt
from humas.warehouse.gudang import open_url

from tests.command.berkas import make_row, write_workbook
from tests.command.panggilan import NOW

pytestmark = pytest.mark.mesin

PERINTAH = (Path(__file__).parents[2] / "docs" / "perintah.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`([a-z_0-9]+)(?:\[\])?`")


def section(perintah: str) -> str:
    return PERINTAH.split(f"## `{perintah} --json`\n", 1)[1].partition("\n## ")[0]


def table(perintah: str) -> list[tuple[str, str]]:
    """First and second cell of each row of the command's table."""
    baris = re.findall(r"^\| (`.*?) \| (.*) \|$", section(perintah), re.MULTILINE)
    assert baris
    return baris


def top_keys(perintah: str) -> set[str]:
    return {nama for kunci, _ in table(perintah) for nama in NAMED.findall(kunci)}


def inner_keys(perintah: str, kunci: str) -> set[str]:
    """Names in the second cell, without what its brackets explain."""
    (isi,) = [isi for nama, isi in table(perintah) if nama.strip("`").removesuffix("[]") == kunci]
    return set(NAMED.findall(re.sub(r"\([^)]*\)", "", isi)))


def in_brackets(perintah: str, kunci: str) -> set[str]:
    (isi,) = [isi for nama, isi in table(perintah) if nama.strip("`").removesuffix("[]") == kunci]
    return set(NAMED.findall(" ".join(re.findall(r"\(([^)]*)\)", isi))))


@pytest.fixture(params=["valid", "refused", "unreadable"])
def checked(request, humas, tmp_path):
    berkas = write_workbook(tmp_path / "a.xlsx", make_row(), make_row(), make_row(Mode="terbang"))
    if request.param == "refused":
        berkas = write_workbook(berkas, make_row(), sampul={"Kode satker": "99.99", "Periode": "2026-TW3"})
    if request.param == "unreadable":
        berkas.write_bytes(b"%PDF-1.7")
    return json.loads(humas("check", berkas, "--json").keluar)


def test_check(checked):
    assert set(checked) == top_keys("check")
    assert checked["status"] in inner_keys("check", "status")
    for daftar in ("rows", "findings"):
        for satu in checked[daftar]:
            assert set(satu) == inner_keys("check", daftar)
    assert {satu["state"] for satu in checked["rows"]} <= in_brackets("check", "rows")


def test_check_statuses_are_all_documented_and_named():
    assert inner_keys("check", "status") == {satu.value for satu in StatusKiriman}
    assert len({satu.label for satu in StatusKiriman}) == len(StatusKiriman)


def test_retention(humas):
    assert set(json.loads(humas("retensi", "--lihat", "--json").keluar)) == top_keys("retensi")


def test_backup_and_restore(humas, tmp_path):
    open_url(Settings.from_environment().database_url).close()
    buat = json.loads(humas("cadangkan", tmp_path / "a.tar", "--json").keluar)
    assert set(buat) == top_keys("cadangkan")
    jawab = humas("pulihkan", tmp_path / "a.tar", "--ke", tmp_path / "baru", "--json")
    assert (jawab.kode, set(json.loads(jawab.keluar))) == (0, top_keys("pulihkan"))


def test_release(humas):
    jawab = humas("terima", "--json")
    assert (jawab.kode, set(json.loads(jawab.keluar))) == (0, top_keys("terima"))
    ragu = Doubt("kpu", "2026-TW4", "33.74", "a", "berkas", NOW, "ditolak", "Apakah?", "Kirim.", None)
    assert set(_record(ragu)) == inner_keys("terima", "kiriman")


def test_due(humas):
    jawab = humas("due", "33.74", "2026-TW3", "--json")
    assert jawab.kode == 0
    assert set(json.loads(jawab.keluar)) == set(NAMED.findall(section("due")))


def make_summary(gagal: tuple[summary.GagalKumpul, ...] = ()) -> summary.RingkasanTriwulan:
    return summary.RingkasanTriwulan(
        "kpu",
        "2026-TW3",
        "langsung__1",
        summary.RingkasanKumpul(2, 1, gagal, 10, 0.5),
        summary.RingkasanValidasi(1, 0, 0, 3, 2, 1, 0),
        summary.RingkasanRekap(10, 553, 1, 2, 2),
        summary.Putusan(gagal, gagal, 0.1, False),
        summary.RingkasanTerbit(("HT-KPU-N-2026TW3-E1",), "terbitan/kpu/2026-TW3"),
        {"Kumpulkan": 0.5},
    )


GAGAL = summary.GagalKumpul("33.74", "KPU Kota Semarang", "batas_waktu", "sumber", "Tidak menjawab.", "periksa.", True)


@pytest.mark.parametrize(("gagal", "kode"), [((), 0), ((GAGAL,), 1)], ids=["done", "needs_people"])
def test_quarter(humas, monkeypatch, gagal, kode):
    monkeypatch.setattr("humas.pipeline.run_quarter", lambda *_, **__: make_summary(gagal))
    jawab = humas("quarter", "2026-TW3", "--json")
    assert jawab.kode == kode
    isi = json.loads(jawab.keluar)
    assert isi == json.loads(json.dumps(asdict(make_summary(gagal))))
    assert set(isi) == top_keys("quarter")
    for kunci in ("kumpul", "validasi", "rekap", "putusan", "terbit"):
        assert set(isi[kunci]) == inner_keys("quarter", kunci)
    assert {satu.name for satu in fields(summary.GagalKumpul)} == in_brackets("quarter", "putusan")
    assert {satu.name for satu in fields(summary.Alteration)} == inner_keys("quarter", "alterations")
    assert {satu.name for satu in fields(summary.Withheld)} == inner_keys("quarter", "withheld")


def test_quarter_for_people(humas, monkeypatch):
    monkeypatch.setattr("humas.pipeline.run_quarter", lambda *_, **__: make_summary((GAGAL,)))
    jawab = humas("quarter", "2026-TW3")
    assert jawab.kode == 1
    assert "Baris: 3 masuk = 2 diterima + 1 ditahan + 0 kembar" in jawab.keluar
    assert "Gagal dikumpulkan: 1 satker" in jawab.keluar
    assert "33.74 KPU Kota Semarang" in jawab.keluar


def test_a_bad_line_of_the_channel_file_needs_people(humas, monkeypatch, tmp_path):
    (tmp_path / "r.csv").write_text("lembaga,nama_satker,jenis,alamat\nkpu,Semarang,berkas,x\n")
    monkeypatch.setenv("HUMAS_REGISTER", str(tmp_path / "r.csv"))
    monkeypatch.setattr("humas.pipeline.run_quarter", lambda *_, **__: make_summary())
    jawab = humas("quarter", "2026-TW3")
    assert jawab.kode == 1
    assert 'r.csv, baris 2: "Semarang" dapat berarti Kabupaten Semarang (33.22) atau Kota' in jawab.keluar


def test_units_without_channel_need_nobody_today(humas, monkeypatch):
    hasil = make_summary()
    hasil = replace(hasil, putusan=replace(hasil.putusan, tanpa_saluran=("11", "12")))
    monkeypatch.setattr("humas.pipeline.run_quarter", lambda *_, **__: hasil)
    jawab = humas("quarter", "2026-TW3")
    assert jawab.kode == 0
    assert "Belum tersambung: 2 satker" in jawab.keluar
    assert "Perlu perbaikan" not in jawab.keluar


@pytest.mark.parametrize("mended", [False, True], ids=["left", "mended"])
def test_what_another_hand_changed_is_told_and_needs_people(humas, monkeypatch, mended):
    alteration = summary.Alteration("laporan/a.pdf", "laporan/a.pdf tidak sama.", "pulihkan berkas itu.", mended)
    hasil = replace(make_summary(), alterations=(alteration,))
    monkeypatch.setattr("humas.pipeline.run_quarter", lambda *_, **__: hasil)
    jawab = humas("quarter", "2026-TW3")
    assert jawab.kode == 1
    assert f"Diubah di luar program: 1 hal, {int(mended)} di antaranya sudah dipulihkan" in jawab.keluar
    assert "laporan/a.pdf tidak sama. Admin sistem: pulihkan berkas itu." in jawab.keluar


def test_verify(humas, tmp_path):
    (tmp_path / "asing.pdf").write_bytes(b"%PDF-1.7")
    jawab = humas("verify", tmp_path / "asing.pdf", "--json")
    assert jawab.kode == 1
    isi = json.loads(jawab.keluar)
    nama = set(NAMED.findall(section("verify"))) - {satu.value for satu in Source}
    assert set(isi) == nama - {satu.value for satu in Status}
    assert {satu.value for satu in Status} <= nama
    assert {satu.value for satu in Source if satu} <= set(NAMED.findall(section("verify")))
    assert isi["status"] == "bukan_laporan_kami"


def test_exit_codes_are_documented():
    assert "`0` selesai · `1` ada yang perlu ditindaklanjuti orang" in PERINTAH
    assert "`2` perintah keliru · `3` sistem gagal" in PERINTAH.replace("\n", " ")
