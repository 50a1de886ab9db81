"""One page in, one draft out: the parts put together. Pure; nothing is fetched or stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date

from humas.news.article import squeeze
from humas.news.byline import VIEWS
from humas.news.dates import find_dates
from humas.news.evidence import quote_sentences
from humas.news.kind import OTHER_KIND, find_function, find_kind, find_strategies, mentions_hoax
from humas.news.mode import find_mode, find_place, find_platform
from humas.news.model import Draft, Script
from humas.news.participants import find_participants
from humas.news.role import find_role
from humas.news.sanity import check_sanity
from humas.news.script import read_script
from humas.news.sentences import Sentence, split_sentences
from humas.news.unit import Owner, bodies_for, find_bodies, find_owner, find_region
from humas.news.when import When, core_sentences, find_when
from humas.news.worth import reason_against
from humas.news.years import url_date
from humas.registry import Register

_WITHOUT_MODE = frozenset({"RILIS"})
_WITHOUT_EVENT = frozenset({"opini", "penjelasan", "tanpa_isi", "tanpa_acara", "hari_pemilihan"})
_NOT_EVENTS = _WITHOUT_EVENT | {"salinan"}
_DAYS = frozenset({"tanggal_mulai", "tanggal_selesai"})


@dataclass(slots=True)
class _Sheet:
    """Fields collected on the way, with confidence and words."""

    content: dict[str, object] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, value: object, confidence: float, words: str) -> None:
        """Set a field; confidence and words are kept only for one that says something."""
        self.content[name] = value
        if value not in {None, ""}:
            self.confidence[name] = confidence
            self.words[name] = words


def read_page(
    content: str,
    url: str = "",
    published: date | None = None,
    *,
    register: Register,
    title: str = "",
    today: date | None = None,
    current: bool = False,
) -> Draft:
    """Read one news page into a draft.

    content: HTML or plain text. published: day of publication when known. title: its title when known (plain text).
    today: the day of reading; no event told lies after it (default: the computer's day).
    current: it is read about when it appeared, as a nightly visit does; of years that fit alike the newest is taken.
    What the page does not say stays empty; nothing is invented, and it never raises on any text.
    """
    today = today or date.today()  # noqa: DTZ011  the page's own zone is not known
    return read_text(replace(read_script(content, url, title, published, today), current=current), register, today)


def read_text(script: Script, register: Register, today: date) -> Draft:
    """Read a page whose text is already taken out of its markup."""
    sentences = split_sentences(script.whole)
    owner = find_owner(script, register)
    bodies = bodies_for(owner, find_bodies(script.whole, register))
    mentions = find_dates(script.whole)
    fields = _Sheet()
    _put_owner(fields, owner)
    core = core_sentences(sentences, mentions, (body.begin for body in bodies), script.whole)
    body = owner.lembaga.value if owner.lembaga else ""
    kind, confidence, words = find_kind(sentences, core, body)
    when = find_when(script, sentences, mentions, today, kind)
    role = find_role(
        sentences,
        bodies,
        owner,
        find_region(script.whole, register),
        kind=kind,
    )
    code, reason = reason_against(script, sentences, bodies, owner, role, kind, when, core)
    if not code and kind == OTHER_KIND and role.role == "peserta" and role.acts:
        kind, confidence, words = "RAKOR", 0.4, role.words  # a gathering of units under a name of its own
    _put_when(fields, when, code)
    part = "narasumber" if (kind, role.role) == ("SIARAN", "peserta") else role.role
    fields.put("peran_satker", "" if code in _NOT_EVENTS else part, role.confidence, role.words)
    fields.put("penyelenggara", role.organiser, role.confidence, role.words)
    without_kind = code in _NOT_EVENTS or code == "upacara" or (code and kind == OTHER_KIND)
    fields.put("jenis_kegiatan", "" if without_kind else kind, confidence, words)
    if code not in {*_NOT_EVENTS, "tanpa_tanggal"} or (code == "salinan" and (role.certain or kind != OTHER_KIND)):
        _put_course(fields, script, sentences, kind, core, body)
    _put_hoax(fields, script)
    remarks = tuple(remark for remark in (owner.note, *when.notes) if remark)
    draft = Draft(
        judul=script.title, url=script.url, tayangan=script.tayangan, tanggal_publikasi=script.published or url_date(script.url),
        layak_dihitung=not code, alasan_tidak=reason, kode_alasan=code, catatan=remarks,
        keyakinan=fields.confidence, kata=fields.words, kalimat=quote_sentences(_written(fields), sentences),
        sidik_isi=_digest(script), **fields.content,  # type: ignore[arg-type]
    )  # fmt: skip
    return check_sanity(draft, today)


def _written(fields: _Sheet) -> dict[str, str]:
    """What the page itself writes for each field; a day is quoted as written, not by where its year came from."""
    days = str(fields.content.get("tanggal_tertulis") or "").partition(";")[0]
    return fields.words | {name: days or words for name, words in fields.words.items() if name in _DAYS}


def _digest(script: Script) -> str:
    """The article without what changes by itself, as its count of readers."""
    return hashlib.sha256(squeeze(VIEWS.sub(" ", script.whole)).encode(errors="replace")).hexdigest()[:16]


def _put_owner(fields: _Sheet, owner: Owner) -> None:
    fields.put("lembaga", owner.lembaga.value if owner.lembaga else "", 0.95, owner.words)
    fields.put("kode_satker", owner.satker.code if owner.satker else "", owner.confidence, owner.words)
    name = owner.satker.name if owner.satker else ""
    fields.put("nama_satker", name, owner.confidence, owner.words)


def _put_when(fields: _Sheet, when: When, code: str) -> None:
    if code in _WITHOUT_EVENT:
        when = When()
    fields.put("tanggal_mulai", when.start, when.confidence, when.words)
    fields.put("tanggal_selesai", when.end, when.confidence, when.words)
    fields.content["tanggal_tertulis"] = when.written
    fields.content["asal_tahun"] = when.origin


def _put_hoax(fields: _Sheet, page: Script) -> None:
    hoaks = mentions_hoax(page.whole)
    fields.content["menyebut_hoaks"] = bool(hoaks)
    if hoaks:
        fields.confidence["menyebut_hoaks"], fields.words["menyebut_hoaks"] = 1.0, hoaks


def _put_course(
    fields: _Sheet, page: Script, sentences: list[Sentence], kind: str, core: frozenset[int], body: str
) -> None:
    """How the event went: mode, place, participants, strategies."""
    if kind not in _WITHOUT_MODE:
        fields.put("mode", *find_mode(page.whole))
        broadcast = kind == "SIARAN" and fields.content["mode"] != "daring"
        place = find_place(page.text, [sentences[number].teks for number in sorted(core)], broadcast=broadcast)
        fields.put("tempat", place, 0.7, place)
        platform = find_platform(page.whole) if fields.content["mode"] != "luring" else ""
        fields.put("platform", platform, 0.9, platform)
    fields.content["strategi"] = find_strategies(sentences, kind, body)
    fields.content["fungsi"] = find_function(sentences, kind)
    if participants := find_participants(sentences, core):
        fields.put("jumlah_peserta", participants.count, 0.8, participants.words)
        fields.put("satuan_peserta", participants.unit, 0.8, participants.words)
        fields.put("lingkup_peserta", participants.scope, 0.7, participants.words)
