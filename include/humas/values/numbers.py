"""Whole numbers as Indonesian offices write them: ``1.007``, ``1,5 juta``, ``Rp 2.500.000,-``, ``tiga puluh dua``."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import NamedTuple

from humas.periods import DIGIT_WORDS
from humas.text.digits import TooManyDigits, bounded_int

LARGEST = 10**12
GREATEST_LENGTH = 1000
"""Letters of the longest text that may still be a number with a remark; a longer one is none."""
_LONGEST_FRACTION = 12  # more digits behind the comma make no whole number of any of _KALI
_LONGEST_EXAMPLE = 15
_LARGEST_GROUP = 1000
"""A full stop for thousands stands behind at most three digits."""
_MULTIPLIERS = {
    "ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6,
    "miliar": 10**9, "milyar": 10**9, "triliun": 10**12, "k": 10**3,
}  # fmt: skip
_MAGNITUDES = "ribu|rb|juta|jt|miliar|milyar|triliun"
_SCALES = f"{_MAGNITUDES}|k"
"""As platforms write counts too: "1.9K"."""
_UNITS = (
    "orang|org|peserta|pax|kali|x|satker|satuan kerja|konten|buah|bh|hari|views?|viewers?|tayangan|penonton|siswa|siswi|pelajar|"
    "mahasiswa|mahasiswi|pemilih|warga|masyarakat|tamu|undangan|jiwa|pengunjung|pendengar|pemirsa|penayangan|likes?|suka|"
    "kab/kota|kabupaten/kota|kabupaten|kab|kota|instansi|lembaga|sekolah|desa|kelurahan|kecamatan|titik|"
    "komentar|followers?|pengikut|subscribers?|subs|pelanggan|teman|rupiah|unit|lembar|eksemplar|berita|postingan|akun|media|kegiatan|dokumen|permohonan|pemohon"
)
_TAIL = rf"(?:\s*(?:{_UNITS})\b\.?){{0,3}}"
_SHAPE = re.compile(
    r"(?:(?:rp|idr)\.?\s*)?(?P<tanda>[-−]?)\s*(?P<bulat>\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(?P<pecah>\d+))?(?:\s*,\s*[-–—]+)?"
    rf"\s*(?P<kali>{_SCALES})?{_TAIL}"
)
_POINT_FRACTION = re.compile(rf"(?:rp\.?\s*)?(?P<bulat>\d+)\.(?P<pecah>\d{{1,2}})\s*(?P<kali>{_SCALES}){_TAIL}")
_ENGLISH = re.compile(rf"(?P<bulat>\d{{1,3}}(?:,\d{{3}}){{2,}}|\d{{1,3}}(?:,\d{{3}})+(?=\.0))(?:\.0{{1,2}})?{_TAIL}")
_DECIMAL_ZEROS = re.compile(rf"(?P<bulat>\d+)\.0{{1,2}}{_TAIL}")
_LOSS_BRACKETS = re.compile(r"\(\s*([\d. ]*\d)\s*\)")
_WRITTEN_TWICE = re.compile(rf"(?P<satu>[^()]+?)\s*\(\s*(?P<dua>[^()]+?)\s*\)(?P<ekor>{_TAIL})")
_ABOUT = re.compile(
    r"(?:±|\+\s*/\s*-|\+-|~|≈|sekitar|sekira|kurang lebih|lebih kurang|kira[- ]kira|krg lbh|kl\.?|k\.l\.|lk\.?)\s*"
)
_ABOUT_TAIL = re.compile(r"(?<=\d)\s*-?an\b|\s*±$")
_EXPLANATION = re.compile(rf"(?P<angka>[\d. ]*\d\s*(?:{_UNITS})\b)(?P<sisa>[^\d%]+)")
_DOUBT = re.compile(
    r"\b(?:atau|lebih|kurang|per|tiap|setiap|masing|rata|dari total|persen|puluh|ratus|ribu|juta|rb|jt|miliar)\b|[@+*×]"
    r"|/\s*(?:hari|sesi|kelas|kali|bulan|minggu|angkatan|gelombang|kegiatan|lokasi|titik|sekolah|desa|kecamatan)"
)
_ONE_COMMA = re.compile(rf"(\d{{1,3}}),(\d{{3}}){_TAIL}")
_FRACTION = re.compile(rf"(\d{{1,9}})[.,]\d{{1,2}}{_TAIL}")
_NUMERIC = re.compile(r"\d[\d.,]*")
_NUMBER_WORDS = {word: value for value, word in enumerate(DIGIT_WORDS)} | {"lapan": 8}
_SE = {"sepuluh": "satu puluh", "sebelas": "satu belas", "seratus": "satu ratus", "seribu": "satu ribu", "sejuta": "satu juta"}  # fmt: skip
_SE_PATTERN = re.compile("|".join(_SE))
_JOINED = re.compile(rf"(?<=[a-z])(belas|puluh|ratus|{_MAGNITUDES})\b")
_FINAL_TAIL = re.compile(rf"(?:\s+(?:{_UNITS})\.?){{0,3}}$")
_NOT_NUMBER = "bukan bilangan"
_TOO_LARGE = ("terlalu besar", "Periksa angkanya.")


class NotANumber(ValueError):
    """A cell that is no whole number. ``message``: what is wrong with it; ``remedy``: what to write, "" for an example of the column."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


class Number(NamedTuple):
    """A whole number read, and what is to be said of the reading ("" when it is plain)."""

    nilai: int
    catatan: str = ""


def parse_number(value: object) -> int:
    """Read a cell as a whole number; raises NotANumber, also for NaN, infinity, fractions and booleans."""
    return read_number(value).nilai


def read_number(value: object) -> Number:
    """As ``parse_number``, with a remark where words or signs were interpreted (``±50``, ``lima puluh``)."""
    if isinstance(value, bool):
        raise NotANumber(_NOT_NUMBER)
    if isinstance(value, int):
        return Number(_bounded(value))
    if isinstance(value, float):
        return Number(_from_float(float(value)))
    if isinstance(value, str):
        return _from_text(_tidy(value))
    raise NotANumber(_NOT_NUMBER)


def _tidy(text: str) -> str:
    """Lower case, every kind of blank a space, without the apostrophe that makes a spreadsheet keep text."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).strip("'’`\" ")


def _from_float(value: float) -> int:
    if not math.isfinite(value):
        raise NotANumber(_NOT_NUMBER)
    if value.is_integer():
        return _bounded(int(value))
    thousands = round(value * 1000, 6)
    # A full stop for thousands became a decimal point, which shows when three digits follow it; ``85.5`` never was 85,500.
    # Below one it is rather a percentage or a part of a day.
    likely = thousands.is_integer() and thousands % 100 and 1 < abs(value) < _LARGEST_GROUP
    advice = (
        f"Bila maksudnya {int(thousands)}, tulis {int(thousands)}." if likely else _rounded_remedy(math.floor(value))
    )
    raise NotANumber("bukan bilangan bulat", advice)


def _rounded_remedy(lower: int) -> str:
    """The whole numbers on both sides of a fraction, by the lower one; "" where they say nothing."""
    return f"Tulis bilangan bulat, misalnya {lower} atau {lower + 1}." if 1 <= lower < LARGEST else ""


def _from_text(text: str) -> Number:
    if len(text) > GREATEST_LENGTH:
        raise NotANumber(_NOT_NUMBER)
    plain = _ABOUT_TAIL.sub("", _ABOUT.sub("", text, count=1) if _ABOUT.match(text) else text).strip()
    result = _twice_written(plain) or _digits(plain) or _in_words(plain) or _with_remark(plain)
    if result is None:
        raise NotANumber(*_explain(text))
    if plain != text:
        return Number(result.nilai, f"perkiraan; dibaca {_dotted(result.nilai)}")
    return result


def _digits(text: str) -> Number | None:
    """Digits with Indonesian marks (full stop for thousands, comma for decimals), or None when it is something else."""
    if match := _LOSS_BRACKETS.fullmatch(text):
        figure = _digits(match[1])
        return Number(-figure.nilai, f"angka dalam kurung dibaca negatif, {-figure.nilai}") if figure else None
    if match := _ENGLISH.fullmatch(text):
        value = _bounded(_whole(match["bulat"]))
        return Number(value, f"koma dibaca sebagai pemisah ribuan, {_dotted(value)}")
    if match := _DECIMAL_ZEROS.fullmatch(text):
        return Number(_bounded(_whole(match["bulat"])))
    match = _POINT_FRACTION.fullmatch(text) or _SHAPE.fullmatch(text)
    return Number(_scaled(text, match)) if match else None


def _scaled(text: str, match: re.Match[str]) -> int:
    whole = _whole(match["bulat"])
    fraction = (match["pecah"] or "").rstrip("0")
    factor = _MULTIPLIERS.get(match["kali"] or "", 1)
    if (doubtful := _ONE_COMMA.fullmatch(text)) and doubtful[2] == "000":
        raise NotANumber(
            f"dapat berarti {doubtful[1]} atau {doubtful[1]}.000", f"Tulis {doubtful[1]} atau {doubtful[1]}.000."
        )
    rest = bounded_int(fraction[:_LONGEST_FRACTION].ljust(_LONGEST_FRACTION, "0")) * factor
    if len(fraction) > _LONGEST_FRACTION or rest % 10**_LONGEST_FRACTION:
        raise NotANumber("bukan bilangan bulat", _comma_remedy(text))
    amount = whole * factor + rest // 10**_LONGEST_FRACTION
    return _bounded(-amount if match.groupdict().get("tanda") else amount)


def _whole(written: str) -> int:
    """Digits with separators between them, however many there are."""
    try:
        return bounded_int(re.sub(r"\D", "", written).lstrip("0") or "0")
    except TooManyDigits:
        raise NotANumber(*_TOO_LARGE) from None


def _comma_remedy(text: str) -> str:
    """``1,007`` is a fraction by the Indonesian rule, though its writer may have meant thousands."""
    if match := _ONE_COMMA.fullmatch(text):
        return f"Koma dibaca sebagai desimal; bila maksudnya {match[1]}{match[2]}, tulis {match[1]}.{match[2]}."
    match = _FRACTION.match(text)
    return _rounded_remedy(bounded_int(match[1])) if match else ""


def _in_words(text: str) -> Number | None:
    """A number spelled out, also mixed with digits: ``tiga puluh dua ribu``, ``2 juta 500 ribu``."""
    plain = _JOINED.sub(r" \1", _SE_PATTERN.sub(lambda match: f" {_SE[match[0]]} ", _FINAL_TAIL.sub("", text)))
    value = _spelled(plain.split())
    return None if value is None else Number(_bounded(value), f"ditulis dengan huruf; dibaca {_dotted(value)}")


def _spelled(words: list[str]) -> int | None:
    """Value of spelled words; None when they do not make one number (``dua tiga``, ``ratus``)."""
    total, limit = 0, 10**13
    while words:
        position = next((i for i, word in enumerate(words) if word in _MULTIPLIERS), len(words))
        factor = _MULTIPLIERS[words[position]] if position < len(words) else 1
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
    hundreds, tens, teens, ones = (_NUMBER_WORDS.get(match[i] or "nol") for i in (1, 2, 3, 5))
    if None in {hundreds, tens, teens, ones} or (match[4] and match[2]):
        return None
    return (hundreds or 0) * 100 + (tens or 0) * 10 + (teens or 0) + (10 if match[4] else 0) + (ones or 0)


def _twice_written(text: str) -> Number | None:
    """``50 (lima puluh) orang``: both must say the same."""
    match = _WRITTEN_TWICE.fullmatch(text)
    if match is None:
        return None
    first, second = (_digits(part) or _in_words(part) for part in (match["satu"], match["dua"]))
    if first is None or second is None:
        return None
    if first.nilai != second.nilai:
        raise NotANumber(f"menyebut {_dotted(first.nilai)} dan {_dotted(second.nilai)}", "Tulis satu angka yang benar.")
    return Number(first.nilai)


def _with_remark(text: str) -> Number | None:
    """``120 orang terdiri atas pelajar dan guru``: the number counts when its unit stands beside it and no other number does."""
    match = _EXPLANATION.fullmatch(text)
    if match is None or _DOUBT.search(match["sisa"]) or any(word in _NUMBER_WORDS for word in match["sisa"].split()):
        return None
    figure = _digits(match["angka"].strip())
    return (
        Number(figure.nilai, f"dibaca {_dotted(figure.nilai)}; keterangan sesudahnya tidak dipakai") if figure else None
    )


def _bounded(number: int) -> int:
    if abs(number) > LARGEST:
        raise NotANumber(*_TOO_LARGE)
    return number


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _explain(text: str) -> tuple[str, str]:
    """What is wrong with text that is no number; letters that look like digits are the usual slip: ``1.o07``."""
    figures = [figure.strip(".,") for figure in _NUMERIC.findall(text)]
    likely = text.translate(str.maketrans("oli", "011")).replace(" ", "")
    if likely != text and len(likely) <= _LONGEST_EXAMPLE and _SHAPE.fullmatch(likely):
        return _NOT_NUMBER, f"Tulis angka tanpa huruf, misalnya {re.sub(r'[^0-9]', '', likely)}."
    if match := _FRACTION.fullmatch(text):
        return "bukan bilangan bulat", _rounded_remedy(bounded_int(match[1]))
    if len(figures) > 1:
        example = f", misalnya {figures[0]}" if len(figures[0]) <= _LONGEST_EXAMPLE else ""
        return "menyebut lebih dari satu angka", f"Tulis satu angka tanpa huruf{example}."
    if len(figures) == 1 and figures[0].isdecimal() and len(figures[0]) <= _LONGEST_EXAMPLE:
        return _NOT_NUMBER, f"Tulis angka tanpa huruf; bila maksudnya {figures[0]}, tulis {figures[0]}."
    return _NOT_NUMBER, ""
