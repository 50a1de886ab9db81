"""A small nation whose units lay files into folders: good ones of known truth, and whatever else is laid beside them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from humas.installation.context import Context, load_context
from humas.periods import Triwulan
from humas.registry import Register, load_register
from humas.settings import Publishing, Settings
from humas.simulate.document import write_document
from humas.simulate.model import Behaviour, ContentKind
from humas.simulate.plan import World, plan_world
from humas.simulate.truth import ExpectedOutcome, expect_unit

BODY = "kpu"
WORLD_SEED = 7
SCALE = 0.3
Content = bytes | Callable[[Path], object]
"""Bytes of a file, or what makes an entry of a folder that is no plain file."""
FORMS = {"xlsx": 4, "csv": 1}


@lru_cache(maxsize=2)
def register_of_all() -> Register:
    """The embedded registry, without channels."""
    return load_register(Settings(home=Path("tidak-ada"), database_url=""))


@lru_cache(maxsize=4)
def world(quarter: Triwulan, scale: float = SCALE) -> World:
    """All units of a quarter: every channel behaves, some rows are bad."""
    behaviour = replace(Behaviour.calm(), baris_buruk=42, catatan=60, bentuk=FORMS)
    return plan_world(WORLD_SEED, BODY, quarter, register_of_all(), behaviour, scale)


def regencies(quarter: Triwulan) -> list[str]:
    """Codes of units that send a document as it should be, spread over the provinces."""
    plans = world(quarter).plans
    fit = [code for code, plan in plans.items() if "." in code and plan.content is ContentKind.NORMAL]
    return sorted(fit, key=lambda code: (code[3:], code))


@dataclass(frozen=True)
class Nation:
    """An installation below ``home`` with these units; each has a folder for each quarter."""

    home: Path
    units: tuple[str, ...]

    def prepare(self) -> None:
        """Folders and the file of channels."""
        lines = [f"{BODY},{code},berkas,{self.home}/kiriman/{code}/{{periode}},1,,,ya" for code in self.units]
        head = "lembaga,kode_satker,jenis,alamat,urutan,kredensial,himpunan,percaya_waktu"
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "register.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        for code in self.units:
            (self.home / "kiriman" / code).mkdir(parents=True)

    def open(self, now: datetime) -> Context:
        """The installation at a moment, with these units, their provinces and the nation alone."""
        state = self.home / "keadaan"
        settings = Settings(
            home=state, database_url=f"sqlite:///{state / 'gudang.db'}", registry_file=self.home / "register.csv",
            folder_roots=(self.home / "kiriman",), frozen_now=now, print_processes=1, publishing=Publishing.ALWAYS,
        )  # fmt: skip
        k = load_context(settings)
        kept = {"00", *self.units, *(code[:2] for code in self.units)}
        units = [unit for unit in k.register.everything() if unit.code in kept]
        return replace(k, register=Register(units, k.register.all_channels, k.register.troubles))

    def folder(self, code: str, quarter: Triwulan) -> Path:
        """Where a unit lays its files of a quarter."""
        folder = self.home / "kiriman" / code / quarter.key
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def lay_good(self, code: str, quarter: Triwulan, scale: float = SCALE) -> int:
        """The unit's good document; returns its size."""
        name, data, sent = good_document(code, quarter, scale)
        return self.lay(code, quarter, name, data, sent)

    def lay(self, code: str, quarter: Triwulan, name: str | bytes, data: Content, sent: datetime | None = None) -> int:
        """A file under this name, however odd; a name that no file system takes becomes a plain one. Returns its size."""
        when = (sent or quarter_closed(quarter) - timedelta(days=3)).timestamp()
        wanted = Path(os.fsdecode(name))
        for path in (self.folder(code, quarter) / wanted.name, self.folder(code, quarter) / f"kiriman{wanted.suffix}"):
            try:
                path.write_bytes(data) if isinstance(data, bytes) else data(path)
            except (OSError, ValueError):  # a name that this file system refuses
                continue
            os.utime(path, (when, when), follow_symlinks=False)
            return path.lstat().st_size
        raise AssertionError(name)

    def clear(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.home)


def quarter_closed(quarter: Triwulan) -> datetime:
    """A moment after the last day of grace of a quarter."""
    return datetime.combine(quarter.end + timedelta(days=47), datetime.min.time(), UTC).replace(hour=3)


@lru_cache(maxsize=64)
def good_document(code: str, quarter: Triwulan, scale: float = SCALE) -> tuple[str, bytes, datetime]:
    """Name, bytes and time of the unit's document as simulated."""
    nation = world(quarter, scale)
    plan = nation.plans[code]
    form = plan.channels[0]
    document = write_document(nation, plan, form)
    return f"laporan {code} {quarter.key}.{form}", document.pages[0], plan.sent_at


def truth(codes: Sequence[str], quarter: Triwulan, scale: float = SCALE) -> dict[str, ExpectedOutcome]:
    """What must come of the good documents."""
    nation = world(quarter, scale)
    return {code: expect_unit(nation, nation.plans[code]).pertama for code in codes}
