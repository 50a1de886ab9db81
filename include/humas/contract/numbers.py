"""Whole numbers as Indonesian offices write them: ``1.007``, ``1,5 juta``, ``Rp 2.500.000,-``, ``tiga puluh dua``."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple

from humas.digits import TooManyDigits, bounded_int
from humas.periods import ANGKA

TERBESAR = 10**12
PANJANG_TERBESAR = 1000
"""Letters of the longest text that may still be a number with a remark; a longer one is none."""
_PECAHAN_TERPANJANG = 12  # more digits behind the comma make no whole number of any of _KALI
_CONTOH_TERPANJANG = 15
_KALI = {
    "ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6,
    "miliar": 10**9, "milyar": 10**9, "triliun": 10**12,
}  # fmt: skip
_BESAR = "ribu|rb|juta|jt|miliar|milyar|triliun"
_SATUAN = (
    "orang|org|peserta|pax|kali|x|satker|satuan kerja|konten|buah|bh|hari|views?|viewers?|tayangan|penonton|siswa|siswi|pelajar|"
    "mahasiswa|mahasiswi|pemilih|warga|masyarakat|tamu|undangan|jiwa|pengunjung|pendengar|pemirsa|penayangan|likes?|suka|"
    "kab/kota|kabupaten/kota|kabupaten|kab|kota|instansi|lembaga|sekolah|desa|kelurahan|kecamatan|titik|"
    "komentar|rupiah|unit|lembar|eksemplar|berita|postingan|akun|media|kegiatan|dokumen|permohonan|pemohon"
)
_EKOR = rf"(?:\s*(?:{_SATUAN})\b\.?){{0,3}}"
_BENTUK = re.compile(
    r"(?:(?:rp|idr)\.?\s*)?(?P<tanda>[-−]?)\s*(?P<bulat>\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(?P<pecah>\d+))?(?:\s*,\s*[-–—]+)?"
    rf"\s*(?P<kali>{_BESAR})?{_EKOR}"
)
_TITIK_PECAHAN = re.compile(rf"(?:rp\.?\s*)?(?P<bulat>\d+)\.(?P<pecah>\d{{1,2}})\s*(?P<kali>{_BESAR}){_EKOR}")
_INGGRIS = re.compile(rf"(?P<bulat>\d{{1,3}}(?:,\d{{3}}){{2,}}|\d{{1,3}}(?:,\d{{3}})+(?=\.0))(?:\.0{{1,2}})?{_EKOR}")
_NOL_DESIMAL = re.compile(rf"(?P<bulat>\d+)\.0{{1,2}}{_EKOR}")
_KURUNG_RUGI = re.compile(r"\(\s*([\d. ]*\d)\s*\)")
_DUA_TULISAN = re.compile(rf"(?P<satu>[^()]+?)\s*\(\s*(?P<dua>[^()]+?)\s*\)(?P<ekor>{_EKOR})")
_KIRA = re.compile(
    r"(?:±|\+\s*/\s*-|\+-|~|≈|sekitar|sekira|kurang lebih|lebih kurang|kira[- ]kira|krg lbh|kl\.?|k\.l\.|lk\.?)\s*"
)
_KIRA_EKOR = re.compile(r"(?<=\d)\s*-?an\b|\s*±$")
_KETERANGAN = re.compile(rf"(?P<angka>[\d. ]*\d\s*(?:{_SATUAN})\b)(?P<sisa>[^\d%]+)")
_RAGU = re.compile(
    r"\b(?:atau|lebih|kurang|per|tiap|setiap|masing|rata|dari total|persen|puluh|ratus|ribu|juta|rb|jt|miliar)\b|[@+*×]"
    r"|/\s*(?:hari|sesi|kelas|kali|bulan|minggu|angkatan|gelombang|kegiatan|lokasi|titik|sekolah|desa|kecamatan)"
)
_SATU_KOMA = re.compile(rf"(\d{{1,3}}),(\d{{3}}){_EKOR}")
_ANGKA = re.compile(r"\d[\d.,]*")
_KATA_ANGKA = {kata: nilai for nilai, kata in enumerate(ANGKA)} | {"lapan": 8}
_SE = {"sepuluh": "satu puluh", "sebelas": "satu belas", "seratus": "satu ratus", "seribu": "satu ribu", "sejuta": "satu juta"}  # fmt: skip
_SE_POLA = re.compile("|".join(_SE))
_RANGKAI = re.compile(rf"(?<=[a-z])(belas|puluh|ratus|{_BESAR})\b")
_EKOR_AKHIR = re.compile(rf"(?:\s+(?:{_SATUAN})\.?){{0,3}}$")
_BUKAN = "bukan bilangan"
_TERLALU_BESAR = ("terlalu besar", "Periksa angkanya.")


class BukanBilangan(ValueError):
    """A cell that is no whole number. ``pesan``: what is wrong with it; ``cara``: what to write, "" for an example of the column."""

    def __init__(self, pesan: str, cara: str = "") -> None:
        super().__init__(pesan)
        self.pesan, self.cara = pesan, cara


class Angka(NamedTuple):
    """A whole number read, and what is to be said of the reading ("" when it is plain)."""

    nilai: int
    catatan: str = ""


def parse_number(nilai: object) -> int:
    """Read a cell as a whole number; raises BukanBilangan, also for NaN, infinity, fractions and booleans."""
    return read_number(nilai).nilai


def read_number(nilai: object) -> Angka:
    """As ``parse_number``, with a remark where words or signs were interpreted (``±50``, ``lima puluh``)."""
    if isinstance(nilai, bool):
        raise BukanBilangan(_BUKAN)
    if isinstance(nilai, int):
        return Angka(_bounded(nilai))
    if isinstance(nilai, float):
        return Angka(_from_float(float(nilai)))
    if isinstance(nilai, str):
        return _from_text(_tidy(nilai))
    raise BukanBilangan(_BUKAN)


def _tidy(teks: str) -> str:
    """Lower case, every kind of blank a space, without the apostrophe that makes a spreadsheet keep text."""
    return " ".join(unicodedata.normalize("NFKC", teks).casefold().split()).strip("'’`\" ")


def _from_float(nilai: float) -> int:
    if not math.isfinite(nilai):
        raise BukanBilangan(_BUKAN)
    if nilai.is_integer():
        return _bounded(int(nilai))
    ribuan = round(nilai * 1000, 6)
    # A full stop for thousands became a decimal point; below one it is rather a percentage or a part of a day.
    saran = f"Bila maksudnya {int(ribuan)}, tulis {int(ribuan)}." if ribuan.is_integer() and abs(nilai) > 1 else ""
    raise BukanBilangan("bukan bilangan bulat", saran)


def _from_text(teks: str) -> Angka:
    if len(teks) > PANJANG_TERBESAR:
        raise BukanBilangan(_BUKAN)
    polos = _KIRA_EKOR.sub("", _KIRA.sub("", teks, count=1) if _KIRA.match(teks) else teks).strip()
    hasil = _twice_written(polos) or _digits(polos) or _in_words(polos) or _with_remark(polos)
    if hasil is None:
        raise BukanBilangan(*_explain(teks))
    if polos != teks:
        return Angka(hasil.nilai, f"perkiraan; dibaca {_dotted(hasil.nilai)}")
    return hasil


def _digits(teks: str) -> Angka | None:
    """Digits with Indonesian marks (full stop for thousands, comma for decimals), or None when it is something else."""
    if cocok := _KURUNG_RUGI.fullmatch(teks):
        angka = _digits(cocok[1])
        return Angka(-angka.nilai, f"angka dalam kurung dibaca negatif, {-angka.nilai}") if angka else None
    if cocok := _INGGRIS.fullmatch(teks):
        nilai = _bounded(_whole(cocok["bulat"]))
        return Angka(nilai, f"koma dibaca sebagai pemisah ribuan, {_dotted(nilai)}")
    if cocok := _NOL_DESIMAL.fullmatch(teks):
        return Angka(_bounded(_whole(cocok["bulat"])))
    cocok = _TITIK_PECAHAN.fullmatch(teks) or _BENTUK.fullmatch(teks)
    return Angka(_scaled(teks, cocok)) if cocok else None


def _scaled(teks: str, cocok: re.Match[str]) -> int:
    bulat = _whole(cocok["bulat"])
    pecah = (cocok["pecah"] or "").rstrip("0")
    kali = _KALI.get(cocok["kali"] or "", 1)
    if (ragu := _SATU_KOMA.fullmatch(teks)) and ragu[2] == "000":
        raise BukanBilangan(f"dapat berarti {ragu[1]} atau {ragu[1]}.000", f"Tulis {ragu[1]} atau {ragu[1]}.000.")
    sisa = bounded_int(pecah[:_PECAHAN_TERPANJANG].ljust(_PECAHAN_TERPANJANG, "0")) * kali
    if len(pecah) > _PECAHAN_TERPANJANG or sisa % 10**_PECAHAN_TERPANJANG:
        raise BukanBilangan("bukan bilangan bulat", _comma_remedy(teks))
    besar = bulat * kali + sisa // 10**_PECAHAN_TERPANJANG
    return _bounded(-besar if cocok.groupdict().get("tanda") else besar)


def _whole(tertulis: str) -> int:
    """Digits with separators between them, however many there are."""
    try:
        return bounded_int(re.sub(r"\D", "", tertulis).lstrip("0") or "0")
    except TooManyDigits:
        raise BukanBilangan(*_TERLALU_BESAR) from None


def _comma_remedy(teks: str) -> str:
    """``1,007`` is a fraction by the Indonesian rule, though its writer may have meant thousands."""
    if cocok := _SATU_KOMA.fullmatch(teks):
        return f"Koma dibaca sebagai desimal; bila maksudnya {cocok[1]}{cocok[2]}, tulis {cocok[1]}.{cocok[2]}."
    return ""


def _in_words(teks: str) -> Angka | None:
    """A number spelled out, also mixed with digits: ``tiga puluh dua ribu``, ``2 juta 500 ribu``."""
    polos = _RANGKAI.sub(r" \1", _SE_POLA.sub(lambda kata: f" {_SE[kata[0]]} ", _EKOR_AKHIR.sub("", teks)))
    nilai = _spelled(polos.split())
    return None if nilai is None else Angka(_bounded(nilai), f"ditulis dengan huruf; dibaca {_dotted(nilai)}")


def _spelled(kata: list[str]) -> int | None:
    """Value of spelled words; None when they do not make one number (``dua tiga``, ``ratus``)."""
    jumlah, batas = 0, 10**13
    while kata:
        letak = next((i for i, satu in enumerate(kata) if satu in _KALI), len(kata))
        kali = _KALI[kata[letak]] if letak < len(kata) else 1
        kelompok = _below_thousand(kata[:letak])
        if kelompok is None or kali >= batas:
            return None
        jumlah, batas, kata = jumlah + kelompok * kali, kali, kata[letak + 1 :]
    return jumlah if batas < 10**13 else None


def _below_thousand(kata: list[str]) -> int | None:
    """``dua ratus lima puluh tiga`` or the digits of it; None when it is neither."""
    if len(kata) == 1 and re.fullmatch(r"\d{1,3}", kata[0]):
        return bounded_int(kata[0])
    cocok = re.fullmatch(r"(?:(\w+) ratus)?\s*(?:(\w+) puluh)?\s*(?:(\w+) (belas)|(\w+))?", " ".join(kata))
    if cocok is None or not kata:
        return None
    ratus, puluh, belas, satuan = (_KATA_ANGKA.get(cocok[i] or "nol") for i in (1, 2, 3, 5))
    if None in {ratus, puluh, belas, satuan} or (cocok[4] and cocok[2]):
        return None
    return (ratus or 0) * 100 + (puluh or 0) * 10 + (belas or 0) + (10 if cocok[4] else 0) + (satuan or 0)


def _twice_written(teks: str) -> Angka | None:
    """``50 (lima puluh) orang``: both must say the same."""
    cocok = _DUA_TULISAN.fullmatch(teks)
    if cocok is None:
        return None
    satu, dua = (_digits(bagian) or _in_words(bagian) for bagian in (cocok["satu"], cocok["dua"]))
    if satu is None or dua is None:
        return None
    if satu.nilai != dua.nilai:
        raise BukanBilangan(f"menyebut {_dotted(satu.nilai)} dan {_dotted(dua.nilai)}", "Tulis satu angka yang benar.")
    return Angka(satu.nilai)


def _with_remark(teks: str) -> Angka | None:
    """``120 orang terdiri atas pelajar dan guru``: the number counts when its unit stands beside it and no other number does."""
    cocok = _KETERANGAN.fullmatch(teks)
    if cocok is None or _RAGU.search(cocok["sisa"]) or any(kata in _KATA_ANGKA for kata in cocok["sisa"].split()):
        return None
    angka = _digits(cocok["angka"].strip())
    return Angka(angka.nilai, f"dibaca {_dotted(angka.nilai)}; keterangan sesudahnya tidak dipakai") if angka else None


def _bounded(angka: int) -> int:
    if abs(angka) > TERBESAR:
        raise BukanBilangan(*_TERLALU_BESAR)
    return angka


def _dotted(angka: int) -> str:
    return f"{angka:,}".replace(",", ".")


def _explain(teks: str) -> tuple[str, str]:
    """What is wrong with text that is no number; letters that look like digits are the usual slip: ``1.o07``."""
    angka = [satu.strip(".,") for satu in _ANGKA.findall(teks)]
    mungkin = teks.translate(str.maketrans("oli", "011")).replace(" ", "")
    if mungkin != teks and len(mungkin) <= _CONTOH_TERPANJANG and _BENTUK.fullmatch(mungkin):
        return _BUKAN, f"Tulis angka tanpa huruf, misalnya {re.sub(r'[^0-9]', '', mungkin)}."
    if len(angka) > 1:
        contoh = f", misalnya {angka[0]}" if len(angka[0]) <= _CONTOH_TERPANJANG else ""
        return "menyebut lebih dari satu angka", f"Tulis satu angka tanpa huruf{contoh}."
    if len(angka) == 1 and angka[0].isdecimal() and len(angka[0]) <= _CONTOH_TERPANJANG:
        return _BUKAN, f"Tulis angka tanpa huruf; bila maksudnya {angka[0]}, tulis {angka[0]}."
    return _BUKAN, ""
