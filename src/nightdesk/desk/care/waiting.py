"""What care asks for on the first screen: dangers, check-ins that are late, dates that are due.

Only of sources the member may see; for somebody cleared for nobody there is no row, no count and no heading.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from nightdesk.desk.care.models import Danger, Purge
from nightdesk.desk.care.retention import due_count
from nightdesk.desk.care.rules import Met, next_check_in
from nightdesk.desk.sources import answers, reveal
from nightdesk.desk.sources.models import Contact, Source
from nightdesk.desk.staff import two
from nightdesk.desk.unchanged import remembered

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

SHOWN = 12  # check-ins shown at once, the latest first


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing care asks for. `grave`: red or amber."""

    title: str
    ask: str
    url: str
    grave: str = "amber"


def waiting(member: Member, today: date) -> list[Asked]:
    """Everything care asks of this member, the gravest first."""
    if not member.may("care"):
        return []
    who = (
        member.pk,
        member.role,
        member.keyholder,
        get_language(),
        today,
    )  # what an answer hangs on beside rows
    return [
        *_dangers(member), *_cards(member), *_declined(member), *_purges(member),
        *remembered(("check-ins", *who), lambda: _check_ins(member, today)),
        *remembered(("dates due", *who), lambda: _dates(member, today)),
    ]  # fmt: skip


def _dangers(member: Member) -> list[Asked]:
    ones = two.one_with(member)
    rows = Danger.objects.visible_to(member).filter(lifted_at=None).select_related("source")
    return [
        Asked(
            str(row.source),
            _danger_words(row, member, ones),
            reverse("care:danger", args=[row.source_id]),
            "red",
        )
        for row in rows.prefetch_related("liftings")
    ]


def _cards(member: Member) -> list[Asked]:
    """Cards that need two: another asks this member, or agreed to what this member asked."""
    ending = _(
        "%(who)s asks to end “needs two” (asked until %(at)s). If you agree, one member alone opens the card from then on."
    )
    asked = _("%(who)s asks you to agree that the card is opened, until %(at)s.")
    ready = _("%(who)s agreed: the card opens for you once, until %(at)s.")
    return [
        Asked(
            str(one.card), (ready if one.agrees else ending if one.wish == "end two" else asked) % {
                "who": one.agrees or one.asks, "at": time_format(localtime(reveal.ends(one)), "TIME_FORMAT")
            },
            f"{one.card.source.get_absolute_url()}#card", "red",
        )
        for one in reveal.waiting_for(member)
    ]  # fmt: skip


def _declined(member: Member) -> list[Asked]:
    said = _("%(who)s declined what you asked for. Nothing was opened.")
    return [
        Asked(str(source), said % {"who": entry.member}, f"{source.get_absolute_url()}#card")
        for source, entry in answers.all_declined(member)
    ]


def _danger_words(row: Danger, member: Member, ones: Collection[int]) -> str:
    """Whether this member can be the second person."""
    proposals = [one for one in row.liftings.all() if one.agreed is None]
    if proposals and member.may("lift") and proposals[0].first_id not in ones:
        return _("In danger. Somebody proposes to lift that and asks a second person.")
    day = date_format(row.marked_at.date(), "DATE_FORMAT")
    return _("In danger since %(day)s: what rests on it is frozen.") % {"day": day}


def _purges(member: Member) -> list[Asked]:
    """Purges somebody asked for: shown to editors, who answer them."""
    if not member.may("purge"):
        return []
    rows = Purge.objects.visible_to(member).filter(confirmed_at=None, kept_at=None)
    ones = two.one_with(member)
    return [_purge(row, member, ones) for row in rows.select_related("source", "report__source", "asked_by")]


def _purge(row: Purge, member: Member, ones: Collection[int]) -> Asked:
    mine = row.asked_by_id == member.pk
    words = (
        _("You asked for a purge; another editor has to confirm it.")
        if mine
        else _("%(who)s asks for a purge and for a second person.") % {"who": row.asked_by.username}
    )
    about = row.source if row.whole else row.report
    name, key = ("source", row.source_id) if row.whole else ("report", row.report_id)
    return Asked(
        str(about),
        words,
        reverse(f"care:purge_{name}", args=[key]),
        "amber" if row.asked_by_id in ones else "red",
    )


def _check_ins(member: Member, today: date) -> list[Asked]:
    """The latest first. The query finds the sources, the rule says what is agreed on with each."""
    unmet = _unmet(Source.objects.visible_to(member), today).order_by("next_on", "pk")
    pks = list(unmet.values_list("source", flat=True))
    found = []
    for source, contacts in _with_contacts(pks[:SHOWN]):
        check_in = next_check_in(contacts)
        if check_in is not None and check_in.days_late(today) >= 0:
            found.append((check_in.on, source, _late_words(check_in.days_late(today), check_in.window)))
    found.sort(key=lambda row: (row[0], row[1].pseudonym))
    rows = [
        Asked(str(source), words, f"{source.get_absolute_url()}#contacts", "red" if on < today else "amber")
        for on, source, words in found
    ]
    return [*rows, *_more(len(pks) - SHOWN)]


def _more(count: int) -> list[Asked]:
    """What did not fit is counted, never left out."""
    if count <= 0:
        return []
    words = ngettext("%(n)s more is not shown.", "%(n)s more are not shown.", count) % {"n": count}
    return [Asked(_("Contacts"), words, reverse("sources:list"))]


def _late_words(days: int, window: str) -> str:
    if days == 0:
        return _("Check-in today: %(window)s") % {"window": window} if window else _("Check-in today.")
    said = ngettext("The check-in is %(n)s day overdue.", "The check-in is %(n)s days overdue.", days)
    return said % {"n": days}


def _with_contacts(pks: list[int]) -> list[tuple[Source, list[Met]]]:
    """These sources with their contacts as the rule takes them, in two queries."""
    sources = Source.objects.in_bulk(pks)
    met: dict[int, list[Met]] = {pk: [] for pk in sources}
    rows = Contact.objects.standing().filter(source__in=sources).order_by("on", "pk")
    for row in rows.only("source", "on", "next_on", "next_window", "seal_token"):
        met[row.source_id].append(Met(row.on, row.next_on, row.next_window))
    return [(sources[pk], contacts) for pk, contacts in met.items()]


def _unmet(sources: QuerySet[Source], today: date) -> QuerySet[Contact]:
    """Entries whose agreed day has come and after which nothing was agreed on or happened.

    Of a source that can be its newest entry with an agreed day alone: one search in the index for each source.
    """
    agreed = Contact.objects.standing().filter(source=OuterRef("pk"), next_on__isnull=False)
    newest = Subquery(agreed.order_by("-on", "-pk").values("pk")[:1])
    candidates = sources.order_by().annotate(agreed=newest).values("agreed")
    # From the day on, then what of that day stands before: one range of the index instead of two searches.
    from_then = Contact.objects.standing().filter(source=OuterRef("source"), on__gte=OuterRef("on"))
    later = from_then.filter(Q(on__gt=OuterRef("on")) | Q(pk__gt=OuterRef("pk")))
    settled = later.filter(on__gte=OuterRef("next_on"))
    return Contact.objects.filter(~Exists(settled), pk__in=candidates, next_on__lte=today)


def _dates(member: Member, today: date) -> list[Asked]:
    over, soon = due_count(member, today)
    if not over and not soon:
        return []
    words = [
        ngettext("%(n)s is past its day.", "%(n)s are past their day.", over) % {"n": over} if over else "",
        ngettext("%(n)s comes due soon.", "%(n)s come due soon.", soon) % {"n": soon} if soon else "",
    ]
    return [Asked(_("Dates to keep until"), " ".join(filter(None, words)), reverse("care:due"))]
