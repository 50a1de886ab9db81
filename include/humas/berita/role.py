"""What part the unit had in the event, and who held it: who stands before which verb, or behind "oleh"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from humas.berita.sentences import Kalimat
from humas.berita.unit import Pelaku, Pemilik
from humas.berita.words import IKUT, NARASUMBER, OLEH, SELENGGARA, SELENGGARA_KUAT, SELENGGARA_NOMINA
from humas.registry import Satker

_IKUT = re.compile(IKUT, re.IGNORECASE)
_SELENGGARA = re.compile(f"{SELENGGARA}|{SELENGGARA_NOMINA}", re.IGNORECASE)
_KUAT = re.compile(SELENGGARA_KUAT, re.IGNORECASE)
# "diselenggarakan secara daring oleh Ketua X", but not "digelar di Jakarta, X".
_SEBELUM = re.compile(rf"{OLEH}(?:\s(?!di\b)[\w/]+){{0,4}}\s$", re.IGNORECASE)
_NARASUMBER = re.compile(NARASUMBER, re.IGNORECASE)
_LUAR_KEPALA = (
    r"(?:\b(?:Radio|RRI|LPP\w*|TVRI|Dinas|Diskominfo\w*|Kominfo|Badan|Bakesbangpol|Kesbangpol|Komisi Informasi|KI|Universitas"
    r"|Politeknik|Institut|SMA\w*|SMK\w*|MAN|Pemerintah|Pemkab|Pemkot|Pemprov|Polres\w*|Polda|Kodim|PWI|AJI|Kementerian"
    r"|Kemendagri|DPRD|Kejaksaan|Ombudsman|Desa|Kelurahan|Kecamatan|Yayasan|PC|PMII|HMI|GMNI|IPNU|BEM|STAI|IAIN|UIN|KPID|KPI|DKPP))"
)
_LUAR = re.compile(
    rf"(?P<nama>{_LUAR_KEPALA}"
    r"(?:[ \t](?:[A-Z0-9][\w.’'\-]{0,25}|dan(?=\s[A-Z]))){0,7})[ \t](?:\([^)]{1,20}\)[ \t])?"
    r"(?=(?i:menggelar|gelar|menyelenggarakan|selenggarakan|mengadakan|adakan|melaksanakan|melakukan|lakukan|menghadirkan|hadirkan|mengundang|undang|menghelat)\b)"
)
_EKOR = r"(?:[ \t](?:[A-Z0-9][\w.’'\-]{0,25}|dan(?=\s[A-Z]))){0,7}"
_OLEH_LUAR = re.compile(
    r"\b(?:digelar|diselenggarakan|diadakan|dilaksanakan|diinisiasi|digagas|dihelat|diundang|undangan)(?:\s\w+){0,2}?\s"
    rf"(?:(?:oleh|dari)\s(?P<nama>[A-Z][\w.’'\-]{{0,25}}{_EKOR})|(?P<kepala>{_LUAR_KEPALA}{_EKOR}))"
)
_MENJADI = re.compile(r"(?:sebagai|menjadi|jadi|selaku|didapuk|dipercaya|bertindak)\b", re.IGNORECASE)
_ORANG_LUAR = re.compile(rf"\b{_LUAR_KEPALA}\b|[;.]")
_BADAN_PEMILU = re.compile(
    r"(?:KPU|KIP|Bawaslu|Panwaslih|Komisi Pemilihan|Badan Pengawas|Ketua|Anggota)\b", re.IGNORECASE
)
# In lower case only: at the head of a sentence, "Dari X hadir …" tells who came.
_DARI = re.compile(r"\b(?:dari|oleh|bersama|besutan|milik|undangan)\s$")
_KALIMAT_TERJAUH = 8
_JARAK = 110
_DIIKUTI = re.compile(
    r"\b(diikuti|dihadiri|termasuk|disimak|di antaranya)(?: juga)?(?: oleh)?\s(?:[\w.,’']+\s){0,8}$", re.IGNORECASE
)
_SERTA = re.compile(r"(?:\bdan|\bbersama|\bdengan|gandeng|&)\s$", re.IGNORECASE)
# "Hadir mengikuti kegiatan tersebut Anggota X": the verb before who came.
_HADIR = re.compile(
    r"\b(?:turut )?hadir(?P<ikut> (?:dan )?mengikuti)?\b[^.;:]{0,40}?"
    r"(?:(?:ketua|anggota|komisioner|staf|kordiv|sekretaris|jajaran|pimpinan|perwakilan|dari|dan|beserta)[\s,]+)*$",
    re.IGNORECASE,
)
_STASIUN = re.compile(
    r"\b(?:Radio|RRI|LPP\w*|TVRI|media penyiaran|stasiun)\s[A-Z0-9]|\b[A-Z]\w+ (?:FM|TV)\b|\b(?:RRI|TVRI|RSPD|LPPL)\b"
)
_JABATAN = re.compile(
    r"\b(?:ketua|anggota|komisioner|koordinator|kordiv|kadiv|pimpinan|divisi|kasubbag)\b", re.IGNORECASE
)
_HARAPAN = re.compile(r"\b(?:harus|perlu|wajib|mesti|diminta|diharapkan|dituntut|agar|semoga)\b[^,;]*$", re.IGNORECASE)
_LEMAH = 0.6
_DI_TEMPAT = re.compile(
    r"(?:\bdi (?:kantor|gedung|aula|sekretariat)|\bkepada|\bke|\bdari|\boleh) (?:\w+ ){0,2}$", re.IGNORECASE
)
_SIARAN = re.compile(r"\b(?:podcast|siniar|talk ?show|radio)\s$", re.IGNORECASE)
# Bodies that only Aceh calls so.
_HANYA_ACEH = re.compile(r"KIP\b|komisi independen|panwaslih|panitia pengawas pemilihan\b(?! umum)", re.IGNORECASE)
_ACEH = "11"
_ACARA = re.compile(
    r"\b(?:rakor\w*|rakernas|raker|rapat|bimtek|bimbingan teknis|pelatihan|workshop|sosialisasi|webinar|fgd|forum|kegiatan|acara"
    r"|assess?ment|evaluasi|anugerah|penganugerahan|award|penilaian|lomba|wawancara|zoom meeting|knowledge sharing|supervisi|monitoring)\b[^.;]{0,90}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Peran:
    """Role of the unit, organiser by name, how sure, and the words.

    bertindak: whether the unit itself does anything on the page.
    tegas: whether someone holds or attends something beyond doubt.
    """

    peran: str
    penyelenggara: str
    keyakinan: float
    kata: str
    bertindak: bool
    tegas: bool = False


@dataclass(slots=True)
class _Suara:
    """Votes gathered sentence by sentence, for the unit itself and (lain) for other bodies as organisers.

    gelar_bernama: the part of gelar where the unit is named with its region, not as a bare "Bawaslu", which may be
    the head office. gelar_tegas: so named it holds the event beyond doubt. ikut_bernama: so named it comes to an event. atasan: a superior is named. stasiun: a station
    or a studio of others sends the show.
    """

    ikut: float = 0.0
    gelar: float = 0.0
    bicara: float = 0.0
    kata: dict[str, str] = field(default_factory=dict)
    lain: dict[str, float] = field(default_factory=dict)
    gelar_bernama: float = 0.0
    gelar_tegas: bool = False
    ikut_bernama: bool = False
    atasan: bool = False
    stasiun: bool = False
    tegas: bool = False

    @property
    def bertindak(self) -> bool:
        """Whether the unit itself does anything."""
        return bool(self.ikut or self.gelar or self.bicara)

    @property
    def organiser(self) -> tuple[str, float]:
        """The other body with most votes; ("", 0) without any."""
        return max(self.lain.items(), key=lambda item: item[1], default=("", 0.0))

    def attends(self, nilai: float, kata: str, *, bernama: bool = False) -> None:
        """The unit comes to an event of others."""
        self.ikut += nilai
        self.ikut_bernama |= bernama
        self.kata.setdefault("ikut", kata)

    def holds(self, nilai: float, kata: str, *, bernama: bool = False) -> None:
        """The unit holds the event."""
        self.gelar += nilai
        self.gelar_bernama += nilai * bernama
        self.kata.setdefault("gelar", kata)

    def speaks(self, nilai: float, kata: str) -> None:
        """The unit speaks at an event."""
        self.bicara += nilai
        self.kata.setdefault("bicara", kata)

    def other(self, nama: str, nilai: float) -> None:
        """Another body holds the event."""
        if nilai:
            self.tegas = True
            self.lain[nama] = self.lain.get(nama, 0.0) + nilai


def find_role(
    kalimat: list[Kalimat], pelaku: Sequence[Pelaku], pemilik: Pemilik, wilayah: Satker | None, *, siaran: bool = False
) -> Peran:
    """Weigh the sentences from the title on; what the page says first counts most. siaran: a radio talk, a podcast."""
    votes = _Suara(
        atasan=any(is_superior(body, pemilik) for body in pelaku),
        stasiun=siaran and any(_STASIUN.search(sentence.teks) for sentence in kalimat[:_KALIMAT_TERJAUH]),
    )
    for sentence in kalimat[:_KALIMAT_TERJAUH]:
        here = [body for body in pelaku if sentence.awal <= body.awal < sentence.awal + len(sentence.teks)]
        _weigh_sentence(sentence, here, pemilik, votes)
    return _decide(votes, pemilik, wilayah)


def is_own(satu: Pelaku, pemilik: Pemilik) -> bool:
    """Whether a named body is the page's own: the same unit, or the body named bare (as its region calls it)."""
    if pemilik.lembaga is not satu.lembaga or satu.kelompok:
        return False
    if pemilik.satker and _HANYA_ACEH.match(satu.tertulis) and not pemilik.satker.kode.startswith(_ACEH):
        return False
    return (satu.satker is None and not satu.calon) or (
        pemilik.satker is not None and pemilik.satker in (satu.satker, *satu.calon)
    )


def _is_named(body: Pelaku) -> bool:
    """Whether a body is named with its region."""
    return bool(body.satker or body.calon)


def _weigh_sentence(sentence: Kalimat, here: list[Pelaku], owner: Pemilik, votes: _Suara) -> None:
    weight = 3.0 if sentence.urut == 0 else max(2.5 - 0.4 * sentence.urut, 0.4)
    _weigh_verbs(sentence, here, owner, votes, weight)
    _weigh_passive(sentence, here, owner, votes, weight)
    _weigh_outsiders(sentence, votes, weight)
    _weigh_speakers(sentence, here, owner, votes, weight)


def _weigh_verbs(sentence: Kalimat, here: list[Pelaku], owner: Pemilik, votes: _Suara, weight: float) -> None:
    """The subject of a verb is the nearest body before it; the first verb after a body tells its part."""
    used: set[int] = set()
    verbs = sorted(
        [*_IKUT.finditer(sentence.teks), *_SELENGGARA.finditer(sentence.teks)], key=lambda match: match.start()
    )
    for match in verbs:
        subject = _subject(sentence, here, match.start())
        if subject is None or subject.awal in used or _wished(sentence, subject, match):
            continue
        used.add(subject.awal)
        attends = match.re is _IKUT
        if is_own(subject, owner):
            strong = attends or bool(_KUAT.fullmatch(match[0]))
            votes.tegas |= strong and _is_named(subject)
            votes.gelar_tegas |= strong and not attends and _is_named(subject)
            vote = votes.attends if attends else votes.holds
            vote(weight * (1.0 if strong else _LEMAH), f"{subject.tertulis} {match[0]}", bernama=_is_named(subject))
        elif subject.satker and attends:
            votes.tegas = True
        elif subject.satker and _KUAT.fullmatch(match[0]):
            votes.other(subject.nama, weight)


def _wished(sentence: Kalimat, subject: Pelaku, match: re.Match[str]) -> bool:
    """Whether a verb tells only what should be: "KPU harus terus melakukan …"."""
    return _HARAPAN.search(sentence.teks[subject.akhir - sentence.awal : match.start()]) is not None


def _subject(sentence: Kalimat, here: list[Pelaku], place: int) -> Pelaku | None:
    before = [body for body in here if 0 <= sentence.awal + place - body.akhir <= _JARAK]
    free = [
        body
        for body in before
        if not _DARI.search(sentence.teks[max(0, body.awal - sentence.awal - 12) : body.awal - sentence.awal])
    ]
    return free[-1] if free else None


def _weigh_passive(sentence: Kalimat, here: list[Pelaku], owner: Pemilik, votes: _Suara, weight: float) -> None:
    """Bodies behind a word: "diselenggarakan oleh X", "diikuti X", "dari X", "Rapat Koordinasi … X"."""
    for body in here:
        front = sentence.teks[max(0, body.awal - sentence.awal - 120) : body.awal - sentence.awal]
        if is_own(body, owner):
            _weigh_own_behind(body, front, votes, weight)
        elif body.satker or (body.lembaga is not owner.lembaga and _SEBELUM.search(front)):
            votes.other(body.nama, weight * _organiser_behind(body, front, owner))


def _weigh_own_behind(body: Pelaku, front: str, votes: _Suara, weight: float) -> None:
    """The unit as the one by whom an event is held, or among those who attend it."""
    passive, attended = _SEBELUM.search(front) or _SIARAN.search(front), _DIIKUTI.search(front)
    present = _HADIR.search(front)
    if passive:
        votes.tegas = True
        votes.gelar_tegas |= _is_named(body)
        votes.holds(weight, f"{passive[0].strip()} {body.tertulis}", bernama=_is_named(body))
    elif present and _is_named(body) and (present["ikut"] or votes.atasan):
        votes.attends(weight, f"{present[0].strip()} {body.tertulis}", bernama=True)
    elif attended:
        votes.attends(
            weight * (_LEMAH if attended[1].casefold() == "dihadiri" else 1.0), f"{attended[1]} {body.tertulis}"
        )


def _organiser_behind(body: Pelaku, front: str, owner: Pemilik) -> float:
    """How strongly the words before another body make it the organiser; 0 when they do not."""
    if _SEBELUM.search(front):
        return 1.5
    superior = is_superior(body, owner) and _DI_TEMPAT.search(front)
    return 0.8 if superior or _ACARA.search(front) or _SIARAN.search(front) else 0.0


def _weigh_outsiders(sentence: Kalimat, votes: _Suara, weight: float) -> None:
    """Organisers that are no election body: "Radio X menggelar", "diselenggarakan oleh Diskominfo Y"."""
    for pattern in (_LUAR, _OLEH_LUAR):
        if match := pattern.search(sentence.teks):
            name = next(group for group in match.groups() if group).strip(" .,-")
            if not _BADAN_PEMILU.match(name) and not _SERTA.search(sentence.teks[: match.start()][-12:]):
                votes.other(name, 1.4 * weight)


def _weigh_speakers(sentence: Kalimat, here: list[Pelaku], owner: Pemilik, votes: _Suara, weight: float) -> None:
    """The unit speaks: it stands before "menjadi narasumber", or behind "narasumber", with no other body between."""
    for match in _NARASUMBER.finditer(sentence.teks):
        becomes = _MENJADI.match(match[0].strip()) is not None
        nearest = _nearest(sentence, here, match, sebelum=becomes)
        guest = votes.stasiun and _is_guest(sentence, here, match, owner, mengiringi=becomes)
        if guest or (nearest is not None and is_own(nearest, owner)):
            votes.speaks(1.5 * weight, match[0].strip())


def _is_guest(sentence: Kalimat, here: list[Pelaku], match: re.Match[str], owner: Pemilik, *, mengiringi: bool) -> bool:
    """In a show of a station: a post of the unit that speaks though no body is named, or the unit among several guests."""
    if mengiringi:
        before = re.split(r"[.;]\s", sentence.teks[max(0, match.start() - 100) : match.start()])[-1]
        others = [body for body in here if body.akhir <= sentence.awal + match.start() and not is_own(body, owner)]
        return not others and _JABATAN.search(before) is not None and _ORANG_LUAR.search(before) is None
    end = sentence.awal + match.end()
    return any(is_own(body, owner) and 0 <= body.awal - end <= _JARAK for body in here)


def _nearest(sentence: Kalimat, here: list[Pelaku], match: re.Match[str], *, sebelum: bool) -> Pelaku | None:
    start, end = sentence.awal + match.start(), sentence.awal + match.end()
    if sebelum:
        candidates = [body for body in here if 0 <= start - body.akhir <= 100]
        between = sentence.teks[candidates[-1].akhir - sentence.awal : match.start()] if candidates else ""
        return candidates[-1] if candidates and not _ORANG_LUAR.search(between) else None
    candidates = [body for body in here if 0 <= body.awal - end <= 70]
    between = sentence.teks[match.end() : candidates[0].awal - sentence.awal] if candidates else ""
    return candidates[0] if candidates and not _ORANG_LUAR.search(between) else None


def is_superior(p: Pelaku, pemilik: Pemilik) -> bool:
    """Whether a body stands above the page's own: its province or the nation, of the same body."""
    if p.satker is None or pemilik.satker is None or p.lembaga is not pemilik.lembaga:
        return False
    return p.satker.kode in {"00", pemilik.satker.kode_induk} and p.satker.kode != pemilik.satker.kode


def _decide(votes: _Suara, owner: Pemilik, region: Satker | None) -> Peran:
    words, other = votes.kata, votes.organiser
    own = owner.satker.nama_resmi(owner.lembaga) if owner.satker and owner.lembaga else ""
    if _belongs_to_parent(votes):
        votes.gelar = 0.0
    if _speaks_for_others(votes):
        return Peran("narasumber", other[0], 0.8 if other[0] else 0.6, words["bicara"], votes.bertindak, votes.tegas)
    if votes.ikut > votes.gelar or (other[1] > votes.gelar):
        organiser = other[0] or _superior(owner, region)
        confidence = 0.9 if votes.ikut > 2 * votes.gelar else 0.65
        return Peran("peserta", organiser, confidence, words.get("ikut", other[0]), votes.bertindak, votes.tegas)
    if not votes.bertindak and votes.atasan:  # a superior's event, told by a unit of which the page says nothing
        return Peran("peserta", _superior(owner, region), 0.4, "", bertindak=False, tegas=votes.tegas)
    confidence = 0.9 if votes.gelar > 2 * votes.ikut else 0.65
    return Peran(
        "penyelenggara", own, confidence if votes.gelar else 0.4, words.get("gelar", ""), votes.bertindak, votes.tegas
    )


def _belongs_to_parent(votes: _Suara) -> bool:
    """A bare "Bawaslu" holds the event and the unit, named with its region, comes to it: the head office is meant."""
    return votes.ikut_bernama and not votes.gelar_bernama and votes.gelar > 0


def _speaks_for_others(votes: _Suara) -> bool:
    """Whether the unit speaks at an event of others: a station's guest, or a speaker who does not hold the event."""
    if votes.stasiun and votes.bicara:
        return True
    own = votes.gelar_tegas and not votes.lain  # who speaks at the own event holds it
    return votes.bicara > votes.gelar and votes.bicara >= votes.ikut and not own


def _superior(owner: Pemilik, region: Satker | None) -> str:
    """The body of the region holds an event "se-Jawa Timur" for which no other organiser is named."""
    if region is None or owner.lembaga is None or region == owner.satker:
        return ""
    return region.nama_resmi(owner.lembaga)
