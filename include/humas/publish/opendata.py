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

from humas.report import view
from humas.report.measures import measures_of
from humas.report.model import NationReport, ProvinceReport, Report, number

_MEDIA = "https://www.iana.org/assignments/media-types/"
_FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/QUARTERLY"
Column = tuple[str, str, str]
_FIGURE_COLUMNS: tuple[Column, ...] = (
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
_SATKER_COLUMNS: tuple[Column, ...] = (
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
    ("kegiatan", "integer", "Kegiatan dilaporkan; kosong bila himpunan ini belum dilaporkan"),
    ("publikasi", "integer", "Publikasi; kosong bila himpunan ini belum dilaporkan"),
    ("permohonan", "integer", "Permohonan informasi; kosong bila himpunan ini belum dilaporkan"),
    ("hoaks", "integer", "Isu dan hoaks; kosong bila himpunan ini belum dilaporkan"),
)


@dataclass(frozen=True, slots=True)
class OpenDataset:
    """One open data set. kolom: (name, CSVW type, meaning); kunci: columns that identify a row."""

    nama: str
    judul: str
    uraian: str
    kolom: tuple[Column, ...]
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
    OpenDataset(
        "angka",
        "Angka nasional dan provinsi",
        "Setiap angka laporan nasional dan provinsi dengan kode, satuan, pembilang, dan penyebutnya.",
        _FIGURE_COLUMNS,
        ("lingkup", "kode", "id"),
    ),
    OpenDataset(
        "satker",
        "Keadaan setiap satuan kerja",
        "Ketepatan, hasil periksa, neraca baris, dan hitungan pokok setiap satuan kerja.",
        _SATKER_COLUMNS,
        ("kode",),
    ),
)
CATALOGUE_PATH = "data/katalog.jsonld"
MEASURES_PATH = "data/ukuran.json"


def open_data(nation: NationReport, province: Iterable[ProvinceReport]) -> Iterator[tuple[str, bytes]]:
    """Path within the release and bytes of each file of open data."""
    rows = {
        "angka": [row for report in (nation, *province) for row in _figure_rows(report)],
        "satker": list(_unit_rows(nation)),
    }
    for dataset in DATA:
        yield f"data/{dataset.nama}.csv", _csv(dataset.kolom, rows[dataset.nama])
        yield f"data/{dataset.nama}.csv-metadata.json", _csvw(nation, dataset)
        yield f"data/{dataset.nama}.json", _records(dataset, rows[dataset.nama])
    yield MEASURES_PATH, _measures(nation.kepala.lembaga)
    yield CATALOGUE_PATH, _catalogue(nation)


def _figure_rows(report: Report) -> Iterator[tuple[object, ...]]:
    scope, code = report.kunci
    for figure in report.angka:
        yield (
            scope, code, report.kepala.nama, figure.id, figure.ukuran, figure.rincian, view.figure_name(report, figure),
            figure.satuan, figure.nilai, figure.pembilang, figure.penyebut,
        )  # fmt: skip


def _unit_rows(nation: NationReport) -> Iterator[tuple[object, ...]]:
    """One row per unit; a data set that it did not speak about stays empty, never zero."""
    for unit in nation.satker:
        values = asdict(unit) | {"status": unit.hasil}
        yield tuple(values[name] for name, _, _ in _SATKER_COLUMNS)


def _csv(columns: Iterable[tuple[str, str, str]], rows: Iterable[tuple[object, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([name for name, _, _ in columns])
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> object:
    """A cell that no spreadsheet program takes for a formula; numbers without float noise."""
    if isinstance(value, float):
        return number(value)
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value


def _records(dataset: OpenDataset, rows: Iterable[tuple[object, ...]]) -> bytes:
    """The rows as a list of objects; numbers stay numbers, what is not known is null."""
    names = [name for name, _, _ in dataset.kolom]
    records = [
        dict(zip(names, (number(cell) if isinstance(cell, float) else cell for cell in row), strict=True))
        for row in rows
    ]
    return (json.dumps(records, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _title(nation: NationReport, dataset: OpenDataset) -> str:
    return f"{dataset.judul}, {view.body_label(nation)}, {view.period_of(nation.kepala.periode).label}"


def _csvw(nation: NationReport, dataset: OpenDataset) -> bytes:
    period = view.period_of(nation.kepala.periode)
    return _pretty({
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "id"}],
        "url": f"{dataset.nama}.csv",
        "dc:title": _title(nation, dataset),
        **({} if nation.withheld else {"dc:issued": nation.terbit}),
        "dc:temporal": f"{period.start.isoformat()}/{period.end.isoformat()}",
        "tableSchema": {
            "columns": [
                {"name": name, "titles": name, "datatype": kind, "dc:description": meaning}
                for name, kind, meaning in dataset.kolom
            ],
            "primaryKey": list(dataset.kunci),
        },
    })


def _catalogue(nation: NationReport) -> bytes:
    """The DCAT entry; addresses are relative, so that it holds wherever the release is copied to."""
    return _pretty({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@type": "dcat:Catalog",
        "dct:title": f"Data kehumasan {view.body_label(nation)}",
        "dct:language": "id",
        "dcat:dataset": [_dataset(nation, dataset) for dataset in DATA],
    })


def _dataset(nation: NationReport, dataset: OpenDataset) -> dict[str, Any]:
    period, lembaga = view.period_of(nation.kepala.periode), nation.kepala.lembaga
    return {
        "@type": "dcat:Dataset",
        "dct:identifier": f"{lembaga}-{period.key}-{dataset.nama}-e{nation.edisi}",
        "dct:title": _title(nation, dataset),
        "dct:description": dataset.uraian,
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": view.body_label(nation)},
        **({} if nation.withheld else {"dct:issued": {"@value": nation.terbit, "@type": "xsd:date"}}),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@value": period.start.isoformat(), "@type": "xsd:date"},
            "dcat:endDate": {"@value": period.end.isoformat(), "@type": "xsd:date"},
        },
        "dct:accrualPeriodicity": {"@id": _FREQUENCY},
        "dcat:version": str(nation.edisi),
        "dcat:keyword": ["kehumasan", view.body_label(nation), "keterbukaan informasi", period.label],
        "dcat:distribution": [
            _distribution(f"{dataset.nama}.csv", "text/csv", f"{dataset.nama}.csv-metadata.json"),
            _distribution(f"{dataset.nama}.json", "application/json", "ukuran.json"),
        ],
    }


def _distribution(file: str, kind: str, meaning: str) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dcat:downloadURL": {"@id": file},
        "dcat:mediaType": {"@id": _MEDIA + kind},
        "dct:conformsTo": {"@id": meaning},
    }


def _pretty(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _measures(body: str) -> bytes:
    """The catalogue of measures, so that the CSV can be read without us."""
    measures = [
        {
            "nomor": measure.nomor,
            "ukuran": measure.nama,
            "label": measure.label,
            "satuan": measure.satuan,
            "rumus": measure.rumus,
        }
        for measure in measures_of(body).values()
    ]
    return (json.dumps(measures, ensure_ascii=False, indent=1) + "\n").encode()
