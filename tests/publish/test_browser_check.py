"""The public page on which a reader checks a report, in a real browser: from a folder, over plain HTTP, and by keyboard alone."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from humas.chain.links import EditionRecord, FileHash
from humas.publish import build, release
from humas.publish.verify import books_of_site, verify
from humas.registry import Cycle

from tests.publish.sample_site import make_material
from tests.publish.test_browser_site import CHOICE, CHROMIUM, CONTRAST, playwright

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed: the page is not tried in a real browser"),
]
FIRST, SECOND = "HT-KPU-33.01-2026TW3-E1", "HT-KPU-33.01-2026TW3-E2"
# More than one block, and lengths around the padding of SHA-256 (55, 56, 64 bytes in the last block).
PRINTED = {FIRST: b"%PDF-1.7 satu " + b"x" * 41, SECOND: b"%PDF-1.7 dua " + b"y" * 300}
FILES = {
    "terkini": ("laporan.pdf", PRINTED[SECOND]),
    "edisi_lama": (f"{FIRST}.pdf", PRINTED[FIRST]),
    "tertukar": (f"{FIRST}.pdf", PRINTED[SECOND]),
    "bukan": ("surat.pdf", b"%PDF-1.7 surat" + b"z" * 42),
    "kosong": ("kosong.pdf", b""),
}


@pytest.fixture(scope="module")
def publication(tmp_path_factory):
    """A small published site with two editions of one report."""
    root = tmp_path_factory.mktemp("situs dengan spasi")
    records, link = [], ""
    for number, (id_, content) in enumerate(PRINTED.items(), 1):
        (root / f"{id_}.pdf").write_bytes(content)
        files = {f"laporan/{id_}.pdf": FileHash.of(content)}
        one = EditionRecord("kpu", "2026-TW3", "satker", "33.01", number, f"{number}" * 64, files=files).chained(link)
        records.append(one)
        link = one.link
    stage = release.stage(root / "terbitan", Cycle("kpu", "2026-TW3"), "uji")
    build.build_draft(stage, make_material(), build.Archive(tuple(records), printed=root))
    build.publish_draft(stage)
    return root / "terbitan"


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as p:
        # A name that is no loopback name: plain HTTP to it is no secure context, as in an office network.
        one = p.chromium.launch(
            executable_path=CHROMIUM, args=[*CHOICE, "--host-resolver-rules=MAP kantor.example 127.0.0.1"]
        )
        yield one
        one.close()


@pytest.fixture(scope="module")
def addresses(publication):
    """The page from a folder, from this machine, and from another machine's name."""
    handler = partial(SimpleHTTPRequestHandler, directory=publication)
    handler.func.log_message = lambda *_: None
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    yield {
        "folder": (publication / "periksa.html").as_uri(),
        "loopback": f"http://127.0.0.1:{port}/periksa.html",
        "kantor": f"http://kantor.example:{port}/periksa.html",
    }
    server.shutdown()
    server.server_close()


@pytest.fixture
def browse(browser, addresses):
    contexts = []

    def open_page(place="folder", width=390, **options):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **options))
        page = contexts[-1].new_page()
        page.keluhan = []
        page.on("console", lambda message: page.keluhan.append(f"{message.text} {message.location['url']}"))
        page.on("pageerror", lambda error: page.keluhan.append(str(error)))
        page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        page.goto(addresses[place])
        return page

    yield open_page
    for one in contexts:
        one.close()


def answered(page, name: str, content: bytes) -> str:
    page.locator("#berkas").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": content})
    return page.locator("#jawaban strong").inner_text()


@pytest.mark.parametrize("place", ["folder", "loopback", "kantor"])
@pytest.mark.parametrize("case", FILES)
def test_the_page_answers_what_the_command_answers(browse, publication, tmp_path, place, case):
    name, content = FILES[case]
    (tmp_path / name).write_bytes(content)
    expected = verify(tmp_path / name, books_of_site(publication))
    page = browse(place)
    assert page.evaluate("Boolean(crypto.subtle)") == (place != "kantor")
    assert answered(page, name, content) == expected.pesan
    assert expected.sha256 in page.locator("#jawaban").inner_text()
    assert page.keluhan == []


@pytest.mark.parametrize("length", [0, 1, 55, 56, 63, 64, 65, 119, 120, 100_000])
def test_own_hash_is_that_of_the_browser(browse, length):
    page = browse("loopback")
    same = "async n => { const b = Uint8Array.from({ length: n }, (_, i) => i * 31 % 251); return ownDigest(b) === await digestOf(b); }"
    assert page.evaluate(same, length)


def test_what_was_added_behind_a_published_file_is_told(browse):
    text = answered(browse("folder"), f"{SECOND}.pdf", PRINTED[SECOND] + b"tanda tangan")
    assert text.startswith(f"Berubah: berkas menyebut {SECOND}")
    assert "Bagian aslinya utuh" in text


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        (FIRST.lower(), "Sudah ada edisi 2"),
        (f" {SECOND}:{'2' * 64}", "itu edisi terkini"),
        (f"{SECOND}:{'3' * 64}", "tidak sama dengan catatan"),
        ("HT-KPU-33.99-2026TW3-E1", "tidak tercatat sebagai laporan"),
        ("HT-KPU-constructor", "bukan nomor laporan"),
        ("<img src=x onerror=alert(1)>", "bukan nomor laporan"),
    ],
)
def test_a_number_is_answered_by_keyboard_alone(browse, written, answer):
    page = browse("folder")
    page.locator("#berkas").focus()
    page.keyboard.press("Tab")
    page.keyboard.type(written)
    page.keyboard.press("Enter")
    assert answer in page.locator("#jawaban").inner_text()
    assert page.keluhan == []


def test_a_dropped_file_is_answered_and_leads_to_the_newest_edition(browse):
    page = browse("folder")
    page.evaluate(
        """content => { const data = new DataTransfer(); data.items.add(new File([content], 'jatuh.pdf'));
        window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, cancelable: true })); }""",
        PRINTED[FIRST].decode(),
    )
    assert "Sudah ada edisi 2" in page.locator("#jawaban strong").inner_text()
    page.get_by_role("link", name="Buka halaman laporan (edisi 2)").click()
    page.wait_for_url("**/satker/33.01.html")
    page.get_by_role("link", name="Periksa keaslian laporan").click()
    page.wait_for_url("**/periksa.html")


def test_without_script_the_page_says_what_to_do(browse):
    page = browse("folder", java_script_enabled=False)
    assert not page.locator("#periksa").is_visible()
    assert "./humas verify BERKAS" in page.locator("noscript").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [345, 390, 1280])
def test_the_page_fits_and_can_be_read(browse, width, scheme):
    page = browse("folder", width=width, color_scheme=scheme)
    answered(page, *FILES["edisi_lama"])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CONTRAST) == []
