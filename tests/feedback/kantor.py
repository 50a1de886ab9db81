"""LibreOffice without a screen: a workbook saved in another format."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path


def convert(data: bytes, dari: str, ke: str) -> bytes:
    """The file as LibreOffice saves it in another format (``xlsx``, ``xls``, ``ods``)."""
    soffice = shutil.which("soffice")
    assert soffice
    with tempfile.TemporaryDirectory() as nama:
        folder = Path(nama)
        (folder / f"a.{dari}").write_bytes(data)
        profil = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
        perintah = [soffice, "--headless", profil, "--convert-to", ke, "--outdir", str(folder / "hasil")]
        subprocess.run([*perintah, str(folder / f"a.{dari}")], check=True, capture_output=True, timeout=180)
        return (folder / "hasil" / f"a.{ke}").read_bytes()
