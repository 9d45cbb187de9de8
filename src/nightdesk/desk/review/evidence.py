"""What lies behind a draft: claims, sealed reports, files, what state media have said, tables. What was released before is past.py."""

from __future__ import annotations

from nightdesk.desk.claims.models import Claim
from nightdesk.desk.review.models import GroupTable, StateMedia
from nightdesk.desk.stories import chips
from nightdesk.desk.stories.attachments import attachment_of
from nightdesk.desk.stories.models import Story
from nightdesk.desk.stories.photos import photo_of
from nightdesk.desk.stories.taken import of_row
from nightdesk.disclosure import model as disclosure
from nightdesk.release.attachment import ENDINGS as KINDS
from nightdesk.release.attachment import is_recording
from nightdesk.release.picture import ENDINGS


def evidence_of(story: Story) -> disclosure.Evidence:
    """Every claim under the story and the report each comes from."""
    claims = _claims(story)
    reports = {claim.account.report_id: claim.account.report for claim in claims.values()}
    return disclosure.Evidence(
        claims=tuple(
            disclosure.ClaimEvidence(
                claim.token, claim.account.report.source.pseudonym, str(claim.account.report_id),
                claim.statement, _knowers(claim),
            )
            for claim in claims.values()
        ),
        reports=tuple(
            disclosure.SealedReport(
                str(report.pk), report.source.pseudonym, report.contact_on, report.lang, report.told,
                report.relay.name if report.relay else None, report.basis or None,
            )
            for report in reports.values()
        ),
        files=_files(story),
        state_media=tuple(disclosure.StateMedia(*said) for said in StateMedia.objects.values_list("on", "text")),
    )  # fmt: skip


def _files(story: Story) -> tuple[disclosure.AttachedFile, ...]:
    """Photo and file as they will be published, with the names of what they had said; of a withdrawal nothing."""
    photo, attachment = photo_of(story), attachment_of(story)
    found = []
    if photo is not None:
        name = f"{photo.sha256[:8]}.{ENDINGS[photo.media_type]}"
        taken = of_row(photo.taken)
        found.append(
            disclosure.AttachedFile(
                name,
                photo.credit,
                picture=True,
                dropped=tuple(photo.dropped),
                taken_near=taken.near,
                taken_on=taken.on,
            )
        )
    if attachment is not None:
        name = f"{attachment.sha256[:8]}.{KINDS[attachment.media_type]}"
        kind: disclosure.FileKind = "recording" if is_recording(attachment.media_type) else "document"
        found.append(disclosure.AttachedFile(name, kind=kind, dropped=tuple(attachment.dropped)))
    return () if story.next_kind == "withdrawal" else tuple(found)


def _claims(story: Story) -> dict[str, Claim]:
    """The claims of every paragraph by token, from what was prefetched."""
    rows = [p for edition in story.editions.all() for p in edition.paragraphs.all()]
    return {claim.token: claim for row in rows for claim in chips.claims_of(row)}


def _knowers(claim: Claim) -> disclosure.Knowers | None:
    """Who could know it, when somebody said how many."""
    if not claim.knowers or claim.knowers_low is None or claim.knowers_high is None:
        return None
    return disclosure.Knowers(claim.knowers, claim.knowers_low, claim.knowers_high)


def tables() -> tuple[disclosure.GroupTable, ...]:
    """The newsroom's estimates of how many people fit a description."""
    return tuple(
        disclosure.GroupTable(
            row.group,
            row.place,
            row.low,
            row.high,
            row.basis,
            row.as_of,
            row.expires,
            row.when,
            row.sex,
            row.age,
        )
        for row in GroupTable.objects.all()
    )
