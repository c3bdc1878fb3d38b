"""The web face of the ledger: pages that read the database at each request and draw what it holds.

One dashboard is one file in `pages`; `figures` turns columns into plain chart dictionaries and `components`
turns records into the parts of a page, neither knowing the database or the server. `access` decides what a
browser may do.
Nothing here speaks SQL, and nothing here writes.
"""
