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
        cells = {name: column.unik[column.kode[letak]] for name, column in self.terbaca.items()}
        return {name: None if cell.masalah else _plain(cell.nilai, context_of(name)) for name, cell in cells.items()}


def _plain(value: object, context: Context) -> object:
    """A value read from a cell as JSON has it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return mask(value, context) if isinstance(value, str) else value


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
        submissions = self.kumpulan.kiriman
        return replace(
            self,
            cacat={position: codes for position, codes in self.cacat.items() if submissions[position] not in held},
            kembar={position: first for position, first in self.kembar.items() if submissions[position] not in held},
            frame=self.frame[~self.frame["kiriman"].isin(held)],
        )


def read_rows(
    kumpulan: Kumpulan, asal: Sequence[Asal], tahu: Pengetahuan, elsewhere: Elsewhere = NOWHERE
) -> BarisTerbaca:
    """Read all rows of a data set and find which of them other quarters count; nothing is judged."""
    readings = _read(kumpulan, asal, tahu)
    broken = _rows_of_broken_sheets(kumpulan)
    duplicates = _duplicates(kumpulan, readings, broken)
    remaining = [position for position in range(len(kumpulan)) if position not in broken and position not in duplicates]
    frame = build_frame(kumpulan.himpunan, readings, kumpulan, asal, remaining)
    frame["counted_in"] = counted_elsewhere(kumpulan.himpunan, frame, asal, elsewhere)
    return BarisTerbaca(kumpulan, readings, broken, duplicates, frame)


def judge(baris: BarisTerbaca, asal: Sequence[Asal], tahu: Pengetahuan) -> HasilBaris:
    """Judge the rows of a data set; every one ends in exactly one of accepted, quarantined, duplicate."""
    batch, readings, duplicates, frame = baris.kumpulan, baris.terbaca, baris.kembar, baris.frame
    dataset = batch.himpunan
    writer = Penulis(batch, readings, frame, tahu, lambda position: asal[batch.kiriman[position]].id)
    violations = run_suite(dataset, frame, tahu)
    required = [readings[column.nama].terisi for column in dataset.wajib]
    filled = np.asarray(np.sum(required, axis=0, dtype=np.int64))
    result = HasilBaris(
        pd.DataFrame(),
        kembar=duplicates,
        ditahan=dict(baris.cacat),
        wajib=len(required),
        terisi=filled,
        terbaca=readings,
    )
    dropped = _apply(dataset, violations, writer, result)
    result.temuan.extend(_remarks(writer, duplicates))
    result.diterima = _accepted(dataset, batch, frame, result, dropped, asal, tahu)
    return result


def _read(batch: Kumpulan, origins: Sequence[Asal], known: Pengetahuan) -> dict[str, KolomTerbaca]:
    """All columns read; the period tells missing years, the unit damaged codes; an empty cell takes another's value."""

    def period(position: int) -> tuple[date, date]:
        origin = origins[batch.kiriman[position]]
        return origin.mulai.date(), origin.selesai.date()

    def asked(position: int) -> str:
        return origins[batch.kiriman[position]].kode_satker

    readings = {
        column.nama: read_column(column, batch.sel[column.nama]).with_years(period) for column in batch.himpunan.kolom
    }
    for column in batch.himpunan.kolom:
        if column.tipe in _WAKTU:
            cells = batch.sel[column.nama]
            readings[column.nama] = ask_about_order(readings[column.nama], cells, batch.lembar, period)
    readings["kode_satker"] = settle_column(readings["kode_satker"], readings["nama_satker"], asked, known.register)
    for column in batch.himpunan.kolom:
        if column.bawaan_dari:
            readings[column.nama] = readings[column.nama].filled_from(readings[column.bawaan_dari])
    return readings


def _rows_of_broken_sheets(batch: Kumpulan) -> dict[int, list[str]]:
    """Rows of sheets that lack a required column, with the code of that sheet's finding."""
    codes = {i: "K15" if not sheet.kolom else "K13" for i, sheet in enumerate(batch.asal) if sheet.hilang}
    return {position: [codes[sheet]] for position, sheet in enumerate(batch.lembar) if sheet in codes}


def _duplicates(batch: Kumpulan, readings: dict[str, KolomTerbaca], broken: dict[int, list[str]]) -> dict[int, int]:
    """Rows equal in every contract column to an earlier row of the same submission, each with that row."""
    if not len(batch):
        return {}
    same = pd.DataFrame({name: _same_as(column) for name, column in readings.items()} | {"": batch.kiriman})
    same = same[~same.index.isin(list(broken))]
    groups = same.groupby(list(same.columns), sort=False).ngroup()
    positions = groups.index.to_numpy()
    first = pd.Series(positions).groupby(groups.to_numpy()).transform("min").to_numpy()
    repeated = first != positions
    return dict(zip(positions[repeated].tolist(), first[repeated].tolist(), strict=True))


def _same_as(column: KolomTerbaca) -> np.ndarray:
    """A number by row, equal where the values read are equal; what could not be read equals only itself."""
    known: dict[object, int] = {}
    contents = (("", code) if value.masalah else value.nilai for code, value in enumerate(column.unik))
    numbers = np.fromiter((known.setdefault(value, len(known)) for value in contents), np.intp, len(column.unik))
    return np.asarray(numbers[column.kode])


def build_frame(
    himpunan: Himpunan,
    terbaca: dict[str, KolomTerbaca],
    kumpulan: Kumpulan,
    asal: Sequence[Asal],
    tinggal: Sequence[int],
) -> pd.DataFrame:
    """The coerced frame the suite sees; its index is the row's position in the ``Kumpulan``."""
    chosen = np.asarray(tinggal, dtype=np.int64)
    columns: dict[str, object] = {}
    for column in himpunan.kolom:
        columns[column.nama] = _array(column, terbaca[column.nama])[chosen]
        if column.tipe in BERTIPE:
            faulty = np.zeros(len(kumpulan))
            faulty[list(terbaca[column.nama].masalah)] = 1
            columns[GALAT + column.nama] = faulty[chosen]
    numbers = np.asarray(kumpulan.kiriman, dtype=np.int64)[chosen]
    frame = pd.DataFrame(columns | _context(himpunan, asal, numbers), index=chosen)
    frame["acuan"] = frame[himpunan.acuan]
    frame["kunci"] = row_keys(himpunan, frame)
    frame["id_baris"] = row_ids(himpunan, frame)
    frame["counted_in"] = pd.array([None] * len(frame), dtype="str")
    return frame


def _array(column: Kolom, readings: KolomTerbaca) -> Any:
    """Values in the types Great Expectations is fast with: datetime64[ns], float, str."""
    values = [reading.nilai for reading in readings.unik]
    if column.tipe in _WAKTU:
        return np.array(values, dtype="datetime64[us]").astype("datetime64[ns]")[readings.kode]
    if column.tipe is Tipe.BILANGAN:
        return np.array([np.nan if value is None else value for value in values], dtype="float64")[readings.kode]
    texts: Any = values
    return pd.array(texts, dtype="str")[readings.kode]


def _context(dataset: Himpunan, origins: Sequence[Asal], numbers: np.ndarray) -> dict[str, object]:
    """The columns that say where a row came from."""
    wib = dataset.menurut_nama[dataset.acuan].tipe is Tipe.WAKTU

    def waktu(values: list[pd.Timestamp]) -> object:
        return np.array(values, dtype="datetime64[ns]")[numbers]

    return {
        "diminta_kode": pd.Series([origin.kode_satker for origin in origins], dtype="str").to_numpy()[numbers],
        "diminta_lembaga": pd.Series([origin.lembaga for origin in origins], dtype="str").to_numpy()[numbers],
        "diterima": waktu([origin.tiba_wib if wib else origin.tiba for origin in origins]),
        "periode_mulai": waktu([origin.mulai for origin in origins]),
        "periode_selesai": waktu([origin.selesai for origin in origins]),
        "kiriman": numbers.astype("float64"),
    }


def _apply(
    dataset: Himpunan,
    violations: dict[str, np.ndarray],
    writer: Penulis,
    result: HasilBaris,
) -> dict[str, list[int]]:
    """Write the findings, note which rows they hold back, and return the cells to be left out, by column.

    One cell that breaks one rule in two ways is told once.
    """
    codes: dict[int, list[str]] = defaultdict(list)
    dropped: dict[str, list[int]] = defaultdict(list)
    told: set[tuple[int, str, str]] = set()
    for expectation in expectations(dataset):
        for position in violations.get(expectation.kunci, ()):
            finding = writer.write(expectation, int(position))
            if finding is None or (int(position), finding.kolom, finding.kode) in told:
                continue
            told.add((int(position), finding.kolom, finding.kode))
            result.temuan.append(finding)
            if expectation.aturan.keparahan is Keparahan.FATAL:
                codes[int(position)].append(expectation.aturan.kode)
            elif expectation.kosongkan:
                dropped[expectation.kolom].append(int(position))
    result.ditahan.update({position: list(dict.fromkeys(broken)) for position, broken in codes.items()})
    return dropped


def _remarks(writer: Penulis, duplicates: dict[int, int]) -> Iterator[Temuan]:
    """What is worth saying though it breaks nothing: cleaned text, codes kept as numbers, rows told twice."""
    present = set(writer.frame.index)
    texts = {
        "K11": "huruf kendali atau huruf tak tampak dibuang.",
        "K21": "kode tersimpan sebagai angka; dibaca sebagai teks.",
    }
    for name, column in writer.terbaca.items():
        for position, code in column.catatan.items():
            if position in present:
                message = (
                    f'"{writer.shown(position, name)}" {column.ket[position]}.'
                    if position in column.ket
                    else texts[code]
                )
                yield writer.finding(
                    position, name, code, load_rules()[code].keparahan, message, load_rules()[code].cara
                )
    for position, first in duplicates.items():
        message = f"sama persis dengan baris {writer.row_of(first, position)}; dihitung sekali."
        yield writer.finding(position, "", "K17", Keparahan.INFO, message, load_rules()["K17"].cara)


def _accepted(
    dataset: Himpunan,
    batch: Kumpulan,
    frame: pd.DataFrame,
    result: HasilBaris,
    dropped: dict[str, list[int]],
    origins: Sequence[Asal],
    known: Pengetahuan,
) -> pd.DataFrame:
    """The rows that stay, in the shape ``HasilBatch.diterima`` promises."""
    passed = frame[~frame.index.isin(list(result.ditahan))].copy()
    for name, at in dropped.items():
        passed.loc[passed.index.intersection(at), name] = None
    out = pd.DataFrame({column.nama: _out(column, passed[column.nama]) for column in dataset.kolom}, index=passed.index)
    out["id_kiriman"] = [origins[batch.kiriman[at]].id for at in passed.index]
    out["lembar"] = [batch.sheet(at).nama for at in passed.index]
    out["baris"] = np.asarray(batch.baris, dtype=np.int64)[passed.index]
    out["id_baris"] = passed["id_baris"].astype(object)
    day = passed["acuan"].dt.normalize()
    out["susulan"] = ((day < passed["periode_mulai"]) | (day > passed["periode_selesai"])).to_numpy()
    if dataset.nama == "kegiatan":
        out["id_acara"] = event_ids(passed, known.register)
    return out.reset_index(drop=True)


def _out(column: Kolom, values: pd.Series) -> pd.Series:
    """Text as str or None, the rest as it is."""
    if column.tipe in _WAKTU or column.tipe is Tipe.BILANGAN:
        return values
    return values.astype(object).where(values.notna(), None)
