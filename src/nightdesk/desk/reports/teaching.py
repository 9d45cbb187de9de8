"""The verb teach: a member says what words of a report mean, and reading knows it from then on.

A correction is a row of OwnTerm, or of StoryTerm where it is said of a story (stories.teaching): a word of the
desk's own and a case that can be run again. Setting it aside undoes it. Accounts are compared with it the next time they are compared. Belongs here: one transaction a verb, and running the cases. Does not belong here:
what a meaning is worth (nightdesk.reading.own), asking for the words while reading (ownwords.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError
from nightdesk.desk.reports.models import OwnTerm, Report
from nightdesk.desk.reports.ownwords import Own, kind_of, opened, terms_in
from nightdesk.desk.staff.roles import require
from nightdesk.desk.stories.models import StoryTerm
from nightdesk.reading import ReadingError
from nightdesk.reading.own import KINDS, Case, Outcome, own_term, run, stands

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

Taught = OwnTerm | StoryTerm
NO_VALUE = "none"  # said aloud: an empty form must not take a value away
LONGEST = 80  # characters: a term is a word or a phrase, not a sentence


@dataclass(frozen=True, slots=True)
class Checked:
    """A correction with what came of running it."""

    term: Taught
    outcome: Outcome


@transaction.atomic
def teach(member: Member, report: Report, start: int, end: int, kind: str, means: str) -> OwnTerm:
    """Keeps what the words at start..end mean. Stops aloud when they would not be read so in this very report."""
    require(member, "read")
    words = words_at(report.told, start, end)
    row = OwnTerm(report=report, start=start, end=end, words=words, made_by=member, made_at=clock.now())
    say(row, kind, means, report.lang, report.contact_on, report.country)
    row.save()
    must_hold(row)
    record(row, "teach", member)
    return row


@transaction.atomic
def change(member: Member, row: OwnTerm, kind: str, means: str) -> None:
    """Says otherwise what the same words mean."""
    require(member, "read")
    report = row.report
    say(row, kind, means, report.lang, report.contact_on, report.country)
    row.save()
    if row.set_aside_at is None:
        must_hold(row)
    record(row, "teach", member, "changed")


@transaction.atomic
def set_aside(member: Member, row: Taught) -> None:
    """Reading no longer knows it. It stays on the list and can be used again."""
    require(member, "read")
    if row.set_aside_at is None:
        row.set_aside_at = clock.now()
        row.save(update_fields=["set_aside_at"])
        record(row, "unteach", member)


@transaction.atomic
def use_again(member: Member, row: Taught) -> None:
    """Takes it back into use."""
    require(member, "read")
    if row.set_aside_at is not None:
        row.set_aside_at = None
        row.save(update_fields=["set_aside_at"])
        record(row, "teach", member, "in use again")


def check(rows: Iterable[Taught]) -> Iterator[Checked]:
    """Runs every correction in its own report or sentence, with all words of the desk in use."""
    known = opened()
    return (Checked(row, _run(row, known)) for row in rows)


def _run(row: Taught, known: tuple[Own, ...]) -> Outcome:
    case = _case(row)
    return run(case, terms_in(known, case.text, case.lang, case.on, case.country))


def _case(row: Taught) -> Case:
    """The correction as a test: the text it was said of, and what the words there are."""
    said = row.start, row.end, kind_of(row.kind), row.value or {}
    if isinstance(row, StoryTerm):
        return Case(row.text, row.lang, row.on, row.story.country, *said)
    report = row.report
    return Case(report.told, report.lang, report.contact_on, report.country, *said)


def words_at(text: str, start: int, end: int) -> str:
    """The words there. DeskError when they are none that can be taught."""
    words = text[start:end]
    if not words.strip() or words != words.strip() or "\n" in words or len(words) > LONGEST:
        raise DeskError(
            _("These are no words that can be taught."),
            _("Mark one word or phrase of a line, without spaces around it, of at most %(n)d characters.")
            % {"n": LONGEST},
        )
    return words


def say(row: Taught, kind: str, means: str, lang: str, on: date | None, country: str | None) -> None:
    """Writes kind, meaning and value into the row, as they are read there. DeskError when they are no such value."""
    if kind != NO_VALUE and kind not in KINDS:
        raise DeskError(_("The desk knows no such kind."), _("Choose one of the list."))
    try:
        term = own_term(row.words, kind_of(kind), means, lang, on, country)
    except ReadingError as error:
        raise DeskError(
            _("What the words mean cannot be read as that kind of value."),
            _("Say it as a sum, a day or a number is written: 20,000 yuan, 3 December, 7 households."),
        ) from error
    row.kind = "" if kind == NO_VALUE else kind
    row.means, row.value = means.strip() if row.kind else "", dict(term.value)


def must_hold(row: Taught) -> None:
    """DeskError when the words would not be read so in the very text they were said of."""
    if stands(_case(row).text, row.start, row.end) and _run(row, opened()).held == "holds":
        return
    raise DeskError(
        _("These words would not be read so here."),
        _("They begin or end inside a longer word, or another of the desk's own words covers them."),
    )
