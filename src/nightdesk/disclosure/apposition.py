"""English names beside which the sentence says who it is: a former teacher, one of the doctors, his wife.

Belongs here: what can stand alone when the name goes. Does not belong here: roles of the tables and ages (unnamed).
"""

from __future__ import annotations

import re

from nightdesk.disclosure.describing import described
from nightdesk.disclosure.grammar import sentence_at

# Han Ji-un, a former teacher, fled -> a former teacher fled.
APPOSED = re.compile(
    r", (?P<role>(?:an?|one of the|the (?:only|first|last|eldest|oldest|youngest|former|head|owner|son|daughter|wife|husband))\s[^,.;:()“”]{2,80}?)(?P<closed>, (?!and |or |but )|(?=[.;]|$))"
)
# What stands there is no description of him, or more than one.
NO_ROLE = re.compile(
    r"(?<![\w-])(?:said|says|told|was|were|is|are|had|has|have|did|will|would|days?|weeks?|months?|years?|later|earlier|source|for|after|before)(?![\w-])"
)
# For Kim Hyok, the youngest, it was: what opens the sentence keeps its comma.
OPENING = re.compile(
    r"(?:For|To|With|According to|Like|Unlike|By|From|After|Before|Among|Besides|Until|Since|When|As|While|In|On|At|During|Because|If|Once|Near|Inside|Outside|Behind)\b[^,]*$"
)
# One of the doctors, Jo Il-nam, paid: who it is stands before the name already.
DESCRIBED = re.compile(
    r"\b(?:an?|the|his|her|their|one of (?:the|his|her|their))\s[a-z][^,.;:“”]{1,60}, $", re.IGNORECASE
)
KIN_BEFORE = re.compile(
    r"(?:\b(?:[Hh]is|[Hh]er|[Tt]heir)|['’]s) (?:[a-z]+ )?(?:wife|husband|son|daughter|brother|sister|mother|father|uncle|aunt|cousin|nephew|niece|friend|neighbou?r|colleague|boss) $"
)
NEGATED = re.compile(r"\b(?:nobody|no one|none|never|not|nor|neither|without)\b|n['’]t\b", re.IGNORECASE)
# Teachers Kim Un-ha and Pak Chol: nobody else can stand behind a word for both.
LONGEST = 40  # letters of such a word and the space behind it
OF_SEVERAL = re.compile(r"\b(?P<noun>[A-Za-z-]{3,}) $")


def apposed(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Where the description behind a name ends, and it alone, with its comma where the sentence needs that."""
    found = APPOSED.match(text, end - (1 if text[end - 1 : end] == "," else 0))
    if found is None or NO_ROLE.search(found["role"]):
        return None
    opening = OPENING.match(text, sentence_at(text, start)[0], start)
    kept = found["closed"] if opening else " " if found["closed"] else ""
    return found.end(), found["role"] + kept


def said_before(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name and its commas behind who it is: her uncle, Kim Chol, was / his wife Pak Sun-i was."""
    begun = sentence_at(text, start)[0]
    if KIN_BEFORE.search(text, begun, start):
        return start - 1, end
    found = DESCRIBED.search(text, begun, start)
    if found is None or not text.startswith(",", end) or OPENING.match(text, begun, found.end() - 2):
        return None
    return found.end() - 2, end + 1


def of_several(text: str, start: int) -> bool:
    """Whether a plural word for what they are stands right before the name."""
    before = OF_SEVERAL.search(text, max(0, start - LONGEST), start)
    return before is not None and any(
        one.plural and one.end == before.end("noun") for one in described(text, "en")
    )
