"""The plan: findings in the order of their weight, each with the cell to look at, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from humas.check import verdict_label
from humas.contract.cells import fold
from humas.contract.result import Keparahan
from humas.feedback.book import Buku
from humas.feedback.model import MAKS_TEMUAN, Catatan, Rencana, Terperiksa
from humas.feedback.rebuild import Lembaran
from humas.feedback.sheet import Kertas, column_index, reference
from humas.feedback.words import by_weight, clean, column_label, consequence, count_words, place_words, what_is_wrong
from humas.periods import parse_periode
from humas.periods.format import tanggal_panjang
from humas.registry import Lembaga

if TYPE_CHECKING:
    from humas.registry import Register

LEMBAR_SAMPUL = "Sampul"
_LABEL_SAMPUL = {
    "lembaga": ("lembaga",),
    "kode_satker": ("kodesatker", "kode"),
    "nama_satker": ("namasatker", "satker"),
    "periode": ("periode", "triwulan"),
    "nihil": ("nihil",),
    "versi_kontrak": ("versitemplat", "versikontrak"),
}


@dataclass(frozen=True)
class Denah:
    """Finds the cell that a finding speaks of.

    buku: the workbook. kertas: its sheets by name. letak: where each table of the document stands, by the name
    that findings give it. awal: first data row of each sheet.
    """

    buku: Buku
    kertas: Mapping[str, Kertas]
    letak: Mapping[str, Lembaran]
    awal: Mapping[str, int]

    def find(self, temuan: Mapping[str, Any]) -> tuple[str, tuple[int, int] | None]:
        """Name of the sheet ("" when none) and place of the cell (None when none)."""
        if temuan["sheet"] == LEMBAR_SAMPUL and not temuan["row"]:
            nama = next((satu for satu in self.kertas if fold(satu) == fold(LEMBAR_SAMPUL)), "")
            return nama, self._cover_cell(nama, temuan["field"])
        lembaran = self.letak.get(temuan["sheet"])
        if lembaran is None or lembaran.nama not in self.kertas:
            return "", None
        return lembaran.nama, self._cell(lembaran, temuan)

    def _cell(self, lembaran: Lembaran, temuan: Mapping[str, Any]) -> tuple[int, int] | None:
        kertas = self.kertas[lembaran.nama]
        kolom = _column(lembaran, temuan["column"])
        if temuan["row"] or (lembaran.kunci is not None and kolom is not None):
            nomor = int(temuan["row"]) + lembaran.geser
            kolom = next(iter(kertas.filled(nomor)), 0) if kolom is None else kolom
            return kertas.anchor((nomor, kolom))
        judul = self._header(lembaran.nama, kolom)
        return kertas.anchor(judul) if judul else None

    def _header(self, nama: str, kolom: int | None) -> tuple[int, int] | None:
        """The nearest filled cell above the data: of a column, or the first one of its row."""
        kertas = self.kertas[nama]
        atas = [nomor for nomor in kertas.baris if nomor < self.awal.get(nama, 1_048_577)]
        for nomor in sorted(atas, reverse=True):
            terisi = kertas.filled(nomor)
            if terisi and (kolom is None or kolom in terisi):
                return nomor, terisi[0] if kolom is None else kolom
        return None

    def _cover_cell(self, nama: str, kolom: str) -> tuple[int, int] | None:
        """The cell beside the label of a cover field."""
        if not nama:
            return None
        for tempat, sel in self.kertas[nama].sel.items():
            if len(sel) and fold(self.buku.text(sel)) in _LABEL_SAMPUL.get(kolom, ()):
                isi = [satu for satu in self.kertas[nama].filled(tempat[0]) if satu > tempat[1]]
                return tempat[0], isi[0] if isi else tempat[1] + 1
        return None


def make_plan(periksa: Terperiksa, register: Register, denah: Denah, *, utuh: bool) -> Rencana:
    """All that the workbook will show. utuh: the sender's own file comes back, not a workbook made anew."""
    jawaban = periksa.jawaban
    urut = by_weight(jawaban["findings"], list(denah.kertas))
    catatan = tuple(_note(nomor, satu, denah, jawaban["status"]) for nomor, satu in enumerate(urut[:MAKS_TEMUAN], 1))
    baris = row_states(jawaban, denah.letak)
    return Rencana(
        _head(jawaban, register), _steps(jawaban, catatan, utuh=utuh, kosong=not denah.kertas),
        catatan, len(urut) - len(catatan), baris, utuh,
    )  # fmt: skip


def row_states(jawaban: Mapping[str, Any], letak: Mapping[str, Lembaran]) -> dict[str, dict[int, bool]]:
    """For each sheet of the workbook its data rows, with whether they are settled: accepted, and without a warning.

    A warning may be met in another cell than the one it names, so its whole row stays open.
    """
    terbuka = {(satu["sheet"], satu["row"]) for satu in jawaban["findings"] if satu["severity"] == Keparahan.PERINGATAN}
    hasil: dict[str, dict[int, bool]] = {}
    for satu in jawaban["rows"]:
        lembaran = letak.get(satu["sheet"])
        if lembaran is not None:
            beres = satu["state"] == "accepted" and (satu["sheet"], satu["row"]) not in terbuka
            hasil.setdefault(lembaran.nama, {})[int(satu["row"]) + lembaran.geser] = beres
    return hasil


def _column(lembaran: Lembaran, huruf: str) -> int | None:
    if lembaran.kunci is not None:
        return lembaran.kunci.get(huruf)
    return column_index(huruf) if huruf else None


def _note(nomor: int, temuan: Mapping[str, Any], denah: Denah, status: str) -> Catatan:
    lembar, tempat = denah.find(temuan)
    di_mana = f"{lembar} {reference(tempat)}" if lembar and tempat else place_words(temuan) or "Seluruh berkas"
    return Catatan(
        nomor, Keparahan(temuan["severity"]), consequence(temuan, status), lembar, tempat, di_mana, column_label(temuan),
        what_is_wrong(temuan), clean(temuan["fix"]), temuan["rule"],
    )  # fmt: skip


def _head(jawaban: Mapping[str, Any], register: Register) -> tuple[tuple[str, str], ...]:
    baris = [("Satker", _owner(jawaban, register)), ("Periode", _period(jawaban)), ("Berkas", jawaban["file"])]
    baris.append(("Hasil", verdict_label(jawaban)))
    if jawaban["reason"]:
        baris.append(("Sebab", f"{jawaban['reason']} {jawaban['remedy']}"))
    if jawaban["rows_in"]:
        baris.append(("Baris", count_words(jawaban)))
    if jawaban.get("due"):
        asumsi = " (asumsi pemasangan)" if jawaban["due_assumed"] else ""
        baris.append(("Tenggat", tanggal_panjang(date.fromisoformat(jawaban["due"])) + asumsi))
    return tuple((label, clean(isi)) for label, isi in baris if isi)


def _owner(jawaban: Mapping[str, Any], register: Register) -> str:
    if not jawaban["satker"]:
        return "belum dikenali dari berkas ini"
    nama = register.satker(jawaban["satker"]).nama_resmi(Lembaga(jawaban["lembaga"] or Lembaga.KPU))
    return f"{nama} ({jawaban['satker']})"


def _period(jawaban: Mapping[str, Any]) -> str:
    return parse_periode(jawaban["periode"]).label if jawaban["periode"] else "belum dikenali dari berkas ini"


def _steps(jawaban: Mapping[str, Any], catatan: tuple[Catatan, ...], *, utuh: bool, kosong: bool) -> tuple[str, ...]:
    """What to do now, in order."""
    if kosong:
        return ("Perbaiki berkas asli menurut daftar di bawah ini.", "Kirim ulang berkas itu.")
    if not any(satu.keparahan is not Keparahan.INFO for satu in catatan):
        return ("Tidak ada yang perlu diperbaiki; semua baris sudah dihitung.",)
    langkah = [
        "Klik tautan pada kolom Tempat; sel yang perlu dilihat berwarna dan berkomentar.",
        "Perbaiki isinya di sel itu.",
        "Simpan berkas ini, lalu kirim ulang seutuhnya. Lembar Perbaikan boleh dibiarkan.",
    ]
    if jawaban["accepted"]:
        langkah.append(
            "Baris yang sudah diterima terkunci. Bila ada yang memang salah: Tinjau, lalu Buka Proteksi Lembar (tanpa sandi)."
        )
    if not utuh:
        langkah.append("Buku kerja ini disusun ulang dari berkas Anda; kirim buku kerja ini, bukan berkas lama.")
    if jawaban["file"].casefold().endswith(".csv"):
        langkah.append(
            "Satker mengirim beberapa CSV? Perbaiki CSV ini saja dan kirim lagi sebagai CSV, agar yang lain tetap dihitung."
        )
    return tuple(langkah)
