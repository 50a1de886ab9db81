"""From reports and printed files to a draft of the site, and from the draft to what readers see.

The only place where pages, manifest and release meet; rendering stays pure in ``site`` and ``manifest``,
writing stays in ``release``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from humas.errors import SistemError
from humas.publish import api, manifest, opendata, release
from humas.publish.model import Laporan, LaporanNasional, LaporanProvinsi, LaporanSatker
from humas.publish.release import Panggung
from humas.publish.site import Bahan, GangguanRegister, assets, render_index, render_site


@dataclass(frozen=True, slots=True)
class HasilSitus:
    """What building a draft did. berubah: files that are new or changed. jumlah: files of the release in all."""

    berubah: int
    jumlah: int
    laporan_berubah: int


def gather(laporan: Iterable[Laporan], gangguan: tuple[GangguanRegister, ...] = ()) -> Bahan:
    """Sort the reports of one body and period into what the site is made of.

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
    )


def build_draft(panggung: Panggung, bahan: Bahan, cetakan: Mapping[str, Path]) -> HasilSitus:
    """Fill a draft: printed files, open data, pages that changed, manifest. Doing it again changes nothing.

    cetakan: new files by path within the release (``laporan/HT-….pdf``) and where they lie now; earlier
    editions are in the draft already.

    Raises:
        SistemError: the disk is full or cannot be written; the published site stays.
    """
    for nama, sumber in cetakan.items():
        release.adopt(panggung, nama, sumber)
    lama = manifest.read_manifest(panggung.folder)
    berubah = release.write_pages(panggung, opendata.open_data(bahan.nasional, bahan.provinsi.values()))
    data = {n: b for n, b in manifest.hash_files(panggung.folder).items() if n.startswith(("laporan/", "data/"))}
    lengkap = Bahan(bahan.nasional, bahan.provinsi, bahan.satker, data, bahan.gangguan)
    hanya = manifest.changed_reports(lama, manifest.reports_of(bahan), data)
    berubah += release.write_pages(panggung, render_site(lengkap, hanya))
    release.keep_only(panggung, {manifest.NAMA, *data, *page_names(bahan)})
    berkas = manifest.hash_files(panggung.folder, data)
    berubah += release.write_pages(panggung, [(manifest.NAMA, manifest.build_manifest(lengkap, berkas))])
    return HasilSitus(berubah + len(cetakan), len(berkas) + 1, len(hanya))


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
