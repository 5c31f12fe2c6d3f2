"""What it is deployed with: compose.yaml, systemd's units, dotenv-sample, and their settings."""

import configparser
import re
import subprocess
import sys

import pytest
import yaml
from django.conf import settings

ROOT = settings.BASE_DIR
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
PROGRAM = {"web", "worker", "schedule", "migrate", "manage"}
SERVERS = {"database", "redis"}
ITS_PASSWORDS = {"DATABASE_PASSWORD", "REDIS_PASSWORD"}
"""Docker Compose alone reads them, to make the servers and the two addresses."""

UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))
HARDENED = {
    "CapabilityBoundingSet": "",
    "NoNewPrivileges": "yes",
    "PrivateDevices": "yes",
    "PrivateTmp": "yes",
    "ProtectHome": "yes",
    "ProtectSystem": "strict",
    "UMask": "0077",
    "User": "auditsite",
}


def known() -> set[str]:
    """The names that the project reads from its environment."""
    code = "".join(path.read_text() for path in (ROOT / "auditsite").rglob("*.py"))
    return set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', code))


def sampled() -> set[str]:
    text = (ROOT / "dotenv-sample").read_text()
    return set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))


def unit(path):
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str
    read.read_string(path.read_text())
    return read


def test_sample_names_every_setting_and_no_other():
    assert sampled() - ITS_PASSWORDS == known()


def test_compose_sets_known_settings_alone():
    named = {name for service in PROGRAM for name in SERVICES[service]["environment"]}
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.yaml").read_text()))
    assert named <= known()
    assert asked <= known() | ITS_PASSWORDS


def test_compose_has_every_part():
    assert set(SERVICES) == PROGRAM | SERVERS


def test_compose_opens_one_port_on_loopback():
    ports = [port for service in SERVICES.values() for port in service.get("ports", ())]
    assert ports == ["127.0.0.1:${PORT:-8000}:8000"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert {name for name in SERVICES if SERVICES[name]["networks"] == ["inside"]} == SERVERS


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_container_can_do_no_more_than_it_needs(name):
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert not service.get("privileged")
    assert ("healthcheck" in service) == (name not in {"migrate", "manage"})


def test_servers_of_compose_need_their_passwords():
    assert SERVICES["database"]["environment"]["POSTGRES_PASSWORD"].startswith(
        "${DATABASE_PASSWORD:?"
    )
    assert "requirepass" in SERVICES["redis"]["command"][2]
    assert not re.search(r"\bPASSWORD\}?(?!:\?)[^\"$]*--requirepass", str(SERVICES["redis"]))


def test_image_takes_hashed_packages_and_is_not_root():
    lines = (ROOT / "Dockerfile").read_text()
    assert "--require-hashes -r requirements.txt" in lines
    assert re.findall(r"^USER (\w+)", lines, re.MULTILINE) == ["auditsite"]


def test_image_holds_the_program_and_nothing_else():
    rules = (ROOT / ".dockerignore").read_text().splitlines()
    assert rules[0] == "*"
    taken = {rule[1:] for rule in rules if rule.startswith("!")}
    apps = {"accounts", "actions", "audits", "auditsite", "cases", "kit", "moderation", "reporting"}
    assert taken >= apps | {"manage.py", "templates", "static", "gunicorn.conf.py"}
    assert not taken & {".env", "tests", "var", ".git"}
    assert all((ROOT / name).exists() for name in taken)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_unit_is_hardened_and_sets_known_settings_alone(path):
    service = unit(path)["Service"]
    assert {name: service.get(name) for name in HARDENED} == HARDENED
    assert {each.partition("=")[0] for each in service["Environment"].split()} <= known()
    assert service["EnvironmentFile"] == "/etc/auditsite.env"


def test_units_and_compose_run_the_same():
    """But for folders: what celery and gunicorn are told."""
    celery = {"worker": "worker", "schedule": "beat"}
    for name, command in celery.items():
        started = unit(ROOT / f"deploy/systemd/auditsite-{name}.service")["Service"]["ExecStart"]
        told = set(started.split()[1:])
        assert command in told
        assert told <= set(SERVICES[name]["command"])


def test_web_server_in_production_believes_one_header_and_writes_no_addresses():
    asked = (
        "from gunicorn.app.wsgiapp import WSGIApplication as A; c = A().cfg; "
        "print(c.secure_scheme_headers, c.accesslog, c.bind, c.threads)"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked, "auditsite.wsgi"],
        cwd=ROOT,
        env={"PORT": "8123"},
        capture_output=True,
        text=True,
    )
    assert told.stdout == "{} None ['127.0.0.1:8123'] 8\n", told.stderr
