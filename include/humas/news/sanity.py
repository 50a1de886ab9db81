"""What a draft must not say before it is offered: crowds no hall holds, events without an end, days that are still to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from humas.news.model import Draft

MOST_PEOPLE, MOST_UNITS = 20_000, 600
LONGEST = timedelta(days=31)
_ZONES = timedelta(days=2)  # a day of publication may be that of another zone, or of the last save
_LATE = timedelta(days=400)
_DOUBTFUL = 0.4


def check_sanity(draft: Draft, today: date) -> Draft:
    """The draft with each value emptied that cannot be, and not offered when its day lies ahead. today: the day of reading."""
    for check in (_participants, _end):
        draft = check(draft)
    for doubt in (_ahead, _day_of_visit, _long_before):
        draft = doubt(draft, today)
    return draft


def _participants(draft: Draft) -> Draft:
    count = draft.jumlah_peserta
    most = MOST_UNITS if draft.satuan_peserta == "satker" else MOST_PEOPLE
    if count is None or 0 < count <= most:
        return draft
    empty = _without(draft, "jumlah_peserta", "satuan_peserta", "lingkup_peserta")
    cleared = replace(empty, jumlah_peserta=None, satuan_peserta="", lingkup_peserta="")
    return _noted(cleared, f"Jumlah peserta {count} {draft.satuan_peserta} tidak masuk akal; dikosongkan.")


def _end(draft: Draft) -> Draft:
    start, end = draft.tanggal_mulai, draft.tanggal_selesai
    if start is None or end is None or start <= end <= start + LONGEST:
        return draft
    cleared = replace(_without(draft, "tanggal_selesai"), tanggal_selesai=None)
    return _noted(cleared, f"Hari selesai {end:%d/%m/%Y} terlalu jauh dari hari mulai; dikosongkan.")


def _ahead(draft: Draft, today: date) -> Draft:
    """What is announced is no activity yet."""
    start, published = draft.tanggal_mulai, draft.tanggal_publikasi
    if start is None or not draft.layak_dihitung:
        return draft
    if start > today:
        return _refused(draft, "belum_terjadi", "Tanggal kegiatan sesudah halaman dibaca; belum terjadi.")
    if published and start > published + _ZONES:
        return _refused(draft, "belum_terjadi", "Tanggal kegiatan sesudah berita terbit; baru rencana.")
    return draft


def _day_of_visit(draft: Draft, today: date) -> Draft:
    """Pages show the day on which they are read; it is the event's only where the article appeared on that day."""
    start = draft.tanggal_mulai
    if start != today or draft.tanggal_publikasi == today:
        return draft
    empty = _without(draft, "tanggal_mulai", "tanggal_selesai")
    cleared = replace(empty, tanggal_mulai=None, tanggal_selesai=None, tanggal_tertulis="", asal_tahun="")
    return _noted(cleared, f"Tanggal {today:%d/%m/%Y} adalah hari halaman dibaca; dikosongkan.")


def _long_before(draft: Draft, today: date) -> Draft:
    """News is seldom more than a year late; then rather its year is wrong."""
    start, published = draft.tanggal_mulai, draft.tanggal_publikasi
    if start is None or published is None or published > today or start + _LATE >= published:
        return draft
    sure = {**draft.keyakinan, "tanggal_mulai": min(_DOUBTFUL, draft.keyakinan.get("tanggal_mulai", _DOUBTFUL))}
    return _noted(replace(draft, keyakinan=sure), f"Berita terbit {published:%d/%m/%Y}; periksa tahun kegiatannya.")


def _refused(draft: Draft, code: str, reason: str) -> Draft:
    return replace(draft, layak_dihitung=False, kode_alasan=code, alasan_tidak=reason)


def _without(draft: Draft, *names: str) -> Draft:
    """The draft without confidence and words of these fields."""
    sure = {name: value for name, value in draft.keyakinan.items() if name not in names}
    words = {name: value for name, value in draft.kata.items() if name not in names}
    quoted = {name: value for name, value in draft.kalimat.items() if name not in names}
    return replace(draft, keyakinan=sure, kata=words, kalimat=quoted)


def _noted(draft: Draft, remark: str) -> Draft:
    return replace(draft, catatan=(*draft.catatan, remark))
