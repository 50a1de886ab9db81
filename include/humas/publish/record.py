"""What was printed of a report, noted by who printed it from the bytes in its hands; and printing it once more.

A note lies beside the printed files (``HT-….json``). It is the only source of the hashes of an edition: what lies on
disk later is compared with it and never the other way round.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

from humas.bodies import data_files
from humas.chain.links import FileHash
from humas.errors import OperatorError
from humas.publish.release import write_whole
from humas.report.model import Report

_HERE = Path(__file__).parent
_REPORT, _CONTRACT = _HERE.with_name("report"), _HERE.with_name("contract")
_CONTRACT_READERS = ("blocks.py", "columns.py", "vocabulary.py")
_PRINTERS = ("typst", "pikepdf", "XlsxWriter")


@dataclass(frozen=True, slots=True)
class PrintNote:
    """One report as it was printed. digest: of its data. supplement: what else is printed. files: path in a release → hash."""

    digest: str
    printer: str
    supplement: Mapping[str, Any]
    files: Mapping[str, FileHash]

    def is_of(self, report: Report) -> bool:
        """Whether this was printed of the edition that the report is."""
        beside = report.supplement()
        same = all(self.supplement[name] == beside[name] for name in ("terbit", "ralat"))
        return same and self.digest == report.sidik


def write_note(report: Report, folder: Path, files: Mapping[str, FileHash]) -> None:
    """Note that these files were just printed of the report: whole, or not at all."""
    content = {
        "digest": report.sidik,
        "printer": printer_version(),
        "supplement": report.supplement(),
        "files": {name: [file.sha256, file.size] for name, file in files.items()},
    }
    write_whole(folder / f"{report.id}.json", json.dumps(content, ensure_ascii=False, sort_keys=True).encode())


def read_note(report: Report, folder: Path) -> PrintNote:
    """What was printed of this edition.

    Raises:
        OperatorError: nothing was, or of other data.
    """
    try:
        content = json.loads((folder / f"{report.id}.json").read_bytes())
        files = {name: FileHash(*file) for name, file in content["files"].items()}
        note = PrintNote(content["digest"], content["printer"], content["supplement"], files)
        if note.is_of(report):
            return note
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _not_printed(report) from error
    raise _not_printed(report)


def _not_printed(report: Report) -> OperatorError:
    return OperatorError(
        "belum_dicetak",
        f"Laporan {report.id} belum dicetak, atau cetakannya bukan dari data ini.",
        "jalankan tugas Cetak, lalu bangun situs sekali lagi.",
    )


@cache
def printer_version() -> str:
    """Digest of what decides the bytes of a printed file: templates, fonts, this room and the report, the columns, the libraries."""
    digest = sha256(json.dumps([_version(name) for name in _PRINTERS] + [platform.python_version()]).encode())
    folders = (_HERE, _HERE / "templates", _HERE / "fonts", _REPORT, _REPORT / "data", _CONTRACT / "data")
    parts = [path for folder in folders for path in folder.glob("*") if path.is_file() and path.suffix != ".html"]
    for path in sorted([*parts, *(_CONTRACT / name for name in _CONTRACT_READERS), *data_files()]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _version(name: str) -> str:
    return f"{name} {metadata.version(name)}"
