"""Official accounts, row by row and against the publications of their unit: of the quarter's end, told once, listed where used."""

from __future__ import annotations

import pytest
from humas.contract.columns import AKUN, PUBLIKASI
from humas.reading.table import RawTable

from tests.validation.samples import row, sheet, submission, validate

pytestmark = pytest.mark.mesin

COMPLETE = {"nama_akun": "@kpu_semarang", "platform": "Instagram", "tautan": "https://www.instagram.com/kpu_semarang"}
ROWS = {
    "good": ({}, ""),
    "no day of the data": ({"tanggal_data": None}, ""),
    "counted while the report was written": ({"tanggal_data": "05/10/2026"}, ""),
    "counted before the quarter": ({"tanggal_data": "30/06/2026", "unggahan_terakhir": None}, "K86"),
    "counted on its first day": ({"tanggal_data": "01/07/2026", "unggahan_terakhir": None}, ""),
    "counted after the file came": ({"tanggal_data": "07/10/2026"}, "K86"),
    "last post on the day of the data": ({"tanggal_data": "28/09/2026"}, ""),
    "last post after the day of the data": ({"tanggal_data": "27/09/2026"}, "K86"),
    "last post on the last day": ({"unggahan_terakhir": "30/09/2026"}, ""),
    "last post after the quarter": ({"unggahan_terakhir": "01/10/2026", "tanggal_data": "05/10/2026"}, "K86"),
    "active, last post on the first day": ({"unggahan_terakhir": "01/07/2026"}, ""),
    "active, last post before the quarter": ({"unggahan_terakhir": "30/06/2026"}, "K87"),
    "out of use, last post before the quarter": ({"unggahan_terakhir": "30/06/2026", "status": "Tidak aktif"}, ""),
    "on another platform": ({"platform": "Facebook"}, "K88"),
    "a short link": ({"tautan": "https://s.id/kpusmg"}, ""),
    "some other platform": ({"platform": "Lainnya"}, ""),
    "Twitter is X": ({"platform": "Twitter", "tautan": "https://twitter.com/kpu_semarang"}, ""),
    "a name that only looks like a platform's": ({"tautan": "https://instagram.com.example/kpu"}, ""),
    "known by its link alone": ({"nama_akun": None}, ""),
    "neither name nor link": ({"nama_akun": None, "tautan": None}, "K66"),
    "no platform": ({"platform": None}, "K47"),
    "no status": ({"status": None}, "K47"),
    "followers in words": ({"pengikut": "banyak"}, "K03"),
    "nobody said how many follow": ({"pengikut": None}, ""),
    "a private address for a name": ({"nama_akun": "warga.contoh@gmail.com"}, "V32"),
}  # fmt: skip
TWICE = {
    "the very same": ({}, "K17"),
    "with other followers": ({"pengikut": "7"}, "K85"),
    "in other letters, with other followers": ({"nama_akun": "@KPU_Semarang", "pengikut": "7"}, "K85"),
    "without the sign, with other followers": ({"nama_akun": "kpu_semarang", "pengikut": "7"}, "K85"),
    "by its link, with other followers": ({"nama_akun": "https://instagram.com/kpu_semarang/", "pengikut": "7"}, "K85"),
    "another name": ({"nama_akun": "@kpu.semarang", "pengikut": "7"}, ""),
    "another platform": ({"platform": "Threads", "tautan": "https://www.threads.net/@kpu_semarang"}, ""),
}
PUBLISHED = {
    "the listed account": ({"akun": "@kpu_semarang"}, ""),
    "the listed account, a sign left out": ({"akun": "kpusemarang"}, ""),
    "the listed account by its link": ({"akun": "instagram.com/kpu_semarang"}, ""),
    "an account nobody listed": ({"akun": "@kpu_lain"}, "K89"),
    "the account on another platform": ({"akun": "@kpu_semarang", "kanal": "TikTok", "url": "https://www.tiktok.com/@a/video/1"}, "K89"),
    "on the radio": ({"akun": "RRI Semarang", "kanal": "Radio", "url": None}, ""),
    "nobody says where": ({"akun": "@kpu_lain", "kanal": None}, "K47"),
    "nobody says whose": ({"akun": None}, ""),
}  # fmt: skip


def codes(*tables: RawTable, line: int = 2, of: str = "akun") -> str:
    found = validate(submission(*tables)).findings
    return ",".join(sorted(set(found.loc[(found["baris"] == line) & (found["himpunan"] == of), "kode"])))


def listed(*changes: dict[str, object]) -> RawTable:
    return sheet(*(row(AKUN, **COMPLETE | one) for one in changes), dataset=AKUN)


@pytest.mark.parametrize(("change", "code"), ROWS.values(), ids=ROWS)
def test_an_account_is_told_as_it_stood_at_the_end_of_the_quarter(change: dict[str, object], code: str) -> None:
    assert codes(listed(change)) == code


@pytest.mark.parametrize(("change", "code"), TWICE.values(), ids=TWICE)
def test_one_account_is_told_once(change: dict[str, object], code: str) -> None:
    assert codes(listed({}, change), line=3) == code


@pytest.mark.parametrize(("change", "code"), PUBLISHED.values(), ids=PUBLISHED)
def test_what_publications_name_is_in_the_list(change: dict[str, object], code: str) -> None:
    told = sheet(row(PUBLIKASI, **{"kanal": "Instagram", **change}), dataset=PUBLIKASI)
    assert codes(listed({}), told, of="publikasi") == code


def test_where_nobody_sends_a_list_no_publication_is_asked_about() -> None:
    told = sheet(row(PUBLIKASI, kanal="Instagram", akun="@kpu_lain"), dataset=PUBLIKASI)
    assert codes(told, of="publikasi") == ""


def test_an_account_outside_the_list_is_told_once_a_file() -> None:
    again = [row(PUBLIKASI, akun="@kpu_lain", url=f"https://www.instagram.com/p/{number}") for number in range(3)]
    found = validate(submission(listed({}), sheet(*again, dataset=PUBLIKASI))).findings
    assert found.loc[found["kode"] == "K89", "baris"].tolist() == [2]


def test_a_row_is_of_the_quarter_of_its_file_whatever_its_day() -> None:
    result = validate(submission(listed({"tanggal_data": "05/10/2026"}, {"nama_akun": "lain", "tanggal_data": None})))
    assert result.accepted["akun"]["susulan"].tolist() == [False, False]


def test_a_last_post_after_the_quarter_is_left_out() -> None:
    accepted = validate(submission(listed({"unggahan_terakhir": "01/10/2026", "tanggal_data": None}))).accepted["akun"]
    assert accepted["unggahan_terakhir"].isna().tolist() == [True]


def test_passwords_are_neither_read_nor_kept() -> None:
    header = ["Platform", "Nama akun", "Password", "Pengikut"]
    table = RawTable(
        "Akun Medsos",
        [header, ["Instagram", "warga.contoh@gmail.com", "rahasia-123", 12], ["X", "@kpu_smg", "rahasia-456", 13]],
    )
    result = validate(submission(table))
    kept = [frame.to_json() for frame in (result.findings, result.quarantine, *result.accepted.values())]
    assert [one for one in kept if "rahasia" in one] == []
    assert len(result.quarantine) == 1
    assert "K90" in set(result.findings["kode"])
