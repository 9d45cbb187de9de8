"""The source's own words: whoever was there, or listened in, knows the sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nightdesk.disclosure.case import Case
from nightdesk.disclosure.facts import Said, quotations
from nightdesk.disclosure.findings import at, finding
from nightdesk.disclosure.grammar import languages_in, sentence_at, swap
from nightdesk.disclosure.model import Finding, Offer, SealedReport, Severity
from nightdesk.disclosure.offers import drop_sentence, offer
from nightdesk.disclosure.overlap import Overlap, apart, is_long, overlaps
from nightdesk.disclosure.words import phrases, table, word

KO_SAYING = re.compile(r"\s?(?:(?:이?라)?(고|며|면서|는|던)(?:\s|(?=[가-힣]))|(?:이?라)?(고)$)")
# He had been “dragged out by the hair”: the words are part of the sentence's own grammar.
EN_PART = re.compile(
    r"\b(?:been|was|were|is|are|be|being|had|has|have|as|an?|the|to|of|and|or|for|in|by|his|her|their)\s+$"
)
EN_SAID = re.compile(r"\b(say|says|said|told us|added|explained),?\s*$")
# “…,” said a widow: nothing can stand in place of the quotation alone.
EN_TOLD_BY = re.compile(r",?\s*(?:said|says|recalled|added|explained)\s+(?=(?:an?|the|one|another)\s|[A-Z])")
EN_TELLER = re.compile(
    r",?\s*([^.,;“”\"]{2,60}?\b(?:said|says|say|told us|added))(?=[.,;]|$| (?:on|in|by|at|last|this|during|when|after)\b)"
)


def verbatim(case: Case) -> Iterator[Finding]:
    """Stretches that a sealed report also has: first those behind the paragraph, then the others."""
    for passage in case.passages:
        behind = [*passage.reports, *(r for r in case.evidence.reports if r not in passage.reports)]
        for one in passage.said.values():
            taken: list[tuple[int, int]] = []
            for report in behind:
                yield from repeated(one, report, taken)


def repeated(one: Said, report: SealedReport, taken: list[tuple[int, int]]) -> Iterator[Finding]:
    """What one paragraph repeats of one report, beside what was found already."""
    if one.edition != report.lang and one.edition not in languages_in(report.text):
        return
    for stretch in stretches(one.paragraph.text, one, report.text):
        if not any(a < stretch.end and stretch.start < b for a, b in taken):
            taken.append((stretch.start, stretch.end))
            yield repeated_words(one, report, stretch)


def stretches(text: str, one: Said, report: str) -> tuple[Overlap, ...]:
    """The overlaps of `text`, which is the paragraph or a rewording of it, with a report."""
    if apart(text, one.edition, report):
        return ()
    names = [fact.span.words for fact in one.of("sum", "date", "place")]
    names += [span.words for span in one.reading.spans if span.kind in ("organisation", "place", "time")]
    entities = [m.span() for name in dict.fromkeys(names) for m in re.finditer(re.escape(name), text)]
    return overlaps(text, one.edition, report, tuple(entities))


def repeated_words(one: Said, report: SealedReport, stretch: Overlap) -> Finding:
    """The finding of one stretch."""
    quoted = quote_around(one.paragraph.text, stretch)
    severity, why_key = grade(stretch, one.edition, quoted is not None)
    return finding(
        "verbatim words", severity, why_key, [at(one.edition, one.paragraph, stretch.start, stretch.end)],
        less(one, report, stretch, quoted), for_="source", reader="participant",
        count=stretch.size, unit="words" if one.edition == "en" else "syllables", report=report.id,
    )  # fmt: skip


def grade(stretch: Overlap, lang: str, quoted: bool) -> tuple[Severity, str]:
    """Red in quotation marks and when long; a noun phrase alone is a note."""
    if quoted:
        return "red", "verbatim_quote"
    if is_long(stretch, lang):
        return "red", "verbatim_sentence"
    return ("note", "verbatim_phrase") if stretch.phrase else ("amber", "verbatim_sentence")


def quote_around(text: str, stretch: Overlap) -> tuple[int, int] | None:
    """The quotation that the stretch stands in, or reaches into."""
    return next((q for q in quotations(text) if q[0] < stretch.end and stretch.start < q[1]), None)


def less(
    one: Said, report: SealedReport, stretch: Overlap, quoted: tuple[int, int] | None
) -> Iterator[Offer]:
    """Indirect speech, other words where the table has them, and leaving the sentence out."""
    if quoted:
        yield from indirect(one.edition, one.paragraph.text, quoted, one)
    else:
        yield from reworded(one, report, stretch)
    yield drop_sentence(one.edition, one.paragraph, stretch.start)


def indirect(lang: str, text: str, quoted: tuple[int, int], one: Said) -> Iterator[Offer]:
    """A quotation told without its words."""
    if lang == "ko" and not stands_alone(text, quoted):
        start, end, new = korean_indirect(text, quoted)
        yield offer(lang, one.paragraph, start, end, new, "say_indirect")
    elif lang == "en" and not EN_PART.search(text[: quoted[0]]):
        yield offer(lang, one.paragraph, *english_indirect(text, quoted), "say_indirect")


def korean_indirect(text: str, quoted: tuple[int, int]) -> tuple[int, int, str]:
    """“…”고 위협했다 -> 위협했다; “…”고 말했다 -> 그런 취지로 말했다."""
    start, end = quoted
    saying = KO_SAYING.match(text[end:])
    if saying is None:
        return start, end, word("those_words", "ko")
    rest = text[end + saying.end() :]
    particle = saying.group(1) or saying.group(2)
    if particle in ("는", "던"):
        noun = re.match(r"(?:말|이야기|얘기|소리)", rest)
        return (
            start,
            end + saying.end() + (noun.end() if noun else 0),
            word("those_words", "ko") + ("" if noun else "이라는 "),
        )
    if particle in ("며", "면서"):
        return start, end + saying.end(), word("to_that_effect", "ko") + "말하" + particle + " "
    if rest.startswith(tuple(phrases("content_verbs", "ko"))):
        return start, end + saying.end(), ""
    bare = re.match(r"(?:했|한다|하)", rest)
    return start, end + saying.end(), word("to_that_effect", "ko") + ("말" if bare else "")


def stands_alone(text: str, quoted: tuple[int, int]) -> bool:
    """Whether the quotation is a sentence of its own: then only leaving it out makes sense."""
    return not re.match(r"\s?[가-힣]", text[quoted[1] :]) or text[quoted[1] - 2] in ".!?"


def english_indirect(text: str, quoted: tuple[int, int]) -> tuple[int, int, str]:
    """“…,” a source said. -> A source said as much. He said “…”. -> He said as much."""
    start, end = quoted
    teller = EN_TELLER.match(text, end)
    if teller and sentence_at(text, start)[0] == start:
        return start, teller.end(1), capitalised(teller.group(1)) + " as much"
    if (told_by := EN_TOLD_BY.match(text, end)) and sentence_at(text, start)[0] == start:
        return start, told_by.end(), capitalised(word("account", "en")) + " "
    before = EN_SAID.search(text[:start])
    stop = text[end - 2] if text[end - 2] in ",." and text[end : end + 1] not in (",", ".") else ""
    if before:
        return before.start(), end, before.group(1) + " as much" + stop
    return start, end, word("those_words", "en") + stop


def capitalised(words: str) -> str:
    """`words` as a sentence begins."""
    return words[0].upper() + words[1:]


def reworded(one: Said, report: SealedReport, stretch: Overlap) -> Iterator[Offer]:
    """The stretch in other words, when so much changes that nothing long is left of it."""
    text, start, end = one.paragraph.text, stretch.start, stretch.end
    for old, new in table("rewordings").get(one.edition, {}).items():
        at_word = text.find(old, start, end + len(old))
        if at_word < 0 or not starts_word(text, at_word):
            continue
        left, right, put = swap(text, at_word, at_word + len(old), new) if one.edition == "ko" else (
            at_word, at_word + len(old), new)  # fmt: skip
        text = text[:left] + put + text[right:]
        end = max(end, right) + len(put) - (right - left)
        if not stretches(text[start:end], one, report.text) and not touched(text, start, end, one, report):
            yield offer(one.edition, one.paragraph, start, end - len(text) + len(one.paragraph.text),
                        text[start:end], "reword")  # fmt: skip
            return


def starts_word(text: str, at_word: int) -> bool:
    """Whether a word begins here."""
    return at_word == 0 or not text[at_word - 1].isalnum()


def touched(text: str, start: int, end: int, one: Said, report: SealedReport) -> bool:
    """Whether an overlap of the reworded paragraph still reaches into the stretch."""
    return any(o.start < end and start < o.end for o in stretches(text, one, report.text))
