"""The bytes a unit sends: JSON pages of its API, a workbook or a CSV file, written as its office would.

``gaya`` varies what real files vary: header synonyms, title rows above the header, dates and numbers as
text or as cells, labels or stored values. The same plan always gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from humas.contract.columns import HIMPUNAN, MENURUT_NAMA, Himpunan, Kolom, Tipe
from humas.contract.vocabulary import load_vocabulary
from humas.simulate.content import Musim, write_rows
from humas.simulate.model import Baris, JenisIsi, Rencana

if TYPE_CHECKING:
    import xlsxwriter.worksheet

    from humas.simulate.plan import Dunia

BARIS_PER_HALAMAN = 50
HALAMAN_TERBANYAK = 40
_IDENTITAS = ("lembaga", "kode_satker", "nama_satker")
_LABEL_LEMBAGA = {"kpu": "KPU", "bawaslu": "Bawaslu", "pemda": "Humas Pemda"}
JENIS_MEDIA = {
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
BARIS_JUDUL_XLSX = (1, 4, 1, 2)
"""Physical row of the header by ``gaya``: some offices put a title and blank rows above it."""
_MASA_PERBAIKAN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Naskah:
    """One document ready to be served. halaman: its pages (one, unless JSON). dikirim_pada: when it was sent."""

    halaman: tuple[bytes, ...]
    jenis_media: str
    dikirim_pada: datetime


@dataclass(frozen=True, slots=True)
class Sampul:
    """What the document says of itself as a whole."""

    lembaga: str
    kode: str
    nama: str
    periode: str
    nihil: bool


def first_row(bentuk: str, gaya: int) -> int:
    """Physical number of the first data row of every data set in a document."""
    return {"json": 1, "csv": 2}.get(bentuk) or BARIS_JUDUL_XLSX[gaya] + 1


def write_document(dunia: Dunia, rencana: Rencana, bentuk: str, versi: int = 1) -> Naskah:
    """The document of one unit in one format; ``versi`` 2 is the corrected one, without defects."""
    isi = document_rows(dunia, rencana, versi)
    sampul = _cover(dunia, rencana)
    if bentuk == "json":
        halaman = tuple(_json_pages(sampul, isi, rencana.gaya))
    elif bentuk == "xlsx":
        halaman = (_workbook(sampul, isi, rencana),)
    else:
        halaman = (_csv_file(sampul, isi["kegiatan"], rencana.gaya),)
    media = JENIS_MEDIA["csv" if rencana.isi is JenisIsi.JENIS_BOHONG else bentuk]
    return Naskah(_break(rencana.isi, halaman), media, rencana.dikirim_pada + _MASA_PERBAIKAN * (versi - 1))


def document_rows(dunia: Dunia, rencana: Rencana, versi: int = 1) -> dict[str, list[Baris]]:
    """The rows of a unit by data set, defects included (in version 1), in the order of the document."""
    musim = dunia.musim
    if rencana.isi is JenisIsi.TRIWULAN_LALU:
        musim = Musim(musim.benih, musim.lembaga, musim.triwulan.sebelumnya(), musim.kalender)
    acara = dunia.events_for(rencana.satuan) if musim is dunia.musim else ()
    isi = write_rows(musim, rencana.satuan, rencana.baris, acara, hari_tertulis=rencana.gaya % 2 == 1)
    suasana = dunia.atmosphere(rencana)
    for pasangan in rencana.pasangan if versi == 1 else ():
        baris = isi[pasangan.cacat.himpunan]
        if pasangan.cacat.tambah:
            baris.append(dict(baris[pasangan.asal]))
        pasangan.cacat.ubah(baris[pasangan.indeks], suasana)
    return isi


def _cover(dunia: Dunia, rencana: Rencana) -> Sampul:
    satuan, triwulan = rencana.satuan, dunia.musim.triwulan
    kode, nama = satuan.kode, satuan.nama
    if rencana.isi is JenisIsi.SATKER_LAIN:
        kode = satuan.kode_bps
    if rencana.isi is JenisIsi.NAMA_GANDA:
        kode, nama = "", satuan.nama_pendek
    if rencana.isi is JenisIsi.TRIWULAN_LALU:
        triwulan = triwulan.sebelumnya()
    return Sampul(dunia.musim.lembaga, kode, nama, triwulan.kunci, rencana.isi is JenisIsi.NIHIL)


def _break(isi: JenisIsi, halaman: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """A broken file: cut off in the middle, though the transfer itself is whole."""
    if isi in {JenisIsi.JSON_RUSAK, JenisIsi.XLSX_RUSAK}:
        return (halaman[0][: len(halaman[0]) * 2 // 3],)
    return halaman


def _columns(himpunan: Himpunan, baris: Sequence[Baris], *, identitas: bool) -> list[Kolom]:
    """Columns of a sheet: those of the contract; the identity columns only where the office keeps them."""
    ada = {nama for satu in baris for nama in _IDENTITAS if nama in satu}
    return [kolom for kolom in himpunan.kolom if kolom.nama not in _IDENTITAS or identitas or kolom.nama in ada]


def _shown(kolom: Kolom, nilai: object) -> object:
    """The label of a vocabulary value; anything else as it is."""
    if kolom.kosakata is None or kolom.kosakata == "strategi":
        return nilai
    kosakata = load_vocabulary()[kolom.kosakata]
    if isinstance(nilai, list):
        return [kosakata.label(str(satu)) for satu in nilai]
    return kosakata.label(nilai) if isinstance(nilai, str) else nilai


def _dots(nilai: int) -> str:
    """A number the Indonesian way: ``1.007``."""
    return f"{nilai:,}".replace(",", ".")


def _json_pages(sampul: Sampul, isi: Mapping[str, list[Baris]], gaya: int) -> Iterator[bytes]:
    """Pages of the API answer; rows keep their order across pages."""
    rata = [(nama, _json_row(MENURUT_NAMA[nama], satu, gaya)) for nama, baris in isi.items() for satu in baris]
    ukuran = max(BARIS_PER_HALAMAN, -(-len(rata) // HALAMAN_TERBANYAK))
    jumlah = max(1, -(-len(rata) // ukuran))
    for nomor in range(1, jumlah + 1):
        data: dict[str, list[Baris]] = {nama: [] for nama in isi}
        for nama, satu in rata[(nomor - 1) * ukuran : nomor * ukuran]:
            data[nama].append(satu)
        dokumen = {
            "versi_kontrak": 1,
            "lembaga": sampul.lembaga,
            "kode_satker": sampul.kode,
            "nama_satker": sampul.nama,
            "periode": sampul.periode,
            "nihil": sampul.nihil,
            "halaman": nomor,
            "jumlah_halaman": jumlah,
            "data": data,
        }
        yield json.dumps(dokumen, ensure_ascii=False).encode()


def _json_row(himpunan: Himpunan, baris: Baris, gaya: int) -> Baris:
    kolom = himpunan.menurut_nama
    return {nama: _json_value(kolom[nama], nilai, gaya) for nama, nilai in baris.items()}


def _json_value(kolom: Kolom, nilai: object, gaya: int) -> object:
    if isinstance(nilai, datetime):
        return nilai.strftime("%d/%m/%Y %H.%M") if gaya == 1 else nilai.isoformat()
    if isinstance(nilai, date):
        return nilai.strftime("%d/%m/%Y") if gaya == 1 else nilai.isoformat()
    if gaya == 2 and isinstance(nilai, int) and nilai >= 0 and kolom.maksimum is None:
        return _dots(nilai)
    return _shown(kolom, nilai) if gaya in {1, 3} else nilai


def _text(kolom: Kolom, nilai: object, gaya: int) -> str:
    """A cell as text, for CSV and for text cells of a workbook."""
    if nilai is None:
        return ""
    if isinstance(nilai, datetime):
        return nilai.strftime("%d/%m/%Y %H.%M")
    if isinstance(nilai, date):
        return nilai.strftime("%d/%m/%Y") if gaya % 2 else nilai.isoformat()
    if isinstance(nilai, int) and kolom.maksimum is None and nilai >= 0:
        return _dots(nilai)
    ditampilkan = _shown(kolom, nilai)
    if isinstance(ditampilkan, list):
        pemisah = "; " if kolom.tipe is Tipe.DAFTAR_TEKS else ", "
        return pemisah.join(str(satu) for satu in ditampilkan)
    return str(ditampilkan)


def _header(kolom: Kolom, gaya: int) -> str:
    return kolom.sinonim[0] if gaya == 2 and kolom.sinonim else kolom.label


def _csv_file(sampul: Sampul, kegiatan: Sequence[Baris], gaya: int) -> bytes:
    """One data set as CSV, identity and period in every line; half of the offices use semicolons."""
    kolom = [satu for satu in MENURUT_NAMA["kegiatan"].kolom if satu.nama not in _IDENTITAS]
    teks = io.StringIO()
    penulis = csv.writer(teks, delimiter=";" if gaya % 2 else ",", lineterminator="\r\n")
    penulis.writerow(["Periode", "Lembaga", "Kode satker", "Nama satker", *(_header(satu, gaya) for satu in kolom)])
    for baris in kegiatan:
        depan = (
            sampul.periode,
            baris.get("lembaga", _LABEL_LEMBAGA[sampul.lembaga]),
            baris.get("kode_satker", sampul.kode),
            baris.get("nama_satker", sampul.nama),
        )
        penulis.writerow([*depan, *(_text(satu, baris.get(satu.nama), gaya) for satu in kolom)])
    return teks.getvalue().encode("utf-8-sig" if gaya > 1 else "utf-8")


def _workbook(sampul: Sampul, isi: Mapping[str, list[Baris]], rencana: Rencana) -> bytes:
    """A workbook with cover and one sheet per data set; its properties carry no clock."""
    import xlsxwriter

    berkas = io.BytesIO()
    pilihan = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    buku = xlsxwriter.Workbook(berkas, pilihan)
    buku.set_properties({"created": rencana.dikirim_pada.replace(tzinfo=None)})
    format_sel = {
        "tanggal": buku.add_format({"num_format": "dd/mm/yyyy"}),
        "waktu": buku.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    }
    if rencana.isi is JenisIsi.LEMBAR_KOSONG:
        buku.add_worksheet("Lembar1")
    else:
        _write_cover(buku.add_worksheet("Sampul"), sampul)
        for himpunan in HIMPUNAN:
            lembar = buku.add_worksheet(himpunan.lembar)
            _write_sheet(lembar, himpunan, isi[himpunan.nama], rencana.gaya, format_sel)
    buku.close()
    return berkas.getvalue()


def _write_cover(lembar: xlsxwriter.worksheet.Worksheet, sampul: Sampul) -> None:
    isi = (
        ("Lembaga", _LABEL_LEMBAGA[sampul.lembaga]),
        ("Kode satker", sampul.kode),
        ("Nama satker", sampul.nama),
        ("Periode", sampul.periode),
        ("Nihil", "Ya" if sampul.nihil else "Tidak"),
        ("Versi templat", "1"),
    )
    for urut, (label, nilai) in enumerate(isi):
        lembar.write_string(urut, 0, label)
        lembar.write_string(urut, 1, nilai)


def _write_sheet(
    lembar: xlsxwriter.worksheet.Worksheet,
    himpunan: Himpunan,
    isi: Sequence[Baris],
    gaya: int,
    format_sel: Mapping[str, object],
) -> None:
    kolom = _columns(himpunan, isi, identitas=gaya == 3)
    judul = BARIS_JUDUL_XLSX[gaya] - 1
    if judul > 1:
        lembar.write_string(0, 0, f"Laporan {himpunan.lembar}")
    for letak, satu in enumerate(kolom):
        lembar.write_string(judul, letak, _header(satu, gaya))
        for urut, baris in enumerate(isi, start=judul + 1):
            _write_cell(lembar, (urut, letak), satu, baris.get(satu.nama), gaya, format_sel)


def _write_cell(
    lembar: xlsxwriter.worksheet.Worksheet,
    tempat: tuple[int, int],
    kolom: Kolom,
    nilai: object,
    gaya: int,
    format_sel: Mapping[str, object],
) -> None:
    if nilai is None or nilai == []:
        return
    sel = gaya in {0, 3}
    if isinstance(nilai, datetime) and sel:
        lembar.write_datetime(*tempat, nilai, format_sel["waktu"])
    elif isinstance(nilai, date) and not isinstance(nilai, datetime) and sel:
        lembar.write_datetime(*tempat, nilai, format_sel["tanggal"])
    elif isinstance(nilai, (int, float)) and (gaya != 1 or isinstance(nilai, float)):
        lembar.write_number(*tempat, nilai)
    else:
        lembar.write_string(*tempat, _text(kolom, nilai, gaya))
