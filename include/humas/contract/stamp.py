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
    kolom = [
        [himpunan.lembar, [[k.nama, k.label, k.tipe, k.wajib, k.minimum, k.maksimum] for k in himpunan.kolom]]
        for himpunan in HIMPUNAN
    ]
    pilihan = {nama: [[i.nilai, i.label] for i in satu.istilah] for nama, satu in load_vocabulary().items()}
    return hashlib.sha256(json.dumps([kolom, pilihan]).encode()).hexdigest()[:_HEKSA]
