"""An installation with one drop-box: a folder, an SFTP server, or an object store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from humas.context import Konteks, open_konteks
from humas.kotak_masuk.sweep import HasilSapu, sweep
from humas.settings import BoxRule, Settings
from humas.warehouse.gudang import open_url

from tests.kotak_masuk.places import PASSWORD, S3, Local, Place, Sftp, s3_server, sftp_server

NOW = datetime(2026, 10, 6, 3, tzinfo=UTC)
SERVERS = [pytest.param(nama, marks=pytest.mark.kotak) for nama in ("sftp", "s3")]
Sweep = Callable[..., HasilSapu]


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    with s3_server() as alamat:
        yield alamat


@pytest.fixture(params=["folder", *SERVERS])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A drop-box of each kind, empty."""
    root = tmp_path / "kotak"
    root.mkdir()
    if request.param == "folder":
        yield Local(root)
    elif request.param == "sftp":
        with sftp_server(root, tmp_path / "known_hosts") as port:
            yield Sftp(root, {"UJI": PASSWORD}, port)
    else:
        endpoint = request.getfixturevalue("s3")
        monkeypatch.setenv("AWS_ENDPOINT_URL", endpoint)
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        tempat = S3(endpoint, f"uji-{tmp_path.name.replace('_', '-').lower()[:50]}", {"UJI": "uji:uji"})
        tempat._client.create_bucket(Bucket=tempat.bucket)
        yield tempat


@pytest.fixture
def folder(tmp_path: Path) -> Local:
    """A drop-box that is a folder."""
    (tmp_path / "kotak" / "masuk").mkdir(parents=True)
    return Local(tmp_path / "kotak")


@cache
def _empty_warehouse() -> bytes:
    """A migrated warehouse, made once for all these tests."""
    with TemporaryDirectory() as folder:
        berkas = Path(folder, "gudang.db")
        open_url(f"sqlite:///{berkas}").close()
        return berkas.read_bytes()


def installation(tmp_path: Path, *alamat: str, now: datetime = NOW, **aturan: object) -> Konteks:
    """An installation with these drop-boxes, in October 2026."""
    home = tmp_path / "keadaan"
    if not home.exists():
        home.mkdir()
        (home / "gudang.db").write_bytes(_empty_warehouse())
    box = BoxRule(tuple(alamat), jeda_seconds=0.0, host_keys=tmp_path / "known_hosts", **aturan)
    return open_konteks(Settings(home, f"sqlite:///{home / 'gudang.db'}", frozen_now=now, box=box))


@pytest.fixture
def sweep_place(tmp_path: Path) -> Callable[..., tuple[HasilSapu, Konteks]]:
    """Sweep a place once, as the body KPU's."""

    def run(tempat: Place, lembaga: str = "kpu", **aturan: object) -> tuple[HasilSapu, Konteks]:
        k = installation(tmp_path, f"{lembaga}={tempat.url}" if lembaga else tempat.url, **aturan)
        return sweep(k, kredensial=tempat.environ.get), k

    return run
