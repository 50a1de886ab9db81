"""Personal data of members of the public: found, and masked before anything is shown or stored (UU 27/2022, V32).

Takes: any text, and whether it is words or links.
Gives: where personal data stand in it, of which kind, and the text without them.
May import: text.
"""

from humas.privacy.find import CANDIDATE, TextForm, find_personal, mask, personal_header, personal_kinds
from humas.privacy.spans import Kind, Span

__all__ = [
    "CANDIDATE", "TextForm", "Kind", "Span", "find_personal", "mask", "personal_header", "personal_kinds",
]  # fmt: skip
