"""What a robots.txt lets us read, and how fast."""

import time

import pytest
from humas.sources.robots import read_robots

LIST = "https://a.go.id/blog/category/104?page=2"
ADMIN = "https://a.go.id/admin/x"


@pytest.mark.parametrize(
    ("content", "allowed", "forbidden"),
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
def test_rules(content, allowed, forbidden):
    rule = read_robots(content)
    assert [url for url in (LIST, ADMIN) if rule.allows(url)] == allowed
    assert not any(rule.allows(url) for url in forbidden)


@pytest.mark.parametrize(
    ("content", "pause"),
    [
        pytest.param(b"", 0, id="tanpa"),
        pytest.param(b"User-agent: *\nCrawl-delay: 7\n", 7, id="detik"),
        pytest.param(b"User-agent: *\nCrawl-delay: 2.5\n", 3, id="pecahan dibulatkan ke atas"),
        pytest.param(b"User-agent: *\nRequest-rate: 1/10\n", 10, id="laju"),
        pytest.param(b"User-agent: Lain\nCrawl-delay: 60\n", 0, id="bukan kita"),
        pytest.param(b"User-agent: *\nCrawl-delay: lama\n", 0, id="bukan bilangan"),
    ],
)
def test_pause(content, pause):
    assert read_robots(content).pause == pause


SITE = "https://a.go.id"
RFC_9309 = {
    # 2.2.1: which group is ours
    "nama tanpa beda huruf besar": ("User-agent: humastriwulan\nDisallow: /a\n", [], ["/a"]),
    "nama dengan versi": ("User-agent: HumasTriwulan/1\nDisallow: /a\n", [], ["/a"]),
    "awal nama bukan nama": ("User-agent: Humas\nDisallow: /\n", ["/a"], []),
    "nama lebih panjang bukan nama": ("User-agent: HumasTriwulanBot\nDisallow: /\n", ["/a"], []),
    "kelompok kita menggantikan bintang": (
        "User-agent: HumasTriwulan\nDisallow: /a\n\nUser-agent: *\nDisallow: /b\n", ["/b"], ["/a"]),
    "kelompok kita kosong": ("User-agent: *\nDisallow: /\n\nUser-agent: HumasTriwulan\n", ["/a"], []),
    "dua kelompok kita digabung": (
        "User-agent: HumasTriwulan\nDisallow: /a\n\nUser-agent: Lain\nDisallow: /b\n\n"
        "User-agent: HumasTriwulan\nDisallow: /c\n", ["/b"], ["/a", "/c"]),
    "beberapa nama satu kelompok": ("User-agent: Lain\nUser-agent: HumasTriwulan\nDisallow: /a\n", ["/b"], ["/a"]),
    "baris kosong tidak menutup kelompok": ("User-agent: *\n\n\nDisallow: /a\n", ["/b"], ["/a"]),
    "aturan tanpa kelompok": ("Disallow: /\nUser-agent: *\nDisallow: /a\n", ["/b"], ["/a"]),
    # 2.2.2: which rule decides
    "yang terpanjang menang, bukan yang pertama": (
        "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\n", ["/a/b", "/a/b/d"], ["/a", "/a/c", "/a/b/c"]),
    "sama panjang: boleh": ("User-agent: *\nDisallow: /a\nAllow: /a\n", ["/a", "/ab"], []),
    "contoh 5.2": (
        "User-Agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n",
        ["/example/page/", "/example/page/allowed.gif", "/lain"], ["/example/page/disallowed.gif"]),
    "huruf besar jalur berarti": ("User-agent: *\nDisallow: /A\n", ["/a"], ["/A"]),
    "larangan kosong": ("User-agent: *\nDisallow:\n", ["/", "/a"], []),
    "robots.txt sendiri": ("User-agent: *\nDisallow: /\n", ["/robots.txt"], ["/"]),
    "huruf bukan ASCII": ("User-agent: *\nDisallow: /foo/bar/ツ\n", ["/foo/bar/"], ["/foo/bar/%E3%83%84", "/foo/bar/%e3%83%84"]),
    "persen dalam aturan": ("User-agent: *\nDisallow: /foo/bar/%E3%83%84\n", ["/foo/bar/"], ["/foo/bar/ツ"]),
    "persen yang tidak perlu": ("User-agent: *\nDisallow: /foo/bar/%62%61%7A\n", ["/foo/bar/"], ["/foo/bar/baz"]),
    "kueri": ("User-agent: *\nDisallow: /foo/bar?baz=qux\n", ["/foo/bar", "/foo/bar?baz=1"], ["/foo/bar?baz=qux"]),
    # 2.2.3: characters with a meaning
    "komentar": ("User-agent: * # semua\nDisallow: /a # rahasia\n# Disallow: /b\n", ["/b"], ["/a"]),
    "akhir jalur": ("User-agent: *\nDisallow: /a$\n", ["/ab", "/a/", "/a?x=1"], ["/a"]),
    "bintang di tengah": ("User-agent: *\nDisallow: /this/*/exactly\n", ["/this/exactly"], ["/this/a/b/exactly", "/this/x/exactly?y"]),
    "akhiran berkas": ("User-agent: *\nDisallow: /*.pdf$\n", ["/a.pdf?unduh", "/pdf"], ["/a.pdf", "/a/b.pdf"]),
    "kueri di mana pun": ("User-agent: *\nDisallow: /*?x=\n", ["/a", "/a?y=1"], ["/a?x=1", "/b/c?x="]),
    "bintang pada izin": ("User-agent: *\nDisallow: /\nAllow: /*/berita/\n", ["/id/berita/1"], ["/id/lain", "/berita/1"]),
    "bintang beruntun": ("User-agent: *\nDisallow: /a****b$\n", ["/abc"], ["/ab", "/a/x/b"]),
    "bintang berpersen adalah huruf": ("User-agent: *\nDisallow: /file-%2A.html\n", ["/file-1.html"], ["/file-*.html"]),
    "dolar berpersen adalah huruf": ("User-agent: *\nDisallow: /foo-%24\n", ["/foo-"], ["/foo-$", "/foo-$a"]),
    # 2.2.4 and 2.2: what is no rule, and how lines end
    "peta situs di tengah kelompok": (
        "User-agent: Lain\nSitemap: https://a.go.id/s.xml\nUser-agent: HumasTriwulan\nDisallow: /a\n", ["/b"], ["/a"]),
    "baris tak dikenal di tengah kelompok": (
        "User-agent: HumasTriwulan\nKebijakan: ramah\nUser-agent: Lain\nDisallow: /a\n", ["/b"], ["/a"]),
    "baris berakhir CR": ("User-agent: *\rDisallow: /a\r", ["/b"], ["/a"]),
    "spasi di sekitar": ("  user-AGENT :  *  \n\tDISALLOW\t:\t/a  \n", ["/b"], ["/a"]),
    "salah ketik yang lazim": ("User agent: *\nDissalow: /a\nDisallow /b\n", ["/c"], ["/a", "/b"]),
    "jalur tanpa garis miring": ("User-agent: *\nDisallow: a\n", ["/a"], []),
}  # fmt: skip


@pytest.mark.parametrize("case", RFC_9309)
def test_rules_are_read_as_rfc_9309_says(case):
    text, allowed, forbidden = RFC_9309[case]
    rules = read_robots(text.encode())
    assert [path for path in allowed + forbidden if rules.allows(SITE + path)] == allowed


@pytest.mark.parametrize(
    ("lines", "pause"),
    [
        pytest.param("Crawl-delay: 0.2", 1, id="pecahan kecil"),
        pytest.param("Crawl-delay: -5", 0, id="negatif"),
        pytest.param("Crawl-delay: " + "9" * 5000, 999_999, id="tanpa akhir"),
        pytest.param("Crawl-delay: 1e300", 999_999, id="eksponen"),
        pytest.param("Crawl-delay: nan\nCrawl-delay: inf", 0, id="bukan bilangan menurut float"),
        pytest.param("Crawl-delay: ²\nRequest-rate: ²/²", 0, id="angka ganjil"),
        pytest.param("Request-rate: 10/1m", 6, id="laju per menit"),
        pytest.param("Request-rate: 1/2h 0800-1700", 7200, id="laju pada jam tertentu"),
        pytest.param("Request-rate: 0/5\nRequest-rate: 5/0", 0, id="laju nol"),
        pytest.param("Request-rate: 1/" + "1_" * 3000 + "1", 999_999, id="laju tanpa akhir"),
        pytest.param("Request-rate: 1/999999d", 999_999, id="laju seumur hidup"),
        pytest.param("Crawl-delay: 3\nRequest-rate: 1/8", 8, id="yang lebih lama"),
        pytest.param("Crawl-delay: 3 # detik", 3, id="komentar"),
    ],
)
def test_a_pause_is_a_number_within_bounds(lines, pause):
    assert read_robots(f"User-agent: *\n{lines}\n".encode()).pause == pause


def test_the_line_that_the_limit_cuts_is_no_rule():
    start = b"User-agent: *\nDisallow: /a\n"
    padding = b"#" * (512 * 1024 - len(start) - len(b"\nDisallow: /")) + b"\n"
    rules = read_robots(start + padding + b"Disallow: /b\nDisallow: /c\n")
    assert [path for path in ("/a", "/b", "/c", "/d") if not rules.allows(SITE + path)] == ["/a"]


@pytest.mark.parametrize("url", ["https://[a.go.id/x?y", "https://a.go.id/\ud800", SITE + "/" + "a" * 2049])
def test_an_address_that_is_none_or_has_no_end_is_not_read(url):
    assert not read_robots(b"User-agent: *\nDisallow: /b\n").allows(url)


HALF_MIB = 512 * 1024
HOSTILE = {
    "bintang dalam satu aturan": "User-agent: *\nDisallow: /" + "*a" * (HALF_MIB // 2 - 20) + "$\n",
    "bintang dalam banyak aturan": "User-agent: *\n" + ("Disallow: /" + "*a" * 30 + "b$\n") * 7_000,
    "aturan pendek": "User-agent: *\n" + "Allow:/*aab\n" * 43_000,
    "hanya bintang": "User-agent: *\nDisallow: /" + "*" * (HALF_MIB - 100) + "b$\n",
    "nama kali aturan": "".join(f"User-agent:{i}\n" for i in range(15_000)) + "User-agent:*\n" + "Allow:/a\n" * 28_000,
    "nama berulang": "".join(f"User-agent:{i % 15_000}\n" for i in range(29_000)),
    "dolar": "User-agent: *\nDisallow: /" + "$" * (HALF_MIB - 100) + "\n",
    "persen": "User-agent: *\nDisallow: /" + "%41" * (HALF_MIB // 3 - 20) + "\n",
    "spasi": "User-agent: *\nDisallow" + " " * (HALF_MIB - 100) + "a b\n",
    "huruf": "User-agent: *\ndi" + "as" * (HALF_MIB // 2 - 20) + "\n",
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_takes_seconds_at_most(kind):
    begun = time.process_time()
    rules = read_robots(HOSTILE[kind].encode()[:HALF_MIB])
    for url in (
        SITE + "/" + "a" * 2000,
        SITE + "/" + "%41" * 600,
        SITE + "/" + "\U0001f600" * 500,
        SITE + "/" + "a" * 10**6,
    ):
        rules.allows(url)
    assert time.process_time() - begun < 5
