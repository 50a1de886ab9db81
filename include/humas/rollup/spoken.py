"""Which units spoke about which data set: each that a body asks for is an obligation. Not said is not zero."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from humas.contract.columns import DATASETS
from humas.rollup.levels import TIERS, by_level, rate_by_level, with_levels
from humas.rollup.standing import INVALID

if TYPE_CHECKING:
    from humas.warehouse import Obligation


def spoken(verdicts: pd.DataFrame, facts: Mapping[str, pd.DataFrame], asked: Collection[str]) -> pd.DataFrame:
    """One row per unit and data set of which a valid submission says something; columns kode_satker, himpunan, nihil, ditahan.

    It says something by rows, held ones too, by declaring it nil, or as a source that lists all there is by an empty list.
    Of a data set that is not asked for only rows say something: whoever has none owes no word.
    nihil: 1 where all that was ever said of the data set is that it is nil. ditahan: rows sent, where all are held.
    """
    said: dict[tuple[str, str], int] = {}
    columns = ("kode_satker", "status", "saluran_lengkap", "nihil", "pernyataan", "per_himpunan")
    for code, status, complete, nihil, statement, counts in verdicts[list(columns)].itertuples(index=False, name=None):
        if status in INVALID:
            continue
        noted = json.loads(statement) if isinstance(statement, str) and statement else {}
        for name, nil in _said(noted, counts, asked, complete=bool(complete), nihil=bool(nihil)):
            said[code, name] = min(nil, said.get((code, name), 1))
    for name, frame in facts.items():
        said |= {(code, name): 0 for code in frame["kode_satker"].unique()}
    held = _all_held(verdicts)
    rows = [(code, name, nil, held.get((code, name), 0)) for (code, name), nil in sorted(said.items())]
    return pd.DataFrame(rows, columns=["kode_satker", "himpunan", "nihil", "ditahan"])


def _all_held(verdicts: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Unit and data set → rows held by its submissions in force, where none of them has another row of it."""
    sums: dict[tuple[str, str], list[int]] = {}
    for code, counts in verdicts.loc[verdicts["berlaku"], ["kode_satker", "per_himpunan"]].itertuples(index=False):
        for name, (_, accepted, held, _) in counts.items():
            so_far = sums.setdefault((code, name), [0, 0])
            so_far[0] += accepted
            so_far[1] += held
    return {key: held for key, (accepted, held) in sums.items() if held and not accepted}


def _said(
    noted: Mapping[str, Any],
    counts: Mapping[str, Sequence[int]],
    asked: Collection[str],
    *,
    complete: bool,
    nihil: bool,
) -> Iterator[tuple[str, int]]:
    """Data sets of which one submission says something, and whether that is only that they are nil."""
    nil = set(noted.get("nihil") or ([dataset.name for dataset in DATASETS] if nihil else []))
    empty = set(noted.get("kosong", ())) if complete else set()
    for dataset in DATASETS:
        incoming = counts.get(dataset.name, (0,))[0]
        if incoming or (dataset.name in asked and dataset.name in nil | empty):
            yield dataset.name, int(not incoming)


def obligations_met(
    said: pd.DataFrame, obligations: Sequence[Obligation], asked: Collection[str]
) -> Iterator[pd.DataFrame]:
    """Completeness of each data set asked for over all obligations, how many units declare it nil, and rows where all are held."""
    obliged = pd.DataFrame({"kode_satker": pd.Series([unit.kode_satker for unit in obligations], dtype="str")})
    for dataset in (one for one in DATASETS if one.name in asked):
        own = said[said["himpunan"] == dataset.name]
        standing = with_levels(obliged.assign(wajib=1, lapor=obliged["kode_satker"].isin(own["kode_satker"]) * 1))
        yield rate_by_level(standing, "kelengkapan_himpunan", "lapor", "wajib", dataset.name)
    nil = with_levels(said[(said["nihil"] == 1) & said["kode_satker"].isin(obliged["kode_satker"])])
    yield by_level(nil[[*TIERS, "himpunan", "nihil"]], "himpunan_nihil", "nihil", "sum", ["himpunan"])
    held = with_levels(said[(said["ditahan"] > 0) & said["kode_satker"].isin(obliged["kode_satker"])])
    yield by_level(held[[*TIERS, "himpunan", "ditahan"]], "himpunan_ditahan", "ditahan", "sum", ["himpunan"])
