"""What would happen to one file: the same reading and the same rules as a run, nothing stored."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from humas.contract.rules import QUESTION
from humas.errors import PengirimError, SistemError, os_reason
from humas.fence import guarded
from humas.landing.model import Kiriman
from humas.periods.deadline import Tenggat, due
from humas.pipeline import quarter_of, warm_up
from humas.reading import read_files
from humas.reading.galat import name_of
from humas.registry import Lembaga
from humas.sources.fetch import safe_name

if TYPE_CHECKING:
    import pandas as pd

    from humas.context import Konteks
    from humas.contract.quarter import Elsewhere
    from humas.contract.result import HasilBatch, KirimanTerbaca
    from humas.contract.sheet import Lembar
    from humas.reading.table import Dokumen

log = logging.getLogger(__name__)

NO_IDENTITY = "identitas_tidak_ada"


@dataclass(frozen=True, slots=True)
class Identitas:
    """Whose file it is, and for which period."""

    lembaga: str
    kode_satker: str
    periode: str


@dataclass(frozen=True, slots=True)
class Pemeriksaan:
    """What came of checking one file.

    jawaban: the documented JSON of ``./humas check --json``. identitas: whose file it is, as far as known.
    dokumen: the file as read; None when it cannot be read. galat: why it was refused before validation, else None.
    """

    jawaban: dict[str, Any]
    identitas: Identitas
    dokumen: Dokumen | None
    galat: PengirimError | None


def check_file(k: Konteks, path: Path, lembaga: str = "", satker: str = "", periode: str = "") -> Pemeriksaan:
    """Read and validate one file as a run would; see ``check_bytes``.

    Raises:
        PengirimError: the file does not exist, what was given is wrong, or nothing names unit and period.
    """
    _check_asked(k, satker, periode)
    return check_bytes(k, _bytes_of(path, k.settings.http.max_bytes), path.name, lembaga, satker, periode)


def check_bytes(
    k: Konteks,
    data: bytes,
    nama: str,
    lembaga: str = "",
    satker: str = "",
    periode: str = "",
    diterima_pada: datetime | None = None,
) -> Pemeriksaan:
    """Read and validate one file as a run would; nothing is stored.

    What is not given is taken from the file. A file that cannot be read, or whose cover names no known unit or
    period, is answered as refused. diterima_pada: when it came (aware); default now.

    Raises:
        PengirimError: what was given is wrong, or nothing names unit and period (kode ``NO_IDENTITY``).
        ProgramFault: our program failed on the file; a crash report says where.
    """
    diminta = _check_asked(k, satker, periode)
    bersih = safe_name(nama)
    about = {
        "langkah": "check",
        "lembaga": lembaga,
        "satker": diminta[0],
        "periode": diminta[1],
        "berkas": _digest(data),
    }
    with guarded(k.settings.home, name_of(bersih), about):
        return _checked(k, data, bersih, lembaga, diminta, diterima_pada or k.settings.now())


def _checked(
    k: Konteks, data: bytes, bersih: str, lembaga: str, diminta: tuple[str, str], diterima_pada: datetime
) -> Pemeriksaan:
    dokumen, galat = _read(bersih, data)
    try:
        identitas = identify(k, dokumen, lembaga, *diminta)
    except PengirimError as error:
        penolakan = galat or error
        if penolakan.kode == NO_IDENTITY:
            raise
        identitas = Identitas(lembaga, *diminta)
        return Pemeriksaan(_refusal(bersih, identitas, penolakan), identitas, dokumen, penolakan)
    if dokumen is not None:
        warm_up()
    from humas.contract.validate import validate_batch

    kiriman = _as_submission(data, dokumen, identitas, galat, diterima_pada)
    hasil = validate_batch([kiriman], k.register, k.kalender, k.settings, _elsewhere(k))
    return Pemeriksaan(as_answer(k, bersih, identitas, hasil, dokumen), identitas, dokumen, galat)


def _elsewhere(k: Konteks) -> Elsewhere:
    """What the warehouse knows of other quarters; nothing where there is none, or none that answers."""
    from humas.contract.quarter import NOWHERE
    from humas.warehouse.engine import is_there

    if not is_there(k.settings.database_url):
        return NOWHERE
    try:
        return k.gudang.elsewhere()
    except SistemError as error:
        log.warning("%s Diperiksa tanpa melihat triwulan lain.", error.pesan)
        return NOWHERE


def verdict_label(jawaban: Mapping[str, Any]) -> str:
    """The status of an answer in words; a file that is only asked about is not called refused."""
    from humas.contract.result import StatusKiriman

    return "Ditahan dengan satu pertanyaan" if is_held(jawaban) else StatusKiriman(jawaban["status"]).label


def is_held(jawaban: Mapping[str, Any]) -> bool:
    """Whether an answer holds the file with the question whose quarter it is."""
    return jawaban["status"] == "ditolak" and any(satu["rule"] == QUESTION for satu in jawaban["findings"])


def _check_asked(k: Konteks, satker: str, periode: str) -> tuple[str, str]:
    """Unit code and period key as asked on the command line; "" where nothing was asked."""
    triwulan = quarter_of(periode) if periode else None
    kode = k.register.resolve(satker, triwulan.selesai if triwulan else None).kode if satker else ""
    return kode, triwulan.kunci if triwulan else ""


def _read(nama: str, data: bytes) -> tuple[Dokumen | None, PengirimError | None]:
    """The file as a document, or why it is none."""
    try:
        return read_files([(nama, data)]), None
    except PengirimError as error:
        return None, error


def _bytes_of(path: Path, batas: int) -> bytes:
    """The file's bytes, when it is a file that a run would take."""
    try:
        if not path.is_file():
            sebab = "adalah folder, bukan berkas" if path.is_dir() else "tidak ditemukan"
            raise PengirimError("berkas_tidak_ada", f"{path} {sebab}.", "periksa nama dan foldernya.")
        if path.stat().st_size > batas:
            mib = batas // 1024 // 1024
            raise PengirimError(
                "berkas_terlalu_besar",
                f"{path} melebihi batas {mib} MiB.",
                "hapus lembar dan gambar yang tidak perlu, atau bagi per himpunan data.",
            )
        return path.read_bytes()
    except OSError as error:
        raise PengirimError(
            "berkas_tak_terbaca",
            f'Berkas "{safe_name(path.name)}" tidak dapat dibuka: {os_reason(error)}.',
            "periksa nama dan hak bacanya.",
        ) from error


def identify(k: Konteks, dokumen: Dokumen | None, lembaga: str, satker: str, periode: str) -> Identitas:
    """Whose file it is: as asked, else as its cover says, else as all rows of a CSV say.

    Raises:
        PengirimError: unit or period cannot be known.
    """
    sampul: Mapping[str, object] = dokumen.sampul if dokumen else {}
    tertulis = sampul.get("kode_satker") or sampul.get("nama_satker") or (_named_by_rows(dokumen) if dokumen else "")
    kode = satker or str(tertulis)
    kunci = periode or str(sampul.get("periode") or "")
    if not kode or not kunci:
        kurang = " dan ".join(nama for nama, isi in (("satker", kode), ("periode", kunci)) if not isi)
        raise PengirimError(
            NO_IDENTITY,
            f"Berkas tidak menyebut {kurang}.",
            "tambahkan --satker 33.74 dan --periode 2026-TW3 pada perintah.",
        )
    triwulan = quarter_of(kunci)
    unit = k.register.resolve(_mended_code(k, sampul, kode), triwulan.selesai)
    return Identitas(lembaga or _body_of(sampul), unit.kode, triwulan.kunci)


def _mended_code(k: Konteks, sampul: Mapping[str, object], kode: str) -> str:
    """A code that a spreadsheet cut short (``32.1``), as the cover's name tells it."""
    from humas.contract.codes import settle_code

    return settle_code(kode, str(sampul.get("nama_satker") or ""), "", k.register) if kode[:1].isdecimal() else kode


def _named_by_rows(dokumen: Dokumen) -> str:
    """The one unit code that every row names; "" when they name none or several."""
    kode: set[str] = set()
    for lembar in _sheets(dokumen):
        letak, sel = lembar.kolom.get("kode_satker"), lembar.tabel.sel
        if letak is not None:
            kode |= {str(sel[i][letak] or "").strip() for i in lembar.indeks if letak < len(sel[i])}
    return kode.pop() if len(kode) == 1 else ""


def _sheets(dokumen: Dokumen) -> Iterator[Lembar]:
    """Every table of a document that is part of a data set."""
    from humas.contract.tables import recognise_sheet

    for tabel in dokumen.tabel:
        yield from recognise_sheet(tabel).lembar


def _body_of(sampul: Mapping[str, object]) -> str:
    tertulis = str(sampul.get("lembaga") or "").strip().lower()
    return next((satu.value for satu in Lembaga if tertulis in {satu.value, satu.label.lower()}), Lembaga.KPU.value)


def _as_submission(
    data: bytes, dokumen: Dokumen | None, identitas: Identitas, galat: PengirimError | None, tiba: datetime
) -> KirimanTerbaca:
    from humas.contract.result import KirimanTerbaca

    tanda = Kiriman(identitas.lembaga, identitas.kode_satker, identitas.periode, "berkas", _digest(data), tiba, ())
    keterangan = (galat.kode, galat.pesan, galat.cara) if galat else ("", "", "")
    return KirimanTerbaca(tanda.id, tanda.lembaga, tanda.kode_satker, tanda.periode, tiba, True, dokumen, *keterangan)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _refusal(nama: str, identitas: Identitas, galat: PengirimError) -> dict[str, Any]:
    """The answer for a file refused before it could be validated."""
    temuan = {"dataset": "", "sheet": "", "row": 0, "column": "", "field": "", "rule": galat.kode, "severity": "FATAL"}
    cara = galat.cara[:1].upper() + galat.cara[1:]
    return {
        **_head(nama, identitas),
        "status": "ditolak",
        "reason": galat.pesan,
        "remedy": cara,
        "nihil": False,
        **dict.fromkeys(("rows_in", "accepted", "quarantined", "duplicates"), 0),
        "due": "",
        "due_assumed": False,
        "rows": [],
        "findings": [{**temuan, "message": galat.pesan, "fix": cara}],
    }


def _head(nama: str, identitas: Identitas) -> dict[str, str]:
    return {
        "file": nama,
        "lembaga": identitas.lembaga,
        "satker": identitas.kode_satker,
        "periode": identitas.periode,
    }


def as_answer(
    k: Konteks, nama: str, identitas: Identitas, hasil: HasilBatch, dokumen: Dokumen | None
) -> dict[str, Any]:
    """The documented JSON: status, counts, every row with its place and parsed values, findings.

    A file refused as a whole has its rows listed as held back, though none was looked at.
    """
    (vonis,) = hasil.kiriman
    tenggat = _due(k, identitas)
    return {
        **_head(nama, identitas),
        "status": vonis.status.value,
        "reason": vonis.alasan,
        "remedy": vonis.cara,
        "nihil": vonis.nihil,
        "rows_in": vonis.baris_masuk,
        "accepted": vonis.diterima,
        "quarantined": vonis.dikarantina,
        "duplicates": vonis.kembar,
        "due": tenggat.tanggal.isoformat(),
        "due_assumed": bool(tenggat.asumsi),
        "rows": _rows(hasil) or (_untouched_rows(dokumen) if vonis.baris_masuk and dokumen else []),
        "findings": _findings(hasil.temuan),
    }


def _due(k: Konteks, identitas: Identitas) -> Tenggat:
    tingkat = k.register.satker(identitas.kode_satker).tingkat
    return due(quarter_of(identitas.periode), tingkat, k.settings.deadline, k.kalender)


_ADDED = frozenset({"susulan", "id_acara"})
_NOT_VALUES = frozenset({"id_kiriman", "lembar", "baris", "id_baris", "himpunan"})


def _rows(hasil: HasilBatch) -> list[dict[str, Any]]:
    diterima = [
        {
            "dataset": nama,
            "sheet": catatan["lembar"],
            "row": int(catatan["baris"]),
            "state": "accepted",
            "id": catatan["id_baris"],
            "values": catatan,
        }
        for nama, bingkai in hasil.diterima.items()
        for catatan in _records(bingkai)
    ]
    tertahan = [
        {
            "dataset": catatan["himpunan"],
            "sheet": catatan["lembar"],
            "row": int(catatan["baris"]),
            "state": state,
            "id": "",
            "values": json.loads(catatan["isi_asli"]),
            "parsed": dict(hasil.terbaca.get(_place(catatan), {})),
        }
        for state, bingkai in (("quarantined", hasil.karantina), ("duplicate", hasil.kembar))
        for catatan in _records(bingkai)
    ]
    for baris in diterima:
        baris["values"] = {kunci: isi for kunci, isi in baris["values"].items() if kunci not in _NOT_VALUES}
        baris["parsed"] = {kunci: isi for kunci, isi in baris["values"].items() if kunci not in _ADDED}
    return sorted(diterima + tertahan, key=lambda baris: (baris["dataset"], baris["sheet"], baris["row"]))


def _place(catatan: Mapping[str, Any]) -> tuple[str, str, str, int]:
    return catatan["id_kiriman"], catatan["himpunan"], catatan["lembar"], int(catatan["baris"])


def _untouched_rows(dokumen: Dokumen) -> list[dict[str, Any]]:
    """The rows of a file that was refused as a whole, as they stand in it."""
    from humas.contract.batch import original_row

    return [
        {
            "dataset": lembar.himpunan.nama,
            "sheet": lembar.nama,
            "row": lembar.nomor(indeks),
            "state": "quarantined",
            "id": "",
            "values": json.loads(original_row(lembar, indeks)),
            "parsed": {},
        }
        for lembar in _sheets(dokumen)
        for indeks in lembar.indeks
    ]


def _findings(temuan: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "dataset": catatan["himpunan"],
            "sheet": catatan["lembar"],
            "row": int(catatan["baris"]),
            "column": catatan["huruf"],
            "field": catatan["kolom"],
            "rule": catatan["kode"],
            "severity": catatan["keparahan"],
            "message": catatan["pesan"],
            "fix": catatan["cara"],
        }
        for catatan in _records(temuan)
    ]


def _records(bingkai: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a frame as plain JSON values (dates as ISO text, missing as null)."""
    return list(json.loads(bingkai.to_json(orient="records", date_format="iso", date_unit="s"))) if len(bingkai) else []
