"""The closed lists: every category a claim can carry, each word with one meaning.

This room holds words only. Reading them from text, adding them up and storing them is the work of other rooms.
"""

from __future__ import annotations

from enum import StrEnum


class Quantity(StrEnum):
    """What kind of number a measure counts; numbers of different kinds are never added."""

    STOCK = "stock"
    FLOW = "flow"
    CEILING = "ceiling"
    PLEDGE = "pledge"


class Measure(StrEnum):
    """What a figure counts."""

    PRESENT = "present"
    DEPLOYING = "deploying"
    WITHDRAWING = "withdrawing"
    ROTATING = "rotating"
    PLANNED = "planned"
    AUTHORIZED = "authorized"
    COMMITTED = "committed"
    OTHER_STRENGTH = "other_strength"

    @property
    def quantity(self) -> Quantity:
        """Stock, flow, ceiling or pledge."""
        return _QUANTITIES[self]

    @property
    def meaning(self) -> str:
        """The definition, for forms and legends."""
        return _MEASURE_MEANINGS[self]


_QUANTITIES = {
    Measure.PRESENT: Quantity.STOCK,
    Measure.DEPLOYING: Quantity.FLOW,
    Measure.WITHDRAWING: Quantity.FLOW,
    Measure.ROTATING: Quantity.FLOW,
    Measure.PLANNED: Quantity.PLEDGE,
    Measure.AUTHORIZED: Quantity.CEILING,
    Measure.COMMITTED: Quantity.PLEDGE,
    Measure.OTHER_STRENGTH: Quantity.STOCK,
}

_MEASURE_MEANINGS = {
    Measure.PRESENT: "in place at the stated time: a level",
    Measure.DEPLOYING: "going in: the number that moves, not the level it leads to",
    Measure.WITHDRAWING: "leaving: the number that moves, not the level it leads to",
    Measure.ROTATING: "going in to relieve an equal force: changes no level",
    Measure.PLANNED: "a level or movement announced, proposed or expected for later",
    Measure.AUTHORIZED: "a ceiling or mandate: how many may be there, not how many are",
    Measure.COMMITTED: "pledged or put on alert by its owner, not yet sent",
    Measure.OTHER_STRENGTH: "the size of an army, reserve or armed group, tied to no place of deployment",
}


class Component(StrEnum):
    """Which people are counted; none of these is silently inside another."""

    MILITARY = "military"
    ACTIVE = "active"
    RESERVE = "reserve"
    CIVILIAN = "civilian"
    CONTRACTOR = "contractor"


class Basis(StrEnum):
    """What the count includes; counts on two bases are two series."""

    UNSTATED = "unstated"
    ALL_PRESENT = "all_present"
    PERMANENTLY_ASSIGNED = "permanently_assigned"
    EXCLUDES_TEMPORARY = "excludes_temporary"


class Hedge(StrEnum):
    """How firmly the printed words state the number."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    UP_TO = "up_to"
    FEWER_THAN = "fewer_than"
    RANGE = "range"
    VAGUE = "vague"


class MissingReason(StrEnum):
    """Why a report that speaks of a force and a place gives no number for it. Never the same as 0."""

    NOT_STATED = "not_stated"
    WITHHELD = "withheld"
    SEE_ELSEWHERE = "see_elsewhere"
    NOT_AVAILABLE = "not_available"
    MALFORMED = "malformed"


class Status(StrEnum):
    """Where a claim stands between machine and person."""

    DRAFT = "draft"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RETRACTED = "retracted"


class Rank(StrEnum):
    """The editors' choice among claims; wrong claims are deprecated, not deleted."""

    PREFERRED = "preferred"
    NORMAL = "normal"
    DEPRECATED = "deprecated"


class Reliability(StrEnum):
    """How far a source can be relied on (Admiralty code); F means that nobody knows."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"

    @property
    def meaning(self) -> str:
        """The code's own wording."""
        return _RELIABILITY_MEANINGS[self]


_RELIABILITY_MEANINGS = {
    Reliability.A: "completely reliable",
    Reliability.B: "usually reliable",
    Reliability.C: "fairly reliable",
    Reliability.D: "not usually reliable",
    Reliability.E: "unreliable",
    Reliability.F: "reliability cannot be judged",
}


class Credibility(StrEnum):
    """How credible one claim is (Admiralty code), judged apart from its source; 6 means that nobody knows."""

    CONFIRMED = "1"
    PROBABLE = "2"
    POSSIBLE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    UNKNOWN = "6"

    @property
    def meaning(self) -> str:
        """The code's own wording."""
        return _CREDIBILITY_MEANINGS[self]


_CREDIBILITY_MEANINGS = {
    Credibility.CONFIRMED: "confirmed by other sources",
    Credibility.PROBABLE: "probably true",
    Credibility.POSSIBLE: "possibly true",
    Credibility.DOUBTFUL: "doubtful",
    Credibility.IMPROBABLE: "improbable",
    Credibility.UNKNOWN: "truth cannot be judged",
}


class Severity(StrEnum):
    """How much an issue weighs: an error keeps a row out or holds it, a warning travels with it."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class QualifierKind(StrEnum):
    """The rarer facts that narrow a claim."""

    UNIT = "unit"
    RELIEVED_UNIT = "relieved_unit"
    DURATION = "duration"
    BRANCH = "branch"
    TIMING = "timing"
    SPOKESPERSON = "spokesperson"
    SCOPE = "scope"
    ALSO_AT = "also_at"


class SourceKind(StrEnum):
    """Who publishes or speaks."""

    MINISTRY = "ministry"
    GOVERNMENT = "government"
    INTERNATIONAL = "international"
    OFFICIAL = "official"
    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    BROADCASTER = "broadcaster"
    WEBSITE = "website"
    RESEARCH = "research"
    UNNAMED = "unnamed"
    UNKNOWN = "unknown"


class ForceKind(StrEnum):
    """Whose people are counted."""

    STATE = "state"
    FORMER_STATE = "former_state"
    ALLIANCE = "alliance"
    MISSION = "mission"
    COALITION = "coalition"
    GROUP = "group"


class PlaceKind(StrEnum):
    """Where people are counted."""

    COUNTRY = "country"
    FORMER_COUNTRY = "former_country"
    TERRITORY = "territory"
    THEATRE = "theatre"
    REGION = "region"
    BASE = "base"
    AFLOAT = "afloat"
    UNSTATED = "unstated"


class ContributorKind(StrEnum):
    """Who writes: a person, or a program under a person's name."""

    PERSON = "person"
    PROGRAM = "program"


class Act(StrEnum):
    """What a change did to the ledger."""

    INIT = "init"
    RECORD = "record"
    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    RETRACT = "retract"
    RANK = "rank"
    ASSESS = "assess"
    REFERENCE = "reference"
    UNDO = "undo"
    EVENT = "event"


class Role(StrEnum):
    """What a person may do, each role all that the ones before it may."""

    VIEWER = "viewer"
    CONTRIBUTOR = "contributor"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"

    def covers(self, needed: Role) -> bool:
        """Whether this role may do what the other may."""
        order = list(Role)
        return order.index(self) >= order.index(needed)

    @property
    def meaning(self) -> str:
        """What the role is for, in a few words."""
        return _ROLE_MEANINGS[self]


_ROLE_MEANINGS = {
    Role.VIEWER: "reads everything",
    Role.CONTRIBUTOR: "adds figures and takes back their own",
    Role.REVIEWER: "accepts, rejects, corrects, retracts and grades",
    Role.ADMINISTRATOR: "keeps the accounts as well",
}
