"""Reads the folders of bodies below ``bodies/data``: five files each, and some that may be absent; ``BACA_SAYA.md`` beside them says what each key means.

A folder that cannot be used is left out and told, so that one body's slip of the pen never stops another.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from humas.bodies.blocks import Block, BodyFault, BodyFile
from humas.bodies.dated import read_validity, refuse_gaps
from humas.bodies.kinds import read_kinds, refuse_unlike, shared_kinds
from humas.bodies.laws import read_laws, shared_laws
from humas.bodies.model import (
    DATA_SETS,
    TIERS,
    AcehName,
    Body,
    Demand,
    Framework,
    FrameworkPart,
    Headquarters,
    NewsSites,
    NewsWords,
    OwnColumn,
    ReportTerms,
    StageList,
    Words,
)
from humas.bodies.route import read_approvals
from humas.bodies.texts import filled
from humas.bodies.units import UNITS, read_units
from humas.errors import OperatorError
from humas.settings import DeadlineRule

DATA: Final = Path(__file__).with_name("data")
IDENTITY, FRAMEWORK, REPORT, LAWS = "lembaga.toml", "kerangka.toml", "laporan.toml", "dasar_hukum.csv"
KINDS, COLUMNS = "jenis.toml", "isian.toml"
SCOPES: Final = ("satker", "provinsi", "nasional")
_CODE = re.compile(r"[a-z]{2,16}")  # a report's number and a DAG's name hold it
_SCHEDULE_FIELDS = 5
_MOST_DAYS = 120  # a report due later would be due after the next quarter's
_MOST_PARTS = 9  # a part is written as one digit
_DEMANDS = ("diminta", "boleh")


def read_folder(folder: Path) -> tuple[int, Body]:
    """A body and its place in the order of bodies.

    Raises:
        BodyFault: the first thing in the folder that cannot be used.
    """
    code = folder.name
    if not _CODE.fullmatch(code):
        raise BodyFault(code, "", 0, "nama folder harus kode lembaga: 2 sampai 16 huruf kecil a-z")
    identity = _source(folder, IDENTITY).content()
    order = identity.number("urutan")
    aceh, headquarters, sites, news = (identity.part(key) for key in ("aceh", "pusat", "situs", "berita"))
    words, data_sets, stages = (identity.part(key) for key in ("sebutan", "kumpulan_data", "tahapan"))
    long_name, tiers = identity.text("nama"), _tiers(identity)
    kinds = read_kinds(_source(folder, KINDS), shared_kinds().words)
    columns = tuple(_columns(folder))
    body = Body(
        code=code,
        label=identity.text("label"),
        long_name=long_name,
        framework=_framework(_source(folder, FRAMEWORK).content(), kinds.offered),
        kinds=kinds,
        report=_report(_source(folder, REPORT).content(), tiers),
        laws=tuple(read_laws(_source(folder, LAWS), shared_laws())),
        words=_words(words, code, long_name),
        aceh=_aceh(aceh) if aceh else None,
        headquarters=_headquarters(headquarters) if headquarters else None,
        sites=_sites(sites) if sites else None,
        news=_news(news) if news else NewsWords(),
        data_sets=_data_sets(data_sets) if data_sets else {},
        tiers=tiers,
        columns=dict(columns),
        columns_in_time=columns,
        deadlines=tuple(_deadlines(identity.parts("tenggat"))) if "tenggat" in identity else (),
        election_regime="rezim_pemilu" in identity and identity.flag("rezim_pemilu"),
        stages=_stages(stages) if stages else None,
        units=read_units(_source(folder, UNITS)) if (folder / UNITS).exists() else {},
    )
    identity.close()
    return order, body


def read_folders(data: Path) -> tuple[dict[str, Body], tuple[BodyFault, ...]]:
    """The usable bodies below a folder by code, in their order, and what is wrong with the others."""
    read, faults = list[tuple[int, Body]](), list[BodyFault]()
    for folder in sorted(path for path in data.iterdir() if path.is_dir() and not path.name.startswith(("_", "."))):
        try:
            read.append(read_folder(folder))
        except BodyFault as fault:
            faults.append(fault)
    bodies = dict[str, Body]()
    for _, body in sorted(read, key=lambda one: (one[0], one[1].code)):
        try:
            _refuse_likeness(body, bodies, data / body.code)
        except BodyFault as fault:
            faults.append(fault)
        else:
            bodies[body.code] = body
    return bodies, tuple(faults)


def _refuse_likeness(body: Body, others: Mapping[str, Body], folder: Path) -> None:
    """Two bodies with one label could not be told apart, nor two names of one kind of activity."""
    if same := next((code for code, one in others.items() if one.label.casefold() == body.label.casefold()), ""):
        raise BodyFault(body.code, IDENTITY, 0, f'label "{body.label}" sudah dipakai {same}')
    refuse_unlike(body.kinds, (one.kinds for one in others.values()), _source(folder, KINDS))


def data_files() -> list[Path]:
    """Every data file of every body, in a fixed order."""
    return sorted(path for path in DATA.rglob("*") if path.is_file())


def _source(folder: Path, name: str) -> BodyFile:
    try:
        return BodyFile(folder.name, name, (folder / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BodyFault(folder.name, name, 0, "berkas ini belum ada") from None
    except UnicodeDecodeError:
        raise BodyFault(folder.name, name, 0, "berkas ini bukan teks UTF-8") from None


def _tiers(block: Block) -> tuple[str, ...]:
    """The tiers in which a body has units, in their order; all where it says nothing."""
    tiers = block.texts("tingkat") if "tingkat" in block else TIERS
    if unknown := next((tier for tier in tiers if tier not in TIERS), ""):
        raise block.fault("tingkat", f'tingkat "{unknown}" tidak dikenal; yang ada: {", ".join(TIERS)}')
    return tuple(tier for tier in TIERS if tier in tiers)


def _framework(block: Block, kinds: Collection[str]) -> Framework:
    status = block.text("status")
    if status not in {"ditetapkan", "asumsi"}:
        raise block.fault("status", 'status harus "ditetapkan" atau "asumsi"')
    parts = block.parts("butir")
    usual, main = (block.part(key) for key in ("lazim", "utama"))
    history = tuple(_framework_parts(parts))
    last = {part.value: part for part in history}
    framework = Framework(
        block.text("judul"),
        status == "ditetapkan",
        block.text("dasar"),
        tuple(last[value] for value in sorted(last)),
        usual=_numbers_by_kind(usual, len(last), kinds),
        main=_numbers_by_kind(main, len(last), kinds),
        history=history,
    )
    block.close()
    return framework


def _numbers_by_kind(block: Block | None, largest: int, kinds: Collection[str]) -> dict[str, tuple[int, ...]]:
    """Numbers of parts by kinds that the body offers."""
    numbers = block.number_lists(largest) if block else {}
    if block and (unknown := next((kind for kind in numbers if kind not in kinds), "")):
        raise block.fault(unknown, f'jenis "{unknown}" tidak ada dalam urutan pada {KINDS}')
    return numbers


def _framework_parts(blocks: Sequence[Block]) -> Iterator[FrameworkPart]:
    """The parts in time, the earliest first; a block that says another one's number calls it anew from a day on."""
    read, largest = list[tuple[str, Block, FrameworkPart]](), 0
    for block in blocks:
        if largest == _MOST_PARTS and "nomor" not in block:
            raise block.fault("", f"paling banyak {_MOST_PARTS} nomor, karena ditulis dengan satu angka")
        number = block.number_within("nomor", 1, largest) if "nomor" in block else largest + 1
        largest = max(largest, number)
        read.append((str(number), block, _framework_part(str(number), block)))
    refuse_gaps((value, block, part.validity) for value, block, part in read)
    yield from sorted((part for _, _, part in read), key=lambda part: (part.validity.begin, part.value))


def _framework_part(value: str, block: Block) -> FrameworkPart:
    part = FrameworkPart(
        value,
        block.text("label"),
        block.texts("sinonim", ()),
        block.texts("mirip", ()),
        block.text("topik", ""),
        block.pattern("berita", re.IGNORECASE) if "berita" in block else None,
        read_validity(block),
    )
    block.close()
    return part


def _report(block: Block, tiers: Collection[str]) -> ReportTerms:
    """The report's terms; signer and letterhead for each tier that the body has, and for no other."""
    recipients, signers, letterheads = (block.needed_part(key) for key in ("kepada", "penandatangan", "kop"))
    approvals = block.part("alur")
    terms = ReportTerms(
        block.text("tujuan"),
        {scope: recipients.text(scope) for scope in SCOPES},
        {tier: filled(signers, tier, (signers.text(tier),))[0] for tier in tiers},
        {tier: filled(letterheads, tier, letterheads.texts(tier)) for tier in tiers},
        read_approvals(approvals, tiers) if approvals else (),
    )
    for tier in tiers:
        if len(terms.letterheads[tier]) != 2:
            raise letterheads.fault(tier, "kop harus dua baris")
    for part in (signers, letterheads):
        if (surplus := part.rest()) in TIERS:
            raise part.fault(surplus, f'lembaga ini tidak bersatker pada tingkat "{surplus}" menurut {IDENTITY}')
    for part in (block, recipients, signers, letterheads):
        part.close()
    return terms


def _words(block: Block | None, code: str, long_name: str) -> Words:
    own = (code,)
    if block is None:
        return Words(own, own, own, own, own, (), own, (), own, (long_name,))
    words = Words(
        file=block.texts("berkas", own),
        national_in_file=block.texts("pusat_di_berkas", own),
        after_code=block.texts("sesudah_kode", own),
        unit=block.texts("nama_satker", own),
        national=block.texts("pusat", own),
        channel=block.texts("saluran", ()),
        heading=block.texts("judul", own),
        instead_of_kind=block.texts("pengganti_jenis", ()),
        organiser=block.texts("penyelenggara", own),
        cell=block.texts("isian", (long_name,)),
    )
    block.close()
    return words


def _data_sets(block: Block) -> dict[str, Demand]:
    asked = {name: block.one_of(name, tuple(Demand)) for name in DATA_SETS if name in block}
    if unknown := block.rest():
        raise block.fault(unknown, f'kumpulan data "{unknown}" tidak dikenal; yang ada: {", ".join(DATA_SETS)}')
    return {name: Demand(word) for name, word in asked.items()}


def _stages(block: Block) -> StageList:
    """The stages that a body offers; whether there are such stages the contract knows."""
    offered, words = block.texts("ditawarkan"), block.part("kata")
    own = {stage: words.texts(stage) for stage in offered if words and stage in words}
    for part in (words, block):
        if part:
            part.close()
    return StageList(offered, own)


def _columns(folder: Path) -> Iterator[tuple[tuple[str, str], OwnColumn]]:
    """What the body says of columns; whether there are such columns the contract knows."""
    if not (folder / COLUMNS).exists():
        return
    for dataset, block in _source(folder, COLUMNS).content().all_parts():
        if dataset not in DATA_SETS:
            raise block.fault("", f'kumpulan data "{dataset}" tidak dikenal; yang ada: {", ".join(DATA_SETS)}')
        for name, parts in block.all_entries():
            said = [(name, part, _own_column(part)) for part in parts]
            refuse_gaps((column, part, own.validity) for column, part, own in said)
            for _, _, own in sorted(said, key=lambda one: one[2].validity.begin):
                yield (dataset, name), own


def _own_column(block: Block) -> OwnColumn:
    asked = block.one_of("isian", _DEMANDS) if "isian" in block else ""
    example, explanation = (block.text(key) if key in block else None for key in ("contoh", "penjelasan"))
    own = OwnColumn(example, explanation, asked == _DEMANDS[0] if asked else None, read_validity(block))
    block.close()
    return own


def _deadlines(blocks: Sequence[Block]) -> Iterator[tuple[date, DeadlineRule]]:
    """Working days by level, each list from a day on."""
    before = None
    for block in blocks:
        begin = block.day("berlaku_dari")
        if before is not None and begin <= before:
            raise block.fault("berlaku_dari", "tenggat harus urut menurut berlaku_dari, yang lama dahulu")
        kabkota, province, nation, grace = (
            block.number_within(key, 1, _MOST_DAYS) for key in ("kabkota", "provinsi", "nasional", "tenggang")
        )
        basis = block.text("ditetapkan", "")
        block.close()
        yield begin, DeadlineRule(kabkota, province, nation, grace, bool(basis), basis)
        before = begin


def _aceh(block: Block) -> AcehName:
    aceh = AcehName(block.text("nama"), block.text("nama_panjang"), block.pattern("pola_keliru", re.IGNORECASE))
    block.close()
    return aceh


def _headquarters(block: Block) -> Headquarters:
    headquarters = Headquarters(block.text("nama"))
    block.close()
    return headquarters


def _sites(block: Block) -> NewsSites:
    sites = NewsSites(
        block.text("domain"),
        block.text("jadwal"),
        block.pattern("artikel"),
        block.pattern("daftar"),
        block.texts("daftar_biasa"),
    )
    if len(sites.schedule.split()) != _SCHEDULE_FIELDS:
        raise block.fault("jadwal", 'kunci "jadwal" harus cron dengan lima isian')
    block.close()
    return sites


def _news(block: Block) -> NewsWords:
    keys = ("singkatan", "nama", "kurung", "kata_host", "awal_host", "domain_daerah", "nama_di_situs_sendiri")
    words = NewsWords(*(block.texts(key, ()) for key in keys))
    block.close()
    return words


def _usable() -> tuple[Mapping[str, Body], tuple[BodyFault, ...]]:
    bodies, faults = read_folders(DATA)
    if not bodies:
        told = "; ".join(map(str, faults)) or "tidak ada satu folder pun"
        raise OperatorError(
            "lembaga_keliru",
            f"Tidak ada lembaga yang dapat dipakai: {told}.",
            "perbaiki folder di include/humas/bodies/data.",
        )
    return bodies, faults


BODIES, FAULTS = _usable()
"""Every usable body by its code, the first is the one that commands mean when they name none; what is wrong with others."""
