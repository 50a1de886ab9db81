"""Findings in the words and the order in which officers meet them, on the screen and in the workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from humas.contract.cells import clean_text
from humas.contract.columns import MENURUT_NAMA
from humas.contract.privacy import mask
from humas.contract.result import Keparahan, StatusKiriman

_URUTAN = tuple(Keparahan)


def by_weight(temuan: Sequence[Mapping[str, Any]], lembar: Sequence[str]) -> list[Mapping[str, Any]]:
    """Findings, most important first: severity, then the whole file before its sheets (in this order), row and column."""
    urutan = {nama: nomor for nomor, nama in enumerate(lembar)}

    def weight(satu: Mapping[str, Any]) -> tuple[int, int, int, int, str]:
        letak = urutan.get(satu["sheet"], len(lembar)) if satu["sheet"] else -1
        kolom = satu["column"]
        return (_URUTAN.index(Keparahan(satu["severity"])), letak, int(satu["row"]), len(kolom), kolom)

    return sorted(temuan, key=weight)


def consequence(temuan: Mapping[str, Any], status: str) -> str:
    """What a finding means: of a refused file as a whole ``Ditolak``, of a row ``Ditahan`` and so on."""
    berat = Keparahan(temuan["severity"])
    ditolak = status == StatusKiriman.DITOLAK and berat is Keparahan.FATAL and not temuan["row"]
    return StatusKiriman.DITOLAK.label if ditolak else berat.akibat


def column_label(temuan: Mapping[str, Any]) -> str:
    """Label of the column a finding is about; empty when it is about none."""
    himpunan = MENURUT_NAMA.get(temuan["dataset"])
    kolom = himpunan.menurut_nama.get(temuan["field"]) if himpunan else None
    return kolom.label if kolom else ""


def place_words(temuan: Mapping[str, Any]) -> str:
    """``Kegiatan, baris 14, kolom F (Jumlah peserta)``; "" for the whole file."""
    label = column_label(temuan)
    bagian = [clean(temuan["sheet"])] if temuan["sheet"] else []
    bagian += [f"baris {temuan['row']}"] if temuan["row"] else []
    if temuan["column"]:
        bagian.append(f"kolom {clean(temuan['column'])}" + (f" ({label})" if label else ""))
    elif label:
        bagian.append(label)
    return ", ".join(bagian)


def what_is_wrong(temuan: Mapping[str, Any]) -> str:
    """The message without the place it begins with."""
    pesan, nama = str(temuan["message"]), str(temuan["sheet"])
    if nama and pesan.startswith(nama):
        depan, titik, isi = pesan[len(nama) :].partition(": ")
        if titik and (not depan or depan.startswith((",", " ("))):
            pesan = isi[:1].upper() + isi[1:]
    return clean(pesan)


def clean(teks: str) -> str:
    """Text for people: no invisible characters, personal data masked."""
    return mask(clean_text(teks)[0])


def dotted(angka: int) -> str:
    """1007 as ``1.007``."""
    return f"{angka:,}".replace(",", ".")


def count_words(jawaban: Mapping[str, Any]) -> str:
    """``119 masuk = 114 diterima + 3 ditahan + 2 kembar``."""
    masuk, diterima, ditahan, kembar = (
        dotted(jawaban[kunci]) for kunci in ("rows_in", "accepted", "quarantined", "duplicates")
    )
    return f"{masuk} masuk = {diterima} diterima + {ditahan} ditahan + {kembar} kembar"
