"""Frames to rows and rows to frames: one place that decides which pandas type a column has.

Text is the ``str`` type (missing: NaN), numbers float64 (missing: NaN), dates and wall-clock times
``datetime64[ns]``, instants ``datetime64[ns, UTC]``, flags bool.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Connection, Date, DateTime, Double, Select, Table

from humas.errors import OperatorError
from humas.settings import WIB
from humas.warehouse.bulk import CHUNK, RowValues
from humas.warehouse.models import UtcDateTime

if TYPE_CHECKING:
    import pandas as pd

_UNSTORABLE = str.maketrans({"\x00": "\ufffd"})


def read_frame(connection: Connection, query: Select[Any]) -> pd.DataFrame:
    """Run a query; columns typed as described above, also when there are no rows. Read in chunks: rows of Python are big."""
    import pandas as pd

    columns = list(query.selected_columns)
    result = connection.execute(query.execution_options(yield_per=CHUNK))
    parts = [_as_frame(columns, zip(*rows, strict=True)) for rows in result.partitions()]
    return pd.concat(parts, ignore_index=True) if parts else _as_frame(columns, [()] * len(columns))


def _as_frame(columns: list[Any], cells: Iterable[Sequence[Any]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({
        column.name: _as_series(values, column.type) for column, values in zip(columns, cells, strict=True)
    })


def _as_series(values: Sequence[Any], sql_type: object) -> pd.Series[Any]:
    import pandas as pd

    if isinstance(sql_type, UtcDateTime):
        return pd.Series(pd.DatetimeIndex(list(values), tz="UTC")).dt.as_unit("ns")
    if isinstance(sql_type, Date | DateTime):
        return pd.Series(pd.DatetimeIndex(list(values))).dt.as_unit("ns")
    if isinstance(sql_type, Double):
        return pd.Series(values, dtype="float64")
    if isinstance(sql_type, Boolean):
        return pd.Series(values, dtype="bool")
    if isinstance(sql_type, BigInteger):
        return pd.Series(values, dtype="int64")
    return pd.Series(values, dtype="object" if isinstance(sql_type, JSON) else "str")


def conform(frame: pd.DataFrame, table: Table, names: Sequence[str]) -> pd.DataFrame:
    """The columns ``names`` of a frame in the types of the table, so that equal values are equal whatever batch they came in.

    Raises:
        OperatorError: a column is missing, or holds what its type cannot hold.
    """
    import pandas as pd

    missing = [name for name in names if name not in frame.columns]
    if missing and len(frame):
        raise _bad_result(table, f"kolom {', '.join(missing)} tidak ada")
    try:
        return pd.DataFrame({name: _conform_column(frame, table.c[name]) for name in names})
    except (ValueError, TypeError) as error:
        raise _bad_result(table, str(error)) from error


def _conform_column(frame: pd.DataFrame, column: Column[Any]) -> pd.Series[Any]:
    import pandas as pd

    values = frame[column.name] if column.name in frame.columns else pd.Series([], dtype="object")
    if isinstance(column.type, Date | DateTime):
        times = pd.to_datetime(values)
        if times.dt.tz is not None:
            times = times.dt.tz_convert(WIB).dt.tz_localize(None)
        return times.dt.as_unit("ns")
    if isinstance(column.type, Double):
        return values.astype("float64")
    if isinstance(column.type, Boolean):
        return values.astype("bool")
    if isinstance(column.type, BigInteger):
        return values.astype("int64")
    return _clean_text(values.where(values.notna(), None).astype("str"))


def _clean_text(values: pd.Series[Any]) -> pd.Series[Any]:
    """Replace what no database stores as text (NUL, lone surrogates); one look at the whole column in the good case."""
    joined = "".join(values.dropna())
    if "\x00" not in joined and not _has_surrogate(joined):
        return values
    return values.map(
        lambda text: text.translate(_UNSTORABLE).encode("utf-8", "replace").decode(), na_action="ignore"
    ).astype("str")


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _bad_result(table: Table, cause: str) -> OperatorError:
    return OperatorError(
        "hasil_tidak_sesuai", f"Hasil untuk tabel {table.name} tidak sesuai: {cause}.", "laporkan ke pengembang."
    )


def to_rows(frame: pd.DataFrame) -> list[RowValues]:
    """Rows as plain Python values, None where missing."""
    names = [str(name) for name in frame.columns]
    columns = [_plain(frame[name]) for name in frame.columns]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _plain(column: pd.Series[Any]) -> list[Any]:
    import pandas as pd

    values: Any
    if column.dtype.kind == "M":
        values = pd.DatetimeIndex(column).as_unit("us").to_pydatetime().astype(object)
    elif column.dtype.kind in "bi":
        return column.tolist()
    else:
        values = column.to_numpy(dtype=object, copy=True)
    values[column.isna().to_numpy()] = None
    return list(values)


def digest_by(frame: pd.DataFrame, by: str) -> dict[Hashable, bytes]:
    """Digest of the rows of each group, in their order: equal content gives equal bytes."""
    import numpy as np
    import pandas as pd

    if frame.empty:
        return {}
    digests = pd.util.hash_pandas_object(frame.drop(columns=by), index=False).to_numpy()
    positions = frame.groupby(by, sort=False).indices
    return {key: digests[np.sort(rows)].tobytes() for key, rows in positions.items()}
