"""Storing the result of a national validation: only submissions whose result changed are rewritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Table, bindparam, select, update

from humas.errors import SistemError
from humas.warehouse import seals
from humas.warehouse.bulk import Baris, delete_where_in, insert_rows
from humas.warehouse.collection import URUTAN
from humas.warehouse.frames import conform, digest_by, to_rows
from humas.warehouse.models import FAKTA, Base

if TYPE_CHECKING:
    import pandas as pd

    from humas.contract.result import HasilBatch, HasilKiriman

_KIRIMAN = Base.metadata.tables["inti_kiriman"]
_KARANTINA = Base.metadata.tables["inti_karantina"]
_NASIB = {nama: Base.metadata.tables[f"inti_{nama}"] for nama in ("temuan", "karantina", "kembar")}
# A change of what is stored, or how, makes every submission count as changed once.
_BENTUK = 2


def store(connection: Connection, lembaga: str, periode: str, hasil: HasilBatch) -> int:
    """Store the result and settle which versions are in force; returns how many submissions were rewritten.

    Raises:
        SistemError: a submission is not one of this body and period, or a frame has not the agreed shape.
    """
    lama = {baris.id: baris.sidik_hasil for baris in _versions(connection, lembaga, periode)}
    _refuse_strangers(hasil, lama, periode)
    isi = _conformed(hasil)
    sidik = _digests(hasil.kiriman, isi)
    berubah = [satu for satu in hasil.kiriman if lama[satu.id_kiriman] != sidik[satu.id_kiriman]]
    _rewrite(connection, isi, [satu.id_kiriman for satu in berubah])
    _store_verdicts(connection, berubah, sidik)
    seals.seal(connection, [satu.id_kiriman for satu in berubah])
    seals.seal(connection, seals.unsealed(connection, lembaga, periode))
    versi = _versions(connection, lembaga, periode)
    _settle_versions(connection, versi)
    _link_successors(connection, lembaga, periode, versi)
    return len(berubah)


def _versions(connection: Connection, lembaga: str, periode: str) -> list[Row[Any]]:
    """All submissions of the period, the newest of a unit last."""
    k = _KIRIMAN.c
    kolom = (k.id, k.kode_satker, k.status, k.berlaku, k.sidik_hasil)
    query = select(*kolom).where(k.lembaga == lembaga, k.periode == periode).order_by(*URUTAN)
    return list(connection.execute(query))


def _refuse_strangers(hasil: HasilBatch, dikenal: Mapping[str, str], periode: str) -> None:
    asing = [satu.id_kiriman for satu in hasil.kiriman if satu.id_kiriman not in dikenal]
    if asing:
        raise SistemError(
            "kiriman_tidak_dikenal",
            f"{len(asing)} kiriman yang diperiksa tidak tercatat untuk {periode} (pertama: {asing[0]}).",
            "catat hasil pengumpulan lebih dulu, lalu periksa lagi.",
        )


def _conformed(hasil: HasilBatch) -> dict[str, tuple[Table, pd.DataFrame]]:
    """Every frame in the types of its table, by table name."""
    fakta = {tabel.name: (tabel, _facts(hasil, nama, tabel)) for nama, tabel in FAKTA.items()}
    bingkai = {"temuan": hasil.temuan, "karantina": hasil.karantina, "kembar": hasil.kembar}
    nasib = {tabel.name: (tabel, _fates(bingkai[nama], tabel)) for nama, tabel in _NASIB.items()}
    return fakta | nasib


def _facts(hasil: HasilBatch, nama: str, tabel: Table) -> pd.DataFrame:
    import pandas as pd

    bingkai = hasil.diterima.get(nama, pd.DataFrame())
    return conform(bingkai.reset_index(drop=True), tabel, [kolom.name for kolom in tabel.columns])


def _fates(bingkai: pd.DataFrame, tabel: Table) -> pd.DataFrame:
    """Findings, quarantined or duplicate rows with their number within the submission."""
    nama = [kolom.name for kolom in tabel.columns if kolom.name not in {"urutan", "id_pengganti"}]
    isi = conform(bingkai.reset_index(drop=True), tabel, nama)
    return isi.assign(urutan=isi.groupby("id_kiriman").cumcount())


def _digests(kiriman: Iterable[HasilKiriman], isi: Mapping[str, tuple[Table, pd.DataFrame]]) -> dict[str, str]:
    """Digest of verdict and rows of each submission."""
    baris = {nama: digest_by(bingkai, "id_kiriman") for nama, (_, bingkai) in isi.items()}
    bentuk = json.dumps([_BENTUK, {nama: list(bingkai.columns) for nama, (_, bingkai) in isi.items()}])
    sidik = {}
    for satu in kiriman:
        hash_ = hashlib.sha256(bentuk.encode())
        hash_.update(json.dumps(asdict(satu), sort_keys=True, default=str).encode())
        for nama in isi:
            hash_.update(nama.encode() + b"\0" + baris[nama].get(satu.id_kiriman, b""))
        sidik[satu.id_kiriman] = hash_.hexdigest()
    return sidik


def _rewrite(connection: Connection, isi: Mapping[str, tuple[Table, pd.DataFrame]], berubah: list[str]) -> None:
    for tabel, bingkai in isi.values():
        delete_where_in(connection, tabel, "id_kiriman", berubah)
        insert_rows(connection, tabel, to_rows(bingkai[bingkai["id_kiriman"].isin(berubah)]))


def _store_verdicts(connection: Connection, berubah: list[HasilKiriman], sidik: Mapping[str, str]) -> None:
    baris = [_verdict(satu) | {"kunci": satu.id_kiriman, "sidik_hasil": sidik[satu.id_kiriman]} for satu in berubah]
    _update_by_id(connection, baris)


def _verdict(satu: HasilKiriman) -> Baris:
    isi = asdict(satu)
    del isi["id_kiriman"]
    hitung = {nama: list(map(int, empat)) for nama, empat in sorted(satu.per_himpunan.items())}
    return isi | {"status": satu.status.value, "per_himpunan": hitung}


def _settle_versions(connection: Connection, versi: list[Row[Any]]) -> None:
    """Put the newest valid version of each unit in force, and no other."""
    berlaku = {satu.kode_satker: satu.id for satu in versi if _is_valid(satu.status)}
    ubah = [
        {"kunci": satu.id, "berlaku": berlaku.get(satu.kode_satker) == satu.id}
        for satu in versi
        if satu.berlaku != (berlaku.get(satu.kode_satker) == satu.id)
    ]
    _update_by_id(connection, ubah)


def _link_successors(connection: Connection, lembaga: str, periode: str, versi: list[Row[Any]]) -> None:
    """Link quarantined rows to the next valid version of their unit: the correction that releases them."""
    pengganti = _successors(versi)
    k = _KARANTINA.c
    query = select(k.id_kiriman, k.id_pengganti).join(_KIRIMAN).distinct()
    tercatat = connection.execute(query.where(_KIRIMAN.c.lembaga == lembaga, _KIRIMAN.c.periode == periode))
    ubah = [
        {"kunci": satu.id_kiriman, "pengganti": pengganti.get(satu.id_kiriman)}
        for satu in tercatat
        if satu.id_pengganti != pengganti.get(satu.id_kiriman)
    ]
    if ubah:
        perintah = update(_KARANTINA).where(k.id_kiriman == bindparam("kunci"))
        connection.execute(perintah.values(id_pengganti=bindparam("pengganti")), ubah)


def _is_valid(status: str) -> bool:
    return status not in {"ditolak", "menunggu"}


def _update_by_id(connection: Connection, baris: list[Baris]) -> None:
    if baris:
        connection.execute(update(_KIRIMAN).where(_KIRIMAN.c.id == bindparam("kunci")), baris)


def _successors(versi: list[Row[Any]]) -> dict[str, str]:
    """Version → the next valid version of the same unit."""
    hasil: dict[str, str] = {}
    for _, unit in groupby(versi, key=lambda satu: satu.kode_satker):
        berikut = None
        for satu in reversed(list(unit)):
            if berikut:
                hasil[satu.id] = berikut
            berikut = satu.id if _is_valid(satu.status) else berikut
    return hasil
