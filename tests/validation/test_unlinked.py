"""Publications without an address: told by their title, told apart, and known again when their link comes."""

from __future__ import annotations

import pytest
from humas.contract.columns import BY_NAME
from humas.ledger import Part, replay
from humas.ledger.rows import rows_of
from humas.validation.result import BatchResult

from tests.validation.samples import ARRIVAL, findings, row, sheet, submission, validate

pytestmark = pytest.mark.mesin

PUBLIKASI = BY_NAME["publikasi"]
FIGURES = dict.fromkeys(("jangkauan", "tayangan", "suka", "komentar", "bagikan", "aksesibilitas"))
RADIO = {"judul": "Dialog pemilih pemula", "kanal": "Radio", "akun": None, "url": None, **FIGURES}
LINK = "https://rri.co.id/1"


def _file(*contents: dict[str, object], number: int = 1) -> BatchResult:
    return validate(submission(sheet(*(row(PUBLIKASI, **one) for one in contents), dataset=PUBLIKASI), number=number))


@pytest.mark.parametrize(
    ("second", "ends"),
    [
        pytest.param({"judul": "Tanya jawab daftar pemilih"}, (2, 0, 0), id="another title"),
        pytest.param({"tanggal_terbit": "03/07/2026"}, (2, 0, 0), id="another day"),
        pytest.param({"kanal": "Televisi"}, (2, 0, 0), id="another channel"),
        pytest.param({"url": LINK}, (2, 0, 0), id="a link"),
        pytest.param({"judul": "DIALOG pemilih-pemula"}, (1, 1, 0), id="the same title in other letters"),
        pytest.param({"suka": 7}, (1, 1, 0), id="the same told differently"),
        pytest.param({}, (1, 0, 1), id="the same told twice"),
    ],
)
def test_rows_without_a_link_are_told_apart_by_their_titles(second, ends):
    result = _file(RADIO, RADIO | second)
    assert (len(result.accepted["publikasi"]), len(result.quarantine), len(result.duplicates)) == ends


def test_a_link_that_cannot_be_read_lets_no_row_be_told_twice():
    result = _file(*(RADIO | {"url": "www.rri", "suka": count} for count in (1, 2)))
    assert (len(result.accepted["publikasi"]), len(result.quarantine)) == (1, 1)
    (told,) = findings(result)[findings(result)["kode"] == "K18"].to_dict("records")
    assert told["cara"] == "Satukan kedua baris; bila memang dua terbitan, bedakan judulnya atau tulis tautannya."


def test_a_title_never_equals_a_link():
    title = RADIO | {"judul": "httpsrricoid1"}
    assert len(_file(title, RADIO | {"url": LINK}).accepted["publikasi"]) == 2


@pytest.mark.parametrize(
    ("later", "changed", "new"),
    [
        pytest.param(RADIO | {"url": LINK}, 1, 0, id="its link"),
        pytest.param(RADIO | {"url": LINK, "kanal": None, "jenis_konten": None}, 0, 1, id="a link of no channel"),
        pytest.param(RADIO | {"url": LINK, "kanal": "Instagram"}, 0, 1, id="on another channel"),
        pytest.param(RADIO | {"url": LINK, "judul": "Dialog pemilih pertama"}, 0, 1, id="another title"),
        pytest.param(RADIO | {"url": LINK, "tanggal_terbit": "03/07/2026"}, 0, 1, id="on another day"),
    ],
)
def test_a_row_whose_link_comes_later_is_the_same_row(later, changed, new):
    ledger = replay(
        Part(
            f"k{number}",
            ARRIVAL,
            rows_of("publikasi", _file(one, number=number).accepted["publikasi"].to_dict("records")),
        )
        for number, one in enumerate((RADIO, later), 1)
    )
    outcome = ledger.outcomes[-1]
    assert (len(outcome.changed), len(outcome.new)) == (changed, new)
    assert len(ledger.in_force) == 1 + new


def test_a_row_without_any_other_cell_takes_its_link():
    bare = RADIO | {"kanal": None, "jenis_konten": None}
    first, second = (
        rows_of("publikasi", _file(one, number=number).accepted["publikasi"].to_dict("records"))
        for number, one in enumerate((bare, bare | {"url": LINK}), 1)
    )
    assert len(replay([Part("k1", ARRIVAL, first), Part("k2", ARRIVAL, second)]).outcomes[-1].changed) == 1


def test_a_blank_column_is_asked_for_once_and_not_for_what_has_no_address():
    post = RADIO | {"kanal": "Instagram"}
    result = _file(RADIO, post, post | {"judul": "Rapat pleno terbuka"})
    (asked,) = findings(result)[findings(result)["kolom"] == "url"].to_dict("records")
    assert (asked["kode"], asked["baris"]) == ("K46", 1)
    assert 'kolom "Tautan" kosong pada 2 baris' in asked["pesan"]


def test_nobody_is_asked_for_the_link_of_a_broadcast():
    result = _file(RADIO, RADIO | {"judul": "Tanya jawab daftar pemilih", "kanal": "Koran"})
    assert set(findings(result)["kolom"]) == set()
    (verdict,) = result.submissions
    assert verdict.sel_wajib_terisi == verdict.sel_wajib


@pytest.mark.parametrize(
    ("without", "held"),
    [
        pytest.param(("Tautan",), 0, id="no links"),
        pytest.param(("Tautan", "Judul konten"), 1, id="neither links nor titles"),
    ],
)
def test_a_table_without_the_column_is_held_when_no_title_stands_for_it(without, held):
    table = sheet(row(PUBLIKASI, **RADIO), dataset=PUBLIKASI)
    for at in sorted((table.cells[0].index(label) for label in without), reverse=True):
        for line in table.cells:
            del line[at]
    result = validate(submission(table))
    assert len(result.quarantine) == held
    assert ("K13" in set(findings(result)["kode"])) == bool(held)
