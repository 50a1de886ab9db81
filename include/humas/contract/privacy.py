"""Personal data of members of the public: found, and masked before anything is shown or stored.

UU 27/2022 and the field's own rule V32: no NIK, private phone number or private e-mail leaves a unit.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_NIK = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){15}(?!\d)")
_SELA = r"[ .\-()_]{0,3}"
_PONSEL = re.compile(
    rf"(?<!\d)(?:\+?62{_SELA}(?:0{_SELA})?|0)8[1-9](?:{_SELA}\d){{6,10}}(?!\d)"
    r"|(?<![\d.,/=])(?<!rp)(?<!rp )8[1-9]\d{8,10}(?!\d)"  # its zero lost to a spreadsheet
    r"|(?<!\d)0 8 [1-9](?: \d){6,10}(?! ?\d)"
    r"|(?<!\d)08[1-9]\d/\d{3,4}/(?!(?:19|20)\d\d(?!\d))\d{3,5}(?!\d)",  # not the number and year of a letter
    re.IGNORECASE,
)
_SUREL = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}")
_SUREL_PRIBADI = re.compile(
    r"[\w.+\-]{1,64} ?(?:@|%40|\[at\]|\(at\)) ?"
    r"(?:gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|icloud|me|aol|proton|protonmail)"
    r"\. ?(?:co\.id|com|co\.uk|id|me|net|org)\b",
    re.IGNORECASE,
)
_TAUTAN_PONSEL = re.compile(
    r"(?:\bwa\.me/|\btel:|whatsapp\.com/send[^\"\s]*?phone=|[?&](?:phone|hp|no_?hp|wa|no_?wa|telp)=)"
    r"(?:\+|%2b)?(?:62|0)?8[1-9][\d\-]{6,12}",
    re.IGNORECASE,
)
_TAUTAN_NIK = re.compile(r"[?&](?:no_?)?(?:nik|ktp)=\d{16}(?!\d)", re.IGNORECASE)
_TANGGAL = re.compile(r"(?<!\d)\d{1,2}([ .\-])\d{1,2}\1(?:19|20)\d{2}(?!\d)")
_JUDUL_PRIBADI = re.compile(
    r"\b(?:nama (?:lengkap |asli )?(?:pemohon|pelapor|pengadu|pengguna|warga|narahubung|ybs)|nama lengkap|pemohon|"
    r"pelapor|pengadu|nik|ktp|kk|alamat|domisili|hp|handphone|ponsel|telp|tlp|telepon|kontak|narahubung|contact person|cp|"
    r"wa|whatsapp|e ?mail|surel|lahir|ttl|umur|usia|jenis kelamin|pekerjaan|identitas|npwp|rekening)\b"
)
KANDIDAT = re.compile(r"\d(?:[\d_]|[^\w\x00]){8}|[@\uff20]|[\[(]at[\])]", re.IGNORECASE)
"""Cheap first look: nothing personal without a long run of digits and separators, or an at sign."""


def personal_kinds(teks: str) -> tuple[str, ...]:
    """Which kinds of personal data a text holds: ``NIK``, ``nomor ponsel``, ``surel pribadi``."""
    if not KANDIDAT.search(teks):
        return ()
    polos = _plain(teks)
    return _kinds(
        nik=any(_is_nik(cocok) for cocok in _NIK.finditer(polos)),
        ponsel=_PONSEL.search(polos) is not None,
        surel=_SUREL_PRIBADI.search(polos) is not None,
    )


def personal_kinds_of_links(teks: str) -> tuple[str, ...]:
    """As ``personal_kinds`` for addresses, whose long numbers are mostly those of posts: only what says that it is personal."""
    return _kinds(
        nik=_TAUTAN_NIK.search(teks) is not None,
        ponsel=_TAUTAN_PONSEL.search(teks) is not None,
        surel=_SUREL_PRIBADI.search(teks) is not None,
    )


def _kinds(*, nik: bool, ponsel: bool, surel: bool) -> tuple[str, ...]:
    temuan = (("NIK", nik), ("nomor ponsel", ponsel), ("surel pribadi", surel))
    return tuple(jenis for jenis, ada in temuan if ada)


def personal_header(judul: str) -> bool:
    """Whether a column by this header holds who a member of the public is, whatever its cells look like."""
    return _JUDUL_PRIBADI.search(" ".join(re.sub(r"[\W_]+", " ", judul.casefold()).split())) is not None


def mask(teks: str) -> str:
    """The text with NIK, mobile numbers and e-mail addresses replaced; everything else unchanged."""
    if not KANDIDAT.search(teks):
        return teks
    polos = _plain(teks)
    potong: list[tuple[int, int, str]] = []
    for pola, samaran in (
        (_NIK, "[NIK disamarkan]"),
        (_SUREL, "[surel disamarkan]"),
        (_SUREL_PRIBADI, "[surel disamarkan]"),
        (_PONSEL, "[nomor disamarkan]"),
    ):
        for cocok in pola.finditer(polos):
            if pola is not _NIK or cocok[0].isdigit() or _plausible_nik(cocok[0]):
                potong.append((*cocok.span(), samaran))
                polos = polos[: cocok.start()] + "\0" * len(cocok[0]) + polos[cocok.end() :]
    for awal, akhir, samaran in sorted(potong, reverse=True):
        teks = teks[:awal] + samaran + teks[akhir:]
    return teks


def _plain(teks: str) -> str:
    """The text, letter by letter in its place, with every blank a space, every dash a hyphen and every digit 0 to 9."""
    return "".join(map(_plain_letter, teks))


@cache
def _plain_letter(huruf: str) -> str:
    jenis = unicodedata.category(huruf)
    if jenis == "Nd":
        return str(unicodedata.decimal(huruf))
    if jenis[0] in "ZC":
        return " "
    if jenis in {"Pd", "Pc"} and huruf != "_":
        return "-"
    dasar = unicodedata.normalize("NFKC", huruf)
    return dasar if len(dasar) == 1 else huruf


def _is_nik(cocok: re.Match[str]) -> bool:
    """An unbroken run of sixteen digits is one, mistyped or not, unless an address carries it; a spaced one may be."""
    teks = cocok.group()
    if not teks.isdigit():
        return _plausible_nik(teks)
    return cocok.string[max(cocok.start() - 1, 0) : cocok.start()] not in {"/", "="}


def _plausible_nik(teks: str) -> bool:
    """Whether sixteen digits can be a NIK: region, then day (plus 40 for women), month, year, serial."""
    if len(_TANGGAL.findall(teks)) > 1:
        return False  # two dates are sixteen digits as well
    angka = re.sub(r"\D", "", teks)
    wilayah, hari, bulan = int(angka[:2]), int(angka[6:8]), int(angka[8:10])
    return 11 <= wilayah <= 97 and (1 <= hari <= 31 or 41 <= hari <= 71) and 1 <= bulan <= 12 and angka[12:] != "0000"
