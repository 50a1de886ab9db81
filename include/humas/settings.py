"""Settings of an installation: environment variables over embedded defaults; nothing is read at import.

The state of an installation (databases, landing, logs, secrets, published reports) lives in one folder.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Self, TypeVar
from zoneinfo import ZoneInfo

from humas.errors import OperatorError
from humas.text.digits import bounded_int

WIB = ZoneInfo("Asia/Jakarta")
Choice = TypeVar("Choice", bound=StrEnum)
_LAST_SECOND = 253402300799
_YES, _NO = frozenset({"ya", "1", "true"}), frozenset({"", "tidak", "0", "false"})
DEFAULT_HOSTS = (".go.id", "docs.google.com", ".googleusercontent.com")


@dataclass(frozen=True, slots=True)
class HttpBudget:
    """What one source may cost us: seconds, bytes, attempts.

    total_seconds is the only bound that ends a server dripping a byte a second.
    """

    threads: int = 32
    connect_seconds: float = 3.0
    read_seconds: float = 4.0
    total_seconds: float = 10.0
    retry_after_cap_seconds: float = 5.0
    retries: int = 2
    backoff_factor: float = 0.3
    max_bytes: int = 32 * 1024 * 1024
    max_redirects: int = 5
    max_pages: int = 200


@dataclass(frozen=True, slots=True)
class BoxRule:
    """How the drop-box is emptied.

    address: folders, each ``[lembaga=]URL[#credential]``. pause_seconds: a file must not change meanwhile.
    quiet_seconds: a file that does not show where it ends must be unchanged for so long.
    limit_seconds: an unfinished file is answered as broken after this time. trust_time: the folder's time of
    change counts as the time of sending. host_keys: file of known SSH host keys. notice: where answers are
    sent besides, ``folder:/path`` or ``smtp://host:port?dari=…&ke=…``; empty sends nothing.
    """

    address: tuple[str, ...] = ()
    pause_seconds: float = 3.0
    quiet_seconds: float = 60.0
    limit_seconds: float = 3600.0
    trust_time: bool = False
    host_keys: Path = Path("~/.ssh/known_hosts")
    notice: str = ""


@dataclass(frozen=True, slots=True)
class SiteRule:
    """How the units' news sites are visited, and whether at all.

    coverage: ``""`` only sites with a registry line, ``"teramati"`` also hosts that were seen, ``"semua"`` also
    hosts that were derived from a pattern. contact: e-mail or URL that every request names. pause_seconds: pause
    between two requests to one host (a longer Crawl-delay wins). The rest bounds one visit of one site.
    """

    coverage: str = ""
    contact: str = ""
    pause_seconds: float = 1.0
    sites_at_once: int = 8
    max_lists: int = 20
    max_articles: int = 120
    max_bytes: int = 64 * 1024 * 1024
    max_seconds: float = 480.0


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """Working days after the quarter's end by level, and the days of grace.

    No law fixes these days: they are an assumption of the installation until ``decreed`` is true. basis: the decree, "" where
    nobody named it.
    """

    kabkota: int = 5
    province: int = 10
    nation: int = 15
    grace: int = 5
    decreed: bool = False
    basis: str = ""


class Publishing(StrEnum):
    """What a run makes public by itself, see ``docs/decisions/0073-terbit-adalah-keputusan.md``.

    ASKED: a quarter of which every unit was asked, once somebody has published anything of its body. WHOLE: such a
    quarter from the first. ALWAYS: whatever was run, also for a few units.
    """

    ASKED = "tanya"
    WHOLE = "lengkap"
    ALWAYS = "semua"


class OnDifference(StrEnum):
    """What follows when figures computed a second time differ. STOP: they are not stored, so nothing of them is published."""

    STOP = "hentikan"
    TELL = "catat"


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation.

    home: folder of all state. database_url: warehouse. registry_file: the installation's own channels
    (CSV or YAML) or None. holiday_file: override of working days or None. stage_file: the same of election stages.
    signature_issuers: folder of the certificates whose signatures count, or None. allowed_hosts: host suffixes
    that sources may have. allow_private: permit loopback and private addresses (the demo does).
    folder_roots: folders below which a ``berkas`` channel may read. frozen_now: the business clock, when
    rebuilding something must not depend on today (``SOURCE_DATE_EPOCH``). deadline: days of all bodies, None
    where each body's own hold; deadline_decreed: whatever days hold are decreed. quarantine_alarm: share of
    quarantined rows of the nation above which the run fails. publishing: what a run makes public by itself.
    on_difference: what follows when figures computed a second time differ. raw_retention_days: how long raw bytes stay
    after they came last.
    """

    home: Path
    database_url: str
    registry_file: Path | None = None
    holiday_file: Path | None = None
    stage_file: Path | None = None
    signature_issuers: Path | None = None
    allowed_hosts: tuple[str, ...] = DEFAULT_HOSTS
    allow_private: bool = False
    folder_roots: tuple[Path, ...] = ()
    http: HttpBudget = field(default_factory=HttpBudget)
    deadline: DeadlineRule | None = None
    deadline_decreed: bool = False
    frozen_now: datetime | None = None
    quarantine_alarm: float = 0.25
    raw_retention_days: int = 730
    print_processes: int = 2
    publishing: Publishing = Publishing.ASKED
    on_difference: OnDifference = OnDifference.STOP
    site: SiteRule = field(default_factory=SiteRule)
    box: BoxRule = field(default_factory=BoxRule)

    @property
    def landing(self) -> Path:
        """Folder of the raw bytes."""
        return self.home / "landing"

    @property
    def published(self) -> Path:
        """Folder of the published site and reports."""
        return self.home / "terbitan"

    @property
    def drafts(self) -> Path:
        """Folder of what waits to be published, for operators to look at."""
        return self.home / "draf"

    @property
    def signed(self) -> Path:
        """Folder of the reports that came back signed."""
        return self.home / "tte"

    def now(self) -> datetime:
        """The current time, aware, UTC; the frozen business clock when one is set."""
        return self.frozen_now or datetime.now(UTC)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read ``HUMAS_*`` variables over the embedded defaults.

        Raises:
            OperatorError: a variable holds what it cannot mean.
        """
        env = os.environ if environ is None else environ
        home = Path(env.get("HUMAS_HOME") or ".humas").expanduser().resolve()
        epoch = env.get("SOURCE_DATE_EPOCH")
        return cls(
            home=home,
            database_url=env.get("HUMAS_DATABASE_URL") or f"sqlite:///{home / 'gudang.db'}",
            registry_file=_path(env, "HUMAS_REGISTER"),
            holiday_file=_path(env, "HUMAS_HARI_LIBUR"),
            stage_file=_path(env, "HUMAS_TAHAPAN"),
            signature_issuers=_path(env, "HUMAS_TTE_PENERBIT"),
            allowed_hosts=_hosts(env),
            allow_private=_switch(env, "HUMAS_IZINKAN_ALAMAT_PRIBADI"),
            folder_roots=tuple(
                _place("HUMAS_FOLDER_DIIZINKAN", text) for text in _words(env.get("HUMAS_FOLDER_DIIZINKAN"))
            ),
            deadline=_deadline(env.get("HUMAS_TENGGAT")),
            deadline_decreed=_switch(env, "HUMAS_TENGGAT_DITETAPKAN"),
            frozen_now=datetime.fromtimestamp(whole_number("SOURCE_DATE_EPOCH", epoch, 0, _LAST_SECOND), UTC)
            if epoch
            else None,
            raw_retention_days=whole_number("HUMAS_MASA_SIMPAN", env.get("HUMAS_MASA_SIMPAN") or "730", 1, 36500),
            print_processes=whole_number(
                "HUMAS_PROSES_CETAK", env.get("HUMAS_PROSES_CETAK") or str(min(2, os.cpu_count() or 1)), 1, 64
            ),
            publishing=_one_of(Publishing, "HUMAS_TERBIT", env, Publishing.ASKED),
            on_difference=_one_of(OnDifference, "HUMAS_HITUNG_ULANG", env, OnDifference.STOP),
            site=_site(env),
            box=_box(env),
        )

    def with_(self, **changes: object) -> Self:
        """A copy with some settings changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def _path(env: Mapping[str, str], name: str) -> Path | None:
    return _place(name, env[name]) if env.get(name) else None


def _place(name: str, text: str) -> Path:
    try:
        return Path(text).expanduser().resolve()
    except (RuntimeError, ValueError):  # a home of nobody, links in a circle
        raise _wrong(name, text, "jalur berkas atau folder") from None


def whole_number(name: str, text: str, least: int = 0, most: int = 10**6) -> int:
    """The value of a setting that is a whole number.

    Raises:
        OperatorError: it is none, or out of bounds.
    """
    clean = text.strip()
    if not (clean.isdecimal() and len(clean) <= len(str(most)) and least <= bounded_int(clean) <= most):
        raise _wrong(name, text, f"bilangan bulat {least}–{most}")
    return bounded_int(clean)


def _switch(env: Mapping[str, str], name: str) -> bool:
    """Whether something is switched on; what is neither yes nor no is refused, for it would silently mean no."""
    value = env.get(name, "").strip().lower()
    if value not in _YES | _NO:
        raise _wrong(name, env[name], "ya atau tidak")
    return value in _YES


def _hosts(env: Mapping[str, str]) -> tuple[str, ...]:
    """Host names, and suffixes with a dot in front (``*.kpu.go.id`` is understood as one)."""
    hosts = _words(env.get("HUMAS_HOST_DIIZINKAN"))
    for host in hosts:
        if "/" in host or host.count(":") == 1 or " " in host:  # an address, or a port; IPv6 has more colons
            raise _wrong("HUMAS_HOST_DIIZINKAN", host, "nama host, misalnya .go.id atau docs.google.com")
    return tuple(host.removeprefix("*") for host in hosts) or DEFAULT_HOSTS


def _wrong(name: str, text: str, wanted: str) -> OperatorError:
    return OperatorError("pengaturan_salah", f'Variabel {name} berisi "{text[:40]}".', f"isi {name} dengan {wanted}.")


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in (text or "").split(",") if word.strip())


def _box(env: Mapping[str, str]) -> BoxRule:
    """Read ``HUMAS_KOTAK_…`` and ``HUMAS_KABAR``; times in whole seconds."""
    seconds = {
        name: float(whole_number(variable, env[variable]))
        for name, variable in (
            ("pause_seconds", "HUMAS_KOTAK_JEDA"),
            ("quiet_seconds", "HUMAS_KOTAK_TENANG"),
            ("limit_seconds", "HUMAS_KOTAK_BATAS"),
        )
        if env.get(variable)
    }
    return BoxRule(
        _words(env.get("HUMAS_KOTAK_MASUK")),
        trust_time=_switch(env, "HUMAS_KOTAK_PERCAYA_WAKTU"),
        host_keys=Path(env.get("HUMAS_KOTAK_KUNCI_HOST") or BoxRule().host_keys).expanduser(),
        notice=env.get("HUMAS_KABAR") or "",
        **seconds,
    )


def _one_of(choices: type[Choice], name: str, env: Mapping[str, str], default: Choice) -> Choice:
    value = env.get(name, "").strip().lower() or default
    if value not in set(choices):
        raise _wrong(name, env[name], " atau ".join(choices))
    return choices(value)


_COVERAGE = {"": "", "tidak": "", "ya": "teramati", "semua": "semua"}


def _site(env: Mapping[str, str]) -> SiteRule:
    """Read ``HUMAS_SITUS`` (tidak, ya, semua), ``HUMAS_SITUS_KONTAK`` and ``HUMAS_SITUS_JEDA`` (whole seconds)."""
    coverage = (env.get("HUMAS_SITUS") or "").strip().lower()
    if coverage not in _COVERAGE:
        raise _wrong("HUMAS_SITUS", coverage, "ya, semua, atau tidak")
    pause = env.get("HUMAS_SITUS_JEDA") or "1"
    contact = (env.get("HUMAS_SITUS_KONTAK") or "").strip()
    if not (contact.isascii() and contact.isprintable()):
        raise _wrong("HUMAS_SITUS_KONTAK", "", "alamat surel atau URL")
    return SiteRule(_COVERAGE[coverage], contact, float(whole_number("HUMAS_SITUS_JEDA", pause)))


def _deadline(text: str | None) -> DeadlineRule | None:
    """Read ``kabkota,provinsi,nasional,tenggang`` in working days, for instance ``5,10,15,5``."""
    if not text:
        return None
    days = [whole_number("HUMAS_TENGGAT", word) for word in _words(text)]
    if len(days) != 4:
        raise _wrong("HUMAS_TENGGAT", text, "empat bilangan hari kerja, misalnya 5,10,15,5")
    kabkota, province, nation, grace = days
    return DeadlineRule(kabkota, province, nation, grace)
