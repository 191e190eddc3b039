"""Where a Swedish word may be broken at the end of a line, well enough for a printed page: one consonant goes
with the vowel that follows it, and at least three letters stay on either side."""

import re

SOFT = "\u00ad"
VOWELS = "aeiouyåäöé"
# Consonants that belong together and go to the next line together.
TOGETHER = ("sch", "stj", "skj", "ng", "sk", "st", "tj", "kj", "ck", "gn")


def soften(text):
    return re.sub(r"[A-Za-zÅÄÖåäöé]{8,}", lambda match: soften_word(match.group()), text)


def soften_word(word):
    breaks = []
    for place in range(3, len(word) - 2):
        if may_break(word.lower(), place) and (not breaks or place - breaks[-1] >= 2):
            breaks.append(place)
    for place in reversed(breaks):
        word = word[:place] + SOFT + word[place:]
    return word


def may_break(word, place):
    """True when the letters from `place` are one consonant and a vowel, and the letter before does not bind to it."""
    here, following, before = word[place], word[place + 1], word[place - 1]
    if here in VOWELS or following not in VOWELS:
        return False
    return not any(word[place - len(group) + 1:place + 1] == group for group in TOGETHER) and before not in "q"
