"""Keep the accounts of people who write in the browser."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from trooptally.cli import options
from trooptally.vocabulary import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trooptally.ledger.accounts import Account, Accounts

_HOST = "http://127.0.0.1:8050"
_name = click.argument("name")


@click.group
def command() -> None:
    """Keep the accounts of people who write in the browser. Reading needs no account."""


@command.command("add")
@_name
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.CONTRIBUTOR.value)
@click.option("--password", "asks", is_flag=True, help="Ask for a password, or read it from standard input.")
@options.as_json
@options.db
def add(db: str, name: str, role: str, *, asks: bool, as_json: bool) -> None:
    """Make an account; without a password it signs in by links."""
    with _accounts(db) as accounts:
        account = accounts.add(name, Role(role), password=_password() if asks else None)
    _show(account, f"{account.name} may now sign in as {account.role.value}.", as_json=as_json)


@command.command("list")
@options.as_json
@options.db
def list_(db: str, *, as_json: bool) -> None:
    """Show every account."""
    with _accounts(db, read_only=True) as accounts:
        found = accounts.all()
    if as_json:
        for account in found:
            _show(account, "", as_json=True)
        return
    if not found:
        click.echo("There are no accounts yet; 'trooptally user add NAME' makes one.")
        return
    from trooptally.cli.shown import print_table

    rows = [
        (one.name, one.role.value, "password or link" if one.has_password else "link", "disabled" * one.disabled)
        for one in found
    ]
    print_table(("name", "role", "signs in by", ""), rows)


@command.command("role")
@_name
@click.argument("role", type=click.Choice([role.value for role in Role]))
@options.as_json
@options.db
def role_(db: str, name: str, role: str, *, as_json: bool) -> None:
    """Give an account another role."""
    with _accounts(db) as accounts:
        accounts.set_role(name, Role(role))
        account = accounts.named(name)
    _show(account, f"{account.name} is now a {account.role.value}: {account.role.meaning}.", as_json=as_json)


@command.command("disable")
@_name
@options.as_json
@options.db
def disable(db: str, name: str, *, as_json: bool) -> None:
    """Let an account sign in no more, and end its sessions."""
    with _accounts(db) as accounts:
        accounts.disable(name)
        account = accounts.named(name)
    _show(account, f"{account.name} can sign in no more; all their sessions have ended.", as_json=as_json)


@command.command("enable")
@_name
@options.as_json
@options.db
def enable(db: str, name: str, *, as_json: bool) -> None:
    """Let a disabled account sign in again."""
    with _accounts(db) as accounts:
        accounts.enable(name)
        account = accounts.named(name)
    _show(account, f"{account.name} can sign in again.", as_json=as_json)


@command.command("link")
@_name
@click.option("--at", "address", default=_HOST, show_default=True, help="Where the dashboards are served.")
@options.as_json
@options.db
def link(db: str, name: str, address: str, *, as_json: bool) -> None:
    """Print a link that signs an account in once, within fifteen minutes."""
    with _accounts(db) as accounts:
        where = f"{address.rstrip('/')}/sign-in?link={accounts.link(name)}"
    if as_json:
        import orjson

        click.echo(orjson.dumps({"name": name, "link": where}).decode())
    else:
        click.echo(where)


@command.command("password")
@_name
@options.as_json
@options.db
def password_(db: str, name: str, *, as_json: bool) -> None:
    """Give an account a password, asked for or read from standard input, and end its sessions."""
    with _accounts(db) as accounts:
        accounts.named(name)
        accounts.set_password(name, _password())
        account = accounts.named(name)
    _show(account, f"{account.name} has a new password; all their sessions have ended.", as_json=as_json)


@contextmanager
def _accounts(db: str, *, read_only: bool = False) -> Iterator[Accounts]:
    """Yield the accounts of a ledger, open for the length of a block."""
    from trooptally.ledger import Ledger
    from trooptally.ledger.accounts import Accounts

    with Ledger.open(db, read_only=read_only) as ledger:
        yield Accounts(ledger)


def _password() -> str:
    if sys.stdin.isatty():
        told: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return told
    return sys.stdin.readline().rstrip("\r\n")


def _show(account: Account, said: str, *, as_json: bool) -> None:
    if not as_json:
        click.echo(said)
        return
    import orjson

    shown = {"name": account.name, "role": account.role.value, "disabled": account.disabled}
    click.echo(orjson.dumps(shown | {"has_password": account.has_password, "created_at": account.created_at}).decode())
