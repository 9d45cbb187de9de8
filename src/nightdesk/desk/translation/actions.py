"""What translators do: render a paragraph, say that an old rendering still holds, keep the glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from nightdesk.desk.custody.actions import record
from nightdesk.desk.errors import DeskError, Stale
from nightdesk.desk.staff.roles import require
from nightdesk.desk.stories import drafts, versions
from nightdesk.desk.stories.chips import CHIP
from nightdesk.desk.stories.closed import refuse_closed
from nightdesk.desk.stories.models import Edition, Paragraph, PrivateDraft
from nightdesk.desk.translation.models import Term

if TYPE_CHECKING:
    from nightdesk.desk.staff.models import Member


def _open(member: Member, edition: Edition) -> None:
    """Translators reach editions handed to them, of stories that were not withdrawn, and nothing else."""
    require(member, "translate")
    refuse_closed(edition.story)
    if not Edition.objects.visible_to(member).filter(pk=edition.pk).exists():
        raise DeskError(_("This story is not open to translation."), _("Ask an editor to hand it over."))
    if edition.story.ready_to_translate_at is None:
        raise DeskError(_("This story is not open to translation."), _("Ask an editor to hand it over."))


def target_of(source: Paragraph, lang: str | None = None) -> Paragraph:
    """The paragraph that renders `source`; made when the story was handed over."""
    rows = source.translations.select_related("edition__story", "translates")
    found = (rows.filter(edition__lang=lang) if lang else rows).first()
    if found is None:
        raise DeskError(
            _("This paragraph has no counterpart yet."), _("Ask an editor to hand the story over.")
        )
    return found


def translate(
    member: Member, source_paragraph: Paragraph, text: str, base_revision: int,
    seen: int | None = None, *, over: bool = False,
) -> Paragraph:  # fmt: skip
    """Saves the rendering of a source paragraph; StaleText when somebody saved since `base_revision`.

    `seen` is the revision of the source the translator read: where it changed meanwhile, the rendering
    is saved and stays marked as stale.
    """
    target = target_of(source_paragraph)
    _open(member, target.edition)
    words = drafts.clean(text)
    read_today = seen is None or seen == source_paragraph.revision
    made_from = source_paragraph.text if read_today else target.translated_text
    with transaction.atomic():
        if words == target.text and made_from == target.translated_text:
            drafts.drop(member, target)
            return target
        if over:
            versions.keep_before(target.edition.story, versions.SAVED_OVER, member, target.text)
        saved = drafts.write(target, words, base_revision, translated_text=made_from)
        if saved:
            drafts.drop(member, target)
            _sign(member, target.edition)
            record(target.edition.story, "translate", member, f"paragraph {target.pk} saved")
    if not saved:
        _refuse(member, target, text, base_revision)
    return target


def _refuse(member: Member, target: Paragraph, text: str, base_revision: int) -> None:
    kept = drafts.keep(member, target, text, base_revision)
    if kept:
        raise drafts.StaleText(kept)


def _sign(member: Member, edition: Edition) -> None:
    """The first who translates is named under the edition; an editor's later touch changes no credit."""
    Edition.objects.filter(pk=edition.pk, translated_by=None).update(translated_by=member)


def translate_heading(
    member: Member, edition: Edition, title: str, summary: str, base_revision: int
) -> Edition:
    """Saves the rendering of headline and summary; StaleText when somebody did since `base_revision`."""
    _open(member, edition)
    title, summary = drafts.one_line(title), drafts.clean(summary)
    if CHIP.search(title) or CHIP.search(summary):
        raise DeskError(
            _("A headline or summary cannot hold a sum chip."),
            _("Write the sum out, or leave it to the text."),
        )
    source = edition.story.editions.get(lang=edition.story.source_lang)
    with transaction.atomic():
        saved = drafts.write_heading(
            edition, title, summary, base_revision,
            translated_title=source.title, translated_summary=source.summary,
        )  # fmt: skip
        if saved:
            PrivateDraft.objects.filter(member=member, edition=edition, heading=True).delete()
            _sign(member, edition)
            record(edition.story, "translate", member, "heading saved")
    if not saved and (kept := drafts.keep_heading(member, edition, title, summary, base_revision)):
        raise drafts.StaleText(kept)
    return edition


@transaction.atomic
def keep_as_is(member: Member, source_paragraph: Paragraph, seen: int) -> Paragraph:
    """Says that a rendering holds for the source as it stands at revision `seen`."""
    target = target_of(source_paragraph)
    _open(member, target.edition)
    if seen != source_paragraph.revision:
        raise Stale(
            _("The original changed once more."), _("Nothing was changed. Read it again, then decide.")
        )
    Paragraph.objects.filter(pk=target.pk).update(translated_text=source_paragraph.text)
    record(target.edition.story, "translate", member, f"paragraph {target.pk} kept as it is")
    target.refresh_from_db()
    return target


@transaction.atomic
def keep_heading_as_is(member: Member, edition: Edition, seen: int) -> None:
    """The same for headline and summary; `seen` is the source's title revision."""
    _open(member, edition)
    source = edition.story.editions.get(lang=edition.story.source_lang)
    if seen != source.title_revision:
        raise Stale(
            _("The original changed once more."), _("Nothing was changed. Read it again, then decide.")
        )
    edition.translated_title, edition.translated_summary = source.title, source.summary
    edition.save(update_fields=["translated_title", "translated_summary"])
    record(edition.story, "translate", member, "heading kept as it is")


@transaction.atomic
def save_term(member: Member, ko: str, en: str, note: str = "", term: Term | None = None) -> Term:
    """Adds a term, or changes `term`. A Korean word stands in the glossary once."""
    require(member, "translate")
    ko, en, note = drafts.clean(ko), drafts.clean(en), drafts.clean(note)
    if not ko or not en:
        raise DeskError(_("A term has a Korean and an English side."), _("Fill in both."))
    if Term.objects.filter(ko=ko).exclude(pk=term.pk if term else 0).exists():
        raise DeskError(
            _("%(ko)s is in the glossary already.") % {"ko": ko}, _("Change the entry that is there.")
        )
    term = term or Term()
    term.ko, term.en, term.note = ko, en, note
    term.save()
    record(term, "translate", member, "term saved")
    return term


@transaction.atomic
def remove_term(member: Member, term: Term) -> None:
    """Takes a term out of the glossary; translations made with it stay as they are."""
    require(member, "translate")
    record(term, "translate", member, "term removed")
    term.delete()
