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
from nightdesk.disclosure.surroundings import ABOUT, BARE, NEVER, surroundings
from nightdesk.disclosure.words import phrases, table, word

ARTICLE = re.compile(r"\b(?P<article>an?) $", re.IGNORECASE)
# Fined 5,000 won: "fined money" is no English. Money each: it says nothing of how much each.
KO_ITS = re.compile(r"의 (?=[가-힣])")
EN_PRICE = re.compile(
    r"(?:\b(?:was|is|were|are|be|been)|\b(?:sold|sells|sell|selling|sale|traded) for|\b(?:up|down|rose|risen|fell|fallen|ranged?) (?:from|to)|\bfrom|\bto|\bat)\s+$"
)
KO_PRICE = re.compile(
    r"(?:이(?:다|었|고|며|라)|였|에 (?:팔|거래|샀|사[며고]|살)|보다|까지|에서|부터|(?:으)?로 (?:올|떨|내|두|세|몇|뛰|오르|하락|상승))"
)
# A number behind these stands for all of them, and goes without a word in its place.
OWNED = {
    "en": re.compile(r"(?:\b(?:his|her|their|its|my|our|the|these|those)|['’]s) $", re.IGNORECASE),
    "ko": NEVER,
    "zh": NEVER,
}
KINSHIP = {
    "en": NEVER,
    "ko": re.compile(r" (?:형제|자매|남매|딸|아들|자녀|자식|부부|모녀|모자|부자)"),
    "zh": NEVER,
}
FINED, EACH = (
    re.compile(r"\bfined (?:him |her |them |each )?$"),
    re.compile(r" (?:each|apiece|a head|in all|in total|altogether)\b"),
)
NEAR = 60  # letters: no further before a number stand the words that decide how it may go
CLOSING = " .,;:!?)”’」。，"


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
        start, text = article(paragraph.text, start, text)
        text = capital(paragraph.text, start, text)
    label = str(table("sentences")["label"][label_key]["en"])
    return Offer(lang, paragraph.id, start, end, text, label, after, label_key)


def article(text: str, start: int, new: str) -> tuple[int, str]:
    """an aunt -> a relative: the article before the words follows what comes in their place."""
    before = ARTICLE.search(text[:start])
    right = "an" if new[:1].lower() in ("a", "e", "i", "o") else "a"
    if before is None or not new or new.startswith("in ") or before["article"].lower() == right:
        return start, new
    said = right.capitalize() if before["article"][0].isupper() else right
    return before.start(), f"{said} {new}"


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
        if lang == "en" and following != following.upper():
            return offer(lang, paragraph, start, end + 1, following, label_key)
    elif text.endswith(", ", 0, start) and text.startswith(", ", end):
        start, end = start - 2, end + 1  # her daughters, aged 9 and 12, live: both commas
    elif text[start - 1 : start] == " " and (end == len(text) or text[end] in CLOSING):
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
    text = paragraph.text
    band = band_of(fact.data["amount"], fact.data["currency"], lang)
    the = lang == "en" and BARE["en"].search(text, max(0, around.start - NEAR), around.start)
    if band and around.band and not (the and band.startswith(table("phrases")["between"]["en"].split()[0])):
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
    elif no_word_for(lang, text, around.start, around.end):
        yield drop_sentence(lang, paragraph, around.start)
    elif lang == "ko" and KO_ITS.match(text, around.end):  # 5천 원의 벌금을 -> 벌금을
        yield Offer(lang, paragraph.id, around.start, around.end + 2, "", *named("drop_sum"))
    elif around.bare or (lang == "en" and FINED.search(text, max(0, around.start - NEAR), around.start)):
        yield cut(lang, paragraph, around.start, each_of(text, around.end), "drop_sum")
    elif not around.each:
        end = each_of(text, around.end) if lang == "en" else around.end
        yield offer(lang, paragraph, around.start, end, word("money", lang), "drop_sum")


def no_word_for(lang: str, text: str, start: int, end: int) -> bool:
    """Whether neither "money" nor nothing can stand there: the fine was 50,000 won, up from 5,900 won."""
    if lang == "ko":
        return KO_PRICE.match(text, end) is not None
    return lang == "en" and EN_PRICE.search(text, max(0, start - NEAR), start) is not None


def each_of(text: str, end: int) -> int:
    """Where the words end that say it is so much for each."""
    each = EACH.match(text, end)
    return each.end() if each else end


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


def for_count(lang: str, paragraph: ParagraphText, fact: Fact) -> Offer:
    """Several, or some when they are two or three."""
    start, end = fact.data["number"]
    if OWNED[lang].search(paragraph.text, max(0, start - NEAR), start) or KINSHIP[lang].match(
        paragraph.text, end
    ):
        # her two daughters -> her daughters; "her some daughters" is no English
        return Offer(lang, paragraph.id, start, end + 1, "", *named("say_some"))
    about = ABOUT.get(lang, NEVER).search(paragraph.text, max(0, start - NEAR), start)
    start = about.start() if about else start
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
