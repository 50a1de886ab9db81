"""The init job of the composed installation: roles, databases, metadata, pools, the first administrator.

``python -m humas.cluster.init``; idempotent, run before every start. Passwords come from the environment, never from
an argument that a process list would show. The database server's administrator is known to this job alone.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

from sqlalchemy.engine import make_url

from humas.cluster.roles import Databases, grant_rows, provision
from humas.errors import OperatorError
from humas.local.configuration import POOLS
from humas.sources.fetch import VARIABLE_PREFIX
from humas.warehouse.facade import open_url

ADMIN_VARIABLES = ("HUMAS_ADMIN", "HUMAS_ADMIN_PASSWORD", "HUMAS_ADMIN_EMAIL")
# Of the server's administrator, of Airflow's database, of the warehouse's owner, of the workers.
ADDRESS_VARIABLES = (
    "HUMAS_SERVER_URL",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
    "HUMAS_DATABASE_URL",
    "HUMAS_WORKER_URL",
)


def databases(environ: Mapping[str, str]) -> Databases:
    """The addresses of the server's four roles, as the composed installation tells them."""
    return Databases(*(make_url(environ[name]) for name in ADDRESS_VARIABLES))


def refuse_tokens(environ: Mapping[str, str]) -> None:
    """Source tokens in the settings of all containers would be read by all; they belong to the workers alone.

    Raises:
        OperatorError: rahasia_di_setiap_wadah.
    """
    found = sorted(name for name in environ if name.startswith(VARIABLE_PREFIX))
    if found:
        raise OperatorError(
            "rahasia_di_setiap_wadah",
            f"humas.env memuat {', '.join(found)}, sehingga setiap wadah membacanya.",
            f"pindahkan masing-masing ke berkas bernama sama di folder rahasia/ ({found[0]} menjadi "
            f"rahasia/{found[0]}), hapus dari humas.env, lalu jalankan lagi.",
        )


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
    try:
        refuse_tokens(os.environ)
    except OperatorError as error:
        print(error, file=sys.stderr)
        return 3
    known = databases(os.environ)
    provision(known)
    for arguments in (["db", "migrate"], ["pools", "import", str(POOLS)]):
        code = subprocess.run([sys.executable, "-m", "airflow", *arguments], check=False).returncode
        if code:
            return code
    open_url(os.environ["HUMAS_DATABASE_URL"]).close()
    grant_rows(known)
    if all(name in os.environ for name in ADMIN_VARIABLES):
        create_administrator(os.environ)
    return 0


if __name__ == "__main__":
    sys.exit(main())
