"""What each step of the pipeline reports: small frozen records that can be written as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from humas.periods import format_number

if TYPE_CHECKING:
    from humas.landing.model import Attempt


@dataclass(frozen=True, slots=True)
class Alteration:
    """Something stored or published that another hand changed. subject: what. mended: it is again what it was.

    message, remedy: what was found, and what people must do.
    """

    subject: str
    message: str
    remedy: str
    mended: bool


@dataclass(frozen=True, slots=True)
class Withheld:
    """A report that our own program failed on: what readers see of it is as before, all other reports are published.

    report: ``lingkup:kode``; of a page that is no report's, ``halaman:`` and its name. name: of what it is about.
    step: ``susun``, ``cetak`` or ``situs``. message, remedy: what happened, and what people must do.
    """

    report: str
    name: str
    step: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Group:
    """The units of one province (or the national office), collected by one task."""

    kode: str
    nama: str
    satker: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenedPeriod:
    """Obligations are frozen; ``kelompok`` says what to collect."""

    lembaga: str
    periode: str
    kewajiban: int
    kelompok: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class CollectionFailure:
    """A unit whose collection failed, or whose submission needs a person: what, who must act, how."""

    kode: str
    nama: str
    kode_galat: str
    pelaku: str
    pesan: str
    cara: str
    layak_diulang: bool

    @classmethod
    def from_attempt(cls, attempt: Attempt, name: str) -> CollectionFailure:
        """The failure that ``attempt`` recorded, with the unit's full name."""
        return cls(
            attempt.kode_satker,
            name,
            attempt.kode_galat,
            attempt.pelaku,
            attempt.pesan,
            attempt.cara,
            attempt.layak_diulang,
        )


@dataclass(frozen=True, slots=True)
class CollectionSummary:
    """A collection pass: units asked, units that answered, those that did not; bytes and seconds."""

    satker: int
    berhasil: int
    gagal: tuple[CollectionFailure, ...]
    ukuran: int
    detik: float


@dataclass(frozen=True, slots=True)
class ValidationSummary:
    """Validation of the national batch; ``masuk == diterima + dikarantina + kembar``.

    hilang: units whose raw bytes are missing though retention did not remove them. galat: units on whose submission our
    own program failed. alterations: rows that another hand had changed. buku: rows ever accepted, in force, superseded,
    withdrawn; the first is the sum of the others.
    """

    kiriman: int
    ditolak: int
    nihil: int
    masuk: int
    diterima: int
    dikarantina: int
    kembar: int
    hilang: int = 0
    galat: int = 0
    alterations: tuple[Alteration, ...] = ()
    buku: tuple[int, int, int, int] = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Recount:
    """The figures computed a second time: how many of how many were compared, and how many differ; None: it could not be done."""

    dibandingkan: int
    seluruhnya: int
    selisih: int | None

    @property
    def words(self) -> str:
        """``53.904 dari 73.644 angka, selisih 0``."""
        if self.selisih is None:
            return "tidak dapat dilakukan karena galat program kami; catatannya ada di log"
        compared, total = format_number(self.dibandingkan), format_number(self.seluruhnya)
        return f"{compared} dari {total} angka, selisih {format_number(self.selisih)}"


@dataclass(frozen=True, slots=True)
class RecapSummary:
    """The roll-up: how many figures, obligations met, the national activity counts, and what computing them again gave."""

    angka: int
    satker_wajib: int
    satker_lapor: int
    kegiatan: int
    acara_unik: int
    alterations: tuple[Alteration, ...] = ()
    hitung_ulang: Recount = Recount(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gate: units that failed technically, units that need a person, and the quarantined share.

    tanpa_saluran: codes of units that the installation has not connected yet; no failure, and nobody is red for it.
    """

    gagal: tuple[CollectionFailure, ...]
    perlu_orang: tuple[CollectionFailure, ...]
    bagian_karantina: float
    karantina_melebihi_batas: bool
    tanpa_saluran: tuple[str, ...] = ()

    @property
    def lulus(self) -> bool:
        """Whether nothing technical is left to do."""
        return not self.gagal and not self.karantina_melebihi_batas


@dataclass(frozen=True, slots=True)
class ComposeSummary:
    """Reports to print, as ``lingkup:kode``: their data changed since the last edition. alterations: of what they rest on.

    withheld: reports that could not be composed.
    """

    laporan: tuple[str, ...]
    tetap: int
    alterations: tuple[Alteration, ...] = ()
    withheld: tuple[Withheld, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintSummary:
    """Files made for a batch of reports. withheld: reports that could not be printed."""

    pdf: int
    xlsx: int
    tanpa_standar: tuple[str, ...]
    withheld: tuple[Withheld, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteSummary:
    """The draft of a site: files in all, and how many are new or changed. alterations: of what was published before.

    withheld: all reports that the draft does not bring up to date, in whatever step our program failed on them.
    """

    berkas: int
    berubah: int
    alterations: tuple[Alteration, ...] = ()
    withheld: tuple[Withheld, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that nobody has decided to publish. sebab: why it does not publish itself.

    laporan: how many reports would become public, by level. belum_diminta: units of the body that were never asked.
    """

    sebab: str
    laporan: dict[str, int]
    belum_diminta: int = 0

    @property
    def count(self) -> int:
        """Reports that would become public."""
        return sum(self.laporan.values())


@dataclass(frozen=True, slots=True)
class PublishSummary:
    """What was published: report ids of new editions, the folder they lie in, and the head of the chain of all editions.

    menunggu: why nothing was; then the folder is the one in which operators look at the draft.
    """

    edisi_baru: tuple[str, ...]
    folder: str
    rantai: str = ""
    menunggu: Waiting | None = None


@dataclass(frozen=True, slots=True)
class RunProgress:
    """Progress of a long run: stage, done, of how many, and a short remark."""

    tahap: str
    selesai: int
    jumlah: int
    catatan: str = ""


@dataclass(frozen=True, slots=True)
class TriwulanSummary:
    """A whole quarter, end to end. alterations: all that the steps found changed by another hand.

    withheld: reports that our own program failed on.
    """

    lembaga: str
    periode: str
    run_id: str
    kumpul: CollectionSummary
    validasi: ValidationSummary
    rekap: RecapSummary
    putusan: Verdict
    terbit: PublishSummary
    detik: dict[str, float]
    alterations: tuple[Alteration, ...] = ()
    withheld: tuple[Withheld, ...] = ()


def ledger_words(buku: Sequence[int]) -> str:
    """The proof that every row ever accepted is accounted for: ``20 pernah diterima = 17 berlaku + …``."""
    ever, in_force, superseded, withdrawn = map(format_number, buku)
    return f"{ever} pernah diterima = {in_force} berlaku + {superseded} digantikan + {withdrawn} dicabut"
