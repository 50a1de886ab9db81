"""Rules on whose row it is: code, name, body, period."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from humas.bodies import BODIES
from humas.contract.columns import Column, Dataset, all_columns
from humas.contract.rules import get_rule
from humas.errors import SenderError
from humas.periods import long_date
from humas.registry import Lembaga, Register, Satker
from humas.validation.checks.base import Check, Knowledge, Mask, OffendingRow, equals, filled, per_value
from humas.values.codes import CODE_PATTERN, candidates, code_hint, unit_name

_CODE = re.compile(CODE_PATTERN)
_IN_ACEH = {code: body.aceh for code, body in BODIES.items() if body.aceh}
ACEH = "11"


def _well_formed(codes: pd.Series[Any]) -> Mask:
    return per_value(codes, lambda code: _CODE.match(code) is not None)


def not_in_register(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V02: a well-formed code that no unit bore on the row's date (the period's end when it has none)."""
    codes = frame["kode_satker"]
    days = frame["acuan"].fillna(frame["periode_selesai"])
    spans = days.groupby(codes).agg(["min", "max"])
    steady = {
        str(code): knowledge.register.in_force(str(code), span["min"].date())
        and knowledge.register.in_force(str(code), span["max"].date())
        for code, span in spans.iterrows()
    }
    doubtful: Mask = _well_formed(codes) & ~np.asarray(codes.map(steady).fillna(True), bool)
    for position in np.flatnonzero(doubtful):
        doubtful[position] = not knowledge.register.in_force(codes.iloc[position], days.iloc[position].date())
    return doubtful


@lru_cache(maxsize=20_000)
def _find(register: Register, name: str, day: pd.Timestamp) -> Any:
    return register.search_cell(name, day.date())


def _pairs(frame: pd.DataFrame) -> tuple[np.ndarray[Any, Any], list[tuple[str, str, pd.Timestamp]]]:
    """Distinct (name, code, end of period) and, by row, which of them it has; -1 without a name."""
    columns = ["nama_satker", "kode_satker", "periode_selesai"]
    codes = frame.groupby(columns, sort=False, dropna=False).ngroup().to_numpy()
    distinct = frame[columns].drop_duplicates()
    return np.where(filled(frame["nama_satker"]), codes, -1), list(distinct.itertuples(index=False, name=None))


def _by_pair(frame: pd.DataFrame, breaks: Any) -> Mask:
    positions, distinct = _pairs(frame)
    answers = [isinstance(name, str) and breaks(name, code, day) for name, code, day in distinct]
    return np.asarray(np.append(np.array(answers, bool), False)[positions], bool)


def ambiguous_name(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V29: a bare name that several units bear."""
    return _by_pair(frame, lambda name, code, day: bool(_find(knowledge.register, name, day).candidates))


def name_against_code(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V04: the name is another unit's, or nobody's: then the code may be a BPS code."""

    def differs(name: str, code: Any, day: pd.Timestamp) -> bool:
        result = _find(knowledge.register, name, day)
        return isinstance(code, str) and not result.candidates and (result.satker is None or result.satker.code != code)

    return np.asarray(_by_pair(frame, differs) & _well_formed(frame["kode_satker"]), bool)


def aceh_name(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V31: in Aceh some bodies have another name (KPU is KIP), when the name says the body at all."""
    in_aceh = frame["kode_satker"].str.startswith(ACEH).fillna(False).to_numpy(dtype=bool)
    wrong = [_misnamed(frame, code, aceh.wrong) for code, aceh in _IN_ACEH.items()]
    return np.asarray(in_aceh & np.any([np.zeros(len(frame), bool), *wrong], axis=0), bool)


def _misnamed(frame: pd.DataFrame, code: str, wrong: re.Pattern[str]) -> Mask:
    named = per_value(frame["nama_satker"], lambda name: wrong.search(name) is not None)
    return np.asarray(equals(frame["lembaga"], code) & named, bool)


def other_unit(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K19: a correct row of another unit; a wrong code is V02–V04's business."""
    other = np.asarray(frame["kode_satker"] != frame["diminta_kode"], bool) & _well_formed(frame["kode_satker"])
    doubtful = frame[other]
    if not doubtful.empty:
        other[other] = ~(
            not_in_register(doubtful, knowledge)
            | name_against_code(doubtful, knowledge)
            | ambiguous_name(doubtful, knowledge)
        )
    return other


def other_body(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """K20: a row of another body."""
    known = equals(frame["lembaga"], *(body.value for body in Lembaga))
    return np.asarray(known & (frame["lembaga"] != frame["diminta_lembaga"]), bool)


def without_name(frame: pd.DataFrame, column: Column) -> Mask:
    """K66: neither the column that tells the row nor the one that stands in for it says anything that can be read."""
    return ~filled(frame[column.name]) & ~filled(frame[column.stand_in])


def in_future(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V08: dated after the day the submission came in, in the unit's own time."""
    return np.asarray(frame["acuan"].dt.normalize() > frame["diterima"].dt.normalize(), bool)


def before_period(frame: pd.DataFrame, knowledge: Knowledge) -> Mask:
    """V09: dated before the period asked for; what is held back as future (V08) or counted already (K45) is told once."""
    early = np.asarray(frame["acuan"].dt.normalize() < frame["periode_mulai"], bool)
    return np.asarray(early & ~in_future(frame, knowledge) & ~filled(frame["counted_in"]), bool)


def swapped_remedy(b: OffendingRow, column: str, remedy: str) -> str:
    """The remedy for a day outside the period: what to write when day and month were swapped, else the usual one."""
    day = b.value("acuan").date()
    if day.day > 12 or any(map(str.isalpha, b.original(column))):
        return remedy
    swapped = day.replace(month=day.day, day=day.month)
    if not b.value("periode_mulai").date() <= swapped <= b.value("periode_selesai").date():
        return remedy
    return f"Bila maksudnya {long_date(swapped)}, hari dan bulannya tertukar: tulis {swapped:%d/%m/%Y}. Bila tidak: {remedy}"


def _not_in_register_text(row: OffendingRow) -> str:
    day = row.value("acuan")
    when = f" pada {long_date(day.date())}" if day == day else ""
    return f"{row.original('kode_satker')} tidak ada dalam register{when}. {code_hint(row.knowledge.register, row.value('kode_satker'))}".strip()


def _name_text(row: OffendingRow) -> str:
    code = row.value("kode_satker")
    result = row.knowledge.register.search(row.value("nama_satker"), row.value("periode_selesai").date())
    if result.satker and code == row.value("diminta_kode"):
        return (
            f"baris milik {result.satker.name} ({result.satker.code}) menurut namanya, kiriman ini dari "
            f"{unit_name(row.knowledge.register, code)}."
        )
    if result.satker is None:
        return f"nama {row.original('nama_satker')} tidak terdaftar; kode {code} milik {unit_name(row.knowledge.register, code)}."
    bps = row.knowledge.register.satker_by_bps(code)
    reason = " Kode ini kode BPS." if bps and bps.code == result.satker.code else ""
    return f"kode {code} milik {unit_name(row.knowledge.register, code)}, bukan {result.satker.name} ({result.satker.code}).{reason}"


def _name_fix(row: OffendingRow) -> str:
    if row.value("kode_satker") == row.value("diminta_kode"):
        return "Kirim baris ini melalui satker itu, atau perbaiki namanya."
    return get_rule("V04").remedy


def _ambiguous_text(row: OffendingRow) -> str:
    return f"{row.original('nama_satker')}: {' atau '.join(f'{unit.name} ({unit.code})' for unit in _meant(row))}?"


def _ambiguous_fix(row: OffendingRow) -> str:
    return candidates(_meant(row))


def _meant(row: OffendingRow) -> tuple[Satker, ...]:
    """The units that a name may mean; those of the province alone that sent the file, when it has several of them."""
    result = row.knowledge.register.search(row.value("nama_satker"), row.value("periode_selesai").date())
    own = tuple(unit for unit in result.candidates if unit.province_code == row.value("diminta_kode")[:2])
    return own if len(own) > 1 else result.candidates


def _aceh_text(row: OffendingRow) -> str:
    return f"{row.original('nama_satker')} bukan nama resmi satker di Aceh."


def _aceh_fix(row: OffendingRow) -> str:
    try:
        return f'Tulis "{row.knowledge.register.satker(row.value("kode_satker")).official_name(row.value("lembaga"))}".'
    except SenderError:
        return f"Tulis {', '.join(f'{aceh.name} untuk {BODIES[code].label}' for code, aceh in _IN_ACEH.items())}."


def _swapped(day: str, code: str) -> Callable[[OffendingRow], str]:
    """The remedy of the rule, preceded by the swapped date when that would be right."""
    return lambda row: swapped_remedy(row, day, get_rule(code).remedy)


def _named(dataset: Dataset, column: Column) -> Check:
    """K66 for one column that another may stand in for; told at that other one, which everybody can fill."""
    stand_in, label = dataset.by_name[column.stand_in].label, column.label.lower()

    def message(row: OffendingRow) -> str:
        unread = row.original(column.name).strip('"')
        both = f'{stand_in} kosong dan {label} "{unread}" tidak terbaca' if unread else f"{stand_in} dan {label} kosong"
        return f"{both}: tidak diketahui apa yang dilaporkan."

    return Check(
        "K66", f"{dataset.name}_named_by_{column.name}", (column.stand_in, column.name),
        lambda frame, knowledge: without_name(frame, column),
        message, (dataset.name,), lambda row: f"Isi {stand_in.lower()}, dan {label}nya bila ada.",
    )  # fmt: skip


def _past(dataset: str, event: str, day: str, remedy: Callable[[OffendingRow], str]) -> Check:
    """V08 for one data set."""
    return Check(
        "V08", f"{event}_date_in_past", (day, "acuan", "diterima"), in_future,
        lambda row: f"{row.day('acuan')} belum terjadi saat laporan tiba, {row.day('diterima')}.", (dataset,), remedy,
    )  # fmt: skip


def _in_period(dataset: str, event: str, day: str) -> Check:
    """V09 for one data set."""
    return Check(
        "V09", f"{event}_date_in_period", (day, "acuan", "periode_mulai", "periode_selesai", "diterima", "counted_in"),
        before_period, lambda row: f"{row.day('acuan')} di luar periode laporan; dicatat sebagai susulan.", (dataset,),
        _swapped(day, "V09"),
    )  # fmt: skip


CHECKS = (
    Check(
        "V02", "code_in_register_on_date", ("kode_satker", "acuan", "periode_selesai"), not_in_register, _not_in_register_text
    ),
    Check(
        "V04", "name_to_agree_with_code", ("nama_satker", "kode_satker", "periode_selesai"), name_against_code, _name_text,
        remedy=_name_fix,
    ),
    Check(
        "V29", "name_to_be_unambiguous", ("nama_satker", "kode_satker", "periode_selesai"), ambiguous_name,
        _ambiguous_text, remedy=_ambiguous_fix,
    ),
    Check(
        "V31", "name_in_aceh_to_be_official", ("nama_satker", "kode_satker", "lembaga"), aceh_name, _aceh_text, remedy=_aceh_fix
    ),
    Check(
        "K19", "row_of_sending_unit",
        ("kode_satker", "nama_satker", "acuan", "periode_selesai", "diminta_kode"), other_unit,
        lambda row: f"baris milik {unit_name(row.knowledge.register, row.value('kode_satker'))}, "
        f"kiriman ini dari {unit_name(row.knowledge.register, row.value('diminta_kode'))}.",
    ),
    Check(
        "K20", "row_of_sending_body", ("lembaga", "diminta_lembaga"), other_body,
        lambda row: f"baris milik {row.original('lembaga')}, kiriman ini dari {Lembaga(row.value('diminta_lembaga')).label}.",
    ),
    *(_named(dataset, column) for dataset, column in all_columns() if column.stand_in),
    _past("kegiatan", "event", "tanggal_mulai", _swapped("tanggal_mulai", "V08")),
    _past(
        "publikasi", "publication", "tanggal_terbit",
        lambda row: swapped_remedy(row, "tanggal_terbit", "Laporkan terbitan sesudah terbit, atau perbaiki tanggalnya."),
    ),
    _past("permohonan_info", "receipt", "tanggal_terima", lambda row: "Perbaiki tanggal terima."),
    _past("keberatan", "objection", "tanggal_keberatan", lambda row: "Perbaiki tanggal keberatan."),
    _past("pemberitaan", "coverage", "tanggal_berita", lambda row: "Perbaiki tanggal berita."),
    _past("aspirasi", "voice", "tanggal_disampaikan", lambda row: "Perbaiki tanggal disampaikan."),
    _in_period("kegiatan", "event", "tanggal_mulai"),
    _in_period("publikasi", "publication", "tanggal_terbit"),
    _in_period("pemberitaan", "coverage", "tanggal_berita"),
)  # fmt: skip
