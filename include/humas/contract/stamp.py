"""A fingerprint of the columns and vocabularies, so that a template made from other ones is noticed."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from humas.contract.columns import HIMPUNAN
from humas.contract.vocabulary import load_vocabulary

_HEKSA = 8


@cache
def contract_stamp() -> str:
    """Eight hexadecimal digits of what a sender sees of the contract: sheets, headers, kinds, bounds and choices."""
    columns = [
        [
            dataset.lembar,
            [
                [column.nama, column.label, column.tipe, column.wajib, column.minimum, column.maksimum]
                for column in dataset.kolom
            ],
        ]
        for dataset in HIMPUNAN
    ]
    choices = {
        name: [[term.nilai, term.label] for term in vocabulary.istilah]
        for name, vocabulary in load_vocabulary().items()
    }
    return hashlib.sha256(json.dumps([columns, choices]).encode()).hexdigest()[:_HEKSA]
