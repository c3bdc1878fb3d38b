"""One spelling for all spellings of a name.

Case, accents, punctuation, spaces and a leading "the" do not count.
"""

from __future__ import annotations

import re
import unicodedata

# Marks inside a word that other writers leave out: "U.S." and "US", "Cote d'Ivoire" and "COTE DIVOIRE".
_SILENT = dict.fromkeys(map(ord, ".'`\u00b4\u2018\u2019\u201b\u02b9\u02bb\u02bc\u00ad\u200b"))
# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i", "þ": "th", "æ": "ae", "œ": "oe"})
_WORD = re.compile(r"[^\W_]+")


def normalise(printed: str) -> str:
    """Return the form in which names are compared ("The U. S. Virgin Islands" -> "us virgin islands")."""
    words = _WORD.findall(_folded(printed.replace("&", " and ")))
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(_initials_joined(words))


def _folded(text: str) -> str:
    if text.isascii():
        return text.translate(_SILENT).lower()
    # Folding twice reaches a fixed point for the few letters whose decomposition brings a capital back.
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(_SILENT).translate(_PLAIN)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _initials_joined(words: list[str]) -> list[str]:
    """Join letters that stand alone side by side: "u s" -> "us"."""
    joined: list[str] = []
    after_letter = False
    for word in words:
        letter = len(word) == 1
        if letter and after_letter:
            joined[-1] += word
        else:
            joined.append(word)
        after_letter = letter
    return joined
