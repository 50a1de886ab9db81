"""Raw bytes after they landed: read for validation, missing when they should be there, removed when their time is over.

A version whose bytes retention removed keeps the verdict and the rows that the warehouse holds, and is not
read again. A file that is missing without that, or that our program fails on, is a failure of our own: it is booked on
its unit, and the other units go on (see ``docs/decisions/0015-berkas-mentah-hilang.md`` and ``0025-pagar.md``).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from humas.errors import PROGRAM_FAULT, Pelaku, PengirimError, ProgramFault, SistemError
from humas.fence import write_crash
from humas.giliran import raw_bytes_kept
from humas.landing import LandingError
from humas.landing.model import HasilSatker, Percobaan
from humas.landing.store import SETTLING_SECONDS
from humas.registry import Lembaga

if TYPE_CHECKING:
    from humas.context import Konteks
    from humas.contract.result import KirimanTerbaca
    from humas.landing.model import Kiriman

log = logging.getLogger(__name__)
LOST = frozenset({"landing_hilang", "landing_rusak"})
OWN = LOST | {PROGRAM_FAULT}
"""Codes of failures that are ours, not the sender's: what the warehouse holds of the submission stays."""


@dataclass(frozen=True, slots=True)
class OwnFailure:
    """A submission that we could not use for a reason of our own: its bytes are lost, or our program failed on it."""

    kiriman: Kiriman
    error: SistemError


@dataclass(frozen=True, slots=True)
class Bacaan:
    """Submissions as read, and those that we failed to read."""

    terbaca: tuple[KirimanTerbaca, ...]
    gagal: tuple[OwnFailure, ...]


@dataclass(frozen=True, slots=True)
class RingkasanRetensi:
    """What retention did: files removed (or found, when only looking), and the day before which they came last.

    tak_tercatat: further files, which the warehouse does not know.
    """

    berkas: int
    tak_tercatat: int
    sebelum: datetime


def read_all(k: Konteks, kiriman: Sequence[Kiriman]) -> Bacaan:
    """Read submissions from landing; one that its sender must mend carries that error instead of a document.

    Raises:
        LandingError: the store as a whole is missing or cannot be read.
    """
    dihapus = k.gudang.removed_raw()
    terbaru = {satu.kode_satker: satu.id for satu in kiriman}
    terbaca, gagal = [], []
    for satu in kiriman:
        if not dihapus.isdisjoint(berkas.sidik for berkas in satu.berkas):
            continue
        try:
            terbaca.append(_read_one(k, satu, terbaru=terbaru[satu.kode_satker] == satu.id))
        except LandingError as galat:
            if galat.kode not in LOST or not k.landing.root.is_dir():
                raise
            gagal.append(OwnFailure(satu, galat))
        except ProgramFault as galat:
            gagal.append(OwnFailure(satu, galat))
    return Bacaan(tuple(terbaca), tuple(gagal))


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


def book_failures(
    k: Konteks, lembaga: str, periode: str, run_id: str, gagal: Sequence[OwnFailure]
) -> tuple[SistemError, ...]:
    """Record a system failure for each unit whose newest version, or the one in force, we failed to use.

    A fault of the program gets its crash report. A unit that failed so before and does no more is recorded as
    recovered. An older version that decides nothing is only told in the log. Returns the errors that were recorded.
    """
    putusan = k.gudang.verdicts(lembaga, periode)
    penentu = set(putusan.loc[putusan["terbaru"] | putusan["berlaku"], "id_kiriman"])
    tercatat = [_with_report(k, satu) for satu in gagal]
    kena = {satu.kiriman.kode_satker: satu for satu in tercatat if satu.kiriman.id in penentu}
    for satu in tercatat:
        log.warning(
            "submission %s of %s cannot be used: %s", satu.kiriman.id, satu.kiriman.kode_satker, satu.error.pesan
        )
    pulih = _recovered(k, lembaga, periode, kena)
    percobaan = [*(_failure(k, satu, run_id) for satu in kena.values()), *_again(pulih, run_id)]
    k.gudang.record_collection([HasilSatker(satu.kode_satker, (satu,)) for satu in percobaan])
    return tuple(satu.error for satu in kena.values())


def _with_report(k: Konteks, gagal: OwnFailure) -> OwnFailure:
    if not isinstance(gagal.error, ProgramFault):
        return gagal
    satu = gagal.kiriman
    about = {
        "lembaga": satu.lembaga, "periode": satu.periode, "satker": satu.kode_satker, "kiriman": satu.id,
        "berkas": ", ".join(berkas.sidik for berkas in satu.berkas),
    }  # fmt: skip
    return OwnFailure(satu, write_crash(k.settings.home, gagal.error, about))


def _recovered(k: Konteks, lembaga: str, periode: str, kena: Iterable[str]) -> list[Percobaan]:
    """Latest attempts that tell of such a failure, of units of which that is no longer true."""
    gagal = k.gudang.failed_units(lembaga, periode)
    return [satu for satu in gagal if satu.kode_galat in OWN and satu.kode_satker not in set(kena)]


def _again(pulih: Iterable[Percobaan], run_id: str) -> list[Percobaan]:
    return [
        Percobaan(
            satu.lembaga, satu.kode_satker, satu.periode, satu.saluran, satu.urutan, 1, "berhasil", datetime.now(UTC),
            0.0, run_id, sidik=satu.sidik,
        )
        for satu in pulih
    ]  # fmt: skip


def _failure(k: Konteks, gagal: OwnFailure, run_id: str) -> Percobaan:
    """The outcome that says what of which unit failed; its time is the clock's, as that of every attempt."""
    kiriman, galat = gagal.kiriman, gagal.error
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

    They are noted as removed before they go: killed in between, the next run removes the rest. Bytes that the
    warehouse does not know (the process was killed before it recorded them) go by their time on disk. Nothing goes
    that came within the last day: a collection may be about to record it. lihat: only count.

    Raises:
        LandingError: the store refuses. SistemError: a backup holds the bytes for longer than an hour.
    """
    sekarang, jam = k.settings.now(), time.time()  # the disk has a clock of its own, the business may stand still
    masa = timedelta(days=k.settings.raw_retention_days)
    tersimpan, tenang = k.landing.stored(), jam - SETTLING_SECONDS
    sisa = sorted(k.gudang.removed_raw() & tersimpan.keys())
    asing = _unrecorded(k, tersimpan, min(tenang, jam - masa.total_seconds()))
    if lihat:
        kena = {*k.gudang.expired_raw(sekarang - masa), *sisa}
        berkas = sum(tersimpan.get(sidik, jam) < tenang for sidik in kena)
        return RingkasanRetensi(berkas, len(asing), sekarang - masa)
    with raw_bytes_kept(k.settings.home):
        k.gudang.mark_raw_present(sisa)
        k.landing.sweep(jam)
        lama = [sidik for sidik in k.gudang.expired_raw(sekarang - masa) if tersimpan.get(sidik, 0.0) < tenang]
        berkas = _remove_recorded(k, lama, sekarang, tenang)
        return RingkasanRetensi(berkas, sum(k.landing.remove(sidik, tenang) for sidik in asing), sekarang - masa)


def _remove_recorded(k: Konteks, sidik: Sequence[str], sekarang: datetime, tenang: float) -> int:
    """Note these bytes as removed and remove them; how many there were.

    The note is taken back for those that came again at this moment. Whose bytes come later than that is recorded
    later too, and takes the note back itself: no order of the two leaves standing bytes noted as removed.
    """
    k.gudang.mark_raw_removed(sidik, sekarang)
    terhapus = {satu for satu in sidik if k.landing.remove(satu, tenang)}
    k.gudang.mark_raw_present([satu for satu in sidik if satu not in terhapus and k.landing.path(satu).exists()])
    return len(terhapus)


def _unrecorded(k: Konteks, tersimpan: Mapping[str, float], sebelum: float) -> list[str]:
    """Digests on disk that came last before ``sebelum`` and that the warehouse does not know."""
    lama = sorted(sidik for sidik, datang in tersimpan.items() if datang < sebelum)
    tercatat = k.gudang.recorded_raw(lama)
    return [sidik for sidik in lama if sidik not in tercatat]
