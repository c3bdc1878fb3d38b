"""What the database is made of: tables, migrations, code lists and starter facts. No engine and no web."""
