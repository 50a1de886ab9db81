"""The cover of a submission: whose it says it is, for which period, nil or not; checked against what was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from humas.contract.cells import as_text, clean_text, fold, is_blank
from humas.contract.checks.identity import POLA_KODE, candidates, code_hint, unit_name
from humas.contract.codes import settle_code
from humas.contract.privacy import mask
from humas.contract.result import KirimanTerbaca
from humas.contract.stamp import contract_stamp
from humas.contract.words import find_choice
from humas.errors import PengirimError
from humas.periods import Periode, parse_periode
from humas.registry import Lembaga, Register

VERSI_KONTRAK = "1"
_NIHIL = frozenset({"nihil", "ya", "y", "true", "benar", "1", "x", "v"})


class Alasan(NamedTuple):
    """Why a cover does not fit, and what to do; ``kolom`` is the cover field."""

    kode: str
    kolom: str
    pesan: str
    cara: str


@dataclass(frozen=True, slots=True)
class Sampul:
    """A cover as checked.

    penolakan: the first reason to refuse the whole submission, or None. catatan: remarks that refuse nothing.
    isian: what blank cells of cover columns take: the cover's words, else the unit that was asked.
    """

    nihil: bool
    isian: Mapping[str, object]
    penolakan: Alasan | None = None
    catatan: tuple[Alasan, ...] = ()


def read_cover(kiriman: KirimanTerbaca, register: Register) -> Sampul:
    """Check the cover in the order people should hear of it: period, body, unit."""
    cover = kiriman.dokumen.sampul if kiriman.dokumen else {}
    texts = {name: _text(cell) for name, cell in cover.items() if not is_blank(cell)}
    asked = parse_periode(kiriman.periode)
    texts |= _settled(texts, kiriman, register, asked)
    refusal = (
        _check_period(texts.get("periode", ""), asked)
        or _check_body(texts.get("lembaga", ""), kiriman)
        or _check_code(texts.get("kode_satker", ""), kiriman, register)
        or _check_name(texts.get("nama_satker", ""), kiriman, register, asked)
    )
    form = kiriman.dokumen.bentuk if kiriman.dokumen else ""
    return Sampul(_is_nil(cover.get("nihil")), _fill(texts, kiriman), refusal, _remarks(texts, form))


def _settled(
    texts: Mapping[str, str], submission: KirimanTerbaca, register: Register, asked: Periode
) -> dict[str, str]:
    """The code as it must have been where a spreadsheet cut it short (``32.1``) and the name or the asking tells."""
    written = texts.get("kode_satker", "")
    code = settle_code(written, texts.get("nama_satker", ""), submission.kode_satker, register, asked.selesai)
    return {"kode_satker": code} if written else {}


def _text(cell: object) -> str:
    """A cover cell as text; a code that the spreadsheet program keeps as a number is taken as it is shown."""
    return clean_text(as_text(cell))[0].lstrip("'")


def _is_nil(cell: object) -> bool:
    return cell is True or (not isinstance(cell, bool) and cell is not None and fold(as_text(cell)) in _NIHIL)


def _fill(texts: Mapping[str, str], submission: KirimanTerbaca) -> dict[str, object]:
    return {
        "lembaga": submission.lembaga,
        "kode_satker": texts.get("kode_satker") or submission.kode_satker,
        "nama_satker": texts.get("nama_satker"),
    }


def _check_period(written: str, asked: Periode) -> Alasan | None:
    if not written:
        return None
    try:
        period = parse_periode(written)
    except PengirimError as error:
        return Alasan("K30", "periode", error.pesan, f"Tulis {asked.label} pada sampul lalu kirim ulang.")
    if period == asked:
        return None
    message = f"Berkas untuk {period.label}, diminta {asked.label}."
    remedy = f"Kirim berkas {asked.label}. Bila isinya memang {asked.label}, perbaiki periode pada sampul."
    return Alasan("K30", "periode", message, remedy)


def _check_body(written: str, submission: KirimanTerbaca) -> Alasan | None:
    if not written:
        return None
    asked = Lembaga(submission.lembaga)
    choice = find_choice("lembaga", written)
    lembaga = choice.nilai if choice else None
    if lembaga == asked.value:
        return None
    if lembaga is None:
        return Alasan(
            "V05", "lembaga", f'Lembaga "{_short(written)}" pada sampul tidak dikenal.', f"Tulis {asked.label}."
        )
    message = f"Berkas milik {Lembaga(lembaga).label}, diminta {asked.label}."
    return Alasan("K32", "lembaga", message, f"Kirim berkas {asked.label}.")


def _check_code(written: str, submission: KirimanTerbaca, register: Register) -> Alasan | None:
    if not written or written == submission.kode_satker:
        return None
    asked = unit_name(register, submission.kode_satker)
    if not re.match(POLA_KODE, written):
        message = (
            f'Kode satker "{_short(written)}" pada sampul bukan kode NN atau NN.NN. {code_hint(register, written)}'
        )
        return Alasan("V03", "kode_satker", message.strip(), f"Tulis kode sebagai teks: {submission.kode_satker}.")
    bps = register.satker_bps(written)
    if bps and bps.kode == submission.kode_satker:
        message = f"Kode {written} pada sampul adalah kode BPS; kode Kemendagri {bps.nama} {bps.kode}."
        return Alasan("V04", "kode_satker", message, f"Tulis {bps.kode}.")
    message = f"Berkas milik {unit_name(register, written)}, diminta {asked}."
    return Alasan("K31", "kode_satker", message, f"Kirim berkas {asked}, atau perbaiki kode pada sampul.")


def _check_name(written: str, submission: KirimanTerbaca, register: Register, asked: Periode) -> Alasan | None:
    if not written:
        return None
    result = register.cari(written, asked.selesai)
    satker = unit_name(register, submission.kode_satker)
    if result.calon:
        message = f'"{_short(written)}" pada sampul dapat berarti {len(result.calon)} satker.'
        return Alasan("V29", "nama_satker", message, candidates(result.calon))
    if result.satker is None:
        return Alasan(
            "V04", "nama_satker", f'Nama "{_short(written)}" pada sampul tidak terdaftar.', f"Tulis {satker}."
        )
    if result.satker.kode == submission.kode_satker:
        return None
    message = f"Sampul menyebut {result.satker.nama} ({result.satker.kode}), diminta {satker}."
    return Alasan("K31", "nama_satker", message, f"Kirim berkas {satker}, atau perbaiki nama pada sampul.")


def _remarks(texts: Mapping[str, str], form: str) -> tuple[Alasan, ...]:
    remarks: list[Alasan] = []
    written = texts.get("versi_kontrak", VERSI_KONTRAK)
    version, _, stamp = written.partition("-")  # our templates add the stamp of the columns they were made from
    if version.removesuffix(".0") != VERSI_KONTRAK:
        message = f'Versi "{_short(written)}" pada sampul tidak dikenal; berkas dibaca menurut versi {VERSI_KONTRAK}.'
        remarks.append(Alasan("K35", "versi_kontrak", message, "Pakai templat versi terbaru."))
    elif stamp and stamp != contract_stamp():
        message = "Berkas dibuat dengan templat lama; kolom atau pilihannya dapat berbeda dari yang berlaku."
        remarks.append(Alasan("K35", "versi_kontrak", message, "Pakai templat terbaru untuk laporan berikutnya."))
    return (*remarks, *_unsaid(texts, tanpa_sampul=form == "csv"))


def _unsaid(texts: Mapping[str, str], *, tanpa_sampul: bool) -> list[Alasan]:
    """What the file leaves to be guessed; a CSV has no cover, and its rows name their unit themselves."""
    if tanpa_sampul:
        message, remedy = "Berkas tidak menyebut periode; dipakai yang diminta.", "Tambahkan kolom Periode."
        return [] if texts.get("periode") else [Alasan("K23", "periode", message, remedy)]
    missing = [word for word, name in (("satker", "kode_satker"), ("periode", "periode")) if not texts.get(name)]
    if not missing or (missing == ["satker"] and texts.get("nama_satker")):
        return []
    message = f"Sampul tidak menyebut {' dan '.join(missing)}; dipakai yang diminta."
    return [Alasan("K23", missing[0], message, "Isi sampul agar kiriman tidak tertukar.")]


def _short(text: str) -> str:
    masked = mask(text)
    return masked if len(masked) <= 60 else masked[:59] + "…"
