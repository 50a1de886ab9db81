"""What the DAG of the drop-box does: sweep and log, and say which quarters must be rolled up again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from airflow.sdk import CronTriggerTimetable, get_current_context

from humas.errors import HumasError, Pelaku, SistemError, SumberError
from humas.settings import WIB, Settings

if TYPE_CHECKING:
    from humas.kotak_masuk.sweep import GalatKotak, HasilSapu

log = logging.getLogger(__name__)

EVERY_QUARTER_HOUR: Final = "*/15 * * * *"
LOG_EVERY: Final = 50


def schedule() -> CronTriggerTimetable | None:
    """Every 15 minutes; never by itself in an installation without a drop-box."""
    return (
        CronTriggerTimetable(EVERY_QUARTER_HOUR, timezone=WIB.key) if Settings.from_environment().box.alamat else None
    )


def sweep_and_report() -> dict[str, int]:
    """Sweep every drop-box, a line of log for each file; counts by what became of them.

    Nothing when another sweep is at work: it does the same.

    Raises:
        SumberError, SistemError: a drop-box could not be emptied, or files failed in this very sweep; all others were
        answered. Files that rest after a failure only show in the counts and in the log.
    """
    from humas.context import open_konteks
    from humas.kotak_masuk.lock import KotakSibuk
    from humas.kotak_masuk.model import Keadaan
    from humas.kotak_masuk.sweep import sweep

    def note(selesai: int, jumlah: int, _nama: str) -> None:
        if selesai and (selesai % LOG_EVERY == 0 or selesai == jumlah):
            log.info("%d dari %d berkas", selesai, jumlah)

    try:
        hasil = sweep(open_konteks(), str(get_current_context()["run_id"]), note)
    except KotakSibuk as sibuk:
        log.info("%s %s", sibuk.pesan, sibuk.cara)
        return {}
    _log(hasil)
    for galat in hasil.galat:
        raise _as_error(galat)
    gagal = [f"{satu.berkas}: {satu.pesan}" for satu in hasil.tindakan if satu.keadaan is Keadaan.GAGAL]
    if gagal:
        semua = f"{len(gagal)} berkas tertunda. {' '.join(gagal[:5])}"
        raise SistemError(
            "kotak_tertinggal", semua, "perbaiki sebabnya; berkasnya tetap di masuk dan dicoba lagi sendiri."
        )
    return {keadaan.value: hasil.count(keadaan) for keadaan in Keadaan}


def _log(hasil: HasilSapu) -> None:
    for satu in hasil.tindakan:
        tingkat = logging.WARNING if satu.pelaku == str(Pelaku.SISTEM) else logging.INFO
        pemilik = " ".join(kata for kata in (satu.lembaga, satu.satker, satu.periode) if kata)
        log.log(tingkat, "%s: %s %s %s", satu.berkas, satu.keadaan.value, pemilik, satu.pesan or satu.status)
    for galat in hasil.galat:
        log.error("%s %s", galat.pesan, galat.cara)


def _as_error(galat: GalatKotak) -> HumasError:
    jenis = SumberError if galat.layak_diulang else SistemError
    return jenis(galat.kode, galat.pesan, galat.cara)


def runs_to_start() -> list[dict[str, object]]:
    """Arguments of one run of ``<lembaga>_triwulan`` for each quarter whose figures lack what has come."""
    from humas.context import open_konteks
    from humas.kotak_masuk.trigger import follow_up

    return [
        {
            "trigger_dag_id": f"{satu.lembaga}_triwulan",
            "trigger_run_id": f"kotak__{satu.periode}__{satu.kunci}",
            "conf": {"periode": satu.periode, "satker": list(satu.satker)},
        }
        for satu in follow_up(open_konteks())
    ]
