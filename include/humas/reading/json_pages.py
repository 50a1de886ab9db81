"""JSON: the pages of one API answer become one document; strict where guessing would change figures."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from humas.digits import int_or_text
from humas.periods import bilangan
from humas.reading.galat import check_columns, check_rows, make_error
from humas.reading.table import Dokumen, TabelMentah
from humas.sources import MAX_VALUES, is_dense

COVER_KEYS = ("lembaga", "kode_satker", "nama_satker", "periode", "nihil", "versi_kontrak")
_IDENTITY = ("lembaga", "kode_satker", "periode")


class _DuplicateKey(Exception):
    """An object says the same key twice; its argument is the key."""


def read_json(halaman: Sequence[tuple[str, bytes]]) -> Dokumen:
    """Merge pages (name, bytes) into one document; row numbers count over the whole list.

    Raises:
        PengirimError: tak_terbaca, kunci_ganda, bentuk_salah, halaman_bertentangan, terlalu_banyak_baris/kolom.
    """
    pertama: dict[str, Any] = {}
    daftar: dict[str, list[object]] = {}
    for nomor, (nama, data) in enumerate(halaman, start=1):
        satu = _parse(nama, data)
        pertama = pertama or satu
        _check_same_sender(satu, pertama, nomor, nama)
        for kunci, baris in _lists(satu, nama).items():
            daftar.setdefault(kunci, []).extend(baris)
            check_rows(len(daftar[kunci]), nama, kunci)
    sampul = {kunci: pertama[kunci] for kunci in COVER_KEYS if kunci in pertama}
    return Dokumen("json", sampul, tuple(_table(kunci, baris, halaman[0][0]) for kunci, baris in daftar.items()))


def _parse(nama: str, data: bytes) -> dict[str, Any]:
    if is_dense(data):
        raise make_error("terlalu_padat", nama, batas=MAX_VALUES // 1_000_000)
    try:
        teks = data.decode(json.detect_encoding(data))
        isi = json.loads(
            teks.removeprefix("\ufeff"),
            object_pairs_hook=_unique_keys,
            parse_constant=str,
            parse_float=_finite,
            parse_int=int_or_text,
        )
    except UnicodeDecodeError as error:
        raise make_error("tak_terbaca", nama, sebab=f"bukan UTF-8 pada bita ke-{bilangan(error.start + 1)}") from None
    except json.JSONDecodeError as error:
        raise make_error(
            "tak_terbaca", nama, sebab=f"JSON rusak pada baris {error.lineno}, huruf ke-{error.colno}"
        ) from None
    except _DuplicateKey as error:
        raise make_error("kunci_ganda", nama, kunci=str(error)) from None
    except RecursionError:
        raise make_error("tak_terbaca", nama, sebab="JSON bersarang terlalu dalam") from None
    if not isinstance(isi, dict):
        raise make_error("bentuk_salah", nama, sebab="isi terluar bukan objek")
    return isi


def _unique_keys(pasangan: list[tuple[str, object]]) -> dict[str, object]:
    objek = dict(pasangan)
    if len(objek) != len(pasangan):
        dilihat: set[str] = set()
        raise _DuplicateKey(next(k for k, _ in pasangan if k in dilihat or dilihat.add(k)))  # type: ignore[func-returns-value]
    return objek


def _finite(teks: str) -> float | str:
    """A number too large for a float stays text."""
    nilai = float(teks)
    return nilai if math.isfinite(nilai) else teks


def _check_same_sender(satu: Mapping[str, object], pertama: Mapping[str, object], nomor: int, nama: str) -> None:
    for kunci in _IDENTITY:
        if kunci in satu and satu[kunci] != pertama.get(kunci):
            raise make_error("halaman_bertentangan", nama, halaman=nomor, kunci=kunci)


def _lists(satu: Mapping[str, object], nama: str) -> dict[str, list[object]]:
    data = satu.get("data")
    if data is None and (satu.get("nihil") or "data" in satu):
        return {}
    if not isinstance(data, dict):
        raise make_error("bentuk_salah", nama, sebab='kunci "data" tidak ada atau bukan objek')
    for kunci, baris in data.items():
        if not isinstance(baris, list | None):
            raise make_error("bentuk_salah", nama, sebab=f'"data.{kunci[:60]}" bukan daftar')
    return {_plain(kunci): baris or [] for kunci, baris in data.items()}


def _table(kunci: str, baris: list[object], nama: str) -> TabelMentah:
    """Header row of all keys in the order they first appear, then one row per record."""
    kolom = dict.fromkeys(k for satu in baris if isinstance(satu, dict) for k in satu)
    check_columns(len(kolom), nama, kunci)
    kepala: list[object] = [_plain(k) for k in kolom]
    return TabelMentah(kunci, [kepala, *(_cells(satu, kolom) for satu in baris)], baris_pertama=0)


def _cells(satu: object, kolom: Iterable[str]) -> list[object]:
    """The cells of a record; what is no record stands whole in the first cell, so that it is counted and refused."""
    if isinstance(satu, dict):
        return [_cell(satu.get(k)) for k in kolom]
    return [_as_text(satu)]


def _cell(nilai: object) -> object:
    if isinstance(nilai, str):
        return _plain(nilai)
    if isinstance(nilai, dict):
        return _as_text(nilai)
    if isinstance(nilai, list):
        return [_as_text(satu) if isinstance(satu, dict | list) else _cell(satu) for satu in nilai]
    return nilai


def _as_text(nilai: object) -> str:
    return _plain(json.dumps(nilai, ensure_ascii=False))


def _plain(teks: str) -> str:
    """Text that every database can store: half characters (lone surrogates) become the replacement mark."""
    if teks.isascii():
        return teks
    return teks.encode("utf-8", "replace").decode() if _has_surrogate(teks) else teks


def _has_surrogate(teks: str) -> bool:
    return any("\ud800" <= huruf <= "\udfff" for huruf in teks)
