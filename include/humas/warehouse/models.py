"""Tables of the warehouse: what came (``mentah_``), validated facts (``inti_``), figures (``hasil_``), operation (``operasi_``).

The tables written out here change by migration. The fact tables ``inti_<himpunan>`` are generated from the
data contract; see ``docs/decisions/0002-kolom-kontrak-di-gudang.md``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from humas.contract.columns import DATASETS, ColumnType, Dataset

COUNTS = ("baris_masuk", "diterima", "dikarantina", "kembar")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware going in, aware UTC coming out, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC; SQLite knows no zones and stores it without."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without zone cannot be stored: {value}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of all tables; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {str: Text, int: BigInteger, float: Double, datetime: UtcDateTime, dict[str, Any]: JSON}


class RawFile(Base):
    """One raw file of the landing store; ``dihapus_pada`` is set once retention removed its bytes."""

    __tablename__ = "mentah_berkas"
    sidik: Mapped[str] = mapped_column(primary_key=True)
    ukuran: Mapped[int]
    diterima_pada: Mapped[datetime]
    dihapus_pada: Mapped[datetime | None]


class RawReception(Base):
    """One arrival of one file: the same bytes sent again are a new row here and nowhere else.

    id_kiriman is NULL for pages landed before a paginated source broke off. diterima_pada: when it counts as received;
    tiba_pada, urut_pada: its order among arrivals, which no clock turns (``humas.landing.arrival``).
    """

    __tablename__ = "mentah_penerimaan"
    __table_args__ = (
        Index("ix_mentah_penerimaan_periode", "lembaga", "periode"),
        Index("ix_mentah_penerimaan_sidik", "sidik"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    lembaga: Mapped[str]
    kode_satker: Mapped[str]
    periode: Mapped[str]
    saluran: Mapped[str]
    sidik: Mapped[str] = mapped_column(ForeignKey("mentah_berkas.sidik"))
    id_kiriman: Mapped[str | None]
    halaman: Mapped[int]
    media_type: Mapped[str]
    nama: Mapped[str]
    url: Mapped[str]
    header: Mapped[dict[str, Any]]
    diterima_pada: Mapped[datetime]
    tiba_pada: Mapped[datetime]
    urut_pada: Mapped[datetime]


class CoreSubmission(Base):
    """One version of a unit's submission, with its verdict.

    diterima_pada: first time these bytes counted as received (punctuality). terakhir_diterima, penerimaan_terakhir:
    ``urut_pada`` and ``tiba_pada`` of the arrival that says how new this version is.
    berlaku: the newest valid version of the unit, and each earlier one that still has rows in force. pernyataan: what
    its sender says of what came before, and which data sets are nil (``humas.validation.statement``); NULL for nothing.
    per_himpunan: data set → [masuk, diterima, dikarantina, kembar]. sidik_hasil: digest of the validation
    result, so that only changed submissions are rewritten. segel: digest of verdict and rows as they were stored,
    "" before validation, ``lama`` of a validation older than the column; what differs from it was changed by another hand.
    id_rekap: the recap that it is a share of; NULL of a unit's own.
    """

    __tablename__ = "inti_kiriman"
    __table_args__ = (Index("ix_inti_kiriman_periode", "lembaga", "periode", "kode_satker"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    lembaga: Mapped[str]
    kode_satker: Mapped[str]
    periode: Mapped[str]
    saluran: Mapped[str]
    sidik: Mapped[str]
    diterima_pada: Mapped[datetime]
    terakhir_diterima: Mapped[datetime]
    penerimaan_terakhir: Mapped[datetime]
    status: Mapped[str]
    alasan: Mapped[str]
    cara: Mapped[str]
    nihil: Mapped[bool]
    baris_masuk: Mapped[int]
    diterima: Mapped[int]
    dikarantina: Mapped[int]
    kembar: Mapped[int]
    sel_wajib: Mapped[int]
    sel_wajib_terisi: Mapped[int]
    per_himpunan: Mapped[dict[str, Any]]
    berlaku: Mapped[bool]
    sidik_hasil: Mapped[str]
    segel: Mapped[str]
    pernyataan: Mapped[str | None]
    id_rekap: Mapped[str | None]


class CoreLedger(Base):
    """Where one accepted row stands (decision 0038); its cells stand in the fact table.

    keadaan: as ``humas.ledger.RowStanding``. kiriman_penerus, baris_penerus: the row that took its place, or says it
    again. oleh, alasan, pada: who withdrew it, why and when.
    """

    __tablename__ = "inti_buku"
    id_kiriman: Mapped[str] = mapped_column(ForeignKey("inti_kiriman.id"), primary_key=True)
    himpunan: Mapped[str] = mapped_column(primary_key=True)
    id_baris: Mapped[str] = mapped_column(primary_key=True)
    keadaan: Mapped[str]
    kiriman_penerus: Mapped[str | None]
    baris_penerus: Mapped[str | None]
    oleh: Mapped[str | None]
    alasan: Mapped[str | None]
    pada: Mapped[datetime | None]


class CoreFinding(Base):
    """One finding; baris 0 means the whole file."""

    __tablename__ = "inti_temuan"
    id_kiriman: Mapped[str] = mapped_column(ForeignKey("inti_kiriman.id"), primary_key=True)
    urutan: Mapped[int] = mapped_column(primary_key=True)
    himpunan: Mapped[str | None]
    lembar: Mapped[str | None]
    baris: Mapped[int]
    kolom: Mapped[str | None]
    huruf: Mapped[str | None]
    kode: Mapped[str]
    keparahan: Mapped[str]
    pesan: Mapped[str]
    cara: Mapped[str | None]
    nilai: Mapped[str | None]


class CoreQuarantine(Base):
    """One quarantined row, masked; id_pengganti: the later submission that tells it mended, in a row that counts."""

    __tablename__ = "inti_karantina"
    id_kiriman: Mapped[str] = mapped_column(ForeignKey("inti_kiriman.id"), primary_key=True)
    urutan: Mapped[int] = mapped_column(primary_key=True)
    himpunan: Mapped[str | None]
    lembar: Mapped[str | None]
    baris: Mapped[int]
    kode: Mapped[str]
    isi_asli: Mapped[str]
    id_pengganti: Mapped[str | None]


class CoreDuplicate(Base):
    """One row told twice in a submission; baris_asal: the row it repeats."""

    __tablename__ = "inti_kembar"
    id_kiriman: Mapped[str] = mapped_column(ForeignKey("inti_kiriman.id"), primary_key=True)
    urutan: Mapped[int] = mapped_column(primary_key=True)
    himpunan: Mapped[str | None]
    lembar: Mapped[str | None]
    baris: Mapped[int]
    baris_asal: Mapped[int]
    isi_asli: Mapped[str]


class CoreLayout(Base):
    """The layout of one table of a submission that has headers of its own.

    sidik: its fingerprint. kepala: its headers as a JSON list, masked. pertanyaan: field → numbers of the columns that may
    be it, from 1, as JSON. baris: rows of the table.
    """

    __tablename__ = "inti_tata_letak"
    __table_args__ = (Index("ix_inti_tata_letak_sidik", "sidik"),)
    id_kiriman: Mapped[str] = mapped_column(ForeignKey("inti_kiriman.id"), primary_key=True)
    urutan: Mapped[int] = mapped_column(primary_key=True)
    himpunan: Mapped[str]
    lembar: Mapped[str]
    sidik: Mapped[str]
    kepala: Mapped[str]
    pertanyaan: Mapped[str]
    baris: Mapped[int]


class OperationObligation(Base):
    """One version of an obligation; version 1 is what was frozen when the period opened."""

    __tablename__ = "operasi_kewajiban"
    lembaga: Mapped[str] = mapped_column(primary_key=True)
    periode: Mapped[str] = mapped_column(primary_key=True)
    kode_satker: Mapped[str] = mapped_column(primary_key=True)
    versi: Mapped[int] = mapped_column(primary_key=True)
    tenggat: Mapped[date]
    akhir_tenggang: Mapped[date]
    wajib: Mapped[bool]
    alasan: Mapped[str]
    oleh: Mapped[str]
    dibuat_pada: Mapped[datetime]


class OperationAnswer(Base):
    """One answer to the question whether a submission is its quarter's; the last one of a submission holds.

    terima: let it pass, or (False) ask again.
    """

    __tablename__ = "operasi_jawaban"
    id_kiriman: Mapped[str] = mapped_column(ForeignKey("inti_kiriman.id"), primary_key=True)
    versi: Mapped[int] = mapped_column(primary_key=True)
    terima: Mapped[bool]
    oleh: Mapped[str]
    alasan: Mapped[str]
    dibuat_pada: Mapped[datetime]


class OperationSettlement(Base):
    """One answer to the question whether a submission adds or replaces; the last one of a submission holds.

    jawaban: ``tambah`` (what it does not tell stays), ``ganti`` (what it does not tell is withdrawn), ``ganti_semua``
    (also data sets it says nothing of: what was in force before there was a ledger), or "" (asked again).
    """

    __tablename__ = "operasi_ganti"
    id_kiriman: Mapped[str] = mapped_column(ForeignKey("inti_kiriman.id"), primary_key=True)
    versi: Mapped[int] = mapped_column(primary_key=True)
    jawaban: Mapped[str]
    oleh: Mapped[str]
    alasan: Mapped[str]
    dibuat_pada: Mapped[datetime]


class OperationLesson(Base):
    """One answer to a word that no vocabulary knows; the last one of a word, column and body holds.

    What the fields hold: ``humas.values.lessons.Lesson``.
    """

    __tablename__ = "operasi_kata"
    kolom: Mapped[str] = mapped_column(primary_key=True)
    kata: Mapped[str] = mapped_column(primary_key=True)
    lembaga: Mapped[str] = mapped_column(primary_key=True)
    versi: Mapped[int] = mapped_column(primary_key=True)
    tertulis: Mapped[str]
    arti: Mapped[str]
    oleh: Mapped[str]
    alasan: Mapped[str]
    dibuat_pada: Mapped[datetime]


class OperationHeading(Base):
    """One word of people on a column of a layout; the last one of a column, office and body holds.

    What the fields hold: ``humas.values.lessons.HeadingLesson``.
    """

    __tablename__ = "operasi_tata_letak"
    sidik: Mapped[str] = mapped_column(primary_key=True)
    himpunan: Mapped[str] = mapped_column(primary_key=True)
    urutan: Mapped[int] = mapped_column(primary_key=True)
    lembaga: Mapped[str] = mapped_column(primary_key=True)
    kode_satker: Mapped[str] = mapped_column(primary_key=True)
    versi: Mapped[int] = mapped_column(primary_key=True)
    judul: Mapped[str]
    kepala: Mapped[str]
    bidang: Mapped[str]
    oleh: Mapped[str]
    alasan: Mapped[str]
    asal: Mapped[str]
    dibuat_pada: Mapped[datetime]


class OperationAttempt(Base):
    """The outcome of one attempt; ``pengumpulan`` is when the unit's collection that it belongs to began."""

    __tablename__ = "operasi_percobaan"
    __table_args__ = (Index("ix_operasi_percobaan_periode", "lembaga", "periode", "kode_satker"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    pengumpulan: Mapped[datetime]
    lembaga: Mapped[str]
    kode_satker: Mapped[str]
    periode: Mapped[str]
    saluran: Mapped[str]
    urutan: Mapped[int]
    percobaan: Mapped[int]
    status: Mapped[str]
    mulai: Mapped[datetime]
    detik: Mapped[float]
    run_id: Mapped[str]
    kode_galat: Mapped[str]
    pelaku: Mapped[str]
    pesan: Mapped[str]
    cara: Mapped[str]
    layak_diulang: Mapped[bool]
    ukuran: Mapped[int]
    halaman: Mapped[int]
    halaman_lanjut: Mapped[int]
    sidik: Mapped[str]


class OperationRun(Base):
    """One run over a period; neraca: the conservation of rows as it was proved in this run."""

    __tablename__ = "operasi_jalan"
    run_id: Mapped[str] = mapped_column(primary_key=True)
    lembaga: Mapped[str] = mapped_column(primary_key=True)
    periode: Mapped[str] = mapped_column(primary_key=True)
    mulai: Mapped[datetime]
    selesai: Mapped[datetime | None]
    status: Mapped[str]
    neraca: Mapped[dict[str, Any]]


class OperationSetAside(Base):
    """One file of a drop-box that was set aside: what failed on it, how often, and when it is tried again.

    nama: its bytes in ASCII; tampil: the name as people see it. sidik: digest of its bytes, "" while they could not
    be read. tanda: what its listing shows of its state. sejak: when it was first met, which is when it counts as
    received; tiba_pada, urut_pada: its order among arrivals. versi: of the program that failed. surat: where its receipt lies inside the drop-box, "" while it does
    not lie there.
    """

    __tablename__ = "operasi_kotak_tertunda"
    kotak: Mapped[str] = mapped_column(primary_key=True)
    nama: Mapped[str] = mapped_column(primary_key=True)
    sidik: Mapped[str] = mapped_column(primary_key=True)
    tampil: Mapped[str]
    tanda: Mapped[str]
    sejak: Mapped[datetime]
    tiba_pada: Mapped[datetime]
    urut_pada: Mapped[datetime]
    kali: Mapped[int]
    terakhir: Mapped[datetime]
    coba_lagi: Mapped[datetime]
    langkah: Mapped[str]
    kode_galat: Mapped[str]
    pesan: Mapped[str]
    cara: Mapped[str]
    versi: Mapped[str]
    surat: Mapped[str]


class OperationSchema(Base):
    """Facts about the schema itself: ``kontrak`` is the digest of the contract columns it was made for."""

    __tablename__ = "operasi_skema"
    kunci: Mapped[str] = mapped_column(primary_key=True)
    nilai: Mapped[str]


class OperationSitePage(Base):
    """What is known of one page of a unit's news site; url is its canonical form, alamat where it was fetched.

    status: ``ada``, ``hilang`` (gone for good) or ``gagal`` (to be tried again, ``kali`` times so far).
    tuntas_sejak: of a list, the day back to which every article on it is known; NULL while it is not.
    """

    __tablename__ = "operasi_halaman_situs"
    lembaga: Mapped[str] = mapped_column(primary_key=True)
    kode_satker: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    jenis: Mapped[str]
    status: Mapped[str]
    kali: Mapped[int]
    alamat: Mapped[str]
    etag: Mapped[str]
    terakhir_diubah: Mapped[str]
    sidik: Mapped[str]
    terbit: Mapped[date | None]
    tuntas_sejak: Mapped[date | None]
    diambil_pada: Mapped[datetime]


class CoreDraft(Base):
    """One draft activity read from one article: offered to its unit, never counted.

    periode: quarter of ``tanggal_mulai``, "" when the article tells no date. sidik: the bytes it was read
    from; pembaca: which rules read them. isi: all fields of the draft.
    """

    __tablename__ = "inti_draf"
    __table_args__ = (Index("ix_inti_draf_periode", "lembaga", "periode", "kode_satker"),)
    lembaga: Mapped[str] = mapped_column(primary_key=True)
    kode_satker: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str] = mapped_column(primary_key=True)
    periode: Mapped[str]
    tanggal_mulai: Mapped[date | None]
    layak_dihitung: Mapped[bool]
    id_acara: Mapped[str]
    sidik: Mapped[str]
    pembaca: Mapped[str]
    isi: Mapped[dict[str, Any]]
    dibaca_pada: Mapped[datetime]


class ResultFigure(Base):
    """One figure; rincian "" is the measure as a whole, numbers are NULL where they do not apply."""

    __tablename__ = "hasil_angka"
    lembaga: Mapped[str] = mapped_column(primary_key=True)
    periode: Mapped[str] = mapped_column(primary_key=True)
    lingkup: Mapped[str] = mapped_column(primary_key=True)
    kode: Mapped[str] = mapped_column(primary_key=True)
    ukuran: Mapped[str] = mapped_column(primary_key=True)
    rincian: Mapped[str] = mapped_column(primary_key=True)
    nilai: Mapped[float | None]
    pembilang: Mapped[float | None]
    penyebut: Mapped[float | None]


class ResultSeal(Base):
    """What was stored or published by this program. jenis: ``angka`` (figures as stored) or ``manifes`` (as published)."""

    __tablename__ = "hasil_segel"
    lembaga: Mapped[str] = mapped_column(primary_key=True)
    periode: Mapped[str] = mapped_column(primary_key=True)
    jenis: Mapped[str] = mapped_column(primary_key=True)
    sidik: Mapped[str] = mapped_column(primary_key=True)


class ResultEdition(Base):
    """One edition of one report: its data, what changed against the edition before, and the record of its files.

    berkas: path within the release → [SHA-256, size]. pencetak: version of the program that printed it. pelengkap:
    what is printed beside the data, and its digest. rantai: see ``humas.chain.links``.
    """

    __tablename__ = "hasil_edisi"
    lembaga: Mapped[str] = mapped_column(primary_key=True)
    periode: Mapped[str] = mapped_column(primary_key=True)
    lingkup: Mapped[str] = mapped_column(primary_key=True)
    kode: Mapped[str] = mapped_column(primary_key=True)
    edisi: Mapped[int] = mapped_column(primary_key=True)
    sidik_data: Mapped[str]
    status: Mapped[str]
    dibuat_pada: Mapped[datetime]
    terbit_pada: Mapped[datetime | None]
    kanonik: Mapped[dict[str, Any]]
    perubahan: Mapped[list[Any]] = mapped_column(JSON)
    berkas: Mapped[dict[str, Any]]
    pencetak: Mapped[str]
    pelengkap: Mapped[dict[str, Any]]
    sidik_pelengkap: Mapped[str]
    rantai: Mapped[str]


class ResultSignedCopy(Base):
    """A report that came back signed. sha256: of the file as it came. kesamaan: how it relates to the edition as published.

    tanda_tangan: of each signature whose it is, by whose certificate, when, and whether the issuer is trusted.
    """

    __tablename__ = "hasil_tanda_tangan"
    lembaga: Mapped[str] = mapped_column(primary_key=True)
    periode: Mapped[str] = mapped_column(primary_key=True)
    lingkup: Mapped[str] = mapped_column(primary_key=True)
    kode: Mapped[str] = mapped_column(primary_key=True)
    edisi: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(primary_key=True)
    kesamaan: Mapped[str]
    tanda_tangan: Mapped[list[Any]] = mapped_column(JSON)
    diterima_pada: Mapped[datetime]


def contract_type(type_name: ColumnType) -> TypeEngine[Any]:
    """Column type of a contract column; a WAKTU is the wall clock of Jakarta as written, without zone."""
    if type_name is ColumnType.DATE:
        return Date()
    if type_name is ColumnType.DATETIME:
        return DateTime()
    return Double() if type_name is ColumnType.INTEGER else Text()


def fact_table(dataset: Dataset, metadata: MetaData) -> Table:
    """The table of accepted rows of a data set: place of the row, then one column per contract column."""
    event = [Column("id_acara", Text)] if dataset.name == "kegiatan" else []
    return Table(
        f"inti_{dataset.name}",
        metadata,
        Column("id_kiriman", Text, ForeignKey(CoreSubmission.id), primary_key=True),
        Column("id_baris", Text, primary_key=True),
        Column("lembar", Text),
        Column("baris", BigInteger),
        Column("susulan", Boolean),
        *event,
        *(Column(column.name, contract_type(column.type_name)) for column in dataset.columns),
    )


FACTS: dict[str, Table] = {dataset.name: fact_table(dataset, Base.metadata) for dataset in DATASETS}
