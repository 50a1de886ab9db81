"""Accounts in a later file: one name on two platforms is two accounts, a name mended on one platform is one."""

from __future__ import annotations

import pytest
from humas.ledger import Intent, Row
from humas.ledger.likeness import alike, setting_of

CASES = {
    "the same name on another platform": ({"platform": "threads"}, False),
    "a slip in the name mended": ({"nama_akun": "kpukotasemarang"}, True),
    "another name": ({"nama_akun": "ppidsemarang"}, False),
}


def account(submission: str, **cells: str) -> Row:
    told = {"platform": "instagram", "nama_akun": "kpukotasemarnag", "status": "aktif", "pengikut": "5120"} | cells
    return Row(submission, f"{told['platform']}|{told['nama_akun']}", told["nama_akun"], None, told)


@pytest.mark.parametrize(("change", "one"), CASES.values(), ids=CASES)
def test_accounts_of_two_files(change: dict[str, str], one: bool) -> None:
    old, new = [account("a")], [account("b", **change)]
    assert len(alike(old, new, setting_of(old, new, 0, Intent.UNSAID))) == one
