"""What both HTTP channels share: one URL becomes one ``Ambilan``, from the network or from the copy we hold."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from humas.errors import SistemError, os_reason
from humas.sources.content import Jenis, judge, sniff
from humas.sources.entryname import UNNAMED, printable, shorten
from humas.sources.galat import make_error
from humas.sources.http import Jawaban, Pengambil, Permintaan
from humas.sources.model import Ambilan, Tugas

_CHANNEL_WORD = {"api": "API", "berkas": "Berkas"}


VARIABLE_PREFIX = "HUMAS_TOKEN_"
SECRETS_FOLDER = "HUMAS_RAHASIA_FOLDER"


def read_environment(nama: str) -> str | None:
    """A credential by its name: ``portal-kpu`` stands in the variable ``HUMAS_TOKEN_PORTAL_KPU``.

    Without the variable, in the file of that name in the folder ``HUMAS_RAHASIA_FOLDER``.

    Raises:
        SistemError: kredensial_tak_terbaca, when there is such a file and it cannot be read.
    """
    variable = credential_variable(nama)
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
        raise SistemError(
            "kredensial_tak_terbaca",
            f"Berkas rahasia {file.name} tidak dapat dibaca ({reason}).",
            f"betulkan isi atau izin berkas itu di {SECRETS_FOLDER}; hanya pengumpul yang perlu membacanya.",
        ) from error


def credential_variable(nama: str) -> str:
    """The environment variable, or file, of a credential."""
    return VARIABLE_PREFIX + re.sub(r"[^A-Z0-9]", "_", nama.upper())


def name_place(tugas: Tugas) -> str:
    """Unit, channel and host or folder, as messages name them; never a query string, it may hold a secret."""
    address = tugas.alamat
    where = (urlsplit_host(address) or "alamat rusak") if "://" in address else address
    return f"{_CHANNEL_WORD.get(tugas.saluran.jenis, tugas.saluran.jenis)} {tugas.pemilik} ({where})"


def urlsplit_host(alamat: str) -> str:
    """Host of a URL, or empty when it has none."""
    try:
        return urlsplit(alamat).hostname or ""
    except ValueError:
        return ""


def read_token(tugas: Tugas, tempat: str) -> str:
    """The secret of the channel's credential; empty when the channel names none.

    Raises:
        SistemError: kredensial_tidak_ada, or a secret that no header can carry.
    """
    name = tugas.saluran.kredensial
    if not name:
        return ""
    secret = (tugas.kredensial(name) or "").strip()
    if not secret or not secret.isascii() or not secret.isprintable():
        raise make_error("kredensial_tidak_ada", tempat, nama=name, variabel=credential_variable(name))
    return secret


def fetch_url(
    tugas: Tugas,
    http: Pengambil,
    url: str,
    tempat: str,
    *,
    token: str,
    wanted: frozenset[Jenis],
    halaman: int = 1,
    nama: str = "",
    sisa: float = float("inf"),
) -> Ambilan:
    """Get one URL; an unchanged answer (304) gives the bytes we hold.

    Raises:
        SumberError, SistemError: see ``humas.sources.galat``.
    """
    copy = tugas.salinan(url)
    held = copy.read() if copy else None
    etag = copy.etag if copy and held is not None else ""
    answer = http.get(Permintaan(url, tempat, token, etag, sisa))
    header = dict(answer.header)
    if answer.status == 304 and held is not None:
        # What we hold came whole: a page that is no JSON is broken at the sender, not cut on the way.
        header |= {"etag": header.get("etag", etag), "content-length": str(len(held))}
        data, kind = held, sniff(held)
    else:
        data = answer.data
        kind = judge(data, header.get("content-type", ""), wanted, tempat)
    return Ambilan(
        url, data, kind.media_type, header, halaman, tugas.now(), last_modified(header), nama or file_name(answer)
    )


def last_modified(header: dict[str, str]) -> datetime | None:
    """The source's own word for the age of its answer, in UTC; None when absent or unreadable."""
    try:
        time = parsedate_to_datetime(header.get("last-modified", ""))
        return time.replace(tzinfo=time.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def file_name(jawaban: Jawaban) -> str:
    """A name for what a URL gave: from Content-Disposition, else from the path; never with a folder in it."""
    message = Message()
    message["Content-Disposition"] = jawaban.header.get("content-disposition", "")
    return safe_name(message.get_filename() or unquote(urlsplit(jawaban.url).path, errors="surrogateescape"))


def safe_name(nama: str) -> str:
    """The last part of a path, printable and short; ``berkas`` when nothing is left."""
    last = re.split(r"[\\/]", nama)[-1]
    return shorten(printable(last).strip(". ")) or UNNAMED
