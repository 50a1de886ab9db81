"""Names that no system agrees on: each file gets its answer, wherever it lies and whatever it is called."""

from __future__ import annotations

import json
import os
import re

import pytest
from humas.inbox.model import EntryState
from humas.registry import Cycle
from humas.sources.entryname import EntryName

from tests.cli.calls import call
from tests.cli.calls import installation as environment
from tests.inbox.files import csv, workbook
from tests.inbox.places import S3

pytestmark = pytest.mark.mesin

BYTES = {
    "Windows dash": b"33.74 laporan \x96 TW3.csv",
    "another Windows dash": b"33.74 laporan \x97 TW3.csv",
    "a third Windows dash": b"\x96.csv",
    "cut UTF-8": b"lap\xe2\x80.csv",
    "overlong UTF-8": b"lap\xc0\xaf.csv",
    "surrogate in UTF-8": b"lap\xed\xa0\x80.csv",
    "no UTF-8 at all": bytes(range(0x80, 0x100)),
}
TEXTS = {
    "control": "lap\x01\x7f.csv",
    "tab": "lap\tor.csv",
    "escape": "\x1b[31mlap.csv",
    "right to left": "lap\u202evsc.csv",
    "zero width": "la\u200bp.csv",
    "decomposed": "e\u0301.csv",
    "composed": "\u00e9.csv",
    "C1 control": "lap\x96.csv",
    "no-break space": "lap\u00a033.csv",
    "255 letters": "a" * 251 + ".csv",
    "255 bytes": "ä" * 125 + ".csv",
    "only spaces": "   ",
    "spaces and dots": " . . ",
    "blank letter": "\u3164",
    "dash first": "-rf",
    "blank behind": "lap.csv ",
    "dot behind": "lap.csv.",
    "device of Windows": "CON",
    "colon": "a:b",
    "emoji": "🎉.csv",
    "cleans to the same": "x\x01y.csv",
    "cleans to the same too": "x\x02y.csv",
    "percent dots": "%2e%2e",
    "percent slash": "%2e%2e%2fx.csv",
    "quotes": "a'b\"c`.csv",
    "wildcards": "[x]*?.csv",
    "stars": "**",
    "like an address": "http:a#b?c=1.csv",
    "like a chain of file systems": "s3::x.csv",
    "like a version in a bucket": "a?versionId=null.csv",
    "case": "Laporan.csv",
    "other case": "laporan.csv",
    "backslash": "a\\b.csv",
    "home": "~root",
    "variable": "$HOME.csv",
    "format": "100%s %d {x}.csv",
    "markup": "[bold]<a>&.csv",
}


def names(place):
    """What this kind of drop-box can hold: object stores know UTF-8 only, and our test server no line ends."""
    if isinstance(place, S3):
        return dict(TEXTS)
    return TEXTS | {name: os.fsdecode(raw) for name, raw in BYTES.items()} | {"line end": "lap\nor\r.csv"}


@pytest.mark.kotak
@pytest.mark.timeout(300)
def test_every_name_gets_its_answer_in_one_sweep(place, sweep_place):
    sent = {name: csv("33.74", f"Rapat koordinasi nomor {n}") for n, name in enumerate(names(place).values())}
    for name, data in sent.items():
        place.put(name, data)
    result, k = sweep_place(place)
    assert (result.errors, result.count(EntryState.TAKEN)) == ((), len(sent))
    assert place.files("masuk") == {}
    after = place.files()
    assert sorted(content for position, content in after.items() if not position.endswith(".txt")) == sorted(
        sent.values()
    )
    assert all(position.startswith("diterima/kpu/2026-TW3/") for position in after)
    assert not any(re.search(r'[<>:"|?*\\]', position) or not position.isprintable() for position in after)
    receipts = [
        content.decode("utf-8-sig") for position, content in after.items() if position.endswith("tanda terima.txt")
    ]
    assert len(receipts) == len(sent)
    shown = sorted(re.findall(r"^Berkas    : (.*)\r$", "".join(receipts), re.MULTILINE))
    assert shown == sorted(EntryName(name).shown for name in sent)
    urls = {file.url for submission in k.warehouse.submissions(Cycle("kpu", "2026-TW3")) for file in submission.berkas}
    assert len(urls) == len(sent)


@pytest.mark.kotak
def test_every_single_byte_gets_its_answer(folder, sweep_place):
    for byte in range(0x80, 0x100):
        folder.put(os.fsdecode(b"lap " + bytes([byte])), csv("33.74", f"Rapat koordinasi nomor {byte}"))
    result, _ = sweep_place(folder)
    assert result.count(EntryState.TAKEN) == 128
    assert folder.files("masuk") == {}


@pytest.mark.parametrize(
    ("name", "state"),
    [
        (b"\x96.csv.part", EntryState.WAITING),
        (b"~$lap \x96.xlsx", EntryState.SKIPPED),
        (b".lap\x96.csv", EntryState.SKIPPED),
    ],
    ids=["running upload", "lock of an office program", "hidden"],
)
def test_what_is_left_lying_is_left_under_any_name(folder, sweep_place, name, state):
    folder.put(os.fsdecode(name), csv("33.74"))
    (one,) = sweep_place(folder)[0].actions
    assert one.keadaan is state
    assert one.berkas.isprintable()


def test_the_unit_is_recognised_in_a_name_with_a_windows_dash(folder, sweep_place):
    folder.put(os.fsdecode(b"KPU Kota Semarang\x96TW3 2026.xlsx"), workbook(Kode_satker="", Nama_satker="", Periode=""))
    (one,) = sweep_place(folder)[0].actions
    assert (one.keadaan, one.satker, one.periode) == (EntryState.TAKEN, "33.74", "2026-TW3")


def test_a_screen_and_a_mail_that_know_fewer_letters(folder, tmp_path, monkeypatch):
    environment(monkeypatch, tmp_path / "keadaan")
    monkeypatch.setenv("HUMAS_KOTAK_MASUK", f"kpu={folder.url}")
    monkeypatch.setenv("HUMAS_KOTAK_JEDA", "0")
    monkeypatch.setenv("HUMAS_KABAR", f"folder:{tmp_path}/kabar")
    folder.put(os.fsdecode(b"lap \x96\x81\xff\n.csv"), csv("33.74", "x"))
    folder.put(os.fsdecode(b"entah \x96.csv"), csv(""))
    output = call("kotak", "--json").output
    output.encode("utf-8")
    assert {load["file"] for load in json.loads(output)["files"]} == {"lap –�ÿ .csv", "entah –.csv"}
    assert len(list((tmp_path / "kabar").glob("*.eml"))) == 2


@pytest.mark.parametrize("moment", [-9e10, 1e12], ids=["before all calendars", "after them"])
def test_a_time_that_no_calendar_holds_stops_nobody(moment):
    from humas.inbox.folder import _changed

    assert _changed({"mtime": moment}).year in {1970, 9999}
