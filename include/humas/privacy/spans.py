"""What is found: the kinds of personal data, and where in a text they stand."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """A kind of personal data, by the name people read."""

    NIK = "NIK"
    PHONE = "nomor telepon"
    EMAIL = "surel pribadi"
    TAX = "NPWP"
    ACCOUNT = "nomor rekening"

    @property
    def replacement(self) -> str:
        """What stands in the text instead."""
        return f"[{_SHORT[self]} disamarkan]"


_SHORT = {
    Kind.NIK: "NIK",
    Kind.PHONE: "nomor",
    Kind.EMAIL: "surel",
    Kind.TAX: "NPWP",
    Kind.ACCOUNT: "rekening",
}


class Span(NamedTuple):
    """One finding: the letters from ``start`` to before ``end`` are personal data of this kind."""

    start: int
    end: int
    kind: Kind
