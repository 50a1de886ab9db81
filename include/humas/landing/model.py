"""What was received: raw files and the submissions they make up."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

RECAP = "rekap"
"""The channel of what a superior's recap says of a unit."""


@dataclass(frozen=True, slots=True)
class File:
    """One raw file in the landing store.

    sidik: SHA-256 of the bytes, hex; it is also the file's name there. url: where it came from.
    header: response headers worth keeping. halaman: page of a paginated source, 1-based. tiba_pada, urut_pada: its
    order among arrivals (``Arrival.at``, ``order_time``); None where no order is needed.
    """

    sidik: str
    ukuran: int
    media_type: str
    nama: str
    url: str
    diterima_pada: datetime
    halaman: int = 1
    header: Mapping[str, str] = field(default_factory=dict)
    tiba_pada: datetime | None = None
    urut_pada: datetime | None = None

    @property
    def place(self) -> tuple[datetime, datetime]:
        """Order among files of one unit: the greater came later."""
        return self.urut_pada or self.diterima_pada, self.tiba_pada or self.diterima_pada


@dataclass(frozen=True, slots=True)
class Submission:
    """One submission of one unit for one period: one file, or the pages of one API answer.

    sidik: SHA-256 of its single file, or of the joined digests of its pages.
    diterima_pada: when it counts as received (aware, UTC). urut_pada: its order, when that is not its files'.
    rekap: id of the recap that this is a share of; "" of a unit's own.
    """

    lembaga: str
    kode_satker: str
    periode: str
    saluran: str
    sidik: str
    diterima_pada: datetime
    berkas: tuple[File, ...]
    urut_pada: datetime | None = None
    rekap: str = ""

    @property
    def id(self) -> str:
        """Identity of the submission: sending the same bytes twice gives the same one."""
        return _submission_id((self.lembaga, self.kode_satker, self.periode), self.sidik)

    def share(self, code: str) -> Submission:
        """What this submission, a recap, says of another unit: a submission of that unit, of the same bytes.

        Its digest is not that of the bytes, so that the unit may send the very same file as its own.
        """
        return replace(
            self, kode_satker=code, saluran=RECAP, sidik=_share_digest(self.id), urut_pada=self.place[0], rekap=self.id
        )

    @property
    def place(self) -> tuple[datetime, datetime]:
        """Order among submissions of one unit: the greatest is its newest."""
        places = [file.place for file in self.berkas] or [(self.diterima_pada, self.diterima_pada)]
        return self.urut_pada or max(order for order, _ in places), max(arrived for _, arrived in places)


def share_id(recap: str, key: tuple[str, str, str]) -> str:
    """Identity of what a recap (by its id) says of a unit. key: body, unit, quarter."""
    return _submission_id(key, _share_digest(recap))


def _share_digest(recap: str) -> str:
    return hashlib.sha256(f"{RECAP}|{recap}".encode()).hexdigest()


def _submission_id(key: tuple[str, str, str], digest: str) -> str:
    return hashlib.sha256("|".join((*key, digest)).encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Attempt:
    """The outcome of one attempt on one channel of one unit; written also, above all, on failure.

    status: ``berhasil``, ``gagal``, ``nonaktif`` (bad registry line) or ``tanpa_saluran``.
    kode_galat, pelaku, pesan, cara: of the error, else empty. sidik: of the submission, else empty.
    halaman_lanjut: page to resume from after a failure in the middle of a paginated source, else 0.
    """

    lembaga: str
    kode_satker: str
    periode: str
    saluran: str
    urutan: int
    percobaan: int
    status: str
    mulai: datetime
    detik: float
    run_id: str
    kode_galat: str = ""
    pelaku: str = ""
    pesan: str = ""
    cara: str = ""
    layak_diulang: bool = False
    ukuran: int = 0
    halaman: int = 0
    halaman_lanjut: int = 0
    sidik: str = ""


@dataclass(frozen=True, slots=True)
class SatkerResult:
    """All that collecting one unit brought: its attempts, and the submission if there is one.

    partial_files: pages landed before a failure; kept, though they make no submission yet.
    """

    satker_code: str
    attempts: tuple[Attempt, ...]
    submission: Submission | None = None
    partial_files: tuple[File, ...] = ()
