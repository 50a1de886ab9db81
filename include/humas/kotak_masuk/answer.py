"""The answer to a file: check all of a sweep at once, then a receipt for each, and a workbook to correct."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from humas.check import Identitas, Pemeriksaan, as_answer, is_held
from humas.fence import Fault, in_halves, large_apart, time_limit
from humas.kotak_masuk.model import HIMPUNAN_MARK, Bawaan
from humas.kotak_masuk.names import Tujuan, encode_text
from humas.kotak_masuk.recognise import TakDikenal
from humas.periods import bilangan, parse_periode, waktu

if TYPE_CHECKING:
    from humas.context import Konteks
    from humas.contract.quarter import Elsewhere
    from humas.contract.result import HasilBatch, KirimanTerbaca
    from humas.landing.model import Berkas
    from humas.registry import Register

log = logging.getLogger(__name__)

STATUS_LABEL = {
    "diterima": "Diterima",
    "diterima_dengan_catatan": "Diterima dengan catatan",
    "diterima_sebagian": "Diterima sebagian: ada baris yang ditahan",
    "nihil": "Nihil: tidak ada kegiatan untuk dilaporkan",
    "ditolak": "Ditolak",
}
HELD_LABEL = "Ditahan dengan satu pertanyaan; yang sudah diterima tetap berlaku"
_SHOWN = 20
_CSV_REPLACES = (
    "Berkas CSV ini menggantikan seluruh kiriman sebelumnya. Untuk beberapa himpunan data, pakai satu buku kerja"
    " dengan satu lembar untuk tiap himpunan, atau satu berkas CSV untuk tiap himpunan."
)
_CSV_ALONE = (
    "Yang dihitung dari satker ini sekarang hanya himpunan {himpunan} dari berkas ini. Himpunan lain boleh menyusul"
    " sebagai berkas CSV lain; semuanya dihitung bersama. Buku kerja yang datang sebelum ini tidak dihitung lagi."
)
_CSV_ENDED = (
    "Berkas ini menggantikan CSV yang sampai sekarang dihitung: {lain}. Himpunan yang tidak ada di berkas ini tidak"
    " dihitung lagi: tambahkan di sini, atau kirim lagi semua himpunan sebagai CSV."
)
_CORRECT_CSV = (
    'Berkas "{perbaikan}" di folder ini menunjukkan yang harus diperbaiki. Perbaiki pada CSV Anda, lalu taruh CSV itu di'
    " masuk: buku kerja menggantikan semua himpunan."
)
_CORRECT = 'Perbaiki pada berkas "{perbaikan}" di folder ini, lalu taruh di masuk.'
_CSV_TOGETHER = "Himpunan {himpunan} dari berkas ini dihitung bersama yang sudah diterima lebih dahulu: {lain}."
_SEVERITIES = ("FATAL", "PERINGATAN", "INFO")


@dataclass(frozen=True, slots=True)
class Jawaban:
    """What is laid beside a file: place inside the drop-box → bytes."""

    berkas: Mapping[tuple[str, ...], bytes]
    ringkas: str


def check_all(k: Konteks, bawaan: Sequence[Bawaan]) -> list[Fault[Bawaan]]:
    """Check every recognised file as a run would, in one batch, and keep the documented answer with it.

    Returns the files that no rule can digest: they have no answer, all others do, however many fail.

    Raises:
        SistemError: the installation is at fault, not a file.
    """
    from humas.pipeline import LARGE_ROWS, rows_of

    dikenal = [satu for satu in bawaan if satu.identitas]
    return [
        fault
        for group in large_apart(dikenal, lambda satu: rows_of(satu.dokumen), LARGE_ROWS)
        for fault in in_halves(group, lambda bagian: _check_batch(k, bagian), name_of, give_up=None)
    ]


def name_of(bawaan: Bawaan) -> str:
    """A file as a sentence begins with it."""
    return f"Berkas {bawaan.nama}"


def _check_batch(k: Konteks, bawaan: Sequence[Bawaan]) -> None:
    from humas.contract.validate import validate_batch
    from humas.pipeline import judging_seconds

    dibaca = [_as_read(satu) for satu in bawaan]
    with time_limit(judging_seconds(dibaca)):
        hasil = validate_batch(dibaca, k.register, k.kalender, k.settings, _elsewhere(k, bawaan))
    for satu, bagian in zip(bawaan, _split(hasil, len(bawaan)), strict=True):
        if satu.identitas:
            satu.jawaban = as_answer(k, satu.nama, satu.identitas, bagian, satu.dokumen)


def _elsewhere(k: Konteks, bawaan: Sequence[Bawaan]) -> Elsewhere:
    """What the warehouse knows of other quarters; submissions that people let pass under the names they have here."""
    known = k.gudang.elsewhere()
    released = {satu.url for satu in bawaan if satu.kiriman and satu.kiriman.id in known.released}
    return replace(known, released=frozenset(released))


def _as_read(bawaan: Bawaan) -> KirimanTerbaca:
    """The submission under a name of its own in this batch: the same bytes may be in it twice."""
    from humas.contract.result import KirimanTerbaca

    galat = bawaan.galat
    keterangan = (galat.kode, galat.pesan, galat.cara) if galat else ("", "", "")
    lembaga, kode, periode = bawaan.kunci
    return KirimanTerbaca(bawaan.url, lembaga, kode, periode, bawaan.diterima_pada, True, bawaan.dokumen, *keterangan)


def _split(hasil: HasilBatch, jumlah: int) -> Iterator[HasilBatch]:
    """The result of each submission of a batch, in order."""
    from humas.contract.result import HasilBatch

    def by_id(bingkai: Any) -> dict[str, Any]:
        return dict(iter(bingkai.groupby("id_kiriman", sort=False))) if len(bingkai) else {}

    diterima = {nama: by_id(satu) for nama, satu in hasil.diterima.items()}
    temuan, karantina, kembar = by_id(hasil.temuan), by_id(hasil.karantina), by_id(hasil.kembar)
    for letak in range(jumlah):
        vonis = hasil.kiriman[letak]
        satu = vonis.id_kiriman
        yield HasilBatch(
            (vonis,),
            {nama: isi.get(satu, hasil.diterima[nama].iloc[:0]) for nama, isi in diterima.items()},
            temuan.get(satu, hasil.temuan.iloc[:0]),
            karantina.get(satu, hasil.karantina.iloc[:0]),
            kembar.get(satu, hasil.kembar.iloc[:0]),
        )


def compose_answer(k: Konteks, bawaan: Bawaan, tujuan: Tujuan) -> Jawaban:
    """All that is laid beside one file."""
    identitas = bawaan.identitas
    if identitas is None:
        teks = _why_unknown(bawaan)
        return Jawaban({tujuan.tanda_terima: encode_text(teks)}, teks)
    perbaikan = _feedback(k, bawaan, identitas)
    teks = "\n".join(_receipt(bawaan, identitas, k.register, tujuan.perbaikan[-1] if perbaikan else ""))
    berkas = {tujuan.tanda_terima: encode_text(teks)}
    return Jawaban(berkas | ({tujuan.perbaikan: perbaikan} if perbaikan else {}), teks)


def _feedback(k: Konteks, bawaan: Bawaan, identitas: Identitas) -> bytes:
    """The sender's own file back as a workbook with what to mend; empty when nothing is to be mended.

    A file that cannot be marked still gets its receipt, which names the findings.
    """
    from humas.feedback import build_feedback

    if is_held(bawaan.jawaban) or (bawaan.jawaban["status"] != "ditolak" and not bawaan.jawaban["quarantined"]):
        return b""
    pemeriksaan = Pemeriksaan(bawaan.jawaban, identitas, bawaan.dokumen, bawaan.galat)
    data = k.landing.read(bawaan.sidik)
    try:
        return build_feedback(data, pemeriksaan, k.register)
    except Exception:
        log.exception("no feedback workbook for %s", bawaan.nama)
        return b""


def _receipt(bawaan: Bawaan, identitas: Identitas, register: Register, perbaikan: str) -> Iterator[str]:
    jawaban = bawaan.jawaban
    pemilik = register.satker(identitas.kode_satker).nama_resmi(identitas.lembaga)
    yield "TANDA TERIMA"
    yield ""
    yield f"Berkas    : {bawaan.nama}"
    yield f"Satker    : {pemilik} ({identitas.kode_satker})"
    yield f"Periode   : {parse_periode(identitas.periode).label}"
    yield f"Diterima  : {waktu(bawaan.diterima_pada)}"
    yield f"Hasil     : {HELD_LABEL if is_held(jawaban) else STATUS_LABEL[jawaban['status']]}"
    if jawaban["rows_in"]:
        yield (
            f"Baris     : {bilangan(jawaban['rows_in'])} masuk = {bilangan(jawaban['accepted'])} diterima"
            f" + {bilangan(jawaban['quarantined'])} ditahan + {bilangan(jawaban['duplicates'])} kembar"
        )
    yield f"Nomor     : {bawaan.kiriman.id if bawaan.kiriman else ''}"
    yield ""
    if bawaan.pertama:
        yield f"Isi yang sama persis sudah diterima {waktu(bawaan.pertama)}; tidak ada yang dihitung dua kali."
        yield ""
    if jawaban["reason"]:
        yield f"{jawaban['reason']} {jawaban['remedy']}".strip()
        yield ""
    if kalimat := _counted_together(bawaan):
        yield kalimat
        yield ""
    yield from _findings([satu for satu in jawaban["findings"] if satu["message"] != jawaban["reason"]])
    if perbaikan:
        yield (_CORRECT_CSV if bawaan.himpunan else _CORRECT).format(perbaikan=perbaikan)


def _counted_together(bawaan: Bawaan) -> str:
    """What a file means for the data sets of the unit's CSV files; "" when it changes nothing there."""
    from humas.contract.columns import MENURUT_NAMA

    if bawaan.diganti:
        return _CSV_ENDED.format(lain=_named(bawaan.diganti))
    if bawaan.dokumen is None or bawaan.dokumen.bentuk != "csv" or bawaan.jawaban["status"] == "ditolak":
        return ""
    if not bawaan.himpunan:
        return _CSV_REPLACES
    if bawaan.bersama is None:
        return ""
    himpunan = MENURUT_NAMA[bawaan.himpunan].lembar
    if not bawaan.bersama:
        return _CSV_ALONE.format(himpunan=himpunan)
    return _CSV_TOGETHER.format(himpunan=himpunan, lain=_named(bawaan.bersama))


def _named(berkas: Sequence[Berkas]) -> str:
    """CSV files with their data sets and when they came."""
    from humas.contract.columns import MENURUT_NAMA

    return "; ".join(
        f'{MENURUT_NAMA[satu.header[HIMPUNAN_MARK]].lembar} ("{satu.nama}", {waktu(satu.diterima_pada)})'
        for satu in berkas
    )


def _findings(temuan: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    penting = sorted(temuan, key=lambda satu: _SEVERITIES.index(satu["severity"]))
    for nomor, satu in enumerate(penting[:_SHOWN], start=1):
        yield f"{nomor}. {satu['message']} {satu['fix']}".strip()
    if len(penting) > _SHOWN:
        yield f"… dan {bilangan(len(penting) - _SHOWN)} temuan lain."
    if penting:
        yield ""


def _why_unknown(bawaan: Bawaan) -> str:
    siapa = bawaan.siapa
    if not isinstance(siapa, TakDikenal):
        return ""
    baris = [
        "BERKAS BELUM DIKENAL",
        "",
        f"Berkas    : {bawaan.nama}",
        f"Tiba      : {waktu(bawaan.diterima_pada)}",
        "",
        f"Sebab     : {siapa.sebab}",
        *([f"Isi berkas: {bawaan.galat.pesan} {bawaan.galat.cara}"] if bawaan.galat else []),
        f"Caranya   : {siapa.cara}",
        "",
        *(["Mungkin yang dimaksud:", *(f"- {satu}" for satu in siapa.calon)] if siapa.calon else []),
    ]
    return "\n".join(baris)
