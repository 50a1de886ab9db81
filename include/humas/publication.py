"""The publishing half of a quarter: compose → print_reports → build_site → publish → announce.

Between the steps the reports lie in an assembly folder (``rakitan/``), so that each step may run in a
process of its own and be run again: ``laporan.jsonl`` holds every report of the period, ``laporan/`` the
files printed for new editions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from humas.errors import SistemError
from humas.giliran import in_turn
from humas.periods import parse_periode, tanggal_jakarta
from humas.summary import RingkasanCetak, RingkasanSitus, RingkasanSusun, RingkasanTerbit

if TYPE_CHECKING:
    import pandas as pd

    from humas.context import Konteks
    from humas.publish.model import Laporan
    from humas.publish.release import Panggung
    from humas.publish.site import GangguanRegister
    from humas.warehouse import DrafEdisi, Edisi, TandaEdisi

OnPrinted = Callable[[int, int], None]
TREND_QUARTERS = 5
ASSEMBLED, PRINTED, DRAFT = "laporan.jsonl", "laporan", "draf.json"


def assembly(k: Konteks, lembaga: str, periode: str) -> Path:
    """Folder where the reports of a body and period are put together."""
    return k.settings.home / "rakitan" / lembaga / periode


@in_turn
def compose(k: Konteks, lembaga: str, periode: str) -> RingkasanSusun:
    """Compose every report from the warehouse, and draft an edition of those whose data changed.

    All reports, each with the edition it has or will have, go to the assembly folder. A unit that sent
    nothing has a page but no edition.
    """
    _note_published(k, lembaga, periode, _release_in_force(k, lembaga, periode))
    laporan = list(_composed(k, lembaga, periode))
    riwayat = k.gudang.editions(lembaga, periode)
    terbit = {_key_of(satu): satu for satu in riwayat if satu.status == "terbit"}
    cetak = [satu for satu in laporan if satu.dicetak]
    draf = k.gudang.draft_editions(
        lembaga, periode, [_draft(satu, terbit.get(satu.kunci)) for satu in cetak], k.settings.now()
    )
    baru = {_key_of(edisi): edisi for edisi in draf if edisi}
    nomor = {**terbit, **baru}
    bernomor = [_numbered(satu, nomor.get(satu.kunci), _causes(satu, nomor, riwayat)) for satu in laporan]
    _write_assembly(assembly(k, lembaga, periode), bernomor)
    ulang = _without_files(k.settings.published / lembaga / periode / PRINTED, bernomor)
    return RingkasanSusun(tuple(f"{lingkup}:{kode}" for lingkup, kode in {**baru, **ulang}), len(cetak) - len(baru))


def _without_files(folder: Path, laporan: Iterable[Laporan]) -> dict[tuple[str, str], None]:
    """Reports whose files are not among the published ones: new editions, and old ones that somebody deleted."""
    ada = {berkas.name for berkas in folder.iterdir()} if folder.is_dir() else set()
    return {satu.kunci: None for satu in laporan if satu.dicetak and not {f"{satu.id}.pdf", f"{satu.id}.xlsx"} <= ada}


def _key_of(edisi: Edisi) -> tuple[str, str]:
    return edisi.lingkup, edisi.kode


def _composed(k: Konteks, lembaga: str, periode: str) -> Iterator[Laporan]:
    from humas.contract.columns import HIMPUNAN
    from humas.publish.compose import compose_reports

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
    )


def _history(k: Konteks, lembaga: str, periode: str) -> dict[str, pd.DataFrame]:
    """Figures of the four quarters before, oldest first; quarters that were never rolled up are left out."""
    kunci, sebelumnya = [], parse_periode(periode)
    for _ in range(TREND_QUARTERS - 1):
        sebelumnya = sebelumnya.sebelumnya()
        kunci.append(sebelumnya.kunci)
    angka = {satu: k.gudang.figures(lembaga, satu) for satu in reversed(kunci)}
    return {satu: bingkai for satu, bingkai in angka.items() if len(bingkai)}


def _draft(laporan: Laporan, terbit: Edisi | None) -> DrafEdisi:
    from humas.publish.model import compare_figures
    from humas.warehouse import DrafEdisi

    perubahan = [asdict(satu) for satu in compare_figures(terbit.kanonik, laporan)] if terbit else []
    return DrafEdisi(*laporan.kunci, laporan.sidik, json.loads(laporan.canonical()), perubahan)


def _numbered(laporan: Laporan, edisi: Edisi | None, penyebab: tuple[str, ...]) -> Laporan:
    from humas.publish.model import Perubahan

    if edisi is None:
        return laporan
    ralat = tuple(Perubahan(**satu) for satu in edisi.perubahan)
    return laporan.as_edition(edisi.edisi, tanggal_jakarta(edisi.dibuat_pada), ralat, penyebab)


def _causes(laporan: Laporan, edisi: Mapping[tuple[str, str], Edisi], riwayat: Iterable[Edisi]) -> tuple[str, ...]:
    """Names of the units because of which a province or the nation has its present edition, first editions included."""
    from humas.publish.model import LaporanSatker

    ini = edisi.get(laporan.kunci)
    if ini is None or ini.edisi == 1 or isinstance(laporan, LaporanSatker):
        return ()
    lama = next((s for s in riwayat if _key_of(s) == laporan.kunci and s.edisi == ini.edisi - 1), None)
    if lama is None:
        return ()
    dulu = {satu["kode"]: satu for satu in lama.kanonik["satker"]}
    return tuple(
        kini["nama"]
        for kini in json.loads(laporan.canonical())["satker"]
        if _moved(dulu.get(kini["kode"], {}), kini) or _came_with(edisi.get(("satker", kini["kode"])), lama, ini)
    )


def _moved(dulu: Mapping[str, Any], kini: Mapping[str, Any]) -> bool:
    """Whether a unit's standing differs in what both editions say of it."""
    return any(kini[nama] != dulu[nama] for nama in kini.keys() & dulu.keys())


def _came_with(satker: Edisi | None, lama: Edisi, ini: Edisi) -> bool:
    """Whether a unit's edition was made after the level's earlier one, or corrected at the very time of this one."""
    if satker is None:
        return False
    return satker.dibuat_pada > lama.dibuat_pada or (satker.edisi > 1 and satker.dibuat_pada == ini.dibuat_pada)


def _write_assembly(folder: Path, laporan: Iterable[Laporan]) -> None:
    """Replace the assembled reports at once: a process killed here leaves the old ones."""
    from humas.publish.release import write_whole

    write_whole(folder / ASSEMBLED, b"".join(satu.to_json() + b"\n" for satu in laporan))


def _assembled(folder: Path) -> Iterator[bytes]:
    """The assembled reports as JSON, one each.

    Raises:
        SistemError: nothing was composed yet.
    """
    try:
        with (folder / ASSEMBLED).open("rb") as berkas:
            yield from berkas
    except FileNotFoundError as error:
        raise SistemError(
            "belum_disusun", "Laporan periode ini belum disusun.", "jalankan tugas Susun, lalu ulangi."
        ) from error


def print_reports(
    k: Konteks,
    lembaga: str,
    periode: str,
    laporan: Sequence[str],
    processes: int = 1,
    on_printed: OnPrinted | None = None,
) -> RingkasanCetak:
    """Print the named reports (``lingkup:kode``) as PDF and XLSX into the assembly folder.

    processes: worker processes; each writes both files of a report. on_printed: called with (printed, of how many).
    """
    from humas.publish.pdf import print_batch
    from humas.publish.workbook import write_workbook

    folder = assembly(k, lembaga, periode)
    tujuan = folder / PRINTED
    tujuan.mkdir(parents=True, exist_ok=True)
    cetakan = print_batch(_chosen(folder, set(laporan)), tujuan, processes, on_printed, beside=write_workbook)
    return RingkasanCetak(len(cetakan), len(cetakan), tuple(satu.id for satu in cetakan if not satu.standar))


def _chosen(folder: Path, kunci: set[str]) -> list[bytes]:
    """The assembled reports named by ``lingkup:kode``."""
    terpilih = []
    for teks in _assembled(folder):
        kepala = json.loads(teks)["kepala"]
        if f"{kepala['lingkup']}:{kepala['kode']}" in kunci:
            terpilih.append(teks)
    return terpilih


@in_turn
def build_site(k: Konteks, lembaga: str, periode: str, berubah: Sequence[str] = ()) -> RingkasanSitus:
    """Build a draft of the site beside the published one: pages that changed, printed files, manifest.

    berubah: reports with a new edition (``lingkup:kode``), whose printed files the draft takes in. While it is being
    built there is nothing to publish: a builder that is killed leaves no half draft to switch to.
    """
    from humas.publish.build import build_draft, gather
    from humas.publish.model import load_report
    from humas.publish.release import stage, write_whole

    folder = assembly(k, lembaga, periode)
    (folder / DRAFT).unlink(missing_ok=True)
    laporan = [load_report(teks) for teks in _assembled(folder)]
    bahan = gather(laporan, _register_trouble(k, lembaga))
    panggung = stage(k.settings.published, lembaga, periode, _draft_name(laporan))
    hasil = build_draft(panggung, bahan, _printed_files(folder / PRINTED, laporan, set(berubah)))
    isi = {**asdict(panggung), "terbitan": str(panggung.terbitan)}
    write_whole(folder / DRAFT, json.dumps(isi).encode())
    return RingkasanSitus(hasil.jumlah, hasil.berubah)


def _draft_name(laporan: Iterable[Laporan]) -> str:
    """A draft is named by what it publishes, so that a task run again builds the same draft."""
    tanda = hashlib.sha256()
    for satu in laporan:
        tanda.update(f"{satu.id}|{satu.sidik}\n".encode())
    return tanda.hexdigest()[:12]


def _printed_files(folder: Path, laporan: Iterable[Laporan], berubah: set[str]) -> dict[str, Path]:
    """Printed files of the new editions by their path in the release."""
    nama = [f"{satu.id}.{jenis}" for satu in laporan if ":".join(satu.kunci) in berubah for jenis in ("pdf", "xlsx")]
    return {f"laporan/{satu}": folder / satu for satu in nama}


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
        SistemError: no draft was built, or the figures changed since it was.
    """
    from humas.publish.build import publish_draft
    from humas.publish.manifest import read_manifest

    panggung = _built(assembly(k, lembaga, periode))
    manifes = read_manifest(panggung.folder) or _release_in_force(k, lembaga, periode)
    _refuse_outdated(manifes, k.gudang.edition_marks(lembaga, periode))
    tautan = publish_draft(panggung)
    return RingkasanTerbit(_note_published(k, lembaga, periode, manifes), str(tautan))


def _built(folder: Path) -> Panggung:
    """The draft that was built last.

    Raises:
        SistemError: none was, or its builder did not end.
    """
    from humas.publish.release import Panggung

    try:
        isi = json.loads((folder / DRAFT).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SistemError(
            "situs_belum_disusun", "Situs periode ini belum selesai disusun.", "jalankan tugas Situs, lalu ulangi."
        ) from error
    return Panggung(**{**isi, "terbitan": Path(isi["terbitan"])})


def _release_in_force(k: Konteks, lembaga: str, periode: str) -> Mapping[str, Any]:
    """The manifest of what readers see now; one without reports when nothing was published yet."""
    from humas.publish.manifest import read_manifest

    return read_manifest(k.settings.published / lembaga / periode) or {"laporan": {}, "berkas": {}}


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
    terbit = [(satu.lingkup, satu.kode, satu.edisi, _hashes(manifes, catatan)) for satu, catatan in cocok]
    if terbit:
        k.gudang.publish_editions(lembaga, periode, terbit, k.settings.now())
    return tuple(catatan["id"] for _, catatan in cocok)


def _hashes(manifes: Mapping[str, Any], catatan: Mapping[str, Any]) -> dict[str, str]:
    return {nama: manifes["berkas"][nama]["sha256"] for nama in catatan["berkas"]}


def announce(k: Konteks, lembaga: str, periode: str) -> str:
    """One line for the log of the operators: what was published, and where."""
    from humas.registry import Lembaga

    terbit = sum(satu.status == "terbit" for satu in k.gudang.edition_marks(lembaga, periode))
    folder = k.settings.published / lembaga / periode
    label = parse_periode(periode).label
    return f"{Lembaga(lembaga).label} {label}: {terbit} edisi terbit. Situs: {folder / 'index.html'}"
