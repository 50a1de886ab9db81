"""The chain of published editions: the record of each names the record of the edition before by its hash.

A record is written once, when an edition is published, into the warehouse and into the manifest. The chain has no
key: it shows a change of one place against the other, and against a head that somebody noted; see
``docs/decisions/0027-catatan-edisi-berantai.md``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

SHORT = 16
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FileHash:
    """What a file was when it was made. size: bytes; 0 where only the hash was kept."""

    sha256: str
    size: int

    @classmethod
    def of(cls, content: bytes) -> Self:
        """The hash of these bytes."""
        return cls(hashlib.sha256(content).hexdigest(), len(content))


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """One edition as it was published. level, code: what the report is about (``satker``, ``33.74``).

    digest: SHA-256 of the data. supplement: SHA-256 of what is printed beside them (date, table of changes, causes).
    printer: version of the program parts that printed it. files: path within the release → hash. link: the chain.
    """

    lembaga: str
    periode: str
    level: str
    code: str
    number: int
    digest: str
    supplement: str = ""
    printer: str = ""
    files: Mapping[str, FileHash] = field(default_factory=dict)
    link: str = ""

    @property
    def key(self) -> Key:
        """What the report is about."""
        return self.level, self.code

    def chained(self, previous: str) -> EditionRecord:
        """The same record with its place in the chain. previous: link of the edition before, "" for the first."""
        return replace(self, link=self._hash(previous))

    def follows(self, previous: str) -> bool:
        """Whether all it says is what was chained to the edition before."""
        return bool(self.link) and self.link == self._hash(previous)

    def _hash(self, previous: str) -> str:
        files = {name: [file.sha256, file.size] for name, file in self.files.items()}
        return digest_of([
            1, previous, self.lembaga, self.periode, self.level, self.code, self.number, self.digest, self.supplement,
            self.printer, files,
        ])  # fmt: skip


def digest_of(content: Any) -> str:
    """SHA-256 of a JSON value in its one canonical form, hex."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def broken(records: Iterable[EditionRecord]) -> tuple[EditionRecord, ...]:
    """Records that do not follow from the edition before, or whose edition before is missing."""
    by_place = {(*record.key, record.number): record for record in records}
    found = []
    for (level, code, number), record in sorted(by_place.items()):
        before = by_place.get((level, code, number - 1))
        if (number > 1 and before is None) or not record.follows(before.link if before else ""):
            found.append(record)
    return tuple(found)


def head_of(records: Iterable[EditionRecord]) -> str:
    """One hash over the newest edition of every report: who noted it sees whether anything was changed since."""
    newest: dict[str, tuple[int, str]] = {}
    for record in records:
        name = "/".join(record.key)
        newest[name] = max(newest.get(name, (0, "")), (record.number, record.link))
    return digest_of({name: [number, link] for name, (number, link) in newest.items()}) if newest else ""
