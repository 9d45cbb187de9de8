"""Truthful ways to say less, one per edition and place, computed from values.

Every function returns offers whose replacement leaves a sentence that can be printed. Does not
belong here: choosing among them; an editor does.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from decimal import Decimal

from nightdesk.disclosure.facts import Fact
from nightdesk.disclosure.grammar import LETTER, sentence_at, swap
from nightdesk.disclosure.model import Draft, Finding, Interval, Offer, ParagraphText
from nightdesk.disclosure.surroundings import surroundings
from nightdesk.disclosure.whereabouts import key_of, name, wider
from nightdesk.disclosure.words import phrases, table, word
from nightdesk.values.places import gazetteer

CLOSING = " .,;:!?)”’」。，"
PREPOSITION = re.compile(r"(?:,\s*)?\b(?P<how>in|at|on|from|of|near)\s+(?:the\s+)?$", re.IGNORECASE)
# The comma behind a place of two names, before the verb whose subject stands before it.
CLOSED = re.compile(r",(?= (?:was|were|is|are|has|have|had|did|will)\b)")
# at the Hoeryong Grain Factory: without its own words the article and "at" have nothing to stand by.
TOWN_BEFORE = re.compile(
    r"\b(?P<how>in|at|on|from|of|near|to)\s+the\s+(?P<town>[A-Z][\w'’-]+)\s+$", re.IGNORECASE
)
TOWN_BEHIND = re.compile(r",\s+(?P<town>[A-Z][\w'’-]+(?: (?:City|County|Province|[A-Z][\w'’-]+ Province))?)")


def apply(text: str, offer: Offer) -> str:
    """The paragraph with the offer taken."""
    return text[: offer.start] + offer.text + text[offer.end :]


def first_choices(found: Finding) -> tuple[Offer, ...]:
    """The first offer for each place, none touching another, the last in a text first: safe to apply in turn."""
    taken: list[Offer] = []
    for one in found.offers:
        if not any(touching(one, other) for other in taken):
            taken.append(one)
    return tuple(sorted(taken, key=lambda one: (one.edition, one.paragraph, -one.start)))


def touching(one: Offer, other: Offer) -> bool:
    """Whether two offers replace common words."""
    same = (one.edition, one.paragraph) == (other.edition, other.paragraph)
    return same and one.start < other.end and other.start < one.end


def fingerprint(draft: Draft) -> str:
    """SHA-256, in hex, over every edition's paragraphs: what a clearance is bound to.

    Canonical: UTF-8 JSON, keys sorted, no spaces; id, title, country, day of release, and per
    edition the paragraphs in order as [id, text, claims].
    """
    editions = {
        lang: [[p.id, p.text, list(p.claims)] for p in paragraphs]
        for lang, paragraphs in draft.editions.items()
    }
    whole = [draft.id, draft.title, draft.country, draft.release_on.isoformat(), editions]
    raw = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()


def named(label_key: str) -> tuple[str, None, str]:
    """The end of an Offer: its label, no interval, the label's key."""
    return str(table("sentences")["label"][label_key]["en"]), None, label_key


def offer(
    lang: str,
    paragraph: ParagraphText,
    start: int,
    end: int,
    text: str,
    label_key: str,
    after: Interval | None = None,
) -> Offer:
    """An offer with its particle made to agree and its capital kept."""
    if lang == "ko" and text:
        start, end, text = swap(paragraph.text, start, end, text)
    if lang == "en":
        text = capital(paragraph.text, start, text)
    label = str(table("sentences")["label"][label_key]["en"])
    return Offer(lang, paragraph.id, start, end, text, label, after, label_key)


def capital(text: str, start: int, new: str) -> str:
    """`new` with a capital when it opens a sentence."""
    opens = sentence_at(text, start)[0] == start or not text[:start].strip()
    return new[:1].upper() + new[1:] if opens else new


def cut(lang: str, paragraph: ParagraphText, start: int, end: int, label_key: str) -> Offer:
    """The words left out, with the space and comma they no longer need."""
    text = paragraph.text
    rest = re.match(r"[\s,]*", text[end:])
    opens = not text[:start].strip() or sentence_at(text, start)[0] == start
    if opens and rest:
        end += rest.end()
        following = text[end : end + 1]
        return offer(lang, paragraph, start, end + len(following), following, label_key)
    if text[start - 1 : start] == " " and (end == len(text) or text[end] in CLOSING):
        start -= 1
    elif lang == "ko" and text[end : end + 1] == " " and not LETTER["ko"].match(text[start - 1 : start]):
        end += 1  # behind a word, as the brackets of 김모(45) 씨 stand, the space is the word's
    label = str(table("sentences")["label"][label_key]["en"])
    return Offer(lang, paragraph.id, start, end, "", label, None, label_key)


def drop_sentence(lang: str, paragraph: ParagraphText, at: int) -> Offer:
    """The whole sentence left out; always possible, so always the last resort."""
    start, end = sentence_at(paragraph.text, at)
    end += len(paragraph.text[end:]) - len(paragraph.text[end:].lstrip())
    label = str(table("sentences")["label"]["drop_sentence"]["en"])
    return Offer(lang, paragraph.id, start, end, "", label, None, "drop_sentence")


def for_sum(lang: str, paragraph: ParagraphText, fact: Fact) -> Iterator[Offer]:
    """A band in words, or 'money'; what stands around the sum follows suit."""
    around = surroundings(lang, paragraph.text, *fact.hull)
    band = band_of(fact.data["amount"], fact.data["currency"], lang)
    if band and around.band:
        yield offer(lang, paragraph, around.start, around.end, band, "say_band")
    if around.noun:
        yield offer(
            lang,
            paragraph,
            around.start - len(around.noun),
            around.end,
            around.noun.rstrip().removesuffix(" of").removesuffix("으로"),  # 벌금으로 6천 위안을 -> 벌금을
            "drop_sum",
        )
    elif around.bare:
        yield cut(lang, paragraph, around.start, around.end, "drop_sum")
    elif not around.each:
        yield offer(lang, paragraph, around.start, around.end, word("money", lang), "drop_sum")


def band_of(amount: Decimal, currency: str, lang: str) -> str:
    """The order of magnitude in words with the currency; '' when the tables have no words for it."""
    unit = table("phrases")["currency"].get(currency, {}).get(lang)
    words = phrases("bands", lang)
    magnitude = amount.adjusted()
    if unit is None or amount <= 0 or str(magnitude) not in words:
        return ""
    high = str(words[str(magnitude)])
    if amount.scaleb(-magnitude) < 2:
        if str(magnitude - 1) not in words:
            return ""
        low = str(words[str(magnitude - 1)]).removesuffix(" of")
        high = str(table("phrases")["between"][lang]).format(low=low, high=high)
    return f"{high} {unit}" if lang != "zh" else high + str(unit)


def for_place(
    lang: str, paragraph: ParagraphText, fact: Fact, after: Interval | None = None
) -> Iterator[Offer]:
    """The town for anything finer, the province for a town."""
    key = str(fact.value)
    up = wider(key)
    if up and name(up, lang) != up:
        yield from renamed(lang, paragraph, fact, name(up, lang), "say_province", after)
    elif key not in gazetteer():
        yield cut_place(lang, paragraph, fact)


def renamed(
    lang: str, paragraph: ParagraphText, fact: Fact, new: str, label_key: str, after: Interval | None
) -> Iterator[Offer]:
    """The place under its wider name; when that already stands beside it, the finer one goes."""
    start, end = fact.span.start, fact.span.end
    text = paragraph.text
    tail = re.match(rf"[,\s]*(?:in )?{re.escape(new)}", text[end:])
    head = re.search(rf"{re.escape(new)}의?\s*$", text[:start])
    if tail:
        yield offer(lang, paragraph, start, end + tail.end(), new, label_key, after)
    elif head:
        yield offer(lang, paragraph, head.start(), end, new, label_key, after)
    else:
        yield offer(lang, paragraph, start, end, new, label_key, after)


def cut_place(lang: str, paragraph: ParagraphText, fact: Fact) -> Offer:
    """A place smaller than a town left out, with its preposition or particle."""
    text, start, end = paragraph.text, fact.span.start, fact.span.end
    if lang == "en":
        return cut_english(paragraph, start, end)
    town = re.search(r"[가-힣]\s$", text[:start])
    if lang == "ko" and town and re.match(r"(?:\s?쪽)?(?:에|의)", text[end:]):  # 혜산시 강안동에 -> 혜산시에
        return Offer(lang, paragraph.id, start - 1, end, "", *named("drop_words"))
    after = re.match(r"(?:\s?쪽)?(?:에서만|에서는|에서|에는|에|의)?\s*", text[end:])
    return cut(lang, paragraph, start, end + (after.end() if after else 0), "drop_words")


def cut_english(paragraph: ParagraphText, start: int, end: int) -> Offer:
    """An English place left out with its preposition, which stays where a town stands behind the place."""
    text = paragraph.text
    before, behind = PREPOSITION.search(text[:start]), town_behind(text, end)
    if before and behind:
        return in_its_town(paragraph, before.start("how"), before["how"], behind)
    town = TOWN_BEFORE.search(text[:start])
    if town and key_of(town["town"]) in gazetteer():
        return of_its_town(paragraph, town, end)
    comma = re.match(r",(?=\s)", text[end:])
    end += comma.end() if comma and not before else 0
    return cut("en", paragraph, before.start() if before else start, end, "drop_words")


def of_its_town(paragraph: ParagraphText, town: re.Match[str], end: int) -> Offer:
    """at the Hoeryong Grain Factory -> in Hoeryong."""
    said = "in" if town["how"].lower() in ("at", "on") else town["how"].lower()
    return offer("en", paragraph, town.start("how"), end, f"{said} {town['town']}", "drop_words")


def town_behind(text: str, end: int) -> tuple[int, int] | None:
    """Where the town stands that a comma puts behind a small place: Hoeryong of Kangan-dong, Hoeryong."""
    behind = TOWN_BEHIND.match(text, end)
    if behind is None or key_of(behind["town"]) not in gazetteer():
        return None
    return behind.span("town")


def in_its_town(paragraph: ParagraphText, start: int, how: str, town: tuple[int, int]) -> Offer:
    """in Kangan-dong, Hoeryong -> in Hoeryong; the comma that closed the two goes before a verb."""
    text, end = paragraph.text, town[1]
    opens = how[:1].isupper() or sentence_at(text, start)[0] == start
    closed = not opens and CLOSED.match(text, end)
    said = f"{how if how.lower() in ('in', 'from', 'of') else 'in'} {text[slice(*town)]}"
    return offer("en", paragraph, start, end + (1 if closed else 0), said, "drop_words")


def for_count(lang: str, paragraph: ParagraphText, fact: Fact) -> Offer:
    """Several, or some when they are two or three."""
    start, end = fact.data["number"]
    new = word("several" if int(str(fact.value)) > 3 else "some", lang)
    gap = " " if lang == "ko" and paragraph.text[end : end + 1] != " " else ""
    return (
        offer(lang, paragraph, start, end, new, "say_some")
        if not gap
        else Offer(
            lang,
            paragraph.id,
            start,
            end,
            new + gap,
            str(table("sentences")["label"]["say_some"]["en"]),
            None,
            "say_some",
        )
    )
