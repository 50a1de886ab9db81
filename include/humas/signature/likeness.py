"""Whether a signed PDF shows what was published: byte for byte before the signature, or page for page when saved anew."""

from __future__ import annotations

import hashlib
import io
from enum import StrEnum
from typing import Any

_LOOKS = ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate")
"""What decides how a page looks, but for notes laid over it."""
_MAX_OBJECTS = 200_000


class Likeness(StrEnum):
    """How a file relates to the report as published."""

    BYTES = "utuh"
    """It begins with every byte of it; what follows was added."""
    PAGES = "halaman_sama"
    """A program saved it anew; each page draws the same."""
    OTHER = "berbeda"


def likeness(published: bytes, signed: bytes) -> Likeness:
    """How alike they are; a file that cannot be read is another one.

    What was added behind the published bytes may draw a page anew, so that pages are compared in any case.
    """
    try:
        same = bool(published) and _pages(published) == _pages(signed)
    except Exception:  # noqa: BLE001 -- whatever a stranger's file does to a parser, it is not ours then
        same = False
    if not same:
        return Likeness.OTHER
    return Likeness.BYTES if signed.startswith(published) else Likeness.PAGES


def laid_over(published: bytes, signed: bytes) -> int:
    """How many notes or stamps lie over the pages that were not published; those of signatures count not."""
    return max(_notes(signed) - _notes(published), 0)


def _notes(content: bytes) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        over = [one for page in pdf.pages for one in page.obj.get("/Annots", [])]
        return sum(str(one.get("/FT", "")) != "/Sig" for one in over)


def _pages(content: bytes) -> list[str]:
    """Of each page a hash of all that it draws."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [_looks(page.obj) for page in pdf.pages]


def _looks(page: Any) -> str:
    """A hash of what a page draws: streams decoded, so that another packing of the same is the same."""
    digest, left = hashlib.sha256(), [_MAX_OBJECTS]
    for name in _LOOKS:
        digest.update(name.encode())
        part = page.get(name)
        if name == "/Contents":
            digest.update(b"" if part is None else _drawn(part))
        else:
            _add(digest, part, set(), left)
    return digest.hexdigest()


def _drawn(contents: Any) -> bytes:
    """The drawing of a page; some programs split it, and a space stands between its parts then."""
    import pikepdf

    parts = [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
    return b"\n".join(part.read_bytes().strip() for part in parts)


def _add(digest: Any, part: Any, above: set[tuple[int, int]], left: list[int]) -> None:
    """Add an object and all below it to a hash; one that leads back to itself is named, not followed."""
    import pikepdf

    left[0] -= 1
    if left[0] < 0:
        raise ValueError("more objects than a report has")
    if isinstance(part, pikepdf.Object) and part.is_indirect:
        if part.objgen in above:
            digest.update(b"<back>")
            return
        above = above | {part.objgen}
    if isinstance(part, pikepdf.Stream):
        digest.update(hashlib.sha256(part.read_bytes()).digest())
        kept = {"/Subtype", "/Width", "/Height", "/ColorSpace", "/BBox", "/Matrix", "/Resources", "/SMask"}
        for key in sorted(kept & set(part.keys())):
            digest.update(key.encode())
            _add(digest, part[key], above, left)
    elif isinstance(part, pikepdf.Dictionary):
        for key in sorted(part.keys()):
            if key not in {"/Parent", "/StructParents", "/Metadata"}:
                digest.update(key.encode())
                _add(digest, part[key], above, left)
    elif isinstance(part, pikepdf.Array):
        for one in part:
            _add(digest, one, above, left)
    else:
        digest.update(repr(part if not isinstance(part, pikepdf.Object) else str(part)).encode())
