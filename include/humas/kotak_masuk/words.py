"""Unit, body and quarter in running text, such as a title row or a file name: what it names, as far as it says.

Found with the register's own way of reading names, over every run of words; the longest run that fits wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from humas.errors import PengirimError
from humas.periods import Triwulan, parse_periode
from humas.registry import Lembaga, Register, Satker
from humas.registry.names import NamaTerurai, key_of, normalize, parse_name

_WORDS_LOOKED_AT, _NAME_WORDS = 40, 9
_BODY = {
    Lembaga.KPU: re.compile(r"\b(?:kpu|kip|komisi (?:independen )?pemilihan(?: umum)?)\b"),
    Lembaga.BAWASLU: re.compile(r"\b(?:bawaslu|panwaslih|badan pengawas pemil(?:u|ihan umum)|panitia pengawas pemilihan)\b"),
    Lembaga.PEMDA: re.compile(
        r"\b(?:pemda|pemkab|pemkot|pemprov|pemerintah (?:daerah|kota|kabupaten|provinsi)|diskominfo|dinas kominfo"
        r"|setda|sekretariat daerah|biro humas|humas pemda|puspen)\b"
    ),
}  # fmt: skip
_NATIONAL = re.compile(
    r"\b(?:kpu|bawaslu|komisi pemilihan umum|badan pengawas pemilihan umum|puspen)"
    r" (?:ri|republik indonesia|pusat|nasional|kemendagri)\b"
)
_CODE = re.compile(r"(?<![0-9.,/])([0-9]{2}\.[0-9]{2})(?![0-9.,/])")
_CODE_FIRST = re.compile(r"\s*([0-9]{2})(?=[\s_\-]+(?:20[0-9]{2}|tw|triwulan|kpu|bawaslu|prov))", re.IGNORECASE)
_QUARTER = re.compile(
    r"(?<![a-z])(?:triwulan|triw|tw)[ \-_/.,:]*(?:ke)?[ \-]*(iv|i{1,3}|[1-4])(?![a-z0-9])", re.IGNORECASE
)
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")
_MONTHS = re.compile(
    r"\b(januari|april|juli|oktober)\b[^a-z]{0,8}(?:s\.?d\.?|sampai(?: dengan)?|hingga|[-–—])[^a-z]{0,8}"
    r"\b(maret|juni|september|desember)\b",
    re.IGNORECASE,
)
_QUARTER_OF = {("januari", "maret"): 1, ("april", "juni"): 2, ("juli", "september"): 3, ("oktober", "desember"): 4}


def units_in(teks: str, register: Register, *, tanpa_jenis: bool) -> frozenset[str]:
    """Codes of the units a text may mean; a province named beside one of its own units only says where that lies.

    tanpa_jenis: take a bare name ("Semarang") too, which in a long title may be any word.
    """
    kode = {satu for satu in _codes(teks) if register.berlaku(satu)}
    nama = _names(teks, _index(register), tanpa_jenis=tanpa_jenis)
    if not nama and _NATIONAL.search(normalize(teks)):
        nama = {"00"}
    anak = {satu for satu in nama if "." in satu}
    nama -= {satu for satu in nama if any(lain.startswith(f"{satu}.") for lain in anak)}
    sama = kode & nama
    return frozenset(sama or kode | nama)


def _codes(teks: str) -> Iterator[str]:
    for cocok in _CODE.finditer(teks):
        yield cocok[1]
    if depan := _CODE_FIRST.match(teks):
        yield depan[1]


def bodies_in(teks: str) -> frozenset[str]:
    """The bodies a text names."""
    rapi = normalize(teks)
    return frozenset(str(lembaga) for lembaga, pola in _BODY.items() if pola.search(rapi))


def quarters_in(teks: str) -> frozenset[str]:
    """The quarters a text names: numbers of quarters, or first and last month, each with every year it names."""
    nomor = {cocok[1].upper() for cocok in _QUARTER.finditer(teks)}
    bulan = {(a.lower(), b.lower()) for a, b in _MONTHS.findall(teks)}
    bernomor = {str(_QUARTER_OF[satu]) for satu in bulan if satu in _QUARTER_OF}
    tahun = set(_YEAR.findall(_QUARTER.sub(" ", teks)))
    return frozenset(kunci for satu in nomor | bernomor for thn in tahun if (kunci := _key(satu, thn)))


def _key(nomor: str, tahun: str) -> str:
    try:
        periode = parse_periode(f"TW{nomor} {tahun}")
    except PengirimError:
        return ""
    return periode.kunci if isinstance(periode, Triwulan) else ""


def _names(teks: str, indeks: dict[NamaTerurai, tuple[str, ...]], *, tanpa_jenis: bool) -> set[str]:
    """Units named by the longest runs of words; a run inside a longer one that fits is not looked at."""
    kata = normalize(_QUARTER.sub(" ", teks)).split()[:_WORDS_LOOKED_AT]
    dipakai = [False] * len(kata)
    hasil: set[str] = set()
    for panjang in range(min(_NAME_WORDS, len(kata)), 0, -1):
        for mulai in range(len(kata) - panjang + 1):
            letak = range(mulai, mulai + panjang)
            if any(dipakai[satu] for satu in letak):
                continue
            nama = parse_name(" ".join(kata[mulai : mulai + panjang]))
            if nama.jenis == "nasional" or not (nama.jenis or tanpa_jenis):
                continue
            if calon := indeks.get(nama):
                hasil |= set(calon)
                for satu in letak:
                    dipakai[satu] = True
    return hasil


@lru_cache(maxsize=4)
def _index(register: Register) -> dict[NamaTerurai, tuple[str, ...]]:
    """Every way to write a unit's name, with and without its kind → codes that may be meant today or were once."""
    hasil: dict[NamaTerurai, tuple[str, ...]] = {}
    for unit in register.semua():
        for nama in _spellings(unit):
            hasil[nama] = (*hasil.get(nama, ()), unit.kode)
    return hasil


def _spellings(unit: Satker) -> set[NamaTerurai]:
    if unit.tingkat == "nasional":
        return set()
    nama = {parse_name(satu) for satu in (unit.nama, unit.nama_kpu, unit.nama_bawaslu, *unit.alias)}
    kunci = {satu.kunci for satu in nama} | {key_of(unit.nama_pendek)}
    return {NamaTerurai(jenis, satu) for satu in kunci if satu for jenis in ("", unit.tingkat)}
