"""The receipt of a file that was set aside: what we have, who acts, and when we try again.

No folder of the server stands in it: officers read it. Operators find those in the log and with ``--lihat``.
"""

from __future__ import annotations

from collections.abc import Iterator

from humas.errors import Actor
from humas.periods import date_and_time
from humas.warehouse.records import SetAside

_NOTHING = "Yang perlu Anda lakukan: tidak ada. Biarkan berkas ini di masuk; tidak perlu dikirim ulang."
_UNREAD = "Folder ini tidak mengizinkan kami membaca berkas Anda."
_UNANSWERED = "Berkas sudah kami simpan, tetapi jawabannya belum dapat kami taruh di folder ini."
_OUR_FAULT = "Berkas sudah kami simpan, tetapi program kami gagal memeriksanya.\nIni kesalahan kami, bukan penolakan."


def waiting_letter(row: SetAside) -> str:
    """The text of the receipt."""
    return "\n".join(_lines(row))


def _lines(row: SetAside) -> Iterator[str]:
    title, what = _what(row)
    yield title
    yield ""
    yield f"Berkas     : {row.tampil}"
    if row.sidik:
        yield f"Diterima   : {date_and_time(row.sejak)} (ini yang dihitung untuk tenggat)"
    else:
        yield f"Terlihat   : {date_and_time(row.sejak)}"
    yield f"Coba lagi  : {'pada sapuan berikutnya' if _at_once(row) else f'mulai {date_and_time(row.coba_lagi)}'}"
    yield f"Percobaan  : {row.kali} kali, terakhir {date_and_time(row.terakhir)}"
    yield ""
    yield _NOTHING
    yield ""
    yield what
    yield f"{Actor.OPERATOR.label} yang membereskannya. Setelah berhasil, surat ini diganti jawabannya."
    yield "Bila ada versi yang lebih baru, taruh di masuk seperti biasa; yang terbaru yang berlaku."
    yield ""
    yield f"Untuk {Actor.OPERATOR.label.lower()}: {row.kode_galat}, langkah {row.langkah}."


def _at_once(row: SetAside) -> bool:
    return row.coba_lagi <= row.terakhir


def _what(row: SetAside) -> tuple[str, str]:
    """Title, and what happened."""
    if not row.sidik:
        return "BELUM DAPAT KAMI AMBIL", _UNREAD
    if _at_once(row):
        return "SUDAH KAMI TERIMA, JAWABANNYA TERTAHAN", _UNANSWERED
    return "SUDAH KAMI TERIMA, BELUM SELESAI DIPERIKSA", _OUR_FAULT
