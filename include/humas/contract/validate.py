"""Validation of submissions as one national batch: the only entry, also for a single file.

Conservation is proved here for each submission: rows in = accepted + quarantined + duplicate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from humas.contract.batch import Kumpulan
from humas.contract.cells import as_text
from humas.contract.checks.base import Pengetahuan
from humas.contract.columns import HIMPUNAN
from humas.contract.cover import Alasan, Sampul, read_cover
from humas.contract.messages import Temuan, file_finding, sheet_finding
from humas.contract.quarter import NOWHERE, Elsewhere, nil_question, questions
from humas.contract.result import HasilBatch, HasilKiriman, Keparahan, KirimanTerbaca, StatusKiriman
from humas.contract.rows import Asal, BarisTerbaca, HasilBaris, judge, read_rows
from humas.contract.rules import load_rules
from humas.contract.sheet import Catatan, Dikenali, Lembar
from humas.contract.tables import recognise_sheet
from humas.contract.titles import assign_units
from humas.errors import PengirimError, SistemError
from humas.periods import bilangan, parse_periode
from humas.reading.galat import MAX_ROWS, too_many_rows
from humas.settings import WIB

if TYPE_CHECKING:
    from humas.periods import Kalender
    from humas.registry import Register
    from humas.settings import Settings

MAKS_BARIS = MAX_ROWS
MAKS_TAK_TERBACA = 20_000
"""Cells of one submission that may be unreadable and are told one by one: each costs a finding."""
"""Rows one submission may have; reading holds one table to the same number."""
_KARANTINA = ("id_kiriman", "himpunan", "lembar", "baris", "kode", "isi_asli")
_KEMBAR = ("id_kiriman", "himpunan", "lembar", "baris", "baris_asal", "isi_asli")
_CARA_NIHIL = "Isi lembar yang sesuai, atau tulis Ya pada Nihil di sampul atau pada NIHIL di tiap lembar."


@dataclass(slots=True)
class _Berkas:
    """One submission on its way: what was found so far, its sheets, and its counts by data set."""

    kiriman: KirimanTerbaca
    sampul: Sampul
    lembar: list[Lembar] = field(default_factory=list)
    temuan: list[Temuan] = field(default_factory=list)
    penolakan: Alasan | None = None
    hitungan: dict[str, list[int]] = field(default_factory=dict)
    wajib: int = 0
    terisi: int = 0

    @property
    def masuk(self) -> int:
        """Rows in, of all its tables."""
        return sum(len(satu.indeks) for satu in self.lembar)

    @property
    def nihil(self) -> bool:
        """Whether the cover, or every data set that the file has a sheet for, is declared nil."""
        return self.sampul.nihil or (bool(self.lembar) and not self.belum_nihil)

    @property
    def belum_nihil(self) -> list[str]:
        """Data sets of the file that no sheet declares nil; drafts declare nothing."""
        nihil = {satu.himpunan.nama for satu in self.lembar if satu.nihil}
        return list(dict.fromkeys(
            satu.himpunan.lembar for satu in self.lembar if not satu.draf and satu.himpunan.nama not in nihil
        ))  # fmt: skip


def validate_document(
    kiriman: KirimanTerbaca, register: Register, kalender: Kalender, settings: Settings
) -> HasilBatch:
    """Validate one submission by the same way as a national batch."""
    return validate_batch([kiriman], register, kalender, settings)


def validate_batch(
    kiriman: Sequence[KirimanTerbaca],
    register: Register,
    kalender: Kalender,
    settings: Settings,
    elsewhere: Elsewhere = NOWHERE,
) -> HasilBatch:
    """Validate submissions of one body and period, or of several, in one pass per data set.

    elsewhere: what other quarters count already, and which doubted submissions people let pass.
    Raises SistemError when a rule cannot be evaluated or when rows in and out do not balance.
    """
    tahu = Pengetahuan(register, kalender)
    asal = [_origin(satu, register) for satu in kiriman]
    berkas = [_open(satu, register, dari, elsewhere) for satu, dari in zip(kiriman, asal, strict=True)]
    kumpulan = [_gather(himpunan.nama, berkas) for himpunan in HIMPUNAN]
    terbaca = [read_rows(satu, asal, tahu, elsewhere) for satu in kumpulan]
    ragu = questions([satu.frame for satu in terbaca], asal, elsewhere, tahu) | _unreadable(terbaca)
    for nomor, pertanyaan in ragu.items():
        berkas[nomor].penolakan = pertanyaan
    hasil = [judge(satu.without(ragu.keys()), asal, tahu) for satu in terbaca]
    for satu, putusan in zip(kumpulan, hasil, strict=True):
        _count(satu, putusan, berkas)
    vonis = tuple(_verdict(satu, _warned(hasil)) for satu in berkas)
    return HasilBatch(
        kiriman=vonis,
        diterima={satu.himpunan.nama: putusan.diterima for satu, putusan in zip(kumpulan, hasil, strict=True)},
        temuan=_findings(berkas, hasil),
        karantina=_quarantine(kumpulan, hasil, asal),
        kembar=_twins(kumpulan, hasil, asal),
        terbaca={
            (
                asal[satu.kiriman[letak]].id,
                satu.himpunan.nama,
                satu.sheet(letak).nama,
                satu.baris[letak],
            ): putusan.parsed(letak)
            for satu, putusan in zip(kumpulan, hasil, strict=True)
            for letak in (*putusan.ditahan, *putusan.kembar)
        },
    )


def _unreadable(terbaca: Iterable[BarisTerbaca]) -> dict[int, Alasan]:
    """The submissions, by position, of which so many cells cannot be read that nobody would mend them one by one."""
    sel = Counter[int]()
    for satu in terbaca:
        for kolom in satu.terbaca.values():
            sel.update(satu.kumpulan.kiriman[letak] for letak in kolom.masalah)
    return {
        nomor: _too_strange(f"{bilangan(banyak)} isian yang tidak terbaca")
        for nomor, banyak in sel.items()
        if banyak > MAKS_TAK_TERBACA
    }


def _strange_words(berkas: _Berkas) -> Alasan | None:
    """A file is refused before it is read whose columns of choices hold more words than any vocabulary has spellings."""
    banyak = 0
    for lembar in berkas.lembar:
        pilihan = [lembar.kolom[k.nama] for k in lembar.himpunan.kolom if k.kosakata and k.nama in lembar.kolom]
        baris = [lembar.tabel.sel[i] for i in lembar.indeks]
        banyak += sum(len({as_text(satu[letak]) for satu in baris if letak < len(satu)}) for letak in pilihan)
    return _too_strange(f"{bilangan(banyak)} isian berlainan pada kolom pilihan") if banyak > MAKS_TAK_TERBACA else None


def _too_strange(apa: str) -> Alasan:
    return Alasan(
        "K33", "",
        f"Berkas memuat {apa}; di atas {bilangan(MAKS_TAK_TERBACA)} barisnya tidak diperiksa satu per satu.",
        "Isi templat satker ini menurut contoh dan pilihan di dalamnya, lalu kirim ulang.",
    )  # fmt: skip


def _open(kiriman: KirimanTerbaca, register: Register, asal: Asal, elsewhere: Elsewhere) -> _Berkas:
    """Read cover and sheets; a reason to refuse the whole file is kept, the first one counts."""
    sampul = read_cover(kiriman, register)
    berkas = _Berkas(kiriman, sampul, penolakan=sampul.penolakan)
    if kiriman.dokumen is None:
        cara = kiriman.galat_cara[:1].upper() + kiriman.galat_cara[1:]  # here it begins a sentence
        berkas.penolakan = Alasan(kiriman.galat_kode, "", kiriman.galat_pesan, cara)
        return berkas
    pada = parse_periode(kiriman.periode).selesai
    for tabel in kiriman.dokumen.tabel:
        _add_sheet(berkas, assign_units(recognise_sheet(tabel), kiriman.kode_satker, register, pada))
    berkas.temuan += [_cover_finding(berkas, satu) for satu in sampul.catatan]
    berkas.penolakan = berkas.penolakan or _refusal_by_rows(berkas, asal, elsewhere)
    if not berkas.penolakan:
        berkas.temuan += _nil_with_rows(berkas)
    return berkas


def _add_sheet(berkas: _Berkas, dikenali: Dikenali) -> None:
    """Book a sheet's tables, and what is to be said of it and of them."""
    id_kiriman, aturan = berkas.kiriman.id, load_rules()
    berkas.lembar += dikenali.lembar
    for lembar in dikenali.lembar:
        berkas.temuan += [
            sheet_finding(id_kiriman, lembar, satu, aturan[satu.kode].keparahan, aturan[satu.kode].cara)
            for satu in lembar.catatan
        ]
    berkas.temuan += [
        file_finding(
            id_kiriman, satu.kode, aturan[satu.kode].keparahan, satu.pesan, satu.cara or aturan[satu.kode].cara,
            lembar=dikenali.nama,
        )
        for satu in dikenali.catatan
    ]  # fmt: skip


def _nil_with_rows(berkas: _Berkas) -> list[Temuan]:
    """Nil declared, on the cover or on a sheet, over rows that are there all the same: they count, with a warning."""
    hasil = []
    if berkas.sampul.nihil and berkas.masuk:
        pesan = f"Sampul menyatakan nihil, tetapi ada {bilangan(berkas.masuk)} baris; baris dipakai."
        cara = "Kosongkan Nihil pada sampul."
        hasil.append(file_finding(berkas.kiriman.id, "V48", Keparahan.PERINGATAN, pesan, cara, "nihil"))
    menurut_tabel = Counter[tuple[str, str]]()
    for satu in berkas.lembar:
        menurut_tabel[satu.nama, satu.himpunan.nama] += len(satu.indeks)
    for satu in berkas.lembar:
        if satu.nihil and (banyak := menurut_tabel[satu.nama, satu.himpunan.nama]):
            catatan = Catatan("V48", f"lembar menyatakan NIHIL, tetapi berisi {bilangan(banyak)} baris; baris dipakai.")
            cara = "Pilih Tidak pada NIHIL di lembar ini, atau hapus barisnya."
            hasil.append(sheet_finding(berkas.kiriman.id, satu, catatan, Keparahan.PERINGATAN, cara))
    return hasil


def _refusal_by_rows(berkas: _Berkas, asal: Asal, elsewhere: Elsewhere) -> Alasan | None:
    if berkas.masuk > MAKS_BARIS:
        return Alasan("K34", "", too_many_rows(berkas.masuk).pesan, load_rules()["K34"].cara)
    if strange := _strange_words(berkas):
        return strange
    if not berkas.masuk and not berkas.nihil:
        belum = berkas.belum_nihil if any(satu.nihil for satu in berkas.lembar) else []
        siapa = f"lembar {', '.join(belum)} tidak menyatakan" if belum else "tidak menyatakan"
        return Alasan("V48", "", f"Berkas tidak berisi baris dan {siapa} nihil.", _CARA_NIHIL)
    return nil_question(asal, elsewhere) if not berkas.masuk else None


def _cover_finding(berkas: _Berkas, alasan: Alasan) -> Temuan:
    aturan = load_rules().get(alasan.kode)
    keparahan = aturan.keparahan if aturan else Keparahan.FATAL
    return file_finding(berkas.kiriman.id, alasan.kode, keparahan, alasan.pesan, alasan.cara, alasan.kolom)


def _origin(kiriman: KirimanTerbaca, register: Register) -> Asal:
    periode = parse_periode(kiriman.periode)
    try:
        zona = ZoneInfo(register.satker(kiriman.kode_satker).zona_waktu)
    except PengirimError:
        zona = WIB
    tiba, tiba_wib = (_local(kiriman.diterima_pada, satu) for satu in (zona, WIB))
    mulai, selesai = (pd.Timestamp(satu).as_unit("ns") for satu in (periode.mulai, periode.selesai))
    return Asal(kiriman.id, kiriman.lembaga, kiriman.kode_satker, mulai, selesai, tiba, tiba_wib, kiriman.periode)


def _local(saat: datetime, zona: ZoneInfo) -> pd.Timestamp:
    return pd.Timestamp(saat.astimezone(zona).replace(tzinfo=None)).as_unit("ns")


def _gather(nama: str, berkas: Sequence[_Berkas]) -> Kumpulan:
    """The rows of a data set from all submissions that are not refused."""
    himpunan = next(satu for satu in HIMPUNAN if satu.nama == nama)
    kumpulan = Kumpulan(himpunan)
    for nomor, satu in enumerate(berkas):
        if satu.penolakan:
            continue
        for lembar in satu.lembar:
            if lembar.himpunan is himpunan:
                kumpulan.add(nomor, lembar, {**satu.sampul.isian, **lembar.pemilik})
    return kumpulan


def _count(kumpulan: Kumpulan, hasil: HasilBaris, berkas: Sequence[_Berkas]) -> None:
    """Book each submission's rows in, accepted, quarantined and duplicate."""
    nomor = np.asarray(kumpulan.kiriman, dtype=np.int64)
    ditahan, kembar = (np.isin(np.arange(len(nomor)), list(satu)) for satu in (hasil.ditahan, hasil.kembar))
    urut = {satu.kiriman.id: i for i, satu in enumerate(berkas)}
    diterima = hasil.diterima["id_kiriman"].map(urut).to_numpy(dtype=np.int64)
    banyak = [np.bincount(satu, minlength=len(berkas)) for satu in (nomor, diterima, nomor[ditahan], nomor[kembar])]
    terisi = np.bincount(nomor, weights=hasil.terisi, minlength=len(berkas))
    for i in np.unique(nomor):
        berkas[i].hitungan[kumpulan.himpunan.nama] = [int(satu[i]) for satu in banyak]
        berkas[i].wajib += int(banyak[0][i]) * hasil.wajib
        berkas[i].terisi += int(terisi[i])


def _verdict(berkas: _Berkas, diperingatkan: set[str]) -> HasilKiriman:
    """The status of one submission, after its rows were shown to balance."""
    if berkas.penolakan:
        return _refused(berkas, berkas.penolakan)
    masuk, diterima, ditahan, kembar = (
        (sum(satu) for satu in zip(*berkas.hitungan.values(), strict=True)) if berkas.hitungan else (0,) * 4
    )
    if masuk != diterima + ditahan + kembar or masuk != berkas.masuk:
        raise SistemError(
            "neraca_baris",
            f"Kiriman {berkas.kiriman.id}: {masuk} baris masuk, {diterima} diterima + {ditahan} ditahan + {kembar} kembar.",
            "hentikan penerbitan dan laporkan kepada pengembang.",
        )
    status, alasan, cara = _status(berkas, masuk, diterima, ditahan, diperingatkan)
    return HasilKiriman(
        berkas.kiriman.id, status, alasan, cara, berkas.nihil and not masuk, masuk, diterima, ditahan, kembar,
        berkas.wajib, berkas.terisi, {nama: tuple(satu) for nama, satu in berkas.hitungan.items()},  # type: ignore[misc]
    )  # fmt: skip


def _status(
    berkas: _Berkas, masuk: int, diterima: int, ditahan: int, diperingatkan: set[str]
) -> tuple[StatusKiriman, str, str]:
    if not masuk:
        return StatusKiriman.NIHIL, "", ""
    if not diterima:
        pesan = f"Tidak ada baris yang dapat diterima: {bilangan(ditahan)} dari {bilangan(masuk)} baris ditahan."
        aturan = load_rules()["K33"]
        berkas.temuan.append(file_finding(berkas.kiriman.id, "K33", aturan.keparahan, pesan, aturan.cara))
        return StatusKiriman.DITOLAK, pesan, aturan.cara
    if ditahan:
        return StatusKiriman.SEBAGIAN, "", ""
    peringatan = any(satu.keparahan == Keparahan.PERINGATAN for satu in berkas.temuan)
    if peringatan or berkas.kiriman.id in diperingatkan:
        return StatusKiriman.DENGAN_CATATAN, "", ""
    return StatusKiriman.DITERIMA, "", ""


def _refused(berkas: _Berkas, alasan: Alasan) -> HasilKiriman:
    """A refused file: one finding, all its rows held back without being looked at."""
    berkas.temuan.append(_cover_finding(berkas, alasan))
    hitungan = {
        himpunan.nama: sum(len(satu.indeks) for satu in berkas.lembar if satu.himpunan is himpunan)
        for himpunan in HIMPUNAN
    }
    return HasilKiriman(
        berkas.kiriman.id, StatusKiriman.DITOLAK, alasan.pesan, alasan.cara, False, berkas.masuk, 0, berkas.masuk, 0, 0, 0,
        {nama: (banyak, 0, banyak, 0) for nama, banyak in hitungan.items() if banyak},
    )  # fmt: skip


def _warned(hasil: Sequence[HasilBaris]) -> set[str]:
    """Submissions with a warning on some row."""
    return {satu.id_kiriman for putusan in hasil for satu in putusan.temuan if satu.keparahan == Keparahan.PERINGATAN}


def _findings(berkas: Sequence[_Berkas], hasil: Sequence[HasilBaris]) -> pd.DataFrame:
    semua = [temuan for satu in berkas for temuan in satu.temuan]
    semua += [temuan for putusan in hasil for temuan in putusan.temuan]
    semua.sort(key=lambda t: (t.id_kiriman, t.himpunan, t.lembar, t.baris, t.kolom, t.kode, t.pesan))
    return pd.DataFrame(semua, columns=list(Temuan._fields)).astype({"baris": "int64"})


def _quarantine(kumpulan: Sequence[Kumpulan], hasil: Sequence[HasilBaris], asal: Sequence[Asal]) -> pd.DataFrame:
    baris = [
        (
            asal[satu.kiriman[letak]].id, satu.himpunan.nama, satu.sheet(letak).nama, satu.baris[letak],
            ",".join(sorted(kode)), satu.original(letak),
        )
        for satu, putusan in zip(kumpulan, hasil, strict=True)
        for letak, kode in sorted(putusan.ditahan.items())
    ]  # fmt: skip
    return pd.DataFrame(baris, columns=list(_KARANTINA)).astype({"baris": "int64"})


def _twins(kumpulan: Sequence[Kumpulan], hasil: Sequence[HasilBaris], asal: Sequence[Asal]) -> pd.DataFrame:
    baris = [
        (
            asal[satu.kiriman[letak]].id, satu.himpunan.nama, satu.sheet(letak).nama, satu.baris[letak],
            satu.baris[pertama], satu.original(letak),
        )
        for satu, putusan in zip(kumpulan, hasil, strict=True)
        for letak, pertama in sorted(putusan.kembar.items())
    ]  # fmt: skip
    return pd.DataFrame(baris, columns=list(_KEMBAR)).astype({"baris": "int64", "baris_asal": "int64"})
