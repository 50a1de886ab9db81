"""A draft as operators look at it: a copy of its pages and PDFs, each marked as not published.

The draft itself stays as it was built, because its bytes are what is published later. Workbooks and open data are not
copied: there is no place in them where a mark could not be overlooked.
"""

from __future__ import annotations

import io
import shutil
from pathlib import Path

from humas.publish.manifest import read_manifest
from humas.publish.release import Stage, files_of, write_whole
from humas.publish.site import assets, render_index

STYLE = "situs.css"
UNMARKED = (".xlsx", ".csv", ".json", ".zip")
"""Files in which there is no place for a mark; all but the manifest, which nobody is offered, are left out."""
MARK = """
/* Draf: setiap halaman menyebutnya; berkas yang tidak disalin tidak ditawarkan. */
body::before{content:"DRAF: belum diterbitkan, hanya untuk operator. Angka dan nomor edisi masih dapat berubah.";
  position:sticky;top:0;z-index:99;display:block;padding:8px 16px;background:#94182f;color:#fff;font-weight:700}
a[href$=".xlsx"],a[href$=".csv"],a[href$=".json"],a[href$=".zip"]{display:none}
"""
_STAMP = "q 0.58 0.09 0.18 rg BT {font} 11 Tf 1 0 0 1 24 {top} Tm (DRAF - belum diterbitkan) Tj ET Q"
_BELOW_TOP = 18


def lay_out(stage: Stage, root: Path) -> Path:
    """Replace what lies below ``root`` of this body and period by a marked copy of the draft; returns its folder.

    Raises:
        OperatorError: the disk is full or cannot be written.
    """
    folder = root / stage.lembaga / stage.periode
    shutil.rmtree(folder, ignore_errors=True)
    for name in files_of(stage.folder):
        if name == "manifes.json" or not name.endswith(UNMARKED):
            write_whole(folder / name, _marked(name, (stage.folder / name).read_bytes()))
    for name, content in assets().items():
        write_whole(root / "aset" / name, _marked(name, content))
    _refresh_index(root)
    return folder


def _marked(name: str, content: bytes) -> bytes:
    """A file of a draft as operators see it: style sheet and PDFs bear the mark, all else is as it was built."""
    if name.endswith(".pdf"):
        return stamped(content)
    return content + MARK.encode() if name.endswith(STYLE) else content


def take_away(stage: Stage, root: Path) -> None:
    """Remove the copy of a draft that was published."""
    shutil.rmtree(root / stage.lembaga / stage.periode, ignore_errors=True)
    if root.is_dir():
        _refresh_index(root)


def _refresh_index(root: Path) -> None:
    manifests = [read_manifest(folder) for folder in sorted(root.glob("*/*")) if (folder / "manifes.json").is_file()]
    write_whole(root / "index.html", render_index(manifest for manifest in manifests if manifest))


def stamped(content: bytes) -> bytes:
    """A PDF with the word DRAF at the top of each page; it no longer claims to be an archived document."""
    import pikepdf

    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Helvetica-Bold")
            )
        )
        for page in pdf.pages:
            name = page.add_resource(font, pikepdf.Name.Font)
            top = float(page.mediabox[3]) - _BELOW_TOP
            page.contents_add(_STAMP.format(font=name, top=top).encode(), prepend=False)
        if "/Metadata" in pdf.Root:
            del pdf.Root.Metadata
        pdf.save(packed, deterministic_id=True)
    return packed.getvalue()
