"""Validation of submissions as one national batch: the only entry, also for a single file.

Conservation is proved here for each submission: rows in = accepted + quarantined + duplicate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from humas.contract.batch import Kumpulan
from humas.contract.cells import as_text
from humas.contract.checks.base import Pengetahuan
from humas.contract.columns import HIMPUNAN
from humas.contract.cover import Alasan, Sampul, read_cover
from humas.contract.messages import Temuan, file_finding, sheet_finding
from humas.contract.quarter import NOWHERE, Elsewhere, nil_question, questions
from humas.contract.result import HasilBatch, HasilKiriman, Keparahan, KirimanTerbaca, StatusKiriman
from humas.contract.rows import Asal, BarisTerbaca, HasilBaris, judge, read_rows
from humas.contract.rules import load_rules
from humas.contract.sheet import Catatan, Dikenali, Lembar
from humas.contract.tables import recognise_sheet
from humas.contract.titles import assign_units
from humas.errors import PengirimError, SistemError
from humas.periods import bilangan, parse_periode
from humas.reading.galat import MAX_ROWS, too_many_rows
from humas.settings import WIB

if TYPE_CHECKING:
    from humas.periods import Kalender
    from humas.registry import Register
    from humas.settings import Settings

MAKS_BARIS = MAX_ROWS
"""Rows one submission may have; reading holds one table to the same number."""
MAKS_TAK_TERBACA = 20_000
"""Cells of one submission that may be unreadable and are told one by one: each costs a finding."""
_KARANTINA = ("id_kiriman", "himpunan", "lembar", "baris", "kode", "isi_asli")
_KEMBAR = ("id_kiriman", "himpunan", "lembar", "baris", "baris_asal", "isi_asli")
_CARA_NIHIL = "Isi lembar yang sesuai, atau tulis Ya pada Nihil di sampul atau pada NIHIL di tiap lembar."


@dataclass(slots=True)
class _Berkas:
    """One submission on its way: what was found so far, its sheets, and its counts by data set."""

    kiriman: KirimanTerbaca
    sampul: Sampul
    lembar: list[Lembar] = field(default_factory=list)
    temuan: list[Temuan] = field(default_factory=list)
    penolakan: Alasan | None = None
    hitungan: dict[str, list[int]] = field(default_factory=dict)
    wajib: int = 0
    terisi: int = 0

    @property
    def masuk(self) -> int:
        """Rows in, of all its tables."""
        return sum(len(sheet.indeks) for sheet in self.lembar)

    @property
    def nihil(self) -> bool:
        """Whether the cover, or every data set that the file has a sheet for, is declared nil."""
        return self.sampul.nihil or (bool(self.lembar) and not self.belum_nihil)

    @property
    def belum_nihil(self) -> list[str]:
        """Data sets of the file that no sheet declares nil; drafts declare nothing."""
        nihil = {sheet.himpunan.nama for sheet in self.lembar if sheet.nihil}
        return list(dict.fromkeys(
            sheet.himpunan.lembar for sheet in self.lembar if not sheet.draf and sheet.himpunan.nama not in nihil
        ))  # fmt: skip


def validate_document(
    kiriman: KirimanTerbaca, register: Register, kalender: Kalender, settings: Settings
) -> HasilBatch:
    """Validate one submission by the same way as a national batch."""
    return validate_batch([kiriman], register, kalender, settings)


def validate_batch(
    kiriman: Sequence[KirimanTerbaca],
    register: Register,
    kalender: Kalender,
    settings: Settings,
    elsewhere: Elsewhere = NOWHERE,
) -> HasilBatch:
    """Validate submissions of one body and period, or of several, in one pass per data set.

    elsewhere: what other quarters count already, and which doubted submissions people let pass.
    Raises SistemError when a rule cannot be evaluated or when rows in and out do not balance.
    """
    known = Pengetahuan(register, kalender)
    origins = [_origin(item, register) for item in kiriman]
    files = [_open(item, register, origin, elsewhere) for item, origin in zip(kiriman, origins, strict=True)]
    batches = [_gather(dataset.nama, files) for dataset in HIMPUNAN]
    readings = [read_rows(item, origins, known, elsewhere) for item in batches]
    doubted = questions([reading.frame for reading in readings], origins, elsewhere, known) | _unreadable(readings)
    for number, question in doubted.items():
        files[number].penolakan = question
    results = [judge(item.without(doubted.keys()), origins, known) for item in readings]
    for batch, result in zip(batches, results, strict=True):
        _count(batch, result, files)
    verdicts = tuple(_verdict(item, _warned(results)) for item in files)
    return HasilBatch(
        kiriman=verdicts,
        diterima={batch.himpunan.nama: result.diterima for batch, result in zip(batches, results, strict=True)},
        temuan=_findings(files, results),
        karantina=_quarantine(batches, results, origins),
        kembar=_twins(batches, results, origins),
        terbaca={
            (
                origins[item.kiriman[position]].id,
                item.himpunan.nama,
                item.sheet(position).nama,
                item.baris[position],
            ): result.parsed(position)
            for item, result in zip(batches, results, strict=True)
            for position in (*result.ditahan, *result.kembar)
        },
    )


def _unreadable(readings: Iterable[BarisTerbaca]) -> dict[int, Alasan]:
    """The submissions, by position, of which so many cells cannot be read that nobody would mend them one by one."""
    counts = Counter[int]()
    for reading in readings:
        for column in reading.terbaca.values():
            counts.update(reading.kumpulan.kiriman[position] for position in column.masalah)
    return {
        number: _too_strange(f"{bilangan(count)} isian yang tidak terbaca")
        for number, count in counts.items()
        if count > MAKS_TAK_TERBACA
    }


def _strange_words(file: _Berkas) -> Alasan | None:
    """A file is refused before it is read whose columns of choices hold more words than any vocabulary has spellings."""
    count = 0
    for sheet in file.lembar:
        picked = [sheet.kolom[spec.nama] for spec in sheet.himpunan.kolom if spec.kosakata and spec.nama in sheet.kolom]
        rows = [sheet.tabel.sel[i] for i in sheet.indeks]
        count += sum(len({as_text(row[position]) for row in rows if position < len(row)}) for position in picked)
    return _too_strange(f"{bilangan(count)} isian berlainan pada kolom pilihan") if count > MAKS_TAK_TERBACA else None


def _too_strange(what: str) -> Alasan:
    return Alasan(
        "K33", "",
        f"Berkas memuat {what}; di atas {bilangan(MAKS_TAK_TERBACA)} barisnya tidak diperiksa satu per satu.",
        "Isi templat satker ini menurut contoh dan pilihan di dalamnya, lalu kirim ulang.",
    )  # fmt: skip


def _open(submission: KirimanTerbaca, register: Register, origin: Asal, elsewhere: Elsewhere) -> _Berkas:
    """Read cover and sheets; a reason to refuse the whole file is kept, the first one counts."""
    cover = read_cover(submission, register)
    file = _Berkas(submission, cover, penolakan=cover.penolakan)
    if submission.dokumen is None:
        remedy = submission.galat_cara[:1].upper() + submission.galat_cara[1:]  # here it begins a sentence
        file.penolakan = Alasan(submission.galat_kode, "", submission.galat_pesan, remedy)
        return file
    day = parse_periode(submission.periode).selesai
    for table in submission.dokumen.tabel:
        _add_sheet(file, assign_units(recognise_sheet(table), submission.kode_satker, register, day))
    file.temuan += [_cover_finding(file, remark) for remark in cover.catatan]
    file.penolakan = file.penolakan or _refusal_by_rows(file, origin, elsewhere)
    if not file.penolakan:
        file.temuan += _nil_with_rows(file)
    return file


def _add_sheet(file: _Berkas, recognised: Dikenali) -> None:
    """Book a sheet's tables, and what is to be said of it and of them."""
    submission_id, rules = file.kiriman.id, load_rules()
    file.lembar += recognised.lembar
    for sheet in recognised.lembar:
        file.temuan += [
            sheet_finding(submission_id, sheet, remark, rules[remark.kode].keparahan, rules[remark.kode].cara)
            for remark in sheet.catatan
        ]
    file.temuan += [
        file_finding(
            submission_id, remark.kode, rules[remark.kode].keparahan, remark.pesan,
            remark.cara or rules[remark.kode].cara,
            lembar=recognised.nama,
        )
        for remark in recognised.catatan
    ]  # fmt: skip


def _nil_with_rows(file: _Berkas) -> list[Temuan]:
    """Nil declared, on the cover or on a sheet, over rows that are there all the same: they count, with a warning."""
    findings = []
    if file.sampul.nihil and file.masuk:
        message = f"Sampul menyatakan nihil, tetapi ada {bilangan(file.masuk)} baris; baris dipakai."
        remedy = "Kosongkan Nihil pada sampul."
        findings.append(file_finding(file.kiriman.id, "V48", Keparahan.PERINGATAN, message, remedy, "nihil"))
    counts = Counter[tuple[str, str]]()
    for sheet in file.lembar:
        counts[sheet.nama, sheet.himpunan.nama] += len(sheet.indeks)
    for sheet in file.lembar:
        if sheet.nihil and (count := counts[sheet.nama, sheet.himpunan.nama]):
            remark = Catatan("V48", f"lembar menyatakan NIHIL, tetapi berisi {bilangan(count)} baris; baris dipakai.")
            remedy = "Pilih Tidak pada NIHIL di lembar ini, atau hapus barisnya."
            findings.append(sheet_finding(file.kiriman.id, sheet, remark, Keparahan.PERINGATAN, remedy))
    return findings


def _refusal_by_rows(file: _Berkas, origin: Asal, elsewhere: Elsewhere) -> Alasan | None:
    if file.masuk > MAKS_BARIS:
        return Alasan("K34", "", too_many_rows(file.masuk).pesan, load_rules()["K34"].cara)
    if strange := _strange_words(file):
        return strange
    if not file.masuk and not file.nihil:
        missing = file.belum_nihil if any(sheet.nihil for sheet in file.lembar) else []
        who = f"lembar {', '.join(missing)} tidak menyatakan" if missing else "tidak menyatakan"
        return Alasan("V48", "", f"Berkas tidak berisi baris dan {who} nihil.", _CARA_NIHIL)
    return nil_question(origin, elsewhere) if not file.masuk else None


def _cover_finding(file: _Berkas, reason: Alasan) -> Temuan:
    rule = load_rules().get(reason.kode)
    severity = rule.keparahan if rule else Keparahan.FATAL
    return file_finding(file.kiriman.id, reason.kode, severity, reason.pesan, reason.cara, reason.kolom)


def _origin(submission: KirimanTerbaca, register: Register) -> Asal:
    period = parse_periode(submission.periode)
    try:
        zone = ZoneInfo(register.satker(submission.kode_satker).zona_waktu)
    except PengirimError:
        zone = WIB
    arrival, arrival_wib = (_local(submission.diterima_pada, zone) for zone in (zone, WIB))
    start, end = (pd.Timestamp(day).as_unit("ns") for day in (period.mulai, period.selesai))
    return Asal(
        submission.id, submission.lembaga, submission.kode_satker, start, end, arrival, arrival_wib, submission.periode
    )


def _local(moment: datetime, zone: ZoneInfo) -> pd.Timestamp:
    return pd.Timestamp(moment.astimezone(zone).replace(tzinfo=None)).as_unit("ns")


def _gather(name: str, files: Sequence[_Berkas]) -> Kumpulan:
    """The rows of a data set from all submissions that are not refused."""
    dataset = next(dataset for dataset in HIMPUNAN if dataset.nama == name)
    batch = Kumpulan(dataset)
    for number, file in enumerate(files):
        if file.penolakan:
            continue
        for sheet in file.lembar:
            if sheet.himpunan is dataset:
                batch.add(number, sheet, {**file.sampul.isian, **sheet.pemilik})
    return batch


def _count(batch: Kumpulan, result: HasilBaris, files: Sequence[_Berkas]) -> None:
    """Book each submission's rows in, accepted, quarantined and duplicate."""
    numbers = np.asarray(batch.kiriman, dtype=np.int64)
    held, duplicates = (np.isin(np.arange(len(numbers)), list(group)) for group in (result.ditahan, result.kembar))
    order = {file.kiriman.id: i for i, file in enumerate(files)}
    accepted = result.diterima["id_kiriman"].map(order).to_numpy(dtype=np.int64)
    counts = [
        np.bincount(group, minlength=len(files)) for group in (numbers, accepted, numbers[held], numbers[duplicates])
    ]
    filled = np.bincount(numbers, weights=result.terisi, minlength=len(files))
    for i in np.unique(numbers):
        files[i].hitungan[batch.himpunan.nama] = [int(group[i]) for group in counts]
        files[i].wajib += int(counts[0][i]) * result.wajib
        files[i].terisi += int(filled[i])


def _verdict(file: _Berkas, warned: set[str]) -> HasilKiriman:
    """The status of one submission, after its rows were shown to balance."""
    if file.penolakan:
        return _refused(file, file.penolakan)
    rows_in, accepted, held, duplicates = (
        (sum(counts) for counts in zip(*file.hitungan.values(), strict=True)) if file.hitungan else (0,) * 4
    )
    if rows_in != accepted + held + duplicates or rows_in != file.masuk:
        raise SistemError(
            "neraca_baris",
            f"Kiriman {file.kiriman.id}: {rows_in} baris masuk, {accepted} diterima + {held} ditahan + {duplicates} kembar.",
            "hentikan penerbitan dan laporkan kepada pengembang.",
        )
    status, reason, remedy = _status(file, rows_in, accepted, held, warned)
    return HasilKiriman(
        file.kiriman.id, status, reason, remedy, file.nihil and not rows_in, rows_in, accepted, held, duplicates,
        file.wajib, file.terisi, {name: tuple(counts) for name, counts in file.hitungan.items()},  # type: ignore[misc]
    )  # fmt: skip


def _status(file: _Berkas, rows_in: int, accepted: int, held: int, warned: set[str]) -> tuple[StatusKiriman, str, str]:
    if not rows_in:
        return StatusKiriman.NIHIL, "", ""
    if not accepted:
        message = f"Tidak ada baris yang dapat diterima: {bilangan(held)} dari {bilangan(rows_in)} baris ditahan."
        rule = load_rules()["K33"]
        file.temuan.append(file_finding(file.kiriman.id, "K33", rule.keparahan, message, rule.cara))
        return StatusKiriman.DITOLAK, message, rule.cara
    if held:
        return StatusKiriman.SEBAGIAN, "", ""
    warning = any(finding.keparahan == Keparahan.PERINGATAN for finding in file.temuan)
    if warning or file.kiriman.id in warned:
        return StatusKiriman.DENGAN_CATATAN, "", ""
    return StatusKiriman.DITERIMA, "", ""


def _refused(file: _Berkas, reason: Alasan) -> HasilKiriman:
    """A refused file: one finding, all its rows held back without being looked at."""
    file.temuan.append(_cover_finding(file, reason))
    counts = {
        dataset.nama: sum(len(sheet.indeks) for sheet in file.lembar if sheet.himpunan is dataset)
        for dataset in HIMPUNAN
    }
    return HasilKiriman(
        file.kiriman.id, StatusKiriman.DITOLAK, reason.pesan, reason.cara, False, file.masuk, 0, file.masuk, 0, 0, 0,
        {name: (count, 0, count, 0) for name, count in counts.items() if count},
    )  # fmt: skip


def _warned(results: Sequence[HasilBaris]) -> set[str]:
    """Submissions with a warning on some row."""
    return {
        finding.id_kiriman
        for result in results
        for finding in result.temuan
        if finding.keparahan == Keparahan.PERINGATAN
    }


def _findings(files: Sequence[_Berkas], results: Sequence[HasilBaris]) -> pd.DataFrame:
    findings = [finding for file in files for finding in file.temuan]
    findings += [finding for result in results for finding in result.temuan]
    findings.sort(
        key=lambda finding: (
            finding.id_kiriman,
            finding.himpunan,
            finding.lembar,
            finding.baris,
            finding.kolom,
            finding.kode,
            finding.pesan,
        )
    )
    return pd.DataFrame(findings, columns=list(Temuan._fields)).astype({"baris": "int64"})


def _quarantine(batches: Sequence[Kumpulan], results: Sequence[HasilBaris], origins: Sequence[Asal]) -> pd.DataFrame:
    rows = [
        (
            origins[batch.kiriman[position]].id, batch.himpunan.nama, batch.sheet(position).nama, batch.baris[position],
            ",".join(sorted(codes)), batch.original(position),
        )
        for batch, result in zip(batches, results, strict=True)
        for position, codes in sorted(result.ditahan.items())
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(_KARANTINA)).astype({"baris": "int64"})


def _twins(batches: Sequence[Kumpulan], results: Sequence[HasilBaris], origins: Sequence[Asal]) -> pd.DataFrame:
    rows = [
        (
            origins[batch.kiriman[position]].id, batch.himpunan.nama, batch.sheet(position).nama, batch.baris[position],
            batch.baris[first], batch.original(position),
        )
        for batch, result in zip(batches, results, strict=True)
        for position, first in sorted(result.kembar.items())
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(_KEMBAR)).astype({"baris": "int64", "baris_asal": "int64"})
