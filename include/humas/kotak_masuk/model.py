"""One file on its way through a sweep, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from humas.check import Identitas
from humas.errors import Pelaku
from humas.kotak_masuk.box import SALURAN, Kotak
from humas.kotak_masuk.folder import MASUK, Isi
from humas.kotak_masuk.recognise import TakDikenal
from humas.landing.collect import joint_digest
from humas.landing.model import Berkas, Kiriman

if TYPE_CHECKING:
    from humas.errors import PengirimError
    from humas.reading.table import Dokumen

MARK = "kotak-diubah"
"""Header under which a reception remembers when the folder said the file was changed."""
HIMPUNAN_MARK = "kotak-himpunan"
"""Header that names the one data set of a CSV file; empty when the file was refused, absent when it holds more."""
ALONG = "kotak-ikut"
"""Header of a reception that notes no arrival, but that an earlier file counts together with a later one."""


class Keadaan(StrEnum):
    """What became of one entry of ``masuk/``."""

    DIAMBIL = "diambil"
    TAK_DIKENAL = "tak_dikenal"
    MENUNGGU = "menunggu"
    TERTUNDA = "tertunda"
    DILEWATI = "dilewati"
    GAGAL = "gagal"


@dataclass(frozen=True, slots=True)
class Tindakan:
    """What a sweep did with one file, as JSON and as a row of the table.

    status: the verdict of the check, empty when there was none. baris: rows in, accepted, quarantined, duplicate.
    ulang: the same bytes had come before. tujuan, jawaban: where file and answers lie now. kali, coba_lagi: how often
    it failed, and when it is tried again, of a file that is set aside.
    """

    kotak: str
    berkas: str
    keadaan: Keadaan
    lembaga: str = ""
    satker: str = ""
    periode: str = ""
    status: str = ""
    baris: tuple[int, int, int, int] = (0, 0, 0, 0)
    ulang: bool = False
    pesan: str = ""
    tujuan: str = ""
    jawaban: tuple[str, ...] = ()
    kali: int = 0
    coba_lagi: datetime | None = None

    @property
    def pelaku(self) -> str:
        """Who must act; empty when nobody need."""
        if self.keadaan in {Keadaan.GAGAL, Keadaan.TERTUNDA}:
            return str(Pelaku.SISTEM)
        needed = self.keadaan is Keadaan.TAK_DIKENAL or self.status == "ditolak" or self.baris[2]
        return str(Pelaku.PENGIRIM) if needed else ""


class Reception(NamedTuple):
    """When a file counts as received, and its order among arrivals (``Berkas.place``)."""

    diterima_pada: datetime
    tiba_pada: datetime
    urut_pada: datetime


@dataclass(slots=True)
class Bawaan:
    """A file that was read and landed.

    galat: why it is no document. diterima_pada: when it counts as received; tiba_pada, urut_pada: its order among
    arrivals (``Berkas.place``). pertama: when the same bytes first came from this unit for this quarter, if they had come before. tercatat: this very arrival is in the warehouse.
    himpunan: the one data set of a CSV file, else empty. bersama: earlier CSV files of other data sets that count
    together with this one; None when it joins nothing. dihitung_pada: when they count as received, if later.
    diganti: CSV files that counted until this one started afresh. semula: when it first came, if it was set aside.
    """

    kotak: Kotak
    isi: Isi
    sidik: str
    ukuran: int
    media_type: str
    dokumen: Dokumen | None
    galat: PengirimError | None
    siapa: Identitas | TakDikenal
    diterima_pada: datetime
    tiba_pada: datetime | None = None
    urut_pada: datetime | None = None
    pertama: datetime | None = None
    tercatat: bool = False
    jawaban: dict[str, Any] = field(default_factory=dict)
    himpunan: str = ""
    bersama: tuple[Berkas, ...] | None = None
    dihitung_pada: datetime | None = None
    diganti: tuple[Berkas, ...] = ()
    semula: Reception | None = None

    def take_place(self, reception: Reception) -> None:
        """Count as received then, in that order."""
        self.diterima_pada, self.tiba_pada, self.urut_pada = reception

    @property
    def reception(self) -> Reception:
        """When it counts as received, and its order."""
        return Reception(self.diterima_pada, self.tiba_pada or self.diterima_pada, self.urut_pada or self.diterima_pada)

    @property
    def nama(self) -> str:
        """The file's name as people see it."""
        return self.isi.nama.shown

    @property
    def url(self) -> str:
        """Where it lay; letters that no database can store are written as bytes."""
        return f"{self.kotak.alamat}/{MASUK}/{self.isi.nama.quoted}"

    @property
    def identitas(self) -> Identitas | None:
        """Whose it is, when that is known."""
        return self.siapa if isinstance(self.siapa, Identitas) else None

    @property
    def kunci(self) -> tuple[str, str, str]:
        """Body, unit and quarter; empty when nobody knows."""
        identity = self.identitas
        return (identity.lembaga, identity.kode_satker, identity.periode) if identity else (self.kotak.lembaga, "", "")

    @property
    def berkas(self) -> Berkas:
        """The raw file as the warehouse notes it."""
        marks = {MARK: self.isi.diubah.isoformat()} | self._data_set_mark()
        return Berkas(
            self.sidik, self.ukuran, self.media_type, self.nama, self.url, self.diterima_pada, header=marks,
            tiba_pada=self.tiba_pada, urut_pada=self.urut_pada,
        )  # fmt: skip

    @property
    def kiriman(self) -> Kiriman | None:
        """The submission it makes up, when its unit is known."""
        identity = self.identitas
        if identity is None:
            return None
        files, received = self._files(), self.dihitung_pada or self.diterima_pada
        return Kiriman(
            identity.lembaga, identity.kode_satker, identity.periode, SALURAN, joint_digest(files), received, files,
            urut_pada=self.dihitung_pada,
        )  # fmt: skip

    def _data_set_mark(self) -> dict[str, str]:
        if self.jawaban.get("status") == "ditolak":
            return {HIMPUNAN_MARK: ""}
        return {HIMPUNAN_MARK: self.himpunan} if self.himpunan else {}

    def _files(self) -> tuple[Berkas, ...]:
        """The file, and those that count together with it, in the order of the contract's data sets."""
        from humas.contract.columns import HIMPUNAN

        members = {
            one.header[HIMPUNAN_MARK]: replace(one, header={**one.header, ALONG: "1"}) for one in self.bersama or ()
        } | {self.himpunan: self.berkas}
        order = [one.nama for one in HIMPUNAN]
        names = sorted(members, key=lambda one: order.index(one) if one else 0)
        return tuple(replace(members[one], halaman=number) for number, one in enumerate(names, start=1))
