"""Collecting a nation: how long, how much memory, and how much of it is the pipeline around the fetches.

Method: the demo server (553 units, with its stated share of slow, failing, hanging, huge and lying ones) runs
in a process of its own. Then, alternating, each in a fresh process: ``collect`` with allow-list, landing on
disk, judging of contents and outcomes; and the same fetches (same channels, pages, retries, time-outs, caps,
threads) with plain requests and nothing around them. Reported: medians, their ratio, and the peak resident
memory of the collecting process. One round before is not counted: the server writes its documents then.

    PYTHONPATH=include python bench/collection.py [--rounds 3] [--faktor 10] [--calm] [--json]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

PERIOD = "2026-TW3"
TARGETS = {"detik": 25.0, "mib": 250.0, "rasio": 1.6}


def run_pipeline(home: Path) -> tuple[int, int]:
    """Collect with ``humas.landing.collect``; units and successes."""
    from humas.landing import Landing, collect
    from humas.periods import Triwulan
    from humas.registry import Lembaga

    settings, register, codes = _installation(home)
    landing = Landing(settings.landing)
    outcomes = collect(codes, Lembaga.KPU, Triwulan(2026, 3), register, settings, "bench", landing)
    return len(outcomes), sum(outcome.submission is not None for outcome in outcomes)


def run_bare(home: Path) -> tuple[int, int]:
    """The same fetches with plain requests: same budgets, no pipeline; units and successes."""
    settings, register, codes = _installation(home)
    local = threading.local()

    def unit(code: str) -> bool:
        if not hasattr(local, "session"):
            local.session = _bare_session(settings.http)
        channels = register.saluran("kpu", code)
        return any(_bare_channel(local.session, channel.jenis, channel.alamat, settings.http) for channel in channels)

    with ThreadPoolExecutor(settings.http.threads) as pool:
        outcomes = list(pool.map(unit, codes))
    return len(outcomes), sum(outcomes)


def _installation(home: Path) -> tuple[Any, Any, list[str]]:
    from humas.periods import Triwulan
    from humas.registry import load_register
    from humas.settings import Settings

    settings = Settings.from_environment(os.environ | {"HUMAS_HOME": str(home)})
    register = load_register(settings)
    return settings, register, [unit.code for unit in register.everything(Triwulan(2026, 3).end)]


def _bare_session(budget: Any) -> Any:
    import requests
    from requests.adapters import HTTPAdapter
    from urllib3.util import Retry

    retry = Retry(
        total=budget.retries + 1,
        connect=budget.retries,
        read=1,
        status=budget.retries,
        backoff_factor=budget.backoff_factor,
        status_forcelist=(429, 500, 502, 503, 504),
        retry_after_max=budget.retry_after_cap_seconds,
        raise_on_status=False,
    )
    session = requests.Session()
    session.trust_env = False
    session.mount("http://", HTTPAdapter(max_retries=retry))
    return session


def _bare_channel(session: Any, kind: str, address: str, budget: Any) -> bool:
    import requests
    import urllib3

    try:
        if kind != "api":
            _bare_get(session, address, budget)
            return True
        page, count = 1, 1
        while page <= count:
            data = _bare_get(session, f"{address}?periode={PERIOD}&halaman={page}", budget)
            count = json.loads(data).get("jumlah_halaman", 1)
            page += 1
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError):
        return False
    return True


def _bare_get(session: Any, url: str, budget: Any) -> bytes:
    end = time.monotonic() + budget.total_seconds
    for _ in range(budget.max_redirects + 1):
        with session.get(
            url, timeout=(budget.connect_seconds, budget.read_seconds), stream=True, allow_redirects=False
        ) as answer:
            if not answer.is_redirect:
                answer.raise_for_status()
                return _bare_body(answer, budget.max_bytes, end)
            url = urljoin(url, answer.headers["location"])
            if not url.startswith("http://127.0.0.1"):
                raise ValueError("elsewhere")
    raise ValueError("too many redirects")


def _bare_body(answer: Any, max_bytes: int, end: float) -> bytes:
    pieces, size = [], 0
    while piece := answer.raw.read1(65536, decode_content=True):
        pieces.append(piece)
        size += len(piece)
        if size > max_bytes or time.monotonic() > end:
            raise ValueError("over budget")
    return b"".join(pieces)


WAYS: dict[str, Callable[[Path], tuple[int, int]]] = {"pipa": run_pipeline, "polos": run_bare}


def measure_here(way: str) -> dict[str, float]:
    """Run one way in this process; seconds, peak MiB, units, successes. Imports do not count."""
    import humas.registry.channels  # noqa: F401
    import requests  # noqa: F401

    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        units, good = WAYS[way](Path(folder))
        seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu, mib = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    return {"detik": seconds, "cpu": cpu, "mib": mib, "satker": units, "berhasil": good}


@contextmanager
def demo(options: Sequence[str]) -> Iterator[dict[str, Any]]:
    """The demo server in a process of its own, as long as the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "humas.simulate", "--folder", folder, "--periode", PERIOD, *options]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout
            yield json.loads(server.stdout.readline())
        finally:
            server.terminate()
            server.wait(10)


def measure(way: str, server: dict[str, Any]) -> dict[str, float]:
    """Run one way in a fresh process against the server as if nobody had asked it before."""
    urllib.request.urlopen(f"{server['url']}/kendali/reset", data=b"").close()
    env = os.environ | server["lingkungan"]
    done = subprocess.run(
        [sys.executable, __file__, "--way", way], env=env, capture_output=True, text=True, check=True, timeout=300
    )
    return json.loads(done.stdout)


def compare(rounds: int, options: Sequence[str] = ()) -> dict[str, Any]:
    """Alternate the two ways; medians of seconds and memory, and the ratio of the seconds."""
    results: dict[str, list[dict[str, float]]] = {way: [] for way in WAYS}
    with demo(options) as server:
        measure("polos", server)
        for _ in range(rounds):
            for way in WAYS:
                results[way].append(measure(way, server))
    median = {
        way: {key: statistics.median(run[key] for run in runs) for key in runs[0]} for way, runs in results.items()
    }
    return {**median, "rasio": median["pipa"]["detik"] / median["polos"]["detik"], "putaran": results}


def main(argv: Sequence[str] | None = None) -> int:
    """Print the comparison; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--faktor", default="1", help="scales the rows of every unit")
    parser.add_argument("--calm", action="store_true", help="all units behave: waiting hides no work of ours")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--way", choices=sorted(WAYS))
    args = parser.parse_args(argv)
    if args.way:
        print(json.dumps(measure_here(args.way)))
        return 0
    results = compare(args.rounds, ["--faktor", args.faktor, *(["--tenang"] if args.calm else [])])
    if args.json:
        print(json.dumps(results))
    else:
        for way in WAYS:
            medians = results[way]
            cpu = f"{medians['cpu']:5.1f} s CPU"
            print(
                f"{way:6} {medians['detik']:6.1f} s {cpu} {medians['mib']:6.0f} MiB {medians['berhasil']:.0f}/{medians['satker']:.0f}"
            )
        print(f"rasio  {results['rasio']:6.2f}")
    pipeline = results["pipa"]
    ok = (
        pipeline["detik"] <= TARGETS["detik"]
        and pipeline["mib"] <= TARGETS["mib"]
        and results["rasio"] <= TARGETS["rasio"]
    )
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
