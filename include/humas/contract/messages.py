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
        column = harapan.kolom
        problem = self.terbaca[column].masalah.get(letak)
        if problem and harapan.jenis in {"kosong", "baris", "panjang", "batas"}:
            return None
        if harapan.periksa:
            return self._of_rule(harapan, harapan.periksa, letak)
        message, remedy = self._of_cell(harapan, letak, problem)
        ending = " Isian ini tidak dipakai." if harapan.kosongkan else ""
        return self.finding(letak, column, harapan.aturan.kode, harapan.aturan.keparahan, message + ending, remedy)

    def finding(self, letak: int, kolom: str, kode: str, keparahan: Keparahan, pesan: str, cara: str) -> Temuan:
        """A finding on one cell of one row."""
        sheet, row = self.kumpulan.sheet(letak), self.kumpulan.baris[letak]
        where = place(sheet, row, kolom)
        value = self.shown(letak, kolom, 120) if kolom else ""
        return Temuan(
            self.id_kiriman(letak), self.kumpulan.himpunan.nama, sheet.nama, row, kolom,
            sheet.huruf(kolom) if kolom else "", kode, keparahan.value, f"{where}: {pesan}", cara, value,
        )  # fmt: skip

    def shown(self, letak: int, kolom: str, panjang: int = PANJANG_TAMPIL) -> str:
        """A cell as its writer saw it, masked, without invisible characters, shortened."""
        cell = self.kumpulan.sel[kolom][letak]
        if may_be_a_name(self.kumpulan.himpunan.menurut_nama[kolom], cell):
            return SAMARAN
        clean = clean_text(as_text(cell))[0]
        return shorten(mask(clean, context_of(kolom)), panjang) if not is_blank(cell) else ""

    @cached_property
    def _first_rows(self) -> dict[tuple[object, object], int]:
        """Position of the first row with each key, by submission."""
        first = self.frame.drop_duplicates(["kiriman", "kunci"])
        pairs = zip(first["kiriman"], first["kunci"], strict=True)
        return dict(zip(pairs, map(int, first.index), strict=True))

    def row_of(self, letak: int, dari: int) -> str:
        """Physical row of a row as one on another row's sheet names it: with its own sheet's name when that differs."""
        sheet, here = self.kumpulan.sheet(letak).nama, self.kumpulan.sheet(dari).nama
        number = str(self.kumpulan.baris[letak])
        return number if sheet == here else f"{number} lembar {shorten(sheet, PANJANG_TAMPIL)}"

    def _of_rule(self, expectation: Harapan, check: Pemeriksaan, position: int) -> Temuan:
        row = BarisTemuan(
            lambda name: f'"{self.shown(position, name)}"',
            lambda name: self.frame.at[position, name],
            self.tahu,
            lambda: self.row_of(
                self._first_rows[self.frame.at[position, "kiriman"], self.frame.at[position, "kunci"]], position
            ),
        )
        column = expectation.kolom
        if check.kode == "V32":
            column = first_personal_column(self.kumpulan.himpunan, row.nilai)[0] or column
        remedy = check.cara(row) if check.cara else expectation.aturan.cara
        return self.finding(position, column, check.kode, expectation.aturan.keparahan, check.pesan(row), remedy)

    def _of_cell(self, expectation: Harapan, position: int, problem: Masalah | None) -> tuple[str, str]:
        column = self.kumpulan.himpunan.menurut_nama[expectation.kolom]
        original = self.shown(position, column.nama)
        if expectation.jenis == "kosong":
            return "kosong, padahal wajib.", f"Isi {column.label.lower()}, misalnya {column.contoh}."
        if expectation.jenis == "kode":
            advice = code_hint(self.tahu.register, str(self.terbaca[column.nama].nilai[position]))
            return f'"{original}" bukan kode NN atau NN.NN. {advice}'.strip(), expectation.aturan.cara
        if expectation.jenis == "batas":
            remedy = numbered_remedy(column) if column.nama in KOSAKATA_BERNOMOR else "Periksa angkanya."
            return f"{original} di luar batas, {describe_bounds(column)}.", remedy
        if expectation.jenis == "panjang":
            return self._of_length(position, column.nama, column.panjang or (0, 0)), expectation.aturan.cara
        if problem is None:
            return f'"{original}" tidak dapat dipakai.', expectation.aturan.cara
        return f'"{original}" {problem.pesan}.', remedy_of(column, problem)

    def _of_length(self, position: int, column: str, limits: tuple[int, int]) -> str:
        length = len(str(self.terbaca[column].nilai[position]))
        if length < limits[0]:
            return f'"{self.shown(position, column)}" hanya {length} huruf, paling sedikit {limits[0]}.'
        return f"teks sepanjang {bilangan(length)} huruf, paling banyak {bilangan(limits[1])}."


def place(lembar: Lembar, baris: int, kolom: str) -> str:
    """``Kegiatan, baris 14, kolom F (Jumlah peserta)``; of JSON ``kegiatan, rekaman 14, jumlah_peserta``."""
    letter = lembar.huruf(kolom) if kolom else ""
    if lembar.json:
        return f"{lembar.nama}, rekaman {baris}" + (f", {kolom}" if kolom else "")
    label = lembar.himpunan.menurut_nama[kolom].label if kolom else ""
    where = f", kolom {letter} ({label})" if letter else f" ({label})" if label else ""
    return f"{lembar.nama}, baris {baris}{where}"


def sheet_finding(id_kiriman: str, lembar: Lembar, catatan: Catatan, keparahan: Keparahan, cara: str) -> Temuan:
    """A remark on a whole sheet, a column or a skipped row as a finding."""
    letter = "" if catatan.letak is None or lembar.json else column_letter(catatan.letak)
    parts = [shorten(lembar.nama, PANJANG_TAMPIL)]
    parts += [f"{'rekaman' if lembar.json else 'baris'} {catatan.baris}"] if catatan.baris else []
    parts += [f"kolom {letter}"] if letter else []
    return Temuan(
        id_kiriman, lembar.himpunan.nama, lembar.nama, catatan.baris, "", letter, catatan.kode, keparahan.value,
        f"{', '.join(parts)}: {mask(catatan.pesan)}", catatan.cara or cara, "",
    )  # fmt: skip


def file_finding(
    id_kiriman: str, kode: str, keparahan: Keparahan, pesan: str, cara: str, kolom: str = "", lembar: str = ""
) -> Temuan:
    """A finding on the submission as a whole, on a field of its cover, or on a sheet that holds no table."""
    where = lembar or ("Sampul" if kolom else "")
    return Temuan(id_kiriman, "", where, 0, kolom, "", kode, keparahan.value, mask(pesan), cara, "")


def shorten(teks: str, panjang: int) -> str:
    """At most ``panjang`` characters, the cut marked."""
    return teks if len(teks) <= panjang else teks[: panjang - 1] + "…"
