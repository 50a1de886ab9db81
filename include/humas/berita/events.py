"""One event told on many sites: drafts of overlapping days, one organiser and like kind or title share one ``id_acara``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from humas.berita.kind import JENIS_LAIN
from humas.berita.model import Draf
from humas.registry import Register

_KATA = re.compile(r"[a-z]{4,}")
# Words of nearly every headline tell no event from another.
_UMUM = frozenset([
    "bawaslu",
    "panwaslih",
    "kabupaten",
    "kota",
    "provinsi",
    "ikuti",
    "mengikuti",
    "gelar",
    "menggelar",
    "hadiri",
    "menghadiri",
    "dalam",
    "dengan",
    "untuk",
    "tahun",
    "rangka",
    "pada",
    "yang",
    "kegiatan",
    "acara",
    "bersama",
])
_MIRIP = 0.5


@dataclass(slots=True)
class _Acara:
    """An event under construction: the drafts that tell it, by index."""

    mulai: date
    selesai: date
    penyelenggara: str
    jenis: Counter[str] = field(default_factory=Counter)
    kata: set[str] = field(default_factory=set)
    anggota: list[int] = field(default_factory=list)


def group_events(drafts: Sequence[Draf], register: Register) -> tuple[Draf, ...]:
    """The drafts with ``id_acara``, in their order; "" for a draft without day, unit or kind.

    The id is the one the contract computes for the confirmed row (``contract.keys.event_ids``) from the event's first
    day, its organiser, and the kind most pages give it; the organiser's own page decides when it is among them.
    """
    urut = sorted((i for i, d in enumerate(drafts) if _complete(d)), key=lambda i: (drafts[i].tanggal_mulai, i))
    semua: list[_Acara] = []
    for i in urut:
        acara = next((a for a in reversed(semua) if _same(drafts[i], a)), None)
        if acara is None:
            mulai = drafts[i].tanggal_mulai or date.max
            semua.append(acara := _Acara(mulai, mulai, drafts[i].penyelenggara))
        _add(acara, i, drafts[i])
    ids = _ids(semua, drafts, register)
    return tuple(replace(d, id_acara=ids.get(i, "")) for i, d in enumerate(drafts))


def _complete(draf: Draf) -> bool:
    return bool(draf.tanggal_mulai and draf.tanggal_selesai and draf.kode_satker and draf.jenis_kegiatan)


def _same(draf: Draf, acara: _Acara) -> bool:
    """Days overlap, organisers do not differ, and kind or headline agree."""
    if draf.tanggal_mulai is None or draf.tanggal_mulai > acara.selesai:
        return False
    if draf.penyelenggara and acara.penyelenggara and draf.penyelenggara != acara.penyelenggara:
        return False
    sekata = _overlap(_words(draf), acara.kata) >= _MIRIP
    bernama = bool(draf.penyelenggara and acara.penyelenggara)
    sejenis = draf.jenis_kegiatan in acara.jenis and draf.jenis_kegiatan != JENIS_LAIN
    return sekata or (bernama and sejenis and draf.tanggal_mulai == acara.mulai)


def _add(acara: _Acara, nomor: int, draf: Draf) -> None:
    acara.anggota.append(nomor)
    acara.penyelenggara = acara.penyelenggara or draf.penyelenggara
    acara.selesai = max(acara.selesai, draf.tanggal_selesai or acara.selesai)
    acara.kata |= _words(draf)
    acara.jenis[draf.jenis_kegiatan] += 1000 if draf.peran_satker == "penyelenggara" else 1


def _words(draf: Draf) -> set[str]:
    nama = {kata for satu in (draf.nama_satker, draf.penyelenggara) for kata in _KATA.findall(satu.casefold())}
    return set(_KATA.findall(draf.judul.casefold())) - _UMUM - nama


def _overlap(satu: set[str], dua: set[str]) -> float:
    """Share of the shorter headline's words that the other has; two words at least."""
    sama = len(satu & dua)
    return sama / min(len(satu), len(dua)) if sama >= 2 else 0.0


def _ids(semua: Sequence[_Acara], drafts: Sequence[Draf], register: Register) -> dict[int, str]:
    """The id of every draft that belongs to an event, computed by the contract in one go."""
    import pandas as pd

    from humas.contract.keys import event_ids

    if not semua:
        return {}
    pemilik = [_holder(acara, drafts) for acara in semua]
    hari = pd.to_datetime([acara.mulai for acara in semua])
    frame = pd.DataFrame({
        "lembaga": [d.lembaga for d in pemilik],
        "kode_satker": [d.kode_satker for d in pemilik],
        "peran_satker": [d.peran_satker for d in pemilik],
        "penyelenggara": [acara.penyelenggara for acara in semua],
        "tanggal_mulai": hari,
        "periode_selesai": hari,
        "jenis_kegiatan": [acara.jenis.most_common(1)[0][0] for acara in semua],
    })
    return {i: nomor for acara, nomor in zip(semua, event_ids(frame, register), strict=True) for i in acara.anggota}


def _holder(acara: _Acara, drafts: Sequence[Draf]) -> Draf:
    """The draft that speaks for the event: the organiser's own, else the first."""
    anggota = [drafts[i] for i in acara.anggota]
    return next((d for d in anggota if d.peran_satker == "penyelenggara"), anggota[0])
