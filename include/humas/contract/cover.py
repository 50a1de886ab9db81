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
    sampul = kiriman.dokumen.sampul if kiriman.dokumen else {}
    teks = {nama: _text(isi) for nama, isi in sampul.items() if not is_blank(isi)}
    diminta = parse_periode(kiriman.periode)
    teks |= _settled(teks, kiriman, register, diminta)
    penolakan = (
        _check_period(teks.get("periode", ""), diminta)
        or _check_body(teks.get("lembaga", ""), kiriman)
        or _check_code(teks.get("kode_satker", ""), kiriman, register)
        or _check_name(teks.get("nama_satker", ""), kiriman, register, diminta)
    )
    bentuk = kiriman.dokumen.bentuk if kiriman.dokumen else ""
    return Sampul(_is_nil(sampul.get("nihil")), _fill(teks, kiriman), penolakan, _remarks(teks, bentuk))


def _settled(teks: Mapping[str, str], kiriman: KirimanTerbaca, register: Register, diminta: Periode) -> dict[str, str]:
    """The code as it must have been where a spreadsheet cut it short (``32.1``) and the name or the asking tells."""
    tertulis = teks.get("kode_satker", "")
    kode = settle_code(tertulis, teks.get("nama_satker", ""), kiriman.kode_satker, register, diminta.selesai)
    return {"kode_satker": kode} if tertulis else {}


def _text(isi: object) -> str:
    """A cover cell as text; a code that the spreadsheet program keeps as a number is taken as it is shown."""
    return clean_text(as_text(isi))[0].lstrip("'")


def _is_nil(isi: object) -> bool:
    return isi is True or (not isinstance(isi, bool) and isi is not None and fold(as_text(isi)) in _NIHIL)


def _fill(teks: Mapping[str, str], kiriman: KirimanTerbaca) -> dict[str, object]:
    return {
        "lembaga": kiriman.lembaga,
        "kode_satker": teks.get("kode_satker") or kiriman.kode_satker,
        "nama_satker": teks.get("nama_satker"),
    }


def _check_period(tertulis: str, diminta: Periode) -> Alasan | None:
    if not tertulis:
        return None
    try:
        periode = parse_periode(tertulis)
    except PengirimError as galat:
        return Alasan("K30", "periode", galat.pesan, f"Tulis {diminta.label} pada sampul lalu kirim ulang.")
    if periode == diminta:
        return None
    pesan = f"Berkas untuk {periode.label}, diminta {diminta.label}."
    cara = f"Kirim berkas {diminta.label}. Bila isinya memang {diminta.label}, perbaiki periode pada sampul."
    return Alasan("K30", "periode", pesan, cara)


def _check_body(tertulis: str, kiriman: KirimanTerbaca) -> Alasan | None:
    if not tertulis:
        return None
    diminta = Lembaga(kiriman.lembaga)
    pilihan = find_choice("lembaga", tertulis)
    lembaga = pilihan.nilai if pilihan else None
    if lembaga == diminta.value:
        return None
    if lembaga is None:
        return Alasan(
            "V05", "lembaga", f'Lembaga "{_short(tertulis)}" pada sampul tidak dikenal.', f"Tulis {diminta.label}."
        )
    pesan = f"Berkas milik {Lembaga(lembaga).label}, diminta {diminta.label}."
    return Alasan("K32", "lembaga", pesan, f"Kirim berkas {diminta.label}.")


def _check_code(tertulis: str, kiriman: KirimanTerbaca, register: Register) -> Alasan | None:
    if not tertulis or tertulis == kiriman.kode_satker:
        return None
    diminta = unit_name(register, kiriman.kode_satker)
    if not re.match(POLA_KODE, tertulis):
        pesan = (
            f'Kode satker "{_short(tertulis)}" pada sampul bukan kode NN atau NN.NN. {code_hint(register, tertulis)}'
        )
        return Alasan("V03", "kode_satker", pesan.strip(), f"Tulis kode sebagai teks: {kiriman.kode_satker}.")
    bps = register.satker_bps(tertulis)
    if bps and bps.kode == kiriman.kode_satker:
        pesan = f"Kode {tertulis} pada sampul adalah kode BPS; kode Kemendagri {bps.nama} {bps.kode}."
        return Alasan("V04", "kode_satker", pesan, f"Tulis {bps.kode}.")
    pesan = f"Berkas milik {unit_name(register, tertulis)}, diminta {diminta}."
    return Alasan("K31", "kode_satker", pesan, f"Kirim berkas {diminta}, atau perbaiki kode pada sampul.")


def _check_name(tertulis: str, kiriman: KirimanTerbaca, register: Register, diminta: Periode) -> Alasan | None:
    if not tertulis:
        return None
    hasil = register.cari(tertulis, diminta.selesai)
    satker = unit_name(register, kiriman.kode_satker)
    if hasil.calon:
        pesan = f'"{_short(tertulis)}" pada sampul dapat berarti {len(hasil.calon)} satker.'
        return Alasan("V29", "nama_satker", pesan, candidates(hasil.calon))
    if hasil.satker is None:
        return Alasan(
            "V04", "nama_satker", f'Nama "{_short(tertulis)}" pada sampul tidak terdaftar.', f"Tulis {satker}."
        )
    if hasil.satker.kode == kiriman.kode_satker:
        return None
    pesan = f"Sampul menyebut {hasil.satker.nama} ({hasil.satker.kode}), diminta {satker}."
    return Alasan("K31", "nama_satker", pesan, f"Kirim berkas {satker}, atau perbaiki nama pada sampul.")


def _remarks(teks: Mapping[str, str], bentuk: str) -> tuple[Alasan, ...]:
    catatan: list[Alasan] = []
    tertulis = teks.get("versi_kontrak", VERSI_KONTRAK)
    versi, _, sidik = tertulis.partition("-")  # our templates add the stamp of the columns they were made from
    if versi.removesuffix(".0") != VERSI_KONTRAK:
        pesan = f'Versi "{_short(tertulis)}" pada sampul tidak dikenal; berkas dibaca menurut versi {VERSI_KONTRAK}.'
        catatan.append(Alasan("K35", "versi_kontrak", pesan, "Pakai templat versi terbaru."))
    elif sidik and sidik != contract_stamp():
        pesan = "Berkas dibuat dengan templat lama; kolom atau pilihannya dapat berbeda dari yang berlaku."
        catatan.append(Alasan("K35", "versi_kontrak", pesan, "Pakai templat terbaru untuk laporan berikutnya."))
    return (*catatan, *_unsaid(teks, tanpa_sampul=bentuk == "csv"))


def _unsaid(teks: Mapping[str, str], *, tanpa_sampul: bool) -> list[Alasan]:
    """What the file leaves to be guessed; a CSV has no cover, and its rows name their unit themselves."""
    if tanpa_sampul:
        pesan, cara = "Berkas tidak menyebut periode; dipakai yang diminta.", "Tambahkan kolom Periode."
        return [] if teks.get("periode") else [Alasan("K23", "periode", pesan, cara)]
    kurang = [kata for kata, nama in (("satker", "kode_satker"), ("periode", "periode")) if not teks.get(nama)]
    if not kurang or (kurang == ["satker"] and teks.get("nama_satker")):
        return []
    pesan = f"Sampul tidak menyebut {' dan '.join(kurang)}; dipakai yang diminta."
    return [Alasan("K23", kurang[0], pesan, "Isi sampul agar kiriman tidak tertukar.")]


def _short(teks: str) -> str:
    rapi = mask(teks)
    return rapi if len(rapi) <= 60 else rapi[:59] + "…"
