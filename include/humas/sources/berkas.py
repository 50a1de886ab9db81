"""Channel ``berkas``: a workbook or CSV at a URL, or the newest one in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from humas.sources.content import WORKBOOKS, Jenis
from humas.sources.fetch import fetch_url, name_place, read_token
from humas.sources.folder import read_folder
from humas.sources.galat import make_error
from humas.sources.http import Pengambil
from humas.sources.model import Ambilan, Tugas

_FILES = WORKBOOKS | {Jenis.CSV, Jenis.JSON}


def fetch_files(tugas: Tugas, http: Pengambil, folder_roots: Sequence[Path]) -> Iterator[Ambilan]:
    """Yield the file, or the CSV files that together are one submission.

    Raises:
        SumberError, PengirimError, SistemError: see ``humas.sources.galat``.
    """
    place = name_place(tugas)
    address = tugas.alamat
    if address.startswith(("http://", "https://")):
        token, name = read_token(tugas, place), tugas.saluran.himpunan  # a CSV is named after its data set
        yield fetch_url(tugas, http, address, place, token=token, wanted=_FILES, nama=name)
        return
    if "://" in address and not address.startswith("file://"):
        raise make_error("alamat_salah", place, sebab="bukan http, https, atau folder")
    yield from read_folder(tugas, folder_roots, http.budget.max_bytes, place)
