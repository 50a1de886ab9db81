"""Which held row a later file mended: by what the two share, never by a guess; what changes nothing, changes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from humas.ledger import HeldRef, HeldRow, Intent, Part, held_row, mended_rows, replay
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.rows import part, told

FIRST = HeldRef("berkas 1", 0)


def written(
    content: dict[str, Any], *, doubted: str = "", number: int = 0, file: int = 1, **instead: object
) -> HeldRow:
    """A row as it stood in a file that held it. instead: cells written otherwise, None for a cell left blank."""
    row = {"Nama acara": content["judul"], "Tgl": content["hari_ini"].strftime("%d/%m/%Y")}
    row |= {name: value for name, value in content.items() if name not in {"judul", "hari_ini"}}
    row = {name: value for name, value in (row | instead).items() if value is not None}
    columns = frozenset({doubted} - {""})
    return held_row(HeldRef(f"berkas {file}", number), "kegiatan", json.dumps(row), columns)


def mended(held: Sequence[HeldRow], *parts: Part) -> dict[HeldRef, str]:
    """Held row → title of the row that tells it mended."""
    ledger = replay(parts)
    order = {one.submission: place for place, one in enumerate(sorted(parts, key=lambda part: part.at))}
    return {place: ledger.fates[ref].row.title for place, ref in mended_rows(held, ledger, order).items()}


MEETING, SECOND = told("Rapat koordinasi humas", 5), told("Apel pagi", 6)
LINK = "https://kpu.go.id/rapat-humas"
LINKED = told("Rapat koordinasi humas", 5, url_bukti=LINK)
OTHER = part(1, SECOND, intent=Intent.ADDS)
CASES = {
    "the day was no date of its month": ([written(MEETING, doubted="tanggal_mulai", Tgl="32/07/2026")], [MEETING], True),
    "the day was no date of a month by name": ([written(MEETING, doubted="tanggal_mulai", Tgl="32 Juli")], [MEETING], True),
    "only the weekday was written": ([written(MEETING, doubted="tanggal_mulai", Tgl="hari Minggu")], [MEETING], True),
    "another weekday was written": ([written(MEETING, doubted="tanggal_mulai", Tgl="Senin")], [MEETING], False),
    "day and month were exchanged": (
        [written(told(MEETING["judul"], 25), doubted="tanggal_mulai", Tgl="07/25/2026")], [told(MEETING["judul"], 25)], True,
    ),
    "nothing of the day is readable": ([written(MEETING, doubted="tanggal_mulai", Tgl="entah")], [MEETING], False),
    "the next of a series, of another month": (
        [written(MEETING, doubted="tanggal_mulai", Tgl="31/06/2026")], [told(MEETING["judul"], 7)], False,
    ),
    "nothing of the day, but its own link": (
        [written(LINKED, doubted="tanggal_mulai", Tgl="entah")], [LINKED], True,
    ),
    "nothing of the day, and a link of many": (
        [written(LINKED, doubted="tanggal_mulai", Tgl="entah")], [LINKED, told("Senam", 9, url_bukti=LINK)], False,
    ),
    "nothing of the day, but the same number of a letter": (
        [written(told(MEETING["judul"], 5, nomor_dokumen="467/HM"), doubted="tanggal_mulai", Tgl="entah")],
        [told(MEETING["judul"], 5, nomor_dokumen="467/HM")], True,
    ),
    "an event of its last day": (
        [written(MEETING, doubted="url_bukti", Tgl="04/07/2026", **{"Tgl selesai": "05/07/2026"})], [MEETING], False,
    ),
    "the same title on its last day, under headers that nobody knows": (
        [written(MEETING, doubted="url_bukti", Tgl=None, Dari="04/07/2026", Ke="05/07/2026", tempat="SMA 1", jumlah_peserta=8)],
        [MEETING], False,
    ),
    "the same title and day, all else of another school": (
        [written(MEETING, doubted="url_bukti", tempat="SMA 1", jumlah_peserta=8)], [MEETING], False,
    ),
    "the day was another quarter's": ([written(MEETING, doubted="tanggal_mulai", Tgl="05/01/2026")], [MEETING], True),
    "another cell was the trouble": ([written(MEETING, doubted="jumlah_peserta", jumlah_peserta=-3)], [MEETING], True),
    "a slip in the title was mended too": ([written(MEETING, **{"Nama acara": "Rapt koordinasi humas"})], [MEETING], True),
    "a title that was too short": ([written(MEETING, doubted="judul", **{"Nama acara": "Rapat"})], [MEETING], True),
    "a title that was missing, and all else agrees": (
        [written(MEETING, doubted="judul", **{"Nama acara": None})], [MEETING], True,
    ),
    "a title that was missing, and something else differs": (
        [written(MEETING, doubted="judul", **{"Nama acara": None}, tempat="Studio")], [MEETING], False,
    ),
    "a title that was missing leaves nobody sure": (
        [written(MEETING, doubted="judul", **{"Nama acara": None})], [MEETING, told("Senam", 5)], False,
    ),
    "the next event of the same name": ([written(MEETING, doubted="jumlah_peserta")], [told("Rapat koordinasi humas", 12)], False),
    "another number in the title": (
        [written(told("Rapat tahap 1", 5), doubted="tanggal_mulai", Tgl="32/07/2026")], [told("Rapat tahap 2", 5)], False,
    ),
    "two rows it may be": (
        [written(MEETING, doubted="tanggal_mulai", Tgl="32/07/2026")], [MEETING, told("Rapat koordinasi humas", 12)], False,
    ),
    "two held rows that it may be": (
        [written(MEETING, doubted="tanggal_mulai", Tgl=x, number=n) for n, x in enumerate(("32/07/2026", "33/07/2026"))],
        [MEETING], False,
    ),
    "a row of another event": ([written(MEETING)], [told("Kunjungan siswa", 5, tempat="Rumah pintar", jumlah_peserta=90)], False),
}  # fmt: skip


@pytest.mark.parametrize(("held", "later", "found"), CASES.values(), ids=CASES.keys())
def test_a_held_row_is_mended_by_the_one_later_row_that_it_surely_is(
    held: list[HeldRow], later: list[dict[str, Any]], found: bool
) -> None:
    answer = mended(held, OTHER, part(2, *later, intent=Intent.ADDS))
    assert answer == ({FIRST: MEETING["judul"]} if found else {})


def test_an_earlier_row_mends_nothing() -> None:
    """Two accepted rows, of which the second was told anew and held: what was accepted is no mending of it."""
    assert mended([written(MEETING, file=2)], part(1, MEETING, SECOND), part(2, SECOND)) == {}


def test_a_row_that_the_same_file_told_mends_no_other() -> None:
    held = [written(told(MEETING["judul"], 12), doubted="tanggal_mulai", Tgl="32/07/2026")]
    assert mended(held, part(1, MEETING, SECOND), part(2, MEETING, SECOND)) == {}


def test_what_is_taken_back_leaves_the_row_held() -> None:
    held = [written(MEETING, doubted="tanggal_mulai", Tgl="32/07/2026")]
    files = [part(1, SECOND), part(2, MEETING, intent=Intent.ADDS)]
    assert mended(held, *files) == {FIRST: MEETING["judul"]}
    assert mended(held, *files, part(3, SECOND, intent=Intent.REPLACES)) == {}


FILES = {
    "a file that adds": (part(2, MEETING, intent=Intent.ADDS), False),
    "a file that tells nothing of what came before": (part(2, MEETING), False),
    "a file that tells all of it": (part(2, MEETING, SECOND), True),
    "a file that says it mends": (part(2, MEETING, intent=Intent.MENDS), True),
    "a file that replaces": (part(2, MEETING, intent=Intent.REPLACES), True),
}


@pytest.mark.parametrize(("later", "found"), FILES.values(), ids=FILES.keys())
def test_of_a_day_that_nobody_can_read_a_file_that_does_not_add_tells(later: Part, found: bool) -> None:
    held, first = [written(MEETING, doubted="tanggal_mulai", Tgl="entah")], part(1, SECOND)
    expected = {FIRST: MEETING["judul"]} if found else {}
    assert mended(held, first, later) == expected
    assert mended(held, first, later, part(3, MEETING, SECOND)) == expected, "what is told again later says no more"


TWICE = {
    "one thing told twice": ({}, True),
    "of two days": ({"Tgl": "6 Juli 2026"}, False),
    "by two names": ({"Nama acara": "Rapat koordinasi humas se"}, False),
}


@pytest.mark.parametrize(("instead", "both"), TWICE.values(), ids=TWICE.keys())
def test_two_held_rows_that_were_one_thing_told_twice_are_both_mended(instead: dict[str, object], both: bool) -> None:
    held = [written(MEETING, number=n, doubted="tanggal_mulai", **(instead if n else {})) for n in (0, 1)]
    later = part(2, MEETING, SECOND)
    assert mended(held, OTHER, later) == ({one.ref: MEETING["judul"] for one in held} if both else {})


TITLES = (
    "Sosialisasi pemilih pemula",
    "Rapat koordinasi",
    "Media gathering",
    "Apel bersama",
    "Lomba foto",
    "Dialog radio",
)
ROWS = st.lists(st.sampled_from(TITLES), unique=True, min_size=1).flatmap(
    lambda titles: st.tuples(*(st.builds(told, st.just(one), st.integers(1, 28), tempat=st.just(one[::-1])) for one in titles))
)  # fmt: skip
DEFECTS = st.sampled_from([
    ("tanggal_mulai", {"Tgl": "32/07/2026"}),
    ("jumlah_peserta", {"jumlah_peserta": -1}),
    ("", {}),
])


@given(rows=ROWS, defects=st.lists(DEFECTS, min_size=6, max_size=6), brought=st.sets(st.integers(0, 5)), data=st.data())
def test_exactly_what_was_brought_is_mended_however_it_is_laid_out(
    rows: Sequence[dict[str, Any]],
    defects: list[tuple[str, dict[str, object]]],
    brought: set[int],
    data: st.DataObject,
) -> None:
    held = [written(row, number=n, doubted=defects[n][0], **defects[n][1]) for n, row in enumerate(rows)]
    later = [row for n, row in enumerate(rows) if n in brought]
    first, second = part(1, told("Upacara", 17, 8)), part(2, *later, intent=Intent.ADDS)
    expected = {HeldRef("berkas 1", n): row["judul"] for n, row in enumerate(rows) if n in brought}
    assert mended(held, first, second) == expected
    order = data.draw(st.permutations(held))
    assert mended(order, first, second) == expected, "rows in another order"
    shuffled = [
        HeldRow(one.ref, one.dataset, tuple(data.draw(st.permutations(one.cells))), one.doubted) for one in held
    ]
    assert mended(shuffled, first, second) == expected, "columns in another order, under other headers"
    other_file = part(3, told("Donor darah", 9, 9, tempat="PMI"), intent=Intent.ADDS)
    assert mended(held, first, second, other_file) == expected, "a file that has nothing to do with it"
    assert mended(held, first, second, part(4, *later, told("Upacara", 17, 8))) == expected, "told again"
    assert mended([written(row, file=3, number=n) for n, row in enumerate(rows)], first, second, part(3)) == {}, (
        "held later"
    )


def test_days_are_compared_with_and_without_a_year() -> None:
    for text in ("5 Juli 2026", "Minggu, 5 Juli", "2026-07-05"):
        assert mended([written(MEETING, Tgl=text)], OTHER, part(2, MEETING, intent=Intent.ADDS)) == {
            FIRST: MEETING["judul"]
        }
    assert date(2026, 7, 5) == MEETING["hari_ini"]
