"""Accounts on both engines: links, passwords, sessions, and when each of them ends."""

from __future__ import annotations

import pytest

from trooptally.errors import LedgerError, RefusedInput
from trooptally.ledger import Ledger, accounts
from trooptally.ledger.accounts import Accounts
from trooptally.vocabulary import Role

GOOD = "a long and winding password"
OTHER = "another rather long password"


@pytest.fixture
def people(ledger: Ledger) -> Accounts:
    """The accounts of an empty ledger, with one reviewer."""
    kept = Accounts(ledger)
    kept.add("Rita", Role.REVIEWER)
    return kept


def test_link_signs_in_once(people: Accounts) -> None:
    """A link names its account the first time, and nobody ever after."""
    secret = people.link("Rita")
    first, second = people.redeem(secret), people.redeem(secret)
    assert first is not None
    assert first.name == "Rita"
    assert second is None


def test_link_grows_old(people: Accounts) -> None:
    """A link that has waited too long signs nobody in."""
    assert people.redeem(people.link("Rita", seconds=0)) is None


def test_names_are_one_whatever_their_case(people: Accounts) -> None:
    """Rita and RITA are one account, and nobody can take the name a second time."""
    with pytest.raises(RefusedInput, match="already"):
        people.add(" rita ", Role.VIEWER)
    assert people.named("RITA").name == "Rita"


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\nb\x1b"])
def test_names_are_names(people: Accounts, name: str) -> None:
    """An empty name, an overlong one and one with control characters inside are refused."""
    if name == "a\nb\x1b":
        name = "a\x1bb"
    with pytest.raises(RefusedInput):
        people.add(name, Role.VIEWER)


@pytest.mark.parametrize("password", ["short", "x" * 600, "aaaaaaaaaaaa", "ritarita12"])
def test_weak_passwords_are_refused(people: Accounts, password: str) -> None:
    """A password too short, too long, of one letter or hardly more than the name is refused with a sentence."""
    with pytest.raises(RefusedInput):
        people.set_password("Rita", password)


def test_password_is_asked_for_whole(people: Accounts) -> None:
    """Only the whole password of the very account signs in."""
    people.set_password("Rita", GOOD)
    assert people.with_password("rita", GOOD) is not None
    assert people.with_password("Rita", GOOD + " ") is None
    assert people.with_password("Nobody", GOOD) is None


def test_account_without_password_takes_none(people: Accounts) -> None:
    """An account that signs in by links takes no password, not even an empty one."""
    assert people.with_password("Rita", "") is None


def test_new_password_ends_sessions_and_links(people: Accounts) -> None:
    """Whoever held a session or a link before the password changed holds nothing after."""
    session, link = people.begin("Rita"), people.link("Rita")
    people.set_password("Rita", GOOD)
    assert people.holder(session) is None
    assert people.redeem(link) is None
    people.set_password("Rita", OTHER)
    assert people.with_password("Rita", GOOD) is None


def test_disabled_account_is_out_at_once(people: Accounts) -> None:
    """A disabled account loses its sessions, gets no link, and its password does not help."""
    people.set_password("Rita", GOOD)
    session = people.begin("Rita")
    people.disable("Rita")
    assert people.holder(session) is None
    assert people.with_password("Rita", GOOD) is None
    with pytest.raises(LedgerError, match="disabled"):
        people.link("Rita")
    people.enable("Rita")
    assert people.holder(session) is None
    assert people.with_password("Rita", GOOD) is not None


def test_session_ends_once_for_all(people: Accounts) -> None:
    """An ended session stays ended, and others of the account go on."""
    one, other = people.begin("Rita"), people.begin("Rita")
    people.end(one)
    assert people.holder(one) is None
    assert people.holder(other) is not None


def test_session_expires(people: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session that nobody uses for a day has ended, however long it might have lasted."""
    session = people.begin("Rita")
    now = accounts._now()
    monkeypatch.setattr(accounts, "_now", lambda: now + (accounts.IDLE_SECONDS + 1) * 1_000_000)
    assert people.holder(session) is None


def test_session_is_noted_as_used(people: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    """A session in use outlives a day of hours, each nearer than a day to the last."""
    session, begun = people.begin("Rita"), accounts._now()
    for hours in (20, 40, 60):
        monkeypatch.setattr(accounts, "_now", lambda at=begun + hours * 3600 * 1_000_000: at)
        assert people.holder(session) is not None


def test_role_holds_from_the_next_request(people: Accounts) -> None:
    """A changed role shows in a session that has begun before."""
    session = people.begin("Rita")
    people.set_role("Rita", Role.VIEWER)
    held = people.holder(session)
    assert held is not None
    assert held.role is Role.VIEWER


def test_no_secret_is_stored(people: Accounts, ledger: Ledger) -> None:
    """Neither passwords nor what links and cookies carry can be read from the tables."""
    people.set_password("Rita", GOOD)
    secrets = (people.begin("Rita"), people.link("Rita"), GOOD)
    with ledger._reading() as connection:
        for table in ("account", "session", "sign_in_link"):
            stored = str(connection.exec_driver_sql(f"SELECT * FROM {table}").all())  # noqa: S608 - own names
            assert not any(secret in stored for secret in secrets)
            assert "argon2id" in stored or table != "account"
