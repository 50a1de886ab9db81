"""Whose rows a recap holds: each row goes to the unit it names when its sender may speak for that unit, and none is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from humas.contract.columns import KEGIATAN
from humas.landing.model import RECAP, File, Submission
from humas.reading.table import Document
from humas.validation.recap import whole_verdict, with_shares

from tests.validation.samples import ARRIVAL, header, register, row, sheet, submission, validate

TITLES = ("Lomba foto", "Senam bersama", "Dialog di radio", "Media gathering", "Kunjungan siswa", "Pojok baca")


def rows(*whose: dict[str, object]) -> list[list[object]]:
    return [row(judul=title, **one) for title, one in zip(TITLES, whose, strict=False)]


def divided(*whose: dict[str, object], code: str = "33", lembaga: str = "kpu", table=None):
    """What the shares of a file are: unit → rows in; the file's submissions and their result."""
    sent = submission(table or sheet(*rows(*whose)), cover={}, code=code, lembaga=lembaga)
    [group] = with_shares([sent], register())
    result = validate(*group)
    counts = {one.satker_code: one.baris_masuk for one in _with_codes(group, result)}
    return counts, group, result


def _with_codes(group, result):
    for reading, verdict in zip(group, result.submissions, strict=True):
        yield type("Part", (), {"satker_code": reading.satker_code, "baris_masuk": verdict.baris_masuk})


SEMARANG = {"kode_satker": "33.74", "nama_satker": "Kota Semarang"}
NEIGHBOUR = {"kode_satker": "33.01", "nama_satker": "Kabupaten Cilacap"}
OWN = {"kode_satker": "33", "nama_satker": "Provinsi Jawa Tengah"}
GOES = {
    "rows go to the units that their codes name": ("33", [SEMARANG, NEIGHBOUR, SEMARANG], {"33": 0, "33.01": 1, "33.74": 2}),
    "rows of the province itself stay": ("33", [OWN, SEMARANG], {"33": 1, "33.74": 1}),
    "a row that names nobody is the unit's above it, as people write it once": (
        "33", [SEMARANG, {"kode_satker": None, "nama_satker": None}], {"33": 0, "33.74": 2}),
    "a name alone is enough": ("33", [{"kode_satker": None, "nama_satker": "KPU Kota Semarang"}], {"33": 0, "33.74": 1}),
    "a code in the place of the name is enough": (
        "33", [SEMARANG, {"kode_satker": None, "nama_satker": "33.07"}], {"33": 0, "33.07": 1, "33.74": 1}),
    "a name that two units bear stays": ("33", [SEMARANG, {"kode_satker": None, "nama_satker": "KPU Semarang"}],
                                         {"33": 1, "33.74": 1}),
    "a short name that two units of the province bear stays": (
        "32", [{"kode_satker": None, "nama_satker": "Kab. Garut"}, {"kode_satker": None, "nama_satker": "Tasik"}],
        {"32": 1, "32.05": 1}),
    "a short name that another province's unit bears too is the province's own": (
        "62", [{"kode_satker": None, "nama_satker": "Mura"}], {"62": 0, "62.12": 1}),
    "for the nation it stays": (
        "00", [SEMARANG, {"kode_satker": None, "nama_satker": "Mura"}], {"00": 1, "33.74": 1}),
    "a name and a code that contradict each other stay": (
        "33", [SEMARANG, {"kode_satker": "33.01", "nama_satker": "Kota Semarang"}], {"33": 1, "33.74": 1}),
    "another province's unit stays": ("33", [SEMARANG, {"kode_satker": "34.71", "nama_satker": None}], {"33": 1, "33.74": 1}),
    "another province stays": ("33", [SEMARANG, {"kode_satker": "34", "nama_satker": None}], {"33": 1, "33.74": 1}),
    "a code that nobody bears stays": ("33", [SEMARANG, {"kode_satker": "33.99", "nama_satker": None}],
                                       {"33": 1, "33.74": 1}),
    "another body's row stays": ("33", [SEMARANG, NEIGHBOUR | {"lembaga": "Bawaslu"}], {"33": 1, "33.74": 1}),
    "the nation speaks for provinces and for their units": (
        "00", [OWN, SEMARANG, {"kode_satker": "34.71", "nama_satker": None}], {"00": 0, "33": 1, "33.74": 1, "34.71": 1}),
    "a regency speaks for nobody else": ("33.01", [SEMARANG, NEIGHBOUR, OWN], {"33.01": 3}),
}  # fmt: skip


@pytest.mark.mesin
@pytest.mark.parametrize("case", GOES)
def test_whose_rows(case: str) -> None:
    code, whose, expected = GOES[case]
    counts, _, result = divided(*whose, code=code)
    assert counts == expected
    assert sum(counts.values()) == len(whose)
    assert all(one.baris_masuk == one.diterima + one.dikarantina + one.kembar for one in result.submissions), (
        "the rows of a unit do not balance"
    )


@pytest.mark.mesin
def test_a_regency_that_names_others_gives_nobody_anything() -> None:
    """The malicious file: every row but its own is held, at its sender."""
    _, group, result = divided(SEMARANG, OWN, NEIGHBOUR, code="33.01")
    assert len(group) == 1
    assert set(result.accepted["kegiatan"]["kode_satker"]) == {"33.01"}
    assert result.submissions[0].dikarantina == 2


@pytest.mark.mesin
def test_rows_of_a_share_are_the_units_own_and_keep_their_place() -> None:
    _, group, result = divided(OWN, SEMARANG, {"kode_satker": None, "nama_satker": "KPU Kab. Cilacap"})
    accepted = result.accepted["kegiatan"].set_index("kode_satker")
    assert dict(accepted["baris"]) == {"33": 2, "33.74": 3, "33.01": 4}
    assert accepted.loc["33.01", "nama_satker"] == "Kabupaten Cilacap"
    assert [one.is_share for one in group] == [False, True, True]


@pytest.mark.mesin
def test_a_recap_without_a_row_of_its_own_is_handed_on_and_its_sender_still_has_to_report() -> None:
    _, _, result = divided(SEMARANG, NEIGHBOUR)
    assert [one.status.value for one in result.submissions] == ["diteruskan", *["diterima_dengan_catatan"] * 2]
    assert not result.submissions[0].nihil
    whole = whole_verdict(result)
    assert (whole.status.value, whole.baris_masuk, whole.diterima) == ("diterima_dengan_catatan", 2, 2)


@pytest.mark.mesin
def test_a_recap_whose_cover_is_another_quarters_is_refused_as_a_whole() -> None:
    sent = submission(sheet(*rows(SEMARANG)), cover={"periode": "2026-TW1"}, code="33")
    [group] = with_shares([sent], register())
    assert len(group) == 1
    assert validate(*group).submissions[0].status.value == "ditolak"


@pytest.mark.mesin
def test_rows_of_a_table_that_lacks_a_required_column_are_told_to_the_sender() -> None:
    names = [column.name for column in KEGIATAN.columns]
    lacking = names.index("judul")
    table = sheet(*rows(SEMARANG, NEIGHBOUR))
    cells = [
        [cell for position, cell in enumerate(one) if position != lacking]
        for one in (header(KEGIATAN), *table.cells[1:])
    ]
    _, group, result = divided(table=replace(table, cells=cells))
    assert len(group) == 1
    assert result.submissions[0].dikarantina == 2


def test_a_share_is_another_submission_than_the_same_bytes_sent_by_the_unit_itself() -> None:
    file = File("ab" * 32, 1, "text/csv", "rekap.csv", "file:///kotak", ARRIVAL)
    recap = Submission("kpu", "33", "2026-TW3", "kotak_masuk", file.sidik, ARRIVAL, (file,))
    own = replace(recap, kode_satker="33.74")
    share = recap.share("33.74")
    assert share.id not in {own.id, recap.id}
    assert (share.saluran, share.rekap, share.berkas) == (RECAP, recap.id, recap.berkas)
    sent = replace(submission(sheet(*rows(SEMARANG)), cover={}, code="33"), id=recap.id)
    [[_, reading]] = with_shares([sent], register())
    assert reading.id == share.id


def test_an_unreadable_file_has_no_shares() -> None:
    sent = replace(submission(cover={}, code="33"), document=None)
    assert with_shares([sent], register()) == [[sent]]
    assert with_shares([replace(sent, document=Document("xlsx"))], register()) == [
        [replace(sent, document=Document("xlsx"))]
    ]


@pytest.mark.mesin
def test_a_moment_in_utc_is_a_day_of_the_unit_s_own_zone_not_of_the_sender_s() -> None:
    """23:30 of the quarter's last day in Jakarta is the next quarter in Papua, two hours on."""
    eastern = {"kode_satker": "91.03", "nama_satker": None, "url_bukti": "https://kpu.go.id/91/1"}
    moment = {"hari": None, "tanggal_selesai": None, "tanggal_publikasi": None, "tanggal_mulai": "2026-08-31T16:30:00Z"}
    _, _, result = divided(SEMARANG | moment, eastern | moment, code="00")
    days = result.accepted["kegiatan"].set_index("kode_satker")["tanggal_mulai"]
    assert {code: f"{day:%Y-%m-%d}" for code, day in days.items()} == {"33.74": "2026-08-31", "91.03": "2026-09-01"}
