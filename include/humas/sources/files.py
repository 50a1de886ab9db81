"""Channel ``berkas``: a workbook or CSV at a URL, or the newest one in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from humas.sources.content import WORKBOOKS, FileKind
from humas.sources.faults import make_error
from humas.sources.fetch import fetch_url, name_place, read_token
from humas.sources.folder import read_folder
from humas.sources.http import Fetcher
from humas.sources.model import Fetched, FetchTask

_FILES = WORKBOOKS | {FileKind.CSV, FileKind.JSON}


def fetch_files(task: FetchTask, http: Fetcher, folder_roots: Sequence[Path]) -> Iterator[Fetched]:
    """Yield the file, or the CSV files that together are one submission.

    Raises:
        SourceError, SenderError, OperatorError: see ``humas.sources.faults``.
    """
    place = name_place(task)
    address = task.address
    if address.startswith(("http://", "https://")):
        token, name = read_token(task, place), task.channel.dataset  # a CSV is named after its data set
        yield fetch_url(task, http, address, place, token=token, wanted=_FILES, name=name)
        return
    if "://" in address and not address.startswith("file://"):
        raise make_error("alamat_salah", place, sebab="bukan http, https, atau folder")
    yield from read_folder(task, folder_roots, http.budget.max_bytes, place)
