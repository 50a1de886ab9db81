"""Which of the dates on a page is the day of its event, and of which year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from humas.berita.dates import Sebutan, find_vague
from humas.berita.model import HARI, Naskah
from humas.berita.sentences import Kalimat
from humas.berita.words import ACARA_PADA, DIPUBLIKASI, HARI_INI, TANGGAL_LAIN
from humas.berita.years import PetunjukTahun, gather_hints, resolve_year, url_date
from humas.digits import bounded_int

_LAIN = re.compile(TANGGAL_LAIN, re.IGNORECASE)
_TERBIT = re.compile(DIPUBLIKASI, re.IGNORECASE)
_HARI_INI = re.compile(HARI_INI, re.IGNORECASE)
_LAMA = re.compile(r"\bselama (dua|tiga|empat|lima|2|3|4|5) (?:\(\w+\) )?hari\b", re.IGNORECASE)
_HARI_LAMA = {"dua": 2, "tiga": 3, "empat": 4, "lima": 5}
_PEMILU = re.compile(r"\b(?:pemilu|pilkada|pemilihan|pileg|pilpres)\b[^.;]{0,25}$", re.IGNORECASE)
# "dilaksanakan pada (hari/tanggal)": the day of the event, told as such.
_ACARA = re.compile(ACARA_PADA + r"[\s(,]*$", re.IGNORECASE)
_KURUNG_HARI = r"\((?P<d1>\d{1,2})(?:\s?[/\-–]\s?(?P<d2>\d{1,2}))?\)"
_HARI_SAJA = (
    re.compile(rf"\b(?P<hari>{'|'.join(HARI)}|jum['’]at)\b[\s,]{{0,2}}{_KURUNG_HARI}", re.IGNORECASE),
    re.compile(
        rf"\b(?P<hari>)(?:digelar|dilaksanakan|diselenggarakan|berlangsung|selama|hari)\b[A-Za-z0-9\s,]{{0,25}}{_KURUNG_HARI}",
        re.IGNORECASE,
    ),
)
_SEBULAN = 31
_SEBELUM = 60
_SEBELAHAN = 200
_DATELINE, _KATA_DATELINE = 60, 5


@dataclass(frozen=True, slots=True)
class Waktu:
    """When the event was. tertulis: as written; asal: where the year came from, "" when written; kata: what told it."""

    mulai: date | None = None
    selesai: date | None = None
    tertulis: str = ""
    asal: str = ""
    keyakinan: float = 0.0
    kata: str = ""
    catatan: tuple[str, ...] = ()


def find_when(
    naskah: Naskah, kalimat: Sequence[Kalimat], sebutan: Sequence[Sebutan], hari_ini: date, *, rilis: bool
) -> Waktu:
    """The day of the event; empty when the page names none. rilis: a press release happens when it is published."""
    petunjuk = gather_hints(naskah, sebutan, hari_ini)
    if (
        rilis
        and (terbit := _from_publication(naskah, rilis=True))
        and not any(s.nama_hari is not None for s in sebutan)
    ):
        return terbit
    urut = sorted(sebutan, key=lambda s: (-_score(s, naskah, kalimat), s.awal))
    for satu in urut:
        if _score(satu, naskah, kalimat) < 0:
            break
        if waktu := _when(satu, sebutan, petunjuk, naskah):
            return waktu
    terbit = _from_bare_days(naskah) or _from_publication(naskah, rilis=rilis)
    return terbit or Waktu(tertulis=find_vague(naskah.teks))


def _score(satu: Sebutan, naskah: Naskah, kalimat: Sequence[Kalimat]) -> float:
    """How much a date looks like the event's: weekday, brackets, near the beginning; not in the company of laws."""
    teks = naskah.utuh
    nomor = next((k.urut for k in reversed(kalimat) if k.awal <= satu.awal), 0)
    sebelum = re.split(r"[.;\n]\s", teks[max(0, satu.awal - _SEBELUM) : satu.awal])[-1]
    nilai = 3.0 * (satu.nama_hari is not None) + 1.0 * satu.kurung + 1.0 * bool(satu.tahun) + max(3.0 - nomor, 0.0)
    nilai += 1.0 * (satu.sampai_hari is not None) + 1.5 * bool(_ACARA.search(sebelum))
    nilai -= 1.0 * _is_dateline(satu, naskah)
    if satu.tahun and (mulai := satu.start(satu.tahun)) and satu.nama_hari not in {None, mulai.weekday()}:
        nilai -= 1.5
    if _foreign(satu, teks):
        nilai -= 5.0 if satu.nama_hari is None else 2.5
    elif satu.kurung and _PEMILU.search(sebelum):
        nilai -= 1.5
    if _TERBIT.search(sebelum[-30:]):
        nilai -= 4.0
    if nomor > 2 and satu.nama_hari is None and not satu.kurung and not satu.tahun:
        nilai -= 2.0
    return nilai


def _when(satu: Sebutan, semua: Sequence[Sebutan], petunjuk: PetunjukTahun, naskah: Naskah) -> Waktu | None:
    """A mention with its year; a range that begins on this day, or days beside it, give first and last day."""
    rentang = satu if satu.sampai_hari is not None else next((s for s in semua if s.covers(satu)), None)
    utama = satu if satu.tahun or rentang is None else replace(satu, tahun=rentang.tahun)
    tahun = resolve_year(utama, petunjuk)
    mulai = utama.start(tahun.tahun) if tahun else None
    if tahun is None or mulai is None:
        return None
    selesai = (rentang or utama).end(tahun.tahun) or mulai
    tertulis = satu.tertulis if rentang in {None, satu} else f"{satu.tertulis}; {rentang.tertulis}"
    if rentang is None and (lama := _duration(naskah.utuh, satu)):
        selesai = mulai + timedelta(days=lama - 1)
    elif rentang is None:
        mulai, selesai = _beside(satu, semua, naskah, mulai)
    catatan = (tahun.catatan,) if tahun.catatan else ()
    return Waktu(mulai, selesai, tertulis, tahun.asal, tahun.keyakinan, tahun.kata, catatan)


def _beside(satu: Sebutan, semua: Sequence[Sebutan], naskah: Naskah, hari: date) -> tuple[date, date]:
    """First and last day of an event of which two neighbouring days are told in the same breath."""
    hari_lain = [hari]
    for lain in semua:
        tanggal = lain.start(hari.year) if lain.tahun in {None, hari.year} else None
        dekat = (
            abs(lain.awal - satu.awal) <= _SEBELAHAN
            and not _is_dateline(lain, naskah)
            and not _is_dateline(satu, naskah)
        )
        if tanggal and dekat and abs((tanggal - hari).days) == 1 and not _foreign(lain, naskah.utuh):
            hari_lain.append(tanggal)
    return min(hari_lain), max(hari_lain)


def _is_dateline(satu: Sebutan, naskah: Naskah) -> bool:
    """A date at the head of the text, "Kota, 17 Juli 2025 –", is often the day of writing."""
    sebelum = satu.awal - len(naskah.judul) - 1
    if satu.nama_hari is not None or not 0 <= sebelum <= _DATELINE:
        return False
    return len(naskah.teks[:sebelum].split()) <= _KATA_DATELINE


def _foreign(satu: Sebutan, teks: str) -> bool:
    """Whether a date stands in the company of laws, plans or the election."""
    sebelum = re.split(r"[.;\n]\s", teks[max(0, satu.awal - _SEBELUM) : satu.awal])[-1]
    pemilu = (
        _PEMILU.search(sebelum) and not satu.kurung
    )  # "… Pemilihan Serentak (11/9/2024)." closes a sentence of news
    return bool(_LAIN.search(sebelum) or pemilu)


def _duration(teks: str, satu: Sebutan) -> int:
    """Days of "selama tiga hari sejak Rabu (27/10)", when said right beside the date."""
    cocok = _LAMA.search(teks[max(0, satu.awal - 60) : satu.akhir + 60])
    if not cocok:
        return 0
    return _HARI_LAMA.get(cocok[1].casefold()) or bounded_int(cocok[1])


def _from_bare_days(naskah: Naskah) -> Waktu | None:
    """Days without a month, "2 hari (26/27)" or "Kamis (26)": of the month before publication, when that is known."""
    terbit, asal = _publication(naskah)
    if terbit is None:
        return None
    for cocok in (c for pola in _HARI_SAJA for c in pola.finditer(naskah.teks[:1500])):
        if waktu := _bare_days(cocok, terbit, asal):
            return waktu
    return None


def _bare_days(cocok: re.Match[str], terbit: date, asal: str) -> Waktu | None:
    satu, dua = bounded_int(cocok["d1"]), bounded_int(cocok["d2"] or cocok["d1"])
    if not (cocok["hari"] or cocok["d2"]) or not 0 <= dua - satu <= 7:
        return None
    hari = (terbit + timedelta(days=2 - mundur) for mundur in range(_SEBULAN))
    mulai = next((h for h in hari if h.day == satu), None)
    nama = re.sub(r"\W", "", cocok["hari"] or "").casefold()
    if mulai is None or (nama and HARI[mulai.weekday()] != nama):
        return None
    catatan = ("Bulan dan tahun diambil dari tanggal terbit.",)
    return Waktu(mulai, mulai + timedelta(days=dua - satu), cocok[0], asal, 0.7, f"terbit {terbit:%d/%m/%Y}", catatan)


def _publication(naskah: Naskah) -> tuple[date | None, str]:
    """The day of publication and where it comes from: the page itself, else its address."""
    return (naskah.terbit, "tanggal_terbit") if naskah.terbit else (url_date(naskah.url), "url")


def _from_publication(naskah: Naskah, *, rilis: bool) -> Waktu | None:
    """A release, or an event told as of today, happened on the day of publication; other pages without a date have none."""
    hari_ini = _HARI_INI.search(naskah.teks[:1500])
    terbit, asal = _publication(naskah)
    if terbit is None or not (rilis or hari_ini):
        return None
    kata = hari_ini[0] if hari_ini else f"terbit {terbit:%d/%m/%Y}"
    return Waktu(terbit, terbit, "", asal, 0.6, kata, ("Tanggal kegiatan diambil dari tanggal terbit.",))
