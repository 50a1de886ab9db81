"""The composed installation: what every service must have, checked on the file itself."""

import base64
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
import yaml
from humas.cluster.init import ADDRESS_VARIABLES, refuse_tokens
from humas.errors import OperatorError

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yaml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
LONG_RUNNING = sorted(set(SERVICES) - {"migrasi"})
AIRFLOW = sorted(set(SERVICES) - {"postgres", "redis"})
TEXT = (ROOT / "docker-compose.yaml").read_text("utf-8")
GUIDE = (ROOT / "docs" / "pemasangan.md").read_text("utf-8")
OVERRIDES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL)
DATABASE_PASSWORDS = ("POSTGRES_PASSWORD", "AIRFLOW_DB_PASSWORD", "HUMAS_DB_OWNER_PASSWORD", "HUMAS_DB_WORKER_PASSWORD")
KEYS = ("FERNET_KEY", "API_SECRET_KEY", "JWT_SECRET")
SECRETS = (*DATABASE_PASSWORDS, *KEYS, "REDIS_PASSWORD", "HUMAS_ADMIN_PASSWORD")


def test_these_services_exist():
    expected = {"postgres", "redis", "migrasi", "api-server", "scheduler", "dag-processor", "triggerer", "worker"}
    assert set(SERVICES) == expected


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_service_restarts_is_watched_and_bounded(name):
    service = SERVICES[name]
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"]
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
def test_the_installation_s_settings_reach_every_process(name):
    assert {"path": "humas.env", "required": False} in SERVICES[name]["env_file"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_service_has_limits_of_memory_processors_and_processes(name):
    service = SERVICES[name]
    assert service["mem_limit"]
    assert 0 < service["pids_limit"] <= 1024
    assert 0 < float(re.sub(r"^\$\{\w+:-(.*)\}$", r"\1", str(service["cpus"]))) < 2  # the guide asks for two cores


# What a process list, ``docker inspect`` or a log of health checks shows: no secret may stand there.
@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_secret_stands_on_a_command_line(name):
    service = SERVICES[name]
    shown = yaml.safe_dump([service.get(part) for part in ("command", "entrypoint", "healthcheck")])
    assert not re.search(r"(?<!\$)\$\{", shown)
    assert "--requirepass" not in shown


@pytest.mark.skipif(not shutil.which("redis-server"), reason="redis-server tidak terpasang")
def test_redis_reads_its_password_from_standard_input(tmp_path):
    probe = socket.create_server(("127.0.0.1", 0))
    port = probe.getsockname()[1]
    probe.close()
    words = [word.replace("$$", "$").replace("/data", str(tmp_path)) for word in SERVICES["redis"]["command"]]
    words[2] = words[2].replace("redis-server -", f"redis-server - --bind 127.0.0.1 --port {port}", 1)
    secret = "kata'sandi yang panjang"
    redis = psutil.Popen(words, env={"PATH": os.environ["PATH"], "REDISCLI_AUTH": secret}, stdout=subprocess.DEVNULL)
    try:
        assert redis_says(port, f'AUTH "{secret}"') == "+OK"
        assert redis_says(port, "PING").startswith("-NOAUTH")
        assert not any(secret in word for process in (redis, *redis.children(True)) for word in process.cmdline())
    finally:
        redis.terminate()
        redis.wait(timeout=20)


def redis_says(port, command):
    """The first line of Redis' answer; it may still be starting."""
    for _ in range(200):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=10) as sock:
                sock.sendall(command.encode() + b"\r\n")
                return sock.recv(200).decode().splitlines()[0]
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise AssertionError("redis does not listen")


ADMINISTRATOR, OWNER, WORKER = "//airflow:${POSTGRES_PASSWORD:?}", "//humas_owner:", "//humas_worker:"


def holders(text):
    """Services in whose environment the text stands."""
    return {name for name, service in SERVICES.items() if text in yaml.safe_dump(service.get("environment", {}))}


def test_each_secret_is_where_its_purpose_is():
    assert holders("POSTGRES_PASSWORD") == {"postgres", "migrasi"}
    assert holders("AIRFLOW_DB_PASSWORD") == set(AIRFLOW)
    assert holders("HUMAS_DB_OWNER_PASSWORD") == {"migrasi"}
    assert holders("HUMAS_DB_WORKER_PASSWORD") == {"migrasi", "worker"}
    assert holders("HUMAS_ADMIN_PASSWORD") == {"migrasi"}


def test_each_purpose_signs_in_as_a_role_of_its_own():
    told = {name: SERVICES[name]["environment"] for name in ("migrasi", "worker", "scheduler")}
    assert ADMINISTRATOR in told["migrasi"]["HUMAS_SERVER_URL"]
    assert OWNER in told["migrasi"]["HUMAS_DATABASE_URL"]
    assert told["migrasi"]["HUMAS_WORKER_URL"] == told["worker"]["HUMAS_DATABASE_URL"]
    assert WORKER in told["worker"]["HUMAS_DATABASE_URL"]
    assert "HUMAS_DATABASE_URL" not in told["scheduler"]
    assert all("//airflow_meta:" in one["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] for one in told.values())
    assert all(name in told["migrasi"] for name in ADDRESS_VARIABLES)


def test_only_workers_see_the_tokens_of_sources():
    mounted = {name for name, one in SERVICES.items() if any("/run/rahasia" in v for v in one.get("volumes", ()))}
    assert mounted == holders("HUMAS_RAHASIA_FOLDER") == {"worker"}
    folder = next(v for v in SERVICES["worker"]["volumes"] if "/run/rahasia" in v)
    assert folder.endswith(f":{SERVICES['worker']['environment']['HUMAS_RAHASIA_FOLDER']}:ro")
    assert set(SERVICES["scheduler"]["volumes"]) < set(SERVICES["worker"]["volumes"])
    assert "HUMAS_TOKEN_" not in TEXT


def test_a_token_in_every_container_s_settings_stops_the_start():
    refuse_tokens({"HUMAS_TENGGAT": "5,10,15,5", "HUMAS_RAHASIA_FOLDER": "/run/rahasia"})
    with pytest.raises(OperatorError) as caught:
        refuse_tokens({"HUMAS_TOKEN_SEMARANG": "s3cret", "HUMAS_TENGGAT": "5,10,15,5"})
    assert caught.value.code == "rahasia_di_setiap_wadah"
    assert "rahasia/HUMAS_TOKEN_SEMARANG" in caught.value.remedy
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "image"), [("POSTGRES", "postgres"), ("REDIS", "redis"), ("PYTHON", "python")], ids=lambda word: word
)
def test_a_foreign_image_can_be_pinned_by_its_digest(variable, image):
    named = f"${{HUMAS_IMAGE_{variable}:-{image}:"
    assert TEXT.count(named) == 1
    assert f"HUMAS_IMAGE_{variable}={image}@sha256:" in GUIDE


def test_every_image_that_is_built_on_is_an_argument():
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert set(re.findall(r"^FROM (\S+)", text, re.MULTILINE)) == {"${PYTHON_IMAGE}"}
    assert set(SERVICES["worker"]["build"]["args"]) == {"PYTHON_IMAGE"}


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
    drawn = [guided[0][name] for name in (*DATABASE_PASSWORDS, "REDIS_PASSWORD")]
    assert all(re.fullmatch(r"[0-9a-f]{48}", one) for one in drawn)
    assert len(set(drawn)) == len(drawn)


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
    from humas.local.configuration import AirflowHome, Ports, Secrets, airflow_settings

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
