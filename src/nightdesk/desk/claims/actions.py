"""The verbs on claims and accounts: claim, accept, dispute, reopen, grade, split, join, corroborate.

Belongs here: one transaction a verb. Does not belong here: filling a form from spans (filling.py),
asking the engine (corroborating.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.claims.corroborating import beside, compare_again, leave_empty
from nightdesk.desk.claims.corroborating import compare as compare
from nightdesk.desk.claims.corroborating import corroborate as corroborate
from nightdesk.desk.claims.judging import move as move_judgements
from nightdesk.desk.claims.models import Account, Claim
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, NotAllowed
from nightdesk.desk.reports.models import Report
from nightdesk.desk.search import documents as search
from nightdesk.desk.staff.roles import require
from nightdesk.desk.stories.settling import touched_under
from nightdesk.values.grades import CREDIBILITY

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

# What each status is called as a verb, and the right it needs: editors decide what is known.
STATUS_VERBS = {
    "accepted": ("accept", "decide"),
    "conflict": ("dispute", "claim"),
    "open": ("reopen", "claim"),
}


@transaction.atomic
def claim(member: Member, account: Account, start: int, end: int, facts: Mapping[str, Any]) -> Claim:
    """Makes a claim from the words [start, end) of the account's report, code points. It begins open."""
    require(member, "claim")
    _inside(account, start, end)
    _readable(account)
    made = Claim.objects.create(
        account=account, words_start=start, words_end=end, made_by=member, made_at=clock.now(), **facts
    )
    search.add("claim", made)
    record(made, "claim", member)
    record(account.report, "claim", member, counted=False)
    return made


@transaction.atomic
def change(member: Member, made: Claim, facts: Mapping[str, Any]) -> None:
    """Changes the fields of a claim. An accepted claim is open again: what was accepted was something else."""
    require(member, "claim")
    for name, value in facts.items():
        setattr(made, name, value)
    made.status = "open"
    with search.changing("claim", pk=made.pk):
        made.save()
    touched_under(made)
    record(made, "change", member)


@transaction.atomic
def remove(member: Member, made: Claim) -> None:
    """Removes a claim made by mistake: by who made it or an editor, and only while nothing rests on it."""
    require(member, "claim")
    if made.made_by_id != member.pk and not member.may("decide"):
        raise NotAllowed(_("Somebody else made this claim."), _("Ask who made it, or an editor."))
    if made.status == "accepted":
        require(member, "decide")  # an editor decided that it is known
    if _rests_on(made):
        raise DeskError(
            _("A story or the record rests on this claim."),
            _("Take it from the paragraph first, or mark a conflict. Nothing was changed."),
        )
    record(made, "remove", member)
    record(made.account.report, "remove", member, f"claim {made.pk}", counted=False)
    with search.changing("claim", pk=made.pk):
        made.delete()


def _rests_on(made: Claim) -> bool:
    """Whether a paragraph, the record, or a version that readers have or had rests on the claim."""
    from nightdesk.desk.incidents.models import Act  # the record and stories come after claims on the line
    from nightdesk.desk.review.models import ForTheRecord
    from nightdesk.desk.stories.models import Version

    if made.paragraphs.exists() or ForTheRecord.objects.filter(claim_token=made.token).exists():
        return True
    if Act.objects.filter(claim_token=made.token).exists():
        return True
    versions = Version.objects.filter(story__releases__isnull=False).distinct()
    return any(
        made.pk in paragraph["claims"]
        for version in versions for edition in version.content["editions"] for paragraph in edition["paragraphs"]
    )  # fmt: skip


@transaction.atomic
def set_status(member: Member, made: Claim, status: str) -> None:
    """Accepts, disputes or reopens a claim."""
    if status not in STATUS_VERBS:
        raise DeskError(_("A claim is accepted, in conflict or open."), _("Choose one of the three."))
    verb, right = STATUS_VERBS[status]
    require(member, right)
    made.status = status
    made.save(update_fields=["status"])
    touched_under(made)
    record(made, verb, member)


@transaction.atomic
def grade(member: Member, made: Claim, credibility: str) -> None:
    """Grades how credible the information is, 1 to 6 (Admiralty scale), or takes the grade away."""
    require(member, "grade")
    if credibility and credibility not in CREDIBILITY:
        raise DeskError(_("Credibility is a number from 1 to 6."), _("Choose one of the six, or none."))
    made.credibility = credibility
    made.save(update_fields=["credibility"])
    record(made, "grade", member)


@transaction.atomic
def split(member: Member, account: Account, at: int) -> Account:
    """Another event starts at code point `at` of the report: the account ends there, a new one begins."""
    require(member, "claim")
    at = _after_space(account.report.told, at)
    if not account.start < at < account.end:
        raise DeskError(
            _("A split lies inside the account."), _("Choose where in these words the other event begins.")
        )
    second = Account.objects.create(report=account.report, start=at, end=account.end)
    Account.objects.filter(pk=account.pk).update(end=at)
    account.claims.filter(words_start__gte=at).update(account=second)
    record(account.report, "split", member)
    compare_again(member, [account.pk, second.pk])
    return second


@transaction.atomic
def join(member: Member, account: Account) -> Account:
    """Undoes a split: the account goes on from the one before it in the same report."""
    require(member, "claim")
    first = account.report.accounts.filter(end=account.start).exclude(pk=account.pk).first()
    if first is None:
        raise DeskError(_("There is no account before this one."), _("Only a split can be joined again."))
    together, left = beside([first.pk, account.pk]), account.event_id
    account.claims.update(account=first)
    Account.objects.filter(pk=first.pk).update(end=account.end)
    move_judgements(member, account, first)
    account.delete()
    record(first.report, "join", member)
    compare_again(member, together)
    first.refresh_from_db()
    if left is not None:
        leave_empty([left], {left: Counter({first.event_id or 0: 1})})
    return first


def _inside(account: Account, start: int, end: int) -> None:
    if not account.start <= start < end <= account.end:
        raise DeskError(
            _("A claim rests on words of its account."),
            _("Mark the words in the report, then make the claim."),
        )


def _readable(account: Account) -> str:
    """Stops aloud where the words are sealed to single members: a claim would say them on.

    Asks the table: the report of the page may have been marked meanwhile.
    """
    return Report.objects.get(pk=account.report_id).told


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
