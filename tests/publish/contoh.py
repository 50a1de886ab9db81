"""Example reports without database or registry: what the publishing tests print, render and compare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from humas.publish.model import (
    Angka,
    HitungAturan,
    Keadaan,
    KeadaanProvinsi,
    Kepala,
    LaporanNasional,
    LaporanProvinsi,
    LaporanSatker,
    Sumber,
    Tabel,
    TenggatTingkat,
    Tren,
)
from humas.publish.ukuran import figure_id

TERBIT = date(2026, 10, 16)
PERIODE = "2026-TW3"
RIWAYAT = ("2025-TW3", "2025-TW4", "2026-TW1", "2026-TW2", "2026-TW3")
JUDUL = (
    "Rapat koordinasi kehumasan se-Jawa Tengah",
    "Sosialisasi pemilih pemula di SMA Negeri 3",
    "Siaran radio tentang daftar pemilih berkelanjutan",
    "Audiensi dengan organisasi wartawan",
    "Bimbingan teknis pengelola PPID",
    "Klarifikasi kabar pencoretan pemilih",
)
NAKAL = "#eval(\"1+1\") <script>alert('x')</script> ../../etc \U0001f600 " + "x" * 400


def _angka(lingkup: str, isi: dict[tuple[str, str], tuple]) -> tuple[Angka, ...]:
    return tuple(Angka(figure_id(lingkup, u, r), u, r, *nilai) for (u, r), nilai in isi.items())


PELAYANAN: dict[tuple[str, str], tuple] = {
    ("permohonan", ""): (8, None, None, 9),
    ("permohonan_putusan", "dikabulkan_penuh"): (7, None, None, None),
    ("permohonan_putusan", "dalam_proses"): (1, None, None, None),
    ("permohonan_ketepatan", "tepat"): (6, None, None, None),
    ("permohonan_ketepatan", "terlambat"): (1, None, None, None),
    ("permohonan_ketepatan", "berjalan"): (1, None, None, None),
    ("permohonan_ketepatan", "lewat_tenggat"): (0, None, None, None),
    ("permohonan_median_hari", ""): (5, None, None, 6),
    ("hoaks_isu", ""): (3, None, None, 3),
    ("hoaks_konten", ""): (7, None, None, None),
    ("hoaks_diklarifikasi", ""): (2, 2, 3, None),
    ("hoaks_klasifikasi", "konten_menyesatkan"): (2, None, None, None),
    ("hoaks_klasifikasi", "konten_palsu"): (1, None, None, None),
    ("hoaks_median_jam", ""): (13, None, None, None),
    ("hoaks_p90_jam", ""): (19.3, None, None, None),
}


def _figures(lingkup: str, kegiatan: int, lapor: int, wajib: int) -> tuple[Angka, ...]:
    """A consistent set of figures: breakdowns add up to their totals."""
    bagi = [kegiatan // 8] * 8
    bagi[3] += kegiatan - sum(bagi)
    persen = 100 * lapor / wajib
    tepat = lapor - lapor // 10
    isi: dict[tuple[str, str], tuple] = {
        ("kelengkapan", ""): (persen, lapor, wajib, None),
        ("ketepatan_waktu", ""): (100 * tepat / wajib, tepat, wajib, None),
        ("kegiatan_dilaporkan", ""): (kegiatan, None, None, kegiatan - 5),
        ("acara_unik", ""): (kegiatan - kegiatan // 12, None, None, None),
        **{("kegiatan_strategi", str(i + 1)): (n, None, None, max(0, n - 1)) for i, n in enumerate(bagi)},
        ("kegiatan_mode", "luring"): (kegiatan - kegiatan // 3, None, None, None),
        ("kegiatan_mode", "daring"): (kegiatan // 3, None, None, None),
        ("kegiatan_peran", "penyelenggara"): (kegiatan - kegiatan // 2, None, None, None),
        ("kegiatan_peran", "peserta"): (kegiatan // 2, None, None, None),
        ("kegiatan_fungsi", "konstruktif"): (kegiatan - 1, None, None, None),
        ("kegiatan_fungsi", "korektif"): (1, None, None, None),
        ("peserta", "orang/seluruh_acara"): (kegiatan * 42 - 1, None, None, None),
        ("peserta", "orang/satker_ini"): (kegiatan * 2, None, None, None),
        ("publikasi", ""): (kegiatan * 3, None, None, kegiatan * 2),
        ("publikasi_kanal", "website"): (kegiatan, None, None, None),
        ("publikasi_kanal", "instagram"): (kegiatan * 2, None, None, None),
        ("jangkauan", ""): (kegiatan * 1500, None, None, None),
        ("tayangan", ""): (kegiatan * 2300, None, None, None),
        **PELAYANAN,
        ("ketepatan", "tepat_waktu"): (tepat, None, None, None),
        ("ketepatan", "terlambat"): (lapor - tepat, None, None, None),
        ("ketepatan", "sangat_terlambat"): (0, None, None, None),
        ("ketepatan", "belum_lapor"): (wajib - lapor, None, None, None),
        ("status_kiriman", "diterima"): (lapor, None, None, None),
        ("status_kiriman", "menunggu"): (wajib - lapor, None, None, None),
        ("baris", "masuk"): (kegiatan * 4 + 23, None, None, None),
        ("baris", "diterima"): (kegiatan * 4 + 18, None, None, None),
        ("baris", "dikarantina"): (3, None, None, None),
        ("baris", "kembar"): (2, None, None, None),
        ("validitas", ""): (100 * (1 - 3 / (kegiatan * 4 + 23)), kegiatan * 4 + 20, kegiatan * 4 + 23, None),
        ("kelengkapan_isi", ""): (98.4, 984, 1000, None),
        ("satker_wajib", ""): (wajib, None, None, None),
        ("satker_lapor", ""): (lapor, None, None, None),
    }
    return _angka(lingkup, isi)


def _tren(kegiatan: int) -> tuple[Tren, ...]:
    def titik(akhir: float, awal: float) -> tuple[tuple[str, float], ...]:
        langkah = (akhir - awal) / 4
        return tuple((p, round(awal + i * langkah)) for i, p in enumerate(RIWAYAT))

    return (
        Tren("kegiatan_dilaporkan", titik(kegiatan, kegiatan * 0.7)),
        Tren("publikasi", titik(kegiatan * 3, kegiatan * 2)),
        Tren("permohonan", titik(8, 4)),
    )


def _kepala(lingkup: str, kode: str, nama: str, tingkat: str, **lain: str) -> Kepala:
    tenggat = (
        TenggatTingkat("kabkota", "2026-10-07", "2026-10-14"),
        TenggatTingkat("provinsi", "2026-10-14", "2026-10-21"),
        TenggatTingkat("nasional", "2026-10-21", "2026-10-28"),
    )
    pilih = {"satker": tenggat[:1], "provinsi": tenggat[:2], "nasional": tenggat}[lingkup]
    return Kepala(
        "kpu", lingkup, kode, nama, lain.get("wilayah", nama), tingkat, PERIODE,
        kode_provinsi=lain.get("kode_provinsi", ""), nama_provinsi=lain.get("nama_provinsi", ""), tenggat=pilih,
    )  # fmt: skip


def make_keadaan(kode: str = "33.74", nama: str = "KPU Kota Semarang", *, lapor: bool = True) -> Keadaan:
    """The standing of one unit; ``lapor=False`` for one whose channel failed."""
    if not lapor:
        return Keadaan(kode, nama, "kota", "belum_lapor", "menunggu", sebab="sumber")
    return Keadaan(
        kode, nama, "kota", "tepat_waktu", "diterima_sebagian", "2026-10-06T14:12:00+07:00", 0,
        masuk=119, diterima=114, dikarantina=3, kembar=2, kegiatan=24, publikasi=72, permohonan=8, hoaks=3,
    )  # fmt: skip


def make_kegiatan(jumlah: int = 24, judul: tuple[str, ...] = JUDUL) -> Tabel:
    """Activities with the columns that printing uses."""
    kolom = (
        "tanggal_mulai", "tanggal_selesai", "judul", "jenis_kegiatan", "strategi_utama", "fungsi", "mode", "peran_satker",
        "jumlah_peserta", "satuan_peserta", "lingkup_peserta", "tahapan", "id_acara", "lembar", "baris",
    )  # fmt: skip
    baris = tuple(
        (
            f"2026-{7 + i % 3:02d}-{1 + i % 28:02d}", None, judul[i % len(judul)], "RAPAT_KOORDINASI", 1 + i % 8,
            "konstruktif", ("luring", "daring")[i % 2], ("penyelenggara", "peserta")[i % 2], (42, None)[i % 2],
            ("orang", None)[i % 2], ("satker_ini", None)[i % 2], "NON_TAHAPAN", f"acara{i}", "Kegiatan", i + 2,
        )
        for i in range(jumlah)
    )  # fmt: skip
    return Tabel(kolom, baris)


def _publikasi() -> Tabel:
    kolom = ("judul", "kanal", "url", "tanggal_terbit", "jenis_konten", "jangkauan", "tayangan", "lembar", "baris")
    return Tabel(
        kolom,
        tuple(
            (JUDUL[i % 6], ("website", "instagram", "instagram")[i % 3], f"https://contoh.kpu.go.id/{i}", "2026-08-01",
             "berita", 1500, 2300, "Publikasi", i + 2)
            for i in range(72)
        ),
    )  # fmt: skip


def _permohonan() -> Tabel:
    kolom = (
        "tanggal_terima", "kanal_permohonan", "jenis_pemohon", "informasi_diminta", "rezim", "tanggal_perpanjangan",
        "tanggal_tanggapan", "putusan", "hari_kerja", "ketepatan", "lembar", "baris",
    )  # fmt: skip
    return Tabel(
        kolom,
        tuple(
            (f"2026-07-{2 + i:02d}", "e_ppid", "perorangan", "Rekapitulasi pemilih per kelurahan", "UMUM", None,
             None if i == 7 else f"2026-07-{9 + i:02d}", "dalam_proses" if i == 7 else "dikabulkan_penuh",
             None if i == 7 else 5, "berjalan" if i == 7 else "tepat", "Permohonan Informasi", i + 2)
            for i in range(8)
        ),
    )  # fmt: skip


def _isu() -> Tabel:
    kolom = (
        "id_isu", "judul_klaim", "tanggal_temuan", "klasifikasi", "platform", "jumlah_konten", "status",
        "tanggal_klarifikasi", "lembar", "baris",
    )  # fmt: skip
    return Tabel(
        kolom,
        (
            ("ISU-1", "Data pemilih ganda", "2026-08-13T08:30:00+07:00", "konten_menyesatkan", "facebook", 2,
             "diklarifikasi", "2026-08-13T14:30:00+07:00", "Isu dan Hoaks", 2),
            ("ISU-2", "TPS dihapus sepihak", "2026-09-16T17:00:00+07:00", "konten_menyesatkan", "whatsapp", 3,
             "diklarifikasi", "2026-09-17T13:00:00+07:00", "Isu dan Hoaks", 3),
            ("ISU-3", "Pendaftaran petugas berbayar", "2026-09-29T19:10:00+07:00", "konten_palsu", "tiktok", 2,
             "diverifikasi", None, "Isu dan Hoaks", 4),
        ),
    )  # fmt: skip


DITAHAN = Tabel(
    ("lembar", "baris", "huruf", "kolom", "kode", "pesan", "cara"),
    (
        ("Kegiatan", 17, "C", "tanggal_mulai", "V08", "25/10/2026 belum terjadi saat laporan dikirim.", "Perbaiki tanggal lalu kirim ulang."),
        ("Publikasi", 41, "E", "url", "WAJIB", "Tautan kosong.", "Isi alamat lengkap terbitan."),
        ("Permohonan Informasi", 6, "F", "informasi_diminta", "V32", "Memuat NIK.", "Hapus NIK lalu kirim ulang baris ini."),
    ),
)  # fmt: skip


def make_satker(
    kode: str = "33.74", nama: str = "KPU Kota Semarang", *, kegiatan: Tabel | None = None
) -> LaporanSatker:
    """A unit that reported, with quarantined rows and five quarters of history."""
    return LaporanSatker(
        kepala=_kepala(
            "satker",
            kode,
            nama,
            "kota",
            wilayah=nama.removeprefix("KPU "),
            kode_provinsi="33",
            nama_provinsi="Jawa Tengah",
        ),
        angka=_figures("satker", 24, 1, 1),
        tren=_tren(24),
        keadaan=make_keadaan(kode, nama),
        tabel={
            "kegiatan": kegiatan or make_kegiatan(),
            "publikasi": _publikasi(),
            "permohonan_info": _permohonan(),
            "isu_hoaks": _isu(),
        },
        ditahan=DITAHAN,
        sumber=(Sumber("ab" * 32, "api", "2026-10-06T14:12:00+07:00", "diterima_sebagian", True, 119, 114, 3, 2),),
        terbit=TERBIT.isoformat(),
    )


def make_belum_lapor() -> LaporanSatker:
    """A unit that sent nothing: it has a page, and no PDF."""
    return LaporanSatker(
        kepala=_kepala(
            "satker",
            "33.76",
            "KPU Kota Tegal",
            "kota",
            wilayah="Kota Tegal",
            kode_provinsi="33",
            nama_provinsi="Jawa Tengah",
        ),
        angka=_angka(
            "satker", {("satker_wajib", ""): (1,), ("satker_lapor", ""): (0,), ("kelengkapan", ""): (0, 0, 1)}
        ),
        keadaan=make_keadaan("33.76", "KPU Kota Tegal", lapor=False),
        terbit=TERBIT.isoformat(),
    )


def make_nihil() -> LaporanSatker:
    """A unit that declared that there was nothing to report."""
    isi = {
        ("kelengkapan", ""): (100, 1, 1), ("ketepatan_waktu", ""): (100, 1, 1), ("kegiatan_dilaporkan", ""): (0,),
        ("publikasi", ""): (0,), ("permohonan", ""): (0,), ("hoaks_isu", ""): (0,), ("baris", "masuk"): (0,),
        ("baris", "diterima"): (0,), ("baris", "dikarantina"): (0,), ("baris", "kembar"): (0,),
    }  # fmt: skip
    laporan = make_satker("33.71", "KPU Kota Magelang", kegiatan=Tabel(make_kegiatan(0).kolom))
    keadaan = Keadaan("33.71", "KPU Kota Magelang", "kota", "tepat_waktu", "nihil", "2026-10-05T09:00:00+07:00", 0)
    kosong = {nama: Tabel(tabel.kolom) for nama, tabel in laporan.tabel.items()}
    return replace(
        laporan, angka=_angka("satker", isi), tren=(), keadaan=keadaan, tabel=kosong, ditahan=Tabel(DITAHAN.kolom)
    )


def make_provinsi() -> LaporanProvinsi:
    """Jawa Tengah with 36 units, two of them silent."""
    units = [make_keadaan("33", "KPU Provinsi Jawa Tengah")]
    units += [make_keadaan(f"33.{i:02d}", f"KPU Kabupaten Contoh {i}", lapor=i not in {4, 9}) for i in range(1, 36)]
    isu = Tabel(
        ("kode_satker", "nama", "judul_klaim", "klasifikasi", "status", "tanggal_temuan", "tanggal_klarifikasi", "jumlah_konten"),
        (("33.74", "KPU Kota Semarang", "Data pemilih ganda", "konten_menyesatkan", "diklarifikasi",
          "2026-08-13T08:30:00+07:00", "2026-08-13T14:30:00+07:00", 2),),
    )  # fmt: skip
    return LaporanProvinsi(
        kepala=_kepala("provinsi", "33", "Provinsi Jawa Tengah", "provinsi", kode_provinsi="33", nama_provinsi="Jawa Tengah"),
        angka=_figures("provinsi", 720, 34, 36),
        tren=_tren(720),
        satker=tuple(units),
        aturan=(HitungAturan("V08", "FATAL", 14, 9), HitungAturan("V32", "FATAL", 3, 3), HitungAturan("V10", "PERINGATAN", 21, 12)),
        isu=isu,
        terbit=TERBIT.isoformat(),
    )  # fmt: skip


PROVINSI = (
    ("11", "Aceh"), ("12", "Sumut"), ("13", "Sumbar"), ("14", "Riau"), ("15", "Jambi"), ("16", "Sumsel"),
    ("17", "Bengkulu"), ("18", "Lampung"), ("19", "Babel"), ("21", "Kepri"), ("31", "DKI"), ("32", "Jabar"),
    ("33", "Jateng"), ("34", "DIY"), ("35", "Jatim"), ("36", "Banten"), ("51", "Bali"), ("52", "NTB"), ("53", "NTT"),
    ("61", "Kalbar"), ("62", "Kalteng"), ("63", "Kalsel"), ("64", "Kaltim"), ("65", "Kaltara"), ("71", "Sulut"),
    ("72", "Sulteng"), ("73", "Sulsel"), ("74", "Sultra"), ("75", "Gorontalo"), ("76", "Sulbar"), ("81", "Maluku"),
    ("82", "Malut"), ("91", "Papua"), ("92", "Pabar"), ("93", "Pasel"), ("94", "Pateng"), ("95", "Papeg"), ("96", "PBD"),
)  # fmt: skip


def make_nasional() -> LaporanNasional:
    """The nation: 38 provinces of ten units each, one to three of them silent in some."""
    provinsi, satker = [], [make_keadaan("00", "KPU RI")]
    for urutan, (kode, singkatan) in enumerate(PROVINSI):
        diam = urutan % 4
        lapor = 10 - diam
        provinsi.append(
            KeadaanProvinsi(
                kode, f"Provinsi {singkatan}", singkatan, 10, lapor, lapor - 1, lapor * 10.0, (lapor - 1) * 10.0,
                max(0.0, lapor * 10.0 - 20), min(100.0, lapor * 10.0 + 8), 240, 210, 720, 80, 6, 4,
            )
        )  # fmt: skip
        satker += [
            make_keadaan(f"{kode}.{i:02d}", f"KPU Kabupaten {singkatan} {i}", lapor=i > diam) for i in range(1, 11)
        ]
    lapor = sum(unit.lapor for unit in satker)
    return LaporanNasional(
        kepala=_kepala("nasional", "00", "Indonesia", "nasional"),
        angka=_figures("nasional", 10264, lapor, len(satker)),
        tren=(
            *_tren(10264),
            Tren("kelengkapan", tuple(zip(RIWAYAT, (87.9, 89.5, 89.2, 92.0, 100 * lapor / len(satker)), strict=True))),
            Tren("ketepatan_waktu", tuple(zip(RIWAYAT, (67.8, 70.9, 75.0, 74.0, 78.2), strict=True))),
        ),
        provinsi=tuple(provinsi),
        satker=tuple(satker),
        aturan=(HitungAturan("V08", "FATAL", 140, 90), HitungAturan("V10", "PERINGATAN", 210, 120)),
        median_satker={"kegiatan_dilaporkan": 18.0, "publikasi": 45.0},
        terbit=TERBIT.isoformat(),
    )
