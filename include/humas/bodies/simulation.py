"""What simulated units of a body write about: its ``simulasi.toml``, and for what that leaves out the file that all share.

Nothing of it reaches a real report: a body with a faulty file goes on, only its simulation does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from humas.bodies.blocks import Block, BodyFault, BodyFile
from humas.bodies.folders import BODIES, DATA
from humas.bodies.model import Body
from humas.errors import OperatorError

OWN_FILE: Final = "simulasi.toml"
SHARED_FILE: Final = "simulasi_bersama.toml"
PLACE_KINDS: Final = ("kantor", "warga", "sekolah", "studio")
FILLED_PLACES: Final = ("topik", "tempat", "sekolah", "mitra", "radio", "satker", "wilayah", "triwulan")
_MOST_PEOPLE: Final = 5000
_HEAVIEST: Final = 100


@dataclass(frozen=True, slots=True)
class Story:
    """An activity that simulated units tell: its kind, the part of the framework it goes under, titles it may carry.

    place: one of `PLACE_KINDS`. participants: fewest and most. targets: values of the contract. weight: how often it is
    told beside others. corrective: whether it answers an issue.
    """

    kind: str
    part: int
    titles: tuple[str, ...]
    place: str = "kantor"
    participants: tuple[int, int] = (15, 60)
    targets: tuple[str, ...] = ("umum",)
    weight: int = 1
    corrective: bool = False


@dataclass(frozen=True, slots=True)
class StoryVoice:
    """What one of the public tells a unit: its kind, its words, the official who deals with it."""

    kind: str
    words: str
    official: str


@dataclass(frozen=True, slots=True)
class SiteStyle:
    """How simulated news sites of a body are built.

    section: folder of articles. lists: paths of its lists, the main one first; their last part is a category when there
    are several. first_page: number of a list's first page. numbered: whether addresses carry the article's number.
    """

    section: str
    lists: tuple[str, ...]
    first_page: int
    numbered: bool


@dataclass(frozen=True, slots=True)
class Simulation:
    """All that simulated units of a body write. events: those that many units attend, of the nation and of a province.

    audience, lesson: who comes to its meetings with the public, and what they are told there, in its news.
    """

    topics: tuple[str, ...]
    news_topics: tuple[str, ...]
    offices: tuple[str, ...]
    partners: tuple[str, ...]
    speakers: tuple[str, ...]
    requested: tuple[str, ...]
    claims: tuple[str, ...]
    issues: tuple[str, ...]
    forwarded_to: tuple[str, ...]
    audience: str
    lesson: str
    activities: tuple[Story, ...]
    national_events: tuple[Story, ...]
    province_events: tuple[Story, ...]
    voices: tuple[StoryVoice, ...]
    site: SiteStyle


@cache
def simulation_of(code: str) -> Simulation:
    """What simulated units of a body write.

    Raises:
        OperatorError: its file, or the shared one, cannot be used.
    """
    try:
        return read_simulation(BODIES[code], DATA)
    except BodyFault as fault:
        raise OperatorError(
            "simulasi_keliru",
            f"Simulasi {BODIES[code].label} tidak dapat dipakai: {fault}.",
            "perbaiki berkas itu di include/humas/bodies/data.",
        ) from fault


def simulation_faults() -> Iterator[BodyFault]:
    """What is wrong in files of the simulation, the first fault of each body."""
    for body in BODIES.values():
        try:
            read_simulation(body, DATA)
        except BodyFault as fault:
            yield fault


def read_simulation(body: Body, data: Path) -> Simulation:
    """What the folder of a body says, and for the rest what the shared file does.

    Raises:
        BodyFault: the first thing in a file that cannot be used.
    """
    own = _content(data / body.code / OWN_FILE, body.code) if (data / body.code / OWN_FILE).exists() else None
    shared = _content(data / SHARED_FILE, "")
    held = _Held(body, own, shared)
    simulation = Simulation(
        topics=held.texts("topik"),
        news_topics=held.texts("topik_berita"),
        offices=held.texts("tempat_kantor"),
        partners=held.texts("mitra"),
        speakers=held.texts("narasumber"),
        requested=held.texts("informasi_diminta"),
        claims=held.texts("klaim"),
        issues=held.texts("isu"),
        forwarded_to=held.texts("diteruskan_ke"),
        audience=held.of("khalayak").text("khalayak"),
        lesson=held.of("isi_sosialisasi").text("isi_sosialisasi"),
        activities=held.stories("kegiatan"),
        national_events=held.stories("acara_nasional"),
        province_events=held.stories("acara_provinsi"),
        voices=tuple(map(_voice, held.of("aspirasi").parts("aspirasi"))),
        site=_site(held.of("situs").needed_part("situs")),
    )
    if own:
        own.close()
    return simulation


@dataclass(frozen=True, slots=True)
class _Held:
    """Whose word holds for each key: the body's own file, else the shared one."""

    body: Body
    own: Block | None
    shared: Block

    def of(self, key: str) -> Block:
        """The file that says it."""
        return self.own if self.own is not None and key in self.own else self.shared

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, filled without fault."""
        return _filled(self.of(key), key, self.of(key).texts(key))

    def stories(self, key: str) -> tuple[Story, ...]:
        """The stories under a heading; of the shared ones those of kinds that the body offers."""
        block = self.of(key)
        stories = [_story(part, self.body, strict=block is self.own) for part in block.parts(key)]
        offered = tuple(story for story in stories if story.kind in self.body.kinds.offered)
        if not offered:
            raise self.shared.fault(key, f'"[[{key}]]" tidak memuat satu jenis pun yang ditawarkan {self.body.label}')
        return offered


def _content(file: Path, code: str) -> Block:
    try:
        return BodyFile(code, file.name, file.read_text(encoding="utf-8")).content()
    except FileNotFoundError:
        raise BodyFault(code, file.name, 0, "berkas ini belum ada") from None
    except UnicodeDecodeError:
        raise BodyFault(code, file.name, 0, "berkas ini bukan teks UTF-8") from None


def _filled(block: Block, key: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    """Texts whose places in braces are known ones, and closed."""
    for text in texts:
        try:
            text.format(**dict.fromkeys(FILLED_PLACES, ""))
        except (ValueError, LookupError, AttributeError):
            known = ", ".join(f"{{{place}}}" for place in FILLED_PLACES)
            raise block.fault(key, f'kurung kurawal pada "{text}" keliru; yang ada: {known}') from None
    return texts


def _story(block: Block, body: Body, *, strict: bool) -> Story:
    kind = block.text("jenis")
    if strict and kind not in body.kinds.offered:
        raise block.fault("jenis", f'jenis "{kind}" tidak ada dalam urutan pada jenis.toml')
    story = Story(
        kind,
        _part_of(body, kind),
        _filled(block, "judul", block.texts("judul")),
        block.one_of("tempat", PLACE_KINDS) if "tempat" in block else "kantor",
        block.span("peserta", 1, _MOST_PEOPLE) if "peserta" in block else (15, 60),
        block.texts("sasaran", ("umum",)),
        block.number_within("bobot", 1, _HEAVIEST) if "bobot" in block else 1,
        "korektif" in block and block.flag("korektif"),
    )
    block.close()
    return story


def _part_of(body: Body, kind: str) -> int:
    """The part of the framework that goes with a kind; of one that the body says nothing of some part, always the same."""
    framework, offered = body.framework, body.kinds.offered
    said = framework.main.get(kind) or framework.usual.get(kind)
    return said[0] if said else (offered.index(kind) if kind in offered else 0) % len(framework.parts) + 1


def _voice(block: Block) -> StoryVoice:
    voice = StoryVoice(block.text("jenis"), block.text("ringkasan"), block.text("diteruskan_kepada"))
    block.close()
    return voice


def _site(block: Block) -> SiteStyle:
    site = SiteStyle(
        block.text("artikel"),
        block.texts("daftar"),
        block.number_within("halaman_pertama", 0, 1),
        block.flag("bernomor"),
    )
    block.close()
    return site
