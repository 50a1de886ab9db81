"""Words for findings and rules: what a reader is told of a broken rule, on paper and on pages alike.

A finding's message says its place in full ("Kegiatan, baris 17, kolom C: …"), because it also travels alone. In a
table whose columns say the place already it stands without it (:func:`without_place`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from humas.contract.columns import BY_NAME as DATASETS
from humas.contract.columns import all_columns, datasets_of
from humas.contract.rules import load_rules

_PLACE = re.compile(r"[^:\n]{1,80}, (?:baris|rekaman) [\d.]+(?:, [^:\n]{1,80})?: (?=\S)")
_LETTER = re.compile("[A-Z]{1,3}")
_FILES = {
    "tak_terbaca": "Berkas utuh dan dapat dibaca",
    "kosong": "Berkas berisi baris, atau menyatakan nihil",
}


@cache
def rule_texts() -> Mapping[str, str]:
    """What each rule demands, by code, in words for senders."""
    return {code: rule.wording for code, rule in load_rules().items()}


def rule_text(code: str) -> str:
    """What a rule demands; a finding about a whole file has no rule and names itself."""
    return rule_texts().get(code) or _FILES.get(code) or f"Berkas {code.replace('_', ' ')}"


def rule_code(code: str) -> str:
    """The code of a rule; ``–`` for a finding about a whole file."""
    return code if code in rule_texts() else "–"


def without_place(message: str) -> str:
    """A finding's message without the place it begins with, as a sentence of its own."""
    return sentence(_PLACE.sub("", message, count=1) if _PLACE.match(message) else message)


def sentence(text: str) -> str:
    """A message as a sentence of its own: messages of errors follow "who:" and begin small."""
    return text[:1].upper() + text[1:]


def sheet_label(name: object) -> str:
    """The sheet as senders know it: a JSON source names the data set ("isu_hoaks"), a workbook its sheet."""
    dataset = DATASETS.get(str(name))
    return dataset.sheet if dataset else str(name or "")


def column_place(letter: object, column: object, body: str) -> str:
    """Header and letter of a column ("Tempat (J)"); a JSON source has no letters. Empty when the finding has no column."""
    label, in_book = column_label(column, body), letters(letter)
    return f"{label} ({in_book})" if label and in_book else label or in_book


def column_label(column: object, body: str) -> str:
    """Header of a column by its name as a body's templates have it, whichever data set it is of."""
    return _labels(body).get(str(column or ""), str(column or ""))


def letters(letter: object) -> str:
    """The letters of a workbook's column; empty for a JSON source, which gives its field's name instead."""
    return str(letter) if _LETTER.fullmatch(str(letter or "")) else ""


@cache
def _labels(body: str) -> dict[str, str]:
    """Headers by column name; where data sets share a name they share the header of the first. What a body does not ask for is the contract's."""
    labels: dict[str, str] = {}
    own = (column for dataset in datasets_of(body) for column in dataset.columns)
    for column in (*own, *(column for _, column in all_columns())):
        labels.setdefault(column.name, column.label)
    return labels
