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


def _well_formed(kode: pd.Series[Any]) -> Topeng:
    return per_value(kode, lambda satu: _KODE.match(satu) is not None)


def not_in_register(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V02: a well-formed code that no unit bore on the row's date (the period's end when it has none)."""
    kode = frame["kode_satker"]
    hari = frame["acuan"].fillna(frame["periode_selesai"])
    batas = hari.groupby(kode).agg(["min", "max"])
    tetap = {
        str(k): tahu.register.berlaku(str(k), b["min"].date()) and tahu.register.berlaku(str(k), b["max"].date())
        for k, b in batas.iterrows()
    }
    ragu: Topeng = _well_formed(kode) & ~np.asarray(kode.map(tetap).fillna(True), bool)
    for letak in np.flatnonzero(ragu):
        ragu[letak] = not tahu.register.berlaku(kode.iloc[letak], hari.iloc[letak].date())
    return ragu


@lru_cache(maxsize=20_000)
def _find(register: Register, nama: str, pada: pd.Timestamp) -> Any:
    return register.cari(nama, pada.date())


def _pairs(frame: pd.DataFrame) -> tuple[np.ndarray[Any, Any], list[tuple[str, str, pd.Timestamp]]]:
    """Distinct (name, code, end of period) and, by row, which of them it has; -1 without a name."""
    kolom = ["nama_satker", "kode_satker", "periode_selesai"]
    kode = frame.groupby(kolom, sort=False, dropna=False).ngroup().to_numpy()
    unik = frame[kolom].drop_duplicates()
    return np.where(filled(frame["nama_satker"]), kode, -1), list(unik.itertuples(index=False, name=None))


def _by_pair(frame: pd.DataFrame, langgar: Any) -> Topeng:
    letak, unik = _pairs(frame)
    jawaban = [isinstance(nama, str) and langgar(nama, kode, pada) for nama, kode, pada in unik]
    return np.asarray(np.append(np.array(jawaban, bool), False)[letak], bool)


def ambiguous_name(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V29: a bare name that several units bear."""
    return _by_pair(frame, lambda nama, kode, pada: bool(_find(tahu.register, nama, pada).calon))


def name_against_code(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V04: the name is another unit's, or nobody's: then the code may be a BPS code."""

    def differs(nama: str, kode: Any, pada: pd.Timestamp) -> bool:
        hasil = _find(tahu.register, nama, pada)
        return isinstance(kode, str) and not hasil.calon and (hasil.satker is None or hasil.satker.kode != kode)

    return np.asarray(_by_pair(frame, differs) & _well_formed(frame["kode_satker"]), bool)


def aceh_name(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V31: in Aceh the KPU is KIP and Bawaslu is Panwaslih, when the name says the body at all."""
    di_aceh = frame["kode_satker"].str.startswith(ACEH).fillna(False).to_numpy(dtype=bool)
    kpu = equals(frame["lembaga"], "kpu") & per_value(frame["nama_satker"], lambda n: _NAMA_KPU.search(n) is not None)
    bawaslu = per_value(frame["nama_satker"], lambda n: _NAMA_BAWASLU.search(n) is not None)
    return np.asarray(di_aceh & (kpu | (equals(frame["lembaga"], "bawaslu") & bawaslu)), bool)


def other_unit(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """K19: a correct row of another unit; a wrong code is V02–V04's business."""
    lain = np.asarray(frame["kode_satker"] != frame["diminta_kode"], bool) & _well_formed(frame["kode_satker"])
    ragu = frame[lain]
    if not ragu.empty:
        lain[lain] = ~(not_in_register(ragu, tahu) | name_against_code(ragu, tahu) | ambiguous_name(ragu, tahu))
    return lain


def other_body(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """K20: a row of another body."""
    dikenal = equals(frame["lembaga"], *(satu.value for satu in Lembaga))
    return np.asarray(dikenal & (frame["lembaga"] != frame["diminta_lembaga"]), bool)


def in_future(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V08: dated after the day the submission came in, in the unit's own time."""
    return np.asarray(frame["acuan"].dt.normalize() > frame["diterima"].dt.normalize(), bool)


def before_period(frame: pd.DataFrame, tahu: Pengetahuan) -> Topeng:
    """V09: dated before the period asked for; what is held back as future (V08) or counted already (K45) is told once."""
    dini = np.asarray(frame["acuan"].dt.normalize() < frame["periode_mulai"], bool)
    return np.asarray(dini & ~in_future(frame, tahu) & ~filled(frame["counted_in"]), bool)


def swapped_remedy(b: BarisTemuan, kolom: str, cara: str) -> str:
    """The remedy for a day outside the period: what to write when day and month were swapped, else the usual one."""
    hari = b.nilai("acuan").date()
    if hari.day > 12 or any(map(str.isalpha, b.asli(kolom))):
        return cara
    tukar = hari.replace(month=hari.day, day=hari.month)
    if not b.nilai("periode_mulai").date() <= tukar <= b.nilai("periode_selesai").date():
        return cara
    return f"Bila maksudnya {tanggal(tukar)}, hari dan bulannya tertukar: tulis {tukar:%d/%m/%Y}. Bila tidak: {cara}"


def code_hint(register: Register, kode: str) -> str:
    """What a code that is none may have meant."""
    bps = register.satker_bps(kode)
    if re.fullmatch(r"\d{4}", kode) and bps:
        return f"{kode} adalah kode BPS {bps.nama}; kode Kemendagrinya {bps.kode}."
    calon = candidates_of(kode, register).kode
    if len(calon) > 1:
        return f"Mungkin {' atau '.join(f'{satu} {register.satker(satu).nama}' for satu in calon)}."
    try:
        return f"Kode ini milik {register.satker(kode).nama}."
    except PengirimError as galat:
        _, ada, saran = galat.pesan.partition("Mungkin ")
        return f"Mungkin {saran}" if ada else ""


def unit_name(register: Register, kode: str) -> str:
    """``Kota Semarang (33.74)``, or the bare code when nobody bears it."""
    try:
        return f"{register.satker(kode).nama} ({kode})"
    except PengirimError:
        return kode


def candidates(calon: tuple[Satker, ...]) -> str:
    """What to write instead of an ambiguous name: ``Tulis "Kota Semarang" (33.74) atau …``."""
    nama = [f'"{unit.nama}" ({unit.kode})' for unit in calon]
    return f"Tulis {', '.join(nama[:-1])} atau {nama[-1]}." if len(nama) > 1 else f"Tulis {nama[0]}."


def _not_in_register_text(b: BarisTemuan) -> str:
    hari = b.nilai("acuan")
    saat = f" pada {tanggal(hari.date())}" if hari == hari else ""
    return f"{b.asli('kode_satker')} tidak ada dalam register{saat}. {code_hint(b.tahu.register, b.nilai('kode_satker'))}".strip()


def _name_text(b: BarisTemuan) -> str:
    kode = b.nilai("kode_satker")
    hasil = b.tahu.register.cari(b.nilai("nama_satker"), b.nilai("periode_selesai").date())
    if hasil.satker and kode == b.nilai("diminta_kode"):
        return (
            f"baris milik {hasil.satker.nama} ({hasil.satker.kode}) menurut namanya, kiriman ini dari "
            f"{unit_name(b.tahu.register, kode)}."
        )
    if hasil.satker is None:
        return f"nama {b.asli('nama_satker')} tidak terdaftar; kode {kode} milik {unit_name(b.tahu.register, kode)}."
    bps = b.tahu.register.satker_bps(kode)
    alasan = " Kode ini kode BPS." if bps and bps.kode == hasil.satker.kode else ""
    return f"kode {kode} milik {unit_name(b.tahu.register, kode)}, bukan {hasil.satker.nama} ({hasil.satker.kode}).{alasan}"


def _name_fix(b: BarisTemuan) -> str:
    if b.nilai("kode_satker") == b.nilai("diminta_kode"):
        return "Kirim baris ini melalui satker itu, atau perbaiki namanya."
    return load_rules()["V04"].cara


def _ambiguous_text(b: BarisTemuan) -> str:
    hasil = b.tahu.register.cari(b.nilai("nama_satker"), b.nilai("periode_selesai").date())
    return f"{b.asli('nama_satker')} ada {len(hasil.calon)}."


def _ambiguous_fix(b: BarisTemuan) -> str:
    return candidates(b.tahu.register.cari(b.nilai("nama_satker"), b.nilai("periode_selesai").date()).calon)


def _aceh_text(b: BarisTemuan) -> str:
    return f"{b.asli('nama_satker')} bukan nama resmi satker di Aceh."


def _aceh_fix(b: BarisTemuan) -> str:
    try:
        return f'Tulis "{b.tahu.register.satker(b.nilai("kode_satker")).nama_resmi(b.nilai("lembaga"))}".'
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
        lambda b: f"baris milik {unit_name(b.tahu.register, b.nilai('kode_satker'))}, "
        f"kiriman ini dari {unit_name(b.tahu.register, b.nilai('diminta_kode'))}.",
    ),
    Pemeriksaan(
        "K20", "row_of_sending_body", ("lembaga", "diminta_lembaga"), other_body,
        lambda b: f"baris milik {b.asli('lembaga')}, kiriman ini dari {Lembaga(b.nilai('diminta_lembaga')).label}.",
    ),
    Pemeriksaan(
        "V08", "event_date_in_past", ("tanggal_mulai", "acuan", "diterima"), in_future,
        lambda b: f"{tanggal(b.nilai('acuan').date())} belum terjadi saat laporan tiba, {tanggal(b.nilai('diterima').date())}.",
        ("kegiatan",),
        lambda b: swapped_remedy(b, "tanggal_mulai", load_rules()["V08"].cara),
    ),
    Pemeriksaan(
        "V08", "publication_date_in_past", ("tanggal_terbit", "acuan", "diterima"), in_future,
        lambda b: f"{tanggal(b.nilai('acuan').date())} belum terjadi saat laporan tiba, {tanggal(b.nilai('diterima').date())}.",
        ("publikasi",),
        lambda b: swapped_remedy(b, "tanggal_terbit", "Laporkan terbitan sesudah terbit, atau perbaiki tanggalnya."),
    ),
    Pemeriksaan(
        "V08", "receipt_date_in_past", ("tanggal_terima", "acuan", "diterima"), in_future,
        lambda b: f"{tanggal(b.nilai('acuan').date())} belum terjadi saat laporan tiba, {tanggal(b.nilai('diterima').date())}.",
        ("permohonan_info",),
        lambda b: "Perbaiki tanggal terima.",
    ),
    Pemeriksaan(
        "V09", "event_date_in_period", ("tanggal_mulai", "acuan", "periode_mulai", "periode_selesai", "diterima", "counted_in"),
        before_period,
        lambda b: f"{tanggal(b.nilai('acuan').date())} di luar periode laporan; dicatat sebagai susulan.", ("kegiatan",),
        lambda b: swapped_remedy(b, "tanggal_mulai", load_rules()["V09"].cara),
    ),
    Pemeriksaan(
        "V09", "publication_date_in_period", ("tanggal_terbit", "acuan", "periode_mulai", "periode_selesai", "diterima", "counted_in"),
        before_period,
        lambda b: f"{tanggal(b.nilai('acuan').date())} di luar periode laporan; dicatat sebagai susulan.", ("publikasi",),
        lambda b: swapped_remedy(b, "tanggal_terbit", load_rules()["V09"].cara),
    ),
)  # fmt: skip
