"""A found row as a line of the results: where it leads, what it is called, the words with what was sought.

Belongs here: which words of a row are shown. Does not belong here: finding rows (finding.py), HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from nightdesk.desk.claims.models import Claim
from nightdesk.desk.reports.models import Report
from nightdesk.desk.search.documents import A_CHIP
from nightdesk.desk.search.marking import Piece, excerpt, pieces, stretches
from nightdesk.desk.search.terms import Needle
from nightdesk.desk.stories.chips import CHIP
from nightdesk.desk.stories.models import Edition, Paragraph

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

Needles = Sequence[Needle]


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the results."""

    url: str
    title: list[Piece]
    title_lang: str
    words: list[Piece]
    lang: str
    day: date | None  # of the contact; None where the title or a chip says it, or there was none
    since: str  # the day it is in order by, in words: it is never the day of the contact
    chips: list[str]


def of_report(member: Member, report: Report, needles: Needles) -> Result:
    """The source's pseudonym over the words around the first match."""
    return Result(
        report.get_absolute_url(), [Piece(str(report.source))], "", excerpt(report.text, needles),
        report.lang, report.contact_on, _("opened on %(day)s") % {"day": _day(report.received_at)},
        [*filter(None, [report.number]), str(report.get_channel_display())],
    )  # fmt: skip


def of_claim(member: Member, claim: Claim, needles: Needles) -> Result:
    """The claim in one sentence over who, to whom and the source's own words, whichever holds more."""
    report = claim.account.report
    said = _best((claim.words, claim.actor, claim.party), needles)
    return Result(
        claim.get_absolute_url(), _marked(claim.statement, needles), "", excerpt(said, needles),
        report.lang, None, _("made on %(day)s") % {"day": _day(claim.made_at)},
        [str(report), str(claim.get_status_display())],
    )  # fmt: skip


def of_edition(member: Member, edition: Edition, needles: Needles) -> Result:
    """The headline over the paragraph, or summary, that holds most; it leads to that paragraph."""
    rows = list(edition.paragraphs.all())
    said = [edition.summary, *(CHIP.sub(A_CHIP, row.text) for row in rows)]
    best = _best(said, needles)
    at = said.index(best)
    url = _way(member, edition) + (_anchor(rows[at - 1]) if at else "")
    headline = edition.title or _("without a headline")
    return Result(
        url, _marked(headline, needles), edition.lang if edition.title else "", excerpt(best, needles),
        edition.lang, None, _("story begun on %(day)s") % {"day": _day(edition.story.begun_at)},
        [edition.lang.upper(), *([_("set aside")] if edition.story.set_aside_at else [])],
    )  # fmt: skip


SHOWN: dict[str, Callable[..., Result]] = {"report": of_report, "claim": of_claim, "edition": of_edition}


def _day(moment: datetime) -> str:
    return date_format(moment.date())


def _way(member: Member, edition: Edition) -> str:
    """The editor's screen for who has it; the translation's for translators, and for a translation."""
    own = edition.lang == edition.story.source_lang
    if member.may("translate") and (not own or not member.sees("stories")):
        return reverse("translation:story", args=[edition.story_id])
    return edition.story.get_absolute_url()


def _anchor(row: Paragraph) -> str:
    return f"#p{row.translates_id or row.pk}"


def _marked(text: str, needles: Needles) -> list[Piece]:
    return pieces(text, stretches(text, needles))


def _best(fields: Sequence[str], needles: Needles) -> str:
    """The field that holds most of the needles; the first of equals."""
    return max(fields, key=lambda field: sum(bool(stretches(field, [needle])) for needle in needles))
