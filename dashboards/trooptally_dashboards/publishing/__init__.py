"""The ledger as a folder of plain web pages: made once, read anywhere, with no server, no network and no Trooptally."""

from trooptally_dashboards.publishing.edition import Wish
from trooptally_dashboards.publishing.site import Published, publish, survey

__all__ = ["Published", "Wish", "publish", "survey"]
