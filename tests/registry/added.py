"""A copy of the program with one body more, added by its folder of data alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
DATA = ROOT / "include" / "humas" / "bodies" / "data"
COMMISSION = Path(__file__).with_name("ki")
FILES = {
    "lembaga.toml": 'urutan = 4\nlabel = "DKPP"\nnama = "Dewan Kehormatan Penyelenggara Pemilu"\n',
    "kerangka.toml": """judul = "urusan kehumasan"
status = "asumsi"
dasar = "contoh; belum ditetapkan"

[[butir]]
label = "Sidang terbuka"
sinonim = ["Sidang"]

[[butir]]
label = "Putusan dan publikasi"

[[butir]]
label = "Pendidikan etik"
""",
    "jenis.toml": """urutan = ["RILIS", "RAKOR", "SIDANG_ETIK", "LAINNYA"]

[SIDANG_ETIK]
label = "Sidang etik"
sinonim = ["Sidang pemeriksaan"]

[RAKOR]
sinonim = ["Rapat majelis"]
""",
    "laporan.toml": """tujuan = "Hubungan masyarakat menyampaikan sidang etik secara terbuka."

[kepada]
satker = "Ketua majelis"
provinsi = "Ketua majelis"
nasional = "Ketua majelis"

[penandatangan]
kabkota = "Ketua {kantor}"
provinsi = "Ketua {kantor}"
nasional = "Ketua {kantor}"

[kop]
kabkota = ["{lembaga}", "{wilayah}"]
provinsi = ["{lembaga}", "{wilayah}"]
nasional = ["{lembaga}", "REPUBLIK INDONESIA"]
""",
    "dasar_hukum.csv": "judul;berlaku_dari;berlaku_sampai;status;sumber\n"
    "Undang-Undang Nomor 14 Tahun 2008 tentang Keterbukaan Informasi Publik;2010-04-30;;peraturan;pasal 64\n",
}


def write_body(data: Path, code: str = "dkpp", **files: str) -> Path:
    """A body's folder below ``data``; files: another text of a file by its name without the ending."""
    folder = data / code
    folder.mkdir(parents=True)
    optional = dict.fromkeys(f"{name}.{'csv' if name == 'satker' else 'toml'}" for name in files)
    known = {name.partition(".")[0] for name in FILES}
    further = {name: "" for name in optional if name.partition(".")[0] not in known}
    for name, text in {**FILES, **further}.items():
        (folder / name).write_text(files.get(name.partition(".")[0], text), encoding="utf-8")
    return folder


def copy_program(folder: Path) -> Path:
    """A copy of the program below ``folder``, for bodies to be added to; returns what its PYTHONPATH is."""
    return shutil.copytree(ROOT / "include", folder / "include", ignore=shutil.ignore_patterns("__pycache__"))


def lay_commission(copy: Path) -> None:
    """The folder ``ki`` beside this file, as somebody would lay it into the program: two tiers, six parts of a framework."""
    shutil.copytree(COMMISSION, copy / "humas" / "bodies" / "data" / COMMISSION.name)


def output_of(copy: Path, program: Sequence[str]) -> str:
    """What a program prints, run in a process of its own over a copy."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(copy), str(ROOT)))}
    command = [sys.executable, *program]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, env=environment)
    assert answer.returncode == 0, answer.stderr[-3000:] + answer.stdout[-1000:]
    return answer.stdout.strip()


def run_with_added_body(folder: Path, program: str, *arguments: str) -> str:
    """What a program prints last, run in a process of its own over the copy in ``folder``."""
    copy = copy_program(folder)
    write_body(copy / "humas" / "bodies" / "data")
    return output_of(copy, ["-c", program, *arguments]).splitlines()[-1]
