"""The rows of many submissions, column by column, ready to be read as one national batch."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest

from humas.contract.cells import as_text, is_blank
from humas.contract.columns import Himpunan, Kolom
from humas.contract.privacy import Context, mask, personal_header
from humas.contract.privacy.columns import context_of
from humas.contract.sheet import Lembar, column_letter
from humas.contract.words import find_choice

SAMARAN = "[disamarkan]"
_KODE = re.compile(r"\d{2}(?:\.\d{2})?")


@dataclass(slots=True)
class Kumpulan:
    """Rows of one data set from all submissions.

    sel: cells as written, by column name, one entry per row. kiriman: position of the row's submission.
    lembar: position in ``asal`` of its sheet. indeks: its position in that sheet's cells. baris: physical row.
    terisi: for each column, whether the sender filled the cell (not the cover or a default).
    """

    himpunan: Himpunan
    sel: dict[str, list[object]] = field(default_factory=dict)
    kiriman: list[int] = field(default_factory=list)
    lembar: list[int] = field(default_factory=list)
    indeks: list[int] = field(default_factory=list)
    baris: list[int] = field(default_factory=list)
    asal: list[Lembar] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sel = {kolom.nama: [] for kolom in self.himpunan.kolom}

    def __len__(self) -> int:
        return len(self.baris)

    def add(self, nomor_kiriman: int, lembar: Lembar, dari_sampul: Mapping[str, object]) -> None:
        """Append a sheet's data rows; a blank cell of a cover column takes the cover's value."""
        banyak = len(lembar.indeks)
        tegak = list(zip_longest(*(lembar.tabel.sel[i] for i in lembar.indeks)))
        for kolom in self.himpunan.kolom:
            letak = lembar.kolom.get(kolom.nama)
            isi: Sequence[object] = tegak[letak] if letak is not None and letak < len(tegak) else (None,) * banyak
            if kolom.dari_sampul:
                isi = self._from_cover(kolom.nama, isi, dari_sampul)
            self.sel[kolom.nama].extend(isi)
        self.kiriman.extend([nomor_kiriman] * banyak)
        self.lembar.extend([len(self.asal)] * banyak)
        self.indeks.extend(lembar.indeks)
        self.baris.extend(map(lembar.nomor, lembar.indeks))
        self.asal.append(lembar)

    def _from_cover(self, nama: str, isi: Sequence[object], dari_sampul: Mapping[str, object]) -> list[object]:
        """Cells with the cover's value where they are blank; its name only where the row's own code is the cover's."""
        bawaan = dari_sampul.get(nama)
        if nama != "nama_satker" or bawaan is None:
            return [bawaan if is_blank(satu) else satu for satu in isi]
        kode = self.sel["kode_satker"][len(self.kiriman) :]
        sendiri = dari_sampul.get("kode_satker")
        return [
            bawaan if is_blank(satu) and not _names_another(punya, sendiri) else satu
            for satu, punya in zip(isi, kode, strict=True)
        ]

    def sheet(self, letak: int) -> Lembar:
        """The sheet a row came from."""
        return self.asal[self.lembar[letak]]

    def original(self, letak: int) -> str:
        """A row as it stood in its file, as JSON with personal data masked: what quarantine keeps."""
        lembar = self.sheet(letak)
        return original_row(lembar, self.indeks[letak])


def _names_another(kode: object, sendiri: object) -> bool:
    """Whether a row's code is a whole one and not the cover's."""
    return kode is not sendiri and kode != sendiri and _KODE.fullmatch(as_text(kode)) is not None


def original_row(lembar: Lembar, indeks: int) -> str:
    """Header as written (letter when there is none) → cell, masked, as JSON."""
    dibaca = {letak: lembar.himpunan.menurut_nama[nama] for nama, letak in lembar.kolom.items()}
    isi = {
        mask(_header(lembar, letak)): _kept(lembar, dibaca.get(letak), letak, sel)
        for letak, sel in enumerate(lembar.tabel.sel[indeks])
        if not (sel is None or (isinstance(sel, str) and not sel))
    }
    return json.dumps(isi, ensure_ascii=False)


def _kept(lembar: Lembar, kolom: Kolom | None, letak: int, sel: object) -> object:
    """What quarantine keeps of a cell."""
    return (
        SAMARAN if _names_a_person(lembar, kolom, letak, sel) else _plain(sel, context_of(kolom.nama if kolom else ""))
    )


def _header(lembar: Lembar, letak: int) -> str:
    teks = lembar.judul[letak] if letak < len(lembar.judul) else ""
    return teks if teks and lembar.judul.index(teks) == letak else f"{teks} ({column_letter(letak)})".strip()


def _names_a_person(lembar: Lembar, kolom: Kolom | None, letak: int, sel: object) -> bool:
    """Whether a cell says who somebody is: by its header, or as a word that is none of its column's choices."""
    if kolom is None:
        return letak < len(lembar.judul) and personal_header(lembar.judul[letak])
    return may_be_a_name(kolom, sel)


def may_be_a_name(kolom: Kolom, sel: object) -> bool:
    """Whether what stands where a choice belongs is likely the name of a member of the public."""
    return kolom.asing_disamarkan and not is_blank(sel) and find_choice(kolom.kosakata or "", as_text(sel)) is None


def _plain(isi: object, context: Context) -> object:
    """A cell as a JSON value; whatever holds ten digits in a row is looked at as text and masked."""
    if isinstance(isi, list):
        return [_plain(satu, context) for satu in isi]
    if isinstance(isi, (bool, type(None))):
        return isi
    if isinstance(isi, (int, float)) and -(10**9) < isi < 10**9:
        return isi
    if isinstance(isi, (date, datetime)):
        return isi.isoformat()
    return mask(as_text(isi).encode("utf-8", "replace").decode("utf-8"), context)
