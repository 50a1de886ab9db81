"""Whole numbers as Indonesian offices write them: ``1.007``, ``1,5 juta``, ``Rp 2.500.000,-``."""

from __future__ import annotations

import math
import re

TERBESAR = 10**12
_KALI = {"ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9, "milyar": 10**9}
_SATUAN = "orang|peserta|kali|satker|konten|buah|hari|views?|tayangan"
_BENTUK = re.compile(
    r"(?:rp\.?\s*)?(?P<tanda>-?)(?P<bulat>\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(?P<pecah>\d+))?(?:,-)?"
    rf"\s*(?P<kali>ribu|rb|juta|jt|miliar|milyar)?\s*(?:{_SATUAN})?",
    re.IGNORECASE,
)
_TITIK_PECAHAN = re.compile(
    r"(?P<bulat>\d+)\.(?P<pecah>\d{1,2})\s*(?P<kali>ribu|rb|juta|jt|miliar|milyar)", re.IGNORECASE
)
_BUKAN = "bukan bilangan"
_CARA = "Tulis angka tanpa huruf, misalnya 1007."


class BukanBilangan(ValueError):
    """A cell that is no whole number. ``pesan``: what is wrong with it; ``cara``: what to write."""

    def __init__(self, pesan: str, cara: str = _CARA) -> None:
        super().__init__(pesan)
        self.pesan, self.cara = pesan, cara


def parse_number(nilai: object) -> int:
    """Read a cell as a whole number; raises BukanBilangan, also for NaN, infinity, fractions and booleans."""
    if isinstance(nilai, bool):
        raise BukanBilangan(_BUKAN)
    if isinstance(nilai, int):
        return _bounded(nilai)
    if isinstance(nilai, float):
        return _from_float(nilai)
    if isinstance(nilai, str):
        return _from_text(nilai.replace("\u00a0", " ").strip())
    raise BukanBilangan(_BUKAN)


def _from_float(nilai: float) -> int:
    if not math.isfinite(nilai):
        raise BukanBilangan(_BUKAN)
    if nilai.is_integer():
        return _bounded(int(nilai))
    ribuan = round(nilai * 1000, 6)
    saran = f"Bila maksudnya {int(ribuan)}, tulis {int(ribuan)}." if ribuan.is_integer() else ""
    raise BukanBilangan("bukan bilangan bulat", saran or "Tulis bilangan bulat, misalnya 1007.")


def _from_text(teks: str) -> int:
    cocok = _TITIK_PECAHAN.fullmatch(teks) or _BENTUK.fullmatch(teks)
    if cocok is None:
        raise BukanBilangan(_BUKAN, _guess(teks))
    bulat = int(re.sub(r"\D", "", cocok["bulat"]))
    pecah = cocok["pecah"] or ""
    kali = _KALI.get((cocok["kali"] or "").lower(), 1)
    sisa = int(pecah or 0) * kali
    if sisa % 10 ** len(pecah):
        raise BukanBilangan("bukan bilangan bulat", "Tulis bilangan bulat; titik untuk ribuan, misalnya 1.007.")
    besar = bulat * kali + sisa // 10 ** len(pecah)
    return _bounded(-besar if cocok.groupdict().get("tanda") else besar)


def _bounded(angka: int) -> int:
    if abs(angka) > TERBESAR:
        raise BukanBilangan("terlalu besar", "Periksa angkanya.")
    return angka


def _guess(teks: str) -> str:
    """Letters that look like digits are the usual slip: ``1.o07``."""
    mungkin = teks.translate(str.maketrans("oOlI", "0011")).replace(" ", "")
    if mungkin != teks and _BENTUK.fullmatch(mungkin):
        return f"Tulis angka tanpa huruf, misalnya {re.sub(r'[^0-9]', '', mungkin)}."
    return _CARA
