"""News pages of units' own sites: from a page a draft of an activity, with the words that led to it (0011).

Takes: landed pages and the register.
Gives: `Draft`s with confidence; visits of sites that keep their pauses and budgets.
May import: errors, bodies, text, fence, periods, registry, sources, landing, values, validation, warehouse, installation,
    forms.
"""

from humas.news.events import group_events
from humas.news.model import Draft, Script
from humas.news.read import read_page
from humas.sources.markup import decode_page

__all__ = ["Draft", "Script", "decode_page", "group_events", "read_page"]
