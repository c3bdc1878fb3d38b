"""Keeping a ledger for years: backups that restore, migrations that keep every row, and a look at its health."""

from trooptally.ledger.keeping.backups import backup, check, restore
from trooptally.ledger.keeping.doctor import Sign, examine
from trooptally.ledger.keeping.manifest import Manifest
from trooptally.ledger.keeping.migrating import Migrated, migrate

__all__ = ["Manifest", "Migrated", "Sign", "backup", "check", "examine", "migrate", "restore"]
