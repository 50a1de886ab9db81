"""What the warehouse remembers of files that were set aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from humas.sources.entryname import EntryName
from humas.warehouse.facade import Warehouse
from humas.warehouse.records import SetAside

NOW = datetime(2026, 10, 6, 3, tzinfo=UTC)
NAME = EntryName("lap \udc96\udc81\x00\ud800\u3164.csv")
ROW = SetAside(
    "file:///kotak", NAME.quoted, "a" * 64, NAME.shown, "1|2|3", NOW, NOW, NOW, 1, NOW, NOW + timedelta(minutes=15), "baca",
    "galat_program", "Program kami gagal.", "laporkan.", "v1",
)  # fmt: skip


def test_what_is_noted_is_found_again_by_drop_box(warehouse: Warehouse) -> None:
    later = replace(ROW, sidik="", coba_lagi=NOW + timedelta(days=1))
    warehouse.note_set_aside([later, ROW, replace(ROW, kotak="file:///lain")])
    assert warehouse.set_aside("file:///kotak") == [ROW, later]
    assert warehouse.set_aside("file:///asing") == []


def test_noted_again_it_takes_the_new_state(warehouse: Warehouse) -> None:
    again = replace(ROW, kali=2, coba_lagi=NOW + timedelta(hours=1), surat="tertunda/lap.txt")
    warehouse.note_set_aside([ROW])
    warehouse.note_set_aside([again])
    assert warehouse.set_aside("file:///kotak") == [again]


def test_forgotten_are_only_those_named(warehouse: Warehouse) -> None:
    other = replace(ROW, sidik="b" * 64)
    warehouse.note_set_aside([ROW, other])
    warehouse.forget_set_aside([ROW])
    warehouse.forget_set_aside([])
    assert warehouse.set_aside("file:///kotak") == [other]


def test_bytes_that_were_set_aside_are_known_to_retention(warehouse: Warehouse) -> None:
    warehouse.note_set_aside([ROW])
    assert warehouse.recorded_raw(["a" * 64, "b" * 64]) == {"a" * 64}
