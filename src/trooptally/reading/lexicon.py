# ruff: noqa: PLR2004 -- distances are counted in words
"""The words of one language and what they mean for a count of soldiers; read once from the language's data file.

Another language is another file under `languages/` and, where its grammar differs, another rule in the stages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

VOWELS = "aeiou"
_OPENERS = ("a", "an", "one", "several", "few", "couple", "many", "some", "tens")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbForm:
    """One form of a verb as it may be met in a text.

    Attributes:
        lemma: The form in which the language file lists it.
        form: `plain` (send), `third` (sends), `past` (sent), `done` (sent, withdrawn) or `doing` (sending).
        classes: What the verb means for a count: enter, leave, stay, relieve and so on.
    """

    lemma: str
    form: str
    classes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expressions:
    """Expressions of several words: their first words, and each with a space on either side."""

    openers: frozenset[str]
    spaced: tuple[str, ...]

    @classmethod
    def of(cls, spelled: Iterable[str]) -> Expressions:
        """Return expressions as they are listed, ready to be looked for."""
        phrases = tuple(spelled)
        return cls(
            openers=frozenset(phrase.split()[0] for phrase in phrases),
            spaced=tuple(f" {phrase} " for phrase in phrases),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All vocabulary of one language, ready to be asked word by word.

    Attributes:
        verbs: Every form of every verb, with its possible readings.
        acts: Nouns that name an act ("withdrawal"), with the kinds of act.
        nouns: The noun classes by name (soldier, people, other, collective, ...).
        hedges: The hedging phrases by class, as tuples of words, longest first.
        units, scales, fractions, vague: Number words and what they are worth.
        lists, words: Named word sets of grammar and of meaning.
        phrases, expressions: Named sets of several-word expressions; the same, ready to be looked for.
    """

    verbs: Mapping[str, tuple[VerbForm, ...]]
    acts: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]
    hedges: Mapping[str, tuple[tuple[str, ...], ...]]
    units: Mapping[str, int]
    scales: Mapping[str, int]
    fractions: Mapping[str, float]
    vague: Mapping[str, int]
    lists: Mapping[str, frozenset[str]]
    words: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[str, ...]]
    expressions: Mapping[str, Expressions]
    addresses: Mapping[str, str]
    stems: tuple[str, ...]
    core_stems: tuple[str, ...]
    hedges_by_last: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    hedges_by_first: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    openers: frozenset[str]
    former: Mapping[str, tuple[int, str]]

    @classmethod
    @cache
    def shipped(cls, language: str = "en") -> Lexicon:
        """Return the vocabulary that ships for a language (ISO 639-1)."""
        path = files("trooptally.reading") / "languages" / f"{language}.toml"
        return _built(tomllib.loads(path.read_text(encoding="utf-8")))

    def opens_number(self, word: str) -> bool:
        """Return whether a word can be the first of a number in words."""
        return word in self.openers or ("-" in word and word.partition("-")[0] in self.units)

    def in_era(self, id_: str, year: int | None) -> str:
        """Return the state that an id means in a year: Moscow is the Soviet Union's until 1991."""
        if year is None:
            return id_
        last, later = self.former.get(id_, (year, id_))
        if year > last:
            return later
        return next((old for old, (end, new) in self.former.items() if new == id_ == "RUS" and year <= end), id_)

    def verb_classes(self, word: str) -> frozenset[str]:
        """Return all classes that a word form can have as a verb."""
        return frozenset().union(*(form.classes for form in self.verbs.get(word, ())))


def words(spelled: str) -> frozenset[str]:
    """Return the words of a text as a set, for the small closed lists that a rule of grammar needs."""
    return frozenset(spelled.split())


def _built(table: Mapping[str, Any]) -> Lexicon:
    numerals = table["numerals"]
    return Lexicon(
        verbs=_verb_forms(table["verbs"], table["irregular"]),
        acts=_by_word(table["acts"]),
        nouns=_sets(table["nouns"]),
        hedges={name: _phrases(table["hedges"][name]) for name in table["hedges"]},
        units=numerals["units"],
        scales=numerals["scales"],
        fractions=numerals["fractions"],
        vague=numerals["vague"],
        lists=_sets(table["lists"]),
        words=_sets(table["words"]),
        addresses=table["addresses"],
        hedges_by_last=_by_edge(table["hedges"], -1, after=False),
        hedges_by_first=_by_edge(table["hedges"], 0, after=True),
        former={id_: (era["last"], era["later"]) for id_, era in table["former"].items()},
        openers=frozenset({*numerals["units"], *numerals["fractions"], *numerals["vague"], *_OPENERS}),
        stems=tuple(table["prefilter"]["stems"]),
        core_stems=tuple(table["prefilter"]["core"]),
        phrases={name: tuple(spelled) for name, spelled in table["phrases"].items()},
        expressions={name: Expressions.of(spelled) for name, spelled in table["phrases"].items()},
    )


def _sets(table: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table.items()}


def _phrases(spelled: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(phrase.split()) for phrase in spelled), key=len, reverse=True))


def _by_edge(
    hedges: Mapping[str, Iterable[str]], edge: int, *, after: bool
) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return the hedges before (or after) a number by the word that touches it, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, spelled in hedges.items():
        for phrase in spelled if name.startswith("after_") == after else ():
            words = tuple(phrase.split())
            found.setdefault(words[edge], []).append((words, name))
    return {word: tuple(sorted(phrases, key=lambda pair: -len(pair[0]))) for word, phrases in found.items()}


def _by_word(table: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, words in table.items():
        for word in words:
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _verb_forms(
    classes: Mapping[str, Iterable[str]], irregular: Mapping[str, list[str]]
) -> dict[str, tuple[VerbForm, ...]]:
    forms: dict[str, list[VerbForm]] = {}
    for lemma, names in _by_word(classes).items():
        past, done = irregular.get(lemma) or (_past(lemma), _past(lemma))
        spelled = {"plain": lemma, "third": _third(lemma), "past": past, "done": done, "doing": _doing(lemma, past)}
        for form, word in spelled.items():
            if form != "done" or word != past:
                forms.setdefault(word, []).append(VerbForm(lemma=lemma, form=form, classes=names))
    for word, form in (
        ("am", "plain"),
        ("are", "plain"),
        ("is", "third"),
        ("were", "past"),
        ("has", "third"),
        ("'re", "plain"),
        ("'m", "plain"),
    ):
        lemma = "have" if word == "has" else "be"
        forms[word] = [VerbForm(lemma=lemma, form=form, classes=frozenset({"stay"}))]
    return {word: tuple(found) for word, found in forms.items()}


def _third(lemma: str) -> str:
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in VOWELS:
        return lemma[:-1] + "ied"
    return lemma + "ed"


def _doing(lemma: str, past: str) -> str:
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe")) and lemma != "be":
        return lemma[:-1] + "ing"
    if _doubles(lemma, past):
        return lemma + lemma[-1] + "ing"
    return lemma + "ing"


def _doubles(lemma: str, past: str) -> bool:
    """Return whether the last consonant doubles: the past says so, or a short irregular verb has the shape."""
    if past == lemma + lemma[-1] + "ed":
        return True
    shape = len(lemma) >= 3 and lemma[-1] in "tnpg" and lemma[-2] in VOWELS and lemma[-3] not in VOWELS
    return (
        shape
        and not past.endswith("ed")
        and lemma.count("e") + lemma.count("a") + lemma.count("i") + lemma.count("o") + lemma.count("u") == 1
    ) or lemma == "begin"
