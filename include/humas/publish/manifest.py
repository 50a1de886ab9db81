"""The manifest of a release: what was published, with the hash of each file, and nothing of a clock.

``manifes.json`` lets anybody check that a file is ours and whole, tells the front page the figures of the
period, and tells the next run which reports changed. It carries the record of every edition with its chain, as the
warehouse holds it; hashes are those of the bytes that were made, never of what lies on disk.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from humas.chain import EditionRecord, FileHash, head_of
from humas.publish.model import Laporan, LaporanNasional, LaporanProvinsi, report_id
from humas.publish.parts import BerkasTerbit
from humas.publish.release import files_of
from humas.publish.site import Bahan, site_version

log = logging.getLogger(__name__)
NAMA = "manifes.json"
VERSI = 2
_RINGKASAN = (
    "kelengkapan", "ketepatan_waktu", "kegiatan_dilaporkan", "publikasi", "permohonan", "hoaks_isu", "satker_wajib",
    "satker_lapor",
)  # fmt: skip
_NERACA = ("masuk", "diterima", "dikarantina", "kembar")


def hash_files(folder: Path) -> dict[str, BerkasTerbit]:
    """Size and SHA-256 of every file of a release but its manifest, by path, in order: to compare, never to record."""
    return {nama: _hashed(folder, nama) for nama in sorted(files_of(folder)) if nama != NAMA}


def build_manifest(bahan: Bahan, berkas: Mapping[str, BerkasTerbit], records: Sequence[EditionRecord] = ()) -> bytes:
    """The manifest: every file with its hash, every report with its edition and the digest of its data.

    records: of all editions, earlier ones included.
    """
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
        "neraca": _balance(nasional) if nasional.angka else {},
        "laporan": {f"{lap.kunci[0]}/{lap.kunci[1]}": _report(lap, berkas) for lap in reports_of(bahan)},
        "berkas": {nama: {"ukuran": b.ukuran, "sha256": b.sidik} for nama, b in sorted(berkas.items())},
        "catatan": {id_of(satu): _record(satu) for satu in records},
        "rantai": head_of(records),
    }
    return (json.dumps(isi, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


def reports_of(bahan: Bahan) -> Iterator[Laporan]:
    """Every report of a site: the nation, the provinces, the units."""
    yield bahan.nasional
    yield from bahan.provinsi.values()
    yield from bahan.satker.values()


def id_of(record: EditionRecord) -> str:
    """Number of the report that a record is of."""
    return report_id(record.lembaga, *record.key, record.periode, record.number)


def _record(record: EditionRecord) -> dict[str, Any]:
    return {
        "lingkup": record.level,
        "kode": record.code,
        "edisi": record.number,
        "sidik": record.digest,
        "pelengkap": record.supplement,
        "pencetak": record.printer,
        "berkas": {nama: [satu.sha256, satu.size] for nama, satu in record.files.items()},
        "rantai": record.link,
    }


def records_of(manifes: Mapping[str, Any]) -> tuple[EditionRecord, ...]:
    """The records that a manifest (of :func:`read_manifest`) carries; whether they are true, the chain must show."""
    return tuple(
        EditionRecord(
            manifes["lembaga"], manifes["periode"], satu["lingkup"], satu["kode"], satu["edisi"], satu["sidik"],
            satu["pelengkap"], satu["pencetak"], {n: FileHash(*b) for n, b in satu["berkas"].items()}, satu["rantai"],
        )
        for satu in manifes.get("catatan", {}).values()
    )  # fmt: skip


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a release; None when there is none, or one that cannot be used."""
    try:
        isi = json.loads((folder / NAMA).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return isi if _usable(isi) else None


def manifest_digest(folder: Path) -> str:
    """SHA-256 of the manifest as it lies there, "" when there is none."""
    try:
        return sha256((folder / NAMA).read_bytes()).hexdigest()
    except OSError:
        return ""


def _usable(isi: Any) -> bool:
    """Whether a manifest has the shape that readers of it rely on."""
    try:
        baik = all(isinstance(isi[nama], str) for nama in ("lembaga", "periode", "terbit", "versi_situs"))
        baik &= all(isinstance(isi["ringkasan"][nama], int | float | None) for nama in _RINGKASAN)
        baik &= all(isinstance(b["sha256"], str) and isinstance(b["ukuran"], int) for b in isi["berkas"].values())
        baik &= all(isinstance(lap["edisi"], int) and isinstance(lap["sidik"], str) for lap in isi["laporan"].values())
        baik &= isinstance(isi["edisi"], int)
        return baik and all(id_of(satu) and satu.follows("") is not None for satu in records_of(isi))
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def published_manifests(terbitan: Path) -> list[dict[str, Any]]:
    """Manifests of all releases in force, for the front page; one that cannot be used is told in the log and left out."""
    hasil = []
    for satu in sorted(tautan for tautan in terbitan.glob("*/*") if tautan.is_symlink()):
        manifes = read_manifest(satu)
        if manifes is None:
            log.error(
                "%s rusak atau hilang; periode itu tidak tampil di halaman depan. Admin sistem: terbitkan periode itu"
                " sekali lagi; manifes disusun dari catatan gudang.", satu / NAMA,
            )  # fmt: skip
        else:
            hasil.append(manifes)
    return hasil


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
        return ["Manifes rusak." if (folder / NAMA).exists() else "Manifes tidak ada."]
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
