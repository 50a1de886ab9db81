"""Folders, secrets, ports and environment of the embedded Airflow."""

import json
import os
import socket
import stat

import pytest
from humas.errors import OperatorError
from humas.local import configuration
from humas.local.configuration import AirflowHome, Ports


@pytest.fixture
def airflow(tmp_path):
    return configuration.open_home(tmp_path)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_secrets_are_private_long_enough_and_stay_the_same(airflow):
    first = configuration.load_secrets(airflow)
    assert first == configuration.load_secrets(airflow)
    assert len(first.jwt_secret.encode()) >= 64
    assert mode(airflow.secrets_file) == mode(airflow.passwords_file) == 0o600
    assert mode(airflow.folder) == 0o700
    assert json.loads(airflow.passwords_file.read_text()) == {"admin": first.admin_password}


def test_two_installations_have_different_secrets(tmp_path):
    one, two = (configuration.load_secrets(configuration.open_home(tmp_path / name)) for name in "ab")
    assert not set(vars_of(one)) & set(vars_of(two))


def vars_of(secrets):
    return [getattr(secrets, name) for name in secrets.__slots__]


def test_environment_holds_nothing_of_another_airflow(airflow, tmp_path, monkeypatch):
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", "CeleryExecutor")
    monkeypatch.setenv("AIRFLOW_CONFIG", "/lain/airflow.cfg")
    made = configuration.component_environment(
        tmp_path, airflow, configuration.load_secrets(airflow), Ports(8123, 8124)
    )
    assert made["AIRFLOW__CORE__EXECUTOR"] == "humas.local.executor.ReadyExecutor"
    assert "AIRFLOW_CONFIG" not in made
    assert made["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert made["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://127.0.0.1:8124/execution/"
    assert made["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"].endswith("airflow.db?timeout=60")
    assert made["AIRFLOW__USAGE_DATA_COLLECTION__ENABLED"] == "False"
    assert int(made["AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL"]) <= 60  # tasks of a killed scheduler


def test_port_in_use_is_passed_over_or_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert not configuration.can_bind(port)
        with pytest.raises(OperatorError, match=f"Port {port} sedang dipakai"):
            configuration.choose_port(port)
    assert configuration.choose_port(port) == port


def test_tasks_have_a_port_of_their_own():
    ports = configuration.choose_ports()
    assert ports.ui != ports.task
    assert configuration.can_bind(ports.task)


def test_first_free_port_is_chosen(monkeypatch):
    monkeypatch.setattr(configuration, "can_bind", lambda port: port == configuration.PREFERRED_PORT + 3)
    assert configuration.choose_port() == configuration.PREFERRED_PORT + 3


@pytest.mark.skipif(os.getuid() == 0, reason="root menulis juga ke map yang hanya-baca")
def test_read_only_folder_is_named(tmp_path):
    tmp_path.chmod(0o555)
    with pytest.raises(OperatorError) as caught:
        configuration.open_home(tmp_path / "rumah")
    assert caught.value.code == "folder_tak_dapat_ditulis"


def test_folder_below_a_file_is_named(tmp_path):
    (tmp_path / "berkas").touch()
    with pytest.raises(OperatorError, match="HUMAS_HOME"):
        configuration.open_home(tmp_path / "berkas")


def test_full_disk_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(configuration, "MIN_FREE_BYTES", 10**18)
    with pytest.raises(OperatorError) as caught:
        configuration.open_home(tmp_path)
    assert caught.value.code == "disk_penuh"


def test_pools_have_slots_and_an_explanation():
    pools = json.loads(configuration.POOLS.read_text("utf-8"))
    assert pools["cetak"]["slots"] == 2
    assert all(pool["description"] for pool in pools.values())


def test_paths_lie_below_the_folder(tmp_path):
    home = AirflowHome(tmp_path)
    assert {path.parent for path in (home.database, home.logs, home.secrets_file, home.passwords_file)} == {tmp_path}
