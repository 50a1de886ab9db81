"""What collecting brought: attempts, receptions, raw files, submissions; and who still fails."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, exists, func, select, update

from humas.contract.rules import QUESTION
from humas.errors import Actor, OperatorError
from humas.registry import Cycle
from humas.warehouse.bulk import IN_CHUNK, RowValues, chunks, insert_rows, upsert_rows
from humas.warehouse.models import Base
from humas.warehouse.records import NeedsPerson, UrlRecord

if TYPE_CHECKING:
    from humas.landing.model import Attempt, File, SatkerResult, Submission

_FILES = Base.metadata.tables["mentah_berkas"]
_SET_ASIDE = Base.metadata.tables["operasi_kotak_tertunda"]
_RECEPTION = Base.metadata.tables["mentah_penerimaan"]
_SUBMISSION = Base.metadata.tables["inti_kiriman"]
_ATTEMPT = Base.metadata.tables["operasi_percobaan"]
_FINDINGS = Base.metadata.tables["inti_temuan"]
HELD = (_SUBMISSION.c.status == "ditolak") & exists().where(
    _FINDINGS.c.id_kiriman == _SUBMISSION.c.id, _FINDINGS.c.kode == QUESTION
)
"""Whether a submission is held with the question whose quarter it is."""
_TECHNICAL = (Actor.SOURCE.value, Actor.OPERATOR.value)
DRAFT_CHANNEL = "situs"
"""The channel that brings drafts only: how it went says nothing of whether a unit reported."""
# Newest last: order of arrival, which neither equal times nor a clock set back can turn (decision 0030). The id only
# decides among what was recorded before that order was.
ARRIVAL_ORDER = (
    _SUBMISSION.c.kode_satker,
    _SUBMISSION.c.terakhir_diterima,
    _SUBMISSION.c.penerimaan_terakhir,
    _SUBMISSION.c.id,
)
_PLACE = ("terakhir_diterima", "penerimaan_terakhir")
_UNCHECKED: RowValues = {
    "status": "menunggu", "alasan": "", "cara": "", "nihil": False, "baris_masuk": 0, "diterima": 0, "dikarantina": 0,
    "kembar": 0, "sel_wajib": 0, "sel_wajib_terisi": 0, "per_himpunan": {}, "berlaku": False, "sidik_hasil": "",
    "segel": "", "pernyataan": None,
}  # fmt: skip


def record(connection: Connection, result: Sequence[SatkerResult]) -> None:
    """Store attempts, receptions, raw files and submissions; what is stored already stays as it is.

    Raises:
        OperatorError: a unit came without any attempt; then nobody could say what happened to it.
    """
    _refuse_unexplained(result)
    _record_raw(connection, [reception for unit in result for reception in _receptions(unit)])
    _record_submissions(connection, [unit.submission for unit in result if unit.submission])
    upsert_rows(connection, _ATTEMPT, [attempt for unit in result for attempt in _attempts(unit)])


def record_shares(connection: Connection, shares: Sequence[Submission]) -> None:
    """Store what recaps say of units; a share that is known stays as it is, and moves with its recap."""
    receptions = [
        _reception((share.lembaga, share.kode_satker, share.periode, share.saluran), file, share.id)
        for share in shares
        for file in share.berkas
    ]
    upsert_rows(connection, _RECEPTION, [{k: v for k, v in row.items() if k != "ukuran"} for row in receptions])
    _record_submissions(connection, shares)


def record_files(
    connection: Connection, lembaga: str, satker_code: str, period: str, channel: str, files: Sequence[File]
) -> None:
    """Store receptions of raw files that make up no submission, such as pages of a news site."""
    key = (lembaga, satker_code, period, channel)
    _record_raw(connection, [_reception(key, file, None) for file in files])


def _record_raw(connection: Connection, receptions: Sequence[RowValues]) -> None:
    files: dict[str, RowValues] = {}
    for row in sorted(receptions, key=lambda row: row["diterima_pada"], reverse=True):
        files[row["sidik"]] = {k: row[k] for k in ("sidik", "ukuran", "diterima_pada")} | {"dihapus_pada": None}
    upsert_rows(connection, _FILES, list(files.values()))
    mark_raw_present(connection, list(files))
    upsert_rows(connection, _RECEPTION, [{k: v for k, v in row.items() if k != "ukuran"} for row in receptions])


def _refuse_unexplained(outcomes: Sequence[SatkerResult]) -> None:
    silent = [unit.satker_code for unit in outcomes if not unit.attempts]
    if silent:
        raise OperatorError(
            "tanpa_percobaan",
            f"Pengumpulan {', '.join(silent[:5])} tidak mencatat percobaan.",
            "laporkan ke pengembang.",
        )


def mark_raw_present(connection: Connection, digests: Sequence[str]) -> None:
    """Bytes that were noted as removed stand in landing: they have come again, or never went."""
    for chunk in chunks(digests, IN_CHUNK):
        conditions = (_FILES.c.sidik.in_(chunk), _FILES.c.dihapus_pada.is_not(None))
        connection.execute(update(_FILES).where(*conditions).values(dihapus_pada=None))


def _receptions(unit: SatkerResult) -> Iterator[RowValues]:
    """Every file a unit brought, those of a broken-off source included."""
    last = unit.attempts[-1]
    if unit.submission:
        key = (unit.submission.lembaga, unit.submission.kode_satker, unit.submission.periode, unit.submission.saluran)
        yield from (_reception(key, file, unit.submission.id) for file in unit.submission.berkas)
    key = (last.lembaga, last.kode_satker, last.periode, last.saluran)
    yield from (_reception(key, file, None) for file in unit.partial_files)


def _reception(key: tuple[str, str, str, str], file: File, submission_id: str | None) -> RowValues:
    lembaga, satker, period, channel = key
    identity = (*key, file.sidik, file.halaman, file.diterima_pada.timestamp(), submission_id)
    return {
        "id": _key(identity), "lembaga": lembaga, "kode_satker": satker, "periode": period, "saluran": channel,
        "sidik": file.sidik, "id_kiriman": submission_id, "halaman": file.halaman, "media_type": file.media_type,
        "nama": file.nama, "url": file.url, "header": dict(file.header), "diterima_pada": file.diterima_pada,
        "tiba_pada": file.place[1], "urut_pada": file.place[0], "ukuran": file.ukuran,
    }  # fmt: skip


def _attempts(unit: SatkerResult) -> Iterator[RowValues]:
    begun = min(attempt.mulai for attempt in unit.attempts)
    for attempt in unit.attempts:
        identity = (
            attempt.run_id,
            attempt.lembaga,
            attempt.periode,
            attempt.kode_satker,
            attempt.saluran,
            attempt.urutan,
            attempt.percobaan,
        )
        yield asdict(attempt) | {"id": _key((*identity, attempt.mulai.timestamp())), "pengumpulan": begun}


def _key(parts: Iterable[object]) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:24]


def _record_submissions(connection: Connection, submissions: Sequence[Submission]) -> None:
    """New submissions wait for validation; one that came again keeps its verdict and its first time."""
    stored = _stored_times(connection, [submission.id for submission in submissions])
    insert_rows(connection, _SUBMISSION, list(_new_submissions(submissions, stored).values()))
    repeated = [
        _arrived_again(submission, stored[submission.id]) for submission in submissions if submission.id in stored
    ]
    upsert_rows(connection, _SUBMISSION, repeated, replaced=("saluran", "diterima_pada", *_PLACE))


def _stored_times(connection: Connection, ids: Sequence[str]) -> dict[str, Any]:
    return {
        row.id: row
        for chunk in chunks(ids, IN_CHUNK)
        for row in connection.execute(select(_SUBMISSION).where(_SUBMISSION.c.id.in_(chunk)))
    }


def _new_submissions(submissions: Sequence[Submission], stored: dict[str, Any]) -> dict[str, RowValues]:
    return {
        submission.id: _UNCHECKED
        | {
            "id": submission.id,
            "sidik": submission.sidik,
            "saluran": submission.saluran,
            "kode_satker": submission.kode_satker,
            "id_rekap": submission.rekap or None,
        }
        | {"lembaga": submission.lembaga, "periode": submission.periode, "diterima_pada": submission.diterima_pada}
        | dict(zip(_PLACE, submission.place, strict=True))
        for submission in submissions
        if submission.id not in stored
    }


def _arrived_again(submission: Submission, stored: Any) -> RowValues:
    """First time stays first, last becomes last, whatever the order in which collections are recorded."""
    place = (stored.terakhir_diterima, stored.penerimaan_terakhir)
    newer = submission.place >= place
    times: RowValues = {
        "saluran": submission.saluran if newer else stored.saluran,
        "diterima_pada": _first_time(submission, stored.diterima_pada),
        **dict(zip(_PLACE, submission.place if newer else place, strict=True)),
    }
    return dict(stored._asdict()) | times


def _first_time(submission: Submission, earlier: datetime) -> datetime:
    """When these bytes first counted as received; a clock set back does not make it earlier than it was."""
    from humas.landing.arrival import TOLERANCE

    set_back = submission.place[0] - submission.diterima_pada > TOLERANCE
    return earlier if set_back else min(earlier, submission.diterima_pada)


def submissions(connection: Connection, cycle: Cycle) -> list[Submission]:
    """All versions; within a unit the newest stands last. ``diterima_pada`` is the first reception of those bytes."""
    from humas.landing.model import Submission

    pages = _pages(connection, cycle)
    query = (
        select(_SUBMISSION)
        .where(_SUBMISSION.c.lembaga == cycle.lembaga, _SUBMISSION.c.periode == cycle.period)
        .order_by(*ARRIVAL_ORDER)
    )
    return [
        Submission(
            row.lembaga,
            row.kode_satker,
            row.periode,
            row.saluran,
            row.sidik,
            row.diterima_pada,
            tuple(pages.get(row.id, {}).values()),
            rekap=row.id_rekap or "",
        )
        for row in connection.execute(query)
    ]


def _pages(connection: Connection, cycle: Cycle) -> dict[str, dict[int, File]]:
    """Files of each submission by page, as they arrived first."""
    p = _RECEPTION.c
    query = (
        select(_RECEPTION, _FILES.c.ukuran)
        .join(_FILES)
        .where(p.lembaga == cycle.lembaga, p.periode == cycle.period, p.id_kiriman.is_not(None))
        .order_by(p.id_kiriman, p.halaman, p.tiba_pada, p.id)
    )
    pages: dict[str, dict[int, File]] = {}
    for row in connection.execute(query):
        pages.setdefault(row.id_kiriman, {}).setdefault(row.halaman, file_of(row))
    return pages


def file_of(row: Any) -> File:
    """The raw file of a reception's row that also has the file's size."""
    from humas.landing.model import File

    return File(**{field.name: getattr(row, field.name) for field in fields(File)})


def known_etags(connection: Connection, cycle: Cycle) -> dict[str, UrlRecord]:
    """URL → ETag and digest of the latest bytes it gave, pages of a broken-off source included.

    Only URLs whose answer carried an ETag and whose bytes retention has not removed.
    """
    p = _RECEPTION.c
    query = (
        select(p.url, p.header, p.sidik)
        .join(_FILES)
        .where(p.lembaga == cycle.lembaga, p.periode == cycle.period, _FILES.c.dihapus_pada.is_(None))
        .where(p.saluran != DRAFT_CHANNEL)
        .order_by(p.tiba_pada, p.id)
    )
    latest = {row.url: row for row in connection.execute(query)}
    traces = {url: UrlRecord(_etag(row.header), row.sidik) for url, row in latest.items()}
    return {url: trace for url, trace in traces.items() if trace.etag}


def _etag(header: Mapping[str, str]) -> str:
    return next((value for name, value in header.items() if name.lower() == "etag"), "")


def latest_collections(connection: Connection, cycle: Cycle) -> dict[str, list[Attempt]]:
    """Attempts of each unit's latest collection, in the order they were made; units in code order."""
    from humas.landing.model import Attempt

    p = _ATTEMPT.c
    of_period = (p.lembaga == cycle.lembaga, p.periode == cycle.period, p.saluran != DRAFT_CHANNEL)
    ends = select(p.kode_satker, func.max(p.pengumpulan).label("akhir")).where(*of_period).group_by(p.kode_satker)
    latest = ends.subquery()
    query = (
        select(*(p[field.name] for field in fields(Attempt)))
        .join(latest, (p.kode_satker == latest.c.kode_satker) & (p.pengumpulan == latest.c.akhir))
        .where(*of_period)
        .order_by(p.kode_satker, p.mulai, p.urutan, p.percobaan)
    )
    collections: dict[str, list[Attempt]] = {}
    for row in connection.execute(query):
        collections.setdefault(row.kode_satker, []).append(Attempt(*row))
    return collections


def decisive_attempt(attempt: Sequence[Attempt]) -> Attempt:
    """The attempt that says how a collection ended: the one that succeeded, else the last one worth repeating, else the last."""
    succeeded = [one for one in attempt if one.status == "berhasil"]
    technical = [one for one in attempt if _failed_technically(one) and one is _last_of_channel(attempt, one)]
    return (succeeded or technical or list(attempt))[-1]


def _last_of_channel(attempts: Sequence[Attempt], given: Attempt) -> Attempt:
    return [attempt for attempt in attempts if (attempt.saluran, attempt.urutan) == (given.saluran, given.urutan)][-1]


def _failed_technically(attempt: Attempt) -> bool:
    return attempt.status == "gagal" and attempt.pelaku in _TECHNICAL


def failed_units(connection: Connection, cycle: Cycle) -> list[Attempt]:
    """Units whose latest collection brought nothing by any channel, one of them for a technical reason; code order."""
    decisive = (decisive_attempt(attempts) for attempts in latest_collections(connection, cycle).values())
    return [attempt for attempt in decisive if _failed_technically(attempt)]


def units_needing_people(connection: Connection, cycle: Cycle) -> list[NeedsPerson]:
    """Units that no retry helps: what they sent was refused, or they have no working channel; code order."""
    decisive = {code: decisive_attempt(attempts) for code, attempts in latest_collections(connection, cycle).items()}
    needing = {
        attempt.kode_satker: NeedsPerson(
            attempt.kode_satker,
            attempt.kode_galat or attempt.status,
            attempt.pelaku or Actor.OPERATOR.value,
            attempt.pesan,
            attempt.cara,
        )
        for attempt in decisive.values()
        if attempt.status != "berhasil" and not _failed_technically(attempt)
    }
    for row in _newest_refused(connection, cycle):
        if row.held and _came_back(row, decisive.get(row.kode_satker)):
            continue
        needing.setdefault(
            row.kode_satker,
            NeedsPerson(row.kode_satker, _kind(row), Actor.SENDER.value, row.alasan, row.cara),
        )
    return [needing[code] for code in sorted(needing)]


def _kind(refused: Row[Any]) -> str:
    """What a refusal is called: plain, held with the question, or held while an earlier one goes on counting."""
    if not refused.held:
        return "kiriman_ditolak"
    return "sumber_beralih" if refused.in_force else "triwulan_diragukan"


def _came_back(held: Row[Any], last: Attempt | None) -> bool:
    """Whether the unit's source gives again what counts; trusted with its times, it says that this is the older one."""
    return last is not None and last.status == "berhasil" and last.sidik == held.in_force


def _newest_refused(connection: Connection, cycle: Cycle) -> list[Row[Any]]:
    """Units whose newest submission was refused; ``held``: with the question; ``in_force``: digest of what counts."""
    other = _SUBMISSION.alias()
    same = [other.c[name] == _SUBMISSION.c[name] for name in ("lembaga", "periode", "kode_satker")]
    in_force = (
        select(other.c.sidik)
        .where(*same, other.c.berlaku)
        .correlate(_SUBMISSION)
        .order_by(other.c.terakhir_diterima.desc(), other.c.penerimaan_terakhir.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(_SUBMISSION, HELD.label("held"), in_force.label("in_force"))
    query = query.where(_SUBMISSION.c.lembaga == cycle.lembaga, _SUBMISSION.c.periode == cycle.period).order_by(
        *ARRIVAL_ORDER
    )
    query = query.where(_SUBMISSION.c.id_rekap.is_(None))  # what is wrong in a recap, its sender must mend
    newest = {row.kode_satker: row for row in connection.execute(query)}
    return [row for row in newest.values() if row.status == "ditolak"]


def expired_raw(connection: Connection, before: datetime) -> list[str]:
    """Digests of raw files that arrived last before ``before`` and whose bytes still stand in landing."""
    query = (
        select(_FILES.c.sidik)
        .join(_RECEPTION)
        .where(_FILES.c.dihapus_pada.is_(None))
        .group_by(_FILES.c.sidik)
        .having(func.max(_RECEPTION.c.diterima_pada) < before)
        .order_by(_FILES.c.sidik)
    )
    return list(connection.scalars(query))


def removed_raw(connection: Connection) -> frozenset[str]:
    """Digests of raw files whose bytes retention removed."""
    return frozenset(connection.scalars(select(_FILES.c.sidik).where(_FILES.c.dihapus_pada.is_not(None))))


def recorded_raw(connection: Connection, digests: Sequence[str]) -> frozenset[str]:
    """Those of these digests that the warehouse knows, whether or not their bytes still stand.

    Among them are the files of a drop-box that were set aside, and so are not received yet.
    """
    columns = (_FILES.c.sidik, _SET_ASIDE.c.sidik)
    queries = (select(digest).where(digest.in_(chunk)) for chunk in chunks(digests, IN_CHUNK) for digest in columns)
    return frozenset(digest for query in queries for digest in connection.scalars(query))


def mark_raw_removed(connection: Connection, digests: Sequence[str], now: datetime) -> None:
    """Note that retention removed the bytes; the rows that say they once came stay."""
    for chunk in chunks(digests, IN_CHUNK):
        conditions = (_FILES.c.sidik.in_(chunk), _FILES.c.dihapus_pada.is_(None))
        connection.execute(update(_FILES).where(*conditions).values(dihapus_pada=now))
