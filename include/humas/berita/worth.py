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


def _is_explainer(page: Naskah, role: Peran, kind: str, when: Waktu) -> bool:
    """A headline that explains; where a day of an event is told, only when the unit does nothing there."""
    if kind == "RILIS":
        return False
    explains = _PENJELASAN.search(page.judul) is not None
    if when.mulai:  # a day with its weekday on which someone holds an event is news, whatever the headline says
        return explains and not (role.bertindak or (role.tegas and when.keyakinan >= _YAKIN_HARI))
    return explains or not (role.kata or when.tertulis)


def _is_undated(role: Peran, kind: str, when: Waktu) -> bool:
    """No day, not even a vague one, and no named body that holds or attends an event."""
    return kind != "RILIS" and not (when.mulai or when.tertulis or role.tegas)


def _is_copy(page: Naskah, bodies: Sequence[Pelaku], owner: Pemilik, role: Peran, kind: str) -> bool:
    """News of another unit put on this site: others act and the unit itself is not named.

    A superior's event that all its units attend, or its training or meeting on public relations, is not foreign,
    though the text names none of them.
    """
    if owner.satker is None or owner.satker.tingkat == "nasional":
        return False
    others = [body for body in bodies if body.satker and not is_own(body, owner)]
    if any(is_own(body, owner) and (body.satker or body.calon) for body in bodies):
        return False
    if _foreign_site(page):
        return True
    jakarta = _JAKARTA.match(page.teks) is not None
    if jakarta or any(is_superior(body, owner) for body in others):
        for_units = not jakarta and kind in _UNTUK_SATKER and _TEGAS_HUMAS.search(page.utuh)
        return not (for_units or _BAWAHAN.search(page.utuh))
    return bool(others) and not role.bertindak


def _foreign_site(page: Naskah) -> bool:
    """Whether the dateline names another site than the one the page stands on."""
    match = _TANDA_SITUS.search(page.teks[:_KEPALA_BERITA])
    if match is None:
        return False
    return match[2] is not None or match[1].casefold().removeprefix("www.") not in page.url.casefold()


def _is_ceremony(sentences: list[Kalimat]) -> bool:
    """An oath, a parade, a farewell, unless its words are those of public relations; a parade first named stays one."""
    core = " ".join(sentence.teks for sentence in sentences[:3])
    ceremony, humas = (pattern.search(sentences[0].teks if sentences else "") for pattern in (_UPACARA, _TERANG))
    if ceremony and (humas is None or ceremony.start() < humas.start()):
        return True
    return bool(sentences and _LAIN.search(sentences[0].teks)) and not _TERANG.search(core)


def _is_public_relations(sentences: list[Kalimat], kind: str) -> bool:
    if kind in JENIS_KEHUMASAN:
        return True
    title, opening = (
        (sentences[0].teks if sentences else ""),
        " ".join(without_posts(sentence.teks) for sentence in sentences[1:3]),
    )
    if _KEHUMASAN.search(title) or _TERANG.search(opening):
        return True
    whole = " ".join(without_posts(sentence.teks) for sentence in sentences[:8])
    return kind != JENIS_LAIN and _TEGAS_HUMAS.search(whole) is not None
