"""The manifest of a release: what was published, with the hash of each file, and nothing of a clock.

``manifes.json`` lets anybody check that a file is ours and whole, tells the front page the figures of the
period, and tells the next run which reports changed. It carries the record of every edition with its chain, as the
warehouse holds it; hashes are those of the bytes that were made, never of what lies on disk.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from humas.chain.links import EditionRecord, FileHash, head_of
from humas.publish.parts import PublishedFile
from humas.publish.release import files_of
from humas.publish.site import Material, YearMaterial, reports_of, site_version
from humas.report.model import ProvinceReport, Report, report_id

log = logging.getLogger(__name__)
NAME = "manifes.json"
VERSION = 2
_SUMMARY = (
    "kelengkapan", "ketepatan_waktu", "kegiatan_dilaporkan", "publikasi", "permohonan", "hoaks_isu", "satker_wajib",
    "satker_lapor",
)  # fmt: skip
_BALANCE = ("masuk", "diterima", "dikarantina", "kembar")


def hash_files(folder: Path) -> dict[str, PublishedFile]:
    """Size and SHA-256 of every file of a release but its manifest, by path, in order: to compare, never to record."""
    return {name: _hashed(folder, name) for name in sorted(files_of(folder)) if name != NAME}


def build_manifest(
    material: Material | YearMaterial, files: Mapping[str, PublishedFile], records: Sequence[EditionRecord] = ()
) -> bytes:
    """The manifest: every file with its hash, every report with its edition and the digest of its data.

    records: of all editions, earlier ones included.
    """
    nation = material.nasional
    content = {
        "versi": VERSION,
        "versi_situs": site_version(),
        "lembaga": nation.kepala.lembaga,
        "periode": nation.kepala.periode,
        "edisi": nation.edisi,
        "terbit": nation.terbit,
        "ringkasan": {name: nation.value(name) for name in _SUMMARY},
        "belum_dikumpulkan": sum(unit.belum_dikumpulkan for unit in nation.standings()),
        "neraca": {name: nation.count("baris", name) for name in _BALANCE} if nation.angka else {},
        "laporan": {f"{report.kunci[0]}/{report.kunci[1]}": _report(report, files) for report in reports_of(material)},
        "berkas": {name: {"ukuran": file.ukuran, "sha256": file.sidik} for name, file in sorted(files.items())},
        "catatan": {id_of(record): _record(record) for record in records},
        "rantai": head_of(records),
    }
    return (json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


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
        "berkas": {name: [file.sha256, file.size] for name, file in record.files.items()},
        "rantai": record.link,
    }


def records_of(manifest: Mapping[str, Any]) -> tuple[EditionRecord, ...]:
    """The records that a manifest (of :func:`read_manifest`) carries; whether they are true, the chain must show."""
    return tuple(
        EditionRecord(
            manifest["lembaga"], manifest["periode"], record["lingkup"], record["kode"], record["edisi"], record["sidik"],
            record["pelengkap"], record["pencetak"],
            {name: FileHash(*fields) for name, fields in record["berkas"].items()}, record["rantai"],
        )
        for record in manifest.get("catatan", {}).values()
    )  # fmt: skip


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a release; None when there is none, or one that cannot be used."""
    try:
        content = json.loads((folder / NAME).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return content if _usable(content) else None


def manifest_digest(folder: Path) -> str:
    """SHA-256 of the manifest as it lies there, "" when there is none."""
    try:
        return sha256((folder / NAME).read_bytes()).hexdigest()
    except OSError:
        return ""


def _usable(content: Any) -> bool:
    """Whether a manifest has the shape that readers of it rely on."""
    try:
        good = all(isinstance(content[name], str) for name in ("lembaga", "periode", "terbit", "versi_situs"))
        good &= all(isinstance(content["ringkasan"][name], int | float | None) for name in _SUMMARY)
        good &= all(
            isinstance(file["sha256"], str) and isinstance(file["ukuran"], int) for file in content["berkas"].values()
        )
        good &= all(
            isinstance(report["edisi"], int) and isinstance(report["sidik"], str)
            for report in content["laporan"].values()
        )
        good &= isinstance(content["edisi"], int)
        return good and all(id_of(record) and record.follows("") is not None for record in records_of(content))
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def published_manifests(publication: Path) -> list[dict[str, Any]]:
    """Manifests of all releases in force, for the front page; one that cannot be used is told in the log and left out."""
    manifests = []
    for folder in sorted(link for link in publication.glob("*/*") if link.is_symlink()):
        manifest = read_manifest(folder)
        if manifest is None:
            log.error(
                "%s rusak atau hilang; periode itu tidak tampil di halaman depan. Admin sistem: terbitkan periode itu"
                " sekali lagi; manifes disusun dari catatan gudang.", folder / NAME,
            )  # fmt: skip
        else:
            manifests.append(manifest)
    return manifests


def changed_reports(
    manifest: Mapping[str, Any] | None, reports: Iterable[Report], files: Mapping[str, PublishedFile]
) -> set[tuple[str, str]]:
    """Keys of the reports whose page must be rendered again: other data, edition, files, or other templates.

    The page of a silent unit tells of the last attempt, that of a province why its units are silent; both stand
    outside the digest: always again.
    """
    if manifest is None or manifest["versi_situs"] != site_version():
        return {report.kunci for report in reports}
    return {report.kunci for report in reports if _tells_causes(report) or not _unchanged(manifest, report, files)}


def _tells_causes(report: Report) -> bool:
    if isinstance(report, ProvinceReport):
        return any(not unit.lapor for unit in report.satker)
    return not report.dicetak


def check_release(folder: Path) -> list[str]:
    """What differs between a release and its manifest, one Indonesian line each; empty when it is whole."""
    manifest = read_manifest(folder)
    if manifest is None:
        return ["Manifes rusak." if (folder / NAME).exists() else "Manifes tidak ada."]
    written, actual = manifest["berkas"], hash_files(folder)
    gone = [f"{name}: berkas hilang." for name in sorted(written.keys() - actual.keys())]
    strays = [f"{name}: tidak tercatat pada manifes." for name in sorted(actual.keys() - written.keys())]
    differing = [
        f"{name}: isi tidak sama dengan manifes."
        for name in sorted(written.keys() & actual.keys())
        if written[name]["sha256"] != actual[name].sidik
    ]
    return gone + strays + differing


def _hashed(folder: Path, name: str) -> PublishedFile:
    content = (folder / name).read_bytes()
    return PublishedFile(name, len(content), sha256(content).hexdigest())


def _report(report: Report, files: Mapping[str, PublishedFile]) -> dict[str, Any]:
    """A report in the manifest; a unit that sent nothing has a page, but neither edition nor files."""
    if not report.dicetak:
        return {"id": "", "edisi": 0, "terbit": "", "sidik": report.sidik, "berkas": []}
    printed = [name for name in (f"laporan/{report.id}.pdf", f"laporan/{report.id}.xlsx") if name in files]
    return {"id": report.id, "edisi": report.edisi, "terbit": report.terbit, "sidik": report.sidik, "berkas": printed}


def _unchanged(manifest: Mapping[str, Any], report: Report, files: Mapping[str, PublishedFile]) -> bool:
    present = _report(report, files)
    return manifest["laporan"].get("/".join(report.kunci)) == present and all(
        manifest["berkas"].get(name, {}).get("sha256") == files[name].sidik for name in present["berkas"]
    )
