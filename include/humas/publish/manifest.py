"""The manifest of a release and its open data: what was published, with the hash of each file, and nothing of a clock.

``manifes.json`` lets anybody check that a file is ours and whole, tells the front page the figures of the
period, and tells the next run which reports changed. The CSV files carry the figures for machines, with
their meaning beside them as CSVW metadata.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from humas.publish import view
from humas.publish.model import Laporan, LaporanNasional, number
from humas.publish.parts import BerkasTerbit
from humas.publish.release import files_of
from humas.publish.site import Bahan, site_version
from humas.publish.ukuran import DAFTAR, figure_label

NAMA = "manifes.json"
VERSI = 1
LISENSI = "https://creativecommons.org/licenses/by/4.0/"
_RINGKASAN = (
    "kelengkapan", "ketepatan_waktu", "kegiatan_dilaporkan", "publikasi", "permohonan", "hoaks_isu", "satker_wajib",
    "satker_lapor",
)  # fmt: skip
_NERACA = ("masuk", "diterima", "dikarantina", "kembar")
_KOLOM_ANGKA = (
    ("lingkup", "string", "Tingkat: nasional atau provinsi"),
    ("kode", "string", "Kode Kemendagri; 00 untuk nasional"),
    ("nama", "string", "Nama wilayah"),
    ("id", "string", "Kode angka pada laporan"),
    ("ukuran", "string", "Nama ukuran"),
    ("rincian", "string", "Nilai rincian; kosong untuk jumlah"),
    ("uraian", "string", "Nama angka untuk pembaca"),
    ("satuan", "string", "Satuan nilai"),
    ("nilai", "number", "Nilai; kosong bila tidak dapat dihitung"),
    ("pembilang", "number", "Pembilang sebuah persen"),
    ("penyebut", "number", "Penyebut sebuah persen"),
)
_KOLOM_SATKER = (
    ("kode", "string", "Kode Kemendagri satuan kerja"),
    ("nama", "string", "Nama resmi"),
    ("tingkat", "string", "nasional, provinsi, kabupaten, atau kota"),
    ("ketepatan", "string", "tepat_waktu, terlambat, sangat_terlambat, atau belum_lapor"),
    ("status", "string", "Hasil pemeriksaan kiriman; belum_dikumpulkan bila satker belum diminta datanya"),
    ("diterima_pada", "datetime", "Waktu kiriman pertama yang dihitung; kosong bila belum lapor"),
    ("masuk", "integer", "Baris masuk"),
    ("diterima", "integer", "Baris diterima"),
    ("dikarantina", "integer", "Baris ditahan"),
    ("kembar", "integer", "Baris kembar"),
    ("kegiatan", "integer", "Kegiatan dilaporkan; kosong bila belum lapor"),
    ("publikasi", "integer", "Publikasi; kosong bila belum lapor"),
    ("permohonan", "integer", "Permohonan informasi; kosong bila belum lapor"),
    ("hoaks", "integer", "Isu dan hoaks; kosong bila belum lapor"),
)
_HITUNGAN = ("kegiatan", "publikasi", "permohonan", "hoaks")


def hash_files(folder: Path, dikenal: Mapping[str, BerkasTerbit] | None = None) -> dict[str, BerkasTerbit]:
    """Size and SHA-256 of every file of a release but its manifest, by path, in order.

    dikenal: files hashed a moment ago, taken as they are.
    """
    sudah = dikenal or {}
    jalur = sorted(nama for nama in files_of(folder) if nama != NAMA)
    return {nama: sudah.get(nama) or _hashed(folder, nama) for nama in jalur}


def build_manifest(bahan: Bahan, berkas: Mapping[str, BerkasTerbit]) -> bytes:
    """The manifest: every file with its hash, every report with its edition and the digest of its data."""
    nasional = bahan.nasional
    isi = {
        "versi": VERSI,
        "versi_situs": site_version(),
        "lembaga": nasional.kepala.lembaga,
        "periode": nasional.kepala.periode,
        "edisi": nasional.edisi,
        "terbit": nasional.terbit,
        "ringkasan": {nama: nasional.value(nama) for nama in _RINGKASAN},
        "belum_dikumpulkan": sum(k.belum_dikumpulkan for k in nasional.satker),
        "neraca": _balance(nasional),
        "laporan": {f"{lap.kunci[0]}/{lap.kunci[1]}": _report(lap, berkas) for lap in reports_of(bahan)},
        "berkas": {nama: {"ukuran": b.ukuran, "sha256": b.sidik} for nama, b in sorted(berkas.items())},
    }
    return (json.dumps(isi, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


def reports_of(bahan: Bahan) -> Iterator[Laporan]:
    """Every report of a site: the nation, the provinces, the units."""
    yield bahan.nasional
    yield from bahan.provinsi.values()
    yield from bahan.satker.values()


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a release, None when there is none."""
    try:
        isi: dict[str, Any] = json.loads((folder / NAMA).read_bytes())
    except FileNotFoundError:
        return None
    return isi


def published_manifests(terbitan: Path) -> list[dict[str, Any]]:
    """Manifests of all releases in force, for the front page."""
    folder = sorted(tautan for tautan in terbitan.glob("*/*") if tautan.is_symlink())
    return [manifes for satu in folder if (manifes := read_manifest(satu)) is not None]


def changed_reports(
    manifes: Mapping[str, Any] | None, laporan: Iterable[Laporan], berkas: Mapping[str, BerkasTerbit]
) -> set[tuple[str, str]]:
    """Keys of the reports whose page must be rendered again: other data, edition, files, or other templates.

    The page of a silent unit tells of the last attempt, which stands outside the digest: always again.
    """
    if manifes is None or manifes["versi_situs"] != site_version():
        return {lap.kunci for lap in laporan}
    return {lap.kunci for lap in laporan if not (lap.dicetak and _unchanged(manifes, lap, berkas))}


def check_release(folder: Path) -> list[str]:
    """What differs between a release and its manifest, one Indonesian line each; empty when it is whole."""
    manifes = read_manifest(folder)
    if manifes is None:
        return ["Manifes tidak ada."]
    tertulis, nyata = manifes["berkas"], hash_files(folder)
    hilang = [f"{nama}: berkas hilang." for nama in sorted(tertulis.keys() - nyata.keys())]
    asing = [f"{nama}: tidak tercatat pada manifes." for nama in sorted(nyata.keys() - tertulis.keys())]
    lain = [
        f"{nama}: isi tidak sama dengan manifes."
        for nama in sorted(tertulis.keys() & nyata.keys())
        if tertulis[nama]["sha256"] != nyata[nama].sidik
    ]
    return hilang + asing + lain


def open_data(bahan: Bahan) -> Iterator[tuple[str, bytes]]:
    """The open data of a release: figures of nation and provinces, standing of the units, each with CSVW metadata."""
    angka = [baris for lap in (bahan.nasional, *bahan.provinsi.values()) for baris in _figure_rows(lap)]
    yield "data/angka.csv", _csv(_KOLOM_ANGKA, angka)
    yield (
        "data/angka.csv-metadata.json",
        _csvw(bahan.nasional, "angka.csv", "Angka nasional dan provinsi", _KOLOM_ANGKA, ["lingkup", "kode", "id"]),
    )
    yield "data/satker.csv", _csv(_KOLOM_SATKER, _unit_rows(bahan.nasional))
    yield (
        "data/satker.csv-metadata.json",
        _csvw(bahan.nasional, "satker.csv", "Keadaan setiap satuan kerja", _KOLOM_SATKER, ["kode"]),
    )
    yield "data/ukuran.json", _measures()


def _hashed(folder: Path, nama: str) -> BerkasTerbit:
    isi = (folder / nama).read_bytes()
    return BerkasTerbit(nama, len(isi), sha256(isi).hexdigest())


def _balance(nasional: LaporanNasional) -> dict[str, int]:
    return {nama: nasional.count("baris", nama) for nama in _NERACA}


def _report(lap: Laporan, berkas: Mapping[str, BerkasTerbit]) -> dict[str, Any]:
    """A report in the manifest; a unit that sent nothing has a page, but neither edition nor files."""
    if not lap.dicetak:
        return {"id": "", "edisi": 0, "terbit": "", "sidik": lap.sidik, "berkas": []}
    cetak = [nama for nama in (f"laporan/{lap.id}.pdf", f"laporan/{lap.id}.xlsx") if nama in berkas]
    return {"id": lap.id, "edisi": lap.edisi, "terbit": lap.terbit, "sidik": lap.sidik, "berkas": cetak}


def _unchanged(manifes: Mapping[str, Any], lap: Laporan, berkas: Mapping[str, BerkasTerbit]) -> bool:
    kini = _report(lap, berkas)
    return manifes["laporan"].get("/".join(lap.kunci)) == kini and all(
        manifes["berkas"].get(nama, {}).get("sha256") == berkas[nama].sidik for nama in kini["berkas"]
    )


def _figure_rows(lap: Laporan) -> Iterator[tuple[object, ...]]:
    lingkup, kode = lap.kunci
    for a in lap.angka:
        yield (
            lingkup, kode, lap.kepala.nama, a.id, a.ukuran, a.rincian, view.figure_name(a), a.satuan, a.nilai,
            a.pembilang, a.penyebut,
        )  # fmt: skip


def _unit_rows(nasional: LaporanNasional) -> Iterator[tuple[object, ...]]:
    """One row per unit; what a silent unit did not say stays empty, never zero."""
    for k in nasional.satker:
        isi = asdict(k) | {"status": k.hasil} | ({} if k.lapor else dict.fromkeys(_HITUNGAN))
        yield tuple(isi[nama] for nama, _, _ in _KOLOM_SATKER)


def _csv(kolom: Iterable[tuple[str, str, str]], baris: Iterable[tuple[object, ...]]) -> bytes:
    teks = io.StringIO()
    tulis = csv.writer(teks, lineterminator="\r\n")
    tulis.writerow([nama for nama, _, _ in kolom])
    tulis.writerows([_cell(sel) for sel in satu] for satu in baris)
    return teks.getvalue().encode()


def _cell(nilai: object) -> object:
    """A cell that no spreadsheet program takes for a formula; numbers without float noise."""
    if isinstance(nilai, float):
        return number(nilai)
    return f"'{nilai}" if isinstance(nilai, str) and nilai[:1] in {"=", "+", "-", "@", "\t", "\r"} else nilai


def _csvw(
    nasional: LaporanNasional, berkas: str, judul: str, kolom: Iterable[tuple[str, str, str]], kunci: list[str]
) -> bytes:
    periode = view.period_of(nasional.kepala.periode)
    isi = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "id"}],
        "url": berkas,
        "dc:title": f"{judul}, {view.body_label(nasional)}, {periode.label}",
        "dc:issued": nasional.terbit,
        "dc:temporal": f"{periode.mulai.isoformat()}/{periode.selesai.isoformat()}",
        "dc:license": {"@id": LISENSI},
        "tableSchema": {
            "columns": [{"name": n, "titles": n, "datatype": t, "dc:description": u} for n, t, u in kolom],
            "primaryKey": kunci,
        },
    }
    return (json.dumps(isi, ensure_ascii=False, indent=1) + "\n").encode()


def _measures() -> bytes:
    """The catalogue of measures, so that the CSV can be read without us."""
    isi = [
        {"nomor": u.nomor, "ukuran": u.nama, "label": figure_label(u.nama), "satuan": u.satuan, "rumus": u.rumus}
        for u in DAFTAR
    ]
    return (json.dumps(isi, ensure_ascii=False, indent=1) + "\n").encode()
