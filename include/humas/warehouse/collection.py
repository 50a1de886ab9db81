"""What collecting brought: attempts, receptions, raw files, submissions; and who still fails."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, exists, func, select, update

from humas.contract.rules import QUESTION
from humas.errors import Pelaku, SistemError
from humas.warehouse.bulk import IN_CHUNK, Baris, chunks, insert_rows, upsert_rows
from humas.warehouse.models import Base
from humas.warehouse.records import JejakUrl, PerluOrang

if TYPE_CHECKING:
    from humas.landing.model import Berkas, HasilSatker, Kiriman, Percobaan

_BERKAS = Base.metadata.tables["mentah_berkas"]
_TERTUNDA = Base.metadata.tables["operasi_kotak_tertunda"]
_PENERIMAAN = Base.metadata.tables["mentah_penerimaan"]
_KIRIMAN = Base.metadata.tables["inti_kiriman"]
_PERCOBAAN = Base.metadata.tables["operasi_percobaan"]
_TEMUAN = Base.metadata.tables["inti_temuan"]
HELD = (_KIRIMAN.c.status == "ditolak") & exists().where(
    _TEMUAN.c.id_kiriman == _KIRIMAN.c.id, _TEMUAN.c.kode == QUESTION
)
"""Whether a submission is held with the question whose quarter it is."""
_TEKNIS = (Pelaku.SUMBER.value, Pelaku.SISTEM.value)
SALURAN_DRAF = "situs"
"""The channel that brings drafts only: how it went says nothing of whether a unit reported."""
# Newest last: order of arrival, which neither equal times nor a clock set back can turn (decision 0030). The id only
# decides among what was recorded before that order was.
URUTAN = (_KIRIMAN.c.kode_satker, _KIRIMAN.c.terakhir_diterima, _KIRIMAN.c.penerimaan_terakhir, _KIRIMAN.c.id)
_PLACE = ("terakhir_diterima", "penerimaan_terakhir")
_BELUM_DIPERIKSA: Baris = {
    "status": "menunggu", "alasan": "", "cara": "", "nihil": False, "baris_masuk": 0, "diterima": 0, "dikarantina": 0,
    "kembar": 0, "sel_wajib": 0, "sel_wajib_terisi": 0, "per_himpunan": {}, "berlaku": False, "sidik_hasil": "",
    "segel": "",
}  # fmt: skip


def record(connection: Connection, hasil: Sequence[HasilSatker]) -> None:
    """Store attempts, receptions, raw files and submissions; what is stored already stays as it is.

    Raises:
        SistemError: a unit came without any attempt; then nobody could say what happened to it.
    """
    _refuse_unexplained(hasil)
    _record_raw(connection, [reception for unit in hasil for reception in _receptions(unit)])
    _record_submissions(connection, [unit.kiriman for unit in hasil if unit.kiriman])
    upsert_rows(connection, _PERCOBAAN, [attempt for unit in hasil for attempt in _attempts(unit)])


def record_files(
    connection: Connection, lembaga: str, kode_satker: str, periode: str, saluran: str, berkas: Sequence[Berkas]
) -> None:
    """Store receptions of raw files that make up no submission, such as pages of a news site."""
    key = (lembaga, kode_satker, periode, saluran)
    _record_raw(connection, [_reception(key, file, None) for file in berkas])


def _record_raw(connection: Connection, receptions: Sequence[Baris]) -> None:
    files: dict[str, Baris] = {}
    for row in sorted(receptions, key=lambda row: row["diterima_pada"], reverse=True):
        files[row["sidik"]] = {k: row[k] for k in ("sidik", "ukuran", "diterima_pada")} | {"dihapus_pada": None}
    upsert_rows(connection, _BERKAS, list(files.values()))
    mark_raw_present(connection, list(files))
    upsert_rows(connection, _PENERIMAAN, [{k: v for k, v in row.items() if k != "ukuran"} for row in receptions])


def _refuse_unexplained(outcomes: Sequence[HasilSatker]) -> None:
    silent = [unit.kode_satker for unit in outcomes if not unit.percobaan]
    if silent:
        raise SistemError(
            "tanpa_percobaan",
            f"Pengumpulan {', '.join(silent[:5])} tidak mencatat percobaan.",
            "laporkan ke pengembang.",
        )


def mark_raw_present(connection: Connection, sidik: Sequence[str]) -> None:
    """Bytes that were noted as removed stand in landing: they have come again, or never went."""
    for chunk in chunks(sidik, IN_CHUNK):
        conditions = (_BERKAS.c.sidik.in_(chunk), _BERKAS.c.dihapus_pada.is_not(None))
        connection.execute(update(_BERKAS).where(*conditions).values(dihapus_pada=None))


def _receptions(unit: HasilSatker) -> Iterator[Baris]:
    """Every file a unit brought, those of a broken-off source included."""
    last = unit.percobaan[-1]
    if unit.kiriman:
        key = (unit.kiriman.lembaga, unit.kiriman.kode_satker, unit.kiriman.periode, unit.kiriman.saluran)
        yield from (_reception(key, file, unit.kiriman.id) for file in unit.kiriman.berkas)
    key = (last.lembaga, last.kode_satker, last.periode, last.saluran)
    yield from (_reception(key, file, None) for file in unit.berkas_sebagian)


def _reception(key: tuple[str, str, str, str], file: Berkas, submission_id: str | None) -> Baris:
    lembaga, satker, period, channel = key
    identity = (*key, file.sidik, file.halaman, file.diterima_pada.timestamp(), submission_id)
    return {
        "id": _key(identity), "lembaga": lembaga, "kode_satker": satker, "periode": period, "saluran": channel,
        "sidik": file.sidik, "id_kiriman": submission_id, "halaman": file.halaman, "media_type": file.media_type,
        "nama": file.nama, "url": file.url, "header": dict(file.header), "diterima_pada": file.diterima_pada,
        "tiba_pada": file.place[1], "urut_pada": file.place[0], "ukuran": file.ukuran,
    }  # fmt: skip


def _attempts(unit: HasilSatker) -> Iterator[Baris]:
    begun = min(attempt.mulai for attempt in unit.percobaan)
    for attempt in unit.percobaan:
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


def _record_submissions(connection: Connection, submissions: Sequence[Kiriman]) -> None:
    """New submissions wait for validation; one that came again keeps its verdict and its first time."""
    stored = _stored_times(connection, [submission.id for submission in submissions])
    insert_rows(connection, _KIRIMAN, list(_new_submissions(submissions, stored).values()))
    repeated = [
        _arrived_again(submission, stored[submission.id]) for submission in submissions if submission.id in stored
    ]
    upsert_rows(connection, _KIRIMAN, repeated, ganti=("saluran", "diterima_pada", *_PLACE))


def _stored_times(connection: Connection, ids: Sequence[str]) -> dict[str, Any]:
    return {
        row.id: row
        for chunk in chunks(ids, IN_CHUNK)
        for row in connection.execute(select(_KIRIMAN).where(_KIRIMAN.c.id.in_(chunk)))
    }


def _new_submissions(submissions: Sequence[Kiriman], stored: dict[str, Any]) -> dict[str, Baris]:
    return {
        submission.id: _BELUM_DIPERIKSA
        | {
            "id": submission.id,
            "sidik": submission.sidik,
            "saluran": submission.saluran,
            "kode_satker": submission.kode_satker,
        }
        | {"lembaga": submission.lembaga, "periode": submission.periode, "diterima_pada": submission.diterima_pada}
        | dict(zip(_PLACE, submission.place, strict=True))
        for submission in submissions
        if submission.id not in stored
    }


def _arrived_again(submission: Kiriman, stored: Any) -> Baris:
    """First time stays first, last becomes last, whatever the order in which collections are recorded."""
    place = (stored.terakhir_diterima, stored.penerimaan_terakhir)
    newer = submission.place >= place
    times: Baris = {
        "saluran": submission.saluran if newer else stored.saluran,
        "diterima_pada": _first_time(submission, stored.diterima_pada),
        **dict(zip(_PLACE, submission.place if newer else place, strict=True)),
    }
    return dict(stored._asdict()) | times


def _first_time(submission: Kiriman, earlier: datetime) -> datetime:
    """When these bytes first counted as received; a clock set back does not make it earlier than it was."""
    from humas.landing.arrival import TOLERANCE

    set_back = submission.place[0] - submission.diterima_pada > TOLERANCE
    return earlier if set_back else min(earlier, submission.diterima_pada)


def submissions(connection: Connection, lembaga: str, periode: str) -> list[Kiriman]:
    """All versions; within a unit the newest stands last. ``diterima_pada`` is the first reception of those bytes."""
    from humas.landing.model import Kiriman

    pages = _pages(connection, lembaga, periode)
    query = select(_KIRIMAN).where(_KIRIMAN.c.lembaga == lembaga, _KIRIMAN.c.periode == periode).order_by(*URUTAN)
    return [
        Kiriman(
            row.lembaga,
            row.kode_satker,
            row.periode,
            row.saluran,
            row.sidik,
            row.diterima_pada,
            tuple(pages.get(row.id, {}).values()),
        )
        for row in connection.execute(query)
    ]


def _pages(connection: Connection, lembaga: str, period: str) -> dict[str, dict[int, Berkas]]:
    """Files of each submission by page, as they arrived first."""
    p = _PENERIMAAN.c
    query = (
        select(_PENERIMAAN, _BERKAS.c.ukuran)
        .join(_BERKAS)
        .where(p.lembaga == lembaga, p.periode == period, p.id_kiriman.is_not(None))
        .order_by(p.id_kiriman, p.halaman, p.tiba_pada, p.id)
    )
    pages: dict[str, dict[int, Berkas]] = {}
    for row in connection.execute(query):
        pages.setdefault(row.id_kiriman, {}).setdefault(row.halaman, file_of(row))
    return pages


def file_of(baris: Any) -> Berkas:
    """The raw file of a reception's row that also has the file's size."""
    from humas.landing.model import Berkas

    return Berkas(**{field.name: getattr(baris, field.name) for field in fields(Berkas)})


def known_etags(connection: Connection, lembaga: str, periode: str) -> dict[str, JejakUrl]:
    """URL → ETag and digest of the latest bytes it gave, pages of a broken-off source included.

    Only URLs whose answer carried an ETag and whose bytes retention has not removed.
    """
    p = _PENERIMAAN.c
    query = (
        select(p.url, p.header, p.sidik)
        .join(_BERKAS)
        .where(p.lembaga == lembaga, p.periode == periode, _BERKAS.c.dihapus_pada.is_(None))
        .where(p.saluran != SALURAN_DRAF)
        .order_by(p.tiba_pada, p.id)
    )
    latest = {row.url: row for row in connection.execute(query)}
    traces = {url: JejakUrl(_etag(row.header), row.sidik) for url, row in latest.items()}
    return {url: trace for url, trace in traces.items() if trace.etag}


def _etag(header: Mapping[str, str]) -> str:
    return next((value for name, value in header.items() if name.lower() == "etag"), "")


def latest_collections(connection: Connection, lembaga: str, periode: str) -> dict[str, list[Percobaan]]:
    """Attempts of each unit's latest collection, in the order they were made; units in code order."""
    from humas.landing.model import Percobaan

    p = _PERCOBAAN.c
    of_period = (p.lembaga == lembaga, p.periode == periode, p.saluran != SALURAN_DRAF)
    ends = select(p.kode_satker, func.max(p.pengumpulan).label("akhir")).where(*of_period).group_by(p.kode_satker)
    latest = ends.subquery()
    query = (
        select(*(p[field.name] for field in fields(Percobaan)))
        .join(latest, (p.kode_satker == latest.c.kode_satker) & (p.pengumpulan == latest.c.akhir))
        .where(*of_period)
        .order_by(p.kode_satker, p.mulai, p.urutan, p.percobaan)
    )
    collections: dict[str, list[Percobaan]] = {}
    for row in connection.execute(query):
        collections.setdefault(row.kode_satker, []).append(Percobaan(*row))
    return collections


def decisive_attempt(percobaan: Sequence[Percobaan]) -> Percobaan:
    """The attempt that says how a collection ended: the one that succeeded, else the last one worth repeating, else the last."""
    succeeded = [one for one in percobaan if one.status == "berhasil"]
    technical = [one for one in percobaan if _failed_technically(one) and one is _last_of_channel(percobaan, one)]
    return (succeeded or technical or list(percobaan))[-1]


def _last_of_channel(attempts: Sequence[Percobaan], given: Percobaan) -> Percobaan:
    return [attempt for attempt in attempts if (attempt.saluran, attempt.urutan) == (given.saluran, given.urutan)][-1]


def _failed_technically(attempt: Percobaan) -> bool:
    return attempt.status == "gagal" and attempt.pelaku in _TEKNIS


def failed_units(connection: Connection, lembaga: str, periode: str) -> list[Percobaan]:
    """Units whose latest collection brought nothing by any channel, one of them for a technical reason; code order."""
    decisive = (decisive_attempt(attempts) for attempts in latest_collections(connection, lembaga, periode).values())
    return [attempt for attempt in decisive if _failed_technically(attempt)]


def units_needing_people(connection: Connection, lembaga: str, periode: str) -> list[PerluOrang]:
    """Units that no retry helps: what they sent was refused, or they have no working channel; code order."""
    decisive = {
        code: decisive_attempt(attempts) for code, attempts in latest_collections(connection, lembaga, periode).items()
    }
    needing = {
        attempt.kode_satker: PerluOrang(
            attempt.kode_satker,
            attempt.kode_galat or attempt.status,
            attempt.pelaku or Pelaku.SISTEM.value,
            attempt.pesan,
            attempt.cara,
        )
        for attempt in decisive.values()
        if attempt.status != "berhasil" and not _failed_technically(attempt)
    }
    for row in _newest_refused(connection, lembaga, periode):
        if row.held and _came_back(row, decisive.get(row.kode_satker)):
            continue
        needing.setdefault(
            row.kode_satker,
            PerluOrang(row.kode_satker, _kind(row), Pelaku.PENGIRIM.value, row.alasan, row.cara),
        )
    return [needing[code] for code in sorted(needing)]


def _kind(refused: Row[Any]) -> str:
    """What a refusal is called: plain, held with the question, or held while an earlier one goes on counting."""
    if not refused.held:
        return "kiriman_ditolak"
    return "sumber_beralih" if refused.in_force else "triwulan_diragukan"


def _came_back(held: Row[Any], last: Percobaan | None) -> bool:
    """Whether the unit's source gives again what counts; trusted with its times, it says that this is the older one."""
    return last is not None and last.status == "berhasil" and last.sidik == held.in_force


def _newest_refused(connection: Connection, lembaga: str, period: str) -> list[Row[Any]]:
    """Units whose newest submission was refused; ``held``: with the question; ``in_force``: digest of what counts."""
    other = _KIRIMAN.alias()
    same = [other.c[name] == _KIRIMAN.c[name] for name in ("lembaga", "periode", "kode_satker")]
    in_force = select(other.c.sidik).where(*same, other.c.berlaku).correlate(_KIRIMAN).limit(1).scalar_subquery()
    query = select(_KIRIMAN, HELD.label("held"), in_force.label("in_force"))
    query = query.where(_KIRIMAN.c.lembaga == lembaga, _KIRIMAN.c.periode == period).order_by(*URUTAN)
    newest = {row.kode_satker: row for row in connection.execute(query)}
    return [row for row in newest.values() if row.status == "ditolak"]


def expired_raw(connection: Connection, before: datetime) -> list[str]:
    """Digests of raw files that arrived last before ``before`` and whose bytes still stand in landing."""
    query = (
        select(_BERKAS.c.sidik)
        .join(_PENERIMAAN)
        .where(_BERKAS.c.dihapus_pada.is_(None))
        .group_by(_BERKAS.c.sidik)
        .having(func.max(_PENERIMAAN.c.diterima_pada) < before)
        .order_by(_BERKAS.c.sidik)
    )
    return list(connection.scalars(query))


def removed_raw(connection: Connection) -> frozenset[str]:
    """Digests of raw files whose bytes retention removed."""
    return frozenset(connection.scalars(select(_BERKAS.c.sidik).where(_BERKAS.c.dihapus_pada.is_not(None))))


def recorded_raw(connection: Connection, sidik: Sequence[str]) -> frozenset[str]:
    """Those of these digests that the warehouse knows, whether or not their bytes still stand.

    Among them are the files of a drop-box that were set aside, and so are not received yet.
    """
    columns = (_BERKAS.c.sidik, _TERTUNDA.c.sidik)
    queries = (select(digest).where(digest.in_(chunk)) for chunk in chunks(sidik, IN_CHUNK) for digest in columns)
    return frozenset(digest for query in queries for digest in connection.scalars(query))


def mark_raw_removed(connection: Connection, sidik: Sequence[str], now: datetime) -> None:
    """Note that retention removed the bytes; the rows that say they once came stay."""
    for chunk in chunks(sidik, IN_CHUNK):
        conditions = (_BERKAS.c.sidik.in_(chunk), _BERKAS.c.dihapus_pada.is_(None))
        connection.execute(update(_BERKAS).where(*conditions).values(dihapus_pada=now))
