"""The open data of a release, for machines: the same figures as CSV and JSON, with their meaning beside them.

Each CSV has CSVW metadata, ``katalog.jsonld`` is the DCAT entry that data portals harvest. No licence is stated:
which one holds is for the body to decide, not for us. Nothing here reads a clock or a disk: same reports, same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from humas.publish import view
from humas.publish.model import Laporan, LaporanNasional, LaporanProvinsi, number
from humas.publish.ukuran import DAFTAR, figure_label

_MEDIA = "https://www.iana.org/assignments/media-types/"
_FREKUENSI = "http://publications.europa.eu/resource/authority/frequency/QUARTERLY"
Kolom = tuple[str, str, str]
_KOLOM_ANGKA: tuple[Kolom, ...] = (
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
_KOLOM_SATKER: tuple[Kolom, ...] = (
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


@dataclass(frozen=True, slots=True)
class HimpunanData:
    """One open data set. kolom: (name, CSVW type, meaning); kunci: columns that identify a row."""

    nama: str
    judul: str
    uraian: str
    kolom: tuple[Kolom, ...]
    kunci: tuple[str, ...]

    @property
    def berkas(self) -> tuple[tuple[str, str], ...]:
        """(label, path within the release) of its files."""
        return (
            (f"{self.judul} (CSV)", f"data/{self.nama}.csv"),
            (f"{self.judul}: keterangan kolom (CSVW)", f"data/{self.nama}.csv-metadata.json"),
            (f"{self.judul} (JSON)", f"data/{self.nama}.json"),
        )


DATA = (
    HimpunanData(
        "angka",
        "Angka nasional dan provinsi",
        "Setiap angka laporan nasional dan provinsi dengan kode, satuan, pembilang, dan penyebutnya.",
        _KOLOM_ANGKA,
        ("lingkup", "kode", "id"),
    ),
    HimpunanData(
        "satker",
        "Keadaan setiap satuan kerja",
        "Ketepatan, hasil periksa, neraca baris, dan hitungan pokok setiap satuan kerja.",
        _KOLOM_SATKER,
        ("kode",),
    ),
)
KATALOG = "data/katalog.jsonld"
UKURAN = "data/ukuran.json"


def open_data(nasional: LaporanNasional, provinsi: Iterable[LaporanProvinsi]) -> Iterator[tuple[str, bytes]]:
    """Path within the release and bytes of each file of open data."""
    isi = {
        "angka": [baris for lap in (nasional, *provinsi) for baris in _figure_rows(lap)],
        "satker": list(_unit_rows(nasional)),
    }
    for data in DATA:
        yield f"data/{data.nama}.csv", _csv(data.kolom, isi[data.nama])
        yield f"data/{data.nama}.csv-metadata.json", _csvw(nasional, data)
        yield f"data/{data.nama}.json", _records(data, isi[data.nama])
    yield UKURAN, _measures()
    yield KATALOG, _catalogue(nasional)


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


def _records(data: HimpunanData, baris: Iterable[tuple[object, ...]]) -> bytes:
    """The rows as a list of objects; numbers stay numbers, what is not known is null."""
    nama = [n for n, _, _ in data.kolom]
    isi = [dict(zip(nama, (number(s) if isinstance(s, float) else s for s in satu), strict=True)) for satu in baris]
    return (json.dumps(isi, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _title(nasional: LaporanNasional, data: HimpunanData) -> str:
    return f"{data.judul}, {view.body_label(nasional)}, {view.period_of(nasional.kepala.periode).label}"


def _csvw(nasional: LaporanNasional, data: HimpunanData) -> bytes:
    periode = view.period_of(nasional.kepala.periode)
    return _pretty({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "id"}],
        "url": f"{data.nama}.csv",
        "dc:title": _title(nasional, data),
        **({} if nasional.withheld else {"dc:issued": nasional.terbit}),
        "dc:temporal": f"{periode.mulai.isoformat()}/{periode.selesai.isoformat()}",
        "tableSchema": {
            "columns": [{"name": n, "titles": n, "datatype": t, "dc:description": u} for n, t, u in data.kolom],
            "primaryKey": list(data.kunci),
        },
    })


def _catalogue(nasional: LaporanNasional) -> bytes:
    """The DCAT entry; addresses are relative, so that it holds wherever the release is copied to."""
    return _pretty({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Catalog",
        "dct:title": f"Data kehumasan {view.body_label(nasional)}",
        "dct:language": "id",
        "dcat:dataset": [_dataset(nasional, data) for data in DATA],
    })


def _dataset(nasional: LaporanNasional, data: HimpunanData) -> dict[str, Any]:
    periode, lembaga = view.period_of(nasional.kepala.periode), nasional.kepala.lembaga
    return {
        "@type": "dcat:Dataset",
        "dct:identifier": f"{lembaga}-{periode.kunci}-{data.nama}-e{nasional.edisi}",
        "dct:title": _title(nasional, data),
        "dct:description": data.uraian,
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": view.body_label(nasional)},
        **({} if nasional.withheld else {"dct:issued": {"@value": nasional.terbit, "@type": "xsd:date"}}),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@value": periode.mulai.isoformat(), "@type": "xsd:date"},
            "dcat:endDate": {"@value": periode.selesai.isoformat(), "@type": "xsd:date"},
        },
        "dct:accrualPeriodicity": {"@id": _FREKUENSI},
        "dcat:version": str(nasional.edisi),
        "dcat:keyword": ["kehumasan", "pemilu", "keterbukaan informasi", periode.label],
        "dcat:distribution": [
            _distribution(f"{data.nama}.csv", "text/csv", f"{data.nama}.csv-metadata.json"),
            _distribution(f"{data.nama}.json", "application/json", "ukuran.json"),
        ],
    }


def _distribution(berkas: str, media: str, arti: str) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dcat:downloadURL": {"@id": berkas},
        "dcat:mediaType": {"@id": _MEDIA + media},
        "dct:conformsTo": {"@id": arti},
    }


def _pretty(isi: Mapping[str, Any]) -> bytes:
    return (json.dumps(isi, ensure_ascii=False, indent=1) + "\n").encode()


def _measures() -> bytes:
    """The catalogue of measures, so that the CSV can be read without us."""
    isi = [
        {"nomor": u.nomor, "ukuran": u.nama, "label": figure_label(u.nama), "satuan": u.satuan, "rumus": u.rumus}
        for u in DAFTAR
    ]
    return (json.dumps(isi, ensure_ascii=False, indent=1) + "\n").encode()
