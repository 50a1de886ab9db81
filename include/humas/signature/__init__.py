"""Signatures in a PDF that came back signed: whose, over what, changed since; and whether what was signed is ours.

Takes: the bytes of a file that came back, and of the report as it was published.
Gives: `signatures_in` a PDF, and how alike two PDFs are (`likeness`).
May import: errors.
"""

from humas.signature.likeness import Likeness, laid_over, likeness
from humas.signature.seen import Signature, Trust, load_issuers, signatures_in

__all__ = ["Likeness", "Signature", "Trust", "laid_over", "likeness", "load_issuers", "signatures_in"]
