"""One page in, one draft out: the parts put together. Pure; nothing is fetched or stored."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from humas.berita.dates import find_dates
from humas.berita.kind import JENIS_LAIN, find_function, find_kind, find_strategies, mentions_hoax
from humas.berita.mode import find_mode, find_place, find_platform
from humas.berita.model import Draf, Naskah
from humas.berita.naskah import read_script
from humas.berita.participants import find_participants
from humas.berita.role import find_role
from humas.berita.sentences import Kalimat, split_sentences
from humas.berita.unit import Pemilik, find_bodies, find_owner, find_region
from humas.berita.when import Waktu, find_when
from humas.berita.worth import reason_against
from humas.registry import Register

_TANPA_MODE = frozenset({"RILIS"})
_BUKAN_ACARA = frozenset({"opini", "penjelasan", "salinan"})


@dataclass(slots=True)
class _Lembar:
    """Fields collected on the way, with confidence and words."""

    isi: dict[str, object] = field(default_factory=dict)
    keyakinan: dict[str, float] = field(default_factory=dict)
    kata: dict[str, str] = field(default_factory=dict)

    def put(self, nama: str, nilai: object, keyakinan: float, kata: str) -> None:
        """Set a field; confidence and words are kept only for one that says something."""
        self.isi[nama] = nilai
        if nilai not in {None, ""}:
            self.keyakinan[nama] = keyakinan
            self.kata[nama] = kata


def read_page(
    isi: str,
    url: str = "",
    terbit: date | None = None,
    *,
    register: Register,
    judul: str = "",
    hari_ini: date | None = None,
    terkini: bool = False,
) -> Draf:
    """Read one news page into a draft.

    isi: HTML or plain text. terbit: day of publication when known. judul: its title when known (plain text).
    hari_ini: the day of reading; no event told lies after it (default: the computer's day).
    terkini: it is read about when it appeared, as a nightly visit does; of years that fit alike the newest is taken.
    What the page does not say stays empty; nothing is invented, and it never raises on any text.
    """
    page = replace(read_script(isi, url, judul, terbit), terkini=terkini)
    return read_text(page, register, hari_ini or date.today())  # noqa: DTZ011  the page's own zone is not known


def read_text(naskah: Naskah, register: Register, hari_ini: date) -> Draf:
    """Read a page whose text is already taken out of its markup."""
    sentences = split_sentences(naskah.utuh)
    bodies = find_bodies(naskah.utuh, register)
    owner = find_owner(naskah, register)
    mentions = find_dates(naskah.utuh)
    fields = _Lembar()
    _put_owner(fields, owner)
    kind, confidence, words = find_kind(sentences)
    when = find_when(naskah, sentences, mentions, hari_ini, rilis=kind == "RILIS")
    role = find_role(sentences, bodies, owner, find_region(naskah.utuh, register), siaran=kind == "SIARAN")
    code, reason = reason_against(naskah, sentences, bodies, owner, role, kind, when)
    if not code and kind == JENIS_LAIN and role.peran == "peserta" and role.bertindak:
        kind, confidence, words = "RAKOR", 0.4, role.kata  # a gathering of units under a name of its own
    _put_when(fields, when, code)
    part = "narasumber" if (kind, role.peran) == ("SIARAN", "peserta") else role.peran
    fields.put("peran_satker", "" if code in _BUKAN_ACARA else part, role.keyakinan, role.kata)
    fields.put("penyelenggara", role.penyelenggara, role.keyakinan, role.kata)
    without_kind = code in _BUKAN_ACARA or code == "upacara" or (code and kind == JENIS_LAIN)
    fields.put("jenis_kegiatan", "" if without_kind else kind, confidence, words)
    if code not in {*_BUKAN_ACARA, "tanpa_tanggal"} or (code == "salinan" and (role.tegas or kind != JENIS_LAIN)):
        _put_course(fields, naskah, sentences, kind)
    _put_hoax(fields, naskah)
    remarks = tuple(remark for remark in (owner.catatan, *when.catatan) if remark)
    return Draf(
        judul=naskah.judul, url=naskah.url, tayangan=naskah.tayangan, tanggal_publikasi=naskah.terbit,
        layak_dihitung=not code, alasan_tidak=reason, catatan=remarks,
        keyakinan=fields.keyakinan, kata=fields.kata, **fields.isi,  # type: ignore[arg-type]
    )  # fmt: skip


def _put_owner(fields: _Lembar, owner: Pemilik) -> None:
    fields.put("lembaga", owner.lembaga.value if owner.lembaga else "", 0.95, owner.kata)
    fields.put("kode_satker", owner.satker.kode if owner.satker else "", owner.keyakinan, owner.kata)
    name = owner.satker.nama if owner.satker else ""
    fields.put("nama_satker", name, owner.keyakinan, owner.kata)


def _put_when(fields: _Lembar, when: Waktu, code: str) -> None:
    if code == "penjelasan":
        when = Waktu()
    fields.put("tanggal_mulai", when.mulai, when.keyakinan, when.kata)
    fields.put("tanggal_selesai", when.selesai, when.keyakinan, when.kata)
    fields.isi["tanggal_tertulis"] = when.tertulis
    fields.isi["asal_tahun"] = when.asal


def _put_hoax(fields: _Lembar, page: Naskah) -> None:
    hoaks = mentions_hoax(page.utuh)
    fields.isi["menyebut_hoaks"] = bool(hoaks)
    if hoaks:
        fields.keyakinan["menyebut_hoaks"], fields.kata["menyebut_hoaks"] = 1.0, hoaks


def _put_course(fields: _Lembar, page: Naskah, sentences: list[Kalimat], kind: str) -> None:
    """How the event went: mode, place, participants, strategies."""
    if kind not in _TANPA_MODE:
        fields.put("mode", *find_mode(page.utuh))
        place = find_place(page.teks)
        fields.put("tempat", place, 0.7, place)
        platform = find_platform(page.utuh) if fields.isi["mode"] != "luring" else ""
        fields.put("platform", platform, 0.9, platform)
    fields.isi["strategi"] = find_strategies(sentences, kind)
    fields.isi["fungsi"] = find_function(sentences, kind)
    if participants := find_participants(sentences):
        fields.put("jumlah_peserta", participants.jumlah, 0.8, participants.kata)
        fields.put("satuan_peserta", participants.satuan, 0.8, participants.kata)
        fields.put("lingkup_peserta", participants.lingkup, 0.7, participants.kata)
