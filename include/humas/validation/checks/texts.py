"""The rule on free text and links in every data set: no personal data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from humas.contract.columns import DATASETS, Dataset
from humas.privacy import CANDIDATE, Kind, TextForm, find_personal, personal_kinds
from humas.validation.checks.base import (
    Check,
    Knowledge,
    Mask,
    OffendingRow,
    any_of,
    matching,
    text_columns,
)
from humas.validation.masking import context_of

_OFFICIAL_WAYS = {
    Kind.PHONE: "Telepon kantor ditulis dengan kata kantor di depannya, misalnya telp kantor (024) 8400000.",
    Kind.EMAIL: "Surel lembaga ditulis dengan alamat resminya, misalnya yang berakhir go.id.",
}


def holds_personal_data(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V32: a NIK, NPWP, account, private telephone number or private e-mail address in any free text or link."""
    texts = [(frame[name], context_of(name)) for name in frame.columns if name not in {"kiriman", "kunci"}]
    return any_of((_personal(*text) for text in texts), len(frame))


def _personal(texts: pd.Series[Any], context: TextForm) -> Mask:
    candidates = matching(texts, CANDIDATE)
    for position in np.flatnonzero(candidates):
        candidates[position] = bool(find_personal(texts.iloc[position], context))
    return candidates


def _link_columns(dataset: Dataset) -> tuple[str, ...]:
    return tuple(column.name for column in dataset.columns if column.holds_links)


def first_personal_column(dataset: Dataset, value: Any) -> tuple[str, tuple[Kind, ...]]:
    """Which column of a row holds personal data, and of what kinds."""
    for name in (*text_columns(dataset), *_link_columns(dataset)):
        content = value(name)
        if isinstance(content, str) and (kinds := personal_kinds(content, context_of(name))):
            return name, kinds
    return "", ()


def _personal_text(dataset: Dataset) -> Callable[[OffendingRow], str]:
    def text(row: OffendingRow) -> str:
        kinds = first_personal_column(dataset, row.value)[1]
        return f"memuat {listed_kinds(kinds)}. Baris ditahan dan isinya disamarkan."

    return text


def _personal_remedy(dataset: Dataset) -> Callable[[OffendingRow], str]:
    def text(row: OffendingRow) -> str:
        return personal_remedy(first_personal_column(dataset, row.value)[1])

    return text


def personal_remedy(kinds: tuple[Kind, ...]) -> str:
    """What to do about personal data of these kinds, and how an office's own number is written."""
    remedy = f"Hapus {listed_kinds(kinds)} itu lalu kirim ulang baris ini."
    return " ".join((remedy, *(_OFFICIAL_WAYS[kind] for kind in kinds if kind in _OFFICIAL_WAYS)))


def listed_kinds(kinds: tuple[Kind, ...]) -> str:
    """``NIK, NPWP dan nomor telepon``."""
    return " dan ".join(filter(None, (", ".join(kinds[:-1]), kinds[-1])))


def _personal_rule(dataset: Dataset) -> Check:
    return Check(
        "V32", f"no_personal_data_in_{dataset.name}", (*text_columns(dataset), *_link_columns(dataset)),
        holds_personal_data,
        _personal_text(dataset), (dataset.name,), _personal_remedy(dataset),
    )  # fmt: skip


CHECKS = tuple(_personal_rule(dataset) for dataset in DATASETS)
