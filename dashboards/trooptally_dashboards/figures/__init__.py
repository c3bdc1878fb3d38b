"""Columns in, plain chart dictionaries out: no figure objects, no database, no page.

A figure object costs some hundred times the encoding of the same dictionary, so none is built while somebody
waits.
"""
