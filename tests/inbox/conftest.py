"""An installation with one drop-box: a folder, an SFTP server, or an object store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from humas.inbox.sweep import SweepResult, sweep
from humas.installation.context import Context, load_context
from humas.settings import BoxRule, Settings
from humas.warehouse.facade import open_url

from tests.inbox.places import PASSWORD, S3, Local, Place, Sftp, s3_server, sftp_server

NOW = datetime(2026, 10, 6, 3, tzinfo=UTC)
SERVERS = [pytest.param(name, marks=pytest.mark.kotak) for name in ("sftp", "s3")]
Sweep = Callable[..., SweepResult]


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    with s3_server() as address:
        yield address


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
        place = S3(endpoint, f"uji-{tmp_path.name.replace('_', '-').lower()[:50]}", {"UJI": "uji:uji"})
        place._client.create_bucket(Bucket=place.bucket)
        yield place


@pytest.fixture
def folder(tmp_path: Path) -> Local:
    """A drop-box that is a folder."""
    (tmp_path / "kotak" / "masuk").mkdir(parents=True)
    return Local(tmp_path / "kotak")


@cache
def _empty_warehouse() -> bytes:
    """A migrated warehouse, made once for all these tests."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "gudang.db")
        open_url(f"sqlite:///{file}").close()
        return file.read_bytes()


def installation(tmp_path: Path, *address: str, now: datetime = NOW, **rule: object) -> Context:
    """An installation with these drop-boxes, in October 2026."""
    home = tmp_path / "keadaan"
    if not home.exists():
        home.mkdir()
        (home / "gudang.db").write_bytes(_empty_warehouse())
    box = BoxRule(tuple(address), pause_seconds=0.0, host_keys=tmp_path / "known_hosts", **rule)
    return load_context(Settings(home, f"sqlite:///{home / 'gudang.db'}", frozen_now=now, box=box))


@pytest.fixture
def sweep_place(tmp_path: Path) -> Callable[..., tuple[SweepResult, Context]]:
    """Sweep a place once, as the body KPU's."""

    def run(place: Place, lembaga: str = "kpu", **rule: object) -> tuple[SweepResult, Context]:
        k = installation(tmp_path, f"{lembaga}={place.url}" if lembaga else place.url, **rule)
        return sweep(k, credential=place.environ.get), k

    return run
