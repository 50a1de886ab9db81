"""Channel ``api``: paginated JSON, ``GET {alamat}?periode=2026-TW3&halaman=n``.

A later attempt fetches from page 1 again: pages of two different moments make no consistent answer. What
landed before is spared by its ETag: an unchanged page costs a 304 without a body.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from humas.digits import bounded_int, int_or_text
from humas.sources.content import Jenis, clean_words
from humas.sources.fetch import fetch_url, name_place, read_token
from humas.sources.galat import make_error, seconds
from humas.sources.http import Pengambil
from humas.sources.model import Ambilan, Tugas

# One channel may take this many times the budget of one exchange: pages add up.
CHANNEL_FACTOR = 6
MAX_VALUES = 2_000_000
_DIGITS = 9
_JSON = frozenset({Jenis.JSON})


def fetch_pages(tugas: Tugas, http: Pengambil) -> Iterator[Ambilan]:
    """Yield the pages in order; what was yielded before an error is good.

    A page that is no JSON object ends the reading: it is handed over as it is, and refused when read.

    Raises:
        SumberError, SistemError: see ``humas.sources.galat``.
    """
    tempat = name_place(tugas)
    token = read_token(tugas, tempat)
    akhir = time.monotonic() + CHANNEL_FACTOR * http.budget.total_seconds
    jumlah, halaman, ukuran, sebelum = 1, 1, 0, b""
    while halaman <= jumlah:
        sisa = akhir - time.monotonic()
        if sisa <= 0:
            raise make_error("batas_waktu", tempat, detik=seconds(CHANNEL_FACTOR * http.budget.total_seconds))
        nama = f"{tugas.saluran.kode_satker}_{tugas.periode}_{halaman}.json"
        ambilan = fetch_url(
            tugas,
            http,
            page_url(tugas.alamat, tugas.periode, halaman),
            tempat,
            token=token,
            wanted=_JSON,
            halaman=halaman,
            nama=nama,
            sisa=sisa,
        )
        ukuran += len(ambilan.data)
        _check_total(ukuran, http.budget.max_bytes, tempat)
        amplop = read_envelope(ambilan, tempat)
        jumlah = _page_count(amplop, halaman, jumlah, http.budget.max_pages, tempat)
        if ambilan.data == sebelum:
            sebab = "isinya sama persis"
            raise make_error("halaman_bertentangan", tempat, halaman=halaman, sebab=sebab)
        yield ambilan
        halaman, sebelum = halaman + 1, ambilan.data


def _check_total(ukuran: int, max_bytes: int, tempat: str) -> None:
    if ukuran > CHANNEL_FACTOR * max_bytes:
        batas = CHANNEL_FACTOR * max_bytes // 1024 // 1024
        raise make_error("terlalu_besar", tempat, batas=batas, sebab=" bagi semua halaman bersama")


def page_url(alamat: str, periode: str, halaman: int) -> str:
    """The address of one page; what the address already asks for stays."""
    bagian = urlsplit(alamat)
    asked = [(k, v) for k, v in parse_qsl(bagian.query, keep_blank_values=True) if k not in {"periode", "halaman"}]
    query = urlencode([*asked, ("periode", periode), ("halaman", str(halaman))])
    return urlunsplit((bagian.scheme, bagian.netloc, bagian.path, query, ""))


def read_envelope(ambilan: Ambilan, tempat: str) -> dict[str, Any]:
    """The page's outermost keys without interpretation; empty when it is no JSON object.

    Raises:
        SumberError: terpotong, when the text ends in the middle and no length proved the transfer whole.
    """
    if is_dense(ambilan.data):
        return {}
    try:
        isi = json.loads(ambilan.data, parse_int=int_or_text)
    except json.JSONDecodeError as error:
        proved = ambilan.header.keys() & {"content-length", "transfer-encoding"}
        if not proved and (error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")):
            raise make_error("terpotong", tempat, ukuran=len(ambilan.data)) from None
        return {}
    except (ValueError, RecursionError):
        return {}
    return isi if isinstance(isi, dict) else {}


def is_dense(data: bytes) -> bool:
    """Whether JSON holds so many values that parsing it would take many times its size in memory."""
    return sum(map(data.count, (b",", b"[", b"{"))) > MAX_VALUES


def _page_count(amplop: dict[str, Any], halaman: int, jumlah: int, batas: int, tempat: str) -> int:
    """How many pages there are, as this page says; pages must agree with each other and with what was asked.

    What is said but cannot be understood is refused: taken for one page, all others would be lost unseen.
    """
    semula = 1 if halaman == 1 else jumlah
    disebut = max(_read_count(amplop, "jumlah_halaman", semula, halaman, tempat), 1)
    nomor = _read_count(amplop, "halaman", halaman, halaman, tempat)
    if nomor != halaman:
        raise make_error("halaman_bertentangan", tempat, halaman=halaman, sebab=f"tertulis halaman {nomor}")
    if halaman > 1 and disebut != jumlah:
        sebab = f"tertulis {disebut} halaman, semula {jumlah}"
        raise make_error("halaman_bertentangan", tempat, halaman=halaman, sebab=sebab)
    if disebut > batas:
        raise make_error("terlalu_banyak_halaman", tempat, jumlah=disebut, batas=batas)
    return disebut


def _read_count(amplop: dict[str, Any], kunci: str, bawaan: int, halaman: int, tempat: str) -> int:
    """A whole number, also as text or with ``.0``; ``bawaan`` when it is not given."""
    nilai = amplop.get(kunci)
    if nilai is None:
        return bawaan
    if isinstance(nilai, float) and nilai.is_integer():
        nilai = int(nilai)
    teks = "" if isinstance(nilai, bool) else str(nilai).strip()
    if not (teks.isascii() and teks.isdecimal() and len(teks) <= _DIGITS):
        tertulis = clean_words(str(nilai), 40)
        raise make_error("penomoran_salah", tempat, kunci=kunci, halaman=halaman, tertulis=tertulis)
    return bounded_int(teks, _DIGITS)
