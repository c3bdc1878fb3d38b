"""Reading prose: from an article's text to draft claims that a person only has to confirm.

Text in, drafts out: getting text out of a web page, a PDF or a feed is the work of other rooms. The stages stand in
`trooptally.reading.reader`; the vocabulary stands in `languages/`, the names beyond the code lists in `gazetteer.csv`.
"""

from trooptally.reading.door import Explanation, explain, read
from trooptally.reading.rows import as_row
from trooptally.reading.stream import read_lines

__all__ = ["Explanation", "as_row", "explain", "read", "read_lines"]
