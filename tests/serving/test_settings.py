"""What the portal refuses to start with, and what it says then."""

import base64
import os

import pytest

from portal.settings import DEMO_MASTER_KEY, DEMO_SECRET_KEY, SettingsError, read_settings

OWN_KEY = base64.b64encode(bytes(range(32))).decode()
GOOD = {
    "PORTAL_ENV": "production",
    "PORTAL_MASTER_KEY": OWN_KEY,
    "PORTAL_SECRET_KEY": "x" * 40,
    "PORTAL_BASE_URL": "https://portal.example.org",
    "PORTAL_PROXIES": "1",
}


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(("PORTAL_", "DATABASE_", "REDIS_", "SMTP_", "MAIL_")):
            monkeypatch.delenv(name)


def set_all(monkeypatch: pytest.MonkeyPatch, **given: str) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)


def test_nothing_given_is_production_and_refused_for_each_missing_secret() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings()
    said = str(refused.value)
    for name in ("PORTAL_MASTER_KEY", "PORTAL_SECRET_KEY", "PORTAL_BASE_URL", "PORTAL_PROXIES"):
        assert name in said
    assert "openssl rand -base64 32" in said


@pytest.mark.parametrize(("env", "told"), [("", True), ("production", False)])
def test_who_only_wants_to_try_it_out_is_told_how(
    monkeypatch: pytest.MonkeyPatch, env: str, told: bool
) -> None:
    """As whoever has typed `make run` in one window, and a command in another."""
    set_all(monkeypatch, PORTAL_ENV=env)
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert ("PORTAL_ENV=demo in front of the command" in str(refused.value)) is told


def test_production_starts_with_secrets_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, **GOOD)
    settings = read_settings()
    assert settings.https
    assert not settings.demo


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_MASTER_KEY", DEMO_MASTER_KEY),
        ("PORTAL_MASTER_KEY", ""),
        ("PORTAL_OLD_MASTER_KEYS", f"{OWN_KEY} {DEMO_MASTER_KEY}"),
        ("PORTAL_SECRET_KEY", DEMO_SECRET_KEY),
        ("PORTAL_SECRET_KEY", "short"),
        ("PORTAL_BASE_URL", "http://portal.example.org"),
        ("PORTAL_BASE_URL", "https://"),
        ("PORTAL_PROXIES", "0"),
    ],
)
def test_production_refuses_what_is_shown_short_or_open(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    set_all(monkeypatch, **{**GOOD, name: value})
    with pytest.raises(SettingsError, match=name):
        read_settings()


def test_a_number_or_word_that_cannot_be_used_says_what_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """All at once, in the words of whoever started it, and not in those of a library."""
    given = {"PORTAL_PORT": "abc", "PORTAL_WEB_WORKERS": "0", "PORTAL_RATE_LIMITS": "perhaps", "PORTAL_ENV": "live"}
    set_all(monkeypatch, **given)
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert set(str(refused.value).splitlines()) == {
        "PORTAL_PORT is not usable: write a whole number in digits.",
        "PORTAL_WEB_WORKERS is not usable: write 1 or a greater number.",
        "PORTAL_RATE_LIMITS is not usable: write true or false.",
        "PORTAL_ENV is not usable: write 'production', 'demo' or 'test'.",
    }


def test_a_demonstration_starts_with_nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, PORTAL_ENV="demo")
    settings = read_settings()
    assert settings.demo
    assert settings.base_url == "http://localhost:8000"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORTAL_PORT", "many", "PORTAL_PORT"),
        ("PORTAL_PORT", "70000", "65535"),
        ("PORTAL_MASTER_KEY", "bm90IDMy", "32 random bytes"),
        ("PORTAL_PROT", "8001", "Did you mean PORTAL_PORT?"),
        ("DATABASE_URL", "mysql://here/x", "postgresql://user:password@host/database"),
        ("REDIS_URL", "here:6379", "redis://host:6379/0"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_write(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    set_all(monkeypatch, PORTAL_ENV="demo", **{name: value})
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert name in str(refused.value)
    assert says in str(refused.value)


def test_no_secret_is_repeated_in_a_refusal_or_a_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(
        monkeypatch,
        **GOOD,
        DATABASE_URL="postgresql://owner:canary-password@db/lintel",
        SMTP_PASSWORD="canary-mail",
    )
    settings = read_settings()
    shown = repr(settings)
    assert "canary" not in shown
    assert OWN_KEY not in shown
    set_all(monkeypatch, PORTAL_PORT="none", DATABASE_URL="mysql://owner:canary-password@db/lintel")
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert "canary" not in str(refused.value)


def test_each_role_enters_the_same_database_with_a_password_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_all(monkeypatch, **GOOD, DATABASE_URL="postgres://owner:pw@db.example:6543/lintel?sslmode=require")
    settings = read_settings()
    urls = [settings.app_url, settings.relay_url, settings.platform_url]
    assert len({url.partition("@")[0] for url in urls}) == 3
    for url, role in zip(urls, ("portal_app", "portal_relay", "portal_platform"), strict=True):
        assert url.startswith(f"postgresql+psycopg://{role}:")
        assert url.endswith("@db.example:6543/lintel?sslmode=require")


def test_a_socket_address_is_spelt_as_the_limiter_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    set_all(monkeypatch, PORTAL_ENV="demo", REDIS_URL="unix:///run/redis.sock?db=1")
    assert read_settings().limits_url == "redis+unix:///run/redis.sock?db=1"
