"""Adding, moving, removing and putting back paragraphs, in every edition at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError
from nightdesk.desk.search import documents as search
from nightdesk.desk.staff.roles import require
from nightdesk.desk.stories import drafts, pairs, versions
from nightdesk.desk.stories.closed import refuse_closed
from nightdesk.desk.stories.models import Edition, Paragraph, Version

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


@transaction.atomic
def add_paragraph(
    member: Member, edition: Edition, after: Paragraph | None = None, text: str = ""
) -> Paragraph:
    """A new paragraph after `after`, or at the end."""
    require(member, "draft")
    refuse_closed(edition.story)
    last = edition.paragraphs.last()
    position = after.position if after else (last.position if last else 0)
    with search.changing_story(edition.story_id):
        edition.paragraphs.filter(position__gt=position).update(position=F("position") + 1)
        row = Paragraph.objects.create(edition=edition, position=position + 1, text=drafts.clean(text))
        pairs.align(edition.story)
    record(edition.story, "draft", member, f"paragraph {row.pk} added")
    return row


@transaction.atomic
def move_paragraph(member: Member, paragraph: Paragraph, step: int) -> None:
    """Moves a paragraph up (-1) or down (1); at the edge nothing happens."""
    require(member, "draft")
    refuse_closed(paragraph.edition.story)
    rows = list(paragraph.edition.paragraphs.all())
    at = rows.index(paragraph)
    to = at + step
    if not 0 <= to < len(rows):
        return
    rows[at], rows[to] = rows[to], rows[at]
    for position, row in enumerate(rows, 1):
        row.position = position
    Paragraph.objects.bulk_update(rows, ["position"])
    pairs.align(paragraph.edition.story)
    record(paragraph.edition.story, "draft", member, f"paragraph {paragraph.pk} moved")


@transaction.atomic
def remove_paragraph(member: Member, paragraph: Paragraph) -> Version:
    """Takes a paragraph and its translations out; returns the version it can be put back from.

    Words others typed for it and did not save stay theirs.
    """
    require(member, "draft")
    refuse_closed(paragraph.edition.story)
    edition, pk = paragraph.edition, paragraph.pk
    version = versions.keep_before(edition.story, versions.REMOVED, member, versions.as_read(paragraph))
    with search.changing_story(edition.story_id):
        paragraph.delete()
        pairs.renumber(edition)
        pairs.align(edition.story)
    record(edition.story, "draft", member, f"paragraph {pk} removed")
    return version


@transaction.atomic
def put_back(member: Member, version: Version, paragraph_pk: int) -> Paragraph:
    """Undoes a removal: the paragraph returns with its claims and translations, the rest stays."""
    require(member, "draft")
    refuse_closed(version.story)
    found = versions.find_paragraph(version, paragraph_pk)
    if found is None or Paragraph.objects.filter(pk=paragraph_pk).exists():
        raise DeskError(_("There is nothing to put back."), _("Look at the versions of the story."))
    said, translations = found
    edition = pairs.source_edition(version.story)
    with search.changing_story(edition.story_id):
        row = add_paragraph(member, edition, _before(version, edition, paragraph_pk))
        versions.put_paragraph(edition, {**said, "pk": row.pk}, row.position, {})
        for other in row.translations.all():
            for told in translations:
                if _lang_in(version, told["pk"]) == other.edition.lang:
                    Paragraph.objects.filter(pk=other.pk).update(
                        text=told["text"], translated_text=told["translated_text"]
                    )
    return Paragraph.objects.get(pk=row.pk)


def _lang_in(version: Version, pk: int) -> str:
    langs = (e["lang"] for e in version.content["editions"] for row in e["paragraphs"] if row["pk"] == pk)
    return str(next(langs))


def _before(version: Version, edition: Edition, pk: int) -> Paragraph | None:
    """The paragraph that stood before `pk` in the version and still stands; else none but the top."""
    order = next(
        [row["pk"] for row in e["paragraphs"]]
        for e in version.content["editions"]
        if e["lang"] == edition.lang
    )
    for earlier in reversed(order[: order.index(pk)]):
        if row := edition.paragraphs.filter(pk=earlier).first():
            return row
    return Paragraph(edition=edition, position=0)
