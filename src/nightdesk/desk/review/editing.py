"""Putting an offer's words into the story, and taking them back.

An offer speaks of the text as readers see it; the story keeps chips. `chips.replace` carries one to
the other. Before anything is written the whole story is kept as a version.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nightdesk.desk.errors import DeskError, Stale
from nightdesk.desk.review.draft import Spot
from nightdesk.desk.review.standing import Standing, standing_of
from nightdesk.desk.stories import chips, drafts, versions
from nightdesk.desk.stories.models import Attachment, Edition, Paragraph, Photo, Story
from nightdesk.desk.stories.settling import touched

if TYPE_CHECKING:
    from nightdesk.desk.review.models import Decision
    from nightdesk.desk.staff.models import Member

Edit = dict[str, Any]
Place = tuple[str, int]  # paragraph, title or summary, and its key


def apply(member: Member, one: Standing, offers: Sequence[dict[str, Any]]) -> list[Edit]:
    """Writes the offers and returns what was written, for undoing. Inside the caller's transaction."""
    versions.keep_before(one.story, versions.OFFER, member, _changes(one, offers))
    by_spot: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for offer in offers:
        by_spot.setdefault((offer["edition"], offer["paragraph"]), []).append(offer)
    fresh = _fresh_translations(one)
    edits = []
    for (lang, paragraph), here in by_spot.items():
        spot = one.laid.spot(lang, paragraph)
        if spot is None:
            raise Stale(_("This paragraph is gone."), _("Open the review again; nothing was changed."))
        edits.append(_edit(one.story, spot, here))
    _keep_fresh(edits, fresh)
    return edits


def _changes(one: Standing, offers: Iterable[dict[str, Any]]) -> str:
    """“2만 위안” → “수만 위안”: the first change an offer makes, for the name of the version before it.

    A dash stands for words left out.
    """
    for offer in offers:
        spot = one.laid.spot(offer["edition"], offer["paragraph"])
        if spot is not None:
            was = versions.short(spot.text[offer["start"] : offer["end"]])
            then = versions.short(offer["text"])
            return f"“{was}” → “{then}”" if then else f"“{was}” → –"
    return ""


def _edit(story: Story, spot: Spot, offers: Sequence[dict[str, Any]]) -> Edit:
    if spot.paragraph is not None:
        return _edit_paragraph(spot.paragraph, spot, offers)
    text = spot.text
    for offer in sorted(offers, key=lambda offer: -offer["start"]):
        text = text[: offer["start"]] + offer["text"] + text[offer["end"] :]
    if spot.edition is not None:
        return _write_heading(spot.edition, spot.id, spot.text, drafts.clean(text))
    if spot.id in ("alt", "caption"):
        return _write_of_photo(story, spot.id, spot.lang, spot.text, drafts.one_line(text))
    if spot.id == "file":
        return _write_of_file(story, spot.lang, spot.text, drafts.one_line(text))
    return _write_note(story, spot.lang, spot.text, drafts.clean(text))


def _edit_paragraph(paragraph: Paragraph, spot: Spot, offers: Sequence[dict[str, Any]]) -> Edit:
    """Last place first, rendering anew after each, so that offsets before it stay true."""
    assert spot.rendered is not None  # a paragraph's spot is always rendered
    before, raw, rendered = paragraph.text, paragraph.text, spot.rendered
    sums = _sums_in(spot)
    for offer in sorted(offers, key=lambda offer: -offer["start"]):
        new = _with_chips(raw, rendered, offer)
        raw = chips.replace(raw, rendered, offer["start"], offer["end"], new)
        rendered = chips.render(raw, sums, spot.lang)
    after = drafts.clean(raw)
    if not drafts.write(paragraph, after, paragraph.revision):
        raise Stale(
            _("This paragraph was saved meanwhile, by somebody else or by you in another window."),
            _("Open the review again; nothing was changed."),
        )
    return {"kind": "paragraph", "pk": paragraph.pk, "before": before, "after": after}


def _with_chips(raw: str, rendered: chips.Rendered, offer: dict[str, Any]) -> str:
    """The offer's words, in which a sum that was a chip and is still said stays a chip."""
    new = str(offer["text"])
    for piece in rendered.map:
        said = rendered.text[max(piece.start, offer["start"]) : min(piece.end, offer["end"])].strip()
        if piece.chip and said and said in new:
            new = new.replace(said, raw[piece.raw_start : piece.raw_end], 1)
    return new


def _sums_in(spot: Spot) -> dict[str, chips.Chip]:
    """The chips of this paragraph with what they stood for when it was reviewed."""
    from nightdesk.release.model import Sum
    from nightdesk.values.money import Money, Rate

    assert spot.rendered is not None
    found: dict[str, chips.Chip] = {}
    for piece, run in zip(spot.rendered.map, spot.rendered.runs, strict=True):
        if piece.chip and isinstance(run, Sum):
            rate = None
            if run.rate is not None and run.rate_to and run.rate_on and run.rate_source:
                rate = Rate(run.currency, run.rate_to, run.rate, run.rate_on, run.rate_source)
            found[piece.chip] = chips.Chip(Money(run.amount, run.currency), rate)
    return found


def _write_heading(edition: Edition, name: str, before: str, after: str) -> Edit:
    if name == "title" and not after:
        raise DeskError(
            _("A story needs a headline."), _("Write another one in the story; nothing was changed.")
        )
    title = after if name == "title" else edition.title
    summary = after if name == "summary" else edition.summary
    if not drafts.write_heading(edition, title, summary, edition.title_revision):
        raise Stale(
            _("The heading was saved meanwhile, by somebody else or by you in another window."),
            _("Open the review again; nothing was changed."),
        )
    return {"kind": name, "pk": edition.pk, "before": before, "after": after}


def _write_note(story: Story, lang: str, before: str, after: str) -> Edit:
    story.next_note = {**story.next_note, lang: after}
    story.save(update_fields=["next_note"])
    touched(story.pk)
    return {"kind": "note", "pk": story.pk, "lang": lang, "before": before, "after": after}


def _write_of_photo(story: Story, name: str, lang: str, before: str, after: str) -> Edit:
    photo = Photo.objects.defer("image").filter(story=story).first()
    words = getattr(photo, name, {})
    if photo is None or words.get(lang, "") != before:
        raise Stale(
            _("The photo was changed meanwhile, by somebody else or by you in another window."),
            _("Open the review again; nothing was changed."),
        )
    setattr(photo, name, {**words, lang: after})
    photo.revision += 1
    photo.save(update_fields=[name, "revision"])
    touched(story.pk)
    return {"kind": name, "pk": photo.pk, "lang": lang, "before": before, "after": after}


def _write_of_file(story: Story, lang: str, before: str, after: str) -> Edit:
    row = Attachment.objects.defer("file").filter(story=story).first()
    if row is None or row.title.get(lang, "") != before:
        raise Stale(
            _("The file was changed meanwhile, by somebody else or by you in another window."),
            _("Open the review again; nothing was changed."),
        )
    row.title = {**row.title, lang: after}
    row.revision += 1
    row.save(update_fields=["title", "revision"])
    touched(story.pk)
    return {"kind": "file", "pk": row.pk, "lang": lang, "before": before, "after": after}


def _fresh_translations(one: Standing) -> set[Place]:
    """Translations that were up to date: they stay so when both editions change together."""
    return {
        _place(spot) for row in one.laid.spots.values() for spot in row if spot.edition and not spot.stale
    }


def _place(spot: Spot) -> Place:
    if spot.paragraph is not None:
        return "paragraph", spot.paragraph.pk
    return spot.id, spot.edition.pk if spot.edition else 0


def _keep_fresh(edits: Iterable[Edit], fresh: set[Place]) -> None:
    """A translation that took the same offer renders the new words, so it is not stale."""
    changed = {(edit["kind"], edit["pk"]) for edit in edits}
    pks = [pk for kind, pk in changed & fresh if kind == "paragraph"]
    for row in Paragraph.objects.filter(pk__in=pks).select_related("translates"):
        if row.translates and ("paragraph", row.translates_id) in changed:
            Paragraph.objects.filter(pk=row.pk).update(translated_text=row.translates.text)
    for name in ("title", "summary"):
        _keep_heading_fresh(name, {pk for kind, pk in changed if kind == name}, fresh)


def _keep_heading_fresh(name: str, changed: set[int], fresh: set[Place]) -> None:
    editions = list(Edition.objects.filter(pk__in=changed).select_related("story"))
    lead = next((edition for edition in editions if edition.lang == edition.story.source_lang), None)
    for edition in editions:
        if lead is not None and edition.pk != lead.pk and (name, edition.pk) in fresh:
            Edition.objects.filter(pk=edition.pk).update(**{f"translated_{name}": getattr(lead, name)})


def stands(one: Standing, edits: Iterable[Edit]) -> bool:
    """Whether the words of an applied offer stand in the story as they were left, so that `put_back` can work."""
    now = _words_now(one)
    return all(now.get((edit["kind"], edit.get("lang") or edit["pk"]), "") == edit["after"] for edit in edits)


def _words_now(one: Standing) -> dict[tuple[str, str | int], str]:
    """What stands where an offer can write: of paragraphs and headings by key, of a photo, file or note by language."""
    story = one.story
    notes = {("note", lang): text for lang, text in story.next_note.items()}
    found: dict[tuple[str, str | int], str] = {**notes}
    for lang, spots in one.laid.spots.items():
        for spot in spots:
            if spot.paragraph is not None:
                found["paragraph", spot.paragraph.pk] = spot.paragraph.text
            elif spot.edition is not None:
                found[spot.id, spot.edition.pk] = spot.text
            elif spot.id in ("alt", "caption", "file"):
                found[spot.id, lang] = spot.text
    return found


def put_back(member: Member, decision: Decision) -> None:
    """Restores the words of an applied offer. Stale when somebody wrote over them since."""
    versions.keep_before(decision.story, versions.OFFER_BACK, member, decision.kind)
    fresh = _fresh_translations(standing_of(decision.story))
    for edit in decision.edits:
        _put_back(decision.story, edit)
    _keep_fresh(decision.edits, fresh)


def _put_back(story: Story, edit: Edit) -> None:
    if edit["kind"] == "paragraph":
        row = Paragraph.objects.filter(pk=edit["pk"], text=edit["after"]).first()
        done = row is not None and drafts.write(row, edit["before"], row.revision)
    elif edit["kind"] in ("alt", "caption"):
        _write_of_photo(story, edit["kind"], edit["lang"], edit["after"], edit["before"])
        done = True
    elif edit["kind"] == "file":
        _write_of_file(story, edit["lang"], edit["after"], edit["before"])
        done = True
    elif edit["kind"] == "note":
        done = story.next_note.get(edit["lang"]) == edit["after"]
        _write_note(story, edit["lang"], edit["after"], edit["before"])
    else:
        edition = Edition.objects.filter(pk=edit["pk"], **{edit["kind"]: edit["after"]}).first()
        done = edition is not None and bool(
            _write_heading(edition, edit["kind"], edit["after"], edit["before"])
        )
    if not done:
        raise Stale(
            _("These words were changed again since."),
            _("They cannot be put back by themselves; the versions of the story still hold them."),
        )
