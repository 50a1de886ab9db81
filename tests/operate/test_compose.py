"""The composed installation: what every service must have, checked on the file itself."""

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yaml").read_text("utf-8"))
SERVICES = COMPOSE["services"]
LONG_RUNNING = sorted(set(SERVICES) - {"migrasi"})
AIRFLOW = sorted(set(SERVICES) - {"postgres", "redis"})
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
    text = (ROOT / "docker-compose.yaml").read_text("utf-8")
    assert f"${{{secret}:?" in text
    assert f"${{{secret}:-" not in text
    assert f"${{{secret}}}" not in text


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_ports_are_published_on_the_loopback_address_only(name):
    assert all(port.startswith("127.0.0.1:") for port in SERVICES[name].get("ports", []))


def test_image_is_built_from_the_same_lock_as_the_local_run():
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert "-r /kunci/requirements.txt" in text
    assert text.count("--require-hashes") == 2
    assert "USER airflow" in text
