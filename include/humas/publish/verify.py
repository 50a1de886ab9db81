"""Is this report ours, intact, current? Answered from the records of what was published, never from what a file says.

A record is that of the warehouse, or, where none is at hand (a site copied elsewhere), that of a manifest. It counts
only while its chain proves it (``humas.chain.links``). Where both are at hand and differ, the warehouse is believed, and the
answer says so. A file names the report that it claims to be in its metadata; that alone proves nothing.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import stat
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from humas.chain.links import EditionRecord, FileHash, broken
from humas.errors import SenderError, os_reason
from humas.periods import jakarta_day, long_date
from humas.publish.authenticity import ANSWERS
from humas.publish.manifest import NAME, id_of, read_manifest, records_of
from humas.signature import Likeness, Signature, Trust, likeness, signatures_in

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

log = logging.getLogger(__name__)
ID_PATTERN = r"HT-(?P<lembaga>[A-Z]+)-(?P<tempat>N|P\d\d|\d\d(?:\.\d\d)?)-(?P<tahun>\d{4})(?P<tw>TW[1-4])?-E(?P<edisi>\d{1,6})(?!\d)"
_ID = re.compile(ID_PATTERN, re.ASCII)
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_MAX_PROPERTIES = 64 * 1024
_MAX_FILE = 256 * 1024 * 1024


class Status(StrEnum):
    """What a file is."""

    CURRENT = "asli_terkini"
    OLD_EDITION = "asli_ada_edisi_baru"
    SIGNED = "asli_ditandatangani"
    CHANGED = "berubah"
    NOT_OURS = "bukan_laporan_kami"


class RecordSource(StrEnum):
    """Where an answer comes from."""

    WAREHOUSE = "gudang"
    MANIFEST = "manifes"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Authenticity:
    """The answer. id, edisi: what the file is, as far as known; edisi_terbaru: newest published edition, 0 if none.

    sha256: of the file. sidik: digest of the data, as the record or else the file states it. pesan: the answer for a
    reader. rantai: link of the edition in the chain. sumber: whose record answered.
    """

    status: Status
    pesan: str
    sha256: str
    id: str = ""
    edisi: int = 0
    edisi_terbaru: int = 0
    sidik: str = ""
    rantai: str = ""
    sumber: str = RecordSource.NONE

    @property
    def asli(self) -> bool:
        """Whether the file is byte for byte one that was published."""
        return self.status in {Status.CURRENT, Status.OLD_EDITION}

    @property
    def settled(self) -> bool:
        """Whether a reader may rely on it as it is: published, or published and then signed, and not replaced since."""
        return self.status in {Status.CURRENT, Status.SIGNED} and self.edisi == self.edisi_terbaru


@dataclass(frozen=True, slots=True)
class RecordBook:
    """The records of one body and period from one source. remarks: what is wrong with the source, in plain words.

    chained: False of a manifest older than the chain, which proves nothing and disproves nothing. known: False of a
    manifest of a period that the warehouse, which is at hand, never published: anybody can chain one.
    """

    lembaga: str
    periode: str
    records: tuple[EditionRecord, ...]
    source: RecordSource
    remarks: tuple[str, ...] = ()
    chained: bool = True
    known: bool = True

    @property
    def unproven(self) -> frozenset[str]:
        """Numbers of the reports whose record the chain does not prove."""
        if not self.known:
            return frozenset(map(id_of, self.records))
        return frozenset(id_of(record) for record in broken(self.records)) if self.chained else frozenset()

    def newest(self, record: EditionRecord) -> int:
        """Number of the newest edition of the report that a record is of."""
        return max(one.number for one in self.records if one.key == record.key)

    def of_file(self, sha256: str) -> EditionRecord | None:
        """The record that a file of this hash belongs to."""
        return next((record for record in self.records if any(f.sha256 == sha256 for f in record.files.values())), None)

    def of_id(self, id_: str) -> EditionRecord | None:
        """The record of a report number."""
        return next((record for record in self.records if id_of(record) == id_), None)


def books_of_site(publication: Path) -> list[RecordBook]:
    """What the manifests below a published folder say; one that cannot be used is a book without records."""
    books = []
    for folder in sorted(path.parent for path in publication.glob(f"*/*/{NAME}")):
        manifest = read_manifest(folder)
        lembaga, period = folder.parent.name, folder.name
        if manifest is None or (manifest["lembaga"], manifest["periode"]) != (lembaga, period):
            log.warning("%s cannot be used", folder / NAME)
            books.append(RecordBook(lembaga, period, (), RecordSource.MANIFEST, ("Manifes situs rusak.",)))
        elif "catatan" in manifest:
            books.append(RecordBook(lembaga, period, records_of(manifest), RecordSource.MANIFEST))
        else:
            remark = "Manifes situs dari versi lama, tanpa rantai."
            books.append(RecordBook(lembaga, period, _older(manifest), RecordSource.MANIFEST, (remark,), chained=False))
    return books


def _older(manifest: Mapping[str, Any]) -> tuple[EditionRecord, ...]:
    """The editions of a manifest without records, from the names of its files."""
    files: dict[str, dict[str, FileHash]] = {}
    for name, file in manifest["berkas"].items():
        if found := _ID.search(name):
            files.setdefault(found.group(), {})[name] = FileHash(file["sha256"], file["ukuran"])
    digests = {report["id"]: report["sidik"] for report in manifest["laporan"].values()}
    body = (manifest["lembaga"], manifest["periode"])
    return tuple(
        EditionRecord(*body, *_subject(found), int(found["edisi"]), digests.get(id_, ""), files=hashes)
        for id_, hashes in files.items()
        if (found := _ID.search(id_))
    )


def report_named(text: str) -> tuple[str, str, str, str, int] | None:
    """Body, level, code, period and edition of a report by its number (``HT-KPU-33.74-2026TW3-E1``, of a year ``HT-KPU-33.74-2026-E1``); None when it is none."""
    found = _ID.fullmatch(text.strip().upper())
    if found is None:
        return None
    return (found["lembaga"].lower(), *_subject(found), _period(found), int(found["edisi"]))


def _period(found: re.Match[str]) -> str:
    """The period of a report number: ``2026-TW3``, or ``2026`` of a year."""
    return "-".join(part for part in (found["tahun"], found["tw"]) if part)


def report_claimed(content: bytes, name: str = "") -> tuple[str, str, str, str, int] | None:
    """The report that a file says it is, in its metadata or else by its name; proves nothing. None when it says none."""
    found = _ID.search(_metadata(content)) or _ID.search(name)
    return report_named(found.group()) if found else None


def told_signatures(signatures: Sequence[Signature]) -> str:
    """Who signed, by whose certificate and when, in plain words."""
    words = {
        Trust.YES: "penerbit dipercaya",
        Trust.NO: "penerbit tidak dipercaya",
        Trust.UNKNOWN: "penerbit belum diperiksa",
    }
    return "; ".join(
        f"ditandatangani secara elektronik oleh {one.signer}"
        + (f" pada {long_date(jakarta_day(one.signed_at))}" if one.signed_at else "")
        + f" (sertifikat dari {one.issuer}, {words[one.trust]})"
        for one in signatures
    )


def _subject(found: re.Match[str]) -> tuple[str, str]:
    """What a report number is about: level and code."""
    place = found["tempat"]
    return ("nasional", "00") if place == "N" else ("provinsi", place[1:]) if place[0] == "P" else ("satker", place)


def judged(warehouse: Sequence[RecordBook], site: Sequence[RecordBook]) -> list[RecordBook]:
    """The books that answer: the warehouse's, each with what the site says otherwise.

    The site's of periods that the warehouse lacks prove nothing.
    """
    known = {(book.lembaga, book.periode): book for book in warehouse}
    others = {(book.lembaga, book.periode): book for book in site}
    answering = [_compared(book, others.get(key)) for key, book in known.items()]
    return answering + [_unknown(book) for key, book in others.items() if key not in known]


def _unknown(book: RecordBook) -> RecordBook:
    remark = (
        f"Gudang tidak mencatat terbitan {book.lembaga} {book.periode}; manifes situs saja tidak membuktikan apa pun."
    )
    return replace(book, known=False, remarks=(*book.remarks, remark))


def _compared(book: RecordBook, site: RecordBook | None) -> RecordBook:
    if site is None:
        return replace(book, remarks=("Manifes situs hilang.",))
    ours, theirs = ({id_of(record): record for record in records} for records in (book.records, site.records))
    differing = {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)}
    if site.remarks or not differing:
        return replace(book, remarks=site.remarks)
    some = ", ".join(sorted(differing)[:3])
    return replace(book, remarks=(f"Manifes situs tidak sama dengan catatan gudang ({some}).",))


def verify(file: Path, books: Iterable[RecordBook], issuers: Sequence[Certificate] = ()) -> Authenticity:
    """Compare a PDF or XLSX with what was published.

    books: of the warehouse, of a site, or both, as :func:`judged` puts them together. issuers: whose certificates count
    where the file was signed afterwards; none leaves that open.

    Raises:
        SenderError: the file cannot be read.
    """
    known = list(books)
    content = _content(file)
    sha256 = hashlib.sha256(content).hexdigest()
    for book in known:
        record = book.of_file(sha256)
        if record:
            return _rightly_named(_recorded(record, sha256, book), file.name)
    answer = _not_found(content, sha256, known)
    return _signed(answer, content, known, issuers)


def _rightly_named(answer: Authenticity, name: str) -> Authenticity:
    """The answer, unless the file bears the number of another report: whoever opens it by its name is misled."""
    written = _ID.search(name)
    if not answer.asli or written is None or written.group() == answer.id:
        return answer
    message = ANSWERS["tertukar"].format(nama=written.group(), id=answer.id)
    return replace(answer, status=Status.CHANGED, pesan=message)


def _content(path: Path) -> bytes:
    try:
        state = path.stat()
        cause = "" if stat.S_ISREG(state.st_mode) else "itu folder" if stat.S_ISDIR(state.st_mode) else "bukan berkas"
        cause = cause or ("terlalu besar" if state.st_size > _MAX_FILE else "")
        content = b"" if cause else path.read_bytes()
    except FileNotFoundError:
        cause = "berkas tidak ada"
    except (OSError, ValueError) as error:
        cause = os_reason(error) if isinstance(error, OSError) else "namanya tidak dapat dipakai"
    if cause:
        raise SenderError(
            "berkas_tak_terbaca", f"{path} tidak dapat dibaca: {cause}.", "periksa nama dan izin berkas itu."
        )
    return content


def _recorded(record: EditionRecord, sha256: str, book: RecordBook) -> Authenticity:
    """The hash is in a record: genuine if the chain proves that record."""
    id_, edition, newest = id_of(record), record.number, book.newest(record)
    answer = Authenticity(Status.CURRENT, "", sha256, id_, edition, newest, record.digest, record.link, book.source)
    if not book.known:
        return _told(replace(answer, status=Status.CHANGED, pesan=f"Tidak terbukti: berkas mengaku {id_}."), book)
    if id_ in book.unproven:
        message = ANSWERS["rantai"].format(id=id_)
        return _told(replace(answer, status=Status.CHANGED, pesan=message), book)
    if edition < newest:
        message = ANSWERS["lama"].format(id=id_, terbaru=newest)
        return _told(replace(answer, status=Status.OLD_EDITION, pesan=message), book)
    return _told(replace(answer, pesan=ANSWERS["terkini"].format(id=id_)), book)


def _told(answer: Authenticity, book: RecordBook) -> Authenticity:
    """The answer with what people should know of its source."""
    return replace(answer, pesan=" ".join([answer.pesan, *book.remarks]))


def _not_found(content: bytes, sha256: str, books: Sequence[RecordBook]) -> Authenticity:
    """The hash is in no record: changed after publication when it names a report of ours, else not ours."""
    metadata = _metadata(content)
    found = _ID.search(metadata)
    digest = next(iter(_DIGEST.findall(metadata)), "")
    record, book = _claimed(found, books)
    if found is None or record is None or book is None:
        mention = [ANSWERS["tak_tercatat"].format(id=found.group())] if found else []
        message = " ".join([ANSWERS["bukan"], *mention])
        answer = Authenticity(Status.NOT_OURS, message, sha256, sidik=digest)
        return _told(answer, book) if book else answer
    message = ANSWERS["berubah"].format(id=found.group())
    if _published_part(content, record):
        message += f" {ANSWERS['tambahan']}"
    return _told(
        Authenticity(
            Status.CHANGED,
            message,
            sha256,
            id_of(record),
            record.number,
            book.newest(record),
            digest,
            record.link,
            book.source,
        ),
        book,
    )


def _claimed(
    found: re.Match[str] | None, books: Sequence[RecordBook]
) -> tuple[EditionRecord | None, RecordBook | None]:
    """The record of the report that a file says it is, and the book of its period."""
    if found is None:
        return None, None
    place = (found["lembaga"].lower(), _period(found))
    book = next((one for one in books if (one.lembaga, one.periode) == place), None)
    return (book.of_id(found.group()) if book else None), book


def _published_part(content: bytes, record: EditionRecord) -> bytes:
    """The bytes that were published, where the file begins with all of them, as a signed PDF does; else none."""
    sizes = (file.size for file in record.files.values() if 0 < file.size < len(content))
    parts = (content[:size] for size in sizes)
    return next((part for part in parts if FileHash.of(part) in record.files.values()), b"")


def _signed(
    answer: Authenticity, content: bytes, books: Sequence[RecordBook], issuers: Sequence[Certificate]
) -> Authenticity:
    """The answer for a report that was signed after it was published and shows what was published; else the same."""
    book = next((one for one in books if one.of_id(answer.id)), None)
    record = book.of_id(answer.id) if book else None
    if book is None or record is None or not book.known or answer.id in book.unproven:
        return answer
    part = _published_part(content, record)
    if likeness(part, content) is not Likeness.BYTES:
        return answer
    try:
        signatures = signatures_in(content, issuers)
    except SenderError:
        return answer
    if not signatures or not all(one.intact for one in signatures) or not signatures[-1].unchanged:
        return answer
    told = f"{answer.id} utuh seperti saat terbit, {told_signatures(signatures)}."
    if any(one.trust is Trust.NO for one in signatures):
        return replace(answer, pesan=f"Berubah: {told} Tanda tangan itu tidak dapat dipercaya.")
    newer = f" Sudah ada edisi {answer.edisi_terbaru}." if answer.edisi < answer.edisi_terbaru else ""
    return _told(replace(answer, status=Status.SIGNED, pesan=f"Asli: {told}{newer}"), book)


def _metadata(content: bytes) -> str:
    """What a file says of itself: keywords of a PDF, properties of a workbook; "" for anything else."""
    reader = (
        _pdf_keywords if content.startswith(b"%PDF-") else _workbook_properties if content.startswith(b"PK") else None
    )
    try:
        return reader(content) if reader else ""
    except Exception as error:  # noqa: BLE001 -- whatever a stranger's file does to a parser, it only claims to be ours
        log.info("metadata cannot be read: %r", error)
        return ""


def _pdf_keywords(content: bytes) -> str:
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        return str(pdf.docinfo.get("/Keywords", ""))


def _workbook_properties(content: bytes) -> str:
    """The core properties as text: searched, never parsed, and never more than a little of them."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open("docProps/core.xml") as properties:
        return properties.read(_MAX_PROPERTIES).decode("utf-8", "replace")
