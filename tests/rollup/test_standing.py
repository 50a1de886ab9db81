from __future__ import annotations

from datetime import date

import pytest
from humas.periods import DueDate, punctuality
from humas.rollup.standing import standings

from tests.rollup.nation import obligations, verdict, verdicts


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param("2026-10-07T16:59:59Z", "tepat_waktu", id="detik-terakhir-di-jakarta"),
        pytest.param("2026-10-07T17:00:00Z", "terlambat", id="lewat-tengah-malam-di-jakarta"),
        pytest.param("2026-10-14T16:59:59Z", "terlambat", id="akhir-tenggang"),
        pytest.param("2026-10-14T17:00:00Z", "sangat_terlambat", id="lewat-tenggang"),
        pytest.param("2026-09-01T00:00:00Z", "tepat_waktu", id="sebelum-triwulan-berakhir"),
    ],
)
def test_punctuality_is_by_the_date_in_jakarta(at: str, expected: str) -> None:
    verdict_rows = verdicts(verdict("33.74", at=at))
    (unit,) = standings(verdict_rows, obligations("33.74")).to_dict("records")
    assert unit["ketepatan"] == expected
    due = DueDate(date(2026, 10, 7), date(2026, 10, 14), (), "")
    assert punctuality(verdict_rows["diterima_pada"][0].to_pydatetime(), due) == expected


@pytest.mark.parametrize(
    ("version", "status", "punctuality_"),
    [
        pytest.param([], "menunggu", "belum_lapor", id="tidak-ada"),
        pytest.param([verdict("33.74", "menunggu")], "menunggu", "belum_lapor", id="belum-diperiksa"),
        pytest.param([verdict("33.74", "ditolak")], "ditolak", "belum_lapor", id="ditolak"),
        pytest.param([verdict("33.74", "nihil")], "nihil", "tepat_waktu", id="nihil-adalah-laporan"),
        pytest.param(
            [verdict("33.74", "diterima_sebagian", in_force=False), verdict("33.74", at="2026-10-20T00:00:00Z")],
            "diterima", "tepat_waktu", id="perbaikan-tidak-membuat-terlambat",
        ),
        pytest.param(
            [verdict("33.74", "ditolak"), verdict("33.74", at="2026-10-09T00:00:00Z")],
            "diterima", "terlambat", id="yang-ditolak-tidak-dihitung",
        ),
        pytest.param(
            [verdict("33.74"), verdict("33.74", "ditolak", at="2026-10-20T00:00:00Z")],
            "diterima", "tepat_waktu", id="perbaikan-yang-ditolak",
        ),
    ],
)  # fmt: skip
def test_which_version_decides(version: list[dict[str, object]], status: str, punctuality_: str) -> None:
    (unit,) = standings(verdicts(*version), obligations("33.74")).to_dict("records")
    assert (unit["status"], unit["ketepatan"]) == (status, punctuality_)
    assert (unit["lapor"], unit["tepat"]) == (int(punctuality_ != "belum_lapor"), int(punctuality_ == "tepat_waktu"))


def test_unit_without_obligation_is_not_in_the_denominator() -> None:
    assert list(standings(verdicts(verdict("33.74"), verdict("31")), obligations("31"))["kode_satker"]) == ["31"]


def test_counts_are_those_of_the_version_in_force() -> None:
    verdict_rows = verdicts(
        verdict("33.74", in_force=False, baris_masuk=9, diterima=9),
        verdict("33.74", at="2026-10-08T00:00:00Z", baris_masuk=5, diterima=4, kembar=1),
    )
    (unit,) = standings(verdict_rows, obligations("33.74")).to_dict("records")
    assert [unit[n] for n in ("baris_masuk", "diterima", "dikarantina", "kembar")] == [5, 4, 0, 1]
