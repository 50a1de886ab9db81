"""Content-addressed store of raw bytes, written before anything is parsed."""

from humas.landing.collect import CollectionError, Etags, collect
from humas.landing.model import Berkas, HasilSatker, Kiriman, Percobaan
from humas.landing.store import Landing, LandingError

__all__ = [
    "Berkas",
    "CollectionError",
    "Etags",
    "HasilSatker",
    "Kiriman",
    "Landing",
    "LandingError",
    "Percobaan",
    "collect",
]
