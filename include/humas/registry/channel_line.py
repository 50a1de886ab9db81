"""What each value of a line of the channel file must be, with an Indonesian message when it is not."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from humas.bodies import DATA_SETS, one_of
from humas.registry.channel_file import EntryProblem
from humas.registry.channel_kind import WAYS, ChannelKind
from humas.registry.unit import SITES, Lembaga
from humas.text.digits import bounded_int

_YES = frozenset({"ya", "y", "yes", "true", "on", "benar", "aktif", "1"})
_NO = frozenset({"tidak", "t", "no", "false", "off", "salah", "nonaktif", "0"})
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SECRET_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}")
# Letters and digits in turns without a pause: nobody calls a credential so, but tokens look like this.
_TOKEN_LIKE = re.compile(r"(?=[A-Za-z0-9]{16})(?:[A-Za-z]*[0-9]+[A-Za-z]+){3}")
_LEMBAGA_TERMS = {word: body for body in Lembaga for word in (body.value, body.label.lower(), *body.body.words.channel)}
_GOOGLE_SHEET = re.compile(r"/(pub|export|gviz)\b")


def parse_body(text: str) -> Lembaga | None:
    """The body a text names (``KPU``, in Aceh ``KIP``, ``Humas Pemda``), if any."""
    return _LEMBAGA_TERMS.get(text.strip().lower())


def _refuse(message: str, remedy: str) -> PydanticCustomError:
    # The text goes through the context: braces in it would be read as a template.
    return PydanticCustomError("isian", "{pesan}", {"pesan": message, "cara": remedy})


def _body(text: str) -> Lembaga:
    if lembaga := parse_body(text):
        return lembaga
    raise _refuse(f'Lembaga "{text[:40]}" tidak dikenal.', f"isi lembaga dengan {one_of(Lembaga, 'atau')}.")


def _kind(text: str) -> ChannelKind:
    if text.lower() in set(ChannelKind):
        return ChannelKind(text.lower())
    raise _refuse(f'Jenis "{text[:40]}" tidak dikenal.', f"isi jenis dengan {one_of(ChannelKind, 'atau')}.")


def _order(text: str) -> int:
    if re.fullmatch(r"[1-9][0-9]?", text or "1"):
        return bounded_int(text or "1")
    raise _refuse(f'Urutan "{text[:40]}" bukan bilangan 1–99.', "isi urutan 1 untuk saluran yang dicoba pertama.")


def _secret(text: str) -> str:
    if not text or (_SECRET_NAME.fullmatch(text) and not _TOKEN_LIKE.search(text)):
        return text
    # The value is not repeated: people put the secret itself here.
    raise _refuse("Isi kredensial bukan sebuah nama.", "isi dengan nama kredensial, bukan sandi atau tokennya.")


def _data_set(text: str) -> str:
    name = re.sub(r"[\s-]+", "_", text.lower())
    if not name or name in DATA_SETS:
        return name
    raise _refuse(f'Himpunan "{text[:40]}" tidak dikenal.', f"pilih salah satu: {', '.join(DATA_SETS)}.")


def _yes(text: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise _refuse(f'"{text[:40]}" bukan ya atau tidak.', "isi percaya_waktu dan aktif dengan ya atau tidak.")


def _way(text: str) -> str:
    if not text or text.lower() in WAYS:
        return text.lower()
    raise _refuse(
        f'Cara "{text[:40]}" tidak dikenal.',
        "isi cara dengan lengkap bila sumber selalu memuat seluruh isi triwulan, atau susulan bila hanya yang baru.",
    )


def _yes_unless_said(text: str) -> bool:
    return _yes(text) if text else True


def _no_unless_said(text: str) -> bool:
    return _yes(text) if text else False


def _address(text: str) -> str:
    if not text:
        raise _refuse("Alamat kosong.", "isi alamat dengan URL, atau dengan folder atau berkas di server ini.")
    if not text.isprintable():
        raise _refuse("Alamat memuat huruf yang tidak tampak.", "ketik ulang alamatnya.")
    if _SCHEME.match(text):
        _check_url(_split_url(text), text)
    return text


def _split_url(text: str) -> SplitResult:
    try:
        url = urlsplit(text)
        _ = url.hostname, url.port  # both are parsed, and refused, only when asked for
    except ValueError as error:
        raise _refuse("Alamat bukan URL yang sah.", "salin lagi alamatnya dari peramban.") from error
    return url


def _check_url(url: SplitResult, text: str) -> None:
    # Neither the query nor the user part is repeated: both may hold a secret.
    if "@" in url.netloc:
        raise _refuse("Alamat memuat nama pengguna atau sandi.", "hapus dari alamat, lalu pakai kolom kredensial.")
    if url.scheme.lower() == "file":
        return
    if url.scheme.lower() not in {"http", "https"} or not url.hostname or " " in text:
        written = text.partition("?")[0][:60]
        raise _refuse(f'Alamat "{written}" bukan URL http atau https.', "tulis URL https:// atau folder di server ini.")
    if url.hostname == "docs.google.com" and not _GOOGLE_SHEET.search(url.path):
        raise _refuse(
            "Alamat ini membuka lembar di peramban, bukan berkasnya.",
            "di Google Sheets pilih File, Bagikan, Publikasikan ke web (XLSX atau CSV), lalu salin tautannya.",
        )


class ChannelRow(BaseModel):
    """One line of the channel file; every value comes as text, empty when it is not given."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    lembaga: Annotated[Lembaga, BeforeValidator(_body)]
    kode_satker: str
    nama_satker: str
    jenis: Annotated[ChannelKind, BeforeValidator(_kind)]
    alamat: Annotated[str, BeforeValidator(_address)]
    urutan: Annotated[int, BeforeValidator(_order)]
    kredensial: Annotated[str, BeforeValidator(_secret)]
    himpunan: Annotated[str, BeforeValidator(_data_set)]
    percaya_waktu: Annotated[bool, BeforeValidator(_no_unless_said)]
    aktif: Annotated[bool, BeforeValidator(_yes_unless_said)]
    cara: Annotated[str, BeforeValidator(_way)]

    @model_validator(mode="after")
    def _check_api(self) -> ChannelRow:
        """An API or a site needs a URL; neither holds one data set only, and only some bodies have known sites."""
        if not self.jenis.of_files and not self.alamat.lower().startswith(("http://", "https://")):
            raise _refuse(
                f"Saluran {self.jenis} tidak beralamat URL.", "isi alamat dengan URL https, atau ganti jenis ke berkas."
            )
        if not self.jenis.of_files and self.himpunan:
            raise _refuse("Himpunan hanya untuk saluran berkas.", f"kosongkan himpunan pada saluran {self.jenis}.")
        if self.jenis is ChannelKind.SITE and self.cara:
            raise _refuse("Cara tidak berlaku untuk saluran situs.", "kosongkan cara; situs hanya memberi draf.")
        if self.jenis is ChannelKind.SITE and self.lembaga not in SITES:
            raise _refuse(
                f"Bentuk situs {self.lembaga} tidak dikenal.",
                f"hapus baris ini; saluran situs hanya untuk {one_of(SITES, 'dan')}.",
            )
        return self


def faults_of(error: ValidationError) -> list[EntryProblem]:
    """The Indonesian faults behind a validation error, in the order of the columns."""
    return [EntryProblem(detail["ctx"]["pesan"], detail["ctx"]["cara"]) for detail in error.errors()]
