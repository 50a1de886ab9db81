"""The way in: a channel's task goes to the source of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from humas.registry import ChannelKind
from humas.settings import Settings
from humas.sources.api import fetch_pages
from humas.sources.faults import make_error
from humas.sources.fetch import name_place
from humas.sources.files import fetch_files
from humas.sources.guard import AllowList
from humas.sources.http import Fetcher
from humas.sources.model import Fetched, FetchTask


def open_fetcher(settings: Settings) -> Fetcher:
    """A fetcher with the budget and the allow-list of the installation; close it when done."""
    return Fetcher(settings.http, AllowList(settings.allowed_hosts, settings.allow_private))


def fetch(task: FetchTask, http: Fetcher, settings: Settings) -> Iterator[Fetched]:
    """Yield what the channel gives, in order; what was yielded before an error is good.

    Raises:
        SourceError, SenderError, OperatorError: see ``humas.sources.faults``.
    """
    match task.channel.kind:
        case ChannelKind.API:
            return fetch_pages(task, http)
        case ChannelKind.FILES:
            return fetch_files(task, http, settings.folder_roots)
        case ChannelKind.SITE:  # read by ``humas.news``, which makes drafts of it
            raise make_error("alamat_salah", name_place(task), sebab="jenis saluran situs tidak dikenal")
