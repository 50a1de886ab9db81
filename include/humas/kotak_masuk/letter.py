"""The receipt of a file that was set aside: what we have, who acts, and when we try again."""

from __future__ import annotations

from collections.abc import Iterator

from humas.errors import Pelaku
from humas.periods import waktu
from humas.warehouse.records import SetAside

_NOTHING = "Yang perlu Anda lakukan: tidak ada. Biarkan berkas ini di folder masuk; tidak perlu dikirim ulang."
_NEWER = "Bila ada yang lebih baru, taruh di masuk seperti biasa; yang terbaru yang berlaku."


def waiting_letter(row: SetAside) -> str:
    """The text of the receipt."""
    return "\n".join(_lines(row))


def _lines(row: SetAside) -> Iterator[str]:
    yield "SUDAH KAMI TERIMA, BELUM SELESAI DIPERIKSA" if row.sidik else "BELUM DAPAT KAMI AMBIL"
    yield ""
    yield f"Berkas     : {row.tampil}"
    yield f"{'Diterima  ' if row.sidik else 'Terlihat  '} : {waktu(row.sejak)}"
    yield f"Coba lagi  : {_next(row)}"
    yield ""
    yield _what(row)
    yield ""
    yield _NOTHING
    if row.sidik:
        yield "Waktu diterima di atas yang dihitung untuk tenggat."
    yield _NEWER
    yield ""
    yield f"Untuk {Pelaku.SISTEM.label.lower()}: {row.pesan}"


def _next(row: SetAside) -> str:
    tried = f"sudah dicoba {row.kali} kali, terakhir {waktu(row.terakhir)}"
    if row.coba_lagi <= row.terakhir:
        return f"pada sapuan berikutnya ({tried})"
    return f"mulai {waktu(row.coba_lagi)} ({tried})"


def _what(row: SetAside) -> str:
    if not row.sidik:
        return "Folder ini tidak mengizinkan kami membaca berkas Anda. Admin sistem yang harus membereskannya."
    if row.coba_lagi <= row.terakhir:
        return (
            "Berkas Anda sudah kami simpan, tetapi jawabannya belum dapat kami taruh. Admin sistem yang membereskannya."
        )
    return (
        "Berkas Anda sudah kami simpan, tetapi program kami gagal memeriksanya. Ini kesalahan kami, bukan penolakan;"
        " admin sistem yang membereskannya. Setelah berhasil, surat ini diganti tanda terima di folder diterima."
    )
