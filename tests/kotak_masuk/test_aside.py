"""Files on which something fails: a receipt of their own, a growing pause, and no other file without an answer."""

from __future__ import annotations

import itertools
import os
from datetime import timedelta

import pytest
from humas.errors import SistemError
from humas.fence import in_halves
from humas.kotak_masuk import answer, aside, intake
from humas.kotak_masuk import sweep as penyapu
from humas.kotak_masuk.folder import Folder
from humas.kotak_masuk.model import Keadaan
from humas.kotak_masuk.sweep import list_waiting, sweep
from humas.reading.document import read_here
from humas.warehouse.gudang import Gudang

from tests.kotak_masuk.berkas import csv
from tests.kotak_masuk.conftest import NOW, installation

pytestmark = pytest.mark.mesin

QUICK = {"status": "diterima", "reason": "", "remedy": "", "rows_in": 1, "accepted": 1, "findings": []}
MINUTES = 60
BAD = "rusak"


def _quick(k, bawaan):
    for satu in bawaan:
        satu.jawaban = QUICK | dict.fromkeys(("quarantined", "duplicates"), 0)


@pytest.fixture(autouse=True)
def _quick_check(monkeypatch):
    """The check itself is tested elsewhere; here its answer is given at once."""
    monkeypatch.setattr(answer, "_check_batch", _quick)


def _bad(satu):
    return BAD in satu.nama


def break_reading(patch):
    asli = intake.read_files
    patch.setattr(intake, "read_files", lambda berkas: 1 / 0 if BAD in berkas[0][0] else asli(berkas))


def break_recognising(patch):
    asli = intake.evidence
    patch.setattr(intake, "evidence", lambda nama, *rest: 1 / 0 if BAD in nama else asli(nama, *rest))


def break_checking(patch):
    patch.setattr(answer, "_check_batch", lambda k, semua: 1 / 0 if any(map(_bad, semua)) else _quick(k, semua))


def break_recording(patch):
    asli = intake._outcome
    patch.setattr(intake, "_outcome", lambda sapuan, satu: 1 / 0 if _bad(satu) else asli(sapuan, satu))


def break_answering(patch):
    asli = answer._receipt
    patch.setattr(answer, "_receipt", lambda satu, *rest: 1 / 0 if _bad(satu) else asli(satu, *rest))


def refuse_data(patch):
    asli = Gudang.record_collection

    def record(self, hasil):
        if any(BAD in berkas.nama for satu in hasil for berkas in satu.kiriman.berkas):
            raise SistemError("gudang_menolak", "x", "y")
        asli(self, hasil)

    patch.setattr(Gudang, "record_collection", record)


def exhaust_memory(patch):
    def read(berkas):
        if BAD in berkas[0][0]:
            raise MemoryError
        return asli(berkas)

    asli = intake.read_files
    patch.setattr(intake, "read_files", read)


BREAKS = {
    "reading": break_reading,
    "memory": exhaust_memory,
    "recognising": break_recognising,
    "checking": break_checking,
    "recording": break_recording,
    "a refusing warehouse": refuse_data,
    "answering": break_answering,
}


@pytest.fixture
def swept(folder, tmp_path):
    """Sweep some minutes after the first moment."""

    def run(minutes=0, **kwargs):
        k = installation(tmp_path, f"kpu={folder.url}", now=NOW + timedelta(minutes=minutes))
        return sweep(k, **kwargs), k

    return run


def letters(folder):
    return {nama: isi.decode("utf-8-sig") for nama, isi in folder.files("tertunda").items()}


def states(hasil):
    return {satu.berkas: satu.keadaan for satu in hasil.tindakan}


def only(hasil):
    (satu,) = hasil.tindakan
    return satu


@pytest.mark.parametrize("jumlah", [3, pytest.param(40, marks=pytest.mark.kotak)])
@pytest.mark.parametrize("break_it", BREAKS.values(), ids=BREAKS)
def test_any_number_of_bad_files_leaves_no_good_one_without_an_answer(folder, swept, monkeypatch, break_it, jumlah):
    for nomor in range(jumlah):
        folder.put(f"baik {nomor}.csv", csv("33.74", f"Rapat baik nomor {nomor}"), 1_790_001_000 + nomor)
        folder.put(f"{BAD} {nomor}.csv", csv("33.22", f"Rapat rusak nomor {nomor}"), 1_790_000_000 + nomor)
    with monkeypatch.context() as patch:
        break_it(patch)
        hasil, _ = swept()
    assert (hasil.count(Keadaan.DIAMBIL), hasil.count(Keadaan.GAGAL), hasil.galat) == (jumlah, jumlah, ())
    assert all(nama.startswith(BAD) for nama in folder.files("masuk"))
    assert len(letters(folder)) == jumlah
    hasil, k = swept(15)
    assert (hasil.count(Keadaan.DIAMBIL), len(hasil.tindakan)) == (jumlah, jumlah)
    assert folder.files("masuk") == folder.files("tertunda") == {}
    assert k.gudang.set_aside(folder.url) == []
    assert len([nama for nama in folder.files("diterima") if nama.endswith("tanda terima.txt")]) == 2 * jumlah
    assert len(k.gudang.kiriman("kpu", "2026-TW3")) == 2 * jumlah


def test_pauses_grow(folder, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    ends = list(itertools.accumulate([15, 60, 240, 24 * MINUTES, 24 * MINUTES]))
    with monkeypatch.context() as patch:
        break_reading(patch)
        assert only(swept()[0]).kali == 1
        for nomor, end in enumerate(ends, start=2):
            assert only(swept(end - 1)[0]).keadaan is Keadaan.TERTUNDA
            satu = only(swept(end)[0])
            assert (satu.keadaan, satu.kali) == (Keadaan.GAGAL, nomor)
    assert only(swept(ends[-1] + 24 * MINUTES)[0]).keadaan is Keadaan.DIAMBIL


def test_force_and_new_code_try_at_once(folder, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    with monkeypatch.context() as patch:
        break_reading(patch)
        assert only(swept()[0]).kali == 1
        assert only(swept(1)[0]).keadaan is Keadaan.TERTUNDA
        assert only(swept(2, force=True)[0]).kali == 2
        patch.setattr(aside, "program_version", lambda: "lain")
        assert only(swept(3)[0]).kali == 3
    assert only(swept(4, force=True)[0]).keadaan is Keadaan.DIAMBIL


def test_a_clock_set_back_does_not_prolong_a_pause(folder, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    with monkeypatch.context() as patch:
        break_reading(patch)
        swept()
    assert only(swept(-3 * 24 * MINUTES)[0]).keadaan is Keadaan.DIAMBIL


def test_the_receipt_says_what_a_tired_officer_must_know(folder, swept, monkeypatch):
    folder.put(os.fsdecode(f"{BAD} ".encode() + b"\x96 TW3.csv"), csv("33.74"))
    break_reading(monkeypatch)
    satu = only(swept()[0])
    ((nama, teks),) = letters(folder).items()
    assert satu.jawaban == (f"tertunda/{nama}",)
    assert nama.startswith(f"{BAD} – TW3 (")
    for kalimat in (
        "Berkas     : rusak – TW3.csv",
        "Diterima   : 6 Oktober 2026, 10.00 WIB",
        "mulai 6 Oktober 2026, 10.15 WIB",
        "Yang perlu Anda lakukan: tidak ada.",
        "tidak perlu dikirim ulang",
    ):
        assert kalimat in teks
    swept(15)
    assert "mulai 6 Oktober 2026, 11.15 WIB" in only_letter(folder)
    assert "Percobaan  : 2 kali" in only_letter(folder)


def only_letter(folder):
    (teks,) = letters(folder).values()
    return teks


def test_received_is_when_it_first_came_and_a_newer_file_stays_in_force(folder, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74", "Rapat koordinasi lama"))
    with monkeypatch.context() as patch:
        break_checking(patch)
        swept()
    folder.put("baru.csv", csv("33.74", "Rapat koordinasi baru"))
    hasil, k = swept(60)
    assert [satu.berkas for satu in hasil.tindakan] == ["baru.csv", f"{BAD}.csv"]
    kiriman = k.gudang.kiriman("kpu", "2026-TW3")
    assert [satu.berkas[0].nama for satu in kiriman] == [f"{BAD}.csv", "baru.csv"]
    assert abs(kiriman[0].diterima_pada - NOW) < timedelta(seconds=1)


def test_the_same_bytes_laid_down_again_rest_on(folder, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    break_reading(monkeypatch)
    swept()
    folder.put(f"{BAD}.csv", csv("33.74"), 1_790_000_500)
    assert only(swept(1)[0]).keadaan is Keadaan.TERTUNDA
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "read", lambda *_: 1 / 0)
        assert only(swept(2)[0]).keadaan is Keadaan.TERTUNDA
    assert only(swept(15)[0]).kali == 2


def test_other_bytes_under_the_same_name_are_a_new_file(folder, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    with monkeypatch.context() as patch:
        break_reading(patch)
        swept()
        folder.put(f"{BAD}.csv", csv("33.74", "Rapat koordinasi lain"), 1_790_000_500)
        assert only(swept(1)[0]).kali == 1
        assert len(letters(folder)) == 1
    folder.put(f"{BAD}.csv", csv("33.74", "Rapat koordinasi ketiga"), 1_790_000_900)
    hasil, k = swept(2)
    assert states(hasil) == {f"{BAD}.csv": Keadaan.DIAMBIL}
    assert (letters(folder), k.gudang.set_aside(folder.url)) == ({}, [])


def test_a_file_taken_back_is_forgotten_with_its_receipt(folder, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    break_reading(monkeypatch)
    swept()
    (folder.root / "masuk" / f"{BAD}.csv").unlink()
    hasil, k = swept(1)
    assert (hasil.tindakan, letters(folder), k.gudang.set_aside(folder.url)) == ((), {}, [])


def test_looking_names_what_rests_and_takes_nothing(folder, tmp_path, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    break_reading(monkeypatch)
    _, k = swept()
    satu = only(list_waiting(k))
    assert (satu.keadaan, satu.kali, satu.pelaku) == (Keadaan.TERTUNDA, 1, "sistem")
    assert satu.coba_lagi == NOW + timedelta(minutes=15)
    assert "10.15 WIB" in satu.pesan
    later = installation(tmp_path, f"kpu={folder.url}", now=NOW + timedelta(minutes=15))
    assert only(list_waiting(later)).pesan == "siap diambil"


def test_its_receipt_is_sent_once(folder, tmp_path, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    break_reading(monkeypatch)
    kabar = tmp_path / "kabar"
    for menit, surat in ((0, 1), (15, 0), (75, 0)):
        k = installation(tmp_path, f"kpu={folder.url}", now=NOW + timedelta(minutes=menit), kabar=f"folder:{kabar}")
        assert only(sweep(k)).keadaan is Keadaan.GAGAL
        assert len(list(kabar.glob("*.eml"))) == surat
        for satu in kabar.glob("*.eml"):
            satu.unlink()


# --- what the drop-box itself does not give out or take ---


def test_a_file_that_may_not_be_read_is_asked_for_in_every_sweep(folder, swept, monkeypatch):
    folder.put("a.csv", csv("33.74"))
    folder.put("b.csv", csv("33.22"))
    asli = Folder.read

    def read(self, isi, batas):
        if isi.nama.raw == "a.csv":
            from humas.kotak_masuk.galat import explain

            raise explain(PermissionError(13, "x"), self.kotak.alamat)
        return asli(self, isi, batas)

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "read", read)
        assert states(swept()[0]) == {"a.csv": Keadaan.GAGAL, "b.csv": Keadaan.DIAMBIL}
        assert "BELUM DAPAT KAMI AMBIL" in only_letter(folder)
        assert "pada sapuan berikutnya" in only_letter(folder)
        assert only(swept(1)[0]).kali == 2
    hasil, k = swept(2)
    assert states(hasil) == {"a.csv": Keadaan.DIAMBIL}
    assert letters(folder) == {}
    assert abs(k.gudang.kiriman("kpu", "2026-TW3")[0].diterima_pada - NOW) < timedelta(seconds=1)


IN_THE_WAY = {
    "a folder where the file goes": "33.74 a ({}).csv",
    "a folder where the receipt goes": "33.74 a ({}) - tanda terima.txt",
}


@pytest.mark.parametrize("nama", IN_THE_WAY.values(), ids=IN_THE_WAY)
@pytest.mark.kotak
def test_a_folder_in_the_way_stops_one_file_only(place, sweep_place, nama):
    import hashlib

    if place.url.startswith("s3"):
        pytest.skip("an object store has no folders")
    data = csv("33.74")
    penghalang = place.root / "diterima" / "kpu" / "2026-TW3" / nama.format(hashlib.sha256(data).hexdigest()[:12])
    penghalang.mkdir(parents=True)
    place.put("a.csv", data)
    place.put("b.csv", csv("33.22"))
    hasil, _ = sweep_place(place)
    assert (states(hasil), hasil.galat) == ({"a.csv": Keadaan.GAGAL, "b.csv": Keadaan.DIAMBIL}, ())
    assert list(place.files("masuk")) == ["a.csv"]
    assert list(penghalang.iterdir()) == []
    assert "JAWABANNYA TERTAHAN" in only_letter(place)
    penghalang.rmdir()
    assert states(sweep_place(place)[0]) == {"a.csv": Keadaan.DIAMBIL}
    assert place.files("masuk") == place.files("tertunda") == {}


@pytest.mark.kotak
@pytest.mark.parametrize("letak", ["diterima/kpu", "diterima/kpu/2026-TW3"])
def test_a_file_where_a_folder_must_be_stops_that_body_only(place, sweep_place, letak):
    if place.url.startswith("s3"):
        pytest.skip("an object store has no folders")
    (place.root / letak).parent.mkdir(parents=True, exist_ok=True)
    (place.root / letak).write_bytes(b"x")
    place.put("a.csv", csv("33.74"))
    place.put("entah.csv", csv(""))
    hasil, _ = sweep_place(place)
    assert (states(hasil), hasil.galat) == ({"a.csv": Keadaan.GAGAL, "entah.csv": Keadaan.TAK_DIKENAL}, ())
    assert (place.root / letak).read_bytes() == b"x"


def test_a_receipt_that_cannot_be_laid_is_laid_by_the_next_sweep(folder, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    (folder.root / "tertunda").write_bytes(b"bukan folder")
    break_reading(monkeypatch)
    assert only(swept()[0]).jawaban == ()
    (folder.root / "tertunda").unlink()
    assert only(swept(1)[0]).jawaban != ()
    assert "Coba lagi  : mulai 6 Oktober 2026, 10.15 WIB" in only_letter(folder)


def test_a_program_fault_in_one_drop_box_does_not_keep_the_others_waiting(folder, tmp_path, monkeypatch):
    (tmp_path / "lain" / "masuk").mkdir(parents=True)
    folder.put("a.csv", csv("33.74"))
    asli = Folder.prepare
    monkeypatch.setattr(Folder, "prepare", lambda self: 1 / 0 if "lain" in self.kotak.jalur else asli(self))
    hasil = sweep(installation(tmp_path, f"kpu={tmp_path}/lain", f"kpu={folder.url}"))
    assert [(satu.kode, satu.pelaku) for satu in hasil.galat] == [("kotak_galat_program", "sistem")]
    assert hasil.count(Keadaan.DIAMBIL) == 1


def test_each_is_tried_when_nobody_gives_up():
    judged = []

    def judge(items):
        if any(n < 20 for n in items):
            raise ValueError
        judged.extend(items)

    faults = in_halves(range(40), judge, str, give_up=None)
    assert [fault.item for fault in faults] == list(range(20))
    assert judged == list(range(20, 40))


def test_a_crash_report_tells_the_developers(folder, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    break_reading(monkeypatch)
    hasil, k = swept()
    (laporan,) = (k.settings.home / "galat").iterdir()
    assert f"galat/{laporan.name}" in only(hasil).pesan
    assert laporan.name not in only_letter(folder)
    assert "ZeroDivisionError" in laporan.read_text()
    assert "langkah: baca" in laporan.read_text()


def test_a_file_that_takes_for_ever_ends(folder, swept, monkeypatch):
    folder.put("a.csv", csv("33.74"), 1_790_000_000)
    folder.put("b.csv", csv("33.22"), 1_790_000_001)
    monkeypatch.setattr(penyapu, "SECONDS_EACH", 1.0)

    def read(berkas):
        while berkas[0][0] == "a.csv":
            pass
        return read_here(berkas)

    monkeypatch.setattr(intake, "read_files", read)
    hasil, _ = swept()
    assert states(hasil) == {"a.csv": Keadaan.GAGAL, "b.csv": Keadaan.DIAMBIL}
    assert "melewati batas waktu" in hasil.tindakan[0].pesan
