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
            name = next((sheet for sheet in self.kertas if fold(sheet) == fold(LEMBAR_SAMPUL)), "")
            return name, self._cover_cell(name, temuan["field"])
        position = self.letak.get(temuan["sheet"])
        if position is None or position.nama not in self.kertas:
            return "", None
        return position.nama, self._cell(position, temuan)

    def _cell(self, position: Lembaran, finding: Mapping[str, Any]) -> tuple[int, int] | None:
        sheet = self.kertas[position.nama]
        column = _column(position, finding["column"])
        if finding["row"] or (position.kunci is not None and column is not None):
            row = int(finding["row"]) + position.geser
            column = next(iter(sheet.filled(row)), 0) if column is None else column
            return sheet.anchor((row, column))
        header = self._header(position.nama, column)
        return sheet.anchor(header) if header else None

    def _header(self, name: str, column: int | None) -> tuple[int, int] | None:
        """The nearest filled cell above the data: of a column, or the first one of its row."""
        sheet = self.kertas[name]
        above = [row for row in sheet.baris if row < self.awal.get(name, 1_048_577)]
        for row in sorted(above, reverse=True):
            filled = sheet.filled(row)
            if filled and (column is None or column in filled):
                return row, filled[0] if column is None else column
        return None

    def _cover_cell(self, name: str, key: str) -> tuple[int, int] | None:
        """The cell beside the label of a cover field."""
        if not name:
            return None
        for place, cell in self.kertas[name].sel.items():
            if len(cell) and fold(self.buku.text(cell)) in _LABEL_SAMPUL.get(key, ()):
                right = [column for column in self.kertas[name].filled(place[0]) if column > place[1]]
                return place[0], right[0] if right else place[1] + 1
        return None


def make_plan(periksa: Terperiksa, register: Register, denah: Denah, *, utuh: bool) -> Rencana:
    """All that the workbook will show. utuh: the sender's own file comes back, not a workbook made anew."""
    answer = periksa.jawaban
    ordered = by_weight(answer["findings"], list(denah.kertas))
    notes = tuple(
        _note(number, finding, denah, answer["status"]) for number, finding in enumerate(ordered[:MAKS_TEMUAN], 1)
    )
    rows = row_states(answer, denah.letak)
    return Rencana(
        _head(answer, register), _steps(answer, notes, utuh=utuh, kosong=not denah.kertas),
        notes, len(ordered) - len(notes), rows, utuh,
    )  # fmt: skip


def row_states(jawaban: Mapping[str, Any], letak: Mapping[str, Lembaran]) -> dict[str, dict[int, bool]]:
    """For each sheet of the workbook its data rows, with whether they are settled: accepted, and without a warning.

    A warning may be met in another cell than the one it names, so its whole row stays open.
    """
    open_rows = {
        (finding["sheet"], finding["row"])
        for finding in jawaban["findings"]
        if finding["severity"] == Keparahan.PERINGATAN
    }
    states: dict[str, dict[int, bool]] = {}
    for row in jawaban["rows"]:
        position = letak.get(row["sheet"])
        if position is not None:
            settled = row["state"] == "accepted" and (row["sheet"], row["row"]) not in open_rows
            states.setdefault(position.nama, {})[int(row["row"]) + position.geser] = settled
    return states


def _column(position: Lembaran, letters: str) -> int | None:
    if position.kunci is not None:
        return position.kunci.get(letters)
    return column_index(letters) if letters else None


def _note(number: int, finding: Mapping[str, Any], layout: Denah, status: str) -> Catatan:
    sheet, place = layout.find(finding)
    where = f"{sheet} {reference(place)}" if sheet and place else place_words(finding) or "Seluruh berkas"
    return Catatan(
        number, Keparahan(finding["severity"]), consequence(finding, status), sheet, place, where, column_label(finding),
        what_is_wrong(finding), clean(finding["fix"]), finding["rule"],
    )  # fmt: skip


def _head(answer: Mapping[str, Any], register: Register) -> tuple[tuple[str, str], ...]:
    lines = [("Satker", _owner(answer, register)), ("Periode", _period(answer)), ("Berkas", answer["file"])]
    lines.append(("Hasil", verdict_label(answer)))
    if answer["reason"]:
        lines.append(("Sebab", f"{answer['reason']} {answer['remedy']}"))
    if answer["rows_in"]:
        lines.append(("Baris", count_words(answer)))
    if answer.get("due"):
        assumed = " (asumsi pemasangan)" if answer["due_assumed"] else ""
        lines.append(("Tenggat", tanggal_panjang(date.fromisoformat(answer["due"])) + assumed))
    return tuple((label, clean(text)) for label, text in lines if text)


def _owner(answer: Mapping[str, Any], register: Register) -> str:
    if not answer["satker"]:
        return "belum dikenali dari berkas ini"
    name = register.satker(answer["satker"]).nama_resmi(Lembaga(answer["lembaga"] or Lembaga.KPU))
    return f"{name} ({answer['satker']})"


def _period(answer: Mapping[str, Any]) -> str:
    return parse_periode(answer["periode"]).label if answer["periode"] else "belum dikenali dari berkas ini"


def _steps(answer: Mapping[str, Any], notes: tuple[Catatan, ...], *, utuh: bool, kosong: bool) -> tuple[str, ...]:
    """What to do now, in order."""
    if kosong:
        return ("Perbaiki berkas asli menurut daftar di bawah ini.", "Kirim ulang berkas itu.")
    if not any(note.keparahan is not Keparahan.INFO for note in notes):
        return ("Tidak ada yang perlu diperbaiki; semua baris sudah dihitung.",)
    steps = [
        "Klik tautan pada kolom Tempat; sel yang perlu dilihat berwarna dan berkomentar.",
        "Perbaiki isinya di sel itu.",
        "Simpan berkas ini, lalu kirim ulang seutuhnya. Lembar Perbaikan boleh dibiarkan.",
    ]
    if answer["accepted"]:
        steps.append(
            "Baris yang sudah diterima terkunci. Bila ada yang memang salah: Tinjau, lalu Buka Proteksi Lembar (tanpa sandi)."
        )
    if not utuh:
        steps.append("Buku kerja ini disusun ulang dari berkas Anda; kirim buku kerja ini, bukan berkas lama.")
    if answer["file"].casefold().endswith(".csv"):
        steps.append(
            "Satker mengirim beberapa CSV? Perbaiki CSV ini saja dan kirim lagi sebagai CSV, agar yang lain tetap dihitung."
        )
    return tuple(steps)
