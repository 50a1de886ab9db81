"""``./humas verify FILE``: is this report ours, intact, current?"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from humas.errors import OperatorError
from humas.settings import Settings

if TYPE_CHECKING:
    from humas.publish.verify import Authenticity, RecordBook


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("berkas", metavar="BERKAS", type=Path, help="PDF atau XLSX laporan")
    parser.add_argument(
        "--terbitan",
        metavar="FOLDER",
        type=Path,
        help="folder terbitan (salinan situs): dijawab dari manifesnya saja; bawaan: catatan gudang pemasangan ini",
    )
    parser.add_argument("--json", action="store_true", help="keluaran untuk program")


def run(args: argparse.Namespace) -> int:
    """Compare the file with what was published; exit code 1 unless it is genuine and current."""
    from humas.publish.verify import Status, verify
    from humas.signature import load_issuers

    issuers = load_issuers(Settings.from_environment().signature_issuers)
    answer = verify(args.berkas, _books(args.terbitan), issuers)
    if answer.status is Status.NOT_OURS and args.terbitan is None:
        answer = _of_demo(args.berkas, answer)
    print(json.dumps(asdict(answer), ensure_ascii=False, indent=2) if args.json else answer.pesan)
    return 0 if answer.settled else 1


def _of_demo(file: Path, answer: Authenticity) -> Authenticity:
    """The answer, with what the records of this installation's demo say where they know the file: it stays not ours."""
    from humas.publish.verify import books_of_site, verify

    found = verify(file, books_of_site(Settings.from_environment().home / "demo" / "terbitan"))
    if not found.id:
        return answer
    told = f"{answer.pesan} Berkas itu dari demo dengan satker tiruan, bukan laporan resmi; catatan demo: {found.pesan}"
    return replace(answer, pesan=told)


def _books(published: Path | None) -> list[RecordBook]:
    """The records that answer: of a copied site, or of this installation."""
    from humas.publish.verify import books_of_site, judged

    if published is not None:
        return books_of_site(published)
    settings = Settings.from_environment()
    site = books_of_site(settings.published)
    try:
        warehouse = _books_of_warehouse(settings)
    except OperatorError as error:
        print(f"{error} Dijawab dari manifes situs saja.", file=sys.stderr)
        return site
    if warehouse is None:
        if site:
            print("Gudang pemasangan ini tidak ada. Dijawab dari manifes situs saja.", file=sys.stderr)
        return site
    return judged(warehouse, site)


def _books_of_warehouse(settings: Settings) -> list[RecordBook] | None:
    """The records of the warehouse; None where there is no warehouse."""
    from humas.publish.verify import RecordBook, RecordSource
    from humas.warehouse import open_warehouse
    from humas.warehouse.engine import sqlite_file

    file = sqlite_file(settings.database_url)
    if file is not None and not file.exists():
        return None
    with open_warehouse(settings) as warehouse:
        return [
            RecordBook(cycle.lembaga, cycle.period, tuple(warehouse.edition_records(cycle)), RecordSource.WAREHOUSE)
            for cycle in warehouse.published_cycles()
        ]
