"""One event told on many sites: drafts of the same day, organiser and kind share one ``id_acara``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from humas.berita.model import Draf
from humas.registry import Register


def group_events(drafts: Sequence[Draf], register: Register) -> tuple[Draf, ...]:
    """The drafts with ``id_acara``, in their order; the id is the one the contract gives the confirmed row."""
    import pandas as pd

    from humas.contract.keys import event_ids

    dihitung = [i for i, satu in enumerate(drafts) if satu.tanggal_mulai and satu.jenis_kegiatan and satu.kode_satker]
    if not dihitung:
        return tuple(drafts)
    baris = [
        {
            "lembaga": drafts[i].lembaga, "kode_satker": drafts[i].kode_satker, "peran_satker": drafts[i].peran_satker,
            "penyelenggara": drafts[i].penyelenggara, "tanggal_mulai": drafts[i].tanggal_mulai,
            "periode_selesai": drafts[i].tanggal_mulai, "jenis_kegiatan": drafts[i].jenis_kegiatan,
        }
        for i in dihitung
    ]  # fmt: skip
    frame = pd.DataFrame(baris)
    for kolom in ("tanggal_mulai", "periode_selesai"):
        frame[kolom] = pd.to_datetime(frame[kolom])
    acara = dict(zip(dihitung, event_ids(frame, register), strict=True))
    return tuple(replace(satu, id_acara=acara.get(i, "")) for i, satu in enumerate(drafts))
