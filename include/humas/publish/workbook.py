"""The workbook of a report: all its figures and rows as XLSX, the same bytes for the same data.

Every text is written as text: XlsxWriter would otherwise make formulas of ``=…`` and links of ``http…``.
Internal columns of the contract never get here (``humas.publish.view.public_columns``). Headers carry a
format of their own, because LibreOffice ignores table styles. Notes on formulas stand on the last sheet.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from humas.chain import FileHash
from humas.contract.columns import HIMPUNAN, Kolom, Tipe
from humas.publish import view
from humas.publish.findings import column_label, letters, sheet_label
from humas.publish.model import Angka, Keadaan, Laporan, LaporanNasional, LaporanProvinsi, LaporanSatker, Nilai, Tabel
from humas.publish.release import write_whole
from humas.publish.ukuran import DAFTAR, MENURUT_NAMA
from humas.settings import WIB

BATAS_TEKS = 32_767
BATAS_BARIS = 1_048_575
TINGGI_GARIS = 13.5
TINGGI_TERBESAR = 409
_PILIHAN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
Sel = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Lembar:
    """One sheet: headers with their widths (characters), and rows of cells."""

    nama: str
    kepala: tuple[tuple[str, int], ...]
    baris: Sequence[Sequence[Sel]]


def build_workbook(lap: Laporan) -> bytes:
    """The workbook of a report as bytes; a pure function of the report and its edition."""
    tampung = io.BytesIO()
    buku = xlsxwriter.Workbook(tampung, _PILIHAN)
    terbit = datetime.fromisoformat(lap.terbit)
    buku.set_properties({
        "title": f"{lap.kepala.nama}, {view.period_of(lap.kepala.periode).label}",
        "subject": lap.id,
        "author": f"Humas Triwulan, {view.body_label(lap)}",
        "comments": f"Sidik data {lap.sidik}",
        "created": terbit,
    })
    bentuk = _formats(buku)
    for lembar in sheets(lap):
        _write(buku, lembar, bentuk)
    buku.close()
    return tampung.getvalue()


def write_workbook(lap: Laporan, folder: Path) -> tuple[str, FileHash]:
    """Write the workbook of a report as ``<id>.xlsx``: whole, or not at all; its name, and the hash of its bytes."""
    nama, isi = f"{lap.id}.xlsx", build_workbook(lap)
    write_whole(folder / nama, isi)
    return nama, FileHash.of(isi)


def sheets(lap: Laporan) -> Iterator[Lembar]:
    """The sheets of a report, in the order people need them."""
    yield _summary(lap)
    yield _figures(lap)
    if isinstance(lap, LaporanSatker):
        yield from _rows(lap)
        yield _findings(lap)
        yield _sources(lap)
    if isinstance(lap, LaporanNasional):
        yield _provinces(lap)
    if isinstance(lap, LaporanProvinsi | LaporanNasional):
        yield _units(lap.satker)
    if lap.edisi > 1:
        yield _changes(lap)
    yield _notes(lap)


def _summary(lap: Laporan) -> Lembar:
    periode = view.period_of(lap.kepala.periode)
    baris: list[tuple[Sel, ...]] = [
        ("Laporan", lap.id),
        ("Lembaga", view.body_label(lap)),
        ("Nama", lap.kepala.nama),
        ("Kode", lap.kepala.kode),
        ("Periode", f"{periode.label} ({periode.rentang})"),
        ("Edisi", lap.edisi),
        ("Terbit", date.fromisoformat(lap.terbit)),
        ("Sidik data", lap.sidik),
    ]
    baris += [(f"Tenggat {view.TINGKAT[t.tingkat]}", date.fromisoformat(t.tanggal)) for t in lap.kepala.tenggat]
    if lap.kepala.asumsi_tenggat:
        baris.append(("Catatan tenggat", "Tenggat adalah asumsi pemasangan sampai ditetapkan dengan keputusan."))
    if isinstance(lap, LaporanSatker):
        baris += _standing(lap.keadaan)
    baris += [(a.label, _value(a), a.satuan) for a in lap.angka if not a.rincian]
    baris += [(view.figure_name(a), _value(a), a.satuan) for a in lap.breakdown("baris")]
    return Lembar("Ringkasan", (("Uraian", 34), ("Isi", 50), ("Satuan", 14)), baris)


def _standing(k: Keadaan) -> list[tuple[Sel, ...]]:
    return [
        ("Ketepatan", view.KETEPATAN.get(k.ketepatan, k.ketepatan)),
        ("Hasil periksa", view.STATUS.get(k.hasil, k.hasil)),
        ("Diterima", _moment(k.diterima_pada)),
    ]


def _figures(lap: Laporan) -> Lembar:
    kepala = (
        ("Kode angka", 12), ("Ukuran", 34), ("Rincian", 40), ("Nilai", 14), ("Satuan", 14), ("Pembilang", 12),
        ("Penyebut", 12), ("Triwulan lalu", 14),
    )  # fmt: skip
    baris = [
        (
            a.id, MENURUT_NAMA[a.ukuran].label, a.label if a.rincian else None, _value(a), a.satuan, a.pembilang,
            a.penyebut, a.sebelumnya,
        )
        for a in lap.angka
    ]  # fmt: skip
    return Lembar("Angka", kepala, baris)


def _rows(lap: LaporanSatker) -> Iterator[Lembar]:
    """The accepted rows of each data set: public columns under the headers that senders know, and their origin."""
    for himpunan in HIMPUNAN:
        tabel = lap.tabel.get(himpunan.nama)
        if tabel is None:
            continue
        kolom = view.public_columns(himpunan.nama, tabel)
        asal = [(i, nama) for i, nama in enumerate(tabel.kolom) if nama in {"lembar", "baris"}]
        kepala = (*((k.label, _width(k)) for _, k in kolom), *((f"{nama.capitalize()} asal", 14) for _, nama in asal))
        pengubah = [(i, _converter(k)) for i, k in kolom]
        baris = [
            (*(ubah(satu[i]) for i, ubah in pengubah), *(satu[i] for i, _ in asal))
            for satu in tabel.baris[:BATAS_BARIS]
        ]
        yield Lembar(himpunan.lembar, kepala, baris)


def _findings(lap: LaporanSatker) -> Lembar:
    kepala = (("Akibat", 10), ("Lembar", 20), ("Baris", 8), ("Huruf", 8), ("Kolom", 22), ("Aturan", 10), ("Apa yang salah", 60), ("Cara memperbaiki", 60))  # fmt: skip
    return Lembar("Temuan", kepala, [*_finding_rows(lap.ditahan, "ditahan"), *_finding_rows(lap.catatan, "catatan")])


def _finding_rows(tabel: Tabel, akibat: str) -> Iterator[tuple[Sel, ...]]:
    for r in tabel.records():
        kolom = column_label(r["kolom"])
        yield (
            akibat,
            sheet_label(r["lembar"]),
            r["baris"] or None,
            letters(r["huruf"]),
            kolom,
            r["kode"],
            r["pesan"],
            r["cara"],
        )


def _sources(lap: LaporanSatker) -> Lembar:
    kepala = (("Diterima", 18), ("Saluran", 10), ("Hasil", 20), ("Berlaku", 9), ("Masuk", 8), ("Diterima", 9), ("Ditahan", 8), ("Kembar", 8), ("Sidik SHA-256", 68))  # fmt: skip
    baris = [
        (
            _moment(s.diterima_pada), s.saluran, view.STATUS.get(s.status, s.status), "ya" if s.berlaku else "tidak",
            s.masuk, s.diterima, s.dikarantina, s.kembar, s.sidik,
        )
        for s in lap.sumber
    ]  # fmt: skip
    return Lembar("Berkas asal", kepala, baris)


def _provinces(lap: LaporanNasional) -> Lembar:
    kepala = (
        ("Kode", 7), ("Provinsi", 30), ("Wajib", 8), ("Lapor", 8), ("Kelengkapan (%)", 16), ("Selang bawah", 13),
        ("Selang atas", 12), ("Tepat waktu", 12), ("Ketepatan (%)", 14), ("Kegiatan", 10), ("Acara unik", 11),
        ("Publikasi", 10), ("Permohonan", 12), ("Isu dan hoaks", 14), ("Ditahan", 9),
    )  # fmt: skip
    baris = [
        (
            p.kode, p.nama, p.wajib, p.lapor, p.kelengkapan, p.selang_bawah, p.selang_atas, p.tepat_waktu,
            p.ketepatan_waktu, p.kegiatan, p.acara, p.publikasi, p.permohonan, p.hoaks, p.dikarantina,
        )
        for p in lap.provinsi
    ]  # fmt: skip
    return Lembar("Provinsi", kepala, baris)


def _units(satker: Iterable[Keadaan]) -> Lembar:
    kepala = (
        ("Kode", 8), ("Satker", 40), ("Ketepatan", 17), ("Hasil periksa", 18), ("Diterima", 18), ("Masuk", 8),
        ("Diterima", 9), ("Ditahan", 9), ("Kembar", 8), ("Kegiatan", 10), ("Publikasi", 10), ("Permohonan", 12),
        ("Isu dan hoaks", 14), ("Siapa bertindak bila belum lapor", 32),
    )  # fmt: skip
    return Lembar("Satker", kepala, [_unit_row(k) for k in satker])


def _unit_row(k: Keadaan) -> tuple[Sel, ...]:
    """A unit; what a silent unit did not say stays empty, never zero."""
    hitungan: tuple[Sel, ...] = (k.kegiatan, k.publikasi, k.permohonan, k.hoaks) if k.lapor else (None,) * 4
    return (
        k.kode, k.nama, view.KETEPATAN.get(k.ketepatan, k.ketepatan), view.STATUS.get(k.hasil, k.hasil),
        _moment(k.diterima_pada), k.masuk, k.diterima, k.dikarantina, k.kembar, *hitungan,
        None if k.lapor else view.cause_of(k).siapa,
    )  # fmt: skip


def _changes(lap: Laporan) -> Lembar:
    kepala = (("Kode angka", 12), ("Angka", 44), (f"Edisi {lap.edisi - 1}", 14), (f"Edisi {lap.edisi}", 14), ("Selisih", 12))  # fmt: skip
    baris = [
        (u.id, u.label, u.lama, u.baru, None if u.lama is None or u.baru is None else round(u.baru - u.lama, 6))
        for u in lap.ralat
    ]
    return Lembar("Ralat", kepala, baris)


def _notes(lap: Laporan) -> Lembar:
    """Formula of every measure in this report, and how to read the workbook."""
    ada = {a.ukuran for a in lap.angka}
    baris: list[tuple[Sel, ...]] = [(u.label, u.satuan or None, u.rumus) for u in DAFTAR if u.nama in ada]
    baris += [
        ("Neraca baris", None, "Baris masuk = baris diterima + baris ditahan + baris kembar."),
        ("Sel kosong", None, "Tidak dilaporkan atau tidak dapat dihitung. Nol ditulis 0."),
        (
            "Kode angka",
            None,
            "Huruf menyebut tingkat (S satker, P provinsi, N nasional), lalu nomor ukuran dan rincian.",
        ),
    ]
    return Lembar("Catatan", (("Angka", 34), ("Satuan", 14), ("Rumus atau arti", 90)), baris)


def _value(a: Angka) -> Sel:
    return round(a.nilai, 6) if isinstance(a.nilai, float) else a.nilai


def _moment(iso: str | None) -> Sel:
    return datetime.fromisoformat(iso).astimezone(WIB).replace(tzinfo=None) if iso else None


def _width(kolom: Kolom) -> int:
    lebar = {Tipe.TANGGAL: 14, Tipe.WAKTU: 18, Tipe.BILANGAN: 13, Tipe.PILIHAN: 20, Tipe.KODE: 9}
    panjang = 46 if kolom.panjang and kolom.panjang[1] >= 200 else 24
    return max(len(kolom.label) + 3, lebar.get(kolom.tipe, panjang))


def _converter(kolom: Kolom) -> Callable[[Nilai], Sel]:
    """How a stored cell of this column becomes a cell of the workbook: real dates, real numbers, labels for codes."""
    if kolom.tipe is Tipe.TANGGAL:
        return lambda nilai: date.fromisoformat(str(nilai)[:10]) if nilai else None
    if kolom.tipe is Tipe.WAKTU:
        return lambda nilai: _moment(str(nilai)) if nilai else None
    if kolom.tipe is Tipe.BILANGAN:
        return lambda nilai: nilai
    return lambda nilai: view.cell_text(kolom, nilai) or None


def _formats(buku: Any) -> dict[str, Any]:
    dasar = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
    return {
        "kepala": buku.add_format({**dasar, "bold": True, "bg_color": "#E4ECF7", "bottom": 2, "text_wrap": True, "valign": "bottom", "indent": 1}),
        "teks": buku.add_format({**dasar, "text_wrap": True, "indent": 1}),
        "angka": buku.add_format({**dasar, "num_format": "#,##0"}),
        "pecahan": buku.add_format({**dasar, "num_format": "#,##0.00"}),
        "tanggal": buku.add_format({**dasar, "num_format": "dd/mm/yyyy", "align": "left"}),
        "waktu": buku.add_format({**dasar, "num_format": "dd/mm/yyyy hh.mm", "align": "left"}),
    }  # fmt: skip


def _write(buku: Any, lembar: Lembar, bentuk: dict[str, Any]) -> None:
    halaman = buku.add_worksheet(lembar.nama[:31])
    for kolom, (judul, lebar) in enumerate(lembar.kepala):
        halaman.set_column(kolom, kolom, lebar)
        halaman.write_string(0, kolom, judul, bentuk["kepala"])
    lebar_kolom = [n for _, n in lembar.kepala]
    for nomor, baris in enumerate(lembar.baris, start=1):
        garis = _lines(baris, lebar_kolom)
        if garis > 1:
            halaman.set_row(nomor, min(TINGGI_TERBESAR, TINGGI_GARIS * garis))
        for kolom, sel in enumerate(baris):
            if sel is not None and sel != "":
                _write_cell(halaman, nomor, kolom, sel, bentuk)
    halaman.freeze_panes(1, 0)
    halaman.set_landscape()
    halaman.set_paper(9)
    halaman.fit_to_pages(1, 0)
    halaman.repeat_rows(0)
    if len(lembar.baris) > 1:
        halaman.autofilter(0, 0, len(lembar.baris), len(lembar.kepala) - 1)


def _lines(baris: Sequence[Sel], lebar: Sequence[int]) -> int:
    """Lines of the tallest wrapped text of a row: LibreOffice keeps the height it is told, and prints over the next row."""
    return max(
        (math.ceil(len(s) / n) for s, n in zip(baris, lebar, strict=False) if isinstance(s, str) and len(s) > n),
        default=1,
    )


def _write_cell(halaman: Any, baris: int, kolom: int, sel: Sel, bentuk: dict[str, Any]) -> None:
    if isinstance(sel, str):
        halaman.write_string(baris, kolom, sel[:BATAS_TEKS], bentuk["teks"])
    elif isinstance(sel, datetime):
        halaman.write_datetime(baris, kolom, sel, bentuk["waktu"])
    elif isinstance(sel, date):
        halaman.write_datetime(baris, kolom, sel, bentuk["tanggal"])
    elif sel is not None:
        halaman.write_number(baris, kolom, sel, bentuk["pecahan" if isinstance(sel, float) else "angka"])
