"""The feedback workbook: the sender's own file with what to correct, ready to be corrected and sent again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from humas.contract.cells import clean_text
from humas.contract.result import Keparahan
from humas.feedback.book import Buku
from humas.feedback.model import LEMBAR_CADANGAN, LEMBAR_PERBAIKAN, Catatan, Rencana, Terperiksa
from humas.feedback.notes import Komentar
from humas.feedback.package import Bungkus, CannotPatch, open_package
from humas.feedback.perbaikan import Asal, build_sheet, is_ours, read_originals
from humas.feedback.plan import Denah, make_plan, row_states
from humas.feedback.rebuild import Lembaran, blank, rebuild
from humas.feedback.sheet import Kertas
from humas.feedback.styles import open_styles

if TYPE_CHECKING:
    from humas.registry import Register

BARIS_KOSONG = 20
"""Empty rows below the data that are written out, open for more."""


def build_feedback(data: bytes, pemeriksaan: Terperiksa, register: Register) -> bytes:
    """The feedback workbook (XLSX) of a checked file.

    An XLSX comes back as it was, its bad cells filled and commented, accepted rows locked, with the sheet
    "Perbaikan" first; what an earlier round put there is replaced. Another kind of file, or one that cannot be
    edited, is made anew with the same sheets and rows; of one that cannot be read only "Perbaikan" comes back.
    The same file checked with the same result gives the same bytes.
    """
    dokumen = pemeriksaan.dokumen
    if dokumen is None:
        return _only_list(pemeriksaan, register)
    try:
        bungkus = open_package(data)
        nama = Buku(bungkus).parts()
        return _mark(bungkus, pemeriksaan, register, {clean_text(n)[0]: Lembaran(n) for n in nama}, utuh=True)
    except (CannotPatch, ValueError):
        # ValueError: a number where the standard wants one is none. The content was read, so it can be written anew.
        pass
    try:
        baru, letak = rebuild(dokumen, _cover(pemeriksaan, register))
        return _mark(open_package(baru), pemeriksaan, register, letak, utuh=False)
    except CannotPatch:
        return _only_list(pemeriksaan, register)


def _cover(pemeriksaan: Terperiksa, register: Register) -> dict[str, object]:
    """Cover fields of the unit the file was checked for."""
    jawaban = pemeriksaan.jawaban
    if not jawaban["satker"]:
        return {}
    return {
        "lembaga": jawaban["lembaga"],
        "kode_satker": jawaban["satker"],
        "nama_satker": register.satker(jawaban["satker"]).nama,
        "periode": jawaban["periode"],
    }


def _only_list(pemeriksaan: Terperiksa, register: Register) -> bytes:
    """A workbook with nothing but the sheet of findings."""
    bungkus = open_package(blank())
    buku = Buku(bungkus)
    (kosong,) = buku.parts()
    rencana = make_plan(pemeriksaan, register, Denah(buku, {}, {}, {}), utuh=False)
    buku.put_first(LEMBAR_PERBAIKAN, build_sheet(rencana, open_styles(bungkus), {}))
    buku.take_out(kosong)
    return bungkus.to_bytes()


def _mark(
    bungkus: Bungkus, pemeriksaan: Terperiksa, register: Register, letak: Mapping[str, Lembaran], *, utuh: bool
) -> bytes:
    buku, gaya = Buku(bungkus), open_styles(bungkus)
    bagian = buku.parts()
    kertas = {nama: Kertas(bungkus.root(satu), gaya) for nama, satu in bagian.items()}
    komentar = {nama: Komentar(bungkus, satu, kertas[nama]) for nama, satu in bagian.items()}
    _undo(buku, kertas, komentar)
    awal = {nama: min(satu) for nama, satu in row_states(pemeriksaan.jawaban, letak).items()}
    rencana = make_plan(pemeriksaan, register, Denah(buku, kertas, letak, awal), utuh=utuh)
    for nama, baris in rencana.baris.items():
        if nama in kertas:
            _lock(kertas[nama], baris)
    asal = _mark_cells(rencana, kertas, komentar)
    for satu in kertas.values():
        satu.unselect()
    dipakai = {satu.casefold() for satu in kertas}
    nama = LEMBAR_CADANGAN if LEMBAR_PERBAIKAN.casefold() in dipakai else LEMBAR_PERBAIKAN
    buku.put_first(nama, build_sheet(rencana, gaya, asal))
    return bungkus.to_bytes()


def _undo(buku: Buku, kertas: dict[str, Kertas], komentar: dict[str, Komentar]) -> None:
    """Take away what an earlier round put into the file: its sheet, its comments and its fills."""
    asal: dict[int, Asal] = {}
    for nama in [nama for nama, satu in kertas.items() if is_ours(satu, buku)]:
        asal |= read_originals(kertas.pop(nama), buku)
        komentar.pop(nama)
        buku.take_out(nama)
    letak = {(satu.lembar, satu.tempat): satu for satu in asal.values()}
    for nama, satu in kertas.items():
        nomor = komentar[nama].ours()
        komentar[nama].strip()
        for tempat in list(satu.sel):
            if satu.gaya.marked(satu.style(tempat)):
                # The comment went with its cell when rows moved; without it the place itself must do.
                dulu = asal.get(nomor.get(tempat, 0)) or letak.get((nama, tempat))
                satu.set_style(tempat, satu.gaya.with_fill(satu.style(tempat), dulu.isian if dulu else ""))


def _lock(kertas: Kertas, baris: Mapping[int, bool]) -> None:
    """Settled rows locked, every other row from the first one of data on open; a sheet without settled rows is left."""
    if not any(baris.values()):
        return
    lebar = kertas.width()
    kertas.unlock_unused()
    # Programs take the format of an empty column for a new cell, but libraries do not: some empty rows are made.
    terakhir = max(baris) + BARIS_KOSONG
    for nomor in sorted({*range(min(baris), terakhir + 1), *(satu for satu in kertas.baris if satu > terakhir)}):
        kertas.lock_row(nomor, lebar, terkunci=baris.get(nomor, False))
    kertas.protect()


def _mark_cells(rencana: Rencana, kertas: Mapping[str, Kertas], komentar: Mapping[str, Komentar]) -> dict[int, Asal]:
    """Fill and comment each cell that a finding names; what it was before, by the number of its first finding."""
    menurut_sel: dict[tuple[str, tuple[int, int]], list[Catatan]] = {}
    for satu in rencana.catatan:
        if satu.tempat:
            menurut_sel.setdefault((satu.lembar, satu.tempat), []).append(satu)
    asal = {}
    for (nama, tempat), semua in menurut_sel.items():
        lembar, utama = kertas[nama], semua[0]
        asal[utama.nomor] = Asal(nama, tempat, lembar.gaya.fill_text(lembar.style(tempat)))
        lembar.set_style(tempat, lembar.gaya.filled(lembar.style(tempat), utama.keparahan))
        if utama.keparahan is not Keparahan.INFO:
            lembar.unlock(tempat)
        komentar[nama].add(tempat, "\n".join(_comment(satu) for satu in semua))
    return asal


def _comment(satu: Catatan) -> str:
    return f"Nomor {satu.nomor}: {satu.akibat}\n{satu.pesan}\n{satu.cara}".strip()
