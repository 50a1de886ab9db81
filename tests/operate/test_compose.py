"""The composed installation: what every service must have, checked on the file itself."""

import base64
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yaml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
LONG_RUNNING = sorted(set(SERVICES) - {"migrasi"})
AIRFLOW = sorted(set(SERVICES) - {"postgres", "redis"})
TEXT = (ROOT / "docker-compose.yaml").read_text("utf-8")
GUIDE = (ROOT / "docs" / "pemasangan.md").read_text("utf-8")
OVERRIDES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
SECRETS = ("POSTGRES_PASSWORD", "REDIS_PASSWORD", "FERNET_KEY", "API_SECRET_KEY", "JWT_SECRET", "HUMAS_ADMIN_PASSWORD")


def test_these_services_exist():
    expected = {"postgres", "redis", "migrasi", "api-server", "scheduler", "dag-processor", "triggerer", "worker"}
    assert set(SERVICES) == expected


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_service_restarts_is_watched_and_bounded(name):
    service = SERVICES[name]
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"]
    assert service["mem_limit"]
    assert service["logging"]["options"]["max-size"]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", AIRFLOW)
def test_airflow_runs_read_only_with_its_home_in_memory(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert any(mount.startswith("/airflow:") for mount in service["tmpfs"])
    assert service["environment"]["AIRFLOW__CORE__EXECUTOR"] == "CeleryExecutor"


@pytest.mark.parametrize("name", AIRFLOW)
def test_the_installation_s_settings_and_tokens_reach_every_process(name):
    assert {"path": "humas.env", "required": False} in SERVICES[name]["env_file"]


@pytest.mark.parametrize("secret", SECRETS)
def test_secret_has_no_default(secret):
    assert f"${{{secret}:?" in TEXT
    assert f"${{{secret}:-" not in TEXT
    assert f"${{{secret}}}" not in TEXT


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_ports_are_published_on_the_loopback_address_only(name):
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


def test_image_is_built_from_the_same_lock_as_the_local_run():
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert "-r /kunci/requirements.txt" in text
    assert text.count("--require-hashes") == 2
    assert "USER airflow" in text


@pytest.fixture(scope="module")
def guided(tmp_path_factory):
    """The ``.env`` that the guide's own lines write, and its permissions."""
    folder = tmp_path_factory.mktemp("pasang")
    lines = next(block for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL) if "> .env" in block)
    subprocess.run(["bash", "-euc", lines], cwd=folder, check=True)
    written = (folder / ".env").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in written), (folder / ".env").stat().st_mode & 0o777


def test_the_guide_s_lines_write_every_variable_the_file_demands(guided):
    demanded = set(re.findall(r"\$\{(\w+):\?", TEXT))
    assert demanded <= set(guided[0])
    assert all(guided[0].values())
    assert guided[1] == 0o600


def test_the_guide_s_secrets_are_as_long_as_they_must_be(guided):
    assert len(base64.urlsafe_b64decode(guided[0]["FERNET_KEY"])) == 32
    assert len(guided[0]["JWT_SECRET"]) >= 64
    assert all(re.fullmatch(r"[0-9a-f]{48}", guided[0][f"{name}_PASSWORD"]) for name in ("POSTGRES", "REDIS"))


@pytest.mark.parametrize("override", OVERRIDES, ids=["first machine", "second machine"])
def test_the_guide_s_overrides_name_what_exists(override):
    told = yaml.safe_load(override)
    assert set(told["services"]) <= set(SERVICES)
    assert set(told["volumes"]) <= set(COMPOSE["volumes"])
    inner = {port.rpartition(":")[2] for service in told["services"].values() for port in service.get("ports", [])}
    assert inner <= {"5432", "6379", "8080"}


def test_the_https_proxy_is_believed_when_it_says_https():
    assert SERVICES["api-server"]["environment"]["FORWARDED_ALLOW_IPS"] == "*"
    assert "--proxy-headers" in SERVICES["api-server"]["command"]


def test_the_page_limit_is_that_of_the_local_run():
    from humas.operate.configuration import AirflowHome, Ports, Secrets, airflow_settings

    local = airflow_settings(AirflowHome(Path("/x")), Secrets("f", "a", "j", "p"), Ports(1, 2))
    for name in ("AIRFLOW__API__MAXIMUM_PAGE_LIMIT", "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT"):
        assert SERVICES["api-server"]["environment"][name] == local[name]


@pytest.mark.dags
def test_lock_and_settings_let_airflow_import_its_executor(tmp_path):
    told = SERVICES["worker"]["environment"]
    names = ("AIRFLOW__CORE__EXECUTOR", "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC")
    settings = {name: told[name] for name in names} | {
        "AIRFLOW_HOME": str(tmp_path),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "postgresql+psycopg2://airflow:rahasia@127.0.0.1:9/airflow",
    }
    code = (
        "from airflow.executors.executor_loader import ExecutorLoader as L; print(L.import_default_executor_cls()[0])"
    )
    code += "; import airflow.providers.celery.executors.celery_executor_utils"
    answer = subprocess.run([sys.executable, "-c", code], env=settings, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr[-2000:]
    assert "CeleryExecutor" in answer.stdout
