"""Figures: numbers of people as printed, with hedge and bounds, read from text and printed back.

`parse_figure` reads one printed figure whole and refuses what is malformed or more than one number. A reader of prose
cuts its text with `tokenise` and asks `read_figure` at each token where a figure may begin. Where figures stand in
a text, and what they count, is for other rooms.
"""

from trooptally.figures.expressions import read_figure
from trooptally.figures.figure import Figure
from trooptally.figures.hedges import HEDGE_PHRASES
from trooptally.figures.parsing import ParsedFigure, parse_figure
from trooptally.figures.printing import print_figure
from trooptally.figures.tokens import tokenise

__all__ = [
    "HEDGE_PHRASES",
    "Figure",
    "ParsedFigure",
    "parse_figure",
    "print_figure",
    "read_figure",
    "tokenise",
]
