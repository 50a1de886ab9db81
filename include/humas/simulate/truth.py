"""The truth: what a pipeline must make of every unit, told from how the units were spoiled.

Nothing here reads a document or calls a rule: a row's codes are those of the defect put on it, a count is
that of the plan. That is what makes it a judge of the pipeline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from humas.simulate.document import first_row
from humas.simulate.model import JenisIsi, Nasib, Pemulihan, Perangai, Rencana
from humas.simulate.plan import HIMPUNAN, Dunia

GALAT: Mapping[Perangai, str] = {
    Perangai.CADANGAN: "status_5xx",
    Perangai.GALAT_SELALU: "status_5xx",
    Perangai.GALAT_SEMENTARA: "status_5xx",
    Perangai.SIBUK_SELALU: "terlalu_sering",
    Perangai.GANTUNG: "batas_waktu",
    Perangai.TETES: "batas_waktu",
    Perangai.POTONG: "terpotong",
    Perangai.HALAMAN_MASUK: "halaman_masuk",
    Perangai.JENIS_SALAH: "jenis_salah",
    Perangai.RAKSASA: "terlalu_besar",
    Perangai.BOM_GZIP: "terlalu_besar",
    Perangai.ALIHAN_PUTAR: "terlalu_banyak_alihan",
    Perangai.ALIHAN_LUAR: "di_luar_daftar",
    Perangai.PUTUS: "tidak_menjawab",
    Perangai.TIDAK_ADA: "status_4xx",
}
"""Error code that a failing channel must end in; what is absent here succeeds within one collection."""

ALASAN_TOLAK: Mapping[JenisIsi, str] = {
    JenisIsi.TANPA_BARIS: "V48",
    JenisIsi.LEMBAR_KOSONG: "kosong",
    JenisIsi.TRIWULAN_LALU: "K30",
    JenisIsi.SATKER_LAIN: "V04",
    JenisIsi.NAMA_GANDA: "V29",
    JenisIsi.JSON_RUSAK: "tak_terbaca",
    JenisIsi.XLSX_RUSAK: "tak_terbaca",
}
"""Why a whole document is refused: a rule's code, or the reader's error code."""

_TAK_TERBACA = frozenset({JenisIsi.LEMBAR_KOSONG, JenisIsi.JSON_RUSAK, JenisIsi.XLSX_RUSAK})


@dataclass(frozen=True, slots=True)
class HarapanBaris:
    """A row that is not simply good. baris: its physical number. kode: all rule codes it must get, sorted."""

    himpunan: str
    baris: int
    kode: tuple[str, ...]
    nasib: str
    cacat: str


@dataclass(frozen=True, slots=True)
class Harapan:
    """What one collection of a unit must end in.

    status: of the collection (``berhasil``, ``gagal``, ``nonaktif``, ``tanpa_saluran``); kode_galat when it
    failed. saluran: kind of the channel that succeeded. gagal_dulu: error code of an earlier channel.
    kiriman: status of the submission, "" when there is none; alasan: code for which it was refused.
    per_himpunan: (rows in, accepted, quarantined, duplicate) by data set. baris: rows that are not simply good.
    """

    status: str
    kode_galat: str = ""
    saluran: str = ""
    gagal_dulu: str = ""
    kiriman: str = ""
    alasan: str = ""
    masuk: int = 0
    diterima: int = 0
    dikarantina: int = 0
    kembar: int = 0
    per_himpunan: Mapping[str, tuple[int, int, int, int]] | None = None
    baris: tuple[HarapanBaris, ...] = ()


@dataclass(frozen=True, slots=True)
class HarapanSatker:
    """A unit's expected outcomes.

    pertama: of the first collection. ulang: of a second one with nobody's help (also the corrected version).
    pulih: of one after the operator's sign. dikirim_pada: ISO time, UTC, of the first version.
    """

    kode: str
    perangai: str
    isi: str
    pemulihan: str
    dikirim_pada: str
    ketepatan: str
    pertama: Harapan
    ulang: Harapan
    pulih: Harapan


def expect_all(dunia: Dunia) -> dict[str, HarapanSatker]:
    """The expected outcome of every unit, by code."""
    return {kode: expect_unit(dunia, rencana) for kode, rencana in dunia.rencana.items()}


def expect_unit(dunia: Dunia, rencana: Rencana) -> HarapanSatker:
    """The expected outcomes of one unit."""
    kode = rencana.satuan.kode
    if kode in dunia.tanpa_saluran or kode in dunia.saluran_rusak:
        status = "tanpa_saluran" if kode in dunia.tanpa_saluran else "nonaktif"
        pertama = ulang = pulih = Harapan(status)
    else:
        gagal = GALAT.get(rencana.perangai, "")
        versi = 2 if rencana.isi is JenisIsi.PERBAIKAN else 1
        baik = _expect_document(rencana, rencana.saluran[0], versi)
        pertama = _expect_failure(rencana, gagal) if gagal else _expect_document(rencana, rencana.saluran[0], 1)
        ulang = baik if not gagal or rencana.pemulihan is Pemulihan.SENDIRI else pertama
        pulih = baik if not gagal or rencana.pemulihan is not Pemulihan.TIDAK else pertama
    return HarapanSatker(
        kode,
        rencana.perangai.value,
        rencana.isi.value,
        rencana.pemulihan.value,
        rencana.dikirim_pada.isoformat(),
        rencana.ketepatan if pulih.status == "berhasil" else "belum_lapor",
        pertama,
        ulang,
        pulih,
    )


def _expect_failure(rencana: Rencana, kode_galat: str) -> Harapan:
    """All channels fail, unless a second one stands in."""
    if rencana.perangai is Perangai.CADANGAN:
        return _expect_document(rencana, rencana.saluran[1], 1, gagal_dulu=kode_galat)
    return Harapan("gagal", kode_galat)


def _expect_document(rencana: Rencana, bentuk: str, versi: int, gagal_dulu: str = "") -> Harapan:
    """The verdict on a document that arrived."""
    baris = _expect_rows(rencana, bentuk) if versi == 1 else ()
    alasan = ALASAN_TOLAK.get(rencana.isi, "")
    hitungan = {nama: _count(rencana, nama, baris, ditolak=bool(alasan)) for nama in HIMPUNAN}
    masuk, diterima, dikarantina, kembar = (sum(satu[n] for satu in hitungan.values()) for n in range(4))
    return Harapan(
        "berhasil",
        saluran="api" if bentuk == "json" else "berkas",
        gagal_dulu=gagal_dulu,
        kiriman=_verdict(rencana, baris, alasan),
        alasan=alasan,
        masuk=masuk,
        diterima=diterima,
        dikarantina=dikarantina,
        kembar=kembar,
        per_himpunan=hitungan,
        baris=baris,
    )


def _expect_rows(rencana: Rencana, bentuk: str) -> tuple[HarapanBaris, ...]:
    awal = first_row(bentuk, rencana.gaya)
    baris = (
        HarapanBaris(p.cacat.himpunan, awal + p.indeks, p.cacat.kode, p.cacat.nasib.value, p.cacat.nama)
        for p in rencana.pasangan
    )
    return tuple(sorted(baris, key=lambda satu: (satu.himpunan, satu.baris)))


def _count(
    rencana: Rencana, himpunan: str, baris: tuple[HarapanBaris, ...], *, ditolak: bool
) -> tuple[int, int, int, int]:
    if rencana.isi in _TAK_TERBACA:
        return 0, 0, 0, 0
    tambahan = sum(p.cacat.tambah for p in rencana.pasangan if p.cacat.himpunan == himpunan) if baris else 0
    masuk = rencana.baris[himpunan] + tambahan
    if ditolak:
        return masuk, 0, masuk, 0
    nasib = [satu.nasib for satu in baris if satu.himpunan == himpunan]
    dikarantina, kembar = nasib.count(Nasib.KARANTINA.value), nasib.count(Nasib.KEMBAR.value)
    return masuk, masuk - dikarantina - kembar, dikarantina, kembar


def _verdict(rencana: Rencana, baris: tuple[HarapanBaris, ...], alasan: str) -> str:
    if alasan:
        return "ditolak"
    if rencana.isi is JenisIsi.NIHIL:
        return "nihil"
    if any(satu.nasib == Nasib.KARANTINA for satu in baris):
        return "diterima_sebagian"
    catatan = any(satu.nasib == Nasib.DITERIMA and set(satu.kode) - HANYA_INFO for satu in baris)
    return "diterima_dengan_catatan" if catatan else "diterima"


HANYA_INFO = frozenset({"K11", "K17", "K21", "K22"})
"""Rules of weight INFO: they do not make a submission one with remarks."""


def to_json(dunia: Dunia) -> dict[str, object]:
    """The truth as written to disk: what was asked for, totals, and every unit."""
    semua = expect_all(dunia)
    return {
        "benih": dunia.musim.benih,
        "lembaga": dunia.musim.lembaga,
        "periode": dunia.musim.triwulan.kunci,
        "faktor": dunia.faktor,
        "jumlah": {
            tahap: _totals([getattr(h, tahap) for h in semua.values()]) for tahap in ("pertama", "ulang", "pulih")
        },
        "satker": {kode: asdict(harapan) for kode, harapan in semua.items()},
    }


def _totals(harapan: list[Harapan]) -> dict[str, object]:
    """How many units end in what, and the rows."""
    status = [satu.status for satu in harapan]
    kiriman = [satu.kiriman for satu in harapan if satu.kiriman]
    return {
        "status": {nama: status.count(nama) for nama in sorted(set(status))},
        "kiriman": {nama: kiriman.count(nama) for nama in sorted(set(kiriman))},
        "baris": {
            nama: sum(getattr(satu, nama) for satu in harapan)
            for nama in ("masuk", "diterima", "dikarantina", "kembar")
        },
    }
