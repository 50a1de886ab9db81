"""News pages: from one page a draft of an activity, with confidence and the words that led to it."""

from humas.berita.events import group_events
from humas.berita.model import Draft, Script
from humas.berita.read import read_page
from humas.sources.markup import decode_page

__all__ = ["Draft", "Script", "decode_page", "group_events", "read_page"]
