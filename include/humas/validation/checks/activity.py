"""Rules on activities."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from humas.bodies import BODIES
from humas.contract.vocabulary import load_vocabulary
from humas.periods import format_number, long_date
from humas.validation.checks.base import (
    Check,
    Knowledge,
    Mask,
    OffendingRow,
    equals,
    filled,
    holding,
    matching,
    per_value,
    working_days,
)
from humas.validation.checks.identity import ACEH

WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
LONGEST_DURATION = 31
LATEST_PUBLICATION = 3
MOST_PARTICIPANTS = {"luring": 5_000, "daring": 100_000, "hibrida": 100_000}
PERSONAL_STORAGE = frozenset([
    "drive.google.com",
    "docs.google.com",
    "photos.google.com",
    "photos.app.goo.gl",
    "dropbox.com",
    "www.dropbox.com",
    "1drv.ms",
    "onedrive.live.com",
    "mega.nz",
    "icloud.com",
    "mediafire.com",
    "www.mediafire.com",
    "terabox.com",
    "we.tl",
])
SHORT_LINKS = frozenset([
    "bit.ly",
    "s.id",
    "tinyurl.com",
    "goo.gl",
    "t.co",
    "cutt.ly",
    "rebrand.ly",
    "shorturl.at",
    "linktr.ee",
    "lnk.bio",
])
_DOUBTFUL_HOST = re.compile(
    r'"https?://(?:'
    + "|".join(map(re.escape, sorted(PERSONAL_STORAGE | SHORT_LINKS)))
    + r'|\d{1,3}(?:\.\d{1,3}){3})(?=[/?#:"])',
    re.IGNORECASE,
)
_TEMPLATE_MARKS = ("tes", "coba", "contoh", "xxx", "asdf", "qwerty", "lorem", "judul", "nama keg", "isi ", "dummy")
_TEMPLATE = re.compile(
    r"^\W*(?:tes|test|testing|coba|contoh|x{3,}|asdf\w*|qwerty\w*)(?:[\W\d_]|$)"
    r"|\b(?:lorem ipsum|judul kegiatan|nama kegiatan|isi (?:judul|di sini)|dummy)\b"
)
_SECTION_MARKS = ("opini", "artikel", "esai", "repost", "kliping", "dalam berita", "seo")
_SECTION = re.compile(
    r"^\W*(?:opini|artikel|kolom opini|esai|repost|kliping|kpu dalam berita|bawaslu dalam berita|seo)\s*[:\-–|\]]",
    re.IGNORECASE,
)
_HOAKS = re.compile(r"\bho(?:aks|ax)\b|\bdisinformasi\b", re.IGNORECASE)
_TRAINING = re.compile(
    r"\b(?:tangkal|cegah|lawan|anti|workshop|bimtek|seminar|sosialisasi|pelatihan|lokakarya|webinar|diskusi|literasi|fgd)\b",
    re.IGNORECASE,
)
_KIP = re.compile(r"\bKIP\b")
_CLEAR_KIP = re.compile(r"aceh|komisi informasi|komisi independen|keterbukaan informasi", re.IGNORECASE)


def repeated_key(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V01, V34, V39, K18: a later row with the key of an earlier one of the same submission."""
    key = frame["kunci"]
    repeated = pd.DataFrame({"kiriman": frame["kiriman"], "kunci": key}).duplicated(keep="first").to_numpy()
    return repeated & filled(key)


def ends_before_start(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V07: ends before it starts: two statements contradict each other, and nobody can tell when it was."""
    return (frame["tanggal_selesai"] < frame["tanggal_mulai"]).to_numpy()


def too_long(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K65: lasts longer than 31 days, more likely a slip in the end than an activity."""
    return ((frame["tanggal_selesai"] - frame["tanggal_mulai"]).dt.days >= LONGEST_DURATION).to_numpy()


def weekday_differs(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V10: the weekday written is not that of the date."""
    numbers = frame["hari"].map({name: float(number) for number, name in enumerate(WEEKDAYS)})
    differing = numbers != frame["tanggal_mulai"].dt.day_of_week
    return np.asarray(differing & numbers.notna() & frame["tanggal_mulai"].notna(), bool)


def year_inferred(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V11: the year was not written but inferred."""
    return filled(frame["tahun_tersirat"])


def placeholder_title(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V12: the title is a template's or a trial's."""
    return per_value(frame["judul"], _placeholder)


def _placeholder(title: str) -> bool:
    """Plain words first: the patterns alone would cost more than all other rules."""
    lower = title.casefold()
    if not title[:1].isalnum() and not any(map(str.isalnum, title)):
        return True
    return any(word in lower for word in _TEMPLATE_MARKS) and _TEMPLATE.search(lower) is not None


def place_or_platform_missing(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V15: held in person without a place, or on line without a platform."""
    in_person = equals(frame["mode"], "luring", "hibrida") & ~filled(frame["tempat"])
    return in_person | (equals(frame["mode"], "daring") & ~filled(frame["platform"]))


def strategy_unlikely(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V17: the main strategy does not go with the kind of activity; a number that is no strategy is V16's business."""
    wrong = np.zeros(len(frame), bool)
    for body in BODIES.values():
        own = (
            equals(frame["lembaga"], body.code)
            & frame["strategi_utama"].between(1, len(body.framework.parts)).to_numpy()
        )
        for kind, usual in body.framework.usual.items():
            wrong |= own & equals(frame["jenis_kegiatan"], kind) & ~frame["strategi_utama"].isin(usual).to_numpy()
    return np.asarray(wrong, bool)


def participants_without_unit(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V19: a number of participants without its unit or its scope."""
    incomplete = ~filled(frame["satuan_peserta"]) | ~filled(frame["lingkup_peserta"])
    return filled(frame["jumlah_peserta"]) & incomplete


def participants_implausible(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V20: more participants than people should pass unseen."""
    limit = frame["mode"].map(MOST_PARTICIPANTS).astype("float64")
    return (frame["jumlah_peserta"] > limit).to_numpy()


def organiser_missing(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V22: the unit took part, but whose event it was is not said."""
    return equals(frame["peran_satker"], "peserta", "narasumber") & ~filled(frame["penyelenggara"])


def evidence_missing(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V23: no evidence."""
    return ~filled(frame["url_bukti"])


def evidence_host_doubtful(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V24: evidence on private storage, behind a short link, or at a bare number."""
    return matching(frame["url_bukti"], _DOUBTFUL_HOST)


def evidence_of_another_unit(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V25: the same evidence in the reports of two units; the organiser's own row is left alone.

    A row that names another unit than its sender is held back (K19): it is no use of that evidence.
    """
    own = (frame["kode_satker"] == frame["diminta_kode"]).to_numpy()
    users: dict[str, str] = {}
    shared: set[str] = set()
    for text, satker in zip(frame["url_bukti"][own], frame["diminta_kode"][own], strict=True):
        for address in links(text):
            if users.setdefault(address, satker) != satker:
                shared.add(address)
    if not shared:
        return np.zeros(len(frame), bool)
    used = np.fromiter((not shared.isdisjoint(links(text)) for text in frame["url_bukti"]), bool, len(frame))
    return np.asarray(own & used & ~equals(frame["peran_satker"], "penyelenggara"), bool)


def links(text: Any) -> list[str]:
    """The addresses of a cell: a JSON list, most often of one."""
    if not isinstance(text, str):
        return []
    return [text[2:-2]] if '", "' not in text and "\\" not in text else list(json.loads(text))


def opinion_title(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V26: the title carries the mark of a section that holds no activities."""
    return holding(frame["judul"], _SECTION_MARKS, _SECTION)


def publication_off(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V27: published before it began, or more than 3 working days after it ended."""
    published = frame["tanggal_publikasi"]
    gap = working_days(knowledge.calendar, frame["tanggal_selesai"].fillna(frame["tanggal_mulai"]), published)
    return (published < frame["tanggal_mulai"]).to_numpy() | (gap > LATEST_PUBLICATION)


def kip_ambiguous(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V30: an organiser called KIP outside Aceh may be one of three bodies."""
    kip = per_value(frame["penyelenggara"], lambda name: bool(_KIP.search(name)) and not _CLEAR_KIP.search(name))
    return kip & ~frame["kode_satker"].str.startswith(ACEH).fillna(False).to_numpy(dtype=bool)


def hoax_word_only(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V38: called a clarification though the title tells of training against hoaxes."""
    hit = equals(frame["jenis_kegiatan"], "KLARIFIKASI_HOAKS").copy()
    hit[hit] = per_value(
        frame["judul"][hit], lambda title: bool(_HOAKS.search(title)) and _TRAINING.search(title) is not None
    )
    return hit


def _day_of(row: OffendingRow) -> str:
    return WEEKDAYS[row.value("tanggal_mulai").day_of_week].capitalize()


def _origin_of_year(row: OffendingRow) -> str:
    return load_vocabulary()["tahun_tersirat"].label(row.value("tahun_tersirat")).lower()


def _v07(row: OffendingRow) -> str:
    return f"selesai {row.day('tanggal_selesai')} sebelum mulai {row.day('tanggal_mulai')}."


def _k65(row: OffendingRow) -> str:
    duration = (row.value("tanggal_selesai") - row.value("tanggal_mulai")).days
    return f"{row.day('tanggal_mulai')} sampai {row.day('tanggal_selesai')} lamanya {duration + 1} hari, lebih dari {LONGEST_DURATION}."


def _v15(row: OffendingRow) -> str:
    missing = "platform" if row.value("mode") == "daring" else "tempat"
    return f"kegiatan {row.value('mode')} tetapi {missing} kosong."


def _v17(row: OffendingRow) -> str:
    kind = str(row.value("jenis_kegiatan"))
    framework = BODIES[str(row.value("lembaga"))].framework
    usual = " atau ".join(map(str, framework.usual[kind]))
    label = load_vocabulary()["jenis_kegiatan"].label(kind)
    return f"{framework.noun} {row.value('strategi_utama'):.0f} tidak lazim untuk {label}; biasanya {usual}."


def _v19(row: OffendingRow) -> str:
    empty = [
        word
        for column, word in (("satuan_peserta", "satuan"), ("lingkup_peserta", "lingkup"))
        if not isinstance(row.value(column), str)
    ]
    return f"{row.original('jumlah_peserta')} peserta tanpa {' dan '.join(empty)}."


def _v20(row: OffendingRow) -> str:
    limit = MOST_PARTICIPANTS[row.value("mode")]
    return f"{format_number(row.value('jumlah_peserta'))} peserta {row.value('mode')}, lebih dari {format_number(limit)}; angka tetap dihitung."


def _v24(row: OffendingRow) -> str:
    match = _DOUBTFUL_HOST.search(row.value("url_bukti"))
    host = urlsplit(match.group()[1:]).hostname if match else ""
    return f"bukti pada {host}, yang belum tentu dapat dibuka orang lain."


def _v27(row: OffendingRow) -> str:
    published, start = row.value("tanggal_publikasi"), row.value("tanggal_mulai")
    if published < start:
        return f"terbit {long_date(published.date())}, sebelum kegiatan mulai {long_date(start.date())}."
    return f"terbit {long_date(published.date())}, lebih dari {LATEST_PUBLICATION} hari kerja sesudah kegiatan."


def _repeated(row: OffendingRow) -> str:
    return f"judul dan tanggal sama dengan baris {row.first()}, tetapi isinya berbeda."


_rule = partial(Check, datasets=("kegiatan",))
CHECKS = (
    _rule("V01", "activity_told_once", ("judul", "kiriman", "kunci"), repeated_key, _repeated),
    _rule("V07", "end_not_before_start", ("tanggal_selesai", "tanggal_mulai"), ends_before_start, _v07),
    _rule("K65", "activity_not_too_long", ("tanggal_selesai", "tanggal_mulai"), too_long, _k65,
          leaves_out=("tanggal_selesai",)),
    _rule(
        "V10", "weekday_to_match_date", ("hari", "tanggal_mulai"), weekday_differs,
        lambda row: f"{row.day('tanggal_mulai')} adalah {_day_of(row)}, tertulis {row.original('hari')}; angka tetap dihitung.",
    ),
    _rule(
        "V11", "year_to_be_written", ("tahun_tersirat", "judul"), year_inferred,
        lambda row: f"tahun tidak tertulis; disimpulkan dari {_origin_of_year(row)}.",
    ),
    _rule(
        "V12", "title_to_be_real", ("judul",), placeholder_title,
        lambda row: f"{row.original('judul')} tampaknya isian templat atau percobaan.",
    ),
    _rule("V15", "place_or_platform", ("mode", "tempat", "platform"), place_or_platform_missing, _v15),
    _rule("V17", "strategy_to_fit_kind", ("strategi_utama", "jenis_kegiatan", "lembaga"), strategy_unlikely, _v17),
    _rule(
        "V19", "participants_with_unit", ("jumlah_peserta", "satuan_peserta", "lingkup_peserta"),
        participants_without_unit, _v19,
    ),
    _rule("V20", "participants_plausible", ("jumlah_peserta", "mode"), participants_implausible, _v20),
    _rule(
        "V22", "organiser_named", ("penyelenggara", "peran_satker"), organiser_missing,
        lambda row: f"satker menjadi {row.value('peran_satker')}, tetapi penyelenggara kosong.",
    ),
    _rule(
        "V23", "evidence_given", ("url_bukti",), evidence_missing, lambda row: "kegiatan ini belum berbukti."
    ),
    _rule("V24", "evidence_host_public", ("url_bukti",), evidence_host_doubtful, _v24),
    _rule(
        "V25", "evidence_of_own", ("url_bukti", "peran_satker", "kode_satker", "diminta_kode"), evidence_of_another_unit,
        lambda row: "tautan bukti ini dipakai juga oleh satker lain.",
    ),
    _rule(
        "V26", "activity_not_opinion", ("judul",), opinion_title,
        lambda row: f"{row.original('judul')} tampaknya opini atau berita yang disalin, bukan kegiatan.",
    ),
    _rule(
        "V27", "publication_in_time", ("tanggal_publikasi", "tanggal_mulai", "tanggal_selesai"), publication_off, _v27
    ),
    _rule(
        "V30", "kip_spelled_out", ("penyelenggara", "kode_satker"), kip_ambiguous,
        lambda row: f"KIP pada {row.original('penyelenggara')} dapat berarti tiga lembaga.",
    ),
    _rule(
        "V38", "hoax_clarification_real", ("jenis_kegiatan", "judul"), hoax_word_only,
        lambda row: f"{row.original('judul')} tampaknya pelatihan atau sosialisasi, bukan klarifikasi.",
    ),
)  # fmt: skip
