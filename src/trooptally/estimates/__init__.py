"""Claims to estimates: how many were there, how sure are we, and which claims say so.

Pure pandas and NumPy: a claims table in, bands out. This room knows no ledger, no importer and no clock.
"""

from trooptally.estimates.answers import Estimates
from trooptally.estimates.catalogue import method_names
from trooptally.estimates.influence import Influence, influences
from trooptally.estimates.memory import Remembered
from trooptally.estimates.question import estimate
from trooptally.estimates.workload import estimate_all

__all__ = ["Estimates", "Influence", "Remembered", "estimate", "estimate_all", "influences", "method_names"]
