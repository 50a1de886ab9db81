"""Templates of many units: put together once for a body, quarter and deadline, then cast for each unit.

Without drafts, two templates differ in three words only: the unit's code and its two names. Casting changes these in
the finished parts, in a quarter of the time; it yields what putting together would (a test compares them).
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from humas.registry import Lembaga
from humas.template.model import DrafTemplat, Kop
from humas.template.workbook import assemble

if TYPE_CHECKING:
    from humas.periods import Tenggat, Triwulan
    from humas.registry import Register

# Letters for private use: they occur in no name and no text of the contract.
_KODE, _NAMA, _NAMA_SATKER = "\ue001", "\ue002", "\ue003"
_LEVELS = 3
_BODIES = len(Lembaga)


def build_template(
    register: Register,
    lembaga: Lembaga | str,
    kode: str,
    triwulan: Triwulan,
    draf: Sequence[DrafTemplat] = (),
    *,
    tenggat: Tenggat | None = None,
) -> bytes:
    """The template of one unit for one quarter as XLSX; the same input gives the same bytes.

    kode: Kemendagri code in force at the quarter's end. tenggat: shown on the cover.

    Raises:
        PengirimError: no unit has this code at the quarter's end.
    """
    unit, badan = register.satker(kode, triwulan.selesai), Lembaga(lembaga)
    kop = Kop(badan, unit.kode, unit.nama_resmi(badan), unit.nama, triwulan, tenggat)
    return assemble(kop, draf) if draf else _cast(kop)


def _cast(kop: Kop) -> bytes:
    kata = {_KODE: kop.kode, _NAMA: kop.nama, _NAMA_SATKER: kop.nama_satker}
    tampung = io.BytesIO()
    with zipfile.ZipFile(tampung, "w", zipfile.ZIP_DEFLATED) as buku:
        for nama, isi, berubah in _mould(kop.lembaga, kop.triwulan, kop.tenggat):
            # The first second zip files know, as XlsxWriter writes it.
            buku.writestr(zipfile.ZipInfo(nama), _fill(isi, kata) if berubah else isi, zipfile.ZIP_DEFLATED)
    return tampung.getvalue()


def _fill(isi: bytes, kata: dict[str, str]) -> bytes:
    for tanda, satu in kata.items():
        isi = isi.replace(tanda.encode(), escape(satu).encode())
    return isi


@lru_cache(maxsize=_LEVELS * _BODIES)
def _mould(lembaga: Lembaga, triwulan: Triwulan, tenggat: Tenggat | None) -> tuple[tuple[str, bytes, bool], ...]:
    """The parts of a template, and for each whether it names the unit."""
    data = assemble(Kop(lembaga, _KODE, _NAMA, _NAMA_SATKER, triwulan, tenggat))
    tanda = [satu.encode() for satu in (_KODE, _NAMA, _NAMA_SATKER)]
    with zipfile.ZipFile(io.BytesIO(data)) as buku:
        bagian = [(nama, buku.read(nama)) for nama in buku.namelist()]
    return tuple((nama, isi, any(satu in isi for satu in tanda)) for nama, isi in bagian)
