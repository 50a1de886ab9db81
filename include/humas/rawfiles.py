"""Raw bytes after they landed: read for validation, missing when they should be there, removed when their time is over.

A version whose bytes retention removed keeps the verdict and the rows that the warehouse holds, and is not
read again. A file that is missing without that is a failure of our own: it is booked on its unit, and the
other units go on (see ``docs/decisions/0015-berkas-mentah-hilang.md``).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from humas.errors import Pelaku, PengirimError
from humas.landing import LandingError
from humas.landing.model import HasilSatker, Percobaan
from humas.registry import Lembaga

if TYPE_CHECKING:
    from humas.context import Konteks
    from humas.contract.result import KirimanTerbaca
    from humas.landing.model import Kiriman

log = logging.getLogger(__name__)
LOST = frozenset({"landing_hilang", "landing_rusak"})


@dataclass(frozen=True, slots=True)
class Bacaan:
    """Submissions as read. hilang: those whose bytes are missing or damaged, though nobody removed them."""

    terbaca: tuple[KirimanTerbaca, ...]
    hilang: tuple[tuple[Kiriman, LandingError], ...]


@dataclass(frozen=True, slots=True)
class RingkasanRetensi:
    """What retention did: files removed (or found, when only looking), and the day before which they came last."""

    berkas: int
    sebelum: datetime


def read_all(k: Konteks, kiriman: Sequence[Kiriman]) -> Bacaan:
    """Read submissions from landing; one that cannot be used carries its error instead of a document.

    Raises:
        LandingError: the store as a whole is missing or cannot be read.
    """
    dihapus = k.gudang.removed_raw()
    terbaru = {satu.kode_satker: satu.id for satu in kiriman}
    terbaca, hilang = [], []
    for satu in kiriman:
        if not dihapus.isdisjoint(berkas.sidik for berkas in satu.berkas):
            continue
        try:
            terbaca.append(_read_one(k, satu, terbaru=terbaru[satu.kode_satker] == satu.id))
        except LandingError as galat:
            if galat.kode not in LOST or not k.landing.root.is_dir():
                raise
            hilang.append((satu, galat))
    return Bacaan(tuple(terbaca), tuple(hilang))


def _read_one(k: Konteks, kiriman: Kiriman, *, terbaru: bool) -> KirimanTerbaca:
    from humas.contract.result import KirimanTerbaca
    from humas.reading import read_document

    dokumen, galat = None, ("", "", "")
    try:
        dokumen = read_document(kiriman, k.landing)
    except PengirimError as error:
        galat = (error.kode, error.pesan, error.cara)
    return KirimanTerbaca(
        kiriman.id,
        kiriman.lembaga,
        kiriman.kode_satker,
        kiriman.periode,
        kiriman.diterima_pada,
        terbaru,
        dokumen,
        *galat,
    )


def book_lost(k: Konteks, lembaga: str, periode: str, run_id: str, bacaan: Bacaan) -> int:
    """Record a system failure for each unit whose newest version, or the one in force, lost its bytes.

    A unit that failed so before, and whose bytes are back, is recorded as recovered. An older version that
    decides nothing is only told in the log. Returns how many units are concerned.
    """
    putusan = k.gudang.verdicts(lembaga, periode)
    penentu = set(putusan.loc[putusan["terbaru"] | putusan["berlaku"], "id_kiriman"])
    kena = {satu.kode_satker: (satu, galat) for satu, galat in bacaan.hilang if satu.id in penentu}
    for satu, galat in bacaan.hilang:
        log.warning("raw bytes of submission %s of %s are lost: %s", satu.id, satu.kode_satker, galat.pesan)
    pulih = _recovered(k, lembaga, periode, kena)
    gagal = [_failure(k, satu, galat, run_id) for satu, galat in kena.values()]
    k.gudang.record_collection([HasilSatker(satu.kode_satker, (satu,)) for satu in [*gagal, *_again(pulih, run_id)]])
    return len(kena)


def _recovered(k: Konteks, lembaga: str, periode: str, kena: Iterable[str]) -> list[Percobaan]:
    """Latest attempts that say that bytes are lost, of units of which that is no longer true."""
    gagal = k.gudang.failed_units(lembaga, periode)
    return [satu for satu in gagal if satu.kode_galat in LOST and satu.kode_satker not in set(kena)]


def _again(pulih: Iterable[Percobaan], run_id: str) -> list[Percobaan]:
    return [
        Percobaan(
            satu.lembaga, satu.kode_satker, satu.periode, satu.saluran, satu.urutan, 1, "berhasil", datetime.now(UTC),
            0.0, run_id, sidik=satu.sidik,
        )
        for satu in pulih
    ]  # fmt: skip


def _failure(k: Konteks, kiriman: Kiriman, galat: LandingError, run_id: str) -> Percobaan:
    """The outcome that says which file of which unit is gone; its time is the clock's, as that of every attempt."""
    nama = k.register.satker(kiriman.kode_satker).nama_resmi(Lembaga(kiriman.lembaga))
    return Percobaan(
        kiriman.lembaga,
        kiriman.kode_satker,
        kiriman.periode,
        kiriman.saluran,
        0,
        1,
        "gagal",
        datetime.now(UTC),
        0.0,
        run_id,
        kode_galat=galat.kode,
        pelaku=str(Pelaku.SISTEM),
        pesan=f"{nama}: {galat.pesan}",
        cara=galat.cara,
        sidik=kiriman.sidik,
    )


def remove_expired(k: Konteks, *, lihat: bool = False) -> RingkasanRetensi:
    """Remove raw bytes that came last before the retention period; what the warehouse says of them stays.

    They are noted as removed before they go: killed in between, the next run removes the rest. lihat: only count.

    Raises:
        LandingError: the store refuses.
    """
    sekarang = k.settings.now()
    sebelum = sekarang - timedelta(days=k.settings.raw_retention_days)
    lama = k.gudang.expired_raw(sebelum)
    if lihat:
        return RingkasanRetensi(len(lama), sebelum)
    k.gudang.mark_raw_removed(lama, sekarang)
    k.landing.sweep(time.time())  # by the clock of the disk, not that of the business
    return RingkasanRetensi(sum(map(k.landing.remove, sorted(k.gudang.removed_raw()))), sebelum)
