"""LibreOffice without a screen: a workbook saved in another format."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path


def convert(data: bytes, source: str, target: str) -> bytes:
    """The file as LibreOffice saves it in another format (``xlsx``, ``xls``, ``ods``)."""
    soffice = shutil.which("soffice")
    assert soffice
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"a.{source}").write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
        command = [soffice, "--headless", profile, "--convert-to", target, "--outdir", str(folder / "hasil")]
        subprocess.run([*command, str(folder / f"a.{source}")], check=True, capture_output=True, timeout=180)
        return (folder / "hasil" / f"a.{target}").read_bytes()
