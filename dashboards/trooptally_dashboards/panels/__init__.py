"""The parts of the page of entry: one figure, an article, many rows."""
