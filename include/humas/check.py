"""What would happen to one file: the same reading and the same rules as a run, nothing stored."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from humas.errors import PengirimError
from humas.landing import Landing
from humas.landing.model import Berkas, Kiriman
from humas.periods import parse_periode
from humas.reading import read_document
from humas.registry import Lembaga

if TYPE_CHECKING:
    import pandas as pd

    from humas.context import Konteks
    from humas.contract.result import HasilBatch, KirimanTerbaca
    from humas.reading.table import Dokumen

MEDIA_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
    ".json": "application/json",
}


@dataclass(frozen=True, slots=True)
class Identitas:
    """Whose file it is, and for which period."""

    lembaga: str
    kode_satker: str
    periode: str


def check_file(k: Konteks, path: Path, lembaga: str = "", satker: str = "", periode: str = "") -> dict[str, Any]:
    """Read and validate one file as a run would.

    What is not given is taken from the file's cover. Answers the documented JSON of ``./humas check --json``.

    Raises:
        PengirimError: the file does not exist, or neither the call nor the cover names unit and period.
    """
    from humas.contract.validate import validate_batch

    terbaca, dokumen, galat = _read(k, path)
    identitas = identify(k, dokumen, lembaga, satker, periode)
    kiriman = _as_submission(k, terbaca, dokumen, identitas, galat)
    hasil = validate_batch([kiriman], k.register, k.kalender, k.settings)
    return as_answer(path.name, identitas, hasil)


def _read(k: Konteks, path: Path) -> tuple[Kiriman, Dokumen | None, PengirimError | None]:
    """Land the file in a folder of its own, thrown away afterwards, and read it."""
    if not path.is_file():
        raise PengirimError("berkas_tidak_ada", f"Berkas {path} tidak ditemukan.", "periksa nama dan foldernya.")
    with tempfile.TemporaryDirectory() as folder:
        landing = Landing(Path(folder))
        sidik, tersimpan = landing.store(path.read_bytes())
        jenis = MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
        berkas = Berkas(sidik, tersimpan.stat().st_size, jenis, path.name, path.name, k.settings.now())
        kiriman = Kiriman("", "", "", "berkas", sidik, k.settings.now(), (berkas,))
        try:
            return kiriman, read_document(kiriman, landing), None
        except PengirimError as error:
            return kiriman, None, error


def identify(k: Konteks, dokumen: Dokumen | None, lembaga: str, satker: str, periode: str) -> Identitas:
    """Whose file it is: as asked, else as its cover says.

    Raises:
        PengirimError: unit or period cannot be known.
    """
    sampul: Mapping[str, object] = dokumen.sampul if dokumen else {}
    kode = satker or str(sampul.get("kode_satker") or sampul.get("nama_satker") or "")
    kunci = periode or str(sampul.get("periode") or "")
    if not kode or not kunci:
        kurang = " dan ".join(nama for nama, isi in (("satker", kode), ("periode", kunci)) if not isi)
        raise PengirimError(
            "identitas_tidak_ada",
            f"Berkas tidak menyebut {kurang}.",
            "tambahkan --satker 33.74 dan --periode 2026-TW3 pada perintah.",
        )
    triwulan = parse_periode(kunci)
    unit = k.register.resolve(kode, triwulan.selesai)
    return Identitas(lembaga or _body_of(sampul), unit.kode, triwulan.kunci)


def _body_of(sampul: Mapping[str, object]) -> str:
    tertulis = str(sampul.get("lembaga") or "").strip().lower()
    return next((satu.value for satu in Lembaga if tertulis in {satu.value, satu.label.lower()}), Lembaga.KPU.value)


def _as_submission(
    k: Konteks, kiriman: Kiriman, dokumen: Dokumen | None, identitas: Identitas, galat: PengirimError | None
) -> KirimanTerbaca:
    from humas.contract.result import KirimanTerbaca

    tanda = replace(kiriman, lembaga=identitas.lembaga, kode_satker=identitas.kode_satker, periode=identitas.periode)
    keterangan = (galat.kode, galat.pesan, galat.cara) if galat else ("", "", "")
    return KirimanTerbaca(
        tanda.id, tanda.lembaga, tanda.kode_satker, tanda.periode, k.settings.now(), True, dokumen, *keterangan
    )


def as_answer(nama: str, identitas: Identitas, hasil: HasilBatch) -> dict[str, Any]:
    """The documented JSON: status, counts, every row with its place and parsed values, findings."""
    (vonis,) = hasil.kiriman
    return {
        "file": nama,
        "lembaga": identitas.lembaga,
        "satker": identitas.kode_satker,
        "periode": identitas.periode,
        "status": vonis.status.value,
        "reason": vonis.alasan,
        "remedy": vonis.cara,
        "nihil": vonis.nihil,
        "rows_in": vonis.baris_masuk,
        "accepted": vonis.diterima,
        "quarantined": vonis.dikarantina,
        "duplicates": vonis.kembar,
        "rows": _rows(hasil),
        "findings": _findings(hasil.temuan),
    }


_NOT_VALUES = frozenset({"id_kiriman", "lembar", "baris", "id_baris", "himpunan"})


def _rows(hasil: HasilBatch) -> list[dict[str, Any]]:
    diterima = [
        {
            "dataset": nama,
            "sheet": catatan["lembar"],
            "row": int(catatan["baris"]),
            "state": "accepted",
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
            "values": json.loads(catatan["isi_asli"]),
        }
        for state, bingkai in (("quarantined", hasil.karantina), ("duplicate", hasil.kembar))
        for catatan in _records(bingkai)
    ]
    for baris in diterima:
        baris["values"] = {kunci: isi for kunci, isi in baris["values"].items() if kunci not in _NOT_VALUES}
    return sorted(diterima + tertahan, key=lambda baris: (baris["dataset"], baris["sheet"], baris["row"]))


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
