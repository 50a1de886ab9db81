"""Small slips of the keyboard: whether two words differ by one letter."""

from __future__ import annotations


def one_edit(satu: str, dua: str) -> bool:
    """Whether one letter added, left out, replaced, or two neighbours swapped, turns one word into the other."""
    if satu == dua:
        return False
    pendek, panjang = sorted((satu, dua), key=len)
    sama = next((i for i, huruf in enumerate(pendek) if huruf != panjang[i]), len(pendek))
    sisa_pendek, sisa_panjang = pendek[sama:], panjang[sama:]
    if len(panjang) - len(pendek) == 1:
        return sisa_pendek == sisa_panjang[1:]
    if len(panjang) != len(pendek):
        return False
    if sisa_pendek[1:] == sisa_panjang[1:]:
        return True
    return sisa_pendek[:2] == sisa_panjang[1::-1] and sisa_pendek[2:] == sisa_panjang[2:]
