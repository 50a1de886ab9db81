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

from humas.chain.links import EditionRecord, FileHash, head_of
from humas.errors import OperatorError, ReportFault
from humas.fence import SECONDS_EACH, Fault, one_by_one, time_limit
from humas.installation.summary import Alteration
from humas.publish import api, check_page, manifest, opendata, release
from humas.publish.parts import PublishedFile
from humas.publish.release import Stage
from humas.publish.site import (
    MENU,
    Material,
    Render,
    YearMaterial,
    assets,
    page_of,
    pages,
    render_check_page,
    render_index,
    render_withheld,
    reports_of,
)
from humas.publish.year_site import year_pages
from humas.report.model import AnnualReport, NationReport, ProvinceReport, Report, SatkerReport

REPORTS = "laporan/"
DATA = "data"
Page = tuple[str, Render]


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """What building a draft did. changed: files that are new or changed. count: files of the release in all.

    alterations: what was published and lay there otherwise. faults: pages that our program failed on, by name
    (:data:`DATA` of the open data); then there is no draft, and it must be built again without them.
    """

    changed: int
    count: int
    changed_reports: int
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
    all_reports: Iterable[Report],
    withheld: frozenset[tuple[str, str]] = frozenset(),
) -> Material:
    """Sort the reports of one body and period into what the site is made of. withheld: those our program failed on.

    Raises:
        OperatorError: the national report is missing.
    """
    reports = list(all_reports)
    nation = next((report for report in reports if isinstance(report, NationReport)), None)
    if nation is None:
        raise OperatorError(
            "nasional_tidak_ada", "Laporan nasional belum disusun.", "jalankan langkah susun, lalu situs."
        )
    return Material(
        nation,
        {report.kepala.kode: report for report in reports if isinstance(report, ProvinceReport)},
        {report.kepala.kode: report for report in reports if isinstance(report, SatkerReport)},
        withheld=withheld,
    )


def gather_year(all_reports: Iterable[Report], withheld: frozenset[tuple[str, str]] = frozenset()) -> YearMaterial:
    """Sort the annual reports of one body, as :func:`gather` does those of a quarter."""
    by_level: dict[str, dict[str, AnnualReport]] = {"satker": {}, "provinsi": {}, "nasional": {}}
    for report in all_reports:
        if isinstance(report, AnnualReport):
            by_level[report.kepala.lingkup][report.kepala.kode] = report
    (nation,) = by_level["nasional"].values()
    return YearMaterial(nation, by_level["provinsi"], by_level["satker"], withheld=withheld)


def build_draft(
    stage: Stage,
    material: Material | YearMaterial,
    archive: Archive,
    old: Mapping[str, Any] | None = None,
    unmade: Unmade = Unmade(),
) -> BuiltSite:
    """Fill a draft: printed files, open data, pages that changed, manifest. Doing it again changes nothing.

    archive: the files that were printed, new ones and those of earlier editions. old: manifest of the release in
    force, if it is known to be the one that was published: pages that it does not know as they lie there are made anew.

    Raises:
        OperatorError: the disk is full or cannot be written; the published site stays.
    """
    printed, alterations = certified_files(stage, archive)
    altered = [] if old is None else altered_pages(stage.folder, old)
    intact = set(old["berkas"]).difference(altered) if old else set()
    changed, data, faults = _write_data(stage, material, old, unmade, intact)
    complete = replace(material, berkas={**printed, **data}, rantai=head_of(archive.records))
    only = manifest.changed_reports(old, reports_of(material), printed) | _reports_of_pages(altered)
    written, made, failed = _make(stage, _to_make(_pages(complete, only), material, unmade, intact))
    if faults or failed:
        return BuiltSite(0, 0, 0, faults=(*faults, *failed))
    left = page_names(material) - made.keys()
    kept = {name: _as_published(name, old) for name in left} if old else {}
    release.keep_only(stage, {manifest.NAME, *data, *page_names(material)})
    files = {**printed, **data, **made, **kept}
    content = manifest.build_manifest(complete, files, archive.records)
    changed += written + release.write_pages(stage, [(manifest.NAME, content)]) + len(archive.new & printed.keys())
    alterations += [_page_alteration(name) for name in altered] + _strays(stage.folder, printed)
    return BuiltSite(changed, len(files) + 1, len(only), tuple(alterations))


def _pages(material: Material | YearMaterial, only: Collection[tuple[str, str]]) -> Iterable[tuple[str, Render]]:
    return year_pages(material, only) if isinstance(material, YearMaterial) else pages(material, only)


def _to_make(
    pages: Iterable[tuple[str, Render]], material: Material | YearMaterial, unmade: Unmade, intact: Collection[str]
) -> list[Page]:
    """The pages to make, but for those that stay as published; one that fails and was never published says so."""
    made: list[Page] = []
    for name, render in pages:
        if name in intact and (name in unmade.old or name in unmade.failed):
            continue
        made.append((name, partial(_notice, name, material) if name in unmade.failed else render))
    return made


def _notice(name: str, material: Material | YearMaterial) -> bytes:
    """What readers find where a page should be that our program fails on."""
    if not name.endswith(".html"):
        return b""
    by_name = {page_of(*report.kunci): report.kepala.nama for report in reports_of(material)}
    titles = {target: label for label, target in MENU} | by_name
    return render_withheld(material.nasional, titles.get(name, name), "../" if "/" in name else "")


def _make(stage: Stage, pages: Iterable[Page]) -> tuple[int, dict[str, PublishedFile], list[Fault[str]]]:
    """Make pages one by one and write them; how many changed, what each is, and those that our program fails on.

    Raises:
        ProgramFault: it fails on all alike. OperatorError: the disk is full or cannot be written.
    """
    changed, files = 0, {}

    def work(page: Page) -> None:
        nonlocal changed
        name, render = page
        with time_limit(SECONDS_EACH):
            content = render()
        count, written = _write(stage, [(name, content)])
        changed += count
        files.update(written)

    failed = one_by_one(pages, work, lambda page: f"Halaman {page[0]}", ReportFault)
    return changed, files, [Fault(fault.item[0], fault.error) for fault in failed]


def _write_data(
    stage: Stage,
    material: Material | YearMaterial,
    old: Mapping[str, Any] | None,
    unmade: Unmade,
    intact: Collection[str],
) -> tuple[int, dict[str, PublishedFile], list[Fault[str]]]:
    """Write the open data, all of it or none; where our program fails on it, it stays as it was published.

    A year has none of its own: its figures are those of its quarters, and stand in its workbooks.
    """
    if isinstance(material, YearMaterial):
        return 0, {}, []
    if DATA in unmade.failed:
        kept = {name: _as_published(name, old) for name in intact if name.startswith(f"{DATA}/")} if old else {}
        return 0, kept, []
    content: dict[str, bytes] = {}

    def work(_: str) -> None:
        content.update(opendata.open_data(material.nasional, material.provinsi.values()))

    if failed := one_by_one([DATA], work, lambda _: "Data terbuka", ReportFault):
        return 0, {}, failed
    return *_write(stage, content.items()), []


def _write(stage: Stage, contents: Iterable[tuple[str, bytes]]) -> tuple[int, dict[str, PublishedFile]]:
    """Write files of the draft; how many changed, and what each is, from the bytes that were made."""
    content = dict(contents)
    files = {name: FileHash.of(data) for name, data in content.items()}
    published = {name: PublishedFile(name, file.size, file.sha256) for name, file in files.items()}
    return release.write_pages(stage, content.items()), published


def certified_files(stage: Stage, archive: Archive) -> tuple[dict[str, PublishedFile], list[Alteration]]:
    """Bring the printed files of all editions into the draft, each as it was recorded; what was found otherwise.

    A file that is not what was recorded is taken from the freshly printed ones, else printed again from the stored
    model. One that cannot be had any more stays as it lies there; its record stays too, and says that it was altered.
    """
    recorded = archive.files
    wrong = [name for name, file in recorded.items() if not _is(stage.folder / name, file)]
    missing = {name for name in wrong if not (stage.folder / name).exists()}
    left = _take(stage, wrong, recorded, archive.printed)
    if left:
        again = [record for record in archive.records if not left.isdisjoint(record.files)]
        left = _take(stage, sorted(left), recorded, archive.print_again(again))
    told = [name for name in wrong if name in left or name not in missing or name not in archive.new]
    files = {
        name: PublishedFile(name, file.size or _size(stage.folder / name), file.sha256)
        for name, file in recorded.items()
    }
    return files, [_file_alteration(name, gone=name in missing, mended=name not in left) for name in told]


def _take(stage: Stage, names: Iterable[str], recorded: Mapping[str, FileHash], folder: Path) -> set[str]:
    """Copy files that are what was recorded from a folder into the draft; names of those that are not there so."""
    left = set()
    for name in names:
        source = folder / PurePosixPath(name).name
        if _is(source, recorded[name]):
            release.adopt(stage, name, source)
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


def altered_pages(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Pages and data of a release that do not lie there as its manifest says."""
    pages = {name: file for name, file in manifest["berkas"].items() if not name.startswith(REPORTS)}
    return [name for name, file in pages.items() if not _is(folder / name, FileHash(file["sha256"], 0))]


def _reports_of_pages(names: Iterable[str]) -> set[tuple[str, str]]:
    """What the pages of these names are about, as far as they are pages of reports."""
    parts = (PurePosixPath(name) for name in names)
    return {(path.parent.name, path.stem) for path in parts if path.parent.name in {"provinsi", "satker"}}


def _as_published(name: str, old: Mapping[str, Any]) -> PublishedFile:
    entry = old["berkas"][name]
    return PublishedFile(name, entry["ukuran"], entry["sha256"])


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


_OF_QUARTERS = {"status.html", "cara-menghitung.html", "data-terbuka.html", api.NAME, api.DOCUMENT}


def page_names(material: Material | YearMaterial) -> set[str]:
    """Paths of all pages and assets that a site of these reports has."""
    names = {"index.html", "satker/index.html", "aset/indeks.js"}
    names |= set() if isinstance(material, YearMaterial) else _OF_QUARTERS
    return (
        names
        | {f"aset/{name}" for name in assets()}
        | {f"provinsi/{code}.html" for code in material.provinsi}
        | {f"satker/{code}.html" for code in material.satker}
    )


def publish_draft(stage: Stage) -> Path:
    """Switch readers to the draft and bring the front page up to date.

    Returns:
        The link that readers follow.
    """
    link = release.switch(stage)
    refresh_front_page(stage.terbitan)
    return link


def refresh_front_page(publication: Path) -> None:
    """Write the front page over all bodies and periods from the releases in force, one writer at a time."""
    with release.exclusive(publication, "halaman depan"):
        for name, content in assets().items():
            release.write_whole(publication / "aset" / name, content)
        manifests = manifest.published_manifests(publication)
        release.write_whole(publication / check_page.RECORDS, check_page.records_script(manifests))
        release.write_whole(publication / check_page.PAGE, render_check_page())
        release.write_whole(publication / "index.html", render_index(manifests))
