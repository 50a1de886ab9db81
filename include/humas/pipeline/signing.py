"""Reports on their way to a signature and back: laid ready, taken back signed, and which of them are signed by now."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from humas.chain.links import FileHash
from humas.errors import HumasError, OperatorError, SenderError, os_reason
from humas.publish.manifest import id_of
from humas.registry import Cycle
from humas.signature import Likeness, Trust, laid_over, likeness, load_issuers, signatures_in
from humas.warehouse import SignedCopy

if TYPE_CHECKING:
    from datetime import datetime

    from humas.chain.links import EditionRecord
    from humas.installation.context import Context
    from humas.signature import Signature

LIST = "daftar.csv"
_MAX_FILE = 256 * 1024 * 1024
_COLUMNS = ("nomor", "nama", "berkas", "sha256")
Place = tuple[str, str]
"""Level and code of what a report is about."""


@dataclass(frozen=True, slots=True)
class SigningState:
    """A published report and its signature. signed: edition that came back signed last, 0 for none; number: the one in force."""

    id: str
    place: Place
    number: int
    signed: int
    signers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A report that came back signed. new: False when the same file had come before. newest: number of the edition in force."""

    id: str
    number: int
    newest: int
    likeness: Likeness
    signatures: tuple[Signature, ...]
    laid_over: int
    new: bool


def states(context: Context, cycle: Cycle) -> list[SigningState]:
    """Every published report of a period, the edition in force, and whether that or an older one is signed."""
    copies: dict[Place, SignedCopy] = {}
    for copy in sorted(context.warehouse.signed_copies(cycle), key=lambda one: one.edisi):
        copies[copy.lingkup, copy.kode] = copy
    return [_state(record, copies.get(record.key)) for record in _newest(context, cycle)]


def _state(record: EditionRecord, copy: SignedCopy | None) -> SigningState:
    if copy is None:
        return SigningState(id_of(record), record.key, record.number, 0)
    signers = tuple(str(one["penanda_tangan"]) for one in copy.tanda_tangan)
    return SigningState(id_of(record), record.key, record.number, copy.edisi, signers)


def _newest(context: Context, cycle: Cycle) -> list[EditionRecord]:
    newest: dict[Place, EditionRecord] = {}
    for record in context.warehouse.edition_records(cycle):
        if record.key not in newest or record.number > newest[record.key].number:
            newest[record.key] = record
    return [newest[place] for place in sorted(newest)]


def lay_ready(
    context: Context, cycle: Cycle, places: Collection[Place], folder: Path, name_of: Callable[[Place], str]
) -> int:
    """Copy the PDF in force of these reports (of all, when none is named) into a folder, with a list of them; how many.

    Each is compared with its record first: what is signed is what was published.

    Raises:
        OperatorError: a file is not what was published, or the folder cannot be written.
        SenderError: a report that is named was not published.
    """
    records = [record for record in _newest(context, cycle) if not places or record.key in places]
    missing = set(places) - {record.key for record in records}
    if missing or not records:
        which = ", ".join(sorted(map(name_of, missing))) or f"{cycle.lembaga} {cycle.period}"
        raise SenderError(
            "belum_terbit", f"Belum ada laporan terbit: {which}.", "terbitkan dahulu dengan ./humas quarter."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lines = []
        for record in records:
            content = _published(context, cycle, record)
            (folder / f"{id_of(record)}.pdf").write_bytes(content)
            lines.append((id_of(record), name_of(record.key), f"{id_of(record)}.pdf", FileHash.of(content).sha256))
        (folder / LIST).write_bytes(_csv(lines))
    except OSError as error:
        raise OperatorError(
            "tidak_dapat_menulis",
            f"{folder} tidak dapat ditulis: {os_reason(error)}.",
            "pilih folder lain dengan --ke, atau beri izin menulis.",
        ) from error
    return len(records)


def _csv(lines: Sequence[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_COLUMNS, *lines])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _published(context: Context, cycle: Cycle, record: EditionRecord) -> bytes:
    """The PDF of an edition as readers have it, proved against its record."""
    release = context.settings.published / cycle.lembaga / cycle.period
    for name, expected in record.files.items():
        if name.endswith(".pdf"):
            try:
                content = (release / name).read_bytes()
            except OSError:
                break
            if FileHash.of(content) == expected:
                return content
    raise OperatorError(
        "berkas_terbit_berubah",
        f"PDF terbitan {id_of(record)} hilang atau tidak lagi seperti saat terbit.",
        f"terbitkan lagi dengan ./humas quarter {cycle.period} --lembaga {cycle.lembaga}; berkasnya dipulihkan.",
    )


def take_back(context: Context, path: Path) -> TakenBack:
    """Take a report back that was signed elsewhere: kept as it came, and noted with its edition.

    Taken is only what draws, page for page, what was published, bears signatures that fit, and was not changed
    after them. The same file again changes nothing.

    Raises:
        SenderError: it is no signed report of ours; the message says what it is instead.
        OperatorError: the published file or the folder of signed ones cannot be used.
    """
    content = _content(path)
    cycle, record, newest = _record_of(context, content, path.name)
    signatures = signatures_in(content, load_issuers(context.settings.signature_issuers))
    _refuse_unsigned(signatures, path.name)
    published = _published(context, cycle, record)
    like = likeness(published, content)
    if like is Likeness.OTHER:
        raise SenderError(
            "isi_berbeda",
            f"{path.name}: isi halamannya bukan {id_of(record)} seperti saat terbit.",
            "tanda tangani lagi PDF dari folder siap TTE, tanpa menyunting atau mencetaknya ulang.",
        )
    _keep(context, cycle, record, content)
    now = context.settings.now()
    new = context.warehouse.note_signed_copy(cycle, _copy(record, content, like, signatures, now))
    return TakenBack(id_of(record), record.number, newest, like, signatures, laid_over(published, content), new)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_FILE:
            raise SenderError("terlalu_besar", f"{path.name} terlalu besar untuk laporan.", "periksa berkas itu.")
        return path.read_bytes()
    except OSError as error:
        raise SenderError(
            "berkas_tak_terbaca", f"{path} tidak dapat dibaca: {os_reason(error)}.", "periksa nama dan izin berkas itu."
        ) from error


def _record_of(context: Context, content: bytes, name: str) -> tuple[Cycle, EditionRecord, int]:
    """Period and record of the edition that a file says it is, by what it says inside or else by its name."""
    from humas.publish.verify import report_claimed

    claimed = report_claimed(content, name)
    cycle = Cycle(claimed[0], claimed[3]) if claimed else Cycle("", "")
    records = context.warehouse.edition_records(cycle) if claimed else []
    mine = [record for record in records if claimed and record.key == claimed[1:3]]
    found = next((record for record in mine if claimed and record.number == claimed[4]), None)
    if found is None:
        raise SenderError(
            "bukan_laporan_kami",
            f"{name} tidak menyebut laporan yang terbit di sini.",
            "kirim PDF dari folder siap TTE yang sudah ditandatangani, dengan namanya semula.",
        )
    return cycle, found, max(record.number for record in mine)


def _refuse_unsigned(signatures: Sequence[Signature], name: str) -> None:
    remedy = "tanda tangani lagi PDF dari folder siap TTE, dan kirim hasilnya tanpa disimpan ulang."
    if not signatures:
        raise SenderError("belum_ditandatangani", f"{name} tidak memuat tanda tangan elektronik.", remedy)
    for one in signatures:
        if not one.intact:
            raise SenderError("tanda_tangan_rusak", f"{name} berubah sesudah ditandatangani {one.signer}.", remedy)
        if one.trust is Trust.NO:
            raise SenderError(
                "penerbit_tidak_dipercaya",
                f"{name}: sertifikat {one.signer} diterbitkan {one.issuer}, yang tidak ada pada daftar penerbit.",
                "tanda tangani dengan sertifikat resmi, atau Admin sistem menambah penerbitnya (HUMAS_TTE_PENERBIT).",
            )
    if not signatures[-1].unchanged:
        raise SenderError(
            "diubah_sesudah_tanda_tangan",
            f"{name} ditambahi sesuatu sesudah ditandatangani {signatures[-1].signer}.",
            remedy,
        )


def _keep(context: Context, cycle: Cycle, record: EditionRecord, content: bytes) -> None:
    """The bytes as they came, before they are noted."""
    from humas.publish.release import write_whole

    digest = hashlib.sha256(content).hexdigest()
    write_whole(context.settings.signed / cycle.lembaga / cycle.period / f"{id_of(record)}.{digest[:12]}.pdf", content)


def _copy(
    record: EditionRecord, content: bytes, like: Likeness, signatures: Sequence[Signature], now: datetime
) -> SignedCopy:
    told = [
        {
            "penanda_tangan": one.signer,
            "penerbit": one.issuer,
            "pada": one.signed_at.isoformat() if one.signed_at else None,
            "kepercayaan": one.trust.value,
        }
        for one in signatures
    ]
    return SignedCopy(*record.key, record.number, hashlib.sha256(content).hexdigest(), like.value, told, now)


def take_all(context: Context, paths: Sequence[Path]) -> list[TakenBack | tuple[str, HumasError]]:
    """Take several back; one that is refused stops no other, and stands with its name and why."""
    results: list[TakenBack | tuple[str, HumasError]] = []
    for path in paths:
        try:
            results.append(take_back(context, path))
        except SenderError as error:
            results.append((path.name, error))
    return results
