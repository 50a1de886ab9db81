"""From reports and printed files to a draft of the site, and from the draft to what readers see.

The only place where pages, manifest and release meet; rendering stays pure in ``site`` and ``manifest``,
writing stays in ``release``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from humas.chain import EditionRecord, FileHash, head_of
from humas.errors import ReportFault, SistemError
from humas.fence import SECONDS_EACH, Fault, one_by_one, time_limit
from humas.publish import api, manifest, opendata, release
from humas.publish.model import Laporan, LaporanNasional, LaporanProvinsi, LaporanSatker
from humas.publish.parts import BerkasTerbit
from humas.publish.release import Panggung
from humas.publish.site import (
    MENU,
    Bahan,
    GangguanRegister,
    Render,
    assets,
    page_of,
    pages,
    render_index,
    render_withheld,
)
from humas.summary import Alteration

REPORTS = "laporan/"
DATA = "data"
Page = tuple[str, Render]


@dataclass(frozen=True, slots=True)
class HasilSitus:
    """What building a draft did. berubah: files that are new or changed. jumlah: files of the release in all.

    alterations: what was published and lay there otherwise. faults: pages that our program failed on, by name
    (:data:`DATA` of the open data); then there is no draft, and it must be built again without them.
    """

    berubah: int
    jumlah: int
    laporan_berubah: int
    alterations: tuple[Alteration, ...] = ()
    faults: tuple[Fault[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unmade:
    """Pages that stay as they were published.

    old: of reports whose earlier edition stays in force; where no page of it is at hand, it is made from that edition.
    failed: pages that our program fails on; where none was published, readers find that said.
    """

    old: frozenset[str] = frozenset()
    failed: frozenset[str] = frozenset()


PrintAgain = Callable[[Sequence[EditionRecord]], Path]


@dataclass(frozen=True, slots=True)
class Archive:
    """The records of all editions that a release shows, and where their files can be had.

    new: names of files that no release had before. printed: folder of freshly printed files. print_again: prints
    editions from their stored model into a folder.
    """

    records: tuple[EditionRecord, ...] = ()
    new: frozenset[str] = frozenset()
    printed: Path = Path()
    print_again: PrintAgain = lambda _: Path()

    @property
    def files(self) -> dict[str, FileHash]:
        """Every file of every edition as it was printed."""
        return {name: file for record in self.records for name, file in record.files.items()}


def gather(
    laporan: Iterable[Laporan],
    gangguan: tuple[GangguanRegister, ...] = (),
    withheld: frozenset[tuple[str, str]] = frozenset(),
) -> Bahan:
    """Sort the reports of one body and period into what the site is made of. withheld: those our program failed on.

    Raises:
        SistemError: the national report is missing.
    """
    semua = list(laporan)
    nasional = next((lap for lap in semua if isinstance(lap, LaporanNasional)), None)
    if nasional is None:
        raise SistemError(
            "nasional_tidak_ada", "Laporan nasional belum disusun.", "jalankan langkah susun, lalu situs."
        )
    return Bahan(
        nasional,
        {lap.kepala.kode: lap for lap in semua if isinstance(lap, LaporanProvinsi)},
        {lap.kepala.kode: lap for lap in semua if isinstance(lap, LaporanSatker)},
        gangguan=gangguan,
        withheld=withheld,
    )


def build_draft(
    panggung: Panggung,
    bahan: Bahan,
    archive: Archive,
    lama: Mapping[str, Any] | None = None,
    unmade: Unmade = Unmade(),
) -> HasilSitus:
    """Fill a draft: printed files, open data, pages that changed, manifest. Doing it again changes nothing.

    archive: the files that were printed, new ones and those of earlier editions. lama: manifest of the release in
    force, if it is known to be the one that was published: pages that it does not know as they lie there are made anew.

    Raises:
        SistemError: the disk is full or cannot be written; the published site stays.
    """
    laporan, alterations = certified_files(panggung, archive)
    rusak = [] if lama is None else altered_pages(panggung.folder, lama)
    utuh = set(lama["berkas"]).difference(rusak) if lama else set()
    berubah, data, faults = _write_data(panggung, bahan, lama, unmade, utuh)
    lengkap = replace(bahan, berkas={**laporan, **data}, rantai=head_of(archive.records))
    hanya = manifest.changed_reports(lama, manifest.reports_of(bahan), laporan) | _reports_of_pages(rusak)
    ditulis, halaman, gagal = _make(panggung, _to_make(pages(lengkap, hanya), bahan, unmade, utuh))
    if faults or gagal:
        return HasilSitus(0, 0, 0, faults=(*faults, *gagal))
    tinggal = page_names(bahan) - halaman.keys()
    tetap = {nama: _as_published(nama, lama) for nama in tinggal} if lama else {}
    release.keep_only(panggung, {manifest.NAMA, *data, *page_names(bahan)})
    berkas = {**laporan, **data, **halaman, **tetap}
    isi = manifest.build_manifest(lengkap, berkas, archive.records)
    berubah += ditulis + release.write_pages(panggung, [(manifest.NAMA, isi)]) + len(archive.new & laporan.keys())
    alterations += [_page_alteration(nama) for nama in rusak] + _strays(panggung.folder, laporan)
    return HasilSitus(berubah, len(berkas) + 1, len(hanya), tuple(alterations))


def _to_make(semua: Iterable[tuple[str, Render]], bahan: Bahan, unmade: Unmade, utuh: Collection[str]) -> list[Page]:
    """The pages to make, but for those that stay as published; one that fails and was never published says so."""
    hasil: list[Page] = []
    for nama, render in semua:
        if nama in utuh and (nama in unmade.old or nama in unmade.failed):
            continue
        hasil.append((nama, partial(_notice, nama, bahan) if nama in unmade.failed else render))
    return hasil


def _notice(nama: str, bahan: Bahan) -> bytes:
    """What readers find where a page should be that our program fails on."""
    if not nama.endswith(".html"):
        return b""
    menurut_nama = {page_of(*lap.kunci): lap.kepala.nama for lap in manifest.reports_of(bahan)}
    judul = {tujuan: label for label, tujuan in MENU} | menurut_nama
    return render_withheld(bahan.nasional, judul.get(nama, nama), "../" if "/" in nama else "")


def _make(panggung: Panggung, halaman: Iterable[Page]) -> tuple[int, dict[str, BerkasTerbit], list[Fault[str]]]:
    """Make pages one by one and write them; how many changed, what each is, and those that our program fails on.

    Raises:
        ProgramFault: it fails on all alike. SistemError: the disk is full or cannot be written.
    """
    berubah, berkas = 0, {}

    def work(page: Page) -> None:
        nonlocal berubah
        nama, render = page
        with time_limit(SECONDS_EACH):
            isi = render()
        n, baru = _write(panggung, [(nama, isi)])
        berubah += n
        berkas.update(baru)

    gagal = one_by_one(halaman, work, lambda page: f"Halaman {page[0]}", ReportFault)
    return berubah, berkas, [Fault(satu.item[0], satu.error) for satu in gagal]


def _write_data(
    panggung: Panggung, bahan: Bahan, lama: Mapping[str, Any] | None, unmade: Unmade, utuh: Collection[str]
) -> tuple[int, dict[str, BerkasTerbit], list[Fault[str]]]:
    """Write the open data, all of it or none; where our program fails on it, it stays as it was published."""
    if DATA in unmade.failed:
        tetap = {nama: _as_published(nama, lama) for nama in utuh if nama.startswith(f"{DATA}/")} if lama else {}
        return 0, tetap, []
    isi: dict[str, bytes] = {}

    def work(_: str) -> None:
        isi.update(opendata.open_data(bahan.nasional, bahan.provinsi.values()))

    if gagal := one_by_one([DATA], work, lambda _: "Data terbuka", ReportFault):
        return 0, {}, gagal
    return *_write(panggung, isi.items()), []


def _write(panggung: Panggung, isi: Iterable[tuple[str, bytes]]) -> tuple[int, dict[str, BerkasTerbit]]:
    """Write files of the draft; how many changed, and what each is, from the bytes that were made."""
    semua = dict(isi)
    files = {nama: FileHash.of(satu) for nama, satu in semua.items()}
    berkas = {nama: BerkasTerbit(nama, file.size, file.sha256) for nama, file in files.items()}
    return release.write_pages(panggung, semua.items()), berkas


def certified_files(panggung: Panggung, archive: Archive) -> tuple[dict[str, BerkasTerbit], list[Alteration]]:
    """Bring the printed files of all editions into the draft, each as it was recorded; what was found otherwise.

    A file that is not what was recorded is taken from the freshly printed ones, else printed again from the stored
    model. One that cannot be had any more stays as it lies there; its record stays too, and says that it was altered.
    """
    recorded = archive.files
    wrong = [name for name, file in recorded.items() if not _is(panggung.folder / name, file)]
    missing = {name for name in wrong if not (panggung.folder / name).exists()}
    left = _take(panggung, wrong, recorded, archive.printed)
    if left:
        again = [record for record in archive.records if not left.isdisjoint(record.files)]
        left = _take(panggung, sorted(left), recorded, archive.print_again(again))
    told = [name for name in wrong if name in left or name not in missing or name not in archive.new]
    files = {
        name: BerkasTerbit(name, file.size or _size(panggung.folder / name), file.sha256)
        for name, file in recorded.items()
    }
    return files, [_file_alteration(name, gone=name in missing, mended=name not in left) for name in told]


def _take(panggung: Panggung, names: Iterable[str], recorded: Mapping[str, FileHash], folder: Path) -> set[str]:
    """Copy files that are what was recorded from a folder into the draft; names of those that are not there so."""
    left = set()
    for name in names:
        source = folder / PurePosixPath(name).name
        if _is(source, recorded[name]):
            release.adopt(panggung, name, source)
        else:
            left.add(name)
    return left


def _is(path: Path, file: FileHash) -> bool:
    """Whether a file lies there as it was recorded."""
    try:
        return sha256(path.read_bytes()).hexdigest() == file.sha256
    except OSError:
        return False


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def altered_pages(folder: Path, manifes: Mapping[str, Any]) -> list[str]:
    """Pages and data of a release that do not lie there as its manifest says."""
    pages = {name: file for name, file in manifes["berkas"].items() if not name.startswith(REPORTS)}
    return [name for name, file in pages.items() if not _is(folder / name, FileHash(file["sha256"], 0))]


def _reports_of_pages(names: Iterable[str]) -> set[tuple[str, str]]:
    """What the pages of these names are about, as far as they are pages of reports."""
    parts = (PurePosixPath(name) for name in names)
    return {(path.parent.name, path.stem) for path in parts if path.parent.name in {"provinsi", "satker"}}


def _as_published(nama: str, lama: Mapping[str, Any]) -> BerkasTerbit:
    catatan = lama["berkas"][nama]
    return BerkasTerbit(nama, catatan["ukuran"], catatan["sha256"])


def _file_alteration(name: str, *, gone: bool, mended: bool) -> Alteration:
    found = "hilang dari terbitan" if gone else "tidak sama dengan yang diterbitkan"
    if mended:
        remedy = "cari siapa atau apa yang mengubah folder terbitan; isinya sudah dipulihkan, sama bita demi bita."
        return Alteration(name, f"{name} {found}; dipulihkan dari catatan.", remedy, True)
    remedy = "pulihkan berkas itu dari cadangan; ./humas verify menjawab berubah sampai isinya kembali."
    why = "tidak dapat dicetak ulang sama bita demi bita (program cetak atau data tersimpan sudah lain)"
    return Alteration(name, f"{name} {found} dan {why}.", remedy, False)


def _page_alteration(name: str) -> Alteration:
    remedy = "cari siapa atau apa yang mengubah folder terbitan; halaman itu sudah disusun ulang."
    return Alteration(name, f"{name} tidak sama dengan yang diterbitkan; disusun ulang.", remedy, True)


def _strays(folder: Path, recorded: Collection[str]) -> list[Alteration]:
    """Files among the reports that belong to no edition: they stay, are in no manifest, and are told."""
    foreign = sorted(name for name in release.files_of(folder) if name.startswith(REPORTS) and name not in recorded)
    remedy = "periksa asalnya, lalu hapus dari folder terbitan."
    return [Alteration(name, f"{name} bukan berkas edisi yang tercatat.", remedy, False) for name in foreign]


def page_names(bahan: Bahan) -> set[str]:
    """Paths of all pages and assets that a site of these reports has."""
    daftar = {
        "index.html",
        "satker/index.html",
        "status.html",
        "cara-menghitung.html",
        "data-terbuka.html",
        api.NAMA,
        api.DOKUMEN,
        "aset/indeks.js",
    }
    return (
        daftar
        | {f"aset/{nama}" for nama in assets()}
        | {f"provinsi/{kode}.html" for kode in bahan.provinsi}
        | {f"satker/{kode}.html" for kode in bahan.satker}
    )


def publish_draft(panggung: Panggung) -> Path:
    """Switch readers to the draft and bring the front page up to date.

    Returns:
        The link that readers follow.
    """
    tautan = release.switch(panggung)
    refresh_front_page(panggung.terbitan)
    return tautan


def refresh_front_page(terbitan: Path) -> None:
    """Write the front page over all bodies and periods from the releases in force, one writer at a time."""
    with release.exclusive(terbitan, "halaman", "depan"):
        for nama, isi in assets().items():
            release.write_whole(terbitan / "aset" / nama, isi)
        release.write_whole(terbitan / "index.html", render_index(manifest.published_manifests(terbitan)))
