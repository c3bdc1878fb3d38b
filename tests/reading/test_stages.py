"""The stages one by one: sentences, nouns, governors, refusals."""

from __future__ import annotations

import pytest

from trooptally.reading import explain, read
from trooptally.reading.clauses import governor
from trooptally.reading.gazetteer import Gazetteer
from trooptally.reading.lexicon import Lexicon
from trooptally.reading.nouns import Kind, counted
from trooptally.reading.prefilter import worth_reading
from trooptally.reading.scan import Scan
from trooptally.reading.sentences import Sentence, plain, sentences
from trooptally.vocabulary import Measure


def _scan(text: str) -> Scan:
    flat = plain(text)
    sentence = Sentence(start=0, end=len(flat), paragraph=0)
    return Scan.of(flat, sentence, Lexicon.shipped(), Gazetteer.shipped())


def _split(text: str) -> list[str]:
    flat = plain(text)
    return [flat[s.start : s.end] for s in sentences(flat)]


def test_sentences_end_at_full_stops_not_at_abbreviations() -> None:
    """Titles, initials and "U.S." do not end a sentence; full stops do."""
    text = "Gen. J. Smith said U.S. troops left. Lt. Col. Brown disagreed. It was over."
    assert _split(text) == ["Gen. J. Smith said U.S. troops left.", "Lt. Col. Brown disagreed.", "It was over."]


def test_plain_text_keeps_every_offset() -> None:
    """Signs are replaced one for one, so that offsets stay those of the text given."""
    text = "\u201cAbout\xa02,000\u2011odd\x00men\u201d"
    assert len(plain(text)) == len(text)
    assert "\x00" not in plain(text)


@pytest.mark.parametrize(
    ("text", "kind", "noun"),
    [
        ("2,000 heavily armed, well-trained American combat troops in Iraq", Kind.SOLDIERS, "troops"),
        ("1,200 French Foreign Legion paratroopers landed", Kind.SOLDIERS, "paratroopers"),
        ("a 5,000-strong African Union force", Kind.SOLDIERS, "force"),
        ("200 troop carriers", Kind.OTHER, "carriers"),
        ("300 police officers", Kind.OTHER, "officers"),
        ("4,000 widgets", Kind.OTHER, "widgets"),
        ("25,000 soldiers' families", Kind.OTHER, "soldiers"),
        ("500 men and women in uniform", Kind.PEOPLE, "women"),
        ("bringing the total to 100,000.", Kind.NOTHING, ""),
    ],
)
def test_the_last_noun_says_what_is_counted(text: str, kind: Kind, noun: str) -> None:
    """The head of the phrase, not any word in it, says whether soldiers are counted."""
    scan = _scan(text)
    phrase = counted(scan, scan.numbers[0])
    assert (phrase.kind, phrase.noun) == (kind, noun)


@pytest.mark.parametrize(
    ("text", "role", "lemma"),
    [
        ("France has decided to send 500 soldiers to Mali.", "object", "send"),
        ("About 500 French soldiers have arrived in Mali.", "subject", "arrive"),
        ("He announced the withdrawal of 500 soldiers.", "act", "announce"),
        ("The number of soldiers fell to 500.", "to", "fall"),
        ("It sent a force of 500 men.", "size", "send"),
        ("Officials said 500 soldiers would leave.", "subject", "leave"),
    ],
)
def test_the_governor_is_found_without_a_parser(text: str, role: str, lemma: str) -> None:
    """The verb or noun that governs a count is the one a reader would name."""
    scan = _scan(text)
    found = governor(scan, counted(scan, scan.numbers[0]))
    assert found.role == role
    assert found.group is not None
    assert found.group.lemma == lemma


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Spain has 500 soldiers in Mali.", Measure.PRESENT),
        ("Spain will send 500 soldiers to Mali.", Measure.DEPLOYING),
        ("Spain has withdrawn 500 soldiers from Mali.", Measure.WITHDRAWING),
        ("Spain is sending 500 soldiers to Mali to relieve a battalion there.", Measure.ROTATING),
        ("Spain is considering sending 500 soldiers to Mali.", Measure.PLANNED),
        ("Spain's parliament authorized the deployment of 500 soldiers to Mali.", Measure.AUTHORIZED),
        ("Spain offered 500 soldiers for the mission in Mali.", Measure.COMMITTED),
        ("Spain has an army of 80,000 soldiers.", Measure.OTHER_STRENGTH),
    ],
)
def test_the_clause_decides_the_measure(text: str, measure: Measure) -> None:
    """The same number has another measure in another clause."""
    (draft,) = read(text, published_on="2020-05-01")
    assert (draft.measure, draft.force) == (measure, "ESP")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("At least 24 soldiers were killed in the attack.", "losses"),
        ("About 12,000 police officers were deployed beside the army.", "not soldiers"),
        ("In June 1944, 150,000 Allied troops landed there.", "1944"),
        ("If it had sent 10,000 soldiers, the war would have been over.", "condition"),
        ("More than 1.5 million troops have served in Iraq since 2003.", "tally"),
        ("A patrol of about 40 soldiers was ambushed near Kirkuk.", "incident"),
        ("The barracks can house 2,000 soldiers.", "room"),
        ("Some 300 soldiers took part in a parade.", "parade"),
    ],
)
def test_a_refusal_says_why(text: str, word: str) -> None:
    """What is no figure yields no draft, and the explanation names the reason."""
    assert read(text, published_on="2010-05-01") == []
    reasons = [reason for told in explain(text, published_on="2010-05-01") for _, reason in told.steps]
    assert any(word in reason for reason in reasons), reasons


def test_an_explanation_tells_every_stage() -> None:
    """A draft's explanation says why it counts, and whence force, place, measure and as-of."""
    (told,) = explain("Spain has 500 soldiers in Mali.", published_on="2020-05-01")
    assert told.draft is not None
    assert [stage for stage, _ in told.steps] == ["counted", "force", "place", "measure", "as_of"]


def test_two_mentions_are_one_figure_with_both_places() -> None:
    """A repetition adds no draft but a further place."""
    (draft,) = read("Spain has about 500 soldiers in Mali. The 500 soldiers train the army.")
    assert [qualifier.text for qualifier in draft.qualifiers] == ["characters 42-54"]


def test_the_prefilter_passes_over_lines_without_soldiers() -> None:
    """A line is read only where a number stands near a word for soldiers."""
    assert worth_reading(b'{"text": "about 500 soldiers"}')
    assert not worth_reading(b'{"text": "about 500 students"}')
    assert not worth_reading(b'{"text": "soldiers marched"}')
