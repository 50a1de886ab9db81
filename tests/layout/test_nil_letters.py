"""Letters that say in a sentence that a quarter had nothing to report, and what only looks like one."""

from __future__ import annotations

import pytest
from humas.layout.nil_letters import quarters_of_letter
from humas.layout.tables import recognise_sheet
from humas.reading.table import RawTable
from humas.validation.result import SubmissionStatus

from tests.validation.samples import row, sheet, submission, validate

NIL: dict[str, tuple[str, set[str]]] = {
    "there is none": ("Selama Triwulan III Tahun 2026 tidak ada kegiatan kehumasan.", {"kegiatan"}),
    "not carried out": (
        "Bersama ini disampaikan bahwa pada Triwulan III 2026 KPU Kabupaten Asmat tidak melaksanakan kegiatan kehumasan.",
        {"kegiatan"},
    ),
    "is nil": ("Laporan kegiatan kehumasan Triwulan III Tahun 2026 KPU Kabupaten Asmat adalah NIHIL.", {"kegiatan"}),
    "nil of": (
        "Sehubungan dengan laporan Triwulan III Tahun 2026, kami menyatakan NIHIL kegiatan kehumasan.",
        {"kegiatan"},
    ),
    "first and last month, a reason": (
        "Pada periode Juli s.d. September 2026 kegiatan kehumasan tidak ada karena keterbatasan anggaran.",
        {"kegiatan"},
    ),
    "of requests": (
        "Selama Triwulan III 2026 tidak terdapat permohonan informasi publik yang masuk.",
        {"permohonan_info"},
    ),
    "of two": ("Pada Triwulan III 2026 tidak ada kegiatan kehumasan dan publikasi.", {"kegiatan", "publikasi"}),
    "without reserve": ("Selama TW III 2026 kami tidak mengadakan acara (NIHIL), mohon maklum.", {"kegiatan"}),
}
NOT_NIL: dict[str, str] = {
    "a condition": "Apabila selama Triwulan III 2026 tidak ada kegiatan kehumasan, tulis NIHIL.",
    "a condition behind a short form": "Bila Kab. Asmat pada Triwulan III 2026 tidak ada kegiatan kehumasan, dianggap nihil.",
    "blanks to fill in": "Pada Triwulan III 2026 di KPU Kabupaten ........ tidak ada kegiatan kehumasan.",
    "an example": "Contoh: selama Triwulan III 2026 tidak ada kegiatan kehumasan.",
    "a question": "Apakah selama Triwulan III 2026 tidak ada kegiatan kehumasan?",
    "a request": "Mohon menyampaikan laporan nihil kegiatan Triwulan III 2026.",
    "a month alone": "Selama bulan Juli 2026 tidak ada kegiatan kehumasan.",
    "a month of a quarter": "Selama bulan Juli pada Triwulan III 2026 tidak ada kegiatan kehumasan.",
    "no quarter": "Tidak ada kegiatan kehumasan.",
    "an exception": "Selama Triwulan III 2026 tidak ada kegiatan kehumasan selain sosialisasi.",
    "a part": "Selama Triwulan III 2026 tidak ada kegiatan kehumasan yang tertunda.",
    "a mode": "Selama Triwulan III 2026 tidak melaksanakan kegiatan kehumasan secara tatap muka.",
    "a place": "Selama Triwulan III 2026 tidak ada kegiatan kehumasan di luar kantor.",
    "none unreported": "Selama Triwulan III 2026 tidak ada kegiatan kehumasan yang tidak dilaporkan.",
    "not nil": "Kegiatan kehumasan Triwulan III 2026 tidak nihil.",
    "something else": "Selama Triwulan III 2026 tidak ada kendala dalam kegiatan kehumasan.",
    "money": "Anggaran kegiatan Triwulan III 2026 nihil.",
    "much was done": "Pada Triwulan III 2026 telah dilaksanakan lima kegiatan. Pada Triwulan III 2026 tidak ada publikasi.",
}


def letter(*sentences: str, name: str = "Surat") -> RawTable:
    """A letter with its head, these sentences and its signature."""
    lines = [["KPU KABUPATEN ASMAT"], [], ["Nomor", ":", "12/HM.02/9304/2026"], [], *([one] for one in sentences)]
    return RawTable(name, [*lines, [], ["Asmat, 1 Oktober 2026"], ["Sekretaris"]])


def declared(table: RawTable) -> set[str]:
    return {sheet.dataset.name for sheet in recognise_sheet(table).sheets if sheet.nihil and sheet.by_letter}


@pytest.mark.parametrize(("sentence", "named"), NIL.values(), ids=NIL)
def test_a_letter_is_nil_of_what_it_names(sentence: str, named: set[str]) -> None:
    assert declared(letter(sentence)) == named
    first, rest = sentence[: len(sentence) // 2].rsplit(" ", 1)
    assert declared(letter(first, rest + sentence[len(sentence) // 2 :])) == named, "over two rows"


@pytest.mark.parametrize("sentence", NOT_NIL.values(), ids=NOT_NIL)
def test_what_only_looks_like_it_is_none(sentence: str) -> None:
    assert declared(letter(sentence)) == set()


SAYS_SO = NIL["there is none"][0]


def test_a_template_or_a_table_is_no_letter() -> None:
    assert declared(letter(SAYS_SO, name="Format surat nihil")) == set()
    listed = [[n, "Audiensi", "Aula", 12] for n in range(1, 4)]
    assert declared(RawTable("Surat", [*letter(SAYS_SO).cells, *listed])) == set()


def test_a_letter_tells_its_quarter() -> None:
    [one] = recognise_sheet(letter("Perihal: laporan Triwulan II Tahun 2026", SAYS_SO)).sheets
    assert quarters_of_letter(one) == {"2026-TW2", "2026-TW3"} or quarters_of_letter(one) == {"2026-TW3"}


VERDICTS = {
    "alone": ([letter(SAYS_SO)], SubmissionStatus.NIHIL, "K25"),
    "of another quarter": ([letter(SAYS_SO.replace("III", "II"))], SubmissionStatus.REFUSED, "K30"),
    "beside rows": ([letter(SAYS_SO), sheet(row())], SubmissionStatus.WITH_NOTES, "V48"),
    "beside a table that is not read": (
        [letter(SAYS_SO), RawTable("Lain", [["a", "b", "c", "d"]] * 4)], SubmissionStatus.REFUSED, "V48",
    ),
    "a condition alone": ([letter(NOT_NIL["a condition"])], SubmissionStatus.REFUSED, "V48"),
}  # fmt: skip


@pytest.mark.parametrize(("tables", "status", "code"), VERDICTS.values(), ids=VERDICTS)
def test_what_becomes_of_a_file_with_a_letter(tables: list[RawTable], status: SubmissionStatus, code: str) -> None:
    result = validate(submission(*tables))
    assert result.submissions[0].status is status
    assert code in set(result.findings["kode"])
