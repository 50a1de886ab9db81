"""Where data comes from: API and files, over HTTP with budgets, or from folders."""

from humas.sources.api import MAX_VALUES, is_dense
from humas.sources.content import WORKBOOKS, Jenis, clean_words, sniff, wide_encoding
from humas.sources.fetch import read_environment
from humas.sources.guard import Gerbang
from humas.sources.http import Pengambil
from humas.sources.model import Ambilan, Salinan, Tugas
from humas.sources.open import fetch, open_fetcher

__all__ = [
    "MAX_VALUES",
    "is_dense",
    "WORKBOOKS",
    "Ambilan",
    "Gerbang",
    "Jenis",
    "Pengambil",
    "Salinan",
    "Tugas",
    "clean_words",
    "fetch",
    "open_fetcher",
    "read_environment",
    "sniff",
    "wide_encoding",
]
