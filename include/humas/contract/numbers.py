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
_KATA_ANGKA = {word: value for value, word in enumerate(ANGKA)} | {"lapan": 8}
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


def _tidy(text: str) -> str:
    """Lower case, every kind of blank a space, without the apostrophe that makes a spreadsheet keep text."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip("'’`\" ")


def _from_float(value: float) -> int:
    if not math.isfinite(value):
        raise BukanBilangan(_BUKAN)
    if value.is_integer():
        return _bounded(int(value))
    thousands = round(value * 1000, 6)
    # A full stop for thousands became a decimal point; below one it is rather a percentage or a part of a day.
    advice = (
        f"Bila maksudnya {int(thousands)}, tulis {int(thousands)}." if thousands.is_integer() and abs(value) > 1 else ""
    )
    raise BukanBilangan("bukan bilangan bulat", advice)


def _from_text(text: str) -> Angka:
    if len(text) > PANJANG_TERBESAR:
        raise BukanBilangan(_BUKAN)
    plain = _KIRA_EKOR.sub("", _KIRA.sub("", text, count=1) if _KIRA.match(text) else text).strip()
    result = _twice_written(plain) or _digits(plain) or _in_words(plain) or _with_remark(plain)
    if result is None:
        raise BukanBilangan(*_explain(text))
    if plain != text:
        return Angka(result.nilai, f"perkiraan; dibaca {_dotted(result.nilai)}")
    return result


def _digits(text: str) -> Angka | None:
    """Digits with Indonesian marks (full stop for thousands, comma for decimals), or None when it is something else."""
    if match := _KURUNG_RUGI.fullmatch(text):
        figure = _digits(match[1])
        return Angka(-figure.nilai, f"angka dalam kurung dibaca negatif, {-figure.nilai}") if figure else None
    if match := _INGGRIS.fullmatch(text):
        value = _bounded(_whole(match["bulat"]))
        return Angka(value, f"koma dibaca sebagai pemisah ribuan, {_dotted(value)}")
    if match := _NOL_DESIMAL.fullmatch(text):
        return Angka(_bounded(_whole(match["bulat"])))
    match = _TITIK_PECAHAN.fullmatch(text) or _BENTUK.fullmatch(text)
    return Angka(_scaled(text, match)) if match else None


def _scaled(text: str, match: re.Match[str]) -> int:
    whole = _whole(match["bulat"])
    fraction = (match["pecah"] or "").rstrip("0")
    factor = _KALI.get(match["kali"] or "", 1)
    if (doubtful := _SATU_KOMA.fullmatch(text)) and doubtful[2] == "000":
        raise BukanBilangan(
            f"dapat berarti {doubtful[1]} atau {doubtful[1]}.000", f"Tulis {doubtful[1]} atau {doubtful[1]}.000."
        )
    rest = bounded_int(fraction[:_PECAHAN_TERPANJANG].ljust(_PECAHAN_TERPANJANG, "0")) * factor
    if len(fraction) > _PECAHAN_TERPANJANG or rest % 10**_PECAHAN_TERPANJANG:
        raise BukanBilangan("bukan bilangan bulat", _comma_remedy(text))
    amount = whole * factor + rest // 10**_PECAHAN_TERPANJANG
    return _bounded(-amount if match.groupdict().get("tanda") else amount)


def _whole(written: str) -> int:
    """Digits with separators between them, however many there are."""
    try:
        return bounded_int(re.sub(r"\D", "", written).lstrip("0") or "0")
    except TooManyDigits:
        raise BukanBilangan(*_TERLALU_BESAR) from None


def _comma_remedy(text: str) -> str:
    """``1,007`` is a fraction by the Indonesian rule, though its writer may have meant thousands."""
    if match := _SATU_KOMA.fullmatch(text):
        return f"Koma dibaca sebagai desimal; bila maksudnya {match[1]}{match[2]}, tulis {match[1]}.{match[2]}."
    return ""


def _in_words(text: str) -> Angka | None:
    """A number spelled out, also mixed with digits: ``tiga puluh dua ribu``, ``2 juta 500 ribu``."""
    plain = _RANGKAI.sub(r" \1", _SE_POLA.sub(lambda match: f" {_SE[match[0]]} ", _EKOR_AKHIR.sub("", text)))
    value = _spelled(plain.split())
    return None if value is None else Angka(_bounded(value), f"ditulis dengan huruf; dibaca {_dotted(value)}")


def _spelled(words: list[str]) -> int | None:
    """Value of spelled words; None when they do not make one number (``dua tiga``, ``ratus``)."""
    total, limit = 0, 10**13
    while words:
        position = next((i for i, word in enumerate(words) if word in _KALI), len(words))
        factor = _KALI[words[position]] if position < len(words) else 1
        group = _below_thousand(words[:position])
        if group is None or factor >= limit:
            return None
        total, limit, words = total + group * factor, factor, words[position + 1 :]
    return total if limit < 10**13 else None


def _below_thousand(words: list[str]) -> int | None:
    """``dua ratus lima puluh tiga`` or the digits of it; None when it is neither."""
    if len(words) == 1 and re.fullmatch(r"\d{1,3}", words[0]):
        return bounded_int(words[0])
    match = re.fullmatch(r"(?:(\w+) ratus)?\s*(?:(\w+) puluh)?\s*(?:(\w+) (belas)|(\w+))?", " ".join(words))
    if match is None or not words:
        return None
    hundreds, tens, teens, ones = (_KATA_ANGKA.get(match[i] or "nol") for i in (1, 2, 3, 5))
    if None in {hundreds, tens, teens, ones} or (match[4] and match[2]):
        return None
    return (hundreds or 0) * 100 + (tens or 0) * 10 + (teens or 0) + (10 if match[4] else 0) + (ones or 0)


def _twice_written(text: str) -> Angka | None:
    """``50 (lima puluh) orang``: both must say the same."""
    match = _DUA_TULISAN.fullmatch(text)
    if match is None:
        return None
    first, second = (_digits(part) or _in_words(part) for part in (match["satu"], match["dua"]))
    if first is None or second is None:
        return None
    if first.nilai != second.nilai:
        raise BukanBilangan(
            f"menyebut {_dotted(first.nilai)} dan {_dotted(second.nilai)}", "Tulis satu angka yang benar."
        )
    return Angka(first.nilai)


def _with_remark(text: str) -> Angka | None:
    """``120 orang terdiri atas pelajar dan guru``: the number counts when its unit stands beside it and no other number does."""
    match = _KETERANGAN.fullmatch(text)
    if match is None or _RAGU.search(match["sisa"]) or any(word in _KATA_ANGKA for word in match["sisa"].split()):
        return None
    figure = _digits(match["angka"].strip())
    return (
        Angka(figure.nilai, f"dibaca {_dotted(figure.nilai)}; keterangan sesudahnya tidak dipakai") if figure else None
    )


def _bounded(number: int) -> int:
    if abs(number) > TERBESAR:
        raise BukanBilangan(*_TERLALU_BESAR)
    return number


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _explain(text: str) -> tuple[str, str]:
    """What is wrong with text that is no number; letters that look like digits are the usual slip: ``1.o07``."""
    figures = [figure.strip(".,") for figure in _ANGKA.findall(text)]
    likely = text.translate(str.maketrans("oli", "011")).replace(" ", "")
    if likely != text and len(likely) <= _CONTOH_TERPANJANG and _BENTUK.fullmatch(likely):
        return _BUKAN, f"Tulis angka tanpa huruf, misalnya {re.sub(r'[^0-9]', '', likely)}."
    if len(figures) > 1:
        example = f", misalnya {figures[0]}" if len(figures[0]) <= _CONTOH_TERPANJANG else ""
        return "menyebut lebih dari satu angka", f"Tulis satu angka tanpa huruf{example}."
    if len(figures) == 1 and figures[0].isdecimal() and len(figures[0]) <= _CONTOH_TERPANJANG:
        return _BUKAN, f"Tulis angka tanpa huruf; bila maksudnya {figures[0]}, tulis {figures[0]}."
    return _BUKAN, ""
