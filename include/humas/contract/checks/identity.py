"""Rules on whose row it is: code, name, body, period (V02, V04, V08, V09, V29, V31, K19, K20)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from humas.contract.checks.base import BarisTemuan, Pemeriksaan, Pengetahuan, Topeng, equals, filled, per_value
from humas.contract.codes import candidates_of
from humas.contract.rules import load_rules
from humas.errors import PengirimError
from humas.periods import tanggal
from humas.registry import Lembaga, Register, Satker

POLA_KODE = r"^\d{2}(?:\.\d{2})?$"
_KODE = re.compile(POLA_KODE)
_NAMA_KPU = re.compile(r"\bKPU\b|komisi pemilihan umum", re.IGNORECASE)
_NAMA_BAWASLU = re.compile(r"\bbawaslu\b|badan pengawas", re.IGNORECASE)
ACEH = "11"


def _well_formed(codes: pd.Series[Any]) -> Topeng:
    return per_value(codes, lambda code: _KODE.match(code) is not None)


def not_in_register(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V02: a well-formed code that no unit bore on the row's date (the period's end when it has none)."""
    codes = frame["kode_satker"]
    days = frame["acuan"].fillna(frame["periode_selesai"])
    spans = days.groupby(codes).agg(["min", "max"])
    steady = {
        str(code): tahu.register.berlaku(str(code), span["min"].date())
        and tahu.register.berlaku(str(code), span["max"].date())
        for code, span in spans.iterrows()
    }
    doubtful: Topeng = _well_formed(codes) & ~np.asarray(codes.map(steady).fillna(True), bool)
    for position in np.flatnonzero(doubtful):
        doubtful[position] = not tahu.register.berlaku(codes.iloc[position], days.iloc[position].date())
    return doubtful


@lru_cache(maxsize=20_000)
def _find(register: Register, name: str, day: pd.Timestamp) -> Any:
    return register.cari(name, day.date())


def _pairs(frame: pd.DataFrame) -> tuple[np.ndarray[Any, Any], list[tuple[str, str, pd.Timestamp]]]:
    """Distinct (name, code, end of period) and, by row, which of them it has; -1 without a name."""
    columns = ["nama_satker", "kode_satker", "periode_selesai"]
    codes = frame.groupby(columns, sort=False, dropna=False).ngroup().to_numpy()
    distinct = frame[columns].drop_duplicates()
    return np.where(filled(frame["nama_satker"]), codes, -1), list(distinct.itertuples(index=False, name=None))


def _by_pair(frame: pd.DataFrame, breaks: Any) -> Topeng:
    positions, distinct = _pairs(frame)
    answers = [isinstance(name, str) and breaks(name, code, day) for name, code, day in distinct]
    return np.asarray(np.append(np.array(answers, bool), False)[positions], bool)


def ambiguous_name(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V29: a bare name that several units bear."""
    return _by_pair(frame, lambda name, code, day: bool(_find(tahu.register, name, day).calon))


def name_against_code(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V04: the name is another unit's, or nobody's: then the code may be a BPS code."""

    def differs(name: str, code: Any, day: pd.Timestamp) -> bool:
        result = _find(tahu.register, name, day)
        return isinstance(code, str) and not result.calon and (result.satker is None or result.satker.kode != code)

    return np.asarray(_by_pair(frame, differs) & _well_formed(frame["kode_satker"]), bool)


def aceh_name(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V31: in Aceh the KPU is KIP and Bawaslu is Panwaslih, when the name says the body at all."""
    in_aceh = frame["kode_satker"].str.startswith(ACEH).fillna(False).to_numpy(dtype=bool)
    kpu = equals(frame["lembaga"], "kpu") & per_value(
        frame["nama_satker"], lambda name: _NAMA_KPU.search(name) is not None
    )
    bawaslu = per_value(frame["nama_satker"], lambda name: _NAMA_BAWASLU.search(name) is not None)
    return np.asarray(in_aceh & (kpu | (equals(frame["lembaga"], "bawaslu") & bawaslu)), bool)


def other_unit(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """K19: a correct row of another unit; a wrong code is V02–V04's business."""
    other = np.asarray(frame["kode_satker"] != frame["diminta_kode"], bool) & _well_formed(frame["kode_satker"])
    doubtful = frame[other]
    if not doubtful.empty:
        other[other] = ~(
            not_in_register(doubtful, tahu) | name_against_code(doubtful, tahu) | ambiguous_name(doubtful, tahu)
        )
    return other


def other_body(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """K20: a row of another body."""
    known = equals(frame["lembaga"], *(body.value for body in Lembaga))
    return np.asarray(known & (frame["lembaga"] != frame["diminta_lembaga"]), bool)


def in_future(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V08: dated after the day the submission came in, in the unit's own time."""
    return np.asarray(frame["acuan"].dt.normalize() > frame["diterima"].dt.normalize(), bool)


def before_period(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V09: dated before the period asked for; what is held back as future (V08) or counted already (K45) is told once."""
    early = np.asarray(frame["acuan"].dt.normalize() < frame["periode_mulai"], bool)
    return np.asarray(early & ~in_future(frame, tahu) & ~filled(frame["counted_in"]), bool)


def swapped_remedy(b: BarisTemuan, kolom: str, cara: str) -> str:
    """The remedy for a day outside the period: what to write when day and month were swapped, else the usual one."""
    day = b.nilai("acuan").date()
    if day.day > 12 or any(map(str.isalpha, b.asli(kolom))):
        return cara
    swapped = day.replace(month=day.day, day=day.month)
    if not b.nilai("periode_mulai").date() <= swapped <= b.nilai("periode_selesai").date():
        return cara
    return (
        f"Bila maksudnya {tanggal(swapped)}, hari dan bulannya tertukar: tulis {swapped:%d/%m/%Y}. Bila tidak: {cara}"
    )


def code_hint(register: Register, kode: str) -> str:
    """What a code that is none may have meant."""
    bps = register.satker_bps(kode)
    if re.fullmatch(r"\d{4}", kode) and bps:
        return f"{kode} adalah kode BPS {bps.nama}; kode Kemendagrinya {bps.kode}."
    likely = candidates_of(kode, register).kode
    if len(likely) > 1:
        return f"Mungkin {' atau '.join(f'{code} {register.satker(code).nama}' for code in likely)}."
    try:
        return f"Kode ini milik {register.satker(kode).nama}."
    except PengirimError as error:
        _, found, advice = error.pesan.partition("Mungkin ")
        return f"Mungkin {advice}" if found else ""


def unit_name(register: Register, kode: str) -> str:
    """``Kota Semarang (33.74)``, or the bare code when nobody bears it."""
    try:
        return f"{register.satker(kode).nama} ({kode})"
    except PengirimError:
        return kode


def candidates(calon: tuple[Satker, ...]) -> str:
    """What to write instead of an ambiguous name: ``Tulis "Kota Semarang" (33.74) atau …``."""
    names = [f'"{unit.nama}" ({unit.kode})' for unit in calon]
    return f"Tulis {', '.join(names[:-1])} atau {names[-1]}." if len(names) > 1 else f"Tulis {names[0]}."


def _not_in_register_text(row: BarisTemuan) -> str:
    day = row.nilai("acuan")
    when = f" pada {tanggal(day.date())}" if day == day else ""
    return f"{row.asli('kode_satker')} tidak ada dalam register{when}. {code_hint(row.tahu.register, row.nilai('kode_satker'))}".strip()


def _name_text(row: BarisTemuan) -> str:
    code = row.nilai("kode_satker")
    result = row.tahu.register.cari(row.nilai("nama_satker"), row.nilai("periode_selesai").date())
    if result.satker and code == row.nilai("diminta_kode"):
        return (
            f"baris milik {result.satker.nama} ({result.satker.kode}) menurut namanya, kiriman ini dari "
            f"{unit_name(row.tahu.register, code)}."
        )
    if result.satker is None:
        return (
            f"nama {row.asli('nama_satker')} tidak terdaftar; kode {code} milik {unit_name(row.tahu.register, code)}."
        )
    bps = row.tahu.register.satker_bps(code)
    reason = " Kode ini kode BPS." if bps and bps.kode == result.satker.kode else ""
    return f"kode {code} milik {unit_name(row.tahu.register, code)}, bukan {result.satker.nama} ({result.satker.kode}).{reason}"


def _name_fix(row: BarisTemuan) -> str:
    if row.nilai("kode_satker") == row.nilai("diminta_kode"):
        return "Kirim baris ini melalui satker itu, atau perbaiki namanya."
    return load_rules()["V04"].cara


def _ambiguous_text(row: BarisTemuan) -> str:
    result = row.tahu.register.cari(row.nilai("nama_satker"), row.nilai("periode_selesai").date())
    return f"{row.asli('nama_satker')} ada {len(result.calon)}."


def _ambiguous_fix(row: BarisTemuan) -> str:
    return candidates(row.tahu.register.cari(row.nilai("nama_satker"), row.nilai("periode_selesai").date()).calon)


def _aceh_text(row: BarisTemuan) -> str:
    return f"{row.asli('nama_satker')} bukan nama resmi satker di Aceh."


def _aceh_fix(row: BarisTemuan) -> str:
    try:
        return f'Tulis "{row.tahu.register.satker(row.nilai("kode_satker")).nama_resmi(row.nilai("lembaga"))}".'
    except PengirimError:
        return "Tulis KIP untuk KPU, Panwaslih untuk Bawaslu."


PEMERIKSAAN = (
    Pemeriksaan(
        "V02", "code_in_register_on_date", ("kode_satker", "acuan", "periode_selesai"), not_in_register, _not_in_register_text
    ),
    Pemeriksaan(
        "V04", "name_to_agree_with_code", ("nama_satker", "kode_satker", "periode_selesai"), name_against_code, _name_text,
        cara=_name_fix,
    ),
    Pemeriksaan(
        "V29", "name_to_be_unambiguous", ("nama_satker", "kode_satker", "periode_selesai"), ambiguous_name,
        _ambiguous_text, cara=_ambiguous_fix,
    ),
    Pemeriksaan(
        "V31", "name_in_aceh_to_be_official", ("nama_satker", "kode_satker", "lembaga"), aceh_name, _aceh_text, cara=_aceh_fix
    ),
    Pemeriksaan(
        "K19", "row_of_sending_unit",
        ("kode_satker", "nama_satker", "acuan", "periode_selesai", "diminta_kode"), other_unit,
        lambda row: f"baris milik {unit_name(row.tahu.register, row.nilai('kode_satker'))}, "
        f"kiriman ini dari {unit_name(row.tahu.register, row.nilai('diminta_kode'))}.",
    ),
    Pemeriksaan(
        "K20", "row_of_sending_body", ("lembaga", "diminta_lembaga"), other_body,
        lambda row: f"baris milik {row.asli('lembaga')}, kiriman ini dari {Lembaga(row.nilai('diminta_lembaga')).label}.",
    ),
    Pemeriksaan(
        "V08", "event_date_in_past", ("tanggal_mulai", "acuan", "diterima"), in_future,
        lambda row: f"{tanggal(row.nilai('acuan').date())} belum terjadi saat laporan tiba, {tanggal(row.nilai('diterima').date())}.",
        ("kegiatan",),
        lambda row: swapped_remedy(row, "tanggal_mulai", load_rules()["V08"].cara),
    ),
    Pemeriksaan(
        "V08", "publication_date_in_past", ("tanggal_terbit", "acuan", "diterima"), in_future,
        lambda row: f"{tanggal(row.nilai('acuan').date())} belum terjadi saat laporan tiba, {tanggal(row.nilai('diterima').date())}.",
        ("publikasi",),
        lambda row: swapped_remedy(row, "tanggal_terbit", "Laporkan terbitan sesudah terbit, atau perbaiki tanggalnya."),
    ),
    Pemeriksaan(
        "V08", "receipt_date_in_past", ("tanggal_terima", "acuan", "diterima"), in_future,
        lambda row: f"{tanggal(row.nilai('acuan').date())} belum terjadi saat laporan tiba, {tanggal(row.nilai('diterima').date())}.",
        ("permohonan_info",),
        lambda row: "Perbaiki tanggal terima.",
    ),
    Pemeriksaan(
        "V09", "event_date_in_period", ("tanggal_mulai", "acuan", "periode_mulai", "periode_selesai", "diterima", "counted_in"),
        before_period,
        lambda row: f"{tanggal(row.nilai('acuan').date())} di luar periode laporan; dicatat sebagai susulan.",
        ("kegiatan",),
        lambda row: swapped_remedy(row, "tanggal_mulai", load_rules()["V09"].cara),
    ),
    Pemeriksaan(
        "V09", "publication_date_in_period", ("tanggal_terbit", "acuan", "periode_mulai", "periode_selesai", "diterima", "counted_in"),
        before_period,
        lambda row: f"{tanggal(row.nilai('acuan').date())} di luar periode laporan; dicatat sebagai susulan.",
        ("publikasi",),
        lambda row: swapped_remedy(row, "tanggal_terbit", load_rules()["V09"].cara),
    ),
)  # fmt: skip
