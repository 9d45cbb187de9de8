"""Sentences without a person's sex: a man, him, his -> a person, them, their."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.model import Offer, ParagraphText
from nightdesk.disclosure.offers import offer
from nightdesk.disclosure.words import table

NEXT = re.compile(r"\s+([A-Za-z]+(?:'t)?)")
NUMBER = re.compile(r"\s+\d")
FUNCTION_WORDS = frozenset(
    [
        "and",
        "or",
        "but",
        "to",
        "for",
        "in",
        "on",
        "at",
        "of",
        "from",
        "with",
        "by",
        "that",
        "when",
        "while",
        "who",
        "as",
        "if",
        "so",
        "than",
        "because",
    ]
)
PAST_OR_MODAL = re.compile(
    r"ed$|^(?:can|could|will|would|may|might|must|should|shall|had|did|never|also|later|then|not)$"
)
FIRST = re.compile(r"\b([Aa])(n?)\s+$")


def neutral(lang: str, paragraph: ParagraphText, facts: Sequence[Fact]) -> Offer:
    """One stretch from the first to the last word that gives the sex, each made neutral."""
    start, end = facts[0].span.start, facts[-1].span.end
    if lang == "en":
        return neutral_english(paragraph, facts)
    new, at_word = "", start
    for fact in facts:
        # A letter in brackets, (45·여), has no neutral one: it goes.
        new += paragraph.text[at_word : fact.span.start] + str(
            table("phrases")["sex"][lang].get(fact.span.words, "")
        )
        at_word = fact.span.end
    return offer(lang, paragraph, start, end, new, "say_neutral")


def neutral_english(paragraph: ParagraphText, facts: Sequence[Fact]) -> Offer:
    """One stretch from the first to the last such word, with verbs and articles following suit."""
    text, start = paragraph.text, facts[0].span.start
    article = re.search(r"\b(?:a|an|the)\s+$", text[:start], re.IGNORECASE)
    start = article.start() if article else start
    new, at_word = "", start
    for fact in facts:
        new += text[at_word : fact.span.start]
        put, at_word = replaced(text, fact)
        new = with_article(new, put)
        new = new.rstrip(" ") if not put and at_word == len(text) else new
    return offer("en", paragraph, start, at_word, new, "say_neutral")


def with_article(before: str, put: str) -> str:
    """`before` and `put` joined, with a or an as the new word asks."""
    article = FIRST.search(before)
    if article and put:
        before = before[: article.start()] + article.group(1) + ("n" if put[0] in "aeio" else "") + " "
    return before + put


def replaced(text: str, fact: Fact) -> tuple[str, int]:
    """The neutral word, with the verb after 'he' in its plural form, and where it ends."""
    old, end = fact.span.words, fact.span.end
    new = str(table("phrases")["sex"]["en"][old.lower()])
    following = NEXT.match(text, end)
    alone = following is None and not NUMBER.match(text, end)  # "in her 40s" is no "in them 40s"
    if old.lower() == "her" and (alone or (following and following.group(1).lower() in FUNCTION_WORDS)):
        new = "them"
    if not new:  # "male", "female": the word and its space go
        return "", end + (1 if text[end : end + 1] == " " else 0)
    if old.lower() in ("he", "she") and following:
        new += " " + plural_verb(following.group(1))
        end = following.end()
    return (new[0].upper() + new[1:] if old[0].isupper() else new), end


def plural_verb(verb: str) -> str:
    """was -> were, asks -> ask; a past tense or a modal stays."""
    forms = table("phrases")["sex"]["en_verbs"]
    if verb in forms:
        return str(forms[verb])
    if PAST_OR_MODAL.search(verb) or not verb.endswith("s") or verb.endswith("ss"):
        return verb
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    return verb[:-2] if re.search(r"(?:ch|sh|x|ss|o)es$", verb) else verb[:-1]
