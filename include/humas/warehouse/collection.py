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
    _record_raw(connection, [satu for unit in hasil for satu in _receptions(unit)])
    _record_submissions(connection, [unit.kiriman for unit in hasil if unit.kiriman])
    upsert_rows(connection, _PERCOBAAN, [baris for unit in hasil for baris in _attempts(unit)])


def record_files(
    connection: Connection, lembaga: str, kode_satker: str, periode: str, saluran: str, berkas: Sequence[Berkas]
) -> None:
    """Store receptions of raw files that make up no submission, such as pages of a news site."""
    kunci = (lembaga, kode_satker, periode, saluran)
    _record_raw(connection, [_reception(kunci, satu, None) for satu in berkas])


def _record_raw(connection: Connection, penerimaan: Sequence[Baris]) -> None:
    berkas: dict[str, Baris] = {}
    for satu in sorted(penerimaan, key=lambda baris: baris["diterima_pada"], reverse=True):
        berkas[satu["sidik"]] = {k: satu[k] for k in ("sidik", "ukuran", "diterima_pada")} | {"dihapus_pada": None}
    upsert_rows(connection, _BERKAS, list(berkas.values()))
    mark_raw_present(connection, list(berkas))
    upsert_rows(connection, _PENERIMAAN, [{k: v for k, v in satu.items() if k != "ukuran"} for satu in penerimaan])


def _refuse_unexplained(hasil: Sequence[HasilSatker]) -> None:
    bisu = [unit.kode_satker for unit in hasil if not unit.percobaan]
    if bisu:
        raise SistemError(
            "tanpa_percobaan", f"Pengumpulan {', '.join(bisu[:5])} tidak mencatat percobaan.", "laporkan ke pengembang."
        )


def mark_raw_present(connection: Connection, sidik: Sequence[str]) -> None:
    """Bytes that were noted as removed stand in landing: they have come again, or never went."""
    for potong in chunks(sidik, IN_CHUNK):
        syarat = (_BERKAS.c.sidik.in_(potong), _BERKAS.c.dihapus_pada.is_not(None))
        connection.execute(update(_BERKAS).where(*syarat).values(dihapus_pada=None))


def _receptions(unit: HasilSatker) -> Iterator[Baris]:
    """Every file a unit brought, those of a broken-off source included."""
    acuan = unit.percobaan[-1]
    if unit.kiriman:
        kunci = (unit.kiriman.lembaga, unit.kiriman.kode_satker, unit.kiriman.periode, unit.kiriman.saluran)
        yield from (_reception(kunci, berkas, unit.kiriman.id) for berkas in unit.kiriman.berkas)
    kunci = (acuan.lembaga, acuan.kode_satker, acuan.periode, acuan.saluran)
    yield from (_reception(kunci, berkas, None) for berkas in unit.berkas_sebagian)


def _reception(kunci: tuple[str, str, str, str], berkas: Berkas, id_kiriman: str | None) -> Baris:
    lembaga, kode_satker, periode, saluran = kunci
    ciri = (*kunci, berkas.sidik, berkas.halaman, berkas.diterima_pada.timestamp(), id_kiriman)
    return {
        "id": _key(ciri), "lembaga": lembaga, "kode_satker": kode_satker, "periode": periode, "saluran": saluran,
        "sidik": berkas.sidik, "id_kiriman": id_kiriman, "halaman": berkas.halaman, "media_type": berkas.media_type,
        "nama": berkas.nama, "url": berkas.url, "header": dict(berkas.header), "diterima_pada": berkas.diterima_pada,
        "tiba_pada": berkas.place[1], "urut_pada": berkas.place[0], "ukuran": berkas.ukuran,
    }  # fmt: skip


def _attempts(unit: HasilSatker) -> Iterator[Baris]:
    pengumpulan = min(satu.mulai for satu in unit.percobaan)
    for satu in unit.percobaan:
        ciri = (satu.run_id, satu.lembaga, satu.periode, satu.kode_satker, satu.saluran, satu.urutan, satu.percobaan)
        yield asdict(satu) | {"id": _key((*ciri, satu.mulai.timestamp())), "pengumpulan": pengumpulan}


def _key(ciri: Iterable[object]) -> str:
    return hashlib.sha256("|".join(map(str, ciri)).encode("utf-8", "replace")).hexdigest()[:24]


def _record_submissions(connection: Connection, kiriman: Sequence[Kiriman]) -> None:
    """New submissions wait for validation; one that came again keeps its verdict and its first time."""
    lama = _stored_times(connection, [satu.id for satu in kiriman])
    insert_rows(connection, _KIRIMAN, list(_new_submissions(kiriman, lama).values()))
    ulang = [_arrived_again(satu, lama[satu.id]) for satu in kiriman if satu.id in lama]
    upsert_rows(connection, _KIRIMAN, ulang, ganti=("saluran", "diterima_pada", *_PLACE))


def _stored_times(connection: Connection, id_kiriman: Sequence[str]) -> dict[str, Any]:
    return {
        baris.id: baris
        for potong in chunks(id_kiriman, IN_CHUNK)
        for baris in connection.execute(select(_KIRIMAN).where(_KIRIMAN.c.id.in_(potong)))
    }


def _new_submissions(kiriman: Sequence[Kiriman], lama: dict[str, Any]) -> dict[str, Baris]:
    return {
        satu.id: _BELUM_DIPERIKSA
        | {"id": satu.id, "sidik": satu.sidik, "saluran": satu.saluran, "kode_satker": satu.kode_satker}
        | {"lembaga": satu.lembaga, "periode": satu.periode, "diterima_pada": satu.diterima_pada}
        | dict(zip(_PLACE, satu.place, strict=True))
        for satu in kiriman
        if satu.id not in lama
    }


def _arrived_again(kiriman: Kiriman, lama: Any) -> Baris:
    """First time stays first, last becomes last, whatever the order in which collections are recorded."""
    place = (lama.terakhir_diterima, lama.penerimaan_terakhir)
    newer = kiriman.place >= place
    times: Baris = {
        "saluran": kiriman.saluran if newer else lama.saluran,
        "diterima_pada": _first_time(kiriman, lama.diterima_pada),
        **dict(zip(_PLACE, kiriman.place if newer else place, strict=True)),
    }
    return dict(lama._asdict()) | times


def _first_time(kiriman: Kiriman, lama: datetime) -> datetime:
    """When these bytes first counted as received; a clock set back does not make it earlier than it was."""
    from humas.landing.arrival import TOLERANCE

    set_back = kiriman.place[0] - kiriman.diterima_pada > TOLERANCE
    return lama if set_back else min(lama, kiriman.diterima_pada)


def submissions(connection: Connection, lembaga: str, periode: str) -> list[Kiriman]:
    """All versions; within a unit the newest stands last. ``diterima_pada`` is the first reception of those bytes."""
    from humas.landing.model import Kiriman

    halaman = _pages(connection, lembaga, periode)
    query = select(_KIRIMAN).where(_KIRIMAN.c.lembaga == lembaga, _KIRIMAN.c.periode == periode).order_by(*URUTAN)
    return [
        Kiriman(
            b.lembaga,
            b.kode_satker,
            b.periode,
            b.saluran,
            b.sidik,
            b.diterima_pada,
            tuple(halaman.get(b.id, {}).values()),
        )
        for b in connection.execute(query)
    ]


def _pages(connection: Connection, lembaga: str, periode: str) -> dict[str, dict[int, Berkas]]:
    """Files of each submission by page, as they arrived first."""
    p = _PENERIMAAN.c
    query = (
        select(_PENERIMAAN, _BERKAS.c.ukuran)
        .join(_BERKAS)
        .where(p.lembaga == lembaga, p.periode == periode, p.id_kiriman.is_not(None))
        .order_by(p.id_kiriman, p.halaman, p.tiba_pada, p.id)
    )
    halaman: dict[str, dict[int, Berkas]] = {}
    for baris in connection.execute(query):
        halaman.setdefault(baris.id_kiriman, {}).setdefault(baris.halaman, file_of(baris))
    return halaman


def file_of(baris: Any) -> Berkas:
    """The raw file of a reception's row that also has the file's size."""
    from humas.landing.model import Berkas

    return Berkas(**{satu.name: getattr(baris, satu.name) for satu in fields(Berkas)})


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
    terakhir = {baris.url: baris for baris in connection.execute(query)}
    jejak = {url: JejakUrl(_etag(baris.header), baris.sidik) for url, baris in terakhir.items()}
    return {url: satu for url, satu in jejak.items() if satu.etag}


def _etag(header: Mapping[str, str]) -> str:
    return next((isi for nama, isi in header.items() if nama.lower() == "etag"), "")


def latest_collections(connection: Connection, lembaga: str, periode: str) -> dict[str, list[Percobaan]]:
    """Attempts of each unit's latest collection, in the order they were made; units in code order."""
    from humas.landing.model import Percobaan

    p = _PERCOBAAN.c
    periode_ini = (p.lembaga == lembaga, p.periode == periode, p.saluran != SALURAN_DRAF)
    akhir = select(p.kode_satker, func.max(p.pengumpulan).label("akhir")).where(*periode_ini).group_by(p.kode_satker)
    terakhir = akhir.subquery()
    query = (
        select(*(p[satu.name] for satu in fields(Percobaan)))
        .join(terakhir, (p.kode_satker == terakhir.c.kode_satker) & (p.pengumpulan == terakhir.c.akhir))
        .where(*periode_ini)
        .order_by(p.kode_satker, p.mulai, p.urutan, p.percobaan)
    )
    hasil: dict[str, list[Percobaan]] = {}
    for baris in connection.execute(query):
        hasil.setdefault(baris.kode_satker, []).append(Percobaan(*baris))
    return hasil


def decisive_attempt(percobaan: Sequence[Percobaan]) -> Percobaan:
    """The attempt that says how a collection ended: the one that succeeded, else the last one worth repeating, else the last."""
    berhasil = [satu for satu in percobaan if satu.status == "berhasil"]
    teknis = [satu for satu in percobaan if _failed_technically(satu) and satu is _last_of_channel(percobaan, satu)]
    return (berhasil or teknis or list(percobaan))[-1]


def _last_of_channel(percobaan: Sequence[Percobaan], acuan: Percobaan) -> Percobaan:
    return [satu for satu in percobaan if (satu.saluran, satu.urutan) == (acuan.saluran, acuan.urutan)][-1]


def _failed_technically(percobaan: Percobaan) -> bool:
    return percobaan.status == "gagal" and percobaan.pelaku in _TEKNIS


def failed_units(connection: Connection, lembaga: str, periode: str) -> list[Percobaan]:
    """Units whose latest collection brought nothing by any channel, one of them for a technical reason; code order."""
    akhir = (decisive_attempt(satu) for satu in latest_collections(connection, lembaga, periode).values())
    return [satu for satu in akhir if _failed_technically(satu)]


def units_needing_people(connection: Connection, lembaga: str, periode: str) -> list[PerluOrang]:
    """Units that no retry helps: what they sent was refused, or they have no working channel; code order."""
    akhir = {kode: decisive_attempt(semua) for kode, semua in latest_collections(connection, lembaga, periode).items()}
    perlu = {
        satu.kode_satker: PerluOrang(
            satu.kode_satker, satu.kode_galat or satu.status, satu.pelaku or Pelaku.SISTEM.value, satu.pesan, satu.cara
        )
        for satu in akhir.values()
        if satu.status != "berhasil" and not _failed_technically(satu)
    }
    for baris in _newest_refused(connection, lembaga, periode):
        if baris.held and _came_back(baris, akhir.get(baris.kode_satker)):
            continue
        perlu.setdefault(
            baris.kode_satker,
            PerluOrang(baris.kode_satker, _kind(baris), Pelaku.PENGIRIM.value, baris.alasan, baris.cara),
        )
    return [perlu[kode] for kode in sorted(perlu)]


def _kind(refused: Row[Any]) -> str:
    """What a refusal is called: plain, held with the question, or held while an earlier one goes on counting."""
    if not refused.held:
        return "kiriman_ditolak"
    return "sumber_beralih" if refused.in_force else "triwulan_diragukan"


def _came_back(held: Row[Any], last: Percobaan | None) -> bool:
    """Whether the unit's source gives again what counts; trusted with its times, it says that this is the older one."""
    return last is not None and last.status == "berhasil" and last.sidik == held.in_force


def _newest_refused(connection: Connection, lembaga: str, periode: str) -> list[Row[Any]]:
    """Units whose newest submission was refused; ``held``: with the question; ``in_force``: digest of what counts."""
    other = _KIRIMAN.alias()
    same = [other.c[name] == _KIRIMAN.c[name] for name in ("lembaga", "periode", "kode_satker")]
    in_force = select(other.c.sidik).where(*same, other.c.berlaku).correlate(_KIRIMAN).limit(1).scalar_subquery()
    query = select(_KIRIMAN, HELD.label("held"), in_force.label("in_force"))
    query = query.where(_KIRIMAN.c.lembaga == lembaga, _KIRIMAN.c.periode == periode).order_by(*URUTAN)
    terbaru = {baris.kode_satker: baris for baris in connection.execute(query)}
    return [baris for baris in terbaru.values() if baris.status == "ditolak"]


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
    kolom = (_BERKAS.c.sidik, _TERTUNDA.c.sidik)
    potongan = (select(satu).where(satu.in_(potong)) for potong in chunks(sidik, IN_CHUNK) for satu in kolom)
    return frozenset(satu for query in potongan for satu in connection.scalars(query))


def mark_raw_removed(connection: Connection, sidik: Sequence[str], now: datetime) -> None:
    """Note that retention removed the bytes; the rows that say they once came stay."""
    for potong in chunks(sidik, IN_CHUNK):
        syarat = (_BERKAS.c.sidik.in_(potong), _BERKAS.c.dihapus_pada.is_(None))
        connection.execute(update(_BERKAS).where(*syarat).values(dihapus_pada=now))
