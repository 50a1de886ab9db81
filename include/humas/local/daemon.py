"""Airflow with the installation's own configuration, in the background: ``up``, ``down``, ``status``."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import psutil

from humas.errors import HumasError, OperatorError
from humas.installation.boxes import boxes
from humas.local.configuration import LOOPBACK, AirflowHome, load_secrets, open_home
from humas.local.processes import RunState, already_running, claim, listens, read_state
from humas.local.rest import Airflow, wait_until
from humas.local.station import Station, idle, open_station
from humas.local.supervisor import Stopped
from humas.periods import format_number
from humas.registry import Lembaga, load_register
from humas.settings import Publishing, Settings
from humas.sources.site import find_sites
from humas.text.digits import bounded_int

START_SECONDS: Final = 240.0
STOP_SECONDS: Final = 40.0
IDLE_SECONDS: Final = 2.0
SWITCHED_OFF: Final = "mati"
KNOWN_DAGS: Final = "dag_dikenal.json"
LOG: Final = "penyelia.log"
STAMP: Final = "%Y-%m-%d %H:%M:%S"
STAMP_EXAMPLE: Final = "2026-10-07 06:00:00"


def start(settings: Settings, port: int | None, say: Callable[[str], None]) -> str:
    """Start the supervisor in the background and wait until the UI answers; returns what to tell the operator.

    Raises:
        OperatorError: it is running already, or could not start; the message is the supervisor's own.
    """
    open_home(settings.home)
    state = read_state(settings.home)
    if state and state.alive():
        raise already_running(settings.home)
    log = settings.home / LOG
    for line in foretell(settings):
        say(line)
    say("Menyiapkan Airflow di latar …")
    with log.open("wb") as output:
        command = [sys.executable, "-m", "humas.local.daemon", *([str(port)] if port else [])]
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    if not wait_until(lambda: _answers(settings, child.pid), START_SECONDS, lambda: _must_live(child, log)):
        child.terminate()
        raise OperatorError("airflow_tak_siap", "Airflow belum siap dalam 4 menit.", f"baca {log}.")
    return describe(settings)[0]


def _answers(settings: Settings, pid: int) -> bool:
    state = read_state(settings.home)
    if not (state and state.pid == pid and listens(state.sesi.get("api-server", 0), state.port)):
        return False
    return not _client(state).unhealthy()


def _must_live(child: subprocess.Popen[bytes], log: Path) -> None:
    if child.poll() is None:
        return
    last = (log.read_text("utf-8", "replace").strip().splitlines() or [""])[-1][len(STAMP_EXAMPLE) + 1 :]
    happened, _, remedy = last.partition(f" {OperatorError.actor.label}: ")
    raise OperatorError("airflow_tak_siap", happened or "Airflow tidak dapat dijalankan.", remedy or f"baca {log}.")


def stop(settings: Settings) -> str:
    """Stop the supervisor, or what a killed one left; returns what to tell the operator."""
    state = read_state(settings.home)
    if state is None:
        return "Tidak ada yang berjalan."
    if state.alive():
        os.kill(state.pid, signal.SIGTERM)
        _, alive = psutil.wait_procs([psutil.Process(state.pid)], timeout=STOP_SECONDS)
        if alive:
            raise OperatorError(
                "tak_berhenti", f"Proses {state.pid} belum berhenti.", "ulangi ./humas down sebentar lagi."
            )
        return "Semua proses sudah berhenti dan port sudah bebas."
    lines: list[str] = []
    with claim(settings.home, lines.append):
        return " ".join(lines) or "Tidak ada yang berjalan."


def describe(settings: Settings) -> list[str]:
    """The state in lines: address and login, components, last runs."""
    state = read_state(settings.home)
    if state is None or not state.alive():
        return ["Tidak berjalan. Mulai dengan ./humas up."]
    airflow = _client(state)
    silent = airflow.unhealthy()
    password = load_secrets(AirflowHome(Path(state.airflow))).admin_password
    lines = [f"Berjalan di {airflow.url} (masuk: admin / {password})"]
    lines += [f"  {name}: {'hidup' if psutil.pid_exists(sid) else 'mati'}" for name, sid in sorted(state.sesi.items())]
    if silent:
        return [*lines, f"Belum menjawab: {', '.join(silent)}."]
    for lembaga in Lembaga:
        for run in airflow.runs(f"{lembaga}_triwulan")[:1]:
            lines.append(f"  {lembaga.label} {run['partition_key'] or '–'}: {run['state']} ({run['dag_run_id']})")
    return lines


def _client(state: RunState) -> Airflow:
    password = load_secrets(AirflowHome(Path(state.airflow))).admin_password
    return Airflow(f"http://{LOOPBACK}:{state.port}", password)


def switch_on(station: Station, settings: Settings) -> None:
    """Switch the DAGs of connected bodies on, once: what an operator switches off later stays off."""
    seen, register = _seen(settings), load_register(settings)
    used = {Lembaga(channel.lembaga) for channel in register.all_channels if channel.active} | bodies_of_boxes(settings)
    wanted = {f"{lembaga}_{kind}" for lembaga in used for kind in ("triwulan", "laporan", "tahunan", "templat")}
    wanted |= {f"{lembaga}_situs" for lembaga in Lembaga if find_sites(register, settings.site, lembaga)}
    wanted |= {"jawaban"} if used else set()
    wanted |= {"kotak_masuk"} if settings.box.address else set()
    fresh = sorted(wanted - seen)
    station.wait_for_dags(*fresh)
    for dag_id in fresh:
        station.airflow.set_paused(dag_id, paused=False)
    (settings.home / KNOWN_DAGS).write_text(json.dumps(sorted(seen | wanted)), "utf-8")


def _seen(settings: Settings) -> set[str]:
    """DAGs that were switched on once."""
    file = settings.home / KNOWN_DAGS
    return set(json.loads(file.read_text("utf-8"))) if file.exists() else set()


def foretell(settings: Settings, environ: Mapping[str, str] = os.environ) -> list[str]:
    """What a first start sets going without being asked: of each body whose schedule is switched on now, a line."""
    if environ.get("HUMAS_JADWAL") == SWITCHED_OFF:
        return []
    seen = _seen(settings)
    channels = [channel for channel in load_register(settings).all_channels if channel.active]
    lines = []
    for body in Lembaga:
        units = {channel.satker_code for channel in channels if channel.lembaga == body}
        if units and f"{body}_triwulan" not in seen:
            lines.append(
                f"{body.label}: begitu Airflow siap, jadwal meminta laporan triwulan yang jatuh tempo terakhir dari"
                f" {format_number(len(units))} satker bersaluran. Tanpa jadwal: HUMAS_JADWAL={SWITCHED_OFF}."
            )
    if lines and settings.publishing is Publishing.ASKED:
        lines.append("Laporannya menjadi draf; yang pertama terbit sesudah ./humas terbitkan PERIODE.")
    return lines


def bodies_of_boxes(settings: Settings) -> set[Lembaga]:
    """Bodies whose files may lie in a drop-box: all of them when one is open to all."""
    named = [box.lembaga for box in boxes(settings)]
    return set(Lembaga) if "" in named else {Lembaga(body) for body in named}


def main(arguments: list[str]) -> int:
    """The supervisor in the background; exit code 0 when stopped, 3 when it could not go on."""
    settings = Settings.from_environment()
    port = bounded_int(arguments[0]) if arguments else None
    try:
        with claim(settings.home, _say), open_station(settings.home, _say, port) as station:
            switch_on(station, settings)
            idle(station, IDLE_SECONDS, lambda: None)
    except Stopped:
        _say("Dihentikan.")
    except HumasError as error:
        _say(str(error))
        return 3
    return 0


def _say(line: str) -> None:
    print(time.strftime(STAMP), line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
