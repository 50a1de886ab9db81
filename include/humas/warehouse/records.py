"""What goes into the warehouse and comes out of it, beside submissions and frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from humas.chain.links import EditionRecord, FileHash, digest_of


@dataclass(frozen=True, slots=True)
class Obligation:
    """A unit that must report, with its deadline: last day on time, last day of grace."""

    kode_satker: str
    tenggat: date
    akhir_tenggang: date


@dataclass(frozen=True, slots=True)
class ObligationVersion:
    """One version of an obligation. wajib: False once the unit is exempted. alasan: why it was changed, by whom."""

    kode_satker: str
    versi: int
    tenggat: date
    akhir_tenggang: date
    wajib: bool
    alasan: str
    oleh: str
    dibuat_pada: datetime


@dataclass(frozen=True, slots=True)
class NeedsPerson:
    """A unit that no retry can help: what is wrong, who must act (``pelaku``), and how."""

    kode_satker: str
    kode_galat: str
    pelaku: str
    pesan: str
    cara: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answered to the question whether a submission is its quarter's: let it pass, or ask again."""

    id_kiriman: str
    terima: bool
    oleh: str
    alasan: str
    dibuat_pada: datetime


@dataclass(frozen=True, slots=True)
class Doubt:
    """A unit's newest submission that was asked about: the question and its remedy, and the answer if there is one.

    status: of the submission as last validated; alasan and cara are of that verdict too.
    """

    lembaga: str
    periode: str
    kode_satker: str
    id_kiriman: str
    saluran: str
    diterima_pada: datetime
    status: str
    alasan: str
    cara: str
    answer: Answer | None

    @property
    def released(self) -> bool:
        """Whether a person let it pass."""
        return self.answer is not None and self.answer.terima


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a person answered to "add or replace?": ``tambah``, ``ganti``, ``ganti_semua``, or "" to take it back.

    ``cabut``, on a share of a recap: its rows are withdrawn.
    """

    id_kiriman: str
    jawaban: str
    oleh: str
    alasan: str
    dibuat_pada: datetime


class WrittenLayout(NamedTuple):
    """A table that one unit sent: its layout and headers, field → numbers of the columns that may be it, its rows."""

    lembaga: str
    periode: str
    kode_satker: str
    himpunan: str
    sidik: str
    kepala: tuple[str, ...]
    pertanyaan: Mapping[str, list[int]]
    baris: int


class WrittenChoice(NamedTuple):
    """What stands in a column of choices and had to be told of, in the rows of one unit that count; how many."""

    himpunan: str
    kolom: str
    nilai: str
    lembaga: str
    periode: str
    kode_satker: str
    baris: int


class UrlRecord(NamedTuple):
    """What a URL gave last: the ETag of the answer and the SHA-256 of its bytes in landing."""

    etag: str
    sidik: str


@dataclass(frozen=True, slots=True)
class SitePage:
    """What is known of one page of a unit's news site.

    url: canonical form, the page's identity. jenis: ``robots``, ``daftar`` or ``artikel``. status: ``ada``,
    ``hilang`` or ``gagal``; kali: failures in a row. alamat: where it was fetched. etag, terakhir_diubah: the
    validators as the site gave them. sidik: digest of the bytes in landing, or empty. terbit: day of
    publication as its list says, or None. tuntas_sejak: of a list, the day back to which its articles are known.
    """

    lembaga: str
    kode_satker: str
    url: str
    jenis: str
    status: str
    diambil_pada: datetime
    kali: int = 0
    alamat: str = ""
    etag: str = ""
    terakhir_diubah: str = ""
    sidik: str = ""
    terbit: date | None = None
    tuntas_sejak: date | None = None


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft as it is stored: keys in columns, all fields of the draft as JSON values in ``isi``."""

    lembaga: str
    kode_satker: str
    url: str
    periode: str
    tanggal_mulai: date | None
    layak_dihitung: bool
    id_acara: str
    sidik: str
    pembaca: str
    isi: Mapping[str, Any]
    dibaca_pada: datetime


class ReportedKegiatan(NamedTuple):
    """An accepted activity, as far as a draft may repeat it; texts are empty where the row says nothing."""

    tanggal_mulai: date | None
    judul: str
    url_bukti: str
    id_acara: str


@dataclass(frozen=True, slots=True)
class Balance:
    """Conservation of rows over all submissions of a period: ``baris_masuk = diterima + dikarantina + kembar``.

    kiriman: submissions validated; menunggu: not yet. berlaku: the same four counts over the submissions in
    force. per_satker: code → the four counts. selisih: mismatches in plain words, empty when all balance.
    buku: rows ever accepted, and of them in force, superseded, withdrawn: the first is the sum of the others.
    """

    kiriman: int
    menunggu: int
    baris_masuk: int
    diterima: int
    dikarantina: int
    kembar: int
    berlaku: tuple[int, int, int, int]
    per_satker: Mapping[str, tuple[int, int, int, int]]
    selisih: tuple[str, ...] = ()
    buku: tuple[int, int, int, int] = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class EditionDraft:
    """A report whose data may have changed. sidik: SHA-256 of ``kanonik``. perubahan: the table of changes."""

    lingkup: str
    kode: str
    sidik: str
    kanonik: Mapping[str, Any]
    perubahan: list[Any] = field(default_factory=list)


class EditionMark(NamedTuple):
    """What tells editions apart, without their data; see :class:`Edition`."""

    lingkup: str
    kode: str
    edisi: int
    sidik_data: str
    status: str


@dataclass(frozen=True, slots=True)
class SignedCopy:
    """A report that came back signed; see ``models.ResultSignedCopy``."""

    lingkup: str
    kode: str
    edisi: int
    sha256: str
    kesamaan: str
    tanda_tangan: Sequence[Mapping[str, Any]]
    diterima_pada: datetime


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition. status: ``draf`` or ``terbit``. berkas: file → [SHA-256, size]; see ``models.ResultEdition``."""

    lembaga: str
    periode: str
    lingkup: str
    kode: str
    edisi: int
    sidik_data: str
    status: str
    dibuat_pada: datetime
    terbit_pada: datetime | None
    kanonik: Mapping[str, Any]
    perubahan: list[Any]
    berkas: Mapping[str, Any] = field(default_factory=dict)
    pencetak: str = ""
    pelengkap: Mapping[str, Any] = field(default_factory=dict)
    sidik_pelengkap: str = ""
    rantai: str = ""

    @property
    def record(self) -> EditionRecord:
        """What the warehouse says was published; whether it is so, the chain must show."""
        return EditionRecord(
            self.lembaga, self.periode, self.lingkup, self.kode, self.edisi, self.sidik_data,
            self.sidik_pelengkap, self.pencetak, files_of(self.berkas), self.rantai,
        )  # fmt: skip

    @property
    def has_data(self) -> bool:
        """Whether the stored data are those of the digest."""
        return digest_of(self.kanonik) == self.sidik_data

    @property
    def has_supplement(self) -> bool:
        """Whether what is stored beside the data is what was printed."""
        return digest_of(self.pelengkap) == self.sidik_pelengkap


def files_of(file: Any) -> dict[str, FileHash]:
    """Files as they are stored; what has not their form is no hash of any file."""
    stored = file.items() if isinstance(file, Mapping) else ()
    return {name: _file(content) for name, content in stored}


def _file(content: Any) -> FileHash:
    match content:
        case [str(sha256), int(size)]:
            return FileHash(sha256, size)
        case _:
            return FileHash(digest_of(["?", content]), 0)


@dataclass(frozen=True, slots=True)
class Print:
    """What was printed for one edition: its files, by which program, and what stands there beside the data."""

    level: str
    code: str
    number: int
    printer: str
    supplement: Mapping[str, Any]
    files: Mapping[str, FileHash]


@dataclass(frozen=True, slots=True)
class SetAside:
    """One file of a drop-box that was set aside; the fields are the columns of ``OperationSetAside``."""

    kotak: str
    nama: str
    sidik: str
    tampil: str
    tanda: str
    sejak: datetime
    tiba_pada: datetime
    urut_pada: datetime
    kali: int
    terakhir: datetime
    coba_lagi: datetime
    langkah: str
    kode_galat: str
    pesan: str
    cara: str
    versi: str
    surat: str = ""
