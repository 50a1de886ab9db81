"""What a file says of whose it is: its stamp, its content and its name, each heard by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from humas.contract.cells import as_text, choices, clean_text, fold
from humas.contract.dates import BukanTanggal, parse_date
from humas.errors import PengirimError
from humas.kotak_masuk.stamp import read_stamp
from humas.kotak_masuk.words import bodies_in, quarters_in, units_in
from humas.periods import Triwulan, parse_periode
from humas.registry import Register

if TYPE_CHECKING:
    from humas.contract.tables import Lembar
    from humas.reading.table import Dokumen, TabelMentah

MAJORITY = 0.8
"""Share of the rows that must agree before they speak for the whole file."""
_TITLE_ROWS, _TITLE_LENGTH = 12, 200


@dataclass(frozen=True, slots=True)
class Petunjuk:
    """What one source says; a field with several values may mean any of them, an empty one says nothing.

    asal: the source, as it stands in a message: ``sampul``, ``isi``, ``nama berkas`` or ``folder``.
    """

    asal: str
    satker: frozenset[str] = frozenset()
    lembaga: frozenset[str] = frozenset()
    periode: frozenset[str] = frozenset()


def evidence(
    nama: str, data: bytes, dokumen: Dokumen | None, register: Register, lembaga: str = ""
) -> tuple[Petunjuk, ...]:
    """All that speaks for a file, weightiest first. lembaga: the body whose folder it lay in, or empty."""
    folder = Petunjuk("folder", lembaga=_set(lembaga))
    pokok = nama.rpartition(".")[0] or nama
    berkas = Petunjuk("nama berkas", units_in(pokok, register, tanpa_jenis=True), bodies_in(pokok), quarters_in(pokok))
    if dokumen is None:
        return folder, berkas
    return (
        folder,
        *_stamp(dokumen, read_stamp(data), register),
        *_rows(dokumen, register),
        _titles(dokumen, register),
        berkas,
    )


def _set(*nilai: str) -> frozenset[str]:
    return frozenset(satu for satu in nilai if satu)


def _stamp(dokumen: Dokumen, cap: dict[str, str], register: Register) -> Iterator[Petunjuk]:
    """The cover, and for what it does not say the properties of the template.

    Its code and its name are heard apart, so that they can contradict each other.
    """
    teks = cap | {nama: clean_text(as_text(isi))[0].lstrip("'") for nama, isi in dokumen.sampul.items() if isi}
    yield Petunjuk(
        "sampul",
        _unit(teks.get("kode_satker", ""), register),
        _set(choices("lembaga").get(fold(teks.get("lembaga", "")), "")),
        _quarter(teks.get("periode", "")),
    )
    if teks.get("nama_satker"):
        yield Petunjuk("sampul", _unit(teks["nama_satker"], register))


def _unit(teks: str, register: Register) -> frozenset[str]:
    if not teks:
        return frozenset()
    if not any(huruf.isalpha() for huruf in teks):
        return _set(teks) if register.berlaku(teks) else frozenset()
    hasil = register.cari(teks)
    return frozenset(satu.kode for satu in ((hasil.satker,) if hasil.satker else hasil.calon))


def _quarter(teks: str) -> frozenset[str]:
    """The quarter written; several when CSV rows name several."""
    try:
        periode = parse_periode(teks)
    except PengirimError:
        return quarters_in(teks)
    return _set(periode.kunci if isinstance(periode, Triwulan) else "")


def _rows(dokumen: Dokumen, register: Register) -> Iterator[Petunjuk]:
    """The rows: the unit and the body they name, and the quarter their dates lie in."""
    lembar = list(_sheets(dokumen))
    kode = _majority(_cells(lembar, "kode_satker"))
    nama = _majority(_cells(lembar, "nama_satker"))
    satker = _unit(kode, register) or _unit(nama, register)
    lembaga = _set(choices("lembaga").get(fold(_majority(_cells(lembar, "lembaga"))), ""))
    yield Petunjuk("isi", satker, lembaga, _set(_majority(_quarters(lembar))))


def _sheets(dokumen: Dokumen) -> Iterator[Lembar]:
    from humas.contract.tables import recognise_sheet

    for tabel in dokumen.tabel:
        yield from recognise_sheet(tabel).lembar


def _column(lembar: Lembar, kolom: str) -> Iterator[object]:
    letak = lembar.kolom.get(kolom)
    if letak is not None:
        yield from (lembar.tabel.sel[i][letak] for i in lembar.indeks if letak < len(lembar.tabel.sel[i]))


def _cells(lembar: Iterable[Lembar], kolom: str) -> Iterator[str]:
    for satu in lembar:
        yield from (clean_text(as_text(isi))[0].lstrip("'") for isi in _column(satu, kolom) if isi is not None)


def _quarters(lembar: Iterable[Lembar]) -> Iterator[str]:
    for satu in lembar:
        for isi in _column(satu, satu.himpunan.acuan):
            try:
                yield Triwulan.memuat(parse_date(isi)).kunci
            except (BukanTanggal, PengirimError):
                continue


def _majority(nilai: Iterable[str]) -> str:
    """What nearly all say; "" when they do not agree."""
    hitung = Counter(satu for satu in nilai if satu)
    if not hitung:
        return ""
    terbanyak, kali = hitung.most_common(1)[0]
    return terbanyak if kali >= MAJORITY * hitung.total() else ""


def _titles(dokumen: Dokumen, register: Register) -> Petunjuk:
    """Title rows, together: body, unit and quarter often stand in rows of their own."""
    teks = [satu for tabel in dokumen.tabel if _holds_data(tabel) for satu in _title_cells(tabel)]
    semua = " . ".join(dict.fromkeys(teks))
    return Petunjuk(
        "judul pada isi",
        frozenset().union(*(units_in(satu, register, tanpa_jenis=False) for satu in dict.fromkeys(teks))),
        bodies_in(semua),
        quarters_in(semua),
    )


def _holds_data(tabel: TabelMentah) -> bool:
    """Whether a sheet is read at all: instructions and lists name units and quarters as examples."""
    from humas.contract.tables import recognise_sheet

    dikenali = recognise_sheet(tabel)
    return bool(dikenali.lembar or dikenali.catatan)


def _title_cells(tabel: TabelMentah) -> Iterator[str]:
    """Cells above the header: those that stand alone or nearly so in one of the first rows of a visible sheet."""
    if tabel.tersembunyi or tabel.baris_pertama == 0:
        return
    for baris in tabel.sel[:_TITLE_ROWS]:
        terisi = [satu for satu in baris if satu not in {None, ""}]
        if len(terisi) > 3:
            return
        yield from (satu for satu in terisi if isinstance(satu, str) and len(satu) <= _TITLE_LENGTH)
