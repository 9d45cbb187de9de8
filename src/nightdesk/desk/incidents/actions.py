"""The verbs of the record: coding a claim as an act, and putting acts into campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError
from nightdesk.desk.incidents.models import Act, Campaign, public_id
from nightdesk.desk.staff.roles import require

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nightdesk.desk.claims.models import Claim
    from nightdesk.desk.staff.models import Member


@transaction.atomic
def code(member: Member, claim: Claim) -> Act:
    """Writes a claim into the record, or brings its row up to date. Copied field by field; no key back."""
    require(member, "code")
    values = {
        "act": claim.act, "status": claim.status, "actor": claim.actor, "party": claim.party,
        "place": claim.place, "earliest": claim.earliest, "latest": claim.latest, "edtf": claim.edtf,
        "amount": claim.amount, "currency": claim.currency, "sum_role": claim.sum_role, "coded_at": clock.now(),
    }  # fmt: skip
    act, _made = Act.objects.update_or_create(
        claim_token=claim.token,
        defaults=values,
        create_defaults={**values, "public_id": _public_id(claim.token)},
    )
    record(act, "code", member)
    return act


def _public_id(token: str) -> str:
    """The name a story already gave this act in public, else a new random one."""
    from nightdesk.desk.review.models import ForTheRecord

    tick = ForTheRecord.objects.filter(claim_token=token).first()
    return tick.public_id if tick else public_id()


@transaction.atomic
def log_export(member: Member, acts: list[Act]) -> None:
    """Rows leave the desk: the member's log says so, and that of each report they came from."""
    from nightdesk.desk.reports.models import Report

    require(member, "export")
    record(member, "export", member, f"record as CSV: {len(acts)} acts")
    tokens = [act.claim_token for act in acts]
    for report in Report.objects.filter(accounts__claims__token__in=tokens).distinct().order_by("pk"):
        record(report, "export", member, "record as CSV", counted=False)


@transaction.atomic
def assign(member: Member, tokens: Iterable[str], title: str) -> Campaign | None:
    """Puts acts into the campaign `title`, made when it is new; an empty title takes them out of theirs."""
    require(member, "code")
    chosen = list(Act.objects.visible_to(member).filter(public_id__in=list(tokens)))
    if not chosen:
        raise DeskError(_("No act was chosen."), _("Tick the acts first; nothing was changed."))
    words = " ".join(title.split())[:160]
    campaign = Campaign.objects.get_or_create(title=words)[0] if words else None
    for act in chosen:
        act.campaign = campaign
        act.save(update_fields=["campaign"])
        record(act, "code", member, "campaign")
    return campaign
