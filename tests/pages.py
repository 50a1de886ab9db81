"""Airflow's pages in a real browser: what their own security headers forbid them, and whom else they ask."""

from __future__ import annotations

import os
import shutil

import pytest

CHROMIUM = (
    os.environ.get("HUMAS_CHROMIUM")
    or shutil.which("chromium")
    or shutil.which("chromium-browser")
    or shutil.which("google-chrome")
)
SHOWN_MS = 60_000
PAGES = {
    "/dags": "text=KPU: triwulan",
    "/dags/kpu_triwulan": "text=Buka periode",
    "/dags/kpu_triwulan/code": ".monaco-editor .view-line",
    "/pools": "text=cetak",
}


def complaints(address: str, user: str, password: str, shown: dict[str, str]) -> list[str]:
    """Sign in and open each page until it shows what it must; returns what was forbidden or asked of other hosts.

    shown: path -> selector; ``iframe …`` looks into the frame of the page.
    """
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright tidak terpasang")
    if not CHROMIUM:
        pytest.skip("Chromium tidak terpasang")
    found: list[str] = []
    with playwright.sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.on("console", lambda said: found.append(said.text) if "Content Security Policy" in said.text else None)
        page.on("request", lambda asked: None if _own(asked.url, address) else found.append(asked.url))
        page.goto(f"{address}/")
        page.fill('input[name="username"]', user, timeout=SHOWN_MS)
        page.fill('input[name="password"]', password)
        page.keyboard.press("Enter")
        page.wait_for_selector('a[href*="/dags"]', timeout=SHOWN_MS)
        for path, selector in shown.items():
            page.goto(address + path)
            framed = selector.startswith("iframe ")
            inside = page.frame_locator("iframe") if framed else page
            inside.locator(selector.removeprefix("iframe ")).first.wait_for(timeout=SHOWN_MS)
        browser.close()
    return found


def _own(url: str, address: str) -> bool:
    return url.startswith((address, "data:", "blob:", "about:"))
