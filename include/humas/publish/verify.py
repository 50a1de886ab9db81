"""Is this report ours, intact, current? Answered from the file and from the manifests of what was published.

A file carries its report id and the digest of its data in its metadata; the manifest of the release holds
the SHA-256 of every file ever published, earlier editions included. Metadata alone prove nothing: only the
hash in a manifest does.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from humas.errors import PengirimError

_ID = re.compile(
    r"HT-(?P<lembaga>[A-Z]+)-(?P<tempat>N|P\d\d|\d\d(?:\.\d\d)?)-(?P<tahun>\d{4})(?P<tw>TW[1-4])-E(?P<edisi>\d{1,6})(?!\d)"
)
_SIDIK = re.compile(r"\b[0-9a-f]{64}\b")
_SIFAT_TERBESAR = 64 * 1024


class Status(StrEnum):
    """What a file is."""

    TERKINI = "asli_terkini"
    EDISI_LAMA = "asli_ada_edisi_baru"
    BERUBAH = "berubah"
    BUKAN = "bukan_laporan_kami"


@dataclass(frozen=True, slots=True)
class Keaslian:
    """The answer. id, edisi: what the file is, as far as known; edisi_terbaru: newest published edition, 0 if none.

    sha256: of the file. sidik: digest of the data, as the file states it. pesan: the answer for a reader.
    """

    status: Status
    pesan: str
    sha256: str
    id: str = ""
    edisi: int = 0
    edisi_terbaru: int = 0
    sidik: str = ""

    @property
    def asli(self) -> bool:
        """Whether the file is byte for byte one that was published."""
        return self.status in {Status.TERKINI, Status.EDISI_LAMA}


def verify(berkas: Path, terbitan: Path) -> Keaslian:
    """Compare a PDF or XLSX with what was published below ``terbitan``.

    Raises:
        PengirimError: the file cannot be read.
    """
    try:
        isi = berkas.read_bytes()
    except OSError as galat:
        sebab = {FileNotFoundError: "berkas tidak ada", IsADirectoryError: "itu folder"}.get(
            type(galat), "izin ditolak"
        )
        raise PengirimError(
            "berkas_tak_terbaca", f"{berkas} tidak dapat dibaca: {sebab}.", "periksa nama dan izin berkas itu."
        ) from galat
    sha = hashlib.sha256(isi).hexdigest()
    for manifes in _manifests(terbitan):
        nama = next((n for n, b in manifes["berkas"].items() if b["sha256"] == sha and _ID.search(n)), None)
        if nama:
            return _genuine(nama, sha, manifes)
    return _not_found(isi, sha, terbitan)


def _manifests(terbitan: Path) -> Iterator[dict[str, Any]]:
    for jalur in sorted(terbitan.glob("*/*/manifes.json")):
        yield json.loads(jalur.read_bytes())


def _genuine(nama: str, sha: str, manifes: dict[str, Any]) -> Keaslian:
    temuan = _ID.search(nama)
    assert temuan is not None  # noqa: S101  # the caller looked for it
    edisi, laporan = int(temuan["edisi"]), _entry(temuan, manifes)
    terbaru = int(laporan["edisi"]) if laporan else edisi
    sidik = laporan["sidik"] if laporan and terbaru == edisi else ""
    if edisi < terbaru:
        pesan = f"Asli: {temuan.group()} utuh seperti saat terbit. Sudah ada edisi {terbaru}."
        return Keaslian(Status.EDISI_LAMA, pesan, sha, temuan.group(), edisi, terbaru, sidik)
    pesan = f"Asli dan terkini: {temuan.group()} utuh seperti saat terbit."
    return Keaslian(Status.TERKINI, pesan, sha, temuan.group(), edisi, terbaru, sidik)


def _entry(temuan: re.Match[str], manifes: dict[str, Any]) -> dict[str, Any] | None:
    """The manifest's entry of the report a name belongs to."""
    tempat = temuan["tempat"]
    kunci = "nasional/00" if tempat == "N" else f"provinsi/{tempat[1:]}" if tempat[0] == "P" else f"satker/{tempat}"
    entri: dict[str, Any] | None = manifes["laporan"].get(kunci)
    return entri


def _not_found(isi: bytes, sha: str, terbitan: Path) -> Keaslian:
    """The hash is in no manifest: changed after publication when it names a report of ours, else not ours."""
    sifat = _metadata(isi)
    temuan = _ID.search(sifat)
    sidik = next(iter(_SIDIK.findall(sifat)), "")
    manifes = _manifest_of(temuan, terbitan) if temuan else None
    entri = _entry(temuan, manifes) if temuan and manifes else None
    if temuan is None or manifes is None or entri is None or int(temuan["edisi"]) > int(entri["edisi"]):
        sebut = f" Berkas menyebut {temuan.group()}, tetapi laporan itu tidak tercatat di sini." if temuan else ""
        return Keaslian(Status.BUKAN, f"Bukan laporan yang diterbitkan pemasangan ini.{sebut}", sha, sidik=sidik)
    edisi, terbaru = int(temuan["edisi"]), int(entri["edisi"])
    pesan = f"Berubah: berkas menyebut {temuan.group()}, tetapi isinya tidak sama dengan yang diterbitkan."
    if _published_prefix(isi, temuan.group(), manifes):
        pesan += " Bagian aslinya utuh; ada tambahan di belakangnya, misalnya tanda tangan elektronik."
    return Keaslian(Status.BERUBAH, pesan, sha, temuan.group(), edisi, terbaru, sidik)


def _manifest_of(temuan: re.Match[str], terbitan: Path) -> dict[str, Any] | None:
    jalur = terbitan / temuan["lembaga"].lower() / f"{temuan['tahun']}-{temuan['tw']}" / "manifes.json"
    try:
        manifes: dict[str, Any] = json.loads(jalur.read_bytes())
    except OSError:
        return None
    return manifes


def _published_prefix(isi: bytes, id_: str, manifes: dict[str, Any]) -> bool:
    """Whether the file begins with all the bytes that were published, as a signed PDF does."""
    terbit = manifes["berkas"].get(f"laporan/{id_}.pdf")
    if not terbit or len(isi) <= terbit["ukuran"]:
        return False
    return bool(hashlib.sha256(isi[: terbit["ukuran"]]).hexdigest() == terbit["sha256"])


def _metadata(isi: bytes) -> str:
    """What a file says of itself: keywords of a PDF, properties of a workbook; "" for anything else."""
    if isi.startswith(b"%PDF-"):
        return _pdf_keywords(isi)
    return _workbook_properties(isi) if isi.startswith(b"PK") else ""


def _pdf_keywords(isi: bytes) -> str:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(isi)) as pdf:
            return str(pdf.docinfo.get("/Keywords", ""))
    except pikepdf.PdfError:
        return ""


def _workbook_properties(isi: bytes) -> str:
    """The core properties as text: searched, never parsed, and never more than a little of them."""
    try:
        with zipfile.ZipFile(io.BytesIO(isi)) as arsip, arsip.open("docProps/core.xml") as sifat:
            return sifat.read(_SIFAT_TERBESAR).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError):
        return ""
