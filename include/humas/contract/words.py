"""Words that officers write for the values of a vocabulary: how they are compared, found, and what to say when not.

A word is tried in this order, and the first that gives exactly one value counts: as it stands (label, value,
synonym: no remark); without words that say nothing ("via", "secara"); with one letter mended in a long word; by
what it begins with or names ("Online (Zoom)"). All but the first two are told to the sender.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import NamedTuple

from humas.contract.numbered import read_numbered
from humas.contract.spelling import one_edit
from humas.contract.vocabulary import Kosakata, load_vocabulary

_BUKAN_HURUF = re.compile(r"[\W_]+")
_TANDA = str.maketrans(dict.fromkeys("✓✔√☑🗸✅", "v") | dict.fromkeys("✗✘×☒❌✕✖", "x"))
_HAMPA = frozenset({
    "via", "secara", "melalui", "lewat", "dengan", "menggunakan", "pakai", "kegiatan", "acara", "metode", "bentuk", "media",
    "sebagai", "oleh", "di", "ke", "pada", "yang", "untuk", "dari", "berupa", "aplikasi", "akun", "resmi", "pelaksanaan",
})  # fmt: skip
_SANGKAL = frozenset({"tidak", "tdk", "tak", "bukan", "belum", "non", "tanpa", "gagal", "kecuali", "selain"})
_ULANG = re.compile(r"\b(\w{3,})[-‐– ]\1\b|\b([a-z]{3,})2\b")
_NOMOR_DEPAN = re.compile(r"^\(?(?:\d{1,2}|[a-h])[.)]\s+(?=\S)")
_DAFTAR_NOMOR = re.compile(r"\d(?:(?:[\s.,;/&+]|dan)+\d)+")
_PEMISAH = (
    re.compile(r"[;\n|•]"),
    re.compile(r","),
    re.compile(r"[/&+()\[\]]|\s+(?:dan|serta|and|juga|maupun)\s+|\s-\s"),
)
_PALING_PENDEK = 6
_KATA_TERPANJANG = 200
_DAFTAR_TERPANJANG = 2000  # longer texts are no choice and no list of choices; remembering them would cost memory
_POTONGAN_TERPENDEK = 10


class Pilihan(NamedTuple):
    """A value found, and what is to be said of how ("" when it was plain)."""

    nilai: str
    catatan: str = ""


class DaftarPilihan(NamedTuple):
    """Values found in a list cell, remarks, and the first part that nobody understands ("" when all were)."""

    nilai: tuple[str, ...]
    catatan: str
    asing: str


def fold(teks: str) -> str:
    """Letters and digits only, lower case: how a choice or a header is compared; ticks are ``v``, crosses ``x``."""
    if teks.isascii():
        return _BUKAN_HURUF.sub("", teks.casefold())
    return _BUKAN_HURUF.sub("", unicodedata.normalize("NFKC", teks.translate(_TANDA)).casefold())


@cache
def choices(nama: str) -> dict[str, str]:
    """Folded words of a vocabulary → stored value: values and labels first, synonyms never override them."""
    istilah = load_vocabulary()[nama].istilah
    mirip = {fold(kata): i.nilai for i in istilah for kata in i.mirip}
    sinonim = {fold(kata): i.nilai for i in istilah for kata in i.sinonim}
    bernomor = {fold(i.nilai + i.label): i.nilai for i in istilah if i.nilai.isdecimal()}
    return mirip | sinonim | bernomor | {fold(kata): i.nilai for i in istilah for kata in (i.label, i.nilai)}


@cache
def _arguable(nama: str) -> frozenset[str]:
    """Folded words that are read with a remark."""
    istilah = load_vocabulary()[nama].istilah
    pasti = {fold(kata) for i in istilah for kata in (i.label, i.nilai, *i.sinonim)}
    return frozenset({fold(kata) for i in istilah for kata in i.mirip} - pasti)


def find_choice(nama: str, tertulis: str) -> Pilihan | None:
    """The value of a vocabulary that a cell's words mean; None when they mean none, or several."""
    return _find_choice(nama, tertulis) if len(tertulis) <= _DAFTAR_TERPANJANG else None


@lru_cache(maxsize=8192)
def _find_choice(nama: str, tertulis: str) -> Pilihan | None:
    kenal = choices(nama)
    if nilai := kenal.get(fold(tertulis)):
        return Pilihan(nilai, _remark(nama, nilai) if fold(tertulis) in _arguable(nama) else "")
    if len(tertulis) > _KATA_TERPANJANG:
        return None
    if _numbered(nama):
        arti = meanings(nama, tertulis)
        return Pilihan(arti[0], _remark(nama, arti[0])) if len(arti) == 1 else None
    return _by_words(nama, tertulis)


def _by_words(nama: str, tertulis: str) -> Pilihan | None:
    """The one value that the words mean, read with ever more freedom."""
    lipat = fold(" ".join(_telling(tertulis)))
    if nilai := choices(nama).get(lipat):
        return Pilihan(nilai, _remark(nama, nilai) if lipat in _arguable(nama) else "")
    nilai = _mended(nama, tertulis) or _named(nama, tertulis)
    return Pilihan(nilai, _remark(nama, nilai)) if nilai else None


def meanings(nama: str, tertulis: str) -> tuple[str, ...]:
    """Every value of a numbered vocabulary that a text may mean, by its numbers and by its words; () when none.

    Number and words that disagree (``3. Membangun citra``) are two meanings; words that nobody knows leave the number.
    """
    return _meanings(nama, tertulis) if len(tertulis) <= _DAFTAR_TERPANJANG else ()


@lru_cache(maxsize=8192)
def _meanings(nama: str, tertulis: str) -> tuple[str, ...]:
    if nilai := choices(nama).get(fold(tertulis)):
        return (nilai,)
    nomor, pasti, sisa = read_numbered(tertulis)
    kata = _by_words(nama, sisa) if re.search(r"[^\W\d_]", sisa) else None
    menurut_kata = kata.nilai if kata else _fragment(nama, sisa)
    ada = [*(nomor if pasti or menurut_kata else ()), *([menurut_kata] if menurut_kata else [])]
    kenal = load_vocabulary()[nama].nilai
    return tuple(dict.fromkeys(ada)) if all(satu in kenal for satu in ada) else ()


def find_choices(nama: str, bagian: Iterable[str]) -> DaftarPilihan:
    """The values of a list cell given in parts; each part may name several (``IG, FB dan Web``)."""
    ada = [
        pasangan
        for satu in bagian
        for pasangan in (_many(nama, satu, 0) if len(satu) <= _DAFTAR_TERPANJANG else [(satu, None)])
    ]
    nilai = dict.fromkeys(pilihan.nilai for _, pilihan in ada if pilihan)
    catatan = next((pilihan.catatan for _, pilihan in ada if pilihan and pilihan.catatan), "")
    return DaftarPilihan(tuple(nilai), catatan, next((teks for teks, pilihan in ada if not pilihan), ""))


def nearest_labels(nama: str, tertulis: str, paling_banyak: int = 3) -> list[str]:
    """Labels whose words look most like those written, best first."""
    kata = {
        teks.casefold(): i.label for i in load_vocabulary()[nama].istilah for teks in (*i.mirip, *i.sinonim, i.label)
    }
    kecil = tertulis[:_DAFTAR_TERPANJANG].casefold()
    dekat = [satu for satu in kata if len(kecil.strip()) > 3 and satu.startswith(kecil.strip())]
    dekat += get_close_matches(kecil[:80], list(kata), n=8, cutoff=0.6)
    dekat += [satu for satu in kata if len(satu) > 3 and satu in kecil]
    return list(dict.fromkeys(kata[satu] for satu in dekat))[:paling_banyak]


def _remark(nama: str, nilai: str) -> str:
    return f"dibaca sebagai {load_vocabulary()[nama].label(nilai)}"


def _telling(tertulis: str) -> list[str]:
    """The words that tell something, lower case, doubled words once (``rakor-rakor``, ``rakor2``)."""
    rapi = _ULANG.sub(r"\1\2", _NOMOR_DEPAN.sub("", tertulis.casefold().translate(_TANDA)))
    kata = _BUKAN_HURUF.sub(" ", rapi).split()
    return [satu for satu in kata if satu not in _HAMPA] or kata


@cache
def _numbered(nama: str) -> bool:
    return all(nilai.isdecimal() for nilai in load_vocabulary()[nama].nilai)


def _named(nama: str, tertulis: str) -> str | None:
    """The one value that the parts of the text name, each by its beginning or by a word in it."""
    bagian = [satu for satu in _PEMISAH[2].split(tertulis.replace(",", " / ")) if satu.strip()]
    ada = [nilai for satu in bagian if (nilai := _named_in(nama, satu))]
    if not ada or any(_denied(nama, satu) for satu in bagian):
        return None
    return _united(load_vocabulary()[nama], set(ada))


def _united(kosakata: Kosakata, ada: set[str]) -> str | None:
    """A single value as it is, several as the one that they make up together."""
    if len(ada) == 1:
        return next(iter(ada))
    return next((i.nilai for i in kosakata.istilah if i.gabungan and ada <= {i.nilai, *i.gabungan}), None)


def _named_in(nama: str, bagian: str) -> str | None:
    """What a part begins with, else the one value it names anywhere."""
    kata = _telling(bagian)
    kenal = choices(nama)
    if nilai := kenal.get(fold(bagian)):
        return nilai
    awal = (kenal.get("".join(kata[:n])) for n in range(len(kata), 0, -1) if len("".join(kata[:n])) > 1)
    if nilai := next((satu for satu in awal if satu), None):
        return nilai
    ada = {kenal[frasa] for frasa in _phrases(kata) if len(frasa) > 2 and frasa in kenal}
    return next(iter(ada)) if len(ada) == 1 else None


def _phrases(kata: list[str]) -> Iterable[str]:
    """Every run of up to four words, joined."""
    return ("".join(kata[i : i + n]) for i in range(len(kata)) for n in range(1, 5) if i + n <= len(kata))


def _denied(nama: str, bagian: str) -> bool:
    """Whether a part says no to what it names: ``tidak dikabulkan`` is not ``dikabulkan``."""
    kata = _telling(bagian)
    if not _SANGKAL.intersection(kata):
        return False
    kenal = choices(nama)
    letak = next(i for i, satu in enumerate(kata) if satu in _SANGKAL)
    return not any("".join(kata[letak : letak + n]) in kenal for n in range(1, 6))


def _mended(nama: str, tertulis: str) -> str | None:
    """The value of the one word that differs by a letter; short words differ by a letter from too many others."""
    lipat = fold(tertulis)
    if len(lipat) + 1 < _PALING_PENDEK or _SANGKAL.intersection(_telling(tertulis)):
        return None
    dekat = {nilai for kata, nilai in choices(nama).items() if len(kata) >= _PALING_PENDEK and one_edit(lipat, kata)}
    return next(iter(dekat)) if len(dekat) == 1 else None


def _many(nama: str, bagian: str, tingkat: int) -> list[tuple[str, Pilihan | None]]:
    """The pieces of a part and their values; cut at ever weaker separators until the pieces are understood."""
    if nilai := choices(nama).get(fold(bagian)):
        return [(bagian, Pilihan(nilai, _remark(nama, nilai) if fold(bagian) in _arguable(nama) else ""))]
    if _numbered(nama) and _DAFTAR_NOMOR.fullmatch(bagian.strip()):
        return _numbers(nama, bagian)
    if _numbered(nama) and (nilai := _whole_label(nama, bagian)):
        return [(bagian, Pilihan(nilai, _remark(nama, nilai)))]
    for letak in range(tingkat, len(_PEMISAH)):
        potong = [satu.strip() for satu in _PEMISAH[letak].split(bagian) if satu.strip(" .")]
        if len(potong) > 1:
            return [pasangan for satu in potong for pasangan in _many(nama, satu, letak + 1)]
    beberapa = _in_a_row(nama, bagian)
    if len(beberapa) > 1:
        return [(bagian, Pilihan(nilai, _remark(nama, nilai))) for nilai in beberapa]
    return [(bagian, find_choice(nama, bagian))] if bagian.strip() else []


def _whole_label(nama: str, bagian: str) -> str | None:
    """The value of a name that holds commas and ``dan`` itself, its number before it or a letter of it amiss."""
    nomor, _, sisa = read_numbered(bagian)
    nilai = choices(nama).get(fold(sisa)) or _mended(nama, sisa) or _fragment(nama, sisa)
    return nilai if nilai and set(nomor) <= {nilai} else None


def _fragment(nama: str, sisa: str) -> str | None:
    """The value whose label alone holds these words one after the other: ``opini publik``, ``Mengelola sarana``."""
    lipat = fold(sisa)
    if len(lipat) < _POTONGAN_TERPENDEK or len(sisa.split()) < 2:
        return None
    ada = [i.nilai for i in load_vocabulary()[nama].istilah if lipat in fold(i.label)]
    return ada[0] if len(ada) == 1 else None


def _numbers(nama: str, bagian: str) -> list[tuple[str, Pilihan | None]]:
    """``1, 3`` and ``1.3``, which a spreadsheet makes of ``1,3``."""
    nomor = re.findall(r"\d", bagian)
    catatan = f"dibaca sebagai {' dan '.join(nomor)}" if "." in bagian else ""
    kenal = choices(nama)
    return [(satu, Pilihan(kenal[satu], catatan) if satu in kenal else None) for satu in nomor]


def _in_a_row(nama: str, bagian: str) -> list[str]:
    """Values named one after the other without a separator: ``Instagram Facebook``."""
    kata, kenal = _telling(bagian), choices(nama)
    ada: dict[str, None] = {}
    while kata:
        panjang = next((n for n in range(min(4, len(kata)), 0, -1) if "".join(kata[:n]) in kenal), 0)
        if panjang and len("".join(kata[:panjang])) > 1:
            ada[kenal["".join(kata[:panjang])]] = None
        kata = kata[max(panjang, 1) :]
    return list(ada)
