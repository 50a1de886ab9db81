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
            sementara = self.folder / f".{kabar.nomor}.tmp"
            sementara.write_bytes(compose(kabar, "humas@localhost", "petugas@localhost").as_bytes())
            sementara.replace(self.folder / f"{kabar.nomor}.eml")
        except OSError as galat:
            raise SistemError(
                "kabar_gagal",
                f"Kabar tidak dapat ditulis di {self.folder} ({os_reason(galat)}).",
                "periksa folder pada HUMAS_KABAR.",
            ) from galat


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
        except (OSError, smtplib.SMTPException) as galat:
            raise SumberError(
                "kabar_gagal",
                f"Surel lewat {self.host}:{self.port} tidak terkirim ({type(galat).__name__}).",
                "periksa server surel; jawaban tetap ada di samping berkasnya.",
            ) from galat

    def _in_the_clear(self) -> SistemError:
        return SistemError(
            "kabar_gagal",
            f"Server surel {self.host}:{self.port} tidak menawarkan sambungan tersandi (STARTTLS); kata sandi tidak dikirim.",
            "pakai server yang menawarkannya, atau hapus nama pengguna dari HUMAS_KABAR.",
        )


def compose(kabar: Kabar, dari: str, ke: str) -> EmailMessage:
    """The message as mail."""
    surat = EmailMessage()
    surat["Message-ID"] = f"<{kabar.nomor}@humas-triwulan>"
    surat["Date"] = format_datetime(kabar.waktu)
    surat["From"], surat["To"], surat["Subject"] = dari, ke, kabar.judul
    surat.set_content(kabar.isi)
    for nama, data in kabar.lampiran.items():
        utama, anak = _XLSX if nama.endswith(".xlsx") else ("text", "plain")
        surat.add_attachment(data, maintype=utama, subtype=anak, filename=nama)
    return surat


def notifier(settings: Settings) -> Pengabar:
    """What ``HUMAS_KABAR`` asks for.

    Raises:
        SistemError: it asks for something that is not there.
    """
    teks = settings.box.kabar
    if not teks:
        return Diam()
    with suppress(ValueError):
        bagian = urlsplit(teks)
        if bagian.scheme == "folder" and bagian.path.startswith("/"):
            return KeFolder(Path(bagian.path))
        isian = {nama: nilai[0] for nama, nilai in parse_qs(bagian.query).items()}
        if bagian.scheme == "smtp" and bagian.hostname and isian.get("ke"):
            dari = isian.get("dari") or f"humas@{bagian.hostname}"
            return LewatSurel(bagian.hostname, bagian.port or 25, dari, isian["ke"], unquote(bagian.username or ""))
    raise SistemError(
        "kabar_salah",
        "HUMAS_KABAR tidak dapat dipakai.",
        "tulis folder:/srv/kabar atau smtp://surel.kpu.go.id:25?dari=humas@kpu.go.id&ke=petugas@kpu.go.id.",
    )
