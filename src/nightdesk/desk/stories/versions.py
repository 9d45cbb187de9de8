"""Versions: the whole story at a moment, as plain data, and back again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from nightdesk.desk import clock
from nightdesk.desk.claims.models import Claim
from nightdesk.desk.stories import chips
from nightdesk.desk.stories.models import Edition, Paragraph, Story, Version

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member

HEADING = ("title", "summary", "translated_title", "translated_summary")
# What the desk names a version that it keeps by itself.
BEFORE = (
    OFFER, OFFER_BACK, REMOVED, SAVED_OVER, RESTORED,
) = (
    gettext_noop("Before an offer of the review was taken"),
    gettext_noop("Before an offer was taken back"),
    gettext_noop("Before a paragraph was removed"),
    gettext_noop("Before one paragraph was saved over another"),
    gettext_noop("Before a version was restored"),
)  # fmt: skip
# And at the moments after which people ask what stood there.
MOMENTS = (HANDED_OVER, CLEARED, WITHDRAWN) = (
    gettext_noop("Handed to translation"),
    gettext_noop("Cleared for release"),
    gettext_noop("Withdrawn"),
)
NAME = 120  # characters of a version's name
RELEASED = re.compile(r"Released as version ([0-9]+)")


def is_the_desks(name: str) -> bool:
    """Whether the desk names versions so itself, in any language it speaks."""
    whole = " ".join(name.split()).casefold()
    return any(_named_by_desk(whole, lang) for lang, _said in settings.LANGUAGES)


def _named_by_desk(name: str, lang: str) -> bool:
    with override(lang):
        before, moments = ({_(words).casefold() for words in names} for names in (BEFORE, MOMENTS))
        released = re.escape(_("Released as version %(n)s") % {"n": "\0"}).casefold()
    pattern = released.replace(re.escape("\0"), "[0-9]+")
    about = name.partition(":")[0].strip()
    return about in before or name in moments or re.fullmatch(pattern, name) is not None


def short(words: str, most: int = 40) -> str:
    """`words` on one line, cut after a whole word where there is more than `most` characters."""
    words = " ".join(words.split())
    if len(words) <= most:
        return words
    head = words[: most - 1]
    if words[most - 1] != " " and " " in head:
        head = head.rpartition(" ")[0]
    return head.rstrip() + "…"


def as_read(paragraph: Paragraph) -> str:
    """The words of a paragraph as readers see them, for a name: no chip stands in it raw."""
    sums = chips.sums_for([paragraph], paragraph.edition.story.rates_day(clock.today()))
    return chips.CHIP.sub("…", chips.render_paragraph(paragraph, sums, paragraph.edition.lang).text)


def content_of(story: Story) -> dict[str, Any]:
    """Every edition's words, and which claims they rest on, by key."""
    editions = story.editions.prefetch_related("paragraphs__claims")
    return {"editions": [_edition(edition) for edition in editions]}


def _edition(edition: Edition) -> dict[str, Any]:
    rows = [_paragraph(paragraph) for paragraph in edition.paragraphs.all()]
    return {"lang": edition.lang, **{name: getattr(edition, name) for name in HEADING}, "paragraphs": rows}


def _paragraph(row: Paragraph) -> dict[str, Any]:
    return {
        "pk": row.pk, "text": row.text, "claims": [claim.pk for claim in row.claims.all()],
        "translates": row.translates_id, "translated_text": row.translated_text,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Changed:
    """How one edition differs between two versions: counts of paragraphs, and whether headline or order moved."""

    lang: str
    heading: bool
    changed: int
    added: int
    removed: int
    moved: bool


def changed(before: dict[str, Any], after: dict[str, Any]) -> list[Changed]:
    """Per edition what changed; editions in which nothing did are left out."""
    old = {edition["lang"]: edition for edition in before["editions"]}
    empty = {"title": "", "summary": "", "paragraphs": []}
    found = [_changed(old.get(edition["lang"], empty), edition) for edition in after["editions"]]
    return [one for one in found if one.heading or one.changed or one.added or one.removed or one.moved]


def _changed(old: dict[str, Any], new: dict[str, Any]) -> Changed:
    was, now = ({row["pk"]: row["text"] for row in each["paragraphs"]} for each in (old, new))
    both = [pk for pk in was if pk in now]
    return Changed(
        lang=new["lang"],
        heading=any(old[name] != new[name] for name in ("title", "summary")),
        changed=len([pk for pk in both if was[pk] != now[pk]]),
        added=len(now.keys() - was.keys()),
        removed=len(was.keys() - now.keys()),
        moved=both != [pk for pk in now if pk in was],
    )


def keep_version(story: Story, name: str, member: Member | None) -> Version:
    """Writes down the story as it stands. Called by the actions, inside their transaction."""
    return Version.objects.create(
        story=story, name=name[:NAME], content=content_of(story), made_by=member, made_at=clock.now()
    )


def keep_before(story: Story, what: str, member: Member | None, about: str = "") -> Version:
    """Keeps the story before the desk changes it: `what` is one of BEFORE, `about` the words it is about.

    The name is stored in English and said in the page's language (templatetags/story_words.py).
    """
    return keep_version(story, short(f"{what}: {about}" if about else what, NAME), member)


def keep_released(story: Story, number: int, member: Member | None) -> Version:
    """Keeps what readers got as version `number`."""
    return keep_version(story, f"Released as version {number}", member)


def put_into_place(story: Story, content: dict[str, Any]) -> None:
    """Makes the story stand as in `content`. Paragraphs that are gone come back as new rows."""
    rows: dict[int, Paragraph] = {}
    editions = sorted(content["editions"], key=lambda edition: edition["lang"] != story.source_lang)
    for said in editions:
        _put_edition(story, said, rows)


def _put_edition(story: Story, said: dict[str, Any], rows: dict[int, Paragraph]) -> None:
    edition, _made = Edition.objects.get_or_create(
        story=story, lang=said["lang"], defaults={"title": said["title"]}
    )
    heading = {name: said[name] for name in HEADING}
    Edition.objects.filter(pk=edition.pk).update(**heading, title_revision=F("title_revision") + 1)
    edition.paragraphs.exclude(pk__in=[row["pk"] for row in said["paragraphs"]]).delete()
    for position, row in enumerate(said["paragraphs"], 1):
        rows[row["pk"]] = put_paragraph(edition, row, position, rows)


def put_paragraph(
    edition: Edition, said: dict[str, Any], position: int, rows: dict[int, Paragraph]
) -> Paragraph:
    """One paragraph as in a version. `rows` leads from the keys of the version to today's rows.

    Its revision rises even where the words are the same, so that an older tab cannot save over it.
    """
    row = edition.paragraphs.filter(pk=said["pk"]).first()
    row = row or Paragraph(edition=edition, revision=0)
    row.position, row.text, row.translated_text = position, said["text"], said["translated_text"]
    row.translates = rows.get(said["translates"]) if said["translates"] else None
    row.revision += 1
    row.save()
    row.claims.set(Claim.objects.filter(pk__in=said["claims"]))
    return row


def find_paragraph(version: Version, pk: int) -> tuple[dict[str, Any], list[dict[str, Any]]] | None:
    """A paragraph of the source edition in a version, with its translations; None when not in it."""
    everything = [row for edition in version.content["editions"] for row in edition["paragraphs"]]
    found = next((row for row in everything if row["pk"] == pk and not row["translates"]), None)
    return found and (found, [row for row in everything if row["translates"] == pk])
