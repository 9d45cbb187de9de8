"""Typed words that are not lost: private drafts, and saving against a revision.

Shared by the story's screen and the translation's. A draft belongs to its author alone; a save against
an older revision changes nothing in the story and keeps what was typed.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.utils.translation import gettext as _

from nightdesk.desk import clock
from nightdesk.desk.errors import Stale
from nightdesk.desk.search import documents as search
from nightdesk.desk.stories.closed import refuse_closed
from nightdesk.desk.stories.models import Edition, Paragraph, PrivateDraft

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


class StaleText(Stale):
    """Somebody saved meanwhile, or the paragraph is gone. `typed` is kept in `draft`."""

    def __init__(self, draft: PrivateDraft) -> None:
        super().__init__(
            _("This was saved while you were typing, by somebody else or by you in another window."),
            _("Your words are kept and only you see them. Compare both and choose."),
        )
        self.draft, self.typed = draft, draft.text


def clean(text: str) -> str:
    """`text` as it is stored: NFC, one kind of line break, no spaces at its ends."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def one_line(text: str) -> str:
    """`text` as a headline is stored: clean, and without line breaks."""
    return " ".join(clean(text).splitlines())


def heading_text(title: str, summary: str) -> str:
    """Headline and summary as one text, to be kept and compared together."""
    return f"{title}\n{summary}"


def keep(member: Member, paragraph: Paragraph, text: str, base_revision: int) -> PrivateDraft | None:
    """Keeps the words typed for `paragraph`; words equal to the saved ones need no draft."""
    refuse_closed(paragraph.edition.story)
    if clean(text) == paragraph.text:
        drop(member, paragraph)
        return None
    draft, _made = PrivateDraft.objects.update_or_create(
        member=member,
        paragraph=paragraph,
        defaults={
            "edition_id": paragraph.edition_id, "text": text, "base_revision": base_revision,
            "saved_at": clock.now(),
        },
    )  # fmt: skip
    return draft


def keep_loose(member: Member, edition: Edition, text: str) -> PrivateDraft:
    """Keeps words whose paragraph was removed meanwhile; the same words are kept once."""
    refuse_closed(edition.story)
    draft, _made = PrivateDraft.objects.get_or_create(
        member=member, edition=edition, paragraph=None, heading=False, text=text,
        defaults={"base_revision": 0, "saved_at": clock.now()},
    )  # fmt: skip
    return draft


def keep_heading(
    member: Member, edition: Edition, title: str, summary: str, base_revision: int
) -> PrivateDraft | None:
    """Keeps a headline and summary typed and not saved."""
    refuse_closed(edition.story)
    mine = PrivateDraft.objects.filter(member=member, edition=edition, heading=True)
    text = heading_text(one_line(title), clean(summary))
    if text == heading_text(edition.title, edition.summary):
        mine.delete()
        return None
    draft, _made = PrivateDraft.objects.update_or_create(
        member=member, edition=edition, heading=True,
        defaults={"text": text, "base_revision": base_revision, "saved_at": clock.now()},
    )  # fmt: skip
    return draft


def drop(member: Member, paragraph: Paragraph) -> None:
    """Forgets the member's draft of a paragraph."""
    PrivateDraft.objects.filter(member=member, paragraph=paragraph).delete()


def write(paragraph: Paragraph, text: str, base_revision: int, **also: Any) -> bool:
    """Saves `text` if the paragraph still stands at `base_revision`; says whether it did.

    One UPDATE that names the revision, so that of two saves at once exactly one wins.
    """
    with search.changing_story(paragraph.edition.story_id):
        changed = Paragraph.objects.filter(pk=paragraph.pk, revision=base_revision).update(
            text=text, revision=F("revision") + 1, **also
        )
    paragraph.refresh_from_db()
    return bool(changed)


def write_heading(edition: Edition, title: str, summary: str, base_revision: int, **also: Any) -> bool:
    """The same for headline and summary."""
    with search.changing_story(edition.story_id):
        changed = Edition.objects.filter(pk=edition.pk, title_revision=base_revision).update(
            title=title, summary=summary, title_revision=F("title_revision") + 1, **also
        )
    edition.refresh_from_db()
    return bool(changed)
