"""What both HTTP channels share: one URL becomes one ``Fetched``, from the network or from the copy we hold."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from humas.errors import OperatorError, os_reason
from humas.sources.content import FileKind, judge, sniff
from humas.sources.entryname import UNNAMED, printable, shorten
from humas.sources.faults import make_error
from humas.sources.http import Fetcher, FetchRequest, Response
from humas.sources.model import Fetched, FetchTask

VARIABLE_PREFIX = "HUMAS_TOKEN_"
SECRETS_FOLDER = "HUMAS_RAHASIA_FOLDER"


def read_environment(name: str) -> str | None:
    """A credential by its name: ``portal-kpu`` stands in the variable ``HUMAS_TOKEN_PORTAL_KPU``.

    Without the variable, in the file of that name in the folder ``HUMAS_RAHASIA_FOLDER``.

    Raises:
        OperatorError: kredensial_tak_terbaca, when there is such a file and it cannot be read.
    """
    variable = credential_variable(name)
    folder = os.environ.get(SECRETS_FOLDER)
    return os.environ.get(variable) or (_read_secret(Path(folder, variable)) if folder else None) or None


def _read_secret(file: Path) -> str | None:
    """What stands in a file of one secret, without the line break that editors add; None without a file."""
    try:
        return file.read_text("utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else "bukan teks UTF-8"
        raise OperatorError(
            "kredensial_tak_terbaca",
            f"Berkas rahasia {file.name} tidak dapat dibaca ({reason}).",
            f"betulkan isi atau izin berkas itu di {SECRETS_FOLDER}; hanya pengumpul yang perlu membacanya.",
        ) from error


def credential_variable(name: str) -> str:
    """The environment variable, or file, of a credential."""
    return VARIABLE_PREFIX + re.sub(r"[^A-Z0-9]", "_", name.upper())


def name_place(task: FetchTask) -> str:
    """Unit, channel and host or folder, as messages name them; never a query string, it may hold a secret."""
    address = task.address
    where = (urlsplit_host(address) or "alamat rusak") if "://" in address else address
    return f"{task.channel.kind.word} {task.owner} ({where})"


def urlsplit_host(address: str) -> str:
    """Host of a URL, or empty when it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def read_token(task: FetchTask, place: str) -> str:
    """The secret of the channel's credential; empty when the channel names none.

    Raises:
        OperatorError: kredensial_tidak_ada, or a secret that no header can carry.
    """
    name = task.channel.credential
    if not name:
        return ""
    secret = (task.credential(name) or "").strip()
    if not secret or not secret.isascii() or not secret.isprintable():
        raise make_error("kredensial_tidak_ada", place, nama=name, variabel=credential_variable(name))
    return secret


def fetch_url(
    task: FetchTask,
    http: Fetcher,
    url: str,
    place: str,
    *,
    token: str,
    wanted: frozenset[FileKind],
    page: int = 1,
    name: str = "",
    rest: float = float("inf"),
) -> Fetched:
    """Get one URL; an unchanged answer (304) gives the bytes we hold.

    Raises:
        SourceError, OperatorError: see ``humas.sources.faults``.
    """
    copy = task.held_copy(url)
    held = copy.read() if copy else None
    etag = copy.etag if copy and held is not None else ""
    answer = http.get(FetchRequest(url, place, token, etag, rest))
    header = dict(answer.header)
    if answer.status == 304 and held is not None:
        # What we hold came whole: a page that is no JSON is broken at the sender, not cut on the way.
        header |= {"etag": header.get("etag", etag), "content-length": str(len(held))}
        data, kind = held, sniff(held)
    else:
        data = answer.data
        kind = judge(data, header.get("content-type", ""), wanted, place)
    return Fetched(
        url, data, kind.media_type, header, page, task.now(), last_modified(header), name or file_name(answer)
    )


def last_modified(header: dict[str, str]) -> datetime | None:
    """The source's own word for the age of its answer, in UTC; None when absent or unreadable."""
    try:
        time = parsedate_to_datetime(header.get("last-modified", ""))
        return time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def file_name(answer: Response) -> str:
    """A name for what a URL gave: from Content-Disposition, else from the path; never with a folder in it."""
    message = Message()
    message["Content-Disposition"] = answer.header.get("content-disposition", "")
    return safe_name(message.get_filename() or unquote(urlsplit(answer.url).path, errors="surrogateescape"))


def safe_name(name: str) -> str:
    """The last part of a path, printable and short; ``berkas`` when nothing is left."""
    last = re.split(r"[\\/]", name)[-1]
    return shorten(printable(last).strip(". ")) or UNNAMED
