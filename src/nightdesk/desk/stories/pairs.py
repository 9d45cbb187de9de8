"""The other edition follows the source edition: the same paragraphs in the same order."""

from __future__ import annotations

from nightdesk.desk import newsroom
from nightdesk.desk.stories.models import Edition, Paragraph, Story


def source_edition(story: Story) -> Edition:
    """The edition the story was written in."""
    return story.editions.get(lang=story.source_lang)


def other_langs(story: Story) -> list[str]:
    """The newsroom's languages a story still has to be told in."""
    return [lang for lang in newsroom.facts()["languages"] if lang != story.source_lang]


def renumber(edition: Edition) -> None:
    """Positions 1, 2, 3… in the order that stands."""
    rows = list(edition.paragraphs.all())
    for position, row in enumerate(rows, 1):
        row.position = position
    Paragraph.objects.bulk_update(rows, ["position"])


def align(story: Story) -> None:
    """Gives every source paragraph its counterpart in each other edition, in the same place."""
    source = source_edition(story)
    for edition in story.editions.exclude(pk=source.pk):
        have = {row.translates_id: row for row in edition.paragraphs.all()}
        for paragraph in source.paragraphs.all():
            row = have.get(paragraph.pk) or Paragraph(edition=edition, translates=paragraph)
            if row.pk is None or row.position != paragraph.position:
                row.position = paragraph.position
                row.save()


def make_editions(story: Story) -> None:
    """The editions still missing, empty, and aligned."""
    for lang in other_langs(story):
        Edition.objects.get_or_create(story=story, lang=lang, defaults={"title": ""})
    align(story)
