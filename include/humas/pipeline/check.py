"""What would happen to one file: the same reading and the same rules as a run, nothing stored."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from humas.bodies import deadline_rule
from humas.contract.columns import BY_NAME, LIST_TYPES, Dataset, spoken_by
from humas.errors import OperatorError, SenderError, os_reason
from humas.fence import guarded
from humas.landing.model import Submission
from humas.periods import quarter_of
from humas.periods.deadline import DueDate, due
from humas.pipeline.evidence import evidence
from humas.pipeline.recognise import Identity, infer
from humas.reading import read_files
from humas.reading.faults import name_of
from humas.registry import DEFAULT_BODY, Lembaga
from humas.sources.fetch import safe_name
from humas.validation.loading import warm_up

if TYPE_CHECKING:
    import pandas as pd

    from humas.installation.context import Context
    from humas.layout.sheet import Sheet
    from humas.reading.table import Document
    from humas.validation.quarter import Elsewhere
    from humas.validation.result import BatchResult, ReadSubmission, SubmissionResult

log = logging.getLogger(__name__)

NO_IDENTITY = "identitas_tidak_ada"
_OPTIONS = {"satker": "--satker 33.74", "period": "--periode 2026-TW3"}
TAKEN_FOR_GRANTED = "bawaan"
"""The source of a body that the command does not name, and the file not or in two ways."""
_NAMES = {"satker": "satker", "period": "periode", "lembaga": "lembaga"}


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What came of checking one file.

    answer: the documented JSON of ``./humas check --json``. identity: whose file it is, as far as known.
    document: the file as read; None when it cannot be read. error: why it was refused before validation, else None.
    """

    answer: dict[str, Any]
    identity: Identity
    document: Document | None
    error: SenderError | None


def check_file(context: Context, path: Path, lembaga: str = "", satker: str = "", period: str = "") -> CheckedFile:
    """Read and validate one file as a run would; see ``check_bytes``.

    Raises:
        SenderError: the file does not exist, what was given is wrong, or nothing names unit and period.
    """
    _check_asked(context, satker, period)
    return check_bytes(context, _bytes_of(path, context.settings.http.max_bytes), path.name, lembaga, satker, period)


def check_bytes(
    context: Context,
    data: bytes,
    filename: str,
    lembaga: str = "",
    satker: str = "",
    period: str = "",
    received_at: datetime | None = None,
) -> CheckedFile:
    """Read and validate one file as a run would; nothing is stored.

    What is not given is taken from the file. A file that cannot be read, or whose cover names no known unit or
    period, is answered as refused. received_at: when it came (aware); default now.

    Raises:
        SenderError: what was given is wrong, or nothing names unit and period (kode ``NO_IDENTITY``).
        ProgramFault: our program failed on the file; a crash report says where.
    """
    asked = _check_asked(context, satker, period)
    name = safe_name(filename)
    about = {
        "langkah": "check",
        "lembaga": lembaga,
        "satker": asked[0],
        "periode": asked[1],
        "berkas": _digest(data),
    }
    with guarded(context.settings.home, name_of(name), about):
        return _checked(context, data, name, lembaga, asked, received_at or context.settings.now())


def _checked(
    context: Context, data: bytes, name: str, lembaga: str, asked: tuple[str, str], received_at: datetime
) -> CheckedFile:
    document, unreadable = _read(name, data)
    try:
        identity, inferred = identify(context, document, lembaga, *asked, name, data)
    except SenderError as error:
        refusal = unreadable or error
        if refusal.code == NO_IDENTITY:
            raise
        identity = Identity(lembaga, *asked)
        return CheckedFile(_refusal(name, identity, refusal), identity, document, refusal)
    if document is not None:
        warm_up()
    from humas.validation.recap import with_shares
    from humas.validation.validate import validate_batch

    submission, elsewhere = _as_submission(data, document, identity, unreadable, received_at), _elsewhere(context)
    [parts] = with_shares([submission], context.register, elsewhere.headings)
    outcome = validate_batch(parts, context.register, context.calendar, context.settings, elsewhere)
    document = parts[0].document
    units = [part.satker_code for part in parts[1:]]
    answer = as_answer(context, name, identity, outcome, document, units) | {"inferred": inferred}
    return CheckedFile(answer, identity, document, unreadable)


def _elsewhere(context: Context) -> Elsewhere:
    """What the warehouse knows of other quarters; nothing where there is none, or none that answers."""
    from humas.validation.quarter import NOWHERE
    from humas.warehouse.engine import is_there

    if not is_there(context.settings.database_url):
        return NOWHERE
    try:
        return context.warehouse.elsewhere()
    except OperatorError as error:
        log.warning("%s Diperiksa tanpa melihat triwulan lain.", error.message)
        return NOWHERE


def _check_asked(context: Context, satker: str, period: str) -> tuple[str, str]:
    """Unit code and period key as asked on the command line; "" where nothing was asked."""
    quarter = quarter_of(period) if period else None
    code = context.register.resolve(satker, quarter.end if quarter else None).code if satker else ""
    return code, quarter.key if quarter else ""


def _read(name: str, data: bytes) -> tuple[Document | None, SenderError | None]:
    """The file as a document, or why it is none."""
    try:
        return read_files([(name, data)]), None
    except SenderError as error:
        return None, error


def _bytes_of(path: Path, limit: int) -> bytes:
    """The file's bytes, when it is a file that a run would take."""
    try:
        if not path.is_file():
            cause = "adalah folder, bukan berkas" if path.is_dir() else "tidak ditemukan"
            raise SenderError("berkas_tidak_ada", f"{path} {cause}.", "periksa nama dan foldernya.")
        if path.stat().st_size > limit:
            mib = limit // 1024 // 1024
            raise SenderError(
                "berkas_terlalu_besar",
                f"{path} melebihi batas {mib} MiB.",
                "hapus lembar dan gambar yang tidak perlu, atau bagi per himpunan data.",
            )
        return path.read_bytes()
    except OSError as error:
        raise SenderError(
            "berkas_tak_terbaca",
            f'Berkas "{safe_name(path.name)}" tidak dapat dibuka: {os_reason(error)}.',
            "periksa nama dan hak bacanya.",
        ) from error


def identify(
    context: Context,
    document: Document | None,
    lembaga: str,
    satker: str,
    period: str,
    name: str = "",
    data: bytes = b"",
) -> tuple[Identity, dict[str, str]]:
    """Whose file it is: as asked, else as its cover says, else as all rows of a CSV say, else as all of it that speaks agrees.

    The second of the answer says what was inferred so, and from where: ``satker``, ``periode``, ``lembaga`` → source.

    Raises:
        SenderError: unit or period cannot be known; the message says of which, and what the file could mean.
    """
    cover: Mapping[str, object] = document.cover if document else {}
    written = cover.get("kode_satker") or cover.get("nama_satker") or (_named_by_rows(document) if document else "")
    said = {
        "satker": satker or str(written),
        "period": period or str(cover.get("periode") or ""),
        "lembaga": lembaga or _written_body(cover),
    }
    hints = evidence(name, data, document, context.register) if document and not all(said.values()) else ()
    found = {field: infer(field, hints, context.register) for field, value in said.items() if not value}
    known = said | {field: one.value for field, one in found.items()}
    if lacking := [field for field in ("satker", "period") if not known[field]]:
        missing = " ".join(found[field].why_not for field in lacking)
        asked_for = " dan ".join(_OPTIONS[field] for field in lacking)
        raise SenderError(NO_IDENTITY, missing, f"tambahkan {asked_for} pada perintah.")
    quarter = quarter_of(known["period"])
    unit = context.register.resolve(_mended_code(context, cover, known["satker"]), quarter.end)
    inferred = {_NAMES[field]: one.origin for field, one in found.items() if one.value}
    if not known["lembaga"]:
        inferred[_NAMES["lembaga"]] = TAKEN_FOR_GRANTED
    lembaga = known["lembaga"] or DEFAULT_BODY.value
    context.register.unit_of(lembaga, unit.code, quarter.end)
    return Identity(lembaga, unit.code, quarter.key), inferred


def _mended_code(context: Context, cover: Mapping[str, object], code: str) -> str:
    """A code that a spreadsheet cut short (``32.1``), as the cover's name tells it."""
    from humas.values.codes import settle_code

    return (
        settle_code(code, str(cover.get("nama_satker") or ""), "", context.register) if code[:1].isdecimal() else code
    )


def _named_by_rows(document: Document) -> str:
    """The one unit code that every row names; "" when they name none or several."""
    codes: set[str] = set()
    for sheet in _sheets(document):
        position, cells = sheet.columns.get("kode_satker"), sheet.table.cells
        if position is not None:
            codes |= {str(cells[i][position] or "").strip() for i in sheet.indices if position < len(cells[i])}
    return codes.pop() if len(codes) == 1 else ""


def _sheets(document: Document) -> Iterator[Sheet]:
    """Every table of a document that is part of a data set."""
    from humas.layout.confirmed import as_corrected
    from humas.layout.tables import recognise_sheet

    for table in as_corrected(document.tables):
        yield from recognise_sheet(table).sheets


def _written_body(cover: Mapping[str, object]) -> str:
    """The body that the cover names; the first one where its words name none, "" where it is silent."""
    written = str(cover.get("lembaga") or "").strip().lower()
    named = (body.value for body in Lembaga if written in {body.value, body.label.lower()})
    return next(named, DEFAULT_BODY.value) if written else ""


def _as_submission(
    data: bytes, document: Document | None, identity: Identity, error: SenderError | None, arrival: datetime
) -> ReadSubmission:
    from humas.validation.result import ReadSubmission

    submission = Submission(
        identity.lembaga, identity.satker_code, identity.period, "berkas", _digest(data), arrival, ()
    )
    refusal = (error.code, error.message, error.remedy) if error else ("", "", "")
    return ReadSubmission(
        submission.id, submission.lembaga, submission.kode_satker, submission.periode, arrival, True, document, *refusal
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _refusal(name: str, identity: Identity, error: SenderError) -> dict[str, Any]:
    """The answer for a file refused before it could be validated."""
    finding = {
        "dataset": "", "sheet": "", "row": 0, "column": "", "field": "", "label": "", "asked": False, "rule": error.code,
        "severity": "FATAL",
    }  # fmt: skip
    remedy = error.remedy[:1].upper() + error.remedy[1:]
    return {
        **_head(name, identity),
        "status": "ditolak",
        "reason": error.message,
        "remedy": remedy,
        "nihil": False,
        **dict.fromkeys(("rows_in", "accepted", "quarantined", "duplicates"), 0),
        "inferred": {},
        "units": [],
        "due": "",
        "due_assumed": False,
        "understood": [],
        "rows": [],
        "findings": [{**finding, "message": error.message, "fix": remedy}],
    }


def _head(name: str, identity: Identity) -> dict[str, str]:
    return {
        "file": name,
        "lembaga": identity.lembaga,
        "satker": identity.satker_code,
        "periode": identity.period,
    }


def as_answer(
    context: Context,
    filename: str,
    identity: Identity,
    result: BatchResult,
    document: Document | None,
    units: Sequence[str] = (),
) -> dict[str, Any]:
    """The documented JSON: status, counts, every row with its place and parsed values, findings.

    A file refused as a whole has its rows listed as held back, though none was looked at. result: of the file, and of a
    recap also of its shares, behind it. units: codes of the shares, in that order.
    """
    from humas.validation.recap import whole_verdict

    verdict = whole_verdict(result)
    deadline = _due(context, identity)
    return {
        **_head(filename, identity),
        "status": verdict.status.value,
        "reason": verdict.alasan,
        "remedy": verdict.cara,
        "nihil": verdict.nihil,
        **_counts(verdict),
        "inferred": {},
        "units": _units(context, identity, result, units),
        "due": deadline.day.isoformat(),
        "due_assumed": bool(deadline.assumption),
        "understood": _understood(document, identity.lembaga) if document else [],
        "rows": _rows(result) or (_untouched_rows(document) if verdict.baris_masuk and document else []),
        "findings": _findings(result.findings, identity.lembaga),
    }


def _counts(verdict: SubmissionResult) -> dict[str, int]:
    return {
        "rows_in": verdict.baris_masuk,
        "accepted": verdict.diterima,
        "quarantined": verdict.dikarantina,
        "duplicates": verdict.kembar,
    }


def _units(context: Context, identity: Identity, result: BatchResult, units: Sequence[str]) -> list[dict[str, Any]]:
    """What a recap says of each unit, the sender first; empty for any other file."""
    codes = (identity.satker_code, *units) if units else ()
    return [
        {
            "satker": code,
            "name": context.register.satker(code).official_name(identity.lembaga),
            "status": verdict.status.value,
            "reason": verdict.alasan,
            **_counts(verdict),
        }
        for code, verdict in zip(codes, result.submissions, strict=bool(codes))
    ]


def _understood(document: Document, body: str) -> list[dict[str, Any]]:
    """How each table was read, in the body's words, once for all parts under titles of their own."""
    tables: dict[tuple[str, str, int], dict[str, Any]] = {}
    for sheet in _sheets(document):
        table = tables.setdefault((sheet.name, sheet.dataset.name, sheet.header_row), _reading_of(sheet, body))
        table["rows"] += len(sheet.indices)
    return list(tables.values())


def _reading_of(sheet: Sheet, body: str) -> dict[str, Any]:
    """For each column its header, its field, and what led to it beside the header; what was not read; no rows yet."""
    columns = spoken_by(body)[sheet.dataset.name].by_name
    return {
        "dataset": sheet.dataset.name,
        "sheet": sheet.name,
        "header_row": sheet.header_row,
        "rows": 0,
        "columns": [
            {
                "column": sheet.heading(sheet.sources.get(name, position)),
                "header": sheet.headers[position] if position < len(sheet.headers) else "",
                "field": name,
                "label": columns[name].label,
                "sure": name not in sheet.inferred,
                "told": sheet.told[position].by if position in sheet.told else "",
            }
            for name, position in sorted(sheet.columns.items(), key=lambda pair: pair[1])
        ],
        "doubted": [
            {"field": name, "label": columns[name].label, "columns": [sheet.heading(i) for i in positions]}
            for name, positions in sheet.doubted.items()
        ],
        "unread": [
            {"column": sheet.heading(note.position), "header": sheet.headers[note.position]}
            for note in sheet.notes
            if note.code == "K12" and note.position is not None and note.position < len(sheet.headers)
        ],
    }


def _due(context: Context, identity: Identity) -> DueDate:
    tier = context.register.satker(identity.satker_code).tier
    period = quarter_of(identity.period)
    return due(period, tier, deadline_rule(context.settings, identity.lembaga, period.end), context.calendar)


_ADDED = frozenset({"susulan", "id_acara"})
_NOT_VALUES = frozenset({"id_kiriman", "lembar", "baris", "id_baris", "himpunan"})


def _rows(outcome: BatchResult) -> list[dict[str, Any]]:
    accepted = [
        {
            "dataset": name,
            "sheet": record["lembar"],
            "row": int(record["baris"]),
            "state": "accepted",
            "id": record["id_baris"],
            "values": record,
        }
        for name, frame in outcome.accepted.items()
        for record in _records(frame)
    ]
    held = [
        {
            "dataset": record["himpunan"],
            "sheet": record["lembar"],
            "row": int(record["baris"]),
            "state": state,
            "id": "",
            "values": json.loads(record["isi_asli"]),
            "parsed": dict(outcome.readings.get(_place(record), {})),
        }
        for state, frame in (("quarantined", outcome.quarantine), ("duplicate", outcome.duplicates))
        for record in _records(frame)
    ]
    for row in accepted:
        row["values"] = {key: value for key, value in row["values"].items() if key not in _NOT_VALUES}
        row["parsed"] = {key: value for key, value in row["values"].items() if key not in _ADDED}
    for row in accepted + held:
        row["parsed"] = _with_lists(BY_NAME[row["dataset"]], row["parsed"])
    return sorted(accepted + held, key=lambda row: (row["dataset"], row["sheet"], row["row"]))


def _with_lists(dataset: Dataset, parsed: Mapping[str, Any]) -> dict[str, Any]:
    """Values with lists as lists, which the frames hold as JSON text."""
    lists = {column.name for column in dataset.columns if column.type_name in LIST_TYPES}
    return {
        name: json.loads(value) if name in lists and isinstance(value, str) else value for name, value in parsed.items()
    }


def _place(record: Mapping[str, Any]) -> tuple[str, str, str, int]:
    return record["id_kiriman"], record["himpunan"], record["lembar"], int(record["baris"])


def _untouched_rows(document: Document) -> list[dict[str, Any]]:
    """The rows of a file that was refused as a whole, as they stand in it."""
    from humas.validation.batch import original_row

    return [
        {
            "dataset": sheet.dataset.name,
            "sheet": sheet.name,
            "row": sheet.number(index),
            "state": "quarantined",
            "id": "",
            "values": json.loads(original_row(sheet, index)),
            "parsed": {},
        }
        for sheet in _sheets(document)
        for index in sheet.indices
    ]


def _findings(findings: pd.DataFrame, body: str) -> list[dict[str, Any]]:
    columns = {(name, column.name): column for name, dataset in spoken_by(body).items() for column in dataset.columns}
    return [
        {
            "dataset": record["himpunan"],
            "sheet": record["lembar"],
            "row": int(record["baris"]),
            "column": record["huruf"],
            "field": record["kolom"],
            "label": column.label if column else "",
            "asked": column is not None and column.asked,
            "rule": record["kode"],
            "severity": record["keparahan"],
            "message": record["pesan"],
            "fix": record["cara"],
        }
        for record in _records(findings)
        for column in [columns.get((record["himpunan"], record["kolom"]))]
    ]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a frame as plain JSON values (dates as ISO text, missing as null)."""
    return list(json.loads(frame.to_json(orient="records", date_format="iso", date_unit="s"))) if len(frame) else []
