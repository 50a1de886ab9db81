"""A list of accounts that no name tells: each row another account, its address that of the account and of no post."""

from __future__ import annotations

from collections.abc import Sequence

from humas.contract.columns import AKUN, PUBLIKASI, Dataset
from humas.layout.headers import Header
from humas.layout.search import complete
from humas.reading.table import RawTable
from humas.values.cells import as_text, fold, is_blank
from humas.values.handles import handle_of, leads_to_account

_TITLE, _CHANNEL, _ACCOUNT, _LINK, _DAY = "judul", "kanal", "akun", "url", "tanggal_terbit"
_FEWEST = 3
_LOOKED_AT = 60


def told_by_rows(table: RawTable, dataset: Dataset, header: Header) -> Dataset | None:
    """Accounts, where a table that would be posts names none: no title, and no account twice; None of any other table."""
    if dataset is not PUBLIKASI or _ACCOUNT not in header.columns or _TITLE in header.columns:
        return None
    header = complete(table, dataset, header)
    own = {name for name in header.columns if not dataset.by_name[name].from_cover}
    if not {_CHANNEL, _ACCOUNT} <= own <= {_CHANNEL, _ACCOUNT, _LINK, _DAY}:
        return None
    rows = [row for row in table.cells[header.row + 1 : header.row + 1 + _LOOKED_AT] if _names(row, header)]
    accounts = [(fold(_at(row, header, _CHANNEL)), fold(handle_of(_at(row, header, _ACCOUNT)))) for row in rows]
    links = [link for row in rows if (link := _at(row, header, _LINK))]
    different = len(accounts) >= _FEWEST and len(set(accounts)) == len(accounts)
    return AKUN if different and all(map(leads_to_account, links)) else None


def _names(row: Sequence[object], header: Header) -> bool:
    return bool(_at(row, header, _CHANNEL) and _at(row, header, _ACCOUNT))


def _at(row: Sequence[object], header: Header, name: str) -> str:
    """The text of a row in a column of the header; "" when it has none."""
    position = header.columns.get(name, len(row))
    return "" if position >= len(row) or is_blank(row[position]) else as_text(row[position]).strip()
