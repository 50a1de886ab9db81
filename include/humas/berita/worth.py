"""Whether a page tells an activity of public relations in which its unit took part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from humas.berita.kind import JENIS_LAIN, without_posts
from humas.berita.model import Naskah
from humas.berita.role import Peran, is_own, is_superior
from humas.berita.sentences import Kalimat
from humas.berita.unit import Pelaku, Pemilik
from humas.berita.when import Waktu
from humas.berita.words import (
    BENTUK_DI_LUAR_JENIS,
    HUMAS_TEGAS,
    HUMAS_TERANG,
    JENIS_KEHUMASAN,
    KEHUMASAN,
    OPINI_AWAL,
    OPINI_JUDUL,
    PENJELASAN,
    RUBRIK_LUAR,
    TANDA_SITUS,
    UPACARA_TEGAS,
)

_OPINI_JUDUL = re.compile(OPINI_JUDUL, re.IGNORECASE)
_OPINI_AWAL = re.compile(OPINI_AWAL, re.IGNORECASE)
_TANDA_SITUS = re.compile(TANDA_SITUS, re.IGNORECASE)
_KEPALA_BERITA = 120
_YAKIN_HARI = 0.95
_UNTUK_SATKER = frozenset({"RAKOR", "BIMTEK"})
_PENJELASAN = re.compile(PENJELASAN, re.IGNORECASE)
_RUBRIK = re.compile(RUBRIK_LUAR, re.IGNORECASE)
_KEHUMASAN = re.compile(KEHUMASAN, re.IGNORECASE)
_TERANG = re.compile(HUMAS_TERANG, re.IGNORECASE)
_TEGAS_HUMAS = re.compile(HUMAS_TEGAS, re.IGNORECASE)
_LAIN = re.compile(BENTUK_DI_LUAR_JENIS, re.IGNORECASE)
_BAWAHAN = re.compile(
    r"(?:diikuti|dihadiri|kepada|bagi|untuk|peserta|melibatkan|mengundang|menghadirkan|mengikuti|hadir|jajaran|seluruh)\b[^.;]{0,120}"
    r"(?:kabupaten\s?(?:/|dan|&)?\s?kota|kab\.?\s?/\s?kota|\bse[- ](?:indonesia|[A-Z]))"
    r"|kab(?:upaten|\.)?\s?(?:/|dan|&)?\s?kota,?\s(?:di\s)?se[- ]?\w",
    re.IGNORECASE,
)
_UPACARA = re.compile(UPACARA_TEGAS, re.IGNORECASE)
_JAKARTA = re.compile(r"^\W*jakarta\b", re.IGNORECASE)


def reason_against(
    naskah: Naskah, kalimat: list[Kalimat], pelaku: Sequence[Pelaku], pemilik: Pemilik,
    peran: Peran, jenis: str, waktu: Waktu,
) -> tuple[str, str]:  # fmt: skip
    """Why the page does not count, as a code and in Indonesian; two empty texts when it counts.

    Codes: ``opini``, ``penjelasan``, ``tanpa_tanggal``, ``salinan``, ``upacara``, ``bukan_kehumasan``.
    """
    if _RUBRIK.search(naskah.rubrik) or _OPINI_JUDUL.search(naskah.judul) or _OPINI_AWAL.search(naskah.teks[:200]):
        return "opini", "Opini atau artikel, bukan kegiatan."
    if _is_explainer(naskah, peran, jenis, waktu):
        return "penjelasan", "Penjelasan tanpa kegiatan dan tanpa tanggal."
    if _is_undated(peran, jenis, waktu):
        return "tanpa_tanggal", "Tanpa tanggal dan tanpa acara yang jelas."
    if _is_copy(naskah, pelaku, pemilik, peran, jenis):
        return "salinan", "Berita lembaga lain yang dimuat ulang; satker ini tidak disebut ikut."
    if _is_ceremony(kalimat):
        return "upacara", "Bukan kegiatan kehumasan, melainkan urusan dalam atau upacara."
    if not _is_public_relations(kalimat, jenis):
        return "bukan_kehumasan", "Bukan kegiatan kehumasan."
    return "", ""


def _is_explainer(naskah: Naskah, peran: Peran, jenis: str, waktu: Waktu) -> bool:
    """A headline that explains; where a day of an event is told, only when the unit does nothing there."""
    if jenis == "RILIS":
        return False
    menjelaskan = _PENJELASAN.search(naskah.judul) is not None
    if waktu.mulai:  # a day with its weekday on which someone holds an event is news, whatever the headline says
        return menjelaskan and not (peran.bertindak or (peran.tegas and waktu.keyakinan >= _YAKIN_HARI))
    return menjelaskan or not (peran.kata or waktu.tertulis)


def _is_undated(peran: Peran, jenis: str, waktu: Waktu) -> bool:
    """No day, not even a vague one, and no named body that holds or attends an event."""
    return jenis != "RILIS" and not (waktu.mulai or waktu.tertulis or peran.tegas)


def _is_copy(naskah: Naskah, pelaku: Sequence[Pelaku], pemilik: Pemilik, peran: Peran, jenis: str) -> bool:
    """News of another unit put on this site: others act and the unit itself is not named.

    A superior's event that all its units attend, or its training or meeting on public relations, is not foreign,
    though the text names none of them.
    """
    if pemilik.satker is None or pemilik.satker.tingkat == "nasional":
        return False
    lain = [p for p in pelaku if p.satker and not is_own(p, pemilik)]
    if any(is_own(p, pemilik) and (p.satker or p.calon) for p in pelaku):
        return False
    if _foreign_site(naskah):
        return True
    jakarta = _JAKARTA.match(naskah.teks) is not None
    if jakarta or any(is_superior(p, pemilik) for p in lain):
        untuk_satker = not jakarta and jenis in _UNTUK_SATKER and _TEGAS_HUMAS.search(naskah.utuh)
        return not (untuk_satker or _BAWAHAN.search(naskah.utuh))
    return bool(lain) and not peran.bertindak


def _foreign_site(naskah: Naskah) -> bool:
    """Whether the dateline names another site than the one the page stands on."""
    cocok = _TANDA_SITUS.search(naskah.teks[:_KEPALA_BERITA])
    if cocok is None:
        return False
    return cocok[2] is not None or cocok[1].casefold().removeprefix("www.") not in naskah.url.casefold()


def _is_ceremony(kalimat: list[Kalimat]) -> bool:
    """An oath, a parade, a farewell, unless its words are those of public relations; a parade first named stays one."""
    inti = " ".join(satu.teks for satu in kalimat[:3])
    upacara, humas = (pola.search(kalimat[0].teks if kalimat else "") for pola in (_UPACARA, _TERANG))
    if upacara and (humas is None or upacara.start() < humas.start()):
        return True
    return bool(kalimat and _LAIN.search(kalimat[0].teks)) and not _TERANG.search(inti)


def _is_public_relations(kalimat: list[Kalimat], jenis: str) -> bool:
    if jenis in JENIS_KEHUMASAN:
        return True
    judul, awal = (kalimat[0].teks if kalimat else ""), " ".join(without_posts(satu.teks) for satu in kalimat[1:3])
    if _KEHUMASAN.search(judul) or _TERANG.search(awal):
        return True
    semua = " ".join(without_posts(satu.teks) for satu in kalimat[:8])
    return jenis != JENIS_LAIN and _TEGAS_HUMAS.search(semua) is not None
