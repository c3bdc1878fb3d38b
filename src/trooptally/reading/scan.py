# ruff: noqa: PLR0911, PLR2004 -- each return is one rule; distances are counted in words
"""One sentence, scanned: its tokens, numbers and names, with the small questions that every stage asks of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from trooptally.reading.gazetteer import Gazetteer, Mention
from trooptally.reading.hedging import Number
from trooptally.reading.lexicon import Lexicon, VerbForm, words
from trooptally.reading.numbers import numbers
from trooptally.reading.sentences import Sentence
from trooptally.reading.tokens import Token, tokenize


class _Lows(dict[int, str]):
    """Words by position, and nothing outside the sentence."""

    def __missing__(self, at: int) -> str:
        return ""


_SUBJECT_STARTS = words("he she it they we i you who which that there")
_NOUN_MAKERS = words("of for in on at with under from into by")


@dataclass(eq=False, kw_only=True)
class Scan:
    """A sentence with everything that is read off its tokens alone.

    Attributes:
        sentence: Where it stands in the text.
        flat: The whole text in plain signs.
        tokens, mentions: What was found, in order.
        verbs_at, groups_at: What was asked before, for it is asked again and again.
        mention_at: The mention that covers a token, by the token's position.
        lows: The tokens in lower case.
        low: The token at a position in lower case, or an empty string outside the sentence; every rule asks it often.
        words: The same as a set.
        lists, nouns: Those of the lexicon.
    """

    sentence: Sentence
    flat: str
    lexicon: Lexicon
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    mention_at: dict[int, Mention] = field(repr=False)
    lows: tuple[str, ...]
    low: Callable[[int], str] = field(repr=False)
    words: frozenset[str]
    lists: Mapping[str, frozenset[str]] = field(repr=False)
    nouns: Mapping[str, frozenset[str]] = field(repr=False)
    verbs_at: dict[int, tuple[VerbForm, ...]] = field(default_factory=dict, repr=False)
    groups_at: dict[int, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, flat: str, sentence: Sentence, lexicon: Lexicon, gazetteer: Gazetteer) -> Scan:
        """Return the scan of one sentence of a plain text."""
        tokens = tuple(tokenize(flat, sentence.start, sentence.end))
        mentions = tuple(gazetteer.mentions(tokens))
        lows = tuple([token.low for token in tokens])
        return cls(
            sentence=sentence,
            flat=flat,
            lexicon=lexicon,
            tokens=tokens,
            mentions=mentions,
            mention_at={at: mention for mention in mentions for at in range(mention.first, mention.last)},
            lows=lows,
            low=_Lows(enumerate(lows)).__getitem__,
            words=frozenset(lows),
            lists=lexicon.lists,
            nouns=lexicon.nouns,
        )

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The number phrases, in order; not every sentence is asked for them."""
        return tuple(numbers(self.tokens, self.lexicon))

    def among(self, at: int, name: str) -> bool:
        """Return whether the token belongs to a list of grammar words."""
        return self.low(at) in self.lists[name]

    def noun(self, at: int, name: str) -> bool:
        """Return whether the token belongs to a class of nouns."""
        return self.low(at) in self.nouns[name]

    def has(self, name: str) -> bool:
        """Return whether any word of the sentence belongs to a set of meaning words."""
        return not self.words.isdisjoint(self.lexicon.words[name])

    def says(self, name: str, first: int = 0, last: int | None = None) -> bool:
        """Return whether one of the named expressions stands between two tokens."""
        return bool(self.said(name, first, last))

    def said(self, name: str, first: int = 0, last: int | None = None) -> str:
        """Return which of the named expressions stands between two tokens, or an empty string."""
        expressions = self.lexicon.expressions[name]
        if self.words.isdisjoint(expressions.openers):
            return ""
        spelled = self.spelled(first, last)
        for phrase in expressions.spaced:
            if phrase in spelled:
                return phrase.strip()
        return ""

    def spelled(self, first: int = 0, last: int | None = None) -> str:
        """Return the tokens in lower case, one space around each."""
        return f" {' '.join(self.lows[max(first, 0) : last])} "

    def printed(self, first: int, last: int) -> str:
        """Return the text between two tokens, blanks made single."""
        return " ".join(self.flat[self.tokens[first].start : self.tokens[last - 1].end].split())

    def ends_clause(self, at: int) -> bool:
        """Return whether a token is a sign that no object or modifier reaches across."""
        return self.low(at) in (";", ":", ".", "!", "?", "\u2014", "(", ")", '"', "")

    def verb_at(self, at: int) -> tuple[VerbForm, ...]:
        """Return the readings of a token as a verb; none where its neighbours make it a noun or a name."""
        known = self.verbs_at.get(at)
        if known is None:
            forms = self.lexicon.verbs.get(self.low(at), ())
            known = self.verbs_at[at] = self._verb_forms(at, forms) if forms else ()
        return known

    def _verb_forms(self, at: int, forms: tuple[VerbForm, ...]) -> tuple[VerbForm, ...]:
        if at in self.mention_at and len(self.mention_at[at].printed) > 2:
            return ()
        before = self.low(at - 1)
        if self.low(at) in self.lexicon.nouns["soldier"]:
            return ()
        if before == "to" and all(form.form == "third" for form in forms):
            return ()
        if self.tokens[at].capital and before in ("operation", "camp", "fort", "exercise", "task"):
            return ()
        if all(form.form in ("plain", "third") for form in forms):
            return forms if self._is_finite(at, before) else ()
        if all(form.form == "doing" for form in forms) and (
            before in self.lexicon.lists["determiners"] or before == "'s"
        ):
            return ()
        if before in ("a", "an", "the", "'s", *self.lexicon.lists["possessives"]) and not self._is_finite(at, before):
            return ()
        return forms

    def _is_finite(self, at: int, before: str) -> bool:
        low = self.low(at)
        if low in ("is", "are", "am", "has", "have", "was", "were", "had", "be", "been"):
            return True
        if (
            before in self.lexicon.lists["determiners"]
            or before in ("'s", "-", "more", "other")
            or before in _NOUN_MAKERS
        ):
            return False
        if self.low(at + 1) in ("of", "'s"):
            return False
        if before in self.lexicon.lists["auxiliaries"] or before.endswith("n't"):
            return True
        if before in _SUBJECT_STARTS:
            return True
        after = self.low(at + 1)
        owner = self.mention_at.get(at - 1)
        if owner is not None and owner.people and not owner.printed.endswith("s"):
            return after in self.lexicon.lists["determiners"]
        noun_too = low in self.lexicon.acts or low in self.lexicon.nouns["collective"] or low in _NOUNS_AND_VERBS
        if noun_too:
            return self._object_follows(at) and before not in self.lexicon.nouns["modifier"]
        return after != "-"

    def _object_follows(self, at: int) -> bool:
        after = self.low(at + 1)
        return (
            after in self.lexicon.lists["determiners"]
            or after in ("to", "about", "around", "some", "up", "more", "at", "between", "over", "nearly")
            or (at + 1 < len(self.tokens) and self.tokens[at + 1].kind == "number")
        )


_NOUNS_AND_VERBS = words(
    "base bases force forces man men station stations order orders move moves cut cuts leave leaves"
    " return returns call calls offer offers plan plans request requests pledge pledges promise promises"
    " support supports help report reports estimate estimates charge charges state states limit limits cap"
    " caps press fire shell shells strike strikes march control controls post posts head heads host hosts"
    " supply supplies guard guards patrol patrols camp camps surge drop drops rise rises increase"
    " increases hope hopes fear fears need needs demand demands ship ships command commands raid raids"
    " attack attacks assault battle battles ambush train trains field fields face faces shift shifts wish"
    " police live convicts convict suspects suspect elements members work works use project projects study"
    " studies note notes comment comments form forms staff run runs stop stops"
)
