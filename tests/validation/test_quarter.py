"""Whose quarter it is: files of another quarter are asked about once, and no row counts in two quarters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from humas.contract.columns import BY_NAME, DATASETS, KEGIATAN
from humas.validation.quarter import Elsewhere
from humas.validation.result import BatchResult, SubmissionStatus
from humas.validation.validate import validate_batch

from tests.validation.samples import SETTINGS, calendar, register, row, sheet, submission

pytestmark = pytest.mark.mesin

K, P, I, H, *_ = BY_NAME.values()  # noqa: E741
TW2, TW3, TW4, LAST_YEAR = date(2026, 4, 6), date(2026, 7, 6), date(2026, 10, 5), date(2025, 8, 4)
JANUARY = datetime(2027, 1, 8, 2, tzinfo=UTC)
UNDATED = {"hari": None, "tanggal_selesai": None, "tanggal_publikasi": None}


def activities(start: date, quantity: int) -> list[list[object]]:
    """So many activities from a day on, at most three a day, no two alike."""
    return [
        row(KEGIATAN, tanggal_mulai=start + timedelta(n // 3), judul=f"Rapat koordinasi kehumasan nomor {n}", **UNDATED)
        for n in range(quantity)
    ]


def judged(*rows: list[object], elsewhere: Elsewhere | None = None, dataset=KEGIATAN, arrival=JANUARY) -> BatchResult:
    sent = submission(sheet(*rows, dataset=dataset), arrival=arrival)
    return validate_batch([sent], register(), calendar(), SETTINGS, elsewhere or Elsewhere())


@dataclass
class Counts:
    """Rows that other quarters count, as a warehouse would tell: those of the quarter, whatever is asked."""

    rows: Mapping[str, str]

    def __call__(self, body: str, quarter: str, dataset: str, early: Collection[str]) -> Mapping[str, str]:
        return self.rows


def ids(result: BatchResult, dataset=KEGIATAN) -> list[str]:
    return list(result.accepted[dataset.name]["id_baris"])


CONTENT = [
    ("a good file", activities(TW3, 50), False),
    ("three late rows among fifty", [*activities(TW3, 50), *activities(TW2, 3)], False),
    ("one row of the quarter among four late ones", [*activities(TW3, 1), *activities(TW2, 4)], False),
    ("nine late rows and one", [*activities(TW3, 1), *activities(TW2, 9)], False),
    ("ten late rows and three", [*activities(TW3, 3), *activities(TW2, 10)], False),
    ("ten late rows and two", [*activities(TW3, 2), *activities(TW2, 10)], True),
    ("one late row alone", activities(TW2, 1), True),
    ("two late rows alone", activities(TW2, 2), True),
    ("the quarter before", activities(TW2, 50), True),
    ("the quarter after", activities(TW4, 50), True),
    ("half of it the quarter after", [*activities(TW3, 20), *activities(TW4, 20)], False),
    ("the same quarter of last year", activities(LAST_YEAR, 20), True),
    ("a late row beside one without a date", [*activities(TW2, 1), row(tanggal_mulai="besok", **UNDATED)], False),
    ("a file of dates to come", [row(tanggal_mulai=date(2027, 3, 1), **UNDATED)], False),
]


@pytest.mark.parametrize(("rows", "held"), [one[1:] for one in CONTENT], ids=[one[0] for one in CONTENT])
def test_a_file_is_asked_about_when_nearly_nothing_of_it_is_of_the_quarter(rows, held):
    result = judged(*rows)
    (verdict,), code = result.submissions, list(result.findings["kode"])
    assert ("K43" in code) is held
    if held:
        assert code == ["K43"]
        assert (verdict.status, verdict.diterima) == (SubmissionStatus.REFUSED, 0)
        assert verdict.baris_masuk == verdict.dikarantina == len(rows)
        assert result.accepted["kegiatan"].empty
        assert result.quarantine.empty


QUESTIONS = [
    ("before", activities(TW2, 50), None,
     "50 dari 50 baris bukan baris Triwulan III 2026: 50 bertanggal dalam Triwulan II 2026. Apakah ini memang"
     " laporan Triwulan III 2026?", True),
    ("after", activities(TW4, 50), None,
     "50 dari 50 baris bukan baris Triwulan III 2026: 50 bertanggal dalam Triwulan IV 2026. Yang sudah diterima untuk"
     " Triwulan III 2026 tetap berlaku.", False),
    ("two quarters", [*activities(TW2, 2), *activities(LAST_YEAR, 3)], None,
     "5 dari 5 baris bukan baris Triwulan III 2026: 3 bertanggal dalam Triwulan III 2025, 2 bertanggal dalam"
     " Triwulan II 2026. Apakah", True),
    ("counted there", activities(TW2, 2), "2026-TW2", "2 bertanggal dalam Triwulan II 2026 (semuanya sudah dihitung di sana).", True),
    ("counted later", activities(TW3, 2), "2026-TW4", ": 2 sudah dihitung pada laporan Triwulan IV 2026. Apakah", True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "released", "message", "answered"),
    [question[1:] for question in QUESTIONS],
    ids=[question[0] for question in QUESTIONS],
)
def test_the_question_names_both_quarters_how_many_and_what_to_do(rows, released, message, answered):
    outside = Elsewhere()
    if released:
        other = Elsewhere(released=frozenset({"k1"}))
        outside = Elsewhere(counted=Counts(dict.fromkeys(ids(judged(*rows, elsewhere=other)), released)))
    (verdict,) = judged(*rows, elsewhere=outside).submissions
    assert message in verdict.alasan
    assert verdict.cara.startswith("Kirim berkas Triwulan III 2026.")
    assert "{periode}" in verdict.cara
    assert ("./humas terima 33.74 2026-TW3 --lembaga kpu" in verdict.cara) is answered


def test_what_a_person_let_pass_is_asked_about_no_more_and_its_early_rows_are_late_ones():
    result = judged(*activities(TW2, 50), elsewhere=Elsewhere(released=frozenset({"k1"})))
    assert result.submissions[0].status is SubmissionStatus.WITH_NOTES
    assert set(result.findings["kode"]) == {"V09"}
    assert result.accepted["kegiatan"]["susulan"].all()
    assert len(result.accepted["kegiatan"]) == 50


def test_letting_a_file_pass_lets_no_later_row_and_no_counted_row_pass():
    released = frozenset({"k1"})
    result = judged(*activities(TW4, 12), elsewhere=Elsewhere(released=released))
    assert set(result.quarantine["kode"]) == {"K44"}
    early = ids(judged(*activities(TW2, 12), elsewhere=Elsewhere(released=released)))
    again = Elsewhere(counted=Counts(dict.fromkeys(early, "2026-TW2")), released=released)
    result = judged(*activities(TW2, 12), elsewhere=again)
    assert set(result.quarantine["kode"]) == {"K45"}
    assert result.submissions[0].status is SubmissionStatus.REFUSED


AFTER = [
    (K, {"tanggal_mulai": "06/10/2026", **UNDATED}, "K44"),
    (P, {"tanggal_terbit": "06/10/2026"}, "K44"),
    (
        I,
        {"no_registrasi": "9/2026", "tanggal_terima": "06/10/2026", "tanggal_lengkap": None, "tanggal_tanggapan": None},
        "K44",
    ),
    (
        H,
        {"id_isu": "nomor-lain-9", "tanggal_temuan": "06/10/2026 08.00", "tanggal_klarifikasi": "06/10/2026 09.00"},
        "K44",
    ),
    (K, {"tanggal_mulai": "30/06/2026", **UNDATED}, "V09"),
    (P, {"tanggal_terbit": "30/06/2026"}, "V09"),
    (
        I,
        {
            "no_registrasi": "9/2026",
            "tanggal_terima": "30/06/2026",
            "tanggal_lengkap": None,
            "tanggal_tanggapan": "02/07/2026",
        },
        "",
    ),
    (
        H,
        {"id_isu": "nomor-lain-9", "tanggal_temuan": "30/06/2026 08.00", "tanggal_klarifikasi": "30/06/2026 09.00"},
        "",
    ),
]


@pytest.mark.parametrize(("dataset", "content", "code"), AFTER, ids=[f"{h.name} {k or 'late'}" for h, _, k in AFTER])
def test_rows_after_the_quarter_are_held_and_rows_before_it_are_late_in_every_data_set(dataset, content, code):
    result = judged(row(dataset), row(dataset, **content), dataset=dataset)
    assert set(result.findings.loc[result.findings["baris"] == 3, "kode"]) == ({code} if code else set())
    assert list(result.quarantine["baris"]) == ([3] if code == "K44" else [])
    if code == "K44":
        finding = result.findings.set_index("kode").loc["K44"]
        assert "6 Oktober 2026 sesudah Triwulan III 2026; baris ini milik Triwulan IV 2026." in finding["pesan"]
        assert finding["cara"] == "Kirim dalam laporan Triwulan IV 2026."
    else:
        assert result.accepted[dataset.name]["susulan"].tolist() == [False, True]


@pytest.mark.parametrize("dataset", [one for one in DATASETS if not one.of_quarter_end], ids=lambda one: one.name)
def test_a_row_that_another_quarter_counts_is_held_with_the_quarter(dataset):
    rows = [row(dataset), row(dataset, **{dataset.keys[-1]: _another(dataset)})]
    frame = judged(*rows, dataset=dataset).accepted[dataset.name]
    one = frame["id_baris"].iloc[0]
    if dataset.dated_by not in dataset.keys:
        one += f"@{frame[dataset.dated_by].iloc[0]:%Y-%m-%d}"
    result = judged(*rows, dataset=dataset, elsewhere=Elsewhere(counted=Counts({one: "2026-TW4"})))
    assert list(result.quarantine["kode"]) == ["K45"]
    finding = result.findings.set_index("kode").loc["K45"]
    assert "baris ini sudah dihitung pada laporan Triwulan IV 2026." in finding["pesan"]
    assert "kirim perbaikan laporan Triwulan IV 2026" in finding["cara"]
    assert len(result.accepted[dataset.name]) == 1


def _another(dataset) -> object:
    return {"judul": "Rapat kehumasan yang lain", "tanggal_terbit": "03/07/2026"}.get(dataset.keys[-1], "nomor-lain-9")


@pytest.mark.parametrize("dataset", [I, H], ids=lambda one: one.name)
def test_a_number_given_anew_on_another_day_is_another_row(dataset):
    one = judged(row(dataset), dataset=dataset).accepted[dataset.name]["id_baris"].iloc[0]
    other = Elsewhere(counted=Counts({f"{one}@2026-04-02": "2026-TW2"}))
    assert judged(row(dataset), dataset=dataset, elsewhere=other).quarantine.empty


def test_a_late_row_that_its_own_quarter_counts_is_told_once():
    rows = [*activities(TW3, 20), *activities(TW2, 1)]
    late = judged(*rows).accepted["kegiatan"].set_index("susulan").loc[True, "id_baris"]
    result = judged(*rows, elsewhere=Elsewhere(counted=Counts({late: "2026-TW2"})))
    assert list(result.findings["kode"]) == ["K45"]


NIHIL = [
    ("nothing known", Elsewhere(), SubmissionStatus.NIHIL),
    ("the very bytes of another quarter's address", Elsewhere(repeats={"k1": "2026-TW2"}), SubmissionStatus.REFUSED),
    (
        "let pass",
        Elsewhere(repeats={"k1": "2026-TW2"}, released=frozenset({"k1"})),
        SubmissionStatus.NIHIL,
    ),
]


@pytest.mark.parametrize(("outside", "status"), [one[1:] for one in NIHIL], ids=[one[0] for one in NIHIL])
def test_a_nil_file_left_at_its_address_is_asked_about(outside, status):
    sent = submission(sheet(), cover={"nihil": "Ya"})
    (verdict,) = validate_batch([sent], register(), calendar(), SETTINGS, outside).submissions
    assert verdict.status is status
    if status is SubmissionStatus.REFUSED:
        assert "sama persis dengan berkas Triwulan II 2026" in verdict.alasan


def test_what_is_held_leaves_the_others_of_its_batch_as_they_are_alone():
    good = submission(sheet(*activities(TW3, 4)), number=1, arrival=JANUARY)
    other = submission(
        sheet(*activities(TW2, 4), *activities(TW2, 1)), number=2, code="33.22", cover={}, arrival=JANUARY
    )
    together = validate_batch([other, good], register(), calendar(), SETTINGS)
    alone = validate_batch([good], register(), calendar(), SETTINGS)
    assert together.submissions[1] == alone.submissions[0]
    assert together.accepted["kegiatan"].equals(alone.accepted["kegiatan"])
    assert together.submissions[0].status is SubmissionStatus.REFUSED
    assert together.duplicates.empty
