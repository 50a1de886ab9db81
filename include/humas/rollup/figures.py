"""All figures of a period: every unit, every province, the nation, in one long frame.

Whole columns at a time, never unit by unit: the nation costs one pass per measure. Definitions are those of
the glossary and of ``docs/kamus-data.md``; rates always carry numerator and denominator.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import pandas as pd

from humas.contract.vocabulary import load_vocabulary
from humas.errors import SistemError
from humas.periods import tanggal_jakarta
from humas.rollup.clock import clock_requests
from humas.rollup.levels import KOLOM, TINGKAT, by_level, fill_zeros, rate_by_level, with_levels
from humas.rollup.standing import BARIS, KETEPATAN, STATUS, standings

if TYPE_CHECKING:
    from humas.periods import Kalender
    from humas.periods.period import Periode
    from humas.registry import Register
    from humas.warehouse import Kewajiban

log = logging.getLogger(__name__)

KETEPATAN_PERMOHONAN = ("tepat", "terlambat", "berjalan", "lewat_tenggat")
TAK_DISEBUT = "tidak_disebut"
_SATUAN_PESERTA = ("orang/satker_ini", "orang/seluruh_acara", "satker/satker_ini", "satker/seluruh_acara")
# Breakdowns that a reader expects whole, zeros included; others have a row only for what occurs.
_LENGKAP: dict[str, Sequence[str]] = {
    **dict.fromkeys(("kegiatan_dilaporkan", "acara_unik", "publikasi", "jangkauan", "tayangan"), ("",)),
    **dict.fromkeys(("permohonan", "hoaks_isu", "hoaks_konten", "hoaks_diklarifikasi"), ("",)),
    "permohonan_ketepatan": KETEPATAN_PERMOHONAN,
    "peserta": _SATUAN_PESERTA,
}
_KOSAKATA_LENGKAP = {
    "kegiatan_strategi": "strategi", "kegiatan_mode": "mode", "kegiatan_peran": "peran_satker", "kegiatan_fungsi": "fungsi",
}  # fmt: skip


def roll_up(
    facts: Mapping[str, pd.DataFrame],
    verdicts: pd.DataFrame,
    obligations: Sequence[Kewajiban],
    register: Register,
    kalender: Kalender,
    periode: Periode,
    now: datetime,
) -> pd.DataFrame:
    """Compute the figures of a period.

    facts: accepted rows of the submissions in force, by data set; verdicts: all submissions, the newest of a
    unit last; obligations: the denominator of every rate. now: decides which requests are still in time.

    Returns:
        Columns lingkup (``satker``, ``provinsi``, ``nasional``), kode, ukuran, rincian, nilai, pembilang,
        penyebut (NaN where not applicable), sorted by the first four. A place where nobody reported has
        only the figures about reporting itself.

    Raises:
        SistemError: a rate exceeds 100 %.
    """
    unit = with_levels(standings(verdicts, obligations))
    kode_lapor = verdicts.loc[verdicts["berlaku"], "kode_satker"]
    _warn_of_denominator(obligations, register, periode, kode_lapor)
    lapor = with_levels(pd.DataFrame({"kode_satker": kode_lapor.drop_duplicates()}))
    isi = {nama: with_levels(frame) for nama, frame in facts.items()}
    bagian = [
        *_activities(isi["kegiatan"]),
        *_publications(isi["publikasi"]),
        *_requests(isi["permohonan_info"], kalender, tanggal_jakarta(now)),
        *_hoaxes(isi["isu_hoaks"]),
    ]
    angka = pd.concat([fill_zeros(pd.concat(bagian), lapor, _expected()), *_reporting(unit)])
    angka = angka.reindex(columns=list(KOLOM))
    _require_rates(angka)
    return angka.sort_values(list(KOLOM[:4]), ignore_index=True)


def _activities(kegiatan: pd.DataFrame) -> Iterable[pd.DataFrame]:
    kegiatan = kegiatan.assign(
        strategi=kegiatan["strategi_utama"].astype("Int64").astype("str").where(kegiatan["strategi_utama"].notna())
    )
    yield by_level(kegiatan, "kegiatan_dilaporkan", "id_baris", "size")
    yield by_level(kegiatan, "acara_unik", "id_acara", "nunique")
    for ukuran, kolom in (
        ("kegiatan_strategi", "strategi"), ("kegiatan_jenis", "jenis_kegiatan"), ("kegiatan_mode", "mode"),
        ("kegiatan_peran", "peran_satker"), ("kegiatan_tahapan", "tahapan"), ("kegiatan_fungsi", "fungsi"),
    ):  # fmt: skip
        yield by_level(kegiatan, ukuran, "id_baris", "size", [kolom])
    peserta = kegiatan[kegiatan["jumlah_peserta"].notna()]
    bagian = ["satuan_peserta", "lingkup_peserta"]
    peserta = peserta.assign(**{nama: peserta[nama].fillna(TAK_DISEBUT) for nama in bagian})
    yield by_level(peserta, "peserta", "jumlah_peserta", "sum", bagian)


def _publications(publikasi: pd.DataFrame) -> Iterable[pd.DataFrame]:
    yield by_level(publikasi, "publikasi", "id_baris", "size")
    yield by_level(publikasi, "publikasi_kanal", "id_baris", "size", ["kanal"])
    yield by_level(publikasi, "publikasi_jenis", "id_baris", "size", ["jenis_konten"])
    yield by_level(publikasi, "jangkauan", "jangkauan", "sum")
    yield by_level(publikasi, "tayangan", "tayangan", "sum")


def _requests(permohonan: pd.DataFrame, kalender: Kalender, hari_ini: date) -> Iterable[pd.DataFrame]:
    permohonan = permohonan.join(clock_requests(permohonan, kalender, hari_ini))
    yield by_level(permohonan, "permohonan", "id_baris", "size")
    yield by_level(permohonan, "permohonan_putusan", "id_baris", "size", ["putusan"])
    yield by_level(permohonan, "permohonan_ketepatan", "id_baris", "size", ["ketepatan"])
    yield by_level(permohonan[permohonan["hari"].notna()], "permohonan_median_hari", "hari", "median")


def _hoaxes(isu: pd.DataFrame) -> Iterable[pd.DataFrame]:
    jam = (isu["tanggal_klarifikasi"] - isu["tanggal_temuan"]).dt.total_seconds() / 3600
    isu = isu.assign(jam=jam, satu=1, diklarifikasi=isu["tanggal_klarifikasi"].notna().astype("int64"))
    yield by_level(isu, "hoaks_isu", "id_baris", "size")
    yield by_level(isu, "hoaks_konten", "jumlah_konten", "sum")
    bagian = rate_by_level(isu, "hoaks_diklarifikasi", "diklarifikasi", "satu")
    yield bagian.assign(nilai=bagian["pembilang"])
    yield by_level(isu, "hoaks_klasifikasi", "id_baris", "size", ["klasifikasi"])
    dijawab = isu[isu["jam"].notna()]
    yield by_level(dijawab, "hoaks_median_jam", "jam", "median")
    yield from (_p90(dijawab, tingkat) for tingkat in TINGKAT)


def _p90(isu: pd.DataFrame, tingkat: str) -> pd.DataFrame:
    """The hours within which nine of ten answers came: the value at rank ⌈0.9·n⌉, never one between two."""
    urut = isu[[tingkat, "jam"]].dropna().sort_values([tingkat, "jam"])
    kelompok = urut.groupby(tingkat)["jam"]
    peringkat = -(-9 * kelompok.transform("size") // 10)
    pilih = urut[kelompok.cumcount() + 1 == peringkat]
    return pd.DataFrame({
        "lingkup": tingkat, "kode": pilih[tingkat], "ukuran": "hoaks_p90_jam", "rincian": "", "nilai": pilih["jam"],
    })  # fmt: skip


def _reporting(unit: pd.DataFrame) -> Iterable[pd.DataFrame]:
    """Figures about reporting itself; they exist wherever there is an obligation."""
    yield rate_by_level(unit, "kelengkapan", "lapor", "wajib")
    yield rate_by_level(unit, "ketepatan_waktu", "tepat", "wajib")
    yield by_level(unit, "satker_wajib", "wajib", "sum")
    yield by_level(unit, "satker_lapor", "lapor", "sum")
    yield _units_by(unit, "ketepatan", KETEPATAN)
    yield _units_by(unit.rename(columns={"status": "status_kiriman"}), "status_kiriman", STATUS)
    for rincian, kolom in BARIS.items():
        yield by_level(unit, "baris", kolom, "sum").assign(rincian=rincian)
    unit = unit.assign(baris_sah=unit["baris_masuk"] - unit["dikarantina"])
    yield rate_by_level(unit, "validitas", "baris_sah", "baris_masuk")
    yield rate_by_level(unit, "kelengkapan_isi", "sel_wajib_terisi", "sel_wajib")


def _units_by(unit: pd.DataFrame, ukuran: str, nilai: Sequence[str]) -> pd.DataFrame:
    """Units by a property, zeros included."""
    lengkap = pd.DataFrame({"ukuran": ukuran, "rincian": list(nilai)})
    return fill_zeros(by_level(unit, ukuran, "wajib", "sum", [ukuran]), unit, lengkap)


def _expected() -> pd.DataFrame:
    """The figures that a reader expects also when they are zero."""
    lengkap = _LENGKAP | {ukuran: load_vocabulary()[nama].nilai for ukuran, nama in _KOSAKATA_LENGKAP.items()}
    pasangan = [(ukuran, rincian) for ukuran, daftar in lengkap.items() for rincian in daftar]
    return pd.DataFrame(pasangan, columns=["ukuran", "rincian"])


def _warn_of_denominator(
    obligations: Sequence[Kewajiban], register: Register, periode: Periode, lapor: pd.Series[str]
) -> None:
    """Say aloud when the obligations are not the registry's units, or a unit reported that need not."""
    wajib = {satu.kode_satker for satu in obligations}
    terdaftar = {satu.kode for satu in register.semua(periode.selesai)}
    if wajib != terdaftar:
        kurang, lebih = sorted(terdaftar - wajib), sorted(wajib - terdaftar)
        log.warning("Penyebut %s: %d satker wajib; tidak wajib: %s; tidak terdaftar: %s.", periode.kunci, len(wajib),
                    ", ".join(kurang[:10]) or "-", ", ".join(lebih[:10]) or "-")  # fmt: skip
    asing = sorted(set(lapor) - wajib)
    if asing:
        log.warning("Satker tanpa kewajiban melapor untuk %s: %s.", periode.kunci, ", ".join(asing[:10]))


def _require_rates(angka: pd.DataFrame) -> None:
    """A numerator above its denominator is an alarm, never a capped figure."""
    salah = angka[angka["pembilang"] > angka["penyebut"]]
    if len(salah):
        satu = salah.iloc[0]
        raise SistemError(
            "angka_melebihi_100",
            f"{satu['ukuran']} {satu['kode']} melebihi 100 %: {satu['pembilang']:.0f} dari {satu['penyebut']:.0f}.",
            "jangan terbitkan; periksa kewajiban dan kiriman satker itu, lalu laporkan ke pengembang.",
        )
