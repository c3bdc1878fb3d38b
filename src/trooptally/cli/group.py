"""The root of all commands; lists them without loading any."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from trooptally import __version__

DEFAULT_LEDGER = "sqlite:///trooptally.db"
_FOLDER = Path(__file__).with_name("commands")


class Commands(click.Group):
    """Finds each command in the file of its name; the file's first line is its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        del ctx
        return sorted(_name(path) for path in _FOLDER.glob("[a-z]*.py"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = import_module(f"trooptally.cli.commands.{_module(cmd_name)}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with the first line of their files; loading them would cost a second."""
        rows = [(name, _first_line(_FOLDER / f"{_module(name)}.py")) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _name(path: Path) -> str:
    return path.stem.rstrip("_").replace("_", "-")


def _module(name: str) -> str:
    # `import` is a word of the language, so its file is `import_.py`.
    plain = name.replace("-", "_")
    return plain if (_FOLDER / f"{plain}.py").exists() else f"{plain}_"


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8") as lines:
        return lines.readline().strip().strip('"')


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="A ledger is named by --db or TROOPTALLY_DB: a file (sqlite:///trooptally.db) or postgresql://...",
)
@click.option("--db", metavar="URL", envvar="TROOPTALLY_DB", default=DEFAULT_LEDGER, help="The ledger.")
@click.version_option(__version__, prog_name="trooptally")
def trooptally(db: str) -> None:
    """Keep a ledger of publicly reported military force figures: who said how many, where, as of when."""
    del db  # each command reads it from here unless it is told another
