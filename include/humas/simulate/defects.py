"""Every way of spoiling a row that the rules know, each with the codes the row must then get.

The codes are those of the contract's rules: the field's own (V…) and the general ones (K…), which apply to
a cell that is missing or cannot be read where the column names no rule of its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from humas.registry import SITES, Lembaga
from humas.simulate.content import FEWEST_FIGURES, SITE
from humas.simulate.model import Atmosphere, Defect, Fate, RowValues

EXAMPLE_NIK: Final = "3374011505900002"
EXAMPLE_PHONE: Final = "081234567890"
EXAMPLE_EMAIL: Final = "warga.contoh@gmail.com"
SHARED_LINK: Final = "https://www.kpu.go.id/berita/baca/9001/rapat-kehumasan"

_WEEKDAYS: Final = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_ACEH: Final = ("11.72",)
_RENAMED_IN_ACEH: Final = tuple(body.value for body in Lembaga if body.body.aceh)


def _set(**values: object) -> Callable[[RowValues, Atmosphere], None]:
    """A defect that writes fixed values."""

    def change(row: RowValues, _: Atmosphere) -> None:
        row.update(values)

    return change


def _day_of(row: RowValues, column: str = "tanggal_mulai") -> date:
    value = row[column]
    if not isinstance(value, date):
        raise TypeError(f"{column} is not a date")
    return value


def _wrong_weekday(row: RowValues, _: Atmosphere) -> None:
    row["hari"] = _WEEKDAYS[(_day_of(row).weekday() + 2) % 7]


def _ends_before_start(row: RowValues, _: Atmosphere) -> None:
    row["tanggal_selesai"] = _day_of(row) - timedelta(days=2)


def _too_long(row: RowValues, _: Atmosphere) -> None:
    row["tanggal_selesai"] = _day_of(row) + timedelta(days=45)


def _move(row: RowValues, day: date) -> None:
    """Put an activity on another day, without leaving other traces of the old one."""
    row.update(tanggal_mulai=day, tanggal_selesai=None, hari=None, tanggal_publikasi=None)


def _in_future(row: RowValues, atmosphere: Atmosphere) -> None:
    _move(row, atmosphere.end + timedelta(days=700))


def _last_quarter(row: RowValues, atmosphere: Atmosphere) -> None:
    _move(row, atmosphere.start - timedelta(days=20))


def _published_before(row: RowValues, _: Atmosphere) -> None:
    row["tanggal_publikasi"] = _day_of(row) - timedelta(days=3)


def _published_late(row: RowValues, _: Atmosphere) -> None:
    row["tanggal_publikasi"] = _day_of(row) + timedelta(days=16)


def _no_place(row: RowValues, _: Atmosphere) -> None:
    row.update(mode="luring", tempat=None, platform=None)


def _no_platform(row: RowValues, _: Atmosphere) -> None:
    row.update(mode="daring", tempat=None, platform=None)


def _no_organiser(row: RowValues, _: Atmosphere) -> None:
    row.update(peran_satker="peserta", penyelenggara=None)


def _too_many(row: RowValues, _: Atmosphere) -> None:
    row.update(
        mode="luring",
        tempat="Alun-alun kota",
        jumlah_peserta=50000,
        satuan_peserta="orang",
        lingkup_peserta="seluruh_acara",
    )


def _odd_strategy(row: RowValues, _: Atmosphere) -> None:
    row.update(jenis_kegiatan="BIMTEK", strategi_utama=5)


def _views_below_reach(row: RowValues, _: Atmosphere) -> None:
    row.update(jangkauan=900, tayangan=30)


def _bare_name(row: RowValues, atmosphere: Atmosphere) -> None:
    row.update(kode_satker=atmosphere.unit.code, nama_satker=atmosphere.unit.short_name)


def _bps_code(row: RowValues, atmosphere: Atmosphere) -> None:
    row.update(kode_satker=atmosphere.unit.bps_code, nama_satker=atmosphere.unit.name)


def _wrong_name_in_aceh(row: RowValues, atmosphere: Atmosphere) -> None:
    label = Lembaga(atmosphere.lembaga).label
    row.update(kode_satker=atmosphere.unit.code, nama_satker=f"{label} {atmosphere.unit.name}")


def _drive_link(row: RowValues, atmosphere: Atmosphere) -> None:
    code = atmosphere.unit.code.replace(".", "")
    row["url_bukti"] = [f"https://drive.google.com/file/d/{code}/view"]


def _shared_link(row: RowValues, _: Atmosphere) -> None:
    row.update(peran_satker="peserta", penyelenggara="Komisi Informasi Pusat", url_bukti=[SHARED_LINK])


def _other_unit(row: RowValues, atmosphere: Atmosphere) -> None:
    code, name = ("33.74", "Kota Semarang") if atmosphere.unit.code != "33.74" else ("32.73", "Kota Bandung")
    row.update(kode_satker=code, nama_satker=name)


def _other_body(row: RowValues, atmosphere: Atmosphere) -> None:
    row["lembaga"] = next(body.label for body in Lembaga if body != atmosphere.lembaga)


def _views_leap(row: RowValues, _: Atmosphere) -> None:
    row.update(kanal=SITE, jangkauan=8_000_000, tayangan=9_000_000)


def _no_link(row: RowValues, _: Atmosphere) -> None:
    row.update(kanal="website", url=None)


def _broadcast(row: RowValues, _: Atmosphere) -> None:
    row.update(kanal="radio", url=None)


def _answered_late(row: RowValues, atmosphere: Atmosphere) -> None:
    row.update(
        rezim="UMUM",
        tanggal_terima=_monday(atmosphere.start),
        tanggal_lengkap=None,
        tanggal_tanggapan=_monday(atmosphere.start) + timedelta(days=39),
        tanggal_perpanjangan=None,
        alasan_perpanjangan=None,
        putusan="dikabulkan_penuh",
        alasan_penolakan=None,
        dasar_penolakan=None,
    )


def _monday(day: date) -> date:
    """The second Monday from ``day``; neither of the two first weeks of a quarter's Mondays is surely a holiday."""
    return day + timedelta(days=7 + (7 - day.weekday()) % 7)


def _complete_too_early(row: RowValues, _: Atmosphere) -> None:
    received = row["tanggal_terima"]
    if not isinstance(received, date):
        raise TypeError("tanggal_terima is not a date")
    row["tanggal_lengkap"] = received - timedelta(days=3)


def _answered_before_receipt(row: RowValues, atmosphere: Atmosphere) -> None:
    _answered_late(row, atmosphere)
    row["tanggal_tanggapan"] = _monday(atmosphere.start) - timedelta(days=4)


def _never_answered(row: RowValues, atmosphere: Atmosphere) -> None:
    _answered_late(row, atmosphere)
    row.update(tanggal_tanggapan=None, putusan="dalam_proses")


def _extended_without_reason(row: RowValues, atmosphere: Atmosphere) -> None:
    _answered_late(row, atmosphere)
    received = _monday(atmosphere.start)
    row.update(tanggal_perpanjangan=received + timedelta(days=9), tanggal_tanggapan=received + timedelta(days=15))


def _extended_after_answer(row: RowValues, atmosphere: Atmosphere) -> None:
    _extended_without_reason(row, atmosphere)
    received = _monday(atmosphere.start)
    row.update(alasan_perpanjangan="Dokumen dihimpun", tanggal_tanggapan=received + timedelta(days=4))


def _refused_without_reason(row: RowValues, _: Atmosphere) -> None:
    row.update(putusan="ditolak_dikecualikan", alasan_penolakan=None, dasar_penolakan=None)


def _received_on_sunday(row: RowValues, atmosphere: Atmosphere) -> None:
    _answered_late(row, atmosphere)
    monday = _monday(atmosphere.start)
    row.update(tanggal_terima=monday - timedelta(days=1), tanggal_tanggapan=monday + timedelta(days=2))


def _corrected_too_early(row: RowValues, _: Atmosphere) -> None:
    found = row["tanggal_temuan"]
    if not isinstance(found, date):
        raise TypeError("tanggal_temuan is not a date")
    row["tanggal_klarifikasi"] = found - timedelta(hours=30)


def _corrected_after_report(row: RowValues, atmosphere: Atmosphere) -> None:
    row["tanggal_klarifikasi"] = atmosphere.sent_at.replace(tzinfo=None) + timedelta(days=30)


def _raised(row: RowValues) -> date:
    day = row["tanggal_keberatan"]
    if not isinstance(day, date):
        raise TypeError("tanggal_keberatan is not a date")
    return day


_NO_DISPUTE: Final[RowValues] = {"sengketa": "tidak", "tanggal_sengketa": None, "hasil_sengketa": None}


def _objection_answered_before(row: RowValues, _: Atmosphere) -> None:
    row.update(_NO_DISPUTE, hasil="ditolak", tanggal_tanggapan=_raised(row) - timedelta(days=1))


def _objection_answered_late(row: RowValues, atmosphere: Atmosphere) -> None:
    raised = _monday(atmosphere.start)
    row.update(_NO_DISPUTE, hasil="ditolak", tanggal_keberatan=raised, tanggal_tanggapan=raised + timedelta(days=63))


def _dispute_too_late(row: RowValues, _: Atmosphere) -> None:
    begun = _raised(row) + timedelta(days=60)
    row.update(rezim="UMUM", hasil="ditolak", tanggal_tanggapan=_raised(row) + timedelta(days=1))
    row.update(sengketa="ya", tanggal_sengketa=begun, hasil_sengketa="proses")


def _coverage_day(row: RowValues) -> date:
    day = row["tanggal_berita"]
    if not isinstance(day, date):
        raise TypeError("tanggal_berita is not a date")
    return day


def _coverage_answered_before(row: RowValues, _: Atmosphere) -> None:
    row.update(nada="negatif", tanggapan="hak_jawab", tanggal_tanggapan=_coverage_day(row) - timedelta(days=1))


def _on_own_site(row: RowValues, atmosphere: Atmosphere) -> None:
    row["url_berita"] = f"https://{atmosphere.unit.host}/berita/9"


def _coverage_day_without_answer(row: RowValues, _: Atmosphere) -> None:
    row.update(tanggapan="tidak_perlu", tanggal_tanggapan=_coverage_day(row) + timedelta(days=1))


def _spoken(row: RowValues) -> date:
    day = row["tanggal_disampaikan"]
    if not isinstance(day, date):
        raise TypeError("tanggal_disampaikan is not a date")
    return day


def _number_used_again(row: RowValues, _: Atmosphere) -> None:
    row["tanggal_disampaikan"] = _spoken(row) - timedelta(days=1)


def _told_before(row: RowValues, _: Atmosphere) -> None:
    row.update(tindak_lanjut="selesai", tanggal_diberi_tahu=_spoken(row) - timedelta(days=1))


def _told_undone(row: RowValues, _: Atmosphere) -> None:
    row.update(tindak_lanjut="belum", tanggal_diberi_tahu=_spoken(row) + timedelta(days=1))


def _posted_later(row: RowValues, atmosphere: Atmosphere) -> None:
    row.update(status="aktif", unggahan_terakhir=atmosphere.end + timedelta(days=2))


def _active_and_silent(row: RowValues, atmosphere: Atmosphere) -> None:
    row.update(status="aktif", unggahan_terakhir=atmosphere.start - timedelta(days=40))


def _counted_before(row: RowValues, atmosphere: Atmosphere) -> None:
    row.update(tanggal_data=atmosphere.start - timedelta(days=3), unggahan_terakhir=None)


def _same(_: RowValues, __: Atmosphere) -> None:
    """Leave the row as it is: sent twice."""


def _quarantined(
    name: str, dataset: str, code: str, spoil: Callable[[RowValues, Atmosphere], None], **extra: object
) -> Defect:
    return Defect(name, dataset, tuple(sorted(code.split())), Fate.QUARANTINE, spoil, **extra)  # type: ignore[arg-type]


def _flagged(
    name: str, dataset: str, code: str, spoil: Callable[[RowValues, Atmosphere], None], **extra: object
) -> Defect:
    return Defect(name, dataset, tuple(sorted(code.split())), Fate.ACCEPTED, spoil, **extra)  # type: ignore[arg-type]


K, P, I_, H, B, M = "kegiatan", "publikasi", "permohonan_info", "isu_hoaks", "keberatan", "pemberitaan"
A: Final = "aspirasi"
U: Final = "akun"
_JSON: Final = ("json",)
_WITH_OWN_DOMAIN: Final = tuple(one for one, sites in SITES.items() if sites.own_domain)
_WITH_USUAL_STRATEGIES: Final = tuple(one for one in Lembaga if "BIMTEK" in one.body.framework.usual)

QUARANTINE: Final[tuple[Defect, ...]] = (
    _quarantined("judul_pendek", K, "V12", _set(judul="Rapat")),
    _quarantined("judul_templat", K, "V12", _set(judul="Lorem ipsum dolor sit amet")),
    _quarantined("judul_kosong", K, "V12", _set(judul=None)),
    _quarantined("kata_400_huruf", K, "V12", _set(judul="a" * 400)),
    _quarantined(
        "tanggal_tak_ada",
        K,
        "V06",
        _set(tanggal_mulai="31/09/2026", tanggal_selesai=None, hari=None, tanggal_publikasi=None),
    ),
    _quarantined(
        "tanggal_kosong", K, "V06", _set(tanggal_mulai=None, tanggal_selesai=None, hari=None, tanggal_publikasi=None)
    ),
    _quarantined(
        "tanggal_kata",
        K,
        "V06",
        _set(tanggal_mulai="minggu depan", tanggal_selesai=None, hari=None, tanggal_publikasi=None),
    ),
    _quarantined("masa_depan", K, "V08", _in_future),
    _quarantined("kode_tak_ada", K, "V02 V04", _set(kode_satker="99.99", nama_satker="Kota Antah")),
    _quarantined("kode_tanpa_titik", K, "V03", _set(kode_satker="3374")),
    _quarantined("kode_bps", K, "V04", _bps_code, satker=("bps",)),
    _quarantined("nama_ganda", K, "V29", _bare_name, satker=("ganda",)),
    _quarantined("nama_aceh", K, "V31", _wrong_name_in_aceh, satker=_ACEH, lembaga=_RENAMED_IN_ACEH),
    _quarantined("lembaga_asing", K, "V05", _set(lembaga="Kementerian Perikanan")),
    _quarantined("nik", K, "V32", _set(judul=f"Pendampingan warga dengan NIK {EXAMPLE_NIK}")),
    _quarantined("nomor_hp", K, "V32", _set(tempat=f"Rumah warga, hubungi {EXAMPLE_PHONE}", mode="luring")),
    _quarantined("surel_pribadi", K, "V32", _set(judul=f"Konsultasi informasi dengan {EXAMPLE_EMAIL}")),
    _quarantined("satker_tetangga", K, "K19", _other_unit),
    _quarantined("lembaga_tetangga", K, "K20", _other_body),
    _quarantined("judul_dan_tautan_kosong", P, "K66", _set(judul=None, url=None)),
    _quarantined("tautan_bukan_http_tanpa_judul", P, "K08 K66", _set(judul=None, url="javascript:alert(1)")),
    _quarantined("terbit_kosong", P, "K01", _set(tanggal_terbit=None)),
    _quarantined("terbit_tak_ada", P, "K02", _set(tanggal_terbit="31/09/2026")),
    _quarantined("nomor_kosong", I_, "V39", _set(no_registrasi=None)),
    _quarantined("jawaban_mendahului", I_, "K24", _answered_before_receipt),
    _quarantined("terima_tak_ada", I_, "V39", _set(tanggal_terima="31/09/2026")),
    _quarantined(
        "nik_pemohon", I_, "V32", _set(informasi_diminta=f"Salinan data atas nama pemegang NIK {EXAMPLE_NIK}")
    ),
    _quarantined("klaim_terlalu_pendek", H, "K09", _set(judul_klaim="Data")),
    _quarantined("konten_melebihi", H, "V35", _set(jumlah_konten=3, jumlah_diturunkan=3, jumlah_diproses=2)),
    _quarantined("klarifikasi_mendahului", H, "V36", _corrected_too_early),
    _quarantined(
        "temuan_tak_terbaca",
        H,
        "V36",
        _set(tanggal_temuan="kemarin sore", tanggal_klarifikasi=None, status="diverifikasi"),
    ),
    _quarantined("selesai_sebelum_mulai", K, "V07", _ends_before_start),
)

DESCRIPTIVE: Final[tuple[Defect, ...]] = (
    _flagged("terlalu_lama", K, "K65", _too_long, leaves_out=("tanggal_selesai",)),
    _flagged("selesai_tak_terbaca", K, "V07", _set(tanggal_selesai="30/02/2026"), leaves_out=("tanggal_selesai",)),
    _flagged("jenis_asing", K, "V13", _set(jenis_kegiatan="Turnamen futsal"), leaves_out=("jenis_kegiatan",)),
    _flagged("jenis_kosong", K, "V13", _set(jenis_kegiatan=None), leaves_out=("jenis_kegiatan",)),
    _flagged("mode_asing", K, "V14", _set(mode="lewat telepon"), leaves_out=("mode",)),
    _flagged(
        "strategi_9", K, "V16", _set(jenis_kegiatan="SOSIALISASI", strategi_utama=9), leaves_out=("strategi_utama",)
    ),
    _flagged("strategi_kosong", K, "V16", _set(strategi_utama=None), leaves_out=("strategi_utama",)),
    _flagged("strategi_lain_11", K, "V16", _set(strategi_lain="3, 11"), leaves_out=("strategi_lain",)),
    _flagged("peserta_huruf", K, "V18", _set(jumlah_peserta="1.o07"), leaves_out=("jumlah_peserta",)),
    _flagged("peserta_negatif", K, "V18", _set(jumlah_peserta=-5), leaves_out=("jumlah_peserta",)),
    _flagged("peserta_pecahan", K, "V18", _set(jumlah_peserta="12,5"), leaves_out=("jumlah_peserta",)),
    _flagged("peserta_tak_hingga", K, "V18", _set(jumlah_peserta="inf"), leaves_out=("jumlah_peserta",)),
    _flagged("peserta_inf", K, "V18", _set(jumlah_peserta="Inf"), leaves_out=("jumlah_peserta",)),
    _flagged("peran_kosong", K, "V21", _set(peran_satker=None), leaves_out=("peran_satker",)),
    _flagged("peran_asing", K, "V21", _set(peran_satker="Seksi konsumsi"), leaves_out=("peran_satker",)),
    _flagged(
        "angka_json_tak_hingga", K, "V18", _set(jumlah_peserta=math.inf), forms=_JSON, leaves_out=("jumlah_peserta",)
    ),
    _flagged("kanal_asing", P, "K06", _set(kanal="Friendster"), leaves_out=("kanal",)),
    _flagged("kanal_kosong", P, "K47", _set(kanal=None), leaves_out=("kanal",)),
    _flagged("tautan_kosong", P, "K47", _no_link, leaves_out=("url",)),
    _flagged("siaran_tanpa_tautan", P, "", _broadcast, leaves_out=("url",)),
    _flagged("tautan_bukan_http", P, "K08", _set(url="javascript:alert(1)"), leaves_out=("url",)),
    _flagged("konten_asing", P, "K06", _set(jenis_konten="hologram"), leaves_out=("jenis_konten",)),
    _flagged("suka_huruf", P, "K03", _set(suka="banyak"), leaves_out=("suka",)),
    _flagged("suka_negatif", P, "K04", _set(suka=-3), leaves_out=("suka",)),
    _flagged("rezim_kosong", I_, "K91", _set(rezim=None), leaves_out=("rezim",)),
    _flagged("rezim_asing", I_, "V40", _set(rezim="DARURAT"), leaves_out=("rezim",)),
    _flagged("perpanjangan_tanpa_alasan", I_, "V42", _extended_without_reason, leaves_out=("tanggal_perpanjangan",)),
    _flagged("perpanjangan_sesudah_jawaban", I_, "V42", _extended_after_answer, leaves_out=("tanggal_perpanjangan",)),
    _flagged("informasi_terlalu_pendek", I_, "K10", _set(informasi_diminta="Data")),
    _flagged("ditolak_tanpa_alasan", I_, "V43", _refused_without_reason),
    _flagged(
        "konten_nol",
        H,
        "V34",
        _set(jumlah_konten=0, jumlah_diturunkan=0, jumlah_diproses=0),
        leaves_out=("jumlah_konten",),
    ),
    _flagged("lengkap_tak_terbaca", I_, "K48", _set(tanggal_lengkap="menyusul"), leaves_out=("tanggal_lengkap",)),
)
"""What only describes is missing or cannot be read: the row counts without it, and its sender is asked."""

REMARKS: Final[tuple[Defect, ...]] = (
    _flagged("hari_salah", K, "V10", _wrong_weekday),
    _flagged("susulan", K, "V09", _last_quarter),
    _flagged("luring_tanpa_tempat", K, "V15", _no_place),
    _flagged("daring_tanpa_platform", K, "V15", _no_platform),
    _flagged("strategi_ganjil", K, "V17", _odd_strategy, lembaga=_WITH_USUAL_STRATEGIES),
    _flagged("peserta_tanpa_satuan", K, "V19", _set(jumlah_peserta=25, satuan_peserta=None)),
    _flagged("peserta_tak_wajar", K, "V20", _too_many),
    _flagged("tanpa_penyelenggara", K, "V22", _no_organiser),
    _flagged("tanpa_bukti", K, "V23", _set(url_bukti=[])),
    _flagged("bukti_drive", K, "V24", _drive_link),
    _flagged("bukti_bersama", K, "V25", _shared_link),
    _flagged("opini", K, "V26", _set(judul="Opini: mencatat suara warga dari dekat")),
    _flagged("terbit_sebelum_acara", K, "V27", _published_before),
    _flagged("terbit_terlambat", K, "V27", _published_late),
    _flagged("ajakan_memilih", K, "V33", _set(judul="Bakti warga, ayo coblos nomor 3 bersama relawan")),
    _flagged("tayangan_di_bawah_jangkauan", K, "V51", _views_below_reach),
    _flagged("tayangan_negatif", K, "K04", _set(tayangan=-10), leaves_out=("tayangan",)),
    _flagged("tahun_tersirat", K, "V11", _set(tahun_tersirat="tanggal_terbit")),
    _flagged("kip_tak_jelas", K, "V30", _set(peran_satker="peserta", penyelenggara="KIP"), satker=("bukan_aceh",)),
    _flagged(
        "pelatihan_bukan_klarifikasi",
        K,
        "V38",
        _set(judul="Pelatihan menangkal hoaks bagi pelajar", jenis_kegiatan="KLARIFIKASI_HOAKS", strategi_utama=6),
    ),
    _flagged("fungsi_asing", K, "K06", _set(fungsi="dekoratif")),
    _flagged("kanal_daftar_asing", K, "K06", _set(kanal=["website", "merpati pos"])),
    _flagged("bukti_bukan_alamat", K, "V23", _set(url_bukti=["lihat laman kami"])),
    _flagged("tempat_terlalu_panjang", K, "K10", _set(mode="luring", tempat="Aula " + "besar " * 50)),
    _flagged("lonjakan_tayangan", P, "V51", _views_leap, on_site=FEWEST_FIGURES),
    _flagged("jawaban_terlambat", I_, "V41", _answered_late),
    _flagged("lewat_tenggat", I_, "V44", _never_answered),
    _flagged("diterima_hari_libur", I_, "K22", _received_on_sunday),
    _flagged(
        "rujukan_bukan_alamat", H, "V37", _set(status="diverifikasi", diteruskan_ke=[], rujukan=["kata tetangga"])
    ),
    _flagged("klarifikasi_tanpa_tautan", H, "V37", _set(status="diklarifikasi", url_klarifikasi=None)),
)

ODD: Final[tuple[Defect, ...]] = (
    _flagged("kode_pecahan", K, "K21", _set(kode_satker=32.1), forms=("xlsx", "json"), satker=("32.10",)),
    _flagged("rumus", K, "", _set(judul='=HYPERLINK("https://contoh.go.id","klik di sini")')),
    _flagged("kode_typst", K, "", _set(judul='#eval("1+1") pada rapat kehumasan')),
    _flagged("skrip", K, "", _set(judul="<script>alert('humas')</script> rapat kehumasan")),
    _flagged("jalan_naik", K, "", _set(judul="../../../etc/passwd rapat kehumasan", tempat="../aula", mode="luring")),
    _flagged("emoji", K, "", _set(judul="Rapat kehumasan penuh semangat 🎉🇮🇩")),
    _flagged("huruf_kendali", K, "K11", _set(judul="Rapat\u0007 kehumasan\u0001 dengan huruf kendali"), forms=_JSON),
)

DUPLICATE: Final[tuple[Defect, ...]] = (
    Defect("kembar_kegiatan", K, ("K17",), Fate.DUPLICATE, _same, added=True),
    Defect("kembar_publikasi", P, ("K17",), Fate.DUPLICATE, _same, added=True),
    Defect("kembar_permohonan", I_, ("K17",), Fate.DUPLICATE, _same, added=True),
)
CONFLICTS: Final[tuple[Defect, ...]] = (
    _quarantined(
        "bentrok_kegiatan",
        K,
        "V01",
        _set(jumlah_peserta=77, satuan_peserta="orang", lingkup_peserta="satker_ini"),
        added=True,
    ),
    _quarantined("bentrok_publikasi", P, "K18", _set(suka=12345), added=True),
    _quarantined(
        "bentrok_permohonan", I_, "V39", _set(informasi_diminta="Informasi lain dengan nomor yang sama"), added=True
    ),
    _quarantined("bentrok_isu", H, "V34", _set(judul_klaim="Klaim lain dengan nomor isu yang sama"), added=True),
)

OBJECTIONS: Final[tuple[Defect, ...]] = (
    _quarantined("nomor_keberatan_kosong", B, "K68", _set(id_keberatan=None)),
    _quarantined("keberatan_dijawab_mendahului", B, "K69", _objection_answered_before),
    _flagged("keberatan_dijawab_terlambat", B, "V45", _objection_answered_late),
    _flagged("hasil_tanpa_sengketa", B, "K70", _set(**_NO_DISPUTE | {"hasil_sengketa": "mediasi"})),
    _flagged("permohonan_tak_dikenal", B, "K71", _set(id_permohonan="tanpa nomor 999")),
    _flagged("sengketa_terlambat", B, "K72", _dispute_too_late),
)
"""Dealt apart, one to a unit that plays no other part."""

COVERAGE: Final[tuple[Defect, ...]] = (
    _quarantined("bentrok_pemberitaan", M, "K73", _set(isu="Isu yang lain"), added=True),
    _flagged("tautan_dua_berita", M, "K74", _set(judul_berita="Judul lain dengan tautan yang sama"), added=True),
    _quarantined("ditanggapi_sebelum_dimuat", M, "K75", _coverage_answered_before),
    _flagged("berita_situs_sendiri", M, "K76", _on_own_site, lembaga=_WITH_OWN_DOMAIN),
    _flagged("tanggal_tanpa_tanggapan", M, "K77", _coverage_day_without_answer),
    _flagged("negatif_tanpa_tanggapan", M, "K78", _set(nada="negatif", tanggapan="belum", tanggal_tanggapan=None)),
)
"""Dealt apart, one to a unit that plays no other part and has two items, both with a link."""

VOICES: Final[tuple[Defect, ...]] = (
    _quarantined("bentrok_aspirasi", A, "K79", _set(diteruskan_kepada="Sekretariat"), added=True),
    _flagged("nomor_aspirasi_terulang", A, "K80", _number_used_again, added=True),
    _quarantined("diberi_tahu_mendahului", A, "K81", _told_before),
    _flagged(
        "selesai_tanpa_diberi_tahu",
        A,
        "K82",
        _set(jenis_aspirasi="pengaduan", saluran="sp4n_lapor", tindak_lanjut="selesai", tanggal_diberi_tahu=None),
    ),
    _flagged("diberi_tahu_sebelum_ditindaklanjuti", A, "K83", _told_undone),
    _flagged("diteruskan_tanpa_penerima", A, "K84", _set(tindak_lanjut="diteruskan", diteruskan_kepada=None)),
)
"""Dealt apart too."""

REGIMES: Final[tuple[Defect, ...]] = (
    _flagged("rezim_lain", I_, "V53", _set(rezim="PEMILU")),
    _flagged("rezim_keberatan_lain", B, "V54", _set(rezim="PEMILU")),
    _flagged("rezim_keberatan_kosong", B, "K92", _set(rezim=None), leaves_out=("rezim",)),
    _flagged("lengkap_mendahului", I_, "V55", _complete_too_early, leaves_out=("tanggal_lengkap",)),
)
"""Dealt apart too, with a request complete before it came in; of a quarter outside the stages of any election."""

ACCOUNTS: Final[tuple[Defect, ...]] = (
    _quarantined("bentrok_akun", U, "K85", _set(pengikut=7, status="tidak_aktif"), added=True),
    _flagged("unggahan_sesudah_triwulan", U, "K86", _posted_later, leaves_out=("unggahan_terakhir",)),
    _flagged("pengikut_triwulan_lalu", U, "K86", _counted_before),
    _flagged("aktif_tanpa_unggahan", U, "K87", _active_and_silent),
    _flagged("tautan_platform_lain", U, "K88", _set(tautan="https://www.threads.net/@humascontoh")),
    _flagged(
        "akun_tak_terdaftar",
        P,
        "K89",
        _set(kanal="instagram", akun="@akunyanglain", url="https://www.instagram.com/p/akunyanglain/"),
    ),
)
"""Dealt apart, one to a unit that plays no other part and tells of its accounts."""

ALL: Final = (
    *QUARANTINE, *DESCRIPTIVE, *REMARKS, *ODD, *DUPLICATE, *CONFLICTS, *OBJECTIONS, *COVERAGE, *VOICES, *REGIMES, *ACCOUNTS,
)  # fmt: skip
