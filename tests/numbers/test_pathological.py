"""Numbers without an end, out of the calendar or in strange digits: every reader answers or refuses in its own words."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from humas.cli.port import port
from humas.contract.columns import DATASETS, all_columns
from humas.errors import HumasError
from humas.layout.tables import recognise
from humas.news import read_page
from humas.news.dates import find_dates
from humas.periods import parse_period
from humas.periods.in_text import quarters_in
from humas.pipeline.evidence import evidence
from humas.pipeline.mentions import units_in
from humas.privacy import TextForm, mask, personal_kinds
from humas.publish.verify import _ID
from humas.reading.json_pages import read_json
from humas.reading.table import Document, RawTable, Serial1904
from humas.settings import whole_number
from humas.sources.api import read_envelope
from humas.sources.fetch import last_modified
from humas.sources.listing import page_number, read_day
from humas.sources.model import Fetched
from humas.sources.robots import read_robots
from humas.text.digits import TooManyDigits, bounded_int, int_or_text, moment
from humas.validation.cover import read_cover
from humas.validation.result import ReadSubmission
from humas.values.cells import as_text, read_column
from humas.values.codes import settle_code
from humas.values.dates import NotADate, read_dates
from humas.values.numbered import read_numbered
from humas.values.numbers import LARGEST, NotANumber, parse_number, read_number
from humas.values.words import find_choice, find_choices

from tests.validation import samples

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
TEXTS = [form.format(d=figure * length) for form in FORMS.values() for figure in DIGITS.values() for length in LENGTHS]
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
COLUMNS = [pytest.param(column, id=f"{dataset.name}.{column.name}") for dataset, column in all_columns()]
FEW = [*(TEXTS[number] for number in range(0, len(TEXTS), 53)), *VALUES[len(TEXTS) :]]
TODAY = date(2026, 10, 6)


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_reads_any_number_or_says_why_not(column):
    readings = read_column(column, FEW)
    assert len(readings.value) == len(FEW)
    assert all(len(one.problem.message + one.problem.remedy) < 600 for one in readings.distinct if one.problem)


@pytest.mark.parametrize("column", list({param.values[0].type_name: param for param in COLUMNS}.values()))
def test_a_reader_of_each_kind_reads_every_number_or_says_why_not(column):
    assert len(read_column(column, VALUES).value) == len(VALUES)


def test_numbers_and_dates_are_refused_in_their_own_words():
    for content in VALUES:
        with suppress(NotANumber):
            assert abs(read_number(content).nilai) <= LARGEST
        with suppress(NotADate):
            read_dates(content)


def _cover(text: str) -> object:
    cover = dict.fromkeys(("lembaga", "kode_satker", "nama_satker", "periode", "nihil"), text)
    document = Document("xlsx", cover, ())
    submission = ReadSubmission("k", "kpu", "33.74", "2026-TW3", samples.ARRIVAL, True, document)
    return read_cover(submission, samples.register())


def _sheet(text: str) -> object:
    return recognise(RawTable(text[:31], [[text, text, None], [text] * 3, *[[text, 10**5000, 1e308]] * 3]))


def _box(text: str) -> object:
    document = Document("xlsx", {"periode": text, "kode_satker": text}, (RawTable("Kegiatan", [[text] * 3] * 3),))
    return evidence(text, b"", document, samples.register(), "")


def _page(text: str) -> object:
    content = f"<h1>Rapat {text}</h1><p>Rabu ({text}/7/2026) diikuti {text} peserta. Dilihat {text} kali. Nomor 1/{text}/2026</p>"
    return read_page(
        content, url=f"https://a.go.id/{text[:50]}/07/01?page={text[:50]}", register=samples.register(), today=TODAY
    )


def _robots(text: str) -> object:
    rule = read_robots(
        f"User-agent: *\nCrawl-delay: {text}\nRequest-rate: {text}/1\x0cCrawl-delay: %39{text}.5".encode()
    )
    assert rule.pause <= 10**6
    return rule


def _envelope(text: str) -> object:
    content = f'{{"halaman": "{text}", "jumlah_halaman": 1}}'.encode()
    return read_envelope(
        Fetched("https://a.id", content, "application/json", {}, 1, samples.ARRIVAL, None, ""), "tempat"
    )


READERS: dict[str, Callable[[str], object]] = {
    "periode": parse_period, "nomor": read_numbered, "kode": lambda t: settle_code(t, "", "33.74", samples.register()),
    "pilihan": lambda t: find_choice("strategi", t), "daftar pilihan": lambda t: find_choices("strategi", [t]), "teks": as_text,
    "samaran": mask, "data pribadi": personal_kinds, "tautan pribadi": lambda t: personal_kinds(t, TextForm.LINK), "sampul": _cover, "lembar": _sheet,
    "kotak": _box, "kata satker": lambda t: units_in(t, samples.register(), without_kind=True), "kata triwulan": quarters_in,
    "nama satker": lambda t: samples.register().search(t), "berita": _page, "tanggal berita": find_dates, "robots": _robots,
    "hari daftar": read_day, "halaman daftar": page_number, "waktu ubah": lambda t: last_modified({"last-modified": t}),
    "pengaturan": lambda t: whole_number("HUMAS_X", t), "id laporan": _ID.search, "amplop": _envelope,
}  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_every_reader_of_text_answers_or_refuses_in_its_own_words(name):
    for content in FEW:
        if isinstance(content, str):
            with suppress(HumasError):
                READERS[name](content)


@pytest.mark.parametrize("length", [5, 6, 4301, 100_000])
def test_a_port_of_too_many_digits_is_none(length):
    with pytest.raises(argparse.ArgumentTypeError):
        port("9" * length)


@pytest.mark.parametrize(
    "figure", ["9" * 4301, "-" + "9" * 4301, "1" + "0" * 100_000, "1e999", "-1e999", "1E-999", "0." + "1" * 5000]
)
def test_json_with_a_number_without_an_end_is_a_document(figure):
    content = '{"kode_satker": "33.74", "data": {"kegiatan": [{"judul": %s, "kanal": [%s]}]}, "jumlah_halaman": %s}' % (
        (figure,) * 3
    )
    table = read_json([("kiriman.json", content.encode())]).tables[0]
    assert recognise(table)
    json.dumps(table.cells)
    assert (
        read_envelope(Fetched("https://a.id", content.encode(), "", {}, 1, samples.ARRIVAL, None, ""), "x")[
            "kode_satker"
        ]
        == "33.74"
    )


@pytest.mark.mesin
def test_a_submission_of_endless_numbers_balances():
    """Each column in turn holds one of them in an otherwise good row; the whole contract judges, and no row gets lost."""
    poison = ["9" * 4301, "1," + "9" * 4301, "1." + "000." * 2000 + "000", 10**5000, 1e308, float("nan"), date.max]
    sheet = [
        samples.sheet(
            *(
                samples.row(dataset, **{column.name: poison[number % len(poison)]})
                for number, column in enumerate(dataset.columns)
            ),
            dataset=dataset,
        )
        for dataset in DATASETS
    ]
    good = samples.row(kode_satker="33.22", nama_satker="Kabupaten Semarang")
    cover = samples.COVER | {"kode_satker": "33.22", "nama_satker": "Kabupaten Semarang"}
    result = samples.validate(
        samples.submission(*sheet), samples.submission(samples.sheet(good), cover=cover, code="33.22", number=2)
    )
    count = sum(len(dataset.columns) for dataset in DATASETS) + 1
    assert [verdict.baris_masuk for verdict in result.submissions] == [count - 1, 1]
    assert len(result.quarantine) + len(result.duplicates) + sum(map(len, result.accepted.values())) == count
    assert "33.22" in set(result.accepted["kegiatan"]["kode_satker"])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("000000000000000000000000042", 42), ("1,500000000000000000000000 juta", 1_500_000), ("12,000000000000000000000", 12),
        ("1.000.000.000.000", 10**12), ("1,5 triliun", None), ("0,000000000001 triliun", 1), ("0,0000000000001 triliun", None),
        ("1.000.000.000.000.000.000.000", None), ("9" * 19, None),
    ],
)  # fmt: skip
def test_a_number_that_fits_is_read_however_many_zeros_it_has(written, expected):
    if expected is None:
        with pytest.raises(NotANumber):
            parse_number(written)
    else:
        assert parse_number(written) == expected


@pytest.mark.parametrize("seconds", [-1e18, -1.0, 0.0, 1e9, 253_402_300_800.0, 1e300])
def test_a_time_outside_the_calendar_is_the_nearest_end_of_it(seconds):
    assert datetime(1970, 1, 1, tzinfo=UTC) <= moment(seconds) <= datetime(9999, 12, 31, tzinfo=UTC)


def test_digits_are_counted_before_they_are_converted():
    assert bounded_int("9" * 18) == 10**18 - 1
    assert int_or_text("9" * 19) == "9" * 19
    with pytest.raises(TooManyDigits):
        bounded_int(b"9" * 19)
    with pytest.raises(ValueError, match="invalid literal"):
        bounded_int("tiga")
