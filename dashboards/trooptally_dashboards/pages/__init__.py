"""One dashboard per file, each found by the app through its `register` function; no page knows another."""
