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
        angka = [satu for satu in isi if isinstance(satu, (int, float)) and not isinstance(satu, bool)]
        self.terhitung += len(isi)
        self.banyak += len(angka)
        self.jumlah += sum(angka)


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
            self.judul.kolom[kolom.nama]
            for kolom in self.himpunan.wajib
            if kolom.nama in self.judul.kolom and not kolom.dari_sampul and kolom.tipe is not Tipe.BILANGAN
        )

    @cached_property
    def isi(self) -> frozenset[int]:
        """Where the row's own content stands: all columns of the contract but those of the unit."""
        return frozenset(
            letak for nama, letak in self.judul.kolom.items() if not self.himpunan.menurut_nama[nama].dari_sampul
        )

    @cached_property
    def angka(self) -> frozenset[int]:
        """Where counts stand."""
        return frozenset(
            letak for nama, letak in self.judul.kolom.items() if self.himpunan.menurut_nama[nama].tipe is Tipe.BILANGAN
        )

    @cached_property
    def pakai(self) -> int | None:
        """Where a draft says whether it is to be used."""
        return next((letak for letak, teks in enumerate(self.judul.teks) if fold(teks) == "pakai"), None)

    def sort_out(self, dari: int, sampai: int) -> Pilahan:
        """Tell apart the rows from ``dari`` up to, not including, ``sampai``."""
        hasil = Pilahan()
        lewat: dict[str, list[int]] = {}
        ekor = False
        for indeks in range(dari, sampai):
            baris = self.tabel.sel[indeks]
            if blank_row(baris):
                continue
            if self.draf and not self._chosen(baris):
                hasil.tak_dipilih += 1
                continue
            sebab = "judul kolom yang terulang" if indeks in self.ulang else self._reason(indeks, hasil, ekor=ekor)
            ekor = sebab == "tanda tangan" or (ekor and sebab != "")
            self._book(hasil, lewat, sebab, indeks)
        hasil.catatan += [self._passed_over(sebab, semua) for sebab, semua in lewat.items()]
        return hasil

    def _book(self, hasil: Pilahan, lewat: dict[str, list[int]], sebab: str, indeks: int) -> None:
        if not sebab:
            hasil.add(indeks)
            return
        hasil.nihil |= sebab == "pernyataan nihil"
        if sebab == "judul bagian":
            hasil.bagian.append((self._first_text(self.tabel.sel[indeks]), []))
        if sebab in {"tanda tangan", "baris tanpa isi"}:
            lewat.setdefault(sebab, []).append(indeks)
        else:
            hasil.catatan.append(self._passed_over(sebab, [indeks]))

    def _passed_over(self, sebab: str, semua: Sequence[int]) -> Catatan:
        nomor = [self.tabel.nomor_baris(i) for i in semua]
        rentang = f" (baris {nomor[0]}–{nomor[-1]})" if len(nomor) > 1 else ""
        return Catatan("K16", f"{sebab}{rentang}; tidak dihitung sebagai data.", baris=nomor[0])

    def _chosen(self, baris: Sequence[object]) -> bool:
        letak = self.pakai
        if letak is None or letak >= len(baris):
            return False
        ya = next(satu for satu in load_vocabulary()["ya_tidak"].istilah if satu.label.casefold() == "ya")
        return baris[letak] is True or fold(as_text(baris[letak])) in {
            fold(k) for k in (ya.nilai, ya.label, *ya.sinonim)
        }

    def _reason(self, indeks: int, hasil: Pilahan, *, ekor: bool) -> str:
        """Why a row is no data; "" when it is."""
        if is_json(self.tabel):
            return ""
        baris = self.tabel.sel[indeks]
        awal = next((isi for isi in baris if not is_blank(isi)), None)
        if awal is None:
            return "baris tanpa isi"
        if not hasil.bagian[-1][1] and _column_numbers(baris):
            return "baris nomor kolom"
        if isinstance(awal, str) and awal[:1] in "Cc(" and fold(awal) in _CONTOH:
            return "baris contoh"
        kena = sum(letak < len(baris) and not is_blank(baris[letak]) for letak in self.kunci)
        if kena >= min(3, len(self.kunci)) > 0 and not (ekor and kena < 3):
            return ""
        terisi = [letak for letak, isi in enumerate(baris) if not is_blank(isi)]
        if self._unnamed_total(baris, hasil.indeks, terisi):
            return "baris jumlah tanpa keterangan"
        return self._of_sparse(baris, indeks, terisi, kena, ekor=ekor)

    def _of_sparse(self, baris: Sequence[object], indeks: int, terisi: list[int], kena: int, *, ekor: bool) -> str:
        teks = [clean_text(as_text(baris[letak]))[0] for letak in terisi]
        isi = [satu for letak, satu in zip(terisi, teks, strict=True) if letak in self.isi]
        if any(map(_JUMLAH.match, (*teks[:1], *isi[:1]))) and self._only_figures(baris):
            return "baris jumlah"
        if (kata := [satu for satu in teks if satu.upper() != satu.lower()]) and all(map(nil_words, kata)):
            return "pernyataan nihil"
        if not self._dated(baris) and (ekor or any(map(_signed, teks))):
            return "tanda tangan"
        if len(teks) <= 2 and _CATATAN_KAKI.match(teks[0]):
            return "catatan kaki"
        if self._is_title(indeks, terisi, teks):
            return "judul bagian"
        return "" if isi else "baris tanpa isi"

    def _only_figures(self, baris: Sequence[object]) -> bool:
        """Whether a row has nothing in its required cells but one text, such as "Jumlah", and numbers."""
        isi = [baris[letak] for letak in self.kunci if letak < len(baris) and not is_blank(baris[letak])]
        return sum(not isinstance(satu, (int, float)) and not _ANGKA.fullmatch(as_text(satu)) for satu in isi) <= 1

    def _dated(self, baris: Sequence[object]) -> bool:
        """Whether the date that places a row in a period stands in it."""
        letak = self.judul.kolom.get(self.himpunan.acuan)
        if letak is None or letak >= len(baris) or is_blank(baris[letak]):
            return False
        isi = baris[letak]
        dibaca = self._read_date(isi)
        return dibaca.masalah is None and not (isinstance(isi, str) and _signed(isi))

    @cached_property
    def _read_date(self) -> Callable[[object], Terbaca]:
        return reader(self.himpunan.menurut_nama[self.himpunan.acuan])

    def _is_title(self, indeks: int, terisi: list[int], teks: list[str]) -> bool:
        """A text alone, or behind a letter that numbers it, that is merged over columns, or names a unit or a month."""
        if len(teks) == 2 and terisi[0] not in self.isi and _HURUF_BAGIAN.fullmatch(teks[0]):
            return True
        if len(teks) > 1:
            return False
        if (self.tabel.nomor_baris(indeks), terisi[0]) in self._merged_sideways:
            return True
        return unit_words(teks[0]) != "" or _JUDUL_BULAN.fullmatch(teks[0]) is not None

    @cached_property
    def _merged_sideways(self) -> frozenset[tuple[int, int]]:
        """Where cells merged over several columns begin: physical row and column."""
        return frozenset((atas, kiri) for atas, kiri, _, kanan in self.tabel.gabungan if kanan > kiri)

    @cached_property
    def _sums(self) -> dict[int, _Jumlah]:
        return {letak: _Jumlah() for letak in self.angka}

    def _unnamed_total(self, baris: Sequence[object], data: Sequence[int], terisi: list[int]) -> bool:
        """Numbers alone, one of which is the sum of the rows above it."""
        if not set(terisi) <= self.angka or not all(isinstance(baris[i], (int, float)) for i in terisi):
            return False
        return any(self._sum_of(letak, data) == baris[letak] for letak in terisi)

    def _sum_of(self, letak: int, data: Sequence[int]) -> float | None:
        """Sum of a column over the data rows so far; None when fewer than two of them have a number."""
        sejauh = self._sums[letak]
        baris = (self.tabel.sel[i] for i in data[sejauh.terhitung :])
        sejauh.add([satu[letak] if letak < len(satu) else None for satu in baris])
        return sejauh.jumlah if sejauh.banyak >= 2 else None

    def _first_text(self, baris: Sequence[object]) -> str:
        return " ".join(clean_text(as_text(isi))[0] for isi in baris if not is_blank(isi))


def unit_words(teks: str) -> str:
    """The name of a unit when a line is that and nothing else, without number and label before it; else ""."""
    if len(teks.split()) > _KATA_TERBANYAK:
        return ""
    cocok = _NAMA_SATKER.fullmatch(teks)
    return cocok["nama"].strip() if cocok else ""


def nil_words(teks: str) -> bool:
    """Whether a text says that there is nothing to report."""
    return fold(teks) in _NIHIL or (len(teks) <= JUDUL_TERPANJANG and _NIHIL_PANJANG.fullmatch(teks) is not None)


def _signed(teks: str) -> bool:
    """Whether a text belongs to a signature: its place and date, an office, a personnel number."""
    return len(teks.split()) <= _JABATAN_TERPANJANG and _TANDA_TANGAN.match(teks) is not None


def _column_numbers(baris: Sequence[object]) -> bool:
    """A row of ``1 2 3 …`` or ``(1) (2) (3) …`` below the header numbers the columns."""
    isi = [satu for satu in baris if not is_blank(satu)]
    angka = [re.sub(r"[()\s]", "", as_text(satu)) for satu in isi]
    return len(isi) >= 4 and angka == [str(nomor) for nomor in range(1, len(isi) + 1)]
