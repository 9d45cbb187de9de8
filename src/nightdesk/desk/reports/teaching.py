"""The verb teach: a member says what words of a report mean, and reading knows it from then on.

A correction is a row of OwnTerm: a word of the desk's own and a case that can be run again. Setting it
aside undoes it. Accounts are compared with it the next time they are compared. Belongs here: one transaction a verb, and running the cases. Does not belong here:
what a meaning is worth (nightdesk.reading.own), asking for the words while reading (ownwords.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError
from nightdesk.desk.reports.models import OwnTerm, Report
from nightdesk.desk.reports.ownwords import Own, kind_of, opened, terms_in
from nightdesk.desk.staff.roles import require
from nightdesk.reading import ReadingError
from nightdesk.reading.own import KINDS, Case, Outcome, own_term, run, stands

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

NO_VALUE = "none"  # said aloud: an empty form must not take a value away
LONGEST = 80  # characters: a term is a word or a phrase, not a sentence


@dataclass(frozen=True, slots=True)
class Checked:
    """A correction with what came of running it."""

    term: OwnTerm
    outcome: Outcome


@transaction.atomic
def teach(member: Member, report: Report, start: int, end: int, kind: str, means: str) -> OwnTerm:
    """Keeps what the words at start..end mean. Stops aloud when they would not be read so in this very report."""
    require(member, "read")
    words = _words(report, start, end)
    row = OwnTerm(report=report, start=start, end=end, words=words, made_by=member, made_at=clock.now())
    _say(row, kind, means)
    row.save()
    _must_hold(row)
    record(row, "teach", member)
    return row


@transaction.atomic
def change(member: Member, row: OwnTerm, kind: str, means: str) -> None:
    """Says otherwise what the same words mean."""
    require(member, "read")
    _say(row, kind, means)
    row.save()
    if row.set_aside_at is None:
        _must_hold(row)
    record(row, "teach", member, "changed")


@transaction.atomic
def set_aside(member: Member, row: OwnTerm) -> None:
    """Reading no longer knows it. It stays on the list and can be used again."""
    require(member, "read")
    if row.set_aside_at is None:
        row.set_aside_at = clock.now()
        row.save(update_fields=["set_aside_at"])
        record(row, "unteach", member)


@transaction.atomic
def use_again(member: Member, row: OwnTerm) -> None:
    """Takes it back into use."""
    require(member, "read")
    if row.set_aside_at is not None:
        row.set_aside_at = None
        row.save(update_fields=["set_aside_at"])
        record(row, "teach", member, "in use again")


def check(rows: list[OwnTerm]) -> Iterator[Checked]:
    """Runs every correction in its own report, with all words of the desk in use."""
    known = opened()
    return (Checked(row, _run(row, known)) for row in rows)


def _run(row: OwnTerm, known: tuple[Own, ...]) -> Outcome:
    report = row.report
    case = Case(
        report.told, report.lang, report.contact_on, report.country, row.start, row.end,
        kind_of(row.kind), row.value or {},
    )  # fmt: skip
    return run(case, terms_in(known, case.text, case.lang, case.on, case.country))


def _words(report: Report, start: int, end: int) -> str:
    words = report.told[start:end]
    if not words.strip() or words != words.strip() or "\n" in words or len(words) > LONGEST:
        raise DeskError(
            _("These are no words that can be taught."),
            _("Mark one word or phrase of a line, without spaces around it, of at most %(n)d characters.")
            % {"n": LONGEST},
        )
    return words


def _say(row: OwnTerm, kind: str, means: str) -> None:
    if kind != NO_VALUE and kind not in KINDS:
        raise DeskError(_("The desk knows no such kind."), _("Choose one of the list."))
    report = row.report
    on, country = report.contact_on, report.country
    try:
        term = own_term(row.words, kind_of(kind), means, report.lang, on, country)
    except ReadingError as error:
        raise DeskError(
            _("What the words mean cannot be read as that kind of value."),
            _("Say it as a sum, a day or a number is written: 20,000 yuan, 3 December, 7 households."),
        ) from error
    row.kind = "" if kind == NO_VALUE else kind
    row.means, row.value = means.strip() if row.kind else "", dict(term.value)


def _must_hold(row: OwnTerm) -> None:
    if stands(row.report.told, row.start, row.end) and _run(row, opened()).held == "holds":
        return
    raise DeskError(
        _("These words would not be read so here."),
        _("They begin or end inside a longer word, or another of the desk's own words covers them."),
    )
