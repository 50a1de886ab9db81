"""Where data come from: API, files and news sites, over HTTP with budgets, or from folders.

Takes: one channel of one unit (`FetchTask`).
Gives: `Fetched`: bytes, name, headers; or an error that says who must act.
May import: errors, text, settings, periods, registry.
"""

from humas.sources.api import MAX_VALUES, is_dense
from humas.sources.content import WORKBOOKS, FileKind, as_utf8, clean_words, sniff, wide_encoding
from humas.sources.fetch import read_environment
from humas.sources.guard import AllowList
from humas.sources.http import Fetcher
from humas.sources.model import Fetched, FetchTask, HeldCopy
from humas.sources.open import fetch, open_fetcher

__all__ = [
    "MAX_VALUES",
    "is_dense",
    "WORKBOOKS",
    "Fetched",
    "AllowList",
    "FileKind",
    "Fetcher",
    "HeldCopy",
    "FetchTask",
    "as_utf8",
    "clean_words",
    "fetch",
    "open_fetcher",
    "read_environment",
    "sniff",
    "wide_encoding",
]
