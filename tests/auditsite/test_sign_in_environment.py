"""What the environment may say of signing in, and what it is told when it says it wrongly."""

import pytest

from auditsite.sign_in import environment

OIDC = {
    "OIDC_ISSUER": "https://login.example.org/tenant/v2.0/",
    "OIDC_CLIENT_ID": "case-audits",
    "OIDC_CLIENT_SECRET": "a secret",
}


def problems(production=False, **environ):
    return environment.problems(environ, production=production)


@pytest.mark.parametrize("production", [True, False])
def test_a_second_step_is_needed_in_production_unless_it_says_otherwise(production):
    def required(**environ):
        return environment.read(environ, production=production).second_factor_required

    assert required() == production
    assert required(SECOND_FACTOR_REQUIRED="yes")
    assert not required(SECOND_FACTOR_REQUIRED="No")


def test_the_session_lasts_half_an_hour_and_twelve_hours_unless_it_says_otherwise():
    chosen = environment.read({}, production=True)
    assert (chosen.idle_minutes, chosen.absolute_hours, chosen.council) == (30, 12, None)
    told = {"SESSION_IDLE_MINUTES": "15", "SESSION_ABSOLUTE_HOURS": "8"}
    chosen = environment.read(told, production=True)
    assert (chosen.idle_minutes, chosen.absolute_hours) == (15, 8)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECOND_FACTOR_REQUIRED", "perhaps"),
        ("SESSION_IDLE_MINUTES", "0"),
        ("SESSION_IDLE_MINUTES", "1000"),
        ("SESSION_ABSOLUTE_HOURS", "half"),
    ],
)
def test_what_cannot_be_is_named(name, value):
    (problem,) = problems(**{name: value})
    assert problem.startswith(f"{name} must be")


def test_the_councils_sign_in_is_read():
    more = {"OIDC_NAME": "Aireborough", "OIDC_EMAIL_DOMAINS": "Aireborough.example, a.example"}
    assert problems(production=True, **OIDC, **more) == []
    council = environment.read(OIDC | more, production=True).council
    (app,) = council.as_providers()["openid_connect"]["APPS"]
    assert app["name"] == "Aireborough"
    assert app["settings"]["server_url"] == "https://login.example.org/tenant/v2.0"
    assert app["settings"]["verified_email"] == ["aireborough.example", "a.example"]
    assert "a secret" not in repr(council)


@pytest.mark.parametrize("name", OIDC)
def test_all_three_go_together(name):
    told = {other: value for other, value in OIDC.items() if other != name}
    (problem,) = problems(**told)
    assert problem.startswith(f"{name} must be set")


def test_the_issuer_is_reached_by_https_but_on_loopback():
    local = OIDC | {"OIDC_ISSUER": "http://localhost:9400"}
    assert problems(**local) == []
    assert problems(production=True, **local) == ["OIDC_ISSUER must begin with https://."]


@pytest.mark.parametrize("tenant", ["common", "organizations", "consumers"])
def test_an_issuer_for_everybody_vouches_for_no_domain(tenant):
    told = OIDC | {"OIDC_ISSUER": f"https://login.microsoftonline.com/{tenant}/v2.0"}
    assert problems(**told) == []
    (problem,) = problems(**told, OIDC_EMAIL_DOMAINS="aireborough.example")
    assert "your own tenant" in problem
