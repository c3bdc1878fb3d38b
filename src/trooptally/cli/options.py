"""Options that several commands share."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def _ledger_url(ctx: click.Context, param: click.Parameter, given: str | None) -> str:
    del param
    return given or str(ctx.find_root().params["db"])


def _contributor(ctx: click.Context, param: click.Parameter, given: str | None) -> str:
    del ctx, param
    return given or login_name()


def login_name() -> str:
    """Return the name under which the person is logged in."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container without user names
        return "unknown"


db = click.option("--db", metavar="URL", callback=_ledger_url, help="The ledger; as before the command.")
contributor = click.option(
    "--contributor",
    envvar="TROOPTALLY_CONTRIBUTOR",
    callback=_contributor,
    metavar="NAME",
    help="Who writes; your login name unless TROOPTALLY_CONTRIBUTOR says otherwise.",
)
dry_run = click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")


def reason(default: str) -> Callable[[Command], Command]:
    """Return the option that says why something is written."""
    return click.option("--reason", default=default, show_default=True, help="Why, for the history.")
