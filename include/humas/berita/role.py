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
        return max(self.lain.items(), key=lambda satu: satu[1], default=("", 0.0))

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
    suara = _Suara(
        atasan=any(is_superior(p, pemilik) for p in pelaku),
        stasiun=siaran and any(_STASIUN.search(satu.teks) for satu in kalimat[:_KALIMAT_TERJAUH]),
    )
    for satu in kalimat[:_KALIMAT_TERJAUH]:
        disini = [p for p in pelaku if satu.awal <= p.awal < satu.awal + len(satu.teks)]
        _weigh_sentence(satu, disini, pemilik, suara)
    return _decide(suara, pemilik, wilayah)


def is_own(satu: Pelaku, pemilik: Pemilik) -> bool:
    """Whether a named body is the page's own: the same unit, or the body named bare (as its region calls it)."""
    if pemilik.lembaga is not satu.lembaga or satu.kelompok:
        return False
    if pemilik.satker and _HANYA_ACEH.match(satu.tertulis) and not pemilik.satker.kode.startswith(_ACEH):
        return False
    return (satu.satker is None and not satu.calon) or (
        pemilik.satker is not None and pemilik.satker in (satu.satker, *satu.calon)
    )


def _is_named(satu: Pelaku) -> bool:
    """Whether a body is named with its region."""
    return bool(satu.satker or satu.calon)


def _weigh_sentence(satu: Kalimat, disini: list[Pelaku], pemilik: Pemilik, suara: _Suara) -> None:
    bobot = 3.0 if satu.urut == 0 else max(2.5 - 0.4 * satu.urut, 0.4)
    _weigh_verbs(satu, disini, pemilik, suara, bobot)
    _weigh_passive(satu, disini, pemilik, suara, bobot)
    _weigh_outsiders(satu, suara, bobot)
    _weigh_speakers(satu, disini, pemilik, suara, bobot)


def _weigh_verbs(satu: Kalimat, disini: list[Pelaku], pemilik: Pemilik, suara: _Suara, bobot: float) -> None:
    """The subject of a verb is the nearest body before it; the first verb after a body tells its part."""
    terpakai: set[int] = set()
    kata_kerja = sorted([*_IKUT.finditer(satu.teks), *_SELENGGARA.finditer(satu.teks)], key=lambda c: c.start())
    for cocok in kata_kerja:
        subjek = _subject(satu, disini, cocok.start())
        if subjek is None or subjek.awal in terpakai or _wished(satu, subjek, cocok):
            continue
        terpakai.add(subjek.awal)
        ikut = cocok.re is _IKUT
        if is_own(subjek, pemilik):
            kuat = ikut or bool(_KUAT.fullmatch(cocok[0]))
            suara.tegas |= kuat and _is_named(subjek)
            suara.gelar_tegas |= kuat and not ikut and _is_named(subjek)
            beri = suara.attends if ikut else suara.holds
            beri(bobot * (1.0 if kuat else _LEMAH), f"{subjek.tertulis} {cocok[0]}", bernama=_is_named(subjek))
        elif subjek.satker and ikut:
            suara.tegas = True
        elif subjek.satker and _KUAT.fullmatch(cocok[0]):
            suara.other(subjek.nama, bobot)


def _wished(satu: Kalimat, subjek: Pelaku, cocok: re.Match[str]) -> bool:
    """Whether a verb tells only what should be: "KPU harus terus melakukan …"."""
    return _HARAPAN.search(satu.teks[subjek.akhir - satu.awal : cocok.start()]) is not None


def _subject(satu: Kalimat, disini: list[Pelaku], tempat: int) -> Pelaku | None:
    sebelum = [p for p in disini if 0 <= satu.awal + tempat - p.akhir <= _JARAK]
    bebas = [p for p in sebelum if not _DARI.search(satu.teks[max(0, p.awal - satu.awal - 12) : p.awal - satu.awal])]
    return bebas[-1] if bebas else None


def _weigh_passive(satu: Kalimat, disini: list[Pelaku], pemilik: Pemilik, suara: _Suara, bobot: float) -> None:
    """Bodies behind a word: "diselenggarakan oleh X", "diikuti X", "dari X", "Rapat Koordinasi … X"."""
    for p in disini:
        depan = satu.teks[max(0, p.awal - satu.awal - 120) : p.awal - satu.awal]
        if is_own(p, pemilik):
            _weigh_own_behind(p, depan, suara, bobot)
        elif p.satker or (p.lembaga is not pemilik.lembaga and _SEBELUM.search(depan)):
            suara.other(p.nama, bobot * _organiser_behind(p, depan, pemilik))


def _weigh_own_behind(p: Pelaku, depan: str, suara: _Suara, bobot: float) -> None:
    """The unit as the one by whom an event is held, or among those who attend it."""
    pasif, ikut = _SEBELUM.search(depan) or _SIARAN.search(depan), _DIIKUTI.search(depan)
    hadir = _HADIR.search(depan)
    if pasif:
        suara.tegas = True
        suara.gelar_tegas |= _is_named(p)
        suara.holds(bobot, f"{pasif[0].strip()} {p.tertulis}", bernama=_is_named(p))
    elif hadir and _is_named(p) and (hadir["ikut"] or suara.atasan):
        suara.attends(bobot, f"{hadir[0].strip()} {p.tertulis}", bernama=True)
    elif ikut:
        suara.attends(bobot * (_LEMAH if ikut[1].casefold() == "dihadiri" else 1.0), f"{ikut[1]} {p.tertulis}")


def _organiser_behind(p: Pelaku, depan: str, pemilik: Pemilik) -> float:
    """How strongly the words before another body make it the organiser; 0 when they do not."""
    if _SEBELUM.search(depan):
        return 1.5
    superior = is_superior(p, pemilik) and _DI_TEMPAT.search(depan)
    return 0.8 if superior or _ACARA.search(depan) or _SIARAN.search(depan) else 0.0


def _weigh_outsiders(satu: Kalimat, suara: _Suara, bobot: float) -> None:
    """Organisers that are no election body: "Radio X menggelar", "diselenggarakan oleh Diskominfo Y"."""
    for pola in (_LUAR, _OLEH_LUAR):
        if cocok := pola.search(satu.teks):
            nama = next(satu for satu in cocok.groups() if satu).strip(" .,-")
            if not _BADAN_PEMILU.match(nama) and not _SERTA.search(satu.teks[: cocok.start()][-12:]):
                suara.other(nama, 1.4 * bobot)


def _weigh_speakers(satu: Kalimat, disini: list[Pelaku], pemilik: Pemilik, suara: _Suara, bobot: float) -> None:
    """The unit speaks: it stands before "menjadi narasumber", or behind "narasumber", with no other body between."""
    for cocok in _NARASUMBER.finditer(satu.teks):
        mengiringi = _MENJADI.match(cocok[0].strip()) is not None
        dekat = _nearest(satu, disini, cocok, sebelum=mengiringi)
        tamu = suara.stasiun and _is_guest(satu, disini, cocok, pemilik, mengiringi=mengiringi)
        if tamu or (dekat is not None and is_own(dekat, pemilik)):
            suara.speaks(1.5 * bobot, cocok[0].strip())


def _is_guest(satu: Kalimat, disini: list[Pelaku], cocok: re.Match[str], pemilik: Pemilik, *, mengiringi: bool) -> bool:
    """In a show of a station: a post of the unit that speaks though no body is named, or the unit among several guests."""
    if mengiringi:
        sebelum = re.split(r"[.;]\s", satu.teks[max(0, cocok.start() - 100) : cocok.start()])[-1]
        lain = [p for p in disini if p.akhir <= satu.awal + cocok.start() and not is_own(p, pemilik)]
        return not lain and _JABATAN.search(sebelum) is not None and _ORANG_LUAR.search(sebelum) is None
    akhir = satu.awal + cocok.end()
    return any(is_own(p, pemilik) and 0 <= p.awal - akhir <= _JARAK for p in disini)


def _nearest(satu: Kalimat, disini: list[Pelaku], cocok: re.Match[str], *, sebelum: bool) -> Pelaku | None:
    awal, akhir = satu.awal + cocok.start(), satu.awal + cocok.end()
    if sebelum:
        calon = [p for p in disini if 0 <= awal - p.akhir <= 100]
        antara = satu.teks[calon[-1].akhir - satu.awal : cocok.start()] if calon else ""
        return calon[-1] if calon and not _ORANG_LUAR.search(antara) else None
    calon = [p for p in disini if 0 <= p.awal - akhir <= 70]
    antara = satu.teks[cocok.end() : calon[0].awal - satu.awal] if calon else ""
    return calon[0] if calon and not _ORANG_LUAR.search(antara) else None


def is_superior(p: Pelaku, pemilik: Pemilik) -> bool:
    """Whether a body stands above the page's own: its province or the nation, of the same body."""
    if p.satker is None or pemilik.satker is None or p.lembaga is not pemilik.lembaga:
        return False
    return p.satker.kode in {"00", pemilik.satker.kode_induk} and p.satker.kode != pemilik.satker.kode


def _decide(suara: _Suara, pemilik: Pemilik, wilayah: Satker | None) -> Peran:
    kata, lain = suara.kata, suara.organiser
    sendiri = pemilik.satker.nama_resmi(pemilik.lembaga) if pemilik.satker and pemilik.lembaga else ""
    if _belongs_to_parent(suara):
        suara.gelar = 0.0
    if _speaks_for_others(suara):
        return Peran("narasumber", lain[0], 0.8 if lain[0] else 0.6, kata["bicara"], suara.bertindak, suara.tegas)
    if suara.ikut > suara.gelar or (lain[1] > suara.gelar):
        organiser = lain[0] or _superior(pemilik, wilayah)
        yakin = 0.9 if suara.ikut > 2 * suara.gelar else 0.65
        return Peran("peserta", organiser, yakin, kata.get("ikut", lain[0]), suara.bertindak, suara.tegas)
    if not suara.bertindak and suara.atasan:  # a superior's event, told by a unit of which the page says nothing
        return Peran("peserta", _superior(pemilik, wilayah), 0.4, "", bertindak=False, tegas=suara.tegas)
    yakin = 0.9 if suara.gelar > 2 * suara.ikut else 0.65
    return Peran(
        "penyelenggara", sendiri, yakin if suara.gelar else 0.4, kata.get("gelar", ""), suara.bertindak, suara.tegas
    )


def _belongs_to_parent(suara: _Suara) -> bool:
    """A bare "Bawaslu" holds the event and the unit, named with its region, comes to it: the head office is meant."""
    return suara.ikut_bernama and not suara.gelar_bernama and suara.gelar > 0


def _speaks_for_others(suara: _Suara) -> bool:
    """Whether the unit speaks at an event of others: a station's guest, or a speaker who does not hold the event."""
    if suara.stasiun and suara.bicara:
        return True
    sendiri = suara.gelar_tegas and not suara.lain  # who speaks at the own event holds it
    return suara.bicara > suara.gelar and suara.bicara >= suara.ikut and not sendiri


def _superior(pemilik: Pemilik, wilayah: Satker | None) -> str:
    """The body of the region holds an event "se-Jawa Timur" for which no other organiser is named."""
    if wilayah is None or pemilik.lembaga is None or wilayah == pemilik.satker:
        return ""
    return wilayah.nama_resmi(pemilik.lembaga)
