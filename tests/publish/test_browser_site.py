"""The published site in a real browser, from ``file://`` as an officer opens it: keyboard, phone, dark, print, no script."""

from __future__ import annotations

import os
import shutil

import pytest
from humas.publish import build, release
from humas.registry import Cycle

from tests.publish.sample_site import make_material

playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed: the browser tests cannot run"
)
CHROMIUM = (
    os.environ.get("HUMAS_CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed: the pages are not tried in a real browser"),
]
CHOICE = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
PAGES = (
    "index.html", "provinsi/33.html", "satker/33.01.html", "satker/33.02.html", "satker/33.76.html", "satker/12.01.html",
    "satker/index.html", "status.html", "cara-menghitung.html", "api.html", "../../index.html",
)  # fmt: skip
CONTRAST = """() => {
  const terang = ([r, g, b]) => { const f = v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; };
    return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
  const angka = teks => (teks.match(/[\\d.]+/g) || []).map(Number);
  const latar = unsur => { for (let u = unsur; u; u = u.parentElement) { const w = angka(getComputedStyle(u).backgroundColor);
      if (w.length === 3 || w[3] > .99) return w.slice(0, 3); } return [255, 255, 255]; };
  const buruk = [];
  const jalan = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (jalan.nextNode()) {
    const unsur = jalan.currentNode.parentElement;
    if (!jalan.currentNode.data.trim() || !unsur.getClientRects().length || unsur.closest('.k0, title, desc')) continue;
    const gaya = getComputedStyle(unsur), svg = unsur instanceof SVGElement;
    const [a, b] = [terang(angka(svg ? gaya.fill : gaya.color)), terang(latar(unsur))];
    const rasio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const besar = parseFloat(gaya.fontSize) >= 24 || (parseFloat(gaya.fontSize) >= 18.66 && gaya.fontWeight >= 700);
    if (rasio < (besar ? 3 : 4.5)) buruk.push(`${unsur.tagName} ${jalan.currentNode.data.trim().slice(0, 30)} ${rasio.toFixed(2)}`);
  }
  return buruk;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Address of a small published site."""
    publication = tmp_path_factory.mktemp("situs dengan spasi") / "terbitan"
    stage = release.stage(publication, Cycle("kpu", "2026-TW3"), "uji")
    build.build_draft(stage, make_material(), build.Archive())
    return build.publish_draft(stage).absolute().as_uri()


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as p:
        one = p.chromium.launch(executable_path=CHROMIUM, args=list(CHOICE))
        yield one
        one.close()


@pytest.fixture
def browse(browser, address):
    """Open a page; every message of the console, every error and every alert is collected in ``page.keluhan``."""
    context = []

    def open_page(name, width=1280, scheme="light", js=True):
        one = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=js)
        context.append(one)
        page = one.new_page()
        page.keluhan = []
        page.on("console", lambda message: page.keluhan.append(message.text))
        page.on("pageerror", lambda error: page.keluhan.append(str(error)))
        page.on("requestfailed", lambda request: page.keluhan.append(f"gagal: {request.url}"))
        page.on("dialog", lambda dialog: page.keluhan.append(f"alert: {dialog.message}") or dialog.dismiss())
        page.goto(f"{address}/{name}")
        return page

    yield open_page
    for one in context:
        one.close()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_and_nothing_is_refused(browse, name):
    page = browse(name)
    for width in (345, 390, 720, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width}"
    assert page.keluhan == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", "satker/33.02.html", "status.html", "cara-menghitung.html", "api.html"])
def test_text_has_enough_contrast(browse, name, scheme):
    page = browse(name, scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate(CONTRAST) == []


def test_own_font_loads_from_a_folder(browse):
    page = browse("index.html")
    assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].every(f => f.status === 'loaded'))")


def test_dark_mode_follows_the_system(browse):
    background = "getComputedStyle(document.body).backgroundColor"
    assert browse("index.html", scheme="dark").evaluate(background) == "rgb(16, 22, 31)"
    assert browse("index.html").evaluate(background) == "rgb(255, 255, 255)"


def test_a_unit_is_found_and_opened_by_keyboard_alone(browse):
    page = browse("index.html")
    page.keyboard.press("/")
    page.keyboard.type("jateng")
    assert page.get_by_role("option").count() > 2
    page.keyboard.press("ArrowDown")
    assert page.get_by_role("option", selected=True).inner_text().startswith("KPU Kabupaten Jateng 2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/satker/33.02.html")
    page.keyboard.press("/")
    page.keyboard.type("33.76")
    page.keyboard.press("Enter")
    page.wait_for_url("**/satker/33.76.html")
    assert page.get_by_role("heading", level=1).inner_text() == "KPU Kota Tegal"


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("jateng10", "33.10"),
        ("Jateng-10", "33.10"),
        ("kab. jateng10", "33.10"),
        ("kab.jateng 10", "33.10"),
        ("kotategal", "33.76"),
        ("kotamadya tegal", "33.76"),
        ("33.76", "33.76"),
    ],
)
def test_search_reads_a_name_however_its_words_are_joined_or_shortened(browse, written, found):
    page = browse("index.html")
    page.get_by_role("combobox", name="Cari satker").fill(written)
    assert found in page.locator("#hasil-cari li").first.inner_text()


def test_search_that_finds_nothing_says_so_and_escape_closes(browse):
    page = browse("status.html", width=390)
    page.keyboard.press("/")
    page.keyboard.type("atlantis")
    assert "Tidak ada satker" in page.get_by_role("listbox").inner_text()
    page.keyboard.press("Escape")
    assert page.get_by_role("listbox").count() == 0
    assert page.keluhan == []


@pytest.mark.parametrize("js", [True, False], ids=["dengan-js", "tanpa-js"])
def test_map_switches_between_completeness_and_punctuality(browse, js):
    page = browse("index.html", js=js)
    complete, punctual = page.locator(".peta-lengkap"), page.locator(".peta-tepat")
    assert (complete.is_visible(), punctual.is_visible()) == (True, False)
    page.locator("#peta-lengkap").focus()
    page.keyboard.press("ArrowRight")
    assert (complete.is_visible(), punctual.is_visible()) == (False, True)
    page.get_by_text("Kelengkapan", exact=True).and_(page.locator("label")).click()
    assert (complete.is_visible(), punctual.is_visible()) == (True, False)


def test_map_is_wide_on_a_desk_and_two_bands_on_a_phone(browse):
    page = browse("index.html")
    column = "getComputedStyle(document.querySelector('.peta-lengkap .peta')).gridTemplateColumns.split(' ').length"
    assert page.evaluate(column) == 15
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate(column) == 9


def test_figure_opens_its_trace_by_keyboard_and_gives_the_focus_back(browse):
    page = browse("index.html")
    page.locator("a.jejak[data-id=N1]").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    content = dialog.inner_text()
    for words in (
        "Kelengkapan",
        "Rumus",
        "÷ seluruh kewajiban",
        "Pembilang ÷ penyebut",
        "Sumber",
        "HT-KPU-N-2026TW3-E1",
    ):
        assert words in content
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert page.evaluate("document.activeElement.dataset.id") == "N1"


def test_without_script_the_trace_is_a_row_on_the_page(browse):
    page = browse("index.html", js=False)
    page.locator("a.jejak[data-id=N1]").click()
    assert page.url.endswith("#jejak-N1")
    assert page.locator("#jejak-N1").is_visible()


def test_without_script_no_dead_control_is_shown(browse):
    page = browse("satker/index.html", js=False)
    assert page.locator(".saring, .cari, thead button").filter(visible=True).count() == 0
    assert page.get_by_role("link", name="KPU Kota Tegal").is_visible()


def test_table_sorts_by_keyboard_and_says_so(browse):
    page = browse("index.html")
    button = page.locator("#tabel-provinsi thead button", has_text="Kelengkapan")
    name = "[...document.querySelectorAll('#tabel-provinsi tbody th a')].map(a => a.textContent)"
    button.focus()
    page.keyboard.press("Enter")
    assert page.evaluate(name)[0] == "Provinsi Aceh"
    assert page.locator("#tabel-provinsi th[aria-sort=descending]").count() == 1
    page.keyboard.press("Enter")
    assert page.evaluate(name)[0] == "Provinsi Sumatera Utara"


def test_list_of_units_filters_by_word_province_and_punctuality(browse):
    page = browse("satker/index.html")
    shown = page.locator("#tabel-satker tbody tr").filter(visible=True)
    everything = shown.count()
    page.get_by_label("Ketepatan").select_option("belum_lapor")
    assert 0 < shown.count() < everything
    page.get_by_label("Provinsi").select_option("33")
    page.get_by_label("Cari nama atau kode").fill("kota tegal")
    assert shown.count() == 1
    assert page.locator(".saring output").inner_text() == f"1 dari {everything}"


def test_naughty_text_does_nothing(browse):
    page = browse("satker/33.01.html", width=345)
    page.get_by_label("Saring kegiatan").fill("eval")
    assert page.locator("#tabel-kegiatan tbody tr").filter(visible=True).count() == 1
    assert page.keluhan == []


def test_paper_gets_both_maps_and_no_controls(browse):
    page = browse("index.html")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".peta-lengkap .judul-peta").is_visible()
    assert page.locator(".peta-tepat .judul-peta").is_visible()
    assert page.get_by_role("link", name="KPU Kota Tegal").is_visible()
    assert page.locator(".kop nav, .saring, .sakelar").filter(visible=True).count() == 0


def test_first_tab_leads_to_the_content(browse):
    page = browse("satker/33.02.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Lompat ke isi"


def test_touch_targets_on_a_phone_are_large_enough(browse):
    page = browse("satker/index.html", width=390)
    height = page.evaluate(
        "[...document.querySelectorAll('nav a, input, select')].map(u => u.getBoundingClientRect().height)"
    )
    assert min(height) >= 44
