"""What stops a review before it begins: a draft that does not hold together. Refused aloud."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from nightdesk.disclosure.model import DisclosureError, Draft, Evidence, Knowers, ParagraphText
from nightdesk.values.languages import LANGUAGES
from nightdesk.values.places import country_codes

LONGEST = 10_000  # characters in a paragraph: a long page


def check(draft: Draft, evidence: Evidence) -> None:
    """DisclosureError, with what to do, when the draft or its evidence cannot be reviewed."""
    if not any(draft.editions.values()):
        raise DisclosureError("this story has no paragraphs; write one before reviewing it")
    for lang, paragraphs in draft.editions.items():
        if lang not in LANGUAGES:
            raise DisclosureError(f"nobody here reads {lang!r}; editions are in ko, zh or en")
        once(f"paragraph of the {lang} edition", (paragraph.id for paragraph in paragraphs))
        readable(paragraphs)
    if draft.country not in country_codes():
        raise DisclosureError(
            f"{draft.country!r} is no country of ISO 3166-1; write its two capital letters, as KP for North Korea"
        )
    once("claim", (claim.id for claim in evidence.claims))
    once("report", (report.id for report in evidence.reports))
    for report in evidence.reports:
        if report.lang not in LANGUAGES:
            raise DisclosureError(
                f"report {report.id!r} is in {report.lang!r}, which nobody here reads; use ko, zh or en"
            )
    for rows in (evidence.rows, evidence.rows_before):
        once("row", (row.id for row in rows))
    pointing(draft, evidence)
    for claim in evidence.claims:
        if claim.knowers:
            bounds(claim.id, claim.knowers)


def readable(paragraphs: Iterable[ParagraphText]) -> None:
    """No paragraph is as long as a book: the rules look at each one whole."""
    for one in paragraphs:
        if len(one.text) > LONGEST:
            raise DisclosureError(
                f"paragraph {one.id!r} has {len(one.text):,} characters; split it, {LONGEST:,} are read at most"
            )


def once(what: str, ids: Iterable[str]) -> None:
    """Every id stands once."""
    twice = [one for one, times in Counter(ids).items() if times > 1]
    if twice:
        raise DisclosureError(f"{what} {twice[0]!r} is there twice; give each its own id")


def pointing(draft: Draft, evidence: Evidence) -> None:
    """Every paragraph's claims and every claim's report exist."""
    claims = {claim.id for claim in evidence.claims}
    reports = {report.id: report for report in evidence.reports}
    for paragraphs in draft.editions.values():
        for paragraph in paragraphs:
            for claim in paragraph.claims:
                if claim not in claims:
                    raise DisclosureError(
                        f"paragraph {paragraph.id!r} stands on claim {claim!r}, which does not exist"
                    )
    for one in evidence.claims:
        if one.report not in reports:
            raise DisclosureError(f"claim {one.id!r} comes from report {one.report!r}, which does not exist")
        if reports[one.report].source != one.source:
            raise DisclosureError(f"claim {one.id!r} and its report {one.report!r} have different sources")


def bounds(claim: str, knowers: Knowers) -> None:
    """An interval of knowers that is one."""
    if knowers.low > knowers.high or knowers.low < 0:
        raise DisclosureError(
            f"claim {claim!r} has {knowers.low} to {knowers.high} knowers; the low end must not be above the high end"
        )
