"""Example reports without database or registry: what the publishing tests print, render and compare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from humas.contract.columns import asked_of
from humas.report.measures import figure_id
from humas.report.model import (
    LEDGER_COLUMNS,
    Figure,
    NationReport,
    ProvinceReport,
    ProvinceState,
    ReportHeader,
    RuleCount,
    SatkerReport,
    Source,
    Standing,
    Table,
    TierDue,
    Trend,
)

PUBLISHED = date(2026, 10, 16)
PERIOD = "2026-TW3"
HISTORY = ("2025-TW3", "2025-TW4", "2026-TW1", "2026-TW2", "2026-TW3")
TITLE = (
    "Rapat koordinasi kehumasan se-Jawa Tengah",
    "Sosialisasi pemilih pemula di SMA Negeri 3",
    "Siaran radio tentang daftar pemilih berkelanjutan",
    "Audiensi dengan organisasi wartawan",
    "Bimbingan teknis pengelola PPID",
    "Klarifikasi kabar pencoretan pemilih",
)
NAUGHTY = "#eval(\"1+1\") <script>alert('x')</script> ../../etc \U0001f600 " + "x" * 400


def _figure(scope: str, content: dict[tuple[str, str], tuple]) -> tuple[Figure, ...]:
    return tuple(Figure(figure_id(scope, u, r), u, r, *value) for (u, r), value in content.items())


SERVICE: dict[tuple[str, str], tuple] = {
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


def _figures(scope: str, kegiatan: int, reported: int, required: int) -> tuple[Figure, ...]:
    """A consistent set of figures: breakdowns add up to their totals."""
    shares = [kegiatan // 8] * 8
    shares[3] += kegiatan - sum(shares)
    percent = 100 * reported / required
    punctual = reported - reported // 10
    content: dict[tuple[str, str], tuple] = {
        ("kelengkapan", ""): (percent, reported, required, None),
        ("ketepatan_waktu", ""): (100 * punctual / required, punctual, required, None),
        ("kegiatan_dilaporkan", ""): (kegiatan, None, None, kegiatan - 5),
        ("acara_unik", ""): (kegiatan - kegiatan // 12, None, None, None),
        **{("kegiatan_strategi", str(i + 1)): (n, None, None, max(0, n - 1)) for i, n in enumerate(shares)},
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
        **SERVICE,
        ("ketepatan", "tepat_waktu"): (punctual, None, None, None),
        ("ketepatan", "terlambat"): (reported - punctual, None, None, None),
        ("ketepatan", "sangat_terlambat"): (0, None, None, None),
        ("ketepatan", "belum_lapor"): (required - reported, None, None, None),
        ("status_kiriman", "diterima"): (reported, None, None, None),
        ("status_kiriman", "menunggu"): (required - reported, None, None, None),
        ("baris", "masuk"): (kegiatan * 4 + 23, None, None, None),
        ("baris", "diterima"): (kegiatan * 4 + 18, None, None, None),
        ("baris", "dikarantina"): (3, None, None, None),
        ("baris", "kembar"): (2, None, None, None),
        ("buku", "kegiatan/pernah"): (kegiatan + 3, None, None, None),
        ("buku", "kegiatan/berlaku"): (kegiatan, None, None, None),
        ("buku", "kegiatan/digantikan"): (2, None, None, None),
        ("buku", "kegiatan/dicabut"): (1, None, None, None),
        ("buku", "publikasi/pernah"): (kegiatan * 3, None, None, None),
        ("buku", "publikasi/berlaku"): (kegiatan * 3, None, None, None),
        ("buku", "permohonan_info/pernah"): (8, None, None, None),
        ("buku", "permohonan_info/berlaku"): (8, None, None, None),
        ("buku", "isu_hoaks/pernah"): (3, None, None, None),
        ("buku", "isu_hoaks/berlaku"): (3, None, None, None),
        **{("kelengkapan_himpunan", name): (percent, reported, required, None) for name in sorted(asked_of("kpu"))},
        ("validitas", ""): (100 * (1 - 3 / (kegiatan * 4 + 23)), kegiatan * 4 + 20, kegiatan * 4 + 23, None),
        ("kelengkapan_isi", ""): (98.4, 984, 1000, None),
        ("satker_wajib", ""): (required, None, None, None),
        ("satker_lapor", ""): (reported, None, None, None),
    }
    return _figure(scope, content)


def _trend(kegiatan: int) -> tuple[Trend, ...]:
    def points(finish: float, begin: float) -> tuple[tuple[str, float], ...]:
        steps = (finish - begin) / 4
        return tuple((p, round(begin + i * steps)) for i, p in enumerate(HISTORY))

    return (
        Trend("kegiatan_dilaporkan", points(kegiatan, kegiatan * 0.7)),
        Trend("publikasi", points(kegiatan * 3, kegiatan * 2)),
        Trend("permohonan", points(8, 4)),
    )


def _header(scope: str, code: str, name: str, tier: str, **other: str) -> ReportHeader:
    due = (
        TierDue("kabkota", "2026-10-07", "2026-10-14"),
        TierDue("provinsi", "2026-10-14", "2026-10-21"),
        TierDue("nasional", "2026-10-21", "2026-10-28"),
    )
    chosen = {"satker": due[:1], "provinsi": due[:2], "nasional": due}[scope]
    return ReportHeader(
        "kpu", scope, code, name, other.get("wilayah", name), tier, PERIOD,
        kode_provinsi=other.get("kode_provinsi", ""), nama_provinsi=other.get("nama_provinsi", ""), tenggat=chosen,
    )  # fmt: skip


def make_state(code: str = "33.74", name: str = "KPU Kota Semarang", *, reported: bool = True) -> Standing:
    """The standing of one unit; ``reported=False`` for one whose channel failed."""
    if not reported:
        return Standing(code, name, "kota", "belum_lapor", "menunggu", sebab="sumber")
    return Standing(
        code, name, "kota", "tepat_waktu", "diterima_sebagian", "2026-10-06T14:12:00+07:00", 0,
        masuk=119, diterima=114, dikarantina=3, kembar=2, kegiatan=24, publikasi=72, permohonan=8, hoaks=3,
    )  # fmt: skip


def make_kegiatan(count: int = 24, title: tuple[str, ...] = TITLE) -> Table:
    """Activities with the columns that printing uses."""
    column = (
        "tanggal_mulai", "tanggal_selesai", "judul", "jenis_kegiatan", "strategi_utama", "fungsi", "mode", "peran_satker",
        "jumlah_peserta", "satuan_peserta", "lingkup_peserta", "tahapan", "id_acara", "lembar", "baris",
    )  # fmt: skip
    row = tuple(
        (
            f"2026-{7 + i % 3:02d}-{1 + i % 28:02d}", None, title[i % len(title)], "RAPAT_KOORDINASI", 1 + i % 8,
            "konstruktif", ("luring", "daring")[i % 2], ("penyelenggara", "peserta")[i % 2], (42, None)[i % 2],
            ("orang", None)[i % 2], ("satker_ini", None)[i % 2], "NON_TAHAPAN", f"acara{i}", "Kegiatan", i + 2,
        )
        for i in range(count)
    )  # fmt: skip
    return Table(column, row)


def _publikasi() -> Table:
    column = ("judul", "kanal", "url", "tanggal_terbit", "jenis_konten", "jangkauan", "tayangan", "lembar", "baris")
    return Table(
        column,
        tuple(
            (TITLE[i % 6], ("website", "instagram", "instagram")[i % 3], f"https://contoh.kpu.go.id/{i}", "2026-08-01",
             "berita", 1500, 2300, "Publikasi", i + 2)
            for i in range(72)
        ),
    )  # fmt: skip


def _permohonan() -> Table:
    column = (
        "tanggal_terima", "kanal_permohonan", "jenis_pemohon", "informasi_diminta", "rezim", "tanggal_perpanjangan",
        "tanggal_tanggapan", "putusan", "hari_kerja", "ketepatan", "lembar", "baris",
    )  # fmt: skip
    return Table(
        column,
        tuple(
            (f"2026-07-{2 + i:02d}", "e_ppid", "perorangan", "Rekapitulasi pemilih per kelurahan", "UMUM", None,
             None if i == 7 else f"2026-07-{9 + i:02d}", "dalam_proses" if i == 7 else "dikabulkan_penuh",
             None if i == 7 else 5, "berjalan" if i == 7 else "tepat", "Permohonan Informasi", i + 2)
            for i in range(8)
        ),
    )  # fmt: skip


def _issue() -> Table:
    column = (
        "id_isu", "judul_klaim", "tanggal_temuan", "klasifikasi", "platform", "jumlah_konten", "status",
        "tanggal_klarifikasi", "lembar", "baris",
    )  # fmt: skip
    return Table(
        column,
        (
            ("ISU-1", "Data pemilih ganda", "2026-08-13T08:30:00+07:00", "konten_menyesatkan", "facebook", 2,
             "diklarifikasi", "2026-08-13T14:30:00+07:00", "Isu dan Hoaks", 2),
            ("ISU-2", "TPS dihapus sepihak", "2026-09-16T17:00:00+07:00", "konten_menyesatkan", "whatsapp", 3,
             "diklarifikasi", "2026-09-17T13:00:00+07:00", "Isu dan Hoaks", 3),
            ("ISU-3", "Pendaftaran petugas berbayar", "2026-09-29T19:10:00+07:00", "konten_palsu", "tiktok", 2,
             "diverifikasi", None, "Isu dan Hoaks", 4),
        ),
    )  # fmt: skip


HELD = Table(
    ("lembar", "baris", "huruf", "kolom", "kode", "pesan", "cara"),
    (
        ("Kegiatan", 17, "C", "tanggal_mulai", "V08", "25/10/2026 belum terjadi saat laporan dikirim.", "Perbaiki tanggal lalu kirim ulang."),
        ("Publikasi", 41, "E", "url", "WAJIB", "Tautan kosong.", "Isi alamat lengkap terbitan."),
        ("Permohonan Informasi", 6, "F", "informasi_diminta", "V32", "Memuat NIK.", "Hapus NIK lalu kirim ulang baris ini."),
    ),
)  # fmt: skip


GONE = Table(
    LEDGER_COLUMNS,
    (
        ("kegiatan", TITLE[0], "digantikan", "2026-10-06T14:12:00+07:00", "laporan-2.xlsx", "pengirim", ""),
        ("kegiatan", TITLE[1], "digantikan", "2026-10-06T14:12:00+07:00", "laporan-2.xlsx", "pengirim", ""),
        ("kegiatan", TITLE[3], "dicabut", "2026-10-06T14:12:00+07:00", "laporan-2.xlsx", "Sari", "tidak jadi diadakan"),
    ),
)


def make_satker(code: str = "33.74", name: str = "KPU Kota Semarang", *, kegiatan: Table | None = None) -> SatkerReport:
    """A unit that reported, with quarantined rows and five quarters of history."""
    return SatkerReport(
        kepala=_header(
            "satker",
            code,
            name,
            "kota",
            wilayah=name.removeprefix("KPU "),
            kode_provinsi="33",
            nama_provinsi="Jawa Tengah",
        ),
        angka=_figures("satker", 24, 1, 1),
        tren=_trend(24),
        keadaan=make_state(code, name),
        tabel={
            "kegiatan": kegiatan or make_kegiatan(),
            "publikasi": _publikasi(),
            "permohonan_info": _permohonan(),
            "isu_hoaks": _issue(),
        },
        ditahan=HELD,
        buku=GONE,
        sumber=(Source("ab" * 32, "api", "2026-10-06T14:12:00+07:00", "diterima_sebagian", True, 119, 114, 3, 2),),
        terbit=PUBLISHED.isoformat(),
    )


def make_unreported() -> SatkerReport:
    """A unit that sent nothing: it has a page, and no PDF."""
    return SatkerReport(
        kepala=_header(
            "satker",
            "33.76",
            "KPU Kota Tegal",
            "kota",
            wilayah="Kota Tegal",
            kode_provinsi="33",
            nama_provinsi="Jawa Tengah",
        ),
        angka=_figure(
            "satker", {("satker_wajib", ""): (1,), ("satker_lapor", ""): (0,), ("kelengkapan", ""): (0, 0, 1)}
        ),
        keadaan=make_state("33.76", "KPU Kota Tegal", reported=False),
        terbit=PUBLISHED.isoformat(),
    )


def make_nihil() -> SatkerReport:
    """A unit that declared that there was nothing to report."""
    content = {
        ("kelengkapan", ""): (100, 1, 1), ("ketepatan_waktu", ""): (100, 1, 1), ("kegiatan_dilaporkan", ""): (0,),
        ("publikasi", ""): (0,), ("permohonan", ""): (0,), ("hoaks_isu", ""): (0,), ("baris", "masuk"): (0,),
        ("baris", "diterima"): (0,), ("baris", "dikarantina"): (0,), ("baris", "kembar"): (0,),
    }  # fmt: skip
    report = make_satker("33.71", "KPU Kota Magelang", kegiatan=Table(make_kegiatan(0).kolom))
    state = Standing("33.71", "KPU Kota Magelang", "kota", "tepat_waktu", "nihil", "2026-10-05T09:00:00+07:00", 0)
    empty = {name: Table(table.kolom) for name, table in report.tabel.items()}
    return replace(
        report, angka=_figure("satker", content), tren=(), keadaan=state, tabel=empty, ditahan=Table(HELD.kolom)
    )


def make_partial() -> SatkerReport:
    """A unit that reported its activities, declared requests nil, and said nothing of publications and issues."""
    whole = make_satker("33.72", "KPU Kota Surakarta")
    unsaid, nil = {"publikasi", "isu_hoaks"}, "permohonan_info"
    kept = [
        replace(one, nilai=0) if one.ukuran.startswith("permohonan") else one
        for one in whole.angka
        if not one.ukuran.startswith(("publikasi", "jangkauan", "tayangan", "hoaks"))
        and one.rincian.partition("/")[0] not in {*unsaid, nil}
    ]
    said = _figure("satker", {("kelengkapan_himpunan", nil): (100, 1, 1), ("himpunan_nihil", nil): (1,)})
    state = replace(whole.keadaan, publikasi=None, permohonan=0, hoaks=None)
    return replace(whole, angka=(*kept, *said), keadaan=state, tabel={"kegiatan": whole.tabel["kegiatan"]})


def make_province() -> ProvinceReport:
    """Jawa Tengah with 36 units, two of them silent."""
    units = [make_state("33", "KPU Provinsi Jawa Tengah")]
    units += [make_state(f"33.{i:02d}", f"KPU Kabupaten Contoh {i}", reported=i not in {4, 9}) for i in range(1, 36)]
    issues = Table(
        ("kode_satker", "nama", "judul_klaim", "klasifikasi", "status", "tanggal_temuan", "tanggal_klarifikasi", "jumlah_konten"),
        (("33.74", "KPU Kota Semarang", "Data pemilih ganda", "konten_menyesatkan", "diklarifikasi",
          "2026-08-13T08:30:00+07:00", "2026-08-13T14:30:00+07:00", 2),),
    )  # fmt: skip
    return ProvinceReport(
        kepala=_header("provinsi", "33", "Provinsi Jawa Tengah", "provinsi", kode_provinsi="33", nama_provinsi="Jawa Tengah"),
        angka=_figures("provinsi", 720, 34, 36),
        tren=_trend(720),
        satker=tuple(units),
        aturan=(RuleCount("V08", "FATAL", 14, 9), RuleCount("V32", "FATAL", 3, 3), RuleCount("V10", "PERINGATAN", 21, 12)),
        isu=issues,
        terbit=PUBLISHED.isoformat(),
    )  # fmt: skip


PROVINCES = (
    ("11", "Aceh"), ("12", "Sumut"), ("13", "Sumbar"), ("14", "Riau"), ("15", "Jambi"), ("16", "Sumsel"),
    ("17", "Bengkulu"), ("18", "Lampung"), ("19", "Babel"), ("21", "Kepri"), ("31", "DKI"), ("32", "Jabar"),
    ("33", "Jateng"), ("34", "DIY"), ("35", "Jatim"), ("36", "Banten"), ("51", "Bali"), ("52", "NTB"), ("53", "NTT"),
    ("61", "Kalbar"), ("62", "Kalteng"), ("63", "Kalsel"), ("64", "Kaltim"), ("65", "Kaltara"), ("71", "Sulut"),
    ("72", "Sulteng"), ("73", "Sulsel"), ("74", "Sultra"), ("75", "Gorontalo"), ("76", "Sulbar"), ("81", "Maluku"),
    ("82", "Malut"), ("91", "Papua"), ("92", "Pabar"), ("93", "Pasel"), ("94", "Pateng"), ("95", "Papeg"), ("96", "PBD"),
)  # fmt: skip


def make_national() -> NationReport:
    """The nation: 38 provinces of ten units each, one to three of them silent in some."""
    province, satker = [], [make_state("00", "KPU RI")]
    for order, (code, abbreviation) in enumerate(PROVINCES):
        silent = order % 4
        reported = 10 - silent
        province.append(
            ProvinceState(
                code, f"Provinsi {abbreviation}", abbreviation, 10, reported, reported - 1, reported * 10.0, (reported - 1) * 10.0,
                max(0.0, reported * 10.0 - 20), min(100.0, reported * 10.0 + 8), 240, 210, 720, 80, 6, 4,
            )
        )  # fmt: skip
        satker += [
            make_state(f"{code}.{i:02d}", f"KPU Kabupaten {abbreviation} {i}", reported=i > silent)
            for i in range(1, 11)
        ]
    reported = sum(unit.lapor for unit in satker)
    return NationReport(
        kepala=_header("nasional", "00", "Indonesia", "nasional"),
        angka=_figures("nasional", 10264, reported, len(satker)),
        tren=(
            *_trend(10264),
            Trend(
                "kelengkapan", tuple(zip(HISTORY, (87.9, 89.5, 89.2, 92.0, 100 * reported / len(satker)), strict=True))
            ),
            Trend("ketepatan_waktu", tuple(zip(HISTORY, (67.8, 70.9, 75.0, 74.0, 78.2), strict=True))),
        ),
        provinsi=tuple(province),
        satker=tuple(satker),
        aturan=(RuleCount("V08", "FATAL", 140, 90), RuleCount("V10", "PERINGATAN", 210, 120)),
        median_satker={"kegiatan_dilaporkan": 18.0, "publikasi": 45.0},
        terbit=PUBLISHED.isoformat(),
    )
