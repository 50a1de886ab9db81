"""A fingerprint of the columns and vocabularies, so that a template made from other ones is noticed."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from humas.contract.columns import DATASETS
from humas.contract.vocabulary import load_vocabulary

_HEX_DIGITS = 8


@cache
def contract_stamp() -> str:
    """Eight hexadecimal digits of what a sender sees of the contract: sheets, headers, kinds, bounds and choices."""
    columns = [
        [
            dataset.sheet,
            [
                [column.name, column.label, column.type_name, column.required, column.minimum, column.maximum]
                for column in dataset.columns
            ],
        ]
        for dataset in DATASETS
    ]
    choices = {
        name: [[term.value, term.label] for term in vocabulary.terms] for name, vocabulary in load_vocabulary().items()
    }
    return hashlib.sha256(json.dumps([columns, choices]).encode()).hexdigest()[:_HEX_DIGITS]
