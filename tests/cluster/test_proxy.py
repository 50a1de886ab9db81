"""The guide's nginx in front of a published site and of an upstream: its own text, run; only places and ports differ."""

import datetime
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
import urllib3
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from humas.publish import build, release
from humas.publish.site import CSP
from humas.registry import Cycle

from tests.cluster.compose import HOST, ROOT, free_ports
from tests.publish.sample_site import make_material

pytestmark = [
    pytest.mark.sebaran,
    pytest.mark.skipif(not shutil.which("nginx", path=f"{os.defpath}:/usr/sbin"), reason="nginx tidak terpasang"),
]
GUIDE = (ROOT / "docs" / "pemasangan.md").read_text("utf-8")
TOLD = re.search(r"```nginx\n(.*?)```", GUIDE, re.DOTALL)[1]
UI, SITE = "humas.contoh.go.id", "laporan.contoh.go.id"
AROUND = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/galat.log;
events {{ worker_connections 64; }}
http {{
    types {{ text/html html; application/pdf pdf; text/css css; }}
    access_log off;
    {temporary}
{told}
}}
"""
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


class Upstream(BaseHTTPRequestHandler):
    """Stands for the API server behind the proxy: keeps what it was asked, says HSTS itself."""

    asked: list = []

    def do_GET(self):
        self.asked.append((self.path, dict(self.headers)))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.send_header("Strict-Transport-Security", "max-age=1")
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *words):
        """Say nothing."""


@pytest.fixture(scope="module")
def upstream():
    server = ThreadingHTTPServer((HOST, 0), Upstream)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A small published site with its releases."""
    folder = tmp_path_factory.mktemp("situs") / "terbitan"
    stage = release.stage(folder, Cycle("kpu", "2026-TW3"), "uji")
    build.build_draft(stage, make_material(), build.Archive())
    build.publish_draft(stage)
    return folder


def certificate(folder):
    """A key and a certificate that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, UI)])
    today = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(today - datetime.timedelta(1))
    signed = made.not_valid_after(today + datetime.timedelta(1)).sign(key, hashes.SHA256())
    kind = serialization.Encoding.PEM
    (folder / "rantai.pem").write_bytes(signed.public_bytes(kind))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "kunci.pem").write_bytes(key.private_bytes(kind, *plain))


@pytest.fixture(scope="module")
def ports():
    return free_ports(("http", "https"))


@pytest.fixture(scope="module")
def nginx(tmp_path_factory, upstream, published, ports):
    """The command of an nginx with the guide's configuration; a folder of its own."""
    folder = tmp_path_factory.mktemp("nginx")
    certificate(folder)
    told = TOLD.replace("listen 80;", f"listen {HOST}:{ports['http']};").replace(
        "listen 443", f"listen {HOST}:{ports['https']}"
    )
    told = told.replace("/etc/ssl/humas", str(folder)).replace("/srv/humas/terbitan", str(published))
    told = told.replace("127.0.0.1:8080", f"{HOST}:{upstream}")
    temporary = "".join(f"{name}_temp_path {folder}/{name};" for name in TEMPORARY)
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(user=user, folder=folder, temporary=temporary, told=told), "utf-8")
    program = shutil.which("nginx", path=f"{os.defpath}:/usr/sbin")
    return [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "galat.log")]


@pytest.fixture(scope="module")
def running(nginx, ports):
    process = subprocess.Popen(nginx)
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex((HOST, ports["https"])) == 0:
                break
        time.sleep(0.05)
    yield process
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture
def ask(running, ports):
    """Ask a host by name over TLS; redirects are not followed."""
    urllib3.disable_warnings()

    def get(host, path, method="GET", **more):
        headers = {"Host": host, **more.pop("headers", {})}
        url = f"https://{HOST}:{ports['https']}{path}"
        return requests.request(method, url, headers=headers, verify=False, allow_redirects=False, timeout=20, **more)

    return get


def raw(ports, target):
    """The status of a request whose target no client would send as it stands."""
    context = ssl._create_unverified_context()
    with context.wrap_socket(
        socket.create_connection((HOST, ports["https"]), timeout=20), server_hostname=SITE
    ) as sock:
        sock.sendall(f"GET {target} HTTP/1.1\r\nHost: {SITE}\r\nConnection: close\r\n\r\n".encode())
        return int(sock.recv(100).split()[1])


def test_nginx_accepts_the_guide_s_text(nginx):
    answer = subprocess.run([*nginx, "-t"], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("host", [UI, SITE])
def test_plain_http_leads_to_https(running, ports, host):
    answer = requests.get(
        f"http://{HOST}:{ports['http']}/x?y=1", headers={"Host": host}, allow_redirects=False, timeout=20
    )
    assert (answer.status_code, answer.headers["location"]) == (301, f"https://{host}/x?y=1")


@pytest.mark.parametrize("path", ["/", "/kpu/2026-TW3/", "/kpu/2026-TW3/satker/33.01.html", "/tidak-ada", "/.rilis/"])
def test_every_answer_of_the_site_carries_the_headers(ask, path):
    headers = ask(SITE, path).headers
    assert headers["content-security-policy"] == f"{CSP}; frame-ancestors 'none'"
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "permissions-policy" in headers
    assert headers["server"] == "nginx"


@pytest.mark.parametrize("path", ["/", "/index.html", "/kpu/2026-TW3/index.html", "/kpu/2026-TW3/status.html"])
def test_the_release_in_force_is_open_through_its_link(ask, path):
    answer = ask(SITE, path)
    assert answer.status_code == 200
    assert answer.text.startswith("<!doctype html>")


def test_releases_and_dot_files_stay_shut(ask, ports, published):
    (published / ".env").write_text("RAHASIA=1", "utf-8")
    inside = next(p for p in (published / ".rilis").rglob("index.html")).relative_to(published)
    paths = [
        f"/{inside}",
        "/.rilis/",
        "/.env",
        f"/%2e{str(inside)[1:]}",
        f"/kpu/../{inside}",
        "/kpu/2026-TW3/../../.env",
    ]
    assert {path: raw(ports, path) for path in paths} == dict.fromkeys(paths, 404)


@pytest.mark.parametrize("target", ["/../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd"])
def test_nothing_above_the_folder_is_served(running, ports, target):
    assert raw(ports, target) in {400, 404}


def test_folders_are_not_listed(ask, published):
    (published / "kosong").mkdir()
    (published / "kosong" / "rahasia.txt").write_text("x", "utf-8")
    answer = ask(SITE, "/kosong/")
    assert answer.status_code in {403, 404}
    assert "rahasia" not in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_static_site_is_only_read(ask, method):
    assert ask(SITE, "/index.html", method).status_code in {403, 405}


def test_the_proxy_says_https_whatever_the_client_says(ask):
    lies = {"X-Forwarded-Proto": "http", "X-Forwarded-For": "10.9.8.7"}
    answer = ask(UI, "/dags?x=1", headers=lies)
    path, headers = Upstream.asked[-1]
    assert (answer.text, path) == ("ok", "/dags?x=1")
    assert (headers["X-Forwarded-Proto"], headers["X-Forwarded-For"], headers["Host"]) == ("https", HOST, UI)
    assert answer.raw.headers.getlist("Strict-Transport-Security") == ["max-age=31536000"]
    assert answer.headers["content-security-policy"] == "default-src 'self'"


def test_the_api_of_tasks_is_not_open_outside(ask):
    before = len(Upstream.asked)
    assert {ask(UI, path).status_code for path in ("/execution/", "/execution/health", "/execution/x/../y")} == {404}
    assert len(Upstream.asked) == before


def test_large_bodies_and_guessed_passwords_are_cut_off(ask):
    assert ask(UI, "/api/v2/dags", "POST", data=b"x" * 3_000_000).status_code == 413
    tried = [ask(UI, "/auth/login/").status_code for _ in range(40)]
    assert tried[0] == 200
    assert tried[-1] == 429
