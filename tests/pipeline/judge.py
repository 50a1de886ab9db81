"""Compares what the pipeline stored with the truth of the simulated units; every difference in plain words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pandas as pd
from humas.context import Konteks
from humas.simulate.truth import Harapan, HarapanBaris

Letak = tuple[str, str, int]


@dataclass(frozen=True)
class Terjadi:
    """What the warehouse holds after a pass.

    attempts: the decisive attempt of each unit. verdicts: of the newest submission of each unit.
    kode, nasib: of each row (unit, data set, row) that is not simply good; row 0 is the whole file.
    """

    attempts: pd.DataFrame
    verdicts: pd.DataFrame
    kode: Mapping[Letak, frozenset[str]]
    nasib: Mapping[Letak, str]


def observe(k: Konteks, lembaga: str, periode: str) -> Terjadi:
    """Read what the last pass left."""
    verdicts = k.gudang.verdicts(lembaga, periode)
    terbaru = verdicts[verdicts["terbaru"]].set_index("kode_satker")
    kiriman = set(terbaru["id_kiriman"])
    kode: dict[Letak, set[str]] = defaultdict(set)
    for satu in k.gudang.findings(lembaga, periode).itertuples():
        if satu.id_kiriman in kiriman:
            himpunan = satu.himpunan if isinstance(satu.himpunan, str) else ""
            kode[satu.kode_satker, himpunan if satu.baris else "", satu.baris].add(satu.kode)
    nasib = {
        (satu.kode_satker, satu.himpunan, satu.baris): nama
        for nama, frame in (
            ("karantina", k.gudang.quarantine(lembaga, periode)),
            ("kembar", k.gudang.duplicates(lembaga, periode)),
        )
        for satu in frame.itertuples()
        if satu.id_kiriman in kiriman
    }
    attempts = k.gudang.last_attempts(lembaga, periode).set_index("kode_satker")
    return Terjadi(attempts, terbaru, {letak: frozenset(semua) for letak, semua in kode.items()}, nasib)


def differences(harapan: Mapping[str, Harapan], terjadi: Terjadi) -> list[str]:
    """All differences between the expected outcome of these units and what happened, one line each."""
    hasil: list[str] = []
    for kode, satu in harapan.items():
        hasil += [f"{kode}: {beda}" for beda in (*_collection(satu, kode, terjadi), *_verdict(satu, kode, terjadi))]
    return [*hasil, *_rows(harapan, terjadi)]


def _collection(harapan: Harapan, kode: str, terjadi: Terjadi) -> Iterator[str]:
    akhir = terjadi.attempts.loc[kode]
    if akhir["status"] != harapan.status:
        yield f"pengumpulan {akhir['status']} ({akhir['pesan']}), seharusnya {harapan.status}"
    if harapan.kode_galat and akhir["kode_galat"] != harapan.kode_galat:
        yield f"galat {akhir['kode_galat']}, seharusnya {harapan.kode_galat}"
    if harapan.saluran and akhir["saluran"] != harapan.saluran:
        yield f"saluran {akhir['saluran']}, seharusnya {harapan.saluran}"


def _verdict(harapan: Harapan, kode: str, terjadi: Terjadi) -> Iterator[str]:
    if not harapan.kiriman:
        if kode in terjadi.verdicts.index:
            yield "ada kiriman, seharusnya tidak"
        return
    if kode not in terjadi.verdicts.index:
        yield f"tanpa kiriman, seharusnya {harapan.kiriman}"
        return
    vonis = terjadi.verdicts.loc[kode]
    for nama, dapat, harus in (
        ("status", vonis["status"], harapan.kiriman),
        ("masuk", vonis["baris_masuk"], harapan.masuk),
        ("diterima", vonis["diterima"], harapan.diterima),
        ("dikarantina", vonis["dikarantina"], harapan.dikarantina),
        ("kembar", vonis["kembar"], harapan.kembar),
    ):
        if dapat != harus:
            yield f"{nama} {dapat}, seharusnya {harus}"
    if harapan.alasan and harapan.alasan not in terjadi.kode.get((kode, "", 0), ()):
        yield f"ditolak karena {set(terjadi.kode.get((kode, '', 0), ()))}, seharusnya {harapan.alasan}"


def _rows(harapan: Mapping[str, Harapan], terjadi: Terjadi) -> Iterator[str]:
    """Row by row, both ways: what was expected and did not come, and what came unexpected."""
    harus = {(kode, b.himpunan, b.baris): b for kode, satu in harapan.items() for b in _judged(satu)}
    dapat = {letak for letak in (*terjadi.kode, *terjadi.nasib) if letak[2] and letak[0] in harapan}
    for letak in sorted(dapat | harus.keys()):
        baris = harus.get(letak)
        kode, nasib = terjadi.kode.get(letak, frozenset()), terjadi.nasib.get(letak, "diterima")
        mau_kode, mau_nasib = (frozenset(baris.kode), baris.nasib) if baris else (frozenset(), "diterima")
        if (kode, nasib) != (mau_kode, mau_nasib):
            cacat = baris.cacat if baris else "baris baik"
            yield f"{letak} {cacat}: {sorted(kode)} {nasib}, seharusnya {sorted(mau_kode)} {mau_nasib}"


def _judged(harapan: Harapan) -> Iterable[HarapanBaris]:
    """Rows that are looked at one by one; those of a refused file are not."""
    return () if harapan.kiriman == "ditolak" else harapan.baris
