"""Reading validated facts back as frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, Table, func, select

from humas.errors import OperatorError
from humas.registry import ChannelKind, Cycle
from humas.warehouse.collection import ARRIVAL_ORDER, decisive_attempt, latest_collections
from humas.warehouse.frames import read_frame
from humas.warehouse.ledger import LEDGER, rows_in_force
from humas.warehouse.models import FACTS, Base
from humas.warehouse.places import adding
from humas.warehouse.proof import files_behind

if TYPE_CHECKING:
    import pandas as pd

_SUBMISSION = Base.metadata.tables["inti_kiriman"]
_QUARANTINE = Base.metadata.tables["inti_karantina"]
_FATES = ("temuan", "karantina", "kembar")
_VERDICT = (
    "id", "kode_satker", "saluran", "sidik", "diterima_pada", "terakhir_diterima", "status", "alasan", "cara", "nihil",
    "baris_masuk", "diterima", "dikarantina", "kembar", "sel_wajib", "sel_wajib_terisi", "per_himpunan", "pernyataan",
    "berlaku", "id_rekap",
)  # fmt: skip


def facts(connection: Connection, cycle: Cycle, dataset: str) -> pd.DataFrame:
    """Accepted rows in force: all columns of the fact table, by unit, sheet and row."""
    table = _fact_table(dataset)
    query = _of_period(select(*table.columns), table, cycle).join(LEDGER, rows_in_force(dataset))
    # Sorted here: a database sorts whole wide rows, and each its own way.
    return read_frame(connection, query).sort_values(["kode_satker", "lembar", "baris", "id_baris"], ignore_index=True)


def _fact_table(dataset: str) -> Table:
    if dataset not in FACTS:
        raise OperatorError(
            "himpunan_tidak_dikenal", f'Himpunan "{dataset}" tidak ada.', f"pakai salah satu: {', '.join(FACTS)}."
        )
    return FACTS[dataset]


def findings(connection: Connection, cycle: Cycle) -> pd.DataFrame:
    """All findings of all versions; columns ``kode_satker``, ``berlaku`` (of the submission), then those of the table."""
    return _fates(connection, cycle, "temuan")


def quarantine(connection: Connection, cycle: Cycle) -> pd.DataFrame:
    """All quarantined rows of all versions; ``id_pengganti`` names the later submission that tells a row mended.

    berkas, pada: the name of its file, and when that came; empty where nothing did.
    """
    import pandas as pd

    frame = _fates(connection, cycle, "karantina")
    files = files_behind(connection, cycle) if frame["id_pengganti"].notna().any() else {}
    followers = [files.get(one) for one in frame["id_pengganti"]]
    at = pd.Series([file.received if file else None for file in followers], dtype="datetime64[ns, UTC]")
    return frame.assign(berkas=[file.name if file else "" for file in followers], pada=at)


def duplicates(connection: Connection, cycle: Cycle) -> pd.DataFrame:
    """All duplicate rows of all versions, each with the row it repeats (``baris_asal``)."""
    return _fates(connection, cycle, "kembar")


def _fates(connection: Connection, cycle: Cycle, name: str) -> pd.DataFrame:
    table = Base.metadata.tables[f"inti_{name}"]
    query = select(_SUBMISSION.c.kode_satker, _SUBMISSION.c.berlaku, *table.columns)
    return read_frame(connection, _of_period(query, table, cycle).order_by(*ARRIVAL_ORDER, table.c.urutan))


def verdicts(connection: Connection, cycle: Cycle) -> pd.DataFrame:
    """All submissions, the newest of a unit last: verdict, counts, times.

    ``id_kiriman``, ``versi`` (1 for a unit's oldest), ``terbaru`` (its newest), ``berlaku`` (in force), ``rekap_dari``
    (code of the superior whose recap says so, "" of a unit's own), ``saluran_lengkap`` (an API that lists its whole state),
    ``diperbaiki`` (of the quarantined rows those that a later submission told mended).
    """
    query = select(*(_SUBMISSION.c[name] for name in _VERDICT))
    query = query.where(_SUBMISSION.c.lembaga == cycle.lembaga, _SUBMISSION.c.periode == cycle.period).order_by(
        *ARRIVAL_ORDER
    )
    frame = read_frame(connection, query).rename(columns={"id": "id_kiriman"})
    unit = frame.groupby("kode_satker")
    senders = frame["id_rekap"].map(frame.set_index("id_kiriman")["kode_satker"]).fillna("").astype("str")
    frame = frame.drop(columns="id_rekap").assign(rekap_dari=senders)
    frame["saluran_lengkap"] = (frame["saluran"] == ChannelKind.API) & ~frame["id_kiriman"].isin(
        adding(connection, cycle)
    )
    frame["diperbaiki"] = frame["id_kiriman"].map(_mended(connection, cycle)).fillna(0).astype("int64")
    return frame.assign(versi=unit.cumcount() + 1, terbaru=unit.cumcount(ascending=False) == 0)


def _mended(connection: Connection, cycle: Cycle) -> dict[str, int]:
    """Submission → how many of its quarantined rows a later one told mended."""
    q = _QUARANTINE.c
    query = select(q.id_kiriman, func.count()).where(q.id_pengganti.is_not(None)).group_by(q.id_kiriman)
    return {row[0]: row[1] for row in connection.execute(_of_period(query, _QUARANTINE, cycle))}


def receipts(connection: Connection, cycle: Cycle) -> pd.DataFrame:
    """When each unit that reported did so, one row per unit.

    received_at: first submission that reached at least "diterima sebagian" or is nil (punctuality).
    first_ok_at: first one without a quarantined row (NaT when none). last_changed_at: first reception of
    the newest version in force.
    """
    frame = verdicts(connection, cycle)
    valid = frame[~frame["status"].isin(["ditolak", "menunggu", "diteruskan"])]
    clean = valid[valid["status"] != "diterima_sebagian"]
    received = valid.groupby("kode_satker")["diterima_pada"].min().rename("received_at")
    newest = valid[valid["berlaku"]].drop_duplicates("kode_satker", keep="last").set_index("kode_satker")
    changed = newest["diterima_pada"].rename("last_changed_at")
    first_ok = clean.groupby("kode_satker")["diterima_pada"].min().rename("first_ok_at")
    return received.to_frame().join(first_ok).join(changed).reset_index()


def last_attempts(connection: Connection, cycle: Cycle) -> pd.DataFrame:
    """The decisive attempt of each unit's latest collection: columns of ``Attempt``, units in code order."""
    from dataclasses import asdict, fields

    import pandas as pd

    from humas.landing.model import Attempt

    decisive = [asdict(decisive_attempt(attempts)) for attempts in latest_collections(connection, cycle).values()]
    return pd.DataFrame(decisive, columns=[field.name for field in fields(Attempt)])


def _of_period(query: Select[Any], table: Table, cycle: Cycle) -> Select[Any]:
    joined = query.join(_SUBMISSION, table.c.id_kiriman == _SUBMISSION.c.id)
    return joined.where(_SUBMISSION.c.lembaga == cycle.lembaga, _SUBMISSION.c.periode == cycle.period)
