"""Templates into pages: everything is escaped, and what scripts need stands in data blocks that nothing runs."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from trooptally import __version__
from trooptally_dashboards import words
from trooptally_dashboards.publishing import addresses
from trooptally_dashboards.publishing.addresses import fragment, link, upward

if TYPE_CHECKING:
    from trooptally_dashboards.publishing.edition import Edition

# 'self' is the folder of the site, from disk as well as from a server. Plotly writes styles while it draws; its camera
# button reads the picture back from a blob.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
# Within a data block these would end it or begin a comment; as escapes they mean the same to JSON.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\N{LINE SEPARATOR}": "\\u2028"}


def page(template: str, path: str, edition: Edition, **shown: Any) -> bytes:
    """Return a page of the site.

    Args:
        template: Its template's file name.
        path: Where it will stand, from which its links lead.
        edition: What is published.
        shown: What else the template asks for.
    """
    made = _templates().get_template(template)
    return made.render(path=path, root=upward(path), edition=edition, **shown).encode()


def embedded(content: Any) -> Markup:
    """Return content as JSON that is safe within a script element, its keys in a fixed order."""
    text = orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()
    for sign, escape in _UNSAFE.items():
        text = text.replace(sign, escape)
    return Markup(text)  # noqa: S704 - nothing in it can end the element that holds it


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("trooptally_dashboards.publishing", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.globals.update(
        addresses=addresses, words=words, policy=POLICY, version=__version__, link=link, fragment=fragment
    )
    made.filters["embedded"] = embedded
    return made
