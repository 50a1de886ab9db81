"""The table of cases: a later file against what is in force."""

from __future__ import annotations

from typing import Any

import pytest
from humas.ledger import Count, Effect, Intent, Outcome, Part, replay

from tests.ledger.rows import part, told

FOUR = (
    told("Sosialisasi pemilih pemula", 6),
    told("Rapat koordinasi kehumasan", 8, tempat="Ruang rapat"),
    told("Dialog di radio", 15, tempat="Studio", jumlah_peserta=3),
    told("Media gathering", 28, tempat="Warung", jumlah_peserta=30),
)
MENDED = (*FOUR[:3], told("Media gathering", 28, tempat="Warung", jumlah_peserta=35))
OTHERS = (told("Lomba foto", 3, 8), told("Senam bersama", 5, 8, tempat="Alun-alun", jumlah_peserta=200))
WEEKLY = tuple(told("KPU menyapa di RRI", day, tempat="Studio RRI", jumlah_peserta=4) for day in (1, 8, 15, 22, 29))
CAPITALS = tuple({**one, "judul": one["judul"].upper(), "tempat": one["tempat"].upper()} for one in FOUR)
BARE = tuple({**one, "tempat": None} for one in reversed(FOUR))
API: dict[str, Any] = {"source": "api", "complete": True}
Case = tuple[list[Part], Effect, Count]


def _of(in_force: int, superseded: int = 0, withdrawn: int = 0) -> Count:
    return Count(in_force, superseded, withdrawn)


CASES: dict[str, Case] = {
    "the first file": ([part(1, *FOUR)], Effect.FIRST, _of(4)),
    "a file with all rows, one changed and one new, is a correction": (
        [part(1, *FOUR), part(2, *MENDED, OTHERS[0])], Effect.CORRECTION, _of(5, 1)
    ),
    "a file that shares no row adds to what is there": (
        [part(1, *FOUR), part(2, *OTHERS)], Effect.ADDITION, _of(6)
    ),
    "a file that drops rows and does not say so leaves them and asks": (
        [part(1, *FOUR), part(2, *FOUR[:3], OTHERS[0])], Effect.QUESTION, _of(5)
    ),
    "three mended rows alone supersede three and ask for the rest": (
        [part(1, *FOUR), part(2, {**FOUR[0], "jumlah_peserta": 21})], Effect.QUESTION, _of(4, 1)
    ),
    "a file that says it replaces withdraws what it drops": (
        [part(1, *FOUR), part(2, *FOUR[:3], intent=Intent.REPLACES)], Effect.CORRECTION, _of(3, 0, 1)
    ),
    "a file that says it adds leaves what it does not tell, and asks nothing": (
        [part(1, *FOUR), part(2, FOUR[0], *OTHERS, intent=Intent.ADDS)], Effect.ADDITION, _of(6)
    ),
    "an addition of the same title on another day is another event": (
        [part(1, *FOUR), part(2, told("Media gathering", 30, tempat="Warung", jumlah_peserta=30), intent=Intent.ADDS)],
        Effect.ADDITION, _of(5),
    ),
    "a file that says it mends some rows leaves the rest unasked": (
        [part(1, *FOUR), part(2, {**FOUR[0], "jumlah_peserta": 21}, intent=Intent.MENDS)], Effect.CORRECTION, _of(4, 1)
    ),
    "the same rows in capitals change nothing": ([part(1, *FOUR), part(2, *CAPITALS)], Effect.SAME, _of(4)),
    "the same rows in a layout with fewer columns change nothing": (
        [part(1, *FOUR), part(2, *BARE)], Effect.SAME, _of(4)
    ),
    "the content of an older file under another name asks and changes nothing": (
        [part(1, *FOUR), part(2, *MENDED), part(3, *reversed(FOUR))], Effect.QUESTION, _of(4, 1)
    ),
    "nil after rows leaves the rows and asks": ([part(1, *FOUR), part(2)], Effect.QUESTION, _of(4)),
    "nil that says it replaces withdraws all rows": (
        [part(1, *FOUR), part(2, intent=Intent.REPLACES)], Effect.CORRECTION, _of(0, 0, 4)
    ),
    "a date mended in a whole file is the same event": (
        [part(1, *FOUR), part(2, *FOUR[:3], told("Media gathering", 27, tempat="Warung", jumlah_peserta=30))],
        Effect.CORRECTION, _of(4, 1),
    ),
    "a title mended is the same event": (
        [part(1, told("Sosialsiasi pemilih pemla", 6), *FOUR[1:]), part(2, *FOUR)], Effect.CORRECTION, _of(4, 1)
    ),
    "of events that come every week the one whose day slipped is recognised": (
        [part(1, *WEEKLY), part(2, *WEEKLY[:4], {**WEEKLY[4], "hari_ini": WEEKLY[4]["hari_ini"].replace(day=30)})],
        Effect.CORRECTION, _of(5, 1),
    ),
    "of events that come every week the next one is no correction of the last": (
        [part(1, *WEEKLY), part(2, *(told("KPU menyapa di RRI", day, 8, tempat="Studio RRI", jumlah_peserta=4) for day in (5, 12)))],
        Effect.ADDITION, _of(7),
    ),
    "a monthly meeting of the next month is another event": (
        [part(1, told("Rapat evaluasi", 31, 7)), part(2, told("Rapat evaluasi", 31, 8))], Effect.ADDITION, _of(2)
    ),
    "another school on the same day is another event": (
        [part(1, told("Sosialisasi di SMA Negeri 1", 6, tempat="SMA Negeri 1", jumlah_peserta=100)),
         part(2, told("Sosialisasi di SMA Negeri 2", 6, tempat="SMA Negeri 2", jumlah_peserta=80))],
        Effect.ADDITION, _of(2),
    ),
    "a row that vanishes from a source that lists all is withdrawn": (
        [part(1, *FOUR, **API), part(2, *FOUR[:3], **API)], Effect.CORRECTION, _of(3, 0, 1)
    ),
    "more than half vanishing from such a source is asked first": (
        [part(1, *FOUR, **API), part(2, FOUR[0], **API)], Effect.QUESTION, _of(4)
    ),
    "what came as a file does not vanish from a source that never listed it": (
        [part(1, *FOUR, **API), part(2, *OTHERS, source="kotak"), part(3, *FOUR, OTHERS[0], **API)], Effect.SAME, _of(6)
    ),
    "a source that lists an old value again does not undo what was mended by file": (
        [part(1, *FOUR, **API), part(2, *MENDED, source="kotak"), part(3, *FOUR, OTHERS[0], **API)],
        Effect.CORRECTION, _of(5, 1),
    ),
    "a source that goes back to an earlier state says so": (
        [part(1, *FOUR, **API), part(2, *MENDED, **API), part(3, *FOUR, **API)], Effect.CORRECTION, _of(4, 2)
    ),
    "a row that waits to be mended is not missing": (
        [part(1, *FOUR), part(2, *FOUR[:3], held=frozenset({"mediagathering"}))], Effect.SAME, _of(4)
    ),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "effect", "count"), CASES.values(), ids=CASES.keys())
def test_a_later_file_against_what_is_in_force(parts: list[Part], effect: Effect, count: Count) -> None:
    ledger = replay(parts)
    assert (ledger.outcomes[-1].effect, ledger.count) == (effect, count)
    assert ledger.count.accepted + ledger.count.restated == sum(len(one.rows) for one in parts)


@pytest.mark.parametrize(
    ("parts", "waits"),
    [
        pytest.param([part(1, *FOUR), part(2, FOUR[0])], True, id="rows are missing"),
        pytest.param([part(1, *FOUR), part(2, FOUR[0]), part(3, *OTHERS)], True, id="an addition answers nothing"),
        pytest.param([part(1, *FOUR), part(2, FOUR[0]), part(3, *MENDED)], False, id="a whole file answers"),
        pytest.param(
            [part(1, *FOUR), part(2, FOUR[0], intent=Intent.REPLACES, by="Sari")], False, id="somebody answered"
        ),
    ],
)
def test_whether_a_question_waits(parts: list[Part], waits: bool) -> None:
    assert (replay(parts).question is not None) is waits


def _names(outcome: Outcome) -> dict[str, list[str]]:
    return {
        "changed": [change.new.title for change in outcome.changed],
        "new": [row.title for row in outcome.new],
        "missing": [row.title for row in outcome.missing],
    }


def test_the_answer_names_changed_new_and_missing_rows() -> None:
    outcome = replay([part(1, *FOUR), part(2, *MENDED[1:], OTHERS[0])]).outcomes[-1]
    assert _names(outcome) == {"changed": ["Media gathering"], "new": ["Lomba foto"], "missing": [FOUR[0]["judul"]]}
    assert outcome.changed[0].columns == ("jumlah_peserta",)


def test_a_withdrawn_row_says_by_whom_when_and_why() -> None:
    ledger = replay([part(1, *FOUR), part(2, *FOUR[:3], intent=Intent.REPLACES, by="Sari", reason="bukan kegiatan")])
    (withdrawn,) = ledger.outcomes[-1].withdrawn
    fate = ledger.fates[withdrawn.ref]
    assert (fate.by, fate.reason, fate.at) == ("Sari", "bukan kegiatan", part(2).at)
