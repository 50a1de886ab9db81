"""All rows of one data set judged together: read, compared with each other, put before the suite, told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from humas.contract.batch import Kumpulan
from humas.contract.cells import KolomTerbaca, read_column
from humas.contract.checks.base import Pengetahuan
from humas.contract.codes import settle_column
from humas.contract.columns import Himpunan, Kolom, Tipe
from humas.contract.date_order import ask_about_order
from humas.contract.engine import run_suite
from humas.contract.keys import event_ids, row_ids, row_keys
from humas.contract.messages import Penulis, Temuan
from humas.contract.privacy import Context, mask
from humas.contract.privacy.columns import context_of
from humas.contract.quarter import NOWHERE, Elsewhere, counted_elsewhere
from humas.contract.result import Keparahan
from humas.contract.rules import load_rules
from humas.contract.suite import BERTIPE, GALAT, expectations

_WAKTU = frozenset({Tipe.TANGGAL, Tipe.WAKTU})


@dataclass(frozen=True, slots=True)
class Asal:
    """What rules need to know of a submission: who was asked, for which days, and when it came (local and WIB, naive)."""

    id: str
    lembaga: str
    kode_satker: str
    mulai: pd.Timestamp
    selesai: pd.Timestamp
    tiba: pd.Timestamp
    tiba_wib: pd.Timestamp
    periode: str = ""


@dataclass(slots=True)
class HasilBaris:
    """The rows of one data set after judgement; positions refer to the ``Kumpulan``.

    ditahan: position → rule codes. kembar: position → position of the first such row.
    wajib: required cells a row should have. terisi: how many of them it has, by row. terbaca: columns as read.
    """

    diterima: pd.DataFrame
    temuan: list[Temuan] = field(default_factory=list)
    ditahan: dict[int, list[str]] = field(default_factory=dict)
    kembar: dict[int, int] = field(default_factory=dict)
    wajib: int = 0
    terisi: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    terbaca: dict[str, KolomTerbaca] = field(default_factory=dict)

    def parsed(self, letak: int) -> dict[str, object]:
        """What was understood of a row, as JSON values with personal data masked; None when empty or unreadable."""
        sel = {nama: kolom.unik[kolom.kode[letak]] for nama, kolom in self.terbaca.items()}
        return {nama: None if satu.masalah else _plain(satu.nilai, context_of(nama)) for nama, satu in sel.items()}


def _plain(nilai: object, context: Context) -> object:
    """A value read from a cell as JSON has it."""
    if isinstance(nilai, datetime):
        return nilai.isoformat()
    return mask(nilai, context) if isinstance(nilai, str) else nilai


@dataclass(frozen=True, slots=True)
class BarisTerbaca:
    """The rows of one data set as read, before they are judged.

    cacat: rows of broken sheets → rule codes. kembar: row told twice → the first such row. frame: all others, as
    the suite sees them, by position in the ``Kumpulan``.
    """

    kumpulan: Kumpulan
    terbaca: dict[str, KolomTerbaca]
    cacat: dict[int, list[str]]
    kembar: dict[int, int]
    frame: pd.DataFrame

    def without(self, held: Collection[int]) -> BarisTerbaca:
        """The rows of all submissions but these (by position): what is held as a whole is not looked at row by row."""
        if not held:
            return self
        kiriman = self.kumpulan.kiriman
        return replace(
            self,
            cacat={letak: kode for letak, kode in self.cacat.items() if kiriman[letak] not in held},
            kembar={letak: asal for letak, asal in self.kembar.items() if kiriman[letak] not in held},
            frame=self.frame[~self.frame["kiriman"].isin(held)],
        )


def read_rows(
    kumpulan: Kumpulan, asal: Sequence[Asal], tahu: Pengetahuan, elsewhere: Elsewhere = NOWHERE
) -> BarisTerbaca:
    """Read all rows of a data set and find which of them other quarters count; nothing is judged."""
    terbaca = _read(kumpulan, asal, tahu)
    cacat = _rows_of_broken_sheets(kumpulan)
    kembar = _duplicates(kumpulan, terbaca, cacat)
    tinggal = [letak for letak in range(len(kumpulan)) if letak not in cacat and letak not in kembar]
    frame = build_frame(kumpulan.himpunan, terbaca, kumpulan, asal, tinggal)
    frame["counted_in"] = counted_elsewhere(kumpulan.himpunan, frame, asal, elsewhere)
    return BarisTerbaca(kumpulan, terbaca, cacat, kembar, frame)


def judge(baris: BarisTerbaca, asal: Sequence[Asal], tahu: Pengetahuan) -> HasilBaris:
    """Judge the rows of a data set; every one ends in exactly one of accepted, quarantined, duplicate."""
    kumpulan, terbaca, kembar, frame = baris.kumpulan, baris.terbaca, baris.kembar, baris.frame
    himpunan = kumpulan.himpunan
    penulis = Penulis(kumpulan, terbaca, frame, tahu, lambda letak: asal[kumpulan.kiriman[letak]].id)
    langgar = run_suite(himpunan, frame, tahu)
    wajib = [terbaca[kolom.nama].terisi for kolom in himpunan.wajib]
    terisi = np.asarray(np.sum(wajib, axis=0, dtype=np.int64))
    hasil = HasilBaris(
        pd.DataFrame(), kembar=kembar, ditahan=dict(baris.cacat), wajib=len(wajib), terisi=terisi, terbaca=terbaca
    )
    buang = _apply(himpunan, langgar, penulis, hasil)
    hasil.temuan.extend(_remarks(penulis, kembar))
    hasil.diterima = _accepted(himpunan, kumpulan, frame, hasil, buang, asal, tahu)
    return hasil


def _read(kumpulan: Kumpulan, asal: Sequence[Asal], tahu: Pengetahuan) -> dict[str, KolomTerbaca]:
    """All columns read; the period tells missing years, the unit damaged codes; an empty cell takes another's value."""

    def period(letak: int) -> tuple[date, date]:
        satu = asal[kumpulan.kiriman[letak]]
        return satu.mulai.date(), satu.selesai.date()

    def asked(letak: int) -> str:
        return asal[kumpulan.kiriman[letak]].kode_satker

    terbaca = {
        kolom.nama: read_column(kolom, kumpulan.sel[kolom.nama]).with_years(period) for kolom in kumpulan.himpunan.kolom
    }
    for kolom in kumpulan.himpunan.kolom:
        if kolom.tipe in _WAKTU:
            sel = kumpulan.sel[kolom.nama]
            terbaca[kolom.nama] = ask_about_order(terbaca[kolom.nama], sel, kumpulan.lembar, period)
    terbaca["kode_satker"] = settle_column(terbaca["kode_satker"], terbaca["nama_satker"], asked, tahu.register)
    for kolom in kumpulan.himpunan.kolom:
        if kolom.bawaan_dari:
            terbaca[kolom.nama] = terbaca[kolom.nama].filled_from(terbaca[kolom.bawaan_dari])
    return terbaca


def _rows_of_broken_sheets(kumpulan: Kumpulan) -> dict[int, list[str]]:
    """Rows of sheets that lack a required column, with the code of that sheet's finding."""
    kode = {i: "K15" if not lembar.kolom else "K13" for i, lembar in enumerate(kumpulan.asal) if lembar.hilang}
    return {letak: [kode[lembar]] for letak, lembar in enumerate(kumpulan.lembar) if lembar in kode}


def _duplicates(kumpulan: Kumpulan, terbaca: dict[str, KolomTerbaca], cacat: dict[int, list[str]]) -> dict[int, int]:
    """Rows equal in every contract column to an earlier row of the same submission, each with that row."""
    if not len(kumpulan):
        return {}
    sama = pd.DataFrame({nama: _same_as(satu) for nama, satu in terbaca.items()} | {"": kumpulan.kiriman})
    sama = sama[~sama.index.isin(list(cacat))]
    kelompok = sama.groupby(list(sama.columns), sort=False).ngroup()
    letak = kelompok.index.to_numpy()
    pertama = pd.Series(letak).groupby(kelompok.to_numpy()).transform("min").to_numpy()
    lagi = pertama != letak
    return dict(zip(letak[lagi].tolist(), pertama[lagi].tolist(), strict=True))


def _same_as(kolom: KolomTerbaca) -> np.ndarray:
    """A number by row, equal where the values read are equal; what could not be read equals only itself."""
    wakil: dict[object, int] = {}
    isi = (("", kode) if satu.masalah else satu.nilai for kode, satu in enumerate(kolom.unik))
    nomor = np.fromiter((wakil.setdefault(satu, len(wakil)) for satu in isi), np.intp, len(kolom.unik))
    return np.asarray(nomor[kolom.kode])


def build_frame(
    himpunan: Himpunan,
    terbaca: dict[str, KolomTerbaca],
    kumpulan: Kumpulan,
    asal: Sequence[Asal],
    tinggal: Sequence[int],
) -> pd.DataFrame:
    """The coerced frame the suite sees; its index is the row's position in the ``Kumpulan``."""
    pilih = np.asarray(tinggal, dtype=np.int64)
    kolom: dict[str, object] = {}
    for satu in himpunan.kolom:
        kolom[satu.nama] = _array(satu, terbaca[satu.nama])[pilih]
        if satu.tipe in BERTIPE:
            galat = np.zeros(len(kumpulan))
            galat[list(terbaca[satu.nama].masalah)] = 1
            kolom[GALAT + satu.nama] = galat[pilih]
    nomor = np.asarray(kumpulan.kiriman, dtype=np.int64)[pilih]
    frame = pd.DataFrame(kolom | _context(himpunan, asal, nomor), index=pilih)
    frame["acuan"] = frame[himpunan.acuan]
    frame["kunci"] = row_keys(himpunan, frame)
    frame["id_baris"] = row_ids(himpunan, frame)
    frame["counted_in"] = pd.array([None] * len(frame), dtype="str")
    return frame


def _array(kolom: Kolom, terbaca: KolomTerbaca) -> Any:
    """Values in the types Great Expectations is fast with: datetime64[ns], float, str."""
    nilai = [satu.nilai for satu in terbaca.unik]
    if kolom.tipe in _WAKTU:
        return np.array(nilai, dtype="datetime64[us]").astype("datetime64[ns]")[terbaca.kode]
    if kolom.tipe is Tipe.BILANGAN:
        return np.array([np.nan if satu is None else satu for satu in nilai], dtype="float64")[terbaca.kode]
    teks: Any = nilai
    return pd.array(teks, dtype="str")[terbaca.kode]


def _context(himpunan: Himpunan, asal: Sequence[Asal], nomor: np.ndarray) -> dict[str, object]:
    """The columns that say where a row came from."""
    wib = himpunan.menurut_nama[himpunan.acuan].tipe is Tipe.WAKTU

    def waktu(nilai: list[pd.Timestamp]) -> object:
        return np.array(nilai, dtype="datetime64[ns]")[nomor]

    return {
        "diminta_kode": pd.Series([satu.kode_satker for satu in asal], dtype="str").to_numpy()[nomor],
        "diminta_lembaga": pd.Series([satu.lembaga for satu in asal], dtype="str").to_numpy()[nomor],
        "diterima": waktu([satu.tiba_wib if wib else satu.tiba for satu in asal]),
        "periode_mulai": waktu([satu.mulai for satu in asal]),
        "periode_selesai": waktu([satu.selesai for satu in asal]),
        "kiriman": nomor.astype("float64"),
    }


def _apply(
    himpunan: Himpunan,
    langgar: dict[str, np.ndarray],
    penulis: Penulis,
    hasil: HasilBaris,
) -> dict[str, list[int]]:
    """Write the findings, note which rows they hold back, and return the cells to be left out, by column.

    One cell that breaks one rule in two ways is told once.
    """
    kode: dict[int, list[str]] = defaultdict(list)
    buang: dict[str, list[int]] = defaultdict(list)
    terkatakan: set[tuple[int, str, str]] = set()
    for harapan in expectations(himpunan):
        for letak in langgar.get(harapan.kunci, ()):
            temuan = penulis.write(harapan, int(letak))
            if temuan is None or (int(letak), temuan.kolom, temuan.kode) in terkatakan:
                continue
            terkatakan.add((int(letak), temuan.kolom, temuan.kode))
            hasil.temuan.append(temuan)
            if harapan.aturan.keparahan is Keparahan.FATAL:
                kode[int(letak)].append(harapan.aturan.kode)
            elif harapan.kosongkan:
                buang[harapan.kolom].append(int(letak))
    hasil.ditahan.update({letak: list(dict.fromkeys(semua)) for letak, semua in kode.items()})
    return buang


def _remarks(penulis: Penulis, kembar: dict[int, int]) -> Iterator[Temuan]:
    """What is worth saying though it breaks nothing: cleaned text, codes kept as numbers, rows told twice."""
    ada = set(penulis.frame.index)
    teks = {
        "K11": "huruf kendali atau huruf tak tampak dibuang.",
        "K21": "kode tersimpan sebagai angka; dibaca sebagai teks.",
    }
    for nama, kolom in penulis.terbaca.items():
        for letak, kode in kolom.catatan.items():
            if letak in ada:
                pesan = f'"{penulis.shown(letak, nama)}" {kolom.ket[letak]}.' if letak in kolom.ket else teks[kode]
                yield penulis.finding(letak, nama, kode, load_rules()[kode].keparahan, pesan, load_rules()[kode].cara)
    for letak, asal in kembar.items():
        pesan = f"sama persis dengan baris {penulis.row_of(asal, letak)}; dihitung sekali."
        yield penulis.finding(letak, "", "K17", Keparahan.INFO, pesan, load_rules()["K17"].cara)


def _accepted(
    himpunan: Himpunan,
    kumpulan: Kumpulan,
    frame: pd.DataFrame,
    hasil: HasilBaris,
    buang: dict[str, list[int]],
    asal: Sequence[Asal],
    tahu: Pengetahuan,
) -> pd.DataFrame:
    """The rows that stay, in the shape ``HasilBatch.diterima`` promises."""
    lolos = frame[~frame.index.isin(list(hasil.ditahan))].copy()
    for nama, letak in buang.items():
        lolos.loc[lolos.index.intersection(letak), nama] = None
    keluar = pd.DataFrame({kolom.nama: _out(kolom, lolos[kolom.nama]) for kolom in himpunan.kolom}, index=lolos.index)
    keluar["id_kiriman"] = [asal[kumpulan.kiriman[letak]].id for letak in lolos.index]
    keluar["lembar"] = [kumpulan.sheet(letak).nama for letak in lolos.index]
    keluar["baris"] = np.asarray(kumpulan.baris, dtype=np.int64)[lolos.index]
    keluar["id_baris"] = lolos["id_baris"].astype(object)
    hari = lolos["acuan"].dt.normalize()
    keluar["susulan"] = ((hari < lolos["periode_mulai"]) | (hari > lolos["periode_selesai"])).to_numpy()
    if himpunan.nama == "kegiatan":
        keluar["id_acara"] = event_ids(lolos, tahu.register)
    return keluar.reset_index(drop=True)


def _out(kolom: Kolom, nilai: pd.Series) -> pd.Series:
    """Text as str or None, the rest as it is."""
    if kolom.tipe in _WAKTU or kolom.tipe is Tipe.BILANGAN:
        return nilai
    return nilai.astype(object).where(nilai.notna(), None)
