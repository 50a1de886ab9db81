"""What part the unit had in the event, and who held it: who stands before which verb, or behind "oleh"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from humas.news.sentences import Sentence
from humas.news.unit import NamedBody, Owner
from humas.news.words import ASKED_TO_SPEAK, ATTEND, HELD_BY, HOLD, HOLD_NOUNS, SPEAKERS, STRONG_HOLD
from humas.registry import Satker

_ATTEND = re.compile(ATTEND, re.IGNORECASE)
_HOLD = re.compile(f"{HOLD}|{HOLD_NOUNS}", re.IGNORECASE)
_STRONG = re.compile(STRONG_HOLD, re.IGNORECASE)
# "diselenggarakan secara daring oleh Ketua X", but not "digelar di Jakarta, X".
_BEFORE = re.compile(rf"{HELD_BY}(?:\s(?!di\b)[\w/]+){{0,4}}\s$", re.IGNORECASE)
_SPEAKER = re.compile(SPEAKERS, re.IGNORECASE)
_OUTSIDE_HEAD = (
    r"(?:\b(?:Radio|RRI|LPP\w*|TVRI|Dinas|Diskominfo\w*|Kominfo|Badan|Bakesbangpol|Kesbangpol|Komisi Informasi|KI|Universitas|Fakultas|Prodi|Program Studi"
    r"|Politeknik|Institut|SMA\w*|SMK\w*|MAN|Pemerintah|Pemkab|Pemkot|Pemprov|Polres\w*|Polda|Kodim|PWI|AJI|Kementerian"
    r"|Kemendagri|DPRD|Kejaksaan|Ombudsman|Desa|Kelurahan|Kecamatan|Yayasan|PC|PMII|HMI|GMNI|IPNU|BEM|STAI|IAIN|UIN|KPID|KPI|DKPP))"
)
# Who holds an event is often named by its people alone; a committee may be one's own.
_PEOPLE_HEAD = (
    r"(?:\b(?i:(?:pengurus|pengelola|pihak|pimpinan|takmir|jajaran) (?:pondok(?: pesantren)?|pesantren|sekolah|madrasah|kampus|masjid|gereja|desa)"
    r"|himpunan mahasiswa|mahasiswa kkn|karang taruna|komunitas|paguyuban|osis|ikatan|persatuan|forum|lembaga bantuan hukum)\b)"
)
_OUTSIDE = re.compile(
    rf"(?P<nama>(?:{_OUTSIDE_HEAD}|{_PEOPLE_HEAD})"
    r"(?:[ \t](?:[A-Z0-9][\w.’'\-]{0,25}|dan(?=\s[A-Z]))){0,7})[ \t](?:\([^)]{1,20}\)[ \t])?"
    r"(?=(?i:menggelar|gelar|menyelenggarakan|selenggarakan|mengadakan|adakan|melaksanakan|melakukan|lakukan|menghadirkan|hadirkan|mengundang|undang|menghelat)\b)"
)
_TAIL = r"(?:[ \t](?:[A-Z0-9][\w.’'\-]{0,25}|dan(?=\s[A-Z]))){0,7}"
_HELD_BY_OUTSIDE = re.compile(
    r"\b(?:digelar|diselenggarakan|diadakan|dilaksanakan|diinisiasi|digagas|diprakarsai|dihelat|diundang|undangan)(?:\s(?!di\b|bersama\b|untuk\b|bagi\b)\w+){0,2}?\s"
    rf"(?:(?:oleh|dari)\s(?P<nama>[A-Z][\w.’'\-]{{0,25}}{_TAIL})|(?:oleh\s)?(?P<kepala>(?:{_OUTSIDE_HEAD}|{_PEOPLE_HEAD}){_TAIL}))"
)
_BECOMING = re.compile(
    r"(?:sebagai|menjadi|jadi|selaku|didapuk|didaulat|dipercaya|bertindak|mengisi|isi|tamu|panelis|(?:mem)?beri(?:kan)?|menyampaikan|sampaikan"
    r"|membawakan|memaparkan|berbicara)\b",
    re.IGNORECASE,
)
_POST_WORDS = r"(?:ketua|anggota|komisioner|koordinator|kordiv|kadiv|pimpinan|divisi|kasubbag|kasubag|kepala|kadis|sekretaris|plt|jubir|juru bicara)"
# Who says something while speaking there, by a pronoun or by its name alone.
_WHILE_SPEAKING = re.compile(
    r"\b(?:saat|ketika|kala|sewaktu|tatkala)\s(?:\w+\s){0,2}?(?:menjadi|jadi|sebagai|tampil sebagai|hadir sebagai)\s(?:salah (?:satu|seorang)\s)?"
    r"(?:narasumber|nara sumber|pembicara|pemateri|panelis|pengisi materi)\b",
    re.IGNORECASE,
)
_SPEAKING_FIRST = re.compile(
    r"\W*(?:(?:saat|ketika|kala)\s)?(?:didapuk |didaulat )?(?:menjadi|jadi|sebagai|tampil sebagai|hadir sebagai)\s(?:salah (?:satu|seorang)\s)?"
    r"(?:narasumber|nara sumber|pembicara|pemateri|panelis|pengisi materi)\b",
    re.IGNORECASE,
)
_POST_BEHIND_COMMA = re.compile(rf",\s{_POST_WORDS}[^,.;]{{0,90}}$", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:ia|dia|beliau)\b|\bdi(?:sampaikan|katakan|ungkapkan|tegaskan|utarakan|kemukakan|jelaskan|paparkan|lontarkan|tuturkan|uraikan)(?:nya)?\b"
    r"|\b(?:ujar|kata|tutur|ucap|ungkap|jelas|tegas|papar|terang)nya\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b[A-Z][a-z]{2,}\b")
_PRONOUN = re.compile(r"\b(?:ia|dia|beliau|keduanya)\s(?:\w+\s){0,3}$", re.IGNORECASE)
# Who gives its matter at an event of its own is no speaker of others.
_GIVES = re.compile(r"(?:(?:mem)?beri(?:kan)?|menyampaikan|sampaikan|membawakan|memaparkan|berbicara)\b", re.IGNORECASE)
_BY_OTHERS = re.compile(rf"\byang {HELD_BY[2:]}|\batas (?:undangan|permintaan)\b", re.IGNORECASE)
_INVITING = re.compile(
    r"\b(?:mengundang|undang|menghadirkan|hadirkan|meminta)\s(?:(?:ketua|anggota|komisioner)\s)?$", re.IGNORECASE
)
_ASKED = re.compile(ASKED_TO_SPEAK, re.IGNORECASE)
# Who is at a school to teach its pupils holds the lesson.
_COMES_TO = re.compile(r"(?:turut )?hadir (?:langsung )?(?:di|ke)\b", re.IGNORECASE)
_BROUGHT_KINDS = frozenset({"PENDIDIKAN_PEMILIH", "SOSIALISASI"})
_INVITED = re.compile(
    r"\s?(?:\w+\s)?(?:diundang|dihadirkan|diminta|didaulat|memenuhi undangan)\b[^.;]*$", re.IGNORECASE
)
_OUTSIDER = re.compile(rf"\b{_OUTSIDE_HEAD}\b|;")
_ELECTION_BODY = re.compile(
    r"(?:KPU|KIP|Bawaslu|Panwaslih|Komisi Pemilihan|Badan Pengawas|Ketua|Anggota)\b", re.IGNORECASE
)
# In lower case only: at the head of a sentence, "Dari X hadir …" tells who came.
_FROM = re.compile(r"\b(?:dari|oleh|bersama|besutan|milik|undangan)\s$")
_FARTHEST_SENTENCE = 8
_DISTANCE = 110
_ATTENDED_BY = re.compile(
    r"\b(diikuti|dihadiri|termasuk|disimak|di antaranya)(?: juga)?(?: oleh)?\s(?:[\w.,’']+\s){0,8}$", re.IGNORECASE
)
_TOGETHER = re.compile(r"(?:\bdan|\bbersama|\bdengan|gandeng|&)\s$", re.IGNORECASE)
# "Hadir mengikuti kegiatan tersebut Anggota X": the verb before who came.
_PRESENT = re.compile(
    r"\b(?:turut )?hadir(?P<ikut> (?:dan )?mengikuti)?\b[^.;:]{0,40}?"
    r"(?:(?:ketua|anggota|komisioner|staf|kordiv|sekretaris|jajaran|pimpinan|perwakilan|dari|dan|beserta)[\s,]+)*$",
    re.IGNORECASE,
)
_STATION = re.compile(
    r"\b(?:Radio|RRI|LPP\w*|TVRI|media penyiaran|stasiun)\s[A-Z0-9]|\b[A-Z]\w+ (?:FM|TV)\b|\b(?:RRI|TVRI|RSPD|LPPL)\b"
)
_POST = re.compile(rf"\b{_POST_WORDS}\b", re.IGNORECASE)
_WISH = re.compile(r"\b(?:harus|perlu|wajib|mesti|diminta|diharapkan|dituntut|agar|semoga)\b[^,;]*$", re.IGNORECASE)
_WEAK = 0.6
_AT_PLACE = re.compile(
    r"(?:\bdi (?:kantor|gedung|aula|sekretariat)|\bkepada|\bke|\bdari|\boleh) (?:\w+ ){0,2}$", re.IGNORECASE
)
_BROADCAST = re.compile(r"\b(?:podcast|siniar|talk ?show|radio)\s$", re.IGNORECASE)
# Bodies that only Aceh calls so.
_ACEH_ONLY = re.compile(r"KIP\b|komisi independen|panwaslih|panitia pengawas pemilihan\b(?! umum)", re.IGNORECASE)
_ACEH = "11"
_EVENT = re.compile(
    r"\b(?:rakor\w*|rakernas|raker|rapat|bimtek|bimbingan teknis|pelatihan|workshop|sosialisasi|webinar|fgd|forum|kegiatan|acara"
    r"|assess?ment|evaluasi|anugerah|penganugerahan|award|penilaian|lomba|wawancara|zoom meeting|knowledge sharing|supervisi|monitoring)\b[^.;]{0,90}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Role:
    """Role of the unit, organiser by name, how sure, and the words.

    acts: whether the unit itself does anything on the page.
    certain: whether someone holds or attends something beyond doubt.
    """

    role: str
    organiser: str
    confidence: float
    words: str
    acts: bool
    certain: bool = False


@dataclass(slots=True)
class _Votes:
    """Votes gathered sentence by sentence, for the unit itself and (other_bodies) for other bodies as organisers.

    holding_named: the part of holding where the unit is named with its region, not as a bare "Bawaslu", which may be
    the head office. holding_certain: so named it holds the event beyond doubt. holding_strong: named or bare. attending_named: so named it comes to an event. superior: a superior is named. named: the unit is. giving: it gives its matter somewhere. station: a station
    or a studio of others sends the show. brought: the event is of a kind that a unit brings to those it is for.
    """

    attending: float = 0.0
    holding: float = 0.0
    speaking: float = 0.0
    giving: float = 0.0
    words: dict[str, str] = field(default_factory=dict)
    other_bodies: dict[str, float] = field(default_factory=dict)
    holding_named: float = 0.0
    holding_certain: bool = False
    holding_strong: bool = False
    attending_named: bool = False
    superior: bool = False
    named: bool = False
    station: bool = False
    brought: bool = False
    certain: bool = False

    @property
    def acts(self) -> bool:
        """Whether the unit itself does anything."""
        return bool(self.attending or self.holding or self.speaking)

    @property
    def organiser(self) -> tuple[str, float]:
        """The other body with most votes; ("", 0) without any."""
        return max(self.other_bodies.items(), key=lambda item: item[1], default=("", 0.0))

    def attends(self, value: float, words: str, *, named: bool = False) -> None:
        """The unit comes to an event of others."""
        self.attending += value
        self.attending_named |= named
        self.words.setdefault("ikut", words)

    def holds(self, value: float, words: str, *, named: bool = False) -> None:
        """The unit holds the event."""
        self.holding += value
        self.holding_named += value * named
        self.words.setdefault("gelar", words)

    def speaks(self, value: float, words: str) -> None:
        """The unit speaks at an event."""
        self.speaking += value
        self.words.setdefault("bicara", words)

    def gives(self, value: float, words: str) -> None:
        """The unit gives its matter, at its own event or at one of others."""
        self.giving += value
        self.words.setdefault("bicara", words)

    def other(self, name: str, value: float) -> None:
        """Another body holds the event."""
        if value:
            self.certain = True
            self.other_bodies[name] = self.other_bodies.get(name, 0.0) + value


def find_role(
    sentences: list[Sentence],
    bodies: Sequence[NamedBody],
    owner: Owner,
    region: Satker | None,
    *,
    kind: str = "",
) -> Role:
    """Weigh the sentences from the title on; what the page says first counts most. kind: of the event, as find_kind tells it."""
    broadcast = kind == "SIARAN"
    votes = _Votes(
        brought=kind in _BROUGHT_KINDS,
        superior=any(is_superior(body, owner) for body in bodies),
        named=any(is_own(body, owner) for body in bodies),
        station=broadcast and any(_STATION.search(sentence.teks) for sentence in sentences[:_FARTHEST_SENTENCE]),
    )
    earlier: list[NamedBody] = []
    before = ""
    for sentence in sentences[:_FARTHEST_SENTENCE]:
        here = [body for body in bodies if sentence.awal <= body.begin < sentence.awal + len(sentence.teks)]
        _weigh_sentence(sentence, here, owner, votes)
        if _speaks_as_who(sentence) and earlier and is_own(earlier[-1], owner):
            votes.speaks(1.5 * _weight(sentence), earlier[-1].written)
        if body := _speaks_in_a_clause(sentence, here, before, earlier, owner):
            votes.speaks(1.5 * _weight(sentence), body.written)
        earlier, before = here or earlier, sentence.teks if here else before
    return _decide(votes, owner, region)


def is_own(one: NamedBody, owner: Owner) -> bool:
    """Whether a named body is the page's own: the same unit, or the body named bare (as its region calls it)."""
    if owner.lembaga is not one.lembaga or one.group:
        return False
    if owner.satker and _ACEH_ONLY.match(one.written) and not owner.satker.code.startswith(_ACEH):
        return False
    return (one.satker is None and not one.candidates) or (
        owner.satker is not None and owner.satker in (one.satker, *one.candidates)
    )


def _is_named(body: NamedBody) -> bool:
    """Whether a body is named with its region."""
    return bool(body.satker or body.candidates)


def _weigh_sentence(sentence: Sentence, here: list[NamedBody], owner: Owner, votes: _Votes) -> None:
    weight = _weight(sentence)
    _weigh_verbs(sentence, here, owner, votes, weight)
    _weigh_passive(sentence, here, owner, votes, weight)
    _weigh_outsiders(sentence, here, votes, weight)
    _weigh_speakers(sentence, here, owner, votes, weight)


def _weight(sentence: Sentence) -> float:
    """How much a sentence counts: the title most, then what comes first."""
    return 3.0 if sentence.urut == 0 else max(2.5 - 0.4 * sentence.urut, 0.4)


def _speaks_as_who(sentence: Sentence) -> bool:
    """Whether someone named before, and here by a pronoun, becomes a speaker: "Ia menjadi narasumber"."""
    return any(
        _BECOMING.match(match[0].strip()) and _PRONOUN.search(sentence.teks[: match.start()])
        for match in _SPEAKER.finditer(sentence.teks)
    )


def _speaks_in_a_clause(
    sentence: Sentence, here: list[NamedBody], before: str, earlier: list[NamedBody], owner: Owner
) -> NamedBody | None:
    """The unit whose post is named here or in the sentence before, and who spoke: "Hal itu disampaikannya saat menjadi pembicara"."""
    clause = _WHILE_SPEAKING.search(sentence.teks)
    if clause is None or not sentence.teks[: clause.start()].strip():
        return _speaks_before_it_is_named(sentence, here, owner)
    main = sentence.teks[: clause.start()]
    bodies = [body for body in here if body.finish - sentence.awal <= clause.start()]
    told = main if bodies else before
    named_again = set(_PERSON.findall(main)) & set(_PERSON.findall(before))
    if not bodies and not (_SAID.search(main) or named_again):
        return None
    body = next(reversed(bodies or earlier), None)
    if body is None or not is_own(body, owner) or _POST.search(told) is None or _OUTSIDER.search(main):
        return None
    return body


def _speaks_before_it_is_named(sentence: Sentence, here: list[NamedBody], owner: Owner) -> NamedBody | None:
    """The unit whose post follows the clause: "Menjadi pembicara di kampus, Ketua X mengajak …"."""
    if _SPEAKING_FIRST.match(sentence.teks) is None:
        return None
    for body in here:
        if is_own(body, owner) and _POST_BEHIND_COMMA.search(sentence.teks[: body.begin - sentence.awal]):
            return body
    return None


def _weigh_verbs(sentence: Sentence, here: list[NamedBody], owner: Owner, votes: _Votes, weight: float) -> None:
    """The subject of a verb is the nearest body before it; the first verb after a body tells its part."""
    used: set[int] = set()
    verbs = sorted([*_ATTEND.finditer(sentence.teks), *_HOLD.finditer(sentence.teks)], key=lambda match: match.start())
    for match in verbs:
        subject = _subject(sentence, here, match.start())
        if subject is None or subject.begin in used or _wished(sentence, subject, match):
            continue
        used.add(subject.begin)
        attends = match.re is _ATTEND and not (votes.brought and _COMES_TO.match(sentence.teks, match.start()))
        if is_own(subject, owner):
            strong = attends or bool(_STRONG.fullmatch(match[0]))
            votes.certain |= strong and _is_named(subject)
            votes.holding_certain |= strong and not attends and _is_named(subject)
            votes.holding_strong |= strong and not attends
            vote = votes.attends if attends else votes.holds
            vote(weight * (1.0 if strong else _WEAK), f"{subject.written} {match[0]}", named=_is_named(subject))
        elif subject.satker and attends:
            votes.certain = True
        elif subject.satker and _STRONG.fullmatch(match[0]):
            votes.other(subject.name, weight)


def _wished(sentence: Sentence, subject: NamedBody, match: re.Match[str]) -> bool:
    """Whether a verb tells only what should be: "KPU harus terus melakukan …"."""
    return _WISH.search(sentence.teks[subject.finish - sentence.awal : match.start()]) is not None


def _subject(sentence: Sentence, here: list[NamedBody], place: int) -> NamedBody | None:
    before = [body for body in here if 0 <= sentence.awal + place - body.finish <= _DISTANCE]
    free = [
        body
        for body in before
        if not _FROM.search(sentence.teks[max(0, body.begin - sentence.awal - 12) : body.begin - sentence.awal])
    ]
    return free[-1] if free else None


def _weigh_passive(sentence: Sentence, here: list[NamedBody], owner: Owner, votes: _Votes, weight: float) -> None:
    """Bodies behind a word: "diselenggarakan oleh X", "diikuti X", "dari X", "Rapat Koordinasi … X"."""
    for body in here:
        front = sentence.teks[max(0, body.begin - sentence.awal - 120) : body.begin - sentence.awal]
        if is_own(body, owner):
            _weigh_own_behind(body, front, votes, weight)
        elif body.satker or (body.lembaga is not owner.lembaga and _BEFORE.search(front)):
            votes.other(body.name, weight * _organiser_behind(body, front, owner))


def _weigh_own_behind(body: NamedBody, front: str, votes: _Votes, weight: float) -> None:
    """The unit as the one by whom an event is held, or among those who attend it."""
    passive, attended = _BEFORE.search(front) or _BROADCAST.search(front), _ATTENDED_BY.search(front)
    present = _PRESENT.search(front)
    if passive:
        votes.certain = True
        votes.holding_certain |= _is_named(body)
        votes.holding_strong = True
        votes.holds(weight, f"{passive[0].strip()} {body.written}", named=_is_named(body))
    elif present and _is_named(body) and (present["ikut"] or votes.superior):
        votes.attends(weight, f"{present[0].strip()} {body.written}", named=True)
    elif attended:
        votes.attends(
            weight * (_WEAK if attended[1].casefold() == "dihadiri" else 1.0), f"{attended[1]} {body.written}"
        )


def _organiser_behind(body: NamedBody, front: str, owner: Owner) -> float:
    """How strongly the words before another body make it the organiser; 0 when they do not."""
    if _BEFORE.search(front):
        return 1.5
    superior = is_superior(body, owner) and _AT_PLACE.search(front)
    return 0.8 if superior or _EVENT.search(front) or _BROADCAST.search(front) else 0.0


def _weigh_outsiders(sentence: Sentence, here: list[NamedBody], votes: _Votes, weight: float) -> None:
    """Organisers that are none of our bodies: "Radio X menggelar", "diselenggarakan oleh Diskominfo Y"."""
    for pattern in (_OUTSIDE, _HELD_BY_OUTSIDE):
        if match := pattern.search(sentence.teks):
            name = next(group for group in match.groups() if group).strip(" .,-")
            ours = _ELECTION_BODY.match(name) or any(
                match.start() <= body.begin - sentence.awal < match.end() for body in here
            )
            if not ours and not _TOGETHER.search(sentence.teks[: match.start()][-12:]):
                votes.other(name, 1.4 * weight)


def _weigh_speakers(sentence: Sentence, here: list[NamedBody], owner: Owner, votes: _Votes, weight: float) -> None:
    """The unit speaks: it stands before "menjadi narasumber", or behind "narasumber", with no other body between."""
    for match in _SPEAKER.finditer(sentence.teks):
        becomes = _BECOMING.match(match[0].strip()) is not None
        nearest = _nearest(sentence, here, match, before=becomes)
        guest = votes.station and _is_guest(sentence, here, match, owner, accompanying=becomes)
        if guest or (nearest is not None and is_own(nearest, owner)):
            own = _GIVES.match(match[0].strip()) and not _is_held_by_others(sentence, here, match.end(), owner)
            (votes.gives if own else votes.speaks)(1.5 * weight, match[0].strip())
    _weigh_invitation(sentence, here, owner, votes, weight)


def _weigh_invitation(sentence: Sentence, here: list[NamedBody], owner: Owner, votes: _Votes, weight: float) -> None:
    """Others invite the unit to speak: "X mengundang KPU berbicara tentang …"; who itself stands before it invites others."""
    own = next((body for body in here if is_own(body, owner)), None)
    if own is None or not _INVITING.search(
        sentence.teks[max(0, own.begin - sentence.awal - 40) : own.begin - sentence.awal]
    ):
        return
    if asked := _ASKED.match(sentence.teks, own.finish - sentence.awal):
        votes.speaks(1.5 * weight, asked[0].strip())


def _is_held_by_others(sentence: Sentence, here: list[NamedBody], place: int, owner: Owner) -> bool:
    """Whether the rest of a sentence tells that others hold what is spoken at."""
    held = _BY_OTHERS.search(sentence.teks, place)
    return held is not None and not any(
        is_own(body, owner) for body in here if body.begin - sentence.awal >= held.start()
    )


def _is_guest(
    sentence: Sentence, here: list[NamedBody], match: re.Match[str], owner: Owner, *, accompanying: bool
) -> bool:
    """In a show of a station: a post of the unit that speaks though no body is named, or the unit among several guests."""
    if accompanying:
        before = re.split(r"[.;]\s", sentence.teks[max(0, match.start() - 100) : match.start()])[-1]
        others = [body for body in here if body.finish <= sentence.awal + match.start() and not is_own(body, owner)]
        return not others and _POST.search(before) is not None and _OUTSIDER.search(before) is None
    end = sentence.awal + match.end()
    return any(is_own(body, owner) and 0 <= body.begin - end <= _DISTANCE for body in here)


def _nearest(sentence: Sentence, here: list[NamedBody], match: re.Match[str], *, before: bool) -> NamedBody | None:
    start, end = sentence.awal + match.start(), sentence.awal + match.end()
    if before:
        candidates = [body for body in here if 0 <= start - body.finish <= 100]
        between = sentence.teks[candidates[-1].finish - sentence.awal : match.start()] if candidates else ""
        invited = _INVITED.match(between) is not None  # whoever invites stands between the guest and its part
        return candidates[-1] if candidates and (invited or not _OUTSIDER.search(between)) else None
    candidates = [body for body in here if 0 <= body.begin - end <= 70]
    between = sentence.teks[match.end() : candidates[0].begin - sentence.awal] if candidates else ""
    return candidates[0] if candidates and not _OUTSIDER.search(between) else None


def is_superior(p: NamedBody, owner: Owner) -> bool:
    """Whether a body stands above the page's own: its province or the nation, of the same body."""
    if p.satker is None or owner.satker is None or p.lembaga is not owner.lembaga:
        return False
    return p.satker.code in {"00", owner.satker.parent_code} and p.satker.code != owner.satker.code


def _decide(votes: _Votes, owner: Owner, region: Satker | None) -> Role:
    words, other = votes.words, votes.organiser
    own = owner.satker.official_name(owner.lembaga) if owner.satker and owner.lembaga else ""
    if _belongs_to_parent(votes):
        votes.holding = 0.0
    if _speaks_for_others(votes):
        return Role("narasumber", other[0], 0.8 if other[0] else 0.6, words["bicara"], votes.acts, votes.certain)
    if votes.station and votes.named and not (votes.holding_strong or votes.attending):
        return Role("narasumber", other[0], 0.5, words.get("gelar", ""), votes.acts, votes.certain)
    if votes.attending > votes.holding or (other[1] > votes.holding):
        organiser = other[0] or _superior(owner, region)
        confidence = 0.9 if votes.attending > 2 * votes.holding else 0.65
        return Role("peserta", organiser, confidence, words.get("ikut", other[0]), votes.acts, votes.certain)
    if not votes.acts and votes.superior:  # a superior's event, told by a unit of which the page says nothing
        return Role("peserta", _superior(owner, region), 0.4, "", acts=False, certain=votes.certain)
    confidence = 0.9 if votes.holding > 2 * votes.attending else 0.65
    return Role(
        "penyelenggara", own, confidence if votes.holding else 0.4, words.get("gelar", ""), votes.acts, votes.certain
    )


def _belongs_to_parent(votes: _Votes) -> bool:
    """A bare "Bawaslu" holds the event and the unit, named with its region, comes to it: the head office is meant."""
    return votes.attending_named and not votes.holding_named and votes.holding > 0


def _speaks_for_others(votes: _Votes) -> bool:
    """Whether the unit speaks at an event of others: a station's guest, or a speaker who does not hold the event."""
    if votes.station and (votes.speaking or votes.giving):
        return True
    speaking = votes.speaking + (votes.giving if votes.other_bodies and not votes.holding else 0.0)
    own = votes.holding_certain and not votes.other_bodies  # who speaks at the own event holds it
    return speaking > votes.holding and speaking >= votes.attending and not own


def _superior(owner: Owner, region: Satker | None) -> str:
    """The body of the region holds an event "se-Jawa Timur" for which no other organiser is named."""
    if region is None or owner.lembaga is None or region == owner.satker:
        return ""
    return region.official_name(owner.lembaga)
