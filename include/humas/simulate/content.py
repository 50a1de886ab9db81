"""Plausible good rows of one unit: what its office did, published, answered and corrected in a quarter.

Rows are dictionaries by column name of the contract with native values (``date``, ``datetime``, ``int``,
lists); ``humas.simulate.document`` writes them the way a unit would. Everything follows from the seed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from math import floor
from random import Random
from statistics import median

from humas.bodies import BODIES, Simulation, Story, simulation_of
from humas.contract.vocabulary import load_vocabulary
from humas.periods import Calendar, Triwulan
from humas.registry.load import embedded_register
from humas.simulate import phrases
from humas.simulate.model import RowValues, UnitFacts

WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
NATIONAL_EVENTS = 16
PROVINCE_EVENTS = 12
_END_GAP = 18
_COMPLETED_LATER = 8
"""Of so many requests one is complete on the working day after it came in."""
_DAY_ATTEMPTS = 40
_OUTLETS = (
    ("website", "berita", 30),
    ("instagram", "infografis", 30),
    ("facebook", "foto", 18),
    ("x", "foto", 8),
    ("youtube", "video", 6),
    ("tiktok", "reels", 8),
)
SITE = "website"
"""The channel of a unit's own site."""
FEWEST_FIGURES = 8
"""With fewer figures on a channel nothing is said to leap there (V51)."""
_LARGEST_LEAP = 9
_FOLLOWERS = {"nasional": (9000, 12000), "provinsi": (1500, 4000), "kota": (400, 1500), "kabupaten": (200, 1200)}
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


_ACCOUNT_LINKS: Mapping[str, str] = {
    "instagram": "https://www.instagram.com/",
    "facebook": "https://www.facebook.com/",
    "x": "https://x.com/",
    "youtube": "https://www.youtube.com/@",
    "tiktok": "https://www.tiktok.com/@",
}
ACCOUNTS = ("website", *_ACCOUNT_LINKS)
"""Platforms of the accounts of a unit that tells of them: all that its publications name."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event many units attend. organiser + day + kind identify it; no two events share all three."""

    organiser: str
    day: date
    pattern: Story
    title: str
    mode: str
    place: str
    platform: str
    participants: int
    unit: str


@dataclass(frozen=True)
class Season:
    """One quarter of one body: its working days and everything random about it, by seed."""

    seed: int
    lembaga: str
    triwulan: Triwulan
    calendar: Calendar

    def rng(self, *key: object) -> Random:
        """A source of chance of its own for ``kunci``, so that no unit's draw moves another's."""
        return Random("/".join(map(str, (self.seed, self.lembaga, self.triwulan.key, *key))))  # noqa: S311 - play

    @cached_property
    def simulation(self) -> Simulation:
        """What units of the body write."""
        return simulation_of(self.lembaga)

    @cached_property
    def working_days(self) -> tuple[date, ...]:
        """Working days of the quarter, in order."""
        count = (self.triwulan.end - self.triwulan.start).days + 1
        days = (self.triwulan.start + timedelta(days=n) for n in range(count))
        return tuple(day for day in days if self.calendar.is_working_day(day))


def slug(text: str) -> str:
    """Lower-case words joined by hyphens."""
    return _NOT_SLUG.sub("-", text.lower()).strip("-")


def shared_events(season: Season, organiser: UnitFacts, region: str) -> tuple[Event, ...]:
    """The events ``organiser`` (the national unit or a province) holds for the units below it."""
    national = organiser.code == "00"
    rng = season.rng("acara", organiser.code)
    patterns = season.simulation.national_events if national else season.simulation.province_events
    days = rng.sample(season.working_days[:-1], NATIONAL_EVENTS if national else PROVINCE_EVENTS)
    topics = list(season.simulation.topics)
    rng.shuffle(topics)
    return tuple(
        _shared_event(rng, season, organiser, region, day, patterns[index % len(patterns)], topics[index % len(topics)])
        for index, day in enumerate(sorted(days))
    )


def _shared_event(
    rng: Random, season: Season, organiser: UnitFacts, region: str, day: date, pattern: Story, topic: str
) -> Event:
    national = organiser.code == "00"
    mode = rng.choices(("daring", "luring", "hibrida"), (7, 2, 2) if national else (4, 5, 2))[0]
    words = {"topik": topic, "satker": organiser.official_name, "wilayah": region}
    return Event(
        organiser.official_name,
        day,
        pattern,
        rng.choice(pattern.titles).format(**words),
        mode,
        "" if mode == "daring" else rng.choice(season.simulation.offices).format(**words),
        "" if mode == "luring" else rng.choice(phrases.PLATFORM).format(**words),
        rng.randint(300, 1400) if national else rng.randint(30, 180),
        "orang",
    )


@dataclass
class _Writer:
    """Writes the rows of one unit; keeps what has been used so that no two rows are the same event.

    basis: how often a publication of this unit is usually seen. hasty: numbers of requests that are answered within days.
    """

    season: Season
    unit: UnitFacts
    rng: Random
    words: Mapping[str, str]
    used: set[tuple[date, str]]
    basis: int
    number: int = 0
    hasty: set[object] = field(default_factory=set)

    def phrase(self, choices: Sequence[str], **extra: str) -> str:
        """One of ``choices`` with its placeholders filled."""
        return self.rng.choice(choices).format(**self.words, **extra)

    def topic(self) -> str:
        """One topic of the body."""
        return self.rng.choice(self.season.simulation.topics)

    def evidence(self, wanted: str) -> str:
        """Address of a news page on the unit's own site; unique in the nation."""
        self.number += 1
        section = self.season.simulation.site.section
        return (
            f"https://{self.unit.host}/{section}/{self.unit.code.replace('.', '')}{self.number:03d}_{slug(wanted)[:48]}"
        )

    def free_day(self, key: str) -> date:
        """A working day on which the unit has nothing of this kind yet, as long as there is one to be found."""
        for _ in range(_DAY_ATTEMPTS):
            day = self.rng.choice(self.season.working_days[:-1])
            if (day, key) not in self.used:
                break
        self.used.add((day, key))
        return day

    def unique_title(self, day: date, wanted: str) -> str:
        """``wanted``, numbered when the unit already has it on this day."""
        number, title = 1, wanted
        while (day, title) in self.used:
            number += 1
            title = f"{wanted} sesi {number}"
        self.used.add((day, title))
        return title


def write_rows(
    season: Season, unit: UnitFacts, count: Mapping[str, int], event: Sequence[Event], *, written_day: bool
) -> dict[str, list[RowValues]]:
    """Good rows of one unit by data set, as many as ``count`` says.

    event: shared events the unit may have attended; those it organises itself come first in its report.
    written_day: whether the unit writes the name of the weekday.
    """
    region = "Jakarta" if unit.code == "00" else unit.name
    words = {"satker": unit.official_name, "wilayah": region, "triwulan": season.triwulan.label}
    rng = season.rng("isi", unit.code)
    writer = _Writer(season, unit, rng, words, set(), rng.randint(*_FOLLOWERS[unit.tier]))
    rows = {
        "kegiatan": _activities(writer, count["kegiatan"], event),
        "publikasi": without_leaps([_publication(writer) for _ in range(count["publikasi"])]),
        "permohonan_info": [_request(writer, number) for number in range(1, count["permohonan_info"] + 1)],
        "isu_hoaks": [_issue(writer, number) for number in range(1, count["isu_hoaks"] + 1)],
    }
    chance = season.rng("isi_keberatan", unit.code)
    against = rows["permohonan_info"][: count["keberatan"]]
    rows["keberatan"] = [_objection(writer, chance, number, request) for number, request in enumerate(against, 1)]
    chance = season.rng("isi_pemberitaan", unit.code)
    rows["pemberitaan"] = [_coverage(writer, chance, number) for number in range(1, count["pemberitaan"] + 1)]
    said = season.rng("isi_aspirasi", unit.code)
    rows["aspirasi"] = [_voice(writer, said, number) for number in range(1, count["aspirasi"] + 1)]
    known = season.rng("isi_akun", unit.code)
    rows["akun"] = [_account(writer, known, number) for number in range(count["akun"])]
    if written_day:
        for row in rows["kegiatan"]:
            day = row["tanggal_mulai"]
            assert isinstance(day, date)  # noqa: S101 - narrows the type of a value made above
            row["hari"] = WEEKDAYS[day.weekday()]
    return rows


def without_leaps(rows: list[RowValues]) -> list[RowValues]:
    """Publications none of which reaches so many more people than others of its channel that anybody would ask (V51)."""
    reached: dict[object, list[int]] = {}
    for row in rows:
        reached.setdefault(row["kanal"], []).append(_count(row["jangkauan"]))
    for row in rows:
        figures = reached[row["kanal"]]
        if len(figures) >= FEWEST_FIGURES:
            row["jangkauan"] = min(_count(row["jangkauan"]), floor(_LARGEST_LEAP * median(figures)))
    return rows


def _count(value: object) -> int:
    assert isinstance(value, int)  # noqa: S101 - narrows the type of a value made above
    return value


def _activities(writer: _Writer, count: int, events: Sequence[Event]) -> list[RowValues]:
    hosted = [event for event in events if event.organiser == writer.unit.official_name][:count]
    others = [event for event in events if event.organiser != writer.unit.official_name]
    attended = writer.rng.sample(others, min(len(others), round((count - len(hosted)) * 0.55)))
    for event in (*hosted, *attended):
        writer.used.add((event.day, event.pattern.kind))
    rows = [_hosted_event(writer, event) for event in hosted]
    rows += [_attended_event(writer, event) for event in attended]
    rows += [_own_event(writer) for _ in range(count - len(rows))]
    return sorted(rows, key=lambda row: (str(row["tanggal_mulai"]), str(row["judul"])))


def _activity(writer: _Writer, title: str, day: date, pattern: Story) -> RowValues:
    rng = writer.rng
    published = day + timedelta(days=rng.random() < 0.25)
    title = writer.unique_title(day, title)
    return {
        "judul": title,
        "tanggal_mulai": day,
        "tanggal_selesai": day,
        "jenis_kegiatan": pattern.kind,
        "strategi_utama": pattern.part,
        "fungsi": "korektif" if pattern.corrective else "konstruktif",
        "sasaran": list(pattern.targets),
        "kanal": ["website", "instagram"] if rng.random() < 0.6 else ["website"],
        "tahapan": "PEMUTAKHIRAN_DATA_PEMILIH" if "data pemilih" in title else "NON_TAHAPAN",
        "tanggal_publikasi": published,
        "url_bukti": [writer.evidence(title)],
    }


def _own_event(writer: _Writer) -> RowValues:
    rng = writer.rng
    told = writer.season.simulation
    pattern = rng.choices(told.activities, [story.weight for story in told.activities])[0]
    day = writer.free_day(pattern.kind)
    school, partner = f"{rng.choice(phrases.SCHOOLS)} {writer.unit.short_name}", writer.phrase(told.partners)
    radio, place = writer.phrase(phrases.RADIO), writer.phrase(phrases.PLACES.get(pattern.place, told.offices))
    title = writer.phrase(
        pattern.titles, topik=writer.topic(), tempat=place, sekolah=school, mitra=partner, radio=radio
    )
    mode = "daring" if pattern.place == "kantor" and rng.random() < 0.2 else "luring"
    row = _activity(writer, title, day, pattern)
    if pattern.kind in {"BIMTEK", "SOSIALISASI"} and rng.random() < 0.2:
        row["tanggal_selesai"] = day + timedelta(days=1)
    views = rng.randint(120, 4200)
    row |= {
        "mode": mode,
        "peran_satker": "penyelenggara",
        "penyelenggara": writer.unit.official_name,
        "jumlah_peserta": rng.randint(*pattern.participants),
        "satuan_peserta": "orang",
        "lingkup_peserta": "seluruh_acara",
        "jangkauan": views * rng.randint(40, 95) // 100,
        "tayangan": views,
        "platform" if mode == "daring" else "tempat": "Zoom" if mode == "daring" else place,
    }
    if rng.random() < 0.25:
        parts = len(BODIES[writer.season.lembaga].framework.parts)
        row["strategi_lain"] = sorted({str(rng.randint(1, parts)), str(rng.randint(1, parts))})
    if pattern.kind in {"RAKOR", "AUDIENSI", "MEDIA_GATHERING"}:
        row["mitra"] = [partner]
    if pattern.kind in {"BIMTEK", "SOSIALISASI", "SIARAN"}:
        row["narasumber"] = [writer.phrase(told.speakers)]
    return row


def _hosted_event(writer: _Writer, event: Event) -> RowValues:
    row = _activity(writer, event.title, event.day, event.pattern) | _place(event)
    return row | {
        "peran_satker": "penyelenggara",
        "penyelenggara": event.organiser,
        "jumlah_peserta": event.participants,
        "satuan_peserta": event.unit,
        "lingkup_peserta": "seluruh_acara",
        "narasumber": [writer.phrase(writer.season.simulation.speakers)],
    }


def _attended_event(writer: _Writer, event: Event) -> RowValues:
    rng = writer.rng
    prefix = rng.choice(phrases.PARTICIPANT_PREFIXES)
    title = prefix + (event.title[0].lower() + event.title[1:] if prefix else event.title)
    row = _activity(writer, title, event.day, event.pattern) | _place(event)
    all_of_it = rng.random() < 0.15
    return row | {
        "peran_satker": "narasumber" if rng.random() < 0.06 else "peserta",
        "penyelenggara": event.organiser,
        "jumlah_peserta": event.participants if all_of_it else rng.randint(1, 6),
        "satuan_peserta": "orang",
        "lingkup_peserta": "seluruh_acara" if all_of_it else "satker_ini",
        "nomor_dokumen": f"{rng.randint(10, 899)}/HM.03-Und/{writer.unit.province_code}/{event.day.year}",
    }


def _place(event: Event) -> RowValues:
    place: RowValues = {"mode": event.mode}
    if event.place:
        place["tempat"] = event.place
    if event.platform:
        place["platform"] = event.platform
    return place


def _publication(writer: _Writer) -> RowValues:
    rng = writer.rng
    channel, kind, _ = rng.choices(_OUTLETS, [weight for *_, weight in _OUTLETS])[0]
    title = writer.phrase(phrases.PUBLIKASI_TITLES, topik=writer.topic())
    views = min(int(writer.basis * rng.lognormvariate(0, 0.5)), 5 * writer.basis)
    likes = views * rng.randint(1, 9) // 100
    return {
        "judul": title,
        "kanal": channel,
        "akun": _account_name(writer, channel),
        "url": _publication_url(writer, channel, title),
        "tanggal_terbit": rng.choice(writer.season.working_days),
        "jenis_konten": kind,
        "jangkauan": views * rng.randint(40, 98) // 100,
        "tayangan": views,
        "suka": likes,
        "komentar": likes // 8,
        "bagikan": likes // 12,
        "aksesibilitas": "ya" if rng.random() < 0.45 else "tidak",
    }


def _publication_url(writer: _Writer, channel: str, title: str) -> str:
    if channel == "website":
        return writer.evidence(title)
    writer.number += 1
    serial = f"{writer.unit.code.replace('.', '')}{writer.number:05d}"
    account = slug(writer.unit.official_name).replace("-", "")
    return {
        "instagram": f"https://www.instagram.com/p/{serial}/",
        "facebook": f"https://www.facebook.com/{account}/posts/{serial}",
        "x": f"https://x.com/{account}/status/{serial}",
        "youtube": f"https://www.youtube.com/watch?v={serial}",
        "tiktok": f"https://www.tiktok.com/@{account}/video/{serial}",
    }[channel]


def _regime(writer: _Writer, day: date) -> str:
    """What the unit writes: the election regime within the stages of its region, when it organises elections."""
    stage = embedded_register().stages.at(writer.unit.code, day)
    return stage.regime if stage and BODIES[writer.season.lembaga].election_regime else "UMUM"


def _request(writer: _Writer, number: int) -> RowValues:
    rng, calendar = writer.rng, writer.season.calendar
    received = rng.choice(writer.season.working_days[:-_END_GAP])
    name, regime = f"{number:03d}/PPID/{writer.unit.code}/{received.year}", _regime(writer, received)
    if rng.random() < 0.1 or regime == "PEMILU":
        writer.hasty.add(name)
    answered = calendar.add_workdays(received, rng.randint(1, 3 if name in writer.hasty else 9))
    row: RowValues = {
        "no_registrasi": name,
        "tanggal_terima": received,
        "kanal_permohonan": rng.choice(("e_ppid", "e_ppid", "langsung", "surel", "surat", "whatsapp")),
        "jenis_pemohon": rng.choice(("perorangan", "perorangan", "kelompok", "badan_hukum")),
        "tujuan": rng.choice(phrases.PERMOHONAN_PURPOSES),
        "informasi_diminta": rng.choice(writer.season.simulation.requested),
        "rezim": regime,
        "tanggal_lengkap": calendar.add_workdays(received, 1) if number % _COMPLETED_LATER == 0 else received,
        "tanggal_tanggapan": answered,
        "putusan": rng.choices(("dikabulkan_penuh", "dikabulkan_sebagian", "ditolak_dikecualikan"), (80, 14, 6))[0],
        "biaya_rp": 0,
    }
    if row["putusan"] == "ditolak_dikecualikan":
        row |= {"alasan_penolakan": "dikecualikan", "dasar_penolakan": rng.choice(phrases.REFUSAL_GROUNDS)}
    if name not in writer.hasty and rng.random() < 0.08:
        row |= {
            "tanggal_perpanjangan": calendar.add_workdays(received, 9),
            "alasan_perpanjangan": rng.choice(phrases.EXTENSION_REASONS),
            "tanggal_tanggapan": calendar.add_workdays(received, rng.randint(11, 15)),
        }
    return row


def _objection(writer: _Writer, rng: Random, number: int, request: RowValues) -> RowValues:
    """An objection to the answer of a request, within the quarter; one that cannot be answered within it stays open."""
    calendar, last = writer.season.calendar, writer.season.working_days[-1]
    answered = request["tanggal_tanggapan"]
    assert isinstance(answered, date)  # noqa: S101 - narrows the type of a value made above
    raised = min(calendar.add_workdays(answered, rng.randint(1, 8)), last)
    regime = _regime(writer, raised)
    hasty = request["no_registrasi"] in writer.hasty or regime == "PEMILU"
    decided = calendar.add_workdays(raised, rng.randint(1, 3 if hasty else 20))
    reasons = load_vocabulary()["alasan_keberatan"].value
    row: RowValues = {
        "id_keberatan": f"{number:03d}/KEB/{writer.unit.code}/{raised.year}",
        "id_permohonan": request["no_registrasi"],
        "tanggal_keberatan": raised,
        "alasan": rng.choice(reasons),
        "rezim": regime,
        "hasil": "dalam_proses",
        "sengketa": "tidak",
    }
    if decided > last:
        return row
    row |= {
        "tanggal_tanggapan": decided,
        "hasil": rng.choices(("dikabulkan_seluruhnya", "dikabulkan_sebagian", "ditolak"), (5, 3, 2))[0],
    }
    disputed = calendar.add_workdays(decided, rng.randint(1, 14))
    if row["hasil"] == "ditolak" and disputed <= last:
        row |= {"sengketa": "ya", "tanggal_sengketa": disputed, "hasil_sengketa": "proses"}
    return row


def _coverage(writer: _Writer, rng: Random, number: int) -> RowValues:
    """What a medium wrote about the unit; every third item was printed or on the air and has no link."""
    days, last = writer.season.working_days[:-_END_GAP], writer.season.working_days[-1]
    kind, outlet, host = rng.choice(phrases.OUTLETS_ON_AIR if number % 3 == 0 else phrases.OUTLETS_ON_LINE)
    tone, topic = (
        rng.choices(("positif", "netral", "negatif"), (5, 4, 2))[0],
        rng.choice(writer.season.simulation.issues),
    )
    day = rng.choice(days)
    row: RowValues = {
        "tanggal_berita": day,
        "media": outlet,
        "jenis_media": kind,
        "judul_berita": rng.choice(phrases.COVERAGE_TITLES[tone]).format(
            satker=writer.unit.official_name, topik=topic, nomor=number
        ),
        "nada": tone,
        "isu": topic,
        "tanggapan": "tidak_perlu",
    }
    if host:
        row["url_berita"] = f"https://{host}/{slug(topic)}-{writer.unit.code.replace('.', '')}{number:02d}"
    if tone == "negatif":
        row |= {
            "tanggapan": rng.choice(("hak_jawab", "klarifikasi", "rilis")),
            "tanggal_tanggapan": min(day + timedelta(days=rng.randint(0, 5)), last),
        }
    return row


def _voice(writer: _Writer, rng: Random, number: int) -> RowValues:
    """What one of the public told the unit; what cannot be answered within the quarter is still in hand."""
    season = writer.season
    day = rng.choice(season.working_days[5:])
    voice = rng.choice(season.simulation.voices)
    told = season.calendar.add_workdays(day, rng.randint(1, 12))
    row: RowValues = {
        "nomor_aspirasi": f"{number:03d}/ASP/{writer.unit.code}/{day.year}",
        "tanggal_disampaikan": day,
        "jenis_aspirasi": voice.kind,
        "saluran": rng.choice(load_vocabulary()["saluran_aspirasi"].value),
        "ringkasan": voice.words,
        "diteruskan_kepada": voice.official,
        "tindak_lanjut": rng.choice(("diproses", "belum")),
    }
    if told > season.working_days[-1]:
        return row
    standing = rng.choices(("selesai", "diteruskan", "bukan_kewenangan"), (7, 2, 1))[0]
    return row | {"tindak_lanjut": standing, "tanggal_diberi_tahu": told}


def _account_name(writer: _Writer, channel: str) -> str:
    return writer.unit.host if channel == "website" else f"@{slug(writer.unit.official_name).replace('-', '')}"


def _account(writer: _Writer, rng: Random, number: int) -> RowValues:
    """An official account at the quarter's end: one in use has a post of the quarter, one out of use an older one.

    number: from 0 on; beyond one account a platform a unit has further ones, whose names end with a number.
    """
    further = number - len(ACCOUNTS)
    platform = ACCOUNTS[number] if further < 0 else ACCOUNTS[1 + further % len(_ACCOUNT_LINKS)]
    days, name = writer.season.working_days, _account_name(writer, platform)
    name += "" if further < 0 else str(further // len(_ACCOUNT_LINKS) + 2)
    standing = rng.choices(("aktif", "tidak_aktif", "hilang"), (16, 3, 1))[0]
    last = rng.choice(days[-30:]) if standing == "aktif" else days[0] - timedelta(days=rng.randint(1, 200))
    row: RowValues = {
        "platform": platform,
        "nama_akun": name,
        "tautan": f"https://{name}/" if platform == "website" else _ACCOUNT_LINKS[platform] + name.removeprefix("@"),
        "status": standing,
        "tanggal_data": days[-1],
    }
    if standing != "hilang":
        row["unggahan_terakhir"] = last
    if platform != "website":
        row["pengikut"] = rng.randint(90, 24_000)
    return row


def _issue(writer: _Writer, number: int) -> RowValues:
    rng = writer.rng
    day = rng.choice(writer.season.working_days[:-5])
    found = datetime.combine(day, time(rng.randint(7, 20), rng.randrange(0, 60, 5)))
    title = writer.phrase(writer.season.simulation.claims)
    items = rng.randint(1, 14)
    taken_down = rng.randint(0, items)
    return {
        "id_isu": f"ISU-{day.year}-{number:02d}",
        "judul_klaim": title,
        "narasi": f"{title}, disertai ajakan untuk meneruskan pesan.",
        "tanggal_temuan": found,
        "sumber_temuan": rng.choice(("patroli_internal", "patroli_internal", "aduan_masyarakat", "media")),
        "klasifikasi": rng.choice(("konten_menyesatkan", "konten_palsu", "konten_tiruan", "konteks_salah")),
        "terkait_tahapan": "NON_TAHAPAN",
        "fakta": writer.phrase(phrases.FACTS),
        "rujukan": [f"https://{writer.unit.host}/"],
        "platform": rng.choice(("facebook", "whatsapp", "instagram", "tiktok", "x")),
        "jumlah_konten": items,
        "jumlah_diturunkan": taken_down,
        "jumlah_diproses": rng.randint(0, items - taken_down),
        "status": "diklarifikasi",
        "tanggal_klarifikasi": found + timedelta(minutes=rng.randrange(45, 3600, 5)),
        "kanal_klarifikasi": ["website", "instagram"],
        "url_klarifikasi": writer.evidence(title),
        "diteruskan_ke": [rng.choice(writer.season.simulation.forwarded_to)],
    }
