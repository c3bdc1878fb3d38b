"""The fields of a claim as people fill them in, in the order of the form."""

from __future__ import annotations

from dataclasses import dataclass

from trooptally.vocabulary import Basis, Component, Hedge, Measure, MissingReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of the form and one column of the claims table.

    Attributes:
        name: The column's name and the flag of `add`, with underscores.
        title: What a form shows beside it.
        help: One sentence: what belongs here.
        required: Whether a claim cannot be written without it.
        choices: The closed list it takes its word from, or empty.
        example: A filled-in cell, for the form and the prompts.
        aliases: Other headers under which people send the same column, lower case with underscores.
        in_template: Whether an empty table has a column for it; the others are taken where they stand.
    """

    name: str
    title: str
    help: str
    required: bool = False
    choices: tuple[str, ...] = ()
    example: str = ""
    aliases: tuple[str, ...] = ()
    in_template: bool = True

    @property
    def flag(self) -> str:
        """The option of a command that fills this field."""
        return "--" + self.name.replace("_", "-")


FIELDS: tuple[Field, ...] = (
    Field(
        name="force",
        title="Force",
        help="Whose people are counted: a state, an alliance, a mission or a group, by name or code.",
        required=True,
        example="USA",
        aliases=("forces", "force_name", "whose", "sending_country", "contributing_country"),
    ),
    Field(
        name="place",
        title="Place",
        help="Where they are, or where they are going to or leaving: a country, a base or a named region.",
        required=True,
        example="IRQ",
        aliases=("location", "where", "host_country", "country_of_deployment"),
    ),
    Field(
        name="measure",
        title="Measure",
        help="What is counted: people in place, moving in or out, rotating, planned, authorized or pledged.",
        required=True,
        choices=tuple(word.value for word in Measure),
        example="present",
        aliases=("measured", "what"),
    ),
    Field(
        name="component",
        title="Component",
        help="Which people are counted; military unless the report says otherwise.",
        choices=tuple(word.value for word in Component),
        example="military",
    ),
    Field(
        name="figure",
        title="Figure",
        help="The number as printed, with its hedge; 0 only where the report says that there are none.",
        example="about 2,500",
        aliases=("printed", "troops", "number", "number_of_troops", "personnel", "strength"),
    ),
    Field(
        name="low",
        title="Low",
        help="The lowest number the report allows, where it is given apart from the figure.",
        aliases=("lower", "minimum", "min"),
        in_template=False,
    ),
    Field(
        name="point",
        title="Point",
        help="The number the report names, where it is given apart from its bounds.",
        aliases=("best", "central"),
        in_template=False,
    ),
    Field(
        name="high",
        title="High",
        help="The highest number the report allows, where it is given apart from the figure.",
        aliases=("upper", "maximum", "max"),
        in_template=False,
    ),
    Field(
        name="hedge",
        title="Hedge",
        help="How firmly the number is stated, where low, point and high stand apart from the figure.",
        choices=tuple(word.value for word in Hedge),
        in_template=False,
    ),
    Field(
        name="as_of",
        title="As of",
        help="The day or period that the figure is about: 2021-09-20, 2021-09, 2006~ or 2021-01/2021-06.",
        example="2021-09-20",
        aliases=("as_of_date", "asof", "as_at", "reference_period"),
    ),
    Field(
        name="published_on",
        title="Published on",
        help="The day or month of the publication.",
        example="2021-09-20",
        aliases=("published", "publication_date", "date_published", "report_date"),
    ),
    Field(
        name="publisher",
        title="Publisher",
        help="Who published the report: a newspaper, an agency, a ministry.",
        example="The New York Times",
        aliases=("source", "outlet", "newspaper", "published_by"),
    ),
    Field(
        name="attributed_to",
        title="Attributed to",
        help="Whom the report names as having said the figure.",
        example="Pentagon",
        aliases=("attribution", "according_to", "said_by"),
    ),
    Field(
        name="title",
        title="Title",
        help="The headline or title of the report.",
        aliases=("headline", "report_title"),
    ),
    Field(
        name="url",
        title="URL",
        help="The web address of the report.",
        example="https://example.org/report",
        aliases=("link", "web_address", "source_url"),
    ),
    Field(
        name="quote",
        title="Quote",
        help="The words of the report that carry the figure, as printed.",
        example="about 2,500 troops",
        aliases=("quotation", "words"),
    ),
    Field(
        name="unit",
        title="Unit",
        help="The formation or operation that the report names.",
        example="4th Infantry Division",
        aliases=("formation", "units"),
    ),
    Field(
        name="note",
        title="Note",
        help="Anything else a reader of the figure should know.",
        aliases=("notes", "comment", "comments", "remark", "remarks"),
    ),
    Field(
        name="basis",
        title="Basis",
        help="What the count includes; unstated unless the report says so.",
        choices=tuple(word.value for word in Basis),
        in_template=False,
    ),
    Field(
        name="missing_reason",
        title="Why there is no figure",
        help="Why the report gives no number, where the figure is empty; never the same as 0.",
        choices=tuple(word.value for word in MissingReason),
        aliases=("missing", "reason_missing"),
        in_template=False,
    ),
)

FIELD_NAMES: tuple[str, ...] = tuple(field.name for field in FIELDS)

_BY_NAME = {field.name: field for field in FIELDS}


def field_named(name: str) -> Field:
    """Return the field of that name.

    Raises:
        KeyError: the form has no such field.
    """
    return _BY_NAME[name]
