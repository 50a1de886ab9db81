"""JSON: the pages of one API answer become one document; strict where guessing would change figures."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from humas.periods import format_number
from humas.reading.faults import check_columns, check_rows, make_error
from humas.reading.table import Document, RawTable
from humas.sources import MAX_VALUES, is_dense
from humas.text.digits import int_or_text

COVER_KEYS = ("lembaga", "kode_satker", "nama_satker", "periode", "nihil", "versi_kontrak")
_IDENTITY = ("lembaga", "kode_satker", "periode")


class _DuplicateKey(Exception):
    """An object says the same key twice; its argument is the key."""


def read_json(pages: Sequence[tuple[str, bytes]]) -> Document:
    """Merge pages (name, bytes) into one document; row numbers count over the whole list.

    Raises:
        SenderError: tak_terbaca, kunci_ganda, bentuk_salah, halaman_bertentangan, terlalu_banyak_baris/kolom.
    """
    first: dict[str, Any] = {}
    lists: dict[str, list[object]] = {}
    for number, (name, data) in enumerate(pages, start=1):
        page = _parse(name, data)
        first = first or page
        _check_same_sender(page, first, number, name)
        for key, rows in _lists(page, name).items():
            lists.setdefault(key, []).extend(rows)
            check_rows(len(lists[key]), name, key)
    cover = {key: first[key] for key in COVER_KEYS if key in first}
    return Document("json", cover, tuple(_table(key, rows, pages[0][0]) for key, rows in lists.items()))


def _parse(name: str, data: bytes) -> dict[str, Any]:
    if is_dense(data):
        raise make_error("terlalu_padat", name, batas=MAX_VALUES // 1_000_000)
    try:
        text = data.decode(json.detect_encoding(data))
        content = json.loads(
            text.removeprefix("\ufeff"),
            object_pairs_hook=_unique_keys,
            parse_constant=str,
            parse_float=_finite,
            parse_int=int_or_text,
        )
    except UnicodeDecodeError as error:
        raise make_error(
            "json_rusak", name, sebab=f"bukan UTF-8 pada bita ke-{format_number(error.start + 1)}"
        ) from None
    except json.JSONDecodeError as error:
        raise make_error(
            "json_rusak", name, sebab=f"JSON rusak pada baris {error.lineno}, huruf ke-{error.colno}"
        ) from None
    except _DuplicateKey as error:
        raise make_error("kunci_ganda", name, kunci=str(error)) from None
    except RecursionError:
        raise make_error("json_rusak", name, sebab="JSON bersarang terlalu dalam") from None
    if not isinstance(content, dict):
        raise make_error("bentuk_salah", name, sebab="isi terluar bukan objek")
    return content


def _unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        seen: set[str] = set()
        raise _DuplicateKey(next(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]
    return members


def _finite(text: str) -> float | str:
    """A number too large for a float stays text."""
    value = float(text)
    return value if math.isfinite(value) else text


def _check_same_sender(page: Mapping[str, object], first: Mapping[str, object], number: int, name: str) -> None:
    for key in _IDENTITY:
        if key in page and page[key] != first.get(key):
            raise make_error("halaman_bertentangan", name, halaman=number, kunci=key)


def _lists(page: Mapping[str, object], name: str) -> dict[str, list[object]]:
    data = page.get("data")
    if data is None and (page.get("nihil") or "data" in page):
        return {}
    if not isinstance(data, dict):
        raise make_error("bentuk_salah", name, sebab='kunci "data" tidak ada atau bukan objek')
    for key, rows in data.items():
        if not isinstance(rows, list | None):
            raise make_error("bentuk_salah", name, sebab=f'"data.{key[:60]}" bukan daftar')
    return {_plain(key): rows for key, rows in data.items() if rows is not None}


def _table(key: str, records: list[object], name: str) -> RawTable:
    """Header row of all keys in the order they first appear, then one row per record."""
    columns = dict.fromkeys(column for record in records if isinstance(record, dict) for column in record)
    check_columns(len(columns), name, key)
    header: list[object] = [_plain(column) for column in columns]
    return RawTable(key, [header, *(_cells(record, columns) for record in records)], first_row=0)


def _cells(record: object, columns: Iterable[str]) -> list[object]:
    """The cells of a record; what is no record stands whole in the first cell, so that it is counted and refused."""
    if isinstance(record, dict):
        return [_cell(record.get(column)) for column in columns]
    return [_as_text(record)]


def _cell(value: object) -> object:
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, dict):
        return _as_text(value)
    if isinstance(value, list):
        return [_as_text(element) if isinstance(element, dict | list) else _cell(element) for element in value]
    return value


def _as_text(value: object) -> str:
    return _plain(json.dumps(value, ensure_ascii=False))


def _plain(text: str) -> str:
    """Text that every database can store: half characters (lone surrogates) become the replacement mark."""
    if text.isascii():
        return text
    return text.encode("utf-8", "replace").decode() if _has_surrogate(text) else text


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= letter <= "\udfff" for letter in text)
