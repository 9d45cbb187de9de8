"""What a story's screen shows beside each paragraph, gathered in a fixed number of queries.

Nothing here writes. A claim the member is not cleared for is counted, never shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q

from nightdesk.desk import clock
from nightdesk.desk.claims.models import Claim
from nightdesk.desk.sources.models import Source
from nightdesk.desk.stories import chips, pairs
from nightdesk.desk.stories.chips import Chip, Rendered
from nightdesk.desk.stories.diffs import Change, diff
from nightdesk.desk.stories.models import Edition, Paragraph, PrivateDraft, Story, StoryQuerySet

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


@dataclass(frozen=True)
class Card:
    """One claim beside a paragraph, as much of it as the member may see."""

    claim: Claim
    pseudonym: str  # empty: not visible to this member
    chip: str  # the token a button inserts; empty: the claim has no sum
    words: str  # the sum as readers will see it

    @property
    def origins(self) -> int | None:
        """Independent origins of the claim's event; None while it was compared with nothing."""
        event = self.claim.account.event
        return event.independent_origins if event else None

    @property
    def perhaps_one_mouth(self) -> bool:
        """Whether several origins may all come down to one person."""
        event = self.claim.account.event
        return event is not None and event.independent_origins > 1 and event.at_least == 1


@dataclass(frozen=True)
class Box:
    """A paragraph with its textarea: saved words, unsaved words of this member, what readers will see."""

    paragraph: Paragraph
    lang: str
    draft: PrivateDraft | None
    rendered: Rendered
    problems: list[str]
    missing: list[str]  # currencies without a rate
    cards: list[Card]
    hidden: int  # claims beside it that this member may not see
    wanting: list[str]  # sums of the source that a translation leaves out, as readers would see them

    @property
    def text(self) -> str:
        """What stands in the textarea."""
        return self.draft.text if self.draft else self.paragraph.text

    @property
    def has_sums(self) -> bool:
        """Whether readers will see something else than what was typed."""
        return any(piece.chip for piece in self.rendered.map)

    @property
    def stale(self) -> bool:
        """Whether the unsaved words were typed over a text that is no longer the saved one."""
        return self.draft is not None and self.draft.base_revision != self.paragraph.revision

    @property
    def base_revision(self) -> int:
        return self.draft.base_revision if self.draft else self.paragraph.revision

    @property
    def changes(self) -> list[Change]:
        """How the saved words differ from this member's."""
        return diff(self.text, self.paragraph.text, self.lang)


def look(
    paragraph: Paragraph, lang: str, sums: Mapping[str, Chip], draft: PrivateDraft | None,
    cards: list[Card] | None = None, hidden: int = 0,
) -> Box:  # fmt: skip
    """A paragraph as its screen shows it, with the member's unsaved words if there are any."""
    allowed = chips.sums_of(paragraph, sums)
    text = draft.text if draft else paragraph.text
    missing = {allowed[name].missing for name in chips.chips_in(text) if name in allowed}
    return Box(
        paragraph=paragraph, lang=lang, draft=draft, rendered=chips.render(text, allowed, lang),
        problems=chips.problems(paragraph, sums, text), missing=sorted(missing - {""}),
        cards=cards or [], hidden=hidden, wanting=_wanting(paragraph, text, allowed, lang),
    )  # fmt: skip


def _wanting(paragraph: Paragraph, text: str, sums: Mapping[str, Chip], lang: str) -> list[str]:
    if paragraph.translates is None or not text:
        return []
    names = [name for name in chips.chips_in(paragraph.translates.text) if name in sums]
    left_out = [name for name in dict.fromkeys(names) if name not in chips.chips_in(text)]
    return [chips.render(f"{{money:{name}}}", sums, lang).text for name in left_out]


def drafts_by_paragraph(member: Member, edition: Edition) -> dict[int, PrivateDraft]:
    """The member's own unsaved words, by paragraph."""
    mine = PrivateDraft.objects.filter(member=member, edition=edition, paragraph__isnull=False)
    return {draft.paragraph_id: draft for draft in mine if draft.paragraph_id}


def boxes(member: Member, edition: Edition) -> list[Box]:
    """Every paragraph of the source edition as its editor sees it."""
    rows = list(
        edition.paragraphs.prefetch_related("claims__account__event", "claims__account__report__source")
    )
    sums = chips.at_kept_rates(chips.sums_for(rows, edition.story.rates_day(clock.today())), edition.story)
    drafts = drafts_by_paragraph(member, edition)
    seen = _visible_claims(member, rows)
    return [_box(row, edition.lang, sums, drafts.get(row.pk), seen) for row in rows]


def box_of(member: Member, paragraph: Paragraph, lang: str) -> Box:
    """One paragraph alone, for an answer that replaces what stands under its textarea."""
    story = paragraph.edition.story
    sums = chips.at_kept_rates(chips.sums_for([paragraph], story.rates_day(clock.today())), story)
    draft = PrivateDraft.objects.filter(member=member, paragraph=paragraph).first()
    return look(paragraph, lang, sums, draft)


@dataclass(frozen=True)
class _Seen:
    claims: frozenset[int]
    sources: frozenset[int]


def _visible_claims(member: Member, rows: list[Paragraph]) -> _Seen:
    wanted = {claim.pk for row in rows for claim in row.claims.all()}
    claims = Claim.objects.visible_to(member).filter(pk__in=wanted).values_list("pk", flat=True)
    sources = Source.objects.visible_to(member).values_list("pk", flat=True)
    return _Seen(frozenset(claims), frozenset(sources))


def _box(row: Paragraph, lang: str, sums: Mapping[str, Chip], draft: PrivateDraft | None, seen: _Seen) -> Box:
    claims = list(row.claims.all())
    cards = [_card(claim, lang, sums, seen) for claim in claims if claim.pk in seen.claims]
    return look(row, lang, sums, draft, cards, len(claims) - len(cards))


def _card(claim: Claim, lang: str, sums: Mapping[str, Chip], seen: _Seen) -> Card:
    name = f"c{claim.pk}"
    chip = chips.token(claim.pk) if name in sums else ""
    words = chips.render(chip, sums, lang).text if chip else ""
    source = claim.account.report.source
    return Card(claim, source.pseudonym if source.pk in seen.sources else "", chip, words)


def loose_drafts(member: Member, edition: Edition) -> list[PrivateDraft]:
    """Words the member typed for paragraphs that somebody removed."""
    return list(PrivateDraft.objects.filter(member=member, edition=edition, paragraph=None, heading=False))


def translated(story: Story) -> list[tuple[Edition, int, int]]:
    """Each other edition with how many of how many paragraphs are translated and fresh."""
    others = story.editions.exclude(lang=story.source_lang)
    return [(edition, done(edition), total(story)) for edition in others]


def counts(stories: StoryQuerySet) -> dict[int, dict[str, int]]:
    """Per story how many paragraphs there are to translate, and how many have a fresh translation."""
    fresh = Q(translations__translated_text=F("text")) & ~Q(translations__text="")
    sources = Paragraph.objects.filter(
        edition__story__in=stories, edition__lang=F("edition__story__source_lang")
    ).exclude(text="")
    rows = sources.order_by().values("edition__story").annotate(
        total=Count("pk", distinct=True), done=Count("pk", filter=fresh, distinct=True)
    )  # fmt: skip
    return {row["edition__story"]: {"total": row["total"], "done": row["done"]} for row in rows}


def total(story: Story) -> int:
    """Paragraphs there are to translate."""
    return pairs.source_edition(story).paragraphs.exclude(text="").count()


def done(edition: Edition) -> int:
    """Paragraphs of a translation that say what the source says today."""
    rows = edition.paragraphs.exclude(text="").exclude(translates__text="")
    return rows.filter(translated_text=F("translates__text")).count()
