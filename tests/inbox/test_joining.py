"""CSV files of one unit that count together, one for each data set."""

from __future__ import annotations

from datetime import timedelta

import pytest
from humas.inbox import answer, intake
from humas.inbox import sweep as penyapu
from humas.inbox.sweep import sweep
from humas.pipeline.quarter import open_period, roll_up, validate
from humas.registry import Cycle

from tests.inbox.conftest import NOW, installation
from tests.inbox.files import csv, csv_publikasi, workbook

pytestmark = pytest.mark.mesin

TW3 = Cycle("kpu", "2026-TW3")
CONTENT = {
    "kegiatan": csv("33.74"),
    "kegiatan 2": csv("33.74", "Rapat koordinasi yang kedua"),
    "publikasi": csv_publikasi("33.74"),
    "publikasi 2": csv_publikasi("33.74", "b2"),
    "publikasi ditolak": csv_publikasi("33.74", "rusak"),
    "buku": workbook(),
    "33.74 TW3 2026 entah": b"a;b;c\n1;2;3\n",
    "kegiatan semarang": csv("33.22"),
}
REFUSED = ("publikasi ditolak", "33.74 TW3 2026 entah")


@pytest.fixture
def quick(monkeypatch):
    """Answers at once; what REFUSED names is refused."""
    content = {
        "reason": "",
        "remedy": "",
        "rows_in": 1,
        "accepted": 1,
        "findings": [],
        "quarantined": 0,
        "duplicates": 0,
    }

    def check(k, brought):
        for one in brought:
            one.answer = content | {"status": "ditolak" if one.name.startswith(REFUSED) else "diterima"}

    monkeypatch.setattr(answer, "_check_batch", check)
    monkeypatch.setattr(answer, "_feedback", lambda *_: b"")


@pytest.fixture
def sent(folder, tmp_path):
    """Lay files down in their order and sweep, a minute later each time."""
    minute = iter(range(1000))

    def run(*name: str, interval: int = 10, **rule: object):
        start = next(minute)
        for number, one in enumerate(name):
            extension = "xlsx" if one == "buku" else "csv"
            folder.put(f"{one}.{extension}", CONTENT[one.rstrip("'")], 1_790_000_000 + interval * start + number)
        k = installation(tmp_path, f"kpu={folder.url}", now=NOW + timedelta(minutes=start), **rule)
        return sweep(k), k

    return run


def counted(k, code="33.74"):
    """Names of the files of the newest version of a unit."""
    version = [submission for submission in k.warehouse.submissions(TW3) if submission.kode_satker == code]
    return [file.nama.rpartition(".")[0] for file in version[-1].berkas]


def receipts(folder, name):
    return [
        content.decode("utf-8-sig")
        for position, content in folder.files("diterima/kpu/2026-TW3").items()
        if position.endswith("tanda terima.txt") and f"Berkas    : {name}." in content.decode("utf-8-sig")
    ]


CASES = {
    "dua CSV": (["kegiatan", "publikasi"], ["kegiatan", "publikasi"]),
    "urutan tetap": (["publikasi", "kegiatan"], ["kegiatan", "publikasi"]),
    "himpunan sama": (["kegiatan", "publikasi", "kegiatan 2"], ["kegiatan 2", "publikasi"]),
    "lama datang lagi": (["kegiatan", "publikasi", "kegiatan 2", "kegiatan'"], ["kegiatan'", "publikasi"]),
    "bait sama lagi": (["kegiatan", "publikasi", "publikasi'"], ["kegiatan", "publikasi"]),
    "buku lalu CSV": (["buku", "kegiatan"], ["kegiatan"]),
    "buku lalu dua CSV": (["buku", "kegiatan", "publikasi"], ["kegiatan", "publikasi"]),
    "CSV lalu buku": (["kegiatan", "publikasi", "buku"], ["buku"]),
    "buku di antaranya": (["kegiatan", "buku", "publikasi"], ["publikasi"]),
    "tak dikenali sendiri": (["kegiatan", "33.74 TW3 2026 entah"], ["33.74 TW3 2026 entah"]),
    "tak dikenali dilewati": (["kegiatan", "33.74 TW3 2026 entah", "publikasi"], ["kegiatan", "publikasi"]),
    "yang ditolak tidak mengganti": (
        ["publikasi", "publikasi ditolak", "kegiatan"],
        ["kegiatan", "publikasi"],
    ),
    "satker lain": (["publikasi", "kegiatan semarang"], ["publikasi"]),
}


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("once", [True, False], ids=["satu sapuan", "tiap sapuan satu"])
@pytest.mark.parametrize(("name", "expected"), CASES.values(), ids=CASES)
def test_what_counts_together(sent, name, expected, once):
    for one in [name] if once else [[one] for one in name]:
        result, k = sent(*one)
        assert {action.keadaan for action in result.actions} == {"diambil"}
    assert sorted(one.strip("'") for one in counted(k)) == sorted(one.strip("'") for one in expected)
    assert [one[:3] for one in counted(k)] == [one[:3] for one in expected]


@pytest.mark.usefixtures("quick")
def test_same_bytes_again_make_no_new_version(sent):
    sent("kegiatan", "publikasi")
    _, k = sent("kegiatan'")
    count = len(k.warehouse.submissions(TW3))
    result, k = sent("publikasi'", "kegiatan")
    assert [action.ulang for action in result.actions] == [True, True]
    assert len(k.warehouse.submissions(TW3)) == count == 2
    assert sorted(counted(k)) == ["kegiatan", "publikasi"]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("killed_at", ["recall", "check_all", "record", "compose_answer"])
@pytest.mark.parametrize("after", [True, False], ids=["sesudah", "sebelum"])
def test_killed_sweep_swept_again_comes_to_the_same(sent, folder, monkeypatch, killed_at, after):
    sent("publikasi")
    original = getattr(penyapu, killed_at)

    def die(*args, **kwargs):
        if after:
            original(*args, **kwargs)
        raise KeyboardInterrupt

    monkeypatch.setattr(penyapu, killed_at, die)
    with pytest.raises(KeyboardInterrupt):
        sent("kegiatan", "publikasi 2")
    monkeypatch.setattr(penyapu, killed_at, original)
    _, k = sent()
    assert folder.files("masuk") == {}
    assert counted(k) == ["kegiatan", "publikasi 2"]
    assert [len(submission.berkas) for submission in k.warehouse.submissions(TW3)] == [1, 2, 2]
    assert 'Publikasi ("publikasi.csv", 6 Oktober 2026, 10.00 WIB)' in receipts(folder, "kegiatan")[0]
    assert 'Kegiatan ("kegiatan.csv", 6 Oktober 2026, 10.0' in receipts(folder, "publikasi 2")[0]


@pytest.mark.usefixtures("quick")
def test_killed_between_two_versions_of_one_sweep(sent, monkeypatch):
    """The second set of bytes that repeats stands in a transaction of its own, which the kill prevents."""
    original = intake._transactions

    def first_only(brought):
        yield next(original(brought))
        raise KeyboardInterrupt

    monkeypatch.setattr(intake, "_transactions", first_only)
    with pytest.raises(KeyboardInterrupt):
        sent("kegiatan", "publikasi", "publikasi'")
    monkeypatch.setattr(intake, "_transactions", original)
    _, k = sent()
    assert counted(k) == ["kegiatan", "publikasi"]
    moment = [submission.diterima_pada - NOW for submission in k.warehouse.submissions(TW3)]
    assert moment == [timedelta(microseconds=1), timedelta(microseconds=2)], "the first time stays"


@pytest.mark.usefixtures("quick")
def test_folder_time_that_is_trusted_may_be_earlier(sent):
    """The file of one data set was changed before the other's, and came after it."""
    sent("kegiatan", interval=0, trust_time=True)
    _, k = sent("publikasi", interval=-500, trust_time=True)
    assert counted(k) == ["kegiatan", "publikasi"]
    _, k = sent("kegiatan 2", interval=-500, trust_time=True)
    assert counted(k) == ["kegiatan", "publikasi"], "changed before the one that counts"


@pytest.mark.usefixtures("quick")
def test_receipt_says_what_counts(sent, folder):
    sent("kegiatan")
    sent("publikasi")
    sent("publikasi ditolak")
    assert "hanya himpunan Kegiatan dari berkas ini" in receipts(folder, "kegiatan")[0]
    assert 'Kegiatan ("kegiatan.csv", 6 Oktober 2026, 10.00 WIB)' in receipts(folder, "publikasi")[0]
    assert "dihitung" not in receipts(folder, "publikasi ditolak")[0]
    sent("buku")
    assert 'menggantikan CSV yang sampai sekarang dihitung: Kegiatan ("kegiatan.csv"' in receipts(folder, "buku")[0]


@pytest.mark.usefixtures("quick")
def test_removed_bytes_are_not_joined(sent):
    _, k = sent("kegiatan")
    (old,) = k.warehouse.submissions(TW3)
    k.warehouse.mark_raw_removed([old.sidik], NOW)
    _, k = sent("publikasi")
    assert counted(k) == ["publikasi"]


@pytest.mark.kotak
def test_both_data_sets_reach_the_figures(folder, sent, monkeypatch):
    monkeypatch.setitem(CONTENT, "publikasi", csv_publikasi("33.74", "a1", "b2", period="Triwulan III 2026"))
    monkeypatch.setitem(CONTENT, "kegiatan", csv("33.74", "Rapat koordinasi pertama", "x"))
    (one,) = sent("kegiatan")[0].actions
    assert one.baris == (2, 1, 1, 0)
    assert "Perbaiki pada CSV Anda" in receipts(folder, "kegiatan")[0], "a workbook would end the other data sets"
    result, k = sent("publikasi")
    assert result.actions[0].baris == (2, 2, 0, 0), "the answer is for this file alone"
    open_period(k, TW3)
    summary = validate(k, TW3, "uji")
    assert summary.masuk == summary.diterima + summary.dikarantina + summary.kembar
    assert roll_up(k, TW3, "uji").satker_lapor == 1
    in_force = k.warehouse.verdicts(TW3).query("berlaku").iloc[0]
    assert dict(in_force["per_himpunan"])["kegiatan"] == [2, 1, 1, 0]
    assert dict(in_force["per_himpunan"])["publikasi"] == [2, 2, 0, 0]
    assert k.warehouse.conservation(TW3).selisih == ()
