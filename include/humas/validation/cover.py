"""The cover of a submission: whose it says it is, for which period, nil or not; checked against what was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from humas.contract.stamp import contract_stamp
from humas.errors import SenderError
from humas.periods import Period, parse_period
from humas.privacy import mask
from humas.registry import Lembaga, Register
from humas.validation.result import ReadSubmission
from humas.values.cells import as_text, clean_text, fold, is_blank
from humas.values.codes import CODE_PATTERN, candidates, code_hint, settle_code, unit_name
from humas.values.words import find_choice

CONTRACT_VERSION = "1"
_NIHIL = frozenset({"nihil", "ya", "y", "true", "benar", "1", "x", "v"})


class Reason(NamedTuple):
    """Why a cover does not fit, and what to do; ``column`` is the cover field."""

    code: str
    column: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover as checked.

    refusal: the first reason to refuse the whole submission, or None. note: remarks that refuse nothing.
    fill: what blank cells of cover columns take: the cover's words, else the unit that was asked.
    """

    nihil: bool
    fill: Mapping[str, object]
    refusal: Reason | None = None
    note: tuple[Reason, ...] = ()


def read_cover(submission: ReadSubmission, register: Register) -> Cover:
    """Check the cover in the order people should hear of it: period, body, unit."""
    cover = submission.document.cover if submission.document else {}
    texts = {name: _text(cell) for name, cell in cover.items() if not is_blank(cell)}
    asked = parse_period(submission.period)
    texts |= _settled(texts, submission, register, asked)
    refusal = (
        _check_period(texts.get("periode", ""), asked)
        or _check_body(texts.get("lembaga", ""), submission)
        or _check_code(texts.get("kode_satker", ""), submission, register)
        or _check_name(texts.get("nama_satker", ""), submission, register, asked)
    )
    form = submission.document.form if submission.document else ""
    return Cover(_is_nil(cover.get("nihil")), _fill(texts, submission), refusal, _remarks(texts, form))


def _settled(texts: Mapping[str, str], submission: ReadSubmission, register: Register, asked: Period) -> dict[str, str]:
    """The code as it must have been where a spreadsheet cut it short (``32.1``) and the name or the asking tells."""
    written = texts.get("kode_satker", "")
    code = settle_code(written, texts.get("nama_satker", ""), submission.satker_code, register, asked.end)
    return {"kode_satker": code} if written else {}


def _text(cell: object) -> str:
    """A cover cell as text; a code that the spreadsheet program keeps as a number is taken as it is shown."""
    return clean_text(as_text(cell))[0].lstrip("'")


def _is_nil(cell: object) -> bool:
    return cell is True or (not isinstance(cell, bool) and cell is not None and fold(as_text(cell)) in _NIHIL)


def _fill(texts: Mapping[str, str], submission: ReadSubmission) -> dict[str, object]:
    return {
        "lembaga": submission.lembaga,
        "kode_satker": texts.get("kode_satker") or submission.satker_code,
        "nama_satker": texts.get("nama_satker"),
    }


def _check_period(written: str, asked: Period) -> Reason | None:
    if not written:
        return None
    try:
        period = parse_period(written)
    except SenderError as error:
        return Reason("K30", "periode", error.message, f"Tulis {asked.label} pada sampul lalu kirim ulang.")
    if period == asked:
        return None
    message = f"Berkas untuk {period.label}, diminta {asked.label}."
    remedy = f"Kirim berkas {asked.label}. Bila isinya memang {asked.label}, perbaiki periode pada sampul."
    return Reason("K30", "periode", message, remedy)


def _check_body(written: str, submission: ReadSubmission) -> Reason | None:
    if not written:
        return None
    asked = Lembaga(submission.lembaga)
    choice = find_choice("lembaga", written)
    lembaga = choice.value if choice else None
    if lembaga == asked.value:
        return None
    if lembaga is None:
        return Reason(
            "V05", "lembaga", f'Lembaga "{_short(written)}" pada sampul tidak dikenal.', f"Tulis {asked.label}."
        )
    message = f"Berkas milik {Lembaga(lembaga).label}, diminta {asked.label}."
    return Reason("K32", "lembaga", message, f"Kirim berkas {asked.label}.")


def _check_code(written: str, submission: ReadSubmission, register: Register) -> Reason | None:
    if not written or written == submission.satker_code:
        return None
    asked = unit_name(register, submission.satker_code)
    if not re.match(CODE_PATTERN, written):
        message = (
            f'Kode satker "{_short(written)}" pada sampul bukan kode NN atau NN.NN. {code_hint(register, written)}'
        )
        return Reason("V03", "kode_satker", message.strip(), f"Tulis kode sebagai teks: {submission.satker_code}.")
    bps = register.satker_by_bps(written)
    if bps and bps.code == submission.satker_code:
        message = f"Kode {written} pada sampul adalah kode BPS; kode Kemendagri {bps.name} {bps.code}."
        return Reason("V04", "kode_satker", message, f"Tulis {bps.code}.")
    message = f"Berkas milik {unit_name(register, written)}, diminta {asked}."
    return Reason("K31", "kode_satker", message, f"Kirim berkas {asked}, atau perbaiki kode pada sampul.")


def _check_name(written: str, submission: ReadSubmission, register: Register, asked: Period) -> Reason | None:
    if not written:
        return None
    result = register.search(written, asked.end)
    satker = unit_name(register, submission.satker_code)
    if result.candidates:
        message = f'"{_short(written)}" pada sampul dapat berarti {len(result.candidates)} satker.'
        return Reason("V29", "nama_satker", message, candidates(result.candidates))
    if result.satker is None:
        return Reason(
            "V04", "nama_satker", f'Nama "{_short(written)}" pada sampul tidak terdaftar.', f"Tulis {satker}."
        )
    if result.satker.code == submission.satker_code:
        return None
    message = f"Sampul menyebut {result.satker.name} ({result.satker.code}), diminta {satker}."
    return Reason("K31", "nama_satker", message, f"Kirim berkas {satker}, atau perbaiki nama pada sampul.")


def _remarks(texts: Mapping[str, str], form: str) -> tuple[Reason, ...]:
    remarks: list[Reason] = []
    written = texts.get("versi_kontrak", CONTRACT_VERSION)
    version, _, stamp = written.partition("-")  # our templates add the stamp of the columns they were made from
    if version.removesuffix(".0") != CONTRACT_VERSION:
        message = (
            f'Versi "{_short(written)}" pada sampul tidak dikenal; berkas dibaca menurut versi {CONTRACT_VERSION}.'
        )
        remarks.append(Reason("K35", "versi_kontrak", message, "Pakai templat versi terbaru."))
    elif stamp and stamp != contract_stamp():
        message = "Berkas dibuat dengan templat lama; kolom atau pilihannya dapat berbeda dari yang berlaku."
        remarks.append(Reason("K35", "versi_kontrak", message, "Pakai templat terbaru untuk laporan berikutnya."))
    return (*remarks, *_unsaid(texts, without_cover=form == "csv"))


def _unsaid(texts: Mapping[str, str], *, without_cover: bool) -> list[Reason]:
    """What the file leaves to be guessed; a CSV has no cover, and its rows name their unit themselves."""
    if without_cover:
        message, remedy = "Berkas tidak menyebut periode; dipakai yang diminta.", "Tambahkan kolom Periode."
        return [] if texts.get("periode") else [Reason("K23", "periode", message, remedy)]
    missing = [word for word, name in (("satker", "kode_satker"), ("periode", "periode")) if not texts.get(name)]
    if not missing or (missing == ["satker"] and texts.get("nama_satker")):
        return []
    message = f"Sampul tidak menyebut {' dan '.join(missing)}; dipakai yang diminta."
    return [Reason("K23", missing[0], message, "Isi sampul agar kiriman tidak tertukar.")]


def _short(text: str) -> str:
    masked = mask(text)
    return masked if len(masked) <= 60 else masked[:59] + "…"
