"""What the screens say of care: on a source's page, and of the sources behind a story.

A member who may not see a source reads "a source behind this story": no pseudonym, no link, no words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from nightdesk.desk import clock
from nightdesk.desk.care import consent, danger, freezing, retention
from nightdesk.desk.care.forms import CONTACT_CHANNELS
from nightdesk.desk.care.models import Consent
from nightdesk.desk.care.rules import Allowed, CheckIn, Met, allows, is_frozen, next_check_in
from nightdesk.desk.care.tables import asked_by, labels_of
from nightdesk.desk.incidents.public import claims_in
from nightdesk.desk.releases.models import Release
from nightdesk.desk.sources.models import Contact, Source
from nightdesk.desk.stories.models import Story

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

CONTACTS_SHOWN, STORIES_SHOWN = 50, 25


@dataclass(frozen=True, slots=True)
class Behind:
    """A source behind a story. `source` and `limits` are empty for a member who may not see it."""

    allowed: Allowed
    source: Source | None = None
    limits: str = ""
    in_danger: bool = False

    @property
    def lacking(self) -> list[str]:
        """The uses nobody agreed to, in words."""
        return labels_of(self.allowed.lacking)


@dataclass(frozen=True, slots=True)
class Notice:
    """Whether a story is held back, and by which sources of those the member may see."""

    frozen: bool = False
    stopped: bool = False
    released: bool = False
    endangered: list[Source] = field(default_factory=list)
    unwilling: list[Source] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Resting:
    """A story that rests on a source."""

    story: Story
    released: bool


def notice_of(member: Member, story: Story) -> Notice:
    """What a story's screens say at their top. Nothing for a story that was withdrawn."""
    if story.withdrawn_at:
        return Notice()
    frozen = is_frozen(story.next_kind, bool(freezing.touched([story.pk])))
    stopped = is_frozen(story.next_kind, bool(freezing.stopped([story.pk])))
    if not frozen and not stopped:
        return Notice()
    behind = Q(pk__in=freezing.sources_behind(story))
    marked = Q(dangers__stories=story, dangers__lifted_at=None)
    seen = Source.objects.visible_to(member)
    return Notice(
        frozen, stopped, story.releases.exists(),
        list(seen.filter(behind | marked, pk__in=freezing.in_danger()).distinct()) if frozen else [],
        list(seen.filter(behind, pk__in=freezing.unwilling()).distinct()) if stopped else [],
    )  # fmt: skip


def behind(member: Member, story: Story) -> list[Behind]:
    """Every source a story rests on as it stands, with what its consent says; the named ones first.

    `story` as `standing_of` laid it out: claims, sources and consents are there already.
    """
    claims = claims_in(story).values()
    ticked = {tick.claim_token for tick in story.for_the_record.all()}
    uses: dict[int, set[str]] = {}
    sources: dict[int, Source] = {}
    for claim in claims:
        source = claim.account.report.source
        sources[source.pk] = source
        uses.setdefault(source.pk, {"words"}).update({"data"} if claim.token in ticked else ())
    seen = set(Source.objects.visible_to(member).filter(pk__in=sources).values_list("pk", flat=True))
    endangered = {row["source"] for row in freezing.in_danger().filter(source__in=sources)}
    rows = [_behind(source, uses[pk], pk in seen, pk in endangered) for pk, source in sources.items()]
    return sorted(rows, key=lambda row: (row.source is None, str(row.source or "")))


def _behind(source: Source, uses: set[str], seen: bool, in_danger: bool) -> Behind:
    row = consent.newest(source)
    allowed = allows(consent.given(row), asked_by(uses))
    if not seen:
        return Behind(allowed, in_danger=in_danger)
    return Behind(allowed, source, row.limits if row else "", in_danger)


def page_of(member: Member, source: Source) -> dict[str, Any]:
    """What a source's page shows of care."""
    rows = list(source.consents.select_related("asked_by", "written_by"))
    return {
        "contacts": source.contacts.standing().select_related("relay")[:CONTACTS_SHOWN],
        "channels": dict(CONTACT_CHANNELS), "check_in": check_in_of(source), "danger": danger.current(source),
        "consent": rows[0] if rows else None, "consents": rows[1:], "resting": resting(member, source, STORIES_SHOWN),
        "kept": retention.kept(source, clock.today()),
    }  # fmt: skip


def check_in_of(source: Source) -> CheckIn | None:
    """The contact that is agreed on and has not happened."""
    return next_check_in(as_met(source.contacts.standing()))


def as_met(rows: QuerySet[Contact]) -> list[Met]:
    """Contacts as the rules take them, in the order they were written down."""
    return [Met(row.on, row.next_on, row.next_window) for row in rows.order_by("on", "pk")]


def resting(member: Member, source: Source, most: int | None = None) -> dict[str, Any]:
    """The stories that rest on a source: those the member may see, released ones first, and whether there are others.

    At most `most` of them are fetched, and `more` says how many they were not.
    """
    found = set(freezing.stories_on(source).filter(withdrawn_at=None).order_by().values_list("pk", flat=True))
    seen = Story.objects.visible_to(member).filter(pk__in=found)
    released = Exists(Release.objects.filter(story=OuterRef("pk")))
    stories = seen.annotate(released=released).order_by("-released", "-pk").prefetch_related("editions")
    rows = [Resting(story, story.released) for story in stories[:most]]
    count = seen.count()
    return {"stories": rows, "more": count - len(rows), "others": len(found) > count}


def with_labels(rows: Iterable[Consent]) -> list[tuple[Consent, list[str]]]:
    """Consents with the words of their purposes."""
    return [(row, labels_of(row.purposes)) for row in rows]
