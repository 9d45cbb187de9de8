"""What members do to a story: one transaction each, the row and its custody entry together.

Adding, moving and removing paragraphs is in arranging.py.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.claims.models import Claim
from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, Stale
from nightdesk.desk.search import documents as search
from nightdesk.desk.staff.roles import require
from nightdesk.desk.stories import drafts, pairs, versions
from nightdesk.desk.stories.addresses import address, neutral
from nightdesk.desk.stories.chips import CHIP
from nightdesk.desk.stories.closed import refuse_closed
from nightdesk.desk.stories.models import Edition, Paragraph, PrivateDraft, Story, Version

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def draft(
    member: Member, title: str, source_lang: str, claims: Iterable[Claim] = (), slug: str = ""
) -> Story:
    """Begins a story: an edition in `source_lang` and one empty paragraph a claim."""
    require(member, "draft")
    chosen = _visible(member, claims)
    with transaction.atomic():
        story = Story.objects.create(
            slug=_free_slug(slug), public_id=secrets.token_hex(12), source_lang=source_lang,
            country=chosen[0].account.report.country if chosen else "KP",
            begun_by=member, begun_at=clock.now(),
        )  # fmt: skip
        edition = Edition.objects.create(story=story, lang=source_lang, title=_heading(title))
        for position, claim in enumerate(chosen or [None], 1):
            row = Paragraph.objects.create(edition=edition, position=position)
            row.claims.set([claim] if claim else [])
        search.add("edition", edition)
        record(story, "draft", member, "begun")
    return story


def _visible(member: Member, claims: Iterable[Claim]) -> list[Claim]:
    wanted = list(claims)
    seen = set(
        Claim.objects.visible_to(member).filter(pk__in=[c.pk for c in wanted]).values_list("pk", flat=True)
    )
    if any(claim.pk not in seen for claim in wanted):
        raise DeskError(_("One of the claims is not open to you."), _("Nothing was changed. Choose another."))
    return wanted


def _free_slug(wanted: str) -> str:
    """An address nobody has yet: the one typed, or a neutral one. The working title never becomes one."""
    typed = slugify(wanted)[:60].strip("-")
    stem = address(typed) if typed else neutral()
    slug, number = stem, 2
    while Story.objects.filter(slug=slug).exists():
        slug, number = f"{stem}-{number}", number + 1
    return slug


def _heading(title: str, summary: str = "") -> str:
    if CHIP.search(title) or CHIP.search(summary):
        raise DeskError(
            _("A headline or summary cannot hold a sum chip."),
            _("Write the sum out, or leave it to the text."),
        )
    return drafts.one_line(title)


def save_paragraph(
    member: Member, paragraph: Paragraph, text: str, base_revision: int, *, over: bool = False
) -> Paragraph:
    """Saves the words of a paragraph of the source edition.

    Raises StaleText when somebody saved since `base_revision`; the words are then a private draft.
    `over` replaces the other's words knowingly: a version is kept of what stood there.
    """
    require(member, "draft")
    words = drafts.clean(text)
    story = paragraph.edition.story
    refuse_closed(story)
    with transaction.atomic():
        if words == paragraph.text:
            drafts.drop(member, paragraph)
            return paragraph
        if over:
            versions.keep_before(story, versions.SAVED_OVER, member, versions.as_read(paragraph))
        saved = drafts.write(paragraph, words, base_revision)
        if saved:
            drafts.drop(member, paragraph)
            record(story, "draft", member, f"paragraph {paragraph.pk} saved")
    if not saved and words != paragraph.text:
        raise drafts.StaleText(_kept(member, paragraph, text, base_revision))
    return paragraph


def _kept(member: Member, paragraph: Paragraph, text: str, base_revision: int) -> PrivateDraft:
    kept = drafts.keep(member, paragraph, text, base_revision)
    assert kept is not None  # the words differ, or the save would have been none
    return kept


def save_heading(member: Member, edition: Edition, title: str, summary: str, base_revision: int) -> Edition:
    """Saves headline and summary; StaleText when somebody did since `base_revision`."""
    require(member, "draft")
    refuse_closed(edition.story)
    if not drafts.clean(title):
        raise DeskError(_("A story needs a headline."), _("A working title will do."))
    title, summary = _heading(title, summary), drafts.clean(summary)
    with transaction.atomic():
        saved = drafts.write_heading(edition, title, summary, base_revision)
        if saved:
            PrivateDraft.objects.filter(member=member, edition=edition, heading=True).delete()
            record(edition.story, "draft", member, "heading saved")
    if not saved:
        kept = drafts.keep_heading(member, edition, title, summary, base_revision)
        if kept:
            raise drafts.StaleText(kept)
    return edition


@transaction.atomic
def attach(member: Member, paragraph: Paragraph, claim: Claim) -> None:
    """Lets a paragraph rest on a claim the member may see."""
    require(member, "draft")
    refuse_closed(paragraph.edition.story)
    _visible(member, [claim])
    with search.changing_story(paragraph.edition.story_id):
        paragraph.claims.add(claim)
    record(paragraph.edition.story, "draft", member, f"claim {claim.pk} attached to {paragraph.pk}")


@transaction.atomic
def detach(member: Member, paragraph: Paragraph, claim: Claim) -> None:
    """Takes a claim from under a paragraph. A chip of its sum then shows as an error until it goes too."""
    require(member, "draft")
    refuse_closed(paragraph.edition.story)
    _visible(member, [claim])
    with search.changing_story(paragraph.edition.story_id):
        paragraph.claims.remove(claim)
    record(paragraph.edition.story, "draft", member, f"claim {claim.pk} detached from {paragraph.pk}")


@transaction.atomic
def name_version(member: Member, story: Story, name: str) -> Version:
    """Keeps the story as it stands, under a name."""
    require(member, "draft")
    refuse_closed(story)
    if not drafts.clean(name):
        raise DeskError(_("A version needs a name."), _("Say in a few words what this state is."))
    if versions.is_the_desks(drafts.clean(name)):
        raise DeskError(
            _("The desk itself gives versions this name."),
            _("Name yours in other words, so that nobody takes it for one the desk kept."),
        )
    version = versions.keep_version(story, drafts.clean(name), member)
    record(story, "draft", member, f"version {version.pk} named")
    return version


@transaction.atomic
def restore(member: Member, version: Version) -> Version:
    """Makes the story stand as in `version`, as a new state; returns the version of what stood before."""
    require(member, "draft")
    story = version.story
    refuse_closed(story)
    before = versions.keep_before(story, versions.RESTORED, member, version.name)
    with search.changing_story(story.pk):
        versions.put_into_place(story, version.content)
        pairs.align(story)
    record(story, "draft", member, f"version {version.pk} restored")
    return before


@transaction.atomic
def hand_over(member: Member, story: Story) -> None:
    """Opens the story to translators and makes the other edition; what is handed over is kept as a version.

    What the member typed and did not save goes along: a story without it would be nobody's work.
    """
    require(member, "draft")
    refuse_closed(story)
    with search.changing_story(story.pk):
        if story.ready_to_translate_at is None:
            _save_own_drafts(member, story)
            _refuse_empty(story)
        pairs.make_editions(story)
        if story.ready_to_translate_at is None:
            versions.keep_version(story, versions.HANDED_OVER, member)
            story.ready_to_translate_at = clock.now()
            story.save(update_fields=["ready_to_translate_at"])
            record(story, "draft", member, "handed to translation")


def _save_own_drafts(member: Member, story: Story) -> None:
    """Saves the member's unsaved heading and paragraphs; Stale where somebody saved over their base."""
    edition = pairs.source_edition(story)
    mine = PrivateDraft.objects.filter(member=member, edition=edition)
    if heading := mine.filter(heading=True).first():
        _refuse_moved_on(heading.base_revision, edition.title_revision, _("the headline"))
        title, _line, summary = heading.text.partition("\n")
        save_heading(member, edition, title, summary, heading.base_revision)
    typed = {draft.paragraph_id: draft for draft in mine.filter(paragraph__isnull=False)}
    for number, row in enumerate(edition.paragraphs.all(), 1):
        if draft := typed.get(row.pk):
            _refuse_moved_on(draft.base_revision, row.revision, _("paragraph %(n)s") % {"n": number})
            save_paragraph(member, row, draft.text, draft.base_revision)


def _refuse_moved_on(base_revision: int, revision: int, where: str) -> None:
    if base_revision != revision:
        raise Stale(
            _(
                "What you were typing was saved meanwhile, by somebody else or by you in another window (%(where)s); nothing was handed over."
            )
            % {"where": where},
            _("Your words are kept and only you see them. Compare both and choose, then hand over."),
        )


def _refuse_empty(story: Story) -> None:
    if not pairs.source_edition(story).paragraphs.exclude(text="").exists():
        raise DeskError(
            _("No paragraph has saved words."), _("Save a paragraph first; nothing was handed over.")
        )


@transaction.atomic
def take_back(member: Member, story: Story) -> None:
    """Closes the story to translators again. What they made stays."""
    require(member, "draft")
    refuse_closed(story)
    if story.ready_to_translate_at is not None:
        story.ready_to_translate_at = None
        with search.changing_story(story.pk):
            story.save(update_fields=["ready_to_translate_at"])
        record(story, "draft", member, "taken back from translation")
