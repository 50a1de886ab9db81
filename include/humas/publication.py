"""The publishing half of a quarter: compose → print_reports → build_site → publish → announce.

Between the steps the reports lie in an assembly folder (``rakitan/``), so that each step may run in a
process of its own and be run again: ``laporan.jsonl`` holds every report of the period, ``laporan/`` the
files printed for new editions, each with the note of who printed it. Nothing published shares a file with it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from humas import integrity
from humas.chain import head_of
from humas.errors import ReportFault, SistemError
from humas.giliran import in_turn
from humas.periods import parse_periode, tanggal_jakarta
from humas.summary import RingkasanCetak, RingkasanSitus, RingkasanSusun, RingkasanTerbit, Withheld
from humas.warehouse import Print
from humas.withheld import (
    COMPOSING,
    PRINTING,
    SHOWING,
    forget_unprinted,
    in_force,
    key_of,
    note_unprinted,
    unprinted,
    withhold,
)

if TYPE_CHECKING:
    import pandas as pd

    from humas.chain import EditionRecord
    from humas.context import Konteks
    from humas.errors import ProgramFault
    from humas.fence import Fault
    from humas.publish.build import Archive
    from humas.publish.model import Laporan
    from humas.publish.release import Panggung
    from humas.publish.site import GangguanRegister
    from humas.warehouse import DrafEdisi, Edisi, TandaEdisi

log = logging.getLogger(__name__)
OnPrinted = Callable[[int, int], None]
TREND_QUARTERS = 5
ASSEMBLED, PRINTED, AGAIN, DRAFT = "laporan.jsonl", "laporan", "ulang", "draf.json"
WITHHELD = b"tertahan: "


def assembly(k: Konteks, lembaga: str, periode: str) -> Path:
    """Folder where the reports of a body and period are put together."""
    return k.settings.home / "rakitan" / lembaga / periode


@in_turn
def compose(k: Konteks, lembaga: str, periode: str) -> RingkasanSusun:
    """Compose every report from the warehouse, and draft an edition of those whose data changed.

    All reports, each with the edition it has or will have, go to the assembly folder. A unit that sent
    nothing has a page but no edition. One that our program cannot compose is withheld, and all others go on.

    Raises:
        ProgramFault: the program fails on whatever it is given.
    """
    site = integrity.shown(k, lembaga, periode)
    _note_published(k, lembaga, periode, site.trusted or {"laporan": {}})
    integrity.require_figures(k, lembaga, periode)
    found = integrity.mend_records(k, lembaga, periode, site)
    withheld: list[Withheld] = []
    laporan = list(_composed(k, lembaga, periode, withheld))
    riwayat, lain = integrity.mend_data(
        k, k.gudang.editions(lembaga, periode), {satu.kunci: satu for satu in laporan if satu.dicetak}
    )
    found += [*lain, *integrity.altered_rows(k, lembaga, periode)]
    found += integrity.altered_history(k, lembaga, _quarters_before(periode))
    terbit = {_key_of(satu): satu for satu in riwayat if satu.status == "terbit"}
    cetak = [satu for satu in laporan if satu.dicetak]
    draf = k.gudang.draft_editions(
        lembaga, periode, [_draft(satu, terbit.get(satu.kunci)) for satu in cetak], k.settings.now()
    )
    baru = {_key_of(edisi): edisi for edisi in draf if edisi}
    nomor = {**terbit, **baru}
    baru_tiba = _with_new_files(k, lembaga, periode, [satu for satu in laporan if satu.withheld], terbit)
    bernomor = [_numbered(satu, nomor.get(satu.kunci), _causes(satu, nomor, riwayat, baru_tiba)) for satu in laporan]
    _write_assembly(assembly(k, lembaga, periode), bernomor, withheld)
    berubah = tuple(f"{lingkup}:{kode}" for lingkup, kode in baru)
    return RingkasanSusun(berubah, len(cetak) - len(baru), integrity.tell(found), tuple(withheld))


def _key_of(edisi: Edisi) -> tuple[str, str]:
    return edisi.lingkup, edisi.kode


def _composed(k: Konteks, lembaga: str, periode: str, withheld: list[Withheld]) -> Iterator[Laporan]:
    """Every report; those that our program fails on bare, and told of in ``withheld``."""
    from humas.contract.columns import HIMPUNAN
    from humas.publish.compose import compose_reports

    def on_fault(bare: Laporan, fault: ProgramFault) -> None:
        withheld.append(withhold(k, lembaga, periode, key_of(bare), bare.kepala.nama, COMPOSING, fault))

    gudang = k.gudang
    return compose_reports(
        gudang.figures(lembaga, periode),
        {himpunan.nama: gudang.facts(lembaga, periode, himpunan.nama) for himpunan in HIMPUNAN},
        gudang.verdicts(lembaga, periode),
        gudang.findings(lembaga, periode),
        gudang.quarantine(lembaga, periode),
        gudang.obligations(lembaga, periode),
        gudang.last_attempts(lembaga, periode),
        k.register,
        lembaga,
        periode,
        _history(k, lembaga, periode),
        kalender=k.kalender,
        hari_ini=k.reference_day(lembaga, periode),
        tenggat_ditetapkan=k.settings.deadline.ditetapkan,
        on_fault=on_fault,
    )


def _history(k: Konteks, lembaga: str, periode: str) -> dict[str, pd.DataFrame]:
    """Figures of the four quarters before, oldest first; quarters that were never rolled up are left out."""
    angka = {satu: k.gudang.figures(lembaga, satu) for satu in reversed(_quarters_before(periode))}
    return {satu: bingkai for satu, bingkai in angka.items() if len(bingkai)}


def _quarters_before(periode: str) -> list[str]:
    """The quarters that a report compares its own with, newest first."""
    kunci, sebelumnya = [], parse_periode(periode)
    for _ in range(TREND_QUARTERS - 1):
        sebelumnya = sebelumnya.sebelumnya()
        kunci.append(sebelumnya.kunci)
    return kunci


def _draft(laporan: Laporan, terbit: Edisi | None) -> DrafEdisi:
    from humas.publish.model import compare_figures
    from humas.warehouse import DrafEdisi

    lama = terbit.kanonik if terbit else {}
    perubahan = [asdict(satu) for satu in compare_figures(lama, laporan)] if lama else []
    return DrafEdisi(*laporan.kunci, laporan.sidik, json.loads(laporan.canonical()), perubahan)


def _numbered(laporan: Laporan, edisi: Edisi | None, penyebab: tuple[str, ...]) -> Laporan:
    """The report as its edition. What stands beside the data of a published one is what was printed then."""
    from humas.publish.model import Perubahan

    if edisi is None or laporan.withheld:
        return laporan
    beside: dict[str, Any] = {"ralat": edisi.perubahan, "penyebab": penyebab}
    beside["terbit"] = tanggal_jakarta(edisi.dibuat_pada).isoformat()
    beside |= edisi.pelengkap if edisi.status == "terbit" else {}
    ralat = tuple(Perubahan(**satu) for satu in beside["ralat"])
    return laporan.as_edition(edisi.edisi, date.fromisoformat(beside["terbit"]), ralat, tuple(beside["penyebab"]))


def _with_new_files(
    k: Konteks, lembaga: str, periode: str, laporan: Iterable[Laporan], terbit: Mapping[tuple[str, str], Edisi]
) -> set[str]:
    """Units whose report cannot be composed, and whose files in force are not those of their published edition."""
    kode = {satu.kepala.kode for satu in laporan if satu.kepala.lingkup == "satker"}
    if not kode:
        return set()
    putusan = k.gudang.verdicts(lembaga, periode)
    berlaku = putusan[putusan["berlaku"] & putusan["kode_satker"].isin(kode)]
    kini = {str(satu): set(milik["sidik"]) for satu, milik in berlaku.groupby("kode_satker")}
    dulu = {satu: terbit[kunci].kanonik.get("sumber", ()) for satu in kode if (kunci := ("satker", satu)) in terbit}
    return {satu for satu, sidik in kini.items() if sidik != {s["sidik"] for s in dulu.get(satu, ()) if s["berlaku"]}}


def _causes(
    laporan: Laporan, edisi: Mapping[tuple[str, str], Edisi], riwayat: Iterable[Edisi], baru_tiba: Container[str]
) -> tuple[str, ...]:
    """Names of the units because of which a province or the nation has its present edition, first editions included.

    baru_tiba: units that have no edition of what they sent, because our program failed on it.
    """
    from humas.publish.model import LaporanSatker

    ini = edisi.get(laporan.kunci)
    if ini is None or ini.edisi == 1 or isinstance(laporan, LaporanSatker):
        return ()
    lama = next((s for s in riwayat if _key_of(s) == laporan.kunci and s.edisi == ini.edisi - 1), None)
    if lama is None:
        return ()
    dulu = {satu["kode"]: satu for satu in lama.kanonik.get("satker", ())}
    return tuple(
        kini["nama"]
        for kini in json.loads(laporan.canonical())["satker"]
        if _moved(dulu.get(kini["kode"], {}), kini)
        or kini["kode"] in baru_tiba
        or _came_with(edisi.get(("satker", kini["kode"])), lama, ini)
    )


def _moved(dulu: Mapping[str, Any], kini: Mapping[str, Any]) -> bool:
    """Whether a unit's standing differs in what both editions say of it."""
    return any(kini[nama] != dulu[nama] for nama in kini.keys() & dulu.keys())


def _came_with(satker: Edisi | None, lama: Edisi, ini: Edisi) -> bool:
    """Whether a unit's edition was made after the level's earlier one, or corrected at the very time of this one."""
    if satker is None:
        return False
    return satker.dibuat_pada > lama.dibuat_pada or (satker.edisi > 1 and satker.dibuat_pada == ini.dibuat_pada)


def _write_assembly(folder: Path, laporan: Iterable[Laporan], withheld: Sequence[Withheld]) -> None:
    """Replace the assembled reports at once, what could not be composed as the last line; killed here, the old ones stay."""
    from humas.publish.release import write_whole

    tertahan = WITHHELD + json.dumps([asdict(satu) for satu in withheld], ensure_ascii=False).encode() + b"\n"
    write_whole(folder / ASSEMBLED, b"".join([*(satu.to_json() + b"\n" for satu in laporan), tertahan]))


def _uncomposed(folder: Path) -> list[Withheld]:
    """What could not be composed of the assembled reports."""
    with (folder / ASSEMBLED).open("rb") as berkas:
        return [
            Withheld(**satu)
            for baris in berkas
            if baris.startswith(WITHHELD)
            for satu in json.loads(baris.removeprefix(WITHHELD))
        ]


def _assembled(folder: Path) -> Iterator[bytes]:
    """The assembled reports as JSON, one each.

    Raises:
        SistemError: nothing was composed yet.
    """
    try:
        with (folder / ASSEMBLED).open("rb") as berkas:
            yield from (baris for baris in berkas if not baris.startswith(WITHHELD))
    except FileNotFoundError as error:
        raise SistemError(
            "belum_disusun", "Laporan periode ini belum disusun.", "jalankan tugas Susun, lalu ulangi."
        ) from error


def print_reports(
    k: Konteks,
    lembaga: str,
    periode: str,
    laporan: Sequence[str],
    processes: int = 0,
    on_printed: OnPrinted | None = None,
) -> RingkasanCetak:
    """Print the named reports (``lingkup:kode``) as PDF and XLSX into the assembly folder.

    processes: worker processes, 0 for none; each writes both files of a report. on_printed: called with (done, of how many). A report
    that our program cannot print is withheld, and all others are printed.

    Raises:
        SistemError: the disk refuses. ProgramFault: the program fails on whatever it is given.
    """
    from humas.publish.model import load_report
    from humas.publish.pdf import print_batch
    from humas.publish.workbook import write_workbook

    folder = assembly(k, lembaga, periode)
    tujuan = folder / PRINTED
    tujuan.mkdir(parents=True, exist_ok=True)
    withheld: list[Withheld] = []

    def on_fault(teks: bytes, fault: ProgramFault) -> None:
        satu = load_report(teks)
        withheld.append(withhold(k, lembaga, periode, key_of(satu), satu.kepala.nama, PRINTING, fault))
        note_unprinted(satu, tujuan, withheld[-1])

    cetakan = print_batch(_chosen(folder, set(laporan)), tujuan, processes, on_printed, write_workbook, on_fault)
    forget_unprinted(tujuan, [satu.id for satu in cetakan])
    tanpa_standar = tuple(satu.id for satu in cetakan if not satu.standar)
    return RingkasanCetak(len(cetakan), len(cetakan), tanpa_standar, tuple(withheld))


def _chosen(folder: Path, kunci: set[str]) -> list[bytes]:
    """The assembled reports named by ``lingkup:kode``."""
    terpilih = []
    for teks in _assembled(folder):
        kepala = json.loads(teks)["kepala"]
        if f"{kepala['lingkup']}:{kepala['kode']}" in kunci:
            terpilih.append(teks)
    return terpilih


@in_turn
def build_site(k: Konteks, lembaga: str, periode: str) -> RingkasanSitus:
    """Build a draft of the site beside the published one: pages that changed, printed files, manifest.

    What was printed of new editions is recorded now, from the notes of who printed it; files of earlier ones are
    compared with their records. While it is being built there is nothing to publish: a builder that is killed leaves
    no half draft to switch to.

    A page that our program cannot make stays as it was published, and with it the edition that it was to show; then the
    draft is built once more without it.

    Raises:
        SistemError: a new edition was not printed. ProgramFault: the program fails on whatever it is given.
    """
    from humas.publish.model import load_report

    folder = assembly(k, lembaga, periode)
    (folder / DRAFT).unlink(missing_ok=True)
    laporan = [load_report(teks) for teks in _assembled(folder)]
    draf = _Draft(k, lembaga, periode, laporan, [*_uncomposed(folder), *unprinted(laporan, folder / PRINTED)])
    while draf.failed():
        pass
    return draf.finish()


class _Draft:
    """A draft in the making: built again without what our program fails on, until it fails on nothing more."""

    def __init__(
        self, k: Konteks, lembaga: str, periode: str, laporan: Sequence[Laporan], withheld: Iterable[Withheld]
    ) -> None:
        self._k, self._lembaga, self._periode = k, lembaga, periode
        self._semua = laporan
        self._withheld = {satu.report: satu for satu in withheld}
        self._halaman: set[str] = set()
        self._site = integrity.shown(k, lembaga, periode)

    def failed(self) -> bool:
        """Build it; whether there was something that our program failed on, which is left out the next time."""
        from humas.publish.build import Unmade, build_draft, gather
        from humas.publish.release import stage
        from humas.publish.site import page_of

        k, lembaga, periode = self._k, self._lembaga, self._periode
        laporan = in_force(k, lembaga, periode, self._semua, self._withheld.keys())
        self._refuse_emptiness(laporan)
        tertahan = [satu for satu in laporan if key_of(satu) in self._withheld]
        bahan = gather(laporan, _register_trouble(k, lembaga), frozenset(satu.kunci for satu in tertahan))
        self._archive = _archive(k, lembaga, periode, laporan)
        self._panggung = stage(k.settings.published, lembaga, periode, _draft_name(laporan))
        lama = frozenset(page_of(*satu.kunci) for satu in tertahan if not satu.withheld)
        unmade = Unmade(lama, frozenset(self._halaman))
        self._hasil = build_draft(self._panggung, bahan, self._archive, self._site.trusted, unmade)
        for fault in self._hasil.faults:
            self._withhold(fault)
        return bool(self._hasil.faults)

    def _withhold(self, fault: Fault[str]) -> None:
        """Leave out the new edition that a page was to show; where there is none, the page alone.

        Raises:
            ProgramFault: not even that can be said in the page's place.
        """
        from humas.publish.site import page_of

        if fault.item in self._halaman:
            raise fault.error
        laporan = next((satu for satu in self._semua if page_of(*satu.kunci) == fault.item), None)
        kunci = key_of(laporan) if laporan else f"halaman:{fault.item}"
        baru = laporan and not self._archive.new.isdisjoint(
            f"laporan/{laporan.id}.{jenis}" for jenis in ("pdf", "xlsx")
        )
        if not baru:
            self._halaman.add(fault.item)
        nama = laporan.kepala.nama if laporan else fault.item
        self._withheld[kunci] = withhold(self._k, self._lembaga, self._periode, kunci, nama, SHOWING, fault.error)

    def _refuse_emptiness(self, laporan: Sequence[Laporan]) -> None:
        """Nothing is published of a period when our program fails on all there is of it."""
        if self._withheld and not any(satu.dicetak for satu in laporan):
            raise ReportFault("Seluruh terbitan", "semua laporan gagal")

    def finish(self) -> RingkasanSitus:
        """Note the draft for who publishes it."""
        from humas.publish.manifest import check_release, manifest_digest
        from humas.publish.release import write_whole

        k, lembaga, periode, panggung, hasil = self._k, self._lembaga, self._periode, self._panggung, self._hasil
        dikenal = {manifest_digest(panggung.tautan)} if self._site.authentic else set()
        k.gudang.note_manifests(lembaga, periode, dikenal | {manifest_digest(panggung.folder)})
        withheld = tuple(self._withheld[satu] for satu in sorted(self._withheld))
        isi = {
            **asdict(panggung),
            "terbitan": str(panggung.terbitan),
            "selisih": check_release(panggung.folder),
            "withheld": [asdict(satu) for satu in withheld],
        }
        write_whole(assembly(k, lembaga, periode) / DRAFT, json.dumps(isi).encode())
        alterations = integrity.tell([*self._site.alterations, *hasil.alterations])
        return RingkasanSitus(hasil.jumlah, hasil.berubah, alterations, withheld)


def withheld_reports(k: Konteks, lembaga: str, periode: str) -> tuple[Withheld, ...]:
    """The reports that the draft built last does not bring up to date, because our program failed on them."""
    isi = _noted_draft(assembly(k, lembaga, periode))
    return tuple(Withheld(**satu) for satu in isi["withheld"])


def _archive(k: Konteks, lembaga: str, periode: str, laporan: Sequence[Laporan]) -> Archive:
    """The records of all editions, those of new ones made from the notes of their printing."""
    from humas.publish.build import Archive
    from humas.publish.record import read_note

    folder = assembly(k, lembaga, periode) / PRINTED
    draf = {(s.lingkup, s.kode, s.edisi) for s in k.gudang.edition_marks(lembaga, periode) if s.status == "draf"}
    baru = [satu for satu in laporan if satu.dicetak and (*satu.kunci, satu.edisi) in draf]
    notes = [(satu, read_note(satu, folder)) for satu in baru]
    prints = [Print(*satu.kunci, satu.edisi, note.printer, note.supplement, note.files) for satu, note in notes]
    k.gudang.record_prints(lembaga, periode, prints)
    ini = {(*satu.kunci, satu.edisi) for satu in baru}
    baru_dicatat = [
        satu for satu in k.gudang.edition_records(lembaga, periode, "draf") if (*satu.key, satu.number) in ini
    ]
    return Archive(
        (*k.gudang.edition_records(lembaga, periode), *baru_dicatat),
        frozenset(nama for satu in baru_dicatat for nama in satu.files),
        folder,
        partial(_print_again, k, lembaga, periode),
    )


def _print_again(k: Konteks, lembaga: str, periode: str, records: Sequence[EditionRecord]) -> Path:
    """Print editions from their stored model into a folder of their own; those that cannot be are left out."""
    from humas.publish.model import restore_report

    folder = assembly(k, lembaga, periode) / AGAIN
    shutil.rmtree(folder, ignore_errors=True)
    diminta = {(*satu.key, satu.number) for satu in records}
    models = []
    for edisi in k.gudang.editions(lembaga, periode):
        if (edisi.lingkup, edisi.kode, edisi.edisi) not in diminta or not edisi.has_data:
            continue
        try:
            models.append(restore_report(edisi.kanonik, edisi.edisi, edisi.pelengkap).to_json())
        except ValueError as error:
            log.warning("%s %s edition %d cannot be printed again: %s", edisi.lingkup, edisi.kode, edisi.edisi, error)
    _print_models(models, folder, k.settings.print_processes)
    return folder


def _print_models(models: Sequence[bytes], folder: Path, processes: int) -> None:
    """Print what can be printed; one that cannot holds up no other."""
    from humas.publish.pdf import print_batch
    from humas.publish.workbook import write_workbook

    def on_fault(_: bytes, fault: ProgramFault) -> None:
        log.warning("printing again failed: %s", fault)

    try:
        print_batch(models, folder, processes, beside=write_workbook, on_fault=on_fault)
    except SistemError as error:
        log.warning("printing again failed: %s", error)


def _draft_name(laporan: Iterable[Laporan]) -> str:
    """A draft is named by what it publishes, so that a task run again builds the same draft."""
    tanda = hashlib.sha256()
    for satu in laporan:
        tanda.update(f"{satu.id}|{satu.sidik}\n".encode())
    return tanda.hexdigest()[:12]


def _register_trouble(k: Konteks, lembaga: str) -> tuple[GangguanRegister, ...]:
    from humas.publish.site import GangguanRegister

    return tuple(
        GangguanRegister(satu.kode, f"{satu.berkas}, baris {satu.baris}", satu.pesan, satu.cara)
        for satu in k.register.gangguan
        if satu.lembaga in {"", lembaga}
    )


@in_turn
def publish(k: Konteks, lembaga: str, periode: str) -> RingkasanTerbit:
    """Switch readers to the draft and mark its new editions as published.

    The switch comes first: killed between the two, the next run marks them.

    Raises:
        SistemError: no draft was built, the figures changed since it was, or somebody changed its files.
    """
    from humas.publish.build import publish_draft
    from humas.publish.manifest import manifest_digest, read_manifest

    panggung, selisih = _built(assembly(k, lembaga, periode))
    if panggung.folder.is_dir():
        _refuse_altered(panggung, selisih, k.gudang.manifests(lembaga, periode))
    manifes = read_manifest(panggung.folder) or integrity.shown(k, lembaga, periode).trusted or {"laporan": {}}
    _refuse_outdated(manifes, k.gudang.edition_marks(lembaga, periode))
    tautan = publish_draft(panggung)
    terbit = _note_published(k, lembaga, periode, manifes)
    k.gudang.note_manifests(lembaga, periode, {manifest_digest(tautan)})
    rantai = head_of(k.gudang.edition_records(lembaga, periode))
    log.info("Kepala rantai %s %s: %s", lembaga, periode, rantai)
    return RingkasanTerbit(terbit, str(tautan), rantai)


def _built(folder: Path) -> tuple[Panggung, list[str]]:
    """The draft that was built last, and what was amiss with its files then.

    Raises:
        SistemError: none was, or its builder did not end.
    """
    from humas.publish.release import Panggung

    isi = _noted_draft(folder)
    nama = {satu.name for satu in fields(Panggung)}
    panggung = {kunci: nilai for kunci, nilai in isi.items() if kunci in nama}
    return Panggung(**{**panggung, "terbitan": Path(isi["terbitan"])}), isi["selisih"]


def _noted_draft(folder: Path) -> dict[str, Any]:
    try:
        isi: dict[str, Any] = json.loads((folder / DRAFT).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SistemError(
            "situs_belum_disusun", "Situs periode ini belum selesai disusun.", "jalankan tugas Situs, lalu ulangi."
        ) from error
    return {"withheld": [], **isi}


def _refuse_altered(panggung: Panggung, selisih: Sequence[str], dikenal: Container[str]) -> None:
    """Refuse a draft that is not, file by file, as it was built."""
    from humas.publish.manifest import check_release, manifest_digest

    kini = check_release(panggung.folder)
    if manifest_digest(panggung.folder) not in dikenal or kini != selisih:
        contoh = next((satu for satu in kini if satu not in selisih), "manifesnya lain.")
        raise SistemError(
            "draf_diubah",
            f"Draf situs diubah sesudah disusun: {contoh}",
            "cari siapa atau apa yang mengubahnya, bangun situs sekali lagi, lalu terbitkan.",
        )


def _refuse_outdated(manifes: Mapping[str, Any], edisi: Iterable[TandaEdisi]) -> None:
    """Refuse a draft with an edition whose data the warehouse does not hold: a number stands for the same data for ever."""
    dikenal = {(f"{satu.lingkup}/{satu.kode}", satu.edisi): satu.sidik_data for satu in edisi}
    usang = [
        catatan["id"]
        for kunci, catatan in manifes["laporan"].items()
        if catatan["edisi"] and dikenal.get((kunci, catatan["edisi"])) != catatan["sidik"]
    ]
    if usang:
        raise SistemError(
            "draf_usang",
            f"Angka {len(usang)} laporan berubah sesudah situs disusun, misalnya {usang[0]}.",
            "susun, cetak, dan bangun situs sekali lagi, lalu terbitkan.",
        )


def _note_published(k: Konteks, lembaga: str, periode: str, manifes: Mapping[str, Any]) -> tuple[str, ...]:
    """Mark the drafts that readers see as published; ids of their reports."""
    draf = [satu for satu in k.gudang.edition_marks(lembaga, periode) if satu.status == "draf"]
    tampil = [(satu, manifes["laporan"].get(f"{satu.lingkup}/{satu.kode}", {})) for satu in draf]
    cocok = [(s, c) for s, c in tampil if (c.get("edisi"), c.get("sidik")) == (s.edisi, s.sidik_data)]
    terbit = [(satu.lingkup, satu.kode, satu.edisi) for satu, _ in cocok]
    if terbit:
        k.gudang.publish_editions(lembaga, periode, terbit, k.settings.now())
    return tuple(catatan["id"] for _, catatan in cocok)


def announce(k: Konteks, lembaga: str, periode: str) -> str:
    """One line for the log of the operators: what was published, and where."""
    from humas.registry import Lembaga

    terbit = sum(satu.status == "terbit" for satu in k.gudang.edition_marks(lembaga, periode))
    folder = k.settings.published / lembaga / periode
    label = parse_periode(periode).label
    return f"{Lembaga(lembaga).label} {label}: {terbit} edisi terbit. Situs: {folder / 'index.html'}"
