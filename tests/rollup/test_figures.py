from __future__ import annotations

import logging
import subprocess
import sys

import pandas as pd
import pytest
from humas.errors import SistemError
from humas.periods import Kalender
from humas.registry import Register
from humas.rollup import figures, reconcile
from humas.rollup.levels import KOLOM

from tests.rollup.nation import Bangsa, obligations, rows, verdict, verdicts

KODE = ("00", "33", "33.02", "33.74", "31", "31.71")


@pytest.fixture
def bangsa(register: Register, kalender: Kalender) -> Bangsa:
    return Bangsa(register, kalender, obligations(*KODE), verdicts(*(verdict(kode) for kode in KODE)))


def _kegiatan(kode: str, acara: str, **isi: object) -> dict[str, object]:
    tetap = {
        "strategi_utama": 2.0,
        "jenis_kegiatan": "RAKOR",
        "mode": "luring",
        "peran_satker": "peserta",
        "tahapan": "NON_TAHAPAN",
    }
    return {"kode_satker": kode, "id_acara": acara, **tetap, **isi}


@pytest.fixture(scope="module")
def zoom(register: Register, kalender: Kalender) -> Bangsa:
    """One national meeting that several units attended, and one event of their own."""
    pemilik = [("33.74", "zoom"), ("33.74", "lain"), ("33", "zoom"), ("33.02", "zoom"), ("00", "zoom")]
    fakta = {"kegiatan": rows("kegiatan", *(_kegiatan(*satu) for satu in pemilik))}
    return Bangsa(register, kalender, obligations(*KODE), verdicts(*(verdict(kode) for kode in KODE)), fakta)


@pytest.mark.parametrize(
    ("lingkup", "kode", "dilaporkan", "unik"),
    [
        pytest.param("satker", "33.74", 2, 2, id="satker"),
        pytest.param("satker", "33", 1, 1, id="kantor-provinsi"),
        pytest.param("provinsi", "33", 4, 2, id="provinsi-dengan-kabkota"),
        pytest.param("provinsi", "31", 0, 0, id="provinsi-tanpa-kegiatan"),
        pytest.param("nasional", "00", 5, 2, id="nasional-dengan-kantor-pusat"),
    ],
)
def test_one_event_reported_by_many_units_is_one_event(
    zoom: Bangsa, lingkup: str, kode: str, dilaporkan: int, unik: int
) -> None:
    assert zoom.value(lingkup, kode, "kegiatan_dilaporkan") == dilaporkan
    assert zoom.value(lingkup, kode, "acara_unik") == unik


def test_the_national_office_is_no_province(zoom: Bangsa) -> None:
    assert zoom.value("satker", "00", "kegiatan_dilaporkan") == 1
    assert zoom.value("provinsi", "00", "kegiatan_dilaporkan") is None
    assert zoom.value("provinsi", "00", "satker_wajib") is None


def test_participants_are_summed_by_unit_and_scope(bangsa: Bangsa) -> None:
    isi = [
        _kegiatan("33.74", "a", jumlah_peserta=120.0, satuan_peserta="orang", lingkup_peserta="satker_ini"),
        _kegiatan("33.74", "b", jumlah_peserta=30.0, satuan_peserta="orang", lingkup_peserta="satker_ini"),
        _kegiatan("33.02", "c", jumlah_peserta=514.0, satuan_peserta="satker", lingkup_peserta="seluruh_acara"),
        _kegiatan("33.02", "d", jumlah_peserta=7.0),
        _kegiatan("33.02", "e"),
    ]
    bangsa.fakta["kegiatan"] = rows("kegiatan", *isi)
    assert bangsa.value("provinsi", "33", "peserta", "orang/satker_ini") == 150
    assert bangsa.value("provinsi", "33", "peserta", "satker/seluruh_acara") == 514
    assert bangsa.value("provinsi", "33", "peserta", "satker/satker_ini") == 0
    assert bangsa.value("provinsi", "33", "peserta", "tidak_disebut/tidak_disebut") == 7


def test_breakdowns(bangsa: Bangsa) -> None:
    bangsa.fakta["kegiatan"] = rows(
        "kegiatan",
        _kegiatan("33.74", "a", fungsi="korektif"),
        _kegiatan(
            "33.74", "b", strategi_utama=8.0, jenis_kegiatan="BIMTEK", mode="daring", peran_satker="penyelenggara"
        ),
    )
    harap = {
        ("kegiatan_strategi", "2"): 1, ("kegiatan_strategi", "8"): 1, ("kegiatan_strategi", "5"): 0,
        ("kegiatan_jenis", "RAKOR"): 1, ("kegiatan_mode", "daring"): 1, ("kegiatan_mode", "hibrida"): 0,
        ("kegiatan_peran", "penyelenggara"): 1, ("kegiatan_tahapan", "NON_TAHAPAN"): 2,
        ("kegiatan_fungsi", "korektif"): 1, ("kegiatan_fungsi", "konstruktif"): 0,
    }  # fmt: skip
    assert {kunci: bangsa.value("satker", "33.74", *kunci) for kunci in harap} == harap


def test_publications(bangsa: Bangsa) -> None:
    satu = {"kode_satker": "33.74", "kanal": "instagram", "jenis_konten": "foto", "jangkauan": 1500.0}
    lain = {"kode_satker": "31.71", "kanal": "website", "jenis_konten": "berita", "tayangan": 70.0}
    bangsa.fakta["publikasi"] = rows("publikasi", satu, satu, lain)
    ukuran = ("publikasi", "jangkauan", "tayangan")
    assert [bangsa.value("nasional", "00", u) for u in ukuran] == [3, 3000, 70]
    assert [bangsa.value("satker", "33.74", u) for u in ukuran] == [2, 3000, 0]
    assert bangsa.value("nasional", "00", "publikasi_kanal", "instagram") == 2
    assert bangsa.value("provinsi", "31", "publikasi_jenis", "berita") == 1


def _isu(kode: str, jam: float | None, konten: float = 1.0) -> dict[str, object]:
    temuan = pd.Timestamp("2026-08-13 08:00")
    jawab = None if jam is None else temuan + pd.Timedelta(hours=jam)
    return {"kode_satker": kode, "jumlah_konten": konten, "klasifikasi": "konten_palsu", "tanggal_temuan": temuan, "tanggal_klarifikasi": jawab}  # fmt: skip


def test_hoaxes(bangsa: Bangsa) -> None:
    jam = [float(n) for n in range(1, 11)]
    bangsa.fakta["isu_hoaks"] = rows(
        "isu_hoaks", *(_isu("33.74", n) for n in jam), _isu("33.02", None, 5.0), _isu("33.02", 100.0)
    )
    angka = bangsa.roll().set_index(["lingkup", "kode", "ukuran", "rincian"])
    assert angka.at[("satker", "33.74", "hoaks_median_jam", ""), "nilai"] == 5.5
    assert angka.at[("satker", "33.74", "hoaks_p90_jam", ""), "nilai"] == 9
    assert angka.at[("provinsi", "33", "hoaks_p90_jam", ""), "nilai"] == 10
    assert angka.at[("provinsi", "33", "hoaks_konten", ""), "nilai"] == 16
    klarifikasi = angka.loc[("provinsi", "33", "hoaks_diklarifikasi", "")]
    assert list(klarifikasi[["nilai", "pembilang", "penyebut"]]) == [11, 11, 12]
    assert ("satker", "31", "hoaks_median_jam", "") not in angka.index


def test_requests(bangsa: Bangsa) -> None:
    satu = {"kode_satker": "33.74", "rezim": "UMUM", "putusan": "dikabulkan_penuh", "tanggal_terima": "2026-07-01"}
    bangsa.fakta["permohonan_info"] = rows(
        "permohonan_info",
        {**satu, "tanggal_tanggapan": "2026-07-06"},
        {**satu, "tanggal_tanggapan": "2026-09-01"},
        satu,
    )
    hasil = {n: bangsa.value("satker", "33.74", "permohonan_ketepatan", n) for n in figures.KETEPATAN_PERMOHONAN}
    assert hasil == {"tepat": 1, "terlambat": 1, "berjalan": 0, "lewat_tenggat": 1}
    assert bangsa.value("satker", "33.74", "permohonan") == 3
    assert bangsa.value("satker", "33.74", "permohonan_putusan", "dikabulkan_penuh") == 3
    assert bangsa.value("satker", "33.74", "permohonan_median_hari") == (3 + 42) / 2


def test_rates_carry_numerator_and_denominator(register: Register, kalender: Kalender) -> None:
    vonis = verdicts(
        verdict("33.74", "diterima_sebagian", baris_masuk=10, diterima=7, dikarantina=2, kembar=1, sel_wajib=40, sel_wajib_terisi=38),
        verdict("33.02", "nihil", at="2026-10-08T00:00:00Z"),
        verdict("33", "ditolak", baris_masuk=4, dikarantina=4),
    )  # fmt: skip
    angka = (
        Bangsa(register, kalender, obligations(*KODE), vonis).roll().set_index(["lingkup", "kode", "ukuran", "rincian"])
    )

    def rate(*kunci: str) -> list[float]:
        return [round(x, 3) for x in angka.loc[(*kunci, ""), ["nilai", "pembilang", "penyebut"]]]

    assert rate("nasional", "00", "kelengkapan") == [33.333, 2, 6]
    assert rate("nasional", "00", "ketepatan_waktu") == [16.667, 1, 6]
    assert rate("provinsi", "33", "kelengkapan") == [66.667, 2, 3]
    assert rate("satker", "33.74", "validitas") == [80, 8, 10]
    assert rate("provinsi", "33", "validitas") == [57.143, 8, 14]
    assert rate("satker", "33.74", "kelengkapan_isi") == [95, 38, 40]
    assert rate("satker", "33.02", "kelengkapan") == [100, 1, 1]
    assert (
        angka.loc[("satker", "33.02", "validitas", ""), "nilai"]
        != angka.loc[("satker", "33.02", "validitas", ""), "nilai"]
    )
    assert angka.at[("nasional", "00", "status_kiriman", "menunggu"), "nilai"] == 3
    assert angka.at[("nasional", "00", "status_kiriman", "ditolak"), "nilai"] == 1
    assert angka.at[("nasional", "00", "baris", "masuk"), "nilai"] == 14


def test_what_was_not_reported_is_not_zero(register: Register, kalender: Kalender) -> None:
    bangsa = Bangsa(
        register, kalender, obligations(*KODE), verdicts(verdict("33.74", "nihil"), verdict("33.02", "ditolak"))
    )
    assert bangsa.value("satker", "33.74", "kegiatan_dilaporkan") == 0
    assert bangsa.value("provinsi", "33", "kegiatan_dilaporkan") == 0
    assert bangsa.value("satker", "33.02", "kegiatan_dilaporkan") is None
    assert bangsa.value("provinsi", "31", "kegiatan_dilaporkan") is None
    assert bangsa.value("satker", "33.02", "satker_lapor") == 0
    assert bangsa.value("provinsi", "31", "satker_wajib") == 2


def test_nobody_reported(register: Register, kalender: Kalender) -> None:
    bangsa = Bangsa(register, kalender, obligations(*KODE))
    assert bangsa.value("nasional", "00", "kelengkapan") == 0
    assert bangsa.value("nasional", "00", "kegiatan_dilaporkan") is None
    assert reconcile(bangsa.roll()) == []


def test_output_is_sorted_unique_and_does_not_depend_on_row_order(bangsa: Bangsa) -> None:
    bangsa.fakta["kegiatan"] = rows("kegiatan", *(_kegiatan(k, f"a{n}") for n, k in enumerate(KODE * 3)))
    pertama = bangsa.roll()
    bangsa.fakta["kegiatan"] = bangsa.fakta["kegiatan"].sample(frac=1, random_state=3)
    bangsa.kewajiban = list(reversed(bangsa.kewajiban))
    pd.testing.assert_frame_equal(bangsa.roll(), pertama)
    assert list(pertama.columns) == list(KOLOM)
    kunci = pertama[list(KOLOM[:4])]
    assert not kunci.duplicated().any()
    assert kunci.apply(tuple, axis=1).is_monotonic_increasing


def test_rate_above_100_is_an_alarm(bangsa: Bangsa) -> None:
    bangsa.vonis = verdicts(verdict("33.74", sel_wajib=10, sel_wajib_terisi=11))
    with pytest.raises(SistemError, match="kelengkapan_isi") as galat:
        bangsa.roll()
    assert galat.value.kode == "angka_melebihi_100"


def test_changed_denominator_and_unit_without_obligation_are_said_aloud(
    bangsa: Bangsa, caplog: pytest.LogCaptureFixture
) -> None:
    bangsa.kewajiban = obligations("33", "99.99")
    with caplog.at_level(logging.WARNING):
        bangsa.roll()
    assert "tidak terdaftar: 99.99" in caplog.text
    assert "Satker tanpa kewajiban melapor untuk 2026-TW3: 00, 31, 31.71, 33.02, 33.74." in caplog.text


def test_importing_the_room_does_not_import_pandas() -> None:
    kode = "import sys; import humas.rollup; print('pandas' in sys.modules)"
    jalur = {"PYTHONPATH": ":".join(sys.path)}
    assert (
        subprocess.run([sys.executable, "-c", kode], capture_output=True, text=True, check=True, env=jalur).stdout
        == "False\n"
    )
