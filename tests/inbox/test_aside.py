"""Files on which something fails: a receipt of their own, a growing pause, and no other file without an answer."""

from __future__ import annotations

import itertools
import os
from datetime import timedelta

import pytest
from humas.errors import OperatorError
from humas.fence import in_halves
from humas.inbox import answer, aside, intake
from humas.inbox import sweep as penyapu
from humas.inbox.folder import Folder
from humas.inbox.model import EntryState
from humas.inbox.sweep import list_waiting, sweep
from humas.reading.document import read_here
from humas.registry import Cycle
from humas.warehouse.facade import Warehouse

from tests.inbox.conftest import NOW, installation
from tests.inbox.files import ACCEPTED, csv

pytestmark = pytest.mark.mesin

MINUTES = 60
BAD = "rusak"


def _quick(k, brought):
    for one in brought:
        one.answer = dict(ACCEPTED)


@pytest.fixture(autouse=True)
def _quick_check(monkeypatch):
    """The check itself is tested elsewhere; here its answer is given at once."""
    monkeypatch.setattr(answer, "_check_batch", _quick)


def _bad(one):
    return BAD in one.name


def break_reading(patch):
    original = intake.read_files
    patch.setattr(intake, "read_files", lambda file: 1 / 0 if BAD in file[0][0] else original(file))


def break_recognising(patch):
    original = intake.evidence
    patch.setattr(intake, "evidence", lambda name, *rest: 1 / 0 if BAD in name else original(name, *rest))


def break_checking(patch):
    patch.setattr(
        answer, "_check_batch", lambda k, everything: 1 / 0 if any(map(_bad, everything)) else _quick(k, everything)
    )


def break_recording(patch):
    original = intake._outcome
    patch.setattr(intake, "_outcome", lambda sweep_run, one: 1 / 0 if _bad(one) else original(sweep_run, one))


def break_answering(patch):
    original = answer._receipt
    patch.setattr(answer, "_receipt", lambda one, *rest: 1 / 0 if _bad(one) else original(one, *rest))


def refuse_data(patch):
    original = Warehouse.record_collection

    def record(self, result):
        if any(BAD in file.nama for one in result for file in one.submission.berkas):
            raise OperatorError("gudang_menolak", "x", "y")
        original(self, result)

    patch.setattr(Warehouse, "record_collection", record)


def exhaust_memory(patch):
    def read(file):
        if BAD in file[0][0]:
            raise MemoryError
        return original(file)

    original = intake.read_files
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
    return {name: content.decode("utf-8-sig") for name, content in folder.files("tertunda").items()}


def states(result):
    return {action.berkas: action.keadaan for action in result.actions}


def only(result):
    (one,) = result.actions
    return one


@pytest.mark.parametrize("count", [3, pytest.param(40, marks=pytest.mark.kotak)])
@pytest.mark.parametrize("break_it", BREAKS.values(), ids=BREAKS)
def test_any_number_of_bad_files_leaves_no_good_one_without_an_answer(folder, swept, monkeypatch, break_it, count):
    for number in range(count):
        folder.put(f"baik {number}.csv", csv("33.74", f"Rapat baik nomor {number}"), 1_790_001_000 + number)
        folder.put(f"{BAD} {number}.csv", csv("33.22", f"Rapat rusak nomor {number}"), 1_790_000_000 + number)
    with monkeypatch.context() as patch:
        break_it(patch)
        result, _ = swept()
    assert (result.count(EntryState.TAKEN), result.count(EntryState.FAILED), result.errors) == (count, count, ())
    assert all(name.startswith(BAD) for name in folder.files("masuk"))
    assert len(letters(folder)) == count
    result, k = swept(15)
    assert (result.count(EntryState.TAKEN), len(result.actions)) == (count, count)
    assert folder.files("masuk") == folder.files("tertunda") == {}
    assert k.warehouse.set_aside(folder.url) == []
    assert len([name for name in folder.files("diterima") if name.endswith("tanda terima.txt")]) == 2 * count
    assert len(k.warehouse.submissions(Cycle("kpu", "2026-TW3"))) == 2 * count


def test_pauses_grow(folder, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    ends = list(itertools.accumulate([15, 60, 240, 24 * MINUTES, 24 * MINUTES]))
    with monkeypatch.context() as patch:
        break_reading(patch)
        assert only(swept()[0]).kali == 1
        for number, end in enumerate(ends, start=2):
            assert only(swept(end - 1)[0]).keadaan is EntryState.SET_ASIDE
            one = only(swept(end)[0])
            assert (one.keadaan, one.kali) == (EntryState.FAILED, number)
    assert only(swept(ends[-1] + 24 * MINUTES)[0]).keadaan is EntryState.TAKEN


def test_force_and_new_code_try_at_once(folder, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    with monkeypatch.context() as patch:
        break_reading(patch)
        assert only(swept()[0]).kali == 1
        assert only(swept(1)[0]).keadaan is EntryState.SET_ASIDE
        assert only(swept(2, force=True)[0]).kali == 2
        patch.setattr(aside, "program_version", lambda: "lain")
        assert only(swept(3)[0]).kali == 3
    assert only(swept(4, force=True)[0]).keadaan is EntryState.TAKEN


def test_a_clock_set_back_does_not_prolong_a_pause(folder, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    with monkeypatch.context() as patch:
        break_reading(patch)
        swept()
    assert only(swept(-3 * 24 * MINUTES)[0]).keadaan is EntryState.TAKEN


def test_the_receipt_says_what_a_tired_officer_must_know(folder, swept, monkeypatch):
    folder.put(os.fsdecode(f"{BAD} ".encode() + b"\x96 TW3.csv"), csv("33.74"))
    break_reading(monkeypatch)
    one = only(swept()[0])
    ((name, text),) = letters(folder).items()
    assert one.jawaban == (f"tertunda/{name}",)
    assert name.startswith(f"{BAD} – TW3 (")
    for sentences in (
        "Berkas     : rusak – TW3.csv",
        "Diterima   : 6 Oktober 2026, 10.00 WIB",
        "mulai 6 Oktober 2026, 10.15 WIB",
        "Yang perlu Anda lakukan: tidak ada.",
        "tidak perlu dikirim ulang",
    ):
        assert sentences in text
    swept(15)
    assert "mulai 6 Oktober 2026, 11.15 WIB" in only_letter(folder)
    assert "Percobaan  : 2 kali" in only_letter(folder)


def only_letter(folder):
    (text,) = letters(folder).values()
    return text


def test_received_is_when_it_first_came_and_a_newer_file_stays_in_force(folder, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74", "Rapat koordinasi lama"))
    with monkeypatch.context() as patch:
        break_checking(patch)
        swept()
    folder.put("baru.csv", csv("33.74", "Rapat koordinasi baru"))
    result, k = swept(60)
    assert [action.berkas for action in result.actions] == ["baru.csv", f"{BAD}.csv"]
    submission = k.warehouse.submissions(Cycle("kpu", "2026-TW3"))
    assert [one.berkas[0].nama for one in submission] == [f"{BAD}.csv", "baru.csv"]
    assert abs(submission[0].diterima_pada - NOW) < timedelta(seconds=1)


def test_the_same_bytes_laid_down_again_rest_on(folder, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    break_reading(monkeypatch)
    swept()
    folder.put(f"{BAD}.csv", csv("33.74"), 1_790_000_500)
    assert only(swept(1)[0]).keadaan is EntryState.SET_ASIDE
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "read", lambda *_: 1 / 0)
        assert only(swept(2)[0]).keadaan is EntryState.SET_ASIDE
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
    result, k = swept(2)
    assert states(result) == {f"{BAD}.csv": EntryState.TAKEN}
    assert (letters(folder), k.warehouse.set_aside(folder.url)) == ({}, [])


def test_a_file_taken_back_is_forgotten_with_its_receipt(folder, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    break_reading(monkeypatch)
    swept()
    (folder.root / "masuk" / f"{BAD}.csv").unlink()
    result, k = swept(1)
    assert (result.actions, letters(folder), k.warehouse.set_aside(folder.url)) == ((), {}, [])


def test_looking_names_what_rests_and_takes_nothing(folder, tmp_path, swept, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    break_reading(monkeypatch)
    _, k = swept()
    one = only(list_waiting(k))
    assert (one.keadaan, one.kali, one.pelaku) == (EntryState.SET_ASIDE, 1, "sistem")
    assert one.coba_lagi == NOW + timedelta(minutes=15)
    assert "10.15 WIB" in one.pesan
    later = installation(tmp_path, f"kpu={folder.url}", now=NOW + timedelta(minutes=15))
    assert only(list_waiting(later)).pesan == "siap diambil"


def test_its_receipt_is_sent_once(folder, tmp_path, monkeypatch):
    folder.put(f"{BAD}.csv", csv("33.74"))
    break_reading(monkeypatch)
    notice = tmp_path / "kabar"
    for minute, letter in ((0, 1), (15, 0), (75, 0)):
        k = installation(tmp_path, f"kpu={folder.url}", now=NOW + timedelta(minutes=minute), notice=f"folder:{notice}")
        assert only(sweep(k)).keadaan is EntryState.FAILED
        assert len(list(notice.glob("*.eml"))) == letter
        for one in notice.glob("*.eml"):
            one.unlink()


# --- what the drop-box itself does not give out or take ---


def test_a_file_that_may_not_be_read_is_asked_for_in_every_sweep(folder, swept, monkeypatch):
    folder.put("a.csv", csv("33.74"))
    folder.put("b.csv", csv("33.22"))
    original = Folder.read

    def read(self, content, limit):
        if content.name.raw == "a.csv":
            from humas.inbox.faults import explain

            raise explain(PermissionError(13, "x"), self.box.address)
        return original(self, content, limit)

    with monkeypatch.context() as patch:
        patch.setattr(Folder, "read", read)
        assert states(swept()[0]) == {"a.csv": EntryState.FAILED, "b.csv": EntryState.TAKEN}
        assert "BELUM DAPAT KAMI AMBIL" in only_letter(folder)
        assert "pada sapuan berikutnya" in only_letter(folder)
        assert only(swept(1)[0]).kali == 2
    result, k = swept(2)
    assert states(result) == {"a.csv": EntryState.TAKEN}
    assert letters(folder) == {}
    assert abs(k.warehouse.submissions(Cycle("kpu", "2026-TW3"))[0].diterima_pada - NOW) < timedelta(seconds=1)


IN_THE_WAY = {
    "a folder where the file goes": "33.74 a ({}).csv",
    "a folder where the receipt goes": "33.74 a ({}) - tanda terima.txt",
}


@pytest.mark.parametrize("name", IN_THE_WAY.values(), ids=IN_THE_WAY)
@pytest.mark.kotak
def test_a_folder_in_the_way_stops_one_file_only(place, sweep_place, name):
    import hashlib

    if place.url.startswith("s3"):
        pytest.skip("an object store has no folders")
    data = csv("33.74")
    blocker = place.root / "diterima" / "kpu" / "2026-TW3" / name.format(hashlib.sha256(data).hexdigest()[:12])
    blocker.mkdir(parents=True)
    place.put("a.csv", data)
    place.put("b.csv", csv("33.22"))
    result, _ = sweep_place(place)
    assert (states(result), result.errors) == ({"a.csv": EntryState.FAILED, "b.csv": EntryState.TAKEN}, ())
    assert list(place.files("masuk")) == ["a.csv"]
    assert list(blocker.iterdir()) == []
    assert "JAWABANNYA TERTAHAN" in only_letter(place)
    blocker.rmdir()
    assert states(sweep_place(place)[0]) == {"a.csv": EntryState.TAKEN}
    assert place.files("masuk") == place.files("tertunda") == {}


@pytest.mark.kotak
@pytest.mark.parametrize("position", ["diterima/kpu", "diterima/kpu/2026-TW3"])
def test_a_file_where_a_folder_must_be_stops_that_body_only(place, sweep_place, position):
    if place.url.startswith("s3"):
        pytest.skip("an object store has no folders")
    (place.root / position).parent.mkdir(parents=True, exist_ok=True)
    (place.root / position).write_bytes(b"x")
    place.put("a.csv", csv("33.74"))
    place.put("entah.csv", csv(""))
    result, _ = sweep_place(place)
    assert (states(result), result.errors) == ({"a.csv": EntryState.FAILED, "entah.csv": EntryState.UNKNOWN}, ())
    assert (place.root / position).read_bytes() == b"x"


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
    original = Folder.prepare
    monkeypatch.setattr(Folder, "prepare", lambda self: 1 / 0 if "lain" in self.box.path else original(self))
    result = sweep(installation(tmp_path, f"kpu={tmp_path}/lain", f"kpu={folder.url}"))
    assert [(error.code, error.actor) for error in result.errors] == [("kotak_galat_program", "sistem")]
    assert result.count(EntryState.TAKEN) == 1


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
    result, k = swept()
    (report,) = (k.settings.home / "galat").iterdir()
    assert f"galat/{report.name}" in only(result).pesan
    assert report.name not in only_letter(folder)
    assert "ZeroDivisionError" in report.read_text()
    assert "langkah: baca" in report.read_text()


def test_a_file_that_takes_for_ever_ends(folder, swept, monkeypatch):
    folder.put("a.csv", csv("33.74"), 1_790_000_000)
    folder.put("b.csv", csv("33.22"), 1_790_000_001)
    monkeypatch.setattr(penyapu, "SECONDS_EACH", 1.0)

    def read(file):
        while file[0][0] == "a.csv":
            pass
        return read_here(file)

    monkeypatch.setattr(intake, "read_files", read)
    result, _ = swept()
    assert states(result) == {"a.csv": EntryState.FAILED, "b.csv": EntryState.TAKEN}
    assert "melewati batas waktu" in result.actions[0].pesan
