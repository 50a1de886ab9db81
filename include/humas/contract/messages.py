"""Findings in words: where it is, what is wrong with this value, and what to do; personal data masked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from humas.contract.batch import SAMARAN, Kumpulan, may_be_a_name
from humas.contract.cells import (
    KOSAKATA_BERNOMOR,
    KolomTerbaca,
    Masalah,
    as_text,
    clean_text,
    is_blank,
    numbered_remedy,
    remedy_of,
)
from humas.contract.checks.base import BarisTemuan, Pemeriksaan, Pengetahuan
from humas.contract.checks.identity import code_hint
from humas.contract.checks.texts import first_personal_column
from humas.contract.privacy import mask
from humas.contract.privacy.columns import context_of
from humas.contract.result import Keparahan
from humas.contract.sheet import Catatan, Lembar, column_letter
from humas.contract.suite import Harapan, describe_bounds
from humas.periods import bilangan

if TYPE_CHECKING:
    import pandas as pd

PANJANG_TAMPIL = 60


class Temuan(NamedTuple):
    """One row of ``HasilBatch.temuan``."""

    id_kiriman: str
    himpunan: str
    lembar: str
    baris: int
    kolom: str
    huruf: str
    kode: str
    keparahan: str
    pesan: str
    cara: str
    nilai: str


@dataclass(frozen=True)
class Penulis:
    """Writes the findings on the rows of one data set."""

    kumpulan: Kumpulan
    terbaca: dict[str, KolomTerbaca]
    frame: pd.DataFrame
    tahu: Pengetahuan
    id_kiriman: Callable[[int], str]

    def write(self, harapan: Harapan, letak: int) -> Temuan | None:
        """The finding of one row that broke one expectation; None when the same cell has been told already."""
        kolom = harapan.kolom
        masalah = self.terbaca[kolom].masalah.get(letak)
        if masalah and harapan.jenis in {"kosong", "baris", "panjang", "batas"}:
            return None
        if harapan.periksa:
            return self._of_rule(harapan, harapan.periksa, letak)
        pesan, cara = self._of_cell(harapan, letak, masalah)
        akhir = " Isian ini tidak dipakai." if harapan.kosongkan else ""
        return self.finding(letak, kolom, harapan.aturan.kode, harapan.aturan.keparahan, pesan + akhir, cara)

    def finding(self, letak: int, kolom: str, kode: str, keparahan: Keparahan, pesan: str, cara: str) -> Temuan:
        """A finding on one cell of one row."""
        lembar, baris = self.kumpulan.sheet(letak), self.kumpulan.baris[letak]
        tempat = place(lembar, baris, kolom)
        nilai = self.shown(letak, kolom, 120) if kolom else ""
        return Temuan(
            self.id_kiriman(letak), self.kumpulan.himpunan.nama, lembar.nama, baris, kolom,
            lembar.huruf(kolom) if kolom else "", kode, keparahan.value, f"{tempat}: {pesan}", cara, nilai,
        )  # fmt: skip

    def shown(self, letak: int, kolom: str, panjang: int = PANJANG_TAMPIL) -> str:
        """A cell as its writer saw it, masked, without invisible characters, shortened."""
        isi = self.kumpulan.sel[kolom][letak]
        if may_be_a_name(self.kumpulan.himpunan.menurut_nama[kolom], isi):
            return SAMARAN
        bersih = clean_text(as_text(isi))[0]
        return shorten(mask(bersih, context_of(kolom)), panjang) if not is_blank(isi) else ""

    @cached_property
    def _first_rows(self) -> dict[tuple[object, object], int]:
        """Position of the first row with each key, by submission."""
        pertama = self.frame.drop_duplicates(["kiriman", "kunci"])
        pasangan = zip(pertama["kiriman"], pertama["kunci"], strict=True)
        return dict(zip(pasangan, map(int, pertama.index), strict=True))

    def row_of(self, letak: int, dari: int) -> str:
        """Physical row of a row as one on another row's sheet names it: with its own sheet's name when that differs."""
        lembar, sini = self.kumpulan.sheet(letak).nama, self.kumpulan.sheet(dari).nama
        nomor = str(self.kumpulan.baris[letak])
        return nomor if lembar == sini else f"{nomor} lembar {shorten(lembar, PANJANG_TAMPIL)}"

    def _of_rule(self, harapan: Harapan, periksa: Pemeriksaan, letak: int) -> Temuan:
        baris = BarisTemuan(
            lambda nama: f'"{self.shown(letak, nama)}"',
            lambda nama: self.frame.at[letak, nama],
            self.tahu,
            lambda: self.row_of(
                self._first_rows[self.frame.at[letak, "kiriman"], self.frame.at[letak, "kunci"]], letak
            ),
        )
        kolom = harapan.kolom
        if periksa.kode == "V32":
            kolom = first_personal_column(self.kumpulan.himpunan, baris.nilai)[0] or kolom
        cara = periksa.cara(baris) if periksa.cara else harapan.aturan.cara
        return self.finding(letak, kolom, periksa.kode, harapan.aturan.keparahan, periksa.pesan(baris), cara)

    def _of_cell(self, harapan: Harapan, letak: int, masalah: Masalah | None) -> tuple[str, str]:
        kolom = self.kumpulan.himpunan.menurut_nama[harapan.kolom]
        asli = self.shown(letak, kolom.nama)
        if harapan.jenis == "kosong":
            return "kosong, padahal wajib.", f"Isi {kolom.label.lower()}, misalnya {kolom.contoh}."
        if harapan.jenis == "kode":
            saran = code_hint(self.tahu.register, str(self.terbaca[kolom.nama].nilai[letak]))
            return f'"{asli}" bukan kode NN atau NN.NN. {saran}'.strip(), harapan.aturan.cara
        if harapan.jenis == "batas":
            cara = numbered_remedy(kolom) if kolom.nama in KOSAKATA_BERNOMOR else "Periksa angkanya."
            return f"{asli} di luar batas, {describe_bounds(kolom)}.", cara
        if harapan.jenis == "panjang":
            return self._of_length(letak, kolom.nama, kolom.panjang or (0, 0)), harapan.aturan.cara
        if masalah is None:
            return f'"{asli}" tidak dapat dipakai.', harapan.aturan.cara
        return f'"{asli}" {masalah.pesan}.', remedy_of(kolom, masalah)

    def _of_length(self, letak: int, kolom: str, batas: tuple[int, int]) -> str:
        panjang = len(str(self.terbaca[kolom].nilai[letak]))
        if panjang < batas[0]:
            return f'"{self.shown(letak, kolom)}" hanya {panjang} huruf, paling sedikit {batas[0]}.'
        return f"teks sepanjang {bilangan(panjang)} huruf, paling banyak {bilangan(batas[1])}."


def place(lembar: Lembar, baris: int, kolom: str) -> str:
    """``Kegiatan, baris 14, kolom F (Jumlah peserta)``; of JSON ``kegiatan, rekaman 14, jumlah_peserta``."""
    huruf = lembar.huruf(kolom) if kolom else ""
    if lembar.json:
        return f"{lembar.nama}, rekaman {baris}" + (f", {kolom}" if kolom else "")
    label = lembar.himpunan.menurut_nama[kolom].label if kolom else ""
    letak = f", kolom {huruf} ({label})" if huruf else f" ({label})" if label else ""
    return f"{lembar.nama}, baris {baris}{letak}"


def sheet_finding(id_kiriman: str, lembar: Lembar, catatan: Catatan, keparahan: Keparahan, cara: str) -> Temuan:
    """A remark on a whole sheet, a column or a skipped row as a finding."""
    huruf = "" if catatan.letak is None or lembar.json else column_letter(catatan.letak)
    bagian = [shorten(lembar.nama, PANJANG_TAMPIL)]
    bagian += [f"{'rekaman' if lembar.json else 'baris'} {catatan.baris}"] if catatan.baris else []
    bagian += [f"kolom {huruf}"] if huruf else []
    return Temuan(
        id_kiriman, lembar.himpunan.nama, lembar.nama, catatan.baris, "", huruf, catatan.kode, keparahan.value,
        f"{', '.join(bagian)}: {mask(catatan.pesan)}", catatan.cara or cara, "",
    )  # fmt: skip


def file_finding(
    id_kiriman: str, kode: str, keparahan: Keparahan, pesan: str, cara: str, kolom: str = "", lembar: str = ""
) -> Temuan:
    """A finding on the submission as a whole, on a field of its cover, or on a sheet that holds no table."""
    tempat = lembar or ("Sampul" if kolom else "")
    return Temuan(id_kiriman, "", tempat, 0, kolom, "", kode, keparahan.value, mask(pesan), cara, "")


def shorten(teks: str, panjang: int) -> str:
    """At most ``panjang`` characters, the cut marked."""
    return teks if len(teks) <= panjang else teks[: panjang - 1] + "…"
