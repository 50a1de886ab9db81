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

    recognised = [file for file in bawaan if file.identitas]
    return [
        fault
        for group in large_apart(recognised, lambda file: rows_of(file.dokumen), LARGE_ROWS)
        for fault in in_halves(group, lambda part: _check_batch(k, part), name_of, give_up=None)
    ]


def name_of(bawaan: Bawaan) -> str:
    """A file as a sentence begins with it."""
    return f"Berkas {bawaan.nama}"


def _check_batch(k: Konteks, files: Sequence[Bawaan]) -> None:
    from humas.contract.validate import validate_batch
    from humas.pipeline import judging_seconds

    submissions = [_as_read(file) for file in files]
    with time_limit(judging_seconds(submissions)):
        result = validate_batch(submissions, k.register, k.kalender, k.settings, _elsewhere(k, files))
    for file, part in zip(files, _split(result, len(files)), strict=True):
        if file.identitas:
            file.jawaban = as_answer(k, file.nama, file.identitas, part, file.dokumen)


def _elsewhere(k: Konteks, files: Sequence[Bawaan]) -> Elsewhere:
    """What the warehouse knows of other quarters; submissions that people let pass under the names they have here."""
    known = k.gudang.elsewhere()
    released = {file.url for file in files if file.kiriman and file.kiriman.id in known.released}
    return replace(known, released=frozenset(released))


def _as_read(file: Bawaan) -> KirimanTerbaca:
    """The submission under a name of its own in this batch: the same bytes may be in it twice."""
    from humas.contract.result import KirimanTerbaca

    error = file.galat
    reason = (error.kode, error.pesan, error.cara) if error else ("", "", "")
    lembaga, code, period = file.kunci
    return KirimanTerbaca(file.url, lembaga, code, period, file.diterima_pada, True, file.dokumen, *reason)


def _split(batch: HasilBatch, count: int) -> Iterator[HasilBatch]:
    """The result of each submission of a batch, in order."""
    from humas.contract.result import HasilBatch

    def by_id(frame: Any) -> dict[str, Any]:
        return dict(iter(frame.groupby("id_kiriman", sort=False))) if len(frame) else {}

    accepted = {name: by_id(submission) for name, submission in batch.diterima.items()}
    findings, quarantine, duplicates = by_id(batch.temuan), by_id(batch.karantina), by_id(batch.kembar)
    for position in range(count):
        verdict = batch.kiriman[position]
        submission = verdict.id_kiriman
        yield HasilBatch(
            (verdict,),
            {name: rows.get(submission, batch.diterima[name].iloc[:0]) for name, rows in accepted.items()},
            findings.get(submission, batch.temuan.iloc[:0]),
            quarantine.get(submission, batch.karantina.iloc[:0]),
            duplicates.get(submission, batch.kembar.iloc[:0]),
        )


def compose_answer(k: Konteks, bawaan: Bawaan, tujuan: Tujuan) -> Jawaban:
    """All that is laid beside one file."""
    identity = bawaan.identitas
    if identity is None:
        text = _why_unknown(bawaan)
        return Jawaban({tujuan.tanda_terima: encode_text(text)}, text)
    feedback = _feedback(k, bawaan, identity)
    text = "\n".join(_receipt(bawaan, identity, k.register, tujuan.perbaikan[-1] if feedback else ""))
    files = {tujuan.tanda_terima: encode_text(text)}
    return Jawaban(files | ({tujuan.perbaikan: feedback} if feedback else {}), text)


def _feedback(k: Konteks, file: Bawaan, identity: Identitas) -> bytes:
    """The sender's own file back as a workbook with what to mend; empty when nothing is to be mended.

    A file that cannot be marked still gets its receipt, which names the findings.
    """
    from humas.feedback import build_feedback

    if is_held(file.jawaban) or (file.jawaban["status"] != "ditolak" and not file.jawaban["quarantined"]):
        return b""
    check = Pemeriksaan(file.jawaban, identity, file.dokumen, file.galat)
    data = k.landing.read(file.sidik)
    try:
        return build_feedback(data, check, k.register)
    except Exception:
        log.exception("no feedback workbook for %s", file.nama)
        return b""


def _receipt(file: Bawaan, identity: Identitas, register: Register, feedback: str) -> Iterator[str]:
    answer = file.jawaban
    owner = register.satker(identity.kode_satker).nama_resmi(identity.lembaga)
    yield "TANDA TERIMA"
    yield ""
    yield f"Berkas    : {file.nama}"
    yield f"Satker    : {owner} ({identity.kode_satker})"
    yield f"Periode   : {parse_periode(identity.periode).label}"
    yield f"Diterima  : {waktu(file.diterima_pada)}"
    yield f"Hasil     : {HELD_LABEL if is_held(answer) else STATUS_LABEL[answer['status']]}"
    if answer["rows_in"]:
        yield (
            f"Baris     : {bilangan(answer['rows_in'])} masuk = {bilangan(answer['accepted'])} diterima"
            f" + {bilangan(answer['quarantined'])} ditahan + {bilangan(answer['duplicates'])} kembar"
        )
    yield f"Nomor     : {file.kiriman.id if file.kiriman else ''}"
    yield ""
    if file.pertama:
        yield f"Isi yang sama persis sudah diterima {waktu(file.pertama)}; tidak ada yang dihitung dua kali."
        yield ""
    if answer["reason"]:
        yield f"{answer['reason']} {answer['remedy']}".strip()
        yield ""
    if sentence := _counted_together(file):
        yield sentence
        yield ""
    yield from _findings([finding for finding in answer["findings"] if finding["message"] != answer["reason"]])
    if feedback:
        yield (_CORRECT_CSV if file.himpunan else _CORRECT).format(perbaikan=feedback)


def _counted_together(file: Bawaan) -> str:
    """What a file means for the data sets of the unit's CSV files; "" when it changes nothing there."""
    from humas.contract.columns import MENURUT_NAMA

    if file.diganti:
        return _CSV_ENDED.format(lain=_named(file.diganti))
    if file.dokumen is None or file.dokumen.bentuk != "csv" or file.jawaban["status"] == "ditolak":
        return ""
    if not file.himpunan:
        return _CSV_REPLACES
    if file.bersama is None:
        return ""
    sheet = MENURUT_NAMA[file.himpunan].lembar
    if not file.bersama:
        return _CSV_ALONE.format(himpunan=sheet)
    return _CSV_TOGETHER.format(himpunan=sheet, lain=_named(file.bersama))


def _named(files: Sequence[Berkas]) -> str:
    """CSV files with their data sets and when they came."""
    from humas.contract.columns import MENURUT_NAMA

    return "; ".join(
        f'{MENURUT_NAMA[file.header[HIMPUNAN_MARK]].lembar} ("{file.nama}", {waktu(file.diterima_pada)})'
        for file in files
    )


def _findings(findings: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    weightiest = sorted(findings, key=lambda finding: _SEVERITIES.index(finding["severity"]))
    for number, finding in enumerate(weightiest[:_SHOWN], start=1):
        yield f"{number}. {finding['message']} {finding['fix']}".strip()
    if len(weightiest) > _SHOWN:
        yield f"… dan {bilangan(len(weightiest) - _SHOWN)} temuan lain."
    if weightiest:
        yield ""


def _why_unknown(file: Bawaan) -> str:
    unknown = file.siapa
    if not isinstance(unknown, TakDikenal):
        return ""
    lines = [
        "BERKAS BELUM DIKENAL",
        "",
        f"Berkas    : {file.nama}",
        f"Tiba      : {waktu(file.diterima_pada)}",
        "",
        f"Sebab     : {unknown.sebab}",
        *([f"Isi berkas: {file.galat.pesan} {file.galat.cara}"] if file.galat else []),
        f"Caranya   : {unknown.cara}",
        "",
        *(["Mungkin yang dimaksud:", *(f"- {candidate}" for candidate in unknown.calon)] if unknown.calon else []),
    ]
    return "\n".join(lines)
