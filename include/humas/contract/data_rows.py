"""Which rows below a header are data, and what the others are: totals, signatures, notes, titles, empty numbering.

A row that fills three of its required columns is data whatever words it holds; only what is sparser is looked at for
marks. What bears no mark is data too and goes to quarantine, so that nothing is passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from humas.contract.cells import Terbaca, as_text, clean_text, fold, is_blank, reader
from humas.contract.columns import Himpunan, Tipe
from humas.contract.headers import JUDUL_TERPANJANG, Judul
from humas.contract.sheet import Catatan, blank_row, is_json
from humas.contract.vocabulary import load_vocabulary
from humas.reading.table import TabelMentah

_JUMLAH = re.compile(r"\s*(?:(?:sub|grand)\s*)?(?:jumlah|total|jml|rata-rata|rekap(?:itulasi)?)\b", re.IGNORECASE)
_BULAN = "januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember"
_TANDA_TANGAN = re.compile(
    r"\s*(?:mengetahui|menyetujui|mengesahkan|disetujui|diketahui|dibuat oleh|yang membuat|pembuat laporan|"
    r"disusun oleh|penanggung jawab|nip\b|nrp\b|a\.?n\.|plt\.?|plh\.?|ketua|sekretaris|kepala|kasubbag|kasubag|"
    r"kabag|koordinator|admin)(?=[\s.,:/]|$)"
    rf"|\s*[A-Z][\w .'-]{{2,40}},\s*(?:\d{{1,2}}|[.…_ ]{{1,12}})\s+(?:{_BULAN})(?:\s+\d{{4}})?\s*$",
    re.IGNORECASE,
)
_CATATAN_KAKI = re.compile(
    r"\s*(?:(?:catatan|keterangan|ket|sumber|nb|note|petunjuk)\s*[.:]|\*+\)?\s*\S|halaman\s+\d|hal\.?\s*\d|page\s+\d|"
    r"dicetak|diunduh|dokumen ini)",
    re.IGNORECASE,
)
_CONTOH = frozenset({"contoh", "contohisian", "contohpengisian", "contohcarapengisian", "cth"})
_NIHIL = frozenset({
    "nihil", "tidakada", "tidakadakegiatan", "tidakadadata", "tidakadapublikasi", "tidakadapermohonan",
    "belumada", "belumadakegiatan", "tidakadahoaks", "tidakadaisu",
})  # fmt: skip
_NIHIL_PANJANG = re.compile(
    r"\W*(?:laporan\s+)?(?:nihil|(?:tidak|belum|tdk)\s+(?:ada|terdapat))"
    r"(?:\s+(?:data|kegiatan|acara|publikasi|konten|rilis|berita|permohonan|informasi|pemohon|isu|hoaks|hoax|aduan|laporan|"
    r"kehumasan|humas|atau|dan|yang|dilaporkan|dilaksanakan|masuk|diterima|ditemukan|di|pada|selama|dalam|untuk|periode|"
    rf"triwulan|tw|bulan|tahun|ini|tersebut|s\.?d\.?|sampai|dengan|{_BULAN}|[ivx]+|\d{{1,4}}))*\W*",
    re.IGNORECASE,
)
_NOMOR_BAGIAN = r"\s*(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s*)?"
_NAMA_SATKER = re.compile(
    _NOMOR_BAGIAN + r"(?:(?:nama\s+)?(?:satker|satuan kerja|unit kerja|kabupaten\s*/\s*kota|wilayah)\s*:\s*)?"
    r"(?P<nama>(?:(?:humas\s+)?(?:kpu|kip|bawaslu|panwaslih|komisi pemilihan umum|badan pengawas pemilihan umum|"
    r"pemerintah|pemda)\s+)?(?:(?:kota|kabupaten|kab\.?|provinsi|prov\.?)\s+|(?:kip|pemkot|pemkab|pemprov)\s+)[^\d:;]+)",
    re.IGNORECASE,
)
_HURUF_BAGIAN = re.compile(r"\(?(?:[A-Z]|[IVX]{1,5})[.)]?")
_JUDUL_BULAN = re.compile(rf"\W*(?:bulan\s*:?\s*)?(?:{_BULAN})(?:\s+\d{{4}})?\W*", re.IGNORECASE)
_ANGKA = re.compile(r"[\d.,\s]+")
_KATA_TERBANYAK = 8
_JABATAN_TERPANJANG = 6


@dataclass(slots=True)
class Pilahan:
    """Rows of a table told apart.

    bagian: runs of data rows, each with the title inside the table that stands above it ("" for the first run).
    indeks: all of them. nihil: whether a row says that there is nothing. tak_dipilih: drafts that are not chosen.
    """

    bagian: list[tuple[str, list[int]]] = field(default_factory=lambda: [("", [])])
    catatan: list[Catatan] = field(default_factory=list)
    indeks: list[int] = field(default_factory=list)
    nihil: bool = False
    tak_dipilih: int = 0

    def add(self, indeks: int) -> None:
        """Book a data row."""
        self.bagian[-1][1].append(indeks)
        self.indeks.append(indeks)


@dataclass(slots=True)
class _Jumlah:
    """The sum of a column over the data rows so far, brought up to date when asked, so that asking often stays cheap."""

    terhitung: int = 0
    banyak: int = 0
    jumlah: float = 0

    def add(self, isi: Sequence[object]) -> None:
        """Take one more row into account."""
        figures = [cell for cell in isi if isinstance(cell, (int, float)) and not isinstance(cell, bool)]
        self.terhitung += len(isi)
        self.banyak += len(figures)
        self.jumlah += sum(figures)


@dataclass(frozen=True)
class Pemilah:
    """Tells the rows of one table apart by its header.

    ulang: rows that repeat the header. draf: only rows chosen in the column "Pakai" are data.
    """

    tabel: TabelMentah
    himpunan: Himpunan
    judul: Judul
    ulang: frozenset[int] = frozenset()
    draf: bool = False

    @cached_property
    def kunci(self) -> tuple[int, ...]:
        """Where the cells stand that make a row a row: required ones that are no numbers and not the unit's."""
        return tuple(
            self.judul.kolom[column.nama]
            for column in self.himpunan.wajib
            if column.nama in self.judul.kolom and not column.dari_sampul and column.tipe is not Tipe.BILANGAN
        )

    @cached_property
    def isi(self) -> frozenset[int]:
        """Where the row's own content stands: all columns of the contract but those of the unit."""
        return frozenset(
            position for name, position in self.judul.kolom.items() if not self.himpunan.menurut_nama[name].dari_sampul
        )

    @cached_property
    def angka(self) -> frozenset[int]:
        """Where counts stand."""
        return frozenset(
            position
            for name, position in self.judul.kolom.items()
            if self.himpunan.menurut_nama[name].tipe is Tipe.BILANGAN
        )

    @cached_property
    def pakai(self) -> int | None:
        """Where a draft says whether it is to be used."""
        return next((position for position, text in enumerate(self.judul.teks) if fold(text) == "pakai"), None)

    def sort_out(self, dari: int, sampai: int) -> Pilahan:
        """Tell apart the rows from ``dari`` up to, not including, ``sampai``."""
        result = Pilahan()
        passed: dict[str, list[int]] = {}
        tail = False
        for index in range(dari, sampai):
            row = self.tabel.sel[index]
            if blank_row(row):
                continue
            if self.draf and not self._chosen(row):
                result.tak_dipilih += 1
                continue
            cause = "judul kolom yang terulang" if index in self.ulang else self._reason(index, result, ekor=tail)
            tail = cause == "tanda tangan" or (tail and cause != "")
            self._book(result, passed, cause, index)
        result.catatan += [self._passed_over(cause, indices) for cause, indices in passed.items()]
        return result

    def _book(self, result: Pilahan, passed: dict[str, list[int]], cause: str, index: int) -> None:
        if not cause:
            result.add(index)
            return
        result.nihil |= cause == "pernyataan nihil"
        if cause == "judul bagian":
            result.bagian.append((self._first_text(self.tabel.sel[index]), []))
        if cause in {"tanda tangan", "baris tanpa isi"}:
            passed.setdefault(cause, []).append(index)
        else:
            result.catatan.append(self._passed_over(cause, [index]))

    def _passed_over(self, cause: str, indices: Sequence[int]) -> Catatan:
        numbers = [self.tabel.nomor_baris(i) for i in indices]
        span = f" (baris {numbers[0]}–{numbers[-1]})" if len(numbers) > 1 else ""
        return Catatan("K16", f"{cause}{span}; tidak dihitung sebagai data.", baris=numbers[0])

    def _chosen(self, row: Sequence[object]) -> bool:
        position = self.pakai
        if position is None or position >= len(row):
            return False
        yes = next(term for term in load_vocabulary()["ya_tidak"].istilah if term.label.casefold() == "ya")
        return row[position] is True or fold(as_text(row[position])) in {
            fold(word) for word in (yes.nilai, yes.label, *yes.sinonim)
        }

    def _reason(self, index: int, result: Pilahan, *, ekor: bool) -> str:
        """Why a row is no data; "" when it is."""
        if is_json(self.tabel):
            return ""
        row = self.tabel.sel[index]
        first = next((cell for cell in row if not is_blank(cell)), None)
        if first is None:
            return "baris tanpa isi"
        if not result.bagian[-1][1] and _column_numbers(row):
            return "baris nomor kolom"
        if isinstance(first, str) and first[:1] in "Cc(" and fold(first) in _CONTOH:
            return "baris contoh"
        hits = sum(position < len(row) and not is_blank(row[position]) for position in self.kunci)
        if hits >= min(3, len(self.kunci)) > 0 and not (ekor and hits < 3):
            return ""
        filled = [position for position, cell in enumerate(row) if not is_blank(cell)]
        if self._unnamed_total(row, result.indeks, filled):
            return "baris jumlah tanpa keterangan"
        return self._of_sparse(row, index, filled, hits, ekor=ekor)

    def _of_sparse(self, row: Sequence[object], index: int, filled: list[int], hits: int, *, ekor: bool) -> str:
        texts = [clean_text(as_text(row[position]))[0] for position in filled]
        contents = [text for position, text in zip(filled, texts, strict=True) if position in self.isi]
        if any(map(_JUMLAH.match, (*texts[:1], *contents[:1]))) and self._only_figures(row):
            return "baris jumlah"
        if (words := [text for text in texts if text.upper() != text.lower()]) and all(map(nil_words, words)):
            return "pernyataan nihil"
        if not self._dated(row) and (ekor or any(map(_signed, texts))):
            return "tanda tangan"
        if len(texts) <= 2 and _CATATAN_KAKI.match(texts[0]):
            return "catatan kaki"
        if self._is_title(index, filled, texts):
            return "judul bagian"
        return "" if contents else "baris tanpa isi"

    def _only_figures(self, row: Sequence[object]) -> bool:
        """Whether a row has nothing in its required cells but one text, such as "Jumlah", and numbers."""
        cells = [row[position] for position in self.kunci if position < len(row) and not is_blank(row[position])]
        return sum(not isinstance(cell, (int, float)) and not _ANGKA.fullmatch(as_text(cell)) for cell in cells) <= 1

    def _dated(self, row: Sequence[object]) -> bool:
        """Whether the date that places a row in a period stands in it."""
        position = self.judul.kolom.get(self.himpunan.acuan)
        if position is None or position >= len(row) or is_blank(row[position]):
            return False
        cell = row[position]
        reading = self._read_date(cell)
        return reading.masalah is None and not (isinstance(cell, str) and _signed(cell))

    @cached_property
    def _read_date(self) -> Callable[[object], Terbaca]:
        return reader(self.himpunan.menurut_nama[self.himpunan.acuan])

    def _is_title(self, index: int, filled: list[int], texts: list[str]) -> bool:
        """A text alone, or behind a letter that numbers it, that is merged over columns, or names a unit or a month."""
        if len(texts) == 2 and filled[0] not in self.isi and _HURUF_BAGIAN.fullmatch(texts[0]):
            return True
        if len(texts) > 1:
            return False
        if (self.tabel.nomor_baris(index), filled[0]) in self._merged_sideways:
            return True
        return unit_words(texts[0]) != "" or _JUDUL_BULAN.fullmatch(texts[0]) is not None

    @cached_property
    def _merged_sideways(self) -> frozenset[tuple[int, int]]:
        """Where cells merged over several columns begin: physical row and column."""
        return frozenset((top, left) for top, left, _, right in self.tabel.gabungan if right > left)

    @cached_property
    def _sums(self) -> dict[int, _Jumlah]:
        return {position: _Jumlah() for position in self.angka}

    def _unnamed_total(self, row: Sequence[object], data: Sequence[int], filled: list[int]) -> bool:
        """Numbers alone, one of which is the sum of the rows above it."""
        if not set(filled) <= self.angka or not all(isinstance(row[i], (int, float)) for i in filled):
            return False
        return any(self._sum_of(position, data) == row[position] for position in filled)

    def _sum_of(self, position: int, data: Sequence[int]) -> float | None:
        """Sum of a column over the data rows so far; None when fewer than two of them have a number."""
        total = self._sums[position]
        rows = (self.tabel.sel[i] for i in data[total.terhitung :])
        total.add([row[position] if position < len(row) else None for row in rows])
        return total.jumlah if total.banyak >= 2 else None

    def _first_text(self, row: Sequence[object]) -> str:
        return " ".join(clean_text(as_text(cell))[0] for cell in row if not is_blank(cell))


def unit_words(teks: str) -> str:
    """The name of a unit when a line is that and nothing else, without number and label before it; else ""."""
    if len(teks.split()) > _KATA_TERBANYAK:
        return ""
    match = _NAMA_SATKER.fullmatch(teks)
    return match["nama"].strip() if match else ""


def nil_words(teks: str) -> bool:
    """Whether a text says that there is nothing to report."""
    return fold(teks) in _NIHIL or (len(teks) <= JUDUL_TERPANJANG and _NIHIL_PANJANG.fullmatch(teks) is not None)


def _signed(text: str) -> bool:
    """Whether a text belongs to a signature: its place and date, an office, a personnel number."""
    return len(text.split()) <= _JABATAN_TERPANJANG and _TANDA_TANGAN.match(text) is not None


def _column_numbers(row: Sequence[object]) -> bool:
    """A row of ``1 2 3 …`` or ``(1) (2) (3) …`` below the header numbers the columns."""
    cells = [cell for cell in row if not is_blank(cell)]
    digits = [re.sub(r"[()\s]", "", as_text(cell)) for cell in cells]
    return len(cells) >= 4 and digits == [str(number) for number in range(1, len(cells) + 1)]
