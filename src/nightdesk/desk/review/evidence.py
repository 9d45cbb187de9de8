"""What lies behind a draft, and what readers may hold beside it: sealed reports, earlier releases, tables."""

from __future__ import annotations

from collections.abc import Iterator

from nightdesk.desk.claims.models import Claim
from nightdesk.desk.review.models import GroupTable
from nightdesk.desk.stories import chips
from nightdesk.desk.stories.models import Paragraph, Story
from nightdesk.desk.stories.photos import photo_of
from nightdesk.disclosure import model as disclosure
from nightdesk.release.model import Release as PublicRelease
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
    )  # fmt: skip


def _files(story: Story) -> tuple[disclosure.AttachedFile, ...]:
    """The photo as it will be published, with the names of what its file had said; of a withdrawal nothing."""
    photo = None if story.next_kind == "withdrawal" else photo_of(story)
    if photo is None:
        return ()
    name = f"{photo.sha256[:8]}.{ENDINGS[photo.media_type]}"
    return (disclosure.AttachedFile(name, photo.credit, picture=True, dropped=tuple(photo.dropped)),)


def _claims(story: Story) -> dict[str, Claim]:
    """The claims of every paragraph by token, from what was prefetched."""
    rows = [p for edition in story.editions.all() for p in edition.paragraphs.all()]
    return {claim.token: claim for row in rows for claim in chips.claims_of(row)}


def _knowers(claim: Claim) -> disclosure.Knowers | None:
    """Who could know it, when somebody said how many."""
    if not claim.knowers or claim.knowers_low is None or claim.knowers_high is None:
        return None
    return disclosure.Knowers(claim.knowers, claim.knowers_low, claim.knowers_high)


def history_of(story: Story) -> tuple[disclosure.Earlier, ...]:
    """Every version of every other story ever released, withdrawn ones too: readers keep copies.

    The story's own earlier versions are left out: each of its sentences would be found in them.
    """
    from nightdesk.desk.releases.models import Release

    rows = Release.objects.exclude(story=story).exclude(kind="withdrawal").order_by("released_at", "pk")
    behind = _sources_behind()
    earlier = rows.select_related("story").defer("photo")
    return tuple(one for row in earlier for one in _earlier(row, sorted(behind.get(row.story_id, ()))))


def _sources_behind() -> dict[int, set[str]]:
    """The pseudonyms behind every released story, in one query."""
    told = Paragraph.claims.through.objects.filter(
        paragraph__edition__story__releases__isnull=False
    ).order_by()
    pairs = told.values_list(
        "paragraph__edition__story", "claim__account__report__source__pseudonym"
    ).distinct()
    found: dict[int, set[str]] = {}
    for story, pseudonym in pairs:
        found.setdefault(story, set()).add(pseudonym)
    return found


def _earlier(row, sources: list[str]) -> Iterator[disclosure.Earlier]:
    """One entry a source behind the story, so that the engine can intersect who knew what."""
    from nightdesk.release.codec import from_bytes

    release = from_bytes(bytes(row.document))
    text = "\n".join(
        "\n".join([e.title, e.summary, *("".join(r.words for r in p.runs) for p in e.paragraphs)])
        for e in release.editions
    )
    name, gone = f"“{_headline(row.story, release)}”", row.story.withdrawn_at is not None
    behind: list[str | None] = [*sources] or [None]
    for source in behind:
        yield disclosure.Earlier(name, release.released_on, text, source, gone)


def _headline(story: Story, release: PublicRelease) -> str:
    """What the newsroom knows the story by: its headline in the language it was written in."""
    titles = {edition.lang: edition.title for edition in release.editions}
    return titles.get(story.source_lang) or next(iter(titles.values()), story.slug)


def tables() -> tuple[disclosure.GroupTable, ...]:
    """The newsroom's estimates of how many people fit a description."""
    return tuple(
        disclosure.GroupTable(row.group, row.place, row.low, row.high, row.basis, row.as_of, row.expires)
        for row in GroupTable.objects.all()
    )
