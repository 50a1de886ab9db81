"""The manifest of a release: what was published, with the hash of each file, and nothing of a clock.

``manifes.json`` lets anybody check that a file is ours and whole, tells the front page the figures of the
period, and tells the next run which reports changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from humas.publish.model import Laporan, LaporanNasional, LaporanProvinsi
from humas.publish.parts import BerkasTerbit
from humas.publish.release import files_of
from humas.publish.site import Bahan, site_version

NAMA = "manifes.json"
VERSI = 1
_RINGKASAN = (
    "kelengkapan", "ketepatan_waktu", "kegiatan_dilaporkan", "publikasi", "permohonan", "hoaks_isu", "satker_wajib",
    "satker_lapor",
)  # fmt: skip
_NERACA = ("masuk", "diterima", "dikarantina", "kembar")


def hash_files(folder: Path, dikenal: Mapping[str, BerkasTerbit] | None = None) -> dict[str, BerkasTerbit]:
    """Size and SHA-256 of every file of a release but its manifest, by path, in order.

    dikenal: files hashed a moment ago, taken as they are.
    """
    sudah = dikenal or {}
    jalur = sorted(nama for nama in files_of(folder) if nama != NAMA)
    return {nama: sudah.get(nama) or _hashed(folder, nama) for nama in jalur}


def build_manifest(bahan: Bahan, berkas: Mapping[str, BerkasTerbit]) -> bytes:
    """The manifest: every file with its hash, every report with its edition and the digest of its data."""
    nasional = bahan.nasional
    isi = {
        "versi": VERSI,
        "versi_situs": site_version(),
        "lembaga": nasional.kepala.lembaga,
        "periode": nasional.kepala.periode,
        "edisi": nasional.edisi,
        "terbit": nasional.terbit,
        "ringkasan": {nama: nasional.value(nama) for nama in _RINGKASAN},
        "belum_dikumpulkan": sum(k.belum_dikumpulkan for k in nasional.satker),
        "neraca": _balance(nasional),
        "laporan": {f"{lap.kunci[0]}/{lap.kunci[1]}": _report(lap, berkas) for lap in reports_of(bahan)},
        "berkas": {nama: {"ukuran": b.ukuran, "sha256": b.sidik} for nama, b in sorted(berkas.items())},
    }
    return (json.dumps(isi, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


def reports_of(bahan: Bahan) -> Iterator[Laporan]:
    """Every report of a site: the nation, the provinces, the units."""
    yield bahan.nasional
    yield from bahan.provinsi.values()
    yield from bahan.satker.values()


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a release, None when there is none."""
    try:
        isi: dict[str, Any] = json.loads((folder / NAMA).read_bytes())
    except FileNotFoundError:
        return None
    return isi


def published_manifests(terbitan: Path) -> list[dict[str, Any]]:
    """Manifests of all releases in force, for the front page."""
    folder = sorted(tautan for tautan in terbitan.glob("*/*") if tautan.is_symlink())
    return [manifes for satu in folder if (manifes := read_manifest(satu)) is not None]


def changed_reports(
    manifes: Mapping[str, Any] | None, laporan: Iterable[Laporan], berkas: Mapping[str, BerkasTerbit]
) -> set[tuple[str, str]]:
    """Keys of the reports whose page must be rendered again: other data, edition, files, or other templates.

    The page of a silent unit tells of the last attempt, that of a province why its units are silent; both stand
    outside the digest: always again.
    """
    if manifes is None or manifes["versi_situs"] != site_version():
        return {lap.kunci for lap in laporan}
    return {lap.kunci for lap in laporan if _tells_causes(lap) or not _unchanged(manifes, lap, berkas)}


def _tells_causes(lap: Laporan) -> bool:
    if isinstance(lap, LaporanProvinsi):
        return any(not unit.lapor for unit in lap.satker)
    return not lap.dicetak


def check_release(folder: Path) -> list[str]:
    """What differs between a release and its manifest, one Indonesian line each; empty when it is whole."""
    manifes = read_manifest(folder)
    if manifes is None:
        return ["Manifes tidak ada."]
    tertulis, nyata = manifes["berkas"], hash_files(folder)
    hilang = [f"{nama}: berkas hilang." for nama in sorted(tertulis.keys() - nyata.keys())]
    asing = [f"{nama}: tidak tercatat pada manifes." for nama in sorted(nyata.keys() - tertulis.keys())]
    lain = [
        f"{nama}: isi tidak sama dengan manifes."
        for nama in sorted(tertulis.keys() & nyata.keys())
        if tertulis[nama]["sha256"] != nyata[nama].sidik
    ]
    return hilang + asing + lain


def _hashed(folder: Path, nama: str) -> BerkasTerbit:
    isi = (folder / nama).read_bytes()
    return BerkasTerbit(nama, len(isi), sha256(isi).hexdigest())


def _balance(nasional: LaporanNasional) -> dict[str, int]:
    return {nama: nasional.count("baris", nama) for nama in _NERACA}


def _report(lap: Laporan, berkas: Mapping[str, BerkasTerbit]) -> dict[str, Any]:
    """A report in the manifest; a unit that sent nothing has a page, but neither edition nor files."""
    if not lap.dicetak:
        return {"id": "", "edisi": 0, "terbit": "", "sidik": lap.sidik, "berkas": []}
    cetak = [nama for nama in (f"laporan/{lap.id}.pdf", f"laporan/{lap.id}.xlsx") if nama in berkas]
    return {"id": lap.id, "edisi": lap.edisi, "terbit": lap.terbit, "sidik": lap.sidik, "berkas": cetak}


def _unchanged(manifes: Mapping[str, Any], lap: Laporan, berkas: Mapping[str, BerkasTerbit]) -> bool:
    kini = _report(lap, berkas)
    return manifes["laporan"].get("/".join(lap.kunci)) == kini and all(
        manifes["berkas"].get(nama, {}).get("sha256") == berkas[nama].sidik for nama in kini["berkas"]
    )
