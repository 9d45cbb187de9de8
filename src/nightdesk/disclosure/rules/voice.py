"""Turns of phrase, too short to count as verbatim, that a sealed report and this draft alone have: the voice.

Judged only against an archive large enough that a phrase missing from it means something. Belongs here: what is
shared, unheard of and short. Does not belong here: long stretches (verbatim), counting the archive (wording).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from nightdesk.disclosure.case import Case, Passage
from nightdesk.disclosure.facts import Said
from nightdesk.disclosure.findings import at, finding
from nightdesk.disclosure.hidden import bare
from nightdesk.disclosure.model import Finding, SealedReport
from nightdesk.disclosure.overlap import Overlap
from nightdesk.disclosure.rules.verbatim import less, quote_around, stretches
from nightdesk.disclosure.wording import HANGUL, LATIN, Word, phrases_of

ENOUGH = 1000  # released stories in a language: below, most pairs of words are new whoever speaks
OFTEN = 1000  # a rare word stands in at most one story of so many
NOTES = 5  # of a story; of more, the rarest
SYLLABLES, WORDS = 4, 3  # of a turn of phrase; two words of Korean, three of English
READ = {"ko": HANGUL, "en": LATIN}


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of phrase in one paragraph, and how many stories have its rarest word."""

    said: Said
    report: SealedReport
    stretch: Overlap
    rarest: int


def judged(case: Case, lang: str) -> bool:
    """Whether the archive is large enough in this language to say what nobody else says, and not too large."""
    spoken = case.archive.spoken
    return lang in READ and spoken.stories.get(READ[lang], 0) >= ENOUGH and not spoken.full


def comparable(case: Case) -> set[str]:
    """Languages in which both an edition and a report are written: only there can words be shared."""
    return {report.lang for report in case.evidence.reports} & set(case.draft.editions)


def voice(case: Case) -> Iterator[Finding]:
    """Quotations first, amber; of the others the rarest, as notes."""
    ask_ahead(case)
    others: list[Turn] = []
    for turn in (turn for passage in case.passages for turn in of_passage(case, passage)):
        if quote_around(turn.said.paragraph.text, turn.stretch):
            yield heard(turn)
        else:
            others.append(turn)
    rarest = sorted(range(len(others)), key=lambda n: others[n].rarest)[:NOTES]
    yield from (heard(others[n]) for n in sorted(rarest))


def ask_ahead(case: Case) -> None:
    """Every word and pair that a paragraph shares with a report behind it, named to the past at once."""
    runs = [run for passage in case.passages for one, report in compared(case, passage)
            for run in shared(one.paragraph.text, report.text)]  # fmt: skip
    if runs:
        pairs = {(a.form, b.form) for run in runs for a, b in pairwise(run)}
        case.archive.spoken.ahead({word.form for run in runs for word in run}, pairs)


def compared(case: Case, passage: Passage) -> Iterator[tuple[Said, SealedReport]]:
    """Each edition of a paragraph beside each report behind it in the same language."""
    for lang, one in passage.said.items():
        if judged(case, lang):
            yield from ((one, report) for report in passage.reports if report.lang == lang)


def of_passage(case: Case, passage: Passage) -> Iterator[Turn]:
    """What each edition of a paragraph shares with the reports behind it."""
    for one, report in compared(case, passage):
        yield from turns(case, one, report)


def turns(case: Case, one: Said, report: SealedReport) -> Iterator[Turn]:
    """Short stretches that this report has and nothing released has, beside what is verbatim."""
    taken = [(found.start, found.end) for found in stretches(one.paragraph.text, one, report.text)]
    names = taken + named(one)
    for run in shared(one.paragraph.text, report.text):
        for part in unheard(case, run, names):
            rarest = min(case.archive.spoken.count(word.form) for word in part)
            if (
                enough(part, one.edition)
                and rarest <= case.archive.spoken.stories[READ[one.edition]] // OFTEN
            ):
                size = sum(word.end - word.start for word in part)
                yield Turn(one, report, Overlap(part[0].start, part[-1].end, size, size, False), rarest)


def named(one: Said) -> list[tuple[int, int]]:
    """Where names, sums, days and numbers stand: those are nobody's words."""
    spans = [(span.start, span.end) for span in one.reading.spans if span.kind != "quotation"]
    return spans + [(f.span.start, f.span.end) for f in one.facts if f.kind not in ("quote", "sex")]


@lru_cache(maxsize=4096)
def shared(text: str, other: str) -> tuple[tuple[Word, ...], ...]:
    """Runs of words of `text` of which each two neighbours stand side by side in the other text too."""
    theirs = pairs_of(other)
    found: list[tuple[Word, ...]] = []
    for piece in phrases_of(text):
        found += together(piece, lambda a, b: (a.form, b.form) in theirs)
    return tuple(found)


@lru_cache(maxsize=64)
def pairs_of(text: str) -> frozenset[tuple[str, str]]:
    """Every two words side by side; kept, for a long report is laid beside each of many paragraphs."""
    return frozenset((a.form, b.form) for piece in phrases_of(bare(text)) for a, b in pairwise(piece))


def together(words: Sequence[Word], fits: Callable[[Word, Word], bool]) -> Iterator[tuple[Word, ...]]:
    """The longest runs of two words or more whose neighbours all fit."""
    run: list[Word] = []
    for word in words:
        if run and not fits(run[-1], word):
            yield from [tuple(run)] if len(run) > 1 else []
            run = []
        run.append(word)
    yield from [tuple(run)] if len(run) > 1 else []


def unheard(case: Case, run: tuple[Word, ...], names: list[tuple[int, int]]) -> Iterator[tuple[Word, ...]]:
    """The parts of a run in which nothing released has any two neighbours, names and numbers left out."""
    spoken = case.archive.spoken

    def free(word: Word) -> bool:
        return word.common and not any(start < word.end and word.start < end for start, end in names)

    yield from together(run, lambda a, b: free(a) and free(b) and not spoken.knows(a.form, b.form))


def enough(part: tuple[Word, ...], lang: str) -> bool:
    """Whether so much is a turn of phrase and no accident."""
    return len(part) >= WORDS if lang == "en" else sum(len(word.form) for word in part) >= SYLLABLES


def heard(turn: Turn) -> Finding:
    """The finding: a quotation carries its speaker's voice openly, other words may be the editor's own."""
    one, stretch = turn.said, turn.stretch
    quoted = quote_around(one.paragraph.text, stretch)
    return finding(
        "verbatim words", "amber" if quoted else "note", "voice_quote" if quoted else "voice_phrase",
        [at(one.edition, one.paragraph, stretch.start, stretch.end)], less(one, turn.report, stretch, quoted),
        for_="source", reader="neighbour", report=turn.report.id,
    )  # fmt: skip
