"""Who told it: from the names in an opened report to a source, a relay and a contact.

Anybody can seal anything, so a name only says under whom the report is filed; a member who knows the
voice confirms it. Belongs here: filing. Does not belong here: confirming (reports/actions.py).
"""

from __future__ import annotations

import re
import unicodedata

from django.db.models import F

from nightdesk.desk import clock
from nightdesk.desk.claims.models import Account
from nightdesk.desk.intake.believing import Taken
from nightdesk.desk.intake.models import Arrival
from nightdesk.desk.reports.models import Report
from nightdesk.desk.search import documents as search
from nightdesk.desk.sources.actions import meant_by, plain, pseudonym_for
from nightdesk.desk.sources.contacting import write_contact
from nightdesk.desk.sources.models import Relay, Source
from nightdesk.seal.replying import reply_tag

UNKNOWN = re.compile(r"unknown-(\d+)\Z")


def write_report(arrival: Arrival, taken: Taken) -> Report:
    """The report with its one account, and its contact once somebody is sure of the teller; part of the caller's transaction."""
    said = taken.report
    day = said.contact_on or arrival.arrived_on
    tag = reply_tag(bytes.fromhex(said.reply)) if said.reply else ""
    source, relay = source_of(said.source, arrival, tag), relay_of(said.via)
    report = Report.objects.create(
        source=source, relay=relay, arrival=arrival, lang=taken.lang, contact_on=day, channel=said.channel,
        basis=said.basis or "", text=said.text, received_at=clock.now(), claimed_name=said.source or "",
        reply_secret=said.reply or "", reply_tag=tag,
        **_confirmed(source, arrival),
    )  # fmt: skip
    if report.teller_confirmed_at is not None:
        write_contact(report)
    Account.objects.create(report=report, start=0, end=len(said.text))
    search.add("report", report)
    return report


def source_of(name: str | None, arrival: Arrival, tag: str = "") -> Source:
    """The source of that pseudonym. A name nobody has becomes `unknown-N`, cleared for nobody.

    Without a name, who has the twelve words of an earlier report is filed under that report's source: only its
    sender had them, or whoever found them, and confirming stays a member's.

    In a call note the name was typed by a member: only a source that member sees is meant by it, and a
    new one becomes a source he or she is cleared for.
    """
    member, wanted = arrival.logged_by, plain(name or "")
    if member is not None:
        known = meant_by(member, wanted)
    else:
        known = Source.objects.filter(pseudonym__iexact=wanted).first() if wanted else None
    if known is None and not wanted and tag:
        known = _with_the_words(tag)
    if known is not None:
        return known
    new = pseudonym_for(member, wanted) if member and wanted else _next_unknown()
    source = Source.objects.create(pseudonym=new, made_on=clock.today())
    if member is not None:
        source.cleared.add(member)
    return source


def _with_the_words(tag: str) -> Source | None:
    """Whose report came with them: a confirmed one before others, else the first. Whoever found the words later and
    wrote another name, or a later day, draws nothing of that source to another.
    """
    came = Report.objects.filter(reply_tag=tag).select_related("source")
    first = came.order_by(F("teller_confirmed_at").asc(nulls_last=True), "pk").first()
    return first.source if first else None


def relay_of(name: str | None) -> Relay | None:
    """The relay of that name, made when it is new. A relay named falsely can only lower independence."""
    wanted = unicodedata.normalize("NFC", name or "").strip()
    return Relay.objects.get_or_create(name=wanted)[0] if wanted else None


def _confirmed(source: Source, arrival: Arrival) -> dict[str, object]:
    """A note taken by somebody cleared for the source is confirmed: that member heard the voice."""
    member = arrival.logged_by
    if member is None or not source.clears(member):
        return {}
    return {"teller_confirmed_at": clock.now(), "teller_confirmed_by": member}


def _next_unknown() -> str:
    names = Source.objects.filter(pseudonym__startswith="unknown-").values_list("pseudonym", flat=True)
    taken = [int(found[1]) for name in names if (found := UNKNOWN.match(name))]
    return f"unknown-{max(taken, default=0) + 1}"
