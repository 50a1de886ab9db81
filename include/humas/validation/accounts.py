"""The accounts that publications name, against the list of official accounts of their unit, where it sends one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from humas.contract.columns import AKUN, PUBLIKASI
from humas.contract.vocabulary import load_vocabulary
from humas.values.cells import fold
from humas.values.handles import handle_of

if TYPE_CHECKING:
    from humas.validation.rows import ReadRows

_UNIT = ["diminta_lembaga", "kode_satker"]


def with_accounts(readings: Sequence[ReadRows]) -> None:
    """Fill ``account_unlisted`` of publications: the account, at the first row of a file that names it.

    Only where the unit sends a list, and of channels that may stand in it: no account is on the radio.
    """
    frames = {reading.batch.dataset.name: reading.frame for reading in readings}
    publications, listed = frames[PUBLIKASI.name], _listed(frames[AKUN.name])
    if listed.empty:
        return
    platforms = load_vocabulary()[AKUN.by_name["platform"].vocabulary or ""].value
    units = set(listed[_UNIT].itertuples(index=False, name=None))
    known = set(listed.itertuples(index=False, name=None))
    named = publications[publications["akun"].notna() & publications["kanal"].isin(platforms)]
    named = named.assign(nama=named["akun"].map(_bare))
    told = [
        one[:2] in units and one not in known
        for one in named[[*_UNIT, "kanal", "nama"]].itertuples(index=False, name=None)
    ]
    first = named[np.array(told, bool)].drop_duplicates(["kiriman", *_UNIT, "kanal", "nama"])
    publications.loc[first.index, "account_unlisted"] = first["akun"]


def _listed(accounts: pd.DataFrame) -> pd.DataFrame:
    """Unit, platform and name of each account, by its name and by its link."""
    whose = accounts[[*_UNIT, "platform"]]
    names = [whose.assign(nama=accounts[column].map(_bare, na_action="ignore")) for column in ("nama_akun", "tautan")]
    return pd.concat(names).dropna().drop_duplicates()


def _bare(name: str) -> str:
    """A name as it is looked for: whoever leaves out a point or a space means the same account."""
    return fold(handle_of(name))
