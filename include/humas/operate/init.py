"""The init job of the composed installation: databases, Airflow's metadata, pools, the first administrator.

``python -m humas.operate.init``; idempotent, run before every start. The administrator's password comes from
the environment, never from an argument that a process list would show.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from humas.operate.configuration import POOLS
from humas.settings import Settings

ADMIN_VARIABLES = ("HUMAS_ADMIN", "HUMAS_ADMIN_PASSWORD", "HUMAS_ADMIN_EMAIL")


def create_database(url: str) -> bool:
    """Create the warehouse's PostgreSQL database when it is missing; returns whether it was."""
    target = make_url(url)
    if not target.drivername.startswith("postgresql") or not target.database:
        return False
    server = create_engine(target.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        query = text("SELECT 1 FROM pg_database WHERE datname = :name")
        missing = connection.execute(query, {"name": target.database}).first() is None
        if missing:
            name = connection.dialect.identifier_preparer.quote(target.database)
            connection.execute(text(f"CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))
    server.dispose()
    return missing


def create_administrator(environ: Mapping[str, str]) -> None:
    """Create the first administrator of the FAB login, unless a user of that name exists."""
    from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

    with get_application_builder() as builder:
        users = builder.sm
        if users.find_user(environ["HUMAS_ADMIN"]) is None:
            users.add_user(
                environ["HUMAS_ADMIN"],
                "Admin",
                "Humas",
                environ["HUMAS_ADMIN_EMAIL"],
                users.find_role("Admin"),
                environ["HUMAS_ADMIN_PASSWORD"],
            )


def main() -> int:
    """Run every step; the first that fails ends the job with its own output."""
    settings = Settings.from_environment()
    create_database(settings.database_url)
    for arguments in (["db", "migrate"], ["pools", "import", str(POOLS)]):
        code = subprocess.run([sys.executable, "-m", "airflow", *arguments], check=False).returncode
        if code:
            return code
    from humas.warehouse import open_gudang

    open_gudang(settings)
    if all(name in os.environ for name in ADMIN_VARIABLES):
        create_administrator(os.environ)
    return 0


if __name__ == "__main__":
    sys.exit(main())
