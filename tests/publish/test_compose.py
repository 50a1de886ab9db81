"""From the warehouse's frames to reports: everybody has one, internal columns never leave, digests are stable."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest
from humas.contract.columns import HIMPUNAN, Privasi, Tipe
from humas.errors import ProgramFault, SistemError
from humas.periods import Kalender, Triwulan, due
from humas.publish.compose import compose_reports, published_columns
from humas.publish.model import LaporanNasional, LaporanProvinsi, LaporanSatker
from humas.registry import load_register
from humas.rollup import roll_up
from humas.settings import DeadlineRule, Settings
from humas.warehouse import Kewajiban

PERIODE = Triwulan(2026, 3)
RAHASIA = "RAHASIA-"
TIBA = {"33.74": datetime(2026, 10, 6, 7, 12, tzinfo=UTC), "33.22": datetime(2026, 10, 12, 3, tzinfo=UTC)}


def _cell(kolom, i: int):
    if kolom.privasi is Privasi.INTERNAL:
        return RAHASIA + str(i)
    contoh = {
        Tipe.TANGGAL: pd.Timestamp(2026, 7, 1 + i), Tipe.WAKTU: pd.Timestamp(2026, 8, 1 + i, 8, 30), Tipe.BILANGAN: 1.0 + i,
    }  # fmt: skip
    if kolom.tipe in contoh:
        return contoh[kolom.tipe]
    tetap = {
        "rezim": "UMUM", "peran_satker": "peserta", "fungsi": "konstruktif", "mode": "luring", "satuan_peserta": "orang",
        "lingkup_peserta": "seluruh_acara", "kanal": "website", "klasifikasi": "konten_palsu", "putusan": "dikabulkan_penuh",
        "tahapan": "NON_TAHAPAN", "jenis_kegiatan": "RAPAT_KOORDINASI", "jenis_konten": "berita",
    }  # fmt: skip
    return tetap.get(kolom.nama, f"{kolom.nama} {i}")


def _facts(himpunan, kode: tuple[str, ...], jumlah: int) -> pd.DataFrame:
    baris = [
        {k.nama: _cell(k, i) for k in himpunan.kolom}
        | {"kode_satker": satu, "id_kiriman": f"kirim-{satu}", "id_baris": f"{satu}-{i}", "lembar": himpunan.lembar,
           "baris": i + 2, "susulan": False, "id_acara": f"acara-{i}"}
        for satu in kode for i in range(jumlah)
    ]  # fmt: skip
    frame = pd.DataFrame(baris)
    return frame.drop(columns=[] if himpunan.nama == "kegiatan" else ["id_acara"])


def _verdict(kode: str, status: str, *, berlaku: bool, diterima: datetime, ditahan: int = 0) -> dict[str, object]:
    masuk = 12 + ditahan if berlaku and status != "nihil" else ditahan
    return {
        "id_kiriman": f"kirim-{kode}", "kode_satker": kode, "saluran": "api", "sidik": "ab" * 32, "diterima_pada": diterima,
        "terakhir_diterima": diterima, "status": status, "alasan": "Periode salah." if status == "ditolak" else "",
        "cara": "Kirim ulang." if status == "ditolak" else "", "nihil": status == "nihil", "baris_masuk": masuk,
        "diterima": masuk - ditahan, "dikarantina": ditahan, "kembar": 0, "sel_wajib": 10, "sel_wajib_terisi": 10,
        "per_himpunan": {}, "berlaku": berlaku, "versi": 1, "terbaru": True,
    }  # fmt: skip


def _attempt(kode: str, status: str, galat: str, pelaku: str) -> dict[str, object]:
    return {
        "kode_satker": kode, "saluran": "api", "status": status, "kode_galat": galat, "pelaku": pelaku, "pesan": "Pesan.",
        "cara": "cara.", "mulai": datetime(2026, 10, 8, tzinfo=UTC), "lembaga": "kpu", "periode": PERIODE.kunci,
    }  # fmt: skip


@pytest.fixture(scope="module")
def bahan(tmp_path_factory):
    """Three units that reported (one late, one nil), one refused, one whose channel failed, the rest silent."""
    rumah: Path = tmp_path_factory.mktemp("rumah")
    register = load_register(Settings(home=rumah, database_url="sqlite://"))
    kalender = Kalender.load()
    kewajiban = []
    for unit in register.semua(PERIODE.selesai):
        tenggat = due(PERIODE, unit.tingkat, DeadlineRule(), kalender)
        kewajiban.append(Kewajiban(unit.kode, tenggat.tanggal, tenggat.akhir_tenggang))
    facts = {h.nama: _facts(h, ("33.74", "33.22"), 3) for h in HIMPUNAN}
    verdicts = pd.DataFrame([
        _verdict("33.74", "diterima_sebagian", berlaku=True, diterima=TIBA["33.74"], ditahan=1),
        _verdict("33.22", "diterima", berlaku=True, diterima=TIBA["33.22"]),
        _verdict("33.71", "nihil", berlaku=True, diterima=TIBA["33.74"]),
        _verdict("33.72", "ditolak", berlaku=False, diterima=TIBA["33.74"], ditahan=5),
    ])  # fmt: skip
    temuan = pd.DataFrame([
        {"kode_satker": kode, "berlaku": kode != "33.72", "id_kiriman": f"kirim-{kode}", "urutan": i, "himpunan": "kegiatan",
         "lembar": "Kegiatan", "baris": 17, "kolom": "tanggal_mulai", "huruf": "C", "kode": "V08", "keparahan": bobot,
         "pesan": "Belum terjadi.", "cara": "Perbaiki.", "nilai": "x"}
        for i, (kode, bobot) in enumerate([("33.74", "FATAL"), ("33.74", "PERINGATAN"), ("33.72", "FATAL")])
    ])  # fmt: skip
    karantina = pd.DataFrame([{"kode_satker": "33.74", "berlaku": True, "id_kiriman": "kirim-33.74", "baris": 17}])
    percobaan = pd.DataFrame([
        _attempt("33.73", "gagal", "batas_waktu", "sumber"), _attempt("33.75", "gagal", "folder_kosong", "pengirim"),
        _attempt("33.76", "tanpa_saluran", "", "sistem"), _attempt("33.74", "berhasil", "", ""),
    ])  # fmt: skip
    now = datetime(2026, 10, 20, tzinfo=UTC)
    figures = roll_up(facts, verdicts, kewajiban, register, kalender, PERIODE, now)
    return {
        "figures": figures, "facts": facts, "verdicts": verdicts, "findings": temuan, "quarantine": karantina,
        "obligations": kewajiban, "attempts": percobaan, "register": register, "lembaga": "kpu", "periode": PERIODE.kunci,
        "history": {},
    }  # fmt: skip


@pytest.fixture(scope="module")
def laporan(bahan):
    return {satu.kunci: satu for satu in compose_reports(**bahan)}


def test_everybody_has_a_report(laporan):
    jenis = [type(satu) for satu in laporan.values()]
    assert (jenis.count(LaporanSatker), jenis.count(LaporanProvinsi), jenis.count(LaporanNasional)) == (553, 38, 1)
    assert [k for k, satu in laporan.items() if isinstance(satu, LaporanSatker) and satu.dicetak] == [
        ("satker", "33.22"), ("satker", "33.71"), ("satker", "33.74"),
    ]  # fmt: skip


def test_internal_columns_never_leave(laporan):
    assert all(RAHASIA.encode() not in satu.to_json() for satu in laporan.values())
    for himpunan in HIMPUNAN:
        internal = {k.nama for k in himpunan.kolom if k.privasi is Privasi.INTERNAL}
        assert internal.isdisjoint(published_columns(himpunan))


NIK, PHONE = "3374015503850007", "081234567890"
NAMED_BY_SENDERS = {
    "name_of_a_sheet": ("facts", "lembar"),
    "sheet_of_a_finding": ("findings", "lembar"),
    "place_in_a_message": ("findings", "pesan"),
    "remedy_of_a_finding": ("findings", "cara"),
    "reason_of_a_refusal": ("verdicts", "alasan"),
    "remedy_of_a_refusal": ("verdicts", "cara"),
    "error_of_a_channel": ("attempts", "pesan"),
    "remedy_of_an_error": ("attempts", "cara"),
}


@pytest.mark.parametrize("apa", NAMED_BY_SENDERS)
def test_personal_data_in_what_senders_name_is_not_published(bahan, laporan, apa):
    bagian, kolom = NAMED_BY_SENDERS[apa]

    def named(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(**{kolom: frame[kolom] + f" NIK {NIK}_{PHONE}.xlsx"})

    isi = bahan[bagian]
    palsu = {nama: named(satu) for nama, satu in isi.items()} if isinstance(isi, dict) else named(isi)
    terbit = b"".join(satu.to_json() for satu in compose_reports(**bahan | {bagian: palsu}))
    assert [rahasia for rahasia in (NIK, PHONE) if rahasia.encode() in terbit] == []
    assert b"disamarkan" in terbit
    assert b"disamarkan" not in b"".join(satu.to_json() for satu in laporan.values())


def test_values_are_raw(laporan):
    tabel = laporan["satker", "33.74"].tabel
    kegiatan = next(tabel["kegiatan"].records())
    assert (kegiatan["tanggal_mulai"], kegiatan["strategi_utama"], kegiatan["baris"]) == ("2026-07-01", 1, 2)
    assert next(tabel["isu_hoaks"].records())["tanggal_temuan"] == "2026-08-01T08:30:00+07:00"
    assert next(tabel["permohonan_info"].records())["hari_kerja"] == 0


@pytest.mark.parametrize(
    ("kode", "ketepatan", "status", "sebab", "terlambat"),
    [
        ("33.74", "tepat_waktu", "diterima_sebagian", "", 0),
        ("33.22", "terlambat", "diterima", "", 3),
        ("33.71", "tepat_waktu", "nihil", "", 0),
        ("33.72", "belum_lapor", "ditolak", "pengirim", None),
        ("33.73", "belum_lapor", "menunggu", "sumber", None),
        ("33.75", "belum_lapor", "menunggu", "belum_mengirim", None),
        ("33.76", "belum_lapor", "menunggu", "tanpa_saluran", None),
        ("33.01", "belum_lapor", "menunggu", "belum_dikumpulkan", None),
    ],
)
def test_standing(laporan, kode, ketepatan, status, sebab, terlambat):
    satu = laporan["satker", kode].keadaan
    assert (satu.ketepatan, satu.status, satu.sebab, satu.hari_terlambat) == (ketepatan, status, sebab, terlambat)


def test_being_asked_in_vain_is_no_new_edition(bahan, laporan):
    """The nation's and the province's digests do not know who was asked; a unit's page still says it."""
    semua = {unit.kode for unit in laporan["nasional", "00"].satker} - set(bahan["attempts"]["kode_satker"])
    ditanya = pd.DataFrame([_attempt(kode, "gagal", "folder_kosong", "pengirim") for kode in sorted(semua)])
    lagi = {s.kunci: s for s in compose_reports(**bahan | {"attempts": pd.concat([bahan["attempts"], ditanya])})}
    assert lagi["satker", "33.01"].keadaan.hasil == "menunggu"
    assert laporan["satker", "33.01"].keadaan.hasil == "belum_dikumpulkan"
    assert [k for k, satu in lagi.items() if satu.sidik != laporan[k].sidik] == []


def test_units_never_asked_keep_their_obligation(laporan):
    jateng = laporan["provinsi", "33"]
    assert (jateng.count("satker_wajib"), jateng.count("ketepatan", "belum_lapor")) == (36, 33)
    assert sum(unit.belum_dikumpulkan for unit in jateng.satker) == 29


def test_refused_unit_says_why_and_failed_one_shows_its_error(laporan):
    assert laporan["satker", "33.72"].tolak == ("Periode salah.", "Kirim ulang.")
    assert len(laporan["satker", "33.72"].ditahan) == 1
    assert laporan["satker", "33.73"].galat.kode == "batas_waktu"
    assert laporan["satker", "33.74"].galat is None


def test_findings_are_split_by_weight(laporan):
    satu = laporan["satker", "33.74"]
    assert (len(satu.ditahan), len(satu.catatan)) == (1, 1)
    assert [(a.kode, a.keparahan, a.temuan, a.satker) for a in laporan["provinsi", "33"].aturan] == [
        ("V08", "FATAL", 2, 2), ("V08", "PERINGATAN", 1, 1),
    ]  # fmt: skip


def test_levels_add_up(laporan):
    jateng, nasional = laporan["provinsi", "33"], laporan["nasional", "00"]
    assert jateng.count("kegiatan_dilaporkan") == nasional.count("kegiatan_dilaporkan") == 6
    assert jateng.count("acara_unik") == 3
    assert sum(unit.kegiatan for unit in nasional.satker) == 6
    assert [(p.wajib, p.lapor) for p in nasional.provinsi if p.kode == "33"] == [(36, 3)]
    assert len(jateng.isu) == 6
    assert [t.tingkat for t in nasional.kepala.tenggat] == ["kabkota", "provinsi", "nasional"]


def test_digest_does_not_depend_on_order_or_on_who_failed_how(bahan, laporan):
    kocok = {nama: frame.sample(frac=1, random_state=3) for nama, frame in bahan["facts"].items()}
    gagal = bahan["attempts"].assign(pelaku="sistem", kode_galat="disk_penuh", status="gagal")
    lain = {satu.kunci: satu for satu in compose_reports(**bahan | {"facts": kocok, "attempts": gagal})}
    assert {k: satu.sidik for k, satu in lain.items()} == {k: satu.sidik for k, satu in laporan.items()}


def test_history_gives_trend_and_change(bahan, laporan):
    assert laporan["satker", "33.74"].tren == ()
    lalu = bahan["figures"].assign(nilai=bahan["figures"]["nilai"] + 1)
    baru = {s.kunci: s for s in compose_reports(**bahan | {"history": {"2026-TW2": lalu, "2025-TW4": lalu}})}
    satu = baru["satker", "33.74"]
    assert satu.figure("kegiatan_dilaporkan").sebelumnya == 4
    assert satu.tren[0].titik == (("2025-TW4", 4), ("2026-TW1", None), ("2026-TW2", 4), ("2026-TW3", 3))


def test_unknown_measure_stops_publication(bahan):
    asing = bahan["figures"].assign(ukuran="angka_baru")
    with pytest.raises(SistemError, match="angka_baru"):
        list(compose_reports(**bahan | {"figures": asing}))


def test_a_unit_with_unexplained_quarantine_is_withheld_and_no_other(bahan):
    utuh = {satu.kunci: satu for satu in compose_reports(**bahan)}
    tanpa = bahan | {"quarantine": bahan["quarantine"].assign(kode_satker="33.22")}
    with pytest.raises(ProgramFault, match="Kabupaten Semarang"):
        list(compose_reports(**tanpa))
    gagal = []
    laporan = {satu.kunci: satu for satu in compose_reports(**tanpa, on_fault=lambda *satu: gagal.append(satu))}
    [(kosong, galat)] = gagal
    assert (kosong.kunci, galat.cause) == (("satker", "33.22"), "karantina_tanpa_sebab")
    assert kosong.withheld and not kosong.dicetak
    assert kosong.keadaan == utuh["satker", "33.22"].keadaan
    assert laporan == utuh | {kosong.kunci: kosong}


def test_decreed_deadline(bahan):
    satu = next(compose_reports(**bahan, tenggat_ditetapkan=True, hari_ini=date(2026, 10, 20)))
    assert not satu.kepala.asumsi_tenggat
