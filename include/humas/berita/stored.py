"""A draft as it lies in the warehouse, and back again; and which drafts a unit is still to be asked about."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from humas.berita.model import Draf
from humas.contract.cells import fold
from humas.periods import Triwulan
from humas.sources.listing import canonical_url

if TYPE_CHECKING:
    from humas.template.model import DrafTemplat
    from humas.warehouse import BarisDraf, HalamanSitus, LaporanKegiatan

_PISAH = re.compile(r"[\s;,|]+")
_BUKAN_ATURAN = frozenset({"channel.py", "stored.py", "visit.py", "__init__.py"})
_PENUNJUK = {
    "tanggal_mulai": "tanggal",
    "jenis_kegiatan": "jenis",
    "peran_satker": "peran",
    "mode": "mode",
    "jumlah_peserta": "peserta",
}


@cache
def reader_version() -> str:
    """Digest of the reader's own rules: a draft made by other rules is made anew from its landed bytes."""
    isi = sorted(
        (satu.name, satu.read_bytes())
        for satu in resources.files("humas.berita").iterdir()
        if satu.name.endswith(".py") and satu.name not in _BUKAN_ATURAN
    )
    return hashlib.sha256(b"".join(nama.encode() + data for nama, data in isi)).hexdigest()[:12]


def to_stored(draf: Draf, halaman: HalamanSitus, dibaca_pada: datetime) -> BarisDraf:
    """The draft of an article as the warehouse keeps it; its period is the quarter in which it begins."""
    from humas.warehouse import BarisDraf

    hari = draf.tanggal_mulai
    return BarisDraf(
        halaman.lembaga,
        halaman.kode_satker,
        halaman.url,
        Triwulan.memuat(hari).kunci if hari else "",
        hari,
        draf.layak_dihitung,
        draf.id_acara,
        halaman.sidik,
        reader_version(),
        {satu.name: _plain(getattr(draf, satu.name)) for satu in fields(Draf)},
        dibaca_pada,
    )


def _plain(nilai: Any) -> Any:
    if isinstance(nilai, date):
        return nilai.isoformat()
    if isinstance(nilai, tuple):
        return list(nilai)
    return dict(nilai) if hasattr(nilai, "items") else nilai


def from_stored(baris: BarisDraf) -> Draf:
    """The draft that was stored; fields of an older form are left out, new ones are empty."""
    isi = {satu.name: _typed(satu.type, baris.isi[satu.name]) for satu in fields(Draf) if satu.name in baris.isi}
    return replace(Draf(**isi), id_acara=baris.id_acara)


def _typed(tipe: Any, nilai: Any) -> Any:
    """JSON knows neither days nor tuples."""
    if isinstance(nilai, str) and str(tipe).startswith("date"):
        return date.fromisoformat(nilai)
    return tuple(nilai) if isinstance(nilai, list) else nilai


def still_open(draf: Sequence[Draf], dilaporkan: Iterable[LaporanKegiatan]) -> list[Draf]:
    """Drafts worth offering: activities of the unit that its accepted rows do not tell yet, each once.

    Told already is what has the same evidence address, the same event, or the same day and title.
    """
    baris = list(dilaporkan)
    alamat = {canonical_url(satu) for b in baris for satu in _PISAH.split(b.url_bukti) if satu}
    acara = {b.id_acara for b in baris if b.id_acara}
    dikenal = {(b.tanggal_mulai, fold(b.judul)) for b in baris}
    sisa: dict[tuple[date | None, str], Draf] = {}
    for satu in draf:
        kunci = (satu.tanggal_mulai, fold(satu.judul))
        terlapor = canonical_url(satu.url) in alamat or satu.id_acara in acara or kunci in dikenal
        if satu.layak_dihitung and satu.tanggal_mulai and not terlapor:
            sisa.setdefault(kunci, satu)
    return list(sisa.values())


def to_template(draf: Draf) -> DrafTemplat:
    """The draft as a row of the sheet that offers it."""
    from humas.template.model import DrafTemplat

    isi = {nama: nilai for nama, nilai in draf.as_row().items() if nilai is not None}
    kata = "; ".join(f"{label}: {draf.kata[nama]}" for nama, label in _PENUNJUK.items() if draf.kata.get(nama))
    return DrafTemplat(isi, round(draf.keyakinan_umum, 2), kata)
