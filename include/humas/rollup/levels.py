"""Three levels from one frame: every row counts for its unit, its province and the nation."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from humas.rollup.trail import joined, note_groups, note_rates

NATION = "00"
COLUMNS = ("lingkup", "kode", "ukuran", "rincian", "nilai", "pembilang", "penyebut")
TIERS = ("satker", "provinsi", "nasional")


def province_of(code: pd.Series[str]) -> pd.Series[str]:
    """Code of the province of each unit: 33 for 33 and 33.74; the national office (00) belongs to none (NaN)."""
    province = code.str.slice(0, 2)
    return province.where(province != NATION)


def with_levels(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the codes of the three levels as columns ``satker``, ``provinsi``, ``nasional``."""
    codes = frame["kode_satker"]
    return frame.assign(satker=codes, provinsi=province_of(codes), nasional=NATION)


def by_level(
    frame: pd.DataFrame, measure: str, value: str, aggregate: str, breakdown: Sequence[str] = (), detail: str = ""
) -> pd.DataFrame:
    """Figures of one measure at all levels: aggregate column ``value`` by ``aggregate`` (``sum``, ``size``, ``nunique``, …).

    frame: has the columns of :func:`with_levels`. breakdown: columns whose values, joined by ``/``, are the
    breakdown; rows where one is missing have no breakdown and do not count. detail: without them, the breakdown of all.
    """
    return pd.concat([_one_level(frame, tier, measure, value, aggregate, breakdown, detail) for tier in TIERS])


def _one_level(
    frame: pd.DataFrame, tier: str, measure: str, column: str, aggregate: str, breakdown: Sequence[str], detail: str
) -> pd.DataFrame:
    note_groups(frame, tier, measure, column, aggregate, breakdown, detail)
    keys = [tier, *breakdown]
    figures = (
        frame
        .groupby(keys, sort=False, observed=True)[column]
        .agg(aggregate)
        .astype("float64")
        .reset_index(name="nilai")
    )
    return pd.DataFrame({
        "lingkup": tier, "kode": figures[tier], "ukuran": measure,
        "rincian": joined(figures, breakdown) if breakdown else detail, "nilai": figures["nilai"],
    })  # fmt: skip


def rate_by_level(
    frame: pd.DataFrame, measure: str, numerator: str, denominator: str, detail: str = ""
) -> pd.DataFrame:
    """A percentage at all levels, 100 · sum of ``numerator`` / sum of ``denominator``; NaN when the denominator is 0.

    detail: the breakdown that the frame is about.
    """
    return pd.concat([_one_rate(frame, tier, measure, numerator, denominator, detail) for tier in TIERS])


def _one_rate(
    frame: pd.DataFrame, tier: str, measure: str, numerator: str, denominator: str, detail: str
) -> pd.DataFrame:
    note_rates(frame, tier, measure, numerator, denominator, detail)
    sums = frame.groupby(tier, sort=False)[[numerator, denominator]].sum().astype("float64").reset_index()
    upper, lower = sums[numerator], sums[denominator]
    return pd.DataFrame({
        "lingkup": tier, "kode": sums[tier], "ukuran": measure, "rincian": detail,
        "nilai": 100 * upper / lower.where(lower > 0), "pembilang": upper, "penyebut": lower,
    })  # fmt: skip


def fill_zeros(figure: pd.DataFrame, reporting: pd.DataFrame, complete: pd.DataFrame) -> pd.DataFrame:
    """Add a 0 for every expected figure that no row gave, at every place where somebody spoke about its data set.

    reporting: units and the data sets (``himpunan``) they spoke about, with levels. complete: the expected ``himpunan``,
    ``ukuran`` and ``rincian``. A place where nobody did gets nothing: what is missing is named, never counted as zero.
    """
    places = pd.concat([
        pd.DataFrame({"lingkup": tier, "kode": reporting[tier], "himpunan": reporting["himpunan"]})
        .dropna()
        .drop_duplicates()
        for tier in TIERS
    ])  # fmt: skip
    keys = ["lingkup", "kode", "ukuran", "rincian"]
    expected = places.merge(complete, on="himpunan").drop(columns="himpunan")
    return figure.merge(expected, on=keys, how="outer").fillna({"nilai": 0.0})
