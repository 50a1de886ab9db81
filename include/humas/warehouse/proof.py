"""What the ledger proves: where every row ever accepted stands, counted, and those that no longer count by name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Row, Select, func, select

from humas.contract.columns import BY_NAME, ColumnType, Privacy
from humas.contract.vocabulary import load_vocabulary
from humas.ledger import Ref, RowStanding
from humas.registry import ChannelKind, Cycle
from humas.warehouse.bulk import IN_CHUNK, chunks
from humas.warehouse.ledger import LEDGER
from humas.warehouse.models import FACTS, Base

if TYPE_CHECKING:
    import pandas as pd

_SUBMISSION = Base.metadata.tables["inti_kiriman"]
_RECEPTION = Base.metadata.tables["mentah_penerimaan"]
_GONE = (RowStanding.SUPERSEDED.value, RowStanding.WITHDRAWN.value)
_PULLED = frozenset(kind.value for kind in ChannelKind)
_SENDER, _RECAP = "pengirim", "rekap"
COUNTED = ("kode_satker", "himpunan", "keadaan", "jumlah")
CHANGED = ("kode_satker", "himpunan", "judul", "keadaan", "pada", "berkas", "oleh", "alasan")


class Entered(NamedTuple):
    """Rows that stand alike in one submission."""

    kode_satker: str
    id_kiriman: str
    himpunan: str
    keadaan: str


class SentFile(NamedTuple):
    """A file behind a submission: its name as people see it, the channel, and when it came."""

    name: str
    channel: str
    received: datetime


def entered(connection: Connection, cycle: Cycle) -> Counter[Entered]:
    """How many rows of the ledger stand alike, by unit, submission, data set and standing."""
    keys = [_SUBMISSION.c.kode_satker, LEDGER.c.id_kiriman, LEDGER.c.himpunan, LEDGER.c.keadaan]
    query = _of_cycle(select(*keys, func.count().label("jumlah")), cycle).group_by(*keys)
    return Counter({Entered(*row[:4]): row.jumlah for row in connection.execute(query)})


def total(rows: Mapping[Entered, int]) -> tuple[int, int, int, int]:
    """Rows ever accepted, in force, superseded, withdrawn; a row that is merely said again is the same row."""
    sums: Counter[str] = Counter()
    for one, count in rows.items():
        sums[one.keadaan] += count
    in_force, superseded = sums[RowStanding.IN_FORCE.value], sums[RowStanding.SUPERSEDED.value]
    withdrawn = sums[RowStanding.WITHDRAWN.value]
    return in_force + superseded + withdrawn, in_force, superseded, withdrawn


def counts(connection: Connection, cycle: Cycle) -> pd.DataFrame:
    """Rows ever accepted by unit, data set and standing (``berlaku``, ``digantikan``, ``dicabut``); columns ``COUNTED``."""
    import pandas as pd

    sums: Counter[tuple[str, str, str]] = Counter()
    for one, count in entered(connection, cycle).items():
        if one.keadaan != RowStanding.RESTATED:
            sums[one.kode_satker, one.himpunan, one.keadaan] += count
    return pd.DataFrame([(*key, count) for key, count in sorted(sums.items())], columns=list(COUNTED))


def changes(connection: Connection, cycle: Cycle) -> pd.DataFrame:
    """Every row that was superseded or withdrawn; columns ``CHANGED``, by unit, data set, time and title.

    judul: of the row that took its place in the end, for what a sender took out of a title shall not come back; of a
    withdrawn row its own. pada, berkas, oleh, alasan: when, by which file, by whom and why.
    """
    import pandas as pd

    files = files_behind(connection, cycle)
    rows = [row for name in FACTS for row in _changes_of(connection, cycle, name, files)]
    frame = pd.DataFrame(rows, columns=list(CHANGED))
    return frame.sort_values(["kode_satker", "himpunan", "pada", "keadaan", "judul"], kind="stable", ignore_index=True)


def _of_cycle(query: Select[Any], cycle: Cycle) -> Select[Any]:
    joined = query.join(_SUBMISSION, LEDGER.c.id_kiriman == _SUBMISSION.c.id)
    return joined.where(_SUBMISSION.c.lembaga == cycle.lembaga, _SUBMISSION.c.periode == cycle.period)


def files_behind(connection: Connection, cycle: Cycle) -> dict[Any, SentFile]:
    """The file behind each submission, and behind each unit's moment of arrival."""
    p = _RECEPTION.c
    query = select(p.id_kiriman, p.kode_satker, p.nama, p.saluran, p.diterima_pada, p.urut_pada)
    query = query.where(p.lembaga == cycle.lembaga, p.periode == cycle.period, p.id_kiriman.is_not(None))
    found: dict[Any, SentFile] = {}
    for row in connection.execute(query.order_by(p.urut_pada, p.tiba_pada, p.halaman, p.id)):
        file = SentFile("" if row.saluran == ChannelKind.API else row.nama, row.saluran, row.diterima_pada)
        found.setdefault(row.id_kiriman, file)
        found.setdefault((row.kode_satker, row.urut_pada), file)
    k = _SUBMISSION.c
    shares = select(k.id, k.id_rekap).where(
        k.lembaga == cycle.lembaga, k.periode == cycle.period, k.id_rekap.is_not(None)
    )
    whole = {row.id: found[row.id_rekap] for row in connection.execute(shares) if row.id_rekap in found}
    return found | {share: file._replace(channel=_RECAP) for share, file in whole.items()}


def _changes_of(
    connection: Connection, cycle: Cycle, name: str, files: Mapping[Any, SentFile]
) -> Iterator[tuple[object, ...]]:
    query = _of_cycle(select(_SUBMISSION.c.kode_satker, LEDGER), cycle).where(LEDGER.c.himpunan == name)
    rows = {Ref(row.id_kiriman, row.id_baris): row for row in connection.execute(query)}
    gone = {ref: _last(ref, rows) for ref, row in rows.items() if row.keadaan in _GONE}
    titles = _titles(connection, name, set(gone.values()))
    for ref, last in gone.items():
        yield rows[ref].kode_satker, name, titles.get(last, ""), rows[ref].keadaan, *_how(rows[ref], files)


def _last(ref: Ref, rows: Mapping[Ref, Row[Any]]) -> Ref:
    """Where the chain of a row that was mended, or said again, ends."""
    while ref in rows and rows[ref].kiriman_penerus:
        ref = Ref(rows[ref].kiriman_penerus, rows[ref].baris_penerus)
    return ref


def _titles(connection: Connection, name: str, wanted: Collection[Ref]) -> dict[Ref, str]:
    table = FACTS[name]
    title = table.c[public_title(name)]
    found: defaultdict[Ref, str] = defaultdict(str)
    for chunk in chunks(sorted({ref.submission for ref in wanted}), IN_CHUNK):
        query = select(table.c.id_kiriman, table.c.id_baris, title).where(table.c.id_kiriman.in_(chunk))
        found.update({Ref(row[0], row[1]): shown_title(name, row[2] or "") for row in connection.execute(query)})
    return found


def shown_title(name: str, value: str) -> str:
    """What stands in the column of :func:`public_title`, as people read it."""
    vocabulary = BY_NAME[name].by_name[public_title(name)].vocabulary
    return load_vocabulary()[vocabulary].label(value) if vocabulary and value else value


def public_title(name: str) -> str:
    """The column by which readers may know a row: the longest public text that is asked for, else the first, else a choice."""
    public = [one for one in BY_NAME[name].columns if one.privacy is Privacy.PUBLIC and not one.from_cover]
    texts = [column for column in public if column.type_name is ColumnType.TEXT]
    texts = texts or [column for column in public if column.type_name is ColumnType.CHOICE][:1]
    wanted = [column for column in texts if column.wanted]
    return max(wanted or texts[:1], key=lambda column: (column.length or (0, 0))[1]).name


def _how(row: Row[Any], files: Mapping[Any, SentFile]) -> tuple[datetime | None, str, str, str]:
    """When, by which file, by whom and why a row ceased to count."""
    file = files.get(row.kiriman_penerus)
    if row.keadaan == RowStanding.WITHDRAWN or file is None:
        at = files.get((row.kode_satker, row.pada))
        return row.pada, at.name if at else "", row.oleh or "", row.alasan or ""
    sender = file.channel if file.channel in {*_PULLED, _RECAP} else _SENDER
    return file.received, file.name, row.oleh or sender, row.alasan or ""
