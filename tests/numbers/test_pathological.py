"""Numbers without an end, out of the calendar or in strange digits: every reader answers or refuses in its own words."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from humas.berita import read_page
from humas.berita.dates import find_dates
from humas.command.port import port
from humas.contract.cells import as_text, read_column
from humas.contract.codes import settle_code
from humas.contract.columns import HIMPUNAN, all_columns
from humas.contract.cover import read_cover
from humas.contract.dates import BukanTanggal, read_dates
from humas.contract.numbered import read_numbered
from humas.contract.numbers import TERBESAR, BukanBilangan, parse_number, read_number
from humas.contract.privacy import Context, mask, personal_kinds
from humas.contract.result import KirimanTerbaca
from humas.contract.tables import recognise
from humas.contract.words import find_choice, find_choices
from humas.digits import TooManyDigits, bounded_int, int_or_text, moment
from humas.errors import HumasError
from humas.kotak_masuk.evidence import evidence
from humas.kotak_masuk.words import quarters_in, units_in
from humas.periods import parse_periode
from humas.publish.verify import _ID
from humas.reading.json_pages import read_json
from humas.reading.table import Dokumen, Serial1904, TabelMentah
from humas.settings import whole_number
from humas.sources.api import read_envelope
from humas.sources.fetch import last_modified
from humas.sources.listing import page_number, read_day
from humas.sources.model import Ambilan
from humas.sources.robots import read_robots

from tests.contract import contoh

LENGTHS = (1, 2, 5, 17, 18, 19, 40, 309, 640, 641, 4300, 4301)
DIGITS = {"sembilan": "9", "nol": "0", "Arab": "٣", "Dewanagari": "२", "lebar penuh": "９"}
FORMS = {
    "polos": "{d}", "negatif": "-{d}", "desimal": "1,{d}", "berkoma": "{d},5", "titik nol": "{d}.0", "rupiah": "Rp {d},-",
    "kurung": "({d})", "dua kali": "{d} ({d}) orang", "keterangan": "{d} orang terdiri atas warga", "kira-kira": "± {d}",
    "juta": "{d} juta", "pecahan juta": "1,{d} juta", "titik juta": "{d}.5 juta", "campur": "{d} juta {d} ribu", "eksponen": "1e{d}",
    "tanggal": "{d}/{d}/{d}", "tahun": "1/7/{d}", "tahun kata": "1 Juli {d}", "hari": "2026-07-{d}", "jam": "15/07/2026 {d}.00",
    "ISO": "2026-07-01T{d}:00", "rentang": "{d} s.d. {d} Juli 2026", "strategi": "Strategi {d}", "daftar": "{d},{d},{d}",
    "kode": "33.{d}", "periode": "TW{d} 2026", "laporan": "HT-KPU-33.74-2026TW3-E{d}", "halaman": "https://a.id/?page={d}",
}  # fmt: skip
TEXTS = [
    bentuk.format(d=angka * panjang) for bentuk in FORMS.values() for angka in DIGITS.values() for panjang in LENGTHS
]
LONG = [
    "1." + "000." * 5000 + "000", "1," + "000," * 5000 + "000.0", "²", "1²", "①", "½", "٤²", "VIII" * 500, "seratus " * 500, "1-" * 5000,
    "1 " * 5000, "1.1." * 2000, "(1)" * 2000, "9" * 100_000, "0" * 100_000 + "5",
]  # fmt: skip
EDGE = timezone(timedelta(hours=14))
VALUES: list[object] = [
    *TEXTS, *LONG, *(10**n for n in (17, 18, 19, 308, 309, 4299, 4301, 5000)), -(10**5000), 2**63, 1e308, -1e308, 1e16, 1e22, 5e-324,
    float("nan"), float("inf"), float("-inf"), 1e10, 45000.99999999, Serial1904(1e308), Serial1904(float("nan")), True, date.min, date.max,
    datetime.combine(date.min, time()), datetime.combine(date.max, time(23, 59, 59)), datetime(1, 1, 1, tzinfo=EDGE), datetime(9999, 12, 31, 23, tzinfo=timezone(-timedelta(hours=12))),
    [10**5000], {"a": 10**5000}, ["9" * 5000], [[10**5000]], [float("nan")],
]  # fmt: skip
COLUMNS = [pytest.param(kolom, id=f"{himpunan.nama}.{kolom.nama}") for himpunan, kolom in all_columns()]
FEW = [*(TEXTS[nomor] for nomor in range(0, len(TEXTS), 53)), *VALUES[len(TEXTS) :]]
TODAY = date(2026, 10, 6)


@pytest.mark.parametrize("kolom", COLUMNS)
def test_every_column_reads_any_number_or_says_why_not(kolom):
    terbaca = read_column(kolom, FEW)
    assert len(terbaca.nilai) == len(FEW)
    assert all(len(satu.masalah.pesan + satu.masalah.cara) < 600 for satu in terbaca.unik if satu.masalah)


@pytest.mark.parametrize("kolom", list({param.values[0].tipe: param for param in COLUMNS}.values()))
def test_a_reader_of_each_kind_reads_every_number_or_says_why_not(kolom):
    assert len(read_column(kolom, VALUES).nilai) == len(VALUES)


def test_numbers_and_dates_are_refused_in_their_own_words():
    for isi in VALUES:
        with suppress(BukanBilangan):
            assert abs(read_number(isi).nilai) <= TERBESAR
        with suppress(BukanTanggal):
            read_dates(isi)


def _cover(teks: str) -> object:
    sampul = dict.fromkeys(("lembaga", "kode_satker", "nama_satker", "periode", "nihil"), teks)
    dokumen = Dokumen("xlsx", sampul, ())
    kiriman = KirimanTerbaca("k", "kpu", "33.74", "2026-TW3", contoh.TIBA, True, dokumen)
    return read_cover(kiriman, contoh.register())


def _sheet(teks: str) -> object:
    return recognise(TabelMentah(teks[:31], [[teks, teks, None], [teks] * 3, *[[teks, 10**5000, 1e308]] * 3]))


def _box(teks: str) -> object:
    dokumen = Dokumen("xlsx", {"periode": teks, "kode_satker": teks}, (TabelMentah("Kegiatan", [[teks] * 3] * 3),))
    return evidence(teks, b"", dokumen, contoh.register(), "")


def _page(teks: str) -> object:
    isi = f"<h1>Rapat {teks}</h1><p>Rabu ({teks}/7/2026) diikuti {teks} peserta. Dilihat {teks} kali. Nomor 1/{teks}/2026</p>"
    return read_page(
        isi, url=f"https://a.go.id/{teks[:50]}/07/01?page={teks[:50]}", register=contoh.register(), hari_ini=TODAY
    )


def _robots(teks: str) -> object:
    aturan = read_robots(
        f"User-agent: *\nCrawl-delay: {teks}\nRequest-rate: {teks}/1\x0cCrawl-delay: %39{teks}.5".encode()
    )
    assert aturan.jeda <= 10**6
    return aturan


def _envelope(teks: str) -> object:
    isi = f'{{"halaman": "{teks}", "jumlah_halaman": 1}}'.encode()
    return read_envelope(Ambilan("https://a.id", isi, "application/json", {}, 1, contoh.TIBA, None, ""), "tempat")


READERS: dict[str, Callable[[str], object]] = {
    "periode": parse_periode, "nomor": read_numbered, "kode": lambda t: settle_code(t, "", "33.74", contoh.register()),
    "pilihan": lambda t: find_choice("strategi", t), "daftar pilihan": lambda t: find_choices("strategi", [t]), "teks": as_text,
    "samaran": mask, "data pribadi": personal_kinds, "tautan pribadi": lambda t: personal_kinds(t, Context.LINK), "sampul": _cover, "lembar": _sheet,
    "kotak": _box, "kata satker": lambda t: units_in(t, contoh.register(), tanpa_jenis=True), "kata triwulan": quarters_in,
    "nama satker": lambda t: contoh.register().cari(t), "berita": _page, "tanggal berita": find_dates, "robots": _robots,
    "hari daftar": read_day, "halaman daftar": page_number, "waktu ubah": lambda t: last_modified({"last-modified": t}),
    "pengaturan": lambda t: whole_number("HUMAS_X", t), "id laporan": _ID.search, "amplop": _envelope,
}  # fmt: skip


@pytest.mark.parametrize("nama", READERS)
def test_every_reader_of_text_answers_or_refuses_in_its_own_words(nama):
    for isi in FEW:
        if isinstance(isi, str):
            with suppress(HumasError):
                READERS[nama](isi)


@pytest.mark.parametrize("panjang", [5, 6, 4301, 100_000])
def test_a_port_of_too_many_digits_is_none(panjang):
    with pytest.raises(argparse.ArgumentTypeError):
        port("9" * panjang)


@pytest.mark.parametrize(
    "angka", ["9" * 4301, "-" + "9" * 4301, "1" + "0" * 100_000, "1e999", "-1e999", "1E-999", "0." + "1" * 5000]
)
def test_json_with_a_number_without_an_end_is_a_document(angka):
    isi = '{"kode_satker": "33.74", "data": {"kegiatan": [{"judul": %s, "kanal": [%s]}]}, "jumlah_halaman": %s}' % (
        (angka,) * 3
    )
    tabel = read_json([("kiriman.json", isi.encode())]).tabel[0]
    assert recognise(tabel)
    json.dumps(tabel.sel)
    assert (
        read_envelope(Ambilan("https://a.id", isi.encode(), "", {}, 1, contoh.TIBA, None, ""), "x")["kode_satker"]
        == "33.74"
    )


@pytest.mark.mesin
def test_a_submission_of_endless_numbers_balances():
    """Each column in turn holds one of them in an otherwise good row; the whole contract judges, and no row gets lost."""
    racun = ["9" * 4301, "1," + "9" * 4301, "1." + "000." * 2000 + "000", 10**5000, 1e308, float("nan"), date.max]
    lembar = [
        contoh.sheet(
            *(
                contoh.row(himpunan, **{kolom.nama: racun[nomor % len(racun)]})
                for nomor, kolom in enumerate(himpunan.kolom)
            ),
            himpunan=himpunan,
        )
        for himpunan in HIMPUNAN
    ]
    baik = contoh.row(kode_satker="33.22", nama_satker="Kabupaten Semarang")
    sampul = contoh.SAMPUL | {"kode_satker": "33.22", "nama_satker": "Kabupaten Semarang"}
    hasil = contoh.validate(
        contoh.submission(*lembar), contoh.submission(contoh.sheet(baik), sampul=sampul, kode="33.22", nomor=2)
    )
    jumlah = sum(len(himpunan.kolom) for himpunan in HIMPUNAN) + 1
    assert [vonis.baris_masuk for vonis in hasil.kiriman] == [jumlah - 1, 1]
    assert len(hasil.karantina) + len(hasil.kembar) + sum(map(len, hasil.diterima.values())) == jumlah
    assert "33.22" in set(hasil.diterima["kegiatan"]["kode_satker"])


@pytest.mark.parametrize(
    ("tertulis", "harap"),
    [
        ("000000000000000000000000042", 42), ("1,500000000000000000000000 juta", 1_500_000), ("12,000000000000000000000", 12),
        ("1.000.000.000.000", 10**12), ("1,5 triliun", None), ("0,000000000001 triliun", 1), ("0,0000000000001 triliun", None),
        ("1.000.000.000.000.000.000.000", None), ("9" * 19, None),
    ],
)  # fmt: skip
def test_a_number_that_fits_is_read_however_many_zeros_it_has(tertulis, harap):
    if harap is None:
        with pytest.raises(BukanBilangan):
            parse_number(tertulis)
    else:
        assert parse_number(tertulis) == harap


@pytest.mark.parametrize("detik", [-1e18, -1.0, 0.0, 1e9, 253_402_300_800.0, 1e300])
def test_a_time_outside_the_calendar_is_the_nearest_end_of_it(detik):
    assert datetime(1970, 1, 1, tzinfo=UTC) <= moment(detik) <= datetime(9999, 12, 31, tzinfo=UTC)


def test_digits_are_counted_before_they_are_converted():
    assert bounded_int("9" * 18) == 10**18 - 1
    assert int_or_text("9" * 19) == "9" * 19
    with pytest.raises(TooManyDigits):
        bounded_int(b"9" * 19)
    with pytest.raises(ValueError, match="invalid literal"):
        bounded_int("tiga")
