"""Files of another quarter through folders, fixed addresses and an API: nothing is counted twice, nothing is replaced."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from humas import pipeline
from humas.check import check_bytes
from humas.context import Konteks, open_konteks
from humas.contract.columns import KEGIATAN
from humas.errors import PengirimError
from humas.settings import Settings
from humas.warehouse import Answer

from tests.command.panggilan import call
from tests.contract.contoh import header, row
from tests.pipeline.kecil import few

pytestmark = pytest.mark.pipeline
TW3, TW4, TW1 = "2026-TW3", "2026-TW4", "2027-TW1"
MULAI = {TW3: date(2026, 7, 6), TW4: date(2026, 10, 5), TW1: date(2027, 1, 4)}
JALAN = {
    TW3: datetime(2026, 10, 6, 3, tzinfo=UTC),
    TW4: datetime(2027, 1, 6, 3, tzinfo=UTC),
    TW1: datetime(2027, 4, 6, 3, tzinfo=UTC),
}
FOLDER, ALAMAT, API = "33.10", "33.22", "33.74"
NAMA = {FOLDER: "Kabupaten Klaten", ALAMAT: "Kabupaten Semarang", API: "Kota Semarang"}


def activities(kode: str, periode: str, banyak: int, mulai: int = 0) -> list[dict[str, object]]:
    """Activities of a unit in a quarter, at most three a day, each with a title and a link of its own."""
    kosong = {"hari": None, "tanggal_selesai": None, "tanggal_publikasi": None}
    return [
        dict(zip([kolom.nama for kolom in KEGIATAN.kolom], row(
            KEGIATAN, kode_satker=kode, nama_satker=NAMA[kode], judul=f"Rapat koordinasi kehumasan nomor {n} {periode}",
            tanggal_mulai=(MULAI[periode] + timedelta(n // 3)).isoformat(),
            url_bukti=f"https://kpu.go.id/{kode}/{periode}/{n}", **kosong,
        ), strict=True))
        for n in range(mulai, mulai + banyak)
    ]  # fmt: skip


def as_csv(baris: list[dict[str, object]]) -> bytes:
    keluar = io.StringIO()
    csv.writer(keluar).writerows([header(KEGIATAN), *(list(satu.values()) for satu in baris)])
    return keluar.getvalue().encode()


def as_api(baris: list[dict[str, object]], **lain: object) -> bytes:
    isi = [{nama: nilai for nama, nilai in satu.items() if nilai is not None} for satu in baris]
    data = {"kegiatan": isi, "publikasi": [], "permohonan_info": [], "isu_hoaks": []}
    tetap = {"versi_kontrak": 1, "lembaga": "kpu", "kode_satker": API, "halaman": 1, "jumlah_halaman": 1}
    return json.dumps(tetap | {"nihil": False, "data": data} | lain).encode()


class Pemasangan:
    """An installation with one unit each on a folder, a fixed address and an API that answers any quarter alike."""

    def __init__(self, home: Path, kantor, percaya: str = "tidak") -> None:
        self.kantor, self.folder = kantor, home / "kiriman" / FOLDER
        self.folder.mkdir(parents=True)
        register = home / "register.csv"
        register.write_text(
            "lembaga;kode_satker;jenis;alamat;himpunan;percaya_waktu\n"
            f"kpu;{FOLDER};berkas;{FOLDER};;{percaya}\n"
            f"kpu;{ALAMAT};berkas;{kantor.url}/tetap.csv;kegiatan;\n"
            f"kpu;{API};api;{kantor.url}/register;;\n"
        )
        self.lingkungan = {
            "HUMAS_HOME": str(home / "keadaan"),
            "HUMAS_REGISTER": str(register),
            "HUMAS_HOST_DIIZINKAN": "127.0.0.1",
            "HUMAS_IZINKAN_ALAMAT_PRIBADI": "1",
            "HUMAS_FOLDER_DIIZINKAN": str(home / "kiriman"),
        }
        self.settings = Settings.from_environment(self.lingkungan).with_(print_processes=0)
        self.urutan = 0

    def at(self, periode: str) -> Konteks:
        """The installation on the day on which a quarter is collected."""
        k = open_konteks(replace(self.settings, frozen_now=JALAN[periode]))
        return Konteks(k.settings, few(k.register), k.kalender)

    def lay(self, kode: str, isi: bytes, ditulis: datetime | None = None) -> None:
        """What a unit's source gives from now on; ``ditulis``: when the file in the folder says it was written."""
        if kode == FOLDER:
            berkas, saat = self.folder / "laporan.csv", (ditulis or JALAN[TW3]).timestamp() - 3600
            berkas.write_bytes(isi)
            os.utime(berkas, (saat, saat))
        else:
            self.kantor.replaced["tetap.csv" if kode == ALAMAT else "register"] = isi

    def lay_all(self, periode: str, banyak: int) -> None:
        for kode in NAMA:
            isi = activities(kode, periode, banyak)
            self.lay(kode, as_api(isi) if kode == API else as_csv(isi))

    def step(self, periode: str, pada: str = "") -> Konteks:
        """Collect, validate and roll a quarter up, on the day of ``pada``."""
        k, run_id = self.at(pada or periode), f"jalan-{self.urutan}"
        self.urutan += 1
        k.gudang.start_run(run_id, "kpu", periode, k.settings.now())
        pipeline.open_period(k, "kpu", periode)
        pipeline.collect(k, "kpu", periode, list(NAMA), run_id, paksa=True)
        pipeline.validate(k, "kpu", periode, run_id)
        pipeline.roll_up(k, "kpu", periode, run_id)
        return k


@pytest.fixture
def pasang(tmp_path, kantor):
    return Pemasangan(tmp_path, kantor)


def rows(k: Konteks, periode: str, kode: str):
    """The activities of a unit that a quarter counts."""
    fakta = k.gudang.facts("kpu", periode, "kegiatan")
    return fakta[fakta["kode_satker"] == kode]


def counted(k: Konteks, periode: str, kode: str) -> int:
    return len(rows(k, periode, kode))


def newest(k: Konteks, periode: str) -> dict[str, str]:
    putusan = k.gudang.verdicts("kpu", periode)
    return dict(putusan.loc[putusan["terbaru"], ["kode_satker", "status"]].itertuples(index=False, name=None))


def total(k: Konteks, kode: str) -> int:
    """Rows of a unit over all quarters; each row once, or this fails."""
    semua = [satu for periode in (TW3, TW4, TW1) for satu in rows(k, periode, kode)["id_baris"]]
    assert len(semua) == len(set(semua))
    return len(semua)


def files(k: Konteks, periode: str) -> dict[str, str]:
    """What readers see of a quarter: file → SHA-256."""
    rilis = (k.settings.published / "kpu" / periode).resolve()
    return {
        str(satu.relative_to(rilis)): hashlib.sha256(satu.read_bytes()).hexdigest()
        for satu in sorted(rilis.rglob("*"))
        if satu.is_file()
    }


def state(k: Konteks, periode: str) -> tuple[object, ...]:
    """What is stored and published of a quarter that must not move."""
    angka = k.gudang.figures("kpu", periode).to_dict("records")
    return str(angka), k.gudang.edition_marks("kpu", periode), files(k, periode)


def test_both_stories_of_the_quarter_that_moved_on(pasang):
    pasang.lay_all(TW3, 50)
    awal = pipeline.run_quarter(pasang.at(TW3), "kpu", TW3)
    assert awal.rekap.kegiatan == 150
    lama = state(pasang.at(TW3), TW3)

    # The quarter after, collected from what was left of this one.
    k = pasang.at(TW4)
    hasil = pipeline.run_quarter(k, "kpu", TW4)
    assert (hasil.rekap.kegiatan, hasil.rekap.satker_lapor) == (0, 0)
    perlu = {satu.kode: satu for satu in hasil.putusan.perlu_orang}
    assert set(perlu) == set(NAMA)
    assert {satu.kode_galat for satu in perlu.values()} == {"triwulan_diragukan"}
    assert all(
        "50 dari 50 baris bukan baris Triwulan IV 2026: 50 bertanggal dalam Triwulan III 2026" in satu.pesan
        for satu in perlu.values()
    )
    assert hasil.putusan.lulus
    halaman = (k.settings.published / "kpu" / TW4 / "satker" / f"{FOLDER}.html").read_text()
    assert "Apakah ini memang laporan Triwulan IV 2026?" in halaman
    assert state(k, TW3) == lama

    # The sources move on; the quarter after is collected, then this one again.
    pasang.lay_all(TW4, 40)
    assert pipeline.run_quarter(k, "kpu", TW4).rekap.kegiatan == 120
    baru = state(k, TW4)
    ulang = pipeline.run_quarter(k, "kpu", TW3, paksa=True)
    assert ulang.terbit.edisi_baru == ()
    assert {satu.kode_galat for satu in ulang.putusan.perlu_orang} == {"sumber_beralih"}
    assert "Yang sudah diterima untuk Triwulan III 2026 tetap berlaku." in ulang.putusan.perlu_orang[0].pesan
    assert state(k, TW3) == lama
    assert state(k, TW4) == baru


@pytest.mark.parametrize("percaya", ["ya", "tidak"])
def test_a_source_that_comes_back_is_told_no_more(tmp_path, kantor, percaya):
    """Also one that is trusted with its times: the file that came back says that it is the older one."""
    pasang = Pemasangan(tmp_path, kantor, percaya)
    lama, baru = (as_csv(activities(FOLDER, periode, 12)) for periode in (TW3, TW4))

    def told() -> list[str]:
        return [satu.kode_galat for satu in pipeline.decide(k, "kpu", TW3, "x").perlu_orang if satu.kode == FOLDER]

    pasang.lay(FOLDER, lama, JALAN[TW3])
    k = pasang.step(TW3)
    assert told() == []
    pasang.lay(FOLDER, baru, JALAN[TW4])
    k = pasang.step(TW3, pada=TW4)
    assert told() == ["sumber_beralih"]
    pasang.lay(FOLDER, lama, JALAN[TW3])
    k = pasang.step(TW3, pada=TW1)
    assert told() == []
    assert counted(k, TW3, FOLDER) == 12


def test_a_few_late_rows_count_where_they_came_and_never_twice(pasang):
    pasang.lay_all(TW3, 20)
    pasang.step(TW3)
    telat = activities(FOLDER, TW3, 3, mulai=100)
    pasang.lay(FOLDER, as_csv([*activities(FOLDER, TW4, 50), *telat, *activities(FOLDER, TW3, 2)]))
    k = pasang.step(TW4)
    assert counted(k, TW4, FOLDER) == 53
    assert list(k.gudang.quarantine("kpu", TW4)["kode"]) == ["K45", "K45"]
    assert total(k, FOLDER) == 73

    # A correction of the old quarter brings the late rows too: they stay where they count.
    pasang.lay(FOLDER, as_csv([*activities(FOLDER, TW3, 20), *telat, *activities(FOLDER, TW3, 1, mulai=200)]))
    k = pasang.step(TW3, pada=TW4)
    assert (counted(k, TW3, FOLDER), counted(k, TW4, FOLDER), total(k, FOLDER)) == (21, 53, 74)
    for periode in (TW4, TW3, TW3, TW4):  # runs without anything new change nothing, in whatever order
        pipeline.validate(k, "kpu", periode, f"lagi-{periode}")
        assert (counted(k, TW3, FOLDER), counted(k, TW4, FOLDER), total(k, FOLDER)) == (21, 53, 74)


@pytest.mark.parametrize("urutan", [(TW3, TW4, TW1), (TW1, TW4, TW3), (TW4, TW3, TW1)], ids=" ".join)
def test_whatever_the_order_of_runs_each_row_counts_once(pasang, urutan):
    telat = activities(FOLDER, TW3, 5, mulai=100)
    isi = {
        TW3: [*activities(FOLDER, TW3, 20), *telat],
        TW4: [*activities(FOLDER, TW4, 20), *telat],
        TW1: [*activities(FOLDER, TW1, 20), *telat, *activities(FOLDER, TW4, 3)],
    }
    for periode in (*urutan, *urutan):
        pasang.lay(FOLDER, as_csv(isi[periode]))
        k = pasang.step(periode, pada=TW1)
        total(k, FOLDER)
    assert total(k, FOLDER) == 65


def test_a_correction_through_its_own_file_replaces_the_old_quarter(pasang):
    pasang.lay_all(TW3, 20)
    pasang.step(TW3)
    pasang.lay_all(TW4, 15)
    pasang.step(TW4)
    perbaikan = activities(FOLDER, TW3, 20)
    perbaikan[0]["jumlah_peserta"] = 999
    pasang.lay(FOLDER, as_csv(perbaikan))
    k = pasang.step(TW3, pada=TW4)
    fakta = rows(k, TW3, FOLDER)
    assert len(fakta) == 20
    assert 999 in set(fakta["jumlah_peserta"])


def test_other_units_and_other_bodies_are_not_concerned(pasang):
    sama = activities(FOLDER, TW3, 12)
    pasang.lay(FOLDER, as_csv(sama))
    for satu in sama:
        satu.update(kode_satker=ALAMAT, nama_satker=NAMA[ALAMAT])
    pasang.lay(ALAMAT, as_csv(sama))
    pasang.lay(API, as_api([], nihil=True))
    k = pasang.step(TW3)
    assert (counted(k, TW3, FOLDER), counted(k, TW3, ALAMAT)) == (12, 12)
    for satu in sama:
        satu.update(lembaga="bawaslu", kode_satker=FOLDER, nama_satker=NAMA[FOLDER])
    jawaban = check_bytes(k, as_csv(sama), "bawaslu.csv", "bawaslu", FOLDER, TW3).jawaban
    assert (jawaban["accepted"], jawaban["quarantined"]) == (12, 0)


def test_a_nil_file_left_at_a_fixed_address_is_asked_about_and_an_api_s_answer_is_not(pasang):
    nihil = as_csv([]) + b"NIHIL" + b"," * (len(KEGIATAN.kolom) - 1) + b"\n"
    for kode in NAMA:
        pasang.lay(kode, as_api([], nihil=True) if kode == API else nihil)
    assert newest(pasang.step(TW3), TW3) == dict.fromkeys(NAMA, "nihil")
    k = pasang.step(TW4)
    assert newest(k, TW4) == {FOLDER: "ditolak", ALAMAT: "ditolak", API: "nihil"}
    assert newest(pasang.step(TW3, pada=TW4), TW3) == dict.fromkeys(NAMA, "nihil")
    ragu = {satu.kode_satker: satu for satu in k.gudang.doubts("kpu", TW4)}
    assert "Apakah Triwulan IV 2026 memang nihil?" in ragu[ALAMAT].alasan
    k.gudang.answer_doubt(Answer(ragu[ALAMAT].id_kiriman, True, "Sari", "ditelepon", k.settings.now()))
    assert newest(pasang.step(TW4), TW4) == {FOLDER: "ditolak", ALAMAT: "nihil", API: "nihil"}
    assert newest(pasang.step(TW3, pada=TW4), TW3) == dict.fromkeys(NAMA, "nihil")


def test_what_a_person_lets_pass_counts_from_the_next_run_until_it_is_withdrawn(pasang):
    pasang.lay_all(TW3, 12)  # the old quarter was never reported; its rows come with the next
    k = pasang.step(TW4)
    (ragu,) = [satu for satu in k.gudang.doubts("kpu", TW4) if satu.kode_satker == FOLDER]
    jawaban = Answer(ragu.id_kiriman, True, "Sari", "surat 12/2027", k.settings.now())
    assert k.gudang.answer_doubt(jawaban)
    assert not k.gudang.answer_doubt(jawaban)
    assert (counted(k, TW4, FOLDER), counted(pasang.step(TW4), TW4, FOLDER)) == (0, 12)
    assert counted(k, TW4, ALAMAT) == 0
    k = pasang.step(TW3, pada=TW4)  # and the old quarter may no longer count them
    assert (counted(k, TW3, FOLDER), total(k, FOLDER)) == (0, 12)
    assert k.gudang.answer_doubt(replace(jawaban, terima=False))
    pasang.step(TW4)
    assert (counted(k, TW4, FOLDER), counted(pasang.step(TW3, pada=TW4), TW3, FOLDER)) == (0, 12)
    with pytest.raises(PengirimError, match="alasan"):
        k.gudang.answer_doubt(replace(jawaban, alasan=" "))


def test_the_question_is_listed_answered_and_withdrawn_by_command(pasang, monkeypatch):
    for nama, isi in (pasang.lingkungan | {"SOURCE_DATE_EPOCH": str(int(JALAN[TW4].timestamp()))}).items():
        monkeypatch.setenv(nama, isi)
    pasang.lay(FOLDER, as_csv(activities(FOLDER, TW3, 12)))
    pasang.step(TW4)
    daftar = call("terima")
    assert daftar.kode == 1
    assert "33.10 KPU Kabupaten Klaten, Triwulan IV 2026" in daftar.keluar
    assert "Apakah ini memang laporan Triwulan IV 2026?" in daftar.keluar
    siapa = ("--oleh", "Sari", "--alasan", "surat 12/2027")
    for keliru in (("terima", FOLDER), ("terima", FOLDER, TW4), ("terima", FOLDER, TW3, *siapa)):
        assert call(*keliru).kode == 2
    assert call("terima", FOLDER, TW4, "--batal", *siapa).kode == 2
    jawab = call("terima", "Kabupaten Klaten", TW4, *siapa)
    assert (jawab.kode, "mulai jalan berikutnya: ./humas quarter 2026-TW4" in jawab.keluar) == (0, True)
    assert "tidak ada yang berubah" in call("terima", FOLDER, TW4, *siapa).keluar
    assert counted(pasang.step(TW4), TW4, FOLDER) == 12
    daftar = call("terima")
    assert (daftar.kode, "Sari, 6 Januari 2027" in daftar.keluar) == (0, True)
    (satu,) = json.loads(call("terima", FOLDER, TW4, "--json", *siapa).keluar)["kiriman"]
    assert (satu["diterima"], satu["oleh"], satu["sebab"]) == (True, "Sari", "surat 12/2027")
    assert "ditanyakan lagi" in call("terima", FOLDER, TW4, "--batal", *siapa).keluar
    assert counted(pasang.step(TW4), TW4, FOLDER) == 0


def test_what_was_counted_twice_before_is_counted_once_after_a_run_of_each(pasang, monkeypatch):
    """An installation that this was built into: both quarters stand in force with the same rows."""
    from humas.contract.quarter import NOWHERE

    pasang.lay_all(TW3, 20)
    pasang.step(TW3)
    pasang.lay(FOLDER, as_csv([*activities(FOLDER, TW4, 20), *activities(FOLDER, TW3, 2)]))
    with monkeypatch.context() as dulu:
        dulu.setattr("humas.warehouse.gudang.Gudang.elsewhere", lambda *_: NOWHERE)
        k = pasang.step(TW4)
    assert counted(k, TW4, FOLDER) == 22
    for periode in (TW3, TW4):
        pipeline.validate(k, "kpu", periode, f"sesudah-{periode}")
    assert (counted(k, TW3, FOLDER), counted(k, TW4, FOLDER), total(k, FOLDER)) == (20, 20, 40)


@pytest.mark.parametrize("periode", [TW3, TW4])
def test_checking_a_file_answers_as_the_run_does(pasang, periode):
    pasang.lay_all(TW3, 12)
    pasang.step(TW3)
    isi = as_csv([*activities(FOLDER, TW4, 12), *activities(FOLDER, TW3, 2)])
    pasang.lay(FOLDER, isi)
    k = pasang.at(TW4)
    diperiksa = check_bytes(k, isi, "laporan.csv", "kpu", FOLDER, periode).jawaban
    k = pasang.step(periode, pada=TW4)
    putusan = k.gudang.verdicts("kpu", periode)
    vonis = putusan[putusan["kode_satker"] == FOLDER].iloc[-1]
    assert diperiksa["status"] == vonis["status"]
    assert (diperiksa["accepted"], diperiksa["quarantined"]) == (vonis["diterima"], vonis["dikarantina"])
    assert diperiksa["reason"] == vonis["alasan"]
