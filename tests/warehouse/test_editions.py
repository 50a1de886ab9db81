from __future__ import annotations

import pytest
from humas.chain.links import FileHash, broken, head_of
from humas.errors import OperatorError
from humas.registry import Cycle
from humas.warehouse import Edition, EditionDraft, Print
from humas.warehouse.facade import Warehouse
from sqlalchemy import text

from tests.warehouse.batches import LEMBAGA, PERIOD, START, draft_edition, later

CYCLE = Cycle(LEMBAGA, PERIOD)


def _draft(
    warehouse: Warehouse, digest: str, code: str = "33.74", changes: list[object] | None = None
) -> Edition | None:
    content = {"judul": "Ünïcode 😀", "angka": [1, 2.5, None], "sidik": digest}
    return draft_edition(warehouse, CYCLE, code, digest, content, changes or [])


def _publish(warehouse: Warehouse, edition: int, code: str = "33.74") -> None:
    if any((e.kode, e.edisi, e.status) == (code, edition, "draf") for e in warehouse.editions(CYCLE)):
        _print(warehouse, edition, code)
    warehouse.publish_editions(CYCLE, [("satker", code, edition)], later(hours=1))


def _print(warehouse: Warehouse, edition: int, code: str = "33.74", digest: str = "f00") -> None:
    file = {f"laporan/{code}-{edition}.pdf": FileHash(digest, 3)}
    warehouse.record_prints(CYCLE, [Print("satker", code, edition, "p1", {"terbit": "2026-10-16"}, file)])


def _numbers(warehouse: Warehouse) -> list[tuple[str, int, str, str]]:
    return [(e.kode, e.edisi, e.sidik_data, e.status) for e in warehouse.editions(CYCLE)]


def test_first_draft_is_edition_one_and_comes_back_whole(warehouse: Warehouse) -> None:
    draft = _draft(warehouse, "aa", changes=[{"id": "K3", "lama": 1}])
    assert draft is not None
    (returned,) = warehouse.editions(CYCLE)
    assert returned == draft
    assert (returned.edisi, returned.status, returned.terbit_pada) == (1, "draf", None)


def test_unchanged_data_give_no_new_edition(warehouse: Warehouse) -> None:
    _draft(warehouse, "aa")
    _publish(warehouse, 1)
    assert _draft(warehouse, "aa") is None
    assert _numbers(warehouse) == [("33.74", 1, "aa", "terbit")]


def test_changed_data_give_the_next_edition_and_the_old_one_stays(warehouse: Warehouse) -> None:
    _draft(warehouse, "aa")
    _publish(warehouse, 1)
    second = _draft(warehouse, "bb")
    assert second is not None
    assert second.edisi == 2
    assert _numbers(warehouse) == [("33.74", 1, "aa", "terbit"), ("33.74", 2, "bb", "draf")]


def test_unpublished_draft_is_replaced(warehouse: Warehouse) -> None:
    _draft(warehouse, "aa")
    _draft(warehouse, "bb")
    assert _numbers(warehouse) == [("33.74", 1, "bb", "draf")]


def test_same_draft_again_stays_as_it_is(warehouse: Warehouse) -> None:
    first = _draft(warehouse, "aa")
    assert warehouse.draft_editions(CYCLE, [EditionDraft("satker", "33.74", "aa", {})], later(days=1)) == [first]


def test_draft_goes_away_when_data_are_again_as_published(warehouse: Warehouse) -> None:
    _draft(warehouse, "aa")
    _publish(warehouse, 1)
    _draft(warehouse, "bb")
    assert _draft(warehouse, "aa") is None
    assert _numbers(warehouse) == [("33.74", 1, "aa", "terbit")]


def test_published_edition_keeps_its_time_and_files(warehouse: Warehouse) -> None:
    _draft(warehouse, "aa")
    _publish(warehouse, 1)
    warehouse.publish_editions(CYCLE, [("satker", "33.74", 1)], later(days=9))
    with pytest.raises(OperatorError, match="belum disusun"):
        _print(warehouse, 1, digest="b4d")
    (edition,) = warehouse.editions(CYCLE, "satker", "33.74")
    assert (edition.terbit_pada, edition.berkas) == (later(hours=1), {"laporan/33.74-1.pdf": ["f00", 3]})


def test_many_reports_at_once(warehouse: Warehouse) -> None:
    report = [EditionDraft("satker", f"33.{n:02d}", "aa", {"n": n}) for n in range(50)]
    assert all(edition is not None for edition in warehouse.draft_editions(CYCLE, report, START))
    warehouse.publish_editions(CYCLE, [("satker", d.kode, 1) for d in report], START)
    change = [EditionDraft("satker", d.kode, "bb" if d.kode == "33.07" else "aa", {}) for d in report]
    result = warehouse.draft_editions(CYCLE, change, START)
    assert [one.kode for one in result if one] == ["33.07"]
    assert [e.kode for e in warehouse.editions(CYCLE, "satker") if e.edisi == 2] == ["33.07"]


def test_publishing_what_was_never_drafted_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(OperatorError) as error:
        _publish(warehouse, 1)
    assert error.value.code == "edisi_tidak_ada"


def _three_editions(warehouse: Warehouse) -> None:
    for number, digest in enumerate(("aa", "bb", "cc"), start=1):
        _draft(warehouse, digest)
        _publish(warehouse, number)
    _draft(warehouse, "zz", code="33.22")
    _publish(warehouse, 1, "33.22")


def _records(warehouse: Warehouse):
    return warehouse.edition_records(CYCLE)


def test_every_edition_is_chained_to_the_one_before(warehouse: Warehouse) -> None:
    _three_editions(warehouse)
    assert broken(_records(warehouse)) == ()
    assert len({record.link for record in _records(warehouse)}) == 4
    assert [record.printer for record in _records(warehouse)] == ["p1"] * 4
    assert warehouse.published_cycles() == [CYCLE]


@pytest.mark.parametrize(
    ("change", "cut"),
    [
        ("sidik_data = 'ee' WHERE kode = '33.74' AND edisi = 2", [2]),
        ("berkas = '{}' WHERE kode = '33.74' AND edisi = 2", [2]),
        ("sidik_pelengkap = 'x' WHERE kode = '33.74' AND edisi = 1", [1]),
        ("pencetak = 'p2' WHERE kode = '33.74' AND edisi = 3", [3]),
        ("rantai = 'x' WHERE kode = '33.74' AND edisi = 2", [2, 3]),
        ("rantai = '' WHERE kode = '33.74' AND edisi = 3", [3]),
        ("edisi = 7 WHERE kode = '33.74' AND edisi = 2", [3, 7]),
        ("kode = '33.75' WHERE kode = '33.74' AND edisi = 3", [3]),
        ("status = 'draf' WHERE kode = '33.74' AND edisi = 1", [2]),
    ],
    ids=["data", "files", "beside", "printer", "link", "no_link", "number", "unit", "unpublished"],
)
def test_a_change_by_hand_breaks_the_chain_where_it_was_made(warehouse: Warehouse, change: str, cut: list[int]) -> None:
    _three_editions(warehouse)
    with warehouse.engine.begin() as connection:
        connection.execute(text(f"UPDATE hasil_edisi SET {change}"))
    assert [one.number for one in broken(_records(warehouse))] == cut


def test_a_record_can_be_written_back_and_a_missing_edition_comes_back_without_its_data(warehouse: Warehouse) -> None:
    _three_editions(warehouse)
    before = _records(warehouse)
    with warehouse.engine.begin() as connection:
        connection.execute(
            text("UPDATE hasil_edisi SET sidik_data = 'ee', berkas = '{}', rantai = 'x' WHERE edisi = 1")
        )
        connection.execute(text("DELETE FROM hasil_edisi WHERE edisi = 3"))
    warehouse.restore_records(CYCLE, before, START)
    assert [record.link for record in _records(warehouse)] == [one.link for one in before]
    assert broken(_records(warehouse)) == ()
    (returned,) = [edition for edition in warehouse.editions(CYCLE) if edition.edisi == 3]
    assert (returned.status, returned.has_data, returned.has_supplement) == ("terbit", False, False)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_head_moves_with_every_edition(warehouse: Warehouse, number: int) -> None:
    _three_editions(warehouse)
    everything = _records(warehouse)
    without = [one for one in everything if (one.code, one.number) != ("33.74", number)]
    assert (head_of(without) == head_of(everything)) is (number < 3)
    assert head_of([]) == ""
