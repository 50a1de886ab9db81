"""V33: sentences that may read as taking sides in an election, for a person to look at; never a verdict."""

from __future__ import annotations

import pandas as pd

from humas.contract.columns import DATASETS, Dataset
from humas.contract.neutrality import load_neutrality
from humas.privacy import mask
from humas.validation.checks.base import Check, Knowledge, Mask, OffendingRow, any_of, per_value

_NEUTRALITY = load_neutrality()
"""Read at once, so that a file somebody spoiled is refused when the program starts."""
_SENTENCES = ("judul", "tempat", "akun")
_WORDS_SHOWN = 4


def takes_sides(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V33: words that may take sides and that nothing in the same sentence makes ordinary duty."""
    texts = (frame[name] for name in frame.columns if name in _SENTENCES)
    return any_of((per_value(text, lambda one: _NEUTRALITY.read(one) is not None) for text in texts), len(frame))


def _message(row: OffendingRow, columns: tuple[str, ...]) -> str:
    texts = (text for name in columns if isinstance(text := row.value(name), str))
    found = next(filter(None, map(_NEUTRALITY.read, texts)))
    words = ", ".join(f'"{mask(word)}"' for word in found.words[:_WORDS_SHOWN])
    return f"dapat terbaca sebagai {found.wording} ({words}). Perlu ditinjau manusia; ini pertanyaan, bukan putusan."


def _rule(dataset: Dataset) -> Check:
    columns = tuple(name for name in _SENTENCES if name in dataset.by_name)
    return Check(
        "V33", f"no_campaigning_in_{dataset.name}", (*columns, "kiriman"), takes_sides,
        lambda row: _message(row, columns), (dataset.name,),
    )  # fmt: skip


CHECKS = tuple(_rule(dataset) for dataset in DATASETS if "judul" in dataset.by_name)
