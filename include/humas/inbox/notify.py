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

from humas.errors import OperatorError, SourceError, os_reason
from humas.settings import Settings
from humas.sources.fetch import read_environment

SMTP_SECONDS = 15.0
_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True, slots=True)
class Notice:
    """One message. number: the same for the same event, so that sending it twice shows as one. attachments: name → bytes."""

    number: str
    title: str
    content: str
    moment: datetime
    attachments: Mapping[str, bytes] = field(default_factory=dict)


class Messenger(Protocol):
    """A way to send messages."""

    def send(self, notice: Notice) -> None:
        """Send one message; raises SourceError or OperatorError when that fails."""
        ...


@dataclass(frozen=True, slots=True)
class Silent:
    """Sends nothing: notification is not set up."""

    def send(self, notice: Notice) -> None:
        """Do nothing."""


@dataclass(frozen=True, slots=True)
class ByFolder:
    """Writes messages as ``.eml`` files, for a mail program or another system to pick up."""

    folder: Path

    def send(self, notice: Notice) -> None:
        """Write the message whole under its number; written again it is the same file."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary = self.folder / f".{notice.number}.tmp"
            temporary.write_bytes(compose(notice, "humas@localhost", "petugas@localhost").as_bytes())
            temporary.replace(self.folder / f"{notice.number}.eml")
        except OSError as error:
            raise OperatorError(
                "kabar_gagal",
                f"Kabar tidak dapat ditulis di {self.folder} ({os_reason(error)}).",
                "periksa folder pada HUMAS_KABAR.",
            ) from error


@dataclass(frozen=True, slots=True)
class ByMail:
    """Sends mail over SMTP, encrypted where the server offers it.

    user: login, with HUMAS_TOKEN_SUREL, only over a connection whose certificate is known; or empty.
    """

    host: str
    port: int
    start: str
    ke: str
    user: str = ""

    def send(self, notice: Notice) -> None:
        """Send one mail."""
        try:
            with smtplib.SMTP(self.host, self.port, timeout=SMTP_SECONDS) as server:
                server.ehlo()
                if server.has_extn("starttls"):
                    # Without a secret at stake an unknown certificate is still better than none.
                    server.starttls(context=ssl.create_default_context() if self.user else None)
                elif self.user:
                    raise self._in_the_clear()
                if self.user:
                    server.login(self.user, read_environment("surel") or "")
                server.send_message(compose(notice, self.start, self.ke))
        except (OSError, smtplib.SMTPException) as error:
            raise SourceError(
                "kabar_gagal",
                f"Surel lewat {self.host}:{self.port} tidak terkirim ({type(error).__name__}).",
                "periksa server surel; jawaban tetap ada di samping berkasnya.",
            ) from error

    def _in_the_clear(self) -> OperatorError:
        return OperatorError(
            "kabar_gagal",
            f"Server surel {self.host}:{self.port} tidak menawarkan sambungan tersandi (STARTTLS); kata sandi tidak dikirim.",
            "pakai server yang menawarkannya, atau hapus nama pengguna dari HUMAS_KABAR.",
        )


def compose(notice: Notice, sender: str, ke: str) -> EmailMessage:
    """The message as mail."""
    mail = EmailMessage()
    mail["Message-ID"] = f"<{notice.number}@humas-triwulan>"
    mail["Date"] = format_datetime(notice.moment)
    mail["From"], mail["To"], mail["Subject"] = sender, ke, notice.title
    mail.set_content(notice.content)
    for name, data in notice.attachments.items():
        main_type, subtype = _XLSX if name.endswith(".xlsx") else ("text", "plain")
        mail.add_attachment(data, maintype=main_type, subtype=subtype, filename=name)
    return mail


def notifier(settings: Settings) -> Messenger:
    """What ``HUMAS_KABAR`` asks for.

    Raises:
        OperatorError: it asks for something that is not there.
    """
    address = settings.box.notice
    if not address:
        return Silent()
    with suppress(ValueError):
        parts = urlsplit(address)
        if parts.scheme == "folder" and parts.path.startswith("/"):
            return ByFolder(Path(parts.path))
        fields = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.scheme == "smtp" and parts.hostname and fields.get("ke"):
            sender = fields.get("dari") or f"humas@{parts.hostname}"
            return ByMail(parts.hostname, parts.port or 25, sender, fields["ke"], unquote(parts.username or ""))
    raise OperatorError(
        "kabar_salah",
        "HUMAS_KABAR tidak dapat dipakai.",
        "tulis folder:/srv/kabar atau smtp://surel.kpu.go.id:25?dari=humas@kpu.go.id&ke=petugas@kpu.go.id.",
    )
