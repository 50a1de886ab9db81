"""The way in: a channel's task goes to the source of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from humas.settings import Settings
from humas.sources.api import fetch_pages
from humas.sources.berkas import fetch_files
from humas.sources.fetch import name_place
from humas.sources.galat import make_error
from humas.sources.guard import Gerbang
from humas.sources.http import Pengambil
from humas.sources.model import Ambilan, Tugas


def open_fetcher(settings: Settings) -> Pengambil:
    """A fetcher with the budget and the allow-list of the installation; close it when done."""
    return Pengambil(settings.http, Gerbang(settings.allowed_hosts, settings.allow_private))


def fetch(tugas: Tugas, http: Pengambil, settings: Settings) -> Iterator[Ambilan]:
    """Yield what the channel gives, in order; what was yielded before an error is good.

    Raises:
        SumberError, PengirimError, SistemError: see ``humas.sources.galat``.
    """
    kind = tugas.saluran.jenis
    if kind == "api":
        return fetch_pages(tugas, http)
    if kind == "berkas":
        return fetch_files(tugas, http, settings.folder_roots)
    raise make_error("alamat_salah", name_place(tugas), sebab=f"jenis saluran {kind[:20]} tidak dikenal")
