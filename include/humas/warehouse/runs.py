"""Runs, and the proof in each that no row was lost: rows in = accepted + quarantined + duplicate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, Table, func, select, update

from humas.errors import SistemError
from humas.warehouse.bulk import upsert_rows
from humas.warehouse.models import FAKTA, HITUNGAN, Base
from humas.warehouse.records import Neraca

_JALAN = Base.metadata.tables["operasi_jalan"]
_KIRIMAN = Base.metadata.tables["inti_kiriman"]
_NASIB = {"dikarantina": Base.metadata.tables["inti_karantina"], "kembar": Base.metadata.tables["inti_kembar"]}
_SELISIH_DISEBUT = 20


def start(connection: Connection, run_id: str, lembaga: str, periode: str, now: datetime) -> None:
    """Note that a run began; a run that is known already stays as it is."""
    baris = {"run_id": run_id, "lembaga": lembaga, "periode": periode, "mulai": now, "selesai": None}
    upsert_rows(connection, _JALAN, [baris | {"status": "berjalan", "neraca": {}}])


def finish(connection: Connection, run_id: str, lembaga: str, periode: str, now: datetime) -> Neraca:
    """Weigh the rows and store the balance with the run: ``selesai``, or ``gagal`` when something is missing."""
    neraca = weigh(connection, lembaga, periode)
    start(connection, run_id, lembaga, periode, now)
    kunci = (_JALAN.c.run_id == run_id, _JALAN.c.lembaga == lembaga, _JALAN.c.periode == periode)
    isi = {"selesai": now, "status": "gagal" if neraca.selisih else "selesai", "neraca": asdict(neraca)}
    connection.execute(update(_JALAN).where(*kunci).values(isi))
    return neraca


def require_balance(neraca: Neraca, periode: str) -> None:
    """Raise SistemError (``neraca_tidak_cocok``) when rows are missing or too many."""
    if neraca.selisih:
        raise SistemError(
            "neraca_tidak_cocok",
            f"Neraca baris {periode} tidak cocok di {len(neraca.selisih)} tempat: {'; '.join(neraca.selisih[:3])}.",
            "jangan terbitkan; jalankan pemeriksaan lagi, dan bila tetap demikian laporkan ke pengembang.",
        )


def weigh(connection: Connection, lembaga: str, periode: str) -> Neraca:
    """The balance per file, unit, period and nation, counted from verdicts and, independently, from stored rows."""
    syarat = (_KIRIMAN.c.lembaga == lembaga, _KIRIMAN.c.periode == periode)
    semua = list(connection.execute(select(_KIRIMAN).where(*syarat).order_by(_KIRIMAN.c.kode_satker, _KIRIMAN.c.id)))
    diperiksa = [satu for satu in semua if satu.status != "menunggu"]
    tersimpan = _stored_rows(connection, lembaga, periode)
    selisih = [pesan for satu in diperiksa for pesan in _mismatches(satu, tersimpan)]
    per_satker = _sums_per_unit(diperiksa)
    nasional = _sum(diperiksa)
    selisih += _level_mismatches(per_satker, nasional)
    return Neraca(
        len(diperiksa), len(semua) - len(diperiksa), *nasional,
        _sum(satu for satu in diperiksa if satu.berlaku), per_satker, tuple(selisih[:_SELISIH_DISEBUT]),
    )  # fmt: skip


def _stored_rows(connection: Connection, lembaga: str, periode: str) -> Counter[tuple[str, str, str]]:
    """(submission, fate, data set) → rows that stand in the tables."""
    hasil: Counter[tuple[str, str, str]] = Counter()
    for himpunan, tabel in FAKTA.items():
        for id_kiriman, jumlah in connection.execute(_count(tabel, [], lembaga, periode)):
            hasil[id_kiriman, "diterima", himpunan] = jumlah
    for nasib, tabel in _NASIB.items():
        for id_kiriman, himpunan, jumlah in connection.execute(_count(tabel, [tabel.c.himpunan], lembaga, periode)):
            hasil[id_kiriman, nasib, himpunan or ""] = jumlah
    return hasil


def _count(tabel: Table, rincian: list[Column[Any]], lembaga: str, periode: str) -> Select[Any]:
    """Rows of a table by submission (and by ``rincian``)."""
    kunci = [tabel.c.id_kiriman, *rincian]
    gabung = select(*kunci, func.count()).join(_KIRIMAN, tabel.c.id_kiriman == _KIRIMAN.c.id).group_by(*kunci)
    return gabung.where(_KIRIMAN.c.lembaga == lembaga, _KIRIMAN.c.periode == periode)


def _mismatches(satu: Row[Any], tersimpan: Counter[tuple[str, str, str]]) -> Iterator[str]:
    """What does not balance in one submission, in plain words."""
    tempat = f"satker {satu.kode_satker}, kiriman {satu.id}"
    masuk, *keluar = (getattr(satu, nama) for nama in HITUNGAN)
    if masuk != sum(keluar):
        yield f"{tempat}: masuk {masuk}, keluar {sum(keluar)}"
    if satu.status == "ditolak":
        ada = sum(tersimpan[satu.id, "diterima", nama] for nama in FAKTA)
        if satu.diterima or ada:
            yield f"{tempat}: ditolak, tetapi {max(satu.diterima, ada)} baris diterima"
        return
    for letak, hitungan in enumerate(HITUNGAN[1:], start=1):
        for nama in FAKTA:
            tercatat = satu.per_himpunan.get(nama, (0, 0, 0, 0))[letak]
            if tersimpan[satu.id, hitungan, nama] != tercatat:
                ada = tersimpan[satu.id, hitungan, nama]
                yield f"{tempat}, {nama}: {hitungan} {tercatat} tercatat, {ada} tersimpan"
        if sum(empat[letak] for empat in satu.per_himpunan.values()) != getattr(satu, hitungan):
            yield f"{tempat}: {hitungan} tidak sama dengan jumlah himpunannya"


def _sum(kiriman: Iterable[Row[Any]]) -> tuple[int, int, int, int]:
    daftar = list(kiriman)
    masuk, diterima, dikarantina, kembar = (sum(getattr(satu, nama) for satu in daftar) for nama in HITUNGAN)
    return masuk, diterima, dikarantina, kembar


def _sums_per_unit(kiriman: list[Row[Any]]) -> dict[str, tuple[int, int, int, int]]:
    unit: dict[str, list[Row[Any]]] = {}
    for satu in kiriman:
        unit.setdefault(satu.kode_satker, []).append(satu)
    return {kode: _sum(daftar) for kode, daftar in unit.items()}


def _level_mismatches(per_satker: dict[str, tuple[int, int, int, int]], nasional: tuple[int, ...]) -> Iterator[str]:
    """Balance of each unit and of the nation, and that the units make up the nation."""
    for kode, (masuk, *keluar) in (*per_satker.items(), ("nasional", nasional)):
        if masuk != sum(keluar):
            yield f"{kode}: masuk {masuk}, keluar {sum(keluar)}"
    for letak, nama in enumerate(HITUNGAN):
        jumlah = sum(empat[letak] for empat in per_satker.values())
        if jumlah != nasional[letak]:
            yield f"{nama}: jumlah satker {jumlah}, nasional {nasional[letak]}"


def neraca_of(connection: Connection, run_id: str, lembaga: str, periode: str) -> dict[str, Any]:
    """The balance stored with a run; empty when the run is unknown or not finished."""
    kunci = (_JALAN.c.run_id == run_id, _JALAN.c.lembaga == lembaga, _JALAN.c.periode == periode)
    return connection.scalar(select(_JALAN.c.neraca).where(*kunci)) or {}
