"""Pages as text, and what stands in the way of news."""

import pytest
from humas.errors import SourceError
from humas.sources.markup import decode_page, parse_page, refuse_obstacle

LONG = "<p>" + "Rapat membahas layanan informasi kepada masyarakat. " * 20 + "</p>"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("Jum’at".encode(), "Jum’at", id="utf-8"),
        pytest.param("Jum’at".encode("cp1252"), "Jum’at", id="windows-1252"),
        pytest.param(b'<meta charset="iso-8859-1">\xe9', '<meta charset="iso-8859-1">é', id="menurut meta"),
        pytest.param(b'<meta charset="ngawur">a', '<meta charset="ngawur">a', id="meta ngawur"),
        pytest.param('<meta charset="ascii">é'.encode(), '<meta charset="ascii">é', id="meta keliru"),
        pytest.param("é".encode("utf-16"), "é", id="utf-16"),
    ],
)
def test_decoding(data, text):
    assert decode_page(data).removeprefix("\ufeff") == text


@pytest.mark.parametrize(
    ("page", "code"),
    [
        pytest.param("<title>Just a moment...</title>", "halaman_tantangan", id="cloudflare"),
        pytest.param("<script src=/cdn-cgi/challenge-platform/a.js></script>", "halaman_tantangan", id="skrip"),
        pytest.param('<div class="g-recaptcha"></div>Buktikan Anda manusia', "halaman_tantangan", id="captcha"),
        pytest.param("<form><input type=PASSWORD></form>", "halaman_masuk", id="masuk"),
        pytest.param("<title>404 Not Found</title>", "halaman_galat", id="404"),
        pytest.param("<h1>A Database Error Occurred</h1>", "halaman_galat", id="basis data"),
        pytest.param("<h1>Situs dalam pemeliharaan</h1>", "halaman_galat", id="pemeliharaan"),
        pytest.param("<title>Galat</title><h1>Halaman tidak ditemukan</h1>", "halaman_galat", id="tidak ditemukan"),
        pytest.param(f"<title>Berita</title>{LONG}", "", id="berita"),
        pytest.param(f"<h1>Data tidak ditemukan saat coklit</h1>{LONG}", "", id="berita tentang galat"),
        pytest.param(f"<form><input type=password></form>{LONG}", "", id="berita dengan kotak masuk"),
        pytest.param(
            f"<script src=/cdn-cgi/challenge-platform/a.js></script>{LONG}", "", id="berita di balik pengaman"
        ),
        pytest.param("<title>Kabar</title><p>Rapat hari ini.</p>", "", id="berita pendek"),
        pytest.param("", "", id="kosong"),
    ],
)
def test_obstacles(page, code):
    def judge():
        refuse_obstacle(parse_page(page), page, "Situs X")

    if not code:
        judge()
        return
    with pytest.raises(SourceError) as error:
        judge()
    assert error.value.code == code
    assert error.value.message.startswith("Situs X mengirim halaman")


def test_the_title_of_an_obstacle_is_told_in_one_clean_line():
    page = "<title>Attention\n Required! \x1b[31m" + "x" * 300 + "</title>"
    with pytest.raises(
        SourceError, match=r'"Attention Required! \[31mx+" *, bukan berita|"Attention Required!'
    ) as error:
        refuse_obstacle(parse_page(page), page, "Situs X")
    assert "\x1b" not in error.value.message
    assert len(error.value.message) < 200
