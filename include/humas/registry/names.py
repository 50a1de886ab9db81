"""Names of work units as people write them, reduced to what tells units apart.

A written name becomes a ``NamaTerurai``: the kind it states (``kota``, ``kabupaten``, ``provinsi``,
``nasional`` or none) and a key without case, spacing, punctuation and the words around the name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

PANJANG_TERBESAR = 200
_LEMBAGA = re.compile(
    r"(?:kpud|kpu|kip|bawaslu|panwaslih|panwaslu|komisi pemilihan umum|komisi independen pemilihan"
    r"|badan pengawas pemilihan umum|badan pengawas pemilu|panitia pengawas pemilihan"
    r"|sekretariat daerah|setda|diskominfo|dinas kominfo|dinas komunikasi dan informatika"
    r"|biro humas|bagian humas|humas|pemda|pemerintah daerah|pemerintah"
    r"|satker|satuan kerja|sekretariat|kantor|ppid)\b ?"
)
_TINGKAT = re.compile(
    r"(?:(?P<provinsi>pemprov|provinsi|propinsi|prov|prop)|(?P<kabupaten>pemkab|kabupaten|kab)"
    r"|(?P<kota>pemkot|kotamadya|kodya|kota))\b ?(?:(?:administrasi|administratif|adm)\b ?)?"
)
_JENIS_DI_BELAKANG = re.compile(r"(?P<nama>.+) (?P<jenis>provinsi|prov|kabupaten|kab|kota)")
_KAB_KOTA = re.compile(r"(?:kabupaten|kab) kota (?P<nama>.+)")
_KODE = re.compile(
    r"^\(?(?P<depan>[0-9]{2}(?:\.[0-9]{2})?)\)?(?![0-9.])|\(?(?<![0-9.])(?P<belakang>[0-9]{2}(?:\.[0-9]{2})?)\)?$"
)
_NASIONAL = frozenset({
    "kpu",
    "bawaslu",
    "komisi pemilihan umum",
    "badan pengawas pemilihan umum",
    "badan pengawas pemilu",
    "kemendagri",
})
_SEBUTAN_NASIONAL = frozenset({"ri", "republik indonesia", "indonesia", "pusat", "nasional", "puspen kemendagri"})
_EJAAN = {
    "kep": "kepulauan",
    "kepl": "kepulauan",
    "dan": "",
    "sumatra": "sumatera",
    "jogja": "yogyakarta",
    "jogjakarta": "yogyakarta",
}


class NamaTerurai(NamedTuple):
    """A written name taken apart. jenis: kind stated, or empty. kunci: the letters and digits that identify."""

    jenis: str
    kunci: str


class Bacaan(NamedTuple):
    """One way to read a written name. provinsi: the province it names as well. kode: the code it carries, or empty."""

    nama: NamaTerurai
    provinsi: NamaTerurai | None = None
    kode: str = ""


def normalize(teks: str) -> str:
    """Lower case, no accents, punctuation as single spaces: ``"KAB.  Fak-Fak"`` → ``"kab fak fak"``. Idempotent."""
    urai = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", teks).casefold())
    polos = "".join(huruf for huruf in urai if not unicodedata.combining(huruf) and huruf not in "'`’‘ʼ")
    return " ".join(re.sub(r"[^a-z0-9]+", " ", polos).split())


def key_of(teks: str) -> str:
    """The identifying letters of a bare name: ``"Kep. Siau dan Biaro"`` → ``"kepulauansiaubiaro"``."""
    return "".join(_EJAAN.get(kata, kata) for kata in normalize(teks).split())


def parse_name(teks: str) -> NamaTerurai:
    """Take a written name apart: ``"KIP Kab. Aceh Besar"`` → (``kabupaten``, ``acehbesar``)."""
    rapi = normalize(teks)
    sisa = _without_body(rapi)
    if sisa in _SEBUTAN_NASIONAL or rapi in _NASIONAL:
        return NamaTerurai("nasional", "")
    cocok = _TINGKAT.match(sisa)
    if cocok and (nama := sisa[cocok.end() :]):
        return NamaTerurai(str(cocok.lastgroup), key_of(nama))
    return NamaTerurai("", key_of(sisa))


def readings(teks: str) -> Iterator[Bacaan]:
    """The ways to read a written name, likeliest first.

    "Kota Baru" is a kota named Baru or, that failing, a unit named Kotabaru; the kind may stand last
    ("Semarang, Kota"); "Kab/Kota X" states no kind; and the last words may name the province: "Banjar,
    Kalimantan Selatan".
    """
    nama, kode = _split_code(teks[:PANJANG_TERBESAR])
    if kode:
        yield Bacaan(parse_name(teks[:PANJANG_TERBESAR]))  # "50 Kota" is a name, not the code 50
    utuh = _without_body(normalize(nama))
    yield Bacaan(parse_name(nama), kode=kode)
    yield Bacaan(NamaTerurai("", key_of(utuh)), kode=kode)
    if cocok := _JENIS_DI_BELAKANG.fullmatch(utuh):
        yield Bacaan(parse_name(f"{cocok['jenis']} {cocok['nama']}"), kode=kode)
    if cocok := _KAB_KOTA.match(utuh):
        yield Bacaan(NamaTerurai("", key_of(cocok["nama"])), kode=kode)
    kata = utuh.split()
    for batas in range(len(kata) - 1, 0, -1):
        yield Bacaan(parse_name(" ".join(kata[:batas])), parse_name(" ".join(kata[batas:])), kode)


def _without_body(rapi: str) -> str:
    while cocok := _LEMBAGA.match(rapi):
        rapi = rapi[cocok.end() :]
    return rapi


def _split_code(teks: str) -> tuple[str, str]:
    """Take the code off "Kota Semarang (33.74)" or "33.74 Kota Semarang"."""
    rapi = teks.strip()
    cocok = _KODE.search(rapi)
    if not cocok or cocok.span() == (0, len(rapi)):
        return rapi, ""
    return rapi[: cocok.start()] + rapi[cocok.end() :], cocok["depan"] or cocok["belakang"]
