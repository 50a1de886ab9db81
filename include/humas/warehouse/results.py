"""Reading validated facts back as frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, Table, select

from humas.errors import SistemError
from humas.warehouse.collection import URUTAN, decisive_attempt, latest_collections
from humas.warehouse.frames import read_frame
from humas.warehouse.models import FAKTA, Base

if TYPE_CHECKING:
    import pandas as pd

_KIRIMAN = Base.metadata.tables["inti_kiriman"]
_NASIB = ("temuan", "karantina", "kembar")
_VONIS = (
    "id", "kode_satker", "saluran", "sidik", "diterima_pada", "terakhir_diterima", "status", "alasan", "cara", "nihil",
    "baris_masuk", "diterima", "dikarantina", "kembar", "sel_wajib", "sel_wajib_terisi", "per_himpunan", "berlaku",
)  # fmt: skip


def facts(connection: Connection, lembaga: str, periode: str, himpunan: str) -> pd.DataFrame:
    """Accepted rows of the submissions in force: all columns of the fact table, by unit, sheet and row."""
    tabel = _fact_table(himpunan)
    query = _of_period(select(*tabel.columns), tabel, lembaga, periode).where(_KIRIMAN.c.berlaku)
    # Sorted here: a database sorts whole wide rows, and each its own way.
    return read_frame(connection, query).sort_values(["kode_satker", "lembar", "baris", "id_baris"], ignore_index=True)


def _fact_table(himpunan: str) -> Table:
    if himpunan not in FAKTA:
        raise SistemError(
            "himpunan_tidak_dikenal", f'Himpunan "{himpunan}" tidak ada.', f"pakai salah satu: {', '.join(FAKTA)}."
        )
    return FAKTA[himpunan]


def fates(connection: Connection, lembaga: str, periode: str, nama: str) -> pd.DataFrame:
    """Findings (``temuan``), quarantined (``karantina``) or duplicate rows (``kembar``) of all versions, with their unit.

    Columns: ``kode_satker``, ``berlaku`` (of the submission), then those of the table.
    """
    tabel = Base.metadata.tables[f"inti_{nama}"]
    query = select(_KIRIMAN.c.kode_satker, _KIRIMAN.c.berlaku, *tabel.columns)
    return read_frame(connection, _of_period(query, tabel, lembaga, periode).order_by(*URUTAN, tabel.c.urutan))


def verdicts(connection: Connection, lembaga: str, periode: str) -> pd.DataFrame:
    """All submissions, the newest of a unit last: verdict, counts, times.

    ``id_kiriman``, ``versi`` (1 for a unit's oldest), ``terbaru`` (its newest), ``berlaku`` (in force).
    """
    query = select(*(_KIRIMAN.c[nama] for nama in _VONIS))
    query = query.where(_KIRIMAN.c.lembaga == lembaga, _KIRIMAN.c.periode == periode).order_by(*URUTAN)
    frame = read_frame(connection, query).rename(columns={"id": "id_kiriman"})
    unit = frame.groupby("kode_satker")
    return frame.assign(versi=unit.cumcount() + 1, terbaru=unit.cumcount(ascending=False) == 0)


def receipts(connection: Connection, lembaga: str, periode: str) -> pd.DataFrame:
    """When each unit that reported did so, one row per unit.

    received_at: first submission that reached at least "diterima sebagian" or is nil (punctuality).
    first_ok_at: first one without a quarantined row (NaT when none). last_changed_at: first reception of
    the version in force.
    """
    frame = verdicts(connection, lembaga, periode)
    sah = frame[~frame["status"].isin(["ditolak", "menunggu"])]
    bersih = sah[sah["status"] != "diterima_sebagian"]
    diterima = sah.groupby("kode_satker")["diterima_pada"].min().rename("received_at")
    terakhir = sah[sah["berlaku"]].set_index("kode_satker")["diterima_pada"].rename("last_changed_at")
    pertama = bersih.groupby("kode_satker")["diterima_pada"].min().rename("first_ok_at")
    return diterima.to_frame().join(pertama).join(terakhir).reset_index()


def last_attempts(connection: Connection, lembaga: str, periode: str) -> pd.DataFrame:
    """The decisive attempt of each unit's latest collection: columns of ``Percobaan``, units in code order."""
    from dataclasses import asdict, fields

    import pandas as pd

    from humas.landing.model import Percobaan

    akhir = [asdict(decisive_attempt(satu)) for satu in latest_collections(connection, lembaga, periode).values()]
    return pd.DataFrame(akhir, columns=[satu.name for satu in fields(Percobaan)])


def _of_period(query: Select[Any], tabel: Table, lembaga: str, periode: str) -> Select[Any]:
    gabung = query.join(_KIRIMAN, tabel.c.id_kiriman == _KIRIMAN.c.id)
    return gabung.where(_KIRIMAN.c.lembaga == lembaga, _KIRIMAN.c.periode == periode)
