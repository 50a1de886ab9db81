"""The linter finds what was planted, wherever a file can hold it, and nothing in what is rightly there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from humas.bodies import BODIES, shared_laws
from humas.periods import quarter_of

from tests.terms.files import MADE
from tests.terms.laws import known_laws, law_faults
from tests.terms.lint import Linter

ROOT = Path(__file__).parents[2]
GENERATED = "kamus-data.md"
"""Holds where the calendar of elections comes from, laws that nobody cites to a reader of reports."""
CITING = [
    *sorted((ROOT / "include/humas/contract/data").iterdir()),
    *sorted(one for one in (ROOT / "docs").glob("*.md") if one.name != GENERATED),
]
END = quarter_of("2026-TW3").end
TITLE_10 = BODIES["bawaslu"].laws[-1].title
PLANTED = {
    "name of another body": ("bawaslu", "Disampaikan oleh KPU", "KPU"),
    "its name in full, in capitals": ("pemda", "BADAN PENGAWAS PEMILIHAN UMUM", "BADAN PENGAWAS PEMILIHAN UMUM"),
    "its name in Aceh": ("bawaslu", "KIP Kota Banda Aceh", "KIP"),
    "its name with an underscore": ("pemda", "nama_kpu", "kpu"),
    "a host of its own": ("bawaslu", "https://kota-semarang.kpu.go.id/", "kpu.go.id"),
    "an account that begins with its name": ("kpu", "akun @bawaslukabklaten", "bawaslukabklaten"),
    "a framework": ("bawaslu", "Delapan strategi kehumasan", "strategi kehumasan"),
    "a part of a framework": ("kpu", "Netralitas ASN dan lainnya: Keprotokolan dan media", "Keprotokolan dan media"),
    "what its parts are called": ("pemda", "Menurut strategi", "Menurut strategi"),
    "the basis of a framework": ("pemda", "Juknis Bakohumas", "Bakohumas"),
    "an addressee": ("kpu", "Disampaikan kepada Sekretaris Daerah", "Sekretaris Daerah"),
    "a letterhead": ("bawaslu", "KEMENTERIAN DALAM NEGERI", "KEMENTERIAN DALAM NEGERI"),
    "an example of another body": ("pemda", "Misalnya Siaran pers posko kawal hak pilih", "Siaran pers posko kawal hak pilih"),
    "a law of another body": ("pemda", "menurut PKPU 22/2023", "PKPU 22/2023"),
    "a law that no table has": ("kpu", "menurut UU 7/2017", "UU 7/2017"),
    "a law of another kind": ("kpu", "menurut Perki 22/2023", "Perki 22/2023"),
    "a law with another title": ("pemda", "UU 14/2008 tentang Pers", "UU 14/2008 tentang Pers"),
    "a law without its change": ("bawaslu", TITLE_10.partition(", sebagaimana")[0] + ".", TITLE_10[:60]),
    "a unit that does not exist": ("kpu", "KPU Kabupaten Atlantis", "KPU Kabupaten Atlantis"),
    "a unit under its signer": ("pemda", "Sekretaris Daerah Kota Atlantis", "Sekretaris Daerah Kota Atlantis"),
    "a unit with another's kind": ("bawaslu", "Bawaslu Kota Klaten", "Bawaslu Kota Klaten"),
    "a code of another unit": ("bawaslu", "Bawaslu Kota Semarang (33.22)", "Kota Semarang (33.22)"),
    "a name that it has not in Aceh": ("kpu", "KPU Kota Banda Aceh", "KPU Kota Banda Aceh"),
}  # fmt: skip
DATED = {
    "before it": ("kpu", "2023-TW3", "Keputusan KPU 542/2021, PKPU 22/2023", ["PKPU 22/2023"]),
    "from its day": ("kpu", "2023-TW4", "Keputusan KPU 542/2021, PKPU 22/2023", []),
    "before a shared one": ("pemda", "2021-TW1", "Perki 1/2021", ["Perki 1/2021"]),
    "a unit before it was there": ("kpu", "2022-TW3", "KPU Provinsi Papua Selatan", ["KPU Provinsi Papua Selatan"]),
    "a unit since it is there": ("kpu", "2022-TW4", "KPU Provinsi Papua Selatan", []),
    "a code as it was": ("bawaslu", "2022-TW3", "Bawaslu Kabupaten Merauke (91.01)", []),
    "a code as it was, later": ("bawaslu", "2023-TW1", "Bawaslu Kabupaten Merauke (91.01)", ["Kabupaten Merauke (91.01)"]),
    "a change before it": ("bawaslu", "2021-TW3", TITLE_10, [TITLE_10[:60]]),
}  # fmt: skip
RIGHT = {
    "its own names": ("pemda", "Disampaikan kepada Sekretaris Daerah, lalu Gubernur; PEMERINTAH KOTA SEMARANG"),
    "its own laws": ("bawaslu", " ".join(f"{number}. {law}" for number, law in enumerate(BODIES["bawaslu"].legal_basis(END), 1))),
    "laws of all": ("kpu", "Umum (UU 14/2008); Pemilu (Perki 1/2019)"),
    "a title over a line": ("pemda", "UU 14/2008 tentang Keterbukaan\nInformasi Publik"),
    "a unit over a line": ("pemda", "Sekretaris Daerah Kabupaten Aceh\nSelatan"),
    "choices of all": ("pemda", "Komdigi, Jarimu Awasi Pemilu (Bawaslu), KPU, Lainnya"),
    "a common word": ("pemda", "bidang tanah, strategi komunikasi, kota lama"),
    "a head of a column": ("kpu", "Kabupaten atau Kota\nTriwulan III"),
    "a letter's number": ("kpu", "045/HM.02.00/2026 tahun 2026"),
}  # fmt: skip


def found(body: str, text: str, *, spoken: tuple[str, ...] = (), on: date = END, place: str = "value") -> list[str]:
    name, make = MADE[place]
    return [one.term for one in Linter(body, on, spoken).content(name, make(text))]


@pytest.mark.parametrize(("body", "text", "term"), PLANTED.values(), ids=list(PLANTED))
def test_what_is_wrong_is_found(body: str, text: str, term: str) -> None:
    assert any(one.startswith(term) for one in found(body, text))


@pytest.mark.parametrize(("body", "period", "text", "wrong"), DATED.values(), ids=list(DATED))
def test_law_and_units_are_those_of_the_day(body: str, period: str, text: str, wrong: list[str]) -> None:
    told = found(body, text, on=quarter_of(period).end)
    assert len(told) == len(wrong)
    assert all(one.startswith(term) for one, term in zip(told, wrong, strict=True))


@pytest.mark.parametrize("place", MADE)
@pytest.mark.parametrize("text", ["Bakohumas", "PKPU Nomor 22 Tahun 2023", "Bawaslu Kota Atlantis"])
def test_it_is_found_in_every_place_of_every_file(place: str, text: str) -> None:
    assert found("bawaslu", text, place=place)


@pytest.mark.parametrize(("body", "text"), RIGHT.values(), ids=list(RIGHT))
def test_what_is_right_is_not_found(body: str, text: str) -> None:
    assert found(body, text) == []


@pytest.mark.parametrize(
    ("spoken", "text", "wrong"),
    [
        ("Rapat bersama KPU Kota Semarang", "1. Rapat bersama KPU Kota Semarang; Kegiatan", []),
        ("KPU", "KPU", []),
        ("KPU", 'baris milik "KPU", kiriman ini dari Bawaslu', []),
        ("Bakohumas", "Disampaikan kepada Bakohumas", ["Bakohumas"]),
        ("UU 7/2017", "UU 7/2017", []),
        ("rapat", "rapat KPU", ["KPU"]),
    ],
    ids=["title in a line", "name alone", "name quoted", "name elsewhere", "law", "beside it"],
)
def test_what_senders_wrote_is_theirs(spoken: str, text: str, wrong: list[str]) -> None:
    assert found("bawaslu", text, spoken=(spoken,)) == wrong


@pytest.mark.parametrize("body", BODIES)
def test_every_title_is_read_as_a_citation_and_stands_once(body: str) -> None:
    laws = dict.fromkeys((*BODIES[body].laws, *shared_laws().values()))
    assert sum(map(len, known_laws(body).values())) == len(laws)
    assert len({(law.title, law.valid_from) for law in laws}) == len(laws)


@pytest.mark.parametrize("file", CITING, ids=lambda one: one.name)
def test_every_law_that_the_contract_and_the_handbooks_cite_stands_in_a_table(file: Path) -> None:
    known = {key: laws for body in BODIES for key, laws in known_laws(body).items()}
    assert list(law_faults(" ".join(file.read_text(encoding="utf-8").split()), known, END)) == []
