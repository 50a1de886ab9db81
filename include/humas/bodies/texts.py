"""Texts of a body's folder with places in braces that are filled for a unit."""

from __future__ import annotations

import re
from typing import Final

from humas.bodies.blocks import Block

PLACES: Final = ("kantor", "lembaga", "wilayah")
_PLACE = re.compile(r"\{(\w*)\}")


def filled(block: Block, key: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Texts that can be filled: their places in braces are known ones, and closed."""
    for text in texts:
        if unknown := [place for place in _PLACE.findall(text) if place not in PLACES]:
            raise block.fault(key, f"{{{unknown[0]}}} tidak dikenal; yang ada: {{{'}, {'.join(PLACES)}}}")
        try:
            text.format(**dict.fromkeys(PLACES, ""))
        except (ValueError, LookupError, AttributeError):
            raise block.fault(key, f'kurung kurawal pada "{text}" tidak lengkap') from None
    return texts
