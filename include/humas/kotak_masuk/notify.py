"""Answers sent besides being laid down: to a folder or by mail, when the installation asks for it."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from humas.errors import SistemError, SumberError, os_reason
from humas.settings import Settings
from humas.sources.fetch import read_environment

SMTP_SECONDS = 15.0
_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True, slots=True)
class Kabar:
    """One message. nomor: the same for the same event, so that sending it twice shows as one. lampiran: name → bytes."""

    nomor: str
    judul: str
    isi: str
    waktu: datetime
    lampiran: Mapping[str, bytes] = field(default_factory=dict)


class Pengabar(Protocol):
    """A way to send messages."""

    def send(self, kabar: Kabar) -> None:
        """Send one message; raises SumberError or SistemError when that fails."""
        ...


@dataclass(frozen=True, slots=True)
class Diam:
    """Sends nothing: notification is not set up."""

    def send(self, kabar: Kabar) -> None:
        """Do nothing."""


@dataclass(frozen=True, slots=True)
class KeFolder:
    """Writes messages as ``.eml`` files, for a mail program or another system to pick up."""

    folder: Path

    def send(self, kabar: Kabar) -> None:
        """Write the message whole under its number; written again it is the same file."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary = self.folder / f".{kabar.nomor}.tmp"
            temporary.write_bytes(compose(kabar, "humas@localhost", "petugas@localhost").as_bytes())
            temporary.replace(self.folder / f"{kabar.nomor}.eml")
        except OSError as error:
            raise SistemError(
                "kabar_gagal",
                f"Kabar tidak dapat ditulis di {self.folder} ({os_reason(error)}).",
                "periksa folder pada HUMAS_KABAR.",
            ) from error


@dataclass(frozen=True, slots=True)
class LewatSurel:
    """Sends mail over SMTP, encrypted where the server offers it.

    pengguna: login, with HUMAS_TOKEN_SUREL, only over a connection whose certificate is known; or empty.
    """

    host: str
    port: int
    dari: str
    ke: str
    pengguna: str = ""

    def send(self, kabar: Kabar) -> None:
        """Send one mail."""
        try:
            with smtplib.SMTP(self.host, self.port, timeout=SMTP_SECONDS) as server:
                server.ehlo()
                if server.has_extn("starttls"):
                    # Without a secret at stake an unknown certificate is still better than none.
                    server.starttls(context=ssl.create_default_context() if self.pengguna else None)
                elif self.pengguna:
                    raise self._in_the_clear()
                if self.pengguna:
                    server.login(self.pengguna, read_environment("surel") or "")
                server.send_message(compose(kabar, self.dari, self.ke))
        except (OSError, smtplib.SMTPException) as error:
            raise SumberError(
                "kabar_gagal",
                f"Surel lewat {self.host}:{self.port} tidak terkirim ({type(error).__name__}).",
                "periksa server surel; jawaban tetap ada di samping berkasnya.",
            ) from error

    def _in_the_clear(self) -> SistemError:
        return SistemError(
            "kabar_gagal",
            f"Server surel {self.host}:{self.port} tidak menawarkan sambungan tersandi (STARTTLS); kata sandi tidak dikirim.",
            "pakai server yang menawarkannya, atau hapus nama pengguna dari HUMAS_KABAR.",
        )


def compose(kabar: Kabar, dari: str, ke: str) -> EmailMessage:
    """The message as mail."""
    mail = EmailMessage()
    mail["Message-ID"] = f"<{kabar.nomor}@humas-triwulan>"
    mail["Date"] = format_datetime(kabar.waktu)
    mail["From"], mail["To"], mail["Subject"] = dari, ke, kabar.judul
    mail.set_content(kabar.isi)
    for name, data in kabar.lampiran.items():
        main_type, subtype = _XLSX if name.endswith(".xlsx") else ("text", "plain")
        mail.add_attachment(data, maintype=main_type, subtype=subtype, filename=name)
    return mail


def notifier(settings: Settings) -> Pengabar:
    """What ``HUMAS_KABAR`` asks for.

    Raises:
        SistemError: it asks for something that is not there.
    """
    address = settings.box.kabar
    if not address:
        return Diam()
    with suppress(ValueError):
        parts = urlsplit(address)
        if parts.scheme == "folder" and parts.path.startswith("/"):
            return KeFolder(Path(parts.path))
        fields = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.scheme == "smtp" and parts.hostname and fields.get("ke"):
            sender = fields.get("dari") or f"humas@{parts.hostname}"
            return LewatSurel(parts.hostname, parts.port or 25, sender, fields["ke"], unquote(parts.username or ""))
    raise SistemError(
        "kabar_salah",
        "HUMAS_KABAR tidak dapat dipakai.",
        "tulis folder:/srv/kabar atau smtp://surel.kpu.go.id:25?dari=humas@kpu.go.id&ke=petugas@kpu.go.id.",
    )
