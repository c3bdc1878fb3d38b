"""Importers: one source format per file, each under the name `importer`, found by `trooptally.intake`.

To add one, add a file here and a test of it: nothing is registered anywhere. An importer knows its documents
by content, sees tables, text and names, and never the ledger.
"""
