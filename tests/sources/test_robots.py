"""What a robots.txt lets us read, and how fast."""

import pytest
from humas.sources.robots import read_robots

LIST = "https://a.go.id/blog/category/104?page=2"
ADMIN = "https://a.go.id/admin/x"


@pytest.mark.parametrize(
    ("isi", "boleh", "terlarang"),
    [
        pytest.param(b"", [LIST, ADMIN], [], id="kosong"),
        pytest.param(b"User-agent: *\nDisallow: /admin/\n", [LIST], [ADMIN], id="sebagian"),
        pytest.param(b"User-agent: *\nDisallow: /\n", [], [LIST, ADMIN], id="semua"),
        pytest.param(b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /\r\n", [], [LIST], id="BOM dan CRLF"),
        pytest.param(b"User-agent: HumasTriwulan\nDisallow: /blog\n", [ADMIN], [LIST], id="kita disebut"),
        pytest.param(b"User-agent: Lain\nDisallow: /\n", [LIST, ADMIN], [], id="bukan kita"),
        pytest.param(
            b"User-agent: *\nDisallow: /\n\nUser-agent: HumasTriwulan\nAllow: /\n",
            [LIST, ADMIN],
            [],
            id="kita dikecualikan",
        ),
        pytest.param(b"<!doctype html><title>Beranda</title>", [LIST, ADMIN], [], id="halaman web"),
        pytest.param(b"\xff\xfe\x00\x01" * 100, [LIST, ADMIN], [], id="bukan teks"),
    ],
)
def test_rules(isi, boleh, terlarang):
    aturan = read_robots(isi)
    assert [url for url in (LIST, ADMIN) if aturan.allows(url)] == boleh
    assert not any(aturan.allows(url) for url in terlarang)


@pytest.mark.parametrize(
    ("isi", "jeda"),
    [
        pytest.param(b"", 0, id="tanpa"),
        pytest.param(b"User-agent: *\nCrawl-delay: 7\n", 7, id="detik"),
        pytest.param(b"User-agent: *\nCrawl-delay: 2.5\n", 3, id="pecahan dibulatkan ke atas"),
        pytest.param(b"User-agent: *\nRequest-rate: 1/10\n", 10, id="laju"),
        pytest.param(b"User-agent: Lain\nCrawl-delay: 60\n", 0, id="bukan kita"),
        pytest.param(b"User-agent: *\nCrawl-delay: lama\n", 0, id="bukan bilangan"),
    ],
)
def test_pause(isi, jeda):
    assert read_robots(isi).jeda == jeda
