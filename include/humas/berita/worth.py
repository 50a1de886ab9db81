"""Whether a page tells an activity of public relations in which its unit took part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from humas.berita.dates import Sebutan
from humas.berita.kind import JENIS_LAIN
from humas.berita.model import Naskah
from humas.berita.role import Peran, is_own
from humas.berita.sentences import Kalimat
from humas.berita.unit import Pelaku, Pemilik
from humas.berita.words import (
    BENTUK_DI_LUAR_JENIS,
    HUMAS_TERANG,
    JENIS_KEHUMASAN,
    KEHUMASAN,
    OPINI,
    PENJELASAN,
    RUBRIK_LUAR,
)

_OPINI = re.compile(OPINI, re.IGNORECASE)
_PENJELASAN = re.compile(PENJELASAN, re.IGNORECASE)
_RUBRIK = re.compile(RUBRIK_LUAR, re.IGNORECASE)
_KEHUMASAN = re.compile(KEHUMASAN, re.IGNORECASE)
_TERANG = re.compile(HUMAS_TERANG, re.IGNORECASE)
_LAIN = re.compile(BENTUK_DI_LUAR_JENIS, re.IGNORECASE)
_JAKARTA = re.compile(r"^\W*jakarta\b", re.IGNORECASE)


def reason_against(
    naskah: Naskah, kalimat: list[Kalimat], pelaku: Sequence[Pelaku], pemilik: Pemilik,
    peran: Peran, jenis: str, sebutan: Sequence[Sebutan],
) -> tuple[str, str]:  # fmt: skip
    """Why the page does not count, as a code and in Indonesian; two empty texts when it counts.

    Codes: ``opini``, ``penjelasan``, ``salinan``, ``acara_lain``, ``bukan_kehumasan``.
    """
    if _RUBRIK.search(naskah.rubrik) or _OPINI.search(naskah.judul) or _OPINI.search(naskah.teks[:200]):
        return "opini", "Opini atau artikel, bukan kegiatan."
    if not sebutan and jenis != "RILIS" and (_PENJELASAN.search(naskah.judul) or not peran.kata):
        return "penjelasan", "Penjelasan tanpa kegiatan dan tanpa tanggal."
    if _is_copy(naskah, pelaku, pemilik, peran):
        return "salinan", "Berita lembaga lain yang dimuat ulang; satker ini tidak disebut ikut."
    if not _is_public_relations(kalimat, jenis):
        return "bukan_kehumasan", "Bukan kegiatan kehumasan."
    return "", ""


def _is_copy(naskah: Naskah, pelaku: Sequence[Pelaku], pemilik: Pemilik, peran: Peran) -> bool:
    """News of another unit put on this site: others act and the unit itself is not named."""
    if pemilik.satker is None or pemilik.satker.tingkat == "nasional":
        return False
    sendiri = [p for p in pelaku if is_own(p, pemilik) and (p.satker or p.calon)]
    lain = [p for p in pelaku if p.satker and not is_own(p, pemilik)]
    if sendiri:
        return False
    return bool(_JAKARTA.match(naskah.teks)) or (bool(lain) and not peran.kata)


def _is_public_relations(kalimat: list[Kalimat], jenis: str) -> bool:
    inti = " ".join(satu.teks for satu in kalimat[:3])
    if _LAIN.search(kalimat[0].teks if kalimat else "") and not _TERANG.search(inti):
        return False
    if jenis in JENIS_KEHUMASAN:
        return True
    semua = " ".join(satu.teks for satu in kalimat[:8])
    return bool(_KEHUMASAN.search(inti)) or (jenis != JENIS_LAIN and bool(_TERANG.search(semua)))
