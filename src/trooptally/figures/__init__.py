"""Figures: numbers of people as printed, with hedge and bounds, read from text and printed back."""

from trooptally.figures.figure import Figure
from trooptally.figures.parsing import ParsedFigure, parse_figure
from trooptally.figures.printing import print_figure

__all__ = ["Figure", "ParsedFigure", "parse_figure", "print_figure"]
